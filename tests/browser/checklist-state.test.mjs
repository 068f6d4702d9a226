// What the checklist remembers: between visits, languages, tabs and versions of the page, and when the browser refuses.

import assert from 'node:assert/strict';
import test from 'node:test';
import { bestGuide } from './pages.mjs';
import { none, start } from './browser.mjs';
import { choose, close, look, rewrite, seed, storageKey, stored, tick } from './checklists.mjs';

const { site, context, open } = await start();
const { path } = bestGuide(site, 'en');
const inLocale = (locale) => path.replace(/^[^/]+/, locale);
const now = new Date('2026-11-22T10:00:00Z');
const ids = async (page) => (await look(page)).rows.filter((row) => row.shown).map(({ id }) => id);
const isOn = async (page, id) => (await look(page)).rows.find((row) => row.id === id).on;
const count = async (page) => (await look(page)).bar.value;

/** A page of the guide in a context of its own, at the time of the tests. */
async function fresh(options) {
  const made = await context(options);
  const page = await made.newPage();
  await page.clock.setFixedTime(now);
  await open(page, path);
  return { made, page };
}

/** Keeps other tabs' changes from a page, as a browser does that is slow to tell. */
const deaf = (page) =>
  page.addInitScript(() => {
    const listen = window.addEventListener;
    window.addEventListener = function (type, ...rest) {
      if (type !== 'storage') listen.call(this, type, ...rest);
    };
  });

test('CL-13 one entry a guide, of a known shape, shared by all languages; taking a tick away is kept too', async () => {
  const { made, page } = await fresh();
  const [one, two] = await ids(page);
  await tick(page, one);
  await tick(page, two);
  await tick(page, two);
  const situation = (await look(page)).chips[0].id;
  await choose(page, situation);
  const keys = [await storageKey(page), (await storageKey(page)).replace(':checklist:', ':begun:')];
  assert.deepEqual((await page.evaluate(() => Object.keys(localStorage))).sort(), keys.sort(), 'and the note that the home reads');
  assert.match(await storageKey(page), /^[a-z0-9-]+:checklist:[a-z0-9-]+\/[a-z0-9-]+$/);
  const value = await stored(page);
  const at = (entry) => ({ ...entry, at: new Date(entry.at).toISOString() });
  assert.deepEqual(Object.keys(value), ['v', 'items', 'sit']);
  assert.equal(value.v, 1);
  assert.deepEqual(value.items, { [one]: { on: true, at: now.toISOString() }, [two]: { on: false, at: at(value.items[two]).at } });
  assert.deepEqual(value.sit, { [situation]: { on: true, at: now.toISOString() } });
  for (const { id } of site.locales) {
    await open(page, inLocale(id));
    assert.equal(await isOn(page, one), true, id);
    assert.equal(await isOn(page, two), false, id);
    assert.deepEqual((await look(page)).chips.filter(({ on }) => on).map((chip) => chip.id), [situation], id);
  }
  await close(made);
});

test('CL-13 everything ticked and chosen stays below 4 KB, in every guide', async () => {
  const made = await context();
  const page = await made.newPage();
  const wrong = [];
  for (const guide of site.pages.filter((one) => one.locale === 'en' && /<guide-checklist/.test(one.path.endsWith('/') ? site.text(`${one.path}index.html`) : ''))) {
    await open(page, guide.path);
    const size = await page.evaluate(() => {
      for (const box of document.querySelectorAll('guide-checklist input[type=checkbox]')) box.click();
      return Math.max(...Object.values(localStorage).map((text) => new TextEncoder().encode(text).length));
    });
    if (size >= 4096) wrong.push(`/${guide.path} stores ${size} bytes`);
  }
  none(wrong, 'too much');
  await close(made);
});

test('CL-14 a clock set back loses no tick', async () => {
  const { made, page } = await fresh();
  const [id] = await ids(page);
  await tick(page, id);
  await page.clock.setFixedTime(new Date(now.getTime() - 864e5));
  await tick(page, id);
  await page.reload();
  assert.equal(await isOn(page, id), false, 'taken away a day earlier');
  await tick(page, id);
  await page.reload();
  assert.equal(await isOn(page, id), true, 'and ticked again');
  assert.equal((await stored(page)).items[id].at, new Date(now.getTime() + 2).toISOString());
  await close(made);
});

