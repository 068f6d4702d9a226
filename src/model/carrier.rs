//! Carriers: mobile operators, and what has become of them.

use jiff::civil::Date;

use super::id::Id;
use super::locale::{LocaleIx, Localized};
use crate::diag::{Span, Spanned};

/// What has become of a carrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "plain words")]
pub enum Status {
    #[default]
    Active,
    Merging,
    RenamedTo,
    Closed,
}

impl Status {
    /// Every status with its name.
    pub const NAMES: &[(&'static str, Self)] = &[
        ("active", Self::Active),
        ("merging", Self::Merging),
        ("renamed-to", Self::RenamedTo),
        ("closed", Self::Closed),
    ];

    /// The name used in policy files and in the theme's strings.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, it)| *it == self).map_or("", |(name, _)| name)
    }
}

/// A mobile operator, or the nation whose rules hold for all of them.
#[derive(Debug, Clone)]
pub struct Carrier {
    /// Its id, part of addresses.
    pub id: Id,
    /// Its name.
    pub name: Localized<String>,
    /// Where it stands among the others; the smaller the earlier.
    pub order: Option<u16>,
    /// Other names that readers may search it by. They are not shown.
    pub aliases: Localized<Vec<String>>,
    /// What has become of it.
    pub status: Status,
    /// The carrier it merges into or was renamed to.
    pub successor: Option<Id>,
    /// What a reader should know about the status.
    pub status_note: Option<Localized<String>>,
    /// When to look at the status again.
    pub recheck: Option<Date>,
    /// ISO 3166 country code.
    pub country: String,
    /// Its own site.
    pub website: Option<Spanned<String>>,
    /// The ids of its facts, in the order written.
    pub facts: Vec<Id>,
    /// Where it is described.
    pub place: Span,
}

impl Carrier {
    /// Its name in the other languages, as on signs and in messages, where it is another one than in `locale`; each once.
    #[must_use]
    pub fn other_names(&self, locale: LocaleIx) -> Vec<(LocaleIx, &str)> {
        let own = self.name.get(locale);
        let mut names: Vec<(LocaleIx, &str)> = Vec::new();
        for (ix, name) in self.name.iter() {
            if name != own && names.iter().all(|(_, other)| other != name) {
                names.push((ix, name));
            }
        }
        names
    }

    /// Every name it may be looked for by in `locale`, but the one it has there.
    #[must_use]
    pub fn search_names(&self, locale: LocaleIx) -> Vec<&str> {
        let own = self.name.get(locale);
        let mut names: Vec<&str> = Vec::new();
        let elsewhere = self.other_names(locale).into_iter().map(|(_, name)| name);
        for name in elsewhere.chain(self.aliases.get(locale).iter().map(String::as_str)) {
            if name != own && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}
