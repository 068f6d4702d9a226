//! What each mapping of a YAML file may hold, said once: the parser takes its keys from here (see [`super::node`]), and so do the JSON Schemas
//! (see [`super::schema`]), whose descriptions are the comments. Nothing of this is ever filled with values: a file is read key by key, so
//! that every mistake is found at its place.

pub mod front;
pub mod lists;
pub mod policy;
pub mod registry;
pub mod site;
pub mod theme;
pub mod value;
pub mod words;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

/// A key of a mapping.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// When it is there.
    pub presence: Presence,
    /// What it says.
    says: &'static str,
    /// What its value is.
    holds: fn(&mut SchemaGenerator) -> Schema,
}

impl Key {
    /// What to write where it is missing: what belongs there, and an example or the words to choose from.
    #[must_use]
    pub fn help(&self) -> String {
        let says = self.says.trim();
        let says = says.split_once(". ").map_or(says, |(first, _)| first).trim_end_matches('.');
        let mut letters = says.chars();
        let says: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
        let schema = (self.holds)(&mut SchemaGenerator::default());
        let words: Vec<&str> =
            schema.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let form = match schema.get("examples").and_then(|examples| examples.get(0)) {
            _ if !words.is_empty() && words.iter().all(|word| says.contains(word)) => String::new(),
            _ if !words.is_empty() => format!("; one of {}", words.join(", ")),
            Some(Value::String(example)) => format!("; for example `{}: {example}`", self.name),
            Some(example) => format!("; for example `{}: {example}`", self.name),
            None if schema.get("type").and_then(Value::as_str) == Some("array") && is_of_names(&schema) => {
                format!("; a list, as in `{}: [one, another]`", self.name)
            }
            None => String::new(),
        };
        format!("add `{}: …`: {says}{form}", self.name)
    }
}

/// Whether a list is one of ids.
fn is_of_names(list: &Schema) -> bool {
    list.get("items").is_some_and(|item| item.get("pattern").is_some())
}

/// When a key is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(non_camel_case_types, reason = "they are the words of `shape!`")]
pub enum Presence {
    /// Always.
    required,
    /// If the editor wishes.
    optional,
    /// Only where another key says something, which the rules of the shape tell.
    conditional,
}

/// A mapping with keys of its own.
pub trait Shape: JsonSchema {
    /// Its keys.
    const KEYS: &'static [Key];
}

/// Declares a mapping: `required`, `optional` or `conditional`, the key, what its value is, and what holds when it is left out if that is a
/// value too. Behind `rules:` stands a function that adds to the schema what depends on several keys.
macro_rules! shape {
    (
        $(#[doc = $about:literal])+
        $name:ident {
            $($(#[doc = $says:literal])+ $presence:ident $key:ident: $holds:ty $(= $standard:expr)?,)+
        }
        $(rules: $rules:path)?
    ) => {
        $(#[doc = $about])+
        pub struct $name;

        impl $crate::parse::shape::Shape for $name {
            const KEYS: &'static [$crate::parse::shape::Key] = &[$($crate::parse::shape::Key {
                name: stringify!($key),
                presence: $crate::parse::shape::Presence::$presence,
                says: concat!($($says),+),
                holds: |generator| generator.subschema_for::<$holds>(),
            }),+];
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut schema = $crate::parse::shape::Mapping::new(concat!($($about),+));
                $(
                    let value = generator.subschema_for::<$holds>();
                    let standard: Option<serde_json::Value> = None$(.or(Some(serde_json::json!($standard))))?;
                    let required = $crate::parse::shape::Presence::$presence == $crate::parse::shape::Presence::required;
                    schema.add(stringify!($key), value, concat!($($says),+), standard, required);
                )+
                #[allow(unused_mut, reason = "not every mapping has rules")]
                let mut schema = schema.finish();
                $($rules(&mut schema, generator);)?
                schema
            }
        }
    };
}
use shape;

/// The schema of a mapping in the making.
struct Mapping {
    about: &'static str,
    properties: Map<String, Value>,
    required: Vec<&'static str>,
}

impl Mapping {
    fn new(about: &'static str) -> Self {
        Self { about: about.trim(), properties: Map::new(), required: Vec::new() }
    }

    fn add(&mut self, key: &'static str, mut value: Schema, says: &str, standard: Option<Value>, required: bool) {
        value.insert("description".into(), says.trim().into());
        if let Some(standard) = standard {
            value.insert("default".into(), standard);
        }
        self.properties.insert(key.into(), value.to_value());
        if required {
            self.required.push(key);
        }
    }

    fn finish(self) -> Schema {
        let mut schema = json_schema!({
            "description": self.about,
            "type": "object",
            "properties": self.properties,
            "additionalProperties": false,
        });
        if !self.required.is_empty() {
            schema.insert("required".into(), self.required.into());
        }
        schema
    }
}

/// Adds a rule to those of a schema.
fn add_rule(schema: &mut Schema, rule: Value) {
    if let Some(Value::Array(rules)) = schema.get_mut("allOf") {
        rules.push(rule);
    } else {
        schema.insert("allOf".into(), Value::Array(vec![rule]));
    }
}

/// Says that a key has to be there when another one says one of some words, and, if it is `forbidden` else, only then.
fn needed_when(schema: &mut Schema, key: &str, (other, words): (&str, &[&str]), forbidden: bool) {
    let condition = serde_json::json!({ "properties": { other: { "enum": words } }, "required": [other] });
    let mut rule = serde_json::json!({ "if": condition, "then": { "required": [key] } });
    if forbidden {
        rule["else"] = serde_json::json!({ "properties": { key: false } });
    }
    add_rule(schema, rule);
}

/// What another schema says, where a rule names it.
fn schema_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<T>().to_value()
}
