//! JSON Schemas (draft 2020-12) of every YAML file and of front matter, for text editors: made from the shapes by which the files are parsed.

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, json_schema};
use serde_json::{Value, json};

use super::shape::{front, lists, policy, registry, site, theme};

/// The folder of a site where editors find the schemas.
pub const FOLDER: &str = ".rahnuma/schema";

/// A kind of file, or of front matter.
pub struct FileSchema {
    /// What `rahnuma schema` calls it.
    pub name: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// The files, `*` for any name.
    pub files: &'static [&'static str],
    make: fn() -> Schema,
}

/// Every kind, those that editors meet first at the head.
pub const ALL: &[FileSchema] = &[
    of::<site::Site>("site", "The site", &["content/site.yaml"]),
    of::<policy::Carrier>("carrier", "A carrier and its facts", CARRIERS),
    of::<policy::National>("national", "Facts that hold for every carrier", &["content/policies/national.yaml"]),
    of::<Vec<lists::Source>>("sources", "Sources", &["content/policies/sources.yaml"]),
    of::<Vec<lists::Situation>>("situations", "Situations", &["content/situations.yaml"]),
    of::<Vec<lists::Term>>("glossary", "The glossary", &["content/glossary.yaml"]),
    of::<front::Guide>("guide", "Front matter of a guide", &["content/guides/*/*.md", "content/drafts/guides/*/*.md"]),
    of::<Vec<lists::CardLine>>("card", "The counter card of a guide", CARDS),
    of::<front::Page>("page", "Front matter of a plain page", &["content/pages/*.md", "content/drafts/pages/*.md"]),
    of::<front::Application>("application", "Front matter of a letter", APPLICATIONS),
    of::<front::Fragment>("fragment", "Front matter of a fragment", FRAGMENTS),
    of::<registry::Published>("published", "What was published", &["content/published.yaml"]),
    of::<registry::TranslatedTexts>("translated", "What texts were translated from", &["content/translated.yaml"]),
    of::<Vec<lists::MissedLink>>("links", "Addresses that were not reached", &["content/links.yaml"]),
    of::<theme::Theme>("theme", "Settings of a theme", &["themes/*/theme.yaml"]),
    of::<theme::Strings>("strings", "Words of a theme", &["themes/*/strings/*.yaml"]),
    FileSchema { name: "policies", title: "A carrier, national facts or sources", files: CARRIERS, make: policies },
];

const CARRIERS: &[&str] = &["content/policies/*.yaml", "content/drafts/policies/*.yaml"];
const CARDS: &[&str] = &["content/guides/*/*.card.yaml", "content/drafts/guides/*/*.card.yaml"];
const APPLICATIONS: &[&str] = &["content/applications/*.md", "content/drafts/applications/*.md"];
const FRAGMENTS: &[&str] = &["content/fragments/*.md", "content/drafts/fragments/*.md"];

const fn of<T: JsonSchema>(name: &'static str, title: &'static str, files: &'static [&'static str]) -> FileSchema {
    FileSchema { name, title, files, make: root::<T> }
}

fn root<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>()
}

/// Text editors choose a schema by a file's name, and have no way to say "every file but these": one schema for all of the folder, which
/// tells by what stands in a file which of the three it is.
fn policies() -> Schema {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let [carrier, national] =
        [generator.subschema_for::<policy::Carrier>(), generator.subschema_for::<policy::National>()];
    let sources = generator.subschema_for::<Vec<lists::Source>>();
    let without_status = json!({
        "if": { "properties": { "status": false } },
        "then": { "anyOf": [national, carrier] },
        "else": carrier,
    });
    let definitions = generator.take_definitions(true);
    json_schema!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "if": { "type": "array" },
        "then": sources,
        "else": without_status,
        "$defs": definitions,
    })
}

impl FileSchema {
    /// The schema.
    #[must_use]
    pub fn schema(&self) -> Value {
        let mut schema = (self.make)();
        schema.insert("title".into(), self.title.into());
        schema.to_value()
    }

    /// Its file, with the closing line break.
    #[must_use]
    pub fn text(&self) -> String {
        pretty(&self.schema())
    }

    /// The name of its file.
    #[must_use]
    pub fn file(&self) -> String {
        format!("{}.json", self.name)
    }
}

/// What a new site has for text editors: the schemas, the settings by which VS Code knows which is for which files, and the name of the
/// extension that reads them.
#[must_use]
pub fn editor_files() -> Vec<(String, String)> {
    let schemas = ALL.iter().map(|schema| (format!("{FOLDER}/{}", schema.file()), schema.text()));
    let settings = json!({ "yaml.schemas": by_schema() });
    let extensions = json!({ "recommendations": ["redhat.vscode-yaml"] });
    let vscode = [(".vscode/settings.json", settings), (".vscode/extensions.json", extensions)];
    schemas.chain(vscode.map(|(name, value)| (name.to_owned(), pretty(&value)))).collect()
}

/// The YAML files of each schema. Front matter is not among them: what reads YAML takes no part of a file.
fn by_schema() -> BTreeMap<String, &'static [&'static str]> {
    let in_one_folder = |name| matches!(name, "carrier" | "national" | "sources");
    let is_yaml = |schema: &&FileSchema| schema.files.iter().all(|file| file.ends_with(".yaml"));
    let own = ALL.iter().filter(is_yaml).filter(|schema| !in_one_folder(schema.name));
    own.map(|schema| (format!("./{FOLDER}/{}", schema.file()), schema.files)).collect()
}

fn pretty(value: &Value) -> String {
    // Only keys that are no texts could fail, and there are none.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
