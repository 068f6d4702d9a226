//! What a style sheet names: every `url(…)`, every string of an `image-set(…)`, and `@import`, in whatever case, outside of
//! comments and other strings.

use std::ops::Range;

/// Something a style sheet names.
#[derive(Debug, PartialEq, Eq)]
pub enum Link<'a> {
    /// `url(…)`, or a string of a set: the bytes between the parentheses or those of the string, and the address without
    /// quotes.
    Url(Range<usize>, &'a str),
    /// `@import`: its bytes up to the semicolon.
    Import(Range<usize>),
}

/// Everything a style sheet names, in order.
#[must_use]
pub fn links(css: &str) -> Vec<Link<'_>> {
    let mut scan = Scan { css, found: Vec::new(), depth: 0, set: None };
    let mut at = 0;
    while at < css.len() {
        at = scan.step(at);
    }
    scan.found
}

struct Scan<'a> {
    css: &'a str,
    found: Vec<Link<'a>>,
    /// How many parentheses are open.
    depth: usize,
    /// How many were, with that of the `image-set(…)` at hand.
    set: Option<usize>,
}

impl Scan<'_> {
    /// Reads what begins here; gives where to go on.
    fn step(&mut self, at: usize) -> usize {
        let (css, bytes) = (self.css, self.css.as_bytes());
        match bytes[at] {
            b'/' if bytes[at..].starts_with(b"/*") => return behind(css, at + 2, "*/"),
            b'"' | b'\'' => {
                let end = end_of_string(bytes, at);
                // The strings of a set are addresses; those deeper inside of it are types.
                if self.set == Some(self.depth) {
                    self.found.push(Link::Url(at..end, css[at..end].trim_matches(['"', '\''])));
                }
                return end;
            }
            b'\\' => return at + 2,
            b'@' if begins(bytes, at, b"@import") => {
                let end = statement_end(bytes, at);
                self.found.push(Link::Import(at..end));
                return end;
            }
            b'u' | b'U' if begins(bytes, at, b"url(") && !(at > 0 && is_name(bytes[at - 1])) => {
                let (link, end) = url(css, at + 4);
                self.found.push(link);
                self.depth += 1;
                return end;
            }
            b'(' => {
                self.depth += 1;
                if at.checked_sub(SET.len()).is_some_and(|start| begins(bytes, start, SET)) {
                    self.set = Some(self.depth);
                }
            }
            b')' => {
                self.set = self.set.filter(|set| *set != self.depth);
                self.depth = self.depth.saturating_sub(1);
            }
            _ => {}
        }
        at + 1
    }
}

/// What stands before the parenthesis of a choice of images, also behind `-webkit-`.
const SET: &[u8] = b"image-set";

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
            (
                "a{b:image-set(\"x.png\" 1x, url(y.png) 2x, 'z.avif' type(\"image/avif\"));content:\"no.png\"}",
                vec!["x.png", "y.png", "z.avif"],
            ),
            ("a{b:-webkit-IMAGE-SET(\"x.png\" 1x) \"no.png\"}", vec!["x.png"]),
            ("a{b:image-set(\"x.png", vec!["x.png"]),
            ("a))image-set)\"no.png\"", vec![]),
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
