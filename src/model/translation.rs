//! What a translation was made from: a fingerprint of each part of its source, as it was then.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;

use super::body::AlertKind;
use crate::diag::Span;
use crate::source::tree::FileId;

/// The part of a text above its first step: title, summary, short version and opening; the whole of a fragment. No step can be called
/// this.
pub const TOP: &str = "_top";

/// A short hash of what a part of a text says: 64 bits, so that nobody's rewording meets another's by chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint(pub u64);

impl Fingerprint {
    /// One that was written down.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        plain.then(|| u64::from_str_radix(text, 16).ok().map(Self)).flatten()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What a part was made from, and the day somebody said that it agrees with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// The source as it was.
    pub from: Fingerprint,
    /// The day; absent when it was not written down.
    pub day: Option<Date>,
}

impl Made {
    /// As it is written: `5c1d2e3f4a5b6c7d 2026-11-27`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (says, day) = text.split_once(' ').map_or((text, None), |(says, day)| (says, Some(day)));
        let day = day.map(|day| day.parse().ok().filter(|_| day.len() == 10));
        Some(Self { from: Fingerprint::parse(says)?, day: day.map_or(Some(None), |day| day.map(Some))? })
    }
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.day {
            Some(day) => write!(f, "{} {day}", self.from),
            None => write!(f, "{}", self.from),
        }
    }
}

/// What a text says of the source it was made from, by part.
pub type Record = BTreeMap<Box<str>, Made>;

/// A part of a text and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// Which part: the id of a step, [`TOP`], or the way to a text of a YAML file.
    pub part: Box<str>,
    /// What it says.
    pub says: Fingerprint,
    /// How many letters its own words have; where they are many, no more than many are counted.
    pub letters: u32,
}

/// Parts of translations whose source changed since, by file, each with the day it was last said to agree.
pub type Stale = BTreeMap<FileId, BTreeMap<Box<str>, Option<Date>>>;

/// What is known of a text for comparing it with its translations.
#[derive(Debug, Clone, Default)]
pub struct Lock {
    /// The fingerprint of each part, in order.
    pub prints: Vec<Print>,
    /// What its front matter says of the source it was made from, and where.
    pub record: Option<(Record, Span)>,
    /// What every locale has alike and that references do not tell: alerts, codes, numbers. Absent before they are looked for.
    pub signs: Option<Vec<Sign>>,
}

/// Something that has to stand in a step in every locale.
#[derive(Debug, Clone)]
pub struct Sign {
    /// What.
    pub kind: SignKind,
    /// Where.
    pub place: Span,
}

/// What a sign is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignKind {
    /// `> [!WARNING]`
    Alert(AlertKind),
    /// `` `*100#` ``
    Code(Box<str>),
    /// A number of two digits or more, without the marks between its groups.
    Number(Box<str>),
    /// `---`, a line across between blocks.
    Rule,
    /// The passages of a kind in a part, each by where its words begin: bytes of the file.
    Passages(Passage, Box<[Bytes]>),
    /// The words of another passage of this kind once more; those stand first. Items of the whole text, else passages of one part.
    Again(Passage, Bytes),
}

/// First byte of a place in a file, and the byte after its last. Smaller than a span, because a large site has very many.
pub type Bytes = (u32, u32);

impl Sign {
    /// A place in the same file.
    #[must_use]
    pub fn at(&self, (start, end): Bytes) -> Span {
        Span { file: self.place.file, start, end }
    }
}

/// What a text is made of, as far as translations have as many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Passage {
    /// A line of a guide's short version.
    Short,
    /// A paragraph that stands in no list, quote or table.
    Paragraph,
    /// An entry of a list.
    Entry,
    /// What stands below an item.
    Hint,
    /// A row of a table.
    Row,
}

impl Passage {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Short, Self::Paragraph, Self::Entry, Self::Hint, Self::Row];
}

/// A line of a part of a text: the how-manieth of its kind, from 0. Small, because a large site names very much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// What kind of line; for an item, its hint with it.
    pub passage: Passage,
    /// Which of them.
    pub number: u8,
}

/// How a part of a translation stands to its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Made from the source as it is.
    Fresh,
    /// The source changed since that day, where it is known.
    Stale(Option<Date>),
    /// Nothing says what it was made from.
    Unrecorded,
    /// It is not there.
    Missing,
}

#[cfg(test)]
mod tests {
    use super::{Fingerprint, Made};

    #[test]
    fn what_is_written_is_read() {
        let made = Made { from: Fingerprint(0x0c1d_2e3f_4a5b_6c7d), day: Some(jiff::civil::date(2026, 11, 27)) };
        assert_eq!(made.to_string(), "0c1d2e3f4a5b6c7d 2026-11-27");
        assert_eq!(Made::parse(&made.to_string()), Some(made));
        assert_eq!(Made::parse("0c1d2e3f4a5b6c7d"), Some(Made { day: None, ..made }));
        for wrong in ["", "0c1d2e3f4a5b6c7", "0C1D2E3F4A5B6C7D", "0c1d2e3f4a5b6c7d yesterday", "+c1d2e3f4a5b6c7d"] {
            assert_eq!(Made::parse(wrong), None, "{wrong}");
        }
    }
}
