//! What no translation may leave out or make up: includes, alerts, links, codes, numbers, lines across. And words that were never translated.

use std::collections::{BTreeMap, BTreeSet};

use super::clean::Due;
use super::drift::names;
use super::hurt::{Hurt, Steps};
use super::twin::{Shape, twin_of};
use super::{lines, passages};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::link::drift::place_of;
use crate::link::pairs::{Pair, Side, pairs};
use crate::lock::MANY_LETTERS;
use crate::model::body::{Block, Body, ReferenceKind};
use crate::model::locale::Locale;
use crate::model::site::Config;
use crate::model::translation::{SignKind, TOP};
use crate::parse::Documents;

pub fn check(documents: &Documents, due: &Due<'_>, hurt: &Hurt<'_>, sink: &mut Diagnostics) {
    for pair in pairs(documents).into_iter().filter(|pair| due.has(pair.source.body.file)) {
        let Some(own) = pair.own else { continue };
        let [there, here] = [hurt.by_anything(pair.source.body), hurt.by_anything(own.body)];
        if there.whole || here.whole {
            continue;
        }
        let told = sink.count();
        let locale = documents.config.locale(pair.locale);
        let shapes = [pair.source, own].map(Shape::of);
        let parts = compare(&shapes, [&there, &here], locale, sink);
        includes_in_order(&shapes, [&there, &here], sink);
        passages::compare(&pair, &shapes, [&there, &here], (&parts, locale), sink);
        // What is missing or too much is told first; what only stands elsewhere may follow from it.
        if sink.count() == told && names(pair.source.body) == names(own.body) {
            lines::compare(&pair, own, [&there, &here], locale, sink);
        }
        if sink.count() == told {
            passages::surplus(&pair, &shapes, [&there, &here], (&parts, locale), sink);
        }
        if there.is_empty() && here.is_empty() {
            copied(&pair, own, &documents.config, sink);
        }
    }
}

/// What is compared, in words, and under which code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Include,
    Alert,
    Link,
    Code,
    Number,
    Rule,
}

impl Kind {
    fn code(self) -> Code {
        match self {
            Self::Include => Code::IncludeParity,
            Self::Alert => Code::AlertParity,
            Self::Link => Code::LinkParity,
            Self::Code => Code::CodeParity,
            Self::Number => Code::NumberParity,
            Self::Rule => Code::PassageParity,
        }
    }

    fn named(self, name: &str) -> String {
        match self {
            Self::Include => format!("`{{{{ include {name} }}}}`"),
            Self::Alert => format!("a `[!{}]` box", name.to_uppercase()),
            Self::Link => format!("a link to {name}"),
            Self::Code => format!("`{name}` between backticks"),
            Self::Number => format!("the number {name}"),
            Self::Rule => format!("a line `{name}` across"),
        }
    }
}

/// By part, what stands there, and where: once, if it may be repeated where a language needs it.
type Found<'a> = BTreeMap<(&'a str, Kind, String), Vec<Span>>;

/// By part and kind, what only one of two texts has, and where.
type Only<'a> = BTreeMap<(&'a str, Kind), Vec<(String, Span)>>;

/// The parts of a text by where they begin.
pub(super) struct PartOf<'a>(Vec<(&'a str, Span)>);

impl<'a> PartOf<'a> {
    pub(super) fn new(body: &'a Body) -> Self {
        let step = |block: &'a Block| match block {
            Block::Heading(it) if it.level == 2 => Some((it.attributes.id()?.as_str(), it.place)),
            _ => None,
        };
        Self(body.blocks.iter().filter_map(step).collect())
    }

    /// The part that a place is in.
    pub(super) fn part(&self, place: Span) -> &'a str {
        let before = self.0.partition_point(|(_, start)| *start <= place);
        before.checked_sub(1).map_or(TOP, |at| self.0[at].0)
    }
}

fn found(body: &Body) -> Found<'_> {
    let parts = PartOf::new(body);
    let mut found = Found::new();
    let mut add = |kind, name: String, place| {
        let places = found.entry((parts.part(place), kind, name)).or_default();
        // An address, a code or a number may be repeated where a language needs it; each box and each line across is one.
        if places.is_empty() || matches!(kind, Kind::Alert | Kind::Include | Kind::Rule) {
            places.push(place);
        }
    };
    for sign in body.lock.signs.iter().flatten() {
        match &sign.kind {
            SignKind::Alert(kind) => add(Kind::Alert, kind.name().to_owned(), sign.place),
            SignKind::Code(code) => add(Kind::Code, code.to_string(), sign.place),
            SignKind::Number(number) => add(Kind::Number, number.to_string(), sign.place),
            SignKind::Rule => add(Kind::Rule, "---".to_owned(), sign.place),
            SignKind::Passages(..) | SignKind::Again(..) => {}
        }
    }
    for link in body.references.iter().filter(|reference| reference.kind == ReferenceKind::Link) {
        add(Kind::Link, address(&link.name), link.place);
    }
    for named in body.references.iter().filter(|reference| reference.kind == ReferenceKind::Include) {
        add(Kind::Include, named.name.to_string(), named.place);
    }
    found
}

