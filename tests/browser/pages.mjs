// The pages of a built site, read from its folder: nothing here knows a carrier or a guide by name.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** The program under test: named in RAHNUMA, or where cargo puts it. */
export const PROGRAM = resolve(REPOSITORY, process.env.RAHNUMA ?? join(process.env.CARGO_TARGET_DIR ?? 'target', 'release/rahnuma'));

/** Says what to do when there is no program to test. */
export function needProgram() {
  if (!existsSync(PROGRAM)) throw new Error(`no ${PROGRAM}: run \`cargo build --release\`, or name the program in RAHNUMA`);
}

/** Language names as readers look for them (LG-1). */
export const NAMES = { zh: '中文', en: 'English', ur: 'اردو' };

const attribute = (tag, name) => new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)'|([^\\s>]*))`).exec(tag)?.slice(1).find((value) => value !== undefined);

/**
 * The site in `folder`:
 * - `address` is its public address, `base` the path of it;
 * - `locales` are `{ id, tag, dir, name }`;
 * - `pages` are `{ path, locale, rest, type, size }`: `path` from the root of the site ('en/jazz/'), `rest` without the
 *   locale ('jazz/'), and one of the types chooser, home, carrier, guide, general, plain, not-found, or the name of the
 *   page where a site has one of a kind: sources, compare, changes, offline, search.
 */
export function readSite(folder) {
  const files = readdirSync(folder, { recursive: true })
    .map((name) => name.split(sep).join('/'))
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
  const text = (name) => readFileSync(join(folder, name), 'utf8');

  const canonical = text('index.html').match(/<link[^>]*>/g)?.find((tag) => attribute(tag, 'rel') === 'canonical');
  const address = canonical && attribute(canonical, 'href');
  if (!address) throw new Error(`${folder}/index.html names no canonical address`);

  const locales = files
    .filter((name) => /^[a-z-]+\/404\.html$/.test(name))
    .map((name) => {
      const id = name.split('/')[0];
      const [html] = text(`${id}/index.html`).match(/<html[^>]*>/);
      return { id, tag: attribute(html, 'lang'), dir: attribute(html, 'dir'), name: NAMES[id] };
    });

  const pages = files
    .filter((name) => name.endsWith('.html'))
    .map((name) => {
      const path = name.replace(/(^|\/)index\.html$/, '$1');
      const locale = locales.find(({ id }) => path.startsWith(`${id}/`))?.id ?? null;
      const rest = locale ? path.slice(locale.length + 1) : path;
      return { path, locale, rest, type: typeOf(rest, locale, text(name)), size: statSync(join(folder, name)).size };
    });
  return { folder, files, text, address, base: new URL(address).pathname, locales, pages };
}

function typeOf(rest, locale, html) {
  if (rest === '') return locale ? 'home' : 'chooser';
  if (rest.endsWith('404.html')) return 'not-found';
  const [first, second, third] = rest.split('/');
  if (!second && ['sources', 'compare', 'changes', 'offline', 'search'].includes(first)) return first;
  if (rest === 'general/') return 'rules';
  if (third) return third;
  if (rest.endsWith('/application/')) return 'application';
  if (second) return first === 'general' ? 'general' : 'guide';
  return new RegExp(`data-fact="?${first}\\.`).test(html) ? 'carrier' : 'plain';
}

/**
 * One page of every kind in every locale: of each type the longest, and what templates show only now and then: a carrier
 * that is not active, a guide without a checklist, a plain page with facts.
 */
export function kinds(site) {
  const longest = (pages) => pages.reduce((best, page) => (best && best.size >= page.size ? best : page), null);
  const html = (page) => site.text(page.path === '' || page.path.endsWith('/') ? `${page.path}index.html` : page.path);
  const first = site.locales[0].id;
  const own = site.pages.filter((page) => page.locale === first);
  const chosen = new Set();
  for (const type of new Set(own.map((page) => page.type))) chosen.add(longest(own.filter((page) => page.type === type)).rest);
  const rare = [
    (page) => page.type === 'carrier' && /class="?status\b/.test(html(page)),
    (page) => ['guide', 'general'].includes(page.type) && !/id="?checklist"?[\s>]/.test(html(page)),
    (page) => page.type === 'plain' && /class="?grounds\b/.test(html(page)),
  ];
  for (const is of rare) {
    const page = longest(own.filter(is));
    if (page) chosen.add(page.rest);
  }
  return site.pages.filter((page) => !page.locale || chosen.has(page.rest));
}

/** The site under test: the folder in SITE, or `public`. */
export function theSite() {
  const folder = resolve(REPOSITORY, process.env.SITE ?? 'public');
  if (!existsSync(join(folder, 'index.html'))) {
    throw new Error(`no built site in ${relative(process.cwd(), folder) || '.'}: run \`cargo run --release -- build\`, or name its folder in SITE`);
  }
  return readSite(folder);
}

/** The guide page that has the most to show in a locale. */
export const bestGuide = (site, locale) =>
  site.pages.filter((page) => page.type === 'guide' && page.locale === locale).sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1))[0];
