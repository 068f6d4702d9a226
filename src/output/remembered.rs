//! What a build remembers for the next one: texts as they were read, and what each page was made from. It may be lost, old,
//! damaged or another program's: then everything is made anew, and the site is the same.

use std::collections::BTreeMap;

use crate::codec::{Reader, Writer};
use crate::compile::Memory;
use crate::hash::ContentHash;
use crate::render::Weight;
use crate::source::path::SitePath;

/// A page that a build made. `S` is what tells whether its file is still the one that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadePage<S> {
    /// The hash of what it was made from.
    pub inputs: ContentHash,
    /// What it weighs.
    pub weight: Weight,
    /// Its file.
    pub stamp: S,
}

/// What a build remembers.
pub struct Remembered<S> {
    /// What compiling remembered of the sources.
    pub sources: Memory,
    /// Pages by path.
    pub pages: BTreeMap<SitePath, MadePage<S>>,
}

impl<S> Default for Remembered<S> {
    fn default() -> Self {
        Self { sources: Memory::default(), pages: BTreeMap::new() }
    }
}

impl<S> Remembered<S> {
    /// Everything as bytes for a program that is known by a hash, closed by a hash of them all.
    pub fn write(&self, program: ContentHash, stamp: impl Fn(&mut Writer, &S)) -> Vec<u8> {
        let mut out = Writer::default();
        out.hash(program);
        self.sources.write(&mut out);
        out.size(self.pages.len());
        for (path, page) in &self.pages {
            out.text(path.as_str());
            out.hash(page.inputs);
            out.size(page.weight.bytes);
            out.size(page.weight.sent.map_or(0, |sent| sent + 1));
            out.hash(page.weight.hash);
            stamp(&mut out, &page.stamp);
        }
        let mut bytes = out.into_bytes();
        let hash = ContentHash::of(&bytes);
        bytes.extend_from_slice(&hash.bytes());
        bytes
    }

    /// What the same program wrote; nothing of what it did not, or what is not as it was written.
    pub fn read(bytes: &[u8], program: ContentHash, stamp: impl Fn(&mut Reader<'_>) -> Option<S>) -> Option<Self> {
        let (content, hash) = bytes.split_last_chunk::<16>()?;
        let mut reader = Reader::new(content);
        if ContentHash::of(content) != ContentHash::from_bytes(*hash) || reader.hash()? != program {
            return None;
        }
        let sources = Memory::read(&mut reader)?;
        let pages = reader.list(|reader| {
            let path = SitePath::new(reader.text()?).ok()?;
            let inputs = reader.hash()?;
            let (bytes, sent) = (reader.size()?, reader.size()?.checked_sub(1));
            let weight = Weight { bytes, sent, hash: reader.hash()? };
            Some((path, MadePage { inputs, weight, stamp: stamp(reader)? }))
        })?;
        reader.is_done().then(|| Self { sources, pages: pages.into_iter().collect() })
    }
}
