// What the site's own script adds to every page: languages, the chooser, lost addresses; and that no script leans on another.

import assert from 'node:assert/strict';
import test from 'node:test';
import { bestGuide } from './pages.mjs';
import { start } from './browser.mjs';
import { about, refuseStorage, visitors } from './visitor.mjs';

const { site, server, context, open } = await start();
const best = new Map(site.locales.map(({ id }) => [id, bestGuide(site, id)]));
const { prefix } = about(site);
const tab = visitors(context);

const stored = (page, key) => page.evaluate((name) => localStorage.getItem(name), `${prefix}:${key}`);

test('LG-2 a language link takes the reader to the same section', async (t) => {
  const { page } = await tab(t);
  await open(page, best.get('en').path);
  const section = await page.locator('main section > h2[id]:not([id$="-title"])').last().getAttribute('id');
  for (const { id, tag } of site.locales.filter((locale) => locale.id !== 'en')) {
    await open(page, `${best.get('en').path}#${section}`);
    await page.locator(`.languages a[hreflang="${tag}"]`).click();
    await page.waitForURL(server.to(`${best.get(id).path}#${section}`));
    assert.ok(await page.locator(`#${section}`).evaluate((heading) => heading.getBoundingClientRect().top < innerHeight && heading.getBoundingClientRect().bottom > 0), `#${section} is in view in ${id}`);
  }
});

test('LG-2 the section follows the reader on the page; ticks in the address and ids of nothing do not go along', async (t) => {
  const { page } = await tab(t);
  const link = page.locator('.languages a:not([aria-current])').first();
  const hash = () => link.evaluate((own) => own.hash);
  await open(page, best.get('en').path);
  await page.locator('.contents a, .to-checklist a').first().evaluate((anchor) => anchor.click());
  assert.equal(await hash(), await page.evaluate(() => location.hash));
  assert.notEqual(await hash(), '');
  for (const odd of ['#checklist=1::', '#nothing-here', '#%3Cb%3E', '#a b', '#constructor']) {
    await page.evaluate(() => { location.hash = document.querySelector('main section > h2[id]').id; });
    await page.waitForFunction(() => document.querySelector('.languages a').hash);
    await page.evaluate((value) => { location.hash = value; }, odd);
    await page.waitForFunction(() => !document.querySelector('.languages a').hash);
  }
});

test('LG-3 a chosen language is remembered, and changes no address', async (t) => {
  const { page } = await tab(t);
  await open(page, 'en/');
  assert.equal(await stored(page, 'lang'), null, 'nothing is stored by reading');
  await page.locator('.languages a[hreflang="ur"]').click();
  await page.waitForURL(server.to('ur/'));
  assert.equal(await stored(page, 'lang'), 'ur');
  await open(page, best.get('en').path);
  assert.equal(page.url(), server.to(best.get('en').path));
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
});

const choices = (page) =>
  page.locator('.choices li').evaluateAll((items) => items.map((item) => [item.querySelector('a').hreflang, item.querySelector('[data-mark]:not([hidden])')?.dataset.mark ?? null]));

test('IA-3 the chooser offers the language chosen last first, says so, and goes nowhere by itself', async (t) => {
  const { page } = await tab(t, { locale: 'zh-CN' });
  await open(page, 'en/');
  await page.locator('.languages a[hreflang="ur"]').click();
  await page.waitForURL(server.to('ur/'));
  await open(page, '');
  assert.equal(page.url(), server.root);
  const shown = await choices(page);
  assert.deepEqual(shown[0], ['ur', 'last']);
  assert.deepEqual(shown.slice(1).map(([, mark]) => mark), [null, null]);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.hreflang), 'ur', 'it is first for the keyboard, too');
});

test('IA-3 without a choice the language of the device gets a mark, in its own words, and keeps its place', async (t) => {
  for (const [locale, tag] of [['ur-PK', 'ur'], ['zh-TW', 'zh-Hans'], ['en-US', 'en']]) {
    const { page } = await tab(t, { locale });
    await open(page, '');
    assert.equal(page.url(), server.root);
    const shown = await choices(page);
    assert.deepEqual(shown.filter(([, mark]) => mark), [[tag, 'device']]);
    assert.deepEqual(shown.map(([tag]) => tag), site.locales.map(({ tag }) => tag).sort((a, b) => shown.findIndex(([one]) => one === a) - shown.findIndex(([one]) => one === b)));
  }
  const { page } = await tab(t, { locale: 'fr-FR' });
  await open(page, '');
  assert.deepEqual((await choices(page)).filter(([, mark]) => mark), [], 'a language that is not here marks nothing');
});

