// Readers in each situation, from the home page to the last tick: what they are asked for first, and what they are never asked for.

import assert from 'node:assert/strict';
import test from 'node:test';
import { none, PHONE, start } from './browser.mjs';
import { choose, look } from './checklists.mjs';

const { site, context, open } = await start();

/** Items that would do harm in a situation, wherever a guide has them. */
const NEVER = {
  lost: ['use-credit', 'destroy-card', 'block-wait'],
  abroad: ['pack-id', 'pack-passport', 'pack-block', 'print-application', 'ask-closure', 'ask-terms', 'get-reference', 'confirm-gone', 'destroy-card', 'use-credit'],
  new: ['pack-id', 'pack-passport', 'print-application', 'ask-closure', 'ask-terms', 'get-reference', 'confirm-gone', 'destroy-card', 'use-credit'],
  deceased: ['move-bank', 'move-chat', 'move-logins', 'empty-wallet', 'close-wallet', 'use-credit', 'count-before', 'pack-id'],
  company: ['pack-id', 'use-credit', 'count-before', 'print-application'],
};

/** What comes first of all in a situation in the guides of carriers. */
const FIRST = { lost: 'block-lost', deceased: 'family-guide' };

async function visit(t, path) {
  const made = await context({ viewport: PHONE });
  t.after(() => made.close());
  const page = await made.newPage();
  await open(page, path);
  return page;
}

/** Ticks what is shown from first to last, as long as something is left. */
async function tickAll(page) {
  await page.evaluate(() => {
    for (let left = 60; left > 0; left -= 1) {
      const next = [...document.querySelectorAll('.item > input:not(:checked)')].find((box) => box.checkVisibility());
      if (!next) return;
      next.click();
    }
  });
  return look(page);
}

const problemsOf = (where, { rows, finished, stills }) => {
  const shown = rows.filter((row) => row.shown);
  return [
    ...(shown.length === 0 ? [`${where}: nothing to do`] : []),
    ...(shown.every(({ on }) => on) && finished ? [] : [`${where}: never done (${shown.filter(({ on }) => !on).map(({ id }) => id)})`]),
    ...stills.map(({ text }) => `${where}: waits for what is not shown: ${text}`),
  ];
};

for (const { id: locale } of site.locales) {
  test(`${locale}: each case of the home page leads to a guide in which everything can be done`, async (t) => {
    const page = await visit(t, `${locale}/`);
    const cases = await page.evaluate(() => [...document.querySelectorAll('#cases .row > a')].map(({ href }) => href));
    assert.ok(cases.length >= 8, `${cases.length} cases`);
    const problems = [];
    for (const href of cases) {
      const { pathname, hash } = new URL(href);
      const own = await visit(t, `${locale}/`);
      await own.locator(`#cases .row > a[href$="${pathname}${hash}"]`).first().click();
      await own.waitForFunction((path) => location.pathname === path && document.querySelector('guide-checklist [data-part=count]'), pathname);
      const take = own.locator('guide-checklist [data-act=take]');
      if (await take.isVisible()) await take.click();
      // Where the whole guide is about the case there is nothing to choose.
      const chosen = (await look(own)).chips.filter(({ on }) => on).map(({ id }) => id);
      const wanted = /^#checklist=1:([a-z0-9+-]+):/.exec(hash)?.[1].split('+') ?? [];
      if (String(chosen) !== String(wanted)) problems.push(`${href}: ${chosen} is chosen`);
      problems.push(...problemsOf(href, await tickAll(own)));
      await own.context().close();
    }
    none(problems, 'cases that do not lead to the end');
  });
}

const guides = site.pages.filter(({ type, locale }) => type === 'guide' && locale === site.locales[0].id);

for (const { path } of guides) {
  test(`/${path}: each situation asks for what fits it, and can be done to the end`, async (t) => {
    const first = await visit(t, path);
    const situations = (await look(first)).chips.map(({ id }) => id);
    assert.ok(situations.length >= 8, `${situations}`);
    const problems = [];
    for (const situation of [null, ...situations]) {
      const page = await visit(t, path);
      if (situation) await choose(page, situation);
      const shown = (await look(page)).rows.filter((row) => row.shown).map(({ id }) => id);
      const wrong = (NEVER[situation] ?? []).filter((id) => shown.includes(id));
      if (wrong.length) problems.push(`${situation}: asks for ${wrong}`);
      if (FIRST[situation] && !shown.slice(0, 2).includes(FIRST[situation])) problems.push(`${situation}: begins with ${shown.slice(0, 2)}`);
      const groups = await page.evaluate(() => [...document.querySelectorAll('.group')].filter((group) => group.checkVisibility() && ![...group.querySelectorAll('.item')].some((item) => item.checkVisibility())).length);
      if (groups) problems.push(`${situation}: ${groups} empty groups`);
      problems.push(...problemsOf(String(situation), await tickAll(page)));
      await page.context().close();
    }
    none(problems, 'situations');
  });
}

test('every guide of a carrier leads to those that help before, instead and afterwards', async () => {
  const problems = [];
  for (const { path } of guides) {
    const html = site.text(`${path}index.html`);
    const locale = path.split('/')[0];
    for (const guide of ['abroad', 'keep-number', 'after-closing', 'check-sims', 'fraud-warnings']) {
      if (!html.includes(`/${locale}/general/${guide}/`)) problems.push(`/${path}: no link to ${guide}`);
    }
  }
  none(problems, 'guides without a link');
});
