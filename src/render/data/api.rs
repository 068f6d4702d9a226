//! The facts of a carrier or of the nation as data, with their dates, so that others can use them.

use super::super::Renderer;
use crate::model::fact::{Fact, Reading};
use crate::model::id::Id;
use crate::model::locale::Localized;
use crate::model::site::Site;
use crate::model::value::{Amount, SmsText, Value};
use crate::view::{AmountData, DocumentData, FactData, FactsData, ReadingData, SourceData, TextsData, ValueData};

/// Raised when a field changes its meaning or goes away.
pub const SCHEMA: u32 = 1;

/// Every fact of an owner.
#[must_use]
pub fn facts<'a>(renderer: &'a Renderer, owner: &'a Id) -> FactsData<'a> {
    let site = &renderer.site;
    let own = site.facts.values().filter(|fact| fact.key.owner == *owner);
    FactsData {
        schema: SCHEMA,
        owner: owner.as_str(),
        name: site.carriers.get(owner).map(|carrier| texts(site, &carrier.name)),
        facts: own.map(|fact| fact_data(site, fact)).collect(),
    }
}

pub(super) fn texts<'a>(site: &'a Site, text: &'a Localized<String>) -> TextsData<'a> {
    text.iter().map(|(ix, text)| (site.config.locale(ix).id.as_str(), text.as_str())).collect()
}

fn fact_data<'a>(site: &'a Site, fact: &'a Fact) -> FactData<'a> {
    FactData {
        id: fact.key.fact.as_str(),
        label: texts(site, &fact.label),
        kind: fact.kind.name(),
        risk: fact.risk.name(),
        conflict: fact.conflict,
        readings: fact.readings.iter().map(|reading| reading_data(site, reading)).collect(),
    }
}

fn reading_data<'a>(site: &'a Site, reading: &'a Reading) -> ReadingData<'a> {
    let sources = reading.sources.iter().map(|source| SourceData {
        id: source.id.as_str(),
        publisher: &source.publisher,
        title: &source.title,
        url: source.url.as_ref().map(|url| url.value.as_str()),
        archive: source.archive.as_ref().map(|copy| copy.value.as_str()),
    });
    ReadingData {
        value: value(site, &reading.value),
        from: reading.from.map(|day| day.to_string()),
        until: reading.until.map(|day| day.to_string()),
        confidence: reading.confidence.name(),
        checked: reading.checked.to_string(),
        learned: reading.learned.map(|day| day.to_string()),
        note: reading.note.as_ref().map(|note| texts(site, note)),
        sources: sources.collect(),
    }
}

fn value<'a>(site: &'a Site, value: &'a Value) -> ValueData<'a> {
    let network = value.network().map(Id::as_str);
    let optional = |text: &'a Option<Localized<String>>| text.as_ref().map(|text| texts(site, text));
    match value {
        Value::Phone { number, international, .. } => {
            ValueData::Phone { number, network, international: international.as_deref() }
        }
        Value::Ussd { code, .. } => ValueData::Ussd { code, network },
        Value::Sms { to, text: SmsText::Literal(send), .. } => ValueData::Sms { to, send, network },
        Value::Sms { to, text: SmsText::Described(text), .. } => {
            ValueData::SmsDescribed { to, describe: texts(site, text), network }
        }
        Value::Money { currency, amount: figures } => ValueData::Money { amount: amount(*figures), currency },
        Value::Duration { unit, amount: figures } => {
            ValueData::Duration { amount: amount(*figures), unit: unit.name() }
        }
        Value::Count { amount: figures, of } => ValueData::Count { amount: amount(*figures), of: optional(of) },
        Value::Percentage(figures) => ValueData::Percentage(amount(*figures)),
        Value::Date(date) => ValueData::Date(date.to_string()),
        Value::YesNoDepends { answer, detail } => {
            ValueData::YesNoDepends { answer: answer.name(), detail: optional(detail) }
        }
        Value::Url(text) | Value::Email(text) => ValueData::Address(text),
        Value::Documents(documents) => {
            let label = |label| texts(site, label);
            let each = documents.iter();
            let each = each.map(|document| DocumentData { id: document.id.as_str(), label: label(&document.label) });
            ValueData::Documents(each.collect())
        }
        Value::Text(text) => ValueData::Text(texts(site, text)),
        Value::Unknown { ask } => ValueData::Unknown { unknown: true, ask: texts(site, ask) },
    }
}

fn amount(amount: Amount) -> AmountData {
    match amount {
        Amount::Exact(number) => AmountData::Exact { exact: number.to_string() },
        Amount::AtMost(number) => AmountData::AtMost { at_most: number.to_string() },
        Amount::AtLeast(number) => AmountData::AtLeast { at_least: number.to_string() },
        Amount::Between(from, to) => AmountData::Between { from: from.to_string(), to: to.to_string() },
    }
}
