//! What the YAML files of a theme say: its settings, and its words.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::shape;
use super::words::{AssetName, Language, PluralCategory, Text};
use crate::model::strings::CATEGORIES;

shape! {
    /// The settings of a theme.
    Theme {
        /// The fonts in the theme's `assets` that are for some languages alone, each with the first part of their tags. Pages in other
        /// languages never ask for them; a font that is not named is for every language.
        optional fonts: BTreeMap<AssetName, Vec<Language>>,
    }
}

/// The theme's words in a language, nested by subject.
pub struct Strings;

impl JsonSchema for Strings {
    fn schema_name() -> Cow<'static, str> {
        "Strings".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Words of the theme in one language, nested by subject: only those that are to be other words than the built-in ones.",
            "type": "object",
            "propertyNames": { "not": { "enum": CATEGORIES } },
            "additionalProperties": generator.subschema_for::<Message>(),
        })
    }
}

/// A text, its forms, or more keys.
struct Message;

impl JsonSchema for Message {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let ways = [
            generator.subschema_for::<Text>(),
            generator.subschema_for::<Forms>(),
            generator.subschema_for::<Strings>(),
        ];
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
        let mut schema = BTreeMap::<PluralCategory, Text>::json_schema(generator);
        let says = "The forms of a text beside a number, by the plural categories of the language; English has `one` and `other`.";
        schema.insert("description".into(), says.into());
        schema.insert("minProperties".into(), 1.into());
        schema
    }
}
