//! Findings as people see them: one for each cause, however many places it has.

use std::collections::BTreeMap;

use super::emit::Lines;
use super::{Code, Diagnostic, Label, Span};
use crate::source::tree::SourceTree;

/// In how many places a name that leads nowhere is shown.
const MAX_SHOWN: usize = 3;

/// What translations are compared with their source by, where several that differ from it in one way are one mistake: perhaps the source's.
const COMPARED: [Code; 4] = [Code::AttributeParity, Code::ClaimParity, Code::SpokenParity, Code::FactParity];

/// What is mended all through a file in one go, as with search and replace: its places are told as lines.
const THROUGHOUT: [Code; 6] = [
    Code::ToBeWritten,
    Code::ArabicLetter,
    Code::HalfWidthPunctuation,
    Code::UrduPunctuation,
    Code::ForeignPunctuation,
    Code::SpacedHan,
];

const SEE_THE_SOURCE: &str = "other translations say the same as this one: see first whether the source was changed by mistake, and mend it there";

/// Makes one finding of those that one missing thing gives wherever it is named.
#[must_use]
pub fn once_each(found: &[Diagnostic], tree: &SourceTree) -> Vec<Diagnostic> {
    const NAMES: [Code; 8] = [
        Code::UnknownFact,
        Code::UnknownSource,
        Code::UnknownSituation,
        Code::UnknownGuide,
        Code::UnknownApplication,
        Code::UnknownCarrier,
        Code::UnknownTemplate,
        Code::UnknownDay,
    ];
    let is_named = |code: Code| NAMES.contains(&code) || code.is_of_others();
    let mut kept: Vec<(Diagnostic, usize)> = Vec::new();
    let mut seen: BTreeMap<(Code, &str, &str, Option<Span>), usize> = BTreeMap::new();
    for one in found {
        let source = one.related.first().map(|label| label.place).filter(|_| COMPARED.contains(&one.code));
        let key = (one.code, one.headline.as_str(), within(one, tree), source);
        let is_one = is_named(one.code) || THROUGHOUT.contains(&one.code) || source.is_some();
        if let Some(first) = seen.get(&key).filter(|_| is_one) {
            let (first, places) = &mut kept[*first];
            *places += 1;
            if *places == 2 && source.is_some() {
                first.help.insert(0, SEE_THE_SOURCE.to_owned());
            }
            if *places <= MAX_SHOWN || THROUGHOUT.contains(&one.code) {
                first.related.push(Label { place: one.primary.place, text: "and here".to_owned() });
            }
        } else {
            seen.insert(key, kept.len());
            kept.push((one.clone(), 1));
        }
    }
    let told = |(one, places): (Diagnostic, usize)| match places.saturating_sub(MAX_SHOWN) {
        _ if THROUGHOUT.contains(&one.code) => with_lines(one, tree),
        0 => one,
        1 if COMPARED.contains(&one.code) => one.help("it is so in one more place"),
        more if COMPARED.contains(&one.code) => one.help(format!("it is so in {more} more places")),
        1 => one.help("one more place names it"),
        more => one.help(format!("{more} more places name it")),
    };
    kept.into_iter().map(told).collect()
}

/// Where findings of the same words are of one thing; empty where they are anywhere.
fn within<'a>(one: &Diagnostic, tree: &'a SourceTree) -> &'a str {
    let path = tree.path(one.primary.place.file);
    match one.code {
        // A short name means another fact in another carrier's guide.
        Code::UnknownFact => path.folder(),
        code if THROUGHOUT.contains(&code) => path.as_str(),
        _ => "",
    }
}

/// What is to be written in a file, one finding with the lines of all its places.
fn with_lines(mut one: Diagnostic, tree: &SourceTree) -> Diagnostic {
    let others = std::mem::take(&mut one.related);
    if others.is_empty() {
        return one;
    }
    let lines = Lines::new(tree.text(tree.path(one.primary.place.file)).unwrap_or_default().into());
    let line = |place: Span| lines.position(place.start as usize).0;
    let own = line(one.primary.place);
    let numbers: Vec<usize> = others.iter().map(|label| line(label.place)).collect();
    let times = 1 + numbers.iter().filter(|number| **number == own).count();
    if times > 1 {
        one.headline.push_str(&format!("; {times} times on this line"));
    }
    let by_line = numbers.chunk_by(|one, other| one == other).filter(|same| same[0] != own);
    let named: Vec<String> = by_line
        .map(|same| match same.len() {
            1 => same[0].to_string(),
            times => format!("{} ({times} times)", same[0]),
        })
        .collect();
    match named.as_slice() {
        [] => {}
        [only] => one.headline.push_str(&format!("; also on line {only}")),
        [all @ .., last] => one.headline.push_str(&format!("; also on lines {} and {last}", all.join(", "))),
    }
    one
}
