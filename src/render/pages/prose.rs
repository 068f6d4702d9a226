//! Prose on a page: what its references become there.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::super::Renderer;
use super::super::facts::anchor;
use super::super::html::Surroundings;
use crate::diag::Diagnostics;
use crate::hash::ContentHash;
use crate::model::body::{AlertKind, Prose, Resolved};
use crate::model::evidence::Source;
use crate::model::fact::{Fact, Reading};
use crate::model::guide::{DECIDE, DateRule};
use crate::model::id::Id;
use crate::model::locale::{Direction, LocaleIx};
use crate::model::registry::RegisteredGuide;
use crate::model::reserved::is_reserved;
use crate::model::site::Situation;
use crate::model::value::{Amount, Unit, Value};
use crate::parse::document::body_again;
use crate::parse::language;
use crate::parse::text;
use crate::plan::Route;
use crate::render::facts::source_anchor;
use crate::script::digits::Digits;
use crate::view::{DateRuleView, FactLinkView, FactView, GroundsView, LinkView, MarkView, Shared, SourceView};

/// A page's prose: links stay in the reader's locale, words are those of the text's own.
pub struct OnPage<'a> {
    pub renderer: &'a Renderer,
    /// The reader's locale.
    pub locale: LocaleIx,
    /// The locale the text is written in.
    pub content: LocaleIx,
    /// Facts whose evidence stands on the page itself.
    shown: Vec<&'a Arc<Fact>>,
    /// What the text's sections and items were called before, in guides.
    registered: Option<&'a RegisteredGuide>,
}

impl Surroundings for OnPage<'_> {
    fn direction(&self) -> Direction {
        self.renderer.words_of(self.content).direction
    }

    fn fact(&self, fact: &Fact) -> Cow<'_, str> {
        self.renderer.facts[self.content.0]
            .of(fact)
            .map_or(Cow::Borrowed(""), |shown| Cow::Borrowed(&shown.sentence_html))
    }

    fn claim(&self, fact: &Fact, answer: &str, words: &str) -> String {
        self.renderer.claim(fact, answer, words, self.content)
    }

    fn carrier(&self, carrier: &Id, spoken: Option<&str>) -> &str {
        let site = &self.renderer.site;
        let locale = spoken.and_then(|id| site.config.locales().find(|(_, locale)| locale.id.as_str() == id));
        let locale = locale.map_or(self.content, |(ix, _)| ix);
        site.carriers.get(carrier).map_or("", |carrier| carrier.name.get(locale))
    }

    fn language(&self, locale: &str) -> Option<(&str, Direction)> {
        let (_, locale) = self.renderer.site.config.locales().find(|(_, known)| known.id.as_str() == locale)?;
        Some((&locale.tag, locale.direction))
    }

    fn address(&self, target: &Resolved) -> String {
        let with = |route: Route, section: Option<&str>| {
            let hash = section.map(|section| format!("#{section}")).unwrap_or_default();
            self.renderer.address(&route) + &hash
        };
        match target {
            Resolved::Guide(to) => with(Route::Guide(self.locale, to.text.clone()), to.section.as_deref()),
            // It has no page of its own: a link to it leads to where it stands on the home page.
            Resolved::Page(to) if to.text.as_str() == DECIDE && to.section.is_none() => {
                with(Route::Home(self.locale), Some("decision"))
            }
            Resolved::Page(to) => with(Route::Page(self.locale, to.text.clone()), to.section.as_deref()),
            Resolved::Carrier(id) => with(Route::Carrier(self.locale, id.clone()), None),
            Resolved::Section(section) => format!("#{section}"),
            Resolved::External(address) => address.to_string(),
            Resolved::Image(image) => {
                let path = self.renderer.assets.image(&image.file).map(|path| path.address().to_owned());
                format!("{}{}", self.renderer.site.config.base_path(), path.unwrap_or_default())
            }
            Resolved::Fact(_) | Resolved::Fragment(_) | Resolved::CarrierName(_) | Resolved::Broken => String::new(),
        }
    }

    fn alert(&self, kind: AlertKind) -> String {
        self.renderer.words_of(self.content).text(&format!("alert.{}", kind.name()), &[])
    }

    fn former(&self, section: &Id) -> Vec<String> {
        let former = self.registered.into_iter().flat_map(|guide| guide.former(section));
        // A page's own parts were never sections: what says so in the registry would stand on the page twice.
        former.map(|id| id.as_str().to_owned()).filter(|id| !is_reserved(id)).collect()
    }

    fn back(&self) -> String {
        self.renderer.words_of(self.content).text("footnote.back", &[])
    }

    fn digits(&self) -> Digits {
        self.renderer.site.config.locale(self.content).digits
    }
}

