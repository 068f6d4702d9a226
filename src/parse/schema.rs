//! JSON Schemas (draft 2020-12) of every YAML file and of front matter, for text editors: made from the shapes by which the files are parsed.

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
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
    of::<policy::Carrier>(
        "carrier",
        "A carrier and its facts",
        &["content/policies/*.yaml", "content/drafts/policies/*.yaml"],
    ),
    of::<policy::National>("national", "Facts that hold for every carrier", &["content/policies/national.yaml"]),
    of::<Vec<lists::Source>>("sources", "Sources", &["content/policies/sources.yaml"]),
    of::<Vec<lists::Situation>>("situations", "Situations", &["content/situations.yaml"]),
    of::<Vec<lists::Term>>("glossary", "The glossary", &["content/glossary.yaml"]),
    of::<front::Guide>("guide", "Front matter of a guide", &["content/guides/*/*.md", "content/drafts/guides/*/*.md"]),
    of::<Vec<lists::CardLine>>(
        "card",
        "The counter card of a guide",
        &["content/guides/*/*.card.yaml", "content/drafts/guides/*/*.card.yaml"],
    ),
    of::<front::Page>("page", "Front matter of a plain page", &["content/pages/*.md", "content/drafts/pages/*.md"]),
    of::<front::Application>(
        "application",
        "Front matter of a letter",
        &["content/applications/*.md", "content/drafts/applications/*.md"],
    ),
    of::<front::Fragment>(
        "fragment",
        "Front matter of a fragment",
        &["content/fragments/*.md", "content/drafts/fragments/*.md"],
    ),
    of::<registry::Published>("published", "What was published", &["content/published.yaml"]),
    of::<registry::TranslatedTexts>("translated", "What texts were translated from", &["content/translated.yaml"]),
    of::<theme::Theme>("theme", "Settings of a theme", &["themes/*/theme.yaml"]),
    of::<theme::Strings>("strings", "Words of a theme", &["themes/*/strings/*.yaml"]),
];

const fn of<T: JsonSchema>(name: &'static str, title: &'static str, files: &'static [&'static str]) -> FileSchema {
    FileSchema { name, title, files, make: schema_of::<T> }
}

fn schema_of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>()
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
}

/// Every schema as a file.
pub fn files() -> impl Iterator<Item = (String, String)> {
    ALL.iter()
        .map(|schema| (format!("{}.json", schema.name), schema.text()))
        .chain([(format!("{POLICIES}.json"), policies())])
}

/// What editors that choose a schema by folder take for all of `content/policies`, where three kinds of files stand.
const POLICIES: &str = "policies";

fn policies() -> String {
    let [carrier, national, sources] =
        ["carrier", "national", "sources"].map(|name| json!({ "$ref": format!("{name}.json") }));
    pretty(&json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Facts or sources",
        "if": { "type": "array" },
        "then": sources,
        "else": { "if": { "properties": { "status": false } }, "then": { "anyOf": [national, carrier] }, "else": carrier },
    }))
}

/// The settings that tell VS Code which schema is for which files, and the extension that reads them.
#[must_use]
pub fn editor_files() -> [(String, String); 2] {
    let is_yaml = |schema: &&FileSchema| schema.files.iter().all(|file| file.ends_with(".yaml"));
    let folder = |files: &[&str]| files.iter().any(|file| file.starts_with("content/policies/"));
    let mut by_schema: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for schema in ALL.iter().filter(is_yaml) {
        let name = if folder(schema.files) { POLICIES } else { schema.name };
        let files = by_schema.entry(format!("./{FOLDER}/{name}.json")).or_default();
        // Those that stand in just one place are among `*`.
        files.extend(schema.files.iter().filter(|file| name != POLICIES || file.contains('*')));
    }
    let settings = json!({ "yaml.schemas": by_schema });
    let extensions = json!({ "recommendations": ["redhat.vscode-yaml"] });
    [(".vscode/settings.json".into(), pretty(&settings)), (".vscode/extensions.json".into(), pretty(&extensions))]
}

fn pretty(value: &Value) -> String {
    // Only keys that are no texts could fail, and there are none.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
