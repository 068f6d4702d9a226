// What stands behind the page: data for programs, dates, names, addresses, the order of its parts; and that a fact, a
// carrier's fate or the site's own address is changed in one place.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { bestGuide, kinds, needProgram, PROGRAM, readSite, REPOSITORY } from './pages.mjs';
import { inspect, none, start } from './browser.mjs';
import { serve } from './serve.mjs';

const { site, server, context, open, each } = await start();
const file = (page) => (page.path === '' || page.path.endsWith('/') ? `${page.path}index.html` : page.path);
const named = (page) => `/${page.path}`;
const isStopgap = (page) => ['not-found', 'offline', 'application'].includes(page.type);
const built = JSON.parse(site.text('day.json')).day;
/** What is published about facts, by owner. */
const published = new Map(site.files.filter((name) => /^api\/v\d+\/facts\/[^/]+\.json$/.test(name)).map((name) => [name.split('/').at(-1).slice(0, -5), { ...JSON.parse(site.text(name)), file: name }]));
const carriers = [...published.keys()].filter((owner) => site.pages.some(({ type, rest }) => type === 'carrier' && rest === `${owner}/`));

function once(make) {
  let made;
  return () => (made ??= make());
}

/** Visits every page once, without scripts: what is there is there for everyone. */
const visited = once(async () => {
  const { results } = await each(site.pages, { js: false }, async (tab, page) => ({ ...page, ...(await inspect(tab, observe)) }));
  return { pages: results, at: new Map(results.map((page) => [page.path, page])) };
});

function observe(_, { where, text }) {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const spoken = (element) => (element.closest('[lang]') ?? document.documentElement).lang;
  const words = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('script')) words.push([walker.currentNode.data, walker.currentNode.parentElement]);
  // Text that people wrote may name a day in its own words; what the program writes may not.
  const written = '.prose, .note, .value, .ask, .gloss, .spoken, .lede, .fact-value, .source-title, .fact > h3, .key-facts dd, .compare td, .change dd, .links a, .item, h1';
  const body = document.body;
  const controls = (root) => [
    ...all('input, textarea, select, [contenteditable], form', root).map((element) => ({
      name: where(element),
      tag: element.localName,
      type: element.getAttribute('type') ?? '',
      readOnly: element.hasAttribute('readonly'),
      autocomplete: element.getAttribute('autocomplete'),
    })),
    ...all('template', root).flatMap((template) => controls(template.content)),
  ];
  return {
    lang: document.documentElement.lang,
    robots: document.querySelector('meta[name=robots]')?.content ?? null,
    canonical: document.querySelector('link[rel=canonical]').getAttribute('href'),
    description: document.querySelector('meta[name=description]').content,
    alternates: all('link[rel=alternate][hreflang]').map((link) => [link.hreflang, link.getAttribute('href')]),
    data: all('link[rel=alternate][type="application/json"]').map((link) => link.getAttribute('href')),
    manifest: all('link[rel=manifest]').map((link) => link.getAttribute('href')),
    linked: all('script[type="application/ld+json"]').map((script) => script.textContent),
    heading: text(document.querySelector('h1')),
    crumbs: all('.crumbs li').map((item) => [item.querySelector('a')?.href ?? null, text(item)]),
    checked: all('.checked time').map(({ dateTime }) => dateTime),
    times: all('time').map((time) => ({ iso: time.getAttribute('datetime'), text: time.textContent.trim(), lang: spoken(time), name: where(time) })),
    days: words
      .filter(([data, element]) => /\b\d{1,2} \p{L}{3,9},? (19|20)\d\d\b|(19|20)\d\d年\d{1,2}月\d{1,2}日|\b(19|20)\d\d-\d\d-\d\d\b|(?<!\d)\d{1,2} [\u0600-\u06ff]+،? (19|20)\d\d/u.test(data) && !element.closest(`time, ${written}`))
      .map(([data, element]) => ({ data: data.trim(), name: where(element), source: element.closest('.sources .seal') !== null })),
    hyphens: words
      .filter(([data, element]) => /\d[\u002d\u2010-\u2015]\d/.test(data) && /^(ur|zh)/.test(spoken(element)) && !element.closest('.num, .url, .address'))
      .map(([data, element]) => `${where(element)}: ${data.trim().slice(0, 80)}`),
    facts: all('.fact').map((fact) => ({
      id: fact.dataset.fact,
      label: text(fact.querySelector('h3')),
      value: all('.value', fact).map(text),
      codes: all('.value .num', fact).map(text),
      links: all('.value a', fact).map((link) => link.getAttribute('href')),
      readings: all('.reading', fact).map((reading) => ({
        checked: reading.querySelector('.seal time').dateTime,
        confidence: [...reading.querySelector('.stamp').classList].find((name) => name !== 'stamp'),
        sources: all('.cited a', reading).map((link) => link.hash.slice('#source-'.length)),
      })),
    })),
    // Words that lead to a fact: in the text, at a glance, in the comparison.
    values: all('a[href*="#fact-"]').map((link) => ({ fact: link.hash.slice('#fact-'.length), kind: link.className || link.closest('[class]').className, text: text(link) })),
    controls: controls(document),
    status: text(document.querySelector('main .status') ?? document.createElement('p')),
    footer: all('footer nav a').map((link) => link.getAttribute('href')),
    parts: ['.skips', 'header', '.brand', '.languages', 'header .crumbs', 'main', 'main .crumbs', 'main h1', 'footer'].map((selector) => body.querySelector(selector)).filter(Boolean).every((element, at, order) => at === 0 || Boolean(order[at - 1].compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)),
    links: all('a[href]').map((link) => [link.href, text(link)]),
    names: Object.fromEntries([['crumbs', '.crumbs li:not(:first-child)'], ['carriers', '#carriers .row > a'], ['compared', '.compare thead th:not(:first-child)']].map(([name, selector]) => [name, all(selector).map(text)])),
    text: document.querySelector('main').textContent,
  };
}