test('IA-3 the chooser works with a stored value that means nothing, with storage refused, and without script', async (t) => {
  const odd = await tab(t, { locale: 'ur' }, (_, made) => made.addInitScript((key) => localStorage.setItem(key, '<img src=x onerror=alert(1)>'), `${prefix}:lang`));
  await open(odd.page, '');
  assert.deepEqual((await choices(odd.page)).filter(([, mark]) => mark), [['ur', 'device']]);
  const refused = await tab(t, { locale: 'ur' }, refuseStorage);
  await open(refused.page, '');
  assert.deepEqual((await choices(refused.page)).filter(([, mark]) => mark), [['ur', 'device']]);
  await refused.page.locator('.choices a').first().click();
  await refused.page.waitForURL(/\/(zh|en|ur)\/$/);
  assert.deepEqual(refused.made.errors, []);
  const plain = await tab(t, { js: false });
  await open(plain.page, '');
  assert.equal(await plain.page.locator('.choices a:visible').count(), site.locales.length);
  assert.equal(await plain.page.locator('[data-mark]:visible').count(), 0);
});

test('IA-7 a lost address is answered in its own language first', async (t) => {
  const { page } = await tab(t);
  for (const { id, tag } of site.locales) {
    for (const path of [`${id}/nope`, `${id}/no/such/page/`]) {
      await open(page, path);
      const said = await page.locator('.message').evaluateAll((all) => all.map((each) => [each.lang, each.querySelector('h1, h2').localName]));
      assert.equal(said.length, site.locales.length);
      assert.deepEqual(said.map(([, heading]) => heading), ['h1', 'h2', 'h2'], 'the first message has the main heading');
      assert.equal(said[0][0], tag, path);
      assert.ok(await page.locator('.message').first().evaluate((first) => first.getBoundingClientRect().top < innerHeight));
    }
  }
  await open(page, 'nope');
  const order = await page.locator('.message').evaluateAll((all) => all.map(({ lang }) => lang));
  const plain = await tab(t, { js: false });
  await open(plain.page, 'ur/nope');
  assert.deepEqual(await plain.page.locator('.message:visible').evaluateAll((all) => all.map(({ lang }) => lang)), order, 'all of them without script');
});

test('PE-3 a script that does not parse leaves the other one working', async (t) => {
  const broken = (name) => (page) => page.route(new RegExp(`/assets/${name}\\.[0-9a-f]+\\.js$`), (route) => route.fulfill({ contentType: 'text/javascript', body: 'const broken = (' }));
  const checklist = await tab(t, {}, broken('checklist'));
  await open(checklist.page, best.get('en').path);
  await checklist.page.locator('#card > .acts button').first().waitFor();
  assert.equal(await checklist.page.evaluate(() => customElements.get('guide-checklist')), undefined);
  const own = await tab(t, {}, broken('site'));
  await open(own.page, best.get('en').path);
  await own.page.waitForFunction(() => customElements.get('guide-checklist'));
  assert.equal(await own.page.locator('#card > .acts').count(), 0);
  for (const { made } of [checklist, own]) assert.ok(made.errors.every((error) => /SyntaxError/.test(error)), made.errors.join('\n'));
});

test('PE-3 a part of the script that fails leaves the other parts working', async (t) => {
  // The clock of this device throws: nothing that needs a date can work.
  const { page } = await tab(t, {}, (_, made) => made.addInitScript(() => { Date.prototype.getFullYear = () => { throw new RangeError('no clock'); }; }));
  await open(page, best.get('ur').path);
  await page.locator('#card > .acts button').first().waitFor();
  const hash = await page.evaluate(() => {
    location.hash = document.querySelector('main section > h2[id]').id;
    return location.hash;
  });
  await page.waitForFunction((wanted) => document.querySelector('.languages a').hash === wanted, hash);
});

test('SD-2 what the script adds can be told apart with forced colours', async (t) => {
  const { page } = await tab(t, { forcedColors: 'active' });
  const edges = [];
  for (const path of [best.get('en').path, site.pages.find(({ type, locale }) => type === 'carrier' && locale === 'en').path]) {
    await open(page, path);
    edges.push(...await page.locator('.reading .acts button, #card > .acts button, #application > .acts button, .dates input').evaluateAll((all) =>
      all.map((each) => ({ name: each.textContent || each.type, edge: parseFloat(getComputedStyle(each).borderTopWidth) }))));
  }
  assert.ok(edges.length > 2);
  for (const { name, edge } of edges) assert.ok(edge >= 1, `${name} has an edge that forced colours show`);
});
