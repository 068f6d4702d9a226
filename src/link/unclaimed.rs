//! Words between brackets whose braces are lost are told what they are in another language: words on a fact, or words to say. Those that
//! say no answer are told which.

use std::collections::BTreeSet;

use super::pairs::{Pair, pairs};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::answer::quoted;
use crate::model::body::{Body, Claim, Spoken};
use crate::model::outline::step_at;
use crate::parse::Documents;
use crate::parse::markdown::NO_ANSWER;
use crate::parse::rules::UNTIED;
use crate::source::tree::{FileId, SourceTree};

/// Says in each such finding that they are words to say, or puts into it the one claim that its step lacks beside another language.
pub fn say_braces(documents: &Documents, tree: &SourceTree, found: &mut Diagnostics) {
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
    let mut to_say = Vec::new();
    for mut one in found.take(is_short) {
        let place = one.primary.place;
        let of_file = pairs.iter().find_map(|pair| both(pair, place.file));
        let spoken =
            of_file.filter(|_| one.code == Code::LiteralMarkup).and_then(|[_, other]| spoken(other, place, tree));
        if let Some(spoken) = spoken {
            found.push(without_language(spoken, place));
            to_say.push(place);
            continue;
        }
        if let Some((fact, answer)) = of_file.and_then(|both| lacked(both, place)) {
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
    // That they are in that language follows.
    let is_inside =
        |place: Span, outer: &Span| outer.file == place.file && outer.start <= place.start && place.start < outer.end;
    found.take(|one| one.code == Code::WrongLanguage && to_say.iter().any(|outer| is_inside(one.primary.place, outer)));
}

/// The words to say of a text that stand between the brackets of another one.
fn spoken<'a>(other: &'a Body, place: Span, tree: &SourceTree) -> Option<&'a Spoken> {
    let bytes = tree.get(tree.path(place.file))?;
    let words = std::str::from_utf8(bytes.get(place.range())?).ok()?.strip_prefix('[')?.strip_suffix(']')?;
    other.spoken.iter().find(|spoken| &*spoken.words == words)
}

/// What is told of words to say that lost their braces.
fn without_language(spoken: &Spoken, place: Span) -> Diagnostic {
    let braces = format!("{{lang={}}}", spoken.locale);
    let headline = format!("`{braces}` is missing behind these words, which are words to say in every other language");
    let end = Span { start: place.end.saturating_sub(1), ..place };
    Diagnostic::new(Code::BadAttribute, end, headline)
        .related(spoken.place, "there they stand with it")
        .help(format!("write `{braces}` right behind the `]`"))
}

/// A text and another language's, where it is one of a pair.
pub(super) fn both<'a>(pair: &Pair<'a>, file: FileId) -> Option<[&'a Body; 2]> {
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