// ---------- the head ----------

test('HD-2 a page says what it is in JSON-LD: its name, language and days as they are seen, and the crumbs above it', async () => {
  const { pages, at } = await visited();
  const problems = [];
  let reviewed = 0;
  for (const page of pages) {
    const say = (wrong) => problems.push(`${named(page)}: ${wrong}`);
    if (page.linked.length !== 1) say(`${page.linked.length} blocks`);
    const graph = JSON.parse(page.linked[0]);
    assert.equal(graph['@context'], 'https://schema.org');
    const [own, ...others] = graph['@graph'].filter((node) => node['@type'] === 'WebPage');
    const [crumbs, ...more] = graph['@graph'].filter((node) => node['@type'] === 'BreadcrumbList');
    if (others.length + more.length !== 0 || graph['@graph'].length !== 2) say('has other parts than one page and its crumbs');
    if (own['@id'] !== page.canonical) say(`is said to be ${own['@id']}`);
    if (page.type !== 'chooser' && own.inLanguage !== page.lang) say(`is in ${page.lang}, and said to be in ${own.inLanguage}`);
    if (page.locale && own.name !== page.heading) say(`is headed “${page.heading}”, and named “${own.name}”`);
    // A guide says between which days its facts were checked, other pages beside each fact.
    const days = page.checked.length ? page.checked : page.facts.flatMap(({ readings }) => readings.map(({ checked }) => checked)).sort();
    // The list of rules may leave its day to each of them.
    const dated = page.type !== 'rules' || own.lastReviewed !== undefined;
    if (dated && own.lastReviewed !== days.at(-1)) say(`was reviewed ${own.lastReviewed}, and shows ${days.at(-1) ?? 'no day of a check'}`);
    if (days.length) reviewed++;

    const steps = crumbs.itemListElement;
    if (steps.some((step, place) => step['@type'] !== 'ListItem' || step.position !== place + 1)) say('has crumbs out of order');
    const seen = page.crumbs.filter(([href]) => href).map(([href, words]) => [site.address + href.slice(server.root.length), words]);
    const above = steps.slice(0, -1).map(({ item, name }) => [item, name]);
    if (!page.locale) continue; // pages of all languages show no crumbs
    // Readers see “Home”, programs the name of the site.
    const wanted = seen.map(([href, words], place) => [href, place === 0 ? at.get(`${page.locale}/`).heading : words]);
    if (page.crumbs.length && JSON.stringify(above) !== JSON.stringify(wanted)) say(`shows crumbs ${JSON.stringify(wanted)}, and says ${JSON.stringify(above)}`);
    if (steps.at(-1).item !== undefined || steps.at(-1).name !== page.heading) say(`ends its crumbs with ${JSON.stringify(steps.at(-1))}`);
  }
  none(problems, 'JSON-LD');
  assert.ok(reviewed > 0, 'pages that say when they were checked');
});

test('IA-6 crumbs lead from the home down to the page, each named as the page it leads to', async () => {
  const { pages, at } = await visited();
  const problems = [];
  for (const page of pages.filter(({ locale }) => locale)) {
    const folders = page.rest.split('/').filter((part) => part && part !== '404.html');
    const above = [`${page.locale}/`, ...folders.slice(0, -1).map((_, end) => `${page.locale}/${folders.slice(0, end + 1).join('/')}/`)];
    const own = page.crumbs.filter(([href]) => href).map(([href]) => href.slice(server.root.length));
    const wanted = page.type === 'home' ? [] : above;
    if (own.join(' ') !== wanted.join(' ')) problems.push(`${named(page)} has crumbs ${own.join(' ') || 'none'}, not ${wanted.join(' ')}`);
    const home = new Set(pages.filter(({ locale, crumbs }) => locale === page.locale && crumbs.length).map(({ crumbs }) => crumbs[0][1]));
    if (home.size !== 1) problems.push(`/${page.locale}/ is called ${[...home].join(' and ')}`);
    for (const [href, words] of page.crumbs.slice(1)) {
      const target = href && at.get(href.slice(server.root.length));
      if (href && target?.heading !== words) problems.push(`${named(page)} says “${words}” of the page “${target?.heading}”`);
    }
    // The last step is the page itself, and no link where it is written out.
    if (page.crumbs.some(([href]) => href === server.to(page.path))) problems.push(`${named(page)} leads to itself`);
  }
  none(problems, 'crumbs');
});

