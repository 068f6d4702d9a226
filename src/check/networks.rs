//! Numbers and codes of a carrier that are said to work from another carrier's SIMs, where all its others work from its own.

use crate::diag::{Code, Diagnostic, Diagnostics, Spanned};
use crate::model::fact::NATIONAL;
use crate::model::id::Id;
use crate::model::locale::Localized;
use crate::parse::Documents;
use crate::parse::policy::{Policy, RawFact, RawReading};

pub fn check(documents: &Documents, sink: &mut Diagnostics) {
    for (id, policy) in documents.policies.iter().filter(|(id, _)| id.as_str() != NATIONAL) {
        let readings = policy.facts.iter().flat_map(|fact| fact.readings.iter().map(move |reading| (fact, reading)));
        let networked = readings.filter_map(|(fact, reading)| Some((fact, reading, reading.network.as_ref()?)));
        let (own, others): (Vec<_>, Vec<_>) = networked.partition(|(.., network)| network.value == *id);
        if let ([_, ..], [(fact, reading, network)]) = (own.as_slice(), others.as_slice()) {
            sink.extend(foreign((id, policy), (fact, reading), network, documents));
        }
    }
}

/// Of carriers that belong together, and of a text that names the other, it may be meant.
fn foreign(
    (id, policy): (&Id, &Policy),
    (fact, reading): (&RawFact, &RawReading),
    network: &Spanned<Id>,
    documents: &Documents,
) -> Diagnostics {
    let mut sink = Diagnostics::default();
    let Some(other) = documents.policies.get(&network.value) else { return sink };
    let are_one =
        policy.carrier.successor.as_ref() == Some(&network.value) || other.carrier.successor.as_ref() == Some(id);
    let texts = [Some(&fact.label), reading.note.as_ref(), reading.short.as_ref()];
    let is_named = texts.into_iter().flatten().any(|text| names(text, &other.carrier.name, documents));
    if !are_one && !is_named {
        let headline = format!(
            "`{}` of `{id}` is said to work from SIMs of `{}`, and all others of `{id}` work from its own",
            fact.id.value, network.value
        );
        sink.push(Diagnostic::new(Code::BadValue, network.place, headline).help(format!(
            "did you mean `{id}`? If it works from the other network alone, say so in its `label` or `note`"
        )));
    }
    sink
}

/// Whether a text names a carrier in some language.
fn names(text: &Localized<String>, name: &Localized<String>, documents: &Documents) -> bool {
    documents.config.locales().any(|(locale, _)| text.get(locale).contains(name.get(locale).as_str()))
}
