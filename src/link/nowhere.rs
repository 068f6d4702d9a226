//! Two entries of one id, where another id of their kind is named and stands nowhere: one of the two may be that.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Span};
use crate::model::attributes::{Attributes, Role};
use crate::model::body::{Block, Body, ReferenceKind};
use crate::model::id::Id;
use crate::parse::Documents;
use crate::parse::ids::ANOTHER;
use crate::parse::policy::Policy;
use crate::source::tree::FileId;

/// Of more, nobody can say which is meant.
const MAX_NAMED: usize = 3;

/// Names that stand nowhere, each with a place that names it.
type Nowhere<'a> = BTreeMap<&'a str, Span>;

/// Adds to a finding on an id that is taken which id one of the two may be meant to have.
pub fn say(documents: &Documents, mut one: Diagnostic) -> Diagnostic {
    let place = one.primary.place;
    let is_of = |policy: &&Policy| policy.facts.iter().any(|fact| fact.id.place == place);
    let is_source = documents.sources.iter().flatten().any(|(_, source)| *source == place);
    let is_situation = documents.situations.iter().flatten().any(|situation| situation.id.place == place);
    let names = match documents.policies.values().find(is_of) {
        Some(policy) => facts(documents, policy),
        None if is_source => sources(documents),
        None if is_situation => situations(documents),
        None => return one,
    };
    if names.is_empty() || names.len() > MAX_NAMED {
        return one;
    }
    one.help.retain(|help| help != ANOTHER);
    let quoted: Vec<String> = names.keys().map(|name| format!("`{name}`")).collect();
    let one = one.help(match quoted.as_slice() {
        [name] => format!("{name} is named and stands nowhere: one of the two may be that one; give it that id"),
        names => {
            format!(
                "{} are named and stand nowhere: one of the two may be one of them; give it that id",
                names.join(", ")
            )
        }
    });
    names.into_iter().fold(one, |one, (name, place)| one.related(place, format!("`{name}` is named here")))
}

fn sources(documents: &Documents) -> Nowhere<'_> {
    let readings = documents.policies.values().flat_map(|policy| &policy.facts).flat_map(|fact| &fact.readings);
    let cited = readings.flat_map(|reading| &reading.sources);
    let mut found: Nowhere<'_> = cited.map(|id| (id.value.as_str(), id.place)).rev().collect();
    documents.sources.iter().flatten().for_each(|(source, _)| _ = found.remove(source.id.as_str()));
    found
}

fn situations(documents: &Documents) -> Nowhere<'_> {
    let mut found = Nowhere::new();
    let cards = documents.cards.values().flat_map(|card| &card.lines).flat_map(|(_, named)| named);
    found.extend(cards.map(|id| (id.value.as_str(), id.place)));
    for (_, body) in documents.bodies() {
        let named = conditions(body).flat_map(|attributes| &attributes.named);
        let named = named.filter(|named| matches!(named.role, Role::When | Role::Unless));
        found.extend(named.map(|named| (named.id.as_str(), named.place)));
    }
    documents.situations.iter().flatten().for_each(|known| _ = found.remove(known.id.value.as_str()));
    found
}

/// What items and lines of the short version say between their braces.
fn conditions(body: &Body) -> impl Iterator<Item = &Attributes> {
    body.blocks.iter().flat_map(|block| match block {
        Block::Items(items) => items.iter().map(|item| &item.attributes).collect(),
        Block::Short(line) => vec![&line.attributes],
        _ => Vec::new(),
    })
}

/// Names of facts of one carrier, or of the nation.
fn facts<'a>(documents: &'a Documents, policy: &'a Policy) -> Nowhere<'a> {
    let owner = &policy.carrier.id;
    let mut found = Nowhere::new();
    let mut add = |name: &'a str, place: Span, of: Option<&Id>| match name.split_once('.') {
        Some((of, name)) if of == owner.as_str() => _ = found.insert(name, place),
        None if of == Some(owner) => _ = found.insert(name, place),
        _ => {}
    };
    let owners: BTreeMap<FileId, &Id> =
        documents.guides.iter().map(|((key, _), guide)| (guide.body.file, &key.section)).collect();
    let is_fact = |kind| matches!(kind, ReferenceKind::Fact | ReferenceKind::Value | ReferenceKind::Claim);
    for (_, body) in documents.bodies() {
        for named in body.references.iter().filter(|named| is_fact(named.kind)) {
            add(&named.name, named.place, owners.get(&body.file).copied());
        }
    }
    for ((key, _), guide) in &documents.guides {
        let rule = guide.date_rule.iter().map(|rule| &rule.fact);
        guide.key_facts.iter().chain(rule).for_each(|name| add(&name.value, name.place, Some(&key.section)));
    }
    policy.facts.iter().for_each(|fact| _ = found.remove(fact.id.value.as_str()));
    policy.broken.iter().for_each(|fact| _ = found.remove(fact.as_str()));
    found
}