test('HD-3 the sitemap has every page that is for search engines with its editions, and no other; robots may read all', async () => {
  const { pages } = await visited();
  const made = await context();
  const tab = await made.newPage(); // without a policy, so that it may read XML
  const urls = await tab.evaluate((xml) => {
    const read = new DOMParser().parseFromString(xml, 'application/xml');
    if (read.querySelector('parsererror')) throw new Error(read.querySelector('parsererror').textContent);
    return [...read.querySelectorAll('urlset > url')].map((url) => ({
      address: url.querySelector('loc').textContent,
      alternates: [...url.getElementsByTagNameNS('http://www.w3.org/1999/xhtml', 'link')].map((link) => [link.getAttribute('hreflang'), link.getAttribute('href'), link.getAttribute('rel')]),
    }));
  }, site.text('sitemap-1.xml'));
  assert.deepEqual([...site.text('sitemap.xml').matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address), [`${site.address}sitemap-1.xml`]);
  await made.close();
  const wanted = pages.filter(({ robots }) => robots !== 'noindex');
  assert.deepEqual(urls.map(({ address }) => address).sort(), wanted.map(({ canonical }) => canonical).sort(), 'pages');
  assert.equal(new Set(urls.map(({ address }) => address)).size, urls.length, 'each once');
  const problems = [];
  for (const page of wanted.filter(({ locale }) => locale)) {
    const { alternates } = urls.find(({ address }) => address === page.canonical);
    const own = page.alternates.filter(([tag]) => tag !== 'x-default').map(([tag, href]) => [tag, href, 'alternate']);
    if (JSON.stringify([...alternates].filter(([tag]) => tag !== 'x-default').sort()) !== JSON.stringify(own.sort())) problems.push(`${named(page)} has other editions in the sitemap: ${JSON.stringify(alternates)}`);
  }
  none(problems, 'editions');

  const robots = site.text('robots.txt').trim().split(/\n+/);
  assert.deepEqual(robots.filter((line) => !/^sitemap:/i.test(line)), ['User-agent: *', 'Allow: /']);
  assert.deepEqual(robots.filter((line) => /^sitemap:/i.test(line)), [`Sitemap: ${site.address}sitemap.xml`]);
});

test('HD-4 facts are published as data, linked from their pages, and say what the pages say', async () => {
  const { pages } = await visited();
  const problems = [];
  let compared = 0;
  for (const page of pages) {
    for (const href of page.data) if (!site.files.includes(href.slice(site.base.length))) problems.push(`${named(page)} links ${href}, which is not there`);
    const owners = new Set(page.facts.map(({ id }) => id.split('.')[0]));
    if (page.type === 'carrier' || page.type === 'rules') {
      assert.equal(owners.size, 1, `${named(page)} has facts of ${[...owners].join(', ')}`);
      const [owner] = owners;
      const data = published.get(owner);
      if (page.data.join() !== `${site.base}${data.file}`) problems.push(`${named(page)} links ${page.data.join() || 'no data'}`);
      if (page.type === 'carrier' && !data.name) problems.push(`${data.file} has no name`);
      const ids = page.facts.map(({ id }) => id.split('.')[1]);
      if (ids.sort().join() !== data.facts.map(({ id }) => id).sort().join()) problems.push(`${named(page)} and ${data.file} have other facts`);
    } else if (page.type === 'guide' && page.data.join() !== `${site.base}${published.get(page.rest.split('/')[0]).file}`) {
      problems.push(`${named(page)} links ${page.data.join() || 'no data'}`);
    }
    for (const fact of page.facts) {
      const [owner, id] = fact.id.split('.');
      const data = published.get(owner)?.facts.find((each) => each.id === id);
      const say = (wrong) => problems.push(`${named(page)} ${fact.id}: ${wrong}`);
      if (!data) {
        say('is not published');
        continue;
      }
      compared++;
      if (data.label[page.locale] !== fact.label) say(`“${fact.label}” is published as “${data.label[page.locale]}”`);
      const key = ({ checked, confidence, sources }) => `${checked} ${confidence} ${sources.map((source) => source.id ?? source).join(' ')}`;
      // A value nobody knows is vouched for by nobody: its stamp says “unknown”.
      const said = data.readings.map((reading) => key({ ...reading, confidence: reading.value?.unknown ? 'unknown' : reading.confidence })).sort();
      const shown = fact.readings.map(key).sort();
      if (said.join('\n') !== shown.join('\n')) say(`readings ${shown.join('; ')} are published as ${said.join('; ')}`);
      for (const { value } of data.readings) {
        const amounts = ['exact', 'at_most', 'at_least', 'from', 'to'].map((name) => value?.[name]).filter((amount) => /^\d+$/.test(amount ?? ''));
        for (const part of data.kind === 'sms' ? [] : amounts) {
          if (!fact.value.some((words) => words.replace(/[,\s]/g, '').includes(part))) say(`${part} is not in ${fact.value.join(' / ')}`);
        }
        for (const part of [value?.number, value?.code]) if (part && !fact.codes.includes(part)) say(`${part} is not in ${fact.codes.join(' / ')}`);
        if (data.kind === 'url' && typeof value === 'string' && !fact.links.includes(value)) say(`${value} is not linked`);
      }
    }
  }
  none(problems, 'facts as data');
  assert.ok(compared > 100, `${compared} facts compared`);
});