test('CL-15 two tabs that do not hear of each other lose no tick', async () => {
  const made = await context();
  const [one, two] = [await made.newPage(), await made.newPage()];
  await deaf(one);
  await deaf(two);
  await open(one, path);
  await open(two, inLocale('ur'));
  const [first, second, third] = await ids(one);
  await tick(one, first);
  await tick(two, second);
  await tick(one, third);
  await tick(two, second);
  const { items } = await stored(one);
  assert.deepEqual(Object.fromEntries(Object.entries(items).map(([id, { on }]) => [id, on])), { [first]: true, [second]: false, [third]: true });
  await one.reload();
  assert.equal(await count(one), 2);
  await close(made);
});

test('CL-17 storage has the last word when a page comes back', async () => {
  const { made, page } = await fresh();
  const [id] = await ids(page);
  await tick(page, id);
  await page.locator('.brand a').click();
  await page.waitForURL((url) => !url.pathname.includes('close-sim') && !url.pathname.endsWith(path));
  const other = await made.newPage();
  await open(other, path);
  assert.equal(await isOn(other, id), true);
  await tick(other, id);
  await page.goBack();
  await page.locator('guide-checklist [role=status]').waitFor({ state: 'attached' });
  assert.equal(await isOn(page, id), false);
  assert.ok(await page.locator('guide-checklist input[type=checkbox]').evaluateAll((boxes) => boxes.every((box) => !box.hasAttribute('autocomplete') && box.form.autocomplete === 'off')));
  await close(made);
});

test('CL-17 a tab that was out of sight looks again when it is seen', async () => {
  const made = await context();
  const [page, other] = [await made.newPage(), await made.newPage()];
  await deaf(page);
  await open(page, path);
  await open(other, path);
  const [id] = await ids(page);
  await tick(other, id);
  assert.equal(await isOn(page, id), false, 'it did not hear of it');
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  assert.equal(await isOn(page, id), true);
  await close(made);
});

test('CL-18 other tabs follow silently, and empty when storage is emptied', async () => {
  const made = await context();
  const [page, other] = [await made.newPage(), await made.newPage()];
  await open(page, path);
  await open(other, inLocale('zh'));
  const [id, second] = await ids(page);
  await page.locator('.chips input').first().focus();
  await page.evaluate(() => {
    window.said = 0;
    new MutationObserver(() => window.said++).observe(document.querySelector('guide-checklist [role=status]'), { childList: true, characterData: true, subtree: true });
  });
  const follows = (on, row = id) => page.waitForFunction(([item, wanted]) => document.getElementById(`item-${item}`).checked === wanted, [row, on], { timeout: 5000 });
  await tick(other, id);
  await follows(true);
  const situation = (await look(other)).chips[0].id;
  await choose(other, situation);
  await page.waitForFunction((value) => document.querySelector(`.chips [value="${value}"]`).checked, situation);
  assert.equal(await page.evaluate(() => document.activeElement.matches('.chips input')), true, 'focus stays');
  await other.evaluate((key) => localStorage.removeItem(key), await storageKey(other));
  await follows(false);
  assert.equal(await count(page), 0, 'removed');
  await tick(page, second);
  await page.waitForFunction(() => window.said > 0, null, { timeout: 5000 });
  await other.evaluate(() => localStorage.clear());
  await follows(false, second);
  assert.equal(await count(page), 0, 'cleared');
  await close(made);
});

test('CL-18 what another tab does is not announced', async () => {
  const made = await context();
  const [page, other] = [await made.newPage(), await made.newPage()];
  await page.clock.install({ time: now });
  await open(page, path);
  await open(other, path);
  const [id] = await ids(page);
  await tick(other, id);
  await page.waitForFunction((item) => document.getElementById(`item-${item}`).checked, id);
  await page.clock.runFor(5000);
  assert.equal((await look(page)).status, '');
  await close(made);
});

