// Checklists begun, found again on the home, the carriers' pages and the general one: each guide's page keeps a note of its own.

import assert from 'node:assert/strict';
import test from 'node:test';
import { start } from './browser.mjs';
import { choose, look, tick } from './checklists.mjs';
import { about, refuseStorage, visitors } from './visitor.mjs';

const { site, server, context, open } = await start();
const { prefix } = about(site);
const visitor = visitors(context);

const [first, ...others] = site.locales;
/** Guides with a checklist, without their language, as `zong/close-sim`. */
const guides = site.pages
  .filter(({ type, locale, path }) => ['guide', 'general'].includes(type) && locale === first.id && site.text(`${path}index.html`).includes('<guide-checklist'))
  .map(({ rest }) => rest.replace(/\/$/, ''));
/** Where the list stands, in a language. */
const lists = ({ id }) => ['home', 'carrier', 'rules'].map((type) => site.pages.find((page) => page.locale === id && page.type === type).path);

const note = (guide) => `${prefix}:begun:${guide}`;
const at = (minute) => `2026-11-22T10:${String(minute).padStart(2, '0')}:00.000Z`;
const sound = (more = {}) => ({ at: at(1), done: 1, total: 9, titles: { [first.id]: { text: 'A title', lang: first.tag, dir: first.dir } }, ...more });
const put = (page, entries) => page.evaluate((all) => Object.entries(all).forEach(([key, value]) => localStorage.setItem(key, value)), entries);

/** The lines of the list: `{ guide, href, title, lang, dir, note }`. */
const lines = (page) =>
  page.locator('.checklists li').evaluateAll((all) =>
    all.map((line) => {
      const link = line.querySelector('a');
      return { guide: line.dataset.checklist, href: link.getAttribute('href'), title: link.textContent, lang: link.getAttribute('lang'), dir: link.getAttribute('dir'), note: line.querySelector('.note').textContent };
    }));
/** The line that is to be there for a guide whose title was read in a language, with the words of this page's list. */
const line = (page, here, { guide, title, spoken, done, total }) =>
  page.evaluate(([words, want]) => ({ ...want, note: document.getElementById('checklists').getAttribute(words).replace('{done}', want.note[0]).replace('{total}', want.note[1]) }), [
    'data-t-done',
    { guide, href: `${site.base}${here.id}/${guide}/#checklist`, title, lang: spoken === here ? null : spoken.tag, dir: spoken === here ? null : spoken.dir, note: [done, total] },
  ]);

/** What a guide's page says of itself: its title, items with their situations, and what its checklist counts now. */
const asShown = (page) =>
  page.evaluate(() => {
    const rows = [...document.querySelectorAll('guide-checklist [data-item]')];
    const ids = (text) => (text ?? '').split(' ').filter(Boolean);
    return {
      title: document.querySelector('h1').innerText.replace(/\s+/g, ' ').trim(),
      items: rows.map(({ dataset }) => ({ id: dataset.item, when: ids(dataset.when), unless: ids(dataset.unless) })),
      done: rows.filter((row) => row.checkVisibility() && row.querySelector('input').checked).length,
      total: rows.filter((row) => row.checkVisibility()).length,
    };
  });
/** Guides of which one has an item that a situation shows, and another one that a situation takes away. */
async function pair(page) {
  const found = [];
  for (const guide of guides) {
    await open(page, `${first.id}/${guide}/`);
    found.push({ guide, ...(await asShown(page)) });
  }
  const shows = found.find(({ items }) => items.some(({ when, unless }) => when.length && !unless.length) && items.filter(({ when }) => !when.length).length > 1);
  const bars = found.find((each) => each !== shows && each.items.some(({ when, unless }) => !when.length && unless.length));
  assert.ok(shows && bars, 'the site has guides with such items');
  return [shows, bars];
}
/** Opens a guide in a language and ticks its first item that always applies. */
async function begin(page, guide, { id } = first) {
  await open(page, `${id}/${guide}/`);
  const { items } = await asShown(page);
  await tick(page, items.find(({ when, unless }) => !when.length && !unless.length).id);
  return { guide, ...(await asShown(page)) };
}

