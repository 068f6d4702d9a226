// Paper: a printed guide has everything a reader needs and nothing that only works on a screen.

import assert from 'node:assert/strict';
import test from 'node:test';
import { bestGuide, kinds } from './pages.mjs';
import { pdfPages } from './pdf.mjs';
import { inspect, none, PHONE, start } from './browser.mjs';

const { site, context, open, each } = await start();
const guides = site.locales.map(({ id }) => bestGuide(site, id));

/** How often each letter and digit occurs; presentation forms and ligatures count as the letters they show. */
function letters(text) {
  const counts = new Map();
  for (const letter of text.normalize('NFKC').match(/[\p{L}\p{N}]/gu) ?? []) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
}

for (const { path, locale } of guides) {
  test(`PR-2 the PDF of a guide has its whole text, in ${locale}, and no blank page`, async () => {
    const made = await context({ js: false });
    const page = await made.newPage();
    await open(page, path);
    const pages = pdfPages(await page.pdf({ preferCSSPageSize: true }));
    pages.forEach((text, at) => assert.match(text, /[\p{L}\p{N}]/u, `/${path}: page ${at + 1} of ${pages.length} is blank`));
    const printed = letters(pages.join('\n'));

    await page.emulateMedia({ media: 'print' });
    const shown = await inspect(page, (_, { text }) => ({
      all: text(document.body),
      title: text(document.querySelector('h1')),
      facts: [...document.querySelectorAll('.evidence time')].map(text),
      evidence: [...document.querySelectorAll('.evidence .links a')].map((link) => link.getAttribute('href')),
      items: [...document.querySelectorAll('.item label')].map(text),
    }));
    const wanted = letters(shown.all);
    const script = { zh: /\p{Script=Han}/u, en: /\p{Script=Latin}/u, ur: /\p{Script=Arabic}/u }[locale];
    const own = [...wanted].filter(([letter]) => script.test(letter)).reduce((sum, [, count]) => sum + count, 0);
    assert.ok(own > 1000, `/${path}: ${own} letters of its own script`);
    // A few letters lie: a font may draw two with one glyph, or one with two.
    const missing = [...wanted].map(([letter, count]) => [letter, count - (printed.get(letter) ?? 0), count]).filter(([, less, count]) => less > Math.max(2, count * 0.01));
    none(missing.map(([letter, less, count]) => `“${letter}”: ${less} of ${count}`), `/${path}: letters missing on paper`);

    const squeeze = (text) => text.normalize('NFKC').replace(/\s+/g, '');
    const paper = squeeze(pages.join(''));
    assert.ok(paper.includes(squeeze(shown.title)), `/${path}: the title is not on paper`);
    assert.ok(shown.facts.length > 0 && shown.evidence.length > 0 && shown.items.length > 0, `/${path}: facts, evidence and items`);
    // An address may go over two lines, which stand in either order in the file.
    const onPaper = (url) => url.split(/[/?&=#_-]+/).every((part) => paper.includes(squeeze(part)));
    none(shown.evidence.filter((url) => !onPaper(url)), `/${path}: addresses of evidence missing on paper`);
    await made.close();
  });
}

test('PR-2 the PDF of the page of sources has their addresses', async () => {
  const made = await context({ js: false });
  const page = await made.newPage();
  await open(page, `${site.locales[0].id}/sources/`);
  const paper = pdfPages(await page.pdf({ preferCSSPageSize: true })).join('').normalize('NFKC').replace(/\s+/g, '');
  const addresses = await inspect(page, () => [...document.querySelectorAll('.source-title a')].map((link) => link.href));
  assert.ok(addresses.length > 0, 'no source has an address');
  // An address may go over two lines, which stand in either order in the file.
  none(addresses.filter((url) => !url.split(/[/?&=#_-]+/).every((part) => paper.includes(part.normalize('NFKC')))), 'addresses missing on paper');
  await made.close();
});

test('PR-2 buttons, navigation and bands stay on the screen', async () => {
  const pages = kinds(site).filter(({ locale }) => locale !== 'zh' && locale !== 'ur');
  const { results } = await each(pages, {}, async (tab, page) => {
    await tab.emulateMedia({ media: 'print' });
    const found = await inspect(
      tab,
      (path, { where, visible }) => {
        const out = [...document.querySelectorAll('nav, button, [role="button"], .skips a, .keep')].filter(visible).map((element) => `/${path} ${where(element)}`);
        for (const [element, part] of [[document.body, '::before'], ...[...document.querySelectorAll('.stub')].map((stub) => [stub, '::before'])]) {
          const style = getComputedStyle(element, part);
          if (style.content !== 'none' && style.display !== 'none') out.push(`/${path} ${where(element).slice(0, 40)} has its ornament`);
        }
        return out;
      },
      page.path,
    );
    await tab.emulateMedia({ media: null });
    return found;
  });
  none(results, 'what should not print');
});

test('PR-2 a tick prints as a tick', async () => {
  const made = await context({ js: false });
  const page = await made.newPage();
  await open(page, guides[0].path);
  await page.emulateMedia({ media: 'print' });
  const box = page.locator('.checklist input').first();
  const empty = await box.screenshot();
  await box.focus();
  await page.keyboard.press('Space');
  await box.blur();
  assert.equal(await box.isChecked(), true);
  assert.ok(!empty.equals(await box.screenshot()), 'a ticked box prints like an empty one');
  await made.close();
});

test('PR-3 paper is black on white in dark mode too, boxes are borders, rows stay in one piece', async () => {
  const { results } = await each(guides, { js: false, colorScheme: 'dark' }, async (tab, page) => {
    await tab.emulateMedia({ media: 'print', colorScheme: 'dark' });
    return inspect(
      tab,
      (path, { where, visible }) => {
        const found = [];
        const brightness = (colour) => {
          const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
          return a === 0 ? 1 : (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
        };
        if (getComputedStyle(document.documentElement).colorScheme !== 'light') found.push(`/${path} prints in the scheme of the screen`);
        for (const element of document.body.querySelectorAll('*')) {
          if (!visible(element)) continue;
          const style = getComputedStyle(element);
          const words = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
          if (words && brightness(style.color) > 0.1) found.push(`/${path} ${where(element)} is ${style.color}`);
          if (brightness(style.backgroundColor) < 0.99) found.push(`/${path} ${where(element)} is on ${style.backgroundColor}`);
        }
        for (const box of document.querySelectorAll('.item > input')) {
          const { borderBlockStartStyle: line, borderBlockStartWidth: width, borderBlockStartColor: colour } = getComputedStyle(box);
          if (line !== 'solid' || parseFloat(width) < 1 || brightness(colour) > 0.1) found.push(`/${path} ${where(box)} is ${width} ${line} ${colour}`);
        }
        for (const piece of document.querySelectorAll('.item, .reading, .counter, .sources > li')) {
          if (getComputedStyle(piece).breakInside !== 'avoid') found.push(`/${path} ${where(piece)} may break over pages`);
        }
        return found;
      },
      page.path,
    );
  });
  none(results, 'paper');
});

test('PR-4 print is set in 12 pt for Urdu and 10.5 pt for Chinese and English, and does not spill over the sheet', async () => {
  // A4 less its margins, in CSS pixels.
  const { results } = await each(guides, { js: false, viewport: { width: 703, height: 1032 } }, async (tab, page) => {
    await tab.emulateMedia({ media: 'print' });
    return inspect(
      tab,
      ({ path, locale }, { where }) => {
        const found = [];
        const points = locale === 'ur' ? 12 : 10.5;
        const prose = document.querySelector('.prose p');
        const { fontSize, lineHeight } = getComputedStyle(prose);
        if (Math.abs(parseFloat(fontSize) - (points * 4) / 3) > 0.05) found.push(`/${path} ${where(prose)} is ${fontSize}`);
        if (locale === 'ur' && Math.abs(parseFloat(lineHeight) / parseFloat(fontSize) - 1.9) > 0.01) found.push(`/${path} ${where(prose)} has lines of ${lineHeight}`);
        if (document.documentElement.scrollWidth > innerWidth) found.push(`/${path} is ${document.documentElement.scrollWidth} px wide on a sheet of ${innerWidth}`);
        return found;
      },
      page,
    );
  });
  none(results, 'type on paper');
});
