//! How Chinese and Urdu are written: letters, punctuation, digits.
//!
//! Most texts break no rule: a look at their bytes tells which rules can apply, and only those read the text.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Diagnostics, Label, Span};
use crate::model::locale::Locale;
use crate::script::{digit, digits, is_arabic, is_han, may_have_native_digits};

/// A run of words as written, and where.
struct Run<'a> {
    text: &'a str,
    place: Span,
}

/// Reports what a text breaks.
pub fn check(text: &str, place: Span, locale: &Locale, sink: &mut Diagnostics) {
    let bytes = Bytes::of(text);
    let run = Run { text, place };
    if may_have_native_digits(text) {
        run.digits(locale, sink);
    }
    if locale.is_chinese() {
        run.wide_space(sink);
        if bytes.has(HALF_WIDTH) {
            run.chinese(sink);
        }
        if bytes.has(DIGIT) {
            run.ranges("至", sink);
        }
    }
    if locale.is_urdu() {
        if bytes.has(ARABIC | SHAPES) && may_break_urdu(text) {
            run.urdu(sink);
        }
        if bytes.has(DIGIT) {
            run.ranges("سے", sink);
        }
    }
}

/// Titles, summaries and the texts of YAML files show what is typed: a reference there would reach readers as braces.
pub fn no_reference(text: &str, place: Span, sink: &mut Diagnostics) {
    if text.contains("{{") {
        sink.push(
            Diagnostic::new(Code::BadReference, place, "a fact cannot be named here")
                .help("`{{ … }}` works in the text of guides, pages and fragments; say this without the value"),
        );
    }
}

/// Reports emphasis in Chinese.
pub fn chinese_italics(place: Span, sink: &mut Diagnostics) {
    sink.push(
        Diagnostic::new(Code::ChineseItalics, place, "Chinese is not set in italics")
            .help("use `**` for weight, or 《》 and “” for titles and quotations"),
    );
}

/// How many letters of a text are shown beside the first.
const MAX_LETTERS: usize = 8;

/// `0` to `9`.
const DIGIT: u8 = 2;
/// First bytes of the Arabic script.
const ARABIC: u8 = 4;
/// First bytes of its letters' shapes, and of full-width signs.
const SHAPES: u8 = 8;
/// Half-width punctuation and the space.
const HALF_WIDTH: u8 = 16;

/// Which kinds of bytes a text has.
#[derive(Clone, Copy)]
struct Bytes(u8);

impl Bytes {
    #[expect(clippy::needless_bitwise_bool, reason = "without branches the comparisons are made side by side")]
    fn of(text: &str) -> Self {
        // Plain comparisons without branches, so that sixteen bytes are looked at in one step.
        let (mut digit, mut arabic, mut shapes, mut half) = (0, 0, 0, 0);
        for byte in text.bytes() {
            let low = (byte == b' ') | (byte == b'!') | (byte == b'(') | (byte == b')') | (byte == b',');
            let low = low | (byte == b':') | (byte == b';') | (byte == b'?') | (byte == b'.');
            digit |= u8::from(byte.wrapping_sub(b'0') < 10);
            arabic |= u8::from(byte.wrapping_sub(0xD8) < 4);
            shapes |= u8::from(byte == 0xEF);
            half |= u8::from(low | (byte == b'"'));
        }
        Self((digit * DIGIT) | (arabic * ARABIC) | (shapes * SHAPES) | (half * HALF_WIDTH))
    }

    fn has(self, kinds: u8) -> bool {
        self.0 & kinds != 0
    }
}

