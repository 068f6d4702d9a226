//! The pages that search engines are told of, and the files that list them.

use super::Route;
use crate::model::locale::LocaleIx;
use crate::model::site::Site;

/// How many addresses a sitemap may have.
const MOST_ADDRESSES: usize = 50_000;

/// How many links all of them may have with their languages: a sitemap may be no larger than 50 MB.
const MOST_LINKS: usize = 300_000;

/// Every page of a locale but those made for paper and for when there is no network.
#[must_use]
pub fn pages(site: &Site, locale: LocaleIx) -> Vec<Route> {
    let mut routes = vec![Route::Home(locale), Route::General(locale), Route::Sources(locale)];
    routes.extend(site.compares().then_some(Route::Compare(locale)));
    routes.push(Route::Changes(locale));
    routes.extend(site.carriers.keys().map(|id| Route::Carrier(locale, id.clone())));
    routes.extend(site.guides.keys().map(|key| Route::Guide(locale, key.clone())));
    routes.extend(site.own_pages().map(|page| Route::Page(locale, page.id.clone())));
    routes
}

/// Locales that have a page of their own, not one that is borrowed.
#[must_use]
pub fn written(site: &Site, route: &Route) -> Vec<LocaleIx> {
    let texts = match route {
        Route::Guide(_, key) => site.guides.get(key).map(|guide| &guide.texts),
        Route::Page(_, id) => site.pages.get(id).map(|page| &page.texts),
        _ => None,
    };
    texts.map_or_else(|| site.config.locales().map(|(ix, _)| ix).collect(), |texts| texts.keys().copied().collect())
}

/// Every page that search engines may list, the chooser first; in one language there is nothing to choose.
#[must_use]
pub fn listed(site: &Site) -> Vec<Route> {
    let of = |ix| pages(site, ix).into_iter().filter(move |route| written(site, route).contains(&ix));
    let chooser = (site.config.locales.len() > 1).then_some(Route::Chooser);
    chooser.into_iter().chain(site.config.locales().flat_map(|(ix, _)| of(ix))).collect()
}

/// How many of them stand in a file.
#[must_use]
pub fn in_a_file(site: &Site) -> usize {
    MOST_ADDRESSES.min(MOST_LINKS / (site.config.locales.len() + 2)).max(1)
}

/// How many files list them all.
#[must_use]
pub fn files(site: &Site) -> usize {
    listed(site).len().div_ceil(in_a_file(site))
}