test('OF-8 each language has a manifest of its own that a browser accepts, and nothing offers to install the site', async () => {
  const { pages } = await visited();
  for (const { id, tag, dir } of site.locales) {
    const name = `${id}/manifest.webmanifest`;
    const manifest = JSON.parse(site.text(name));
    const own = pages.filter(({ locale }) => locale === id);
    none(own.filter((page) => page.manifest.join() !== site.base + name).map((page) => `${named(page)} links ${page.manifest.join() || 'no manifest'}`), 'pages without their manifest');
    assert.deepEqual([manifest.lang, manifest.dir, manifest.start_url, manifest.scope, manifest.display], [tag, dir, `${site.base}${id}/`, site.base, 'browser'], name);
    assert.equal(manifest.name, own.find(({ type }) => type === 'home').heading, 'the name of the site');
    assert.ok(manifest.icons.length > 0);
    for (const { src, type } of manifest.icons) assert.ok(src.startsWith(site.base) && site.files.includes(src.slice(site.base.length)) && type, `${src} is there`);

    const made = await context();
    const tab = await made.newPage();
    await open(tab, `${id}/`);
    const client = await made.newCDPSession(tab);
    const seen = await client.send('Page.getAppManifest');
    assert.deepEqual(seen.errors, [], `${name} as the browser reads it`);
    assert.equal(seen.url, server.to(name));
    await made.close();
  }
  none(site.files.filter((each) => /\.(js|html)$/.test(each) && /beforeinstallprompt/.test(site.text(each))), 'files that offer to install');
});

// ---------- dates and names ----------

const DATE = {
  zh: /^(19|20)\d\d年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日$/,
  en: /^([1-9]|[12]\d|3[01]) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec) (19|20)\d\d$/,
  ur: /^([1-9]|[12]\d|3[01]) (جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر) (19|20)\d\d$/,
};

test('LG-10 a date is written as its language writes it, and a program can read it', async () => {
  const { pages } = await visited();
  const problems = [];
  const seen = new Map(site.locales.map(({ id }) => [id, new Map()]));
  for (const page of pages) {
    for (const time of page.times) {
      // The day a source was published may be known to the month or the year alone.
      if (/^\d{4}(-\d\d)?$/.test(time.iso)) continue;
      const locale = site.locales.find(({ tag }) => tag === time.lang)?.id;
      if (!/^\d{4}-\d\d-\d\d$/.test(time.iso ?? '') || new Date(time.iso).toISOString().slice(0, 10) !== time.iso) problems.push(`${named(page)} ${time.name} has datetime “${time.iso}”`);
      else if (!DATE[locale]?.test(time.text)) problems.push(`${named(page)} ${time.name} reads “${time.text}” in ${time.lang}`);
      else {
        seen.get(locale).set(time.iso, time.text);
        const [day, year] = [Number(time.iso.slice(8)), time.iso.slice(0, 4)];
        const numbers = time.text.match(/\d+/g).map(Number);
        if (!numbers.includes(day) || !numbers.includes(Number(year))) problems.push(`${named(page)} ${time.name} is ${time.iso}`);
      }
    }
    for (const { name, data } of page.days) problems.push(`${named(page)} ${name} has a day outside <time>: ${data}`);
  }
  none(problems, 'dates');
  const days = [...seen.values()].map((dates) => [...dates.keys()].sort().join());
  assert.equal(new Set(days).size, 1, 'the same days in every language');
  // What a script writes later is written alike.
  for (const [locale, dates] of seen) {
    const [, formats] = /data-formats="?([\w-]+)/.exec(site.text(`${locale}/index.html`));
    const format = new Intl.DateTimeFormat(formats, { dateStyle: 'medium', timeZone: 'UTC' });
    for (const [iso, text] of dates) assert.equal(text, format.format(new Date(iso)).replace('، ', ' '), `${iso} by a script in ${locale}`);
  }
});

test('LG-10 ranges are written with words in Chinese and Urdu: no hyphen stands between digits', async () => {
  const { pages } = await visited();
  none(pages.flatMap((page) => page.hyphens.map((wrong) => `${named(page)} ${wrong}`)), 'hyphens between digits');
});

