// Facts in the browser: they grow old without a new build; numbers can be copied and codes dialled; the card fills the screen.

import assert from 'node:assert/strict';
import test from 'node:test';
import { bestGuide } from './pages.mjs';
import { start } from './browser.mjs';
import { about, comeBack, visitors } from './visitor.mjs';

const { site, context, open } = await start();
const best = site.locales.map(({ id }) => bestGuide(site, id));
/** The pages that have the evidence of their guides: the longest of each language. */
const homes = site.locales.map(({ id }) => site.pages.filter((page) => page.type === 'carrier' && page.locale === id).reduce((one, page) => (page.size > one.size ? page : one)));
const { built } = about(site);
const tab = visitors(context);
const DAY = 864e5;
const later = (days, hour = 12) => new Date(Date.parse(`${built}T00:00Z`) + days * DAY + hour * 36e5);

/** Every current reading of the page's facts, and what stands above them. */
const readings = (page) =>
  page.evaluate(() => ({
    all: [...document.querySelectorAll('.fact .reading[data-checked]')].map((reading) => ({
      fact: reading.closest('.fact').dataset.fact,
      checked: reading.dataset.checked,
      days: Number(reading.dataset.reviewDays),
      overdue: reading.classList.contains('overdue'),
      warning: [...reading.querySelectorAll('.stale')].map((warning) => (warning.checkVisibility() ? warning.textContent : '')).join('|'),
      dashed: getComputedStyle(reading.querySelector('.stamp')).borderTopStyle === 'dashed',
    })),
    old: [...document.querySelectorAll('.reading:not([data-checked])')].filter((reading) => reading.matches('.overdue') || reading.querySelector('.stale')).length,
    count: [...document.querySelectorAll('[data-due]')].map((count) => (count.checkVisibility() ? count.textContent.trim() : '')).join('|'),
  }));

for (const [days, why] of [[0, 'on the day of the build'], [31, 'a month later'], [91, 'three months later'], [400, 'a year later']]) {
  test(`FA-3 FA-4 ${why} just the facts that are due for review say so, and the head counts them`, async (t) => {
    const due = ({ checked, days: limit }) => (Date.parse(built) - Date.parse(checked)) / DAY + days > limit;
    for (const guide of best) {
      const { page, made } = await tab(t, { timezoneId: 'Asia/Karachi' }, (page) => page.clock.setFixedTime(later(days)));
      const stale = new Set();
      await open(page, guide.path);
      const owners = await page.locator('.evidence .links a').evaluateAll((all) => all.map((link) => link.pathname));
      for (const path of owners.map((path) => path.slice(site.base.length))) {
        await open(page, path);
        const { all, old } = await readings(page);
        assert.ok(all.length > 10, `/${path} has ${all.length} readings`);
        for (const reading of all) {
          const name = `/${path} ${reading.fact} checked ${reading.checked}, every ${reading.days} days, seen ${days} days after the build`;
          assert.equal(reading.overdue, due(reading), name);
          assert.equal(reading.dashed, due(reading), `${name}: dashed stamp`);
          if (due(reading)) {
            assert.match(reading.warning, new RegExp(`(^|\\D)${reading.days}(\\D|$)`), name);
            stale.add(`fact-${reading.fact.replace('.', '-')}`);
          } else assert.equal(reading.warning, '', name);
        }
        assert.equal(old, 0, 'readings of other times are not warned of');
        if (days >= 91) assert.ok(stale.size > 0, 'some facts are due');
      }
      // The guide counts the facts of its text, wherever their evidence stands.
      await open(page, guide.path);
      const tally = (await page.locator('[data-due]').getAttribute('data-due')).split(' ').map((entry) => entry.split('*'));
      const today = later(days).toISOString().slice(0, 10);
      const count = tally.reduce((sum, [day, facts]) => sum + (day <= today ? Number(facts) : 0), 0);
      assert.ok(count <= stale.size, 'each of them is due where its evidence stands');
      const shown = (await readings(page)).count;
      if (count) assert.match(shown, new RegExp(`(^|\\D)${count}(\\D|$)`), `/${guide.path} counts ${count}`);
      else assert.equal(shown, '', `/${guide.path} counts none`);
      assert.deepEqual(made.errors, []);
    }
  });
}

