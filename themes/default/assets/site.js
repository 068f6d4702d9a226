// What a page gains from a script: parts that stand alone, so that one that fails leaves the others as they were.
// All words come from the page; what is stored or stands in the address is not trusted.
(() => {
  'use strict';

  const page = document.documentElement;
  const { site, root, locale, carrier, reviewed, saved } = page.dataset;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Words: a borrowed text has numbers and dates of its own language; in which digits, its tag says.
  const tag = (element) => element.closest('[data-formats]').dataset.formats;
  const number = (element, n, options) => new Intl.NumberFormat(tag(element), options).format(n);
  const words = (element, name, n) => {
    const form = n === undefined ? '' : `-${new Intl.PluralRules(tag(element)).select(n)}`;
    return element.getAttribute(`data-t-${name}${form}`) ?? element.getAttribute(`data-t-${name}-other`) ?? '';
  };
  /** Puts a sentence in an element, text and elements in its places. */
  const write = (element, sentence, values) =>
    element.replaceChildren(...sentence.split(/\{(\w+)\}/).map((part, at) => (at % 2 ? values[part] ?? '' : part)));
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const unpack = (template) => template.content.cloneNode(true);

  // What only scripts show stands in a file for each language (words.html of the theme): it goes where the page is in that language.
  const furnish = () => {
    const createHTML = (html) => html;
    const trusted = window.trustedTypes?.createPolicy('words', { createHTML }) ?? { createHTML };
    for (const [lang, html] of Object.entries(window.wordsOf ?? {})) {
      const box = make('template');
      box.innerHTML = trusted.createHTML(html);
      for (const part of box.content.children) {
        const { of, at, now, ...words } = part.dataset;
        for (const element of all(of)) {
          if (element.closest('[lang]').lang !== lang) continue;
          Object.assign(element.dataset, words);
          if (now === '') element.append(unpack(part));
          else if (at) element.insertAdjacentElement(at, part.cloneNode(true));
        }
      }
    }
  };

  // Storage: some browsers refuse it, and then a page works without.
  /** Nothing stored is '', refused storage undefined. */
  const stored = (key) => {
    try { return localStorage.getItem(`${site}:${key}`) ?? ''; } catch { return undefined; }
  };
  const store = (key, value) => {
    try {
      if (value) localStorage.setItem(`${site}:${key}`, value);
      else localStorage.removeItem(`${site}:${key}`);
    } catch { /* lost with the page */ }
  };

  // Days are counts of days: no time zone and no hour can move one.
  const DAY = 864e5;
  const toCount = (iso) => Date.parse(`${iso}T00:00Z`) / DAY;
  const toIso = (count) => new Date(count * DAY).toISOString().slice(0, 10);
  // A month too short for the day ends it: six months from 31 August is the last of February.
  const after = (iso, amount, unit) => {
    if (unit === 'days' || unit === 'weeks') return toIso(toCount(iso) + amount * (unit === 'weeks' ? 7 : 1));
    const [year, month, day] = iso.split('-').map(Number);
    const target = month - 1 + amount * (unit === 'years' ? 12 : 1);
    const last = new Date(Date.UTC(year, target + 1, 0)).getUTCDate();
    return toIso(Date.UTC(year, target, Math.min(day, last)) / DAY);
  };
  const dayOf = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY;
  // A clock that was never set cannot be behind what stands on the page.
  const today = () => Math.max(dayOf(new Date()), reviewed ? toCount(reviewed) : 0);
  const time = (element, iso) => {
    const format = new Intl.DateTimeFormat(tag(element), { dateStyle: 'medium', timeZone: 'UTC' });
    return make('time', { dateTime: iso, textContent: format.format(toCount(iso) * DAY).replace('، ', ' ') });
  };

  // What holds on the reader's day takes the place before it. Words that were written for what held stay, struck out.
  const turn = () => {
    for (const next of all('template[data-day]')) {
      if (today() < toCount(next.dataset.day)) continue;
      const place = next.previousElementSibling;
      const part = unpack(next);
      part.querySelector('s:empty, .was:empty')?.append(...place.querySelector('.was, s').childNodes);
      place.replaceChildren(part);
      next.remove();
    }
  };

  // Facts grow old although nobody rebuilds the site.
  const freshness = () => {
    const day = today();
    for (const reading of all('[data-checked]:not(.overdue)')) {
      const limit = Number(reading.dataset.reviewDays);
      if (!(day - toCount(reading.dataset.checked) > limit)) continue;
      const warning = make('p', { className: 'stale' });
      const source = reading.closest('[data-t-overdue-other]');
      write(warning, words(source, 'overdue', limit), { n: number(reading, limit) });
      reading.classList.add('overdue');
      reading.querySelector('.seal').before(warning);
    }
    // How many facts of the text are due on which day; most have their evidence elsewhere.
    const count = document.querySelector('[data-due]');
    const due = (count?.dataset.due ?? '').split(' ').map((entry) => entry.split('*'));
    const overdue = due.reduce((sum, [from, facts]) => sum + (day >= toCount(from) ? Number(facts) : 0), 0);
    if (!overdue) return;
    write(count, words(count, 'overdue', overdue), { n: number(count, overdue) });
    count.hidden = false;
  };

  const copyButton = (source, code, several) => {
    const button = make('button', { type: 'button', className: 'quiet' });
    const say = (done, ...label) => {
      button.replaceChildren(...label);
      document.getElementById('status').textContent = done;
    };
    const rest = () => say('', `${words(source, 'copy')} `, make('bdi', { dir: 'ltr', className: several ? '' : 'vh', textContent: code }));
    button.onclick = async () => {
      try { await navigator.clipboard.writeText(code); } catch { return; }
      const done = words(source, 'copied');
      say(done, done);
      setTimeout(rest, 3000);
    };
    rest();
    return button;
  };
  // iPhones refuse such links. A dialler shows the code and waits; codes that act while typed have another form.
  const dialLink = (source, code) =>
    /Android/.test(navigator.userAgent) && /^\*\d+(\*\d+)*#$/.test(code)
      ? [make('a', { href: `tel:${code.replace('#', '%23')}`, textContent: words(source, 'dial') })]
      : [];
  const numbers = () => {
    for (const value of all('.reading[data-checked] > .value')) {
      const found = all('.num', value);
      const source = value.closest('[data-t-copy]');
      const row = make('p', { className: 'acts' });
      for (const each of found) {
        const code = each.textContent.replace(/[^\w*#+-]/g, '');
        const ussd = each.matches('.ussd');
        if (ussd && /[a-z]/i.test(code)) continue; // letters stand for what the reader has to put there
        if (navigator.clipboard) row.append(copyButton(source, code, found.length > 1), ' ');
        if (ussd) row.append(...dialLink(source, code));
      }
      if (row.firstChild) value.after(row);
    }
  };

  // Folded parts open for links, for find-in-page and on paper; browsers that do so themselves find nothing left to do.
  const folds = () => {
    const reveal = (element) => {
      for (let fold = element?.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
    };
    const target = (hash) => document.getElementById(hash.slice(1));
    const arrive = () => {
      const element = target(location.hash);
      if (!element?.closest('details:not([open])')) return;
      reveal(element);
      element.scrollIntoView();
    };
    for (const body of all('.fold > :last-child')) {
      const fold = body.parentElement;
      const set = () => { if (!('onbeforematch' in body) || fold.open) body.removeAttribute('hidden'); else body.setAttribute('hidden', 'until-found'); };
      fold.addEventListener('toggle', set);
      body.addEventListener('beforematch', () => reveal(body));
      set();
    }
    let folded = [];
    addEventListener('beforeprint', () => {
      folded = all('.fold:not([open])');
      for (const fold of folded) {
        fold.open = true;
        fold.lastElementChild.removeAttribute('hidden');
      }
    });
    addEventListener('afterprint', () => { for (const fold of folded) fold.open = false; });
    addEventListener('hashchange', arrive);
    document.addEventListener('click', ({ target: clicked }) => {
      const link = clicked.closest('a[href^="#"]');
      if (!link) return;
      reveal(target(link.hash));
      const list = link.closest('.contents');
      if (list && !wide.matches) list.open = false;
    });
    // A column of its own on wide screens.
    const wide = matchMedia('(min-width: 62rem)');
    const fit = () => { for (const list of all('.contents')) list.open = wide.matches; };
    wide.addEventListener('change', fit);
    fit();
    arrive();
  };

  // The sheet of its own page.
  const application = () => {
    const template = document.querySelector('.application > template');
    if (!template) return;
    template.replaceWith(unpack(template));
    document.querySelector('.application > .acts button').onclick = () => print();
  };

  // The counter card alone on the screen.
  const card = () => {
    const template = document.querySelector('#card > template');
    if (!template || !window.HTMLDialogElement) return;
    template.replaceWith(unpack(template));
    const [open, close] = all('#card > .acts button, #card dialog button');
    const dialog = document.querySelector('#card dialog');
    let lock;
    const awake = async () => {
      try { lock = await navigator.wakeLock?.request('screen'); } catch { /* dims as ever */ }
      if (!dialog.open) lock?.release();
    };
    open.onclick = () => {
      const copy = document.querySelector('#card > .counter').cloneNode(true);
      for (const link of all('a[href^="#"]', copy)) link.replaceWith(...link.childNodes);
      for (const fold of all('.fold', copy)) fold.replaceWith(...fold.lastElementChild.childNodes);
      dialog.querySelector('.counter')?.remove();
      dialog.append(copy);
      dialog.showModal();
      dialog.scrollTop = 0;
      awake();
    };
    close.onclick = () => dialog.close();
    dialog.onclose = () => {
      lock?.release();
      open.focus();
    };
    // The lock ends when another app comes up.
    document.addEventListener('visibilitychange', () => { if (!document.hidden && dialog.open) awake(); });
  };

  // The day that counts, from one that only the reader knows.
  let applyDateRule = () => {};
  const dateRule = () => {
    const section = document.getElementById('dates');
    const template = section?.querySelector('template:not([data-day])');
    if (!template) return;
    template.replaceWith(unpack(template));
    const { asks, rules, situation, chip: named } = section.dataset;
    // The rule of the reader's day; none of one figure, and there is nothing to reckon.
    const rule = () => rules.split(' ').map((each) => each.split('*')).filter(([day]) => !(today() < toCount(day))).pop();
    const [input, forget, answer, older, choice] = ['input', 'button', 'output', '.older', '.choose'].map((name) => section.querySelector(name));
    if (!situation) choice.parentElement.remove();
    const choose = situation && Object.assign(choice, { value: situation, textContent: choice.textContent.replace('{situation}', named) });
    // Who has to wait may set that as the case; the checklist does the rest, once it is there.
    const chip = () => choose && document.querySelector(`.chips [value=${choose.value}]`);
    const offer = (waits) => { if (choose) choose.parentElement.hidden = !waits || (chip()?.checked ?? true); };
    if (choose) {
      choose.onclick = () => {
        chip().click();
        chip().focus();
      };
      document.addEventListener('change', ({ target }) => { if (target === chip()) show(); });
    }
    const key = `date:${asks}`;
    const show = () => {
      const { value: day, validity } = input;
      const [, amount, unit, from] = rule();
      input.disabled = !amount;
      forget.hidden = !day;
      older.hidden = true;
      offer(false);
      if (!amount) return write(answer, '');
      if (!day || !validity.valid) return write(answer, validity.rangeOverflow ? words(section, 'ahead') : '');
      const due = after(day, Number(amount), unit);
      const left = toCount(due) - today();
      const n = Math.abs(left);
      write(answer, left > 0 ? words(section, 'wait', n) : words(section, left ? 'past' : 'today'), { date: time(section, due), n: number(section, n) });
      older.hidden = !from || left <= 0 || day >= from;
      if (!older.hidden) write(older, words(section, 'older'), { date: time(section, from) });
      offer(left > 0);
    };
    // Days pass while a page lies open, and another tab may have forgotten the date.
    applyDateRule = () => {
      const kept = stored(key);
      input.max = toIso(today());
      if (kept !== undefined && kept !== input.value) input.value = kept; // no date is refused by the field itself
      if (!input.validity.valid) input.value = '';
      show();
    };
    input.onchange = () => {
      store(key, input.validity.valid && input.value);
      show();
    };
    forget.onclick = () => {
      input.value = '';
      input.onchange();
      input.focus();
    };
    applyDateRule();
  };

  // Checklists begun, on the home and the carriers' pages: their own pages keep note of titles and counts.
  const BEGUN = `${site}:begun:`;
  const begun = () => {
    let keys = [];
    try { keys = Object.keys(localStorage); } catch { /* refused: nothing was begun */ }
    return keys.filter((key) => key.startsWith(BEGUN)).flatMap((key) => {
      const guide = key.slice(BEGUN.length);
      let note = null;
      try { note = JSON.parse(localStorage.getItem(key)); } catch { /* its own page writes it anew */ }
      const { done, total, at } = note ?? {};
      const titles = Object.entries(note?.titles ?? {}).filter(([, title]) => typeof title?.text === 'string' && title.text);
      const [, title] = titles.find(([id]) => id === locale) ?? titles[0] ?? [];
      const counted = [done, total, total - done].every((n) => Number.isSafeInteger(n) && n >= 0);
      const sound = /^[a-z0-9-]+\/[a-z0-9-]+$/.test(guide) && title && typeof at === 'string' && counted;
      return sound ? [{ guide, done, total, at, title }] : [];
    });
  };
  const checklists = () => {
    const template = document.getElementById('checklists');
    if (!template) return;
    document.querySelector('.checklists')?.remove();
    const found = begun().sort((a, b) => (a.at < b.at ? 1 : -1));
    if (!found.length) return;
    const section = unpack(template);
    const { lang } = template.closest('[lang]');
    section.querySelector('ul').replaceChildren(...found.map(({ guide, done, total, title }) => {
      const link = make('a', { href: `${template.dataset.home}${guide}/#checklist`, textContent: title.text });
      if (title.lang !== lang) Object.assign(link, { lang: `${title.lang}`, dir: title.dir === 'rtl' ? 'rtl' : 'ltr' });
      const note = make('p', { className: 'note' });
      const line = make('li', {});
      line.dataset.checklist = guide;
      line.append(make('p', {}), note);
      line.firstChild.append(link);
      write(note, words(template, 'done'), { done: number(template, done), total: number(template, total) });
      return line;
    }));
    template.after(section);
  };

  const languages = () => {
    document.addEventListener('click', (event) => {
      const link = event.target.closest('.languages a, .choices a');
      if (link) store('lang', link.hreflang);
    });
    // The reader's place goes along; ticks in the address do not.
    const carry = () => {
      const id = location.hash.slice(1);
      for (const link of all('.languages a')) link.hash = /^[\w-]+$/.test(id) && document.getElementById(id) ? id : '';
    };
    addEventListener('hashchange', carry);
    carry();
  };
  const chooser = () => {
    const links = all('.choices a');
    const speaks = (wanted) => links.find((link) => link.hreflang.split('-')[0] === wanted.toLowerCase().split('-')[0]);
    const last = links.find((link) => link.hreflang === stored('lang'));
    const link = last ?? navigator.languages.map(speaks).find(Boolean);
    if (!link) return;
    link.querySelector(last ? '[data-mark=last]' : '[data-mark=device]').hidden = false;
    if (last) link.closest('ul').prepend(link.closest('li'));
  };
  // The page for lost addresses speaks all languages: that of the address comes first.
  const lost = () => {
    const messages = all('.message');
    const own = messages.find((message) => location.pathname.startsWith(message.querySelector('a').pathname));
    if (!own || own === messages[0]) return;
    const rename = (message, name) => {
      const heading = message.querySelector('h1, h2');
      heading.replaceWith(Object.assign(make(name), { id: heading.id, textContent: heading.textContent }));
    };
    rename(messages[0], 'h2');
    rename(own, 'h1');
    messages[0].before(own);
  };

  // The day of a copy, and the day the site was made for: it stands in a file of its own.
  const days = async () => {
    const strip = document.querySelector('.strip');
    if (saved && strip) write(strip.querySelector('.saved'), words(strip, 'copy'), { date: time(strip, saved) });
    const line = document.querySelector('.built');
    if (!line) return;
    try {
      const { day } = await (await fetch(`${root}day.json`, { cache: 'no-cache' })).json();
      write(line, words(line, 'built'), { date: time(line, day) });
      line.hidden = false;
    } catch { /* without network nothing is said */ }
  };

  // Without network: sw.js does the work.
  const worker = navigator.serviceWorker;
  const ask = (to, what, everything) => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    to.postMessage({ what, locale, carrier, everything, page: location.pathname }, [port2]);
  });
  // A page is never replaced under the reader's hands.
  const offerNewer = (reload) => {
    const line = document.querySelector('.newer');
    line.querySelector('button').onclick = reload;
    line.hidden = line.parentElement.hidden = false;
  };
  const watch = (registration) => {
    const look = () => {
      const { waiting, active } = registration;
      if (!waiting || !active) return;
      offerNewer(() => {
        if (waiting.state !== 'installed') return location.reload(); // another tab let it take over
        waiting.addEventListener('statechange', () => { if (waiting.state === 'activated') location.reload(); });
        ask(waiting, 'take over');
      });
    };
    look();
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
  };
  const listPages = (pages) => {
    const section = document.getElementById('saved');
    if (!section) return;
    const items = pages.map(([href, textContent]) => {
      const item = make('li');
      item.append(make('a', { href, textContent }));
      return item;
    });
    section.querySelector('ul').replaceChildren(...items);
    section.querySelector('.none').hidden = items.length > 0;
  };
  // The line at the foot: what is kept, with a button to remove it; or a button to keep it.
  const offline = () => {
    const line = document.querySelector('.kept');
    if (!line || !worker) return;
    const [text, button, whole] = line.children;
    const address = `${root}sw.js`;
    const script = window.trustedTypes?.createPolicy('worker', { createScriptURL: () => address }).createScriptURL('') ?? address;
    const size = (bytes) => {
      const [name, n] = bytes < 1e6 ? ['kb', Math.ceil(bytes / 1e3)] : ['mb', bytes / 1e6];
      return words(line, name).replace('{n}', number(line, n, { maximumFractionDigits: 1 }));
    };
    const label = (sentence, values, name, act) => {
      write(text, sentence, values);
      button.textContent = name;
      button.onclick = act;
      button.hidden = !name;
      whole.hidden = true;
      line.hidden = false;
    };
    let own;
    let looked = 0;

    const offer = async () => {
      try {
        const lists = ['', carrier && `/${carrier}`].filter((part) => part !== undefined);
        const parts = await Promise.all(lists.map(async (part) => (await fetch(`${root}offline/${locale}${part}.json`)).json()));
        const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
        const keep = (said) => label(said, {}, words(line, 'keep').replace('{size}', size(bytes)), async () => {
          store('offline');
          label(words(line, 'saving'), {}, '');
          const kept = await save().catch(() => false);
          if (!kept) keep(words(line, 'failed'));
        });
        keep('');
      } catch { line.hidden = true; }
    };
    const remove = async () => {
      store('offline', 'no');
      const registration = await worker.getRegistration(root);
      if (registration?.active) await ask(registration.active, 'remove');
      await registration?.unregister();
      listPages([]);
      offer();
    };
    /** Whether anything is kept. */
    const show = ({ at, bytes, all: every, was, now, failed }) => {
      if (!at) return false;
      const said = failed ? words(line, 'failed') : words(line, 'kept');
      label(said, { date: time(line, toIso(dayOf(new Date(at)))), size: size(bytes) }, words(line, 'remove'), remove);
      if (every > bytes) {
        whole.textContent = words(line, 'whole').replace('{size}', size(every - bytes));
        whole.onclick = async () => {
          label(words(line, 'saving'), {}, '');
          if (!(await save(true).catch(() => false))) show({ at, bytes, all: every, was, now, failed: true });
        };
        whole.hidden = false;
      }
      const other = page.hasAttribute('data-saved') ? was !== now : now !== (own = own ?? now);
      if (other) offerNewer(() => location.reload());
      return true;
    };
    // Not `ready`: after a removal that still names the worker that was taken back.
    const started = async (registration) => {
      const coming = registration.installing ?? registration.waiting;
      if (!registration.active && coming) {
        await new Promise((resolve) => {
          coming.onstatechange = () => { if (/^(activated|redundant)$/.test(coming.state)) resolve(); };
        });
      }
      return registration.active;
    };
    const save = async (everything) => {
      looked = Date.now();
      const registration = await worker.register(script, { scope: root, updateViaCache: 'none' });
      watch(registration);
      const active = await started(registration);
      const pages = async () => listPages(await ask(active, 'pages'));
      pages();
      const kept = show(await ask(active, 'save', everything));
      pages();
      return kept;
    };
    const begin = async () => {
      const { saveData, effectiveType } = navigator.connection ?? {};
      if (stored('offline') === 'no') return offer();
      if (!saveData && !/2g/.test(effectiveType)) return (await save()) || offer();
      const registration = await worker.getRegistration(root);
      if (!registration?.active || new URL(registration.scope).pathname !== root) return offer();
      listPages(await ask(registration.active, 'pages'));
      return show(await ask(registration.active, 'state')) || offer();
    };
    const later = window.requestIdleCallback ?? setTimeout;
    // A page that is never idle waits two seconds.
    const start = () => later(() => begin().catch(() => {}), { timeout: 2000 });
    if (document.readyState === 'complete') start();
    else addEventListener('load', start);
    // A page may lie open for days.
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && looked && Date.now() - looked > 6e5 && stored('offline') !== 'no') save().catch(() => {});
    });
  };

  const lookAgain = () => {
    turn();
    freshness();
    checklists();
    applyDateRule();
  };
  addEventListener('pageshow', ({ persisted }) => { if (persisted) lookAgain(); });
  addEventListener('storage', lookAgain);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) lookAgain(); });
  for (const part of [furnish, turn, folds, freshness, numbers, card, application, dateRule, checklists, languages, chooser, lost, days, offline]) {
    try { part(); } catch (error) { setTimeout(() => { throw error; }); }
  }
})();
