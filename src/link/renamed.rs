//! What was given another name where it stands, and not where it is named: told once, where it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::fact_names::key;
use super::recorded::Recorded;
use crate::diag::suggest::{is_longer_name, nearest};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::answer::of_reading;
use crate::model::fact::{Fact, FactKey};
use crate::model::guide::GENERAL;
use crate::model::id::Id;
use crate::parse::Documents;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};

/// In so many files at least a name stands that was right once: a slip of the finger is made in one.
pub(super) const FILES: usize = 2;

/// How many of the places that name what was taken out are shown: each is to be changed.
pub(super) const MAX_SHOWN: usize = 6;

/// Makes one finding of those on a name that was another's before.
pub fn report(
    (documents, tree): (&Documents, &SourceTree),
    facts: &BTreeMap<FactKey, Arc<Fact>>,
    sink: &mut Diagnostics,
) {
    let has = |sink: &Diagnostics, code| sink.iter().any(|one| one.code == code);
    if has(sink, Code::StaleClaim) {
        let renamed = renamed_answers((documents, tree), facts);
        tell(renamed, Code::StaleClaim, sink);
    }
    if has(sink, Code::UnknownSource) {
        let renamed = renamed_sources(documents, tree);
        tell(renamed, Code::UnknownSource, sink);
    }
}

/// What tells of a name, and the places at which it need not be told any more.
type Told = (Diagnostic, Vec<Span>);

/// The findings at these places become one.
fn tell(renamed: Vec<Told>, code: Code, sink: &mut Diagnostics) {
    for (finding, places) in renamed {
        let places: BTreeSet<Span> = places.into_iter().collect();
        let taken = sink.take(|one| one.code == code && places.contains(&one.primary.place));
        let Some(first) = taken.first() else { continue };
        let is_shown = !finding.related.is_empty();
        sink.push(if is_shown { finding } else { finding.related(first.primary.place, "the first of them") });
    }
}

/// The name of which another is a slip away. One with a word more is another thing.
pub(super) fn mistyped<'a>(name: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    nearest(name, among.filter(|other| !is_longer_name(name, other)))
}

fn files(places: &[Span]) -> usize {
    places.iter().map(|place| place.file).collect::<BTreeSet<_>>().len()
}

/// Where sentences rest on which answer of a fact.
type Claims<'a> = BTreeMap<(FactKey, &'a str), Vec<Span>>;

fn claims<'a>(documents: &'a Documents, facts: &BTreeMap<FactKey, Arc<Fact>>) -> Claims<'a> {
    let mut claims = Claims::new();
    let owned = documents
        .guides
        .iter()
        .map(|((key, _), document)| (Some(&key.section).filter(|section| section.as_str() != GENERAL), &document.body));
    let others = documents.bodies().map(|(_, body)| (None, body));
    for (own, body) in owned.chain(others) {
        for claim in &body.claims {
            let fact = body.references.get(claim.fact.0).and_then(|named| key(&named.name, own));
            if let Some(fact) = fact.filter(|fact| facts.contains_key(fact)) {
                claims.entry((fact, &claim.answer)).or_default().push(claim.place);
            }
        }
    }
    claims
}

