//! What a line of a translation names is what the same line of its source names: the entry of a list, an item, the row of a table, a line
//! of the short version. Two numbers that changed places are the same set, and another carrier's helpline.

use std::collections::{BTreeMap, BTreeSet};

use super::hurt::Steps;
use super::signs::{PartOf, address};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::link::pairs::{Pair, Side};
use crate::model::body::{Body, Reference, ReferenceKind};
use crate::model::locale::Locale;
use crate::model::translation::{Line, Passage, SignKind};

/// From so many lines on that name something else, a translation is arranged otherwise.
const MAX_APART: usize = 4;

/// Facts of so many owners in one line are a list of them, which has one order.
const MANY_OWNERS: usize = 3;

/// What is named, and where.
type Name<'a> = ((Class, String), &'a Reference);

/// What kind of thing is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Fact,
    Claim,
    Link,
}

/// The names of each line of a part, in order.
type Lines<'a> = BTreeMap<Line, Vec<Name<'a>>>;

pub fn compare(pair: &Pair<'_>, own: Side<'_>, hurt: [&Steps<'_>; 2], locale: &Locale, sink: &mut Diagnostics) {
    let [there, here] = [pair.source.body, own.body].map(|body| by_part(body, pair));
    for (part, theirs) in &there.lines {
        let is_hurt = hurt.iter().any(|steps| steps.has_part(part));
        let Some(ours) = here.lines.get(part).filter(|_| !is_hurt && there.shape(part) == here.shape(part)) else {
            continue;
        };
        // What only one of the two names was told by others.
        if names(theirs.values()) == names(ours.values()) {
            let found = elsewhere(theirs, ours, locale).or_else(|| reordered(theirs, ours));
            found.into_iter().for_each(|found| sink.push(found));
        }
    }
}

/// The lines of a text by part, and how many there are of each kind.
struct ByPart<'a> {
    lines: BTreeMap<&'a str, Lines<'a>>,
    shapes: BTreeMap<&'a str, BTreeSet<(Passage, usize)>>,
}

impl ByPart<'_> {
    fn shape(&self, part: &str) -> Option<&BTreeSet<(Passage, usize)>> {
        self.shapes.get(part)
    }
}

fn by_part<'a>(body: &'a Body, pair: &Pair<'_>) -> ByPart<'a> {
    let parts = PartOf::new(body);
    let (mut lines, mut shapes) = (BTreeMap::new(), BTreeMap::new());
    for reference in &body.references {
        let class = match reference.kind {
            ReferenceKind::Fact | ReferenceKind::Value => Class::Fact,
            ReferenceKind::Claim => Class::Claim,
            ReferenceKind::Link => Class::Link,
            _ => continue,
        };
        if let Some(line) = reference.line {
            let of_part: &mut Lines<'a> = lines.entry(parts.part(reference.place)).or_default();
            of_part.entry(line).or_default().push(((class, name(class, reference, pair)), reference));
        }
    }
    for sign in body.lock.signs.iter().flatten() {
        if let SignKind::Passages(passage, places) = &sign.kind {
            let shape: &mut BTreeSet<_> = shapes.entry(parts.part(sign.place)).or_default();
            shape.insert((*passage, places.len()));
        }
    }
    ByPart { lines, shapes }
}

/// A name in one form: a carrier's own facts may be named without it.
fn name(class: Class, reference: &Reference, pair: &Pair<'_>) -> String {
    match (class, pair.owner) {
        (Class::Link, _) => address(&reference.name),
        (_, Some(owner)) if !reference.name.contains('.') => format!("{owner}.{}", reference.name),
        _ => reference.name.to_string(),
    }
}

/// All names, sorted, each as often as it stands there.
fn names<'a>(lines: impl Iterator<Item = &'a Vec<Name<'a>>>) -> Vec<&'a (Class, String)> {
    let mut names: Vec<_> = lines.flatten().map(|(name, _)| name).collect();
    names.sort_unstable();
    names
}

