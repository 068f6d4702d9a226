//! Facts: sources and networks looked up, the readings of the day chosen.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::known_carrier;
use crate::diag::suggest::{Names, Near, UNCOMPARED};
use crate::diag::{Code, Diagnostic, Diagnostics, Spanned};
use crate::model::evidence::Source;
use crate::model::fact::{Fact, FactKey, Reading};
use crate::model::id::Id;
use crate::parse::Documents;
use crate::parse::place::Kind;
use crate::parse::policy::{RawFact, RawReading};
use crate::source::layout;
use crate::source::tree::SourceTree;

/// The cited pages there are.
struct Sources<'a> {
    by_id: BTreeMap<&'a Id, &'a Arc<Source>>,
    names: Names,
    /// Those that a reading cites.
    cited: BTreeSet<&'a Id>,
    tree: &'a SourceTree,
}

impl Sources<'_> {
    /// Adds the source that was meant: one whose name begins alike, as sources of one carrier do, or whose beginning alone was mistyped.
    fn suggest(&self, unknown: Diagnostic, id: &Id) -> Diagnostic {
        let parts = |id: &str| id.split_once('-').map_or((id.to_owned(), String::new()), |(a, b)| (a.into(), b.into()));
        let (whose, what) = parts(id.as_str());
        let is_known = self.by_id.keys().any(|known| parts(known.as_str()).0 == whose);
        match self.names.near(id.as_str(), unknown.primary.place.file) {
            Near::Name(near) => {
                let (its, other) = parts(near);
                let is_meant = its == whose || (!is_known && (other == what || what.is_empty()));
                let is_cited = self.cited.iter().any(|cited| cited.as_str() == near);
                match is_meant {
                    true if is_cited => unknown.help(format!("did you mean `{near}`?")),
                    true => unknown.help(format!(
                        "did you mean `{near}`? Nothing cites that one: if its name was changed in {}, give it this one again",
                        layout::SOURCES
                    )),
                    false => unknown,
                }
            }
            Near::Uncompared => unknown.help(UNCOMPARED),
            Near::Nothing => unknown,
        }
    }
}

/// Every fact by its full name.
pub fn all(
    documents: &Documents,
    (sources, tree): (&[Arc<Source>], &SourceTree),
    as_of: Date,
    sink: &mut Diagnostics,
) -> BTreeMap<FactKey, Arc<Fact>> {
    let readings = documents.policies.values().flat_map(|policy| &policy.facts).flat_map(|fact| &fact.readings);
    let by_id = Sources {
        by_id: sources.iter().map(|source| (&source.id, source)).collect(),
        names: Names::new(sources.iter().map(|source| source.id.as_str())),
        cited: readings.flat_map(|reading| &reading.sources).map(|source| &source.value).collect(),
        tree,
    };
    let mut facts: BTreeMap<FactKey, Fact> = BTreeMap::new();
    for (owner, policy) in &documents.policies {
        for raw in &policy.facts {
            let fact = fact(owner, raw, documents, &by_id, as_of, sink);
            facts.entry(fact.key.clone()).or_insert(fact);
        }
    }
    facts.into_iter().enumerate().map(|(ix, (key, fact))| (key, Arc::new(Fact { ix, ..fact }))).collect()
}

fn fact(
    owner: &Id,
    raw: &RawFact,
    documents: &Documents,
    sources: &Sources<'_>,
    as_of: Date,
    sink: &mut Diagnostics,
) -> Fact {
    let RawFact { id, label, kind, risk, conflict, readings } = raw;
    let readings: Vec<Reading> = readings.iter().map(|raw| reading(raw, documents, sources, sink)).collect();
    let current = readings.iter().enumerate().filter(|(_, reading)| reading.holds(as_of)).map(|(ix, _)| ix).collect();
    Fact {
        ix: 0,
        key: FactKey { owner: owner.clone(), fact: id.value.clone() },
        label: label.clone(),
        kind: *kind,
        risk: *risk,
        conflict: *conflict,
        readings,
        current,
        place: id.place,
    }
}

fn reading(raw: &RawReading, documents: &Documents, sources: &Sources<'_>, sink: &mut Diagnostics) -> Reading {
    let RawReading { value, network, from, until, confidence, checked, sources: cited, note, place, .. } = raw;
    let RawReading { learned, short, checked_place, period_place, .. } = raw;
    if let Some(network) = network {
        known_carrier(documents, &network.value, network.place, sink);
    }
    Reading {
        id: raw.id.as_ref().map(|id| id.value.clone()),
        value: value.clone(),
        from: *from,
        until: *until,
        confidence: *confidence,
        checked: *checked,
        learned: *learned,
        sources: cited.iter().filter_map(|id| source(id, documents, sources, sink)).collect(),
        note: note.clone(),
        short: short.clone(),
        place: *place,
        checked_place: *checked_place,
        period_place: *period_place,
    }
}

fn source(
    id: &Spanned<Id>,
    documents: &Documents,
    sources: &Sources<'_>,
    sink: &mut Diagnostics,
) -> Option<Arc<Source>> {
    let found = sources.by_id.get(&id.value).map(|source| Arc::clone(source));
    if documents.sources.is_none() {
        documents.missing_list(&Kind::Sources, sink);
    } else if found.is_none() && !documents.is_broken_entry(&Kind::Sources, id.value.as_str(), sources.tree) {
        let headline = format!("there is no source `{}`", id.value);
        let unknown = Diagnostic::new(Code::UnknownSource, id.place, headline);
        let unknown = sources.suggest(unknown, &id.value);
        sink.push(unknown.help(format!(
            "every cited page is an entry of {}: bring its entry back if it was taken out, or write it if it is new",
            layout::SOURCES
        )));
    }
    found
}
