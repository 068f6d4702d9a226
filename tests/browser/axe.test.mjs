// Accessibility as axe sees it: every kind of page, in every language, in both schemes, on a phone and on a desk.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import { kinds } from './pages.mjs';
import { NARROW, none, PHONE, start, WIDE } from './browser.mjs';

const { site, each } = await start();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const ALL = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
/** The rules that look at colours: all that a scheme can change. */
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** How each page is looked at; small and smallest screens are laid out alike, so each is seen in one scheme. */
const LOOKS = [
  { viewport: NARROW, colorScheme: 'light', rules: ALL },
  { viewport: PHONE, colorScheme: 'dark', rules: ALL },
  { viewport: WIDE, colorScheme: 'dark', rules: COLOURS },
  { viewport: WIDE, colorScheme: 'light', rules: ALL },
];

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

test('AC-1 axe finds nothing at 320, 360 and 1280 px, light or dark', async () => {
  const { results } = await each(kinds(site), {}, async (tab, page) => {
    await tab.evaluate(axe);
    const problems = [];
    for (const { viewport, colorScheme, rules } of LOOKS) {
      await tab.setViewportSize(viewport);
      await tab.emulateMedia({ colorScheme });
      const { tried, found } = await run(tab, rules);
      const look = `/${page.path} at ${viewport.width} px, ${colorScheme}`;
      const expected = rules === ALL ? ['color-contrast', 'html-has-lang', 'page-has-heading-one', 'target-size'] : ['color-contrast'];
      for (const rule of expected) assert.ok(tried.includes(rule), `${look}: axe did not try ${rule}`);
      problems.push(...found.map((problem) => `${look}: ${problem}`));
    }
    return problems;
  });
  none(results, 'findings');
});
