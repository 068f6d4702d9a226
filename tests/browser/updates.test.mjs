// What hosts, caches and browsers may do to a site that readers keep: a copy stays whole, and opens.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { browser, copyOf, everything, folder, fresh, GUIDE, hosted, text, TYPES, visit } from './editions.mjs';

test('a host that lets caches keep everything for an hour does not keep readers from the new edition', async (t) => {
  const host = await hosted(t);
  const page = await browser(t);
  host.headers = { 'cache-control': 'public, max-age=3600' };
  await visit(page, host);
  host.has = everything('new');
  await visit(page, host);
  assert.equal(await copyOf(page), 'new');
});

/** Another host, with a page at every address. */
const other = createServer((request, response) => {
  const shared = request.url === '/shared' ? { 'access-control-allow-origin': '*' } : {};
  response.writeHead(200, { 'content-type': TYPES['.html'], ...shared }).end('<!doctype html><title>Elsewhere</title>');
});
await new Promise((done) => { other.listen(0, '127.0.0.1', done); });
after(() => other.close());
const elsewhere = `http://127.0.0.1:${other.address().port}`;

/** What a host may answer in place of a file. */
const ANSWERS = {
  503: (response) => response.writeHead(503, { 'content-type': 'text/plain' }).end('busy'),
  'a page to log in': (response) => response.writeHead(200, { 'content-type': TYPES['.html'] }).end('<!doctype html><title>Log in</title>'),
  'half of it': (response) => response.writeHead(200, { 'content-type': TYPES['.html'], 'content-length': 5000 }).write('<!doctype html>', () => response.destroy()) || true,
  'the way to another host that is down': (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/elsewhere' }).end(),
  'the way to another host whose answers scripts cannot read': (response) => response.writeHead(302, { location: `${elsewhere}/` }).end(),
  'the way to another host whose answers all may read': (response) => response.writeHead(302, { location: `${elsewhere}/shared` }).end(),
};
for (const [what, answer] of Object.entries(ANSWERS)) {
  test(`${what} in place of a page, an asset or a list leaves the copy as it was`, async (t) => {
    const host = await hosted(t);
    const page = await browser(t);
    await visit(page, host);
    host.has = everything('new');
    const style = fresh.files.find((name) => /^assets\/site\..*css$/.test(name));
    for (const path of ['/en/general/', '/offline/en.json', '/offline/en/example.json', `/${style}`]) {
      // The page that is open has its own; what the worker asks for meets the answer.
      host.answer = (asked, response, request) => asked === path && request.headers['sec-fetch-dest'] === 'empty' && Boolean(answer(response));
      await visit(page, host, '/en/sources/');
      // Of a page that was open in the new edition the style sheet may be there already.
      if (path !== `/${style}`) assert.equal(await copyOf(page), 'old', path);
      else assert.ok(await copyOf(page));
    }
    host.answer = () => false;
    await visit(page, host, '/en/sources/');
    assert.equal(await copyOf(page), 'new');
  });
}

test('on a host that takes the last slash off addresses pages are kept, and open with and without it', async (t) => {
  const host = await hosted(t);
  const page = await browser(t);
  host.answer = (path, response) => {
    if (path !== '/' && path.endsWith('/')) return response.writeHead(308, { location: path.slice(0, -1) }).end();
    if (/\/[^/.]+$/.test(path)) return response.writeHead(200, { 'content-type': TYPES['.html'] }).end(readFileSync(join(folder, 'old', `${path.slice(1)}/index.html`)));
    return false;
  };
  await visit(page, host);
  assert.equal(await copyOf(page), 'old');
  host.state = 'down';
  for (const path of [GUIDE, GUIDE.slice(0, -1), '/en', '/']) {
    await page.goto(host.origin + path);
    assert.ok(await page.evaluate(() => document.documentElement.dataset.saved), path);
  }
});

test('at the root of a host the front page opens when the network is gone, slow or broken', async (t) => {
  const host = await hosted(t);
  const page = await browser(t);
  await visit(page, host);
  for (const misbehave of [
    () => { host.state = 'down'; },
    () => { host.answer = (path, response) => Boolean(ANSWERS[503](response)); },
    () => { host.answer = (path, response) => { setTimeout(() => ANSWERS[503](response), 8000); return true; }; },
  ]) {
    Object.assign(host, { state: 'up', answer: () => false });
    misbehave();
    await page.goto(`${host.origin}/`, { waitUntil: 'commit' });
    await page.waitForFunction(() => document.documentElement.dataset.saved);
  }
});

test('files that the browser threw away come back at the next visit', async (t) => {
  const host = await hosted(t);
  const page = await browser(t);
  await visit(page, host);
  await page.evaluate(async () => {
    const cache = await caches.open('rahnuma / files');
    for (const key of (await cache.keys()).filter(({ url }) => /general|site\.[^/]*css/.test(url))) await cache.delete(key);
  });
  await visit(page, host);
  assert.equal(await copyOf(page), 'old');
});

test('lines that turn the worker off do so at the first visit', async (t) => {
  const host = await hosted(t);
  const page = await browser(t);
  await visit(page, host);
  const lines = [...text('sw.js').matchAll(/^\/\/ {3}(.*)$/gm)].map(([, code]) => code).join('\n');
  assert.ok(lines.includes('unregister'));
  host.answer = (path, response) => path === '/sw.js' && Boolean(response.writeHead(200, { 'content-type': TYPES['.js'] }).end(lines));
  await page.goto(host.origin + GUIDE);
  await page.waitForFunction(() => window.gone ?? (navigator.serviceWorker.getRegistrations().then(async (all) => { if (!all.length && !(await caches.keys()).length) window.gone = true; }), false), null, { polling: 100 });
  host.state = 'down';
  await assert.rejects(page.goto(`${host.origin}/en/`), /ERR_/);
});
