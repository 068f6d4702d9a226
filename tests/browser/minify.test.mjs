// Pages as published say and hold what the templates say as they are written. RAW_SITE names a folder of the latter, from the same content.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test from 'node:test';
import { readSite, REPOSITORY, theSite } from './pages.mjs';
import { none, PHONE, start } from './browser.mjs';

const raw = process.env.RAW_SITE ? resolve(REPOSITORY, process.env.RAW_SITE) : null;

/** A page as readers, scripts and styles meet it: its title, its visible text, every element with its attributes. */
const seen = () => {
  const tags = (parent, depth) =>
    [...parent.children].flatMap((element) => {
      const attributes = [...element.attributes].map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`).sort();
      const tag = `${depth}<${element.localName}${attributes.join('')}>`;
      return [tag, ...tags(element.localName === 'template' ? element.content : element, `${depth} `)];
    });
  return { title: document.title, text: document.body.innerText, tags: tags(document, '').join('\n'), data: [...document.scripts].map((script) => script.textContent).join('\n') };
};

test('MIN-1 every page has the same visible text and the same elements, minified or not', { skip: raw ? false : 'RAW_SITE names no folder of unminified pages' }, async () => {
  assert.ok(existsSync(join(raw, 'index.html')), `RAW_SITE names ${raw}, where no site was built`);
  const site = theSite();
  const rawSite = readSite(raw);
  assert.deepEqual(
    rawSite.pages.map(({ path }) => path),
    site.pages.map(({ path }) => path),
    'both folders hold the same pages',
  );
  const bytes = ({ pages }) => pages.reduce((sum, { size }) => sum + size, 0);
  assert.ok(bytes(site) < bytes(rawSite), `the minified pages are smaller: ${bytes(site)} and ${bytes(rawSite)} bytes`);

  const read = async (which) => {
    const { each } = await start(which);
    const { results } = await each(which.pages, { js: false, viewport: PHONE }, async (tab) => [await tab.evaluate(seen)]);
    return results;
  };
  const [minified, unminified] = [await read(site), await read(rawSite)];
  const problems = site.pages.flatMap(({ path }, page) =>
    Object.keys(minified[page]).flatMap((part) => {
      const [less, more] = [minified[page][part], unminified[page][part]];
      if (less === more) return [];
      let at = 0;
      while (less[at] === more[at]) at++;
      const near = (text) => JSON.stringify(text.slice(Math.max(0, at - 30), at + 30));
      return [`/${path}, ${part}: ${near(less)} is ${near(more)} before minifying`];
    }),
  );
  none(problems, 'pages that are changed by what makes them smaller');
});
