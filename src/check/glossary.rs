//! One word for one thing: what the glossary forbids stands nowhere.

use super::wording::each_text;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::model::locale::LocaleIx;
use crate::parse::Documents;
use crate::parse::context::locale_ix;

pub fn check(documents: &Documents, sink: &mut Diagnostics) {
    if documents.glossary.is_empty() {
        return;
    }
    each_text(documents, &mut |text, place, locale| {
        if let Some(ix) = locale_ix(&documents.config.locales, locale.id.as_str()) {
            check_text(documents, text, place, ix, sink);
        }
    });
}

fn check_text(documents: &Documents, text: &str, place: &Place, locale: LocaleIx, sink: &mut Diagnostics) {
    for term in &documents.glossary {
        for word in term.forbidden.get(locale) {
            let exact = place.span.range().len() == text.len();
            for at in find_word(text, word) {
                let span = if exact { place.span.part(at..at + word.len()) } else { place.span };
                sink.push(
                    Diagnostic::new(
                        Code::ForbiddenTerm,
                        Place::at(&place.file, span),
                        format!("this site does not say “{word}”"),
                    )
                    .related(term.place.clone(), "the glossary says so")
                    .help(format!("say “{}”", term.preferred.get(locale))),
                );
            }
        }
    }
}

/// Where a word stands: as a whole word in scripts with spaces, anywhere in Chinese.
fn find_word(text: &str, word: &str) -> Vec<usize> {
    let lower = text.to_lowercase();
    let (text, word) =
        if lower.len() == text.len() { (lower.as_str(), word.to_lowercase()) } else { (text, word.to_owned()) };
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !crate::script::is_han(c));
    let whole = |at: &usize| {
        let edges = word.chars().next().zip(word.chars().next_back());
        let spaced = edges.is_some_and(|(first, _)| joins(Some(first)));
        !spaced || !(joins(text[..*at].chars().next_back()) || joins(text[*at + word.len()..].chars().next()))
    };
    text.match_indices(&word).map(|(at, _)| at).filter(whole).collect()
}
