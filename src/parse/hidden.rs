//! Characters that nobody sees, or that were lost: marks that change the direction of text, marks without width, controls.
//!
//! One predicate for prose, addresses, messages to send, keys and comments alike.

use crate::diag::{Code, Diagnostic, Span};
use crate::script::{is_arabic, is_bidi_control};

/// What stands where a character was lost.
const LOST: char = '\u{FFFD}';

/// Joiners: some scripts need them between their letters, and pictures are made of several with them.
const JOINERS: [char; 2] = ['\u{200C}', '\u{200D}'];

/// Whether it is a place in Unicode that will never be a character; XML, and so a feed, cannot hold it.
fn is_no_character(c: char) -> bool {
    matches!(u32::from(c), 0xFDD0..=0xFDEF) || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Whether a character stops YAML from being read; it is told where it stands.
#[must_use]
pub fn stops_yaml(c: char) -> bool {
    is_no_character(c) || (c.is_control() && !matches!(c, '\n' | '\t' | '\r' | '\u{85}'))
}

/// Whether it has no width: what Unicode calls format characters and separators of lines, without those that are drawn.
fn is_without_width(c: char) -> bool {
    matches!(
        u32::from(c),
        0xAD | 0x34F
            | 0x180E
            | 0x200B..=0x200F
            | 0x2028..=0x202E
            | 0x2060..=0x206F
            | 0xFEFF
            | 0xFFF9..=0xFFFB
            | 0x1_BCA0..=0x1_BCA3
            | 0x1_D173..=0x1_D17A
            | 0xE_0001..=0xE_007F
    )
}

/// Whether nobody sees it, or nobody knows what it was. NUL is reported with the file that holds it.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    is_bidi_control(c)
        || is_without_width(c)
        || c == LOST
        || is_no_character(c)
        || (c.is_control() && !matches!(c, '\n' | '\t' | '\r' | '\0'))
}

/// Whether a hidden character at a place of a text has work to do there.
#[must_use]
pub fn is_needed(text: &str, at: usize, c: char) -> bool {
    let neighbours = || text[..at].chars().next_back().zip(text[at + c.len_utf8()..].chars().next());
    JOINERS.contains(&c) && neighbours().is_some_and(|(before, after)| joins(before, after, c))
}

/// Arabic and Indic letters on both sides; between pictures, the joiner that makes one of several.
fn joins(before: char, after: char, c: char) -> bool {
    let letter = |c: char| is_arabic(c) || matches!(c, '\u{900}'..='\u{DFF}');
    let picture = |c: char| matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}');
    (letter(before) && letter(after)) || (c == '\u{200D}' && picture(before) && picture(after))
}

/// The finding that such a character stands somewhere.
#[must_use]
pub fn found(c: char, place: Span) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(c));
    if is_bidi_control(c) {
        Diagnostic::new(Code::BidiControl, place, format!("an invisible direction mark ({code}) stands here"))
            .help("delete it; direction is set by the page, and numbers are isolated by the build")
    } else if c == LOST {
        Diagnostic::new(Code::InvisibleCharacter, place, format!("a character was lost here: {code} stands for it"))
            .help("write the character that was meant; it was lost when the text was copied or saved")
    } else if is_no_character(c) {
        Diagnostic::new(Code::NulCharacter, place, format!("{code} stands here, which is no character"))
            .help("delete it; it comes from a damaged file")
    } else if is_without_width(c) {
        let help = match c {
            '\u{2028}' | '\u{2029}' => "delete it, and press the Enter key where a line is to end",
            _ => "delete it: put the cursor behind the place, and press the backspace key once",
        };
        Diagnostic::new(Code::InvisibleCharacter, place, format!("{} ({code}) stands here", name(c))).help(help)
    } else {
        Diagnostic::new(Code::NulCharacter, place, format!("an invisible control character ({code}) stands here"))
            .help("delete it")
    }
}

fn name(c: char) -> &'static str {
    match c {
        '\u{AD}' => "an invisible hyphen",
        '\u{200B}' => "a space without width",
        '\u{200C}' | '\u{200D}' => "an invisible joiner, which nothing beside it needs,",
        '\u{2028}' | '\u{2029}' => "an invisible end of a line",
        '\u{FEFF}' => "an invisible byte-order mark",
        _ => "an invisible character",
    }
}