test('CL-19 a renamed item keeps its tick, a retired one keeps it unseen, a new one starts without', async () => {
  for (const [older, newer] of [['old', 'new'], ['new', 'old']]) {
    const made = await context();
    const page = await made.newPage();
    await open(page, path);
    const key = await storageKey(page);
    const [id, fresh2] = await ids(page);
    const entry = (name, on) => ({ on, at: name === newer ? '2026-11-03T00:00:00.000Z' : '2026-11-02T00:00:00.000Z' });
    // The newer of both entries says “on”.
    const items = { 'was-called': entry('old', newer === 'old'), [id]: entry('new', newer === 'new'), retired: { on: true, at: '2026-11-01T00:00:00.000Z' } };
    await page.evaluate(([name, value]) => localStorage.setItem(name, value), [key, JSON.stringify({ v: 1, items, sit: {} })]);
    await rewrite(made, (html) => html.replace('<guide-checklist ', `<guide-checklist data-renamed="was-called:${id} never-was:other" `));
    await page.reload();
    assert.equal(await isOn(page, id), true, `the newer entry (${newer}, not ${older}) counts`);
    assert.equal(await isOn(page, fresh2), false);
    assert.equal(await count(page), 1, 'a retired tick is not counted');
    await tick(page, fresh2);
    assert.deepEqual(Object.keys((await stored(page)).items).sort(), [fresh2, id, 'retired'].sort());
    await close(made);
  }
});

test('CL-21 an older version is read, and written anew with the next change', async () => {
  const { made, page } = await fresh();
  const [id, second] = await ids(page);
  await seed(page, { v: 0, items: { [id]: { on: true, at: '2026-11-01T00:00:00.000Z' } } });
  assert.equal(await isOn(page, id), true);
  assert.equal((await stored(page)).v, 0, 'not written by reading');
  await tick(page, second);
  assert.equal((await stored(page)).v, 1);
  assert.equal(await count(page), 2);
  await close(made);
});

test('CL-21 a newer version is neither read nor written; the checklist says so and offers to load the page again', async () => {
  for (const { id: locale } of site.locales) {
    const made = await context();
    const page = await made.newPage();
    await open(page, inLocale(locale));
    const [id] = await ids(page);
    const value = { v: 2, items: { [id]: { on: true, at: '2026-11-01T00:00:00.000Z' } }, more: 'things' };
    await seed(page, value);
    assert.ok((await look(page)).newer, 'it says so');
    assert.equal(await count(page), 0);
    await tick(page, id);
    assert.equal(await count(page), 1, 'ticks work all the same');
    assert.deepEqual(await stored(page), value, 'untouched');
    const reloaded = page.waitForEvent('load');
    await page.locator('[data-act=reload]').click();
    await reloaded;
    assert.ok((await look(page)).newer, 'the page was loaded again');
    assert.equal(await count(page), 0);
    await close(made);
  }
});

test('CL-21 text that is no JSON counts as nothing and is kept once', async () => {
  const { made, page } = await fresh();
  const [id] = await ids(page);
  const broken = '{"v":1,"items":{"half';
  await seed(page, broken);
  const key = await storageKey(page);
  const kept = () => page.evaluate((name) => localStorage.getItem(`${name}:broken`), key);
  assert.deepEqual([await count(page), await kept()], [0, null], 'reading writes nothing');
  await tick(page, id);
  assert.equal((await stored(page)).items[id].on, true);
  assert.equal(await kept(), broken);
  await seed(page, 'broken again');
  await tick(page, id);
  assert.equal((await stored(page)).items[id].on, true);
  assert.equal(await kept(), broken, 'the first one is kept');
  await close(made);
});

/** Ways in which browsers refuse. */
const refusals = {
  'touching localStorage throws': () =>
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('refused', 'SecurityError');
      },
    }),
  'there is no localStorage': () => Object.defineProperty(window, 'localStorage', { value: null }),
  'writing throws': () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  },
};
for (const [what, refuse] of Object.entries(refusals)) {
  test(`CL-22 where ${what}, the checklist works in memory and says that it is not saved`, async () => {
    for (const { id: locale } of site.locales) {
      const made = await context();
      await made.addInitScript(refuse);
      const page = await made.newPage();
      await open(page, inLocale(locale));
      const [one, two] = await ids(page);
      await tick(page, one);
      await tick(page, two);
      assert.ok((await look(page)).refused, `${locale}: it says so`);
      assert.equal(await count(page), 2);
      await tick(page, one);
      await choose(page, (await look(page)).chips[0].id);
      await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow')));
      assert.equal(await isOn(page, two), true, 'nothing is lost when the page looks again');
      assert.equal(await isOn(page, one), false);
      await page.locator('[data-act=clear]').click();
      await page.locator('[data-act=undo]').click();
      assert.equal(await isOn(page, two), true, 'undo works');
      await close(made);
    }
  });
}

