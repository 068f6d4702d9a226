//! Names of characters, `&nbsp;`, that stand in a text as they were typed: without their semicolon, mistyped, or where none are read.

use super::Typed;
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Names that editors know from HTML.
const NAMES: &[&str] = &[
    "nbsp", "amp", "lt", "gt", "quot", "apos", "copy", "reg", "trade", "deg", "times", "middot", "hellip", "mdash",
    "ndash", "rsquo", "lsquo", "rdquo", "ldquo", "laquo", "raquo", "zwnj", "zwj", "rlm", "lrm", "shy", "euro", "para",
    "sect", "plusmn", "frac12", "larr", "rarr",
];

impl Typed<'_> {
    /// Reports names of characters that readers see as names.
    pub(super) fn entities(&self, sink: &mut Diagnostics) {
        if memchr::memchr(b'&', self.shown.as_bytes()).is_none() {
            return;
        }
        for (at, _) in self.text.match_indices('&').filter(|(at, _)| !self.is_shown_on_purpose(*at)) {
            let rest = &self.text[at + 1..];
            let name =
                &rest[..rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#').len()];
            let is_ended = rest[name.len()..].starts_with(';');
            let is_number = name
                .strip_prefix('#')
                .is_some_and(|number| number.starts_with(|c: char| c.is_ascii_hexdigit() || c == 'x'));
            let is_known = NAMES.contains(&name) || is_number;
            let end = at + 1 + name.len() + usize::from(is_ended);
            // What was read as a character does not stand in the text any more.
            if !(is_known || (is_ended && name.len() > 1)) || !self.shown.contains(&self.text[at..end]) {
                continue;
            }
            let headline = format!("`{}` stands in the text as it is", &self.text[at..end]);
            let help = match nearest(name, NAMES.iter().copied()) {
                _ if is_known && !is_ended => {
                    format!("end it with a semicolon, `&{name};`, or type the character itself")
                }
                Some(near) if !is_known => format!("did you mean `&{near};`? Better type the character itself"),
                _ => "type the character itself".to_owned(),
            };
            sink.push(Diagnostic::new(Code::LiteralMarkup, self.part(at..end), headline).help(help));
        }
    }
}