impl Renderer {
    /// A text with its words, read again where they were not held; nothing when its file is another one by now.
    #[must_use]
    pub fn whole<'a>(&self, prose: &'a Prose) -> Option<Cow<'a, Prose>> {
        if prose.body.whole {
            return Some(Cow::Borrowed(prose));
        }
        let file = prose.body.file;
        let bytes = self.tree.get(self.tree.path(file)).filter(|bytes| ContentHash::of(bytes) == prose.body.hash)?;
        let source = text::read(&self.tree, file, &bytes, &mut Diagnostics::default())?;
        let body = body_again(source)?;
        Some(Cow::Owned(Prose { body: Arc::new(body), resolved: prose.resolved.clone() }))
    }
}

impl<'a> OnPage<'a> {
    /// A page in its own locale, without facts of its own.
    pub fn of(renderer: &'a Renderer, locale: LocaleIx) -> Self {
        Self { renderer, locale, content: locale, shown: Vec::new(), registered: None }
    }

    /// A text with the evidence of these facts below it.
    pub fn showing(renderer: &'a Renderer, locale: LocaleIx, content: LocaleIx, shown: Vec<&'a Arc<Fact>>) -> Self {
        Self { renderer, locale, content, shown, registered: None }
    }

    /// With the ids that a guide's sections and items had before.
    pub fn formerly(self, registered: Option<&'a RegisteredGuide>) -> Self {
        Self { registered, ..self }
    }

    /// The facts with their evidence on the page itself.
    pub fn evidence(&self) -> Vec<Shared<FactView>> {
        self.views(self.shown.iter().copied())
    }

