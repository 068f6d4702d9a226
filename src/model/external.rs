//! Addresses outside the site: what they answer, and what is remembered of those that were not reached.

use std::collections::BTreeMap;

use jiff::civil::Date;

/// What an address answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Something stands there.
    Reachable {
        /// The address it has from now on, where its host says that it moved for good.
        moved: Option<String>,
    },
    /// Nothing stands there any more, in the words of its host.
    Gone(String),
    /// Nobody can say, and why.
    Unsure(String),
}

/// What an address was when it was not reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "as the answers")]
pub enum State {
    Gone,
    Unsure,
}

impl State {
    /// Every state with its name.
    pub const NAMES: &[(&'static str, Self)] = &[("gone", Self::Gone), ("unsure", Self::Unsure)];

    /// The name used in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, it)| *it == self).map_or("", |(name, _)| name)
    }
}

/// What is remembered of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missed {
    /// What it was.
    pub state: State,
    /// The first day on which that was seen.
    pub first: Date,
    /// The last one.
    pub last: Date,
}

impl Missed {
    /// Whether it was gone on two days: one may be a bad day of its host.
    #[must_use]
    pub fn is_gone_for_good(&self) -> bool {
        self.state == State::Gone && self.first < self.last
    }

    /// The same after another day on which it was so.
    #[must_use]
    pub fn with(self, day: Date) -> Self {
        Self { first: self.first.min(day), last: self.last.max(day), ..self }
    }
}

/// Every address that was not reached when it was last asked.
pub type Memory = BTreeMap<String, Missed>;
