//! Keys that a YAML file does not have yet, put behind the last entry of the mapping that they belong to; every other byte stays.

use std::ops::Range;

use super::scalar;
use crate::change::edits::{end_of, entries, is_flow};
use crate::diag::Diagnostics;
use crate::parse::text::SourceText;
use crate::parse::yaml::{self, Spans};
use crate::source::tree::FileId;

/// What is written where for a key of a mapping; nothing for a mapping without entries.
pub fn entry(text: &str, map: &Spans, key: &str, value: &str) -> Option<(usize, String)> {
    if is_flow(text, map) {
        return beside(text, map, key, value);
    }
    let indent = indent(text, map)?;
    Some(line_behind(text, end_of(text, map), &format!("{indent}{key}: {value}")))
}

/// An entry of a mapping in brackets.
fn beside(text: &str, map: &Spans, key: &str, value: &str) -> Option<(usize, String)> {
    let (.., last) = entries(map).last()?;
    Some((end_of(text, last), format!(", {key}: {value}")))
}

/// What stands before each key of a mapping over several lines.
fn indent(text: &str, map: &Spans) -> Option<String> {
    let (_, first, _) = entries(map).first()?;
    let line = text[..first.start].rfind('\n').map_or(0, |newline| newline + 1);
    Some(text[line..first.start].chars().map(|c| if c == '\t' { c } else { ' ' }).collect())
}

/// Lines below the one that a place stands in.
fn line_behind(text: &str, at: usize, lines: &str) -> (usize, String) {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines = lines.replace('\n', newline);
    // Words over several lines end with their line.
    if at == 0 || text[..at].ends_with('\n') {
        return (at, format!("{lines}{newline}"));
    }
    match text[at..].find('\n') {
        Some(end) => (at + end + 1, format!("{lines}{newline}")),
        None => (text.len(), format!("{newline}{lines}{newline}")),
    }
}

/// A file with words at the end of a way of keys; nothing where something else stands in the way.
pub fn words(text: &str, way: &[&str], words: &str) -> Option<String> {
    let root = read(text)?;
    let (mut map, mut left) = (&root, way);
    while let Some((.., value)) = entries(map).iter().find(|(key, ..)| Some(&key.as_str()) == left.first()) {
        // A key that is there without words under it can be given none in place.
        if left.len() < 2 || entries(value).is_empty() {
            return None;
        }
        (map, left) = (value, &left[1..]);
    }
    let (key, below) = left.split_first()?;
    let value = scalar::write("", words);
    let (at, new) = if entries(map).is_empty() {
        let is_bare = matches!(map, Spans::Scalar(range) if range.is_empty());
        is_bare.then(|| line_behind(text, text.len(), &nested(key, below, &value, "")))?
    } else if is_flow(text, map) {
        let opened: Vec<String> = below.iter().map(|key| format!("{{{key}: ")).collect();
        beside(text, map, key, &format!("{}{value}{}", opened.concat(), "}".repeat(below.len())))?
    } else {
        line_behind(text, end_of(text, map), &nested(key, below, &value, &indent(text, map)?))
    };
    Some([&text[..at], &new, &text[at..]].concat())
}

/// A key with those below it, a line each.
fn nested(key: &str, below: &[&str], value: &str, indent: &str) -> String {
    match below.split_first() {
        None => format!("{indent}{key}: {value}"),
        Some((next, below)) => format!("{indent}{key}:\n{}", nested(next, below, value, &format!("{indent}  "))),
    }
}

/// The places of a YAML file; of one that says nothing yet, none.
pub fn read(text: &str) -> Option<Spans> {
    let mut sink = Diagnostics::default();
    let read = yaml::read(SourceText { file: FileId::SITE, text, offset: 0 }, &mut sink)?;
    sink.is_empty().then_some(read.spans)
}

/// The mapping that has a value at this place.
pub fn holder<'a>(spans: &'a Spans, value: &Range<usize>) -> Option<&'a Spans> {
    match spans {
        Spans::Scalar(_) => None,
        Spans::List(_, values) => values.iter().find_map(|inner| holder(inner, value)),
        Spans::Map(_, entries) if entries.iter().any(|(.., inner)| inner.range() == *value) => Some(spans),
        Spans::Map(_, entries) => entries.iter().find_map(|(.., inner)| holder(inner, value)),
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn keys_go_behind_the_last_of_their_mapping() {
        for (text, way, expected) in [
            ("", &["a", "b"][..], "a:\n  b: c\n"),
            ("# d\n", &["a"], "# d\na: c\n"),
            ("a:\n  d: e # f\ng: h\n", &["a", "b"], "a:\n  d: e # f\n  b: c\ng: h\n"),
            ("a:\n  d:\n    e: f\n", &["a", "b", "g"], "a:\n  d:\n    e: f\n  b:\n    g: c\n"),
            ("a: {d: e}\n", &["a", "b"], "a: {d: e, b: c}\n"),
            ("a: {d: e}\n", &["a", "b", "g"], "a: {d: e, b: {g: c}}\n"),
            ("a: d", &["b"], "a: d\nb: c\n"),
            ("a:\r\n  d: e\r\n", &["a", "b"], "a:\r\n  d: e\r\n  b: c\r\n"),
            ("a:\n    d: |\n      e\n      f\n", &["a", "b"], "a:\n    d: |\n      e\n      f\n    b: c\n"),
        ] {
            assert_eq!(words(text, way, "c").as_deref(), Some(expected), "{text:?}");
        }
        for (text, way) in [("a: d\n", &["a", "b"][..]), ("a: d\n", &["a"]), ("a:\n", &["a", "b"]), ("- a\n", &["b"])] {
            assert_eq!(words(text, way, "c"), None, "{text:?}");
        }
    }
}
