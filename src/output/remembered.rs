//! What a build remembers for the next one: texts as they were read, and the record of each file. It may be lost, old,
//! damaged or another program's: then everything is made anew, and the site is the same.

use std::collections::BTreeMap;

use crate::codec::{Reader, Writer};
use crate::compile::Memory;
use crate::hash::{ContentHash, Sha256};
use crate::render::PageSummary;
use crate::source::path::SitePath;

/// What a build remembers. `S` is what tells whether a file is still the one that was written.
pub struct Remembered<S> {
    /// What compiling remembered of the sources.
    pub sources: Memory,
    /// Files by path.
    pub files: BTreeMap<SitePath, (PageSummary, S)>,
}

impl<S> Default for Remembered<S> {
    fn default() -> Self {
        Self { sources: Memory::default(), files: BTreeMap::new() }
    }
}

impl<S> Remembered<S> {
    /// Everything as bytes for a program that is known by a hash, closed by a hash of them all.
    pub fn write(&self, program: ContentHash, stamp: impl Fn(&mut Writer, &S)) -> Vec<u8> {
        let mut out = Writer::default();
        out.hash(program);
        self.sources.write(&mut out);
        out.size(self.files.len());
        for (path, (summary, own)) in &self.files {
            out.text(path.as_str());
            out.optional(summary.inputs, Writer::hash);
            out.bytes(&summary.content.bytes());
            out.size(summary.bytes);
            out.optional(summary.sent, Writer::size);
            stamp(&mut out, own);
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
        let files = reader.list(|reader| {
            let path = SitePath::new(reader.text()?).ok()?;
            let inputs = if reader.flag()? { Some(reader.hash()?) } else { None };
            let content = Sha256::from_bytes(reader.bytes()?.try_into().ok()?);
            let bytes = reader.size()?;
            let sent = if reader.flag()? { Some(reader.size()?) } else { None };
            let summary = PageSummary { inputs, content, bytes, sent };
            Some((path, (summary, stamp(reader)?)))
        })?;
        reader.is_done().then(|| Self { sources, files: files.into_iter().collect() })
    }
}
