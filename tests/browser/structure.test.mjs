// What every page of the site must be, seen in one visit of all of them: addresses, links, languages, head, evidence, safety.

import assert from 'node:assert/strict';
import test from 'node:test';
import { HEADERS } from './serve.mjs';
import { inspect, NARROW, none, start } from './browser.mjs';

const { site, server, context, open, each } = await start();

/** Visits every page once, whichever test asks first. */
const visited = once(async () => {
  const { results, log, errors } = await each(site.pages, { viewport: NARROW }, async (tab, page, response) => ({
    ...page,
    status: response.status(),
    headers: response.headers(),
    url: tab.url(),
    ...(await inspect(tab, observe)),
  }));
  return { pages: results, log, errors, at: new Map(results.map((page) => [page.path, page])) };
});

function once(make) {
  let made;
  return () => (made ??= make());
}

/** Everything the tests below want to know about a page, in one go. */
function observe(_, { where, text, visible }) {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const meta = (name) => document.querySelector(`meta[name="${name}"], meta[property="${name}"]`)?.content ?? null;

  // Every piece of text a reader may meet: text nodes, attributes that are spoken or shown.
  const texts = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push([walker.currentNode.data, walker.currentNode.parentElement]);
  for (const element of all('*')) {
    for (const name of ['title', 'alt', 'aria-label', 'content', 'placeholder', 'value']) {
      if (element.hasAttribute(name)) texts.push([element.getAttribute(name), element]);
    }
  }
  const having = (pattern) => texts.filter(([words]) => pattern.test(words)).map(([, element]) => where(element));

  // Words in a script of another language than the element says; names in <bdi> belong to no language.
  const foreign = texts
    .filter(([words, element]) => {
      if (element.closest('head, bdi')) return false;
      const language = element.closest('[lang]').lang;
      const han = /\p{Script=Han}/u.test(words) && !/^(zh|ja)\b/.test(language);
      const arabic = /\p{Script=Arabic}/u.test(words.replace(/[،؛؟۔]/g, '')) && !/^(ur|ar|fa|ps|sd)\b/.test(language);
      return han || arabic;
    })
    .map(([, element]) => `${where(element)} is said to be “${element.closest('[lang]').lang}”`);

  const ids = all('[id]').map((element) => element.id);
  const unsafe = all('*').flatMap((element) => {
    const found = [...element.attributes]
      .filter(({ name, value }) => name === 'style' || /^on/.test(name) || /^\s*(javascript|data):/i.test(value))
      .map(({ name, value }) => `${where(element)} has ${name}="${value}"`);
    if (element.localName === 'style') found.push(`${where(element)} is an inline style sheet`);
    if (element.localName === 'script' && !element.src && element.type !== 'application/ld+json') found.push(`${where(element)} is an inline script`);
    return found;
  });

  return {
    width: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
    wide: all('body *').filter((element) => visible(element) && element.getBoundingClientRect().right > innerWidth + 0.5).slice(-1).map(where),
    title: document.title,
    lang: document.documentElement.lang,
    dir: document.documentElement.dir,
    meta: Object.fromEntries(
      ['description', 'viewport', 'robots', 'referrer', 'format-detection', 'og:title', 'og:description', 'og:locale'].map((name) => [name, meta(name)]),
    ),
    policy: document.querySelector('meta[http-equiv="Content-Security-Policy" i]')?.content ?? null,
    policyFirst: !document.querySelector('meta[http-equiv="Content-Security-Policy" i]')?.previousElementSibling?.matches('link, script, style'),
    canonical: all('link[rel="canonical"]').map((link) => link.getAttribute('href')),
    alternates: all('link[rel="alternate"][hreflang]').map((link) => [link.hreflang, link.getAttribute('href')]),
    // What the page itself makes a browser fetch.
    fetched: all('img[src], script[src], iframe[src], source[src], video[src], audio[src], object[data], link[href]')
      .filter((element) => !element.matches('link[rel="canonical"], link[rel="alternate"]'))
      .map((element) => element.src || element.href || element.data),
    ids: ids.filter((id, at) => ids.indexOf(id) === at),
    twice: ids.filter((id, at) => ids.indexOf(id) !== at),
    described: all('[aria-describedby], [aria-labelledby], label[for]').flatMap((element) =>
      [element.getAttribute('aria-describedby'), element.getAttribute('aria-labelledby'), element.htmlFor]
        .flatMap((value) => value?.split(/\s+/) ?? [])
        .filter((id) => id && !document.getElementById(id))
        .map((id) => `${where(element)} refers to #${id}`),
    ),
    links: all('a[href]').map((link) => ({
      href: link.href,
      raw: link.getAttribute('href'),
      name: where(link),
      text: text(link),
      language: link.closest('.languages') !== null,
      source: link.closest('.source-title') !== null,
      hreflang: link.hreflang,
      rel: link.rel,
      target: link.target,
    })),
    headings: all('h1, h2, h3, h4, h5, h6').filter(visible).map((heading) => [Number(heading.localName[1]), where(heading)]),
    skips: all('.skips a').map((link) => link.getAttribute('href')),
    sides: having(/\b(on|to|at) the (left|right)\b|\b(left|right)-hand\b|\b(upper|lower|top|bottom) (left|right)\b|[左右][边侧上下]|(?<!\p{L})(بائیں|دائیں)(?!\p{L})/iu),
    bidi: having(/[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/),
    digits: having(/[\u0660-\u0669\u06F0-\u06F9]/),
    foreign,
    card: all('.spoken').map((line) => [line.lang, line.dir, where(line)]),
    checklist: document.getElementById('checklist') !== null,
    final: document.querySelector('.checklist .final') !== null,
    // What comes before the checklist in the document and warns.
    warned: all('.alert.caution, .alert.warning').some(
      (alert) => text(alert) && alert.compareDocumentPosition(document.getElementById('checklist') ?? document.body) & Node.DOCUMENT_POSITION_FOLLOWING,
    ),
    facts: all('.fact').map((fact) => ({
      name: where(fact),
      id: fact.dataset.fact,
      mail: fact.querySelector('[href^="mailto:"][href*="subject="]')?.getAttribute('href') ?? '',
      change: fact.querySelector('[href*="#change-"]')?.hash.slice(1) ?? '',
      label: text(fact.querySelector('h3') ?? fact),
      conflict: fact.querySelector('.stamp.conflict') !== null,
      readings: all('.reading', fact).map((reading) => ({
        value: text(reading.querySelector('.value') ?? document.createElement('p')),
        dates: all('time', reading).map((time) => [time.dateTime, text(time)]),
        badges: all('.stamp', reading).map((stamp) => [stamp.className, text(stamp)]),
        cited: all('.cited a', reading).map((link) => link.getAttribute('href')),
        // Nobody vouches for these, and the badge says so.
        unsourced: reading.querySelector('.stamp:is(.unknown, .unverified)') !== null,
      })),
    })),
    sources: all('.sources > li').map((source) => ({ id: source.id, name: where(source), seal: text(source.querySelector('.seal') ?? source) })),
    numbers: all('.num').map((number) => ({
      name: where(number),
      tag: number.localName,
      dir: number.getAttribute('dir'),
      tabular: getComputedStyle(number).fontVariantNumeric.includes('tabular-nums'),
    })),
    unsafe,
  };
}

/** Pages that are shown where another one cannot be had; nobody searches for them or goes there. */
const isStopgap = (page) => ['not-found', 'offline', 'application'].includes(page.type);
const isReached = (page) => page.type !== 'chooser' && !isStopgap(page);
const inside = (href) => href.startsWith(server.root);
/** Page and anchor of an address of the site: `['en/jazz/', 'facts']`. */
const parts = (href) => {
  const [path, anchor] = href.slice(server.root.length).split('#');
  return [path, anchor === undefined ? null : decodeURIComponent(anchor)];
};
const named = (page) => `/${page.path}`;

test('IA-1 every page has the same address in every language and is the same page there', async () => {
  const { pages, at } = await visited();
  const problems = [];
  for (const page of pages) {
    if (page.status !== 200) problems.push(`${named(page)} answers ${page.status}`);
    if (page.url !== server.to(page.path)) problems.push(`${named(page)} leads to ${page.url}`);
    if (!/^[a-z0-9/.-]*$/.test(page.path)) problems.push(`${named(page)} has more than a-z, 0-9 and hyphens in its address`);
    if (!page.locale) continue;
    const { tag, dir } = site.locales.find(({ id }) => id === page.locale);
    if (page.lang !== tag || page.dir !== dir) problems.push(`${named(page)} says lang="${page.lang}" dir="${page.dir}"`);
    for (const { id } of site.locales) {
      const twin = at.get(`${id}/${page.rest}`);
      if (!twin) problems.push(`${named(page)} is missing in ${id}`);
      else if (twin.type !== page.type) problems.push(`${named(page)} is a ${page.type} page, in ${id} a ${twin.type} page`);
    }
  }
  none(problems, 'addresses that differ between languages');
  assert.deepEqual(new Set(site.locales.map(({ id }) => id)), new Set(['zh', 'en', 'ur']));
});

test('IA-2 from each home every page is at most three clicks away', async () => {
  const { pages, at } = await visited();
  const problems = [];
  for (const { id } of site.locales) {
    const clicks = new Map([[`${id}/`, 0]]);
    for (const [path, far] of clicks) {
      for (const { href } of at.get(path)?.links ?? []) {
        if (!inside(href)) continue;
        const [next] = parts(href);
        if (!clicks.has(next)) clicks.set(next, far + 1);
      }
    }
    for (const page of pages.filter(isReached)) {
      const far = clicks.get(page.path);
      if (far === undefined || far > 3) problems.push(`/${id}/ to ${named(page)}: ${far === undefined ? 'no way' : `${far} clicks`}`);
    }
  }
  none(problems, 'pages too far from a home');
});

test('IA-2 no link of the site is broken, nor is any anchor', async () => {
  const { pages, at } = await visited();
  const problems = [];
  const files = new Set(site.files);
  let checked = 0;
  for (const page of pages) {
    for (const link of page.links) {
      const say = (wrong) => problems.push(`${named(page)} ${link.name} href="${link.raw}": ${wrong}`);
      if (/^(tel|sms|mailto):/.test(link.href)) continue;
      if (!inside(link.href)) {
        if (link.href.startsWith(server.origin)) say('leaves the path of the site');
        else if (!/^https?:/.test(link.href)) say('is of a kind that is not known here');
        continue;
      }
      checked++;
      const [path, anchor] = parts(link.href);
      const target = at.get(path);
      if (!target && !files.has(path)) say('leads nowhere');
      // A link that brings situations leads to the checklist itself.
      else if (target && anchor?.startsWith('checklist=') && target.ids.includes('checklist')) continue;
      else if (target && anchor !== null && anchor !== '' && !target.ids.includes(anchor)) say('has no such anchor on its page');
    }
  }
  none(problems, 'broken links');
  assert.ok(checked > pages.length * 5, `only ${checked} links were seen`);
});

test('IA-2 ids are unique in a page, and what refers to one finds it', async () => {
  const { pages } = await visited();
  none(
    pages.flatMap((page) => [...page.twice.map((id) => `${named(page)} has #${id} twice`), ...page.described.map((wrong) => `${named(page)} ${wrong}, which is not there`)]),
    'ids',
  );
});

test('IA-4 the ids of a page are the same in every language', async () => {
  const { pages, at } = await visited();
  const problems = [];
  for (const page of pages.filter((page) => page.locale && page.type !== 'not-found')) {
    const twin = at.get(`en/${page.rest}`);
    const missing = twin?.ids.filter((id) => !page.ids.includes(id)) ?? [];
    const more = page.ids.filter((id) => !twin?.ids.includes(id));
    if (missing.length + more.length) problems.push(`${named(page)} against /en/: missing ${missing.join(' ') || 'none'}; more ${more.join(' ') || 'none'}`);
  }
  none(problems, 'pages whose ids differ between languages');
});

test('LG-6 hreflang names every edition of a page, in absolute addresses, alike on all of them', async () => {
  const { pages, at } = await visited();
  const problems = [];
  let members = 0;
  const tags = new Map(site.locales.map(({ tag, id }) => [tag, id]));
  for (const page of pages) {
    const say = (wrong) => problems.push(`${named(page)}: ${wrong}`);
    if (page.meta.robots === 'noindex' && page.alternates.length) say('is not for search engines, but has alternates');
    if (page.alternates.length === 0) {
      if (page.locale && !isStopgap(page)) say('names no alternates');
      continue;
    }
    members++;
    const set = new Map(page.alternates);
    if (set.size !== page.alternates.length) say('names a language twice');
    if (set.get('x-default') !== site.address) say(`x-default is ${set.get('x-default')}, not ${site.address}`);
    if (page.locale && set.get(page.lang) !== page.canonical[0]) say(`does not name itself (${page.canonical[0]}) as ${page.lang}`);
    for (const [tag, href] of page.alternates) {
      if (!href.startsWith(site.address)) {
        say(`${tag} is ${href}, which is not an absolute address of the site`);
        continue;
      }
      if (tag === 'x-default') continue;
      const other = at.get(href.slice(site.address.length));
      if (!tags.has(tag) || !other) say(`${tag} leads to ${href}, which is no page`);
      else if (other.lang !== tag) say(`${tag} leads to ${href}, which is in ${other.lang}`);
      else if (page.locale && JSON.stringify([...other.alternates].sort()) !== JSON.stringify([...page.alternates].sort())) say(`and ${href} name different alternates`);
    }
  }
  none(problems, 'hreflang');
  assert.ok(members > site.locales.length, 'pages with alternates');
});

test('AC-5 no words tell by left and right where something is: half of the readers see it mirrored', async () => {
  const { pages } = await visited();
  none(pages.flatMap((page) => page.sides.map((element) => `${named(page)} ${element}`)), 'words for sides');
});

test('LG-7 text has no invisible characters that set its direction', async () => {
  const { pages } = await visited();
  none(pages.flatMap((page) => page.bidi.map((element) => `${named(page)} ${element}`)), 'direction controls in text');
});

test('LG-7 words in another script are marked with their language', async () => {
  const { pages } = await visited();
  none(pages.flatMap((page) => page.foreign.map((element) => `${named(page)} ${element}`)), 'unmarked foreign words');
});

test('LG-7 the counter card says its language and direction on every edition', async () => {
  const { pages } = await visited();
  const problems = [];
  let cards = 0;
  for (const page of pages.filter((page) => page.card.length)) {
    cards++;
    const urdu = page.card.filter(([lang, dir]) => lang === 'ur' && dir === 'rtl');
    if (urdu.length === 0) problems.push(`${named(page)}: no line with lang="ur" dir="rtl"`);
    for (const [lang, dir, name] of page.card) {
      const locale = site.locales.find(({ tag }) => tag === lang);
      if (!locale || dir !== locale.dir) problems.push(`${named(page)} ${name}: lang="${lang}" dir="${dir}"`);
    }
  }
  none(problems, 'counter cards');
  assert.ok(cards > 0, 'no page has a counter card');
});

test('LG-9 digits are 0-9 in every language', async () => {
  const { pages } = await visited();
  none(pages.flatMap((page) => page.digits.map((element) => `${named(page)} ${element}`)), 'other digits');
  // Attributes that are no text, style sheets, data: nothing may have them.
  none(
    site.files.filter((name) => /\.(html|css|js|json|xml|txt|webmanifest)$/.test(name) && /[\u0660-\u0669\u06F0-\u06F9]|&#(x0?6[6F][0-9]|16[34]\d|17[78]\d);/i.test(site.text(name))),
    'files with other digits',
  );
});

test('GP-3 a page has one h1 and no heading skips a level', async () => {
  const { pages } = await visited();
  const problems = [];
  for (const page of pages) {
    const first = page.headings.filter(([level]) => level === 1);
    if (first.length !== 1) problems.push(`${named(page)} has ${first.length} h1`);
    page.headings.reduce((above, [level, name]) => {
      if (level > above + 1) problems.push(`${named(page)} ${name} follows an h${above}`);
      return level;
    }, 0);
  }
  none(problems, 'headings');
});

test('GP-3 skip links lead to the text, and to the checklist where there is one', async () => {
  const { pages } = await visited();
  const problems = pages
    .filter((page) => page.type !== 'chooser')
    .filter((page) => page.skips.join() !== (page.checklist ? '#main,#checklist' : '#main') || !page.skips.every((href) => page.ids.includes(href.slice(1))))
    .map((page) => `${named(page)} has skip links ${page.skips.join(' ') || 'none'}`);
  none(problems, 'skip links');
});

test('GP-4 no page scrolls sideways at 320 px', async () => {
  const { pages } = await visited();
  none(pages.filter(({ width }) => width > NARROW.width).map((page) => `${named(page)} is ${page.width} px wide: ${page.wide}`), 'pages that scroll sideways');
});

test('GP-5 a guide says what cannot be undone before it gives the checklist', async () => {
  const { pages } = await visited();
  const guides = pages.filter((page) => page.final);
  assert.ok(guides.length > 0, 'no checklist has a point of no return');
  none(guides.filter((page) => !page.warned).map((page) => `${named(page)} has no warning or caution before #checklist`), 'guides');
});

test('FA-1 every fact shows a value, the day it was checked and a badge, and its sources are on the page of sources', async () => {
  const { pages } = await visited();
  const problems = [];
  const listed = new Set(pages.flatMap((page) => page.sources.map(({ id }) => `${page.path}#${id}`)));
  let facts = 0;
  for (const page of pages) {
    for (const fact of page.facts) {
      facts++;
      const say = (wrong) => problems.push(`${named(page)} ${fact.name}: ${wrong}`);
      if (!fact.label) say('has no label');
      if (fact.readings.length === 0) say('has no reading');
      if (fact.conflict && fact.readings.length < 2) say('is said to be in conflict, with one reading');
      for (const reading of fact.readings) {
        if (!reading.value) say('has no value');
        if (reading.dates.length === 0) say('has no date');
        if (reading.dates.some(([iso, words]) => !/^\d{4}-\d{2}-\d{2}$/.test(iso) || !words)) say(`has a date ${JSON.stringify(reading.dates)}`);
        if (reading.badges.length !== 1 || !reading.badges[0][1]) say(`has badges ${JSON.stringify(reading.badges)}`);
        if (!reading.unsourced && reading.cited.length === 0) say(`“${reading.value}” names no source`);
        for (const href of reading.cited) {
          if (!href.startsWith(`${site.base}${page.locale}/sources/#source-`) || !listed.has(href.slice(site.base.length))) say(`cites ${href}, which is no source in the reader's language`);
        }
      }
    }
  }
  none(problems, 'facts');
  assert.ok(facts > 0, 'no page has facts');
});

test('FA-6 a fact that has changed leads to its newest change', async () => {
  const { pages } = await visited();
  for (const { id } of site.locales) {
    const facts = pages.filter((page) => page.locale === id && ['carrier', 'rules'].includes(page.type)).flatMap((page) => page.facts);
    const changed = facts.filter(({ change }) => change);
    const listed = site.text(`${id}/changes/index.html`).match(/change-[a-z0-9-]+/g) ?? [];
    assert.ok(changed.length > 0, 'some fact has changed');
    none(changed.filter(({ id: fact, change }) => !listed.includes(change) || !change.startsWith(`change-${fact.replace('.', '-')}-`)).map(({ id: fact }) => fact), 'facts without their change');
    none([...new Set(listed)].filter((entry) => !changed.some(({ id: fact }) => entry.startsWith(`change-${fact.replace('.', '-')}-`))), 'changes that no fact leads to');
  }
});

test('FA-7 a mail about a fact names it and the edition of the page', async () => {
  const { pages } = await visited();
  const facts = pages.filter((page) => ['carrier', 'rules'].includes(page.type)).flatMap((page) => page.facts);
  assert.ok(facts.length > 0);
  none(facts.filter(({ id, mail }) => !/^mailto:[^?]+@[^?]+\?subject=/.test(mail) || !mail.includes(id) || !/\d{4}-\d\d-\d\d/.test(mail)).map(({ id, mail }) => `${id}: “${mail}”`), 'facts');
});

test('FA-2 a badge says its kind in a word, one word a kind', async () => {
  const { pages } = await visited();
  for (const { id } of site.locales) {
    const words = new Map();
    for (const page of pages.filter((page) => page.locale === id)) {
      for (const { readings } of page.facts) for (const { badges } of readings) for (const [kind, word] of badges) words.set(kind, (words.get(kind) ?? new Set()).add(word));
    }
    for (const [kind, said] of words) assert.equal(said.size, 1, `/${id}/: badge “${kind}” reads ${[...said].join(', ')}`);
    assert.equal(new Set([...words.values()].map((said) => [...said][0])).size, words.size, `/${id}/: two kinds of badge share a word`);
  }
});

test('FA-5 a link to a source is named by its title, says its language and sends no referrer', async () => {
  const { pages } = await visited();
  const problems = [];
  let sources = 0;
  for (const page of pages) {
    for (const link of page.links.filter((link) => link.source)) {
      sources++;
      const say = (wrong) => problems.push(`${named(page)} ${link.name}: ${wrong}`);
      if (!/^https?:\/\//.test(link.raw)) say(`leads to ${link.raw}`);
      if (!link.text || /^(https?:\/\/|www\.)/i.test(link.text) || link.text === link.raw) say('is named by its address');
      if (!link.hreflang) say('does not say the language of its target');
      if (!link.rel.split(/\s+/).includes('noreferrer')) say('sends a referrer');
      if (link.target) say(`opens in ${link.target}`);
    }
    for (const link of page.links.filter((link) => /^https?:/.test(link.href) && !link.href.startsWith(server.origin))) {
      if (!link.rel.split(/\s+/).includes('noreferrer')) problems.push(`${named(page)} ${link.name} leaves the site with a referrer`);
    }
    for (const source of page.sources) if (!source.seal) problems.push(`${named(page)} ${source.name} says nothing about itself`);
  }
  none(problems, 'links to sources');
  assert.ok(sources > 0, 'no page has sources');
});

test('NU-1 numbers and codes are isolated, marked left to right, with digits of one width', async () => {
  const { pages } = await visited();
  const problems = [];
  let numbers = 0;
  for (const page of pages) {
    for (const { name, tag, dir, tabular } of page.numbers) {
      numbers++;
      if (tag !== 'bdi' || dir !== 'ltr' || !tabular) problems.push(`${named(page)} ${name}: <${tag} dir="${dir}">, tabular: ${tabular}`);
    }
  }
  none(problems, 'numbers');
  assert.ok(numbers > 0, 'no page has a number');
});

test('NU-2 links to call have digits alone, so no code is ever dialled; links to write have their text encoded', async () => {
  const { pages } = await visited();
  const problems = pages.flatMap((page) =>
    page.links
      .filter(({ raw }) => (/^tel:/.test(raw) && !/^tel:\+?[0-9]+$/.test(raw)) || (/^sms:/.test(raw) && !/^sms:\+?[0-9]+([?;]&?body=[A-Za-z0-9%._~-]*)?$/.test(raw)))
      .map(({ name, raw }) => `${named(page)} ${name} href="${raw}"`),
  );
  none(problems, 'tel: and sms: links');
});

test('NU-6 no page lets a phone guess at numbers', async () => {
  const { pages } = await visited();
  none(pages.filter((page) => page.meta['format-detection'] !== 'telephone=no').map(named), 'pages without format-detection');
});

test('HD-1 title, description and canonical address: there, unique in a language, absolute', async () => {
  const { pages } = await visited();
  const problems = [];
  const titles = new Map();
  for (const page of pages) {
    const say = (wrong) => problems.push(`${named(page)}: ${wrong}`);
    if (!page.title.trim() || page.title !== page.title.trim() || /\s{2}|\n/.test(page.title)) say(`title “${page.title}”`);
    for (const name of ['description', 'og:title', 'og:description', 'og:locale']) if (!page.meta[name]?.trim()) say(`has no ${name}`);
    if (!/\bwidth=device-width\b/.test(page.meta.viewport ?? '') || /maximum-scale|user-scalable/.test(page.meta.viewport)) say(`viewport “${page.meta.viewport}”`);
    if (page.canonical.length !== 1) say(`${page.canonical.length} canonical addresses`);
    else if (page.canonical[0] !== site.address + page.path) say(`canonical is ${page.canonical[0]}`);
    if (isStopgap(page) !== (page.meta.robots === 'noindex')) say(`robots “${page.meta.robots}”`);
    const key = `${page.locale} ${page.title}`;
    if (!isStopgap(page) && titles.has(key)) say(`has the title of /${titles.get(key)}: “${page.title}”`);
    titles.set(key, page.path);
  }
  none(problems, 'heads');
});

test('SP-1 no page breaks the content security policy of the host, nor its own', async () => {
  const { pages, errors } = await visited();
  for (const page of pages) {
    for (const [name, value] of Object.entries(HEADERS)) assert.equal(page.headers[name], value, `${named(page)} is served with ${name}`);
    assert.match(page.policy ?? '', /(^|;)\s*default-src 'none'(;|$)/, `${named(page)} has a policy of its own`);
    assert.doesNotMatch(page.policy, /unsafe-|\*|https?:|data:/, `${named(page)} has a strict policy of its own`);
    assert.match(page.policy, /(^|;)\s*style-src 'self'(;|$)/, `${named(page)} has styles from the site alone`);
    assert.ok(page.policyFirst, `${named(page)} states its policy after something it should rule`);
  }
  none(errors, 'complaints of the console');

  // The watch is awake: a style attribute set by hand is refused, and seen.
  const watched = await context({ serviceWorkers: 'allow' });
  const tab = await watched.newPage();
  await open(tab, site.pages[0].path);
  const complaint = tab.waitForEvent('console', (message) => /Content Security Policy/.test(message.text()));
  await tab.evaluate(() => document.body.setAttribute('style', 'color: red'));
  await complaint;
  assert.equal(await tab.evaluate(() => document.body.style.color), '', 'the policy is in force');
  await watched.close();
});

test('SP-2 no inline style, script or handler', async () => {
  const { pages } = await visited();
  none(pages.flatMap((page) => page.unsafe.map((element) => `${named(page)} ${element}`)), 'inline styles and scripts');
});

test('SP-3 a visit of the whole site asks no other host for anything, and stores nothing', async () => {
  const { pages, log } = await visited();
  none([...new Set(log.filter((url) => !url.startsWith(server.root)))], 'requests that leave the site');
  none(pages.flatMap((page) => page.fetched.filter((url) => !inside(url)).map((url) => `${named(page)} loads ${url}`)), 'things loaded from elsewhere');
  none(pages.filter((page) => page.meta.referrer !== 'no-referrer').map(named), 'pages that send a referrer');
  none(pages.filter((page) => page.headers['set-cookie']).map(named), 'pages that set a cookie');

  const fresh = await context({ serviceWorkers: 'allow' });
  const tab = await fresh.newPage();
  for (const { id } of site.locales) await open(tab, `${id}/`);
  assert.deepEqual(await fresh.cookies(), [], 'cookies after a visit');
  assert.deepEqual(await tab.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0], 'stored entries after a visit');
  await fresh.close();
});
