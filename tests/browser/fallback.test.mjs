// A page that is not translated yet: shown in the language it has, under a notice in the reader's own.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { NAMES, needProgram, PROGRAM, readSite } from './pages.mjs';
import { inspect, NARROW, none, PHONE, start, WIDE } from './browser.mjs';

needProgram();

const folder = mkdtempSync(join(tmpdir(), 'rahnuma-fallback-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const run = (...words) => execFileSync(PROGRAM, words, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
run('init', 'site');
const root = join(folder, 'site');
const [guide] = readdirSync(join(root, 'content/guides'), { recursive: true })
  .filter((name) => name.endsWith('.ur.md'))
  .sort();
rmSync(join(root, 'content/guides', guide));
run('build', '--quiet', '--root', root, '--as-of', '2026-11-22');

const site = readSite(join(root, 'public'));
const { server, context, open, each } = await start(site);
const rest = `${guide.replace(/\.ur\.md$/, '')}/`;
const [, sourceId] = /^source_locale:\s*(\w+)/m.exec(readFileSync(join(root, 'content/site.yaml'), 'utf8'));
const source = site.locales.find(({ id }) => id === sourceId);
const translated = site.locales.filter(({ id }) => id !== 'ur');
const path = `ur/${rest}`;

async function visit(options, use) {
  const made = await context(options);
  const page = await made.newPage();
  const response = await open(page, path);
  await use(page, response);
  await made.close();
}

test('LG-4 a page without translation exists, its frame in the reader’s language, its text in its own', () =>
  visit({ js: false, viewport: PHONE }, async (page, response) => {
    assert.equal(response.status(), 200);
    const seen = await inspect(page, (_, { text, visible }) => {
      const main = document.querySelector('main');
      const notice = document.querySelector('.notice');
      return {
        title: document.title,
        html: [document.documentElement.lang, document.documentElement.dir],
        main: [main.lang, main.dir],
        heading: text(document.querySelector('h1')),
        headingInMain: main.contains(document.querySelector('h1')),
        notice: visible(notice) && text(notice),
        noticeLanguage: [notice.closest('[lang]').lang, getComputedStyle(notice).direction],
        above: notice.getBoundingClientRect().bottom <= document.querySelector('h1').getBoundingClientRect().top,
        inSight: notice.getBoundingClientRect().top < innerHeight,
        noticeLinks: [...notice.querySelectorAll('a')].map((link) => [link.href, link.hreflang]),
        languages: [...document.querySelectorAll('.languages a')].map((link) => [link.href, link.getAttribute('aria-current')]),
        frame: [...document.querySelectorAll('.skips a, .crumbs a, footer p')].filter(visible).map((element) => [text(element), element.closest('[lang]').lang]),
      };
    });
    assert.deepEqual(seen.html, ['ur', 'rtl'], 'the page is in Urdu');
    assert.deepEqual(seen.main, [source.tag, source.dir], 'its text is in the source language');
    assert.ok(seen.headingInMain && seen.heading, 'the heading belongs to the text');
    assert.ok(seen.title.includes(NAMES[source.id]) && seen.title.includes(seen.heading), `the title says the language and the guide: ${seen.title}`);
    assert.match(seen.notice || '', /\p{Script=Arabic}/u, 'the notice is visible, in Urdu');
    assert.deepEqual(seen.noticeLanguage, ['ur', 'rtl'], 'the notice says so');
    assert.ok(seen.above, 'the notice stands above the h1');
    assert.ok(seen.inSight, 'the notice is on the first screen');
    assert.deepEqual(
      seen.noticeLinks.sort(),
      translated.map(({ id, tag }) => [server.to(`${id}/${rest}`), tag]).sort(),
      'the notice leads to the languages that have the page',
    );
    assert.deepEqual(seen.languages.sort(), site.locales.map(({ id }) => [server.to(`${id}/${rest}`), id === 'ur' ? 'true' : null]).sort(), 'the switcher is the same as everywhere');
    for (const [words, lang] of seen.frame) {
      assert.equal(lang, 'ur', `“${words}” is in the reader's language`);
      assert.match(words, /\p{Script=Arabic}/u);
    }
  }));

test('LG-4 search engines are sent to the source text', async () => {
  const { results } = await each(site.pages, { js: false }, (tab, page) =>
    inspect(
      tab,
      (at) => [
        {
          at,
          robots: document.querySelector('meta[name="robots"]')?.content ?? null,
          canonical: document.querySelector('link[rel="canonical"]').href,
          alternates: [...document.querySelectorAll('link[rel="alternate"][hreflang]')].map(({ hreflang, href }) => [hreflang, href]),
        },
      ],
      page.path,
    ),
  );
  const at = new Map(results.map((page) => [page.at, page]));
  const borrowed = at.get(path);
  assert.equal(borrowed.robots, 'noindex');
  assert.equal(borrowed.canonical, `${site.address}${source.id}/${rest}`);
  assert.deepEqual(borrowed.alternates, [], 'it names no editions');
  for (const page of results) none(page.alternates.filter(([, href]) => href === site.address + path).map(([tag]) => `/${page.at} names it as ${tag}`), 'pages that name it to search engines');
  const expected = [...translated.map(({ id, tag }) => [tag, `${site.address}${id}/${rest}`]), ['x-default', site.address]].sort();
  for (const { id } of translated) {
    assert.deepEqual([...at.get(`${id}/${rest}`).alternates].sort(), expected, `/${id}/${rest} names the editions there are`);
    assert.equal(at.get(`${id}/${rest}`).robots, null);
  }
  assert.equal(at.get('ur/').robots, null, 'other pages of the language are for search engines');
});

test('LG-4 readers find it: links lead there and say its language', async () => {
  const made = await context({ js: false });
  const page = await made.newPage();
  const links = [];
  await open(page, path);
  const title = await page.locator('h1').textContent();
  for (const from of ['ur/', `ur/${rest.split('/')[0]}/`]) {
    await open(page, from);
    links.push(
      ...(await inspect(
        page,
        ({ to, at, name }) =>
          [...document.querySelectorAll('main a')].filter((link) => link.href === to).map((link) => [at, link.closest('[lang]').lang, link.closest('[dir]').dir, link.textContent.trim() === name]),
        { to: server.to(path), at: from, name: title.trim() },
      )),
    );
  }
  assert.ok(links.length >= 2, `links: ${JSON.stringify(links)}`);
  // A situation that leads there has words of its own, in the reader's language.
  const named = links.filter(([, , , itsTitle]) => itsTitle);
  assert.ok(named.length > 0, 'a link by its title');
  for (const [from, lang, dir, itsTitle] of links) assert.deepEqual([lang, dir], itsTitle ? [source.tag, source.dir] : ['ur', 'rtl'], `the link on /${from}`);
  await made.close();
});

test('LG-4 its text is laid out in its own direction, and nothing scrolls sideways', async () => {
  await visit({ viewport: WIDE }, async (page) => {
    const { checklist, text } = await inspect(page, () => {
      const side = (selector) => {
        const { left, right } = document.querySelector(selector).getBoundingClientRect();
        return { left, right };
      };
      return { checklist: side('.checklist'), text: side('.guide > .text') };
    });
    assert.ok(source.dir === 'rtl' ? checklist.right <= text.left : text.right <= checklist.left, `text ${JSON.stringify(text)}, checklist ${JSON.stringify(checklist)}`);
  });
  await visit({ viewport: NARROW }, async (page) => {
    const { width, room } = await page.evaluate(() => ({ width: document.documentElement.scrollWidth, room: innerWidth }));
    assert.ok(width <= room, `${width} px in ${room}`);
  });
});

test('LG-4 axe finds nothing on it', async () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  for (const colorScheme of ['light', 'dark']) {
    await visit({ viewport: PHONE, colorScheme }, async (page) => {
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const { violations } = await window.axe.run(document, { rules: { 'target-size': { enabled: true } } });
        return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`));
      });
      none(found, `findings in ${colorScheme}`);
    });
  }
});