test('FA-3 a clock that was never set, or stands in another time zone, flips nothing', async (t) => {
  const [guide] = homes;
  const plain = await tab(t, { js: false });
  await open(plain.page, guide.path);
  const without = await plain.page.locator('.reading.overdue').count();
  const early = await tab(t, {}, (page) => page.clock.setFixedTime(new Date('2001-01-01T00:00Z')));
  await open(early.page, guide.path);
  assert.equal(await early.page.locator('.reading.overdue').count(), without);
  // The reader's calendar decides: at one moment it is a day later in Kiribati than in Honolulu.
  const [some] = (await readings(early.page)).all.filter(({ overdue }) => !overdue);
  const last = later((Date.parse(some.checked) - Date.parse(built)) / DAY + some.days, 11.5);
  for (const [zone, overdue] of [['Pacific/Honolulu', false], ['Pacific/Kiritimati', true]]) {
    const { page } = await tab(t, { timezoneId: zone }, (page) => page.clock.setFixedTime(last));
    await open(page, guide.path);
    const found = (await readings(page)).all.find(({ fact }) => fact === some.fact);
    assert.equal(found.overdue, overdue, `${zone} at ${last.toISOString()}`);
  }
});

for (const [what, back] of [
  ['comes back from the past', (page) => page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))],
  ['lay open behind another app', comeBack],
]) {
  test(`FA-3 a page that ${what} looks at the clock again`, async (t) => {
    const { page } = await tab(t, {}, (page) => page.clock.setFixedTime(later(0)));
    await open(page, homes[0].path);
    assert.equal(await page.locator('.reading.overdue').count(), 0);
    await page.clock.setFixedTime(later(400));
    for (const time of ['once', 'twice']) {
      await back(page);
      assert.ok((await readings(page)).all.every(({ overdue, warning }) => overdue && !warning.includes('|')), `each is warned of once, seen ${time}`);
    }
  });
}

// ---------- numbers ----------

const buttons = '.reading[data-checked] > .acts button';

test('NU-5 a copied number is bare: no spaces, no marks of direction; the button says so for three seconds, and aloud', async (t) => {
  for (const guide of homes) {
    const { page, made } = await tab(t, { permissions: ['clipboard-read', 'clipboard-write'] }, (page) => page.clock.install());
    await open(page, guide.path);
    await page.clock.pauseAt(new Date(Date.now() + 36e5));
    const all = await page.locator(buttons).all();
    assert.ok(all.length > 2, `${all.length} copy buttons`);
    for (const button of all) {
      const before = await button.textContent();
      const code = await button.locator('bdi').textContent();
      assert.match(code, /^[\w*#+-]+$/);
      const number = await button.evaluate((own) => [...own.closest('.reading').querySelectorAll('.value .num')].map((each) => each.textContent));
      assert.ok(number.some((each) => each.replace(/\s/g, '') === code), `${code} is one of ${number}`);
      await button.evaluate((own) => own.click());
      const status = page.locator('#status');
      await page.waitForFunction(() => document.getElementById('status').textContent);
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code);
      assert.equal(await button.textContent(), await status.textContent());
      await page.clock.runFor(3000);
      assert.equal(await button.textContent(), before);
      assert.equal(await status.textContent(), '');
    }
    assert.deepEqual(made.errors, []);
  }
});

test('NU-5 without a clipboard there is no button', async (t) => {
  const { page } = await tab(t, {}, (_, made) => made.addInitScript(() => Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined })));
  await open(page, homes[0].path);
  await page.locator('.reading').first().waitFor();
  assert.equal(await page.locator(buttons).count(), 0);
  const plain = await tab(t, { js: false });
  await open(plain.page, homes[0].path);
  assert.equal(await plain.page.locator('.reading .acts').count(), 0);
});

/** A page of each language that shows a code which is complete as it stands. */
const complete = /<bdi class="num ussd" dir="?ltr"?>\*\d+(\*\d+)*#</;
const withCode = site.locales.map(({ id }) => site.pages.find((page) => page.locale === id && page.type === 'carrier' && complete.test(site.text(`${page.path}index.html`))));
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

test('NU-3 a code opens in the dialler on Android alone, and never one that is incomplete', async (t) => {
  for (const { path } of withCode) {
    const android = await tab(t, { userAgent: ANDROID });
    await open(android.page, path);
    const links = await android.page.locator('a[href^="tel:"][href*="*"], a[href^="tel:"][href*="%23"]').evaluateAll((all) => all.map((link) => [link.getAttribute('href'), link.closest('.reading').querySelector('.ussd').textContent]));
    assert.ok(links.length > 0, `/${path} links a code`);
    for (const [href, code] of links) {
      assert.match(href, /^tel:\*\d+(\*\d+)*%23$/);
      assert.equal(decodeURIComponent(href.slice(4)), code);
    }
    for (const userAgent of [IPHONE, undefined]) {
      const other = await tab(t, { userAgent });
      await open(other.page, path);
      await other.page.locator(buttons).first().waitFor();
      assert.equal(await other.page.locator('a[href^="tel:"][href*="*"]').count(), 0);
    }
    const plain = await tab(t, { js: false, userAgent: ANDROID });
    await open(plain.page, path);
    assert.equal(await plain.page.locator('a[href^="tel:"][href*="*"]').count(), 0);
    const words = await plain.page.locator('.reading[data-checked] .ussd').first().evaluate((code) => code.closest('.value').nextElementSibling.textContent);
    assert.ok(words.trim(), 'without script the page says where to type it');
  }
});

