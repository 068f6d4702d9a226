// The checklist with its script: what the list shows, counts and says about itself.

import assert from 'node:assert/strict';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { bestGuide } from './pages.mjs';
import { inspect, none, PHONE, start } from './browser.mjs';
import { choose, close, look, rewrite, stored, tick, wording } from './checklists.mjs';

const { site, context, open, each } = await start();
const best = site.locales.map(({ id }) => bestGuide(site, id));
const guides = site.pages.filter((page) => ['guide', 'general'].includes(page.type) && /<guide-checklist/.test(site.text(`${page.path}index.html`)));
/** In one language: situations work alike in all, and two tabs would share what they store. */
const single = guides.filter(({ locale }) => locale === site.locales[0].id);
const now = new Date('2026-11-22T10:00:00Z');
const shown = ({ rows }) => rows.filter((row) => row.shown);

/** Runs `act` on the longest guide of every locale, in a context of its own. */
async function everywhere(act, options = {}) {
  for (const { path, locale } of best) {
    const made = await context(options);
    const page = await made.newPage();
    await page.clock.setFixedTime(now);
    await open(page, path);
    await act(page, { path, locale });
    await close(made);
  }
}

/** What `find(situation, tools)` complains of on each guide: without a situation (`null`), and with each of them alone. */
async function inEachSituation(find) {
  const { results } = await each(single, { viewport: PHONE }, async (tab, { path }) => {
    const chips = await tab.locator('.chips input').evaluateAll((inputs) => inputs.map(({ value }) => value));
    const problems = [];
    for (const situation of [null, ...chips]) {
      const press = () => tab.evaluate((value) => document.querySelector(`.chips [value="${value}"]`).click(), situation);
      if (situation) await press();
      const found = await inspect(tab, find, situation);
      problems.push(...found.map((problem) => `/${path} with ${situation ?? 'no situation'}: ${problem}`));
      if (situation) await press();
    }
    return problems;
  });
  return results;
}

/** An item that only some situation shows, and that situation. */
const conditional = (page) => page.evaluate(() => {
  const row = document.querySelector('guide-checklist .item[data-when]');
  return { item: row.querySelector('input').id.slice(5), situation: row.dataset.when.split(' ')[0] };
});

test('PE-1 the script of the checklist is small, and only pages with a checklist ask for it', () => {
  const name = site.files.find((file) => /^assets\/checklist\.\w+\.js$/.test(file));
  const size = gzipSync(site.text(name), { level: 9 }).length;
  assert.ok(size <= 6.5 * 1024, `${name} is ${size} bytes`);
  none(site.pages.filter((page) => site.text(page.path.replace(/(^|\/)$/, '$1index.html')).includes(name) !== guides.includes(page)).map(({ path }) => `/${path}`), 'pages with a script and no checklist, or the reverse');
});

test('CL-2 without its script the checklist shows no control that it would need', async () => {
  for (const { path } of best) {
    const made = await context();
    await made.route('**/checklist.*.js', (route) => route.fulfill({ status: 200, contentType: 'text/javascript', body: '' }));
    const page = await made.newPage();
    await open(page, path);
    const { controls, items, hidden } = await inspect(page, (_, { visible }) => ({
      controls: [...document.querySelectorAll('guide-checklist :is(button, fieldset, progress, textarea, [type=date])')].filter(visible).length,
      items: document.querySelectorAll('guide-checklist .item').length,
      hidden: [...document.querySelectorAll('guide-checklist .item, guide-checklist .only')].filter((element) => !visible(element)).length,
    }));
    assert.deepEqual({ controls, hidden }, { controls: 0, hidden: 0 }, `/${path}`);
    assert.ok(items > 0);
    await close(made);
  }
});

test('CL-2 nothing that is seen moves when the script arrives late', async () => {
  for (const { path } of best) {
    const made = await context();
    const page = await made.newPage();
    // The script waits until the page has been painted without it.
    let painted;
    const paint = new Promise((resolve) => (painted = resolve));
    await made.route('**/checklist.*.js', async (route) => {
      await paint;
      await route.continue();
    });
    const loaded = open(page, path);
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    painted();
    await loaded;
    const shift = await page.evaluate(
      () =>
        new Promise((resolve) => {
          // Two frames on, every shift has been counted.
          requestAnimationFrame(() => requestAnimationFrame(() => {
            let sum = 0;
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) sum += entry.value;
            }).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => resolve(sum), 0);
          }));
        }),
    );
    assert.equal(await page.locator('guide-checklist button').first().count(), 1, 'the script ran');
    assert.ok(shift <= 0.02, `/${path} shifts by ${shift}`);
    await close(made);
  }
});

