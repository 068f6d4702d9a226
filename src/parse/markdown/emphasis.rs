//! Bold beside full-width punctuation, and stars that are keys of a telephone.
//!
//! `CommonMark` lets `**` open or close only where it touches the right kind of neighbour, which Chinese, written without
//! spaces, often lacks: `**注意：**请` stays literal. Before parsing, a character that nobody types and that counts as
//! punctuation is put on the outer side of such a run; afterwards it is taken out again and positions are set right. A star of a
//! dialling code is put between two spaces that nobody types, where it can neither open nor close anything.

use std::borrow::Cow;
use std::ops::Range;

use crate::script::{is_han, is_han_punctuation};

/// Old Chinese hook mark: punctuation to the parser, typed by nobody.
pub const SENTINEL: char = '\u{16FE2}';

/// Ogham space: a space to the parser, typed by nobody.
const GAP: char = '\u{1680}';

/// How many characters a dialling code may have; a longer run is none.
const LONGEST_CODE: usize = 64;

/// Text with sentinels, and where in it they stand.
#[derive(Debug)]
pub struct Prepared<'a> {
    /// The text to parse.
    pub text: Cow<'a, str>,
    /// Where each stands, and how many bytes it and those before it take.
    sentinels: Vec<(usize, usize)>,
}

impl Prepared<'_> {
    /// The position in the text as written.
    #[must_use]
    pub fn original(&self, at: usize) -> usize {
        let before = self.sentinels.partition_point(|&(sentinel, _)| sentinel < at);
        at - before.checked_sub(1).map_or(0, |last| self.sentinels[last].1)
    }
}

/// Puts in sentinels where a run of `*` or `~` needs one.
#[must_use]
pub fn prepare(source: &str) -> Prepared<'_> {
    let mut put = Put { source, text: String::new(), copied: 0, sentinels: Vec::new(), added: 0 };
    let mut from = 0;
    let bytes = source.as_bytes();
    if has_sentinel(source) {
        return Prepared { text: source.into(), sentinels: put.sentinels };
    }
    while let Some(found) = memchr::memchr2(b'*', b'~', &bytes[from..]) {
        let start = from + found;
        if let Some(code) = dialled(source, start) {
            from = code.end;
            if bytes[..code.start].ends_with(b"*") {
                put.at(code.start, SENTINEL);
            }
            for at in code.filter(|at| bytes[*at] == b'*') {
                put.at(at, GAP);
                put.at(at + 1, GAP);
            }
            continue;
        }
        let run = bytes[start..].iter().take_while(|&&byte| byte == bytes[start]).count();
        from = start + run;
        if let Some(at) = sentinel_place(source, start, from) {
            put.at(at, SENTINEL);
        }
    }
    put.done()
}

/// A text that sentinels are put into.
struct Put<'a> {
    source: &'a str,
    text: String,
    copied: usize,
    sentinels: Vec<(usize, usize)>,
    added: usize,
}

impl<'a> Put<'a> {
    fn at(&mut self, at: usize, sentinel: char) {
        self.text.push_str(&self.source[self.copied..at]);
        self.added += sentinel.len_utf8();
        self.sentinels.push((self.text.len(), self.added));
        self.text.push(sentinel);
        self.copied = at;
    }

    fn done(mut self) -> Prepared<'a> {
        if self.sentinels.is_empty() {
            return Prepared { text: self.source.into(), sentinels: self.sentinels };
        }
        self.text.push_str(&self.source[self.copied..]);
        Prepared { text: self.text.into(), sentinels: self.sentinels }
    }
}

/// The dialling code whose first star this is: `*21*0300#`, `*21*number#`. Stars that weigh a whole code, as in `**\*100#**`, are none
/// of it.
fn dialled(source: &str, start: usize) -> Option<Range<usize>> {
    let key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'#');
    let run = source.as_bytes()[start..].iter().take(LONGEST_CODE).take_while(|byte| key(byte)).count();
    let end = start + source[start..start + run].rfind('#')? + 1;
    let behind = source[end..start + run].bytes().take_while(|byte| *byte == b'*').count();
    if source[start..end].bytes().take_while(|byte| *byte == b'*').count() <= behind {
        return None;
    }
    let code = start + behind..end;
    let inside = source[code.clone()].trim_matches(['*', '#']);
    let outside = source[..start].chars().next_back().is_none_or(|c| !c.is_ascii_alphanumeric() && c != '*');
    (outside && inside.starts_with(|c: char| c.is_ascii_digit())).then_some(code)
}

/// Whether a text holds what nobody types.
fn has_sentinel(text: &str) -> bool {
    let first = memchr::memchr2(0xF0, 0xE1, text.as_bytes());
    first.is_some() && text.contains([SENTINEL, GAP])
}

fn sentinel_place(source: &str, start: usize, end: usize) -> Option<usize> {
    let before = source[..start].chars().next_back()?;
    let after = source[end..].chars().next()?;
    let opens = before.is_alphanumeric() && is_mark(after) && (is_han(before) || is_han_punctuation(after));
    let closes = is_mark(before) && after.is_alphanumeric() && (is_han(after) || is_han_punctuation(before));
    if opens { Some(start) } else { closes.then_some(end) }
}

fn is_mark(c: char) -> bool {
    // What belongs to the character before it, as in ☎️, is no mark to the parser.
    let joins = matches!(c, '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}');
    !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control() && !joins
}

/// A text without sentinels.
#[must_use]
pub fn cleaned(text: &str) -> Cow<'_, str> {
    if has_sentinel(text) { text.replace([SENTINEL, GAP], "").into() } else { text.into() }
}
