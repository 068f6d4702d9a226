//! What no translation may leave out or make up: alerts, links, codes, numbers. And words that were never translated.

use std::collections::BTreeMap;

use super::clean::Due;
use super::hurt::{Hurt, Steps};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::link::drift::place_of;
use crate::link::pairs::{Pair, Side, pairs};
use crate::lock::MANY_LETTERS;
use crate::model::body::{Block, Body, ReferenceKind};
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
        compare(&pair, own, [&there, &here], &documents.config, sink);
        if there.is_empty() && here.is_empty() {
            copied(&pair, own, &documents.config, sink);
        }
    }
}

/// What is compared, in words, and under which code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Alert,
    Link,
    Code,
    Number,
}

impl Kind {
    fn code(self) -> Code {
        match self {
            Self::Alert => Code::AlertParity,
            Self::Link => Code::LinkParity,
            Self::Code => Code::CodeParity,
            Self::Number => Code::NumberParity,
        }
    }

    fn named(self, name: &str) -> String {
        match self {
            Self::Alert => format!("a `[!{}]` box", name.to_uppercase()),
            Self::Link => format!("a link to {name}"),
            Self::Code => format!("`{name}` between backticks"),
            Self::Number => format!("the number {name}"),
        }
    }
}

/// By part, what stands there how often, and where first.
type Found<'a> = BTreeMap<(&'a str, Kind, String), (usize, Span)>;

fn found(body: &Body) -> Found<'_> {
    let starts: Vec<(&str, Span)> = body
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading(it) if it.level == 2 => Some((it.attributes.id()?.as_str(), it.place)),
            _ => None,
        })
        .collect();
    let part = |place: Span| starts.iter().rfind(|(_, start)| *start <= place).map_or(TOP, |(id, _)| *id);
    let mut found = Found::new();
    let mut add = |kind, name: String, place| {
        let count = found.entry((part(place), kind, name)).or_insert((0, place));
        // An address, a code or a number may be repeated where a language needs it; each box is one.
        count.0 = if kind == Kind::Alert { count.0 + 1 } else { 1 };
    };
    for sign in body.lock.signs.iter().flatten() {
        match &sign.kind {
            SignKind::Alert(kind) => add(Kind::Alert, kind.name().to_owned(), sign.place),
            SignKind::Code(code) => add(Kind::Code, code.to_string(), sign.place),
            SignKind::Number(number) => add(Kind::Number, number.to_string(), sign.place),
        }
    }
    for link in body.references.iter().filter(|reference| reference.kind == ReferenceKind::Link) {
        add(Kind::Link, address(&link.name), link.place);
    }
    found
}

/// What has to be the same of an address. Another host's page may have an edition in each language.
fn address(name: &str) -> String {
    match name.split_once("://") {
        Some((_, rest)) => rest.split(['/', '?', '#']).next().unwrap_or(rest).trim_start_matches("www.").to_owned(),
        None => name.to_owned(),
    }
}

fn compare(pair: &Pair<'_>, own: Side<'_>, hurt: [&Steps<'_>; 2], config: &Config, sink: &mut Diagnostics) {
    let (there, here) = (found(pair.source.body), found(own.body));
    let locale = config.locale(pair.locale);
    let has_part = |body: &Body, part: &str| body.lock.prints.iter().any(|it| &*it.part == part);
    let is_hurt = |part: &str| hurt.iter().any(|steps| steps.has_part(part));
    // A step that is missing as a whole was reported, and so is what stands elsewhere because of that.
    let moved = |(kind, name): (&Kind, &String), other: &Found<'_>, body: &Body| {
        other.keys().any(|(part, its_kind, its_name)| (its_kind, its_name) == (kind, name) && !has_part(body, part))
    };
    for ((part, kind, name), (count, place)) in &there {
        let own_count = here.get(&(*part, *kind, name.clone())).map_or(0, |(count, _)| *count);
        let is_less = own_count < *count && has_part(own.body, part) && !is_hurt(part);
        if is_less && !moved((kind, name), &here, pair.source.body) {
            let what = kind.named(name);
            let headline = format!("{what} stands in the source, but not here in `{}` ({})", locale.id, locale.name);
            sink.push(
                Diagnostic::new(kind.code(), place_of(own.body, own.title, part), headline)
                    .related(*place, "the source")
                    .help("say it here too: readers of every locale are told the same"),
            );
        }
    }
    for ((part, kind, name), (count, place)) in &here {
        let count_there = there.get(&(*part, *kind, name.clone())).map_or(0, |(count, _)| *count);
        let is_more = count_there < *count && has_part(pair.source.body, part) && !is_hurt(part);
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

/// Parts that say word for word what the source says, in a locale of another language.
fn copied(pair: &Pair<'_>, own: Side<'_>, config: &Config, sink: &mut Diagnostics) {
    let (locale, source) = (config.locale(pair.locale), config.locale(config.source_locale));
    let language = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
    if language(&locale.tag) == language(&source.tag) {
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