test('CL-5 every situation that a guide offers changes something a reader sees; none is chosen at first', async () => {
  const { results } = await each(single, { viewport: PHONE }, (tab, page) =>
    inspect(
      tab,
      (path) => {
        for (const fold of document.querySelectorAll('.counter details')) {
          fold.open = true;
          fold.lastElementChild.removeAttribute('hidden');
        }
        const state = () => [...document.querySelectorAll('guide-checklist [data-item], .counter .line, .short li')].map((element) => element.checkVisibility()).join();
        const chips = [...document.querySelectorAll('.chips input')];
        const found = chips.filter(({ checked }) => checked).map(({ value }) => `/${path} ${value} is chosen from the start`);
        const before = state();
        for (const chip of chips) {
          chip.click();
          if (state() === before) found.push(`/${path} ${chip.value} changes nothing`);
          chip.click();
        }
        return found;
      },
      page.path,
    ),
  );
  none(results, 'situations');
});

test('CL-6 a situation shows and hides rows without moving focus; a hidden tick is kept and not counted', async () => {
  await everywhere(async (page) => {
    const { item, situation } = await conditional(page);
    const row = async () => (await look(page)).rows.find(({ id }) => id === item);
    const done = async () => Number((await look(page)).bar.value);
    assert.equal((await row()).shown, false, 'hidden at first');
    await choose(page, situation);
    assert.equal((await row()).shown, true, 'shown where it applies');
    await tick(page, item);
    assert.equal(await done(), 1);
    await page.locator(`.chips [value="${situation}"]`).focus();
    await page.keyboard.press('Space');
    assert.deepEqual({ ...(await row()), label: null, done: null }, { id: item, on: true, shown: false, label: null, done: null, flag: null }, 'hidden with its tick');
    assert.equal(await done(), 0, 'not counted');
    assert.equal(await page.evaluate(() => document.activeElement.value), situation, 'focus stays');
    await page.keyboard.press('Space');
    assert.equal((await row()).on && (await row()).shown, true, 'back with its tick');
    assert.equal(await done(), 1);
  });
});

test('CL-6 a row that some situation rules out goes when it holds', async () => {
  await everywhere(async (page) => {
    const { item, situation } = await page.evaluate(() => {
      const row = document.querySelector('guide-checklist [data-unless]:not([data-when])');
      return { item: row.dataset.item, situation: row.dataset.unless.split(' ')[0] };
    });
    const visible = async () => (await look(page)).rows.find(({ id }) => id === item).shown;
    assert.equal(await visible(), true);
    await choose(page, situation);
    assert.equal(await visible(), false);
  });
});

test('CL-7 no heading of the checklist stands without a row, whatever the situation', async () => {
  const problems = await inEachSituation((situation, { where, visible }) => {
    const rows = [...document.querySelectorAll('guide-checklist [data-item]')].filter(visible);
    const titles = [...document.querySelectorAll('guide-checklist h3')].filter(visible);
    const alone = titles.filter((title) => !rows.some((row) => title.closest('.group').contains(row))).map(where);
    return rows.length === 0 ? ['the checklist is empty'] : alone.map((title) => `${title} is empty`);
  });
  none(problems, 'headings without rows');
});

test('CL-8 the count in words and the bar follow every change, over the rows that are shown', async () => {
  await everywhere(async (page) => {
    const words = await wording(page, 'count');
    const check = async (what) => {
      const state = await look(page);
      const total = shown(state).length;
      const done = shown(state).filter(({ on }) => on).length;
      assert.match(state.count, words, what);
      assert.deepEqual(state.count.match(/\d+/g).map(Number).sort((a, b) => a - b), [done, total].sort((a, b) => a - b), what);
      assert.deepEqual(state.bar, { value: done, max: total }, what);
    };
    await check('at first');
    const rows = shown(await look(page));
    await tick(page, rows[0].id);
    await check('after a tick');
    await tick(page, rows[2].id);
    await check('after another');
    const { situation, item } = await conditional(page);
    await choose(page, situation);
    await check('with a situation');
    await tick(page, item);
    await check('with its row ticked');
    await choose(page, situation);
    await check('without the situation');
    await tick(page, rows[0].id);
    await check('after taking a tick away');
    assert.equal(await page.locator('progress').getAttribute('aria-hidden'), 'true');
    assert.equal(await page.locator('progress').evaluate((bar) => getComputedStyle(bar).direction), await page.evaluate(() => document.documentElement.dir), 'the bar fills in reading direction');
  });
});

