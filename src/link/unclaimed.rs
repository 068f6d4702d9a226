//! Words between brackets whose braces are lost are told which fact they rest on in another language.

use std::collections::BTreeSet;

use super::pairs::{Pair, pairs};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::answer::quoted;
use crate::model::body::{Body, Claim};
use crate::model::outline::step_at;
use crate::parse::Documents;
use crate::parse::rules::UNTIED;
use crate::source::tree::FileId;

/// Puts the one claim that its step lacks beside another language into each such finding.
pub fn say_claims(documents: &Documents, found: &mut Diagnostics) {
    let is_untied =
        |one: &Diagnostic| one.code == Code::LiteralMarkup && one.help.iter().any(|help| help.contains(UNTIED));
    let files: BTreeSet<FileId> = found.iter().filter(|one| is_untied(one)).map(|one| one.primary.place.file).collect();
    if files.is_empty() {
        return;
    }
    let pairs = pairs(documents);
    for mut one in found.take(is_untied) {
        let of_file = pairs.iter().find_map(|pair| both(pair, one.primary.place.file));
        if let Some(braces) = of_file.and_then(|both| lacked(both, one.primary.place)) {
            one.help.iter_mut().for_each(|help| *help = help.replace(UNTIED, &braces));
        }
        found.push(one);
    }
}

/// A text and another language's, where it is one of a pair.
fn both<'a>(pair: &Pair<'a>, file: FileId) -> Option<[&'a Body; 2]> {
    let (source, own) = (pair.source.body, pair.own?.body);
    match file {
        _ if own.file == file => Some([own, source]),
        _ if source.file == file => Some([source, own]),
        _ => None,
    }
}

/// The braces of the one claim in the step of a place that only the other text has.
fn lacked([own, other]: [&Body; 2], place: Span) -> Option<String> {
    let step = step_at(own, place);
    let name = |body: &Body, claim: &Claim| body.references.get(claim.fact.0).map(|fact| fact.name.to_string());
    let short = |name: String| name.rsplit('.').next().unwrap_or_default().to_owned();
    let tied: BTreeSet<String> = own.claims.iter().filter_map(|claim| name(own, claim)).map(short).collect();
    let is_lacked = |claim: &&Claim| {
        step_at(other, claim.place) == step && name(other, claim).is_some_and(|name| !tied.contains(&short(name)))
    };
    let mut lacked = other.claims.iter().filter(is_lacked);
    let claim = lacked.next().filter(|_| lacked.next().is_none())?;
    Some(format!("{{fact={} is={}}}", name(other, claim)?, quoted(&claim.answer)))
}
