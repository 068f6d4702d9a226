//! Numbers as an editor types them: in groups or without, half of them bold, in the digits of any script.

use std::ops::Range;

use crate::diag::Span;
use crate::model::body::Inline;
use crate::parse::rules::pieces::{GAP, Pieces};
use crate::script::{digit, is_native_digit, may_have_native_digits};

/// How many groups one number may have.
const MAX_GROUPS: usize = 8;

/// Digits from which on groups with gaps between them may be one number: fewer are numbers of their own.
const GROUPED_FROM: usize = 5;

/// Words in which numbers are looked for.
pub struct Typed(Pieces);

/// A number, as facts are compared by, and where in the text it stands.
pub struct Number {
    pub number: String,
    pub range: Range<usize>,
}

/// Digits side by side, with what belongs between them.
struct Group {
    digits: String,
    range: Range<usize>,
    /// Whether it is a code with stars or hashes, or something else that has to be taken as a whole.
    is_code: bool,
}

/// A number as it is compared: `1,500`, `1500.00` and `１５００` are all `1500`, `021-111 222` is `021111222`.
pub fn canonical(number: &str) -> String {
    let kept: String = number.chars().filter_map(sign).collect();
    match kept.split_once('.') {
        Some((whole, rest)) if !rest.contains('.') => {
            let rest = rest.trim_end_matches('0');
            if rest.is_empty() { whole.to_owned() } else { format!("{whole}.{rest}") }
        }
        _ => kept,
    }
}

fn sign(c: char) -> Option<char> {
    digit(c).map(|digit| char::from(b'0' + digit)).or_else(|| match c {
        '*' | '#' => Some(c),
        _ => is_point(c).then_some('.'),
    })
}

/// What stands before the parts of one; the Arabic script has a sign of its own.
fn is_point(c: char) -> bool {
    matches!(c, '.' | '٫')
}

/// What stands between thousands; the Arabic script has a sign of its own.
fn is_comma(c: char) -> bool {
    matches!(c, ',' | '٬')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || is_native_digit(c)
}

/// Whether a text may hold digits: most do not, and their bytes tell.
pub fn may_have_digits(text: &str) -> bool {
    text.bytes().fold(false, |found, byte| found | (byte.wrapping_sub(b'0') < 10)) || may_have_native_digits(text)
}

/// Whether this is so of any words or code of a run.
pub fn any_text(run: &[Inline], is_so: impl Fn(&str) -> bool) -> bool {
    let mut may = false;
    crate::model::walk::each_inline(run, &mut |inline| match inline {
        Inline::Text { text, .. } | Inline::Code { text, .. } => may |= is_so(text),
        _ => {}
    });
    may
}

impl Typed {
    /// One text.
    pub fn of(text: &str, place: Span) -> Self {
        Self(Pieces::of(text, place))
    }

    /// The words of a run, and its code; a fact or an image among them ends a number.
    pub fn of_run(run: &[Inline]) -> Self {
        let mut pieces = Pieces::default();
        crate::model::walk::each_inline(run, &mut |inline| match inline {
            Inline::Text { text, span } | Inline::Code { text, span } => pieces.push(text, *span),
            Inline::SoftBreak => pieces.push_sign(' '),
            Inline::Emphasis { .. } | Inline::Strong(_) | Inline::Strike(_) => {}
            _ => pieces.push_sign(GAP),
        });
        Self(pieces)
    }

    /// All of them.
    pub fn text(&self) -> &str {
        self.0.text()
    }

    /// What stands in a range, in one line.
    pub fn words(&self, range: &Range<usize>) -> &str {
        &self.0.text()[range.clone()]
    }

    /// Where a range stands in the file.
    pub fn place(&self, range: &Range<usize>) -> Span {
        self.0.place(range)
    }

    /// The numbers that are known, those of most groups first at each place.
    pub fn numbers(&self, is_known: &dyn Fn(&str) -> bool) -> Vec<Number> {
        let groups = self.groups();
        let mut found = Vec::new();
        let mut from = 0;
        while from < groups.len() {
            let reach = self.reach(&groups, from);
            let known =
                (from..reach).rev().find_map(|last| self.joined(&groups, from, last).filter(|it| is_known(&it.number)));
            from = match known {
                Some(number) => {
                    let end = number.range.end;
                    found.push(number);
                    groups.partition_point(|group| group.range.start < end)
                }
                None => from + 1,
            };
        }
        found
    }

    /// Up to which group a number may go on.
    fn reach(&self, groups: &[Group], from: usize) -> usize {
        let goes_on = |ix: &usize| {
            let (before, after) = (&groups[*ix - 1], &groups[*ix]);
            let between = &self.0.text()[before.range.end..after.range.start];
            !before.is_code && !after.is_code && between.chars().count() <= 2 && between.chars().all(is_between)
        };
        let most = groups.len().min(from + MAX_GROUPS);
        (from + 1..most).take_while(|ix| goes_on(ix)).last().map_or(from + 1, |last| last + 1)
    }