    /// Facts as templates see them.
    pub fn views<'f>(&self, facts: impl IntoIterator<Item = &'f Arc<Fact>>) -> Vec<Shared<FactView>> {
        let views = &self.renderer.facts[self.content.0];
        facts.into_iter().filter_map(|fact| Some(views.of(fact)?.view.clone())).collect()
    }

    /// A source as a list shows it.
    pub fn source(&self, source: &Source, facts: Vec<FactLinkView>) -> SourceView {
        let words = self.renderer.words_of(self.content);
        SourceView {
            anchor: source_anchor(source),
            title: source.title.clone(),
            tag: source.lang.clone(),
            dir: language::direction(&source.lang).as_str(),
            publisher: source.publisher.clone(),
            url: source.url.as_ref().map(|url| url.value.clone()).unwrap_or_default(),
            archive: source.archive.as_ref().map(|copy| copy.value.clone()).unwrap_or_default(),
            kind: source.kind,
            copy: source.copy,
            published: source.published.map(|date| words.partial_date(date)),
            approximate: source.approximate,
            seen: source.seen.map(|day| words.date(day)),
            facts,
        }
    }

    /// A link to where a fact and its evidence stand whatever the guide.
    pub fn fact_link(&self, fact: &Fact) -> FactLinkView {
        let carrier = self.renderer.site.carriers.get(&fact.key.owner);
        FactLinkView {
            label: fact.label.get(self.content).clone(),
            owner: carrier.map(|carrier| carrier.name.get(self.content).clone()).unwrap_or_default(),
            url: self.evidence_address(fact),
        }
    }

    fn evidence_address(&self, fact: &Fact) -> String {
        format!("{}#{}", self.renderer.chrome[self.locale.0].evidence_address(&fact.key.owner), anchor(&fact.key))
    }

    /// The rule a day is worked out by, with what to add to it where that is one figure; its situation where the guide asks for that.
    pub fn date_rule(&self, date_rule: &DateRule, asked: Option<&Situation>) -> DateRuleView {
        DateRuleView {
            asks: date_rule.from.as_str().to_owned(),
            wait_html: self.fact(&date_rule.fact).into_owned(),
            situation: asked.map(|asked| asked.id.as_str().to_owned()).unwrap_or_default(),
            chip: asked.map(|asked| asked.chip.get(self.content).clone()).unwrap_or_default(),
            rules: rules(&date_rule.fact, self.renderer.site.as_of),
        }
    }

    /// What these facts rest on.
    pub fn grounds(&self, facts: &[&Arc<Fact>]) -> Option<GroundsView> {
        let site = &self.renderer.site;
        let days = || facts.iter().flat_map(|fact| fact.current()).map(|reading| reading.checked);
        let due: Vec<Date> = facts.iter().filter_map(|fact| fact.due(site.config.review_days)).collect();
        let words = self.renderer.words_of(self.content);
        Some(GroundsView {
            marks: self.marks(facts),
            pages: self.evidence_pages(facts),
            first: words.date(days().min()?),
            last: words.date(days().max()?),
            overdue: due.iter().filter(|day| **day <= site.as_of).count(),
            due: tally(&due),
        })
    }

    fn marks(&self, facts: &[&Arc<Fact>]) -> Vec<MarkView> {
        let views = &self.renderer.facts[self.content.0];
        let mut counts = [0; MARKS.len()];
        for shown in facts.iter().filter_map(|fact| views.of(fact)) {
            if let Some(at) = MARKS.iter().position(|mark| *mark == shown.mark) {
                counts[at] += 1;
            }
        }
        let counted = MARKS.iter().zip(counts).map(|(&confidence, count)| MarkView { confidence, count });
        counted.filter(|mark| mark.count > 0).collect()
    }

    fn evidence_pages(&self, facts: &[&Arc<Fact>]) -> Vec<Shared<LinkView>> {
        let mut owners: Vec<&Id> = facts.iter().map(|fact| &fact.key.owner).collect();
        owners.sort_unstable();
        owners.dedup();
        let chrome = &self.renderer.chrome[self.content.0];
        owners.into_iter().filter_map(|owner| chrome.evidence_link(owner)).collect()
    }
}

/// Marks of facts, from the surest.
const MARKS: &[&str] = &["official", "reported", "staff", "reader", "unverified", "conflict", "unknown"];

/// Days with how often each occurs: `2026-12-22*20 2027-02-20*47`.
fn tally(days: &[Date]) -> String {
    let mut counts: BTreeMap<Date, usize> = BTreeMap::new();
    for day in days {
        *counts.entry(*day).or_default() += 1;
    }
    counts.iter().map(|(day, count)| format!("{day}*{count}")).collect::<Vec<_>>().join(" ")
}

/// What to add to a day in each time of a fact, where it has one figure in units of the calendar.
fn rules(fact: &Fact, as_of: Date) -> String {
    let wait = |(at, (from, held)): (usize, (Date, Vec<&Reading>))| {
        // The first is the rule until the next: it needs no day.
        let from = if at == 0 { String::new() } else { from.to_string() };
        match held.as_slice() {
            [only] => wait(only).map_or(format!("{from}*"), |(amount, unit)| {
                let since = only.from.map(|day| day.to_string()).unwrap_or_default();
                format!("{from}*{amount}*{unit}*{since}")
            }),
            _ => format!("{from}*"),
        }
    };
    let rules: Vec<String> = fact.times(as_of).into_iter().enumerate().map(wait).collect();
    let works_today = rules.first().is_some_and(|rule| rule.matches('*').count() > 1);
    if works_today { rules.join(" ") } else { String::new() }
}

fn wait(reading: &Reading) -> Option<(u64, &'static str)> {
    let Value::Duration { unit, amount: Amount::Exact(amount) } = reading.value else { return None };
    matches!(unit, Unit::Days | Unit::Weeks | Unit::Months | Unit::Years).then_some((amount.whole()?, unit.name()))
}
