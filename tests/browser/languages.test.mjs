// Languages and directions: the chooser, the switcher, pages that are not there, what Urdu does to the layout.

import assert from 'node:assert/strict';
import test from 'node:test';
import { bestGuide, kinds, NAMES } from './pages.mjs';
import { inspect, none, PHONE, start, WIDE } from './browser.mjs';

const { site, server, context, open, each } = await start();

const scripts = [true, false];

for (const js of scripts) {
  test(`IA-3 the chooser offers three languages and leads nowhere by itself, scripts ${js ? 'on' : 'off'}`, async () => {
    for (const language of ['ur-PK', 'zh-CN', 'de-DE']) {
      const made = await context({ js, locale: language });
      const page = await made.newPage();
      const response = await open(page, '');
      assert.equal(response.status(), 200);
      assert.equal(response.request().redirectedFrom(), null, `${language}: / redirects`);
      assert.equal(page.url(), server.root, `${language}: / stays where it is`);
      const links = await inspect(page, (_, { text, visible }) =>
        [...document.querySelectorAll('main a')].map((link) => ({
          href: link.href,
          name: text(link.querySelector('strong') ?? link),
          lang: link.closest('[lang]').lang,
          dir: link.closest('[dir]').dir,
          height: link.getBoundingClientRect().height,
          seen: visible(link),
        })),
      );
      assert.deepEqual(
        links.map(({ href, name, lang, dir, seen }) => ({ href, name, lang, dir, seen })).sort((a, b) => (a.href < b.href ? -1 : 1)),
        site.locales.map(({ id, tag, dir }) => ({ href: server.to(`${id}/`), name: NAMES[id], lang: tag, dir, seen: true })),
        `${language}: the links of the chooser`,
      );
      for (const { name, height } of links) assert.ok(height >= 48, `${language}: ${name} is ${height} px high`);
      assert.equal(await page.locator('meta[http-equiv="refresh" i]').count(), 0, 'the chooser sends readers elsewhere');
      assert.deepEqual(await page.locator('img, svg, picture').count(), 0, 'the chooser shows flags, or some other picture');
      assert.equal(made.log.filter((url) => url === server.root).length, 1, `${language}: / was loaded again by itself`);
      await made.close();
    }
    const made = await context({ js });
    const page = await made.newPage();
    for (const { id, tag } of site.locales) {
      await open(page, '');
      await page.getByRole('link', { name: NAMES[id] }).click();
      await page.waitForURL(server.to(`${id}/`));
      assert.equal(await page.locator('html').getAttribute('lang'), tag);
    }
    await made.close();
  });

  test(`IA-7 an address that is not there answers 404 in three languages, scripts ${js ? 'on' : 'off'}`, async () => {
    const made = await context({ js });
    const page = await made.newPage();
    for (const path of ['ur/nope', 'ur/nope/deeper/', 'en/nope.html', 'zh/general/nope/', 'nope', '%E4%B8%8D/']) {
      const response = await open(page, path);
      assert.equal(response.status(), 404, path);
      assert.equal(page.url(), server.to(path), `${path} stays at its address`);
      const messages = await inspect(page, (_, { text, visible }) =>
        [...document.querySelectorAll('.message')].map((message) => ({
          lang: message.lang,
          dir: message.dir,
          heading: text(message.querySelector('h1, h2')),
          seen: visible(message),
          links: [...message.querySelectorAll('a')].map((link) => link.href),
        })),
      );
      assert.deepEqual(
        messages.map(({ lang, dir, seen }) => ({ lang, dir, seen })).sort((a, b) => (a.lang < b.lang ? -1 : 1)),
        site.locales.map(({ tag, dir }) => ({ lang: tag, dir, seen: true })).sort((a, b) => (a.lang < b.lang ? -1 : 1)),
        `${path}: the languages of the message`,
      );
      for (const { lang, heading, links } of messages) {
        const { id } = site.locales.find(({ tag }) => tag === lang);
        assert.ok(heading, `${path}: ${lang} has a heading`);
        assert.ok(links.includes(server.to(`${id}/`)), `${path}: ${lang} leads to its home`);
        assert.ok(links.every((href) => href.startsWith(server.to(`${id}/`))), `${path}: ${lang} leads to another language`);
      }
    }
    await made.close();
  });
}

/** Every kind of page, looked at once, without script. */
const seen = once(async () => {
  const { results } = await each(kinds(site), { viewport: PHONE, js: false }, async (tab, page) => ({ ...page, ...(await inspect(tab, look)) }));
  return results;
});

function once(make) {
  let made;
  return () => (made ??= make());
}