/// What has to be the same of an address. Another host's page may have an edition in each language.
pub(super) fn address(name: &str) -> String {
    match name.split_once("://") {
        Some((_, rest)) => rest.split(['/', '?', '#']).next().unwrap_or(rest).trim_start_matches("www.").to_owned(),
        None => name.to_owned(),
    }
}

/// Reports what only one of the two has; the parts of which something was told.
fn compare<'a>(
    shapes: &[Shape<'a>; 2],
    hurt: [&Steps<'_>; 2],
    locale: &Locale,
    sink: &mut Diagnostics,
) -> BTreeSet<&'a str> {
    let [source, own] = shapes;
    let [there, here] = [source, own].map(|shape| found(shape.side.body));
    let lost = only(&there, &here, [source.side.body, own.side.body], hurt);
    let new = only(&here, &there, [own.side.body, source.side.body], hurt);
    let sides = Sides { source, own, locale };
    let is_one = |only: &Only<'_>, key| only.get(key).is_some_and(|only| only.len() == 1);
    for (key @ (_, kind), lost) in &lost {
        match (lost.as_slice(), new.get(key).map(Vec::as_slice)) {
            ([lost], Some([new])) => sink.push(exchanged(*kind, lost, new)),
            _ => lost.iter().for_each(|(name, place)| sink.push(sides.missing(*kind, name, *place))),
        }
    }
    for ((part, kind), new) in new.iter().filter(|(key, new)| new.len() > 1 || !is_one(&lost, key)) {
        new.iter().for_each(|(name, place)| sink.push(sides.foreign((part, *kind), name, *place)));
    }
    lost.keys().chain(new.keys()).map(|(part, _)| *part).collect()
}

/// Reports, in each part, the first include that stands in another order than in the source.
fn includes_in_order(shapes: &[Shape<'_>; 2], hurt: [&Steps<'_>; 2], sink: &mut Diagnostics) {
    let [there, here] = shapes.each_ref().map(includes);
    for (part, theirs) in &there {
        let ours = here.get(part).filter(|_| hurt.iter().all(|steps| !steps.has_part(part)));
        let Some(ours) = ours.filter(|ours| sorted(theirs) == sorted(ours)) else { continue };
        if let Some((right, wrong)) = theirs.iter().zip(ours).find(|(right, wrong)| right.0 != wrong.0) {
            let named = |name: &str| Kind::Include.named(name);
            let (right, wrong) = ((named(right.0), right.1), (named(wrong.0), wrong.1));
            let headline = format!("{} stands here, and in the source {}", wrong.0, right.0);
            let in_source = format!("{} stands here, and in every other language {}", right.0, wrong.0);
            sink.push(
                Diagnostic::new(Code::IncludeParity, wrong.1, headline)
                    .related(right.1, "the source")
                    .help("put the lines that include something into the order of the source")
                    .in_source(Diagnostic::new(Code::IncludeParity, right.1, in_source)),
            );
        }
    }
}

/// Names in one order.
fn sorted<'a>(includes: &[(&'a str, Span)]) -> Vec<&'a str> {
    let mut names: Vec<_> = includes.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    names
}

/// What each part of a text includes, in order.
pub(super) fn includes<'a>(shape: &Shape<'a>) -> BTreeMap<&'a str, Vec<(&'a str, Span)>> {
    let mut includes = BTreeMap::<_, Vec<_>>::new();
    for named in shape.side.body.references.iter().filter(|reference| reference.kind == ReferenceKind::Include) {
        includes.entry(shape.parts.part(named.place)).or_default().push((&*named.name, named.place));
    }
    includes
}

/// What the first of two texts has more of than the second, in parts that both have.
fn only<'a>(one: &Found<'a>, other: &Found<'a>, [body, without]: [&Body; 2], hurt: [&Steps<'_>; 2]) -> Only<'a> {
    let has_part = |body: &Body, part: &str| body.lock.prints.iter().any(|it| &*it.part == part);
    let is_hurt = |part: &str| hurt.iter().any(|steps| steps.has_part(part));
    // A step that is missing as a whole was reported, and so is what stands elsewhere because of that.
    let is_moved = |kind: Kind, name: &str| {
        other.keys().any(|(part, its_kind, its_name)| (*its_kind, &**its_name) == (kind, name) && !has_part(body, part))
    };
    let mut only = Only::new();
    // That a text says nothing at all is told.
    if without.blocks.is_empty() {
        return only;
    }
    for (key @ (part, kind, name), places) in one {
        let more = places.get(other.get(key).map_or(0, Vec::len));
        let Some(place) = more.filter(|_| has_part(without, part) && !is_hurt(part)) else { continue };
        if !is_moved(*kind, name) {
            only.entry((*part, *kind)).or_default().push((name.clone(), *place));
        }
    }
    only
}

