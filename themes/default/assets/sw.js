// The worker: keeps the pages of a language on the device and serves them when there is no network. The program publishes
// it at the root of the site, because its place is its scope, and beside it one list a language of what to keep:
// offline/zh.json is {"v": version, "bytes": size, "files": [[path, hash of its contents], …]}.
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
  // Several sites may share a host and so its caches. A copy is one cache; the index is written into it last, so that a
  // copy without one is known to be incomplete.
  const OWN = `rahnuma ${root} `;
  const INDEX = `${root}offline/index`;
  const nameOf = (locale, version) => `${OWN}${locale} ${version}`;
  const loosely = { ignoreSearch: true, ignoreVary: true };

  /** Every complete copy, newest first. */
  const copies = async () => {
    const found = [];
    for (const name of await caches.keys()) {
      if (!name.startsWith(OWN)) continue;
      const cache = await caches.open(name);
      const index = await cache.match(INDEX);
      if (index) found.push({ name, cache, ...(await index.json()) });
    }
    return found.sort((a, b) => b.at - a.at);
  };
  const copyOf = async (locale) => (await copies()).find((copy) => copy.locale === locale);

  // ---------- serving ----------

  const fromCopy = async (path) => {
    for (const { cache } of await copies()) {
      const page = (await cache.match(path, loosely)) ?? (await cache.match(`${path}/`, loosely));
      if (page) return page;
    }
    return undefined;
  };
  /** In the language of the address, where that is kept, else in the one kept last. */
  const offlinePage = async (path) => {
    const locale = path.slice(root.length).split('/')[0];
    const all = await copies();
    const copy = all.find((each) => each.locale === locale) ?? all[0];
    return copy?.cache.match(`${root}${copy.locale}/offline/`);
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
    try {
      return await network;
    } catch (error) {
      const instead = await offlinePage(path);
      if (instead) return instead;
      throw error;
    }
  };

  addEventListener('fetch', (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== 'GET' || origin !== location.origin || !pathname.startsWith(root)) return;
    if (request.mode === 'navigate') event.respondWith(page(event, pathname));
    // Their names change with their contents, so any copy of one is the right one.
    else if (pathname.startsWith(`${root}assets/`)) event.respondWith(caches.match(request, loosely).then((copy) => copy ?? fetch(request)));
  });

  // ---------- saving ----------

  let stopped = false;

  const listOf = async (locale) => {
    const response = await fetch(`${root}offline/${locale}.json`, { cache: 'no-cache' });
    if (!response.ok) throw new Error(`no list of pages: ${response.status}`);
    return response.json();
  };
  const titleIn = (html) => {
    const [meta = ''] = /<meta[^>]*og:title[^>]*>/.exec(html) ?? [];
    const [, , quoted, bare] = /content=(?:(["'])(.*?)\1|([^\s>]+))/.exec(meta) ?? [];
    const named = { amp: '&', lt: '<', gt: '>', quot: '"' };
    return (quoted ?? bare ?? '').replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, ten, hex, name) =>
      ten || hex ? String.fromCodePoint(parseInt(ten ?? hex, ten ? 10 : 16)) : named[name] ?? all);
  };
  const today = () => {
    const now = new Date();
    return new Date(now - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  };
  /** A file as it is kept. Pages are marked, so that they can say that they come from a copy. */
  const fetched = async (path) => {
    const lasting = path.startsWith(`${root}assets/`);
    const response = await fetch(path, { cache: lasting ? 'default' : 'no-cache', redirect: 'error' });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    if (!/^text\/html\b/.test(response.headers.get('content-type'))) return response;
    const html = await response.text();
    const headers = new Headers(response.headers);
    headers.delete('content-encoding');
    headers.delete('content-length');
    headers.set('x-title', encodeURIComponent(titleIn(html)));
    return new Response(html.replace('<html', `<html data-saved=${today()}`), { headers });
  };
  const inTurn = async (jobs, work) => {
    const left = [...jobs];
    const one = async () => { while (left.length && !stopped) await work(left.shift()); };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    if (stopped) throw new Error('stopped');
  };
  /** Removes a language's caches but these: what is left of saves that were broken off, and the copy before this. */
  const sweep = async (locale, ...but) => {
    const names = (await caches.keys()).filter((name) => name.startsWith(nameOf(locale, '')) && !but.includes(name));
    await Promise.all(names.map((name) => caches.delete(name)));
  };
  const save = async (locale) => {
    const old = await copyOf(locale);
    const list = await listOf(locale);
    if (old?.v === list.v) return;
    const name = nameOf(locale, list.v);
    await sweep(locale, name, old?.name);
    const cache = await caches.open(name);
    const known = new Map(old?.files);
    await inTurn(list.files, async ([path, hash]) => {
      if (await cache.match(path)) return; // from a save that was broken off
      const same = known.get(path) === hash && (await old.cache.match(path));
      await cache.put(path, same || (await fetched(path)));
    });
    // Published anew meanwhile: pages of two editions must not become one copy.
    if ((await listOf(locale)).v !== list.v) {
      await caches.delete(name);
      return;
    }
    await cache.put(INDEX, new Response(JSON.stringify({ ...list, locale, at: Date.now() })));
    await sweep(locale, name);
  };

  // ---------- talking to pages ----------

  const hashOf = (copy, path) => copy?.files.find(([file]) => file === path)?.[1];
  const state = async (locale, path) => {
    const copy = await copyOf(locale);
    return { at: copy?.at, bytes: copy?.bytes, now: hashOf(copy, path) };
  };
  const saving = new Map();
  const answers = {
    state: async ({ locale, page: path }) => {
      const now = await state(locale, path);
      return { ...now, was: now.now };
    },
    save: async ({ locale, page: path }) => {
      const { now: was } = await state(locale, path);
      // Two tabs that ask wait for one save. One that fails leaves what there was.
      if (!saving.has(locale)) saving.set(locale, save(locale).catch(() => {}).finally(() => saving.delete(locale)));
      await saving.get(locale);
      return { ...(await state(locale, path)), was };
    },
    pages: async ({ locale }) => {
      const { cache, files = [] } = (await copyOf(locale)) ?? {};
      const own = files.map(([path]) => path).filter((path) => path.endsWith('/') && path !== `${root}${locale}/offline/`);
      return Promise.all(own.map(async (path) => {
        const kept = await cache.match(path);
        return [path, decodeURIComponent(kept?.headers.get('x-title') ?? '') || path];
      }));
    },
    remove: async () => {
      stopped = true;
      await Promise.all(saving.values());
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
