// A static host as strict as a real one may be: the site under its own sub-path, with every security header on.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.woff2': 'font/woff2',
};

/** What reader.md SP-1 and SP-3 ask of a host. */
export const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; " +
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
    "require-trusted-types-for 'script'",
  'referrer-policy': 'no-referrer',
  'permissions-policy':
    'camera=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-write=(self), web-share=(self), screen-wake-lock=(self)',
  'x-content-type-options': 'nosniff',
};

/**
 * Serves `folder` under `base` ('/sim/') on a free port. What is not there gets `404.html` and status 404.
 * With `gzip` it compresses text, as hosts do. One that is `plain` says of a file no more than that it is a year old, as
 * simple hosts do: browsers then take it from their cache for a while without asking. Its clock is an hour late, so that what it sent
 * looks as old as that. Returns `origin`, `root` (the address of the language chooser), `to(path)`
 * and `close()`.
 */
export async function serve(folder, base, { gzip = false, plain = false } = {}) {
  const server = createServer(async (request, response) => {
    const send = (status, type, body, more = {}) => {
      const small = gzip && body && /^text|json|xml/.test(type);
      response.writeHead(status, { ...HEADERS, 'content-type': type, ...(small ? { 'content-encoding': 'gzip' } : {}), ...more });
      response.end(request.method === 'HEAD' ? undefined : small ? gzipSync(body) : body);
    };
    let path;
    try {
      path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    } catch {
      return send(400, TYPES['.txt'], 'bad address');
    }
    // Browsers ask a host for this on their own account; a site under a sub-path has no say in it.
    if (path === '/favicon.ico') return send(204, 'image/x-icon', undefined);
    if (path.startsWith(base)) {
      const file = join(folder, normalize(`/${path.slice(base.length)}`));
      const name = file.endsWith('/') ? join(file, 'index.html') : file;
      try {
        const body = await readFile(name);
        const lasting = path.startsWith(`${base}assets/`);
        const age = plain
          ? { 'last-modified': new Date(Date.now() - 31536e6).toUTCString(), date: new Date(Date.now() - 36e5).toUTCString() }
          : { 'cache-control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache' };
        return send(200, TYPES[extname(name)] ?? 'application/octet-stream', body, age);
      } catch (error) {
        if (error.code === 'EISDIR') return send(301, TYPES['.txt'], '', { location: `${path}/` });
      }
    }
    try {
      send(404, TYPES['.html'], await readFile(join(folder, '404.html')));
    } catch {
      send(404, TYPES['.txt'], 'not found');
    }
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    root: origin + base,
    /** The address of a page of the site: `to('en/jazz/')`. */
    to: (path) => origin + base + path,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
