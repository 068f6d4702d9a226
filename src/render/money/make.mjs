// Writes currencies.txt, the signs of currencies and where they stand, from the CLDR data that Node comes with:
//     node src/render/money/make.mjs > src/render/money/currencies.txt
// A newer Node brings a newer CLDR. Of each language only what differs from a shorter tag of it is written, at last from `und`.
import { readFileSync } from 'node:fs';

const rust = readFileSync(new URL('../../model/currency.rs', import.meta.url), 'utf8');
const codes = [...rust.matchAll(/const (?:IN_USE|WITHDRAWN): &str = "([^"]+)"/g)].flatMap(([, list]) => list.match(/[A-Z]{3}/g));

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const pairs = letters.flatMap((a) => letters.map((b) => a + b));
const known = (tags) => Intl.NumberFormat.supportedLocalesOf(tags);
const languages = known([...pairs, ...pairs.flatMap((pair) => letters.map((c) => pair + c))]);
// The languages that the built-in theme speaks, as each country writes them.
const spoken = ['ar', 'de', 'en', 'es', 'fa', 'fr', 'hi', 'id', 'pt', 'tr', 'ur', 'zh'];
const regions = letters.flatMap((a) => letters.map((b) => (a + b).toUpperCase())).filter((code) => {
  try { return new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code); } catch { return false; }
});
const scripts = ['hi-Latn', 'zh-Hant', 'zh-Hant-HK', 'zh-Hant-MO', 'zh-Hans-HK', 'zh-Hans-MO', 'zh-Hans-SG', 'pa-Arab', 'sr-Latn', 'uz-Cyrl', 'uz-Arab', 'az-Cyrl'];
const tags = [...languages, ...spoken.flatMap((language) => regions.map((region) => `${language}-${region}`)), ...scripts];

const MARKS = /[\u200e\u200f\u061c]/g;
const parts = (tag, currency, currencyDisplay) =>
  new Intl.NumberFormat(`${tag}-u-nu-latn`, { style: 'currency', currency, currencyDisplay }).formatToParts(1);
// A sign may be nothing but a mark that nobody sees, where the pattern has it between the digits.
const signOf = (tag, code, display) =>
  parts(tag, code, display).find(({ type }) => type === 'currency').value.replace(MARKS, '').trim().replace('\u200b', '') || code;
// Before and behind a letter CLDR puts a space that the pattern has not.
const isLetter = (c) => !/[\p{S}\p{Z}]/u.test(c);

const read = (tag) => {
  const short = new Map(codes.map((code) => [code, signOf(tag, code, 'narrowSymbol')]));
  const usual = new Map(codes.map((code) => [code, signOf(tag, code, 'symbol')]));
  const shown = (sign) => [...short, ...usual].filter(([, other]) => other === sign).map(([code]) => code);
  // Where a language knows a currency by its code alone, its sign is as good if it is one (₺, E£), and no other currency's: an
  // abbreviation may be anything, and what several currencies share says less than the code.
  const signs = new Map(codes.map((code) => {
    const own = usual.get(code);
    const narrow = short.get(code);
    return [code, own === code && /\p{Sc}/u.test(narrow) && new Set(shown(narrow)).size === 1 ? narrow : own];
  }));
  const flows = parts(tag, 'EUR').map(({ value }) => value).join('').includes('\u200f');
  const form = (code) => {
    const all = parts(tag, code).map((part) => ({ ...part, value: part.value.replace(MARKS, '') })).filter(({ value }) => value);
    const at = all.findIndex(({ type }) => type === 'currency');
    const first = at < all.findIndex(({ type }) => type === 'integer');
    const sign = all[at].value;
    const edge = first ? [...sign].at(-1) : [...sign][0];
    const beside = all[at + (first ? 1 : -1)];
    return { first, gap: beside.type === 'literal' ? beside.value : '', isLetter: isLetter(edge) };
  };
  const forms = new Map(codes.map((code) => [code, form(code)]));
  const agrees = (each, { first, gap }) => each.first === first && each.gap === (gap || (each.isLetter ? '\u00a0' : ''));
  const agreeing = (pattern) => [...forms.values()].filter((each) => agrees(each, pattern)).length;
  const candidates = [true, false].flatMap((first) => ['', '\u00a0', '\u202f', ' '].map((gap) => ({ first, gap })));
  const pattern = candidates.reduce((best, next) => (agreeing(next) > agreeing(best) ? next : best));
  const written = ({ first, gap }) => `${flows ? 'R' : ''}${first ? `¤${gap}#` : `#${gap}¤`}`;
  // A few currencies have a pattern of their own.
  for (const [code, each] of forms) if (!agrees(each, pattern)) signs.set(code, `${signs.get(code)}|${written(each)}`);
  return { pattern: written(pattern), signs };
};

// What CLDR says where no language is known: the signs of international English, a space before the number.
const all = new Map([['und', { ...read('en-001'), pattern: '¤\u00a0#' }], ...tags.map((tag) => [tag, read(tag)])]);
const above = (tag) => (tag.includes('-') ? tag.slice(0, tag.lastIndexOf('-')) : 'und');
const parent = (tag) => {
  for (let at = above(tag); ; at = above(at)) if (all.has(at)) return at;
};
const lines = [...all].flatMap(([tag, { pattern, signs }]) => {
  const base = tag === 'und' ? { pattern: '', signs: new Map(codes.map((code) => [code, code])) } : all.get(parent(tag));
  const own = codes.filter((code) => signs.get(code) !== base.signs.get(code)).map((code) => `${code}=${signs.get(code)}`);
  return own.length || pattern !== base.pattern ? [[tag, pattern === base.pattern ? '' : pattern, ...own].join('\t')] : [];
});
console.log(`# Signs of currencies and where they stand, from CLDR ${process.versions.cldr} (Unicode License v3) by make.mjs, which says how.
# A language, its pattern where that is another than the shorter tag's (R: in the direction of the sentence, right to left), its signs.`);
console.log(lines.join('\n'));
