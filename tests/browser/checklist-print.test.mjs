// "Print the list": one sheet, the list on its front, the card on its back. "Print the application": a page that prints as one sheet.

import assert from 'node:assert/strict';
import test from 'node:test';
import { bestGuide } from './pages.mjs';
import { pdfPages } from './pdf.mjs';
import { inspect, none, start } from './browser.mjs';
import { choose, close, look, tick } from './checklists.mjs';

const { site, context, open } = await start();
/** Of each locale the guide with the most rows: what fits there fits everywhere. */
const rows = ({ path }) => site.text(`${path}index.html`).split(/<li class="?item\b/).length;
const fullest = site.locales.map(({ id }) => site.pages.filter(({ locale, type }) => locale === id && ['guide', 'general'].includes(type)).reduce((best, page) => (rows(page) > rows(best) ? page : best)));
const best = site.locales.map(({ id }) => bestGuide(site, id));

const squeeze = (text) => text.normalize('NFKC').replace(/\s+/g, '');
/** How often each letter occurs: PDF text of Nastaliq comes in the order of drawing. */
const letters = (text) => [...squeeze(text)].filter((letter) => /[\p{L}\p{N}]/u.test(letter)).sort().join('');
/** Whether the letters of `part` are among those of `whole`, less what a font may draw in one. */
function among(part, whole) {
  const left = new Map();
  for (const letter of letters(whole)) left.set(letter, (left.get(letter) ?? 0) + 1);
  let missing = 0;
  for (const letter of letters(part)) {
    const count = left.get(letter) ?? 0;
    if (count === 0) missing++;
    else left.set(letter, count - 1);
  }
  return missing <= letters(part).length * 0.02;
}

/** Presses the button and prints what the browser would print. */
async function print(page) {
  await page.evaluate(() => {
    window.print = () => (window.printed = document.documentElement.dataset.print);
  });
  await page.locator('[data-act=print]').click();
  assert.equal(await page.evaluate(() => window.printed), 'checklist');
  return page.pdf({ preferCSSPageSize: true });
}

for (const [at, { path, locale }] of fullest.entries()) {
  test(`PR-1 the longest checklist fits one sheet, list in front, card behind, in ${locale}`, async () => {
    const made = await context();
    const page = await made.newPage();
    for (const guide of new Set([path, best[at].path])) {
      await open(page, guide);
      const { chips } = await look(page);
      // Nobody's situation yet, and then two that many readers share.
      for (const situations of [[], ['passport', 'wallet']]) {
        for (const id of situations) if (chips.some((chip) => chip.id === id)) await choose(page, id);
        const pages = pdfPages(await print(page));
        // Without a card the list may run over to the back.
        const back = await page.locator('#card').count() > 0;
        assert.ok(back ? pages.length === 2 : pages.length <= 2, `/${guide} with ${situations.join()}: ${pages.length} pages`);
        await page.evaluate(() => (document.documentElement.dataset.print = 'checklist'));
        await page.emulateMedia({ media: 'print' });
        const wanted = await inspect(page, (_, { text, visible }) => {
          const all = (selector) => [...document.querySelectorAll(selector)].filter(visible).map(text);
          return {
            front: all('h1, guide-checklist h2, guide-checklist .address, guide-checklist .only, guide-checklist .item label, guide-checklist .write-in li'),
            back: all('#card h2, .counter .spoken, .evidence time'),
            rows: [...document.querySelectorAll('guide-checklist .item')].filter(visible).length,
            other: [...document.querySelectorAll('nav, footer, .lede, .prose, .contents, section:not(#checklist, #card, #facts)')].filter(visible).length,
          };
        });
        await page.emulateMedia({ media: null });
        assert.equal(wanted.rows, (await look(page)).rows.filter((row) => situations.length === 0 || row.shown).length, 'rows on paper');
        assert.equal(wanted.other, 0, 'nothing else');
        assert.ok(among(wanted.front.join(' '), back ? pages[0] : pages.join(' ')), `/${guide}: the front has the list`);
        if (back) assert.ok(among(wanted.back.join(' '), pages[1]), `/${guide}: the back has the card`);
      }
    }
    await close(made);
  });
}

test('PR-1 after printing the page is whole again', async () => {
  const made = await context();
  const page = await made.newPage();
  await open(page, best[0].path);
  await print(page);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.print), undefined);
  await close(made);
});