/// Answers that no sentence rests on, where many rest on one that is nearly called so and is none.
fn renamed_answers((documents, tree): (&Documents, &SourceTree), facts: &BTreeMap<FactKey, Arc<Fact>>) -> Vec<Told> {
    let claims = claims(documents, facts);
    let mut renamed = Vec::new();
    let mut recorded: BTreeMap<FileId, Recorded<'_>> = BTreeMap::new();
    for ((key, old), places) in &claims {
        let Some(fact) = facts.get(key) else { continue };
        let is_answer = |answer: &str| fact.readings.iter().any(|reading| of_reading(reading) == answer);
        let policy = documents.policies.get(&key.owner);
        let raw = policy.and_then(|policy| policy.facts.iter().find(|raw| raw.id.value == key.fact));
        let ids = || raw.into_iter().flat_map(|raw| &raw.readings).filter_map(|reading| reading.id.as_ref());
        let is_free = |id: &str| !claims.contains_key(&(key.clone(), id));
        let free = ids().map(|id| id.value.as_str()).filter(|id| is_free(id));
        if is_answer(old) {
            continue;
        }
        let file = fact.place.file;
        let recorded = recorded.entry(file).or_insert_with(|| Recorded::of(file, documents, tree));
        let value = |id: &str| format!("facts.{}.readings.{id}.value", key.fact);
        let same = free.clone().find(|new| recorded.has_moved(&value(old), &value(new)));
        let near = || mistyped(old, free).filter(|_| files(places) >= FILES);
        let Some(new) = same.or_else(near) else { continue };
        let Some(id) = ids().find(|id| id.value.as_str() == new) else { continue };
        let headline = format!(
            "no sentence rests on `{new}` of `{key}`, and {} rest on `{old}`, which is no answer of it",
            places.len()
        );
        let finding = Diagnostic::new(Code::StaleClaim, id.place, headline);
        let finding = match same {
            Some(_) => finding.help(format!("it says the same as before: call it `{old}` again")),
            None => finding.help(format!("if only the name was changed, call it `{old}` again")).help(format!("if it says something else now, read those sentences, write them anew in every locale where they no longer fit, and end them with `is={new}`")),
        };
        renamed.push((finding, places.clone()));
    }
    renamed
}

/// The one source that nothing cites, where just one is cited that is none, or is nearly called so.
fn renamed_sources(documents: &Documents, tree: &SourceTree) -> Vec<Told> {
    let mut cited: BTreeMap<&Id, Vec<Span>> = BTreeMap::new();
    let readings = documents.policies.values().flat_map(|policy| &policy.facts).flat_map(|fact| &fact.readings);
    for source in readings.flat_map(|reading| &reading.sources) {
        cited.entry(&source.value).or_default().push(source.place);
    }
    let known: BTreeMap<&Id, Span> =
        documents.sources.iter().flatten().map(|(source, place)| (&source.id, *place)).collect();
    let free: Vec<&Id> = known.keys().copied().filter(|id| !cited.contains_key(*id)).collect();
    let unknown: Vec<(&Id, &Vec<Span>)> =
        cited.iter().filter(|(id, _)| !known.contains_key(*id)).map(|(id, places)| (*id, places)).collect();
    let mut renamed = Vec::new();
    for (old, places) in &unknown {
        let near = mistyped(old.as_str(), free.iter().map(|id| id.as_str()));
        let new = match (near, free.as_slice(), unknown.as_slice()) {
            // A name that was mistyped where it is cited is told there.
            (Some(_), ..) if places.len() < FILES => continue,
            (Some(near), ..) => near,
            (None, [free], [_]) => free.as_str(),
            _ => {
                let all = known.keys().map(|id| id.as_str());
                let is_gone = places.len() >= FILES && nearest(old.as_str(), all).is_none();
                renamed.extend(is_gone.then(|| taken_out(old, places, tree)).flatten());
                continue;
            }
        };
        let Some((new, place)) = known.iter().find(|(id, _)| id.as_str() == new) else { continue };
        let headline = match places.len() {
            1 => format!("nothing cites the source `{new}`, and `{old}` is cited, which is none"),
            many => format!("nothing cites the source `{new}`, and {many} places cite `{old}`, which is none"),
        };
        let finding = Diagnostic::new(Code::UnknownSource, *place, headline).help(format!(
            "if they are the same, call it `{old}` again, or cite `{new}` in its place; if they are two, `{old}` is missing in this file"
        ));
        renamed.push((finding, (*places).clone()));
    }
    renamed
}

/// A source that several readings cite and that has no entry any more.
fn taken_out(old: &Id, places: &[Span], tree: &SourceTree) -> Option<Told> {
    let file = Span::file(tree.id(&SourcePath::new(layout::SOURCES).ok()?));
    let headline = format!("{} places cite the source `{old}`, which stands nowhere", places.len());
    let finding = Diagnostic::new(Code::UnknownSource, file, headline)
        .help("bring its entry back into this file; if it is to go, take it out of the readings first");
    let shown = places.iter().take(MAX_SHOWN);
    let finding = shown.fold(finding, |finding, place| finding.related(*place, "cited here"));
    Some((finding, places.to_vec()))
}
