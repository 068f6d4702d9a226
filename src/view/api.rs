//! The site as data, `api/v1/`: an index, the carriers, the guides of each section, the facts of each owner (see [`super::data`]). The
//! JSON Schemas beside them are made from these types, whose comments are their descriptions: a change here is a change of the schema.

use schemars::JsonSchema;
use serde::Serialize;

use super::data::{FactsData, TextsData};

/// Where everything stands. Addresses are full ones; days are written as 2026-11-22; texts are given by locale.
#[derive(Debug, Serialize, JsonSchema)]
pub struct IndexData<'a> {
    /// Raised when a field changes its meaning or goes away.
    pub schema: u32,
    pub title: TextsData<'a>,
    pub description: TextsData<'a>,
    /// The site itself.
    pub site: &'a str,
    pub locales: Vec<LocaleData<'a>>,
    /// The locale that guides are written in first.
    pub source_locale: &'a str,
    pub carriers: String,
    /// By section: a carrier, or `general` for what holds for all of them.
    pub guides: Vec<FileData<'a>>,
    /// By owner: a carrier, or `national` for what holds for all of them.
    pub facts: Vec<FileData<'a>>,
    /// The JSON Schema of each kind of file.
    pub schemas: Vec<FileData<'a>>,
}

/// A language edition.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LocaleData<'a> {
    pub id: &'a str,
    /// BCP 47.
    pub tag: &'a str,
    /// `ltr` or `rtl`.
    pub dir: &'a str,
    pub name: &'a str,
    pub home: String,
}

/// A file for programs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FileData<'a> {
    pub of: &'a str,
    pub url: String,
}

/// Every carrier, in the order in which the site shows them.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CarriersData<'a> {
    /// Raised when a field changes its meaning or goes away.
    pub schema: u32,
    pub carriers: Vec<CarrierData<'a>>,
}

/// A mobile operator.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CarrierData<'a> {
    pub id: &'a str,
    pub name: TextsData<'a>,
    /// `active`, `merging`, `renamed-to` or `closed`.
    pub status: &'a str,
    /// The carrier it merges into or was renamed to.
    pub successor: Option<&'a str>,
    pub status_note: Option<TextsData<'a>>,
    /// ISO 3166.
    pub country: &'a str,
    pub website: Option<&'a str>,
    /// Its page in each locale.
    pub pages: PagesData<'a>,
    pub facts: Option<String>,
    pub guides: Option<String>,
}

/// Addresses of a page by locale.
pub type PagesData<'a> = std::collections::BTreeMap<&'a str, String>;

/// The guides of a section.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GuidesData<'a> {
    /// Raised when a field changes its meaning or goes away.
    pub schema: u32,
    /// A carrier, or `general`.
    pub section: &'a str,
    pub guides: Vec<GuideData<'a>>,
}

/// What stands at an old address of the facts or the guides of a carrier that was renamed.
#[derive(Debug, Serialize)]
pub struct MovedData {
    /// Raised when a field changes its meaning or goes away.
    pub schema: u32,
    pub moved_to: String,
}

/// One procedure, in the locales it was written in.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GuideData<'a> {
    pub id: &'a str,
    pub title: TextsData<'a>,
    pub summary: TextsData<'a>,
    pub pages: PagesData<'a>,
    /// Its steps in order; ids are the same in all locales, and stay.
    pub steps: Vec<StepData<'a>>,
    /// The facts it names: `national.disown-min-age`.
    pub facts: Vec<String>,
}

/// A section of a guide: `#` and its id behind the address of a page lead to it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StepData<'a> {
    pub id: &'a str,
    /// The ids of what there is to tick.
    pub items: Vec<&'a str>,
}

/// The schema of a kind of file, as JSON.
#[must_use]
pub fn schema(name: &str) -> String {
    let schema = match name {
        "index" => schemars::schema_for!(IndexData<'static>),
        "carriers" => schemars::schema_for!(CarriersData<'static>),
        "guides" => schemars::schema_for!(GuidesData<'static>),
        _ => schemars::schema_for!(FactsData<'static>),
    };
    super::data::json(&schema)
}
