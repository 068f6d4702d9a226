//! Invisible characters in whatever an editor wrote: prose, code, addresses, keys, comments.
//!
//! The files themselves are searched, because what hides in an address or a code span hides best. Texts are searched
//! once more as they reach readers: `&rlm;` and `"\u200F"` look harmless in a file.

use std::collections::BTreeSet;

use super::wording::each_text;
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::parse::Documents;
use crate::parse::place::is_media;
use crate::parse::text::MAX_BYTES;
use crate::script::is_bidi_control;
use crate::tree::SourceTree;

pub fn check(documents: &Documents, tree: &SourceTree, sink: &mut Diagnostics) {
    let strings = format!("themes/{}/strings/", documents.config.theme);
    for (file, bytes) in tree.below("content/").filter(|(file, _)| !is_media(file)).chain(tree.below(&strings)) {
        if bytes.len() <= MAX_BYTES
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            search(text, |at, c| Place::at(file, Span::new(at..at + c.len_utf8())), sink);
        }
    }
    each_text(documents, &mut |text, place, _| {
        let hidden: BTreeSet<char> = text.chars().filter(|c| is_hidden(*c)).collect();
        if !hidden.is_empty() {
            let written = tree.get(&place.file).and_then(|bytes| bytes.get(place.span.range())).unwrap_or_default();
            let written = String::from_utf8_lossy(written);
            let escaped: String = hidden.into_iter().filter(|c| !written.contains(*c)).collect();
            search(&escaped, |_, _| place.clone(), sink);
        }
    });
}

fn is_hidden(c: char) -> bool {
    is_bidi_control(c) || (c.is_control() && !matches!(c, '\n' | '\t' | '\r' | '\0'))
}

fn search(text: &str, place: impl Fn(usize, char) -> Place, sink: &mut Diagnostics) {
    if text.is_ascii() && !text.bytes().any(|byte| is_hidden(char::from(byte))) {
        return;
    }
    for (at, c) in text.char_indices().filter(|(_, c)| is_hidden(*c)) {
        let code = format!("U+{:04X}", u32::from(c));
        sink.push(if is_bidi_control(c) {
            Diagnostic::new(
                Code::BidiControl,
                place(at, c),
                format!("an invisible direction mark ({code}) stands here"),
            )
            .help("delete it; direction is set by the page, and numbers are isolated by the build")
        } else {
            Diagnostic::new(
                Code::NulCharacter,
                place(at, c),
                format!("an invisible control character ({code}) stands here"),
            )
            .help("delete it")
        });
    }
}
