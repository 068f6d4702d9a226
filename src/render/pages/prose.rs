//! Prose on a page: what its references become there.

use super::super::Renderer;
use super::super::facts::anchor;
use super::super::html::Surroundings;
use crate::model::body::{AlertKind, Prose, Resolved};
use crate::model::evidence::Source;
use crate::model::fact::Fact;
use crate::model::guide::Reckoning;
use crate::model::locale::{Direction, LocaleIx};
use crate::model::value::{Amount, Unit, Value};
use crate::plan::Route;
use crate::render::facts::source_anchor;
use crate::view::{CheckedView, FactLinkView, FactView, ReckoningView, SourceView};

/// A page's prose: links stay in the reader's locale, words are those of the text's own.
pub struct OnPage<'a> {
    pub renderer: &'a Renderer,
    /// The reader's locale.
    pub locale: LocaleIx,
    /// The locale the text is written in.
    pub content: LocaleIx,
}

impl Surroundings for OnPage<'_> {
    fn direction(&self) -> Direction {
        self.renderer.words_of(self.content).direction
    }

    fn fact(&self, fact: &Fact) -> String {
        self.renderer.facts[self.content.0].get(&fact.key).map(|view| view.inline_html.clone()).unwrap_or_default()
    }

    fn address(&self, target: &Resolved) -> String {
        let with = |route: Route, section: &Option<String>| {
            let hash = section.as_ref().map(|section| format!("#{section}")).unwrap_or_default();
            self.renderer.address(&route) + &hash
        };
        match target {
            Resolved::Guide(key, section) => with(Route::Guide(self.locale, key.clone()), section),
            Resolved::Page(id, section) => with(Route::Page(self.locale, id.clone()), section),
            Resolved::Carrier(id) => with(Route::Carrier(self.locale, id.clone()), &None),
            Resolved::Section(section) => format!("#{section}"),
            Resolved::External(address) => address.clone(),
            Resolved::Image(file, _) => {
                let path = self.renderer.assets.image(file).map(|path| path.address().to_owned());
                format!("{}{}", self.renderer.site.config.base_path(), path.unwrap_or_default())
            }
            Resolved::Fact(_) | Resolved::Fragment(_) | Resolved::Broken => String::new(),
        }
    }

    fn alert(&self, kind: AlertKind) -> String {
        self.renderer.words_of(self.content).text(&format!("alert.{}", kind.name()), &[])
    }

    fn back(&self) -> String {
        self.renderer.words_of(self.content).text("footnote.back", &[])
    }
}

impl OnPage<'_> {
    /// Every fact of a text with its evidence, in order of first use.
    pub fn facts(&self, prose: &Prose) -> Vec<FactView> {
        prose.facts().iter().filter_map(|fact| self.renderer.facts[self.content.0].get(&fact.key).cloned()).collect()
    }

    /// Every source behind those facts.
    pub fn sources(&self, prose: &Prose) -> Vec<SourceView> {
        prose.sources().into_iter().map(|source| self.source(source, Vec::new())).collect()
    }

    /// A source as a list shows it.
    pub fn source(&self, source: &Source, facts: Vec<FactLinkView>) -> SourceView {
        let words = self.renderer.words_of(self.content);
        SourceView {
            anchor: source_anchor(source),
            title: source.title.clone(),
            tag: source.lang.clone(),
            dir: script_direction(&source.lang),
            publisher: source.publisher.clone(),
            url: source.url.clone().unwrap_or_default(),
            kind: source.kind,
            copy: source.copy,
            published: source.published.map(|date| words.partial_date(date)).unwrap_or_default(),
            approximate: source.approximate,
            seen: source.seen.map(|day| words.date(day)),
            facts,
        }
    }

    /// A link to where a fact and its evidence stand whatever the guide: its carrier's page, or the list of sources.
    pub fn fact_link(&self, fact: &Fact) -> FactLinkView {
        let carrier = self.renderer.site.carriers.get(&fact.key.owner);
        let route = match carrier {
            Some(carrier) => Route::Carrier(self.locale, carrier.id.clone()),
            None => Route::Sources(self.locale),
        };
        FactLinkView {
            label: fact.label.get(self.content).clone(),
            owner: carrier.map(|carrier| carrier.name.get(self.content).clone()).unwrap_or_default(),
            url: format!("{}#{}", self.renderer.address(&route), anchor(&fact.key)),
        }
    }

    /// A rule as scripts need it: only where the facts give one figure in calendar units.
    pub fn reckoning(&self, reckoning: &Reckoning) -> Option<ReckoningView> {
        let mut current = reckoning.fact.current();
        let (Some(reading), None) = (current.next(), current.next()) else { return None };
        let Value::Duration { unit, amount: Amount::Exact(amount) } = reading.value else { return None };
        matches!(unit, Unit::Days | Unit::Weeks | Unit::Months | Unit::Years).then_some(())?;
        Some(ReckoningView {
            asks: reckoning.from.name(),
            fact: self.renderer.facts[self.content.0].get(&reckoning.fact.key)?.clone(),
            amount: amount.whole()?,
            unit: unit.name(),
        })
    }

    /// Between which days a text's facts were checked.
    pub fn checked(&self, prose: &Prose) -> Option<CheckedView> {
        let facts = prose.facts();
        let days: Vec<_> = facts.iter().flat_map(|fact| fact.current()).map(|reading| reading.checked).collect();
        let words = self.renderer.words_of(self.content);
        let site = &self.renderer.site;
        let overdue = facts
            .iter()
            .filter(|fact| {
                fact.current().any(|reading| reading.overdue_from(fact.risk, site.config.review_days) <= site.as_of)
            })
            .count();
        Some(CheckedView { first: words.date(*days.iter().min()?), last: words.date(*days.iter().max()?), overdue })
    }
}

/// The direction of the script a language is usually written in.
fn script_direction(tag: &str) -> &'static str {
    match tag.split('-').next() {
        Some("ar" | "fa" | "he" | "ks" | "pa-Arab" | "ps" | "sd" | "ug" | "ur") => "rtl",
        _ => "ltr",
    }
}
