//! What an AVIF file says of its items (ISO/IEC 23008-12): which there are, where their pieces stand, how they are shown.

use std::collections::BTreeMap;
use std::ops::Range;

use super::boxes::{Part, Reader};
use crate::image::BadImage;

/// The most items a file may have, and the most that are said to belong to others: a picture of the largest size has 256 tiles, with
/// as many of how far it is seen through.
const MAX_ITEMS: usize = 2_000;

/// The most properties an item may have.
const MAX_PROPERTIES: usize = 255;

/// The items of a file.
#[derive(Debug, Default)]
pub struct Items {
    pub primary: u32,
    pub all: BTreeMap<u32, Item>,
    /// What kind of relation, whose, and to which.
    pub references: Vec<([u8; 4], u32, Vec<u32>)>,
    pub properties: Vec<Part>,
    /// Where small pieces stand among what is said of items.
    pub inside: Option<Range<usize>>,
    /// What says nothing of the picture.
    pub others: Vec<Range<usize>>,
}

/// A picture, a part of one, or something said about it.
#[derive(Debug, Default)]
pub struct Item {
    pub kind: [u8; 4],
    pub name: Range<usize>,
    /// Pieces as the file names them.
    pub placed: Vec<(Place, Range<usize>)>,
    /// Where the pieces stand in the file.
    pub pieces: Vec<Range<usize>>,
    /// Numbers of properties.
    pub properties: Vec<usize>,
}

/// From where a piece's place is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    File,
    Inside,
}

impl Items {
    pub fn get(&self, id: u32) -> Result<&Item, BadImage> {
        self.all.get(&id).ok_or(BadImage::Damaged)
    }

    pub fn read(bytes: &[u8], meta: Range<usize>) -> Result<Self, BadImage> {
        let mut items = Self::default();
        let mut reader = Reader::new(bytes, meta)?;
        reader.version()?;
        let mut seen = Vec::new();
        while let Some(part) = reader.part()? {
            if seen.contains(&part.kind) {
                return Err(BadImage::Damaged);
            }
            let mut reader = Reader::new(bytes, part.body.clone())?;
            match &part.kind {
                b"hdlr" => items.read_handler(&mut reader)?,
                b"pitm" => {
                    let (version, _) = reader.version()?;
                    items.primary = reader.short(if version == 0 { 2 } else { 4 })?;
                }
                b"iinf" => items.read_infos(bytes, &mut reader)?,
                b"iloc" => items.read_places(&mut reader)?,
                b"iref" => items.read_references(bytes, &mut reader)?,
                b"iprp" => items.read_properties(bytes, &mut reader)?,
                b"idat" => items.inside = Some(part.body),
                // Which pictures stand for each other.
                b"grpl" => {}
                _ => {
                    items.others.push(part.body);
                    continue;
                }
            }
            seen.push(part.kind);
        }
        let needed: [&[u8; 4]; 5] = [b"hdlr", b"pitm", b"iinf", b"iloc", b"iprp"];
        if needed.iter().all(|kind| seen.contains(kind)) { Ok(items) } else { Err(BadImage::Damaged) }
    }

    /// Items of pictures, by a program whose name nobody needs.
    fn read_handler(&mut self, reader: &mut Reader<'_>) -> Result<(), BadImage> {
        reader.take(8)?;
        if reader.name()? != *b"pict" {
            return Err(BadImage::Damaged);
        }
        reader.take(12)?;
        self.others.push(reader.take_rest());
        Ok(())
    }

    fn read_infos(&mut self, bytes: &[u8], reader: &mut Reader<'_>) -> Result<(), BadImage> {
        let (version, _) = reader.version()?;
        let count = reader.number(if version == 0 { 2 } else { 4 })?;
        for _ in 0..count {
            let part = reader.part()?.filter(|part| part.kind == *b"infe").ok_or(BadImage::Damaged)?;
            let mut own = Reader::new(bytes, part.body)?;
            let (version, _) = own.version()?;
            let id = match version {
                2 => own.short(2)?,
                3 => own.short(4)?,
                _ => return Err(BadImage::Damaged),
            };
            own.take(2)?;
            let kind = own.name()?;
            let item = self.item(id)?;
            (item.kind, item.name) = (kind, own.words()?);
        }
        Ok(())
    }

