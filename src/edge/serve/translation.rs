//! What became of a text in a locale.

use std::collections::BTreeMap;

use crate::model::guide::Text;
use crate::model::locale::LocaleIx;
use crate::model::site::Site;

/// What became of a text in a locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Translation {
    /// It is what the others are made from.
    Source,
    /// It is there.
    Written,
    /// It is there, and its source was reworded since.
    Stale,
    /// It is there, and not published yet.
    Draft,
    /// It is not there: readers see another locale's text under a notice.
    Missing,
}

impl Translation {
    /// Of one of the texts of a guide or page.
    #[must_use]
    pub fn of(site: &Site, texts: &BTreeMap<LocaleIx, Text>, locale: LocaleIx) -> Self {
        match texts.get(&locale) {
            Some(text) if site.drafts.contains(&text.place.file) => Self::Draft,
            Some(_) if locale == site.config.source_locale => Self::Source,
            Some(text) if site.stale.contains_key(&text.prose.body.file) => Self::Stale,
            Some(_) => Self::Written,
            None => Self::Missing,
        }
    }

    /// Its name, for people and for styles.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Written => "written",
            Self::Stale => "stale",
            Self::Draft => "draft",
            Self::Missing => "missing",
        }
    }
}
