//! How Chinese and Urdu are written: letters, punctuation, digits; and markup that stayed as it was typed.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::model::body::{Inline, each_inline, each_run};
use crate::model::locale::{Locale, LocaleIx};
use crate::parse::Documents;
use crate::script::{is_arabic, is_han, is_native_digit};
use crate::theme::BUILT_IN;

/// A run of words as written, and where.
struct Run<'a> {
    text: &'a str,
    place: &'a Place,
    locale: &'a Locale,
}

pub fn check(documents: &Documents, sink: &mut Diagnostics) {
    references_outside_prose(documents, sink);
    each_text(documents, &mut |text, place, locale| check_run(&Run { text, place, locale }, sink));
    for (locale, body) in documents.bodies() {
        let locale = documents.config.locale(locale);
        each_run(&body.blocks, &mut |run| {
            each_inline(run, &mut |inline| {
                if let Inline::Emphasis { span, .. } = inline
                    && locale.is_chinese()
                {
                    sink.push(
                        Diagnostic::new(
                            Code::ChineseItalics,
                            Place::at(&body.file, *span),
                            "Chinese is not set in italics",
                        )
                        .help("use `**` for weight, or 《》 and “” for titles and quotations"),
                    );
                }
            });
        });
    }
}

/// Titles, summaries and the texts of YAML files show what is typed: a reference there would reach readers as braces.
fn references_outside_prose(documents: &Documents, sink: &mut Diagnostics) {
    let wordings = documents.wordings.iter().map(|wording| (wording.text.as_str(), &wording.place));
    let fronts = documents.fronts().map(|(_, text, place)| (text, place));
    for (_, place) in fronts.chain(wordings).filter(|(text, _)| text.contains("{{")) {
        sink.push(
            Diagnostic::new(Code::BadReference, place.clone(), "a fact cannot be named here")
                .help("`{{ … }}` works in the text of guides, pages and fragments; say this without the value"),
        );
    }
}

/// Calls `visit` for every text an editor wrote, in Markdown and in YAML.
pub fn each_text(documents: &Documents, visit: &mut impl FnMut(&str, &Place, &Locale)) {
    for (locale, body) in documents.bodies() {
        let locale = documents.config.locale(locale);
        each_run(&body.blocks, &mut |run| {
            each_inline(run, &mut |inline| {
                if let Inline::Text { text, span } = inline {
                    visit(text, &Place::at(&body.file, *span), locale);
                }
            });
        });
    }
    for (locale, text, place) in documents.fronts() {
        visit(text, place, documents.config.locale(locale));
    }
    for wording in &documents.wordings {
        visit(&wording.text, &wording.place, documents.config.locale(wording.locale));
    }
    for (ix, strings) in documents.strings.iter().enumerate() {
        let locale = documents.config.locale(LocaleIx(ix));
        // The built-in theme's words are no editor's to mend.
        for entry in strings.entries.values().filter(|entry| !entry.place.file.as_str().starts_with(BUILT_IN)) {
            entry.message.wordings().for_each(|text| visit(text, &entry.place, locale));
        }
    }
}

fn check_run(run: &Run<'_>, sink: &mut Diagnostics) {
    if run.text.is_ascii() && !run.locale.is_chinese() && !run.locale.is_urdu() {
        run.markup(sink);
        return;
    }
    run.everywhere(sink);
    if run.locale.is_chinese() {
        run.chinese(sink);
    }
    if run.locale.is_urdu() {
        run.urdu(sink);
    }
}

