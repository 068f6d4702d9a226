// A site that is published anew while readers hold copies of it: in whatever order its files arrive, a copy is the old edition or the
// new one, whole.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { arrived, browser, CLASSES, classOf, copyOf, everything, fresh, hosted, old, readOffline, text, visit } from './editions.mjs';

const permutations = (all) => (all.length < 2 ? [all] : all.flatMap((one) => permutations(all.filter((other) => other !== one)).map((rest) => [one, ...rest])));

test('the two editions differ in every class of files', () => {
  const other = old.files.filter((name) => !fresh.files.includes(name) || old.text(name) !== fresh.text(name));
  assert.deepEqual([...new Set(other.map(classOf))].sort(), [...CLASSES].sort());
  for (const name of ['index.html', 'en/index.html', 'en/example/close-sim/index.html']) assert.notEqual(text(name), fresh.text(name), name);
});

for (const order of permutations(CLASSES)) {
  test(`uploaded in the order ${order.join(', ')}, no reader ends with a wrong or mixed copy`, async (t) => {
    const host = await hosted(t);
    const page = await browser(t);
    await visit(page, host);
    assert.equal(await copyOf(page), 'old');
    for (let step = 1; step <= order.length; step++) {
      host.has = arrived(order.slice(0, step));
      await visit(page, host);
      assert.ok(await copyOf(page), `a whole copy after ${order[step - 1]}`);
    }
    assert.equal(await copyOf(page), 'new', 'the visit after the upload repairs everything');
    await readOffline(page, host, 'new');
  });
}

test('whoever comes first while files arrive keeps nothing, or one edition', async (t) => {
  for (let state = 0; state < 16; state++) {
    const host = await hosted(t);
    const page = await browser(t);
    const classes = CLASSES.filter((_, at) => state & (1 << at));
    host.has = arrived(classes);
    await visit(page, host);
    const edition = await copyOf(page);
    if (edition) await readOffline(page, host, edition);
    host.has = everything('new');
    await visit(page, host);
    assert.equal(await copyOf(page), 'new', classes.join());
    await page.context().close();
  }
});

test('files of both editions in any mixture leave the copy as it was', async (t) => {
  const host = await hosted(t);
  const page = await browser(t);
  await visit(page, host);
  for (let round = 0; round < 12; round++) {
    host.has = (name) => (createHash('sha256').update(`${round} ${name}`).digest()[0] & 1 ? 'new' : 'old');
    await visit(page, host);
    assert.ok(await copyOf(page), `round ${round}`);
  }
  host.has = everything('new');
  await visit(page, host);
  assert.equal(await copyOf(page), 'new');
  await readOffline(page, host, 'new');
});
