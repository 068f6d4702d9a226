// Two editions of a small site at the root of a host, a host that has files of either and may misbehave, and readers with copies.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after } from 'node:test';
import { start } from './browser.mjs';
import { PROGRAM, needProgram, readSite } from './pages.mjs';

needProgram();
export const folder = mkdtempSync(join(tmpdir(), 'rahnuma-'));
after(() => rmSync(folder, { recursive: true }));
const root = join(folder, 'site');
execFileSync(PROGRAM, ['init', root], { stdio: 'ignore' });
const build = (edition) => {
  execFileSync(PROGRAM, ['build', '--root', root, '--as-of', '2026-11-22', '--output-dir', join(folder, edition)], { stdio: 'pipe' });
  return readSite(join(folder, edition));
};
// Two editions at the root of a host that differ in every page, in the style sheet and in the worker.
export const old = build('old');
export const text = (name) => readFileSync(join(folder, 'old', name), 'utf8');
const site = join(root, 'content/site.yaml');
writeFileSync(site, readFileSync(site, 'utf8').replace('My guides', 'New guides').replace('我的指南', '新的指南').replace('میری گائیڈز', 'نئی گائیڈز'));
const overriding = (name, change) => {
  const path = join(root, 'themes/default/assets', name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, change(readFileSync(join(import.meta.dirname, '../../themes/default/assets', name), 'utf8')));
};
overriding('site.css', (css) => `${css}\n.wrap { outline-color: rgb(1, 2, 3); }\n`);
overriding('sw.js', (js) => `${js}\n// The new edition.\n`);
export const fresh = build('new');
const EDITIONS = { old, new: fresh };
export const GUIDE = '/en/example/close-sim/';
export const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
export const nameOf = (path) => (path.endsWith('/') ? `${path.slice(1)}index.html` : path.slice(1));
export const CLASSES = ['assets', 'pages', 'lists', 'worker'];
export const classOf = (name) => (name.startsWith('assets/') ? 'assets' : name.startsWith('offline/') ? 'lists' : name === 'sw.js' ? 'worker' : 'pages');
export const everything = (edition) => () => edition;
/** Of each class the edition that has arrived. Old assets stay. */
export const arrived = (classes) => (name) => (classes.includes(classOf(name)) ? 'new' : 'old');

/** A host that can be told which edition of each file it has, and to misbehave: `host.answer(path, response)` comes first. */
export async function hosted(t) {
  const host = { has: everything('old'), answer: () => false, headers: { 'cache-control': 'no-cache' }, state: 'up', log: [] };
  const read = (edition, name) => { try { return readFileSync(join(folder, edition, name)); } catch { return undefined; } };
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://host').pathname;
    host.log.push(path);
    if (host.state === 'down') return request.socket.destroy();
    if (host.answer(path, response, request)) return undefined;
    const name = nameOf(path);
    const body = read(host.has(name), name) ?? (name.startsWith('assets/') ? read('old', name) ?? (host.has(name) === 'new' ? read('new', name) : undefined) : undefined);
    const tag = body && `"${createHash('sha256').update(body).digest('hex')}"`;
    if (!body) return response.writeHead(404, { 'content-type': TYPES['.html'] }).end('not here');
    if (request.headers['if-none-match'] === tag) return response.writeHead(304, { etag: tag }).end();
    return response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'text/plain', etag: tag, ...host.headers }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  host.origin = `http://127.0.0.1:${server.address().port}`;
  t.after(() => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }));
  return host;
}

const { context } = await start(old);
export const browser = async (t) => {
  const made = await context({ serviceWorkers: 'allow' });
  t.after(() => made.close());
  return made.newPage();
};
const save = (page) =>
  page.evaluate(async (carrier) => {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise((resolve) => { port1.onmessage = resolve; });
    active.postMessage({ what: 'save', locale: 'en', carrier, page: location.pathname }, [port2]);
    await answer;
  }, 'example');
/** A reader opens a guide, and all that this visit saves is saved, or not. */
export const visit = async (page, host, path = GUIDE) => {
  await page.goto(host.origin + path);
  await save(page);
  // The page asks for it, too, when it finds the time. From one without a script nothing more comes, and the worker saves in turn.
  await page.goto(`${host.origin}/robots.txt`);
  await save(page);
};
/** The edition of the reader's copy, after a look at all of it; nothing without one. */
export const copyOf = async (page) => {
  const kept = await page.evaluate(async () => {
    const copy = (await (await caches.match('/offline/index'))?.json())?.en;
    if (!copy) return null;
    const cache = await caches.open('rahnuma / files');
    const hash = async (path, listed) => {
      const response = await cache.match(`${path}?${listed}`);
      if (!response) return 'not there';
      if (response.type === 'opaque' || response.redirected) return `${response.type} ${response.redirected}`;
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.arrayBuffer()));
      return btoa(String.fromCharCode(...digest));
    };
    return { ...copy, found: await Promise.all(Object.entries(copy.files).map(async ([path, listed]) => [path, listed, await hash(path, listed)])) };
  });
  if (!kept) return null;
  for (const [path, listed, found] of kept.found) assert.equal(found, listed, path);
  const edition = Object.keys(EDITIONS).find((name) => JSON.parse(EDITIONS[name].text('offline/en.json')).edition === kept.edition);
  assert.ok(edition, `an edition that was published: ${kept.edition}`);
  const lists = ['offline/en.json', 'offline/en/example.json'].map((name) => JSON.parse(EDITIONS[edition].text(name)));
  assert.deepEqual(kept.files, Object.fromEntries(lists.flatMap(({ files }) => files)), `all of the ${edition} edition`);
  return edition;
};
/** What the reader has without network: every page of the copy's edition, with its styles. */
export const readOffline = async (page, host, edition) => {
  host.state = 'down';
  for (const path of [GUIDE, '/en/', '/']) {
    await page.goto(host.origin + path);
    const { title, styled } = await page.evaluate(() => ({ title: document.title, styled: document.styleSheets.length > 0 && [...document.styleSheets].every((sheet) => sheet.cssRules.length > 0) }));
    assert.equal(title, /<title>([^<]*)/.exec(EDITIONS[edition].text(nameOf(path)))[1].replaceAll('&amp;', '&'), path);
    assert.ok(styled, `${path} with its styles`);
  }
  host.state = 'up';
};
