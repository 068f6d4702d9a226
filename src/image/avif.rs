//! AVIF: every box of the file is stepped through, and every piece of the picture has to be inside it. Its pixels are not decoded,
//! which would take a decoder larger than this program; what is wrong within them is not found here.

mod boxes;
mod items;

use std::collections::BTreeSet;
use std::ops::Range;

use self::boxes::Reader;
use self::items::{Item, Items, Place};
use super::{BadImage, Found, limited};

/// The most boxes with pieces of pictures, and the most bytes that all pieces may come to: some programs let alike tiles share one.
const MAX_DATA: usize = 64;
const MAX_LENGTH: usize = 256_000_000;

/// Exif data, behind where they begin, that say nothing: a TIFF of no entries. Programs refuse a file whose Exif data are none.
const NOTHING: &[u8] = b"\0\0\0\0II*\0\x08\0\0\0";

/// Kinds of items that browsers make pictures of.
const PICTURES: [&[u8; 4]; 2] = [b"av01", b"grid"];

/// Properties that change how the picture looks.
const SHOWN: [&[u8; 4]; 17] = [
    b"ispe", b"pixi", b"av1C", b"colr", b"auxC", b"irot", b"imir", b"clap", b"pasp", b"clli", b"mdcv", b"cclv",
    b"amve", b"a1op", b"a1lx", b"lsel", b"ndwt",
];

/// Whether the file says that it is one.
pub fn is_avif(bytes: &[u8]) -> bool {
    let [a, b, c, d, b'f', b't', b'y', b'p', ..] = bytes else { return false };
    let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
    let brands = bytes.get(8..length.min(bytes.len())).unwrap_or_default();
    brands.chunks_exact(4).any(|brand| brand == b"avif" || brand == b"avis")
}

/// Width and height, and whether the image is turned a quarter.
pub fn size(bytes: &[u8]) -> Found {
    let file = File::read(bytes)?;
    let primary = file.items.get(file.items.primary)?;
    if !PICTURES.contains(&&primary.kind) {
        return Err(BadImage::Unknown);
    }
    for id in file.shown() {
        file.whole(id)?;
    }
    let (width, height) = file.dimensions(primary)?;
    if let Some(cut) = file.property(primary, *b"clap") {
        let mut reader = Reader::new(bytes, cut)?;
        let mut side = || Ok((reader.number(4)?, reader.number(4)?));
        let is_all = |(over, under): (u64, u64), side: u32| over == u64::from(side) * under;
        if !(is_all(side()?, width) && is_all(side()?, height)) {
            return Err(BadImage::Cropped);
        }
    }
    let turn = file.property(primary, *b"irot").map(|turn| Reader::new(bytes, turn)?.number(1)).transpose()?;
    Ok(((width, height), turn.is_some_and(|turn| turn % 2 == 1)))
}

/// The same file with zeros in place of whatever is not needed to show the picture: what was written about it, where and when it
/// was taken, previews. Nothing moves, since the file names its pieces by their places.
pub fn without(bytes: &[u8]) -> Option<Vec<u8>> {
    let file = File::read(bytes).ok()?;
    let mut out = bytes.to_vec();
    for place in file.unneeded() {
        out.get_mut(place)?.fill(0);
    }
    for item in file.items.all.values() {
        out.get_mut(item.name.clone())?.fill(b' ');
        if item.kind == *b"Exif" && item.pieces.iter().all(|piece| out[piece.clone()].iter().all(|byte| *byte == 0)) {
            for (at, byte) in item.pieces.iter().flat_map(Clone::clone).zip(NOTHING) {
                out[at] = *byte;
            }
        }
    }
    Some(out)
}

struct File<'a> {
    bytes: &'a [u8],
    items: Items,
    /// Where pieces of pictures stand.
    data: Vec<Range<usize>>,
    /// What says nothing of the picture.
    others: Vec<Range<usize>>,
}

