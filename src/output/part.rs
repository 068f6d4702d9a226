//! What a part of a site says of itself, so that parts which do not belong together are never put together.

use std::collections::BTreeMap;

use super::Remembered;
use crate::codec::{Reader, Writer};
use crate::compile::Compiled;
use crate::hash::{ContentHash, Hasher};
use crate::plan::share::Share;
use crate::render::PageSummary;
use crate::source::path::SitePath;

/// The file in a part's folder that says what it is a part of.
pub const PART: &str = ".rahnuma-part";

/// How such a file begins.
const BEGIN: &str = "rahnuma part 1";

/// What all parts of a site have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The program, by its bytes.
    pub program: ContentHash,
    /// All files of the sources.
    pub sources: ContentHash,
    /// The day the site is built for.
    pub as_of: String,
    /// The site's address.
    pub base_url: String,
}

/// A part of a site, without its files.
pub struct Part {
    /// Which one it is.
    pub share: Share,
    /// What it is a part of.
    pub origin: Origin,
    /// The record of each of its files, and in the first part what compiling remembered.
    pub made: Remembered<()>,
}

impl Origin {
    /// Of a site, as `program` made it. Nothing where there is no site.
    #[must_use]
    pub fn of(compiled: &Compiled, program: ContentHash) -> Option<Self> {
        let site = compiled.renderer()?.site();
        let mut sources = Hasher::default();
        for path in compiled.tree.paths() {
            sources.add_text(path.as_str());
            sources.add_hash(compiled.tree.hash(path.as_str()));
        }
        let (as_of, base_url) = (site.as_of.to_string(), site.config.base_url.clone());
        Some(Self { program, sources: sources.finish(), as_of, base_url })
    }

    /// How another origin differs, and what to do; nothing where they are the same.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Option<String> {
        match () {
            () if self.program != other.program => {
                Some("was made by another version of the program; take the same file of it for all parts".into())
            }
            () if self.as_of != other.as_of => {
                let (own, other) = (&self.as_of, &other.as_of);
                Some(format!(
                    "was made for {other}, and this is for {own}; give --as-of with the same day for all parts"
                ))
            }
            () if self.base_url != other.base_url => {
                let (own, other) = (&self.base_url, &other.base_url);
                Some(format!("was made for {other}, and this is for {own}; give the same --base-url for all parts"))
            }
            () if self.sources != other.sources => {
                Some("was made from other sources; take the same commit for all parts".into())
            }
            () => None,
        }
    }
}

impl Part {
    /// As bytes for [`PART`].
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.text(BEGIN);
        out.number(self.share.number().into());
        out.number(self.share.of().into());
        out.hash(self.origin.program);
        out.hash(self.origin.sources);
        out.text(&self.origin.as_of);
        out.text(&self.origin.base_url);
        out.bytes(&self.made.write(self.origin.program, |_, ()| {}));
        out.into_bytes()
    }

    /// Reads such bytes; nothing of what is no part, or not whole.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let begins = reader.text()? == BEGIN;
        let mut number = || u32::try_from(reader.number()?).ok();
        let share = Share::new(number()?, number()?).filter(|_| begins)?;
        let (program, sources) = (reader.hash()?, reader.hash()?);
        let (as_of, base_url) = (reader.text()?.to_owned(), reader.text()?.to_owned());
        let made = Remembered::read(reader.bytes()?, program, |_| Some(()))?;
        reader.is_done().then_some(Self { share, origin: Origin { program, sources, as_of, base_url }, made })
    }

    /// The records of its files.
    #[must_use]
    pub fn records<S>(files: &BTreeMap<SitePath, (PageSummary, S)>) -> BTreeMap<SitePath, (PageSummary, ())> {
        files.iter().map(|(path, (summary, _))| (path.clone(), (summary.clone(), ()))).collect()
    }
}
