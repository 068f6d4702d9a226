// Readers on another day than the build's: what holds on their day is shown, online and from a saved copy, and without a script both
// with their days.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { start } from './browser.mjs';
import { lineTo } from './line.mjs';
import { PROGRAM, needProgram, readSite } from './pages.mjs';
import { serve } from './serve.mjs';
import { comeBack, visitors } from './visitor.mjs';

needProgram();
const folder = mkdtempSync(join(tmpdir(), 'rahnuma-'));
after(() => rmSync(folder, { recursive: true }));
const root = join(folder, 'site');
execFileSync(PROGRAM, ['init', root], { stdio: 'ignore' });
const edit = (name, change) => writeFileSync(join(root, name), change(readFileSync(join(root, name), 'utf8')));
edit('content/policies/sources.yaml', (text) => text.replace('kind: our-notes', 'kind: official'));
const label = '{zh: 标签, en: Label, ur: نام}';
const evidence = '{confidence: official, checked: 2026-11-22, sources: [our-notes]';
const fact = (id, kind, ...readings) =>
  `  - id: ${id}\n    label: ${label}\n    kind: ${kind}\n    risk: low\n    readings:\n${readings.map((each) => `      - ${evidence}, ${each}}\n`).join('')}`;
edit('content/policies/example.yaml', (text) => `${text.trimEnd()}\n${[
  fact('fee', 'money', 'value: {currency: PKR, exact: 200}, until: 2026-11-30', 'value: {currency: PKR, exact: 300}, from: 2026-12-01, until: 2026-12-31', 'value: {currency: PKR, exact: 400}, from: 2027-01-01'),
  fact('in-person', 'yes-no-depends', 'value: {answer: yes}, until: 2026-11-30', 'value: {answer: no}, from: 2026-12-01'),
  fact('min-age', 'duration', 'value: {unit: days, exact: 365}, from: 2026-01-01, until: 2026-11-30', 'value: {unit: days, exact: 30}, from: 2026-12-01, until: 2026-12-31', 'value: unknown, ask: {zh: 请问柜台。, en: Ask at the counter., ur: کاؤنٹر پر پوچھیں۔}, from: 2027-01-01'),
  fact('discount', 'percentage', 'value: {exact: 12}, until: 2026-11-30'),
].join('')}`);
for (const [locale, go] of [['zh', '要本人去柜台。'], ['en', 'You have to go in person.'], ['ur', 'خود جانا ضروری ہے۔']]) {
  edit(`content/guides/example/close-sim.${locale}.md`, (text) => text
    .replace(/^---\n/, '---\ndate_rule: {from: activation, fact: min-age}\n')
    .replace(/\n(- \[ \] .*\{#ask-closure)/, `\n{{ fee }}\n\n[${go}]{fact=in-person is=yes}\n\n{{ min-age }}\n\n{{ discount }}\n\n$1`)
    .replace(/(- \[ \] .*)(?= \{#ask-closure)/, '$1 {{ fee }}'));
}
const out = process.env.TURNS_OUT ?? join(folder, 'public');
execFileSync(PROGRAM, ['build', '--root', root, '--as-of', '2026-11-27', '--output-dir', out], { stdio: 'pipe' });

const site = readSite(out);
const { context, open } = await start(site);
const tab = visitors(context);
const path = (locale) => `${locale}/example/close-sim/`;
const at = (day) => (page) => page.clock.setFixedTime(new Date(`${day}T12:00Z`));
const set = (page, day) => page.clock.setFixedTime(new Date(`${day}T12:00Z`));
/** The step's lines as a reader has them, and which words are struck out. */
const lines = (page) => page.evaluate(() => {
  const step = document.getElementById('counter');
  const scope = step.closest('details, section') ?? step.parentElement;
  const said = (words) => words.textContent.replace(/\s+/g, ' ').trim();
  return { text: [...scope.querySelectorAll('p')].map(said).filter(Boolean), struck: [...scope.querySelectorAll('s')].map(said) };
});
const has = ({ text }, line) => assert.ok(text.includes(line), `“${line}” among ${JSON.stringify(text)}`);

const BEFORE = ['Rs 200 (until 30 Nov 2026; then Rs 300)', 'You have to go in person. (until 30 Nov 2026; then: no)', '365 days (until 30 Nov 2026; then 30 days)', '12% (until 30 Nov 2026; then not found)'];
const AFTER = ['Rs 300 (until 31 Dec 2026; then Rs 400)', 'You have to go in person. (this rule ended on 30 Nov 2026; now: no)', '30 days (until 31 Dec 2026; then not found)', '12% until 30 Nov 2026; not found since'];

test('on the day of the build an announced change shows with its day', async (t) => {
  const { page, made } = await tab(t, {}, at('2026-11-27'));
  await open(page, path('en'));
  const now = await lines(page);
  for (const line of BEFORE) has(now, line);
  assert.deepEqual(now.struck, []);
  assert.deepEqual(made.errors, []);
});

test('on the last day of a rule it still holds, on the next the new one does, and later the one after', async (t) => {
  for (const [day, wanted, struck] of [['2026-11-30', BEFORE, []], ['2026-12-01', AFTER, ['You have to go in person.']], ['2027-02-01', ['Rs 400', AFTER[1], 'not found', AFTER[3]], ['You have to go in person.']]]) {
    const { page, made } = await tab(t, { timezoneId: 'Asia/Karachi' }, at(day));
    await open(page, path('en'));
    const now = await lines(page);
    for (const line of wanted) has(now, line);
    assert.deepEqual(now.struck, struck, day);
    assert.deepEqual(made.errors, []);
  }
});

test('items of the checklist turn as sentences do', async (t) => {
  for (const [day, words] of [['2026-11-27', BEFORE[0]], ['2026-12-01', AFTER[0]]]) {
    const { page } = await tab(t, {}, at(day));
    await open(page, path('en'));
    await page.locator('#item-ask-closure').waitFor({ state: 'attached' });
    const said = await page.locator('[data-item=ask-closure]').first().textContent();
    assert.ok(said.replace(/\s+/g, ' ').includes(words) && said.split('Rs').length === 3, said);
  }
});

test('a page that lies open across the day follows it', async (t) => {
  const { page } = await tab(t, {}, at('2026-11-29'));
  await open(page, path('en'));
  await set(page, '2026-12-02');
  await comeBack(page);
  const now = await lines(page);
  for (const line of AFTER) has(now, line);
});

test('every language says so in its own words', async (t) => {
  for (const [locale, before, after] of [['zh', '（到2026年11月30日为止，之后：', '（这条规定到2026年11月30日为止；现在：'], ['ur', 'تک؛ پھر', 'کو ختم ہوا؛ اب']]) {
    for (const [day, words] of [['2026-11-27', before], ['2026-12-01', after]]) {
      const { page } = await tab(t, {}, at(day));
      await open(page, path(locale));
      const { text } = await lines(page);
      assert.ok(text.some((line) => line.includes(words)), `${words} in ${JSON.stringify(text)}`);
    }
  }
});

/** What a fact's card on the carrier's page says holds, and what at other times, each with its period. */
const card = (page, fact) => page.locator(`#fact-example-${fact}`).evaluate((own) => {
  const said = (reading) => [reading.querySelector('.value'), ...reading.querySelectorAll('.seal > span:has(time):not(:nth-child(2))')].map((part) => part.textContent.replace(/\s+/g, ' ').trim()).join(', ');
  const readings = [...own.querySelectorAll('.readings > .reading')];
  return { now: readings.filter((each) => each.dataset.checked).map(said), other: readings.filter((each) => !each.dataset.checked).map(said) };
});

test('the evidence on the carrier’s page is that of the reader’s day', async (t) => {
  const [first, second, third] = ['Rs 200, Until 30 Nov 2026', 'Rs 300, 1 Dec 2026 to 31 Dec 2026', 'Rs 400, From 1 Jan 2027'];
  for (const [day, js, now, other] of [
    ['2026-11-30', true, [first], [second, third]],
    ['2026-12-01', true, [second], [first, third]],
    ['2027-02-01', true, [third], [first, second]],
    ['2027-02-01', false, [first], [second, third]],
  ]) {
    const { page, made } = await tab(t, { js }, at(day));
    await open(page, 'en/example/');
    assert.deepEqual(await card(page, 'fee'), { now, other }, `${day} ${js}`);
    const ended = await card(page, 'discount');
    assert.deepEqual([ended.now.length, ended.other.length], day > '2026-11-30' && js ? [0, 1] : [1, 0], day);
    assert.ok(await page.locator('#fact-example-fee .seal a[href^=mailto]').count() <= 1);
    assert.deepEqual(made.errors, []);
  }
});

test('without a script both stand there with their days, whatever the day', async (t) => {
  const { page } = await tab(t, { js: false }, at('2027-02-01'));
  await open(page, path('en'));
  const said = await page.locator('main').textContent();
  for (const line of BEFORE) assert.ok(said.replace(/\s+/g, ' ').includes(line), line);
  for (const line of AFTER) assert.ok(!said.includes(line), line);
});

test('the day that counts is reckoned by the rule of the reader’s day', async (t) => {
  for (const [day, due] of [['2026-11-30', '2027-11-20'], ['2026-12-01', '2026-12-20']]) {
    const { page } = await tab(t, {}, at(day));
    await open(page, `${path('en')}#dates`);
    await page.locator('#dates input').fill('2026-11-20');
    await page.locator('#dates input').dispatchEvent('change');
    assert.equal(await page.locator('#dates output time').getAttribute('datetime'), due, day);
  }
  const { page } = await tab(t, {}, at('2027-01-01'));
  await open(page, `${path('en')}#dates`);
  assert.ok(await page.locator('#dates input').isDisabled(), 'nothing is reckoned by a rule that nobody knows');
});

test('a saved copy turns too, without network', async (t) => {
  const server = await serve(out, site.base);
  const line = await lineTo(server.origin);
  const made = await context({ serviceWorkers: 'allow' });
  t.after(async () => {
    await made.close();
    await line.close();
    await server.close();
  });
  const page = await made.newPage();
  await set(page, '2026-11-27');
  await page.goto(line.origin + site.base + path('en'));
  await page.waitForFunction(() => {
    const kept = document.querySelector('.kept');
    return kept && !kept.hidden && !kept.querySelector('button').hidden && /\d/.test(kept.querySelector('span').textContent);
  });
  line.state = 'down';
  await set(page, '2026-12-01');
  await page.goto(line.origin + site.base + path('en'));
  const now = await lines(page);
  for (const words of AFTER) has(now, words);
  assert.ok(await page.locator('html[data-saved]').count(), 'it is the saved copy');
});

test('only pages whose facts change carry more', () => {
  const html = (page) => site.text(page.path === '' || page.path.endsWith('/') ? `${page.path}index.html` : page.path);
  const turning = site.pages.filter((page) => html(page).includes('data-day')).map(({ rest, type }) => rest || type);
  assert.deepEqual([...new Set(turning)].sort(), ['compare/', 'example/', 'example/close-sim/'].filter((rest) => turning.includes(rest)));
  assert.ok(turning.includes('example/close-sim/'));
});
