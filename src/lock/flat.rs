//! Words in a row, as a fingerprint reads them: however they were broken into lines and spaced.

use super::MANY_LETTERS;
use crate::script::{is_han, is_han_punctuation};

/// Text without what its layout adds.
#[derive(Default)]
pub struct Flat {
    text: String,
    /// White space that was read and not yet written.
    space: bool,
    letters: u32,
}

/// Begins what is no word; nothing that an editor types.
const MARK: char = '\u{1}';

/// Whether white space beside a character says nothing: between Chinese characters a line may break anywhere.
fn is_close(c: char) -> bool {
    is_han(c) || is_han_punctuation(c)
}

/// Where the first white space or control character stands; the end where there is none. Only a byte that can begin one is looked at as
/// a character: the most of a text are letters.
fn gap(text: &str) -> usize {
    let may_begin = |byte: u8| byte <= b' ' || matches!(byte, 0x7F | 0xC2 | 0xE1 | 0xE2 | 0xE3);
    let is_gap = |c: char| c.is_whitespace() || c.is_control();
    let mut places = text.bytes().enumerate().filter(|(_, byte)| may_begin(*byte)).map(|(at, _)| at);
    places.find(|at| text[*at..].starts_with(is_gap)).unwrap_or(text.len())
}

impl Flat {
    /// Adds words.
    pub fn words(&mut self, words: &str) {
        let mut rest = words;
        while !rest.is_empty() {
            let end = gap(rest);
            let (word, after) = rest.split_at(end);
            if let Some(first) = word.chars().next() {
                self.close_space(is_close(first));
                self.text.push_str(word);
                self.count(word);
            }
            let mut after = after.chars();
            self.space |= after.next().is_some_and(char::is_whitespace);
            rest = after.as_str();
        }
    }

    fn count(&mut self, word: &str) {
        let letters = (self.letters..MANY_LETTERS).zip(word.chars().filter(|c| c.is_alphabetic()));
        self.letters = letters.last().map_or(self.letters, |(before, _)| before + 1);
    }

    /// Adds a line end or anything else that is shown as white space.
    pub fn space(&mut self) {
        self.space = true;
    }

    /// Adds a sign that is no word: where something begins or ends inside a run.
    pub fn mark(&mut self, mark: char) {
        self.close_space(false);
        self.text.push(MARK);
        self.text.push(mark);
    }

    /// Begins or ends a block: white space before it says nothing.
    pub fn block(&mut self, mark: char) {
        self.space = false;
        self.mark(mark);
    }

    /// Adds a name exactly as it is.
    pub fn name(&mut self, name: &str) {
        self.text.push_str(name);
    }

    /// How many letters its words have, counted up to [`MANY_LETTERS`].
    #[must_use]
    pub fn letters(&self) -> u32 {
        self.letters
    }

    /// Everything added.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    fn close_space(&mut self, close: bool) {
        let apart = std::mem::take(&mut self.space) && !close;
        if apart && !self.text.is_empty() && !self.text.ends_with(is_close) {
            self.text.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::gap;

    #[test]
    fn no_gap_is_passed_over() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let is_gap = c.is_whitespace() || c.is_control();
            assert_eq!(gap(&format!("ک{c}a")), if is_gap { 2 } else { 3 + c.len_utf8() }, "U+{:04X}", u32::from(c));
        }
    }
}
