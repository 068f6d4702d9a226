// Room: nothing scrolls sideways, targets are big enough, colours and schemes hold.

import assert from 'node:assert/strict';
import test from 'node:test';
import { bestGuide, kinds } from './pages.mjs';
import { inspect, NARROW, none, PHONE, start } from './browser.mjs';

const { site, context, open, each } = await start();

/** What sticks out of the page at either side, if the page scrolls sideways at all. */
function sideways({ path, how }, { where, visible }) {
  const { scrollWidth } = document.documentElement;
  if (scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth) return [];
  const out = [...document.body.querySelectorAll('*')].filter((element) => {
    const { left, right } = element.getBoundingClientRect();
    return (right > innerWidth + 0.5 || left < -0.5) && visible(element) && !element.matches('.skips *');
  });
  const around = new Set(out.map(({ parentElement }) => parentElement));
  const named = [];
  for (const element of out) {
    if (around.has(element) || named.length === 5) continue;
    const name = where(element);
    if (!named.some((other) => other.replace(/ “.*/, '') === name.replace(/ “.*/, ''))) named.push(name);
  }
  return [`/${path} ${how} is ${scrollWidth} px wide in ${innerWidth}: ${named.join('; ') || 'nothing visible sticks out'}`];
}

test('GP-4 no kind of page scrolls sideways at 320 px with text twice as large, nor with text spaced out', async () => {
  const { results } = await each(kinds(site), { viewport: NARROW }, async (tab, page) => {
    // The browser's own text size, as a reader sets it.
    const client = await tab.context().newCDPSession(tab);
    const size = (standard) => client.send('Page.setFontSizes', { fontSizes: { standard, fixed: (standard * 13) / 16 } });
    await size(32);
    assert.equal(await tab.evaluate(() => getComputedStyle(document.documentElement).fontSize), '32px', 'the browser takes the larger text');
    const found = await inspect(tab, sideways, { path: page.path, how: 'with text twice as large' });
    await size(16);
    await client.detach();

    // WCAG 1.4.12; letter spacing would break Urdu apart.
    await tab.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`
        :not(:lang(ur)) { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
        :lang(ur) { word-spacing: .16em !important; }
        p { margin-block-end: 2em !important; }`);
      document.adoptedStyleSheets = [sheet];
    });
    found.push(...(await inspect(tab, sideways, { path: page.path, how: 'with text spaced out' })));
    return found;
  });
  none(results, 'pages that scroll sideways');
});

for (const js of [true, false]) {
  test(`AC-3 rows of the checklist and buttons are at least 48 px high, links outside sentences 24 px, scripts ${js ? 'on' : 'off'}`, async () => {
    // Without scripts only the checklist is another: all of its rows are there.
    const pages = kinds(site).filter(({ type }) => js || ['guide', 'general'].includes(type));
    const { results } = await each(pages, { js, viewport: PHONE }, (tab, page) =>
      inspect(
        tab,
        (path, { where, visible }) => {
          const found = [];
          const small = [];
          for (const target of document.querySelectorAll('.item, button')) {
            const { height } = target.getBoundingClientRect();
            if (visible(target) && height < 48) small.push([where(target), Math.round(height), 48]);
          }
          for (const target of document.querySelectorAll('a[href], summary, select, textarea, input:not([type="checkbox"])')) {
            if (!visible(target) || target.closest('.skips')) continue;
            let block = target.parentElement;
            while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
            // A target in a sentence: words that are no target stand around it in the same paragraph.
            const words = block.cloneNode(true);
            for (const link of words.querySelectorAll('a')) link.remove();
            const inSentence = getComputedStyle(target).display === 'inline' && /[\p{L}\p{N}]/u.test(words.textContent);
            if (inSentence) continue;
            const { height } = target.getBoundingClientRect();
            if (height < 24) small.push([where(target), Math.round(height), 24]);
          }
          // One of a kind tells of all.
          const kind = ([name]) => name.replace(/ “.*/, '');
          for (const [name, height, least] of small.filter((target, at) => small.findIndex((other) => kind(other) === kind(target)) === at)) {
            found.push(`/${path} ${name} is ${height} px high, not ${least} (${small.filter(([other]) => kind([other]) === kind([name])).length} like it)`);
          }
          return found;
        },
        page.path,
      ),
    );
    none(results, 'targets that are too small');
  });
}

test('GP-3 skip links come first, show when they have the focus, and lead to the text and to the checklist', async () => {
  const made = await context({ js: false });
  const page = await made.newPage();
  for (const { id } of site.locales) {
    const { path } = bestGuide(site, id);
    for (const [presses, target] of [[1, 'main'], [2, 'checklist']]) {
      await open(page, path);
      for (let press = 0; press < presses; press++) await page.keyboard.press('Tab');
      const focus = await inspect(page, () => {
        const { top, left, right, height } = document.activeElement.getBoundingClientRect();
        return { href: document.activeElement.getAttribute('href'), shown: height > 0 && top >= 0 && left >= 0 && right <= innerWidth };
      });
      assert.deepEqual(focus, { href: `#${target}`, shown: true }, `/${path}: Tab ${presses} times`);
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.hash === `#${target}`);
      const { top, inside } = await inspect(page, (to) => {
        const { y, height } = document.getElementById(to).getBoundingClientRect();
        return { top: y, inside: y < innerHeight && y + height > 0 };
      }, target);
      assert.ok(inside, `/${path}: #${target} begins at ${top} px`);
    }
  }
  await made.close();
});

