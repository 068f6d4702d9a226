// The worker: keeps pages on the device and serves them when there is no network. The program publishes it at the root of the
// site, because its place is its scope, and beside it lists of what to keep. offline/zh.json is what every reader of Chinese
// needs (home, guides for every carrier, styles, scripts); offline/zh/jazz.json is what those add who opened that carrier:
// {"edition": of the build, "bytes": on the way, "files": [[path, SHA-256 of its bytes], …]}, the first also {"all": bytes of everything}.
//
// All lists of one build name the same edition. A copy is of one edition and complete, or the copy before it stays: whatever a
// host answers while a site is uploaded, in whatever order and from whatever cache, bytes that are not the list's are refused.
//
// To turn it off for good, publish a sw.js of these lines in its place, and leave it there until nobody has the old one:
//
//   addEventListener('install', () => skipWaiting());
//   addEventListener('activate', (event) => event.waitUntil((async () => {
//     const own = `rahnuma ${new URL(registration.scope).pathname} `;
//     for (const name of await caches.keys()) if (name.startsWith(own)) await caches.delete(name);
//     await registration.unregister();
//   })()));
(() => {
  'use strict';

  const root = new URL(registration.scope).pathname;
  const PATIENCE = 3000;
  const AT_ONCE = 4;
  // Several sites may share a host and so its caches. Files are kept under their contents, so that copies share what they have in
  // common; which of them make up the copy of a language stands in one index, and writing that is what exchanges a copy.
  const OWN = `rahnuma ${root} `;
  const FILES = `${OWN}files`;
  const INDEX = `${root}offline/index`;
  const keyOf = (path, hash) => `${path}?${hash}`;
  // Not `caches.open`, which would make what was removed.
  const stored = (key, options) => caches.match(key, { cacheName: FILES, ...options }).catch(() => {});

  /** The copies by language: {edition, carriers, bytes, all, at, files: {path: hash}}. */
  const copies = async () => (await (await stored(INDEX))?.json()) ?? {};
  const newestFirst = (all) => Object.entries(all).sort(([, a], [, b]) => b.at - a.at);

  // ---------- serving ----------

  /** A kept page says so, and from which day it is. */
  const marked = async (response, { at }) => {
    const day = new Date(at - new Date(at).getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
    const html = await response.text();
    return new Response(html.replace('<html', `<html data-saved=${day}`), { headers: response.headers });
  };
  const keptPage = async (copy, path) => {
    const page = copy?.files[path] && (await stored(keyOf(path, copy.files[path])));
    return page && marked(page, copy);
  };
  const fromCopy = async (path) => {
    for (const [, copy] of newestFirst(await copies())) {
      for (const name of [path, `${path}/`, path.replace(/index(\.html)?$/, '')]) {
        const page = await keptPage(copy, name);
        if (page) return page;
      }
    }
    return undefined;
  };
  /** In the language of the address, where that is kept, else in the one kept last. */
  const offlinePage = async (path) => {
    const all = await copies();
    const own = path.slice(root.length).split('/')[0];
    const locale = Object.hasOwn(all, own) ? own : newestFirst(all)[0]?.[0];
    return keptPage(all[locale], `${root}${locale}/offline/`);
  };
  // Where a host does not say how long a page keeps, browsers guess, and would show an old one without saying so: what was
  // sent more than a minute ago comes from their cache, and the host is asked again.
  const isNew = ({ headers }) => !(Date.now() - Date.parse(headers.get('date')) > 6e4);
  const fromNetwork = async (event) => {
    const ahead = await event.preloadResponse;
    return ahead && isNew(ahead) ? ahead : fetch(event.request, { cache: 'no-cache' });
  };
  /** The network's page, unless it fails or is slow and there is a copy. Without a copy the reader waits, as ever. */
  const page = async (event, path) => {
    const network = fromNetwork(event);
    event.waitUntil(network.catch(() => {}));
    const slow = new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
    const first = await Promise.race([network.catch(() => {}), slow]);
    if (first && first.status < 500) return first;
    const copy = await fromCopy(path);
    if (copy) return copy;
    const last = await network.catch(() => {});
    return last && last.status < 500 ? last : (await offlinePage(path)) ?? last ?? Response.error();
  };

  addEventListener('fetch', (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== 'GET' || origin !== location.origin || !pathname.startsWith(root)) return;
    if (request.mode === 'navigate') event.respondWith(page(event, pathname));
    // Their names change with their contents, so any copy of one is the right one.
    else if (pathname.startsWith(`${root}assets/`)) event.respondWith(stored(pathname, { ignoreSearch: true, ignoreVary: true }).then((copy) => copy ?? fetch(request)));
  });

  // ---------- saving ----------

  let stopped = false;

  /** A list; nothing where the site has that carrier no more. */
  const listOf = async (locale, carrier) => {
    const response = await fetch(`${root}offline/${locale}${carrier ? `/${carrier}` : ''}.json`, { cache: 'no-cache' });
    if (carrier && /^4(04|10)$/.test(response.status)) return undefined;
    if (!response.ok) throw new Error(`no list: ${response.status}`);
    return response.json();
  };
  const titleIn = (html) => {
    const [meta = ''] = /<meta[^>]*og:title[^>]*>/.exec(html) ?? [];
    const [, , quoted, bare] = /content=(?:(["'])(.*?)\1|([^\s>]+))/.exec(meta) ?? [];
    const named = { amp: '&', lt: '<', gt: '>', quot: '"' };
    return (quoted ?? bare ?? '').replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, ten, hex, name) =>
      ten || hex ? String.fromCodePoint(parseInt(ten ?? hex, ten ? 10 : 16)) : named[name] ?? all);
  };
  /** A file whose bytes are those of the list, or an error. */
  const verified = async (path, hash, cache) => {
    const response = await fetch(path, { cache, integrity: `sha256-${hash}` });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    const body = await response.arrayBuffer();
    const headers = new Headers(response.headers);
    headers.delete('content-encoding');
    headers.delete('content-length');
    if (path.endsWith('/')) headers.set('x-title', encodeURIComponent(titleIn(new TextDecoder().decode(body))));
    // A new answer: one that came by a redirect could not be shown for an address.
    return new Response(body, { headers });
  };
  /** Assets keep their names for ever: what the page has just loaded need not be fetched again, unless it is damaged. */
  const fetched = (path, hash) =>
    path.startsWith(`${root}assets/`)
      ? verified(path, hash, 'default').catch(() => verified(path, hash, 'reload'))
      : verified(path, hash, 'no-cache');
  const inTurn = async (jobs, work) => {
    const left = [...jobs];
    const one = async () => { while (left.length && !stopped) await work(left.shift()); };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    if (stopped) throw new Error('stopped');
  };
  const pathsIn = async (cache) => (await cache.keys()).map(({ url }) => url.slice(location.origin.length));
  /** Takes away what no copy names, nor these files. */
  const sweep = async (cache, files = {}) => {
    const named = [files, ...Object.values(await copies()).map((copy) => copy.files)].flatMap(Object.entries);
    const used = new Set([INDEX, ...named.map(([path, hash]) => keyOf(path, hash))]);
    await Promise.all((await pathsIn(cache)).filter((path) => !used.has(path)).map((path) => cache.delete(path)));
  };
  const save = async (locale, asked) => {
    const base = await listOf(locale);
    const old = (await copies())[locale];
    // Of the same edition only the lists of carriers that were opened since are asked for.
    const known = old?.edition === base.edition ? old : { carriers: [], bytes: base.bytes, files: Object.fromEntries(base.files) };
    const wanted = [...new Set([...(old?.carriers ?? []), ...asked])].filter((carrier) => !known.carriers.includes(carrier));
    const lists = await Promise.all(wanted.map((carrier) => listOf(locale, carrier)));
    const parts = lists.filter(Boolean);
    if (parts.some(({ edition }) => edition !== base.edition)) throw new Error('lists of two editions');
    const files = { ...known.files, ...Object.fromEntries(parts.flatMap((part) => part.files)) };
    const cache = await caches.open(FILES);
    await sweep(cache, files); // of saves that were broken off
    const there = new Set(await pathsIn(cache));
    const missing = Object.entries(files).filter(([path, hash]) => !there.has(keyOf(path, hash)));
    await inTurn(missing, async ([path, hash]) => cache.put(keyOf(path, hash), await fetched(path, hash)));
    const carriers = [...known.carriers, ...wanted.filter((_, at) => lists[at])];
    const bytes = parts.reduce((sum, part) => sum + part.bytes, known.bytes);
    const copy = { edition: base.edition, carriers, bytes, all: base.all, at: Date.now(), files };
    await cache.put(INDEX, new Response(JSON.stringify({ ...(await copies()), [locale]: copy })));
    await sweep(cache);
    const others = (await caches.keys()).filter((name) => name.startsWith(OWN) && name !== FILES);
    await Promise.all(others.map((name) => caches.delete(name)));
  };

  // ---------- talking to pages ----------

  const state = async (locale, path) => {
    const { at, bytes, all, files } = (await copies())[locale] ?? {};
    return { at, bytes, all, now: files?.[path] };
  };
  // One save at a time. Two tabs that ask for the same wait for one; one that fails leaves what there was.
  let last = Promise.resolve();
  const waiting = new Map();
  const saved = (locale, asked) => {
    const key = [locale, ...asked].join();
    if (!waiting.has(key)) {
      last = last.then(() => (stopped ? undefined : save(locale, asked))).catch(() => {}).finally(() => waiting.delete(key));
      waiting.set(key, last);
    }
    return waiting.get(key);
  };
  const everyCarrier = async () => {
    const response = await fetch(`${root}offline/carriers.json`, { cache: 'no-cache' });
    if (!response.ok) throw new Error(`no carriers: ${response.status}`);
    return response.json();
  };
  const answers = {
    state: async ({ locale, page: path }) => {
      const now = await state(locale, path);
      return { ...now, was: now.now };
    },
    save: async ({ locale, page: path, carrier, everything }) => {
      const { now: was } = await state(locale, path);
      // Without the list of carriers nothing is tried: a copy that is not of everything must not look as if it were.
      const asked = everything ? await everyCarrier().catch(() => {}) : [carrier].filter(Boolean);
      if (asked) await saved(locale, asked);
      const now = await state(locale, path);
      return { ...now, was, failed: everything && !(now.bytes >= now.all) };
    },
    pages: async ({ locale }) => {
      const { files = {} } = (await copies())[locale] ?? {};
      const own = Object.entries(files).filter(([path]) => path.startsWith(`${root}${locale}/`) && path !== `${root}${locale}/offline/`);
      return Promise.all(own.map(async ([path, hash]) => {
        const kept = await stored(keyOf(path, hash));
        return [path, decodeURIComponent(kept?.headers.get('x-title') ?? '') || path];
      }));
    },
    remove: async () => {
      stopped = true;
      await last;
      stopped = false;
      const names = (await caches.keys()).filter((name) => name.startsWith(OWN));
      await Promise.all(names.map((name) => caches.delete(name)));
    },
    'take over': () => skipWaiting(),
  };
  addEventListener('message', (event) => {
    const answer = answers[event.data?.what];
    if (answer) event.waitUntil((async () => event.ports[0]?.postMessage(await answer(event.data)))());
  });

  // A new worker waits until no page of the old one is open, or a reader asks for it. Preloading spares slow phones the
  // time that waking the worker takes.
  addEventListener('activate', (event) => event.waitUntil(registration.navigationPreload?.enable()));
})();
