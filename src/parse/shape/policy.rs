//! What the files of `content/policies/` say of a carrier or the nation.

use schemars::{Schema, SchemaGenerator};
use serde_json::json;

use super::value::{Documents, Duration, Money, Percentage, Phone, Quantity, Sms, Ussd, Value, YesNoDepends};
use super::words::{
    Confidences, Country, Day, Filled, Kinds, Mail, Name, Order, Risks, Statuses, TextLists, Texts, Web,
};
use super::{add_rule, needed_when, schema_of, shape};
use crate::model::carrier::Status;
use crate::model::fact::UNKNOWN;
use crate::model::value::Kind;

shape! {
    /// A carrier: who it is, and what is known about it.
    Carrier {
        /// Its name in each locale.
        required name: Texts,
        /// The country it works in, two letters of ISO 3166.
        required country: Country,
        /// Its place in lists, by how many customers it has: 1 is first. If left out, it stands behind those that have one.
        optional order: Order,
        /// Other names that people search for, in lists by locale; they are not shown. The names in other locales need not be repeated.
        optional aliases: TextLists,
        /// How it fares: `active`, `merging` into another one, `renamed-to` another one, or `closed`.
        required status: Statuses,
        /// The carrier that it merges into or was renamed to, by the name of its file.
        conditional successor: Name,
        /// What readers have to know of its status, in each locale. An active carrier may leave it out.
        optional status_note: Texts,
        /// The day to look at its status again; the check tells when it has come.
        optional recheck: Day,
        /// The address of its own site.
        optional website: Web,
        /// Whether the carrier is not to be published yet, and its guides with it.
        optional draft: bool = false,
        /// What is known about it. Guides of this carrier name a fact by its id alone, others as `jazz.helpline`.
        required facts: Vec<Fact>,
    }
    rules: rules_of_status
}

fn rules_of_status(schema: &mut Schema, _: &mut SchemaGenerator) {
    needed_when(schema, "successor", ("status", &[Status::Merging.name(), Status::RenamedTo.name()]), true);
    let changed = [Status::Merging.name(), Status::RenamedTo.name(), Status::Closed.name()];
    needed_when(schema, "status_note", ("status", &changed), false);
}

shape! {
    /// What holds for every carrier.
    National {
        /// What these facts are called, in each locale.
        required name: Texts,
        /// The country they hold in, two letters of ISO 3166.
        required country: Country,
        /// The facts. Every text names them as `national.disown-min-age`.
        required facts: Vec<Fact>,
    }
}

shape! {
    /// Something that is true for some time and may change, with its evidence.
    Fact {
        /// What texts call it; once published, keep it.
        required id: Name,
        /// What it says, as the heading of a row, in each locale.
        required label: Texts,
        /// What kind of value it has.
        required kind: Kinds,
        /// What a wrong value costs a reader; it decides how often the fact has to be compared with its sources.
        required risk: Risks,
        /// Whether sources disagree today: then each has a reading of its own for the same time.
        optional conflict: bool = false,
        /// What it says and said, each with the time in which that holds.
        required readings: Filled<Reading>,
    }
    rules: values_by_kind
}

fn values_by_kind(schema: &mut Schema, generator: &mut SchemaGenerator) {
    for (name, kind) in Kind::NAMES {
        let value = match kind {
            Kind::Phone => schema_of::<Phone>(generator),
            Kind::Ussd => schema_of::<Ussd>(generator),
            Kind::Sms => schema_of::<Sms>(generator),
            Kind::Money => schema_of::<Money>(generator),
            Kind::Duration => schema_of::<Duration>(generator),
            Kind::Count => schema_of::<Quantity>(generator),
            Kind::Percentage => schema_of::<Percentage>(generator),
            Kind::Date => schema_of::<Day>(generator),
            Kind::YesNoDepends => schema_of::<YesNoDepends>(generator),
            Kind::Url => schema_of::<Web>(generator),
            Kind::Email => schema_of::<Mail>(generator),
            Kind::Documents => schema_of::<Documents>(generator),
            Kind::Text => schema_of::<Texts>(generator),
        };
        let value = json!({ "anyOf": [{ "const": UNKNOWN }, value] });
        add_rule(
            schema,
            json!({
                "if": { "properties": { "kind": { "const": name } }, "required": ["kind"] },
                "then": { "properties": { "readings": { "items": { "properties": { "value": value } } } } },
            }),
        );
    }
}

shape! {
    /// What a fact says from one day until another, and why that is believed.
    Reading {
        /// What claims call it, where the value is no word of its own: needed for texts and documents that sentences rest on.
        optional id: Name,
        /// What the fact says. `unknown` is an answer too, where nobody could find out.
        required value: Value,
        /// What a reader can ask instead, in each locale.
        conditional ask: Texts,
        /// The first day on which it holds; if left out, it always did.
        optional from: Day,
        /// The last day on which it holds; if left out, no end is known.
        optional until: Day,
        /// Who says so: `official` the operator, the regulator or the service itself; `reported` the press or several independent pages;
        /// `staff` a helpline or a counter; `reader` one reader; `unverified` nobody in particular.
        required confidence: Confidences,
        /// The day on which somebody last compared it with its sources.
        required checked: Day,
        /// The day on which the site learned of it, where that is another one than `from`.
        optional learned: Day,
        /// The sources that say so, by their ids in sources.yaml. The list may be empty if the reading is `unverified` or the value unknown.
        required sources: Vec<Name>,
        /// What else there is to say, in each locale. Only here may the numbers of the value be repeated.
        optional note: Texts,
        /// A shorter form of the value for the head of a guide, in each locale.
        optional short: Texts,
    }
    rules: rules_of_reading
}

fn rules_of_reading(schema: &mut Schema, _: &mut SchemaGenerator) {
    needed_when(schema, "ask", ("value", &[UNKNOWN]), true);
}
