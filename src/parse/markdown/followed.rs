//! Braces that have to be the last thing on their line, and that a sign or words follow: `… {unless=abroad}.`

use super::inlines::plain;
use super::{Reader, attributes};
use crate::diag::{Diagnostic, Diagnostics, Span};
use crate::model::attributes::Attributes;
use crate::model::body::Inline;
use crate::parse::yaml_error::without_typographic;

impl Reader<'_, '_> {
    /// Takes them out of the words of a heading or of a line of the short version, and reports them.
    pub(super) fn followed_attributes(&mut self, content: &mut [Inline]) -> Option<Attributes> {
        let (ix, open, close) = content.iter().enumerate().find_map(|(ix, inline)| match inline {
            Inline::Text { text, .. } => named(text).map(|(open, close)| (ix, open, close)),
            _ => None,
        })?;
        let more = plain(&content[ix + 1..]);
        let Inline::Text { text, span } = &mut content[ix] else { return None };
        let braces = text[open..close].to_owned();
        let place = if text.len() == span.range().len() { span.part(open..close) } else { *span };
        let behind = format!("{}{more}", &text[close..]);
        let words = text[..open].trim_end().len();
        text.replace_range(words..close, "");
        // That the text stands between marks of books was told.
        let is_told = without_typographic(self.source.text.trim()).is_some_and(|it| it.ends_with(&braces));
        if !is_told {
            self.sink.push(followed_by(&behind, &braces, place));
        }
        let inside = &braces[1..braces.len() - 1];
        Some(Attributes { broken: true, ..attributes::read(inside, place, &mut Diagnostics::default()) })
    }
}

/// The report of what stands behind braces on their line.
pub(super) fn followed_by(behind: &str, braces: &str, place: Span) -> Diagnostic {
    const LAST: &str = "which have to be the last thing on the line";
    let behind = behind.trim();
    if behind.chars().all(|c| c == '}') {
        let headline = "there is one `}` too many behind these braces";
        return attributes::bad(place, headline, &format!("write `{braces}`"));
    }
    if behind == "\"" {
        let headline = "this text ends with `\"` and does not begin with it";
        return attributes::bad(place, headline, "put the `\"` back at its beginning");
    }
    if ["- [ ]", "* [ ]", "+ [ ]", "- [x]", "- ", "#"].iter().any(|begins| behind.starts_with(begins)) {
        let headline = "the line goes on behind these braces with what begins a line of its own";
        return attributes::bad(place, headline, &format!("press Enter behind `{braces}`"));
    }
    if behind.contains(char::is_alphanumeric) {
        let help = format!("write the words before them, and end the line with `{braces}`");
        return attributes::bad(place, &format!("words follow these braces, {LAST}"), &help);
    }
    let help = format!("write `{behind}` before them, and end the line with `{braces}`");
    attributes::bad(place, &format!("`{behind}` follows these braces, {LAST}"), &help)
}

/// The braces in a text that hold an id or a condition.
fn named(text: &str) -> Option<(usize, usize)> {
    memchr::memchr_iter(b'}', text.as_bytes()).find_map(|close| {
        let open = text[..close].rfind('{')?;
        let is_single = !text[..open].ends_with('{');
        (is_single && attributes::names(&text[open + 1..close])).then_some((open, close + 1))
    })
}