    fn read_places(&mut self, reader: &mut Reader<'_>) -> Result<(), BadImage> {
        let (version, _) = reader.version()?;
        let mut sizes = [0; 4];
        for pair in sizes.chunks_mut(2) {
            let byte = reader.length(1)?;
            pair.copy_from_slice(&[byte >> 4, byte & 15]);
        }
        let [at, length, base, index] = sizes;
        let index = if version == 0 { 0 } else { index };
        if sizes.iter().any(|size| *size > 8) || length == 0 {
            return Err(BadImage::Damaged);
        }
        let long = if version < 2 { 2 } else { 4 };
        let count = reader.number(long)?;
        for _ in 0..count {
            let id = reader.short(long)?;
            let place = match if version == 0 { 0 } else { reader.number(2)? & 15 } {
                0 => Place::File,
                1 => Place::Inside,
                _ => return Err(BadImage::Damaged),
            };
            // Pieces in another file.
            if reader.number(2)? != 0 {
                return Err(BadImage::Damaged);
            }
            let base = reader.length(base)?;
            let pieces = reader.number(2)?;
            for _ in 0..pieces {
                reader.take(index)?;
                let start = reader.length(at)?.checked_add(base).ok_or(BadImage::Damaged)?;
                let end = start.checked_add(reader.length(length)?).ok_or(BadImage::Damaged)?;
                self.item(id)?.placed.push((place, start..end));
            }
        }
        Ok(())
    }

    fn read_references(&mut self, bytes: &[u8], reader: &mut Reader<'_>) -> Result<(), BadImage> {
        let (version, _) = reader.version()?;
        let long = if version == 0 { 2 } else { 4 };
        let mut all = 0;
        while let Some(part) = reader.part()? {
            let mut own = Reader::new(bytes, part.body)?;
            let from = own.short(long)?;
            let count = own.length(2)?;
            all += count + 1;
            if all > MAX_ITEMS {
                return Err(BadImage::Damaged);
            }
            let to = (0..count).map(|_| own.short(long)).collect::<Result<_, _>>()?;
            self.references.push((part.kind, from, to));
        }
        Ok(())
    }

    fn read_properties(&mut self, bytes: &[u8], reader: &mut Reader<'_>) -> Result<(), BadImage> {
        let mut associations = Vec::new();
        while let Some(part) = reader.part()? {
            let mut own = Reader::new(bytes, part.body)?;
            match &part.kind {
                b"ipco" => {
                    while let Some(property) = own.part()? {
                        self.properties.push(property);
                    }
                }
                b"ipma" => associations.push(own),
                _ => self.others.push(own.take_rest()),
            }
        }
        for mut own in associations {
            let (version, flags) = own.version()?;
            let count = own.number(4)?;
            for _ in 0..count {
                let id = own.short(if version == 0 { 2 } else { 4 })?;
                let properties = own.number(1)?;
                for _ in 0..properties {
                    // The first bit says that who does not know it must not show the item.
                    let number = if flags & 1 == 0 { own.length(1)? & 0x7F } else { own.length(2)? & 0x7FFF };
                    if number > self.properties.len() {
                        return Err(BadImage::Damaged);
                    }
                    let own = &mut self.item(id)?.properties;
                    if own.len() >= MAX_PROPERTIES {
                        return Err(BadImage::Damaged);
                    }
                    own.extend(number.checked_sub(1));
                }
            }
        }
        Ok(())
    }

    /// The item of a number, new where it was not named before.
    fn item(&mut self, id: u32) -> Result<&mut Item, BadImage> {
        if self.all.len() >= MAX_ITEMS && !self.all.contains_key(&id) {
            return Err(BadImage::Damaged);
        }
        Ok(self.all.entry(id).or_default())
    }
}