test('PR-2 with situations the list prints as it is filtered, without them whole, each condition in words', async () => {
  const made = await context();
  const page = await made.newPage();
  for (const { path } of best) {
    await open(page, path);
    const printed = async () => {
      await page.emulateMedia({ media: 'print' });
      const found = await inspect(page, (_, { visible }) => ({
        rows: [...document.querySelectorAll('guide-checklist [data-item]')].filter(visible).map((row) => row.dataset.item),
        conditions: [...document.querySelectorAll('guide-checklist .only')].filter(visible).length,
        clerk: [...document.querySelectorAll('.counter .only')].filter(visible).length,
        headings: [...document.querySelectorAll('guide-checklist h3')].filter(visible).every((title) => [...title.closest('.group').querySelectorAll('[data-item]')].some(visible)),
        controls: [...document.querySelectorAll('guide-checklist :is(button, fieldset, progress, [type=date], textarea, .say, .still, .keep)')].filter(visible).length,
      }));
      await page.emulateMedia({ media: null });
      return found;
    };
    const { rows: all, chips } = await look(page);
    const conditions = await page.locator('guide-checklist .only').count();
    assert.deepEqual(await printed(), { rows: all.map(({ id }) => id), conditions, clerk: 0, headings: true, controls: 0 }, `/${path}`);
    await choose(page, chips[0].id);
    const seen = (await look(page)).rows.filter((row) => row.shown).map(({ id }) => id);
    assert.ok(seen.length < all.length);
    assert.deepEqual(await printed(), { rows: seen, conditions: 0, clerk: 0, headings: true, controls: 0 }, `/${path} with ${chips[0].id}`);
    await page.evaluate(() => localStorage.clear());
  }
  await close(made);
});

test('PR-2 ticks and the address of the page are on the printed checklist', async () => {
  const made = await context();
  const page = await made.newPage();
  await open(page, best[0].path);
  const [{ id }] = (await look(page)).rows.filter((row) => row.shown);
  await page.emulateMedia({ media: 'print' });
  const box = page.locator(`#item-${id}`);
  const empty = await box.screenshot();
  await page.emulateMedia({ media: null });
  await tick(page, id);
  await page.emulateMedia({ media: 'print' });
  assert.ok(!empty.equals(await box.screenshot()), 'a tick is a tick');
  assert.equal((await page.locator('.address').textContent()).trim(), await page.locator('link[rel=canonical]').getAttribute('href'));
  await close(made);
});

test('PR-4 a list that a reader has filtered prints in full size; everyone’s, with hints left out, one size below', async () => {
  const made = await context();
  const page = await made.newPage();
  const wrong = [];
  for (const { path, locale } of best) {
    await open(page, path);
    await page.evaluate(() => (document.documentElement.dataset.print = 'checklist'));
    const points = async (selector) => {
      await page.emulateMedia({ media: 'print' });
      const size = await page.locator(selector).first().evaluate((element) => parseFloat(getComputedStyle(element).fontSize) * 0.75);
      await page.emulateMedia({ media: null });
      return Math.round(size * 10) / 10;
    };
    const full = locale === 'ur' ? 12 : 10.5;
    const label = 'guide-checklist .item:not([hidden]) label';
    if ((await points(label)) < full - 1.6) wrong.push(`/${path}: everyone’s list in ${await points(label)} pt`);
    await choose(page, (await look(page)).chips[0].id);
    if ((await points(label)) !== full) wrong.push(`/${path}: a reader’s list in ${await points(label)} pt`);
    if ((await points('.counter .spoken[lang=ur]')) < 12) wrong.push(`/${path}: the card in ${await points('.counter .spoken[lang=ur]')} pt`);
    await page.evaluate(() => localStorage.clear());
  }
  none(wrong, 'type on paper');
  await close(made);
});

test('PR-1 the application prints alone, on one page, to be filled in by hand', async () => {
  const made = await context();
  const page = await made.newPage();
  const problems = [];
  const sheets = site.pages.filter(({ type }) => type === 'application');
  assert.ok(sheets.length >= site.locales.length, 'there are applications');
  for (const { path } of sheets) {
    const guide = path.replace('application/', '');
    await open(page, guide);
    await page.locator('#application > .acts a').click();
    await page.waitForURL(`**/${path}`);
    await page.evaluate(() => {
      window.print = () => (window.printed = true);
    });
    await page.locator('.application > .acts button').click();
    if (!(await page.evaluate(() => window.printed))) problems.push(`/${path}: the button does not print`);
    const pages = pdfPages(await page.pdf({ preferCSSPageSize: true }));
    if (pages.length !== 1) problems.push(`/${path}: ${pages.length} pages`);
    await page.emulateMedia({ media: 'print' });
    const found = await inspect(page, (_, { text, visible }) => ({
      sheets: [...document.querySelectorAll('.sheet')].filter(visible).map(text).join(' '),
      blanks: [...document.querySelectorAll('.sheet:first-child u')].filter(visible).length,
      other: [...document.querySelectorAll('h1, #checklist, #card, header, footer, .text, button')].filter(visible).length,
    }));
    await page.emulateMedia({ media: null });
    if (!found.sheets || !among(found.sheets, pages.join(' '))) problems.push(`/${path}: not the whole text`);
    if (found.blanks < 8 || found.other) problems.push(`/${path}: ${found.blanks} lines to write on, ${found.other} other parts`);
  }
  none(problems, 'applications');
  await close(made);
});
