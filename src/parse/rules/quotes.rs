//! A quotation mark without its other half: what is quoted would have no end, or no beginning.

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::Inline;
use crate::model::walk::each_inline;
use crate::script::is_arabic;

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

/// Straight marks around words of a file that has curly ones elsewhere.
#[derive(Default)]
pub struct Mixed {
    /// The curly mark that opens what is quoted, as the file has it first.
    opens: Option<char>,
    /// Where words stand between straight ones, and the words.
    straight: Vec<(Span, String)>,
}

impl Mixed {
    /// Reads a run of words.
    pub fn run(&mut self, run: &[Inline]) {
        each_inline(run, &mut |inline| {
            let Inline::Text { text, span } = inline else { return };
            if may_hold(text) {
                self.opens = self.opens.or_else(|| text.chars().find(|c| matches!(*c, OPENS | CLOSES)));
            }
            if text.contains('"') {
                self.straight(text, *span);
            }
        });
    }

    fn straight(&mut self, text: &str, place: Span) {
        let marks: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
        // What is left over was told.
        for pair in marks.chunks_exact(2).filter(|_| marks.len().is_multiple_of(2)) {
            let inside = &text[pair[0] + 1..pair[1]];
            if inside.chars().any(is_arabic) {
                self.straight.push((super::part(place, text, pair[0]..pair[1] + 1), inside.to_owned()));
            }
        }
    }

    /// Reports them.
    pub fn report(self, sink: &mut Diagnostics) {
        let Some(opens) = self.opens else { return };
        let closes = if opens == OPENS { CLOSES } else { OPENS };
        for (place, inside) in self.straight {
            let headline = "the quotation marks around these words are straight, and others in this file are not";
            let help = format!("write {opens}{inside}{closes}");
            sink.push(Diagnostic::new(Code::UrduPunctuation, place, headline).help(help));
        }
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
    use super::{Mixed, text};
    use crate::diag::{Diagnostics, Span};
    use crate::model::body::Inline;
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

    #[test]
    fn straight_marks_among_curly_ones_are_told() {
        let told = |words: &str| {
            let (mut mixed, mut sink) = (Mixed::default(), Diagnostics::default());
            mixed.run(&[Inline::Text { text: words.into(), span: Span::new(FileId::SITE, 0..words.len()) }]);
            mixed.report(&mut sink);
            sink.iter().map(|found| found.help.join("")).collect::<Vec<_>>()
        };
        assert_eq!(told("”سم“ اور \"نمبر\""), ["write ”نمبر“"]);
        assert_eq!(told("“سم” اور \"نمبر\""), ["write “نمبر”"]);
        for right in ["\"سم\" اور \"نمبر\"", "”سم“ اور \"SIM\"", "”سم“ 5\""] {
            assert_eq!(told(right), [""; 0], "{right}");
        }
    }
}
