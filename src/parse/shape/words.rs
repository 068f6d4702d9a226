//! What a single value may be: words, numbers, days, names. How they are written stands in the patterns; whether they are true, such as the
//! name of a fact that is there, only the check can know.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::ops::RangeInclusive;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::model::carrier::Status;
use crate::model::evidence::{Confidence, Risk, SOURCE_COPIES, SOURCE_KINDS};
use crate::model::external::State;
use crate::model::host::HOSTS;
use crate::model::id::MAX_LENGTH;
use crate::model::locale::Direction;
use crate::model::strings::CATEGORIES;
use crate::model::value::{Answer, Kind, Unit};
use crate::script::digits::{LATIN, NATIVE};

/// How many days anything may be set to.
pub const DAYS: RangeInclusive<u16> = 1..=3660;

/// Which places among the others a carrier may have.
pub const ORDERS: RangeInclusive<u16> = 1..=999;

/// How many KB a budget may be: nobody waits for more.
pub const MAX_KB: usize = 100_000;

/// How many lines the short version of a guide has at most: a reader at a counter reads no more.
pub const MAX_SHORT: usize = 6;

/// How ids are written.
const NAME: &str = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

/// A value without keys of its own, and its schema.
macro_rules! value {
    ($($(#[doc = $about:literal])+ $name:ident = $schema:expr;)+) => {
        $(
            $(#[doc = $about])+
            pub struct $name;

            impl JsonSchema for $name {
                fn inline_schema() -> bool {
                    true
                }

                fn schema_name() -> Cow<'static, str> {
                    stringify!($name).into()
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    $crate::parse::shape::words::titled($schema, concat!($($about),+))
                }
            }
        )+
    };
}
pub(super) use value;

/// A schema with what it is called, which editors show above what a key says.
pub(super) fn titled(mut schema: Schema, title: &str) -> Schema {
    schema.insert("title".into(), title.trim().trim_end_matches('.').into());
    schema
}

/// Text of a form.
pub(super) fn written(pattern: &str, example: &str) -> Schema {
    json_schema!({ "type": "string", "pattern": pattern, "examples": [example] })
}

/// One of some words, the parser's own.
fn one_of<T>(words: &[(&'static str, T)]) -> Schema {
    choice(&words.iter().map(|(word, _)| *word).collect::<Vec<_>>())
}

fn choice(words: &[&str]) -> Schema {
    json_schema!({ "type": "string", "enum": words })
}

value! {
    /// Text.
    Text = json_schema!({ "type": "string", "pattern": r"\S" });
    /// A text in each locale of the site.
    Texts = json_schema!({
        "type": "object",
        "patternProperties": { NAME: { "type": "string", "pattern": r"\S" } },
        "additionalProperties": false,
        "minProperties": 1,
    });
    /// Lines of Markdown.
    ShortLines = json_schema!({
        "type": "array",
        "items": { "title": "A line of Markdown", "type": "string", "pattern": r"\S" },
        "maxItems": MAX_SHORT,
    });
    /// An id.
    Name = json_schema!({ "type": "string", "pattern": NAME, "maxLength": MAX_LENGTH });
    /// A guide, by its section and id.
    GuideName = written("^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$", "jazz/close-sim");
    /// A guide, a carrier or a page, as it stands in addresses.
    AddressName = json_schema!({ "type": "string", "pattern": "^[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)?$" });
    /// A fact, by its owner and id.
    FactName = written("^[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)?$", "national.disown-min-age");
    /// A day.
    Day = json_schema!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "examples": ["2026-11-22"] });
    /// A year, a month or a day.
    PartOfDay = json_schema!({
        "type": ["string", "integer"],
        "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
        "minimum": 1000,
        "maximum": 9999,
        "examples": ["2023", "2023-11", "2023-11-10"],
    });
    /// An address of the web.
    Web = written(r#"^https?://[^\s"<>`\\]+$"#, "https://example.org/");
    /// The address of a site.
    BaseUrl = written(r"^https?://[A-Za-z0-9.:-]+/([A-Za-z0-9._~/:%-]*/)?$", "https://example.org/sim/");
    /// An address to report to.
    ReportTo = written(r"^(mailto:|https://|tel:)\S+$", "mailto:security@example.org");
    /// An e-mail address.
    Mail = written(r"^[^@\s]+@[^@\s]+$", "mail@example.org");
    /// A language tag by BCP 47.
    Tag = written("^[A-Za-z]{2,8}(-[A-Za-z0-9]{2,8})*$", "zh-Hans");
    /// The first part of a language tag.
    Language = written("^[a-z]{2,3}$", "ur");
    /// A time zone by its IANA name.
    Zone = written("^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$", "Asia/Karachi");
    /// A country by ISO 3166.
    Country = written("^[A-Z]{2}$", "PK");
    /// A currency by ISO 4217.
    Currency = written("^[A-Z]{3}$", "PKR");
    /// A number of days.
    Days = json_schema!({ "type": "integer", "minimum": DAYS.start(), "maximum": DAYS.end() });
    /// A place among the others.
    Order = json_schema!({ "type": "integer", "minimum": ORDERS.start(), "maximum": ORDERS.end() });
    /// A number of KB, with tenths if need be.
    Kilobytes = json_schema!({ "type": "number", "exclusiveMinimum": 0, "maximum": MAX_KB, "examples": [16, 8.5] });
    /// A number without sign or separators.
    Figure = json_schema!({
        "type": ["number", "string"],
        "minimum": 0,
        "pattern": "^(0|[1-9][0-9]{0,14})(\\.[0-9]{1,4})?$",
        "examples": [200, 8.6],
    });
    /// A whole number.
    Whole = json_schema!({ "type": ["integer", "string"], "minimum": 0, "pattern": "^(0|[1-9][0-9]{0,14})$", "examples": [365] });
    /// A number to dial.
    Number = written(r"^\+?[0-9]+([ -][0-9]+)*$", "042-111-300-300");
    /// A number to dial from any country.
    WorldNumber = written(r"^\+[0-9]+([ -][0-9]+)*$", "+92 300 3008000");
    /// A code to dial.
    Code = written("^[*#]([A-Za-z0-9*#]*#)?$", "*100#");
    /// What a part of a text was made from, and the day.
    Made = written("^[0-9a-f]{16}( [0-9]{4}-[0-9]{2}-[0-9]{2})?$", "5c1d2e3f4a5b6c7d 2026-11-22");
    /// A file of a theme's `assets`.
    AssetName = written(r"\S", "fonts/own.woff2");
    /// A YAML file of the site.
    FileName = written(r"\S", "content/situations.yaml");
    /// The way to a text.
    Way = written(r"\S", "facts.closing-fee.label");
    /// A step, or `_top`.
    PartName = json_schema!({ "type": "string", "pattern": "^(_top|[a-z][a-z0-9]*(-[a-z0-9]+)*)$" });
    /// Which way a language is written.
    Directions = one_of(Direction::NAMES);
    /// Names of digits.
    DigitNames = choice(&NATIVE.iter().chain([&LATIN]).map(|digits| digits.name()).collect::<Vec<_>>());
    /// A page, a guide or a carrier, by name.
    PlaceName = json_schema!({ "type": "string", "pattern": "^[^:\\s][^:]*$" });
    /// Who sends the site's files.
    Hosts = one_of(HOSTS);
    /// How a carrier fares.
    Statuses = one_of(Status::NAMES);
    /// Kinds of facts.
    Kinds = one_of(Kind::NAMES);
    /// What a wrong value costs.
    Risks = one_of(Risk::NAMES);
    /// How sure a reading is.
    Confidences = one_of(Confidence::NAMES);
    /// Units of time.
    Units = one_of(Unit::NAMES);
    /// Answers to a question.
    Answers = one_of(Answer::NAMES);
    /// Kinds of sources.
    SourceKinds = choice(SOURCE_KINDS);
    /// What was read of a source.
    SourceCopies = choice(SOURCE_COPIES);
    /// How an address outside the site was missed.
    MissedStates = one_of(State::NAMES);
    /// Forms of words beside numbers.
    PluralCategory = choice(CATEGORIES);
    /// That something is as it was published.
    Live = json_schema!({ "const": "live" });
}

/// Lists of words by locale.
pub type TextLists = Named<Name, Vec<Text>>;

/// A mapping whose keys are the editor's own.
pub struct Named<K, V>(PhantomData<(K, V)>);

impl<K: JsonSchema, V: JsonSchema> JsonSchema for Named<K, V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        BTreeMap::<K, V>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = BTreeMap::<K, V>::json_schema(generator);
        if let Some(title) = K::json_schema(generator).get("title") {
            schema.insert("propertyNames".into(), serde_json::json!({ "title": title }));
        }
        schema
    }
}

/// A list with at least one entry.
pub struct Filled<T>(PhantomData<T>);

impl<T: JsonSchema> JsonSchema for Filled<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Filled_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array", "items": generator.subschema_for::<T>(), "minItems": 1 })
    }
}