impl<'a> File<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, BadImage> {
        let (mut meta, mut data, mut others) = (None, Vec::new(), Vec::new());
        let mut moves = false;
        let mut reader = Reader::new(bytes, 0..bytes.len())?;
        while let Some(part) = reader.part()? {
            match &part.kind {
                b"ftyp" => {}
                b"meta" if meta.is_none() => meta = Some(part.body),
                b"meta" => return Err(BadImage::Damaged),
                b"mdat" => data.push(part.body),
                b"moov" => moves = true,
                _ => others.push(part.body),
            }
        }
        if data.len() > MAX_DATA {
            return Err(BadImage::Damaged);
        }
        if moves {
            return Err(BadImage::Moving);
        }
        let mut items = Items::read(bytes, meta.ok_or(BadImage::Damaged)?)?;
        others.append(&mut items.others);
        let mut file = Self { bytes, items, data, others };
        file.find_pieces()?;
        Ok(file)
    }

    /// Gives each item the places of its pieces in the file.
    fn find_pieces(&mut self) -> Result<(), BadImage> {
        let inside = self.items.inside.clone();
        let mut total = 0;
        for item in self.items.all.values_mut() {
            let mut length = 0;
            for (place, piece) in std::mem::take(&mut item.placed) {
                let piece = match place {
                    Place::File => piece,
                    Place::Inside => {
                        let start = inside.as_ref().ok_or(BadImage::Damaged)?.start;
                        let at = |at: usize| start.checked_add(at).ok_or(BadImage::Damaged);
                        at(piece.start)?..at(piece.end)?
                    }
                };
                let holders = self.data.iter().filter(|_| place == Place::File).chain(inside.as_ref());
                if !holders.into_iter().any(|data| data.start <= piece.start && piece.end <= data.end) {
                    return Err(BadImage::Damaged);
                }
                length += piece.len();
                total += piece.len();
                // Pieces over each other could come to more than any memory.
                if length > self.bytes.len() || total > MAX_LENGTH {
                    return Err(BadImage::Damaged);
                }
                item.pieces.push(piece);
            }
        }
        self.data.extend(inside);
        Ok(())
    }

    /// The items that the picture is made of: its tiles, and what says how far it is seen through.
    fn shown(&self) -> BTreeSet<u32> {
        let mut shown = BTreeSet::from([self.items.primary]);
        loop {
            let before = shown.len();
            for (kind, from, to) in &self.items.references {
                let is_tones = || self.items.all.get(from).is_some_and(|item| item.kind == *b"tmap");
                match kind {
                    b"dimg" if shown.contains(from) => shown.extend(to),
                    // How bright screens show it brighter: made of the picture and of a map.
                    b"dimg" if is_tones() && to.contains(&self.items.primary) => {
                        shown.insert(*from);
                    }
                    b"auxl" if to.iter().any(|id| shown.contains(id)) => {
                        shown.insert(*from);
                    }
                    _ => {}
                }
            }
            if shown.len() == before {
                return shown;
            }
        }
    }

    /// Checks that an item is there, is not too large and has all its pieces.
    fn whole(&self, id: u32) -> Result<(), BadImage> {
        let item = self.items.get(id)?;
        let data: Vec<u8> = item.pieces.iter().flat_map(|piece| &self.bytes[piece.clone()]).copied().collect();
        match &item.kind {
            b"av01" => {
                self.dimensions(item)?;
                self.property(item, *b"av1C").ok_or(BadImage::Damaged)?;
                whole_units(&data)
            }
            b"grid" => self.whole_grid(id, &data),
            _ if data.is_empty() => Err(BadImage::Damaged),
            _ => Ok(()),
        }
    }

    /// Checks that a picture made of tiles has as many as it says, and that none is for nothing.
    fn whole_grid(&self, id: u32, data: &[u8]) -> Result<(), BadImage> {
        let mut reader = Reader::new(data, 0..data.len())?;
        let (_, flags) = (reader.number(1)?, reader.number(1)?);
        let (rows, columns) = (reader.length(1)? + 1, reader.length(1)? + 1);
        let length = if flags & 1 == 0 { 2 } else { 4 };
        let own = (reader.short(length)?, reader.short(length)?);
        let mut tiles = self.items.references.iter().filter(|(kind, from, _)| kind == b"dimg" && *from == id);
        let (Some((_, _, tiles)), None) = (tiles.next(), tiles.next()) else { return Err(BadImage::Damaged) };
        if own != self.dimensions(self.items.get(id)?)? || tiles.len() != rows * columns {
            return Err(BadImage::Damaged);
        }
        let fits = |side: u32, tile: u32, count: usize| {
            let (side, tile, count) = (u64::from(side), u64::from(tile), count as u64);
            tile * (count - 1) < side && side <= tile * count
        };
        for tile in tiles {
            let tile = self.items.get(*tile)?;
            let (width, height) = self.dimensions(tile)?;
            if tile.kind != *b"av01" || !fits(own.0, width, columns) || !fits(own.1, height, rows) {
                return Err(BadImage::Damaged);
            }
        }
        Ok(())
    }

    /// Where the contents of an item's property stand.
    fn property(&self, item: &Item, kind: [u8; 4]) -> Option<Range<usize>> {
        let mut own = item.properties.iter().filter_map(|at| self.items.properties.get(*at));
        own.find(|part| part.kind == kind).map(|part| part.body.clone())
    }

    fn dimensions(&self, item: &Item) -> Result<(u32, u32), BadImage> {
        let place = self.property(item, *b"ispe").ok_or(BadImage::Damaged)?;
        let mut reader = Reader::new(self.bytes, place)?;
        reader.version()?;
        limited(reader.short(4)?, reader.short(4)?)
    }

    /// What is not needed to show the picture.
    fn unneeded(&self) -> Vec<Range<usize>> {
        let mut unneeded = self.others.clone();
        let properties = self.items.properties.iter().filter(|part| !SHOWN.contains(&&part.kind));
        unneeded.extend(properties.map(|part| part.body.clone()));
        let mut needed: Vec<_> =
            self.shown().iter().filter_map(|id| self.items.all.get(id)).flat_map(|item| item.pieces.clone()).collect();
        needed.sort_unstable_by_key(|piece| piece.start);
        for data in &self.data {
            let mut from = data.start;
            for piece in needed.iter().filter(|piece| data.start <= piece.start && piece.end <= data.end) {
                if from < piece.start {
                    unneeded.push(from..piece.start);
                }
                from = from.max(piece.end);
            }
            unneeded.push(from..data.end);
        }
        unneeded
    }
}

