//! What the YAML files of a theme say: its settings, and its words.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_yaml::{Mapping, Value as Yaml};

use super::shape;
use super::words::{AssetName, Language, Named, PluralCategory, Text};
use crate::model::strings::CATEGORIES;
use crate::theme::FILES;

shape! {
    /// The settings of a theme.
    Theme {
        /// The fonts in the theme's `assets` that are for some languages alone, each with the first part of their tags. Pages in other
        /// languages never ask for them; a font that is not named is for every language.
        optional fonts: Named<AssetName, Vec<Language>>,
    }
}

/// The theme's words in a language, nested by subject.
pub struct Strings;

impl JsonSchema for Strings {
    fn schema_name() -> Cow<'static, str> {
        "Strings".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let english = FILES.iter().find(|(name, _)| *name == ENGLISH).map(|(_, bytes)| *bytes).unwrap_or_default();
        let english: Mapping = serde_yaml::from_slice(english).unwrap_or_default();
        let mut schema = group(&english, generator);
        let says = "Words of the theme in one language, nested by subject: only those that are to be other words than the built-in ones. A theme \
                    may have words of its own; those it says in every language.";
        schema.insert("description".into(), says.into());
        schema
    }
}

/// The built-in theme's words, whose keys editors can offer.
const ENGLISH: &str = "strings/en.yaml";

/// A mapping of words by their keys. What the built-in theme knows is named, with what it says in English; there may be more.
fn group(known: &Mapping, generator: &mut SchemaGenerator) -> Schema {
    let mut properties = serde_json::Map::new();
    for (key, value) in known.iter().filter_map(|(key, value)| Some((key.as_str()?, value))) {
        let is_form = |key: &Yaml| key.as_str().is_some_and(|key| CATEGORIES.contains(&key));
        let words = match value {
            Yaml::Mapping(inner) if !inner.keys().all(is_form) => group(inner, generator),
            other => {
                let forms = other.as_mapping().and_then(|forms| forms.get("other"));
                let says = forms.unwrap_or(other).as_str().unwrap_or_default();
                let mut words = generator.subschema_for::<Message>();
                words.insert("description".into(), format!("In English: {says}").into());
                words
            }
        };
        properties.insert(key.to_owned(), words.to_value());
    }
    json_schema!({
        "type": "object",
        "properties": properties,
        "propertyNames": { "not": { "enum": CATEGORIES } },
        "additionalProperties": generator.subschema_for::<Message>(),
    })
}

/// Words of a theme's own.
struct Group;

impl JsonSchema for Group {
    fn schema_name() -> Cow<'static, str> {
        "Group".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        group(&Mapping::new(), generator)
    }
}

/// A text, its forms, or more keys.
struct Message;

impl JsonSchema for Message {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let ways =
            [generator.subschema_for::<Text>(), generator.subschema_for::<Forms>(), generator.subschema_for::<Group>()];
        json_schema!({
            "description": "A text, with `{n}` and the like where values go; its forms beside a number; or more texts by their keys.",
            "anyOf": ways,
        })
    }
}

/// The forms of a text beside a number.
struct Forms;

impl JsonSchema for Forms {
    fn schema_name() -> Cow<'static, str> {
        "PluralForms".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Named::<PluralCategory, Text>::json_schema(generator);
        let says = "The forms of a text beside a number, by the plural categories of the language; English has `one` and `other`.";
        schema.insert("description".into(), says.into());
        schema.insert("minProperties".into(), 1.into());
        schema
    }
}
