//! The whole site, resolved for one day.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::address::Addresses;
use super::body::Prose;
use super::budget::Budgets;
use super::carrier::Carrier;
use super::evidence::{ReviewDays, Source};
use super::fact::{Fact, FactKey};
use super::guide::{DECIDE, Guide, GuideKey, HOME, Page, Text};
use super::host::Host;
use super::id::Id;
use super::locale::{Locale, LocaleIx, Localized};
use super::navigation::Navigation;
use super::registry::Registry;
use super::strings::Strings;
use super::translation::Stale;
use crate::diag::Span;
use crate::source::tree::FileId;

/// What `site.yaml` says.
#[derive(Debug, Clone)]
pub struct Config {
    /// Prefix of what readers' devices store.
    pub id: Id,
    /// The site's title.
    pub title: Localized<String>,
    /// The title in the head of each page, where a line has to be enough.
    pub short_title: Localized<String>,
    /// One sentence on what the site is for.
    pub description: Localized<String>,
    /// Where the site will stand: scheme, host and path, with a closing `/`.
    pub base_url: String,
    /// Language editions in order.
    pub locales: Vec<Locale>,
    /// Where they are named.
    pub locales_place: Span,
    /// The locale guides are written in first.
    pub source_locale: LocaleIx,
    /// Locales spoken at counters, in which a counter card is worded.
    pub counter_locales: Vec<LocaleIx>,
    /// Name of the theme's folder.
    pub theme: String,
    /// Where it is named; the whole file where it is not.
    pub theme_place: Span,
    /// Where readers report mistakes.
    pub contact: Option<String>,
    /// Whom to tell of a security flaw of the site.
    pub security: Option<Security>,
    /// Who sends it to readers.
    pub host: Option<Host>,
    /// Whether each guide can also be had as one file.
    pub guide_copies: bool,
    /// How soon facts must be looked at again.
    pub review_days: ReviewDays,
    /// Whether the site is shown to some before it is published.
    pub preview: bool,
    /// How many days ahead an end without a successor is told.
    pub look_ahead_days: u16,
    /// How many days assets of earlier builds stay: pages in somebody's cache still name them.
    pub keep_assets_days: u16,
    /// What pages and files may weigh.
    pub budgets: Budgets,
}

/// What `.well-known/security.txt` says.
#[derive(Debug, Clone)]
pub struct Security {
    /// A `mailto:` or `https:` address.
    pub contact: String,
    /// The day from which it is not to be relied on.
    pub expires: Date,
    /// Where that stands.
    pub place: Span,
}

impl Config {
    /// Every locale with its position.
    pub fn locales(&self) -> impl Iterator<Item = (LocaleIx, &Locale)> {
        self.locales.iter().enumerate().map(|(ix, locale)| (LocaleIx(ix), locale))
    }

    /// A locale by position.
    #[must_use]
    pub fn locale(&self, ix: LocaleIx) -> &Locale {
        &self.locales[ix.0]
    }

    /// The path part of the base address, with `/` at both ends.
    #[must_use]
    pub fn base_path(&self) -> &str {
        let after_scheme = self.base_url.find("://").map_or(0, |at| at + 3);
        self.base_url[after_scheme..].find('/').map_or("/", |at| &self.base_url[after_scheme + at..])
    }
}

/// A circumstance of the reader.
#[derive(Debug, Clone)]
pub struct Situation {
    /// Its id.
    pub id: Id,
    /// How a reader would say it.
    pub label: Localized<String>,
    /// The same in a word or two.
    pub chip: Localized<String>,
    /// What to do first: one paragraph.
    pub lead: Localized<Prose>,
    /// The guides that help, the best of them first.
    pub guides: Vec<GuideKey>,
}

/// Guides that are read for the same purpose.
#[derive(Debug, Clone)]
pub struct GuideGroup {
    /// What they are for.
    pub label: Localized<String>,
    /// The guides in order.
    pub guides: Vec<GuideKey>,
}

/// Everything a page may draw on.
#[derive(Debug, Clone)]
pub struct Site {
    /// What `site.yaml` says.
    pub config: Config,
    /// The day the site is built for.
    pub as_of: Date,
    /// Carriers by id, without the nation.
    pub carriers: BTreeMap<Id, Carrier>,
    /// Every fact.
    pub facts: BTreeMap<FactKey, Arc<Fact>>,
    /// Sources in the order written.
    pub sources: Vec<Arc<Source>>,
    /// Situations in the order written.
    pub situations: Vec<Situation>,
    /// Groups of guides in the order written.
    pub groups: Vec<GuideGroup>,
    /// The links of every page's head and foot.
    pub navigation: Navigation,
    /// Every guide.
    pub guides: BTreeMap<GuideKey, Guide>,
    /// Every plain page.
    pub pages: BTreeMap<Id, Page>,
    /// Every id of an item or a section that was ever published; absent before the first time.
    pub registry: Option<Registry>,
    /// Addresses of carriers and plain pages that were ever published, and of guides that are gone; absent before they were first listed.
    pub addresses: Option<Addresses>,
    /// The theme's words, in the order of the locales.
    pub strings: Vec<Strings>,
    /// Parts of translations whose source changed since.
    pub stale: Stale,
    /// Files of drafts, where they are shown.
    pub drafts: BTreeSet<FileId>,
}

impl Site {
    /// The text of a locale, or the one borrowed for it, with the locale it is written in.
    #[must_use]
    pub fn text_for<'a>(&self, texts: &'a BTreeMap<LocaleIx, Text>, locale: LocaleIx) -> Option<(LocaleIx, &'a Text)> {
        let own = [locale, self.config.source_locale].into_iter().find_map(|ix| texts.get_key_value(&ix));
        own.or_else(|| texts.iter().next()).map(|(ix, text)| (*ix, text))
    }

    /// Plain pages that stand at an address of their own: all but the texts of the home page.
    pub fn own_pages(&self) -> impl Iterator<Item = &Page> {
        self.pages.values().filter(|page| !matches!(page.id.as_str(), HOME | DECIDE))
    }

    /// Whether there is a page that shows carriers side by side.
    #[must_use]
    pub fn compares(&self) -> bool {
        self.carriers.len() > 1
    }

    /// Everyone who has facts: carriers, and the nation.
    #[must_use]
    pub fn owners(&self) -> BTreeSet<&Id> {
        self.facts.keys().map(|key| &key.owner).collect()
    }

    /// Everyone who has guides: carriers, and [`super::guide::GENERAL`].
    #[must_use]
    pub fn sections(&self) -> BTreeSet<&Id> {
        self.guides.keys().map(|key| &key.section).collect()
    }

    /// Whether a guide is a draft: it is not published in any locale.
    #[must_use]
    pub fn is_draft(&self, guide: &Guide) -> bool {
        let source = guide.texts.get(&self.config.source_locale).or_else(|| guide.texts.values().next());
        source.is_some_and(|text| self.drafts.contains(&text.place.file))
    }

    /// Carriers in the order in which readers look for them: by their `order`, those without one last, by name.
    #[must_use]
    pub fn carriers_in_order(&self) -> Vec<&Carrier> {
        let mut carriers: Vec<&Carrier> = self.carriers.values().collect();
        carriers.sort_by_key(|carrier| carrier.order.unwrap_or(u16::MAX));
        carriers
    }
}