test('CL-33 home, carriers and general pages list the checklists begun in each language, newest first, counted over the items that apply', async (t) => {
  const { page, made } = await visitor(t);
  const [shows, bars] = await pair(page);
  const shown = shows.items.find(({ when, unless }) => when.length && !unless.length);
  const plain = shows.items.filter(({ when, unless }) => !when.length && !unless.length);
  const barred = bars.items.find(({ when, unless }) => !when.length && unless.length);

  // A situation shows more items, and one of them is ticked; an item that was unticked does not count.
  await open(page, `${first.id}/${shows.guide}/`);
  await choose(page, shown.when[0]);
  await tick(page, shown.id);
  await tick(page, plain[0].id);
  await tick(page, plain[1].id);
  await tick(page, plain[1].id);
  const one = { guide: shows.guide, spoken: first, ...(await asShown(page)) };
  assert.equal(one.done, 2);
  assert.ok(one.total > plain.length);

  // A tick on an item that no situation shows is kept, and not counted.
  await open(page, `${others[0].id}/${bars.guide}/`);
  await tick(page, barred.id);
  await choose(page, barred.unless[0]);
  const two = { guide: bars.guide, spoken: others[0], ...(await asShown(page)) };
  assert.equal(two.done, 0);

  const check = async (here, order) => {
    for (const path of lists(here)) {
      await open(page, path);
      assert.ok(await page.locator('.checklists').isVisible(), `/${path}`);
      const want = await Promise.all(order.map((each) => line(page, here, each)));
      assert.deepEqual(await lines(page), want, `/${path}`);
    }
  };
  for (const here of site.locales) await check(here, [two, one]);

  // What was touched last comes first.
  await open(page, `${first.id}/${one.guide}/`);
  await tick(page, plain[1].id);
  one.done = 3;
  for (const here of site.locales) await check(here, [one, two]);

  // A guide looked at in another language has its title there, too; elsewhere it keeps the one that it had.
  for (const here of others) {
    await open(page, `${here.id}/${one.guide}/`);
    const read = { ...one, spoken: here, ...(await asShown(page)) };
    assert.deepEqual([read.done, read.total], [one.done, one.total]);
    await check(here, [read, two]);
  }
  await check(first, [one, two]);
  assert.deepEqual(made.errors, []);
});

test('CL-33 a situation alone begins a checklist', async (t) => {
  const { page } = await visitor(t);
  const [shows] = await pair(page);
  await open(page, `${first.id}/${shows.guide}/`);
  await choose(page, shows.items.find(({ when }) => when.length).when[0]);
  const { total } = await asShown(page);
  await open(page, `${first.id}/`);
  assert.deepEqual(await lines(page), [await line(page, first, { ...shows, spoken: first, done: 0, total })]);
});

test('CL-33 a checklist that was cleared or unticked leaves the list, and comes back with its ticks', async (t) => {
  const { page } = await visitor(t);
  const listed = async () => {
    const home = await page.context().newPage();
    await open(home, `${first.id}/`);
    const found = await lines(home);
    await home.close();
    return found.map(({ guide }) => guide);
  };
  const { guide, items } = await begin(page, guides[0]);
  assert.deepEqual(await listed(), [guide]);
  await page.locator('[data-act=clear]').click();
  assert.deepEqual(await listed(), []);
  await page.locator('[data-act=undo]').click();
  assert.deepEqual(await listed(), [guide]);
  await tick(page, items.find(({ when, unless }) => !when.length && !unless.length).id);
  assert.deepEqual(await listed(), []);
  assert.equal(await page.evaluate((key) => localStorage.getItem(key), note(guide)), null);
});

test('CL-33 without a checklist that was begun there is nothing, nor without script, nor with storage refused', async (t) => {
  const { page } = await visitor(t);
  await open(page, `${first.id}/${guides[0]}/`);
  await open(page, `${first.id}/`);
  assert.equal(await page.locator('.checklists').count(), 0, 'only read');
  assert.equal(await page.evaluate((start) => Object.keys(localStorage).filter((key) => key.startsWith(start)).length, note('')), 0);
  const plain = await visitor(t, { js: false });
  await open(plain.page, `${first.id}/`);
  assert.equal(await plain.page.locator('.checklists').count(), 0);
  const refused = await visitor(t, {}, refuseStorage);
  assert.equal((await begin(refused.page, guides[0])).done, 1);
  await open(refused.page, `${first.id}/`);
  assert.equal(await refused.page.locator('.checklists').count(), 0);
  assert.deepEqual(refused.made.errors, []);
});

