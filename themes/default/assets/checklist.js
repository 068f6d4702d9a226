// The checklist. Its list is complete HTML; this adds memory, a filter, and ways to hand it on. Nothing leaves the device unless
// the reader sends it. What storage and addresses hold is untrusted: only entries of the right shape and known ids count.
(() => {
  'use strict';

  // ---------- state: { items: { id: { on, at } }, sit: { id: { on, at } } } ----------

  const VERSION = 1;
  const KINDS = ['items', 'sit'];
  const ID = /^[a-z][a-z0-9-]{0,39}$/;
  const LINK = /^#checklist=1:(?!:$)([a-z0-9+-]*):([a-z0-9+-]*)$/;
  const FAR = 2.5e14; // the year 9892: later times would not sort as text

  const empty = () => ({ items: Object.create(null), sit: Object.create(null) });

  const entries = (raw) => {
    const kept = Object.create(null);
    for (const [id, entry] of Object.entries(raw || {})) {
      const at = typeof entry?.at === 'string' ? Date.parse(entry.at) : NaN;
      if (ID.test(id) && typeof entry?.on === 'boolean' && at >= 0 && at < FAR) kept[id] = { on: entry.on, at: new Date(at).toISOString() };
    }
    return kept;
  };

  /** Each entry has its own time, so that tabs merge without losing a tick: the later one wins. */
  const merge = (...states) => {
    const all = empty();
    for (const kind of KINDS) {
      for (const state of states) {
        for (const id in state[kind]) if (!(all[kind][id]?.at >= state[kind][id].at)) all[kind][id] = state[kind][id];
      }
    }
    return all;
  };

  class Store {
    constructor(key, renamed) {
      this.key = key;
      this.noteKey = key.replace(':checklist:', ':begun:');
      this.renamed = renamed;
      this.state = empty();
    }

    /** What is stored; nothing where storage refuses or holds what only a newer page can read. */
    read() {
      let text;
      this.newer = false;
      this.broken = null;
      try {
        text = localStorage.getItem(this.key);
      } catch {
        this.refused = true;
        return null;
      }
      let raw = null;
      try {
        raw = JSON.parse(text);
      } catch {
        this.broken = text;
      }
      if (typeof raw?.v === 'number' && raw.v > VERSION) {
        this.newer = true;
        return null;
      }
      const state = { items: entries(raw?.items), sit: entries(raw?.sit) };
      for (const [old, now] of this.renamed) {
        const entry = state.items[old];
        if (entry && !(state.items[now]?.at >= entry.at)) state.items[now] = entry;
        delete state.items[old];
      }
      return state;
    }

    /** Storage has the last word, unless it has not been taking ours. */
    pull() {
      const stored = this.read();
      if (stored) this.state = this.refused ? merge(this.state, stored) : stored;
    }

    /** Every change reads first: another tab may have ticked since. */
    change(edit) {
      this.pull();
      edit(this.state);
      if (this.newer) return;
      try {
        localStorage.setItem(this.key, JSON.stringify({ v: VERSION, ...this.state }));
        this.refused = false;
        const spare = `${this.key}:broken`;
        if (this.broken !== null && localStorage.getItem(spare) === null) localStorage.setItem(spare, this.broken);
      } catch {
        this.refused = true;
      }
    }

    /** Notes what the home says of a checklist that was begun; pages of other languages add their title. */
    note(done, total, locale, title) {
      const entries = KINDS.flatMap((kind) => Object.values(this.state[kind]));
      try {
        if (!entries.some(({ on }) => on)) return localStorage.removeItem(this.noteKey);
        const last = localStorage.getItem(this.noteKey);
        let titles = {};
        try { titles = JSON.parse(last)?.titles ?? {}; } catch { /* written anew */ }
        const at = entries.map((entry) => entry.at).sort().pop();
        const note = JSON.stringify({ at, done, total, titles: { ...titles, [locale]: title } });
        if (note !== last) localStorage.setItem(this.noteKey, note);
      } catch { /* said where ticks are not saved */ }
      return undefined;
    }

    on(kind, id) {
      return Boolean(this.state[kind][id]?.on);
    }

    /** Later than the entry it replaces, even if the clock was set back, and not before what it is about was written. */
    set(kind, id, on, written = 0) {
      const last = this.state[kind][id];
      this.state[kind][id] = { on, at: new Date(Math.max(Date.now(), written, last ? Date.parse(last.at) + 1 : 0)).toISOString() };
    }
  }

  // ---------- small things ----------

  const words = (element) => element.innerText.replace(/\s+/g, ' ').trim();
  const show = (element, text) => {
    element.textContent = text;
    element.hidden = !text;
  };
  const add = (parent, name, more) => parent.appendChild(Object.assign(document.createElement(name), more));
  const pageAddress = () => location.href.split(/[?#]/)[0];
  /** A day as the date field has it, in local time. */
  const isoDay = (time) => new Date(time - new Date(time).getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  const DAY = 864e5;
  const DATES = {
    done: { day: 'numeric', month: 'short' },
    changed: { dateStyle: 'long', timeZone: 'UTC' },
    chosen: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  };

  /** Lines have at most 75 octets; letters stay whole. */
  const fold = (line) => {
    const encoder = new TextEncoder();
    let folded = '';
    let size = 0;
    for (const letter of line) {
      const octets = encoder.encode(letter).length;
      if (size + octets > 75) {
        folded += '\r\n ';
        size = 1;
      }
      folded += letter;
      size += octets;
    }
    return `${folded}\r\n`;
  };

  /** One event, in local time; the same `uid` replaces it. */
  const calendar = (uid, day, summary, address) => {
    const text = summary.replace(/[\\;,]/g, '\\$&');
    const now = new Date().toISOString();
    return [
      'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//rahnuma//checklist//EN',
      'BEGIN:VEVENT', `UID:${uid}`, `DTSTAMP:${now.replace(/[-:]|\.\d+/g, '')}`, `SEQUENCE:${Math.floor(Date.now() / 6e4)}`,
      `DTSTART:${day.replace(/-/g, '')}T100000`, 'DURATION:PT15M', `SUMMARY:${text}`, `URL:${address}`,
      'BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:PT0S', `DESCRIPTION:${text}`, 'END:VALARM',
      'END:VEVENT', 'END:VCALENDAR',
    ].map(fold).join('');
  };

  // ---------- the element ----------

  class GuideChecklist extends HTMLElement {
    connectedCallback() {
      if (this.store) return;
      Object.assign(this.dataset, { site: document.documentElement.dataset.site, formats: this.closest('[data-formats]').dataset.formats });
      const renamed = (this.dataset.renamed || '').split(' ').filter(Boolean).map((pair) => pair.split(':'));
      this.store = new Store(`${this.dataset.site}:checklist:${this.getAttribute('guide')}`, renamed);
      this.formatters = {};
      this.plurals = new Intl.PluralRules(this.dataset.formats);
      this.numbers = new Intl.NumberFormat(this.dataset.formats);
      this.furnish();
      // The words come in a script of their own; without them the list stays as it stands on the page.
      if (!this.parts.count) return;
      this.listen();
      this.store.pull();
      this.render();
      this.offer();
    }

    /** Puts the controls in place, and in each row the lines that tell what became of it. */
    furnish() {
      // Situations on which nothing depends are not asked for.
      const named = [...document.querySelectorAll('[data-when], [data-unless]')].flatMap(({ dataset: { when, unless } }) => `${when} ${unless}`.split(' '));
      for (const template of this.querySelectorAll('template:not([data-day])')) template.replaceWith(document.importNode(template.content, true));
      this.parts = {};
      for (const part of this.querySelectorAll('[data-part]')) this.parts[part.dataset.part] = part;
      for (const input of this.querySelectorAll('.chips input')) {
        if (named.includes(input.value)) continue;
        input.parentElement.remove();
        this.querySelector(`.leads > [data-when=${input.value}]`)?.remove();
      }
      this.chips = [...this.querySelectorAll('.chips input')];
      if (!this.chips.length) for (const part of this.querySelectorAll('.chips, .leads')) part.remove();
      // A page leads to others, not to itself.
      for (const link of this.querySelectorAll(`.leads .to > [href$="/${this.getAttribute('guide')}/"]`)) link.parentElement.remove();
      for (const lead of this.querySelectorAll('.leads > p')) lead.querySelector('.to')?.replaceChildren(' ', lead.querySelector('.to > a'));
      this.heading = this.querySelector('h2');
      this.heading.tabIndex = -1;
      const { lang, dir } = this.closest('[lang]');
      this.named = { text: words(document.querySelector('h1')), lang, dir };
      this.status = this.querySelector('[role=status]');
      this.bar = this.querySelector('progress');
      this.day = this.querySelector('[type=date]');
      this.rows = [...this.querySelectorAll('.item')].map((row) => {
        const box = row.querySelector('input');
        const id = box.id.slice('item-'.length);
        row.dataset.item = id;
        box.setAttribute('form', 'checklist-boxes');
        const flag = add(row, 'p', { className: 'flag', id: `item-${id}-flag`, hidden: true });
        const done = add(row, 'p', { className: 'done', hidden: true });
        // Conditions leave the screen: a row that is shown applies.
        const about = [...row.querySelectorAll('.hint, .before')].map((part, at) => Object.assign(part, { id: `item-${id}-${at}` }));
        box.setAttribute('aria-describedby', [...about, flag].map((part) => part.id).join(' '));
        return { row, box, id, flag, done, label: row.querySelector('label'), final: Boolean(row.closest('[data-final]')) };
      });
      this.stills = [...this.querySelectorAll('[data-requires]')].map((scope) => {
        const panel = add(scope, 'div', { className: 'still', hidden: true });
        add(panel, 'p');
        add(panel, 'ul', { className: 'links' });
        if ('final' in scope.dataset) add(panel, 'p', { textContent: this.t('risk') });
        const wanted = scope.dataset.requires.split(' ');
        const first = this.rows.filter(({ row, id }) => wanted.includes(id) || wanted.includes(row.closest('.group').id.slice('checklist-'.length)));
        return { panel, first, own: this.rows.filter(({ row }) => scope.contains(row)) };
      });
      this.sheets = [this, ...document.querySelectorAll('.counter, .short')];
      for (const sheet of this.sheets) sheet.classList.add('live');
      this.conditional = [...document.querySelectorAll('[data-when], [data-unless]')];
    }

    listen() {
      this.addEventListener('change', ({ target }) => this.changed(target));
      this.addEventListener('click', ({ target }) => {
        const act = target.closest('[data-act]')?.dataset.act;
        if (act) this[act]();
      });
      const refresh = () => {
        this.store.pull();
        this.render();
      };
      addEventListener('storage', ({ key, newValue }) => {
        // A page of another language that had not seen our note yet may have written over it.
        if (key === this.store.noteKey && newValue && !newValue.includes(`"${document.documentElement.dataset.locale}":`)) refresh();
        if (key !== null && key !== this.store.key) return;
        if (newValue === null) this.store.state = empty();
        refresh();
      });
      // Browsers put their own idea of a box back, and pages come back from the past; storage knows better.
      addEventListener('pageshow', refresh);
      document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && refresh());
      addEventListener('hashchange', () => this.offer());
    }

    // ---------- words ----------

    t(name, values = {}) {
      const shown = (value) => (typeof value === 'number' ? this.numbers.format(value) : value);
      return (this.getAttribute(`data-t-${name}`) || '').replace(/\{(\w+)\}/g, (place, key) => shown(values[key]) ?? place);
    }

    count(name, n) {
      return this.t(`${name}-${this.plurals.select(n)}`, { n }) || this.t(`${name}-other`, { n });
    }

    date(time, style) {
      // Formatters are slow to make, and every ticked row needs one.
      const made = this.formatters;
      made[style] = made[style] || new Intl.DateTimeFormat(this.dataset.formats, DATES[style]);
      return made[style].format(new Date(time)).replace('، ', ' '); // as the page writes Urdu dates
    }

    // ---------- view ----------

    render() {
      this.filter();
      const shown = this.rows.filter(({ row }) => !row.hidden);
      let rewritten = 0;
      for (const line of this.rows) if (this.renderRow(line) && !line.row.hidden) rewritten++;
      const done = shown.filter(({ box }) => box.checked).length;
      const { count, refused, newer, finished } = this.parts;
      show(count, this.t('count', { done, total: shown.length }));
      if (!this.store.newer && !this.store.refused) this.store.note(done, shown.length, document.documentElement.dataset.locale, this.named);
      this.bar.max = shown.length || 1;
      this.bar.value = done;
      show(this.parts.rewritten, rewritten ? this.count('rewritten', rewritten) : '');
      refused.hidden = !this.store.refused;
      newer.hidden = !this.store.newer;
      const final = shown.filter((line) => line.final && line.box.checked);
      finished.hidden = done === 0 || done < shown.length;
      finished.lastElementChild.hidden = final.length === 0;
      for (const still of this.stills) this.renderStill(still);
      this.renderReminder(final);
    }

    /** Shows what applies in the reader's situations; headings without a row go as well. */
    filter() {
      const holds = (id) => this.store.on('sit', id);
      for (const chip of this.chips) chip.checked = holds(chip.value);
      const filtered = this.chips.length === 0 || this.chips.some((chip) => chip.checked);
      for (const sheet of this.sheets) sheet.classList.toggle('filtered', filtered);
      for (const element of this.conditional) {
        const { when, unless } = element.dataset;
        element.hidden = Boolean((when && !when.split(' ').some(holds)) || (unless && unless.split(' ').some(holds)));
      }
      for (const group of this.querySelectorAll('.group')) group.hidden = !group.querySelector('[data-item]:not([hidden])');
    }

    /** Whether the row was rewritten after it was ticked. */
    renderRow({ row, box, id, flag, done }) {
      const entry = this.store.state.items[id];
      const { changed } = row.dataset;
      box.checked = Boolean(entry?.on);
      const stale = box.checked && Boolean(changed) && isoDay(Date.parse(entry.at)) < changed;
      show(done, box.checked ? this.t('done', { date: this.date(entry.at, 'done') }) : '');
      show(flag, stale ? this.t('changed', { date: this.date(changed, 'changed') }) : '');
      return stale;
    }

    renderStill({ panel, first, own }) {
      const ticked = own.some(({ row, box }) => box.checked && !row.hidden);
      const open = ticked ? first.filter(({ row, box }) => !box.checked && !row.hidden) : [];
      const ids = open.map(({ id }) => id).join(' ');
      panel.hidden = !ids;
      // Links that stay keep the focus they may have.
      if (!ids || ids === panel.dataset.open) return;
      panel.dataset.open = ids;
      const list = panel.querySelector('ul');
      panel.querySelector('p').textContent = this.count('open', open.length);
      list.textContent = '';
      for (const { box, label } of open) add(add(list, 'li'), 'a', { href: `#${box.id}`, textContent: words(label) });
    }

    renderReminder(final) {
      this.parts.remind.hidden = final.length === 0;
      if (final.length === 0) return;
      const ticked = Math.max(...final.map(({ id }) => Date.parse(this.store.state.items[id].at)));
      this.proposed = isoDay(Math.max(ticked + this.dataset.remindDays * DAY, Date.now() + DAY));
      if (!this.chosen) this.day.value = this.proposed;
      this.nameDay();
    }

    chosenDay() {
      return /^\d{4}-/.test(this.day.value) ? this.day.value : this.proposed;
    }

    /** The chosen day in words, for calendars that take no file. */
    nameDay() {
      const text = this.date(`${this.chosenDay()}T12:00`, 'chosen');
      this.querySelector('#checklist-remind-day').textContent = text;
      return text;
    }

    announce(...texts) {
      clearTimeout(this.timer);
      this.status.textContent = '';
      this.timer = setTimeout(() => {
        this.status.textContent = texts.join(' ');
      }, 500);
    }

    note(text) {
      const [line, acts] = this.parts.note.children;
      // What was cleared can be put back whatever else is done, until the next change.
      const cleared = this.cleared ? this.t('cleared') : '';
      line.textContent = cleared === text ? text : `${cleared} ${text}`.trim();
      acts.hidden = !this.cleared;
      this.parts.note.hidden = false;
      this.parts.hand.hidden = true;
      this.announce(text);
    }

    // ---------- what the reader does ----------

    change(edit) {
      this.cleared = null;
      this.parts.note.hidden = true;
      this.parts.hand.hidden = true;
      this.store.change(edit);
      this.render();
    }

    changed(input) {
      if (input === this.day) {
        this.chosen = true;
        this.nameDay();
        return;
      }
      const line = this.rows.find(({ box }) => box === input);
      const [kind, id] = line ? ['items', line.id] : ['sit', input.value];
      const { checked } = input; // reading storage first may put the box back
      const written = line?.row.dataset.changed;
      this.change(() => this.store.set(kind, id, checked, written && Date.parse(`${written}T12:00`)));
      const open = checked && line ? this.stills.filter(({ panel, own }) => !panel.hidden && own.includes(line)) : [];
      this.announce(...open.map(({ panel }) => words(panel)), words(this.parts.count));
    }

    clear() {
      const cleared = [];
      this.change((state) => {
        for (const kind of KINDS) {
          for (const [id, entry] of Object.entries(state[kind])) {
            if (!entry.on) continue;
            this.store.set(kind, id, false);
            cleared.push([kind, id, entry, this.store.state[kind][id].at]);
          }
        }
      });
      this.cleared = cleared;
      this.note(this.t('cleared'));
    }

    /** Puts back what was there, with its dates; what has changed since in another tab stays. */
    undo() {
      const cleared = this.cleared || [];
      this.change((state) => {
        for (const [kind, id, entry, at] of cleared) if (state[kind][id]?.at === at) state[kind][id] = entry;
      });
      this.announce(this.t('undone'));
      this.querySelector('[data-act=clear]').focus();
    }

    print() {
      const { dataset } = document.documentElement;
      dataset.print = 'checklist';
      addEventListener('afterprint', () => delete dataset.print, { once: true });
      window.print();
    }

    async share() {
      const sit = this.chips.filter((chip) => chip.checked).map((chip) => chip.value);
      const items = this.rows.filter(({ box }) => box.checked).map(({ id }) => id);
      const url = `${pageAddress()}#checklist=1:${sit.join('+')}:${items.join('+')}`;
      if (navigator.share) {
        try {
          await navigator.share({ url });
          return;
        } catch (error) {
          if (error.name === 'AbortError') return;
        }
      }
      this.hand(url, 'linked');
    }

    copy() {
      const [title, checked, due] = ['h1', '.checked', '.due :not([hidden])'].map((part) => document.querySelector(part)).map((part) => (part ? words(part) : ''));
      const head = [title, pageAddress(), `${checked} ${due}`.trim()].filter(Boolean);
      const lines = this.rows.filter(({ row }) => !row.hidden).map(({ box, label }) => `${box.checked ? '[x]' : '[ ]'} ${words(label)}`);
      this.hand([...head, ...lines].join('\n'), 'copied');
    }

    /** To the clipboard, or where that is refused into a field to copy from. */
    async hand(text, said) {
      try {
        await navigator.clipboard.writeText(text);
        this.note(this.t(said));
      } catch {
        const { note, hand } = this.parts;
        const field = hand.querySelector('textarea');
        note.hidden = !this.cleared;
        hand.hidden = false;
        field.value = text;
        field.focus();
        field.select();
      }
    }

    remind() {
      const guide = this.getAttribute('guide').replace(/\//g, '-');
      const file = calendar(`${guide}-check@${this.dataset.site}`, this.chosenDay(), this.t('event', { title: this.named.text }), pageAddress());
      const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob([file], { type: 'text/calendar;charset=utf-8' })), download: `${guide}.ics` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
      this.note(this.t('reminder', { date: this.nameDay() }));
    }

    reload() {
      location.reload();
    }

    // ---------- a checklist that comes with the address ----------

    /** Only asks: nothing changes before the reader says so. */
    offer() {
      const panel = this.parts.incoming;
      const found = LINK.exec(location.hash);
      panel.hidden = !found;
      if (!found) return;
      const renamed = new Map(this.store.renamed);
      const ids = (list) => [...new Set(list.split('+').filter(Boolean).map((id) => renamed.get(id) || id))];
      const items = ids(found[2]);
      this.incoming = {
        sit: ids(found[1]).filter((id) => this.chips.some((chip) => chip.value === id)),
        items: items.filter((id) => this.rows.some((line) => line.id === id)),
      };
      const { sit, items: ticks } = this.incoming;
      const gone = items.length - ticks.length;
      const [brings, sets, lost] = panel.children;
      const cases = this.chips.filter(({ value }) => sit.includes(value)).map((chip) => words(chip.parentElement));
      // What a link does not bring is not spoken of, unless it brings nothing at all.
      show(brings, ticks.length || !cases.length ? this.count('brings', ticks.length) : '');
      show(sets, cases.length ? this.t('sets', { situations: new Intl.ListFormat(this.dataset.formats).format(cases) }) : '');
      show(lost, gone ? this.count('gone', gone) : '');
      panel.focus(); // the address leads here, as one of a section would
    }

    take() {
      this.change(() => {
        for (const kind of KINDS) for (const id of this.incoming[kind]) if (!this.store.on(kind, id)) this.store.set(kind, id, true);
      });
      this.leave();
      this.announce(words(this.parts.count));
    }

    leave() {
      this.parts.incoming.hidden = true;
      history.replaceState(history.state, '', location.pathname + location.search);
      this.heading.focus();
    }
  }

  customElements.define('guide-checklist', GuideChecklist);
})();
