//! Words over several lines as one line, and the other way round.

use crate::script::{is_han, is_han_punctuation};

/// The words of a run on one line. A line that ends on purpose keeps its end, `\` and a newline.
pub fn joined(raw: &str) -> String {
    let mut text = String::new();
    let mut hard = false;
    for (ix, line) in raw.lines().enumerate() {
        let words = if ix == 0 { line } else { line.trim_start_matches([' ', '\t', '>']) };
        if hard {
            text.push_str("\\\n");
        } else if ix > 0 && !(ends_close(&text) && words.starts_with(is_close)) {
            text.push(' ');
        }
        let trimmed = words.trim_end();
        hard = words.ends_with("  ") || trimmed.ends_with('\\') && !trimmed.ends_with("\\\\");
        text.push_str(if hard { trimmed.strip_suffix('\\').unwrap_or(trimmed) } else { trimmed });
    }
    text
}

fn is_close(c: char) -> bool {
    is_han(c) || is_han_punctuation(c)
}

fn ends_close(text: &str) -> bool {
    text.ends_with(is_close)
}

/// What has to stand before each further line of a run that begins in this line.
pub fn prefix(before: &str) -> String {
    before.chars().map(|c| if c == '>' || c == '\t' { c } else { ' ' }).collect()
}

#[cfg(test)]
mod tests {
    use super::{joined, prefix};

    #[test]
    fn lines_are_joined() {
        for (raw, line) in [
            ("a\n  b", "a b"),
            ("先换\n绑", "先换绑"),
            ("a\n> b  \n> c", "a b\\\nc"),
            ("a\\\nb", "a\\\nb"),
            ("a\r\nb", "a b"),
        ] {
            assert_eq!(joined(raw), line, "{raw}");
        }
        assert_eq!(prefix("> - "), ">   ");
    }
}
