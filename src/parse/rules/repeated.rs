//! A comma or a stop that was typed twice: `，，`, `۔۔`, `codes.. So`.

use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// Signs that stand alone; dots are looked at by themselves, since three of them are one sign.
const SIGNS: &str = ",;，。、；،؛۔";

/// Reports signs that stand twice.
pub fn check(text: &str, place: Span, sink: &mut Diagnostics) {
    if !may_repeat(text.as_bytes()) {
        return;
    }
    let mut before = None;
    for (at, sign) in text.char_indices() {
        if before == Some(sign) && (SIGNS.contains(sign) || sign == '.' && are_two_dots(text, at)) {
            let from = at - sign.len_utf8();
            let headline = format!("`{sign}` stands here twice");
            let found = Diagnostic::new(
                Code::RepeatedPunctuation,
                super::part(place, text, from..at + sign.len_utf8()),
                headline,
            );
            sink.push(found.help("take one of the two out"));
            before = None;
        } else {
            before = Some(sign);
        }
    }
}

/// Whether the dot at a place and the one before it are no more than two, behind a word and before a space or a new sentence: no path and
/// no row of dots.
fn are_two_dots(text: &str, at: usize) -> bool {
    let mut behind = text[at + 1..].chars();
    let word = text[..at - 1].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == ')');
    word && behind.next().is_none_or(|c| c == ' ' || c.is_uppercase())
}

/// Whether any sign may stand twice: the bytes of a text beside those one, two and three further.
#[expect(clippy::needless_bitwise_bool, reason = "without branches the comparisons are made side by side")]
fn may_repeat(bytes: &[u8]) -> bool {
    let beside = |apart: usize, is_sign: fn(u8) -> bool| {
        let pairs = bytes.iter().zip(bytes.get(apart..).unwrap_or_default());
        pairs.fold(false, |found, (one, other)| found | ((one == other) & is_sign(*one)))
    };
    beside(1, |byte| (byte == b',') | (byte == b';') | (byte == b'.'))
        || beside(2, |byte| (byte == 0xD8) | (byte == 0xDB))
        || beside(3, |byte| (byte == 0xE3) | (byte == 0xEF))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::diag::{Diagnostics, Span};
    use crate::source::tree::FileId;

    #[test]
    fn signs_that_stand_twice_are_told_and_rows_of_dots_are_not() {
        let count = |text: &str| {
            let mut sink = Diagnostics::default();
            check(text, Span::new(FileId::SITE, 0..text.len()), &mut sink);
            sink.count()
        };
        for twice in [
            "先换绑，，再注销",
            "好。。",
            "甲、、乙",
            "ختم۔۔",
            "ایک،، دو",
            "codes.. So",
            "codes..",
            "one,, two",
            "a;; b",
        ] {
            assert_eq!(count(twice), 1, "{twice}");
        }
        for once in [
            "wait...",
            "……",
            "../general",
            "a.b",
            "，。",
            "。",
            "جی، ہاں۔",
            "بببب",
            "1..2 and 3.. 4".get(0..4).unwrap(),
        ] {
            assert_eq!(count(once), 0, "{once}");
        }
    }
}
