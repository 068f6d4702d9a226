//! Facts as templates see them, worked out once a build and locale.

use jiff::civil::Date;

use super::escape::attribute;
use super::marks::with_mark;
use super::values::Values;
use super::words::Words;
use crate::model::evidence::{Confidence, Source};
use crate::model::fact::{Fact, FactKey, Reading};
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::model::value::Value;
use crate::view::{CitationView, FactView, ReadingView, Shared};

/// Every fact in one locale, in the order of their names.
pub struct FactViews(Vec<ShownFact>);

impl FactViews {
    /// A fact worked out.
    #[must_use]
    pub fn of(&self, fact: &Fact) -> Option<&ShownFact> {
        self.0.get(fact.ix)
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
        let mark_html = mark(view.mark, words);
        ShownFact {
            anchor: view.anchor.clone(),
            label: view.label.clone(),
            mark: view.mark,
            value_html: view.value_html.clone(),
            sentence_html: with_mark(&view.value_html, &mark_html),
            mark_html,
            view: view.into(),
        }
    };
    FactViews(site.facts.values().map(|fact| shown(fact)).collect())
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
    let readings: Vec<ReadingView> = fact.current().map(|held| reading(fact, held, values)).collect();
    let others = (0..fact.readings.len())
        .filter(|ix| !fact.current.contains(ix))
        .map(|ix| reading(fact, &fact.readings[ix], values))
        .collect();
    let shown: Vec<String> = readings.iter().map(|reading| reading.html.clone()).collect();
    let inline = match shown.as_slice() {
        [one] => one.clone(),
        several => values.conflict(several),
    };
    let changes = fact.changes(values.site.as_of);
    FactView {
        id: fact.key.to_string(),
        mark: match readings.as_slice() {
            [] => "unknown",
            [first, rest @ ..] if rest.is_empty() || !fact.conflict => first.confidence,
            _ => "conflict",
        },
        short_html: short(fact, &inline, values),
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
        conflict: fact.conflict && readings.len() > 1,
        readings,
        other_times: others,
        changes: changes.len(),
        change_anchor: changes.last().map(|last| change_anchor(&fact.key, last.day)).unwrap_or_default(),
    }
}

/// The value in a few words: the reading's own short form, else the value where it holds no link of its own.
fn short(fact: &Fact, inline: &str, values: Values<'_>) -> String {
    let mut current = fact.current();
    match (current.next(), current.next()) {
        (Some(Reading { short: Some(short), .. }), None) => values.words.prose(short.get(values.locale)),
        _ if !inline.contains("<a ") => inline.to_owned(),
        _ => String::new(),
    }
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
        age_days: (values.site.as_of - reading.checked).get_days(),
        confidence: if unknown { "unknown" } else { reading.confidence.name() },
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
