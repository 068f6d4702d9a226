//! As many passages in each part of a translation as in its source, each with its own words.

use std::collections::{BTreeMap, BTreeSet};

use super::drift::names;
use super::hurt::Steps;
use super::twin::Shape;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::link::pairs::Pair;
use crate::model::body::{Block, Body, Claim, Item};
use crate::model::id::Id;
use crate::model::locale::Locale;
use crate::model::translation::{Passage, SignKind, State};

/// Reports parts that say nothing where the source says something, parts with fewer passages than the source's, and words that stand
/// here twice. `told` are parts of which something was told.
pub fn compare(
    pair: &Pair<'_>,
    shapes: &[Shape<'_>; 2],
    hurt: [&Steps<'_>; 2],
    (told, locale): (&BTreeSet<&str>, &Locale),
    sink: &mut Diagnostics,
) {
    let [source, own] = shapes.each_ref().map(|shape| shape.side.body);
    let stale = stale(pair);
    let unclaimed = unclaimed(shapes);
    // A step or an item that only one of the two has was told, and so is a source that changed.
    let is_same = names(source) == names(own);
    for it in source.lock.prints.iter().filter(|it| it.letters > 0) {
        let part = &*it.part;
        let twin = own.lock.prints.iter().find(|it| *it.part == *part);
        let Some(twin) = twin.filter(|_| hurt.iter().all(|steps| !steps.has_part(part))) else { continue };
        if twin.letters == 0 {
            let [there, here] = shapes.each_ref().map(|shape| shape.heading(part));
            sink.push(nothing((here, there), locale));
        } else if !told.contains(part) && is_same && !stale.contains(part) && !unclaimed.contains(part) {
            let found = Passage::ALL.into_iter().filter_map(|passage| fewer(shapes, part, passage, locale));
            found.for_each(|found| sink.push(found));
        }
    }
    repeated(shapes, (hurt[1], locale), sink);
}

/// Reports passages that the source has not, in texts of the same sections of which nothing else was told: what is missing in one part may
/// stand in another.
pub fn surplus(
    pair: &Pair<'_>,
    shapes: &[Shape<'_>; 2],
    hurt: [&Steps<'_>; 2],
    (told, locale): (&BTreeSet<&str>, &Locale),
    sink: &mut Diagnostics,
) {
    let [source, own] = shapes.each_ref().map(|shape| shape.side.body);
    if sections(source) != sections(own) {
        return;
    }
    let stale = stale(pair);
    for it in &source.lock.prints {
        let part = &*it.part;
        if !stale.contains(part) && !told.contains(part) && hurt.iter().all(|steps| !steps.has_part(part)) {
            let found = Passage::ALL.into_iter().filter_map(|passage| more(shapes, part, passage, locale));
            found.for_each(|found| sink.push(found));
        }
    }
}

/// Parts whose source changed since they were made from it.
fn stale<'a>(pair: &Pair<'a>) -> BTreeSet<&'a str> {
    let stale = |(part, state)| matches!(state, State::Stale(_)).then_some(part);
    pair.states().into_iter().filter_map(stale).collect()
}

/// All headings: the id and the level of each.
fn sections(body: &Body) -> BTreeSet<(&Id, u8)> {
    fn section(block: &Block) -> Option<(&Id, u8)> {
        if let Block::Heading(heading) = block { Some((heading.attributes.id()?, heading.level)) } else { None }
    }
    body.blocks.iter().filter_map(section).collect()
}

/// Parts in which no sentence rests on a fact on which one of the source's does: that is told as such, with the line.
fn unclaimed<'a>([source, own]: &'a [Shape<'_>; 2]) -> BTreeSet<&'a str> {
    fn claimed<'a>(shape: &'a Shape<'_>) -> BTreeSet<(&'a str, &'a str)> {
        let body = shape.side.body;
        let name = |claim: &Claim| short(&body.references[claim.fact.0].name);
        body.claims.iter().map(|claim| (shape.parts.part(claim.place), name(claim))).collect()
    }
    claimed(source).difference(&claimed(own)).map(|(part, _)| *part).collect()
}

/// A fact's name without its owner, which may be left out.
fn short(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

fn nothing((here, there): (Span, Span), locale: &Locale) -> Diagnostic {
    let headline = format!("nothing stands here in `{}` ({}), and the source says something", locale.id, locale.name);
    let help = "translate it; until a guide or a page is translated, leave its file away: readers then get the source under a notice";
    Diagnostic::new(Code::MissingText, here, headline).related(there, "the source").help(help)
}

/// The finding where a part has fewer passages of a kind than that of the source.
fn fewer(shapes: &[Shape<'_>; 2], part: &str, passage: Passage, locale: &Locale) -> Option<Diagnostic> {
    let [source, own] = shapes;
    let [there, here] = shapes.each_ref().map(|shape| shape.count(part, passage));
    if here >= there || passage == Passage::Hint && has_moved(shapes, part) {
        return None;
    }
    let language = format!("`{}` ({})", locale.id, locale.name);
    let counts = format!("the source has {there}, and this {here}");
    if let Some((item, hint)) = bare_item(shapes, part).filter(|_| passage == Passage::Hint) {
        let id = item.attributes.id().map_or("", Id::as_str);
        let headline = format!("the hint below `{id}` is missing here in {language}: {counts}");
        return Some(found(item.place, headline, (hint, "the source has it here")));
    }
    let headline = format!("{} is missing here in {language}: {counts}", named(passage));
    let (missing, label) = match missing_at(shapes, part, passage) {
        Some(at) => (Some(at), "the source has it here"),
        None if there == 1 => (Some(0), "the source has it here"),
        None => (None, "the source has the first here"),
    };
    // What stands there now, else the line before it; the first where it may be any.
    let place = own.passage(part, passage, missing.unwrap_or(0));
    let place = place.or_else(|| own.places(part, passage).next_back());
    let twin = source.passage(part, passage, missing.unwrap_or(0))?;
    let found = found(place.unwrap_or_else(|| own.heading(part)), headline, (twin, label));
    let found = if missing.is_none() {
        found.help("compare them one by one with the source's: this is the first")
    } else {
        found
    };
    let at_source =
        format!("{} stands here that no other language has: this has {there}, and they have {here}", named(passage));
    Some(found.in_source(Diagnostic::new(Code::PassageParity, twin, at_source).help(PARTS)))
}

/// What makes one passage two, and two one.
const PARTS: &str = "an empty line ends a paragraph or a hint, and each `- ` begins an entry";

/// The finding where a part has more passages of a kind than that of the source.
fn more(shapes: &[Shape<'_>; 2], part: &str, passage: Passage, locale: &Locale) -> Option<Diagnostic> {
    let [source, own] = shapes;
    let [there, here] = shapes.each_ref().map(|shape| shape.count(part, passage));
    if here <= there || there == 0 || passage == Passage::Hint && has_moved(shapes, part) {
        return None;
    }
    let [known, lines] = shapes.each_ref().map(|shape| lines(shape, part, passage));
    let new = lines.iter().find(|(_, names)| !known.values().any(|other| other == *names)).map(|(at, _)| *at);
    let headline = format!(
        "{} stands here in `{}` ({}) that the source has not: it has {there}, and this {here}",
        named(passage),
        locale.id,
        locale.name
    );
    let place = new.and_then(|at| own.passage(part, passage, at)).or_else(|| own.places(part, passage).next_back());
    let twin = source.places(part, passage).next_back().unwrap_or_else(|| source.heading(part));
    let at_source = format!(
        "{} is missing here that every other language has: this has {there}, and they have {here}",
        named(passage)
    );
    Some(
        Diagnostic::new(Code::PassageParity, place.unwrap_or_else(|| own.heading(part)), headline)
            .related(twin, "the source ends with this")
            .help("compare them one by one with the source's: take out what is too much, or say it in every language; where one became two, put them together as in the source")
            .in_source(Diagnostic::new(Code::PassageParity, twin, at_source).help(PARTS)),
    )
}

fn found(place: Span, headline: String, (there, label): (Span, &str)) -> Diagnostic {
    Diagnostic::new(Code::PassageParity, place, headline)
        .related(there, label)
        .help("translate what is missing; where two became one, part them as in the source")
}

/// Whether an item of a part stands in another one in the other text, which is told: what stands below it came along.
fn has_moved([source, own]: &[Shape<'_>; 2], part: &str) -> bool {
    let moves = |one: &Shape<'_>, other: &Shape<'_>| {
        let mut twins = one.items_of(part).filter_map(|item| other.item(item.attributes.id()?));
        twins.any(|twin| other.parts.part(twin.place) != part)
    };
    moves(source, own) || moves(own, source)
}

/// The first item that has a hint in the source and none here, and that hint.
fn bare_item<'a>([source, own]: &[Shape<'a>; 2], part: &str) -> Option<(&'a Item, Span)> {
    let hints = own.places(part, Passage::Hint);
    let hinted: BTreeSet<_> = hints.filter_map(|hint| own.item_at(hint)?.attributes.id()).collect();
    source.places(part, Passage::Hint).find_map(|hint| {
        let id = source.item_at(hint)?.attributes.id().filter(|id| !hinted.contains(id))?;
        Some((own.item(id)?, hint))
    })
}

/// The number of the passage of the source that is missing here, as far as what they name shows that.
fn missing_at(shapes: &[Shape<'_>; 2], part: &str, passage: Passage) -> Option<usize> {
    let [there, here] = shapes.each_ref().map(|shape| lines(shape, part, passage));
    let (at, names) = there.iter().find(|(at, names)| here.get(*at) != Some(*names))?;
    // Where it stands here on another line, one before it is missing.
    if here.values().any(|other| other == names) { at.checked_sub(1) } else { Some(*at) }
}

/// What each passage of a kind names, by its number; those that name something.
fn lines<'a>(shape: &Shape<'a>, part: &str, passage: Passage) -> BTreeMap<usize, BTreeSet<&'a str>> {
    let mut lines = BTreeMap::<usize, BTreeSet<&'a str>>::new();
    for reference in shape.side.body.references.iter().filter(|it| shape.parts.part(it.place) == part) {
        if let Some(line) = reference.line.filter(|line| line.passage == passage) {
            lines.entry(line.number.into()).or_default().insert(&*reference.name);
        }
    }
    lines
}

fn named(passage: Passage) -> &'static str {
    match passage {
        Passage::Short => "a line of the short version",
        Passage::Paragraph => "a paragraph",
        Passage::Entry => "an entry of a list",
        Passage::Hint => "a hint below an item",
        Passage::Row => "a row of a table",
    }
}

/// Reports words that stand here twice, and in the source once.
fn repeated(shapes: &[Shape<'_>; 2], (hurt, locale): (&Steps<'_>, &Locale), sink: &mut Diagnostics) {
    let [source, own] = shapes;
    let there = again(source);
    let own_again = own.side.body.lock.signs.iter().flatten();
    for (sign, passage, first) in own_again.filter_map(|sign| match sign.kind {
        SignKind::Again(passage, first) => Some((sign, passage, sign.at(first))),
        _ => None,
    }) {
        let part = own.parts.part(sign.place);
        let ids = ids(own, passage, [first, sign.place]);
        if hurt.has_part(part) || there.contains(&(passage, part, ids)) {
            continue;
        }
        let language = format!("`{}` ({})", locale.id, locale.name);
        let twice = match (passage, ids) {
            (Passage::Hint, [Some(one), Some(other)]) => {
                let headline =
                    format!("`{one}` and `{other}` say the same here in {language}, and two things in the source");
                let there = source.item(other).map_or(source.heading(part), |item| item.place);
                Diagnostic::new(Code::SaidTwice, sign.place, headline)
                    .related(there, "the source")
                    .help("translate each by itself; readers tick what they read")
            }
            (Passage::Hint, _) => continue,
            _ => {
                let headline = format!("this paragraph stands here twice in {language}, and in the source once");
                Diagnostic::new(Code::SaidTwice, sign.place, headline)
                    .related(source.heading(part), "the source")
                    .help("take one of the two out; where it stands in place of another, translate that")
            }
        };
        sink.push(twice.related(first, "the same words"));
    }
}

/// What says something again: the kind, the part, and for items both ids.
type Again<'a> = BTreeSet<(Passage, &'a str, [Option<&'a Id>; 2])>;

fn again<'a>(shape: &'a Shape<'_>) -> Again<'a> {
    let signs = shape.side.body.lock.signs.iter().flatten();
    let again = signs.filter_map(|sign| match sign.kind {
        SignKind::Again(passage, first) => {
            let ids = ids(shape, passage, [sign.at(first), sign.place]);
            Some((passage, shape.parts.part(sign.place), ids))
        }
        _ => None,
    });
    again.collect()
}

/// The ids of two items.
fn ids<'a>(shape: &Shape<'a>, passage: Passage, places: [Span; 2]) -> [Option<&'a Id>; 2] {
    let item = |place| shape.item_at(place).filter(|_| passage == Passage::Hint);
    places.map(|place| item(place).and_then(|item| item.attributes.id()))
}
