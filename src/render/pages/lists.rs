//! Pages made of lists: the chooser, what holds for every carrier, the sources, and the page for addresses that are not there.

use std::sync::Arc;

use super::super::Renderer;
use super::common::{Frame, newest};
use super::prose::OnPage;
use crate::model::fact::{Fact, NATIONAL};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::plan::Route;
use crate::view::{
    BodyView, ChoiceView, ChooserView, GeneralView, LinkView, NotFoundLocaleView, NotFoundView, SourcesView, View,
};

/// The language chooser, worded in the source locale where it has to say anything at all.
pub fn chooser(renderer: &Renderer) -> View {
    let config = &renderer.site.config;
    let choices = config.locales().map(|(ix, _)| ChoiceView {
        locale: renderer.chrome[ix.0].locale.clone(),
        url: renderer.address(&Route::Home(ix)),
        title: config.title.get(ix).clone(),
        description: config.description.get(ix).clone(),
    });
    let source = config.source_locale;
    let frame = Frame {
        route: |ix, _| Route::Home(ix),
        own: Route::Chooser,
        title: config.title.get(source).clone(),
        crumbs: Vec::new(),
        ..frame(renderer, source)
    };
    let home = Route::Home(source);
    let only = if config.locales.len() == 1 { renderer.address(&home) } else { String::new() };
    let is_choice = only.is_empty();
    let mut view = renderer.page(&frame, BodyView::Chooser(ChooserView { only, choices: choices.collect() }));
    if !is_choice {
        view.page.canonical = renderer.full_address(&home);
    }
    view
}

/// What holds for every carrier: guides, and the facts of the nation with their evidence.
pub fn general(renderer: &Renderer, locale: LocaleIx) -> View {
    let national: Vec<&Arc<Fact>> =
        renderer.site.facts.values().filter(|fact| fact.key.owner.as_str() == NATIONAL).collect();
    let page = OnPage::showing(renderer, locale, locale, national.clone());
    let body = GeneralView {
        groups: renderer.groups(locale),
        guides: renderer.ungrouped(locale),
        facts: page.evidence(),
        grounds: page.grounds(&national),
    };
    let frame = Frame {
        route: |ix, _| Route::General(ix),
        own: Route::General(locale),
        title: renderer.words_of(locale).text("page.general", &[]),
        data: Id::new(NATIONAL),
        reviewed: newest(national.iter().copied()),
        ..frame(renderer, locale)
    };
    renderer.page(&frame, BodyView::General(Box::new(body)))
}

/// Every source with the facts that lean on it, and what is overdue.
pub fn sources(renderer: &Renderer, locale: LocaleIx) -> View {
    let page = OnPage::of(renderer, locale);
    let facts = &renderer.site.facts;
    let all = renderer.site.sources.iter().map(|source| {
        let leaning = facts
            .values()
            .filter(|fact| fact.current().any(|reading| reading.sources.iter().any(|cited| cited.id == source.id)));
        page.source(source, leaning.map(|fact| page.fact_link(fact)).collect())
    });
    let days = renderer.site.config.review_days;
    let overdue = facts.values().filter(|fact| fact.due(days).is_some_and(|day| day <= renderer.site.as_of));
    let body = SourcesView { all: all.collect(), overdue: overdue.map(|fact| page.fact_link(fact)).collect() };
    let frame = Frame {
        route: |ix, _| Route::Sources(ix),
        own: Route::Sources(locale),
        title: renderer.words_of(locale).text("page.sources", &[]),
        ..frame(renderer, locale)
    };
    renderer.page(&frame, BodyView::Sources(body))
}

/// Up to how many carriers a page that somebody did not look for leads to; more are found on the home page.
const FEW_CARRIERS: usize = 12;

/// The page for addresses that are not there; at the root it speaks every locale.
pub fn not_found(renderer: &Renderer, locale: Option<LocaleIx>) -> View {
    let spoken = locale.map_or_else(|| renderer.all_locales(), |locale| vec![locale]);
    let own = locale.unwrap_or(renderer.site.config.source_locale);
    let locales = spoken.into_iter().map(|ix| {
        let words = renderer.words_of(ix);
        NotFoundLocaleView {
            locale: renderer.chrome[ix.0].locale.clone(),
            title: words.text("page.not_found", &[]),
            text: words.text("page.not_found_text", &[]),
            home: renderer.home_crumb(ix),
            carriers: Some(carrier_links(renderer, ix)).filter(|links| links.len() <= FEW_CARRIERS).unwrap_or_default(),
        }
    });
    let body = NotFoundView { locales: locales.collect() };
    let frame = Frame {
        own: Route::NotFound(locale),
        title: renderer.words_of(own).text("page.not_found", &[]),
        hidden: true,
        ..frame(renderer, own)
    };
    renderer.page(&frame, BodyView::NotFound(body))
}

pub(super) fn carrier_links(renderer: &Renderer, locale: LocaleIx) -> Vec<LinkView> {
    let carriers = renderer.site.carriers_in_order().into_iter();
    carriers
        .map(|carrier| renderer.link(carrier.name.get(locale), "", locale, &Route::Carrier(locale, carrier.id.clone())))
        .collect()
}

/// The frame of a locale's home, to be changed where another page differs.
pub(super) fn frame(renderer: &Renderer, locale: LocaleIx) -> Frame {
    let config = &renderer.site.config;
    Frame {
        route: |ix, _| Route::Home(ix),
        own: Route::Home(locale),
        locale,
        content: locale,
        written: renderer.all_locales(),
        title: config.title.get(locale).clone(),
        description: config.description.get(locale).clone(),
        crumbs: vec![renderer.home_crumb(locale)],
        reviewed: None,
        data: None,
        about: None,
        hidden: false,
    }
}