test('LG-12 a carrier has one name a language, wherever it is named', async () => {
  const { pages, at } = await visited();
  assert.ok(carriers.length > 1);
  const problems = [];
  for (const { id } of site.locales) {
    const names = new Map(carriers.map((carrier) => [carrier, published.get(carrier).name[id]]));
    const all = [...names.values()];
    assert.equal(new Set(all).size, all.length, `two carriers share a name in ${id}`);
    for (const [carrier, name] of names) {
      const page = at.get(`${id}/${carrier}/`);
      if (page.heading !== name) problems.push(`${named(page)} is headed “${page.heading}”, not “${name}”`);
      for (const guide of pages.filter(({ type, rest, locale }) => locale === id && type === 'guide' && rest.startsWith(`${carrier}/`))) {
        if (guide.names.crumbs[0] !== name) problems.push(`${named(guide)} stands under “${guide.names.crumbs[0]}”`);
        if (!guide.heading.includes(name)) problems.push(`${named(guide)} “${guide.heading}” does not name ${name}`);
      }
      // Links that are named by a name alone lead to whom they name.
      for (const other of pages.filter(({ locale }) => locale === id)) {
        for (const [href, words] of other.links) {
          const target = href.startsWith(server.root) ? href.slice(server.root.length).split('#')[0] : null;
          if (words === name && !target?.startsWith(`${id}/${carrier}/`)) problems.push(`${named(other)} calls ${href} “${name}”`);
        }
      }
    }
    const home = at.get(`${id}/`);
    if (home.names.carriers.sort().join() !== [...all].sort().join()) problems.push(`${named(home)} lists ${home.names.carriers.join(', ')}`);
    for (const page of pages.filter(({ locale, names: { compared } }) => locale === id && compared.length)) {
      none(page.names.compared.filter((name) => !all.includes(name)), `${named(page)} compares others than it names`);
    }
  }
  none(problems, 'names');
});

// ---------- numbers to write to, fields, help ----------

test('NU-4 a text message stands as its words and its number, in the order of the language', async () => {
  const { pages } = await visited();
  const problems = [];
  let messages = 0;
  for (const page of pages) {
    for (const fact of page.facts) {
      const [owner, id] = fact.id.split('.');
      const data = published.get(owner).facts.find((each) => each.id === id);
      if (data.kind !== 'sms') continue;
      for (const { value } of data.readings.filter((reading) => !reading.value.unknown)) {
        messages++;
        const words = value.send ?? value.describe[page.locale];
        const shown = fact.value.find((text) => text.includes(words));
        if (!shown) problems.push(`${named(page)} ${fact.id} does not show “${words}”`);
        else if (!fact.codes.includes(value.to) || !shown.replace(words, '').includes(value.to)) problems.push(`${named(page)} ${fact.id} does not show ${value.to}: ${shown}`);
        // In Chinese the number comes first: 向668发送…
        else if (shown.indexOf(words) < shown.replace(words, '#'.repeat(words.length)).indexOf(value.to) !== (page.locale !== 'zh')) problems.push(`${named(page)} ${fact.id} has another order: ${shown}`);
      }
      // Where it opens the messages, the text is in the address as addresses need it.
      for (const href of fact.links.filter((link) => link.startsWith('sms:'))) {
        if (!/^sms:\+?\d+([?;]&?body=([A-Za-z0-9._~-]|%[0-9A-F]{2})+)?$/.test(href)) problems.push(`${named(page)} ${fact.id} links ${href}`);
      }
    }
  }
  none(problems, 'text messages');
  assert.ok(messages > 0, 'no page has one');
});

test('SP-4 no page has a field for a name, a number or a document: only boxes, a day, and text to copy', async () => {
  const { pages } = await visited();
  const wrong = ({ tag, type, readOnly, autocomplete }) => {
    // What a browser remembers of a box that only a script can tick again, the script turns off: see below.
    if (tag === 'input' && type === 'checkbox' && autocomplete === null) return false;
    if (tag === 'input' && ['checkbox', 'date'].includes(type)) return autocomplete !== 'off';
    return !(tag === 'textarea' && readOnly);
  };
  none(pages.flatMap((page) => page.controls.filter(wrong).map(({ name, type, autocomplete }) => `${named(page)} ${name} type="${type}" autocomplete="${autocomplete}"`)), 'fields');
  const words = site.files.filter((name) => /assets\/words-[^/]+\.js$/.test(name));
  assert.ok(words.length === site.locales.length && words.every((name) => site.text(name).includes('type=date') && site.text(name).includes('<textarea')), 'a day and text to copy come with the script, and are looked at below');

  // Nor does a script add one.
  const { results } = await each(kinds(site), {}, (tab, page) =>
    inspect(tab, (path, { where }) => {
      const wrong = [...document.querySelectorAll('input:not([type=checkbox], [type=date]), textarea:not([readonly]), select, [contenteditable], form[action], form:not([autocomplete=off])')];
      // What a browser would remember of a field, its own attribute or that of its form turns off.
      const fields = [...wrong, ...[...document.querySelectorAll('input')].filter((field) => field.autocomplete !== 'off' && field.form?.autocomplete !== 'off')];
      return fields.map((field) => `/${path} ${where(field)}`);
    }, page.path));
  none(results, 'fields that a script adds, or lets a browser fill in');
});

test('AC-6 help stands in the same order on every page and in every language', async () => {
  const { pages } = await visited();
  const orders = new Map();
  for (const page of pages.filter(({ type }) => type !== 'chooser')) {
    if (!page.parts) assert.fail(`${named(page)} has its parts in another order`);
    const order = page.footer.map((href) => href.replace(new RegExp(`^${site.base}[a-z-]+/`), '')).join(' ');
    orders.set(order, [...(orders.get(order) ?? []), named(page)]);
  }
  assert.equal(orders.size, 1, `orders: ${[...orders].map(([order, on]) => `${on[0]}: ${order}`).join('; ')}`);
  const [order] = orders.keys();
  const links = order.split(' ');
  assert.ok(links.some((href) => href.startsWith('mailto:')), 'a way to report a mistake');
  assert.ok(links.some((href) => site.pages.some(({ type, rest }) => type === 'plain' && rest === href)), 'who runs this');
});