/// One thing in place of the source's.
fn exchanged(kind: Kind, (name, there): &(String, Span), (other, here): &(String, Span)) -> Diagnostic {
    let (right, wrong) = (kind.named(name), kind.named(other));
    let in_source =
        Diagnostic::new(kind.code(), *there, format!("{right} stands here, and in every other language {wrong}"));
    Diagnostic::new(kind.code(), *here, format!("the source has {right} here, and this {wrong}"))
        .related(*there, "the source")
        .help("write what the source has: readers of every locale are told the same")
        .in_source(in_source)
}

/// A source, its translation and the language of that.
struct Sides<'a, 'b> {
    source: &'b Shape<'a>,
    own: &'b Shape<'a>,
    locale: &'b Locale,
}

impl Sides<'_, '_> {
    fn missing(&self, kind: Kind, name: &str, place: Span) -> Diagnostic {
        if let Some(wrong) = link_beside(self.source, self.own, place).filter(|_| kind == Kind::Link) {
            return exchanged(kind, &(name.to_owned(), place), &wrong);
        }
        let (what, locale) = (kind.named(name), self.locale);
        let in_source = Diagnostic::new(kind.code(), place, format!("{what} stands here, and in no other language"));
        let headline = format!("{what} stands in the source, but not here in `{}` ({})", locale.id, locale.name);
        let twin = twin_of(self.source, self.own, place);
        let twin =
            if kind == Kind::Include { self.include_before(place).max(Some(twin)).unwrap_or(twin) } else { twin };
        Diagnostic::new(kind.code(), twin, headline)
            .related(place, "the source")
            .help(match kind {
                Kind::Rule => "put it behind this, alone between two empty lines",
                Kind::Include => "put it behind this, on a line of its own: readers of every locale are told the same",
                _ => "say it here too: readers of every locale are told the same",
            })
            .in_source(in_source)
    }

    /// Where that is included here which the source includes before a place, in the same part.
    fn include_before(&self, place: Span) -> Option<Span> {
        let part = self.source.parts.part(place);
        let [source, own] = [self.source, self.own].map(|shape| includes(shape).remove(part).unwrap_or_default());
        let (before, _) = source.into_iter().rfind(|(_, at)| *at < place)?;
        own.into_iter().find(|(name, _)| *name == before).map(|(_, at)| at)
    }

    fn foreign(&self, (part, kind): (&str, Kind), name: &str, place: Span) -> Diagnostic {
        if let Some(right) = link_beside(self.own, self.source, place).filter(|_| kind == Kind::Link) {
            return exchanged(kind, &right, &(name.to_owned(), place));
        }
        let what = kind.named(name);
        let there = twin_of(self.own, self.source, place);
        let in_source = format!("{what} stands in this part in every other language, and not here");
        Diagnostic::new(kind.code(), place, format!("{what} stands here, but not in this step of the source"))
            .related(self.source.heading(part), "the source")
            .help("say it in every locale, or in none")
            .in_source(Diagnostic::new(kind.code(), there, in_source))
    }
}

/// The one link that the other text has on the line of a link of the first, and the first has not.
fn link_beside(one: &Shape<'_>, other: &Shape<'_>, place: Span) -> Option<(String, Span)> {
    let line = one.side.body.references.iter().find(|it| it.place == place)?.line?;
    let part = one.parts.part(place);
    let links = |shape: &Shape<'_>| -> Vec<(String, Span)> {
        let of_line =
            shape.side.body.references.iter().filter(|it| it.kind == ReferenceKind::Link && it.line == Some(line));
        let of_part = of_line.filter(|it| shape.parts.part(it.place) == part);
        of_part.map(|it| (address(&it.name), it.place)).collect()
    };
    let (own, mut more) = (links(one), links(other));
    more.retain(|(name, _)| own.iter().all(|(known, _)| known != name));
    if more.len() == 1 { more.pop() } else { None }
}

/// Parts that say word for word what the source says, in a locale of another language.
fn copied(pair: &Pair<'_>, own: Side<'_>, config: &Config, sink: &mut Diagnostics) {
    let (locale, source) = (config.locale(pair.locale), config.locale(config.source_locale));
    if locale.language() == source.language() {
        return;
    }
    let prints = &pair.source.body.lock.prints;
    let wordy: Vec<_> = own.body.lock.prints.iter().filter(|it| it.letters >= MANY_LETTERS).collect();
    let same: Vec<_> = wordy.iter().filter(|it| prints.contains(it)).collect();
    let report = |place: Span, there: Span, what: &str| {
        let headline = format!(
            "{what} says word for word what the source says, and should be in `{}` ({})",
            locale.id, locale.name
        );
        Diagnostic::new(Code::WrongLanguage, place, headline)
            .related(there, "the source")
            .help("translate it; until a guide or a page is translated, leave its file away: readers then get the source under a notice")
    };
    if same.len() == wordy.len() && !same.is_empty() {
        sink.push(report(Span::file(own.body.file), Span::file(pair.source.body.file), "this file"));
        return;
    }
    for it in same {
        let there = place_of(pair.source.body, pair.source.title, &it.part);
        sink.push(report(place_of(own.body, own.title, &it.part), there, "this"));
    }
}