test('CL-9 a ticked row says when it was done, in quieter ink, without a line through it', async () => {
  await everywhere(async (page, { locale }) => {
    const { id } = shown(await look(page))[0];
    await page.locator(`[data-item="${id}"]`).evaluate((row) => row.scrollIntoView({ block: 'center' }));
    const ink = () => page.locator(`label[for="item-${id}"]`).evaluate((label) => getComputedStyle(label).color);
    const before = await ink();
    await tick(page, id);
    const row = (await look(page)).rows.find((line) => line.id === id);
    assert.match(row.done, { zh: /11月22日/, en: /22 Nov/, ur: /22 نومبر/ }[locale]);
    assert.doesNotMatch(row.done, /[\u0660-\u0669\u06f0-\u06f9]/, 'digits are 0 to 9');
    assert.notEqual(await ink(), before);
    assert.equal(await page.locator(`label[for="item-${id}"]`).evaluate((label) => getComputedStyle(label).textDecorationLine), 'none');
    const heights = await page.locator('.item:visible').evaluateAll((rows) => rows.map((element) => element.getBoundingClientRect().height));
    assert.ok(Math.min(...heights) >= 48, `${heights}`);
  });
});

test('CL-11 what ends in something final can be ticked at any time; it then says what is open and what is at risk', async () => {
  await everywhere(async (page) => {
    const { final, first } = await page.evaluate(() => {
      const panel = document.querySelector('guide-checklist [data-final] > .still');
      const rows = [...panel.parentElement.querySelectorAll('[data-item]')].filter((row) => row.checkVisibility());
      const ids = panel.parentElement.dataset.requires.split(' ').flatMap((id) => {
        const group = document.getElementById(`checklist-${id}`);
        return group ? [...group.querySelectorAll('[data-item]')].filter((row) => row.checkVisibility()).map((row) => row.dataset.item) : [id];
      });
      // Told in the order in which they stand on the list.
      const order = [...document.querySelectorAll('guide-checklist [data-item]')].map((row) => row.dataset.item);
      return { final: rows[0].dataset.item, first: ids.sort((a, b) => order.indexOf(a) - order.indexOf(b)) };
    });
    assert.ok(first.length > 1);
    assert.deepEqual((await look(page)).stills, [], 'quiet until then');
    await tick(page, final);
    let [still] = (await look(page)).stills;
    assert.equal((await look(page)).rows.find(({ id }) => id === final).on, true, 'never blocked');
    assert.deepEqual(still.open, first.map((id) => `item-${id}`), 'what is open, each with its row');
    assert.ok(still.risk, 'what is at risk');
    await page.waitForFunction((text) => document.querySelector('guide-checklist [role=status]').textContent.includes(text), still.text);

    await tick(page, first[0]);
    [still] = (await look(page)).stills;
    assert.deepEqual(still.open, first.slice(1).map((id) => `item-${id}`), 'one less');
    await page.locator('.still a:visible').first().click();
    assert.equal(new URL(page.url()).hash, `#item-${first[1]}`);
    for (const id of first.slice(1)) await tick(page, id);
    assert.deepEqual((await look(page)).stills, [], 'quiet again');
    await tick(page, first[1]);
    assert.equal((await look(page)).stills.length, 1, 'also when one of them is opened again');
    await tick(page, final);
    assert.deepEqual((await look(page)).stills, [], 'nothing final is ticked any more');
  });
});

test('CL-12 a list that is done to its end closes with a calm line, and without it when a tick goes', async () => {
  await everywhere(async (page) => {
    const rows = shown(await look(page));
    for (const { id } of rows.slice(0, -1)) await tick(page, id);
    assert.equal((await look(page)).finished, null);
    const last = page.locator(`#item-${rows.at(-1).id}`);
    await last.focus();
    await page.keyboard.press('Space');
    assert.ok((await look(page)).finished);
    assert.equal(await page.evaluate(() => document.activeElement.id), `item-${rows.at(-1).id}`, 'focus stays');
    await page.keyboard.press('Space');
    assert.equal((await look(page)).finished, null);
  });
});

