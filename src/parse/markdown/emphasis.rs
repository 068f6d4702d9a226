//! Bold beside full-width punctuation.
//!
//! `CommonMark` lets `**` open or close only where it touches the right kind of neighbour, which Chinese, written without
//! spaces, often lacks: `**注意：**请` stays literal. Before parsing, a character that nobody types and that counts as
//! punctuation is put on the outer side of such a run; afterwards it is taken out again and positions are set right.

use std::borrow::Cow;

use crate::script::{is_han, is_han_punctuation};

/// Old Chinese hook mark: punctuation to the parser, typed by nobody.
pub const SENTINEL: char = '\u{16FE2}';

/// Text with sentinels, and where in it they stand.
#[derive(Debug)]
pub struct Prepared<'a> {
    /// The text to parse.
    pub text: Cow<'a, str>,
    sentinels: Vec<usize>,
}

impl Prepared<'_> {
    /// The position in the text as written.
    #[must_use]
    pub fn original(&self, at: usize) -> usize {
        at - self.sentinels.partition_point(|&sentinel| sentinel < at) * SENTINEL.len_utf8()
    }
}

/// Puts in sentinels where a run of `*` or `~` needs one.
#[must_use]
pub fn prepare(source: &str) -> Prepared<'_> {
    let mut text = String::new();
    let mut sentinels = Vec::new();
    let (mut copied, mut from) = (0, 0);
    let bytes = source.as_bytes();
    if memchr::memchr(0xF0, bytes).is_some() && source.contains(SENTINEL) {
        return Prepared { text: source.into(), sentinels };
    }
    while let Some(found) = memchr::memchr2(b'*', b'~', &bytes[from..]) {
        let start = from + found;
        let run = bytes[start..].iter().take_while(|&&byte| byte == bytes[start]).count();
        from = start + run;
        if let Some(at) = sentinel_place(source, start, from) {
            text.push_str(&source[copied..at]);
            sentinels.push(text.len());
            text.push(SENTINEL);
            copied = at;
        }
    }
    if sentinels.is_empty() {
        return Prepared { text: source.into(), sentinels };
    }
    text.push_str(&source[copied..]);
    Prepared { text: text.into(), sentinels }
}

fn sentinel_place(source: &str, start: usize, end: usize) -> Option<usize> {
    let before = source[..start].chars().next_back()?;
    let after = source[end..].chars().next()?;
    let opens = before.is_alphanumeric() && is_mark(after) && (is_han(before) || is_han_punctuation(after));
    let closes = is_mark(before) && after.is_alphanumeric() && (is_han(after) || is_han_punctuation(before));
    if opens { Some(start) } else { closes.then_some(end) }
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control()
}

/// A text without sentinels.
#[must_use]
pub fn cleaned(text: &str) -> Cow<'_, str> {
    let may_have = memchr::memchr(0xF0, text.as_bytes()).is_some();
    if may_have && text.contains(SENTINEL) { text.replace(SENTINEL, "").into() } else { text.into() }
}
