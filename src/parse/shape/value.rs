//! How the value of a reading is written, by the kind of its fact.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::json;

use super::words::{
    Answers, Code, Currency, Figure, Filled, Name, Number, Text, Texts, Units, Whole, WorldNumber, value,
};
use super::{add_rule, needed_when, shape};
use crate::model::value::Answer;

value! {
    /// A value of the kind that `kind` says, or `unknown`.
    Value = json_schema!({ "type": ["string", "object", "array"] });
}

shape! {
    /// A number to call.
    Phone {
        /// The number between quotes, as people dial it in the country.
        required number: Number,
        /// The carrier from whose numbers alone it can be called; if left out, from all.
        optional network: Name,
        /// The number as it is dialled from abroad, with + and the code of the country.
        optional international: WorldNumber,
    }
}

shape! {
    /// A code to dial.
    Ussd {
        /// The code between quotes: it begins with * or # and ends with #.
        required code: Code,
        /// The carrier from whose numbers alone it works; if left out, from all.
        optional network: Name,
    }
}

shape! {
    /// A message to send.
    Sms {
        /// The number to send it to, between quotes.
        required to: Number,
        /// The very words to send, or a description of them in each locale.
        required send: Message,
        /// The carrier from whose numbers alone it works; if left out, from all.
        optional network: Name,
    }
}

/// What to write in a message.
pub struct Message;

impl JsonSchema for Message {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Message".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [generator.subschema_for::<Text>(), generator.subschema_for::<Texts>()] })
    }
}

shape! {
    /// An amount of money: one of `exact`, `at_most`, `at_least`, or `from` and `to`.
    Money {
        /// The currency, three letters of ISO 4217.
        required currency: Currency,
        /// So much.
        optional exact: Figure,
        /// So much or less.
        optional at_most: Figure,
        /// So much or more.
        optional at_least: Figure,
        /// The smaller end of a range.
        optional from: Figure,
        /// The larger end of a range.
        optional to: Figure,
    }
    rules: one_amount
}

shape! {
    /// A time: one of `exact`, `at_most`, `at_least`, or `from` and `to`, in whole units.
    Duration {
        /// What is counted.
        required unit: Units,
        /// So much.
        optional exact: Whole,
        /// So much or less.
        optional at_most: Whole,
        /// So much or more.
        optional at_least: Whole,
        /// The smaller end of a range.
        optional from: Whole,
        /// The larger end of a range.
        optional to: Whole,
    }
    rules: one_amount
}

shape! {
    /// A number of things: one of `exact`, `at_most`, `at_least`, or `from` and `to`.
    Quantity {
        /// What is counted, in each locale; if left out, the label of the fact has to say it.
        optional of: Texts,
        /// So many.
        optional exact: Whole,
        /// So many or fewer.
        optional at_most: Whole,
        /// So many or more.
        optional at_least: Whole,
        /// The smaller end of a range.
        optional from: Whole,
        /// The larger end of a range.
        optional to: Whole,
    }
    rules: one_amount
}

shape! {
    /// A part of a hundred: one of `exact`, `at_most`, `at_least`, or `from` and `to`.
    Percentage {
        /// So much.
        optional exact: Figure,
        /// So much or less.
        optional at_most: Figure,
        /// So much or more.
        optional at_least: Figure,
        /// The smaller end of a range.
        optional from: Figure,
        /// The larger end of a range.
        optional to: Figure,
    }
    rules: one_amount
}

fn one_amount(schema: &mut Schema, _: &mut SchemaGenerator) {
    let alone = ["exact", "at_most", "at_least"].map(|key| json!({ "required": [key] }));
    let ways: Vec<_> = alone.into_iter().chain([json!({ "required": ["from", "to"] })]).collect();
    add_rule(schema, json!({ "oneOf": ways, "dependentRequired": { "from": ["to"], "to": ["from"] } }));
}

shape! {
    /// An answer to the question that the label asks.
    YesNoDepends {
        /// The answer.
        required answer: Answers,
        /// What more there is to say, in each locale; an answer that depends says on what.
        optional detail: Texts,
    }
    rules: rules_of_answer
}

fn rules_of_answer(schema: &mut Schema, _: &mut SchemaGenerator) {
    needed_when(schema, "detail", ("answer", &[Answer::Depends.name()]), false);
}

/// Papers to bring.
pub type Documents = Filled<Document>;

shape! {
    /// A paper to bring.
    Document {
        /// Its id, the same in every locale.
        required id: Name,
        /// What it is called, in each locale.
        required label: Texts,
    }
}
