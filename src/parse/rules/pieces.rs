//! The words of a run in one piece, whatever marks stand between them, and where each part of them stands.

use std::ops::Range;

use crate::diag::Span;
use crate::model::body::Inline;
use crate::model::walk::each_inline;

/// Stands where no word of the run does: a fact, an image, code.
pub const GAP: char = '\u{1}';

/// Words in one piece.
#[derive(Default)]
pub struct Pieces {
    text: String,
    /// Where parts begin in the text, with how long they are there and their place.
    parts: Vec<(usize, usize, Span)>,
}

impl Pieces {
    /// One text.
    pub fn of(text: &str, place: Span) -> Self {
        Self { text: text.to_owned(), parts: vec![(0, text.len(), place)] }
    }

    /// The words that readers see of a run. Code is no words.
    pub fn of_run(run: &[Inline]) -> Self {
        let mut pieces = Self::default();
        each_inline(run, &mut |inline| match inline {
            Inline::Text { text, span } => pieces.push(text, *span),
            Inline::SoftBreak | Inline::HardBreak => pieces.push_sign(' '),
            Inline::Emphasis { .. }
            | Inline::Strong(_)
            | Inline::Strike(_)
            | Inline::Link { .. }
            | Inline::Claim { .. }
            | Inline::Spoken { .. } => {}
            _ => pieces.push_sign(GAP),
        });
        pieces
    }

    /// Adds words.
    pub fn push(&mut self, text: &str, place: Span) {
        self.parts.push((self.text.len(), text.len(), place));
        self.text.push_str(text);
    }

    /// Adds what no words stand for.
    pub fn push_sign(&mut self, sign: char) {
        self.text.push(sign);
    }

    /// All words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where all of it stands.
    pub fn whole(&self) -> Option<Span> {
        let ((.., first), (.., last)) = self.parts.first().zip(self.parts.last())?;
        Some(Span { end: last.end, ..*first })
    }

    /// Where a range stands in the file; the whole part where escapes make the two differ.
    pub fn place(&self, range: &Range<usize>) -> Span {
        let at = |position: usize, is_end: bool| {
            let ix = self.parts.partition_point(|(start, ..)| *start < position + usize::from(!is_end));
            let (start, length, span) = self.parts[ix.saturating_sub(1)];
            let exact = span.range().len() == length;
            if exact { span.part(0..(position - start).min(length)) } else { span }
        };
        let (first, last) = (at(range.start, false), at(range.end, true));
        let start = if self.is_exact(range.start) { first.end } else { first.start };
        Span { start, end: last.end.max(start), ..first }
    }

    /// Whether what stands at a position is as it was typed, without escapes.
    pub fn is_exact(&self, position: usize) -> bool {
        let ix = self.parts.partition_point(|(start, ..)| *start <= position);
        self.parts.get(ix.saturating_sub(1)).is_some_and(|(_, length, span)| span.range().len() == *length)
    }
}
