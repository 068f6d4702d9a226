//! One of several parts of a site, made apart from the others on a machine of its own.

use std::fmt;
use std::str::FromStr;

use crate::hash::ContentHash;
use crate::source::path::SitePath;

/// The most parts that a site is made in.
pub const MAX_SHARES: u32 = 1000;

/// A part of a site: `3/8` is the third of eight. Every path belongs to one of them, whatever else the site has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share {
    number: u32,
    of: u32,
}

impl Share {
    /// One of `of` parts, counted from 1; nothing where there is no such part.
    #[must_use]
    pub fn new(number: u32, of: u32) -> Option<Self> {
        ((1..=of).contains(&number) && of <= MAX_SHARES).then_some(Self { number, of })
    }

    /// Which it is, counted from 1.
    #[must_use]
    pub fn number(self) -> u32 {
        self.number
    }

    /// How many there are.
    #[must_use]
    pub fn of(self) -> u32 {
        self.of
    }

    /// Whether a file is in it. Pages that stand side by side are in different parts, so that all take about as long.
    #[must_use]
    pub fn has(self, path: &SitePath) -> bool {
        let [a, b, c, d, ..] = ContentHash::of(path.as_str().as_bytes()).bytes();
        u32::from_le_bytes([a, b, c, d]) % self.of == self.number - 1
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Share {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let share = text.split_once('/').and_then(|(number, of)| Self::new(number.parse().ok()?, of.parse().ok()?));
        share.ok_or_else(|| format!("expected one part of at most {MAX_SHARES}, such as 3/8 for the third of eight"))
    }
}

#[cfg(test)]
mod tests {
    use super::Share;
    use crate::source::path::SitePath;

    #[test]
    fn every_path_is_in_one_part() {
        for of in [1, 2, 8, 1000] {
            for at in 0..50 {
                let path = SitePath::page(&["en", &at.to_string()]);
                let count =
                    (1..=of).filter_map(|number| Share::new(number, of)).filter(|share| share.has(&path)).count();
                assert_eq!(count, 1, "{path} of {of}");
            }
        }
    }

    #[test]
    fn parts_are_counted_from_one() {
        assert_eq!("3/8".parse::<Share>().map(|share| share.to_string()).as_deref(), Ok("3/8"));
        for wrong in ["0/8", "9/8", "1/0", "3", "3/8/1", "a/b", "1/1001", ""] {
            assert!(wrong.parse::<Share>().is_err(), "{wrong}");
        }
    }
}
