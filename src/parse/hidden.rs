//! Characters that nobody sees: marks that change the direction of text, and control characters.

use crate::diag::{Code, Diagnostic, Span};
use crate::script::is_bidi_control;

/// Whether it is a place in Unicode that will never be a character; XML, and so a feed, cannot hold it.
fn is_no_character(c: char) -> bool {
    matches!(u32::from(c), 0xFDD0..=0xFDEF) || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Whether nobody sees it. NUL is reported with the file that holds it.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    is_bidi_control(c) || is_no_character(c) || (c.is_control() && !matches!(c, '\n' | '\t' | '\r' | '\0'))
}

/// The finding that such a character stands somewhere.
#[must_use]
pub fn found(c: char, place: Span) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(c));
    if is_bidi_control(c) {
        Diagnostic::new(Code::BidiControl, place, format!("an invisible direction mark ({code}) stands here"))
            .help("delete it; direction is set by the page, and numbers are isolated by the build")
    } else if is_no_character(c) {
        Diagnostic::new(Code::NulCharacter, place, format!("{code} stands here, which is no character"))
            .help("delete it; it comes from a damaged file")
    } else {
        Diagnostic::new(Code::NulCharacter, place, format!("an invisible control character ({code}) stands here"))
            .help("delete it")
    }
}