function look(_, { where, text, visible }) {
  const languages = [...document.querySelectorAll('nav.languages a')].map((link) => {
    const box = link.getBoundingClientRect();
    return {
      name: text(link),
      lang: link.lang,
      dir: link.dir,
      hreflang: link.hreflang,
      current: link.getAttribute('aria-current'),
      href: link.href,
      inSight: visible(link) && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth,
    };
  });

  const count = { ur: 0, zh: 0 };
  const bent = [];
  for (const element of document.querySelectorAll(':lang(ur), :lang(zh)')) {
    const language = element.matches(':lang(ur)') ? 'ur' : 'zh';
    count[language]++;
    for (const part of [null, '::before', '::after', '::marker']) {
      const { letterSpacing, fontStyle } = getComputedStyle(element, part);
      if (fontStyle !== 'normal' || (language === 'ur' && letterSpacing !== 'normal')) bent.push(`${where(element)}${part ?? ''}: letter-spacing ${letterSpacing}, font-style ${fontStyle}`);
    }
  }

  const numbers = [...document.querySelectorAll('.num')].filter(visible).map((number) => {
    const glyphs = [];
    const walker = document.createTreeWalker(number, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      [...walker.currentNode.data].forEach((letter, at) => {
        const range = document.createRange();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + 1);
        const { left, top, width } = range.getBoundingClientRect();
        if (letter.trim() && width > 0) glyphs.push({ left, top });
      });
    }
    return {
      name: where(number),
      backwards: glyphs.some(({ left, top }, at) => at > 0 && Math.abs(top - glyphs[at - 1].top) < 1 && left <= glyphs[at - 1].left),
      // Codes may be long; the rest is too short to be broken.
      broken: !number.classList.contains('ussd') && glyphs.some(({ top }) => Math.abs(top - glyphs[0].top) > 1),
    };
  });
  return { languages, count, bent, numbers };
}

test('LG-1 three language links, in their own words, are in sight on every kind of page', async () => {
  const problems = [];
  for (const { path, type, locale, rest, languages } of (await seen()).filter((page) => page.type !== 'chooser')) {
    const shown = locale ?? site.locales.find(({ tag }) => languages.some(({ lang, current }) => current && lang === tag))?.id;
    const expected = ['zh', 'en', 'ur'].map((id) => {
      const { tag, dir, name } = site.locales.find((other) => other.id === id);
      // The page for addresses that are not there stands for no page of a language.
      const to = type === 'not-found' ? `${id}/` : `${id}/${rest}`;
      return { name, lang: tag, dir, hreflang: tag, current: id === shown ? 'true' : null, href: server.to(to), inSight: true };
    });
    if (JSON.stringify(languages) !== JSON.stringify(expected)) problems.push(`/${path}:\n    ${JSON.stringify(languages)}\n    instead of\n    ${JSON.stringify(expected)}`);
  }
  none(problems, 'language links');
});

test('LG-1 assistive software finds each language by its own name', async () => {
  const made = await context({ js: false });
  const page = await made.newPage();
  await open(page, bestGuide(site, 'en').path);
  for (const { name } of site.locales) assert.equal(await page.getByRole('navigation').getByRole('link', { name, exact: true }).count(), 1, `one link named ${name}`);
  await made.close();
});

test('LG-2 a language link leads to the same page', async () => {
  const made = await context({ js: false });
  const page = await made.newPage();
  const { rest } = bestGuide(site, 'en');
  for (const [from, to] of [['en', 'ur'], ['ur', 'zh'], ['zh', 'en']]) {
    await open(page, `${from}/${rest}`);
    await page.getByRole('link', { name: NAMES[to], exact: true }).click();
    await page.waitForURL(server.to(`${to}/${rest}`));
    assert.equal(await page.locator('html').getAttribute('lang'), site.locales.find(({ id }) => id === to).tag);
  }
  await made.close();
});

test('LG-8 style sheets speak of start and end, not of left and right', () => {
  const sheets = site.files.filter((name) => name.endsWith('.css'));
  assert.ok(sheets.length > 0, 'the site has a style sheet');
  const problems = [];
  for (const name of sheets) {
    const css = site.text(name).replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/"[^"]*"|'[^']*'/g, '""');
    for (const [, property, value] of css.matchAll(/(?:^|[;{\s])(-{0,2}[a-z-]+)\s*:\s*([^;{}]*)(?=[;}])/g)) {
      const say = () => problems.push(`${name} ${property}: ${value.trim()}`);
      if (/^(left|right)$|-(left|right)(-|$)/.test(property)) say();
      if (/^(text-align|text-align-last|float|clear|caption-side)$/.test(property) && /\b(left|right)\b/.test(value)) say();
      if (/^(margin|padding|inset|border-style|border-color|scroll-margin|scroll-padding)$/.test(property)) {
        const values = value.trim().match(/(?:[^\s()]|\([^)]*\))+/g);
        if (values.length === 4 && values[1] !== values[3]) say();
      }
    }
  }
  none(problems, 'properties tied to a side');
});

