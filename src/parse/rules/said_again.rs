//! A sentence, a link, a fact or a claim that stands on a line a second time, right behind itself.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::{Body, Inline};
use crate::model::walk::each_inline;
use crate::script::is_han;

/// A sentence of fewer letters may be repeated for its sound. A Chinese character counts as many as a short word.
const MANY_LETTERS: usize = 12;
const OF_HAN: usize = 3;

/// What ends a sentence where a space follows.
const fn ends_before_space(c: char) -> bool {
    matches!(c, '.' | '!' | '?')
}

/// What ends a sentence wherever it stands.
const fn ends_anywhere(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '۔' | '؟' | '।')
}

/// Reports what stands twice in a run.
pub fn check(run: &[Inline], body: &Body, sink: &mut Diagnostics) {
    let mut before: Option<(u64, Span)> = None;
    for inline in run {
        let (what, place) = match inline {
            Inline::SoftBreak => continue,
            Inline::Text { text, .. } if text.trim().is_empty() => continue,
            Inline::Text { text, span } => {
                sentences(text, *span, sink);
                before = None;
                continue;
            }
            Inline::Fact(at) => ("this fact", body.references[at.0].place),
            Inline::Link { to, .. } => ("this link", body.references[to.0].place),
            Inline::Claim { claim, .. } => ("this sentence", body.claims[claim.0].place),
            _ => {
                before = None;
                continue;
            }
        };
        let said = says(inline, body);
        match before {
            Some((other, first)) if other == said => sink.push(twice(what, place, first)),
            _ => {}
        }
        before = Some((said, place));
    }
}

fn twice(what: &str, place: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::SaidTwice, place, format!("{what} stands here twice"))
        .related(first, "the same")
        .help("take one of the two out")
}

fn says(inline: &Inline, body: &Body) -> u64 {
    let mut hash = DefaultHasher::new();
    each_inline(std::slice::from_ref(inline), &mut |inline| match inline {
        Inline::Text { text, .. } | Inline::Code { text, .. } => text.hash(&mut hash),
        Inline::Fact(at) | Inline::Link { to: at, .. } | Inline::Image { of: at, .. } => {
            body.references[at.0].name.hash(&mut hash);
        }
        Inline::Claim { claim, .. } => {
            let claim = &body.claims[claim.0];
            (&body.references[claim.fact.0].name, &claim.answer).hash(&mut hash);
        }
        _ => {}
    });
    hash.finish()
}

fn sentences(text: &str, place: Span, sink: &mut Diagnostics) {
    let (mut start, mut before) = (0, 0..0);
    for (at, mark) in text.char_indices().filter(|(_, c)| ends_before_space(*c) || ends_anywhere(*c)) {
        let end = at + mark.len_utf8();
        if ends_before_space(mark) && text[end..].chars().next().is_some_and(|next| !next.is_whitespace()) {
            continue;
        }
        let whole = &text[start..end];
        let range = end - whole.trim_start().len()..end;
        if text[before.clone()] == text[range.clone()] && has_many_letters(&text[range.clone()]) {
            let [first, again] = [before, range.clone()].map(|range| super::part(place, text, range));
            sink.push(twice("this sentence", again, first));
        }
        before = range;
        start = end;
    }
}

fn has_many_letters(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).map(|c| if is_han(c) { OF_HAN } else { 1 });
    letters.take(MANY_LETTERS).sum::<usize>() >= MANY_LETTERS
}

#[cfg(test)]
mod tests {
    use super::sentences;
    use crate::diag::{Diagnostics, Span};
    use crate::source::tree::FileId;

    #[test]
    fn sentences_that_were_pasted_are_told() {
        let count = |text: &str| {
            let mut sink = Diagnostics::default();
            sentences(text, Span::new(FileId::SITE, 0..text.len()), &mut sink);
            sink.count()
        };
        for twice in [
            "Ask at the counter. Ask at the counter.",
            "先换绑账户。先换绑账户。",
            "کاؤنٹر پر پوچھ لیں۔ کاؤنٹر پر پوچھ لیں۔",
        ] {
            assert_eq!(count(twice), 1, "{twice}");
        }
        for once in ["Wait. Wait.", "Ask at the counter. Ask at the desk.", "see a.b.example.com. See", "对。对。"]
        {
            assert_eq!(count(once), 0, "{once}");
        }
    }
}
