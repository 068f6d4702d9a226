//! Pages across carriers: the comparison, what changed, and the page for when there is no network.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Renderer;
use super::common::Frame;
use super::lists::{carrier_links, frame};
use super::prose::OnPage;
use crate::model::carrier::Carrier;
use crate::model::fact::{Change, Fact, FactKey};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::value::Kind;
use crate::plan::{Data, Route};
use crate::render::facts::change_anchor;
use crate::render::values::Values;
use crate::view::{
    BodyView, ChangeView, ChangesView, CompareCellView, CompareRowView, CompareView, LinkView, OfflineView, View,
};

/// Carriers side by side: the facts that more than one of them has.
pub fn compare(renderer: &Renderer, locale: LocaleIx) -> View {
    let carriers = renderer.site.carriers_in_order();
    let mut counts: BTreeMap<&Id, usize> = BTreeMap::new();
    for carrier in &carriers {
        for fact in &carrier.facts {
            *counts.entry(fact).or_default() += 1;
        }
    }
    // In the order in which the carriers' files name them.
    let mut shared: Vec<&Id> = Vec::new();
    for fact in carriers.iter().flat_map(|carrier| &carrier.facts) {
        if counts.get(fact).is_some_and(|count| *count > 1) && !shared.contains(&fact) {
            shared.push(fact);
        }
    }
    // What most readers look for comes first: whom to call.
    let is_phone = |fact: &Id| {
        let key = |carrier: &&Carrier| FactKey { owner: carrier.id.clone(), fact: fact.clone() };
        carriers
            .iter()
            .filter_map(|carrier| renderer.site.facts.get(&key(carrier)))
            .any(|fact| fact.kind == Kind::Phone)
    };
    shared.sort_by_key(|fact| !is_phone(fact));
    let cells = |fact: &Id| carriers.iter().map(|carrier| cell(renderer, locale, &carrier.id, fact)).collect();
    let rows = shared.into_iter().filter_map(|fact| row(cells(fact)));
    let body = CompareView { carriers: carrier_links(renderer, locale), rows: rows.collect() };
    let frame = Frame {
        route: |ix, _| Route::Compare(ix),
        own: Route::Compare(locale),
        title: renderer.words_of(locale).text("page.compare", &[]),
        ..frame(renderer, locale)
    };
    renderer.page(&frame, BodyView::Compare(body))
}

/// A row under the name that most carriers use; a cell whose fact has another one says so itself.
fn row(mut cells: Vec<CompareCellView>) -> Option<CompareRowView> {
    let uses = |label: &str| cells.iter().filter(|cell| cell.label == label).count();
    let names = cells.iter().map(|cell| cell.label.as_str()).filter(|label| !label.is_empty());
    // Of equals the last wins, and the first should.
    let label = names.rev().max_by_key(|label| uses(label))?.to_owned();
    for cell in &mut cells {
        if cell.label == label {
            cell.label.clear();
        }
    }
    Some(CompareRowView { label, cells })
}

fn cell(renderer: &Renderer, locale: LocaleIx, carrier: &Id, fact: &Id) -> CompareCellView {
    let key = FactKey { owner: carrier.clone(), fact: fact.clone() };
    let page = OnPage::of(renderer, locale);
    let fact = renderer.site.facts.get(&key);
    match fact.and_then(|fact| renderer.facts[locale.0].of(fact)).zip(fact) {
        Some((view, fact)) => CompareCellView {
            label: view.label.clone(),
            html: view.value_html.clone(),
            confidence: view.mark,
            url: page.fact_link(fact).url,
        },
        None => CompareCellView { label: String::new(), html: String::new(), confidence: "", url: String::new() },
    }
}

/// What changed in the facts.
pub fn changes(renderer: &Renderer, locale: LocaleIx) -> View {
    let body = ChangesView {
        entries: entries(renderer, locale),
        feed: renderer.address(&Route::Data(Data::Feed(locale))),
        calendar: renderer.address(&Route::Data(Data::Calendar(locale))),
    };
    let frame = Frame {
        route: |ix, _| Route::Changes(ix),
        own: Route::Changes(locale),
        title: renderer.words_of(locale).text("page.changes", &[]),
        ..frame(renderer, locale)
    };
    renderer.page(&frame, BodyView::Changes(body))
}

