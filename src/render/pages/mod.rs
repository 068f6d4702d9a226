//! Views of pages: what the templates of each kind of route are given.

mod application;
mod carrier;
mod common;
mod guide;
mod home;
mod lists;
mod moved;
mod opening;
pub mod overviews;
mod prose;
mod stale;
mod steps;

use std::collections::BTreeSet;

use super::Renderer;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::plan::Route;
use crate::view::{View, WordsView};

/// Strings the program itself words pages with; every locale has to have them.
pub const STRINGS: &[&str] = &[
    "page.not_found",
    "page.not_found_text",
    "page.moved",
    "page.moved_text",
    "page.withdrawn",
    "page.withdrawn_text",
    "page.general",
    "general.facts",
    "carrier.facts",
    "guide.application_of",
    "guide.application_about",
    "page.sources",
    "page.compare",
    "page.changes",
    "changes.event",
    "changes.ends",
    "page.offline",
    "alert.note",
    "alert.tip",
    "alert.important",
    "alert.warning",
    "alert.caution",
    "footnote.back",
];

/// What the words of scripts are made from in a locale.
#[must_use]
pub fn words(renderer: &Renderer, locale: LocaleIx) -> WordsView {
    let situations = renderer.site.situations.iter();
    let texts = renderer.site.guides.values().flat_map(|guide| guide.texts.values());
    let days: BTreeSet<&Id> = texts.filter_map(|text| Some(&text.date_rule.as_ref()?.from)).collect();
    WordsView {
        situations: situations.map(|each| opening::situation(renderer, each, locale)).collect(),
        days: days.into_iter().map(|day| day.as_str().to_owned()).collect(),
    }
}

/// What the route's template is given; nothing for assets and for names that are not there.
#[must_use]
pub fn view(renderer: &Renderer, route: &Route) -> Option<View> {
    match route {
        Route::Chooser => Some(lists::chooser(renderer)),
        Route::Home(locale) => Some(home::home(renderer, *locale)),
        Route::Carrier(locale, id) => carrier::view(renderer, *locale, id),
        Route::Guide(locale, key) => guide::view(renderer, *locale, key),
        Route::Application(locale, key) => application::view(renderer, *locale, key),
        Route::Page(locale, id) => guide::plain_page(renderer, *locale, id),
        Route::General(locale) => Some(lists::general(renderer, *locale)),
        Route::Sources(locale) => Some(lists::sources(renderer, *locale)),
        Route::Compare(locale) => Some(overviews::compare(renderer, *locale)),
        Route::Changes(locale) => Some(overviews::changes(renderer, *locale)),
        Route::Offline(locale) => Some(overviews::offline(renderer, *locale)),
        Route::Moved(locale, address) => moved::view(renderer, *locale, address),
        Route::NotFound(locale) => Some(lists::not_found(renderer, *locale)),
        Route::Asset(_) | Route::Data(_) => None,
    }
}
