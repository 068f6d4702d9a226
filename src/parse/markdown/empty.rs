//! What was begun and says nothing: readers would see the frame of a box, the dot of a list or the lines of a table, and nothing there.

use super::Reader;
use crate::diag::{Code, Span};
use crate::model::body::{Block, Inline};

impl Reader<'_, '_> {
    /// Reports a block that says nothing, or a part of one; `before` is how much was found before it: what stands in it and was told is
    /// not told again.
    pub(super) fn tell_empty(&mut self, what: &str, is_empty: bool, before: usize, span: Span) {
        if is_empty && self.sink.count() == before {
            let place = self.first_line(span);
            let (headline, help) = (format!("this {what} says nothing"), "write its words in it, or take it out");
            self.refuse(Code::MissingText, place, &headline, help);
        }
    }
}

/// Whether blocks show no word, no value and no picture. A rule between words is none of them.
pub(super) fn are_empty(blocks: &[Block]) -> bool {
    blocks.iter().all(is_empty)
}

/// Whether a block shows nothing.
pub(super) fn is_empty(block: &Block) -> bool {
    match block {
        Block::Paragraph(run) | Block::Plain(run) => says_nothing(run),
        Block::List { items, .. } => items.iter().all(|blocks| are_empty(blocks)),
        Block::Quote(blocks) | Block::Alert(_, blocks) => are_empty(blocks),
        Block::Code(code) => code.text.trim().is_empty(),
        Block::Table(table) => table.head.iter().chain(table.rows.iter().flatten()).all(|cell| says_nothing(cell)),
        Block::Rule(_) | Block::Footnote(_) => true,
        Block::Heading(_) | Block::Items(_) | Block::Definitions(_) | Block::Include(_) | Block::Short(_) => false,
    }
}

/// Signs that begin a line of a list, or stand for words to come.
const STROKES: [char; 7] = ['-', '*', '+', '–', '—', '.', '…'];

/// Whether a run of words has none: nothing, blanks, or the stroke of a line that was begun.
pub(super) fn says_nothing(run: &[Inline]) -> bool {
    run.iter().all(|inline| match inline {
        Inline::Text { text, .. } => text.chars().all(|c| c.is_whitespace() || STROKES.contains(&c)),
        Inline::Emphasis { content, .. } | Inline::Strong(content) | Inline::Strike(content) => says_nothing(content),
        Inline::SoftBreak | Inline::HardBreak => true,
        _ => false,
    })
}
