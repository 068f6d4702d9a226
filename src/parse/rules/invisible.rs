//! Invisible characters in whatever an editor wrote: prose, code, addresses, keys, comments.
//!
//! The files themselves are searched, because what hides in an address or a code span hides best. Prose is searched once
//! more as it reaches readers: `&rlm;` looks harmless in a file. Escapes in YAML are found where YAML is read.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::parse::hidden::{found, is_hidden, is_needed};
use crate::parse::text::SourceText;

/// What hides in a file.
pub fn file(source: &SourceText<'_>, sink: &mut Diagnostics) {
    for (at, c) in hidden_in(source.text) {
        sink.push(found(c, source.place(at..at + c.len_utf8())));
    }
    lost_letters(source, sink);
    garbled(source, sink);
}

/// Reports a file in which letters went through another encoding: once.
fn garbled(source: &SourceText<'_>, sink: &mut Diagnostics) {
    // Each byte of a letter is a letter or a sign of its own there.
    let is_letter = |c: char| matches!(c, '\u{C0}'..='\u{FF}');
    let is_sign = |c: char| matches!(c, '\u{80}'..='\u{BF}' | '\u{2013}'..='\u{203A}' | '€' | 'ƒ' | '™' | '˜' | 'ˆ');
    let is_garbled = |run: &str| {
        let [letters, signs] =
            [run.chars().filter(|c| is_letter(*c)).count(), run.chars().filter(|c| is_sign(*c)).count()];
        run.starts_with("â€") || run.starts_with(is_letter) && letters > 1 && signs > 1
    };
    // The letters are all of those that begin with this byte.
    let mut from = 0;
    while let Some(at) = memchr::memchr(0xC3, &source.text.as_bytes()[from..]).map(|at| from + at) {
        let rest = &source.text[at..];
        let run = &rest[..rest.find(|c| !is_letter(c) && !is_sign(c)).unwrap_or(rest.len())];
        if is_garbled(run) {
            let headline = format!("`{run}` is what another encoding made of other letters");
            let found = Diagnostic::new(Code::InvisibleCharacter, source.place(at..at + run.len()), headline);
            sink.push(found.help("type the words anew; where the whole file is so, bring it back from an earlier version and save it as UTF-8"));
            return;
        }
        from = at + run.len().max(1);
    }
}

/// So many words of nothing but question marks are what an encoding left of letters that it does not have.
const LOST: usize = 3;

/// Reports a file that was once saved in an encoding without its letters, of which question marks are left: once.
fn lost_letters(source: &SourceText<'_>, sink: &mut Diagnostics) {
    if memchr::memmem::find(source.text.as_bytes(), b"??").is_none() {
        return;
    }
    let is_lost = |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte == b'?');
    let words = source.text.split(|c: char| c.is_whitespace() || "\"',.:;[]{}()!".contains(c));
    let lost: Vec<&str> = words.filter(is_lost).take(LOST).collect();
    if let [first, .., _] = lost[..]
        && lost.len() == LOST
    {
        let at = source.text.find(first).unwrap_or_default();
        let headline = "letters were lost here: question marks stand for them";
        let found = Diagnostic::new(Code::InvisibleCharacter, source.place(at..at + first.len()), headline);
        sink.push(found.help("the file was saved in an encoding without these letters: bring it back from an earlier version, and save it as UTF-8"));
    }
}

/// Marks that an entity of a text stands for.
pub fn escaped(text: &str, place: Span, source: &SourceText<'_>, sink: &mut Diagnostics) {
    let hidden: BTreeSet<char> = hidden_in(text).map(|(_, c)| c).collect();
    if hidden.is_empty() {
        return;
    }
    let range = place.range();
    let written =
        range.start.checked_sub(source.offset).and_then(|start| source.text.get(start..range.end - source.offset));
    for c in hidden.into_iter().filter(|c| !written.unwrap_or_default().contains(*c)) {
        sink.push(found(c, place));
    }
}

/// Whether a text may hide anything: sixteen bytes at a time tell of most that they do not.
#[expect(clippy::needless_bitwise_bool, reason = "without branches the comparisons are made side by side")]
fn may_hide(text: &str) -> bool {
    text.bytes().fold(false, |found, byte| {
        let control = (byte < 0x20) & (byte != b'\n') & (byte != b'\r') & (byte != b'\t');
        let begins =
            (byte == 0xC2) | (byte == 0xCD) | (byte == 0xD8) | (byte == 0xE1) | (byte == 0xE2) | (byte >= 0xEF);
        found | control | begins | (byte == 0x7F)
    })
}

/// Hidden characters with their places. Only a byte that can begin one is looked at as a character.
fn hidden_in(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let bytes = if may_hide(text) { text.as_bytes() } else { &[] };
    let candidates = bytes.iter().enumerate().filter(|(_, byte)| CANDIDATES[usize::from(**byte)]);
    candidates.filter_map(|(at, _)| {
        text[at..].chars().next().filter(|c| is_hidden(*c) && !is_needed(text, at, *c)).map(|c| (at, c))
    })
}

/// Bytes with which a hidden character begins in UTF-8; never one from the middle of a character.
static CANDIDATES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        // Controls; U+0080 to U+00BF, U+0340 to U+037F, U+0600 to U+063F; U+1000 to U+2FFF; U+F000 and above.
        table[byte] = byte < 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09
            || matches!(byte, 0x7F | 0xC2 | 0xCD | 0xD8 | 0xE1 | 0xE2 | 0xEF..=0xF4);
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::hidden_in;
    use crate::parse::hidden::is_hidden;

    #[test]
    fn no_hidden_character_is_passed_over() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|c| is_hidden(*c)) {
            let text = format!("a{c}ک");
            assert_eq!(hidden_in(&text).collect::<Vec<_>>(), [(1, c)], "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn joiners_stand_where_a_script_needs_them() {
        for (text, count) in [
            ("کام\u{200C}یاب", 0),
            ("क\u{94D}\u{200D}ष", 0),
            ("👩\u{200D}💻", 0),
            ("کام\u{200C} یاب", 1),
            ("MNP\u{200C}", 1),
            ("667\u{200D}ک", 1),
        ] {
            assert_eq!(hidden_in(text).count(), count, "{text:?}");
        }
    }
}