test('CL-20 a row that was rewritten after its tick says so, and the head counts it, until it is ticked again', async () => {
  for (const { path } of best) {
    const made = await context();
    const page = await made.newPage();
    await page.clock.setFixedTime(new Date('2026-11-05T10:00:00Z'));
    await open(page, path);
    const [{ id }, other] = shown(await look(page));
    await tick(page, id);
    await tick(page, other.id);

    await rewrite(made, (html) => html.replace(new RegExp(`(<li [^>]*)(?=>(?:(?!<li ).)*? id="?item-${id}"?[ >])`, 's'), '$1 data-changed="2026-11-10"'));
    await page.clock.setFixedTime(now);
    await page.reload();
    let state = await look(page);
    const row = () => state.rows.find((line) => line.id === id);
    assert.equal(row().on, true, 'stays ticked');
    assert.match(row().flag, await wording(page, 'changed'));
    assert.match(row().flag, /10/);
    assert.ok(state.rewritten.includes('1'), `the head: ${state.rewritten}`);
    assert.equal(state.rows.filter(({ flag }) => flag).length, 1);
    const described = await page.locator(`#item-${id}`).evaluate((box) => box.getAttribute('aria-describedby').split(' ').map((part) => document.getElementById(part).textContent).join(' '));
    assert.ok(described.includes(row().flag), 'the flag describes the box');
    await tick(page, id);
    state = await look(page);
    assert.deepEqual([row().flag, state.rewritten], [null, null], 'gone without the tick');
    await tick(page, id);
    state = await look(page);
    assert.deepEqual([row().flag, row().on, state.rewritten], [null, true, null], 'gone with a new one');
    await close(made);
  }
});

