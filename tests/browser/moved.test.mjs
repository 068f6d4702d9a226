// Old addresses of guides and carriers that have another name: readers arrive at the step that their link named, and in a site of one
// language its root leads to its only home.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { start } from './browser.mjs';
import { PROGRAM, needProgram, readSite } from './pages.mjs';
import { serve } from './serve.mjs';

needProgram();
const folder = mkdtempSync(join(tmpdir(), 'rahnuma-'));
after(() => rmSync(folder, { recursive: true }));
const run = (name, ...arguments_) => execFileSync(PROGRAM, [...arguments_, '--root', join(folder, name)], { stdio: ['ignore', 'ignore', 'pipe'] });

execFileSync(PROGRAM, ['init', join(folder, 'renamed')], { stdio: 'ignore' });
run('renamed', 'register');
run('renamed', 'rename', 'guide', 'example/close-sim', 'close');
run('renamed', 'rename', 'carrier', 'example', 'sample');
run('renamed', 'rename', 'step', 'sample/close#counter', 'desk');
run('renamed', 'build', '--base-url', 'https://example.org/sim/');
const { context, server } = await start(readSite(join(folder, 'renamed', 'public')));

for (const js of [true, false]) {
  test(`IA-5 an old address leads to the new one, scripts ${js ? 'on: at the step that the link named' : 'off'}`, async () => {
    const made = await context({ js });
    const page = await made.newPage();
    // What stands behind # is kept by a script; without one, the reader is at the head of the page.
    for (const [from, to, step] of [
      ['en/example/close-sim/', 'en/sample/close/'],
      ['ur/example/close/', 'ur/sample/close/'],
      ['en/example/', 'en/sample/'],
      ['en/example/close-sim/#prepare', 'en/sample/close/', 'prepare'],
      ['ur/example/close-sim/#counter', 'ur/sample/close/', 'counter'],
      ['en/example/#facts', 'en/sample/', 'facts'],
    ]) {
      await page.goto('about:blank');
      const before = await page.evaluate(() => history.length);
      await page.goto(server.to(from), { waitUntil: 'commit' });
      const wanted = server.to(to) + (step && js ? `#${step}` : '');
      await page.waitForURL(wanted);
      await page.waitForLoadState();
      if (!step || !js) continue;
      assert.ok(await page.evaluate(() => !!document.querySelector(':target')), `${wanted} names a place of the page`);
      // Who goes back comes to where they were, not to the address that sends them on.
      assert.equal(await page.evaluate(() => history.length), before + 1, from);
    }
    assert.deepEqual(made.errors, []);
    await made.close();
  });
}

test('IA-3 the root of a site in one language leads to its only home', async (t) => {
  execFileSync(PROGRAM, ['init', join(folder, 'one'), '--locales', 'fr', '--title', 'Guide'], { stdio: 'ignore' });
  run('one', 'build', '--base-url', 'https://example.org/sim/');
  const host = await serve(join(folder, 'one', 'public'), '/sim/');
  t.after(host.close);
  for (const js of [true, false]) {
    const made = await context({ js });
    const page = await made.newPage();
    await page.goto(host.root, { waitUntil: 'commit' });
    await page.waitForURL(host.to('fr/'));
    assert.equal(await page.locator('.languages').count(), 0);
    assert.deepEqual(made.errors, []);
    await made.close();
  }
});
