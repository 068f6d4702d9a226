// The preview in Chromium: a saved file appears with the reader's place and ticks kept; errors stand above the last good page.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { chromium } from 'playwright-core';
import { PROGRAM, REPOSITORY, needProgram } from './pages.mjs';

needProgram();
const folder = mkdtempSync(join(tmpdir(), 'rahnuma-serve-'));
cpSync(join(REPOSITORY, 'src/source/starter'), folder, { recursive: true });
const preview = spawn(PROGRAM, ['serve', '--root', folder, '--port', '0', '--as-of', '2026-11-22'], { stdio: ['ignore', 'pipe', 'ignore'] });
const { value: address } = await createInterface({ input: preview.stdout })[Symbol.asyncIterator]().next();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
after(async () => {
  await browser.close();
  preview.kill();
  rmSync(folder, { recursive: true, force: true });
});

const GUIDE = join(folder, 'content/guides/example/close-sim.en.md');
const source = readFileSync(GUIDE, 'utf8');
const save = (text) => writeFileSync(GUIDE, text);

const open = async (path, more = {}) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, ...more });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(address + path);
  return { page, errors, context };
};
/** What is on the page anew after a save: the page loads again and marks are gone. */
const mark = (page) => page.evaluate(() => { window.before = true; });
const anew = (page) => page.waitForFunction(() => !window.before && document.readyState === 'complete');

test('a saved guide appears, with the place and the ticks of whoever reads it', async () => {
  const { page, errors, context } = await open('en/example/close-sim/');
  const box = page.locator('guide-checklist input[type=checkbox]').first();
  await box.waitFor();
  await page.evaluate(() => { for (const it of document.querySelectorAll('main details')) it.open = true; });
  await box.check();
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
  // Where a heading stands in the window, before and after.
  const place = () => page.evaluate(() => {
    const all = [...document.querySelectorAll('main [id]')].filter((it) => it.getClientRects().length > 0 && it.getBoundingClientRect().top <= 8);
    return [all.at(-1)?.id, Math.round(all.at(-1)?.getBoundingClientRect().top)];
  });
  const before = await place();
  assert.ok(before[0], 'something stands above');
  await mark(page);
  save(source.replace(/^(## .*)$/m, 'A new line far above.\n\n$1'));
  await anew(page);
  await page.getByText('A new line far above.').waitFor({ state: 'attached' });
  // The place comes back when all of the page is there, which the words do not wait for.
  await page.waitForFunction(([id, top]) => Math.abs(Math.round(document.getElementById(id).getBoundingClientRect().top) - top) <= 2, before);
  assert.equal((await place())[0], before[0]);
  assert.equal(await page.locator('guide-checklist input[type=checkbox]').first().isChecked(), true);
  assert.deepEqual(errors, []);
  save(source);
  await page.waitForFunction(() => !document.body.textContent.includes('A new line far above.'));
  await context.close();
});

test('an error stands above the last good page, with the text, the place and the help, and goes when it is mended', async () => {
  const { page, errors, context } = await open('en/example/close-sim/');
  await mark(page);
  const dialog = page.locator('rahnuma-desk dialog');
  save(source.replace(/\n$/, '\n\nAsk for {{ closing-fees }}.\n'));
  await dialog.waitFor({ state: 'visible' });
  // Half a file may have been read before: what counts is what the whole of it leads to.
  await dialog.getByText('error[unknown-fact]').first().waitFor();
  const text = await dialog.textContent();
  for (const part of ['error[unknown-fact]', 'close-sim.en.md:', 'help: ', 'closing-fee']) assert.ok(text.includes(part), `${part}: ${text}`);
  assert.match(await dialog.locator('a.edit').first().getAttribute('href'), /^vscode:\/\/file\/.*close-sim\.en\.md:\d+:\d+$/);
  assert.equal(await page.evaluate(() => window.before), true, 'the good page stays as it is');
  // Who closes it sees the page, and may open it again.
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.locator('rahnuma-desk button.open').click();
  await dialog.waitFor({ state: 'visible' });
  save(source);
  await dialog.waitFor({ state: 'hidden' });
  await page.locator('rahnuma-desk .counts').getByText('0 errors, 0 warnings', { exact: true }).waitFor({ state: 'attached' });
  assert.deepEqual(errors, []);
  await context.close();
});

test('the desk is there by keyboard, in light and dark, and leads to pages and lines', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page, errors, context } = await open('_desk/', { colorScheme, viewport: { width: 1280, height: 900 } });
    assert.equal(await page.locator('h1').textContent(), 'Desk');
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(paper === 'rgb(255, 255, 255)', colorScheme === 'light', paper);
    const reached = new Set();
    for (let at = 0; at < 40; at++) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate(() => document.activeElement?.closest('section')?.id ?? ''));
    }
    assert.ok(reached.has('guides') && reached.has('facts'), [...reached].join());
    await page.locator('svg a').first().press('Enter');
    assert.ok(await page.locator('tr:target').isVisible());
    await page.locator('.cell.source').last().click();
    await page.waitForURL('**/en/example/close-sim/');
    assert.deepEqual(errors, []);
    await context.close();
  }
});

test('a preview keeps nothing on the device and has no worker', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => { window.refused = event.effectiveDirective; }));
  await page.goto(`${address}en/`);
  await page.waitForFunction(() => window.refused === 'worker-src');
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
  await context.close();
});