/// Every new reading in the place of an old one, newest first.
pub fn entries(renderer: &Renderer, locale: LocaleIx) -> Vec<ChangeView> {
    let found = found(renderer);
    let guides = guides_by_fact(renderer, locale, &found.iter().map(|(fact, _)| fact.ix).collect());
    found.into_iter().map(|(fact, change)| entry(renderer, locale, fact, change, &guides)).collect()
}

/// The newest of them.
pub fn latest(renderer: &Renderer, locale: LocaleIx) -> Option<ChangeView> {
    // The home page shows what changed, not where it is named.
    found(renderer).first().map(|(fact, change)| entry(renderer, locale, fact, *change, &BTreeMap::new()))
}

/// Every new reading in the place of an old one, with the fact it is of, newest first.
pub fn found(renderer: &Renderer) -> Vec<(&Fact, Change<'_>)> {
    let facts = renderer.site.facts.values();
    let of = |fact| Fact::changes(fact, renderer.site.as_of).into_iter().map(move |change| (fact, change));
    let mut found: Vec<(&Fact, Change<'_>)> = facts.flat_map(|fact| of(fact)).collect();
    found.sort_by(|(a, one), (b, other)| (other.day, &a.key).cmp(&(one.day, &b.key)));
    found
}

fn entry(
    renderer: &Renderer,
    locale: LocaleIx,
    fact: &Fact,
    change: Change<'_>,
    guides: &BTreeMap<usize, Vec<LinkView>>,
) -> ChangeView {
    let page = OnPage::of(renderer, locale);
    let words = renderer.words_of(locale);
    let values = Values { site: &renderer.site, words, locale };
    ChangeView {
        anchor: change_anchor(&fact.key, change.day),
        day: words.date(change.day),
        fact: page.fact_link(fact),
        old_html: values.html(&change.old.value),
        new_html: values.html(&change.new.value),
        sources: change.new.sources.iter().map(|source| source.publisher.clone()).collect(),
        guides: guides.get(&fact.ix).cloned().unwrap_or_default(),
    }
}

/// Guides by the facts that they name, in a locale: one look through all of them, however many facts changed.
fn guides_by_fact(renderer: &Renderer, locale: LocaleIx, facts: &BTreeSet<usize>) -> BTreeMap<usize, Vec<LinkView>> {
    let mut found: BTreeMap<usize, Vec<LinkView>> = BTreeMap::new();
    for guide in renderer.site.guides.values().filter(|_| !facts.is_empty()) {
        let Some((written, text)) = renderer.site.text_for(&guide.texts, locale) else { continue };
        for fact in text.prose.facts().into_iter().filter(|fact| facts.contains(&fact.ix)) {
            let link = renderer.link(&text.title, "", written, &Route::Guide(locale, guide.key.clone()));
            found.entry(fact.ix).or_default().push(link);
        }
    }
    // A list that leads nearly everywhere leads nowhere: the fact's own page does.
    found.retain(|_, guides| guides.len() <= MOST_GUIDES);
    found
}

/// The guides that a page of changes names, by what decides which they are.
pub fn named_guides(renderer: &Renderer, locale: LocaleIx) -> Vec<(usize, String)> {
    let facts = found(renderer).iter().map(|(fact, _)| fact.ix).collect();
    let guides = guides_by_fact(renderer, locale, &facts);
    guides.into_iter().flat_map(|(fact, guides)| guides.into_iter().map(move |guide| (fact, guide.url))).collect()
}

/// How many guides a change names at most.
const MOST_GUIDES: usize = 24;

/// The page for when there is no network.
pub fn offline(renderer: &Renderer, locale: LocaleIx) -> View {
    let frame = Frame {
        route: |ix, _| Route::Offline(ix),
        own: Route::Offline(locale),
        title: renderer.words_of(locale).text("page.offline", &[]),
        hidden: true,
        ..frame(renderer, locale)
    };
    renderer.page(&frame, BodyView::Offline(OfflineView { carriers: carrier_links(renderer, locale) }))
}
