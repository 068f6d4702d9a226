//! Facts as templates see them, worked out once a build and locale.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::Renderer;
use super::escape::attribute;
use super::marks::with_mark;
use super::turns::{self, Writing};
use super::values::Values;
use super::words::Words;
use crate::model::answer::fits;
use crate::model::evidence::{Confidence, Source};
use crate::model::fact::{Fact, FactKey, Reading};
use crate::model::guide::GuideKey;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::model::value::Value;
use crate::view::{CitationView, FactView, ReadingView, Shared, TurnView};

/// Every fact in one locale.
pub struct FactViews {
    /// In the order of their names.
    all: Vec<ShownFact>,
    /// By carrier or nation, in the order of its page.
    owned: BTreeMap<Id, Shared<Vec<Shared<FactView>>>>,
}

impl FactViews {
    /// A fact worked out.
    #[must_use]
    pub fn of(&self, fact: &Fact) -> Option<&ShownFact> {
        self.all.get(fact.ix)
    }

    /// All facts of a guide's carrier, or of the nation.
    #[must_use]
    pub fn of_owner(&self, guide: &GuideKey) -> Shared<Vec<Shared<FactView>>> {
        self.owned.get(guide.owner()).cloned().unwrap_or_else(|| Vec::new().into())
    }
}

/// A fact worked out: as templates see it, and as it stands inside a sentence.
#[derive(Debug)]
pub struct ShownFact {
    /// Where its evidence stands on a page: `fact-jazz-helpline`.
    pub anchor: String,
    /// What it is called.
    pub label: String,
    /// How sure it is.
    pub mark: &'static str,
    /// Its value alone.
    pub value_html: String,
    /// In a sentence: the value with its mark.
    pub sentence_html: String,
    /// The mark alone; empty where the evidence is official.
    pub mark_html: String,
    /// For templates.
    pub view: Shared<FactView>,
}

/// Works out every fact in one locale.
#[must_use]
pub fn views(site: &Site, words: &Words, locale: LocaleIx) -> FactViews {
    let values = Values { site, words, locale };
    let shown = |fact: &Fact| {
        let view = view(fact, values);
        ShownFact {
            anchor: view.anchor.clone(),
            label: view.label.clone(),
            mark: view.mark,
            value_html: view.value_html.clone(),
            sentence_html: turns::value(&writings(fact, values, true), words),
            mark_html: mark(view.mark, words),
            view: view.into(),
        }
    };
    let all: Vec<ShownFact> = site.facts.values().map(|fact| shown(fact)).collect();
    let owners = site.owners().into_iter();
    let owned = owners.map(|owner| (owner.clone(), owned(site, &all, owner).into())).collect();
    FactViews { all, owned }
}

/// The facts of a carrier as its file has them, or those of the nation.
fn owned(site: &Site, all: &[ShownFact], owner: &Id) -> Vec<Shared<FactView>> {
    let facts: Vec<&Arc<Fact>> = match site.carriers.get(owner) {
        Some(carrier) => {
            let key = |fact: &Id| FactKey { owner: owner.clone(), fact: fact.clone() };
            carrier.facts.iter().filter_map(|fact| site.facts.get(&key(fact))).collect()
        }
        None => site.facts.values().filter(|fact| fact.key.owner == *owner).collect(),
    };
    facts.into_iter().filter_map(|fact| Some(all.get(fact.ix)?.view.clone())).collect()
}

impl Renderer {
    /// Words that were written for an answer of a fact, with the mark of its evidence, and with what is said of them when the answer
    /// changes.
    pub(crate) fn claim(&self, fact: &Fact, answer: &str, html: &str, locale: LocaleIx) -> String {
        let words = self.words_of(locale);
        let marked = self.facts[locale.0].of(fact).map_or("", |shown| &shown.mark_html);
        let day = self.site.as_of;
        let holds = fits(answer, &fact.current().collect::<Vec<_>>());
        let ended = if holds { None } else { fact.ended(day, &|held| fits(answer, held)) };
        if fact.times(day).len() == 1 && ended.is_none() {
            return with_mark(html, marked);
        }
        let times = writings(fact, Values { site: &self.site, words, locale }, true);
        match (ended, times.first()) {
            (Some(end), Some(time)) => return turns::ended(html, end, time, words),
            (None, _) if !holds => {
                let Some(time) = times.iter().find(|time| fits(answer, &time.held)) else { return String::new() };
                return turns::ahead(html, &mark(mark_of(fact, &time.held), words), time.from);
            }
            _ => {}
        }
        turns::claim(html, marked, answer, &times, words)
    }
}

/// A fact's value in each of its times from the day of the build on, with its mark where `marked`.
fn writings<'a>(fact: &'a Fact, values: Values<'_>, marked: bool) -> Vec<Writing<'a>> {
    let with = |html: String, held: &[&Reading]| {
        let mark = if marked { mark(mark_of(fact, held), values.words) } else { String::new() };
        with_mark(&html, &mark)
    };
    let writing = |(from, held): (Date, Vec<&'a Reading>)| {
        let (html, announced) = match (held.as_slice(), fact.last_ended(from)) {
            ([], Some(last)) => (values.ended(last), values.unknown()),
            (held, _) => {
                let html = with(together(held, values), held);
                (html.clone(), html)
            }
        };
        Writing { from, held, html, announced }
    };
    fact.times(values.site.as_of).into_iter().map(writing).collect()
}

