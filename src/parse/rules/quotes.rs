//! A quotation mark without its other half: what is quoted would have no end, or no beginning.

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::Inline;
use crate::model::walk::each_inline;

/// The marks of most languages here. In some, quoted words begin with the same mark as they end with, or with `„`.
const OPENS: char = '“';
const CLOSES: char = '”';

/// Reports one in a run of words.
pub fn run(run: &[Inline], sink: &mut Diagnostics) {
    let mut texts = Vec::new();
    each_inline(run, &mut |inline| {
        if let Inline::Text { text, span } = inline
            && may_hold(text)
        {
            texts.push((text.as_str(), *span));
        }
    });
    check(&texts, sink);
}

/// Reports one in a text that stands alone.
pub fn text(text: &str, place: Span, sink: &mut Diagnostics) {
    if may_hold(text) {
        check(&[(text, place)], sink);
    }
}

/// The bytes that both marks begin with.
fn may_hold(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), &[0xE2, 0x80]).is_some()
}

fn check(texts: &[(&str, Span)], sink: &mut Diagnostics) {
    let marks = || {
        let of = |(text, place): &(&str, Span)| {
            let found: Vec<(char, Span)> = text
                .char_indices()
                .filter(|(_, c)| matches!(c, '“' | '”' | '„'))
                .map(|(at, c)| (c, super::part(*place, text, at..at + c.len_utf8())))
                .collect();
            found
        };
        texts.iter().flat_map(of)
    };
    let count = |mark: char| marks().filter(|(c, _)| *c == mark).count();
    let (opened, closed, low) = (count(OPENS), count(CLOSES), count('„'));
    let is_even = |count: usize| count.is_multiple_of(2);
    // „Wörter“, ”ord”, “words”.
    let is_whole = opened == closed || low > 0 && low == opened + closed || opened == 0 && is_even(closed);
    if is_whole {
        return;
    }
    let (mark, other) = if opened > closed { (OPENS, CLOSES) } else { (CLOSES, OPENS) };
    if let Some((_, place)) = marks().rfind(|(c, _)| *c == mark) {
        let headline = format!("`{mark}` stands here without its `{other}`");
        let help = "write both around the quoted words, or take this one out";
        sink.push(Diagnostic::new(Code::LiteralMarkup, place, headline).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::diag::{Diagnostics, Span};
    use crate::source::tree::FileId;

    #[test]
    fn halves_alone_are_told() {
        let told = |words: &str| {
            let mut sink = Diagnostics::default();
            text(words, Span::new(FileId::SITE, 0..words.len()), &mut sink);
            sink.iter().map(|found| found.primary.place.range().start).collect::<Vec<_>>()
        };
        for whole in ["“a”", "a “b” and “c”", "„Wörter“", "”ord” och ”ord”", "5\" and it’s", ""]
        {
            assert_eq!(told(whole), [0; 0], "{whole}");
        }
        assert_eq!(told("Close a SIM”"), [11]);
        assert_eq!(told("say “yes"), [4]);
        assert_eq!(told("“a” and “b"), [12]);
    }
}