test('CL-33 the list leads to the checklist, and follows ticks in other tabs and the way back', async (t) => {
  const { page, made } = await visitor(t);
  await open(page, `${first.id}/`);
  const second = await made.newPage();
  const { guide, items, total } = await begin(second, guides[0]);
  const says = (done) => page.waitForFunction(([words, n]) => document.querySelector('.checklists .note')?.textContent === document.getElementById('checklists').getAttribute('data-t-done').replace('{done}', n).replace('{total}', words), [total, done]);
  await says(1);
  await tick(second, items.filter(({ when, unless }) => !when.length && !unless.length)[1].id);
  await says(2);
  await second.evaluate(() => localStorage.clear());
  await page.waitForFunction(() => !document.querySelector('.checklists'));
  await second.reload();
  await begin(second, guide);
  await says(1);
  await page.locator('.checklists a').click();
  await page.waitForURL(server.to(`${first.id}/${guide}/#checklist`));
  await begin(page, guide); // the one tick goes
  await page.goBack();
  await page.waitForFunction(() => !document.querySelector('.checklists'));
});

test('CL-33 one guide open in two languages: both keep the same note, with a title each, and neither writes it again and again', async (t) => {
  const { page: one, made } = await visitor(t, {}, (_, context) =>
    context.addInitScript(() => {
      const { setItem } = Storage.prototype;
      window.notes = 0;
      Storage.prototype.setItem = function (key, value) {
        if (key.includes(':begun:')) window.notes++;
        setItem.call(this, key, value);
      };
    }));
  const two = await made.newPage();
  const [guide] = guides;
  await open(one, `${first.id}/${guide}/`);
  await open(two, `${others[0].id}/${guide}/`);
  const { items, title, total } = await asShown(one);
  const plain = items.filter(({ when, unless }) => !when.length && !unless.length).slice(0, 4);
  for (const [n, { id }] of plain.entries()) {
    const [here, there] = n % 2 ? [two, one] : [one, two];
    await tick(here, id);
    await there.waitForFunction((item) => document.querySelector(`#item-${item}`).checked, id);
  }
  // Two processes may write at one moment; each mends what the other wrote over.
  for (const page of [one, two]) {
    await page.waitForFunction(([key, both, done]) => {
      const kept = JSON.parse(localStorage.getItem(key));
      return kept?.done === done && both.every((id) => kept.titles[id]);
    }, [note(guide), [first.id, others[0].id], plain.length]);
  }
  const kept = JSON.parse(await one.evaluate((key) => localStorage.getItem(key), note(guide)));
  assert.deepEqual([kept.done, kept.total], [plain.length, total]);
  assert.deepEqual(Object.keys(kept.titles).sort(), [first.id, others[0].id].sort());
  assert.equal(kept.titles[first.id].text, title);
  assert.equal(kept.titles[others[0].id].text, (await asShown(two)).title);
  // A tick is noted once, or by both tabs at the same moment, and where one wrote over the other once more; then there is nothing to add.
  const notes = async () => (await one.evaluate(() => window.notes)) + (await two.evaluate(() => window.notes));
  const written = await notes();
  assert.ok(written >= plain.length && written <= 3 * plain.length + 1, `${written} notes of ${plain.length} ticks`);
  for (const page of [one, two]) await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  assert.equal(await notes(), written);
  assert.deepEqual(made.errors, []);
});

test('CL-33 a page of another language writes over the note: the title comes back by itself', async (t) => {
  const { page, made } = await visitor(t);
  const { guide, title } = await begin(page, guides[0]);
  const other = await made.newPage();
  await open(other, `${first.id}/`);
  await put(other, { [note(guide)]: JSON.stringify(sound({ titles: { [others[0].id]: { text: 'x' } } })) });
  await page.waitForFunction(([key, id]) => JSON.parse(localStorage.getItem(key)).titles[id], [note(guide), first.id]);
  const { titles } = JSON.parse(await page.evaluate((key) => localStorage.getItem(key), note(guide)));
  assert.deepEqual([titles[first.id].text, titles[others[0].id].text], [title, 'x']);
  assert.deepEqual(made.errors, []);
});

