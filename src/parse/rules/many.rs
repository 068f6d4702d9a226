//! Words that the glossary forbids and that stand all over the site: rather the glossary is wrong.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// In how many places a word may stand before it is told once, in the glossary.
const MANY: usize = 12;
/// How many of them are shown.
const SHOWN: usize = 3;

/// Makes one finding of what is told of a word in many places.
pub fn fold(sink: &mut Diagnostics) {
    let mut counts: BTreeMap<(Span, String), usize> = BTreeMap::new();
    sink.iter().filter_map(key).for_each(|key| *counts.entry(key).or_default() += 1);
    counts.retain(|_, count| *count > MANY);
    if counts.is_empty() {
        return;
    }
    let mut told: BTreeMap<(Span, String), Vec<Diagnostic>> = BTreeMap::new();
    for found in sink.take(|found| key(found).is_some_and(|key| counts.contains_key(&key))) {
        key(&found).into_iter().for_each(|key| told.entry(key).or_default().push(found.clone()));
    }
    told.into_iter().for_each(|((place, headline), found)| sink.push(one(place, &headline, &found)));
}

/// The term of the glossary and what is told of its word.
fn key(found: &Diagnostic) -> Option<(Span, String)> {
    let term = found.related.first().filter(|_| found.code == Code::ForbiddenTerm)?;
    Some((term.place, found.headline.clone()))
}

fn one(term: Span, headline: &str, found: &[Diagnostic]) -> Diagnostic {
    let all = Diagnostic::new(Code::ForbiddenTerm, term, format!("{headline}, and has it in {} places", found.len()));
    let all = found.iter().take(SHOWN).fold(all, |all, one| all.related(one.primary.place, "here"));
    let instead = found.iter().flat_map(|one| &one.help).next().map(String::as_str).unwrap_or_default();
    all.help(format!(
        "if the word is forbidden here by mistake, take it out of the term; else {instead} in all of them"
    ))
}
