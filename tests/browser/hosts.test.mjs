// Sites as real servers send them, at the root of a host and below it: headers, pages for what is not there, old addresses, media types,
// compressed files, and what nobody is to read.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { start } from './browser.mjs';
import { PROGRAM, needProgram, readSite } from './pages.mjs';
import { SERVERS, hostedBy, installed, sendsBrotli } from './servers.mjs';

needProgram();
const folder = mkdtempSync(join(tmpdir(), 'rahnuma-'));
// Apache reads files as another user.
chmodSync(folder, 0o755);
after(() => rmSync(folder, { recursive: true }));

const siteFor = (host) => {
  const root = join(folder, host);
  execFileSync(PROGRAM, ['init', root], { stdio: 'ignore' });
  appendFileSync(join(root, 'content/site.yaml'), `\nhost: ${host}\nguide_copies: true\n`);
  execFileSync(PROGRAM, ['register', '--root', root], { stdio: 'ignore' });
  appendFileSync(join(root, 'content/published.yaml'), '  example/old-name: {renamed_to: example/close-sim}\n');
  mkdirSync(join(root, 'content/static'));
  writeFileSync(join(root, 'content/static/form.pdf'), '%PDF-1.4');
  return root;
};

/** The answer to one request, without following anything. */
const ask = (address, headers = {}) =>
  new Promise((resolve, reject) => {
    get(address, { headers, agent: false }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, raw: answer.rawHeaders, bytes: Buffer.concat(parts) }));
    }).once('error', reject);
  });

/** The path that an answer leads to. */
const led = ({ headers }, from) => new URL(headers.location, from).pathname;

const TYPES = {
  'index.html': 'text/html; charset=utf-8',
  'en/manifest.webmanifest': 'application/manifest+json',
  'en/changes/calendar.ics': 'text/calendar; charset=utf-8',
  'en/changes/feed.xml': 'application/xml; charset=utf-8',
  'sitemap.xml': 'application/xml; charset=utf-8',
  'offline/en.json': 'application/json',
  'sw.js': 'text/javascript; charset=utf-8',
  'llms.txt': 'text/plain; charset=utf-8',
  'form.pdf': 'application/pdf',
  'favicon.ico': 'image/vnd.microsoft.icon',
  'en/example/close-sim/example-close-sim.en.htm': 'text/html; charset=utf-8',
};

const SAFETY = {
  'permissions-policy': /camera=\(\)/,
  'referrer-policy': /^no-referrer$/,
  'x-content-type-options': /^nosniff$/,
  'strict-transport-security': /^max-age=31536000$/,
  'content-security-policy': /^default-src 'none'; .*script-src 'self'; .*frame-ancestors 'none'$/,
};

/** Whatever is sent, a page that is not there among it, bears each header once. */
const isSafe = ({ headers, raw }, what) => {
  for (const [name, value] of Object.entries(SAFETY)) {
    assert.match(headers[name] ?? '', value, `${what}: ${name}`);
    assert.equal(raw.filter((own) => own.toLowerCase() === name).length, 1, `${what}: ${name} once`);
  }
  assert.equal(raw.filter((own) => own.toLowerCase() === 'cache-control').length, 1, `${what}: cache-control once`);
};

