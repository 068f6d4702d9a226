// The home page, the pages of carriers, the comparison and the chooser: what a reader finds there, and where it leads.

import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect, none, PHONE, start, WIDE } from './browser.mjs';
import { kinds } from './pages.mjs';

const { site, server, context, open, each } = await start();
const pagesOf = (type) => site.pages.filter((page) => page.type === type);
const homes = pagesOf('home');
const carriers = pagesOf('carrier');

const visit = async (t, path, options) => {
  const made = await context(options);
  t.after(() => made.close());
  const page = await made.newPage();
  await open(page, path);
  return page;
};

test('the head of every page is one row on a phone: the name of the site, and three languages', async () => {
  const { results } = await each(kinds(site).filter(({ type, locale }) => locale && type !== 'chooser'), {}, async (tab, { path }) => {
    const rows = await tab.evaluate(() => {
      const middle = (element) => { const { top, height } = element.getBoundingClientRect(); return top + height / 2; };
      const parts = [document.querySelector('.brand a'), ...document.querySelectorAll('.languages a')].filter(Boolean);
      return parts.map((part) => Math.round(middle(part)));
    });
    return rows.some((row) => Math.abs(row - rows[0]) > 4) ? [`/${path}: ${rows}`] : [];
  });
  none(results, 'heads of more than a row');
});

test('the home shows carriers, then cases, then guides; what helps to decide stands above them', async () => {
  for (const viewport of [PHONE, WIDE]) {
    const { results } = await each(homes, { viewport }, (tab, { path }) =>
      inspect(tab, (path, { visible }) => {
        const problems = [];
        const parts = ['.decide', '#carriers', '#cases', '#general'].map((name) => document.querySelector(name));
        const tops = parts.map((part) => part?.getBoundingClientRect().top);
        if (tops.some((top, at) => !(top > (tops[at - 1] ?? 0)))) problems.push(`/${path}: in this order: ${tops}`);
        for (const row of document.querySelectorAll('.rows > li')) {
          const [link] = row.querySelectorAll('.row > a');
          const { height } = row.getBoundingClientRect();
          if (!visible(link) || height < 48) problems.push(`/${path}: a row ${height} high`);
        }
        for (const call of document.querySelectorAll('a.call')) {
          const { width, height } = call.getBoundingClientRect();
          const number = call.querySelector('.num').textContent;
          if (call.protocol !== 'tel:' || call.pathname !== number.replace(/-/g, '') || width < 48 || height < 48) problems.push(`/${path}: ${call.href}`);
        }
        const rows = document.querySelectorAll('#carriers .rows > li').length;
        if (rows > 2 && !document.querySelector('a.call')) problems.push(`/${path}: nobody to call`);
        if (document.documentElement.scrollWidth > innerWidth) problems.push(`/${path}: wider than the screen`);
        return problems;
      }, path));
    none(results, `homes at ${viewport.width}`);
  }
});

test('a row leads on wherever it is tapped, also without script; the number in it calls', async (t) => {
  for (const js of [true, false]) {
    for (const { path } of homes) {
      const page = await visit(t, path, { js });
      for (const part of ['#carriers', '#cases']) {
        const row = page.locator(`${part} .row`).first();
        const address = await row.locator('> a').getAttribute('href');
        const { width, height } = await row.boundingBox();
        await row.click({ position: { x: width - 4, y: height - 4 } });
        await page.waitForURL((url) => url.pathname + url.hash === address || url.pathname === address.split('#')[0]);
        await open(page, path);
      }
    }
  }
});

