//! The lines of a text that findings point into: positions as editors count them, and the part of a line worth showing.
//!
//! Nothing here costs more for a long line than for a short one: a file that was put on one line is told as fast as any.

use std::borrow::Cow;
use std::ops::Range;

use crate::diag::Span;

/// Characters before and behind a place that are shown of a long line.
const AROUND: usize = 60;

/// Bytes of lines that are shown whole.
const WHOLE: usize = 400;

/// Bytes between two places whose characters are counted beforehand.
const STRIDE: usize = 512;

/// A text and where its lines begin. No editor counts a byte-order mark: the first line begins behind it.
pub struct Lines<'a> {
    pub text: Cow<'a, str>,
    starts: Vec<usize>,
    /// How many characters begin before each multiple of `STRIDE`.
    counted: Vec<usize>,
}

/// What is shown of the lines that a span touches.
pub struct Window {
    /// Number of the first line.
    pub line: usize,
    /// Column of the first byte of the span.
    pub column: usize,
    /// Bytes of the text that are shown.
    pub shown: Range<usize>,
    /// Bytes of the text to mark, inside of `shown`.
    pub marked: Range<usize>,
    /// Whether the beginning of the first line, or the end of the last, is left out.
    pub cut: (bool, bool),
}

impl Window {
    /// What stands in for the parts of the lines that are left out.
    pub fn ellipses(&self) -> (&'static str, &'static str) {
        let mark = |cut| if cut { "…" } else { "" };
        (mark(self.cut.0), mark(self.cut.1))
    }
}

impl<'a> Lines<'a> {
    pub fn new(text: Cow<'a, str>) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|newline| newline + 1);
        let first = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        let starts = std::iter::once(first).chain(ends).collect();
        let sums = text.as_bytes().chunks(STRIDE).scan(0, |sum, chunk| {
            *sum += characters(chunk);
            Some(*sum)
        });
        let counted = std::iter::once(0).chain(sums).collect();
        Self { text, starts, counted }
    }

    /// Line and column, both from 1, columns in characters.
    pub fn position(&self, at: usize) -> (usize, usize) {
        let at = floor(&self.text, at).max(self.starts[0]);
        let line = self.starts.partition_point(|&start| start <= at);
        (line, self.before(at) - self.before(self.starts[line - 1]) + 1)
    }

    /// How many characters begin before a byte.
    fn before(&self, at: usize) -> usize {
        let whole = at / STRIDE;
        self.counted[whole] + characters(&self.text.as_bytes()[whole * STRIDE..at])
    }

    /// A span inside the text, on borders of characters.
    pub fn clamped(&self, span: Span) -> Range<usize> {
        let start = floor(&self.text, span.start as usize);
        start..floor(&self.text, span.end as usize).max(start)
    }

    /// The lines around a span, or of long lines what stands near it.
    pub fn window(&self, span: Span) -> Window {
        let text: &str = &self.text;
        let span = self.clamped(span);
        let (line, column) = self.position(span.start);
        let first = self.starts[line - 1];
        let (start, mut end) = (span.start.max(first), span.end.max(first));
        let last = match self.starts.get(self.starts.partition_point(|&start| start <= end)) {
            Some(next) => next - 1,
            None => text.len(),
        };
        let (mut shown, mut cut) = (first..last, (false, false));
        if shown.len() > WHOLE {
            end = end.min(floor(text, start + WHOLE));
            let from = text[first..start].char_indices().rev().nth(AROUND - 1).map_or(first, |(at, _)| first + at);
            let to = text[end..last].char_indices().nth(AROUND).map_or(last, |(at, _)| end + at);
            (shown, cut) = (from..to, (from > first, to < last));
        }
        while end > start && matches!(text.as_bytes()[end - 1], b'\n' | b'\r') {
            end -= 1;
        }
        Window { line, column, shown, marked: start..end, cut }
    }
}

/// How many characters begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Lines, Span};
    use crate::source::tree::FileId;

    #[test]
    fn columns_are_those_of_counting() {
        let text = format!("\u{FEFF}{}\n{}", "保号卡 a é ".repeat(300), "x\n".repeat(40));
        let lines = Lines::new(text.as_str().into());
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            let before = text[..at].trim_start_matches('\u{FEFF}');
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            assert_eq!(lines.position(at), (line, column), "at {at}");
        }
    }

    #[test]
    fn of_a_long_line_what_is_near() {
        let text = format!("{}**{}", "前".repeat(5000), "后".repeat(5000));
        let lines = Lines::new(text.as_str().into());
        let window = lines.window(Span::new(FileId::SITE, 15_000..15_002));
        assert_eq!((window.line, window.column, window.cut), (1, 5001, (true, true)));
        assert_eq!(text[window.shown].chars().count(), 122);
        assert_eq!(&text[window.marked], "**");
        let whole = lines.window(Span::new(FileId::SITE, 0..text.len()));
        assert!(whole.shown.len() < 1000 && whole.cut == (false, true), "{:?}", whole.shown);
    }
}
