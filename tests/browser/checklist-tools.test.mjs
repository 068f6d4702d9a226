// The checklist's tools: clear and undo, a link that carries ticks, the list as text, a reminder for the calendar.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { bestGuide } from './pages.mjs';
import { inspect, none, start } from './browser.mjs';
import { choose, close, look, rewrite, storageKey, stored, tick, wording } from './checklists.mjs';

const { site, server, context, open, each } = await start();
const best = site.locales.map(({ id }) => bestGuide(site, id));
const guides = site.pages.filter((page) => ['guide', 'general'].includes(page.type) && /<guide-checklist/.test(site.text(`${page.path}index.html`)));
const now = new Date('2026-11-22T10:00:00Z');
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };
const shown = ({ rows }) => rows.filter((row) => row.shown);
const act = (page, name) => page.locator(`guide-checklist [data-act=${name}]`).click();
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
/** What the checklist says it has done. */
const noted = async (page) => {
  await page.locator('[data-part=note]').waitFor();
  return page.locator('[data-part=note] > p').first().textContent();
};
const squeeze = (text) => text.replace(/\s+/g, ' ').trim();

/** One guide, for what no language changes; one in each direction, for what only direction does. */
const single = best.slice(0, 1);
const bothWays = ['ltr', 'rtl'].map((dir) => best.find(({ locale }) => site.locales.find(({ id }) => id === locale).dir === dir));

/**
 * Runs `use` on the longest guide of every locale, in a context of its own; `prepare` comes before the page is opened.
 * Contexts share nothing but the clipboard: tests that have it take their turn.
 */
async function everywhere(use, { options, prepare = () => {}, pages = best } = {}) {
  const visit = async ({ path, locale }) => {
    const made = await context(options);
    const page = await made.newPage();
    await page.clock.setFixedTime(now);
    await prepare(made, page);
    await open(page, path);
    await use(page, { path, locale, made });
    await close(made);
  };
  if (options === CLIPBOARD) for (const page of pages) await visit(page);
  else await Promise.all(pages.map(visit));
}

/** Keeps the share sheet's part: what it was given, and whether it then fails with an error of this name. */
const sheet = (made, failure = null) =>
  made.addInitScript((name) => {
    window.shared = [];
    navigator.share = async (what) => {
      window.shared.push(what);
      if (name) throw new DOMException('no', name);
    };
  }, failure);
/** As on a computer, where there is no sheet; `clipboard: false` also takes the clipboard away. */
const without = (made, { clipboard: keep = true } = {}) =>
  made.addInitScript((kept) => {
    Object.defineProperty(Navigator.prototype, 'share', { value: undefined, configurable: true });
    if (!kept) Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined });
  }, keep);

// ---------- clear and undo ----------

test('CL-24 clearing is done at once and can be undone, with situations and dates, until the next change', async () => {
  await everywhere(async (page, { made }) => {
    let asked = 0;
    page.on('dialog', () => asked++);
    const [one, two, three] = shown(await look(page)).map(({ id }) => id);
    const situation = (await look(page)).chips[0].id;
    await tick(page, one);
    await page.clock.setFixedTime(new Date(now.getTime() + 36e5));
    await tick(page, two);
    await tick(page, three);
    await tick(page, three);
    await choose(page, situation);
    await page.clock.setFixedTime(new Date(now.getTime() + 72e5));
    const before = [await stored(page), (({ status, ...rest }) => rest)(await look(page))];

    await act(page, 'clear');
    const cleared = await look(page);
    assert.equal(cleared.rows.filter(({ on }) => on).length + cleared.chips.filter(({ on }) => on).length, 0, 'nothing is ticked or chosen');
    assert.equal(cleared.bar.value, 0);
    assert.match(await noted(page), await wording(page, 'cleared'));
    const { items, sit } = await stored(page);
    assert.ok([...Object.values(items), ...Object.values(sit)].every(({ on }) => on === false), 'stored as taken away, not as forgotten');

    await act(page, 'undo');
    const { note } = await look(page);
    assert.equal(note, null, 'undo is gone once it is done');
    assert.deepEqual([await stored(page), (({ status, ...rest }) => rest)(await look(page))], before);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.act), 'clear', 'focus is on “Clear all”');
    await page.waitForFunction((words) => document.querySelector('guide-checklist [role=status]').textContent === words, await page.locator('guide-checklist').getAttribute('data-t-undone'));

    await act(page, 'clear');
    await tick(page, one);
    assert.equal((await look(page)).note, null, 'the next change ends it');
    assert.equal(asked, 0, 'no dialog');
    assert.equal(made.pages().length, 1);
  }, { pages: bothWays });
});

test('CL-24 no clock ends the offer to undo', async () => {
  const made = await context();
  const page = await made.newPage();
  await page.clock.install({ time: now });
  await open(page, best[0].path);
  await tick(page, shown(await look(page))[0].id);
  await act(page, 'clear');
  await page.clock.runFor('12:00:00');
  assert.ok(await page.locator('[data-act=undo]').isVisible());
  await act(page, 'undo');
  assert.equal((await look(page)).bar.value, 1);
  await close(made);
});

