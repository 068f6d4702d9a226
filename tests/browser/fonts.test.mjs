// The Urdu font: what it has, who loads it, what a page is without it, and whether its tall letters have room.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { bestGuide, kinds, REPOSITORY } from './pages.mjs';
import { inspect, NARROW, none, PHONE, start, WIDE } from './browser.mjs';
import { codePoints } from './woff2.mjs';

const MOST = 105_000;

// Two devices: an Android phone, which has no Nastaliq but a Naskh, and one that has Noto Nastaliq Urdu.
const folder = mkdtempSync(join(tmpdir(), 'rahnuma-fonts-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const rules = join(folder, 'fonts.conf');
writeFileSync(
  rules,
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
  <fontconfig>
    <include>/etc/fonts/fonts.conf</include>
    <selectfont><rejectfont><pattern><patelt name="family"><string>Noto Nastaliq Urdu</string></patelt></pattern></rejectfont></selectfont>
  </fontconfig>`,
);
process.env.FONTCONFIG_FILE = rules;
const bare = await start();
delete process.env.FONTCONFIG_FILE;
const equipped = await start();

const { site } = bare;
const urdu = kinds(site).filter(({ locale }) => locale === 'ur');
const fontFile = site.files.find((name) => name.endsWith('.woff2'));
const isFont = (url) => /\.(woff2?|ttf|otf)(\?|$)/.test(url);

/** Opens a page on a device, in a context of its own, and closes that afterwards. */
async function visit(device, path, use, { before, ...options } = {}) {
  const made = await device.context(options);
  const page = await made.newPage();
  await before?.(page, made);
  await device.open(page, path);
  try {
    return await use(page, made);
  } finally {
    await made.close();
  }
}

/** Opens pages one after the other on a phone 320 px wide, with the font or without it. */
async function tour(pages, blocked, look) {
  const made = await bare.context({ viewport: NARROW });
  if (blocked) await made.route('**/*.woff2', (route) => route.abort());
  const page = await made.newPage();
  const found = [];
  for (const { path } of pages) {
    await bare.open(page, path);
    found.push(...(await look(page, path)));
  }
  await made.close();
  return found;
}

/** Asks Chromium which faces it drew elements with: `[{ name, own, glyphs }]`, `own` for a font of the site. */
async function drawer(page) {
  const client = await page.context().newCDPSession(page);
  await client.send('DOM.enable');
  await client.send('CSS.enable');
  const { root } = await client.send('DOM.getDocument');
  return async (selector) => {
    const { nodeIds } = await client.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector });
    const all = [];
    for (const nodeId of nodeIds) {
      const { fonts } = await client.send('CSS.getPlatformFontsForNode', { nodeId });
      all.push(fonts.map(({ familyName, isCustomFont, glyphCount }) => ({ name: familyName, own: isCustomFont, glyphs: glyphCount })));
    }
    return all;
  };
}

const listed = readFileSync(join(REPOSITORY, 'tests/font/characters.txt'), 'utf8')
  .match(/^U\+[0-9A-F]+/gm)
  .map((name) => Number.parseInt(name.slice(2), 16));

test('FO-6 the list of characters says what the font has', () => {
  assert.deepEqual(codePoints(readFileSync(join(REPOSITORY, 'themes/default/assets/fonts/nastaliq-ur.woff2'))), listed);
  assert.deepEqual(codePoints(readFileSync(join(site.folder, fontFile))), listed, 'the font of the built site');
});

test('FO-6 Chromium draws every listed letter, and the months a script writes, with the font', () =>
  visit(bare, urdu[0].path, async (page) => {
    const alone = (code) => String.fromCodePoint(code);
    const carried = (code) => (/\p{M}/u.test(alone(code)) ? `ب${alone(code)}` : alone(code));
    const letters = listed.filter((code) => code > 0x20 && code !== 0x200c && code !== 0x200d).map(carried);
    const months = Array.from({ length: 12 }, (_, month) => new Intl.DateTimeFormat('ur-u-nu-latn', { month: 'long' }).format(new Date(2026, month, 15)));
    const words = [...letters, ...months.flatMap((name) => name.split(' '))];
    await page.evaluate((words) => {
      const paragraph = document.createElement('p');
      for (const word of words) paragraph.appendChild(Object.assign(document.createElement('span'), { className: 'probe', textContent: word }));
      document.querySelector('main').appendChild(paragraph);
    }, words);
    const drawn = await (await drawer(page))('.probe');
    const wrong = (fonts) => fonts.length !== 1 || !fonts[0].own;
    none(words.flatMap((word, at) => (wrong(drawn[at]) ? [`${word}: ${JSON.stringify(drawn[at])}`] : [])), 'letters drawn with another font');
  }));

test('FO-1 pages in Chinese and English, and the chooser, load no font', async () => {
  const pages = kinds(site).filter(({ locale }) => locale !== 'ur');
  const { log } = await bare.each(pages, {}, (tab) => tab.evaluate(() => window.scrollTo(0, document.body.scrollHeight)));
  assert.ok(log.length > pages.length);
  assert.deepEqual(log.filter(isFont), []);
});

test('FO-1 a page in Urdu loads one font, once', async () => {
  // Without the worker: what it passes on would stand in the log twice.
  for (const { path } of [bestGuide(site, 'ur'), urdu.find(({ type }) => type === 'home'), urdu.find(({ type }) => type === 'not-found')]) {
    await visit(
      bare,
      path,
      (_, made) => {
        assert.deepEqual(made.log.filter(isFont), [bare.server.to(fontFile)], `/${path}`);
        assert.deepEqual(made.errors, [], `/${path}`);
      },
      {},
    );
  }
});

test('FO-1 the font is at most 105 KB and says what it is', async () => {
  const response = await fetch(bare.server.to(fontFile));
  const { byteLength } = await response.arrayBuffer();
  assert.equal(response.headers.get('content-type'), 'font/woff2');
  assert.ok(byteLength <= MOST, `${byteLength} bytes`);
  assert.equal(site.files.filter(isFont).length, 1, 'the site has one font');
});

test('FO-2 the device’s own Nastaliq is used where it has one, on pages in other languages too', async () => {
  for (const path of [bestGuide(site, 'ur').path, bestGuide(site, 'zh').path]) {
    const look = async (page) => (await drawer(page))('#card [lang="ur"] .spoken, .spoken[lang="ur"]');
    const own = (await visit(equipped, path, look)).flat();
    assert.ok(own.length > 0, `/${path} has Urdu to say at the counter`);
    none(own.filter(({ own, name }) => own || !/nastaliq|sans/i.test(name)).map((font) => `/${path} ${JSON.stringify(font)}`), 'not the device’s face');
    assert.ok(own.some(({ name }) => /nastaliq/i.test(name)), `/${path}: ${JSON.stringify(own)}`);
  }
});

test('FO-2 Urdu is drawn in the device’s Naskh until the font is there', async () => {
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  const made = await bare.context();
  const page = await made.newPage();
  await page.route('**/*.woff2', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(bare.server.to(bestGuide(site, 'ur').path), { waitUntil: 'domcontentloaded' });
  await page.locator('h1').waitFor();
  const early = await (await drawer(page))('h1');
  release();
  await page.evaluate(() => document.fonts.ready.then(() => true));
  const late = await (await drawer(page))('h1');
  assert.ok(early[0].length > 0 && early[0].every(({ own }) => !own), `before: ${JSON.stringify(early)}`);
  assert.ok(late[0].some(({ own, name }) => own && /nastaliq/i.test(name)), `after: ${JSON.stringify(late)}`);
  await made.close();
});

test('FO-2 with the font blocked Urdu is readable, cuts nothing off and does not scroll sideways', async () => {
  const results = await tour(urdu, true, async (page, path) => {
    const found = await inspect(page, cut, path);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > NARROW.width) found.push(`/${path} is ${wide} px wide`);
    const [drawn] = await (await drawer(page))('h1');
    if (drawn.length === 0 || drawn.some(({ own }) => own)) found.push(`/${path} heading drawn with ${JSON.stringify(drawn)}`);
    return found;
  });
  none(results, 'Urdu pages without the font');
});

test('FO-2 with the font blocked and text twice as large no page is wider than with the font', async () => {
  const widths = async (blocked) =>
    new Map(
      await tour(urdu, blocked, async (page, path) => {
        const client = await page.context().newCDPSession(page);
        await client.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        await client.detach();
        return [[path, wide]];
      }),
    );
  const without = await widths(true);
  const loaded = await widths(false);
  const wider = [...without].filter(([path, wide]) => wide > Math.max(NARROW.width, loaded.get(path)));
  none(wider.map(([path, wide]) => `/${path}: ${wide} px, with the font ${loaded.get(path)} px`), 'Urdu pages wider without the font');
});

/** Elements with Urdu of their own that cut it off, or leave it no room by line heights of the font’s own. */
function cut(path, { where, visible }) {
  const own = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && /[\u0600-\u06FF]/.test(node.data));
  // Text for screen readers alone has no ink.
  const unseen = (element) => element !== null && (/^inset\(50%/.test(getComputedStyle(element).clipPath) || unseen(element.parentElement));
  const found = [];
  for (const element of document.querySelectorAll('body :lang(ur)')) {
    if (!own(element) || !visible(element) || unseen(element)) continue;
    const style = getComputedStyle(element);
    const ratio = Number.parseFloat(style.lineHeight) / Number.parseFloat(style.fontSize);
    if (!(ratio >= 1.9)) found.push(`/${path} ${where(element)}: line height ${style.lineHeight} for text of ${style.fontSize}`);
    for (let at = element; at !== document.body; at = at.parentElement) {
      const { overflowX, overflowY, clipPath, contain } = getComputedStyle(at);
      const clips = [overflowX, overflowY].some((value) => value !== 'visible') || clipPath !== 'none' || /paint|strict|content/.test(contain);
      if (clips && !at.matches('pre, textarea, dialog')) found.push(`/${path} ${where(at)} cuts off ${where(element)}`);
    }
  }
  return found;
}

test('FO-4 no Urdu text has the font’s own line height or is cut off', async () => {
  const { results } = await bare.each(kinds(site), { viewport: PHONE }, (tab, page) => inspect(tab, cut, page.path));
  none(results, 'Urdu without room');
});

// Words whose ink goes highest or deepest in Nastaliq.
const TALL = 'تصحیح کیجیے ٹیکنیکل تصدیق بھیجیے دیجیے لیجیے پیچھے کمپنی تجویز نتیجہ تفصیل بجلی چیلنج ٹیلیفون سمجھیے کھینچیے مستحق تحقیقات پیکیجنگ'.split(' ');

/**
 * Sets tall words in every element that has Urdu of its own, and white for every background so that only ink counts.
 * Of elements that follow one another and are alike two stay: one component, and one that touches it.
 */
function fill(words) {
  const counts = new Map();
  for (const element of document.querySelectorAll('main *')) {
    const kinds = counts.get(element.parentElement) ?? new Map();
    counts.set(element.parentElement, kinds);
    const kind = `${element.localName} ${element.className}`;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (kinds.get(kind) > 2 && element.matches('section, div, li, p, tr')) element.remove();
  }
  let next = 0;
  const word = () => words[next++ % words.length];
  for (const element of document.querySelectorAll('body, body *')) {
    const style = getComputedStyle(element);
    // A mark of evidence is ink itself and no ground.
    const filled = !element.matches('i.mark') && (style.backgroundColor !== 'rgba(0, 0, 0, 0)' || style.backgroundImage !== 'none');
    element.style.setProperty('background', filled ? '#fff' : 'none', 'important');
    element.style.setProperty('color', '#000', 'important');
    if (!element.matches(':lang(ur)')) continue;
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !/[\u0600-\u06FF]/.test(node.data)) continue;
      node.data = node.data.replace(/[\u0600-\u06FF\u200c]+/g, word);
    }
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('::before, ::after { visibility: hidden !important; } * { border-color: transparent !important; box-shadow: none !important; }');
  document.adoptedStyleSheets = [sheet];
}

/** Takes away whatever could cover or cut off ink. */
function uncover() {
  const unseen = (element) => element !== null && (/^inset\(50%/.test(getComputedStyle(element).clipPath) || unseen(element.parentElement));
  for (const element of document.querySelectorAll('body *')) {
    element.style.setProperty('background', 'none', 'important');
    if (unseen(element)) continue;
    for (const [name, value] of [['overflow', 'visible'], ['clip-path', 'none'], ['contain', 'none']]) element.style.setProperty(name, value, 'important');
  }
}

for (const viewport of [PHONE, WIDE]) {
  test(`FO-4 ink of tall words is neither cut off nor covered, ${viewport.width} px`, async () => {
    const [general, compare, home] = ['general', 'compare', 'home'].map((type) => urdu.find((page) => page.type === type));
    for (const { path } of [bestGuide(site, 'ur'), general, compare, home].filter(Boolean)) {
      await visit(
        bare,
        path,
        async (page) => {
          // The day of the build comes from a file of its own.
          await page.waitForFunction(() => !document.querySelector('.built[hidden]'));
          await page.evaluate(fill, TALL);
          const height = await page.evaluate(() => document.documentElement.scrollHeight);
          assert.ok(height < 16_000, `/${path} is ${height} px high: more than Chromium draws in one picture`);
          const before = await page.screenshot({ fullPage: true });
          await page.evaluate(uncover);
          const after = await page.screenshot({ fullPage: true });
          if (!before.equals(after) && process.env.SHOTS) {
            writeFileSync(join(process.env.SHOTS, 'covered.png'), before);
            writeFileSync(join(process.env.SHOTS, 'whole.png'), after);
          }
          assert.ok(before.equals(after), `/${path} loses ink (with SHOTS=folder both pictures are kept)`);
        },
        { viewport },
      );
    }
  });
}

/** Wraps one run of Latin letters, digits and signs, and one of Urdu, of every kind of element of an Urdu page. */
function mark(_, { where, visible }) {
  const seen = new Set();
  const names = { latin: [], urdu: [] };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) {
    const element = node.parentElement;
    if (!element.matches(':lang(ur)') || !visible(element) || element.matches('textarea, option')) continue;
    for (const [kind, run] of [['latin', /[!-~]+/], ['urdu', /[\u0621-\u06D3]+/]]) {
      const at = node.data.search(run);
      const key = `${kind} ${element.parentElement.className} ${element.localName}.${element.className}`;
      if (at < 0 || seen.has(key)) continue;
      seen.add(key);
      names[kind].push(where(element));
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + node.data.slice(at).match(run)[0].length);
      range.surroundContents(Object.assign(document.createElement('span'), { className: `probe-${kind}` }));
      break;
    }
  }
  for (const kind of ['latin', 'urdu']) {
    const order = [...document.querySelectorAll(`.probe-${kind}`)];
    names[kind] = order.map((span) => where(span.parentElement));
  }
  return names;
}

test('FO-3 in Urdu digits, codes and Latin words are set in the system’s face, Urdu in Nastaliq, in every kind of element', async () => {
  const counts = { latin: 0, urdu: 0 };
  for (const { path } of urdu) {
    await visit(bare, path, async (page) => {
      const names = await inspect(page, mark);
      const draw = await drawer(page);
      for (const [kind, right] of [['latin', ({ own, name }) => !own && !/nastaliq|naskh|arabic/i.test(name)], ['urdu', ({ own }) => own]]) {
        const drawn = await draw(`.probe-${kind}`);
        counts[kind] += drawn.length;
        none(
          drawn.flatMap((fonts, at) => (fonts.every(right) ? [] : [`/${path} ${names[kind][at]}: ${JSON.stringify(fonts)}`])),
          `${kind} in the wrong face`,
        );
      }
    });
  }
  assert.ok(counts.latin > 10 && counts.urdu > 30, JSON.stringify(counts));
});

test('LG-11 Urdu is set in the one weight the font has, and never justified or in capitals', async () => {
  const { results } = await bare.each(kinds(site), { viewport: PHONE }, (tab, page) =>
    inspect(
      tab,
      (path, { where }) =>
        [...document.querySelectorAll('body :lang(ur)')].flatMap((element) => {
          const { fontWeight, textAlign, textTransform, fontStretch } = getComputedStyle(element);
          // Digits are set in the Latin face.
          const heavy = fontWeight !== '400' && !element.matches('.num');
          const wrong = heavy || textAlign === 'justify' || textTransform !== 'none' || fontStretch !== '100%';
          return wrong ? [`/${path} ${where(element)}: weight ${fontWeight}, ${textAlign}, ${textTransform}, ${fontStretch}`] : [];
        }),
      page.path,
    ),
  );
  none(results, 'Urdu that is made bold, justified or changed');
});

test('FO-5 the arrival of the font moves the page by at most 0.05 at 400 kbps', async (t) => {
  for (const { path } of [bestGuide(site, 'ur'), urdu.find(({ type }) => type === 'home')]) {
    await visit(
      bare,
      path,
      async (page) => {
        // The frame after the font's is the one that would have moved.
        const shifts = await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve([...window.shifts, ...window.observer.takeRecords()].map(({ value }) => value))))));
        const moved = shifts.reduce((sum, value) => sum + value, 0);
        t.diagnostic(`/${path} moves by ${moved.toFixed(3)}`);
        assert.ok(moved <= 0.05, `/${path} moves by ${moved.toFixed(3)}: ${shifts.map((value) => value.toFixed(3)).join(', ')}`);
      },
      {
        before: async (page, made) => {
          await page.addInitScript(() => {
            window.shifts = [];
            window.observer = new PerformanceObserver((list) => window.shifts.push(...list.getEntries()));
            window.observer.observe({ type: 'layout-shift', buffered: true });
          });
          const client = await made.newCDPSession(page);
          await client.send('Network.enable');
          await client.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 });
        },
      },
    );
  }
});
