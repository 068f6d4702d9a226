//! Characters that nobody sees: marks that change the direction of text, and control characters.

use crate::diag::{Code, Diagnostic, Place};
use crate::script::is_bidi_control;

/// Whether nobody sees it. NUL is reported with the file that holds it.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    is_bidi_control(c) || (c.is_control() && !matches!(c, '\n' | '\t' | '\r' | '\0'))
}

/// The finding that such a character stands somewhere.
#[must_use]
pub fn found(c: char, place: Place) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(c));
    if is_bidi_control(c) {
        Diagnostic::new(Code::BidiControl, place, format!("an invisible direction mark ({code}) stands here"))
            .help("delete it; direction is set by the page, and numbers are isolated by the build")
    } else {
        Diagnostic::new(Code::NulCharacter, place, format!("an invisible control character ({code}) stands here"))
            .help("delete it")
    }
}