test('CL-24 copying the cleared list leaves the offer to undo', async () => {
  const made = await context({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await made.newPage();
  await open(page, best[0].path);
  await tick(page, shown(await look(page))[0].id);
  await act(page, 'clear');
  const cleared = await noted(page);
  await act(page, 'copy');
  await page.waitForFunction((before) => document.querySelector('[data-part=note] p').textContent !== before, cleared);
  assert.ok((await noted(page)).startsWith(cleared), 'it still says what can be undone');
  await act(page, 'undo');
  assert.equal((await look(page)).bar.value, 1);
  await close(made);
});

test('CL-24 undo leaves what another tab has changed since', async () => {
  const made = await context();
  const [other, page] = [await made.newPage(), await made.newPage()];
  for (const tab of [other, page]) await open(tab, best[0].path);
  const [one, two] = shown(await look(page)).map(({ id }) => id);
  await tick(page, one);
  await tick(page, two);
  await act(page, 'clear');
  // A tab in the background draws no frames to wait for.
  await other.waitForFunction((id) => !document.getElementById(`item-${id}`).checked, one, { polling: 20 });
  await other.evaluate((id) => {
    for (let click = 0; click < 2; click++) document.getElementById(`item-${id}`).click();
  }, one);
  const { at } = (await stored(other)).items[one];
  await act(page, 'undo');
  const { items } = await stored(page);
  assert.deepEqual(items[one], { on: false, at }, 'the later word of the other tab');
  assert.equal(items[two].on, true);
  await close(made);
});

test('CL-24 CL-31 Tab meets the reminder, then undo, then the tools, in the order in which they stand', async () => {
  await everywhere(async (page, { path }) => {
    const final = await finalItem(page);
    await tick(page, final);
    await act(page, 'clear');
    await tick(page, final);
    await act(page, 'clear');
    // With the reminder shown again by another tab's tick, everything the foot can show is there at once.
    await page.evaluate(([key, id]) => {
      const value = JSON.parse(localStorage.getItem(key));
      value.items[id] = { on: true, at: new Date(Date.now() + 6e4).toISOString() };
      localStorage.setItem(key, JSON.stringify(value));
      dispatchEvent(new StorageEvent('storage', { key, newValue: 'changed' }));
    }, [await storageKey(page), final]);
    await page.locator('#checklist-remind').focus();
    const met = [];
    for (let press = 0; press < 12 && met.at(-1)?.name !== 'clear'; press++) {
      met.push(await page.evaluate(() => {
        const at = document.activeElement;
        const { top, left, right } = at.getBoundingClientRect();
        return { name: at.dataset.act ?? at.id, top: top + scrollY, start: document.documentElement.dir === 'rtl' ? -right : left };
      }));
      await page.keyboard.press('Tab');
    }
    // Parts of a date field are stops of their own.
    const order = met.filter(({ name }, place) => name !== met[place - 1]?.name);
    assert.deepEqual(order.map(({ name }) => name), ['checklist-remind', 'remind', 'undo', 'print', 'share', 'copy', 'clear'], `/${path}`);
    for (const [place, stop] of order.entries()) {
      const last = order[place - 1];
      assert.ok(!last || stop.top > last.top + 4 || stop.start > last.start, `/${path}: ${last?.name}, then ${stop.name}`);
    }
    assert.equal(await page.locator('guide-checklist :is([role=button], [tabindex="0"])').count(), 0, 'native controls only');
  }, { pages: bothWays });
});

// ---------- a link that carries ticks ----------

const LINK = /^[^#]+#checklist=1:[a-z0-9+-]*:[a-z0-9+-]*$/;

/** Chooses a situation and ticks two rows that apply with it and without; what a link of that should be. */
async function prepareTicks(page) {
  const always = shown(await look(page)).map(({ id }) => id);
  const situation = (await look(page)).chips.at(-1).id;
  await choose(page, situation);
  const [, one, , two] = shown(await look(page)).map(({ id }) => id).filter((id) => always.includes(id));
  await tick(page, two);
  await tick(page, one);
  return { items: [one, two], situation, hash: `#checklist=1:${situation}:${one}+${two}` };
}

test('CL-25 the link goes to the share sheet; it has the page, situations and ticks, and nothing else', async () => {
  await everywhere(
    async (page, { path }) => {
      await page.goto(`${server.to(path)}?from=somewhere#facts`);
      const { hash } = await prepareTicks(page);
      await act(page, 'share');
      await page.waitForFunction(() => window.shared.length > 0);
      assert.deepEqual(await page.evaluate(() => window.shared), [{ url: server.to(path) + hash }], 'one address, no other words, no query');
      assert.match(server.to(path) + hash, LINK);
      assert.equal((await look(page)).note, null, 'the sheet speaks for itself');
      assert.equal(new URL(page.url()).hash, '#facts', 'the address of the page itself stays');
    },
    { pages: single, prepare: (made) => sheet(made) },
  );
});

test('CL-25 a sheet that is closed is the reader’s word; one that fails gives way to the clipboard', async () => {
  for (const [failure, copied] of [['AbortError', false], ['NotAllowedError', true]]) {
    const made = await context(CLIPBOARD);
    await sheet(made, failure);
    const page = await made.newPage();
    await open(page, best[0].path);
    const { hash } = await prepareTicks(page);
    await page.evaluate(() => navigator.clipboard.writeText('before'));
    await act(page, 'share');
    if (copied) await noted(page);
    // What follows a closed sheet would follow within the same turn.
    else await page.waitForFunction(() => window.shared.length > 0).then(() => page.evaluate(() => new Promise(requestAnimationFrame)));
    assert.equal(await clipboard(page), copied ? server.to(best[0].path) + hash : 'before', failure);
    assert.equal((await look(page)).note === null, !copied, failure);
    await close(made);
  }
});

test('CL-25 without a sheet the link is copied, and the checklist says so', async () => {
  await everywhere(
    async (page, { path }) => {
      const { hash } = await prepareTicks(page);
      await act(page, 'share');
      assert.match(await noted(page), await wording(page, 'linked'));
      assert.equal(await clipboard(page), server.to(path) + hash);
      assert.equal((await look(page)).hand, null);
      assert.equal(await page.locator('[data-act=undo]').isVisible(), false, 'nothing to undo');
    },
    { pages: bothWays, options: CLIPBOARD, prepare: (made) => without(made) },
  );
});

test('CL-25 CL-27 without a clipboard a field holds link or text, read-only, focused and selected', async () => {
  await everywhere(
    async (page, { path }) => {
      const { hash } = await prepareTicks(page);
      const field = () => page.evaluate(() => {
        const at = document.activeElement;
        return { name: at.localName, readOnly: at.readOnly, value: at.value, selected: getSelection().toString() || at.value.slice(at.selectionStart, at.selectionEnd), label: at.labels?.[0]?.textContent.trim() };
      });
      await act(page, 'share');
      await page.locator('[data-part=hand]').waitFor();
      const link = await field();
      assert.deepEqual([link.name, link.readOnly, link.value, link.selected], ['textarea', true, server.to(path) + hash, server.to(path) + hash]);
      assert.ok(link.label, 'it says what to do');
      await act(page, 'copy');
      await page.waitForFunction(() => /\n/.test(document.activeElement.value ?? ''));
      assert.equal((await field()).value, await expectedText(page));
      await tick(page, shown(await look(page))[0].id);
      assert.equal((await look(page)).hand, null, 'a link of older ticks does not stay');
    },
    { pages: bothWays, prepare: (made) => without(made, { clipboard: false }) },
  );
});

test('CL-25 with everything ticked and chosen the longest link has no more than 600 characters', async () => {
  const ids = ({ path }) => [...site.text(`${path}index.html`).matchAll(/ id="?item-([a-z0-9-]+)/g)].map(([, id]) => id);
  const fullest = guides.reduce((best, page) => (ids(page).join('+').length > ids(best).join('+').length ? page : best));
  await everywhere(
    async (page, { path }) => {
      const expected = await page.evaluate(() => {
        // Rows that a situation hides keep their ticks.
        for (const box of document.querySelectorAll('guide-checklist .item > input')) box.click();
        for (const chip of document.querySelectorAll('guide-checklist .chips input')) chip.click();
        return [...document.querySelectorAll('guide-checklist .chips input')].map(({ value }) => value).join('+');
      });
      await act(page, 'share');
      await page.waitForFunction(() => window.shared.length > 0);
      const [{ url }] = await page.evaluate(() => window.shared);
      assert.match(url, LINK);
      assert.equal(url, `${server.to(path)}#checklist=1:${expected}:${ids({ path }).join('+')}`, 'every situation and every item');
      const published = site.address + url.slice(server.root.length);
      assert.ok(published.length <= 600, `/${path} gives a link of ${published.length} characters`);
    },
    { pages: [fullest], prepare: (made) => sheet(made) },
  );
});

/** Opens the page anew with a fragment. */
const arrive = async (page, path, hash) => {
  await page.goto('about:blank');
  await page.goto(server.to(path) + hash);
};

test('CL-26 a link with ticks changes nothing until the reader adds them; then the address is clean', async () => {
  await everywhere(async (page, { path, made }) => {
    const rows = shown(await look(page)).map(({ id }) => id);
    const [one, two, mine] = rows;
    const situation = (await look(page)).chips[0].id;
    const elsewhere = await made.newPage();
    await open(elsewhere, path.replace(/^[^/]+/, site.locales.find(({ id }) => !path.startsWith(`${id}/`)).id));
    await tick(elsewhere, one);
    await tick(elsewhere, mine);
    const before = await stored(elsewhere);
    await page.clock.setFixedTime(new Date(now.getTime() + 864e5));

    await arrive(page, path, `#checklist=1:${situation}:${one}+${two}+gone-one+gone-two`);
    const numbers = (text) => text.match(/\d+/g).map(Number);
    const offer = (await look(page)).incoming;
    const [brings, sets, gone] = await page.locator('[data-part=incoming] > p').allTextContents();
    assert.match(sets, await wording(page, 'sets'), 'the situation by name');
    assert.deepEqual([numbers(brings), numbers(gone)], [[2], [2]], offer);
    assert.match(gone, await wording(page, 'gone-other'));
    assert.match(brings, await wording(page, 'brings-other'));
    const focus = await inspect(page, () => {
      const { top, bottom } = document.activeElement.getBoundingClientRect();
      return { part: document.activeElement.dataset.part, inSight: top < innerHeight && bottom > 0 };
    });
    assert.deepEqual(focus, { part: 'incoming', inSight: true }, 'the reader is led to the question');
    assert.deepEqual(await stored(page), before, 'nothing has changed');
    assert.deepEqual((await look(page)).rows.filter(({ on }) => on).map(({ id }) => id), [one, mine]);

    const steps = await page.evaluate(() => history.length);
    await act(page, 'take');
    const state = await look(page);
    assert.equal(state.incoming, null);
    assert.deepEqual(state.rows.filter(({ on }) => on).map(({ id }) => id), [one, two, mine], 'ticks are added, none is taken away');
    assert.deepEqual(state.chips.filter(({ on }) => on).map(({ id }) => id), [situation]);
    const { items } = await stored(page);
    assert.deepEqual([items[one], items[mine]], [before.items[one], before.items[mine]], 'ticks of one’s own keep their dates');
    assert.equal(page.url(), server.to(path), 'the fragment is gone');
    assert.equal(await page.evaluate(() => history.length), steps, 'replaced, not added');
    assert.ok(await page.evaluate(() => document.activeElement.closest('guide-checklist')), 'focus stays in the checklist');
    await page.reload();
    assert.equal((await look(page)).incoming, null, 'asked once');
  }, { pages: bothWays });
});

test('CL-26 “Keep mine” leaves everything as it was', async () => {
  await everywhere(async (page, { path }) => {
    const [one, two] = shown(await look(page)).map(({ id }) => id);
    await arrive(page, path, `#checklist=1:${(await look(page)).chips[0].id}:${one}`);
    assert.equal(await page.evaluate(() => localStorage.length), 0, 'nothing stored before');
    await act(page, 'leave');
    assert.equal(await page.evaluate(() => localStorage.length), 0, 'nor after');
    assert.deepEqual([(await look(page)).incoming, (await look(page)).bar.value, page.url()], [null, 0, server.to(path)]);
    // The next link, opened on the page itself, is offered too; one unknown step is one.
    await page.evaluate((id) => { location.hash = `#checklist=1::${id}+no-such`; }, two);
    await page.locator('[data-part=incoming]').waitFor();
    assert.match(await page.locator('[data-part=incoming] > p').nth(0).textContent(), await wording(page, 'brings-one'));
    assert.equal(await page.locator('[data-part=incoming] > p').nth(1).isVisible(), false, 'no situation');
    assert.match(await page.locator('[data-part=incoming] > p').nth(2).textContent(), await wording(page, 'gone-one'));
    await act(page, 'take');
    assert.equal((await look(page)).bar.value, 1);
  }, { pages: bothWays });
});

test('CL-26 a link that brings a situation alone says so, and sets it', async () => {
  await everywhere(async (page, { path }) => {
    const { id } = (await look(page)).chips[0];
    const name = (await page.locator(`.chips label:has([value="${id}"])`).textContent()).trim();
    await arrive(page, path, `#checklist=1:${id}:`);
    const [brings, sets, gone] = await page.locator('[data-part=incoming] > p').allTextContents();
    assert.deepEqual([brings, gone], ['', ''], 'no tick is spoken of');
    assert.match(sets, await wording(page, 'sets'));
    assert.ok(sets.includes(name), sets);
    await act(page, 'take');
    assert.deepEqual((await look(page)).chips.filter(({ on }) => on).map((chip) => chip.id), [id]);
  }, { pages: bothWays });
});

test('CL-26 the link of a guide with very many steps is read to its end', async () => {
  const made = await context();
  const page = await made.newPage();
  await open(page, best[0].path);
  const [one, two] = shown(await look(page)).map(({ id }) => id);
  const others = Array.from({ length: 600 }, (_, at) => `a-step-of-a-longer-guide-${at}`);
  await arrive(page, best[0].path, `#checklist=1::${[one, ...others, ...Array(600).fill(one), two].join('+')}`);
  assert.match(await page.locator('[data-part=incoming] > p').first().textContent(), await wording(page, 'brings-other'));
  await act(page, 'take');
  assert.deepEqual((await look(page)).rows.filter(({ on }) => on).map(({ id }) => id), [one, two]);
  await close(made);
});

test('CL-26 a link made before a step was renamed brings its tick to the step', async () => {
  const made = await context();
  const page = await made.newPage();
  await open(page, best[0].path);
  const [one] = shown(await look(page)).map(({ id }) => id);
  await rewrite(made, (html) => html.replace('<guide-checklist ', `<guide-checklist data-renamed="was-called:${one}" `));
  await arrive(page, best[0].path, `#checklist=1::was-called+${one}`);
  assert.match(await page.locator('[data-part=incoming] > p').first().textContent(), await wording(page, 'brings-one'));
  assert.equal(await page.locator('[data-part=incoming] > p').nth(2).isVisible(), false, 'nothing is gone');
  await act(page, 'take');
  assert.deepEqual((await look(page)).rows.filter(({ on }) => on).map(({ id }) => id), [one]);
  await close(made);
});

test('CL-26 a link from the share button brings the same ticks to another device', async () => {
  await everywhere(
    async (page, { path, locale }) => {
      const { items, situation } = await prepareTicks(page);
      await act(page, 'share');
      await page.waitForFunction(() => window.shared.length > 0);
      const [{ url }] = await page.evaluate(() => window.shared);
      const there = await context();
      const tab = await there.newPage();
      await tab.goto(url);
      await act(tab, 'take');
      const state = await look(tab);
      assert.deepEqual(state.rows.filter(({ on }) => on).map(({ id }) => id), items, `/${path} in ${locale}`);
      assert.deepEqual(state.chips.filter(({ on }) => on).map(({ id }) => id), [situation]);
      await close(there);
    },
    { pages: single, prepare: (made) => sheet(made) },
  );
});

test('CL-26 fragments that are no such link cause nothing', async () => {
  const made = await context();
  const page = await made.newPage();
  await open(page, best[0].path);
  const [one] = shown(await look(page)).map(({ id }) => id);
  const odd = [
    '#checklist', '#checklist=', '#checklist=1', `#checklist=1:${one}`, `#checklist=2::${one}`, `#checklist=1:::${one}`, `#checklist=1::${one}:`, `#checklist=1::${one.toUpperCase()}`,
    `#checklist=1::${one}&more`, `#Checklist=1::${one}`, `#checklist=1::${one}%2B`, `#checklist=1::${one}%0a`, `#x#checklist=1::${one}`, `#checklist=1::${one}%20`,
    '#checklist=1::<img src=x onerror=alert(1)>', '#<script>alert(1)</script>', '#checklist=1:<b>:</b>', '#checklist=1::%3Cb%3E', "#checklist=1::';alert(1)//",
    `#checklist=1::${'A'.repeat(10_000)}`, `#${'<i>'.repeat(3400)}`, '#%', '#%E0%A4%A', '#checklist=1::\u202e',
  ];
  // At the foot the script says what the device keeps, whenever it knows.
  const elements = () => page.evaluate(() => document.querySelectorAll(':not(footer, footer *)').length);
  const before = await elements();
  for (const [at, hash] of odd.entries()) {
    // Every sixth as the page opens, the others as links on it.
    if (at % 6 === 0) await arrive(page, best[0].path, hash);
    else {
      await page.evaluate((fragment) => new Promise((resolve) => {
        const same = location.href;
        addEventListener('hashchange', resolve, { once: true });
        location.hash = fragment;
        if (location.href === same) resolve();
      }), hash);
    }
    const name = hash.slice(0, 60);
    assert.equal((await look(page)).incoming, null, `no panel for ${name}`);
    assert.equal(await elements(), before, `no markup from ${name}`);
    assert.equal(await page.evaluate(() => localStorage.length), 0, `nothing stored by ${name}`);
  }
  await close(made);
});

test('SP-5 of 1,000 fragments only links are offered, none throws, and none becomes markup', async () => {
  const small = guides.reduce((best, page) => (page.size < best.size ? page : best));
  await everywhere(async (page) => {
    const failures = await page.evaluate(() => {
      // A generator of its own, so that every run is the same.
      let state = 11;
      const random = (n) => (state = (state * 48271) % 2147483647) % n;
      const pick = (list) => list[random(list.length)];
      const checklist = document.querySelector('guide-checklist');
      const known = [...checklist.querySelectorAll('[data-item]')].map((row) => row.dataset.item);
      const situations = [...checklist.querySelectorAll('.chips input')].map(({ value }) => value);
      const bits = [...known, ...situations, '', 'gone', '__proto__', 'constructor', 'a-b', '0', '+', '-', ':', '#', '&', '=', '<b>', '<img src=x onerror=alert(1)>', '%3Cscript%3E', '%', '%00', '"', "'", '\u202e', '中', 'ک', '😀', ' ', 'checklist=1', 'x'.repeat(2000), 'Z'];
      const list = (from, most) => Array.from({ length: random(most) }, () => pick(from)).join('+');
      const link = () => `checklist=1:${list([...situations, 'gone'], 4)}:${list([...known, 'gone', 'gone-two', 'toString'], 8)}`;
      const fragments = Array.from({ length: 1000 }, (_, at) => {
        if (at % 4 === 0) return link();
        if (at % 4 === 1) return Array.from({ length: random(12) }, () => pick(bits)).join('');
        const text = link();
        const place = random(text.length + 1);
        return at % 4 === 2 ? text.slice(0, place) + pick(bits) + text.slice(place) : text.slice(0, place) + text.slice(place + 1);
      });
      const found = [];
      window.onerror = (message) => void found.push(String(message));
      // The panel takes the focus each time; what is far from it need not be laid out again.
      for (const far of document.querySelectorAll('.text, .intro, guide-checklist .group, footer')) far.hidden = true;
      const panel = checklist.querySelector('[data-part=incoming]');
      const elements = document.querySelectorAll('*').length;
      const within = panel.querySelectorAll('*').length;
      const plurals = new Intl.PluralRules(checklist.dataset.formats);
      const words = (name, n) => (checklist.getAttribute(`data-t-${name}-${plurals.select(n)}`) ?? checklist.getAttribute(`data-t-${name}-other`)).replace('{n}', n);
      let offers = 0;
      for (const fragment of fragments) {
        history.replaceState(null, '', `#${fragment}`);
        dispatchEvent(new HashChangeEvent('hashchange'));
        const say = (what) => found.push(`${what}: #${fragment.slice(0, 120)}`);
        // What the rule says a link is, read without a pattern.
        const [head, sit, done, ...more] = location.hash.split(':');
        const plain = (text) => text !== undefined && [...text].every((letter) => 'abcdefghijklmnopqrstuvwxyz0123456789+-'.includes(letter));
        const wanted = head === '#checklist=1' && plain(sit) && plain(done) && sit + done !== '' && more.length === 0;
        if (wanted === panel.hidden) say(wanted ? 'is not offered' : 'is offered');
        if (wanted && !panel.hidden) {
          offers++;
          const ids = [...new Set(done.split('+').filter(Boolean))];
          const mine = ids.filter((id) => known.includes(id)).length;
          const cases = situations.filter((id) => sit.split('+').includes(id));
          const [brings, sets, gone] = panel.children;
          if (brings.textContent !== (mine || !cases.length ? words('brings', mine) : '')) say(`says “${brings.textContent}”`);
          if (sets.hidden !== (cases.length === 0)) say(`says “${sets.textContent}”`);
          if (gone.hidden !== (ids.length === mine) || (!gone.hidden && gone.textContent !== words('gone', ids.length - mine))) say(`says “${gone.textContent}”`);
        }
        if (panel.querySelectorAll('*').length !== within) say('makes elements');
        if (localStorage.length) say('stores something');
        if (checklist.querySelector('[data-item] > input:checked, .chips :checked')) say('ticks something');
      }
      if (document.querySelectorAll('*').length !== elements) found.push('elements were made');
      if (offers < 250) found.push(`only ${offers} links among them`);
      return [...new Set(found)];
    });
    none(failures, 'fragments');
  }, { pages: [small] });
});

// ---------- the list as text ----------

/** The list as a reader sees it: title, address, when it was checked, a line a row. */
const expectedText = (page) =>
  page.evaluate(() => {
    const seen = (element) => element.innerText.replace(/\s+/g, ' ').trim();
    const rows = [...document.querySelectorAll('guide-checklist [data-item]')].filter((row) => row.checkVisibility());
    return [
      seen(document.querySelector('h1')),
      location.origin + location.pathname,
      seen(document.querySelector('.checked')),
      ...rows.map((row) => `${row.querySelector('input').checked ? '[x]' : '[ ]'} ${seen(row.querySelector('label'))}`),
    ].join('\n');
  });

test('CL-27 the list as text: title, address, day of the check, and a mark before every step that applies', async () => {
  await everywhere(
    async (page, { path, locale }) => {
      await page.goto(`${server.to(path)}#facts`);
      const { items } = await prepareTicks(page);
      await act(page, 'copy');
      assert.match(await noted(page), await wording(page, 'copied'));
      const text = await clipboard(page);
      assert.equal(text, await expectedText(page));
      const lines = text.split('\n');
      assert.equal(lines[1], server.to(path));
      // The line of the check, with the day the build knows and no count of facts that nobody sees.
      assert.match(lines[2], { zh: /^本页信息核对日期：20\d\d年\d{1,2}月\d{1,2}日[^0-9]*$/, en: /^Facts on this page were checked on \d{1,2} [A-Z][a-z]{2,3} 20\d\d\.$/, ur: /^[\p{Script=Arabic}\s]+\d{1,2} [\p{Script=Arabic}]+،? 20\d\d [\p{Script=Arabic}\s]+۔$/u }[locale]);
      assert.equal(lines.filter((line) => line.startsWith('[x] ')).length, items.length);
      assert.equal(lines.length - 3, shown(await look(page)).length);
      for (const line of lines.slice(3)) assert.match(line, /^\[[x ]\] \S/, 'every line starts with its mark');
      assert.doesNotMatch(text, /[\u200e\u200f\u202a-\u202e\u2066-\u2069\u0660-\u0669\u06f0-\u06f9]|\s\n|<|>/u);
    },
    { options: CLIPBOARD },
  );
});

test('CL-27 facts that are due for review are named in the text as on the page', async () => {
  await everywhere(
    async (page) => {
      await act(page, 'copy');
      await noted(page);
      const text = await clipboard(page);
      const due = await page.locator('.due .stale').innerText();
      assert.match(due, /\d/);
      assert.ok(text.includes(due.trim()), text.split('\n')[2]);
    },
    { pages: bothWays, options: CLIPBOARD, prepare: (_, page) => page.clock.setFixedTime(new Date('2028-01-01T10:00:00Z')) },
  );
});

// ---------- a reminder ----------

/** A step that ends in something final: after its tick there is a result to wait for. */
const finalItem = (page) => page.evaluate(() => [...document.querySelectorAll('guide-checklist [data-final] [data-item], guide-checklist [data-item][data-final]')].find((row) => row.checkVisibility()).dataset.item);

/** Presses the button; the file as it would be opened. */
async function reminder(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), act(page, 'remind')]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Reads a calendar as RFC 5545 wants it read; fails on what it does not allow. */
function parse(bytes) {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  assert.ok(text.endsWith('\r\n'), 'the last line ends');
  assert.doesNotMatch(text.replaceAll('\r\n', ''), /[\r\n]/, 'lines end with CRLF, and nothing else does');
  const folded = text.slice(0, -2).split('\r\n');
  for (const line of folded) assert.ok(Buffer.byteLength(line) <= 75, `${Buffer.byteLength(line)} octets: ${line}`);
  const lines = text.slice(0, -2).replaceAll('\r\n ', '').split('\r\n');
  const values = {};
  const open = [];
  for (const line of lines) {
    const [, name, value] = /^([A-Z-]+):(.*)$/s.exec(line) ?? assert.fail(`not a line of a calendar: ${line}`);
    if (name === 'BEGIN') open.push(value);
    const key = [...open, name].join('.');
    if (name === 'END') assert.equal(open.pop(), value, 'what was opened last is closed first');
    else (values[key] ??= []).push(value);
  }
  assert.deepEqual(open, []);
  const only = (key) => {
    assert.equal(values[key]?.length, 1, `${key} once`);
    return values[key][0];
  };
  const unescaped = (value) => value.replace(/\\([\\;,nN])/g, (_, letter) => (/n/i.test(letter) ? '\n' : letter));
  return { folded: folded.length - lines.length, values, only, said: (key) => unescaped(only(key)) };
}
const EVENT = 'VCALENDAR.VEVENT';
const addDays = (iso, days) => new Date(Date.parse(`${iso}T00:00Z`) + days * 864e5).toISOString().slice(0, 10);

test('CL-28 after the request is ticked a reminder is offered; it is one event at ten o’clock, wherever the reader is', async () => {
  const uids = new Set();
  let folded = 0;
  await everywhere(async (page, { path }) => {
    assert.equal((await look(page)).remind, null, 'not before');
    await tick(page, shown(await look(page))[0].id);
    assert.equal((await look(page)).remind, null, 'nor after any other step');
    const final = await finalItem(page);
    await tick(page, final);
    assert.ok((await look(page)).remind);
    const days = Number(await page.locator('guide-checklist').getAttribute('data-remind-days'));
    const due = addDays('2026-11-22', days);
    assert.equal(await page.locator('#checklist-remind').inputValue(), due, 'the day of the tick and the days of waiting');

    const first = await reminder(page);
    assert.match(first.name, /^[a-z0-9-]+\.ics$/);
    const calendar = parse(first.bytes);
    const { only, said, values } = calendar;
    folded += calendar.folded;
    assert.equal(only('VCALENDAR.VERSION'), '2.0');
    assert.ok(only('VCALENDAR.PRODID'));
    assert.equal(only(`${EVENT}.DTSTART`), `${due.replaceAll('-', '')}T100000`, 'ten o’clock of no time zone');
    assert.match(only(`${EVENT}.DTSTAMP`), /^20261122T100000Z$/);
    const title = (await page.locator('h1').textContent()).trim();
    assert.equal(said(`${EVENT}.SUMMARY`), (await page.locator('guide-checklist').getAttribute('data-t-event')).replace('{title}', title));
    assert.equal(only(`${EVENT}.URL`), server.to(path));
    assert.equal(only(`${EVENT}.VALARM.ACTION`), 'DISPLAY');
    assert.equal(only(`${EVENT}.VALARM.TRIGGER`), 'PT0S');
    assert.ok(said(`${EVENT}.VALARM.DESCRIPTION`));
    assert.deepEqual(values[`${EVENT}.VALARM.BEGIN`], ['VALARM'], 'one alarm');
    assert.deepEqual(Object.keys(values).filter((key) => /VTIMEZONE|RRULE|ATTENDEE|ORGANIZER|METHOD/.test(key)), [], 'nobody is asked or told, and nothing comes again');
    uids.add(only(`${EVENT}.UID`));

    // Another day, chosen by the reader: the same event, and calendars take the later word.
    await page.clock.setFixedTime(new Date(now.getTime() + 36e5));
    await page.locator('#checklist-remind').fill('2027-01-05');
    const second = parse((await reminder(page)).bytes);
    assert.equal(second.only(`${EVENT}.DTSTART`), '20270105T100000');
    assert.equal(second.only(`${EVENT}.UID`), only(`${EVENT}.UID`), 'the same event');
    assert.ok(Number(second.only(`${EVENT}.SEQUENCE`)) > Number(only(`${EVENT}.SEQUENCE`)), 'a later edition of it');
    await page.locator('#checklist-remind').fill('');
    assert.equal(parse((await reminder(page)).bytes).only(`${EVENT}.DTSTART`), `${due.replaceAll('-', '')}T100000`, 'without a day the one proposed');

    await tick(page, final);
    assert.equal((await look(page)).remind, null, 'gone with the tick');
  }, { pages: bothWays });
  assert.equal(uids.size, 1, `one event for a guide in all languages: ${[...uids].join(' ')}`);
  assert.ok(folded > 0, 'some line was long enough to be folded');
});

test('CL-28 guides have events of their own', async () => {
  const own = guides.filter(({ locale }) => locale === 'en').slice(-3);
  const { results } = await each(own, {}, async (tab) => {
    const final = await tab.evaluate(() => {
      const row = [...document.querySelectorAll('guide-checklist [data-final] [data-item], guide-checklist [data-item][data-final]')].find((each) => each.checkVisibility());
      row?.querySelector('input').click();
      return Boolean(row);
    });
    return final ? [parse((await reminder(tab)).bytes).only(`${EVENT}.UID`)] : [];
  });
  assert.ok(results.length > 1, 'some end in something final');
  assert.equal(new Set(results).size, results.length, results.join(' '));
});

test('CL-28 commas, semicolons, backslashes and letters of four octets survive the file', async () => {
  const words = 'a, b; c\\ d: 永久注销，مستقل بندش، '.repeat(3) + '😀'.repeat(40);
  const made = await context();
  const page = await made.newPage();
  await rewrite(made, (html) => html.replace(/<h1([^>]*)>[^<]*<\/h1>/, `<h1$1>${words}</h1>`));
  await open(page, best[0].path);
  await tick(page, await finalItem(page));
  const { said, folded } = parse((await reminder(page)).bytes);
  const said_of = (await page.locator('guide-checklist').getAttribute('data-t-event')).replace('{title}', words.trim());
  assert.equal(said(`${EVENT}.SUMMARY`), said_of);
  assert.equal(said(`${EVENT}.VALARM.DESCRIPTION`), said_of);
  assert.ok(folded >= 8);
  await close(made);
});

test('CL-28 the day proposed is reckoned by the reader’s calendar, and is never a day gone by', async () => {
  // It is the 23rd already in Kiribati, and still the 22nd in Los Angeles.
  for (const [timezoneId, day] of [['Pacific/Kiritimati', '2026-11-23'], ['America/Los_Angeles', '2026-11-22']]) {
    const made = await context({ timezoneId });
    const page = await made.newPage();
    await page.clock.setFixedTime(new Date('2026-11-22T20:30:00Z'));
    await open(page, best[0].path);
    await tick(page, await finalItem(page));
    const days = Number(await page.locator('guide-checklist').getAttribute('data-remind-days'));
    assert.equal(await page.locator('#checklist-remind').inputValue(), addDays(day, days), timezoneId);
    assert.equal(parse((await reminder(page)).bytes).only(`${EVENT}.DTSTART`), `${addDays(day, days).replaceAll('-', '')}T100000`, timezoneId);
    // Half a year later the days of waiting are over: tomorrow, then.
    await page.clock.setFixedTime(new Date('2027-06-01T12:00:00Z'));
    await page.reload();
    assert.equal(await page.locator('#checklist-remind').inputValue(), timezoneId === 'Pacific/Kiritimati' ? '2027-06-03' : '2027-06-02', timezoneId);
    await close(made);
  }
});

test('CL-29 the day stands in words beside the button and in what is said after, in the language of the page', async () => {
  const WORDS = {
    zh: ['2026年12月31日', '星期四'],
    en: ['31 December 2026', 'Thursday'],
    ur: ['31 دسمبر', '2026', 'جمعرات'],
  };
  await everywhere(async (page, { locale }) => {
    await tick(page, await finalItem(page));
    const beside = () => page.locator('#checklist-remind-day').innerText();
    const proposed = await beside();
    assert.match(proposed, /2026/);
    await page.locator('#checklist-remind').fill('2026-12-31');
    const chosen = await beside();
    assert.notEqual(chosen, proposed, 'it follows the field');
    for (const word of WORDS[locale]) assert.ok(chosen.includes(word), `${chosen} has ${word}`);
    assert.doesNotMatch(chosen, /[\u0660-\u0669\u06f0-\u06f9]/);
    assert.equal(await page.locator('#checklist-remind').getAttribute('aria-describedby'), 'checklist-remind-day', 'it describes the field');
    assert.ok(await page.locator('#checklist-remind').evaluate((field) => field.labels[0].innerText.trim()), 'the field has a name');
    await reminder(page);
    const said = await noted(page);
    assert.match(said, await wording(page, 'reminder'));
    assert.ok(said.includes(squeeze(chosen)), said);
    await page.waitForFunction((words) => document.querySelector('guide-checklist [role=status]').textContent === words, said);
  });
});
