//! What `content/published.yaml` and `content/translated.yaml` say, which the program writes.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::shape;
use super::words::{AddressName, Day, FileName, GuideName, Live, Made, Name, Named, Way};
use crate::parse::registry::ADDRESSES;

/// Every id of a section or an item that was ever published, by guide, and every address.
pub struct Published;

impl JsonSchema for Published {
    fn schema_name() -> Cow<'static, str> {
        "Published".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Named::<GuideName, Named<Name, IdFate>>::json_schema(generator);
        let mut addresses = generator.subschema_for::<Named<AddressName, AddressFate>>();
        let says = "Carriers and plain pages, and guides that are gone, each with what became of it.";
        addresses.insert("description".into(), says.into());
        schema.insert("properties".into(), serde_json::json!({ ADDRESSES: addresses }));
        let says = "Every id of a section or an item that was ever published, by guide. `rahnuma register` adds what is new; nothing is \
                    ever taken out.";
        schema.insert("description".into(), says.into());
        schema
    }
}

/// `live`, or a mapping that says what became of it.
macro_rules! fate {
    ($name:ident, $gone:ident, $says:literal) => {
        #[doc = $says]
        pub struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let ways = [generator.subschema_for::<Live>(), generator.subschema_for::<$gone>()];
                json_schema!({ "description": $says, "anyOf": ways })
            }
        }
    };
}

fate!(IdFate, ChangedId, "What became of an id: `live`, or one of `changed`, `renamed_to` and `retired`.");
fate!(AddressFate, ChangedAddress, "What became of an address: `live`, or one of `renamed_to` and `retired`.");

shape! {
    /// What became of an id that is not as it was published: one of these.
    ChangedId {
        /// The day on which the item was rewritten so that earlier ticks need another look.
        optional changed: Day,
        /// The id that stands in its place.
        optional renamed_to: Name,
        /// The day on which it was taken back.
        optional retired: Day,
    }
    rules: just_one
}

shape! {
    /// What became of an address that leads elsewhere or nowhere: one of these.
    ChangedAddress {
        /// The address that stands in its place.
        optional renamed_to: AddressName,
        /// The day on which it was taken back.
        optional retired: Day,
    }
    rules: just_one
}

fn just_one(schema: &mut Schema, _: &mut SchemaGenerator) {
    schema.insert("minProperties".into(), 1.into());
    schema.insert("maxProperties".into(), 1.into());
}

/// What the texts of YAML files were translated from: by file, by the way to the text, by locale.
pub struct TranslatedTexts;

impl JsonSchema for TranslatedTexts {
    fn schema_name() -> Cow<'static, str> {
        "TranslatedTexts".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Named::<FileName, Named<Way, Named<Name, Made>>>::json_schema(generator);
        let says = "What the texts of YAML files were translated from: by file, by the way to the text, by locale. `rahnuma accept` writes \
                    it; it is not for editing by hand.";
        schema.insert("description".into(), says.into());
        schema
    }
}
