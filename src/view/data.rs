//! The published data: what programs read, field by field. A change here is a change of the schema.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// Data as JSON, on one line.
#[must_use]
pub fn json(data: &impl Serialize) -> String {
    // Only keys that are no texts could fail, and there are none.
    serde_json::to_string(data).unwrap_or_default()
}

/// A text by locale.
pub type TextsData<'a> = BTreeMap<&'a str, &'a str>;

/// The facts of a carrier or of the nation, `api/v1/facts/<owner>.json`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FactsData<'a> {
    /// Raised when a field changes its meaning or goes away.
    pub schema: u32,
    pub owner: &'a str,
    /// Of a carrier.
    pub name: Option<TextsData<'a>>,
    pub facts: Vec<FactData<'a>>,
}

/// One fact with all its readings.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FactData<'a> {
    pub id: &'a str,
    pub label: TextsData<'a>,
    pub kind: &'a str,
    pub risk: &'a str,
    pub conflict: bool,
    pub readings: Vec<ReadingData<'a>>,
}

/// What a fact said from one day until another. Days are written as 2026-11-22.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReadingData<'a> {
    pub value: ValueData<'a>,
    pub from: Option<String>,
    pub until: Option<String>,
    pub confidence: &'a str,
    pub checked: String,
    /// The day the site learned of it, where that is another one than its first.
    pub learned: Option<String>,
    pub note: Option<TextsData<'a>>,
    pub sources: Vec<SourceData<'a>>,
}

/// What a reading rests on.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SourceData<'a> {
    pub id: &'a str,
    pub publisher: &'a str,
    pub title: &'a str,
    pub url: Option<&'a str>,
    /// A saved copy of the page.
    pub archive: Option<&'a str>,
}

/// A value, in the form of its fact's kind.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ValueData<'a> {
    Phone {
        number: &'a str,
        network: Option<&'a str>,
        international: Option<&'a str>,
    },
    Ussd {
        code: &'a str,
        network: Option<&'a str>,
    },
    Sms {
        to: &'a str,
        send: &'a str,
        network: Option<&'a str>,
    },
    SmsDescribed {
        to: &'a str,
        describe: TextsData<'a>,
        network: Option<&'a str>,
    },
    Money {
        #[serde(flatten)]
        amount: AmountData,
        currency: &'a str,
    },
    Duration {
        #[serde(flatten)]
        amount: AmountData,
        unit: &'a str,
    },
    Count {
        #[serde(flatten)]
        amount: AmountData,
        of: Option<TextsData<'a>>,
    },
    Percentage(AmountData),
    YesNoDepends {
        answer: &'a str,
        detail: Option<TextsData<'a>>,
    },
    Date(String),
    Address(&'a str),
    Documents(Vec<DocumentData<'a>>),
    Text(TextsData<'a>),
    Unknown {
        /// Always true: nobody could say yet.
        unknown: bool,
        ask: TextsData<'a>,
    },
}

/// Something to bring.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DocumentData<'a> {
    pub id: &'a str,
    pub label: TextsData<'a>,
}

/// Amounts are strings: decimals stay exact.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum AmountData {
    Exact { exact: String },
    AtMost { at_most: String },
    AtLeast { at_least: String },
    Between { from: String, to: String },
}

/// What a device keeps of a locale: for every reader, `offline/<locale>.json`, or besides for those of a carrier,
/// `offline/<locale>/<carrier>.json`.
#[derive(Debug, Serialize)]
pub struct SavedData {
    /// The same in all lists of a locale that one build made, another one when any file of them has changed.
    pub edition: String,
    /// How much comes over the network.
    pub bytes: usize,
    /// How much all lists of the locale come to; in the first alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all: Option<usize>,
    /// Address and SHA-256 of each file, as `integrity` has it.
    pub files: Vec<(String, String)>,
}

/// The day the site was made for, `day.json`: the one file that another day alone changes.
#[derive(Debug, Serialize)]
pub struct DayData {
    pub day: String,
}

/// `manifest.webmanifest`, by the names of its standard.
#[derive(Debug, Serialize)]
pub struct ManifestData<'a> {
    pub name: &'a str,
    pub lang: String,
    pub dir: &'a str,
    pub start_url: String,
    pub scope: &'a str,
    pub display: &'a str,
    pub icons: Vec<IconData>,
}

/// An icon of the site.
#[derive(Debug, Serialize)]
pub struct IconData {
    pub src: String,
    pub sizes: &'static str,
    #[serde(rename = "type")]
    pub media_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<&'static str>,
}

/// A feed of changes, Atom.
#[derive(Debug)]
pub struct FeedData {
    pub tag: String,
    /// Its own address, which is its id.
    pub own: String,
    /// The page with the same changes.
    pub page: String,
    pub title: String,
    pub author: String,
    /// The day of the newest entry.
    pub updated: String,
    pub entries: Vec<FeedEntryData>,
}

/// One change.
#[derive(Debug)]
pub struct FeedEntryData {
    /// Address on the page, which is its id.
    pub address: String,
    pub title: String,
    /// The day the site learned of it.
    pub published: String,
    /// The same, or the day it began to hold where that is later.
    pub updated: String,
    pub html: String,
}

/// What is known to change, iCalendar.
#[derive(Debug)]
pub struct CalendarData {
    pub name: String,
    pub entries: Vec<CalendarEntryData>,
}

/// One change on its day.
#[derive(Debug)]
pub struct CalendarEntryData {
    pub id: String,
    pub day: Date,
    /// The day the site learned of it.
    pub stamp: Date,
    pub title: String,
    /// Who says so.
    pub sources: Vec<String>,
    /// The page with the evidence.
    pub url: String,
}
