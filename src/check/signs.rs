//! What no translation may leave out or make up: includes, alerts, links, codes, numbers. And words that were never translated.

use std::collections::BTreeMap;

use super::clean::Due;
use super::drift::names;
use super::hurt::{Hurt, Steps};
use super::lines;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::link::drift::place_of;
use crate::link::pairs::{Pair, Side, pairs};
use crate::lock::MANY_LETTERS;
use crate::model::body::{Block, Body, ReferenceKind};
use crate::model::locale::Locale;
use crate::model::site::Config;
use crate::model::translation::{Passage, SignKind, State, TOP};
use crate::parse::Documents;

pub fn check(documents: &Documents, due: &Due<'_>, hurt: &Hurt<'_>, sink: &mut Diagnostics) {
    for pair in pairs(documents).into_iter().filter(|pair| due.has(pair.source.body.file)) {
        let Some(own) = pair.own else { continue };
        let [there, here] = [hurt.by_anything(pair.source.body), hurt.by_anything(own.body)];
        if there.whole || here.whole {
            continue;
        }
        let told = sink.count();
        compare(&pair, own, [&there, &here], &documents.config, sink);
        let is_told = |place: Span| sink.iter().skip(told).any(|found| found.primary.place == place);
        let missing = passages(&pair, own, [&there, &here], (&is_told, &documents.config));
        missing.into_iter().for_each(|found| sink.push(found));
        // What is missing or too much is told first; what only stands elsewhere may follow from it.
        if sink.count() == told && names(pair.source.body) == names(own.body) {
            lines::compare(&pair, own, [&there, &here], documents.config.locale(pair.locale), sink);
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
    Passages(Passage),
}

impl Kind {
    fn code(self) -> Code {
        match self {
            Self::Include => Code::IncludeParity,
            Self::Alert => Code::AlertParity,
            Self::Link => Code::LinkParity,
            Self::Code => Code::CodeParity,
            Self::Number => Code::NumberParity,
            Self::Passages(_) => Code::PassageParity,
        }
    }

    fn named(self, name: &str) -> String {
        match self {
            Self::Include => format!("`{{{{ include {name} }}}}`"),
            Self::Alert => format!("a `[!{}]` box", name.to_uppercase()),
            Self::Link => format!("a link to {name}"),
            Self::Code => format!("`{name}` between backticks"),
            Self::Number => format!("the number {name}"),
            Self::Passages(passage) => passage_named(passage).to_owned(),
        }
    }
}

fn passage_named(passage: Passage) -> &'static str {
    match passage {
        Passage::Short => "a line of the short version",
        Passage::Paragraph => "a paragraph",
        Passage::Entry => "an entry of a list",
        Passage::Hint => "a hint below an item",
        Passage::Row => "a row of a table",
    }
}

/// By part, what stands there how often, and where first.
type Found<'a> = BTreeMap<(&'a str, Kind, String), (usize, Span)>;

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
        self.0.iter().rfind(|(_, start)| *start <= place).map_or(TOP, |(id, _)| *id)
    }
}

