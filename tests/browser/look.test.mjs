// What a reader sees first and can tell apart: the first screen of a guide, contrast, focus, text of any size.

import assert from 'node:assert/strict';
import test from 'node:test';
import { bestGuide, kinds } from './pages.mjs';
import { inspect, NARROW, none, PHONE, start, WIDE } from './browser.mjs';

const { site, context, open, each } = await start();
const guides = site.pages.filter(({ type }) => type === 'guide');
const best = site.locales.map(({ id }) => bestGuide(site, id));
const css = site.text(site.files.find((name) => /^assets\/site\.\w+\.css$/.test(name)));

// ---------- the first screen ----------

test('GP-1 heading, lede and the first lines of the short version, with what to call, are on the first screen of every carrier’s guide', async () => {
  const { results } = await each(guides, { js: false, viewport: PHONE }, (tab, page) =>
    inspect(tab, ({ path, screen }) => {
      const lines = [...document.querySelectorAll('.short li')];
      const parts = [document.querySelector('h1'), document.querySelector('.lede'), ...lines.slice(0, 2), document.querySelector('.dial')].filter(Boolean);
      const low = parts.filter((part) => part.getBoundingClientRect().bottom > screen).map((part) => `/${path} “${part.textContent.trim().slice(0, 40)}”`);
      return lines.length >= 3 && lines.length <= 6 ? low : [...low, `/${path} has ${lines.length} lines in short`];
    }, { path: page.path, screen: PHONE.height }),
  );
  none(results, 'parts below the first screen');
});

// ---------- contrast ----------