test('SD-1 pages follow the colour scheme of the system', async () => {
  const pages = kinds(site).filter((page) => page.locale !== 'en' && page.locale !== 'zh');
  const seen = {};
  for (const colorScheme of ['light', 'dark']) {
    const { results } = await each(pages, { colorScheme, viewport: PHONE }, (tab, page) =>
      inspect(
        tab,
        ({ path, wanted }) => {
          const brightness = (colour) => {
            const [r, g, b] = colour.match(/[\d.]+/g).map(Number);
            return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
          };
          const root = getComputedStyle(document.documentElement);
          const body = getComputedStyle(document.body);
          const themes = [...document.querySelectorAll('meta[name="theme-color"]')];
          const theme = themes.filter(({ media }) => matchMedia(media || 'all').matches);
          const found = [];
          if (root.colorScheme !== 'light dark') found.push(`/${path} has color-scheme ${root.colorScheme}`);
          if (document.querySelector('meta[name="color-scheme"]')?.content !== 'light dark') found.push(`/${path} does not say its schemes in its head`);
          if (theme.length !== 1) found.push(`/${path} has ${theme.length} theme colours for ${wanted}`);
          const dark = brightness(body.backgroundColor) < brightness(body.color);
          if (dark !== (wanted === 'dark')) found.push(`/${path} in ${wanted}: ${body.color} on ${body.backgroundColor}`);
          return [{ found, colours: `${body.color} ${body.backgroundColor} ${theme[0]?.content}` }];
        },
        { path: page.path, wanted: colorScheme },
      ),
    );
    none(results.flatMap(({ found }) => found), `colours in ${colorScheme}`);
    seen[colorScheme] = new Set(results.map(({ colours }) => colours));
    assert.equal(seen[colorScheme].size, 1, `all pages have the same colours in ${colorScheme}: ${[...seen[colorScheme]].join('; ')}`);
  }
  assert.notDeepEqual(seen.light, seen.dark);
});

test('SD-2 with forced colours boxes are native, a tick shows, stamps and the checklist keep their outlines', async () => {
  const made = await context({ forcedColors: 'active' });
  const page = await made.newPage();
  for (const { id } of site.locales) {
    const { path } = bestGuide(site, id);
    await open(page, path);
    const wrong = await inspect(page, (at, { where, visible }) => {
      const found = [];
      for (const box of [...document.querySelectorAll('input[type="checkbox"]')].filter(visible)) {
        const { appearance } = getComputedStyle(box);
        if (appearance === 'none') found.push(`${where(box)} has appearance ${appearance}`);
      }
      const outlined = (element, sides) => {
        const style = getComputedStyle(element);
        for (const side of sides) {
          if (style[`border-${side}-style`] === 'none' || parseFloat(style[`border-${side}-width`]) === 0) found.push(`${where(element)} has no border at ${side}`);
        }
      };
      const all = ['block-start', 'block-end', 'inline-start', 'inline-end'];
      for (const stamp of document.querySelectorAll('.stamp')) outlined(stamp, all);
      for (const checklist of document.querySelectorAll('.checklist, .counter')) outlined(checklist, all);
      // Before a group of the list stand plain words.
      for (const notice of document.querySelectorAll('.alert, .before:not(.group > .before)')) outlined(notice, ['inline-start']);
      return found.map((problem) => `/${at} ${problem}`);
    }, path);
    none(wrong, 'what forced colours take away');

    const box = page.locator('.item > input').filter({ visible: true }).first();
    const before = await box.screenshot();
    await box.focus();
    await page.keyboard.press('Space');
    await box.blur();
    const after = await box.screenshot();
    assert.ok(!before.equals(after), `/${path}: a ticked box looks like an empty one`);
  }
  await made.close();
});

test('SD-2 nothing moves', () => {
  const moving = site.files.filter((name) => name.endsWith('.css')).flatMap((name) => site.text(name).match(/@keyframes[^{]*|(?:^|[;{\s])(?:animation|transition|scroll-behavior)[a-z-]*\s*:[^;}]*/g) ?? []);
  none(moving, 'motion in style sheets');
});

test('FA-2 badges differ in shape with colours forced off', async () => {
  const made = await context({ forcedColors: 'active', deviceScaleFactor: 2 });
  const page = await made.newPage();
  await open(page, site.pages.find(({ type, locale }) => type === 'carrier' && locale === 'en').path);
  const kindsOfBadge = [...new Set(site.files.filter((name) => name.endsWith('.css')).flatMap((name) => [...site.text(name).matchAll(/\.(official|reported|staff|reader|unverified|conflict|unknown)\b/g)].map(([, kind]) => kind)))];
  assert.deepEqual(kindsOfBadge.sort(), ['conflict', 'official', 'reader', 'reported', 'staff', 'unknown', 'unverified'], 'kinds of badge that have a style');
  const stamp = page.locator('.stamp').first();
  await stamp.scrollIntoViewIfNeeded();
  const shots = new Map();
  for (const kind of kindsOfBadge) {
    await stamp.evaluate((element, name) => {
      element.className = `stamp ${name}`;
      element.textContent = 'x';
    }, kind);
    shots.set(kind, (await stamp.screenshot()).toString('base64'));
  }
  for (const [kind, shot] of shots) {
    for (const [other, otherShot] of shots) assert.ok(kind === other || shot !== otherShot, `without colours “${kind}” looks like “${other}”`);
  }
  await made.close();
});
