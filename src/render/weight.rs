//! What a file weighs on its way to a phone, and what it holds.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{OutputFile, Renderer};

/// A file as networks and caches see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// Bytes on disk.
    pub bytes: usize,
    /// Bytes on the way: compressed as hosts do it, or as they are where that gains nothing.
    pub sent: usize,
    /// A hash of what the file holds, the day of the build aside: a site built anew every day is the same site. (On the
    /// day itself facts checked that day lose theirs too, and change once more the day after.)
    pub hash: String,
}

impl Renderer {
    /// Weighs one of the site's files.
    #[must_use]
    pub fn weigh(&self, file: &OutputFile) -> Weight {
        let text =
            file.media_type.starts_with("text/") || file.media_type.contains("json") || file.media_type.contains("xml");
        let bytes = file.bytes.len();
        Weight { bytes, sent: if text { compressed(&file.bytes) } else { bytes }, hash: self.hash(file) }
    }

    fn hash(&self, file: &OutputFile) -> String {
        let mut hasher = blake3::Hasher::new();
        match std::str::from_utf8(&file.bytes) {
            Ok(html) if file.media_type.starts_with("text/html") => {
                hasher.update(self.built_days().fold(html.to_owned(), |html, day| html.replace(&day, "")).as_bytes())
            }
            _ => hasher.update(&file.bytes),
        };
        hasher.finalize().to_hex()[..16].to_owned()
    }

    /// The day of the build as pages write it.
    fn built_days(&self) -> impl Iterator<Item = String> {
        let day = self.site.as_of;
        self.words.iter().map(move |words| words.date(day).text).chain([day.to_string()])
    }
}

fn compressed(bytes: &[u8]) -> usize {
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
