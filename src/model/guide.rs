//! Guides: one procedure, the same in every locale.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::body::Prose;
use super::fact::{Fact, NATIONAL};
use super::id::Id;
use super::locale::{LocaleIx, Localized};
use crate::diag::Span;

/// The folder of guides that hold for every carrier.
pub const GENERAL: &str = "general";

/// The plain page whose text stands on the home page.
pub const HOME: &str = "home";

/// The plain page that helps to decide, whose text stands on the home page and on those of carriers.
pub const DECIDE: &str = "decide";

/// A guide's full name: `jazz/close-sim`, `general/move-accounts`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GuideKey {
    /// A carrier, or `general`.
    pub section: Id,
    /// The guide's id within its section.
    pub guide: Id,
}

impl GuideKey {
    /// Whose facts are its own: its carrier's, or the nation's.
    #[must_use]
    pub fn owner(&self) -> &str {
        if self.section.as_str() == GENERAL { NATIONAL } else { self.section.as_str() }
    }
}

impl fmt::Display for GuideKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.section, self.guide)
    }
}

/// A guide in all the locales it was written in.
#[derive(Debug, Clone)]
pub struct Guide {
    /// Its full name.
    pub key: GuideKey,
    /// Its text in each locale that has one; never empty.
    pub texts: BTreeMap<LocaleIx, Text>,
    /// What to say at the counter; may be empty.
    pub card: Vec<CardLine>,
    /// A letter to print and hand in, in the languages spoken at counters; may be empty.
    pub application: BTreeMap<LocaleIx, Letter>,
}

/// A letter to print and hand in, in one locale.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its title.
    pub title: String,
    /// What it says.
    pub prose: Prose,
}

/// What to say to a clerk, always or in some situations.
#[derive(Debug, Clone)]
pub struct CardLine {
    /// Situations in which it is said; always when empty.
    pub when: Vec<Id>,
    /// Situations in which it is not said.
    pub unless: Vec<Id>,
    /// The words.
    pub text: Localized<String>,
}

/// The rule by which a reader can work out a day: so long after a day that they know.
#[derive(Debug, Clone)]
pub struct DateRule {
    /// The day they know, by a name of the site's own.
    pub from: Id,
    /// How long from there; a duration.
    pub fact: Arc<Fact>,
    /// The situation of a reader for whom the day is still to come.
    pub situation: Option<Id>,
}

/// A plain page in all the locales it was written in.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its id, part of its address.
    pub id: Id,
    /// Its text in each locale that has one; never empty.
    pub texts: BTreeMap<LocaleIx, Text>,
}

/// A guide or a page in one locale.
#[derive(Debug, Clone)]
pub struct Text {
    /// Its title.
    pub title: String,
    /// One sentence on what it is for.
    pub summary: String,
    /// The rule by which a reader can work out a day, if there is one.
    pub date_rule: Option<DateRule>,
    /// Facts to show first.
    pub key_facts: Vec<Arc<Fact>>,
    /// The theme's own template that its page is made with; that of its kind where it names none.
    pub template: Option<String>,
    /// What it says.
    pub prose: Prose,
    /// Where it stands.
    pub place: Span,
}
