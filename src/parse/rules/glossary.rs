//! One word for one thing: what the glossary forbids stands nowhere.

use std::borrow::Cow;
use std::collections::BTreeMap;

use memchr::memmem::Finder;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::glossary::Term;
use crate::model::locale::LocaleIx;

/// The words that a site does not use, by locale.
pub struct Glossary<'a>(BTreeMap<LocaleIx, Vec<Forbidden<'a>>>);

struct Forbidden<'a> {
    word: &'a str,
    lower: String,
    finder: Finder<'static>,
    term: &'a Term,
}

impl<'a> Glossary<'a> {
    /// The forbidden words of every term.
    pub fn new(terms: &'a [Term]) -> Self {
        let mut by_locale: BTreeMap<LocaleIx, Vec<Forbidden<'a>>> = BTreeMap::new();
        for term in terms {
            for (locale, words) in term.forbidden.iter() {
                for word in words {
                    let lower = word.to_lowercase();
                    let finder = Finder::new(lower.as_bytes()).into_owned();
                    by_locale.entry(locale).or_default().push(Forbidden { word, lower, finder, term });
                }
            }
        }
        Self(by_locale)
    }

    /// Reports every forbidden word of a text.
    pub fn check(&self, text: &str, place: Span, locale: LocaleIx, sink: &mut Diagnostics) {
        let Some(words) = self.0.get(&locale) else { return };
        let lower = lowercase(text);
        for forbidden in words {
            for at in forbidden.places(&lower) {
                sink.push(
                    Diagnostic::new(
                        Code::ForbiddenTerm,
                        super::part(place, text, at..at + forbidden.word.len()),
                        format!("this site does not say “{}”", forbidden.word),
                    )
                    .related(forbidden.term.place, "the glossary says so")
                    .help(format!("say “{}”", forbidden.term.preferred.get(locale))),
                );
            }
        }
    }
}

/// A text in small letters; as it is where that would move its bytes.
fn lowercase(text: &str) -> Cow<'_, str> {
    let lower = text.to_lowercase();
    if lower.len() == text.len() { Cow::Owned(lower) } else { Cow::Borrowed(text) }
}

impl Forbidden<'_> {
    /// Where the word stands: as a whole word in scripts with spaces, anywhere in Chinese.
    fn places(&self, text: &str) -> Vec<usize> {
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !crate::script::is_han(c));
        let spaced = joins(self.lower.chars().next());
        let whole = |at: &usize| {
            !spaced || !(joins(text[..*at].chars().next_back()) || joins(text[*at + self.lower.len()..].chars().next()))
        };
        self.finder.find_iter(text.as_bytes()).filter(whole).collect()
    }
}