test('a case leads to its guide, which knows the situation', async (t) => {
  const problems = [];
  for (const { path } of homes) {
    const page = await visit(t, path);
    const cases = await page.locator('#cases .row > a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    assert.ok(cases.length > 2, `/${path}`);
    for (const address of cases) {
      const [, situation] = /#checklist=1:([a-z-]+):$/.exec(address) ?? [];
      await page.goto(new URL(address, server.origin).href);
      const known = await page.evaluate((id) => ({ there: document.querySelector('h1') !== null, chip: !id || document.querySelector(`.chips [value="${id}"]`) !== null }), situation);
      if (!known.there || !known.chip) problems.push(`/${path}: ${address}`);
    }
  }
  none(problems, 'cases that lead nowhere');
});

test('what helps to decide is one line until it is opened, on paper whole, and a link leads into it without script', async (t) => {
  const lines = (page) => page.locator('#decision :is(dt, li)').evaluateAll((all) => all.filter((line) => line.checkVisibility({ contentVisibilityAuto: true })).length);
  for (const { path } of [...homes, ...carriers.slice(0, 1)]) {
    const page = await visit(t, path, { js: false });
    assert.equal(await page.locator('.decide').evaluate((details) => details.open), false, path);
    await page.locator('.decide > summary').click();
    assert.ok((await lines(page)) >= 3, path);
    await open(page, path);
    await page.emulateMedia({ media: 'print' });
    assert.ok((await page.locator('#decision').boundingBox())?.height > 40, `/${path} on paper`);
    await page.emulateMedia({ media: 'screen' });
    await page.goto(`${server.to(path)}#decision`);
    assert.ok(await page.locator('#decision').isVisible(), `/${path}#decision`);
  }
});

test('names of carriers in other scripts say which language they are in, and run in its direction', async () => {
  const { results } = await each([...homes, ...carriers], {}, (tab, { path }) =>
    inspect(tab, (path) => {
      const own = document.documentElement.lang;
      const wrong = [...document.querySelectorAll('.also')].filter(({ lang, dir, textContent }) => {
        const arabic = /[\u0600-\u06ff]/.test(textContent);
        return !lang || lang === own || dir !== (arabic ? 'rtl' : 'ltr');
      });
      return wrong.map((name) => `/${path}: ${name.outerHTML}`);
    }, path));
  none(results, 'names without their language');
  const shown = await Promise.all(carriers.map(({ path }) => /class="?also/.test(site.text(`${path}index.html`))));
  assert.ok(shown.filter(Boolean).length > carriers.length / 2, 'most carriers have a name in another script');
});

test('other names are for search: no page shows them, and the carrier’s own page tells search engines', async () => {
  const about = carriers.map(({ path }) => /"about":({[^}]*})/.exec(site.text(`${path}index.html`))?.[1]).map((json) => json && JSON.parse(json));
  assert.ok(about.every((organisation) => organisation?.name), 'every carrier’s page says whom it is about');
  assert.ok(about.some(({ alternateName }) => alternateName?.length > 1), 'and how else it is called');
  const { results } = await each(homes, {}, (tab, { path, locale }) => {
    const own = about.filter((_, at) => carriers[at].locale === locale).flatMap(({ alternateName = [] }) => alternateName);
    return inspect(tab, ([path, names], { text }) => {
      const shown = [...document.querySelectorAll('#carriers .also')].map(text);
      const rows = ` ${[...document.querySelectorAll('#carriers .row')].map(text).join(' ')} `;
      return names.filter((name) => !shown.includes(name) && rows.includes(` ${name} `)).map((name) => `/${path}: ${name}`);
    }, [path, own]);
  });
  none(results, 'names that are for search');
});

test('nobody is sent on to another carrier while the two are merging', async () => {
  const merging = site.pages.filter(({ type, path }) => type === 'carrier' && /class="?status/.test(site.text(`${path}index.html`)));
  assert.ok(merging.length, 'a carrier says what becomes of it');
  const { results } = await each(merging, {}, (tab, { path }) =>
    inspect(tab, (path) => [...document.querySelectorAll('div.status a')].map((link) => `/${path}: ${link.textContent}`), path));
  none(results, 'links to the other one');
});

test('the comparison opens with whom to call, and has one word for what is not known', async () => {
  for (const viewport of [PHONE, WIDE]) {
    const { results } = await each(pagesOf('compare'), { viewport }, (tab, { path }) =>
      inspect(tab, (path, { text }) => {
        const problems = [];
        const [first] = document.querySelectorAll('.compare tbody tr');
        if (first.querySelectorAll('a[href^="tel:"]').length < 2) problems.push(`/${path}: opens with ${text(first)}`);
        const words = new Set([...document.querySelectorAll('.compare .absent')].map(text));
        if (words.size !== 1) problems.push(`/${path}: ${[...words].join(' | ')}`);
        const others = [...document.querySelectorAll('.compare td p:not(.absent)')].filter((cell) => words.has(text(cell)));
        for (const cell of others) problems.push(`/${path}: ${text(cell.parentElement)}`);
        return problems;
      }, path));
    none(results, 'comparisons');
  }
});

test('sources in a list stand apart', async () => {
  const marks = { zh: '、', en: ', ', ur: '، ' };
  const { results } = await each(carriers, {}, (tab, { path, locale }) =>
    inspect(tab, ([path, mark], { text }) => {
      const lists = [...document.querySelectorAll('.cited')].filter((list) => list.querySelectorAll('a').length > 1);
      const wrong = lists.filter((list) => !list.textContent.includes([...list.querySelectorAll('a')].map((link) => link.textContent).join(mark)));
      return wrong.map((list) => `/${path}: ${text(list)}`);
    }, [path, marks[locale]]));
  none(results, 'sources that run together');
});

test('the chooser says what the site is, in each of its languages', async (t) => {
  for (const viewport of [PHONE, WIDE]) {
    const page = await visit(t, '', { viewport });
    const titles = page.locator('h1 > [lang]');
    assert.equal(await titles.count(), site.locales.length);
    for (const { id, tag, dir } of site.locales) {
      const title = page.locator(`h1 > [lang="${tag}"]`);
      assert.ok(await title.isVisible(), id);
      assert.ok((await title.boundingBox()).height > 20, id);
      assert.equal(await title.getAttribute('dir'), dir);
      assert.ok(site.text(`${id}/index.html`).includes(await title.textContent()), id);
    }
  }
});

test('guides for every carrier stand on the home by what they are for, each once', async () => {
  const { results } = await each(homes, {}, (tab, { path }) =>
    inspect(tab, (path) => {
      const links = [...document.querySelectorAll('#general li a')].map(({ pathname }) => pathname);
      const problems = links.filter((link, at) => links.indexOf(link) !== at).map((link) => `/${path}: ${link} twice`);
      if (document.querySelectorAll('.groups h3').length < 2 || links.length < 4) problems.push(`/${path}: no groups`);
      return problems;
    }, path));
  none(results, 'groups of guides');
});