for (const js of [true, false]) {
  test(`AC-8 without the style sheet a guide still reads in order, scripts ${js ? 'on' : 'off'}`, async () => {
    const made = await context({ js });
    await made.route('**/*.css', (route) => route.abort());
    const page = await made.newPage();
    for (const { id } of site.locales) {
      const { path } = bestGuide(site, id);
      await page.goto(server.to(path));
      const seen = await inspect(page, (_, { visible }) => {
        const first = (selector) => [...document.querySelectorAll(selector)].find(visible);
        const order = [['languages', '.languages'], ['h1', 'h1'], ['lede', '.lede'], ['short version', '.short'], ['caution', '.alert.caution, .alert.warning'], ['checklist', '#checklist'], ['first item', '#checklist .item'], ['step', '.text section > h2'], ['card', '#card .counter'], ['facts', '#facts'], ['footer', 'footer']];
        return {
          styled: document.styleSheets.length && getComputedStyle(document.querySelector('.wrap')).maxInlineSize !== 'none',
          places: order.map(([name, selector]) => [name, first(selector) ? Math.round(first(selector).getBoundingClientRect().top) : null]),
          direction: getComputedStyle(document.querySelector('main')).direction,
          // What waits for its moment does not show before it.
          early: ['.strip', '.kept', 'guide-checklist [data-part=incoming]', 'guide-checklist [data-part=note]', 'guide-checklist .flag', '#card dialog'].filter((selector) => first(selector)),
          items: [...document.querySelectorAll('guide-checklist .item')].map((row) => visible(row)),
          wide: document.documentElement.scrollWidth > innerWidth,
        };
      });
      assert.ok(!seen.styled, 'the page has no styles');
      const missing = seen.places.filter(([, top]) => top === null).map(([name]) => name);
      assert.deepEqual(missing, [], `/${path} lacks`);
      const tops = seen.places.map(([, top]) => top);
      assert.deepEqual([...tops].sort((a, b) => a - b), tops, `/${path}: ${JSON.stringify(seen.places)}`);
      assert.equal(seen.direction, site.locales.find((locale) => locale.id === id).dir);
      if (!js) assert.ok(seen.items.every(Boolean), 'every item is there');
      if (js) assert.deepEqual(seen.early.filter((part) => part !== '.kept'), [], 'parts that wait for their moment');
      else assert.deepEqual(seen.early, []);
    }
    await made.close();
  });
}

// ---------- carriers that are no longer what they were ----------

test('IA-5 a carrier that is not active keeps its page, which says what happened', async () => {
  const { pages } = await visited();
  const own = pages.filter(({ type, status }) => type === 'carrier' && status);
  assert.ok(own.length >= site.locales.length, 'the site has such a carrier, in every language');
  for (const page of own) {
    const made = await context({ js: false });
    const tab = await made.newPage();
    assert.equal((await open(tab, page.path)).status(), 200);
    const seen = await inspect(tab, (_, { text, visible }) => {
      const status = document.querySelector('main .status');
      return {
        visible: visible(status) && status.getBoundingClientRect().top < innerHeight,
        above: [...document.querySelectorAll('main section')].every((section) => status.compareDocumentPosition(section) & Node.DOCUMENT_POSITION_FOLLOWING),
        said: [...status.querySelectorAll('p')].map(text),
        on: [...status.querySelectorAll('a')].map((link) => link.href),
        guides: document.querySelectorAll('#guides a').length,
      };
    });
    assert.ok(seen.visible && seen.above, `${named(page)} says so at once`);
    assert.ok(seen.said.length >= 2 && seen.said.every(Boolean), seen.said.join(' / '));
    // While two are merging nobody is sent on; the renamed one is looked at below.
    assert.deepEqual(seen.on, [], `${named(page)} keeps its readers`);
    assert.ok(seen.guides > 0, 'guides stay');
    await open(tab, `${page.locale}/`);
    const there = await inspect(tab, (href, { text }) => text([...document.querySelectorAll('#carriers .rows > li')].find((item) => item.querySelector('.row > a').href.startsWith(href))), server.to(page.path));
    assert.ok(there.includes(seen.said[0]), `the home says it too: ${there}`);
    await made.close();
  }
});

// ---------- one place for each thing: a copy of the site, changed and built again ----------

/** What is undone after the last test, whichever test began it. */
const leftovers = [];
after(async () => {
  for (const undo of leftovers) await undo();
});