/** The colours of :root in a block of the sheet; what the block leaves out is inherited from `base`. */
function tokens(block, base = {}) {
  return { ...base, ...Object.fromEntries([...block.matchAll(/--([\w-]+):\s*([^;}]+)/g)].map(([, name, value]) => [name, value.trim()])) };
}
/** The block that stands for :root, in the part of the sheet that begins with `from`. */
function rootOf(from) {
  const at = from ? css.search(from) : 0;
  assert.ok(at >= 0, `the sheet has ${from}`);
  // Several blocks stand for :root; that of the colours has paper and ink.
  return [...css.slice(at).matchAll(/:root\s*\{([^}]*)\}/g)].find(([, body]) => /--paper:/.test(body))[1];
}
const NAMED = { white: '#fff', black: '#000', red: '#f00' };
function resolveColour(scheme, name) {
  let value = scheme[name];
  for (let depth = 0; /^var\(/.test(value ?? '') && depth < 5; depth++) value = scheme[/^var\(--([\w-]+)/.exec(value)[1]];
  value = NAMED[value] ?? value;
  assert.match(value ?? '', /^#([\da-f]{3}|[\da-f]{6})$/i, `--${name} is a colour: ${value}`);
  const hex = value.slice(1);
  return (hex.length === 3 ? [...hex].map((digit) => digit + digit) : hex.match(/../g)).map((pair) => parseInt(pair, 16));
}
function contrast(one, other) {
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}
const light = tokens(rootOf());
const SCHEMES = { light, dark: tokens(rootOf(/@media ?\(prefers-color-scheme: ?dark\)/), light) };

/** Ink on ground, as rules of the sheet set them. */
const TEXT = [
  ['ink', ['paper', 'surface', 'sunk', 'indigo-wash', 'madder-wash', 'leaf-wash', 'ochre-wash']],
  ['ink-2', ['paper', 'surface', 'indigo-wash', 'madder-wash', 'leaf-wash', 'ochre-wash']],
  ['indigo', ['paper', 'surface', 'sunk', 'indigo-wash', 'madder-wash', 'leaf-wash', 'ochre-wash']],
  ['madder', ['paper', 'surface', 'madder-wash', 'indigo-wash']],
  ['leaf', ['paper', 'surface', 'indigo-wash']],
  ['ochre', ['paper', 'surface', 'ochre-wash', 'indigo-wash']],
  ['on-indigo', ['indigo']],
  ['on-turmeric', ['turmeric']],
  ['on-stub', ['stub']],
  ['on-stub-2', ['stub']],
];
/** Borders of boxes, fields and buttons, rings, and the tick in its box. */
const EDGES = [
  ['ctl', ['paper', 'surface']],
  ['indigo', ['paper', 'surface', 'indigo-wash']],
  ['ink', ['surface']],
  ['leaf', ['surface', 'paper']],
  ['surface', ['leaf', 'indigo']],
  ['madder', ['paper', 'madder-wash']],
  ['ring', ['paper', 'surface']],
];

for (const [scheme, colours] of Object.entries(SCHEMES)) {
  test(`AC-2 ink on every ground it is set on has 6 : 1, edges of controls 3 : 1, in ${scheme}`, () => {
    const wrong = [];
    const measure = (pairs, least, what) => {
      for (const [ink, grounds] of pairs) {
        for (const ground of grounds) {
          const ratio = contrast(resolveColour(colours, ink), resolveColour(colours, ground));
          if (ratio < least) wrong.push(`${what} --${ink} on --${ground}: ${ratio.toFixed(2)}, not ${least}`);
        }
      }
    };
    measure(TEXT, 6, 'text');
    measure(EDGES, 3, 'edge');
    none(wrong, 'pairs of colours');
  });
}

test('AC-2 no page sets text in a pair of colours outside the table, or below 6 : 1', async () => {
  for (const [colorScheme, colours] of Object.entries(SCHEMES)) {
    const hex = (name) => `rgb(${resolveColour(colours, name).join(', ')})`;
    const table = TEXT.flatMap(([ink, grounds]) => grounds.map((ground) => `${hex(ink)} on ${hex(ground)}`));
    // Urdu pages have words of every kind, English ones on the card among them.
    const shown = kinds(site).filter(({ locale }) => locale !== 'zh' && locale !== 'en');
    const { results } = await each(shown, { colorScheme, viewport: PHONE }, async (tab, page) => {
      if (['guide', 'general'].includes(page.type)) {
        // What comes up while a checklist is used is part of the page.
        await tab.evaluate(() => {
          for (const box of document.querySelectorAll('guide-checklist .chips input, guide-checklist [data-final] .item > input, guide-checklist .item:nth-child(odd) > input')) box.click();
          document.querySelector('guide-checklist [data-act=clear]')?.click();
          for (const box of document.querySelectorAll('guide-checklist [data-final] .item > input, guide-checklist .chips label:first-of-type input')) box.click();
          for (const part of document.querySelectorAll('guide-checklist [data-part]')) part.hidden = false;
          for (const part of document.querySelectorAll('.strip, .strip p')) part.hidden = false;
        });
      }
      // A fact that a link leads to is set off from the others.
      await tab.evaluate(() => { location.hash = document.querySelector('.fact:has(.stamp.official)')?.id ?? ''; });
      return inspect(
        tab,
        (path, { where, visible }) => {
          const found = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (!/\S/.test(walker.currentNode.data) || element.closest('script, template, option, .vh, .skips') || !visible(element)) continue;
            const colour = getComputedStyle(element).color;
            let ground = 'none';
            for (let at = element; at; at = at.parentElement) {
              const { backgroundColor } = getComputedStyle(at);
              if (/^rgba\(.*, 0\)$/.test(backgroundColor)) continue;
              ground = backgroundColor;
              break;
            }
            found.push([`${colour} on ${ground}`, `/${path} ${where(element)}`]);
          }
          // One of a kind tells of all.
          return [...new Map(found)];
        },
        page.path,
      );
    });
    const pairs = new Map(results);
    none([...pairs].filter(([pair]) => !table.includes(pair)).map(([pair, name]) => `${pair}: ${name}`), `pairs that are not in the table, in ${colorScheme}`);
    assert.ok(pairs.size > 8, `${pairs.size} pairs seen`);
    for (const [pair, name] of pairs) {
      const [ink, ground] = pair.split(' on ').map((colour) => colour.match(/\d+/g).slice(0, 3).map(Number));
      assert.ok(contrast(ink, ground) >= 6, `${pair} at ${name}`);
    }
  }
});

// ---------- focus ----------

for (const [width, viewport] of Object.entries({ narrow: PHONE, wide: WIDE })) {
  test(`AC-4 Tab shows where it is at every stop of a guide, within the screen and in the order in which things stand, ${width}`, async () => {
    for (const { path, locale } of best.filter((page) => page.locale !== 'zh')) {
      const made = await context({ viewport, hasTouch: false });
      const page = await made.newPage();
      await open(page, path);
      const stop = () =>
        inspect(page, (_, { where }) => {
          const at = document.activeElement;
          if (at === document.body) return null;
          // A link in a sentence may break over lines; its first piece is where it begins.
          const [first] = at.getClientRects();
          const box = at.getBoundingClientRect();
          const style = getComputedStyle(at);
          const reach = ({ outlineStyle, outlineWidth, outlineOffset }) => (outlineStyle === 'none' ? 0 : parseFloat(outlineWidth) + parseFloat(outlineOffset));
          const block = at.closest('.columns > *, header, footer, .strip') ?? at;
          const over = document.elementFromPoint(Math.min(Math.max(first.left + Math.min(first.width, 8) / 2, 0), innerWidth - 1), Math.min(Math.max(first.top + first.height / 2, 0), innerHeight - 1));
          return {
            name: where(at),
            same: at.matches('[type=date]'),
            // The sign in a date field that opens a calendar is the browser's, and so is its ring.
            own: !at.matches(':focus'),
            ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== 'rgba(0, 0, 0, 0)',
            second: style.boxShadow !== 'none' || style.backgroundColor !== 'rgba(0, 0, 0, 0)',
            // The ring with it; more than a screen high no control is.
            inside: box.top - reach(style) >= 0 && box.left >= 0 && box.right <= innerWidth && box.bottom + reach(style) <= innerHeight,
            covered: !(over && (at.contains(over) || over.contains(at) || at.labels?.[0]?.contains(over))),
            block: [...document.querySelectorAll('.columns > *')].indexOf(block),
            part: block.localName,
            top: first.top + scrollY,
            bottom: first.bottom + scrollY,
            start: document.documentElement.dir === 'rtl' ? -first.right : first.left,
          };
        });
      const stops = [];
      for (let press = 0; press < 400; press++) {
        await page.keyboard.press('Tab');
        const met = await stop();
        if (!met) break;
        stops.push(met);
      }
      const wrong = [];
      for (const [at, met] of stops.entries()) {
        const say = (what) => wrong.push(`/${path} ${met.name} ${what}`);
        if (!met.ring && !met.own) say('has no ring');
        if (!met.second && !met.own) say('has a ring of one colour');
        if (!met.inside) say('is not all on the screen');
        if (met.covered) say('is covered');
        const last = stops[at - 1];
        if (/\.related/.test(met.name)) continue; // a column of its own
        if (!last || at < 3 || last.same || last.block !== met.block || last.part !== met.part) continue;
        // The next stop is below the last, or beside it towards the end of the line; a list in columns starts again above.
        const below = met.top >= last.bottom - 12 || met.top > last.top + 4;
        if (!below && met.start <= last.start) say(`comes after ${last.name}, and stands before it`);
      }
      none([...new Set(wrong)], 'stops of the Tab key');
      const focusable = await page.evaluate(() => [...document.querySelectorAll('a[href], button, input, textarea')].filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled).length);
      assert.equal(new Set(stops.map(({ name, top, start }) => `${name} ${top} ${start}`)).size >= focusable, true, `${stops.length} stops for ${focusable} controls in ${locale}`);
      await made.close();
    }
  });
}

test('AC-4 the ring can be seen: a control looks different with the focus, in both schemes', async () => {
  const SELECTORS = ['.brand a', '.languages a', '.short a', '.chips input', '.item > input', '.fold > summary', '[data-act=print]', '[data-act=share]', '[data-act=clear]', '.evidence a', 'footer a'];
  for (const [colorScheme, language] of [['light', 'en'], ['dark', 'ur']]) {
    for (const { path } of best.filter(({ locale }) => locale === language)) {
      const made = await context({ colorScheme, viewport: PHONE, hasTouch: false });
      const page = await made.newPage();
      await open(page, path);
      for (const selector of SELECTORS) {
        const control = page.locator(selector).filter({ visible: true }).first();
        await control.scrollIntoViewIfNeeded();
        const box = await control.boundingBox();
        const clip = { x: Math.max(0, box.x - 6), y: Math.max(0, box.y - 6), width: Math.min(box.width + 12, PHONE.width - Math.max(0, box.x - 6)), height: box.height + 12 };
        const before = await page.screenshot({ clip });
        // As with the keyboard: a ring is not for those who point.
        await control.evaluate((element) => element.focus({ focusVisible: true, preventScroll: true }));
        const after = await page.screenshot({ clip });
        assert.ok(!before.equals(after), `/${path} ${selector} looks the same in ${colorScheme}`);
        await control.evaluate((element) => element.blur());
        assert.ok(before.equals(await page.screenshot({ clip })), `/${path} ${selector} keeps a ring it does not have`);
      }
      await made.close();
    }
  }
});

// ---------- text of any size ----------

test('SD-3 no size of text is fixed: all of it grows with the browser’s own', async () => {
  // Paper has its own sizes; a hair of a line is no text.
  const screen = css.slice(0, css.indexOf('@media print'));
  none([...screen.matchAll(/(?:font(?:-size)?|--fs[\w-]*|line-height):[^;}]*\b\d*\.?\d+(?:px|pt|mm)\b[^;}]*/g)].map(([rule]) => rule), 'sizes of text in fixed units');
  const { results } = await each(best, { viewport: PHONE }, async (tab, page) => {
    const sizes = () => inspect(tab, (_, { where, visible }) =>
      [...document.body.querySelectorAll('*')]
        .filter((element) => visible(element) && [...element.childNodes].some((node) => node.nodeType === 3 && /\S/.test(node.data)))
        .map((element) => [where(element), parseFloat(getComputedStyle(element).fontSize)]));
    // The day of the build comes from a file of its own.
    await tab.waitForFunction(() => !document.querySelector('.built[hidden]'));
    const before = await sizes();
    const client = await tab.context().newCDPSession(tab);
    const set = (standard) => client.send('Page.setFontSizes', { fontSizes: { standard, fixed: (standard * 13) / 16 } });
    await set(32);
    const after = await sizes();
    await set(16);
    await client.detach();
    assert.equal(before.length, after.length, 'nothing is lost');
    // A heading grows with the window as well as with the text: by half at least.
    return before.filter(([, size], at) => after[at][1] < size * 1.5).map(([name, size], at) => `/${page.path} ${name}: ${size} px, then ${after[at][1]} px`);
  });
  none(results, 'text that does not grow');
});

