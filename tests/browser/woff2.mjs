// What a WOFF2 file can show, read from the file itself: its character map is one of the tables the format leaves as they are.

import { brotliDecompressSync } from 'node:zlib';

const CMAP = 0;
const CUSTOM = 63;
const TRANSFORMED = new Set([10, 11]); // glyf, loca: stored in another form unless their version is 3

/** The characters of a font, as a sorted list of code points. */
export function codePoints(file) {
  if (file.toString('latin1', 0, 4) !== 'wOF2') throw new Error('not a WOFF2 file');
  const tables = directory(file);
  const data = brotliDecompressSync(file.subarray(tables.end, tables.end + file.readUInt32BE(20)));
  let at = 0;
  for (const { tag, stored } of tables.list) {
    if (tag === CMAP) return read(data.subarray(at, at + stored));
    at += stored;
  }
  throw new Error('the font has no character map');
}

/** The list of tables, each with the length it has in the compressed stream, and where that stream begins. */
function directory(file) {
  let at = 48;
  const number = () => {
    let value = 0;
    for (;;) {
      const byte = file[at++];
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  };
  const list = Array.from({ length: file.readUInt16BE(12) }, () => {
    const flags = file[at++];
    const tag = flags & 63;
    if (tag === CUSTOM) at += 4;
    const length = number();
    const version = flags >> 6;
    const transformed = TRANSFORMED.has(tag) ? version !== 3 : version !== 0;
    return { tag, stored: transformed ? number() : length };
  });
  return { list, end: at };
}

function read(cmap) {
  const found = new Set();
  for (let index = 0; index < cmap.readUInt16BE(2); index++) {
    const map = cmap.subarray(cmap.readUInt32BE(4 + index * 8 + 4));
    const format = map.readUInt16BE(0);
    if (format === 4) segments(map, found);
    else if (format === 12) groups(map, found);
    else throw new Error(`a character map of format ${format}`);
  }
  return [...found].sort((a, b) => a - b);
}

/** Format 4: ranges of the basic plane, each with an offset to its glyphs. */
function segments(map, found) {
  const bytes = map.readUInt16BE(6);
  const [ends, starts, deltas, offsets] = [14, 16 + bytes, 16 + 2 * bytes, 16 + 3 * bytes];
  for (let at = 0; at < bytes; at += 2) {
    const offset = map.readUInt16BE(offsets + at);
    const start = map.readUInt16BE(starts + at);
    for (let code = start; code <= map.readUInt16BE(ends + at) && code < 0xffff; code++) {
      const glyph = offset === 0 ? code : map.readUInt16BE(offsets + at + offset + (code - start) * 2);
      const known = offset !== 0 && glyph === 0 ? 0 : (glyph + map.readUInt16BE(deltas + at)) & 0xffff;
      if (known !== 0) found.add(code);
    }
  }
}

/** Format 12: ranges of all planes. */
function groups(map, found) {
  for (let index = 0, at = 16; index < map.readUInt32BE(12); index++, at += 12) {
    for (let code = map.readUInt32BE(at); code <= map.readUInt32BE(at + 4); code++) found.add(code);
  }
}
