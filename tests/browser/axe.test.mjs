// Accessibility as axe sees it: every kind of page, in every language, in both schemes, on a phone and on a desk.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import { kinds } from './pages.mjs';
import { none, PHONE, start, WIDE } from './browser.mjs';

const { site, each } = await start();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const ALL = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
/** The rules that look at colours: all that a scheme can change. */
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

const run = (tab, runOnly) =>
  tab.evaluate(async (only) => {
    const { violations, passes } = await window.axe.run(document, {
      runOnly: only,
      rules: Array.isArray(only) ? { 'target-size': { enabled: true } } : {},
      resultTypes: ['violations'],
    });
    return {
      tried: [...violations, ...passes].map(({ id }) => id),
      found: violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, html, failureSummary }) => `${id} at ${target.join(' ')}: ${html.slice(0, 120)} ${failureSummary.replace(/\s+/g, ' ')}`),
      ),
    };
  }, runOnly);

for (const viewport of [PHONE, WIDE]) {
  test(`AC-1 axe finds nothing at ${viewport.width} px, light or dark`, async () => {
    const { results } = await each(kinds(site), { viewport, colorScheme: 'light' }, async (tab, page) => {
      await tab.evaluate(axe);
      const light = await run(tab, ALL);
      for (const rule of ['color-contrast', 'html-has-lang', 'page-has-heading-one', 'target-size']) assert.ok(light.tried.includes(rule), `/${page.path}: axe did not try ${rule}`);
      await tab.emulateMedia({ colorScheme: 'dark' });
      const dark = await run(tab, COLOURS);
      assert.ok(dark.tried.includes('color-contrast'), `/${page.path}: axe did not try colours in the dark`);
      await tab.emulateMedia({ colorScheme: 'light' });
      return [...light.found.map((problem) => `/${page.path} ${problem}`), ...dark.found.map((problem) => `/${page.path} in the dark ${problem}`)];
    });
    none(results, 'findings');
  });
}
