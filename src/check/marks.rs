//! Invisible characters in whatever an editor wrote: prose, code, addresses, keys, comments.
//!
//! The files themselves are searched, because what hides in an address or a code span hides best. Prose is searched once
//! more as it reaches readers: `&rlm;` looks harmless in a file. Escapes in YAML are found where YAML is read.

use std::collections::BTreeSet;

use crate::diag::{Diagnostics, Place, Span};
use crate::model::body::{Inline, each_inline, each_run};
use crate::parse::Documents;
use crate::parse::hidden::{found, is_hidden};
use crate::parse::place::is_media;
use crate::parse::text::limit;
use crate::tree::SourceTree;

pub fn check(documents: &Documents, tree: &SourceTree, sink: &mut Diagnostics) {
    let strings = format!("themes/{}/strings/", documents.config.theme);
    for (file, bytes) in tree.below("content/").filter(|(file, _)| !is_media(file)).chain(tree.below(&strings)) {
        if bytes.len() <= limit(file)
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            search(text, |at, c| Place::at(file, Span::new(at..at + c.len_utf8())), sink);
        }
    }
    for (_, body) in documents.bodies() {
        each_run(&body.blocks, &mut |run| {
            each_inline(run, &mut |inline| {
                if let Inline::Text { text, span } = inline {
                    escaped(text, &Place::at(&body.file, *span), tree, sink);
                }
            });
        });
    }
}

/// Marks that an entity stands for.
fn escaped(text: &str, place: &Place, tree: &SourceTree, sink: &mut Diagnostics) {
    let hidden: BTreeSet<char> = text.chars().filter(|c| is_hidden(*c)).collect();
    if hidden.is_empty() {
        return;
    }
    let written = tree.get(&place.file).and_then(|bytes| bytes.get(place.span.range())).unwrap_or_default();
    let written = String::from_utf8_lossy(written);
    for c in hidden.into_iter().filter(|c| !written.contains(*c)) {
        sink.push(found(c, place.clone()));
    }
}

fn search(text: &str, place: impl Fn(usize, char) -> Place, sink: &mut Diagnostics) {
    if text.is_ascii() && !text.bytes().any(|byte| is_hidden(char::from(byte))) {
        return;
    }
    for (at, c) in text.char_indices().filter(|(_, c)| is_hidden(*c)) {
        sink.push(found(c, place(at, c)));
    }
}