impl Run<'_> {
    fn part(&self, range: Range<usize>) -> Span {
        super::part(self.place, self.text, range)
    }

    fn report(&self, code: Code, range: Range<usize>, headline: impl Into<String>, help: &str, sink: &mut Diagnostics) {
        sink.push(Diagnostic::new(code, self.part(range), headline).help(help));
    }

    /// Digits that are neither those of keypads nor those that the locale asks for, those side by side at once.
    fn digits(&self, locale: &Locale, sink: &mut Diagnostics) {
        let is_foreign = |c: char| digits::of(c).is_some_and(|(of, _)| !of.is_latin() && of != locale.digits);
        let mut from = 0;
        while let Some(at) = self.text[from..].find(is_foreign).map(|at| from + at) {
            let rest = &self.text[at..];
            let number = &rest[..rest.find(|c| !is_foreign(c)).unwrap_or(rest.len())];
            from = at + number.len();
            let right: String = number.chars().filter_map(digit).map(|digit| digit.to_string()).collect();
            let what = if right.len() == 1 { "digit" } else { "number" };
            let (headline, help) = if locale.digits.is_latin() {
                (format!("the {what} {number} is not written as a keypad shows it"), format!("write {right}"))
            } else {
                let own = locale.digits.write(&right);
                let headline = format!("the {what} {number} is not in the digits of `{}`", locale.id);
                (headline, format!("write {own}, or {right} in what is dialled or copied"))
            };
            self.report(Code::NativeDigits, at..from, headline, &help, sink);
        }
    }

    fn chinese(&self, sink: &mut Diagnostics) {
        let mut quoted = false;
        for (at, byte) in self.text.bytes().enumerate().filter(|(_, byte)| b" !(),.:;?\"".contains(byte)) {
            let before = self.text[..at].chars().next_back();
            let after = self.text[at + 1..].chars().next();
            // A dot stands in names and sums as well.
            let is_closed = before.is_some_and(|c| [')', '）', '”', '」', '》', '】'].contains(&c));
            let ends = byte == b'.'
                && (before.is_some_and(is_han) && after.is_none_or(|c| is_han(c) || c.is_whitespace())
                    || is_closed && after.is_some_and(is_han)
                    // Behind a link or a fact.
                    || self.text.trim_end() == ".");
            // `[!` begins a notice, whose kind is told.
            if byte == b'.' && !ends || byte == b'!' && before == Some('[') {
                continue;
            }
            if byte == b'"' {
                quoted = !quoted;
                // What stands between such marks may be a name in other letters.
                let inside = self.text[at + 1..].split_once('"').map_or("", |(inside, _)| inside);
                if quoted && inside.contains(is_han) {
                    let headline = "the quotation marks around these words are half-width";
                    let range = at..at + inside.len() + 2;
                    self.report(Code::HalfWidthPunctuation, range, headline, &format!("write “{inside}”"), sink);
                }
            } else if byte == b' ' {
                self.spaced(at, before, after, sink);
            } else if before.is_some_and(is_han) || after.is_some_and(is_han) || byte == b'.' && before.is_none() {
                let sign = char::from(byte);
                let Some(full) = full_width(sign) else { continue };
                let headline = format!("`{sign}` beside Chinese characters is half-width");
                self.report(Code::HalfWidthPunctuation, at..at + 1, headline, &format!("write {full}"), sink);
            }
        }
    }

    /// The space of a whole character, with which programs for Chinese begin a paragraph.
    fn wide_space(&self, sink: &mut Diagnostics) {
        // In the box of an item it is told with the box.
        let found = memchr::memmem::find(self.text.as_bytes(), "\u{3000}".as_bytes());
        if let Some(at) = found.filter(|at| !self.text[..*at].ends_with(['[', '［'])) {
            let rest = &self.text[at..];
            let length = rest.len() - rest.trim_start_matches('\u{3000}').len();
            let headline = "a space as wide as a character stands here";
            self.report(Code::SpacedHan, at..at + length, headline, "delete it; the page sets the gaps", sink);
        }
    }

    fn spaced(&self, at: usize, before: Option<char>, after: Option<char>, sink: &mut Diagnostics) {
        let latin = |c: char| c.is_ascii_alphanumeric();
        let apart = |(a, b)| (is_han(a) && latin(b)) || (latin(a) && is_han(b)) || (is_han(a) && is_han(b));
        let Some((before, after)) = before.zip(after).filter(|pair| apart(*pair)) else { return };
        // A line end of YAML is a space too, and the place is then that of the whole text.
        let (headline, help) = if self.place.range().len() == self.text.len() {
            ("a space stands beside a Chinese character".to_owned(), "delete it")
        } else {
            (
                format!("a space, or a line end that is read as one, stands between `{before}` and `{after}`"),
                "delete the space, or put the words on one line",
            )
        };
        let help = format!("{help}; the page sets the gap between Chinese and Latin");
        self.report(Code::SpacedHan, at..at + 1, headline, &help, sink);
    }

    fn urdu(&self, sink: &mut Diagnostics) {
        let mut before = None;
        // A keyboard that stood on another language has written several.
        let (mut letters, mut shapes) = (None, None);
        for (at, c) in self.text.char_indices() {
            let range = at..at + c.len_utf8();
            let before = before.replace(c);
            if let Some(letter) = urdu_letter(c) {
                let headline = format!("{c} (U+{:04X}) is an Arabic letter, not the Urdu one", u32::from(c));
                self.letter(&mut letters, (range, &headline), &format!("write {letter}"));
            } else if matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}') && c != '\u{FDFA}' {
                let headline = format!("{c} (U+{:04X}) is the shape of a letter, not a letter", u32::from(c));
                self.letter(&mut shapes, (range, &headline), "type the word again with an Urdu keyboard");
            } else if c == 'ـ' {
                self.report(
                    Code::Tatweel,
                    range,
                    "a tatweel stretches this word",
                    "delete it; Nastaliq is not stretched",
                    sink,
                );
            } else if let Some(mark) = urdu_mark(c)
                && before.is_some_and(is_arabic)
            {
                self.report(
                    Code::UrduPunctuation,
                    range,
                    format!("`{c}` follows an Urdu word"),
                    &format!("write {mark}"),
                    sink,
                );
            }
        }
        [letters, shapes].into_iter().flatten().for_each(|found| sink.push(found));
    }

    /// Adds a letter of another kind to what is told of the first one of a text.
    fn letter(&self, found: &mut Option<Diagnostic>, (range, headline): (Range<usize>, &str), help: &str) {
        let place = self.part(range);
        match found {
            None => *found = Some(Diagnostic::new(Code::ArabicLetter, place, headline).help(help)),
            Some(first) if first.headline != headline && first.related.len() < MAX_LETTERS => {
                first.related.push(Label { place, text: format!("here too: {help}") });
            }
            Some(_) => {}
        }
    }

    /// `1-3` changes its order between right-to-left words, and reads as a code elsewhere.
    fn ranges(&self, word: &str, sink: &mut Diagnostics) {
        let inside = |c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | '+' | '.' | '#' | '*');
        for found in self.text.split(|c| !inside(c)).filter(|found| found.len() > 2) {
            let sides: Vec<&str> = found.trim_matches('.').split(['-', '–']).collect();
            let [from, to] = sides.as_slice() else { continue };
            // A month of a year, or a long group: a date or a phone number, not a range.
            let short = |side: &str| (1..=3).contains(&side.len()) && side.bytes().all(|byte| byte.is_ascii_digit());
            if short(from) && short(to) {
                let at = found.as_ptr() as usize - self.text.as_ptr() as usize;
                let range = at..at + found.trim_end_matches('.').len();
                self.report(
                    Code::HyphenRange,
                    range,
                    "a range is written with a dash",
                    &format!("write {from} {word} {to}"),
                    sink,
                );
            }
        }
    }
}