test('SD-3 with text twice as large nothing is cut off, covered or lost, and nothing scrolls sideways', async () => {
  const { results } = await each(kinds(site), { viewport: NARROW }, async (tab, page) => {
    const look = () => inspect(tab, (_, { where, visible }) => {
      const controls = [...document.querySelectorAll('a[href], button, input, label, h1, h2, h3, .value')].filter((element) => visible(element) && !element.closest('.skips'));
      const cut = [...document.body.querySelectorAll('*')].filter((element) => {
        const { overflowX, overflowY } = getComputedStyle(element);
        return (/hidden|clip/.test(overflowX + overflowY)) && visible(element) && !element.matches('.vh, .vh *, thead, thead *') && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
      });
      const out = controls.filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return left < -0.5 || right > innerWidth + 0.5;
      });
      return { controls: controls.length, cut: cut.map(where), out: out.map(where), wide: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) > innerWidth };
    });
    const before = await look();
    const client = await tab.context().newCDPSession(tab);
    const set = (standard) => client.send('Page.setFontSizes', { fontSizes: { standard, fixed: (standard * 13) / 16 } });
    await set(32);
    const after = await look();
    await set(16);
    await client.detach();
    const found = [...after.cut.map((name) => `${name} is cut off`), ...after.out.map((name) => `${name} sticks out`)];
    if (after.wide) found.push('scrolls sideways');
    if (after.controls !== before.controls) found.push(`shows ${after.controls} of ${before.controls} controls and headings`);
    return found.map((wrong) => `/${page.path} ${wrong}`);
  });
  none(results, 'what large text takes away');
});
