// The text of a PDF that Chromium printed, page by page, without any tool but Node: enough of the format for that.

import { inflateSync } from 'node:zlib';

/** Each page's text, in the order in which it was drawn; spaces are where Chromium drew them. */
export function pdfPages(bytes) {
  const objects = readObjects(bytes);
  const reference = (text, key) => new RegExp(`/${key}\\s+(\\d+) 0 R`).exec(text)?.[1];
  const dictionary = (text, key) => {
    const at = text.search(new RegExp(`/${key}\\s*<<`));
    if (at >= 0) return text.slice(at);
    const to = reference(text, key);
    return to ? objects.get(to).head : '';
  };
  const letters = new Map();
  const fontLetters = (id) => {
    if (!letters.has(id)) {
      const { head } = objects.get(id);
      const map = reference(head, 'ToUnicode');
      // Glyphs of composite fonts are numbered in two bytes, those drawn one by one (Type 3) in one.
      letters.set(id, { bytes: /\/Subtype\s*\/Type0\b/.test(head) ? 2 : 1, map: map ? readMap(objects.get(map).stream()) : new Map() });
    }
    return letters.get(id);
  };
  const pages = [];
  const visit = (id) => {
    const { head } = objects.get(id);
    if (/\/Type\s*\/Pages\b/.test(head)) {
      for (const [, kid] of /\/Kids\s*\[([^\]]*)\]/.exec(head)[1].matchAll(/(\d+) 0 R/g)) visit(kid);
      return;
    }
    const fonts = new Map([.../^\/Font\s*<<([^>]*)>>/.exec(dictionary(dictionary(head, 'Resources'), 'Font'))?.[1].matchAll(/\/(\w+)\s+(\d+) 0 R/g) ?? []].map(([, name, font]) => [name, font]));
    const contents = /\/Contents\s*\[([^\]]*)\]/.exec(head)?.[1] ?? `${reference(head, 'Contents')} 0 R`;
    const drawn = [...contents.matchAll(/(\d+) 0 R/g)].map(([, stream]) => objects.get(stream).stream()).join('\n');
    pages.push(readText(drawn, (name) => fontLetters(fonts.get(name))));
  };
  const catalog = [...objects.values()].find(({ head }) => /\/Type\s*\/Catalog\b/.test(head));
  visit(reference(catalog.head, 'Pages'));
  return pages;
}

function readObjects(bytes) {
  const text = bytes.toString('latin1');
  const objects = new Map();
  const start = /(?:^|\n)(\d+) 0 obj\b/g;
  for (let match; (match = start.exec(text)); ) {
    const from = start.lastIndex;
    const end = text.indexOf('endobj', from);
    const streamAt = text.indexOf('stream', from);
    if (streamAt < 0 || end < streamAt) {
      objects.set(match[1], { head: text.slice(from, end) });
      continue;
    }
    const head = text.slice(from, streamAt);
    const data = streamAt + /^stream\r?\n/.exec(text.slice(streamAt, streamAt + 8))[0].length;
    const length = Number(/\/Length\s+(\d+)/.exec(head)[1]);
    const raw = bytes.subarray(data, data + length);
    objects.set(match[1], { head, stream: () => (/\/FlateDecode/.test(head) ? inflateSync(raw) : raw).toString('latin1') });
    start.lastIndex = data + length;
  }
  return objects;
}

const utf16 = (hex) => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** Glyph to letters, as a font's ToUnicode tells. */
function readMap(text) {
  const map = new Map();
  for (const [, block] of text.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, glyph, letters] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g)) map.set(parseInt(glyph, 16), utf16(letters));
  }
  for (const [, block] of text.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, first, last, letters] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g)) {
      const code = utf16(letters).codePointAt(0);
      for (let glyph = parseInt(first, 16); glyph <= parseInt(last, 16); glyph++) map.set(glyph, String.fromCodePoint(code + glyph - parseInt(first, 16)));
    }
  }
  return map;
}

/** Shows glyphs as letters; spans that say their text themselves are taken at their word, runs set backwards turned round. */
function readText(drawn, lettersOf) {
  let font = { bytes: 2, map: new Map() };
  const marks = [];
  const parts = [];
  let reversed = null;
  const put = (letters) => (reversed ?? parts).push(letters);
  const said = () => marks.includes('said');
  const token = /\/(\w+)\s+[-\d.]+\s+Tf|\/ActualText\s*<(?:FEFF)?([0-9A-Fa-f]*)>\s*>>\s*BDC|\/ReversedChars\s+(BMC)|(BMC|BDC)\b|(EMC)\b|(\((?:\\[\s\S]|[^\\()])*\)|<[0-9A-Fa-f]*>)(?=\s*(?:Tj|-?[\d.]+|\(|<|\]))|(ET)\b/g;
  for (const [, name, actual, backwards, opened, closed, shown, end] of drawn.matchAll(token)) {
    if (name) font = lettersOf(name);
    else if (actual !== undefined) {
      if (!said()) put(utf16(actual));
      marks.push('said');
    } else if (backwards) {
      marks.push('reversed');
      reversed = [];
    } else if (opened) marks.push('other');
    else if (closed) {
      if (marks.pop() === 'reversed') {
        parts.push(...reversed.reverse());
        reversed = null;
      }
    } else if (end) put('\n');
    else if (shown && !said()) for (const glyph of glyphs(shown, font.bytes)) put(font.map.get(glyph) ?? '');
  }
  return parts.join('');
}

/** The numbers of the glyphs in a string of the page. */
function glyphs(shown, width) {
  const bytes = [];
  if (shown.startsWith('<')) bytes.push(...Buffer.from(shown.slice(1, -1), 'hex'));
  else {
    for (const [, octal, escaped, plain] of shown.slice(1, -1).matchAll(/\\([0-7]{1,3})|\\([\s\S])|([\s\S])/g)) {
      if (octal) bytes.push(parseInt(octal, 8));
      else bytes.push((escaped ? { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[escaped] ?? escaped : plain).charCodeAt(0));
    }
  }
  return width === 1 ? bytes : bytes.flatMap((byte, at) => (at % 2 ? [] : [byte * 256 + bytes[at + 1]]));
}