/// Whether a text may hold what `Run::urdu` reports: the bytes of its letters, shapes and marks tell of nearly all that they do not.
#[expect(clippy::needless_bitwise_bool, reason = "without branches the comparisons are made side by side")]
fn may_break_urdu(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().zip(bytes.get(1..).unwrap_or_default()).fold(false, |found, (&a, &b)| {
        let letter = (b == 0x83) | (b == 0x87) | (b == 0x89) | (b == 0x8A) | (b == 0x80);
        let mark = (b == b',') | (b == b';') | (b == b'?') | (b == b'.');
        found | (a == 0xEF) | ((a == 0xD9) & letter) | ((a == 0xD8) & (b == 0xA9)) | ((a >= 0x80) & mark)
    })
}

fn full_width(c: char) -> Option<char> {
    Some(match c {
        ',' => '，',
        '.' => '。',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        '!' => '！',
        '(' => '（',
        ')' => '）',
        _ => return None,
    })
}

fn urdu_letter(c: char) -> Option<char> {
    Some(match c {
        'ك' => 'ک',
        'ي' | 'ى' => 'ی',
        'ه' | 'ة' => 'ہ',
        _ => return None,
    })
}

fn urdu_mark(c: char) -> Option<char> {
    Some(match c {
        ',' => '،',
        ';' => '؛',
        '?' => '؟',
        '.' => '۔',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{is_arabic, may_break_urdu, urdu_letter, urdu_mark};

    #[test]
    fn no_urdu_text_that_breaks_a_rule_is_passed_over() {
        let chars = || (0..=u32::from(char::MAX)).filter_map(char::from_u32);
        let is_shape = |c| matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
        for c in chars().filter(|c| urdu_letter(*c).is_some() || is_shape(*c) || *c == 'ـ') {
            assert!(may_break_urdu(&c.to_string()), "U+{:04X}", u32::from(c));
        }
        for c in chars().filter(|c| is_arabic(*c)) {
            for mark in [',', ';', '?', '.'] {
                assert!(urdu_mark(mark).is_some() && may_break_urdu(&format!("{c}{mark}")), "U+{:04X}", u32::from(c));
            }
        }
    }
}
