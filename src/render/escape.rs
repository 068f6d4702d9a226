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

/// The words of HTML that this program wrote, without its elements.
#[must_use]
pub fn text_of(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        rest = rest[open..].find('>').map_or("", |close| &rest[open + close + 1..]);
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
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

/// Prose: in right-to-left text every run of Latin letters, digits and the spaces and signs between them is isolated where it has
/// digits or an address in it, so that it reads as it was written: "Android 12", "+92 300 1234567". Latin words alone need no help.
pub fn push_prose(html: &mut String, text: &str, direction: Direction) {
    if direction == Direction::Ltr || !has_digits(text) {
        push(html, text);
        return;
    }
    let mut rest = text;
    while let Some(start) = rest.find(is_inside) {
        // `(021) 111 222 333` begins with its bracket.
        let area = if rest[..start].ends_with('(') { length_of_area_code(&rest[start..]) } else { None };
        let (before, from) = rest.split_at(start - usize::from(area.is_some()));
        push(html, before);
        let area = area.map_or(0, |length| 1 + length);
        let (run, behind) = from.split_at(area + length_of_run(&from[area..]));
        if run.bytes().any(|byte| byte.is_ascii_digit()) || run.contains("://") {
            html.push_str(&figure(run, direction));
        } else {
            push(html, run);
        }
        rest = behind;
    }
    push(html, rest);
}

/// How long the digits up to a closing bracket are, and the gap behind it, where more digits follow.
fn length_of_area_code(text: &str) -> Option<usize> {
    let (digits, rest) = text.split_once(')')?;
    let number = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '-']);
    let is_code = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'+');
    (is_code && number.starts_with(|c: char| c.is_ascii_digit())).then(|| text.len() - number.len())
}

/// Whether words of codes, numbers and addresses have it.
fn is_inside(c: char) -> bool {
    c.is_ascii_alphanumeric() || "+*#.,:/@_%&=?-".contains(c) || ('\u{c0}'..'\u{250}').contains(&c)
}

/// How much of a text that begins with a word of letters, digits and signs reads as one piece: up to the last word that has a
/// letter or digit, without the marks of the sentence behind it. At least one character.
fn length_of_run(text: &str) -> usize {
    let (mut end, mut at) = (0, 0);
    loop {
        let word_end = text[at..].find(|c| !is_inside(c)).map_or(text.len(), |length| at + length);
        let word = text[at..word_end].trim_end_matches(['.', ',', ':', '?', '-']);
        if word.chars().any(char::is_alphanumeric) {
            end = at + word.len();
            // A mark of the sentence behind a word ends what is read in one piece.
            if end < word_end {
                break;
            }
        } else if end == 0 || word.is_empty() {
            break;
        }
        let gap = text[word_end..].find(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’'));
        match gap {
            Some(gap) if gap > 0 && text[word_end + gap..].starts_with(is_inside) => at = word_end + gap,
            _ => break,
        }
    }
    if end > 0 { end } else { text.find(|c| !is_inside(c)).unwrap_or(text.len()) }
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

    #[test]
    fn latin_words_and_numbers_beside_them_are_one_piece() {
        let prose = |text| {
            let mut html = String::new();
            push_prose(&mut html, text, Direction::Rtl);
            html
        };
        assert_eq!(prose("فون Android 12 ہے"), "فون <bdi dir=ltr>Android 12</bdi> ہے");
        assert_eq!(prose("نمبر +92 300 1234567۔"), "نمبر <bdi dir=ltr>+92 300 1234567</bdi>۔");
        assert_eq!(prose("نمبر (021) 111 222 333 ہے"), "نمبر <bdi dir=ltr>(021) 111 222 333</bdi> ہے");
        assert_eq!(prose("(+92)-300 5"), "<bdi dir=ltr>(+92)-300 5</bdi>");
        assert_eq!(prose("(5) ہے"), "(<bdi dir=ltr>5</bdi>) ہے");
        assert_eq!(prose("(5 دن) 6"), "(<bdi dir=ltr>5</bdi> دن) <bdi dir=ltr>6</bdi>");
        assert_eq!(prose("4G/5G Wi-Fi 6"), "<bdi dir=ltr>4G/5G Wi-Fi 6</bdi>");
        assert_eq!(prose("Jazz & Co 7 - ہے"), "<bdi dir=ltr>Jazz &amp; Co 7</bdi> - ہے");
        assert_eq!(prose("Jazz، 111"), "Jazz، <bdi dir=ltr>111</bdi>");
        assert_eq!(prose("12, 13"), "<bdi dir=ltr>12</bdi>, <bdi dir=ltr>13</bdi>");
        assert_eq!(prose("- 5 - "), "- <bdi dir=ltr>5</bdi> - ");
        assert_eq!(prose("Zürich 8 / -"), "<bdi dir=ltr>Zürich 8</bdi> / -");
    }
}