test('LG-8 in Urdu the checklist stands at the left of the text, else at its right', async () => {
  const pages = kinds(site).filter((page) => page.type === 'guide');
  assert.equal(pages.length, site.locales.length);
  await each(pages, { viewport: WIDE }, async (tab, page) => {
    const box = await inspect(tab, () => {
      const side = (selector) => {
        const { left, right } = document.querySelector(selector).getBoundingClientRect();
        return { left, right };
      };
      return { checklist: side('.checklist'), text: side('.guide > .text'), intro: side('.guide > .intro'), brand: side('.brand a'), languages: side('.languages') };
    });
    const rightToLeft = page.locale === 'ur';
    const order = (start, end) => (rightToLeft ? end.right <= start.left : start.right <= end.left);
    for (const part of ['text', 'intro']) assert.ok(order(box[part], box.checklist), `/${page.path}: .${part} ${JSON.stringify(box[part])} and .checklist ${JSON.stringify(box.checklist)}`);
    assert.ok(order(box.brand, box.languages), `/${page.path}: the name of the site ${JSON.stringify(box.brand)} and the languages ${JSON.stringify(box.languages)}`);
    return [];
  });
});

test('LG-8 in a row of the checklist the box stands before the words', async () => {
  const pages = kinds(site).filter((page) => page.type === 'guide');
  const { results } = await each(pages, { viewport: PHONE }, (tab, page) =>
    inspect(
      tab,
      ({ path, rightToLeft }, { where }) =>
        [...document.querySelectorAll('.item')]
          .filter((item) => {
            const input = item.querySelector('input').getBoundingClientRect();
            const label = item.querySelector('label').getBoundingClientRect();
            return rightToLeft ? input.left < label.right : input.right > label.left;
          })
          .map((item) => `/${path} ${where(item)}`),
      { path: page.path, rightToLeft: page.locale === 'ur' },
    ),
  );
  none(results, 'rows whose box is on the wrong side');
});

test('LG-11 Urdu is neither spaced out nor slanted, Chinese is not slanted, wherever they stand', async () => {
  const pages = await seen();
  none(pages.flatMap(({ path, bent }) => bent.map((element) => `/${path} ${element}`)), 'letters spaced out or slanted');
  none(pages.filter(({ count }) => count.ur === 0 || count.zh === 0).map(({ path }) => `/${path}`), 'pages that do not even name the other languages');
});

test('NU-1 in Urdu numbers and codes run from left to right, in one piece', async () => {
  const numbers = (await seen()).filter(({ locale }) => locale === 'ur').flatMap((page) => page.numbers.map((number) => ({ path: page.path, ...number })));
  assert.ok(numbers.length > 0, 'no Urdu page has a number');
  none(numbers.filter(({ backwards }) => backwards).map(({ path, name }) => `/${path} ${name}`), 'numbers that do not run from left to right');
  none(numbers.filter(({ broken }) => broken).map(({ path, name }) => `/${path} ${name}`), 'numbers broken over lines');
});

test('FO-3 digits of Urdu pages are set in the Latin face', async () => {
  const made = await context();
  const page = await made.newPage();
  await open(page, bestGuide(site, 'ur').path);
  // What is folded is not set.
  await page.evaluate(() => {
    for (const number of document.querySelectorAll('.num')) number.toggleAttribute('data-set', number.checkVisibility({ contentVisibilityAuto: true }) && number.getClientRects().length > 0);
  });
  const client = await made.newCDPSession(page);
  await client.send('DOM.enable');
  await client.send('CSS.enable');
  const { root } = await client.send('DOM.getDocument');
  const { nodeIds } = await client.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: '.num[data-set]' });
  assert.ok(nodeIds.length > 0, 'the page has numbers');
  for (const nodeId of nodeIds.slice(0, 5)) {
    const { fonts } = await client.send('CSS.getPlatformFontsForNode', { nodeId });
    assert.ok(fonts.length > 0 && fonts.every(({ familyName }) => !/nastaliq/i.test(familyName)), `set in ${fonts.map(({ familyName }) => familyName).join(', ')}`);
  }
  const { nodeId } = await client.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'h1' });
  const { fonts } = await client.send('CSS.getPlatformFontsForNode', { nodeId });
  assert.ok(fonts.some(({ familyName }) => /nastaliq/i.test(familyName)), `the heading is set in ${fonts.map(({ familyName }) => familyName).join(', ')}`);
  await made.close();
});
