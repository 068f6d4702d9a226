//! A name between two braces that was translated with the words around it is told which name the source has there.

use std::collections::{BTreeMap, BTreeSet};

use super::pairs::{Pair, pairs};
use super::unclaimed::both;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::{Body, ReferenceKind};
use crate::model::outline::step_at;
use crate::parse::Documents;
use crate::parse::markdown::NAMES;
use crate::source::tree::FileId;

/// Puts the one name that its step lacks beside another language into each such finding.
pub fn say_facts(documents: &Documents, found: &mut Diagnostics) {
    let is_nameless = |one: &Diagnostic| one.code == Code::BadReference && one.help.iter().any(|help| help == NAMES);
    let files: BTreeSet<FileId> =
        found.iter().filter(|one| is_nameless(one)).map(|one| one.primary.place.file).collect();
    if files.is_empty() {
        return;
    }
    let pairs: Vec<Pair<'_>> = pairs(documents);
    for mut one in found.take(is_nameless) {
        let place = one.primary.place;
        let of_file = pairs.iter().find_map(|pair| both(pair, place.file));
        if let Some((name, there)) = of_file.and_then(|both| lacked(both, place)) {
            one.help = vec![format!(
                "write `{{{{ {name} }}}}`, as the other language has it: names of facts are the same in every language"
            )];
            one = one.related(there, "there it stands");
        }
        found.push(one);
    }
}

/// The name of the one fact that the step of a place names less often than in the other text, and where that names it last.
fn lacked([own, other]: [&Body; 2], place: Span) -> Option<(String, Span)> {
    let step = step_at(own, place);
    let named = |body: &Body| {
        let mut named: BTreeMap<String, Vec<Span>> = BTreeMap::new();
        let is_shown = |kind| matches!(kind, ReferenceKind::Fact | ReferenceKind::Value | ReferenceKind::CarrierName);
        for it in body.references.iter().filter(|it| is_shown(it.kind) && step_at(body, it.place) == step) {
            named.entry(it.name.to_string()).or_default().push(it.place);
        }
        named
    };
    let (here, there) = (named(own), named(other));
    let mut lacked = there.into_iter().filter(|(name, places)| places.len() > here.get(name).map_or(0, Vec::len));
    let (name, places) = lacked.next().filter(|_| lacked.next().is_none())?;
    Some((name, *places.last()?))
}
