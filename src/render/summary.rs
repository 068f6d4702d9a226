//! What is known of a made file: what it was made from, what it holds, and what it weighs on its way to a phone. Everything
//! site-wide, such as lists of what devices keep and budgets, is made of these records.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{OutputFile, Renderer};
use crate::hash::{ContentHash, Sha256};
use crate::source::path::SitePath;

/// The records of a site's files by their paths.
pub type Summary = BTreeMap<SitePath, PageSummary>;

/// The record of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSummary {
    /// The hash of what it was made from; nothing for files that are made every time.
    pub inputs: Option<ContentHash>,
    /// Of what it holds.
    pub content: Sha256,
    /// Bytes on disk.
    pub bytes: usize,
    /// Bytes on the way: compressed as hosts do it, or as they are where that gains nothing; nothing where it was not worth
    /// the time to find out, see `is_weighed`.
    pub sent: Option<usize>,
}

/// Sites of so many files are weighed file by file; of larger ones a sample tells how well the rest can be compressed.
const SMALL_SITE: usize = 400;

/// One page of so many of a large site is in the sample.
const SAMPLE: u8 = 64;

/// Pages of so many bytes are weighed in any case: smaller ones are hardly ever over the limit of what is sent, and a check
/// weighs those that could be.
const NEAR_LIMIT: usize = 5 * 12 * 1024 / 2;

impl Renderer {
    /// The record of one of the site's files.
    #[must_use]
    pub fn summarize(&self, path: &SitePath, file: &OutputFile, inputs: Option<ContentHash>) -> PageSummary {
        let bytes = file.bytes.len();
        let sent = match () {
            () if !is_text(file) => Some(bytes),
            () if self.is_weighed(path, bytes) => Some(compressed(&file.bytes)),
            () => None,
        };
        PageSummary { inputs, content: Sha256::of(&file.bytes), bytes, sent }
    }

    /// Whether a text file is compressed to learn what it weighs: every file of a small site, and in large ones a sample by name
    /// and whatever could be near a limit. It depends on nothing else, so that every build finds the same.
    fn is_weighed(&self, path: &SitePath, bytes: usize) -> bool {
        // Data for programs has no budget.
        if !matches!(path.extension(), "html" | "css" | "js" | "svg" | "txt") {
            return false;
        }
        let small = self.site.guides.len() * self.site.config.locales.len() <= SMALL_SITE;
        small
            || bytes > NEAR_LIMIT
            || path.extension() != "html"
            || ContentHash::of(path.as_str().as_bytes()).bytes()[0].is_multiple_of(SAMPLE)
    }
}

fn is_text(file: &OutputFile) -> bool {
    file.media_type.starts_with("text/") || file.media_type.contains("json") || file.media_type.contains("xml")
}

/// How many bytes some come to on the way, compressed as hosts do it.
#[must_use]
pub fn compressed(bytes: &[u8]) -> usize {
    let mut counter = GzEncoder::new(Count(0), Compression::default());
    // Counting cannot fail.
    let _ = counter.write_all(bytes);
    counter.finish().map_or(bytes.len(), |count| count.0)
}

struct Count(usize);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What files come to on the way. Of a large site only some pages were compressed: the others are taken to be like them.
#[must_use]
pub fn sent<'a>(files: impl IntoIterator<Item = &'a PageSummary>) -> usize {
    let (mut sent, mut weighed, mut unweighed, mut pages) = (0, 0, 0, 0);
    for file in files {
        match file.sent {
            Some(bytes) => {
                sent += bytes;
                if bytes < file.bytes {
                    weighed += file.bytes;
                    pages += bytes;
                }
            }
            None => unweighed += file.bytes,
        }
    }
    sent + (unweighed * pages).checked_div(weighed).unwrap_or(unweighed)
}