    /// The groups from one to another as one number, where they may be one.
    fn joined(&self, groups: &[Group], first: usize, last: usize) -> Option<Number> {
        let number: String = groups[first..=last].iter().map(|group| group.digits.as_str()).collect();
        let mut range = groups[first].range.start..groups[last].range.end;
        // `(021) 111`: the bracket belongs to what it closes.
        if self.0.text()[range.clone()].contains(')') && self.0.text()[..range.start].ends_with('(') {
            range.start -= 1;
        }
        let may_be = if first == last {
            // A part of a date or of another number with hyphens says nothing by itself; nor does a single digit.
            number.len() > 1 && !self.is_hyphenated(&range)
        } else {
            let whole = groups[first + 1..=last].iter().all(|group| group.digits.len() > 1);
            whole && number.len() >= GROUPED_FROM && !number.contains('.')
        };
        may_be.then_some(Number { number, range })
    }

    fn is_hyphenated(&self, range: &Range<usize>) -> bool {
        let before = self.0.text()[..range.start].strip_suffix('-').is_some_and(|text| text.ends_with(is_digit));
        before || self.0.text()[range.end..].strip_prefix('-').is_some_and(|text| text.starts_with(is_digit))
    }

    fn groups(&self) -> Vec<Group> {
        let mark = |c: char| is_point(c) || is_comma(c);
        let inside = |c: char| is_digit(c) || mark(c) || matches!(c, '*' | '#');
        let mut groups = Vec::new();
        let mut from = 0;
        while let Some(at) = self.0.text()[from..].find(inside).map(|at| from + at) {
            let end = self.0.text()[at..].find(|c| !inside(c)).map_or(self.0.text().len(), |length| at + length);
            from = end;
            let word = self.0.text()[at..end].trim_end_matches(mark);
            let lead = word.len() - word.trim_start_matches(mark).len();
            let (start, word) = (at + lead, &word[lead..]);
            if !word.contains(is_digit) {
                continue;
            }
            let is_code = word.contains(['*', '#']) || word.matches(is_point).count() > 1;
            if is_code || !word.contains(is_comma) || is_in_thousands(word) {
                groups.push(Group { digits: canonical(word), range: start..start + word.len(), is_code });
                continue;
            }
            let mut at = start;
            for part in word.split_inclusive(is_comma) {
                let bare = part.trim_end_matches(is_comma);
                if bare.contains(is_digit) {
                    groups.push(Group { digits: canonical(bare), range: at..at + bare.len(), is_code: false });
                }
                at += part.len();
            }
        }
        groups
    }
}

/// Whether commas stand as in `1,500` and `1,00,000`.
fn is_in_thousands(word: &str) -> bool {
    let whole = word.split(is_point).next().unwrap_or_default();
    let mut lengths = whole.split(is_comma).map(|part| part.chars().count());
    let first = lengths.next().is_some_and(|length| (1..=3).contains(&length));
    let lengths: Vec<usize> = lengths.collect();
    first && lengths.last() == Some(&3) && lengths.iter().all(|length| (2..=3).contains(length))
}

/// What stands between the groups of one number.
fn is_between(c: char) -> bool {
    matches!(c, ' ' | '-' | '(' | ')' | '（' | '）' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\u{2011}')
}

#[cfg(test)]
mod tests {
    use super::{Typed, canonical};
    use crate::diag::Span;

    fn found(text: &str, known: &[&str]) -> Vec<String> {
        let known: Vec<String> = known.iter().map(|number| canonical(number)).collect();
        let typed = Typed::of(text, Span::SITE);
        let numbers = typed.numbers(&|number| known.iter().any(|known| known == number));
        numbers.into_iter().map(|number| typed.words(&number.range).to_owned()).collect()
    }

    #[test]
    fn numbers_are_known_however_they_are_grouped() {
        let known = ["365", "100000", "021 111 222 333", "+92 300 3008000", "*100#", "8.60", "1500"];
        for (text, number) in [
            ("Call 021-111-222-333.", "021-111-222-333"),
            ("Call (021) 111 222 333 now", "(021) 111 222 333"),
            ("拨０２１ １１１ ２２２ ３３３。", "０２１ １１１ ２２２ ３３３"),
            ("Pay 100\u{A0}000.", "100\u{A0}000"),
            ("Pay 1,00,000 or", "1,00,000"),
            ("a 365-day wait", "365"),
            ("۳۶۵ دن", "۳۶۵"),
            ("३६५ दिन", "३६५"),
            ("١٬٥٠٠٫٠٠ روبية", "١٬٥٠٠٫٠٠"),
            ("۸٫۶۰ ریال", "۸٫۶۰"),
            ("Rs.1,500.00 a year", "1,500.00"),
            ("Rs 8.6 each", "8.6"),
            ("dial *100#", "*100#"),
            ("at +92-300-3008000", "92-300-3008000"),
        ] {
            assert_eq!(found(text, &known), [number], "{text}");
        }
    }

    #[test]
    fn other_numbers_are_left_alone() {
        let known = ["365", "22", "2026", "13", "100", "1020", "1234"];
        for text in ["on 2026-11-22", "1-3 days", "3 65", "dial *100#", "10,20", "12-34", "at 8.365", "36 5", "٨٫٣٦٥"]
        {
            assert_eq!(found(text, &known), [""; 0], "{text}");
        }
    }
}
