// The guide as a reader in a hurry meets it: what stands where on a phone, what is folded and how it opens, three columns on a wide screen.

import assert from 'node:assert/strict';
import test from 'node:test';
import { bestGuide } from './pages.mjs';
import { pdfPages } from './pdf.mjs';
import { inspect, none, PHONE, start, WIDE } from './browser.mjs';

const { site, server, context, open, each } = await start();
const guides = site.pages.filter(({ type }) => ['guide', 'general'].includes(type));
const ofCarriers = guides.filter(({ type }) => type === 'guide');
const best = site.locales.map(({ id }) => bestGuide(site, id));
const html = ({ path }) => site.text(`${path}index.html`);

/** How far down the page something begins, and how high it is. */
const places = (tab, selectors) =>
  inspect(tab, (wanted) => Object.fromEntries(Object.entries(wanted).map(([name, selector]) => {
    const box = [...document.querySelectorAll(selector)].find((element) => element.checkVisibility())?.getBoundingClientRect();
    return [name, box ? { top: Math.round(box.top + scrollY), height: Math.round(box.height) } : null];
  })), selectors);

test('GP-1 on a phone the helpline can be tapped within 1.5 screens, the checklist begins within two', async () => {
  const { results } = await each(ofCarriers, { viewport: PHONE }, async (tab, { path }) => {
    const { tel, contact, checklist, short } = await places(tab, { tel: 'main a[href^="tel:"]', contact: '.short a', checklist: '#checklist', short: '#short' });
    const found = [];
    // An operator without a known number has another way to be reached in its place.
    const call = tel?.top < 1.5 * PHONE.height ? tel : contact;
    if (!(call?.top < 1.5 * PHONE.height)) found.push(`/${path}: the helpline stands ${call?.top} px down`);
    if (!(checklist?.top < 2 * PHONE.height)) found.push(`/${path}: the checklist begins ${checklist?.top} px down`);
    if (!(short?.top < PHONE.height)) found.push(`/${path}: the short version begins ${short?.top} px down`);
    return found;
  });
  none(results, 'what has to come first');
});

test('GP-1 a carrier’s guide as opened has no more than 8 screens of a phone, 10 in Urdu', async () => {
  const { results } = await each(ofCarriers, { viewport: PHONE }, async (tab, { path, locale }) => {
    const screens = (await tab.evaluate(() => document.documentElement.scrollHeight)) / PHONE.height;
    return screens <= (locale === 'ur' ? 10 : 8) ? [] : [`/${path}: ${screens.toFixed(1)} screens`];
  });
  none(results, 'long guides');
});

test('the situations together are at most 220 px high on a phone, each 48 px or more to tap', async () => {
  const { results } = await each(guides, { viewport: PHONE }, (tab, page) =>
    inspect(tab, (path) => {
      const chips = [...document.querySelectorAll('.chips label')];
      if (!chips.length) return [];
      const { height } = document.querySelector('.chips').getBoundingClientRect();
      const low = chips.filter((chip) => chip.getBoundingClientRect().height < 48 || chip.scrollWidth > chip.clientWidth + 1);
      return [...(height > 220 ? [`/${path}: ${Math.round(height)} px`] : []), ...low.map((chip) => `/${path}: “${chip.textContent}” is low or too wide`)];
    }, page.path),
  );
  none(results, 'situations');
});