test('NU-3 codes are 22 px or more and of one width', async (t) => {
  const { page } = await tab(t);
  await open(page, withCode[0].path);
  const { size, face } = await page.locator('.reading[data-checked] .value .ussd').first().evaluate((code) => ({ size: parseFloat(getComputedStyle(code).fontSize), face: getComputedStyle(code).fontFamily }));
  assert.ok(size >= 22, `${size} px`);
  assert.match(face, /mono/i);
});

// ---------- the card ----------

/** What can be seen or touched at points all over the screen. */
const onScreen = (page) =>
  page.evaluate(() => {
    const found = new Set();
    for (let x = 4; x < innerWidth; x += 24) for (let y = 4; y < innerHeight; y += 24) found.add(document.elementFromPoint(x, y)?.closest('dialog') ? 'card' : 'page');
    return [...found];
  });

test('CC-2 shown large the card is alone on the screen, awake, and closes with Esc or its button, back to where it was', async (t) => {
  for (const guide of best) {
    const { page, made } = await tab(t, {}, (_, made) =>
      made.addInitScript(() => {
        window.locks = [];
        const request = async (kind) => {
          const lock = { kind, released: false, release: async () => { lock.released = true; } };
          window.locks.push(lock);
          return lock;
        };
        Object.defineProperty(Navigator.prototype, 'wakeLock', { get: () => ({ request }) });
      }));
    await open(page, guide.path);
    const opener = page.locator('#card > .acts button');
    const dialog = page.locator('#card dialog');
    for (const close of ['Escape', 'button']) {
      await opener.click();
      assert.ok(await dialog.evaluate((own) => own.matches(':modal')));
      assert.deepEqual(await onScreen(page), ['card']);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      assert.equal(await dialog.locator('a').count(), 0, 'nothing in it leads away');
      const [urdu, english] = await Promise.all(['ur', 'en'].map((lang) => dialog.locator(`.spoken[lang="${lang}"]`).first().evaluate((line) => parseFloat(getComputedStyle(line).fontSize))));
      assert.ok(urdu >= 22 && english >= 18, `${urdu} and ${english} px`);
      assert.deepEqual(await page.evaluate(() => window.locks.at(-1)).then(({ kind, released }) => [kind, released]), ['screen', false]);
      if (close === 'Escape') await page.keyboard.press('Escape');
      else await dialog.locator('button').click();
      await dialog.waitFor({ state: 'hidden' });
      assert.ok(await opener.evaluate((own) => own === document.activeElement), `focus is back after ${close}`);
      await page.waitForFunction(() => window.locks.at(-1).released);
    }
    assert.equal(await dialog.locator('.counter').count(), 1, 'opened twice, it holds one card');
    assert.deepEqual(made.errors, []);
  }
});

test('CC-2 the large card has the lines that the reader’s situation left on the page', async (t) => {
  const { page } = await tab(t);
  await open(page, best[1].path);
  const lines = page.locator('#card > .counter .line');
  await page.evaluate(() => { for (const fold of document.querySelectorAll('.counter details')) fold.open = true; });
  await lines.last().evaluate((line) => { line.hidden = true; });
  const wanted = await lines.evaluateAll((all) => all.filter((line) => line.checkVisibility()).length);
  await page.locator('#card > .acts button').click();
  assert.equal(await page.locator('dialog .line:visible').count(), wanted);
});

test('CC-2 without script, and where there is no lock on the screen, the card is there', async (t) => {
  const plain = await tab(t, { js: false });
  await open(plain.page, best[0].path);
  assert.ok(await plain.page.locator('#card .spoken').first().isVisible());
  assert.equal(await plain.page.locator('#card button, dialog').count(), 0);
  const { page, made } = await tab(t, {}, (_, made) => made.addInitScript(() => Object.defineProperty(Navigator.prototype, 'wakeLock', { get: () => ({ request: async () => { throw new DOMException('low battery', 'NotAllowedError'); } }) })));
  await open(page, best[0].path);
  await page.locator('#card > .acts button').click();
  assert.ok(await page.locator('#card dialog .spoken:visible').first().isVisible());
  assert.deepEqual(made.errors, []);
});
