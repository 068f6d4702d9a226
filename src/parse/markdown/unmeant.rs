//! Code and lists that nobody meant: a fence without its end takes the rest of a text, four spaces make code of a sentence, `2026.` at the
//! beginning of a line makes a list of it, and a list shows other numbers than those typed.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use super::Reader;
use crate::diag::{Code, Span};

/// Years and sums begin lines; lists do not go so far.
const MANY: u64 = 100;

/// The number typed before an entry, and where.
pub(super) type Numbered = (u64, Span);

impl Reader<'_, '_> {
    /// Reports code that words became by mistake.
    pub(super) fn unmeant_code(&mut self, kind: &CodeBlockKind<'_>, span: Span) {
        let place = self.first_line(span);
        match kind {
            CodeBlockKind::Indented => self.refuse(
                Code::IndentedCode,
                place,
                "four spaces or a tab stand before this, so readers see it as code, as it is typed",
                "take them out; to show code, put it between two lines of three backticks",
            ),
            CodeBlockKind::Fenced(_) if !self.is_closed(span) => self.refuse(
                Code::UnclosedBlock,
                place,
                "this code has no end, so all that follows is shown as code",
                "end it with a line of as many backticks or tildes as begin it, and nothing else on it",
            ),
            CodeBlockKind::Fenced(info) => {
                let Some((_, more)) = info.trim().split_once(char::is_whitespace) else { return };
                let at = self.written(place).find(more.trim()).unwrap_or_default();
                self.refuse(
                    Code::LostWords,
                    place.part(at..place.range().len()),
                    "nobody sees these words: they stand behind the marks that begin code",
                    "begin the code on the next line; the name of its language alone may stand behind the marks",
                );
            }
        }
    }

    fn written(&self, place: Span) -> &str {
        let range = place.range();
        &self.source.text[range.start - self.source.offset..range.end - self.source.offset]
    }

    /// Whether the last line of fenced code ends it.
    fn is_closed(&self, span: Span) -> bool {
        let text = self.written(span).trim_end();
        let Some(sign) = text.chars().next() else { return true };
        let opened = text.chars().take_while(|c| *c == sign).count();
        let Some((_, last)) = text.rsplit_once('\n') else { return false };
        let last = last.trim_matches([' ', '\t', '>', '\r']);
        last.len() >= opened && last.chars().all(|c| c == sign)
    }

    /// The number that an entry of a list begins with.
    pub(super) fn number_at(&self, place: Span) -> Option<Numbered> {
        let written = self.written(place);
        let digits = written.bytes().take_while(u8::is_ascii_digit).count();
        Some((written[..digits].parse().ok()?, place.part(0..digits + 1)))
    }

    /// Reports a list that is none, or that shows other numbers than those typed.
    pub(super) fn unmeant_numbers(&mut self, numbers: &[Numbered]) {
        let Some(&(first, place)) = numbers.first() else { return };
        let single = numbers.len() == 1 && first > 1 && !self.goes_on(first, place);
        if first >= MANY || single {
            let headline = format!("`{first}.` begins this line, so readers see a list that begins with {first}");
            let help = format!("if it is a sentence, write a backslash before the dot: `{first}\\.`");
            self.refuse(Code::ListNumber, place, &headline, &help);
            return;
        }
        if numbers.iter().all(|(number, _)| *number == first) {
            return; // the way of those who let the program count
        }
        let mut above = place;
        for (shown, &(typed, place)) in (first..).zip(numbers) {
            if shown == typed {
                above = place;
                continue;
            }
            if let Some(number) = self.without_dot(shown, above.range().end..place.range().start) {
                let headline = format!("no dot stands behind `{shown}`, so this line goes on with the entry above it");
                self.refuse(
                    Code::ListNumber,
                    number,
                    &headline,
                    &format!("write `{shown}. `, with the dot and a space"),
                );
                return;
            }
            let headline = format!("`{typed}.` is typed here, and readers see {shown}");
            let help = "the entries of a list are counted from its first: number them one by one, or end the list with words between";
            self.refuse(Code::ListNumber, place, &headline, help);
            return;
        }
    }

    /// Where a line between two places begins with a number and a space.
    fn without_dot(&self, number: u64, between: Range<usize>) -> Option<Span> {
        let number = number.to_string();
        let start = between.start - self.source.offset;
        let lines = self.source.text.get(start..between.end - self.source.offset)?.split_inclusive('\n');
        let mut at = start;
        lines.into_iter().find_map(|line| {
            let word = line.trim_start_matches([' ', '\t']);
            let from = at + line.len() - word.len();
            at += line.len();
            let is_it = from > start && word.strip_prefix(&number).is_some_and(|rest| rest.starts_with(' '));
            is_it.then(|| self.source.place(from..from + number.len()))
        })
    }

    /// Whether a line above has the number before this one: a list that something stands between.
    fn goes_on(&self, number: u64, place: Span) -> bool {
        let above = &self.source.text[..place.range().start - self.source.offset];
        let before = (number - 1).to_string();
        above.lines().any(|line| {
            let rest = line.trim_start_matches([' ', '\t', '>']).strip_prefix(&before);
            rest.is_some_and(|rest| rest.starts_with(['.', ')']))
        })
    }
}
