// Checklists begun, found again on the home and the carriers' pages.

import assert from 'node:assert/strict';
import test from 'node:test';
import { start } from './browser.mjs';
import { about, refuseStorage, visitors } from './visitor.mjs';

const { site, server, context, open } = await start();
const { prefix } = about(site);
const visitor = visitors(context);

/** A visitor whose browser has these entries in its storage. */
const tab = (t, seed = {}, options = {}) =>
  visitor(t, options, (_, made) =>
    made.addInitScript((entries) => {
      if (location.protocol === 'about:' || sessionStorage.getItem('seeded')) return;
      sessionStorage.setItem('seeded', 'yes');
      for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value);
    }, seed));

/** Guides with their items, as the page has them: `{ guide, items: [{ id, when, unless }] }`. */
const guidesOn = (page) =>
  page.evaluate(() =>
    [...document.getElementById('checklists').content.querySelectorAll('[data-checklist]')].map((entry) => ({
      guide: entry.dataset.checklist,
      items: entry.dataset.items.split(' ').map((item) => item.split(':')).map(([id, when, unless]) => ({ id, when: when ? when.split(',') : [], unless: unless ? unless.split(',') : [] })),
    })));
const key = (guide) => `${prefix}:checklist:${guide}`;
const state = (items, sit = {}, more = {}) => JSON.stringify({ v: 1, items, sit, ...more });
const at = (minute) => `2026-11-22T10:${String(minute).padStart(2, '0')}:00.000Z`;
const lines = (page) => page.locator('.checklists li').evaluateAll((all) => all.map((line) => [line.dataset.checklist, line.querySelector('a').getAttribute('href'), line.querySelector('.note').textContent]));

async function guides(t) {
  const { page } = await tab(t);
  await open(page, 'en/');
  return guidesOn(page);
}

test('CL-33 home and carrier pages list the checklists begun, newest first, counted over the items that apply', async (t) => {
  const all = await guides(t);
  const [one, two] = [all.find(({ items }) => items.some(({ when }) => when.length)), all.find(({ items }) => items.some(({ unless }) => unless.length))];
  const other = two === one ? all.find((guide) => guide !== one && guide.items.some(({ unless }) => unless.length)) : two;
  const conditional = one.items.find(({ when }) => when.length);
  const barred = other.items.find(({ unless }) => unless.length);
  const plain = ({ items }) => items.filter(({ when }) => !when.length);
  const shown = ({ items }, sit) => items.filter(({ when, unless }) => (!when.length || when.some((id) => id === sit)) && !unless.some((id) => id === sit));
  const seed = {
    // A tick on an item that no situation shows is kept, and not counted.
    [key(one.guide)]: state({ [plain(one)[0].id]: { on: true, at: at(1) }, [plain(one)[1].id]: { on: false, at: at(3) }, [conditional.id]: { on: true, at: at(2) } }),
    [key(other.guide)]: state({ [barred.id]: { on: true, at: at(9) } }, { [barred.unless[0]]: { on: true, at: at(10) } }),
    [key('gone/gone')]: state({ a: { on: true, at: at(20) } }),
    [`other-site:checklist:${all[2].guide}`]: state({ a: { on: true, at: at(20) } }),
  };
  for (const { id } of site.locales) {
    const paths = [`${id}/`, site.pages.find((page) => page.locale === id && page.type === 'carrier').path];
    for (const path of paths) {
      const { page, made } = await tab(t, seed);
      await open(page, path);
      const said = await lines(page);
      assert.deepEqual(said.map(([guide]) => guide), [other.guide, one.guide], `/${path}: newest first`);
      for (const [guide, href, words] of said) {
        assert.equal(href, `${site.base}${id}/${guide}/#checklist`);
        const [done, total] = guide === one.guide ? [1, shown(one).length] : [0, shown(other, barred.unless[0]).length];
        const numbers = words.match(/\d+/g).map(Number);
        assert.deepEqual(numbers.sort((a, b) => a - b), [done, total].sort((a, b) => a - b), `/${path} ${words}`);
      }
      assert.ok(await page.locator('.checklists').isVisible());
      assert.deepEqual(made.errors, []);
    }
  }
});

