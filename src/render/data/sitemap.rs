//! Sitemaps: an index, and files of as many addresses as search engines take, each with the languages of the page and the day on
//! which its contents last changed.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::super::Renderer;
use super::super::escape::escape;
use crate::model::fact::{Fact, NATIONAL};
use crate::model::guide::Text;
use crate::model::locale::LocaleIx;
use crate::model::registry::Fate;
use crate::model::site::Site;
use crate::plan::listed::{in_a_file, listed, written};
use crate::plan::{Data, Route};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";
const SCHEMA: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The files that list pages.
#[must_use]
pub fn index(renderer: &Renderer) -> String {
    let site = &renderer.site;
    let all = listed(site);
    let files = all.chunks(in_a_file(site)).enumerate().map(|(at, routes)| {
        let day = routes.iter().filter_map(|route| changed(site, route)).max();
        let address = escape(&renderer.full_address(&Route::Data(Data::SitemapFile(at))));
        format!("<sitemap><loc>{address}</loc>{}</sitemap>", last_change(day))
    });
    format!("{HEAD}<sitemapindex xmlns=\"{SCHEMA}\">{}</sitemapindex>", files.collect::<String>())
}

/// One of them.
#[must_use]
pub fn file(renderer: &Renderer, at: usize) -> String {
    let site = &renderer.site;
    let size = in_a_file(site);
    let routes = listed(site).into_iter().skip(at * size).take(size);
    let entries: String = routes.map(|route| entry(renderer, &route)).collect();
    format!("{HEAD}<urlset xmlns=\"{SCHEMA}\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">{entries}</urlset>")
}

fn entry(renderer: &Renderer, route: &Route) -> String {
    let site = &renderer.site;
    let chooser = ("x-default", Route::Chooser);
    let own = written(site, route).into_iter().map(|ix| {
        let there = route.in_locale(ix).unwrap_or(Route::Home(ix));
        (site.config.locale(ix).tag.as_str(), there)
    });
    let several = site.config.locales.len() > 1;
    let alternates = own.chain([chooser]).filter(|_| several).map(|(tag, there)| {
        let address = escape(&renderer.full_address(&there));
        format!("<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{address}\"/>")
    });
    let (address, day) = (escape(&renderer.full_address(route)), last_change(changed(site, route)));
    format!("<url><loc>{address}</loc>{day}{}</url>", alternates.collect::<String>())
}

fn last_change(day: Option<Date>) -> String {
    day.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default()
}

/// The newest day that the contents of a page know of: of a check, of a change, on which something else began to hold, or on which a
/// translation was found to say what its source says. Never that of the build.
fn changed(site: &Site, route: &Route) -> Option<Date> {
    let known = |fact: &Fact| fact.known(site.as_of);
    match route {
        Route::Guide(locale, key) => {
            let guide = site.guides.get(key)?;
            let (_, text) = site.text_for(&guide.texts, *locale)?;
            let ids = site.registry.as_ref().and_then(|registry| registry.get(key));
            let changes = ids.into_iter().flat_map(|guide| guide.ids.values()).filter_map(|id| match id.fate {
                Fate::Changed(day) => Some(day),
                _ => None,
            });
            let facts = text.prose.facts().into_iter().chain(text.key_facts.iter());
            let words = words_since(site, &guide.texts, *locale);
            facts.filter_map(|fact| known(fact)).chain(changes).chain(words).max()
        }
        Route::Page(locale, id) => {
            let texts = &site.pages.get(id)?.texts;
            let (_, text) = site.text_for(texts, *locale)?;
            let facts = text.prose.facts().into_iter().filter_map(|fact| known(fact));
            facts.chain(words_since(site, texts, *locale)).max()
        }
        Route::Carrier(_, id) => of_owner(site, id.as_str()),
        Route::General(_) => of_owner(site, NATIONAL),
        _ => site.facts.values().filter_map(|fact| known(fact)).max(),
    }
}

/// The newest day on which a translation of a text was recorded; of the source, on which any of its translations was: its words are at
/// least as old.
fn words_since(site: &Site, texts: &BTreeMap<LocaleIx, Text>, locale: LocaleIx) -> Option<Date> {
    let (of, own) = site.text_for(texts, locale)?;
    let is_source = of == site.config.source_locale;
    let recorded = texts.values().filter(|text| is_source || text.place == own.place);
    let records = recorded.filter_map(|text| text.prose.body.lock.record.as_ref());
    records.flat_map(|(record, _)| record.values()).filter_map(|made| made.day).max()
}

fn of_owner(site: &Site, owner: &str) -> Option<Date> {
    let own = site.facts.values().filter(|fact| fact.key.owner.as_str() == owner);
    own.filter_map(|fact| fact.known(site.as_of)).max()
}