test('GP-1b what is folded opens for a link, without a script as well', async () => {
  for (const js of [true, false]) {
    const made = await context({ js, viewport: PHONE });
    const page = await made.newPage();
    for (const own of best) {
      const ids = [...html(own).matchAll(/<div class="?prose"? id="?([a-z0-9-]+)/g)].map(([, id]) => id);
      assert.ok(ids.length > 5, `/${own.path} has ${ids.length} folded parts`);
      for (const id of [ids[0], ids.at(-1)]) {
        await page.goto('about:blank');
        await open(page, `${own.path}#${id}`);
        const body = page.locator(`#${id}`);
        assert.ok(await body.isVisible(), `/${own.path}#${id} ${js ? 'with' : 'without'} script`);
        const top = await body.evaluate((element) => element.closest('details').getBoundingClientRect().top);
        assert.ok(top > -4 && top < PHONE.height / 2, `/${own.path}#${id}: its title stands ${top} px down`);
      }
      assert.equal(await page.locator('.fold[open]').count(), 1, 'the others stay folded');
    }
    await made.close();
  }
});

test('GP-1b a link on the page opens what it leads to; the contents fold again', async () => {
  const made = await context({ viewport: PHONE });
  const page = await made.newPage();
  for (const { path } of best) {
    await open(page, path);
    const link = page.locator('.checklist h3 a').first();
    const hash = await link.getAttribute('href');
    await link.click();
    assert.ok(await page.locator(hash).isVisible(), `/${path}${hash}`);
    const contents = page.locator('.crumbs + .contents');
    await contents.locator('summary').click();
    await contents.locator('a').last().click();
    assert.equal(await contents.evaluate((own) => own.open), false);
  }
  await made.close();
});

test('GP-1b find-in-page finds what is folded: a fragment of its text opens it', async () => {
  const made = await context({ viewport: PHONE });
  const page = await made.newPage();
  for (const { path } of best) {
    await open(page, path);
    assert.ok(await page.locator('.fold > [hidden=until-found]').count() > 5, 'the browser may look into them');
    // As the browser does when it has found something.
    const opened = await page.evaluate(() => {
      const body = document.querySelector('.text .fold:not([open]) > .prose');
      body.dispatchEvent(new Event('beforematch', { bubbles: true }));
      return body.parentElement.open;
    });
    assert.ok(opened, `/${path}`);
  }
  await made.close();
});

test('GP-1b on paper everything is open, with and without a script, and afterwards as it was', async () => {
  for (const js of [true, false]) {
    const made = await context({ js });
    const page = await made.newPage();
    for (const { path } of best) {
      await open(page, path);
      const pages = pdfPages(await page.pdf({ preferCSSPageSize: true }));
      const letters = (text) => (text.match(/[\p{L}\p{N}]/gu) ?? []).length;
      pages.forEach((text, at) => assert.ok(letters(text) > 80, `/${path}: page ${at + 1} of ${pages.length} is nearly blank ${js ? 'with' : 'without'} script: ${letters(text)} letters`));
      const folded = await page.evaluate(() => [...document.querySelectorAll('.fold > .prose')].reduce((sum, body) => sum + body.textContent.replace(/\s/g, '').length, 0));
      const all = pages.reduce((sum, text) => sum + text.replace(/\s/g, '').length, 0);
      assert.ok(all > folded, `/${path}: ${all} letters on paper, ${folded} in folded parts alone`);
      if (js) assert.equal(await page.locator('.fold[open]').count(), 0, 'folded again');
    }
    await made.close();
  }
});

test('GP-1 on a wide screen three parts stand side by side, and no column is empty for a screen', async () => {
  const { results } = await each(best, { viewport: WIDE }, (tab, page) =>
    inspect(tab, ([path, screen]) => {
      const box = (selector) => document.querySelector(selector)?.getBoundingClientRect();
      const [contents, intro, checklist, text] = ['.crumbs + .contents nav', '.intro', '.checklist', '.guide > .text'].map(box);
      const found = [];
      const say = (what) => found.push(`/${path}: ${what}`);
      const order = [contents, intro, checklist].map((one) => one.left + one.width / 2);
      if (document.documentElement.dir === 'rtl') order.reverse();
      if (!(order[0] < order[1] && order[1] < order[2])) say(`columns at ${order.map(Math.round)}`);
      if (Math.abs(intro.top - checklist.top) > 60 || Math.abs(contents.top - intro.top) > 60) say('the columns do not begin together');
      if (Math.abs(text.bottom - checklist.bottom) > screen) say(`text ends at ${Math.round(text.bottom)} px, the checklist at ${Math.round(checklist.bottom)} px`);
      if (!document.querySelector('.crumbs + .contents a').checkVisibility()) say('the contents are folded');
      return found;
    }, [page.path, WIDE.height]),
  );
  none(results, 'columns');
});

test('marks of evidence stay with their words, and none is behind what is official', async () => {
  for (const width of [320, 360, 412]) {
    const { results } = await each(best, { viewport: { width, height: 800 } }, (tab, page) =>
      inspect(tab, (path, { where }) => {
        for (const fold of document.querySelectorAll('details')) fold.open = true;
        return [...document.querySelectorAll('main .nb > .mark')].filter((mark) => mark.checkVisibility()).flatMap((mark) => {
          const found = mark.matches('.official') ? [`/${path} ${where(mark)} is official`] : [];
          if (!mark.ariaLabel && !mark.getAttribute('aria-label')) found.push(`/${path} ${where(mark)} has no name`);
          const lines = new Set([...mark.parentElement.getClientRects()].map(({ bottom }) => Math.round(bottom / 12)));
          return lines.size > 1 ? [...found, `/${path} ${where(mark.parentElement)} is parted from its mark at ${innerWidth} px`] : found;
        });
      }, page.path),
    );
    none(results, 'marks');
  }
});

test('a guide of the site weighs no more than 12 KB compressed, 13 in Urdu', async () => {
  // As hosts compress; what Node brings along is another deflate, a few in a hundred larger.
  const { execFileSync } = await import('node:child_process');
  const heavy = ofCarriers.flatMap((page) => {
    const bytes = execFileSync('gzip', ['-9', '-c'], { input: html(page) }).length;
    return bytes <= (page.locale === 'ur' ? 13 : 12) * 1024 ? [] : [`/${page.path}: ${bytes} bytes`];
  });
  none(heavy, 'pages');
  assert.ok(server);
});
