// A page of a preview listens for news of itself: it loads anew where what it was made from changed, and shows what is wrong.
(() => {
  'use strict';

  const host = document.querySelector('rahnuma-desk');
  const tree = host?.shadowRoot;
  if (!tree) return;
  const { page, seen } = host.dataset;
  const dialog = tree.querySelector('dialog');
  const bar = tree.querySelector('.bar');
  const counts = tree.querySelector('.counts');
  const show = tree.querySelector('.open');
  const own = tree.querySelector('.own a');

  // The place that a reader looks at: the element with an id nearest above it, and how far below that.
  const MEMORY = `rahnuma-desk:${location.pathname}`;
  const steps = () => [...document.querySelectorAll('main [id], h1[id], h2[id], h3[id]')].filter((it) => it.getClientRects().length > 0);
  const top = (element) => element.getBoundingClientRect().top;
  const nearest = () => steps().filter((it) => top(it) <= 8).at(-1);
  const opened = () => [...document.querySelectorAll('details')];
  const remember = () => {
    const mark = nearest();
    const memory = {
      y: scrollY,
      id: mark?.id ?? '',
      below: mark ? top(mark) : 0,
      open: opened().map((it, at) => [it.id || at, it.open]),
      focus: document.activeElement?.id ?? '',
    };
    try { sessionStorage.setItem(MEMORY, JSON.stringify(memory)); } catch { /* the page begins at its top */ }
  };
  const recall = () => {
    let memory;
    try {
      memory = JSON.parse(sessionStorage.getItem(MEMORY) ?? 'null');
      sessionStorage.removeItem(MEMORY);
    } catch { return; }
    if (!memory) return;
    const all = opened();
    for (const [key, open] of memory.open) {
      const found = typeof key === 'number' ? all[key] : document.getElementById(key);
      if (found?.localName === 'details') found.open = open;
    }
    if (memory.focus) document.getElementById(memory.focus)?.focus({ preventScroll: true });
    const mark = memory.id && document.getElementById(memory.id);
    scrollTo({ top: mark ? scrollY + top(mark) - memory.below : memory.y, behavior: 'instant' });
  };
  const again = () => {
    remember();
    history.scrollRestoration = 'manual';
    location.reload();
  };

  // Errors stand above the last good page until they are mended; who closes them sees that page.
  let told = '';
  const open = () => { if (!dialog.open) dialog.showModal(); };
  const findings = () => new Promise((resolve, reject) => {
    // As a document: pages forbid to make HTML from text.
    const request = new XMLHttpRequest();
    request.open('GET', '/_desk/findings');
    request.responseType = 'document';
    request.onload = () => resolve(request.response?.getElementById('findings'));
    request.onerror = reject;
    request.send();
  });
  const close = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Close' });
  close.onclick = () => dialog.close();
  const state = async ({ errors, warnings }) => {
    if (bar) {
      const some = (count, what) => `${count} ${what}${count === 1 ? '' : 's'}`;
      counts.textContent = `${some(errors, 'error')}, ${some(warnings, 'warning')}`;
      counts.classList.toggle('wrong', errors > 0);
      bar.classList.remove('away');
    }
    if (!bar) return; // the desk, and a page that cannot be made, show everything themselves
    if (!errors) {
      told = '';
      show.hidden = true;
      return dialog.close();
    }
    const section = await findings().catch(() => null);
    if (!section) return;
    const text = section.textContent;
    dialog.replaceChildren(document.adoptNode(section), close);
    show.hidden = false;
    show.onclick = open;
    // What was closed once is not opened again for the same mistakes.
    if (text !== told) open();
    told = text;
  };

  // A browser keeps few connections open: pages that nobody looks at have none, and catch up when they are shown.
  let source;
  const listen = () => {
    if (document.hidden || source) return;
    source = new EventSource(`/_desk/events?page=${encodeURIComponent(page)}&seen=${encodeURIComponent(seen)}`);
    source.addEventListener('reload', again);
    source.addEventListener('state', ({ data }) => state(JSON.parse(data)));
    source.onerror = () => bar?.classList.add('away');
  };
  const rest = () => {
    source?.close();
    source = undefined;
  };
  document.addEventListener('visibilitychange', () => (document.hidden ? rest() : listen()));
  addEventListener('pagehide', rest);
  addEventListener('pageshow', listen);

  // The link to the file leads to the step that is looked at.
  const lines = new Map([...tree.querySelectorAll('li[data-id] a')].map((link) => [link.parentElement.dataset.id, link]));
  const first = own && { href: own.href, textContent: own.textContent };
  const point = () => {
    const above = steps().filter((it) => top(it) <= innerHeight / 3 && lines.has(it.id)).at(-1);
    const link = above && lines.get(above.id);
    Object.assign(own, link ? { href: link.href, textContent: link.title } : first);
  };
  if (own && lines.size) {
    let waiting = false;
    addEventListener('scroll', () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; point(); });
    }, { passive: true });
  }

  // A mark of the picture leads to a row of the list below it, which may be folded.
  const unfold = () => {
    const row = location.hash && document.getElementById(location.hash.slice(1));
    const folded = row && row.closest('details');
    if (folded) folded.open = true;
    row?.scrollIntoView?.({ block: 'nearest' });
  };
  if (!page) addEventListener('hashchange', unfold);

  recall();
  listen();
})();