test('CL-30 one status region: empty at load, the count once it is quiet, the outcome of tools', async () => {
  const made = await context({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await made.newPage();
  await page.clock.install({ time: now });
  await open(page, best[0].path);
  // From here on time passes only where the test says so.
  await page.clock.pauseAt(new Date(now.getTime() + 36e5));
  assert.equal(await page.locator('guide-checklist [role=status]').count(), 1);
  await page.clock.runFor(2000);
  assert.equal((await look(page)).status, '', 'nothing at load');
  await page.evaluate(() => {
    window.said = [];
    const region = document.querySelector('guide-checklist [role=status]');
    new MutationObserver(() => region.textContent && window.said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
  });
  const said = () => page.evaluate(() => window.said.splice(0));
  const [one, two] = shown(await look(page));
  await tick(page, one.id);
  await page.clock.runFor(300);
  await tick(page, two.id);
  await page.clock.runFor(300);
  assert.deepEqual(await said(), [], 'not while ticks follow each other');
  await page.clock.runFor(300);
  assert.deepEqual(await said(), [(await look(page)).count], 'the last count, once');
  await page.locator('[data-act=clear]').click();
  await page.clock.runFor(600);
  assert.deepEqual(await said(), [await page.locator('[data-part=note] > p').first().textContent()]);
  await page.locator('[data-act=undo]').click();
  await page.clock.runFor(600);
  assert.equal((await said()).length, 1);
  await page.locator('[data-act=copy]').click();
  await page.locator('[data-part=note]').waitFor();
  await page.clock.runFor(600);
  assert.deepEqual(await said(), [await page.locator('[data-part=note] > p').first().textContent()]);
  await close(made);
});

test('CL-31 with the script a box is still named by its words alone, and no condition that is not seen describes it', async () => {
  await everywhere(async (page) => {
    const { situation } = await conditional(page);
    await choose(page, situation);
    const client = await page.context().newCDPSession(page);
    const { root } = await client.send('DOM.getDocument', { depth: 0 });
    const { nodes } = await client.send('Accessibility.queryAXTree', { nodeId: root.nodeId, role: 'checkbox' });
    const squeeze = (words) => (words ?? '').replace(/\s+/g, ' ').trim();
    const boxes = nodes.filter(({ ignored }) => !ignored).map(({ name, description }) => ({ name: squeeze(name?.value), description: squeeze(description?.value) }));
    const state = await look(page);
    assert.deepEqual(boxes.slice(state.chips.length).map(({ name }) => name), shown(state).map(({ label }) => label));
    const conditions = await page.locator('guide-checklist .only').allTextContents();
    none(boxes.filter(({ description }) => conditions.some((words) => description.includes(words.trim()))).map(({ name, description }) => `${name}: ${description}`), 'conditions in descriptions');
    assert.equal(await page.locator('guide-checklist :is([role=checkbox], [role=button], [tabindex="0"])').count(), 0, 'native controls only');
  });
});

test('CL-31 Tab goes through situations, rows and tools in the order in which they stand', async () => {
  await everywhere(async (page, { path }) => {
    const name = () => page.evaluate(() => {
      const at = document.activeElement;
      return at.closest('guide-checklist') ? at.id || at.dataset.act || at.value || at.getAttribute('href') : null;
    });
    await page.locator('.chips input').first().focus();
    const places = [];
    for (let met = await name(); met; met = await name()) {
      places.push({ met, top: await page.evaluate(() => document.activeElement.getBoundingClientRect().top + scrollY) });
      await page.keyboard.press('Tab');
    }
    const { chips, rows } = await look(page);
    const wanted = [...chips.map(({ id }) => id), ...rows.filter((row) => row.shown).map(({ id }) => `item-${id}`), 'print', 'share', 'copy', 'clear'];
    const order = places.map(({ met }) => met);
    assert.deepEqual(order.filter((met) => wanted.includes(met)), wanted, `/${path}`);
    assert.ok(places.every(({ top }, at) => at === 0 || top >= places[at - 1].top - 4), `/${path}: downwards`);
  });
});

test('CL-32 rows that do not apply are hidden from everyone', async () => {
  await everywhere(async (page) => {
    const wrong = await page.evaluate(() => [...document.querySelectorAll('guide-checklist [data-item], .counter > .line')].filter((element) => element.hidden === element.checkVisibility()).length);
    assert.equal(wrong, 0);
  });
});

test('CC-3 lines of the counter card that need a situation are shown in it, and only then', async () => {
  const problems = await inEachSituation((situation, { visible }) =>
    [...document.querySelectorAll('.counter .line')].flatMap((line) => {
      for (let part = line.closest('details'); part && !part.open; part.open = true) part.lastElementChild.removeAttribute('hidden');
      const [when, unless] = [line.dataset.when, line.dataset.unless].map((ids) => ids?.split(' ') ?? []);
      const wanted = (when.length === 0 || when.includes(situation)) && !unless.includes(situation);
      const found = visible(line) === wanted ? [] : [`the line for ${when.join(' or ') || 'everyone'} is ${wanted ? 'hidden' : 'shown'}`];
      return [...line.querySelectorAll('.only')].some(visible) ? [...found, 'the filtered card says “only if”'] : found;
    }),
  );
  none(problems, 'lines of the card');
});

test('CL-12 CL-28 whoever keeps the SIM is not told to check a closure', async () => {
  const { results } = await each(single, { viewport: PHONE }, async (tab, { path }) => {
    const found = [];
    const tickAll = () => tab.evaluate(() => {
      const rows = [...document.querySelectorAll('guide-checklist [data-item]')].filter((row) => row.checkVisibility());
      for (const box of rows.map((row) => row.querySelector('input'))) if (!box.checked) box.click();
      const final = [...document.querySelectorAll('[data-final]')].some((group) => group.checkVisibility());
      const [done, proof] = document.querySelectorAll('[data-part=finished] p');
      return { final, done: done.checkVisibility(), proof: proof.checkVisibility(), remind: document.querySelector('[data-part=remind]').checkVisibility() };
    });
    const chips = await tab.locator('.chips input').evaluateAll((inputs) => inputs.map(({ value }) => value));
    for (const situation of [null, ...chips]) {
      const press = () => tab.evaluate((value) => document.querySelector(`.chips [value="${value}"]`).click(), situation);
      if (situation) await press();
      const seen = await tickAll();
      if (!seen.done || seen.proof !== seen.final || seen.remind !== seen.final) found.push(`/${path} with ${situation}: ${JSON.stringify(seen)}`);
      if (situation) await press();
    }
    return found;
  });
  none(results, 'closing lines');
});

test('the short version and what to do first follow the situation', async () => {
  const problems = await inEachSituation((situation, { visible }) =>
    [...document.querySelectorAll('.short li, .leads p')].flatMap((line) => {
      const [when, unless] = [line.dataset.when, line.dataset.unless].map((ids) => ids?.split(' ') ?? []);
      const wanted = (when.length === 0 || when.includes(situation)) && !unless.includes(situation);
      return visible(line) === wanted ? [] : [`“${line.textContent.slice(0, 40)}” is ${wanted ? 'hidden' : 'shown'}`];
    }),
  );
  none(problems, 'lines of the short version and leads');
});

test('CL-20 a tick on the day of a change, by the reader’s calendar or a slow clock, is not older than it', async () => {
  for (const time of ['2026-11-22T22:00:00Z', '2026-01-01T10:00:00Z']) {
    const made = await context({ timezoneId: 'Asia/Karachi' });
    const page = await made.newPage();
    await page.clock.setFixedTime(new Date(time));
    await open(page, best[0].path);
    const [{ id }] = shown(await look(page));
    await rewrite(made, (html) => html.replace(new RegExp(`(<li [^>]*)(?=>(?:(?!<li ).)*? id="?item-${id}"?[ >])`, 's'), '$1 data-changed="2026-11-23"'));
    await page.reload();
    await tick(page, id);
    assert.equal((await look(page)).rows.find((line) => line.id === id).flag, null, time);
    await close(made);
  }
});

test('CL-16 reading a page stores nothing', async () => {
  await everywhere(async (page) => {
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.reload();
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    assert.equal(await stored(page), null);
  });
});
