//! What somebody still has to write: `rahnuma new` marks it, and so may editors.

use memchr::memmem;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::locale::Locale;

/// What marks words that are no text for readers.
pub const MARK: &str = "TODO";

/// Whether a text bears the mark, or letters like it.
#[must_use]
pub fn may_be(text: &str) -> bool {
    memmem::find(text.as_bytes(), MARK.as_bytes()).is_some()
}

/// Reports a text that bears the mark.
pub fn check(text: &str, place: Span, locale: &Locale, sink: &mut Diagnostics) {
    let Some(at) = memmem::find(text.as_bytes(), MARK.as_bytes()) else { return };
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    if inside(text[..at].chars().next_back()) || inside(text[at + MARK.len()..].chars().next()) {
        return;
    }
    let headline = format!("this is still to be written in `{}` ({})", locale.id, locale.name);
    sink.push(
        Diagnostic::new(Code::ToBeWritten, super::part(place, text, at..at + MARK.len()), headline)
            .help(format!("write it and take `{MARK}` out; a text that has to wait may be a draft (`draft: true`)")),
    );
}
