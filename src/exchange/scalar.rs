//! Words in YAML: read and replaced in the form they are written in.

use std::ops::Range;

/// A text of a YAML file.
pub struct Scalar {
    /// Where its words stand with the quotes around them.
    pub range: Range<usize>,
    /// What it says.
    pub value: String,
}

/// The text that stands at a range, with or without its quotes; nothing for one over several lines.
pub fn read(text: &str, range: &Range<usize>) -> Option<Scalar> {
    let written = text.get(range.clone())?;
    let quotes = |c: &char| matches!(c, '"' | '\'');
    let own = written.chars().next().filter(quotes).filter(|_| written.len() > 1);
    let around = text[..range.start].chars().next_back().filter(quotes);
    let around = around.filter(|quote| own.is_none() && text[range.end..].starts_with(*quote));
    let range = if around.is_some() { range.start - 1..range.end + 1 } else { range.clone() };
    let written = text[range.clone()].trim_end();
    let range = range.start..range.start + written.len();
    if written.contains('\n') || written.is_empty() {
        return None;
    }
    let value = serde_yaml::from_str::<serde_yaml::Value>(written).ok()?;
    Some(Scalar { range, value: value.as_str()?.to_owned() })
}

/// Words in the form of those that they take the place of.
pub fn write(written: &str, words: &str) -> String {
    if !written.starts_with(['"', '\'']) && is_plain(words) {
        return words.to_owned();
    }
    if written.starts_with('\'') {
        return format!("'{}'", words.replace('\'', "''"));
    }
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether words mean themselves without quotes, in lines and in brackets.
fn is_plain(words: &str) -> bool {
    let starts = words.starts_with(|c: char| c.is_alphabetic());
    let signs = words.contains([':', '#', ',', '[', ']', '{', '}', '"', '\'', '\n']) || words.trim() != words;
    starts
        && !signs
        && serde_yaml::from_str::<serde_yaml::Value>(words).is_ok_and(|value| value.as_str() == Some(words))
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn words_keep_their_form() {
        for (text, range, value, new) in [
            ("a: b c\n", 3..6, "b c", "d e"),
            ("a: \"b: \\\"c\"\n", 3..11, "b: \"c", "\"d e\""),
            ("a: 'it''s'\n", 4..9, "it's", "'d e'"),
        ] {
            let scalar = read(text, &range).unwrap();
            assert_eq!(scalar.value, value);
            assert_eq!(write(&text[scalar.range], "d e"), new);
        }
        assert_eq!(
            (write("a", "b: c"), write("a", "yes"), write("a", "no #")),
            ("\"b: c\"".into(), "yes".into(), "\"no #\"".into())
        );
    }
}
