//! What a style sheet names: every `url(…)` and `@import`, in whatever case, outside of comments and strings.

use std::ops::Range;

/// Something a style sheet names.
#[derive(Debug, PartialEq, Eq)]
pub enum Link<'a> {
    /// `url(…)`: the bytes between the parentheses, and the address without quotes.
    Url(Range<usize>, &'a str),
    /// `@import`: its bytes up to the semicolon.
    Import(Range<usize>),
}

/// Everything a style sheet names, in order.
#[must_use]
pub fn links(css: &str) -> Vec<Link<'_>> {
    let bytes = css.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        at = match bytes[at] {
            b'/' if bytes[at..].starts_with(b"/*") => behind(css, at + 2, "*/"),
            b'"' | b'\'' => end_of_string(bytes, at),
            b'\\' => at + 2,
            b'@' if begins(bytes, at, b"@import") => {
                let end = statement_end(bytes, at);
                found.push(Link::Import(at..end));
                end
            }
            b'u' | b'U' if begins(bytes, at, b"url(") && !(at > 0 && is_name(bytes[at - 1])) => {
                let (link, end) = url(css, at + 4);
                found.push(link);
                end
            }
            _ => at + 1,
        };
    }
    found
}

/// What stands between the parentheses that open before `open`, and where to go on.
fn url(css: &str, open: usize) -> (Link<'_>, usize) {
    let bytes = css.as_bytes();
    let start = open + bytes[open..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let quoted = matches!(bytes.get(start), Some(b'"' | b'\''));
    let words = if quoted { end_of_string(bytes, start) } else { start };
    let close = css[words..].find(')').map_or(css.len(), |close| words + close);
    let written = css[start..close].trim();
    let written = if quoted { written.trim_matches(['"', '\'']) } else { written };
    (Link::Url(open..close, written), close)
}

fn behind(css: &str, from: usize, end: &str) -> usize {
    css[from..].find(end).map_or(css.len(), |at| from + at + end.len())
}

/// Behind the string that begins here. A line end closes it, as it does for browsers.
fn end_of_string(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'\n' => return at,
            byte if byte == bytes[open] => return at + 1,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

fn statement_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while at < bytes.len() && bytes[at] != b';' {
        at = if matches!(bytes[at], b'"' | b'\'') { end_of_string(bytes, at) } else { at + 1 };
    }
    at.min(bytes.len())
}

fn begins(bytes: &[u8], at: usize, word: &[u8]) -> bool {
    bytes.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::{Link, links};

    fn shown(css: &str) -> Vec<&str> {
        let shown = |link| match link {
            Link::Url(_, written) => written,
            Link::Import(range) => &css[range],
        };
        links(css).into_iter().map(shown).collect()
    }

    #[test]
    fn links_in_every_dress() {
        for (css, expected) in [
            ("a{b:url(x.png)}", vec!["x.png"]),
            ("a{b:URL( 'x y.png' ) url(\"a)b.png\")}", vec!["x y.png", "a)b.png"]),
            ("/* url(no.png) */ a{content:\"url(no.png)\"}", vec![]),
            ("a{b:my-url(no.png);c:url()}", vec![""]),
            ("@IMPORT url(b.css) print; a{b:url(c.png)}", vec!["@IMPORT url(b.css) print", "c.png"]),
            ("@import \"a;b.css\"", vec!["@import \"a;b.css\""]),
            ("a{b:url(x.png", vec!["x.png"]),
            ("a{b:url(\"x.png", vec!["x.png"]),
            ("a{b:url(", vec![""]),
            ("/* open", vec![]),
            ("\\", vec![]),
            ("\u{6A9}\u{6A9}url(no)", vec![]),
        ] {
            assert_eq!(shown(css), expected, "{css}");
        }
    }
}
