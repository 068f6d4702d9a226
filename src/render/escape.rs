//! Text into HTML: escaping, and numbers kept in one piece between right-to-left words.

use crate::model::locale::Direction;
use crate::theme::squeeze::is_plain;

/// Text as it may stand in HTML, also inside a quoted attribute.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push(&mut html, text);
    html
}

/// Text as the value of an attribute, behind its `=`: between quotes where it needs them.
#[must_use]
pub fn attribute(text: &str) -> String {
    let html = escape(text);
    if html.is_empty() || !html.chars().all(is_plain) { format!("\"{html}\"") } else { html }
}

/// Whether a text has any of these bytes; most have none, and are looked at many bytes in a step.
#[expect(clippy::needless_bitwise_bool, reason = "without branches the comparisons are made side by side")]
fn has<const N: usize>(text: &str, bytes: [u8; N]) -> bool {
    text.bytes().fold(false, |found, byte| bytes.iter().fold(found, |found, one| found | (byte == *one)))
}

/// Whether a text has a digit or, before the digits in the table of bytes, a slash.
fn has_digits(text: &str) -> bool {
    text.bytes().fold(false, |found, byte| found | (byte.wrapping_sub(b'/') <= 10))
}

/// Appends escaped text.
pub fn push(html: &mut String, text: &str) {
    if !has(text, *b"&<>\"") {
        html.push_str(text);
        return;
    }
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        html.push_str(&text[from..at]);
        html.push_str(escaped);
        from = at + 1;
    }
    html.push_str(&text[from..]);
}

/// A number or code to read or dial, always left to right.
#[must_use]
pub fn code(text: &str) -> String {
    format!("<bdi class=num dir=ltr>{}</bdi>", escape(text))
}

/// A figure inside a sentence: isolated where the sentence runs right to left.
#[must_use]
pub fn figure(text: &str, direction: Direction) -> String {
    match direction {
        Direction::Ltr => escape(text),
        Direction::Rtl => format!("<bdi dir=ltr>{}</bdi>", escape(text)),
    }
}

/// Prose: in right-to-left text every number, code and address is isolated.
pub fn push_prose(html: &mut String, text: &str, direction: Direction) {
    if direction == Direction::Ltr || !has_digits(text) {
        push(html, text);
        return;
    }
    let inside = |c: char| c.is_ascii_alphanumeric() || c.is_ascii() && "+*#.,:/@_%&=?-".contains(c);
    let mut rest = text;
    while let Some(start) = rest.find(inside) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c| !inside(c)).unwrap_or(from.len());
        let word = from[..end].trim_end_matches(['.', ',', ':', '?', '-']);
        push(html, before);
        if word.bytes().any(|byte| byte.is_ascii_digit()) || word.contains("://") {
            html.push_str(&figure(word, direction));
        } else {
            push(html, word);
        }
        push(html, &from[word.len()..end]);
        rest = &from[end..];
    }
    push(html, rest);
}

#[cfg(test)]
mod tests {
    use super::push_prose;
    use crate::model::locale::Direction;

    #[test]
    fn numbers_are_isolated_in_right_to_left_text() {
        let prose = |text| {
            let mut html = String::new();
            push_prose(&mut html, text, Direction::Rtl);
            html
        };
        assert_eq!(prose("کوڈ *100# ملائیں۔"), "کوڈ <bdi dir=ltr>*100#</bdi> ملائیں۔");
        assert_eq!(prose("نمبر +92-300 ہے"), "نمبر <bdi dir=ltr>+92-300</bdi> ہے");
        assert_eq!(prose("Jazz & PTA"), "Jazz &amp; PTA");
        assert_eq!(prose("2026."), "<bdi dir=ltr>2026</bdi>.");
    }
}
