//! Every text of the source locale beside its translation in each other one.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Span;
use crate::model::body::Body;
use crate::model::guide::{GENERAL, GuideKey};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::parse::Documents;
use crate::parse::document::Document;
use crate::parse::place::Kind;

/// A text and its translation.
pub struct Pair<'a> {
    /// `guide`, `page`, `fragment` or `application`.
    pub kind: &'static str,
    /// `jazz/close-sim`, `about`.
    pub name: String,
    /// The carrier whose guide it is.
    pub owner: Option<&'a Id>,
    /// The locale of the translation.
    pub locale: LocaleIx,
    /// The text.
    pub source: Side<'a>,
    /// The translation, if there is one.
    pub own: Option<Side<'a>>,
}

/// A text in one locale.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// What it says, or what is left of that.
    pub body: &'a Body,
    /// Where its title stands, if it has one.
    pub title: Option<Span>,
}

impl<'a> Side<'a> {
    fn of(document: &'a Document) -> Self {
        Self { body: &document.body, title: Some(document.title.place) }
    }
}

/// Every pair; none without a source locale. What could not be read was reported, and is in none.
#[must_use]
pub fn pairs<'a>(documents: &'a Documents) -> Vec<Pair<'a>> {
    let mut all = Vec::new();
    let guides = documents.guides.iter().map(|((key, locale), document)| ((key, *locale), Side::of(document)));
    let kind = |key: &GuideKey, locale| Kind::Guide(key.clone(), locale);
    each(documents, &guides.collect(), kind, |key, locale, (source, own)| {
        let owner = (key.section.as_str() != GENERAL).then_some(&key.section);
        all.push(Pair { kind: "guide", name: key.to_string(), owner, locale, source, own });
    });
    let mut add =
        |name: &'static str, texts: BTreeMap<(&'a Id, LocaleIx), Side<'a>>, kind: fn(Id, LocaleIx) -> Kind| {
            each(
                documents,
                &texts,
                |id: &Id, locale| kind(id.clone(), locale),
                |id, locale, (source, own)| {
                    all.push(Pair { kind: name, name: id.to_string(), owner: None, locale, source, own });
                },
            );
        };
    let pages = documents.pages.iter().map(|((id, locale), document)| ((id, *locale), Side::of(document)));
    add("page", pages.collect(), Kind::Page);
    let fragments = documents.fragments.iter();
    let fragments = fragments.map(|((id, locale), body)| ((id, *locale), Side { body, title: None }));
    add("fragment", fragments.collect(), Kind::Fragment);
    let letters = documents.applications.iter().map(|((id, locale), document)| ((id, *locale), Side::of(document)));
    add("application", letters.collect(), Kind::Application);
    // Letters are handed in where they are read: a language that no counter speaks needs none.
    all.retain(|pair| {
        let is_spoken = documents.config.counter_locales.contains(&pair.locale);
        pair.kind != "application" || pair.own.is_some() || is_spoken
    });
    all
}

/// Translations of nothing: kind, name and locale of every text that the source locale does not have.
#[must_use]
pub fn orphans(documents: &Documents) -> Vec<(&'static str, String, LocaleIx)> {
    let source = documents.config.source_locale;
    let guides = documents.guides.keys();
    let mut found: Vec<_> = guides
        .filter(|(key, _)| !documents.guides.contains_key(&(key.clone(), source)))
        .map(|(key, locale)| ("guide", key.to_string(), *locale))
        .collect();
    let mut add = |kind, keys: BTreeSet<&(Id, LocaleIx)>| {
        let lost = keys.iter().filter(|(id, _)| !keys.contains(&(id.clone(), source)));
        found.extend(lost.map(|(id, locale)| (kind, id.to_string(), *locale)));
    };
    add("page", documents.pages.keys().collect());
    add("fragment", documents.fragments.keys().collect());
    add("application", documents.applications.keys().collect());
    found
}

/// Calls `add` for every text of the source locale with what stands beside it in each other locale.
fn each<'a, K: Ord + Copy>(
    documents: &'a Documents,
    texts: &BTreeMap<(K, LocaleIx), Side<'a>>,
    kind: impl Fn(K, LocaleIx) -> Kind,
    mut add: impl FnMut(K, LocaleIx, (Side<'a>, Option<Side<'a>>)),
) {
    let source = documents.config.source_locale;
    for ((key, _), side) in texts.iter().filter(|((_, locale), _)| documents.has_source && *locale == source) {
        for (locale, _) in documents.config.locales().filter(|(locale, _)| *locale != source) {
            let own = texts.get(&(*key, locale)).copied();
            if own.is_some() || !documents.is_unreadable(&kind(*key, locale)) {
                add(*key, locale, (*side, own));
            }
        }
    }
}