/// What the first of two lists has more than the second.
fn more<'a>(one: &'a [Name<'a>], other: &[Name<'_>]) -> Vec<&'a Name<'a>> {
    let mut left: Vec<_> = other.iter().map(|(name, _)| name).collect();
    let is_more = |it: &&Name<'_>| match left.iter().position(|name| **name == it.0) {
        Some(at) => {
            left.swap_remove(at);
            false
        }
        None => true,
    };
    one.iter().filter(is_more).collect()
}

/// The first thing that stands on another line than in the source. The rest mostly follows from it.
fn elsewhere(theirs: &Lines<'_>, ours: &Lines<'_>, locale: &Locale) -> Option<Diagnostic> {
    let none = Vec::new();
    let apart: Vec<_> = ours
        .iter()
        .map(|(line, own)| (*line, own, theirs.get(line).unwrap_or(&none)))
        .filter(|(_, own, source)| !more(own, source).is_empty())
        .collect();
    let (line, own, source) = apart.first().filter(|_| apart.len() <= MAX_APART)?;
    let wrong = more(own, source).into_iter().next()?;
    let right = more(source, own).into_iter().find(|right| right.0.0 == wrong.0.0);
    // Where both are on the line of the other, they changed places.
    let twin = right.and_then(|right| ours.values().flatten().find(|(name, _)| *name == right.0));
    let code = if wrong.0.0 == Class::Link { Code::LinkParity } else { Code::FactPlace };
    let what = line_named(line.passage);
    let (id, language) = (&locale.id, &locale.name);
    // A link may stand with other words in another language, and sentences part otherwise into paragraphs.
    let is_free = wrong.0.0 == Class::Link || line.passage == Passage::Paragraph;
    if is_free && twin.is_none() {
        return None;
    }
    let Some(right) = right else {
        let there = theirs.values().flatten().find(|(name, _)| *name == wrong.0)?;
        let headline =
            format!("{} stands on {what} here in `{id}` ({language}), and in the source on another", shown(wrong));
        let found = Diagnostic::new(code, wrong.1.place, headline).related(there.1.place, "the source");
        return Some(found.help("say it where the source does, or move it in every language"));
    };
    let headline =
        format!("{what} names {} in the source, and here in `{id}` ({language}) {}", shown(right), shown(wrong));
    let mut found = Diagnostic::new(code, wrong.1.place, headline).related(right.1.place, "the source");
    if let Some((_, twin)) = twin {
        found = found.related(twin.place, "and here it stands instead");
    }
    Some(found.help("let the two change places, or do so in every language"))
}

/// Facts of several owners in one line, in another order than in the source: beside the name of one stands the number of another.
fn reordered(theirs: &Lines<'_>, ours: &Lines<'_>) -> Option<Diagnostic> {
    let facts = |line: &Lines<'_>, at: &Line| -> Vec<(String, Span)> {
        let facts = line.get(at).into_iter().flatten().filter(|((class, _), _)| *class == Class::Fact);
        facts.map(|((_, name), reference)| (name.clone(), reference.place)).collect()
    };
    ours.keys().find_map(|line| {
        let (source, own) = (facts(theirs, line), facts(ours, line));
        let owners: BTreeSet<_> = own.iter().map(|(name, _)| name.split('.').next()).collect();
        let (there, here) = source.iter().zip(&own).find(|(there, here)| there.0 != here.0)?;
        (owners.len() >= MANY_OWNERS).then(|| {
            let headline = format!(
                "{} names `{}` here, and at the same place in the source `{}`",
                line_named(line.passage),
                here.0,
                there.0
            );
            Diagnostic::new(Code::FactPlace, here.1, headline)
                .related(there.1, "the source")
                .help("name them in the order of the source, each beside the name of its own")
        })
    })
}

fn shown(((class, name), _): &Name<'_>) -> String {
    match class {
        Class::Fact => format!("`{{{{ {name} }}}}`"),
        Class::Claim => format!("words on `{name}`"),
        Class::Link => format!("a link to {name}"),
    }
}

fn line_named(passage: Passage) -> &'static str {
    match passage {
        Passage::Short => "this line of the short version",
        Passage::Paragraph => "this paragraph",
        Passage::Entry => "this entry of the list",
        Passage::Hint => "this item",
        Passage::Row => "this row of the table",
    }
}