for (const name of Object.keys(SERVERS)) {
  const skip = installed(name) ? false : `${SERVERS[name].program} is not installed`;
  const root = skip ? '' : siteFor(name);
  for (const base of ['/', '/sim/']) {
    test(`${name} at ${base}`, { skip }, async (t) => {
      const own = mkdtempSync(join(folder, 'host-'));
      chmodSync(own, 0o755);
      const origin = await hostedBy(t, name, { root, base, folder: own });
      const www = join(own, 'www', base);
      const to = (path) => `${origin}${base}${path}`;
      const asset = `assets/${readdirSync(join(www, 'assets')).find((file) => file.endsWith('.css'))}`;

      await t.test('sends every file as what it is, whole', async () => {
        for (const [file, type] of Object.entries({ ...TYPES, [asset]: 'text/css; charset=utf-8' })) {
          const answer = await ask(to(file));
          assert.equal(answer.status, 200, file);
          assert.equal(answer.headers['content-type'], type, file);
          assert.equal(answer.headers['content-encoding'], undefined, file);
          assert.ok(answer.bytes.equals(readFileSync(join(www, file))), file);
          isSafe(answer, file);
        }
      });

      await t.test('says how long each may be kept', async () => {
        const kept = { '': 'no-cache', 'en/example/': 'no-cache', 'offline/en.json': 'no-cache', 'sw.js': 'no-cache', 'day.json': 'no-cache', 'favicon.ico': 'public, max-age=86400', 'icons/icon-192.png': 'public, max-age=86400', [asset]: 'public, max-age=31536000, immutable' };
        for (const [file, expected] of Object.entries(kept)) assert.equal((await ask(to(file))).headers['cache-control'], expected, file);
        const { headers } = await ask(to('en/example/'));
        const again = await ask(to('en/example/'), { 'if-none-match': headers.etag ?? '', 'if-modified-since': headers['last-modified'] ?? '' });
        assert.deepEqual([again.status, again.bytes.length], [304, 0]);
      });

      await t.test('sends text compressed to whoever takes that', async () => {
        for (const file of ['en/example/', 'sw.js', asset, 'offline/en.json', 'en/manifest.webmanifest', 'en/example/close-sim/example-close-sim.en.htm']) {
          const answer = await ask(to(file), { 'accept-encoding': 'gzip, deflate' });
          assert.equal(answer.headers['content-encoding'], 'gzip', file);
          const modern = await ask(to(file), { 'accept-encoding': 'gzip, deflate, br' });
          assert.equal(modern.headers['content-encoding'], sendsBrotli(name) ? 'br' : 'gzip', file);
          assert.match(answer.headers.vary ?? '', /accept-encoding/i, file);
          const whole = readFileSync(join(www, file.endsWith('/') ? `${file}index.html` : file));
          assert.ok(gunzipSync(answer.bytes).equals(whole), file);
          assert.ok(!sendsBrotli(name) || brotliDecompressSync(modern.bytes).equals(whole), file);
          assert.equal(answer.headers['content-type'], (await ask(to(file))).headers['content-type'], file);
          isSafe(answer, file);
        }
        assert.equal((await ask(to('form.pdf'), { 'accept-encoding': 'gzip' })).headers['content-encoding'], undefined);
      });

      await t.test('answers for what is not there in the language of its folder', async () => {
        for (const [path, page] of [['nothing', '404.html'], ['assets/nothing.0123456789.css', '404.html'], ['en/nothing/', 'en/404.html'], ['zh/example/nothing', 'zh/404.html'], ['ur/x.json', 'ur/404.html'], ['en/nothing.svg', 'en/404.html']]) {
          const answer = await ask(to(path), { 'accept-encoding': 'identity' });
          assert.equal(answer.status, 404, path);
          assert.equal(answer.bytes.toString(), readFileSync(join(www, page), 'utf8'), path);
          assert.deepEqual([answer.headers['content-type'], answer.headers['cache-control']], ['text/html; charset=utf-8', 'no-cache'], path);
          isSafe(answer, path);
        }
      });

      await t.test('leads on from old addresses, and to those with a slash', async () => {
        for (const locale of ['en', 'zh', 'ur']) {
          const answer = await ask(to(`${locale}/example/old-name/`));
          assert.deepEqual([answer.status, led(answer, origin)], [301, `${base}${locale}/example/close-sim/`]);
        }
        for (const path of ['en', 'en/example', ...(base === '/' ? [] : [''])]) {
          const address = to(path).replace(/\/$/, '');
          const answer = await ask(address);
          assert.ok([301, 302, 307, 308].includes(answer.status), `${address}: ${answer.status}`);
          assert.equal(led(answer, address), `${new URL(address).pathname}/`);
          assert.equal(new URL(answer.headers.location, address).origin, origin, 'the port is kept');
        }
      });

      await t.test('shows neither the list of the build nor folders', async () => {
        for (const path of ['.rahnuma-manifest', '.rahnuma/x', 'assets/', 'offline/']) {
          const answer = await ask(to(path));
          assert.ok([403, 404].includes(answer.status), `${path}: ${answer.status}`);
          assert.match(answer.bytes.toString(), /<html/, path);
          assert.ok(!answer.bytes.includes('index.html'), path);
        }
      });
    });
  }
}

const able = Object.keys(SERVERS).filter(installed);
const plain = join(folder, 'plain');
execFileSync(PROGRAM, ['init', join(folder, 'starter')], { stdio: 'ignore' });
execFileSync(PROGRAM, ['build', '--root', join(folder, 'starter'), '--as-of', '2026-11-22', '--output-dir', plain], { stdio: 'pipe' });
const { context } = await start(readSite(plain));

test('browsers show every page under the header of each server, and complain of nothing', { skip: able.length === 0 }, async (t) => {
  for (const [name, base] of able.flatMap((name) => [[name, '/'], [name, '/sim/']])) {
    const own = mkdtempSync(join(folder, 'host-'));
    chmodSync(own, 0o755);
    const origin = await hostedBy(t, name, { root: join(folder, name), base, folder: own });
    const pages = readdirSync(join(own, 'www', base), { recursive: true }).filter((file) => /\.html?$/.test(file));
    assert.ok(pages.length > 30 && pages.some((file) => file.endsWith('.htm')), `${pages.length} pages`);
    const made = await context({ serviceWorkers: 'allow' });
    const page = await made.newPage();
    for (const file of pages) {
      const answer = await page.goto(`${origin}${base}${file.replace(/index\.html$/, '')}`, { waitUntil: 'load' });
      assert.ok(answer.ok() || answer.status() === 304, `${name}: ${file} ${answer.status()}`);
    }
    assert.deepEqual(made.errors, [], `${name} at ${base}`);
    await made.close();
  }
});
