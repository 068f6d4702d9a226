//! A word that was typed twice: `have it it blocked`. Only words that never stand twice in a row in their language: most languages repeat
//! words on purpose, and in many of them grammar brings two of a kind together.

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::locale::Locale;

/// By language, the words that are always a slip when they stand twice without a comma between.
const NEVER: &[(&str, &[&str])] = &[
    ("ar", &["على", "إلى", "أو"]),
    (
        "de",
        &[
            "und", "oder", "eine", "einen", "einem", "eines", "wenn", "weil", "im", "zum", "zur", "vom", "beim", "ins",
            "für", "ohne", "dass",
        ],
    ),
    (
        "en",
        &[
            "the", "a", "an", "and", "or", "of", "it", "your", "my", "our", "their", "its", "if", "because", "when",
            "than", "into", "from", "with", "these", "those", "but", "which", "whose", "must", "should", "every",
        ],
    ),
    ("es", &["y", "el", "los", "las", "un", "una", "del", "al", "con", "en", "por", "sin"]),
    ("fa", &["را", "از", "برای"]),
    ("fr", &["et", "ou", "des", "une", "du", "au", "aux", "dans", "pour", "avec", "sans", "sur"]),
    ("hi", &["के", "को", "ने", "से"]),
    ("pt", &["e", "um", "uma", "do", "na", "dos", "das", "ao", "aos", "com", "em", "por", "sem"]),
    ("id", &["dan", "atau", "dengan", "untuk", "dari", "pada"]),
    ("tr", &["ve", "ile"]),
    ("ur", &["کے", "کو", "نے", "سے"]),
];

/// The words of a locale's language.
pub fn of(locale: &Locale) -> &'static [&'static str] {
    NEVER.iter().find(|(language, _)| *language == locale.language()).map_or(&[], |(_, words)| *words)
}

/// Reports those that stand twice in a text.
pub fn check(text: &str, place: Span, words: &[&str], sink: &mut Diagnostics) {
    if words.is_empty() {
        return;
    }
    let (mut before, mut at) = ("", 0);
    for end in memchr::memchr_iter(b' ', text.as_bytes()).chain([text.len()]) {
        let part = &text[at..end];
        let is_again =
            !before.is_empty() && part.strip_prefix(before).is_some_and(|rest| !rest.contains(char::is_alphanumeric));
        if is_again && words.contains(&before) {
            let headline = format!("`{before}` stands here twice");
            let place = super::part(place, text, at - 1 - before.len()..at + before.len());
            let help = "take one of the two out, or write a comma between them";
            sink.push(Diagnostic::new(Code::RepeatedWord, place, headline).help(help));
        }
        before = part;
        at = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{NEVER, check};
    use crate::diag::{Diagnostics, Span};
    use crate::source::tree::FileId;

    #[test]
    fn words_that_stand_twice_are_told_and_what_grammar_repeats_is_not() {
        let count = |text: &str, language: &str| {
            let words = NEVER.iter().find(|(of, _)| *of == language).map_or(&[][..], |(_, words)| words);
            let mut sink = Diagnostics::default();
            check(text, Span::new(FileId::SITE, 0..text.len()), words, &mut sink);
            sink.count()
        };
        for (text, language) in [
            ("have it it blocked", "en"),
            ("Take the the, SIM", "en"),
            ("Antrag und und Ausweis", "de"),
            ("avec avec vous", "fr"),
            ("more than than speed", "en"),
            ("فرنچائز کے کے بجائے", "ur"),
        ] {
            assert_eq!(count(text, language), 1, "{text}");
        }
        for (text, language) in [
            ("He had had that that day", "en"),
            ("it, it is", "en"),
            ("vous vous en servez, nous nous en allons", "fr"),
            ("mit der der Kunde sprach", "de"),
            ("بار بار", "ur"),
            ("bir bir", "tr"),
            ("the  the", "xx"),
        ] {
            assert_eq!(count(text, language), 0, "{text}");
        }
    }
}
