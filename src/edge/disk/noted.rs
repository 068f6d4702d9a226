//! What the manifest says of a file behind its path: the SHA-256 of its bytes, and since when the site does without it.

use std::fmt;

use jiff::civil::Date;

use crate::hash::Sha256;

/// How a hash begins, as in `integrity`.
const HASH: &str = "sha256-";

/// A note on a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Noted {
    /// SHA-256 in base64; nothing where an earlier version wrote the manifest.
    pub hash: Option<String>,
    /// The day on which the site did without it for the first time.
    pub gone: Option<Date>,
}

impl Noted {
    /// A file that the site has.
    pub fn of(hash: Sha256) -> Self {
        Self { hash: Some(hash.to_string()), gone: None }
    }

    /// Reads a note; what it does not know it passes over.
    pub fn parse(text: &str) -> Self {
        let words = || text.split_ascii_whitespace();
        let hash = words().find_map(|word| word.strip_prefix(HASH)).map(str::to_owned);
        Self { hash, gone: words().find_map(|word| word.parse().ok()) }
    }
}

impl fmt::Display for Noted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hash = self.hash.as_ref().map(|hash| format!("{HASH}{hash}"));
        let words: Vec<String> = hash.into_iter().chain(self.gone.map(|day| day.to_string())).collect();
        f.write_str(&words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::{Noted, Sha256};

    #[test]
    fn notes_are_read_as_they_were_written() {
        let day = "2026-11-22".parse().ok();
        for noted in [
            Noted::default(),
            Noted::of(Sha256::of(b"abc")),
            Noted { gone: day, ..Noted::of(Sha256::of(b"")) },
            Noted { gone: day, hash: None },
        ] {
            assert_eq!(Noted::parse(&noted.to_string()), noted);
        }
        assert_eq!(Noted::parse("more to come"), Noted::default());
    }
}