test('CL-33 a situation that shows an item counts it', async (t) => {
  const one = (await guides(t)).find(({ items }) => items.some(({ when, unless }) => when.length && !unless.length));
  const item = one.items.find(({ when, unless }) => when.length && !unless.length);
  const { page } = await tab(t, { [key(one.guide)]: state({ [item.id]: { on: true, at: at(1) } }, { [item.when[0]]: { on: true, at: at(1) } }) });
  await open(page, 'en/');
  assert.match((await lines(page))[0][2], /^1 /);
});

test('CL-33 without a checklist that was begun there is nothing, nor without script, nor with storage refused', async (t) => {
  const [one] = await guides(t);
  const unticked = await tab(t, { [key(one.guide)]: state({ [one.items[0].id]: { on: false, at: at(1) } }) });
  await open(unticked.page, 'en/');
  assert.equal(await unticked.page.locator('.checklists').count(), 0);
  const plain = await tab(t, {}, { js: false });
  await open(plain.page, 'en/');
  assert.equal(await plain.page.locator('.checklists').count(), 0);
  const refused = await visitor(t, {}, refuseStorage);
  await open(refused.page, 'en/');
  assert.equal(await refused.page.locator('.checklists').count(), 0);
  assert.deepEqual(refused.made.errors, []);
});

test('CL-33 the list leads to the checklist, and follows ticks in other tabs and the way back', async (t) => {
  const [one] = await guides(t);
  const { page, made } = await tab(t, { [key(one.guide)]: state({ [one.items[0].id]: { on: true, at: at(1) } }) });
  await open(page, 'zh/');
  const second = await made.newPage();
  await open(second, 'zh/');
  await second.evaluate(([name, value]) => localStorage.setItem(name, value), [key(one.guide), state({ [one.items[0].id]: { on: true, at: at(1) }, [one.items[1].id]: { on: true, at: at(2) } })]);
  await page.waitForFunction(() => /2/.test(document.querySelector('.checklists .note').textContent));
  await second.evaluate(() => localStorage.clear());
  await page.waitForFunction(() => !document.querySelector('.checklists'));
  await second.evaluate(([name, value]) => localStorage.setItem(name, value), [key(one.guide), state({ [one.items[0].id]: { on: true, at: at(1) } })]);
  await page.locator('.checklists a').click();
  await page.waitForURL(server.to(`zh/${one.guide}/#checklist`));
});

test('SP-5 stored checklists that are damaged, newer, or meant to do harm are passed over', async (t) => {
  const [one, two] = await guides(t);
  const id = one.items[0].id;
  const good = state({ [two.items[0].id]: { on: true, at: at(1) } });
  const odd = [
    '', '{', 'null', '[]', '5', '"text"', '{"v":1}', '{"v":2,"items":{"a":{"on":true,"at":"x"}}}', '{"v":1,"items":null,"sit":null}', '{"v":1,"items":5,"sit":"abc"}',
    `{"v":1,"items":{"${id}":{"on":"true","at":"2026"}}}`, `{"v":1,"items":{"${id}":null}}`, `{"v":1,"items":{"constructor":5},"sit":{"toString":1}}`,
  ];
  const { page, made } = await tab(t);
  await open(page, 'en/');
  for (const value of odd) {
    await page.evaluate(([first, bad, second, fine]) => {
      localStorage.setItem(first, bad);
      localStorage.setItem(second, fine);
    }, [key(one.guide), value, key(two.guide), good]);
    await page.reload();
    assert.deepEqual((await lines(page)).map(([guide]) => guide), [two.guide], value);
  }
  // A tick with a strange day, or under a strange name, is a tick; what it says stays text.
  for (const value of [`{"v":1,"items":{"${id}":{"on":true,"at":{"a":"<img src=x onerror=alert(1)>"}}}}`, '{"v":1,"items":{"__proto__":{"on":true}}}']) {
    await page.evaluate(([first, bad]) => localStorage.setItem(first, bad), [key(one.guide), value]);
    await page.reload();
    assert.equal((await lines(page)).length, 2);
    assert.equal(await page.locator('.checklists img').count(), 0);
  }
  assert.deepEqual(made.errors, []);
});
