//! `status --diff`: what changed in a source since a text was translated from it. The source as it was then is in no record; a Git
//! repository may have it. Where none has, the source of today is shown beside the translation.

use std::path::Path;

use crate::diag::suggest;
use crate::diag::{Diagnostics, Span};
use crate::edge::history;
use crate::link::drift::{TextPair, place_of, text_pairs};
use crate::link::pairs::{Pair, Side, pairs};
use crate::lock;
use crate::model::body::{Block, Body};
use crate::model::id::Id;
use crate::model::translation::{Fingerprint, State, TOP};
use crate::parse::Documents;
use crate::parse::document::{self, Document};
use crate::parse::text::{self, SourceText};
use crate::source::tree::{FileId, SourceTree};

/// What changed in the source of a text since it was translated into a locale; in words when it has none of that name.
pub fn changes(
    root: &Path,
    (name, locale): (&str, &str),
    tree: &SourceTree,
    documents: &Documents,
) -> Result<String, String> {
    let locales = &documents.config.locales;
    let Some(ix) = locales.iter().position(|known| known.id.as_str() == locale) else {
        return Err(unknown("locale", locale, locales.iter().map(|known| known.id.as_str())));
    };
    let all: Vec<Pair<'_>> = pairs(documents).into_iter().filter(|pair| pair.locale.0 == ix).collect();
    let is_named = |pair: &&Pair<'_>| {
        pair.name == name
            || [Some(pair.source), pair.own].iter().flatten().any(|it| tree.path(it.body.file).as_str() == name)
    };
    let texts = text_pairs(documents, tree);
    let shown = if let Some(pair) = all.iter().find(is_named) {
        let Some(own) = pair.own else { return Err(format!("{name} is not translated into `{locale}` at all")) };
        of_text(root, pair, own, tree)
    } else if let Some(pair) = texts.iter().find(|pair| pair.locale.0 == ix && pair.path.as_str() == name) {
        of_texts(pair, documents, tree)
    } else {
        let names = all.iter().map(|pair| pair.name.as_str()).chain(texts.iter().map(|pair| pair.path.as_str()));
        return Err(unknown("text", name, names));
    };
    Ok(if shown.is_empty() { format!("nothing of {name} is stale in `{locale}`\n") } else { shown })
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let near = suggest::nearest(name, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    format!("there is no {what} `{name}` here{near}")
}

fn of_text(root: &Path, pair: &Pair<'_>, own: Side<'_>, tree: &SourceTree) -> String {
    let (file, own_file) = (tree.path(pair.source.body.file), tree.path(own.body.file));
    let (now, translation) = (tree.text(file).unwrap_or_default(), tree.text(own_file).unwrap_or_default());
    let mut shown = String::new();
    for (part, state) in pair.states() {
        let State::Stale(day) = state else { continue };
        let made = own.body.lock.record.as_ref().and_then(|(record, _)| record.get(part));
        let today = section(&now, pair.source.body, part);
        shown.push_str(&format!("=== {part}\n"));
        if let Some(then) = made.and_then(|made| earlier((root, tree), pair, part, made.from)) {
            let since = day.map(|day| format!(" since {day}")).unwrap_or_default();
            shown.push_str(&format!("--- {file}: [-was-]{{+is+}}{since}\n{}\n", lock::changes(&then, today)));
        } else {
            shown.push_str(&format!(
                "(the source as it was is in no version that Git has of it here; this is what it says today)\n--- {file}\n{today}\n"
            ));
        }
        shown.push_str(&format!("--- {own_file}\n{}\n\n", section(&translation, own.body, part)));
    }
    shown
}

/// A part of the source in the version that the translation was made from.
fn earlier((root, tree): (&Path, &SourceTree), pair: &Pair<'_>, part: &str, says: Fingerprint) -> Option<String> {
    let file = pair.source.body.file;
    history::versions(root, tree.path(file)).find_map(|then| {
        let body = read(pair.kind, (file, tree), &then, pair.owner)?;
        let is_it = body.lock.prints.iter().any(|it| &*it.part == part && it.says == says);
        is_it.then(|| section(&then, &body, part).to_owned())
    })
}

/// A version of a text, however many mistakes it has.
fn read(kind: &str, (file, tree): (FileId, &SourceTree), then: &str, owner: Option<&Id>) -> Option<Body> {
    let sink = &mut Diagnostics::default();
    let source = text::read(tree, file, then.as_bytes(), sink)?;
    let read: fn(SourceText<'_>, &mut Diagnostics) -> Option<Document> = match kind {
        "guide" => document::guide,
        "page" => document::page,
        "application" => document::application,
        _ => return Some(document::locked(document::fragment(source, sink)?, &[], None)),
    };
    let document = read(source, sink)?.locked(owner);
    Some(std::sync::Arc::unwrap_or_clone(document.body))
}

/// A part of a file's text.
fn section<'a>(text: &'a str, body: &Body, part: &str) -> &'a str {
    let steps = body.blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) if heading.level == 2 => Some(heading.place.range().start),
        _ => None,
    });
    let start = if part == TOP { 0 } else { place_of(body, None, part).range().start };
    let end = steps.into_iter().find(|at| *at > start).unwrap_or(text.len());
    text.get(start..end).unwrap_or_default().trim_end()
}

fn of_texts(pair: &TextPair<'_>, documents: &Documents, tree: &SourceTree) -> String {
    let file = tree.text(pair.path).unwrap_or_default();
    let words = |place: Span| file.get(place.range()).unwrap_or_default().to_owned();
    let mut shown = String::new();
    for (text, state) in pair.texts.iter().zip(pair.states()) {
        let State::Stale(day) = state else { continue };
        let since = day.map(|day| format!(" (the source changed since {day})")).unwrap_or_default();
        shown.push_str(&format!("=== {}{since}\n", text.way));
        for ix in [documents.config.source_locale, pair.locale] {
            if let Some((_, place)) = &text.by_locale[ix.0] {
                shown.push_str(&format!("--- {}\n{}\n", documents.config.locale(ix).id, words(*place)));
            }
        }
        shown.push('\n');
    }
    shown
}
