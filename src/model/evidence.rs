//! Why a value is believed: sources, confidence, and what a wrong value costs.

use jiff::civil::Date;

use super::id::Id;
use crate::diag::{Span, Spanned};

/// How sure a reading is; the words are fixed by the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// The operator, the regulator or the service itself says so.
    Official,
    /// Press, a state agency, or several independent pages.
    Reported,
    /// A helpline or a counter told us.
    Staff,
    /// One reader's report.
    Reader,
    /// Nothing more than a claim.
    Unverified,
}

impl Confidence {
    /// Every confidence with its name.
    pub const NAMES: &[(&'static str, Self)] = &[
        ("official", Self::Official),
        ("reported", Self::Reported),
        ("staff", Self::Staff),
        ("reader", Self::Reader),
        ("unverified", Self::Unverified),
    ];

    /// What each says, in a line.
    pub const ABOUT: &str = "`official`: the carrier, the regulator or the service itself says so; `reported`: press, an agency or several pages; `staff`: a helpline or a counter told us; `reader`: one reader did; `unverified`: nothing more than a claim";

    /// The name used in policy files and in the theme's strings.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, it)| *it == self).map_or("", |(name, _)| name)
    }
}

/// What a wrong value costs a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "plain words")]
pub enum Risk {
    High,
    Medium,
    Low,
}

impl Risk {
    /// Every risk with its name.
    pub const NAMES: &[(&'static str, Self)] = &[("high", Self::High), ("medium", Self::Medium), ("low", Self::Low)];

    /// The name used in policy files.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, it)| *it == self).map_or("", |(name, _)| name)
    }
}

/// How soon a reading must be looked at again, in days after its `checked` date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "one field a risk")]
pub struct ReviewDays {
    pub high: u16,
    pub medium: u16,
    pub low: u16,
}

impl Default for ReviewDays {
    fn default() -> Self {
        Self { high: 30, medium: 90, low: 365 }
    }
}

impl ReviewDays {
    /// Days a reading of this risk stays fresh.
    #[must_use]
    pub fn of(self, risk: Risk) -> u16 {
        match risk {
            Risk::High => self.high,
            Risk::Medium => self.medium,
            Risk::Low => self.low,
        }
    }
}

/// A day, or a month or year where the source says no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "plain words")]
pub enum PartialDate {
    Year(i16),
    Month(i16, i8),
    Day(Date),
}

/// What kind of page a source is.
pub const SOURCE_KINDS: &[&str] =
    &["official", "press", "state-media", "law", "service", "blog", "record", "our-notes"];

/// What was read of a source: the live page, a stored copy of it, or only part of one.
pub const SOURCE_COPIES: &[&str] = &["live", "stored", "stored-part"];

/// A cited page.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its id.
    pub id: Id,
    /// Its title, in its own language.
    pub title: String,
    /// BCP 47 tag of the title and of the page.
    pub lang: String,
    /// Who published it.
    pub publisher: String,
    /// Where it is, if it has an address.
    pub url: Option<Spanned<String>>,
    /// Where a copy of it was saved, for the day on which the page itself has changed or gone.
    pub archive: Option<Spanned<String>>,
    /// When it was published, if it says.
    pub published: Option<PartialDate>,
    /// Whether `published` is our estimate.
    pub approximate: bool,
    /// The day we read it.
    pub seen: Option<Date>,
    /// Where that stands.
    pub seen_place: Option<Span>,
    /// One of [`SOURCE_COPIES`].
    pub copy: &'static str,
    /// One of [`SOURCE_KINDS`].
    pub kind: &'static str,
}