impl Run<'_> {
    /// The place of a part of the text; of the whole where escapes make the two differ.
    fn part(&self, range: Range<usize>) -> Place {
        let span = self.place.span;
        let exact = span.range().len() == self.text.len();
        Place::at(&self.place.file, if exact { span.part(range) } else { span })
    }

    fn report(&self, code: Code, range: Range<usize>, headline: impl Into<String>, help: &str, sink: &mut Diagnostics) {
        sink.push(Diagnostic::new(code, self.part(range), headline).help(help));
    }

    fn markup(&self, sink: &mut Diagnostics) {
        for mark in ["**", "__", "[^", "~~", "{#"] {
            let mut found = self.text.match_indices(mark).map(|(at, _)| self.part(at..at + mark.len()));
            let Some(first) = found.next() else { continue };
            let help = match mark {
                "[^" => "there is no footnote of this name: add a line `[^name]: …`, or take the mark out",
                _ => "close the markup; for weight in Chinese use `**`, and write a backslash before a mark to show it",
            };
            // Markup comes in pairs: what is left of one is one mistake.
            let diagnostic =
                Diagnostic::new(Code::LiteralMarkup, first.clone(), format!("`{mark}` stands in the text as it is"));
            let more = found.filter(|place| *place != first);
            sink.push(more.fold(diagnostic, |diagnostic, place| diagnostic.related(place, "and here")).help(help));
        }
    }

    fn everywhere(&self, sink: &mut Diagnostics) {
        self.markup(sink);
        for (at, c) in self.text.char_indices() {
            let range = at..at + c.len_utf8();
            if is_native_digit(c) {
                let digit = c.to_digit(10).or_else(|| Some(u32::from(c) & 0xF)).unwrap_or_default();
                self.report(
                    Code::NativeDigits,
                    range,
                    format!("the digit {c} is not what a keypad shows"),
                    &format!("write {digit}"),
                    sink,
                );
            }
        }
    }

    fn chinese(&self, sink: &mut Diagnostics) {
        let chars: Vec<(usize, char)> = self.text.char_indices().collect();
        for (ix, &(at, c)) in chars.iter().enumerate() {
            let before = ix.checked_sub(1).map(|ix| chars[ix].1);
            let after = chars.get(ix + 1).map(|(_, c)| *c);
            let beside_han = before.is_some_and(is_han) || after.is_some_and(is_han);
            if let Some(full) = full_width(c).filter(|_| beside_han) {
                self.report(
                    Code::HalfWidthPunctuation,
                    at..at + 1,
                    format!("`{c}` beside Chinese characters is half-width"),
                    &format!("write {full}"),
                    sink,
                );
            }
            let latin = |c: char| c.is_ascii_alphanumeric();
            let spaced = c == ' '
                && before.zip(after).is_some_and(|(a, b)| {
                    (is_han(a) && latin(b)) || (latin(a) && is_han(b)) || (is_han(a) && is_han(b))
                });
            if spaced {
                self.report(
                    Code::SpacedHan,
                    at..at + 1,
                    "a space stands beside a Chinese character",
                    "delete it; the page sets the gap between Chinese and Latin",
                    sink,
                );
            }
        }
        self.ranges("至", sink);
    }

    fn urdu(&self, sink: &mut Diagnostics) {
        let chars: Vec<(usize, char)> = self.text.char_indices().collect();
        for (ix, &(at, c)) in chars.iter().enumerate() {
            let range = at..at + c.len_utf8();
            if let Some(letter) = urdu_letter(c) {
                self.report(
                    Code::ArabicLetter,
                    range,
                    format!("{c} (U+{:04X}) is an Arabic letter, not the Urdu one", u32::from(c)),
                    &format!("write {letter}"),
                    sink,
                );
            } else if matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}') && c != '\u{FDFA}' {
                let headline = format!("{c} (U+{:04X}) is the shape of a letter, not a letter", u32::from(c));
                self.report(Code::ArabicLetter, range, headline, "type the word again with an Urdu keyboard", sink);
            } else if c == 'ـ' {
                self.report(
                    Code::Tatweel,
                    range,
                    "a tatweel stretches this word",
                    "delete it; Nastaliq is not stretched",
                    sink,
                );
            } else if let Some(mark) = urdu_mark(c)
                && ix.checked_sub(1).is_some_and(|ix| is_arabic(chars[ix].1))
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
        self.ranges("سے", sink);
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

fn full_width(c: char) -> Option<char> {
    Some(match c {
        ',' => '，',
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