test('CL-33 a title that a page borrowed from another language says so wherever it is listed', async (t) => {
  const { page } = await visitor(t);
  await open(page, `${first.id}/`);
  await put(page, { [note(guides[0])]: JSON.stringify(sound({ titles: { [first.id]: { text: 'عنوان', lang: 'ur', dir: 'rtl' } } })) });
  await page.reload();
  const [{ title, lang, dir }] = await lines(page);
  assert.deepEqual([title, lang, dir], ['عنوان', 'ur', 'rtl']);
});

test('SP-5 notes that are damaged, of another site, or meant to do harm are passed over', async (t) => {
  const { page, made } = await visitor(t);
  await open(page, `${first.id}/`);
  const [one, two] = guides;
  const odd = [
    '', '{', 'null', '[]', '5', '"text"', '{}', JSON.stringify({ v: 1, items: { a: { on: true, at: at(1) } } }),
    ...[{ at: 5 }, { at: null }, { done: -1 }, { done: '1' }, { done: 1.5 }, { done: 10 }, { done: null }, { total: [9] }, { total: {} }, { titles: null }, { titles: 'abc' }, { titles: [] }]
      .map((more) => JSON.stringify(sound(more))),
    ...[{ en: null }, { en: 'text' }, { en: { lang: 'en' } }, { en: { text: '' } }, { en: { text: { a: 1 } } }].map((titles) => JSON.stringify(sound({ titles }))),
    JSON.stringify(sound()).replace('"total":9', '"total":1e999'),
  ];
  for (const value of odd) {
    await put(page, { [note(one)]: value, [note(two)]: JSON.stringify(sound()) });
    await page.reload();
    assert.deepEqual((await lines(page)).map(({ guide }) => guide), [two], value);
  }
  await page.evaluate((key) => localStorage.removeItem(key), note(one));
  const fine = JSON.stringify(sound());
  await put(page, Object.fromEntries(['', 'a', '/', 'a/b/c', '../../evil', '//example.org', 'a/b?c', 'A/B', 'a/b:broken', 'https://example.org/x'].map((guide) => [note(guide), fine])));
  await put(page, { [`other-${note(one)}`]: fine, [`${prefix}:begun`]: fine, [`${prefix}-begun:${one}`]: fine });
  await page.reload();
  assert.deepEqual((await lines(page)).map(({ guide }) => guide), [two]);
  // Words stay words, whatever they say of themselves.
  const harm = '<img src=x onerror=alert(1)>';
  await put(page, { [note(one)]: JSON.stringify(sound({ at: harm, titles: { [first.id]: { text: harm, lang: { a: 1 }, dir: harm } } })) });
  await page.reload();
  const found = (await lines(page)).find(({ guide }) => guide === one);
  assert.deepEqual([found.title, found.dir], [harm, 'ltr']);
  assert.equal(await page.locator('.checklists img').count(), 0);
  assert.deepEqual(made.errors, []);
});

test('SP-5 a guide writes a damaged note anew, and what it cannot read of its checklist it does not note', async (t) => {
  const { page, made } = await visitor(t);
  const { guide, ...begun } = await begin(page, guides[0]);
  for (const value of ['{', 'null', '[]', '5', '{"titles":"abc"}', '{"titles":[1]}', '{"titles":5}', '{"titles":null}']) {
    await put(page, { [note(guide)]: value });
    await page.reload();
    await open(page, `${first.id}/`);
    assert.deepEqual(await lines(page), [await line(page, first, { guide, spoken: first, ...begun })], value);
    await page.goBack();
  }
  // A newer page has the say.
  const newer = JSON.stringify(sound({ done: 7 }));
  await put(page, { [`${prefix}:checklist:${guide}`]: JSON.stringify({ v: 2, things: [] }), [note(guide)]: newer });
  await page.reload();
  assert.ok((await look(page)).newer);
  assert.equal(await page.evaluate((key) => localStorage.getItem(key), note(guide)), newer);
  assert.deepEqual(made.errors, []);
});
