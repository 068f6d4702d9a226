//! Numbers and codes of a carrier that are said to work from another carrier's SIMs, where all its others work from its own, or where those
//! of this name work from their own with every other carrier.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::fact::NATIONAL;
use crate::model::id::Id;
use crate::model::locale::Localized;
use crate::parse::Documents;
use crate::parse::policy::{Policy, RawFact, RawReading};

/// Of so many carriers on, what holds for the facts of one name says something of one more.
const MANY: usize = 3;

/// By the name of a fact: of how many carriers it works from their own SIMs, and of how many from another's.
type ByName<'a> = BTreeMap<&'a Id, (usize, usize)>;

pub fn check(documents: &Documents, sink: &mut Diagnostics) {
    let by_name = by_name(documents);
    for (id, policy) in documents.policies.iter().filter(|(id, _)| id.as_str() != NATIONAL) {
        let readings = policy.facts.iter().flat_map(|fact| fact.readings.iter().map(move |reading| (fact, reading)));
        let networked = readings.filter_map(|(fact, reading)| Some((fact, reading, reading.network.as_ref()?)));
        let (own, others): (Vec<_>, Vec<_>) = networked.partition(|(.., network)| network.value == *id);
        let [(fact, reading, network)] = others.as_slice() else { continue };
        let headline = format!("`{}` of `{id}` is said to work from SIMs of `{}`, and", fact.id.value, network.value);
        let headline = match own.as_slice() {
            [_, ..] => format!("{headline} all others of `{id}` work from its own"),
            [] if by_name.get(&fact.id.value).is_some_and(|(own, other)| *own >= MANY && *other == 1) => {
                format!("{headline} that of every other carrier works from its own")
            }
            [] => continue,
        };
        if !is_meant((id, policy), (fact, reading), &network.value, documents) {
            sink.push(Diagnostic::new(Code::BadValue, network.place, headline).help(format!(
                "did you mean `{id}`? If it works from the other network alone, say so in its `label` or `note`"
            )));
        }
    }
}

fn by_name(documents: &Documents) -> ByName<'_> {
    let mut by_name = ByName::new();
    for (id, policy) in &documents.policies {
        for fact in &policy.facts {
            let mut networks = fact.readings.iter().filter_map(|reading| reading.network.as_ref());
            let Some(first) = networks.next() else { continue };
            let (own, other) = by_name.entry(&fact.id.value).or_default();
            let is_own = first.value == *id && networks.all(|network| network.value == *id);
            *(if is_own { own } else { other }) += 1;
        }
    }
    by_name
}

/// Of carriers that belong together, and of a text that names the other, it may be meant; one that is not there was told.
fn is_meant(
    (id, policy): (&Id, &Policy),
    (fact, reading): (&RawFact, &RawReading),
    network: &Id,
    documents: &Documents,
) -> bool {
    let Some(other) = documents.policies.get(network) else { return true };
    let are_one = policy.carrier.successor.as_ref() == Some(network) || other.carrier.successor.as_ref() == Some(id);
    let texts = [Some(&fact.label), reading.note.as_ref(), reading.short.as_ref()];
    are_one || texts.into_iter().flatten().any(|text| names(text, &other.carrier.name, documents))
}

/// Whether a text names a carrier in some language.
fn names(text: &Localized<String>, name: &Localized<String>, documents: &Documents) -> bool {
    documents.config.locales().any(|(locale, _)| text.get(locale).contains(name.get(locale).as_str()))
}
