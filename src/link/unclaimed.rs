//! Words between brackets whose braces are lost are told which fact they rest on in another language; those that say no answer, which one.

use std::collections::BTreeSet;

use super::pairs::{Pair, pairs};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::answer::quoted;
use crate::model::body::{Body, Claim};
use crate::model::outline::step_at;
use crate::parse::Documents;
use crate::parse::markdown::NO_ANSWER;
use crate::parse::rules::UNTIED;
use crate::source::tree::FileId;

/// Puts the one claim that its step lacks beside another language into each such finding.
pub fn say_claims(documents: &Documents, found: &mut Diagnostics) {
    let helps = |one: &Diagnostic, words: &str| one.help.iter().any(|help| help.contains(words));
    let is_short = |one: &Diagnostic| match one.code {
        Code::LiteralMarkup => helps(one, UNTIED),
        Code::BadAttribute => helps(one, NO_ANSWER),
        _ => false,
    };
    let files: BTreeSet<FileId> = found.iter().filter(|one| is_short(one)).map(|one| one.primary.place.file).collect();
    if files.is_empty() {
        return;
    }
    let pairs = pairs(documents);
    for mut one in found.take(is_short) {
        let of_file = pairs.iter().find_map(|pair| both(pair, one.primary.place.file));
        if let Some((fact, answer)) = of_file.and_then(|both| lacked(both, one.primary.place)) {
            let braces = format!("{{fact={fact} is={answer}}}");
            one.help.iter_mut().for_each(|help| *help = help.replace(UNTIED, &braces));
            if helps(&one, &format!("fact={fact} ")) {
                let answered = format!("is={answer}}}");
                let as_there = ", as in another language, if these words say the same";
                let said = |help: &str| help.replace("is=…}", &answered).replace(NO_ANSWER, as_there);
                one.help.iter_mut().for_each(|help| *help = said(help));
            }
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

/// The fact and the answer of the one claim in the step of a place that only the other text has.
fn lacked([own, other]: [&Body; 2], place: Span) -> Option<(String, String)> {
    let step = step_at(own, place);
    let name = |body: &Body, claim: &Claim| body.references.get(claim.fact.0).map(|fact| fact.name.to_string());
    let short = |name: String| name.rsplit('.').next().unwrap_or_default().to_owned();
    let tied: BTreeSet<String> = own.claims.iter().filter_map(|claim| name(own, claim)).map(short).collect();
    let is_lacked = |claim: &&Claim| {
        step_at(other, claim.place) == step && name(other, claim).is_some_and(|name| !tied.contains(&short(name)))
    };
    let mut lacked = other.claims.iter().filter(is_lacked);
    let claim = lacked.next().filter(|_| lacked.next().is_none())?;
    Some((name(other, claim)?, quoted(&claim.answer)))
}