/// Checks that the units of an AV1 picture (5.3 of its specification) end where the picture does.
fn whole_units(data: &[u8]) -> Result<(), BadImage> {
    const FORBIDDEN: u64 = 0x80;
    const EXTENDED: u64 = 4;
    const SIZED: u64 = 2;
    let mut reader = Reader::new(data, 0..data.len())?;
    if reader.is_at_end() {
        return Err(BadImage::Damaged);
    }
    while !reader.is_at_end() {
        let head = reader.number(1)?;
        if head & FORBIDDEN != 0 {
            return Err(BadImage::Damaged);
        }
        reader.take(usize::from(head & EXTENDED != 0))?;
        // The last one may go on to the end without saying so.
        let length = if head & SIZED == 0 { reader.left() } else { variable(&mut reader)? };
        reader.take(length)?;
    }
    Ok(())
}

/// A number in bytes of seven bits, the smallest first.
fn variable(reader: &mut Reader<'_>) -> Result<usize, BadImage> {
    let mut number = 0;
    for place in 0..8 {
        let byte = reader.number(1)?;
        number |= (byte & 0x7F) << (7 * place);
        if byte & 0x80 == 0 {
            return usize::try_from(number).map_err(|_| BadImage::Damaged);
        }
    }
    Err(BadImage::Damaged)
}

#[cfg(test)]
mod tests;