/** The program, with one fact, one carrier's fate and the site's address changed, and everything else as it is. */
const changed = once(async () => {
  needProgram();
  const folder = mkdtempSync(join(tmpdir(), 'rahnuma-head-'));
  leftovers.push(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['content', 'themes']) cpSync(join(REPOSITORY, name), join(folder, name), { recursive: true });
  const { pages } = await visited();
  const edit = (name, change) => {
    const path = join(folder, 'content', name);
    const before = readFileSync(path, 'utf8');
    const after = change(before);
    assert.notEqual(after, before, `${name} was changed`);
    writeFileSync(path, after);
  };

  // Of the facts with one amount of money, the one that most pages use.
  const uses = (fact) => pages.filter((page) => page.values.some((value) => value.fact === fact.replace('.', '-')) || page.facts.some(({ id }) => id === fact)).length;
  const [fact] = [...published]
    .flatMap(([owner, { facts }]) => facts.filter(({ kind, readings }) => kind === 'money' && readings.length === 1 && /^\d+$/.test(readings[0].value.exact ?? readings[0].value.at_most ?? '')).map((each) => ({ owner, ...each, key: `${owner}.${each.id}` })))
    .sort((a, b) => uses(b.key) - uses(a.key));
  const [{ value, checked }] = fact.readings;
  const old = value.exact ?? value.at_most;
  const earlier = new Date(Date.parse(checked) - 3 * 864e5).toISOString().slice(0, 10);
  edit(`policies/${fact.owner}.yaml`, (text) => {
    const start = text.search(new RegExp(`^  - id: ${fact.id}$`, 'm'));
    const end = text.indexOf('\n  - id: ', start + 1);
    const block = text.slice(start, end < 0 ? undefined : end);
    return text.slice(0, start) + block.replace(new RegExp(`(exact|at_most): ${old}\\b`), '$1: 351').replace(`checked: ${checked}`, `checked: ${earlier}`) + text.slice(start + block.length);
  });

  // A carrier that has a guide goes on under another’s name.
  const active = carriers.filter((carrier) => pages.some(({ path, status }) => path === `en/${carrier}/` && !status) && pages.some(({ type, rest }) => type === 'guide' && rest.startsWith(`${carrier}/`)));
  const [gone, successor] = active;
  edit(`policies/${gone}.yaml`, (text) => text.replace(/^status: active$/m, `status: renamed-to\nsuccessor: ${successor}\nstatus_note: {${site.locales.map(({ id }) => `${id}: Note in ${id}`).join(', ')}}`));

  execFileSync(PROGRAM, ['build', '--quiet', '--root', folder, '--as-of', built, '--base-url', 'https://example.org/'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const copy = readSite(join(folder, 'public'));
  const host = await serve(copy.folder, copy.base);
  leftovers.push(host.close);
  const to = host.to;
  const made = await context({ js: false });
  const tab = await made.newPage();
  const results = [];
  for (const page of copy.pages.filter((each) => pages.find(({ path }) => path === each.path).values.some((one) => one.fact === fact.key.replace('.', '-')) || pages.find(({ path }) => path === each.path).facts.some(({ id }) => id === fact.key))) {
    await tab.goto(to(page.path));
    results.push({ ...page, ...(await inspect(tab, observe)) });
  }
  await made.close();
  return { copy, host, fact, old, earlier, gone, successor, pages: results };
});

test('LG-5 a fact that is changed in its one place is new in every language of every page that uses it', async () => {
  const { copy, fact, old, earlier, pages } = await changed();
  assert.ok(pages.length >= 3 * site.locales.length, `${fact.key} is used on ${pages.length} pages`);
  const problems = [];
  const has = (text, number) => new RegExp(`(?<!\\d)${number}(?!\\d)`).test(text);
  for (const page of pages) {
    const values = page.values.filter(({ fact: id, kind }) => id === fact.key.replace('.', '-') && /fact-value|key-facts|compare/.test(kind)).map(({ text }) => text);
    const own = page.facts.filter(({ id }) => id === fact.key);
    for (const text of [...values, ...own.flatMap(({ value }) => value)]) {
      if (!has(text, 351)) problems.push(`${named(page)} still says “${text}”`);
      if (has(text, old) && old !== '351') problems.push(`${named(page)} says the old value: “${text}”`);
    }
    if (own.some(({ readings }) => readings[0].checked !== earlier)) problems.push(`${named(page)} has another day of the check`);
  }
  none(problems, fact.key);
  // As often as before, and in all languages alike.
  const count = (id) => pages.filter(({ locale }) => locale === id).map(({ rest, text }) => `${rest} ${text.split(/(?<!\d)351(?!\d)/).length - 1}`).sort();
  for (const { id } of site.locales) assert.deepEqual(count(id).map((line) => line.split(' ')[0]), count('en').map((line) => line.split(' ')[0]), id);
  const data = JSON.parse(copy.text(published.get(fact.owner).file)).facts.find(({ id }) => id === fact.id);
  assert.equal(data.readings[0].value.exact ?? data.readings[0].value.at_most, '351', 'and as data');
});

test('HD-2 a page whose facts were checked on several days is dated by the last of them, as readers see it', async () => {
  const { pages, earlier } = await changed();
  const ranged = pages.filter(({ checked }) => checked.length === 2);
  assert.ok(ranged.length >= site.locales.length, 'pages with two days');
  for (const page of ranged) {
    assert.equal(page.checked[0], earlier, named(page));
    const own = JSON.parse(page.linked[0])['@graph'].find((node) => node['@type'] === 'WebPage');
    assert.equal(own.lastReviewed, page.checked[1], named(page));
  }
});

test('IA-5 a carrier that is renamed keeps its addresses, says so, and leads to the one that took its place', async () => {
  const { copy, host, gone, successor } = await changed();
  const { pages } = await visited();
  for (const page of pages.filter(({ rest }) => rest === `${gone}/` || rest.startsWith(`${gone}/`))) assert.ok(copy.pages.some(({ path }) => path === page.path), `${named(page)} is still there`);
  const made = await context({ js: false });
  const tab = await made.newPage();
  const said = new Set();
  for (const { id } of site.locales) {
    await tab.goto(host.to(`${id}/${gone}/`));
    const seen = await inspect(tab, (_, { text }) => ({ heading: text(document.querySelector('h1')), status: text(document.querySelector('.status p')), on: [...document.querySelectorAll('.status a')].map((link) => [link.href, text(link)]) }));
    const name = JSON.parse(copy.text(published.get(successor).file)).name[id];
    assert.equal(seen.heading, JSON.parse(copy.text(published.get(gone).file)).name[id], 'its own name');
    assert.equal(seen.on.length, 1);
    assert.equal(seen.on[0][0], host.to(`${id}/${successor}/`));
    assert.ok(seen.on[0][1].includes(name), seen.on[0][1]);
    assert.ok(!pages.some(({ status }) => status.includes(seen.status)), `another thing than the others: ${seen.status}`);
    said.add(seen.status);
  }
  assert.equal(said.size, site.locales.length, 'in every language');
  await made.close();
});

// ---------- addresses ----------

/** What in a file's text is an address from the root of the host and lies outside the site's own path. */
function outside(copy, name) {
  const text = copy.text(name);
  const found = [];
  // A SHA-256 may begin with a slash.
  const isHash = (address) => /^[\w+/]{43}=$/.test(address);
  const check = (address) => {
    if (isHash(address)) return;
    if (address.startsWith('//') || (address.startsWith('/') && !address.startsWith(copy.base))) found.push(address);
    const full = new URL(copy.address);
    if (address.startsWith(full.origin) && !address.startsWith(copy.address)) found.push(address);
  };
  if (name.endsWith('.html')) for (const [, quoted, single, bare] of text.matchAll(/\s[a-z-]+=(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/g)) check(quoted ?? single ?? bare);
  if (/\.(json|webmanifest)$/.test(name)) JSON.parse(text, (_, value) => (typeof value === 'string' && check(value), value));
  if (/\.(xml|txt)$/.test(name)) for (const [address] of text.matchAll(/https?:\/\/[^\s<"]+/g)) check(address);
  if (name.endsWith('.css')) for (const [, address] of text.matchAll(/url\(["']?([^"')]+)/g)) check(address);
  if (name.endsWith('.js')) for (const [, address] of text.matchAll(/["'`](\/[a-z][^"'`\s]*)["'`]/g)) check(address);
  return found.map((address) => `/${name} has ${address}`);
}

test('IA-8 no file of the site has an address outside its path', () => {
  assert.notEqual(site.base, '/', 'the site is built for a path of its own');
  none(site.files.filter((name) => /\.(html|css|js|json|xml|txt|webmanifest)$/.test(name)).flatMap((name) => outside(site, name)), 'addresses outside the path');
});

test('IA-8 built for the root of a host the site works there too: links, styles, and without network', async () => {
  const { copy, host } = await changed();
  assert.equal(copy.base, '/');
  none(copy.files.filter((name) => /\.(html|css|js|json|xml|txt|webmanifest)$/.test(name)).flatMap((name) => outside(copy, name)), 'addresses elsewhere');
  assert.deepEqual(copy.pages.map(({ path }) => path), site.pages.map(({ path }) => path), 'the same pages');
  const files = new Set(copy.files);
  const wrong = [];
  for (const page of copy.pages) {
    for (const [, quoted, bare] of copy.text(file(page)).matchAll(/\s(?:href|src)=(?:"([^"]*)"|([^\s>"']+))/g)) {
      const address = (quoted ?? bare).split('#')[0];
      if (address.startsWith('/') && !files.has(address.slice(1)) && !files.has(`${address.slice(1)}index.html`)) wrong.push(`/${page.path} leads to ${address}`);
    }
  }
  none(wrong, 'links that lead nowhere');

  const made = await context({ serviceWorkers: 'allow' });
  const page = await made.newPage();
  for (const { id } of site.locales) {
    const { path } = bestGuide(copy, id);
    await page.goto(host.to(path));
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.wrap')).maxInlineSize !== 'none'), true, 'styled');
    assert.equal(await page.locator('guide-checklist button:visible').count() > 0, true, 'with its scripts');
  }
  const { path, locale } = bestGuide(copy, 'en');
  await page.goto(host.to(path));
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active.state === 'activated');
  assert.deepEqual(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope)), [host.root]);
  await page.locator('.kept button').first().waitFor();
  await page.waitForFunction(() => /\d{4}/.test(document.querySelector('.kept span').textContent));
  assert.deepEqual(made.errors, [], 'complaints of the console');
  await made.setOffline(true);
  await page.goto(host.to(`${locale}/`));
  assert.ok(await page.locator('.strip .saved').isVisible(), 'the copy that was kept');
  await made.close();
});
