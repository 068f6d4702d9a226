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

/// What people type where words are still to be found.
const OPEN: [&str; 3] = ["???", "？？？", "؟؟؟"];

/// Reports a text that bears the mark, or shows otherwise that words are still to be found; whether it has no other words for readers.
pub fn check(text: &str, place: Span, locale: &Locale, sink: &mut Diagnostics) -> bool {
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    let marked = memmem::find(text.as_bytes(), MARK.as_bytes())
        .filter(|at| !inside(text[..*at].chars().next_back()) && !inside(text[at + MARK.len()..].chars().next()));
    let open = || OPEN.iter().find_map(|open| Some((alone(text, open)?, *open)));
    let Some((at, mark)) = marked.map(|at| (at, MARK)).or_else(open) else { return false };
    let headline = format!("this is still to be written in `{}` ({})", locale.id, locale.name);
    sink.push(
        Diagnostic::new(Code::ToBeWritten, super::part(place, text, at..at + mark.len()), headline)
            .help(format!("write it and take `{mark}` out; a text that has to wait may be a draft (`draft: true`)")),
    );
    mark != MARK
}

/// Where a run of exactly these signs stands, if there is one of them in a text: of many, letters were lost.
fn alone(text: &str, signs: &str) -> Option<usize> {
    let at = memmem::find(text.as_bytes(), signs.as_bytes())?;
    let sign = signs.chars().next()?;
    let rest = &text[at + signs.len()..];
    (!rest.starts_with(sign) && !rest.contains(&signs[..2 * sign.len_utf8()])).then_some(at)
}