fn found(body: &Body) -> Found<'_> {
    let parts = PartOf::new(body);
    let part = |place: Span| parts.part(place);
    let mut found = Found::new();
    let mut add = |kind, name: String, place| {
        let count = found.entry((part(place), kind, name)).or_insert((0, place));
        // An address, a code or a number may be repeated where a language needs it; each box is one.
        count.0 = if matches!(kind, Kind::Alert | Kind::Include) { count.0 + 1 } else { 1 };
    };
    for sign in body.lock.signs.iter().flatten() {
        match &sign.kind {
            SignKind::Alert(kind) => add(Kind::Alert, kind.name().to_owned(), sign.place),
            SignKind::Code(code) => add(Kind::Code, code.to_string(), sign.place),
            SignKind::Number(number) => add(Kind::Number, number.to_string(), sign.place),
            SignKind::Passages(..) => {}
        }
    }
    for link in body.references.iter().filter(|reference| reference.kind == ReferenceKind::Link) {
        add(Kind::Link, address(&link.name), link.place);
    }
    for named in body.references.iter().filter(|reference| reference.kind == ReferenceKind::Include) {
        add(Kind::Include, named.name.to_string(), named.place);
    }
    for sign in body.lock.signs.iter().flatten() {
        if let SignKind::Passages(passage, count) = sign.kind {
            found.insert((part(sign.place), Kind::Passages(passage), String::new()), (usize::from(count), sign.place));
        }
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

fn compare(pair: &Pair<'_>, own: Side<'_>, hurt: [&Steps<'_>; 2], config: &Config, sink: &mut Diagnostics) {
    let [there, here] = [pair.source.body, own.body].map(counted);
    let locale = config.locale(pair.locale);
    let has_part = |body: &Body, part: &str| body.lock.prints.iter().any(|it| &*it.part == part);
    let is_hurt = |part: &str| hurt.iter().any(|steps| steps.has_part(part));
    // A step that is missing as a whole was reported, and so is what stands elsewhere because of that.
    let moved = |(kind, name): (&Kind, &String), other: &Found<'_>, body: &Body| {
        other.keys().any(|(part, its_kind, its_name)| (its_kind, its_name) == (kind, name) && !has_part(body, part))
    };
    let exchanged = exchanged(&there, &here);
    for ((part, kind, name), (count, place)) in &there {
        let is_lost = *kind == Kind::Include && !here.contains_key(&(*part, *kind, name.clone()));
        if let Some((other, at)) = exchanged.get(part).filter(|_| is_lost && !is_hurt(part)) {
            sink.push(other_fragment((name, *place), (other, *at)));
            continue;
        }
        let own_count = here.get(&(*part, *kind, name.clone())).map_or(0, |(count, _)| *count);
        let is_less = own_count < *count && has_part(own.body, part) && !is_hurt(part);
        if is_less && !moved((kind, name), &here, pair.source.body) {
            let (what, name) = (kind.named(name), &locale.name);
            let headline = format!("{what} stands in the source, but not here in `{}` ({name})", locale.id);
            sink.push(
                Diagnostic::new(kind.code(), place_of(own.body, own.title, part), headline)
                    .related(*place, "the source")
                    .help("say it here too: readers of every locale are told the same"),
            );
        }
    }
    for ((part, kind, name), (count, place)) in &here {
        let count_there = there.get(&(*part, *kind, name.clone())).map_or(0, |(count, _)| *count);
        let is_other = exchanged.get(part).is_some_and(|(_, at)| *kind == Kind::Include && at == place);
        let is_more = count_there < *count && has_part(pair.source.body, part) && !is_hurt(part) && !is_other;
        if is_more && !moved((kind, name), &there, own.body) {
            let headline = format!("{} stands here, but not in this step of the source", kind.named(name));
            sink.push(
                Diagnostic::new(kind.code(), *place, headline)
                    .related(place_of(pair.source.body, pair.source.title, part), "the source")
                    .help("say it in every locale, or in none"),
            );
        }
    }
}

/// What is not compared by how much of it there is.
fn counted(body: &Body) -> Found<'_> {
    let mut found = found(body);
    found.retain(|(_, kind, _), _| !matches!(kind, Kind::Passages(_)));
    found
}

fn other_fragment((name, there): (&str, Span), (other, at): (&str, Span)) -> Diagnostic {
    let headline = format!("the source includes `{name}` here, and this `{other}`");
    Diagnostic::new(Code::IncludeParity, at, headline)
        .related(there, "the source")
        .help(format!("write `{{{{ include {name} }}}}`: readers of every locale are told the same"))
}