/// The value of readings that hold at once.
fn together(held: &[&Reading], values: Values<'_>) -> String {
    let shown: Vec<String> = held.iter().map(|reading| values.html(&reading.value)).collect();
    match shown.as_slice() {
        [one] => one.clone(),
        several => values.conflict(several),
    }
}

/// How sure readings that hold at once are.
fn mark_of(fact: &Fact, held: &[&Reading]) -> &'static str {
    match held {
        [] => "unknown",
        [first, rest @ ..] if rest.is_empty() || !fact.conflict => confidence(first),
        _ => "conflict",
    }
}

fn confidence(reading: &Reading) -> &'static str {
    if matches!(reading.value, Value::Unknown { .. }) { "unknown" } else { reading.confidence.name() }
}

/// What stands behind words that are less sure than official: a shape, named for those who do not see it. That something is not known, the
/// words say themselves.
fn mark(mark: &str, words: &Words) -> String {
    if mark == Confidence::Official.name() || mark == "unknown" {
        return String::new();
    }
    let label = words.text(&format!("fact.badge.{mark}"), &[]);
    format!("<i class=\"mark {mark}\" role=img aria-label={}></i>", attribute(&label))
}

/// The id of a fact's element on a page.
#[must_use]
pub fn anchor(key: &FactKey) -> String {
    format!("fact-{}-{}", key.owner, key.fact)
}

/// The id of a source's element on a page.
#[must_use]
pub fn source_anchor(source: &Source) -> String {
    format!("source-{}", source.id)
}

/// The id of a change's element on the page of changes.
#[must_use]
pub fn change_anchor(key: &FactKey, day: Date) -> String {
    format!("change-{}-{}-{day}", key.owner, key.fact)
}

fn view(fact: &Fact, values: Values<'_>) -> FactView {
    let mut turns = turned(fact, values);
    let TurnView { conflict, readings, other_times, .. } = turns.remove(0);
    let inline = turns::value(&writings(fact, values, false), values.words);
    let changes = fact.changes(values.site.as_of);
    FactView {
        id: fact.key.to_string(),
        mark: mark_of(fact, &fact.current().collect::<Vec<_>>()),
        short_html: short(fact, values),
        value_html: inline,
        anchor: anchor(&fact.key),
        label: fact.label.get(values.locale).clone(),
        owner: values
            .site
            .carriers
            .get(&fact.key.owner)
            .map(|carrier| carrier.name.get(values.locale).clone())
            .unwrap_or_default(),
        risk: fact.risk.name(),
        conflict,
        readings,
        other_times,
        turns,
        changes: changes.len(),
        change_anchor: changes.last().map(|last| change_anchor(&fact.key, last.day)).unwrap_or_default(),
    }
}

/// The evidence in each time of a fact, from that of the day of the build on.
fn turned(fact: &Fact, values: Values<'_>) -> Vec<TurnView> {
    let turn = |(from, held): (Date, Vec<&Reading>)| {
        let holds = |reading: &&Reading| held.iter().any(|held| std::ptr::eq(*held, *reading));
        let (readings, other_times): (Vec<&Reading>, Vec<&Reading>) = fact.readings.iter().partition(holds);
        let views = |readings: Vec<&Reading>| readings.into_iter().map(|each| reading(fact, each, values)).collect();
        TurnView {
            day: from.to_string(),
            conflict: fact.conflict && readings.len() > 1,
            readings: views(readings),
            other_times: views(other_times),
        }
    };
    fact.times(values.site.as_of).into_iter().map(turn).collect()
}

/// The value in a few words, in each of its times: the reading's own short form, else the value where it holds no link of its own.
fn short(fact: &Fact, values: Values<'_>) -> String {
    let mut times = writings(fact, values, false);
    for time in &mut times {
        if let [Reading { short: Some(short), .. }] = time.held.as_slice() {
            time.html = values.words.prose(short.get(values.locale));
            time.announced.clone_from(&time.html);
        }
    }
    let html = turns::value(&times, values.words);
    if html.contains("<a ") { String::new() } else { html }
}

fn reading(fact: &Fact, reading: &Reading, values: Values<'_>) -> ReadingView {
    let words = values.words;
    let unknown = matches!(reading.value, Value::Unknown { .. });
    let ask = match &reading.value {
        Value::Unknown { ask } => words.prose(ask.get(values.locale)),
        _ => String::new(),
    };
    let days = values.site.config.review_days;
    ReadingView {
        html: values.html(&reading.value),
        unknown,
        ask_html: ask,
        note_html: reading.note.as_ref().map(|note| words.prose(note.get(values.locale))).unwrap_or_default(),
        confidence: confidence(reading),
        from: reading.from.map(|day| words.date(day)),
        until: reading.until.map(|day| words.date(day)),
        checked: words.date(reading.checked),
        review_days: days.of(fact.risk),
        overdue: reading.overdue_from(fact.risk, days) <= values.site.as_of,
        sources: reading
            .sources
            .iter()
            .map(|source| CitationView { anchor: source_anchor(source), publisher: source.publisher.clone() })
            .collect(),
    }
}