test('CL-22 the line goes when the browser saves again', async () => {
  const made = await context();
  await made.addInitScript(() => {
    const write = Storage.prototype.setItem;
    window.full = true;
    Storage.prototype.setItem = function (...entry) {
      if (window.full) throw new DOMException('full', 'QuotaExceededError');
      return write.apply(this, entry);
    };
  });
  const page = await made.newPage();
  await open(page, path);
  const [one, two] = await ids(page);
  assert.equal((await look(page)).refused, null, 'nothing to say before a change');
  await tick(page, one);
  assert.ok((await look(page)).refused);
  await page.evaluate(() => (window.full = false));
  await tick(page, two);
  assert.equal((await look(page)).refused, null);
  assert.deepEqual(Object.keys((await stored(page)).items).sort(), [one, two].sort(), 'what was in memory is saved with it');
  await close(made);
});

test('CL-23 the note says what browsers do with old ticks; nothing asks for permission', async () => {
  for (const { id: locale } of site.locales) {
    const made = await context();
    await made.addInitScript(() => {
      window.asked = 0;
      if (navigator.storage) navigator.storage.persist = async () => window.asked++;
    });
    const page = await made.newPage();
    await open(page, inLocale(locale));
    await tick(page, (await ids(page))[0]);
    const notes = (await page.locator('guide-checklist .keep:visible').allTextContents()).map((text) => text.trim());
    assert.equal(notes.length, 1, `${locale}: one note, not that of the page without a script`);
    assert.match(notes[0], { zh: /一周/, en: /a week/, ur: /ہفتہ/ }[locale]);
    assert.equal(await page.evaluate(() => window.asked), 0);
    await close(made);
  }
});

test('SP-5 whatever storage holds, the page works, and nothing of it becomes markup', async () => {
  const made = await context();
  const page = await made.newPage();
  await open(page, path);
  const key = await storageKey(page);
  const [id] = await ids(page);
  const failures = await page.evaluate(
    ([name, item]) => {
      // A generator of its own, so that every run is the same.
      let state = 7;
      const random = (n) => (state = (state * 48271) % 2147483647) % n;
      const pick = (list) => list[random(list.length)];
      const odd = ['<img src=x onerror=alert(1)>', '', null, true, -1, 1e308, '__proto__', 'constructor', '2026-11-22T10:00:00.000Z', '9999-12-31T23:59:59.999Z', '+275760-09-13T00:00:00.000Z', [], {}, [['a']], 'x'.repeat(5000), '\u202e', '{n}'];
      const key2 = () => pick([item, 'items', 'sit', '__proto__', 'constructor', 'toString', '<b>', 'v', 'at', 'on', 'retired']);
      const value = (depth) => (depth > 0 && random(3) ? Object.fromEntries(Array.from({ length: random(4) }, () => [key2(), value(depth - 1)])) : pick(odd));
      const entry = () => ({ on: pick([true, false, 'yes', 1, null]), at: pick(odd) });
      const texts = Array.from({ length: 1000 }, (_, at) => {
        if (at % 4 === 0) return JSON.stringify({ v: 1, items: { [item]: entry(), [key2()]: entry() }, sit: { lost: entry() } });
        if (at % 4 === 1) return JSON.stringify(value(4));
        const text = JSON.stringify({ v: pick([0, 1, 2, '1', null, []]), items: value(2), sit: value(2) });
        return at % 4 === 2 ? text : text.slice(0, random(text.length + 1));
      });
      const found = [];
      const elements = document.querySelectorAll('*').length;
      window.onerror = (message) => void found.push(String(message));
      for (const text of texts) {
        localStorage.setItem(name, text);
        dispatchEvent(new StorageEvent('storage', { key: name, newValue: text }));
        const box = document.getElementById(`item-${item}`);
        const before = box.checked;
        box.click();
        if (box.checked === before) found.push(`a tick does not hold on ${text.slice(0, 200)}`);
        if (Object.prototype.on !== undefined || {}.at !== undefined) found.push(`Object was changed by ${text.slice(0, 200)}`);
      }
      const extra = document.querySelectorAll('*').length - elements - document.querySelectorAll('.still li, .still a').length;
      if (extra !== 0) found.push(`${extra} elements more than before`);
      return [...new Set(found)];
    },
    [key, id],
  );
  none(failures, 'odd contents of storage');
  await close(made);
});
