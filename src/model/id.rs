//! Identifiers: ASCII kebab-case, shared by all locales, public once published.

use std::fmt;
use std::sync::Arc;

use super::shared::Shared;

/// The longest id of anything but an item.
pub const MAX_LENGTH: usize = 40;

/// A kebab-case name: `[a-z][a-z0-9-]*`, without a hyphen at its end or two in a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

impl Id {
    /// The id of a text, if the text is one.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let letters = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let shape = text.starts_with(|c: char| c.is_ascii_lowercase())
            && !text.ends_with('-')
            && !text.as_bytes().windows(2).any(|pair| pair == b"--");
        (letters && shape && text.len() <= MAX_LENGTH).then(|| Self(text.into()))
    }

    /// What stands before every id, to begin a range with.
    #[must_use]
    pub fn least() -> Self {
        Self("".into())
    }

    /// The nearest id to a text that is not one, for a suggestion.
    #[must_use]
    pub fn nearest(text: &str) -> Option<Self> {
        let mut id = String::new();
        for c in text.trim().to_lowercase().chars() {
            match c {
                'a'..='z' | '0'..='9' => id.push(c),
                ' ' | '_' | '-' | '.' | '\u{2010}'..='\u{2015}' if !id.is_empty() && !id.ends_with('-') => id.push('-'),
                _ => {}
            }
        }
        Self::new(id.trim_end_matches('-').get(..id.trim_end_matches('-').len().min(MAX_LENGTH))?)
    }

    /// Takes up no room of its own where others say the same.
    pub fn share(&mut self, shared: &mut Shared) {
        shared.share(&mut self.0);
    }

    /// The id as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}