/// Parts that say nothing where the source says something, and parts with fewer passages than the source's.
fn passages(
    pair: &Pair<'_>,
    own: Side<'_>,
    hurt: [&Steps<'_>; 2],
    (is_told, config): (&dyn Fn(Span) -> bool, &Config),
) -> Vec<Diagnostic> {
    let (there, here) = (found(pair.source.body), found(own.body));
    let locale = config.locale(pair.locale);
    let mut missing = Vec::new();
    let states = pair.states();
    // A step or an item that only one of the two has was told, and so is a source that changed.
    let is_same = names(pair.source.body) == names(own.body);
    let is_fresh = |part: &str| !states.iter().any(|(it, state)| *it == part && matches!(state, State::Stale(_)));
    for it in pair.source.body.lock.prints.iter().filter(|it| it.letters > 0) {
        let part = &*it.part;
        let twin = own.body.lock.prints.iter().find(|it| *it.part == *part);
        let Some(twin) = twin.filter(|_| hurt.iter().all(|steps| !steps.has_part(part))) else { continue };
        let (place, source) =
            (place_of(own.body, own.title, part), place_of(pair.source.body, pair.source.title, part));
        if twin.letters == 0 {
            missing.push(nothing((place, source), locale));
        } else if !is_told(place) && is_same && is_fresh(part) {
            let count = |found: &Found<'_>, passage| {
                found.get(&(part, Kind::Passages(passage), String::new())).copied().unwrap_or((0, Span::SITE))
            };
            let both = Passage::ALL.map(|passage| (passage, count(&there, passage), count(&here, passage)));
            let fewer = both.into_iter().filter(|(_, there, here)| here.0 < there.0);
            missing.extend(fewer.map(|(passage, there, here)| {
                let place = if passage == Passage::Short { last_short(own.body).unwrap_or(place) } else { place };
                fewer_passages(passage, there, (here.0, place), locale)
            }));
        }
    }
    missing
}

/// Where the last line of the short version stands.
fn last_short(body: &Body) -> Option<Span> {
    body.blocks.iter().rev().find_map(|block| if let Block::Short(line) = block { Some(line.place) } else { None })
}

fn nothing((here, there): (Span, Span), locale: &Locale) -> Diagnostic {
    let headline = format!("nothing stands here in `{}` ({}), and the source says something", locale.id, locale.name);
    let help = "translate it; until a guide or a page is translated, leave its file away: readers then get the source under a notice";
    Diagnostic::new(Code::MissingText, here, headline).related(there, "the source").help(help)
}

fn fewer_passages(
    passage: Passage,
    (source, there): (usize, Span),
    (own, here): (usize, Span),
    locale: &Locale,
) -> Diagnostic {
    let what = passage_named(passage);
    let headline =
        format!("{what} is missing here in `{}` ({}): the source has {source}, and this {own}", locale.id, locale.name);
    let first = if source == 1 { "the source has it here" } else { "the source has the first here" };
    Diagnostic::new(Code::PassageParity, here, headline)
        .related(there, first)
        .help("translate what is missing; where two became one, part them as in the source")
}

/// By part, the one fragment that is included in place of the one of the source, and where.
fn exchanged<'a>(there: &Found<'a>, here: &Found<'a>) -> BTreeMap<&'a str, (String, Span)> {
    let only = |one: &Found<'a>, other: &Found<'a>| {
        let mut only: BTreeMap<&'a str, Vec<(String, Span)>> = BTreeMap::new();
        for ((part, kind, name), (_, place)) in one {
            if *kind == Kind::Include && !other.contains_key(&(*part, *kind, name.clone())) {
                only.entry(part).or_default().push((name.clone(), *place));
            }
        }
        only
    };
    let (lost, new) = (only(there, here), only(here, there));
    let single =
        new.into_iter().filter(|(part, new)| new.len() == 1 && lost.get(part).is_some_and(|lost| lost.len() == 1));
    single.filter_map(|(part, mut new)| Some((part, new.pop()?))).collect()
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
