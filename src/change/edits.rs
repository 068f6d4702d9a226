//! Collects the changes of a command by place, over however many files, and makes the new texts of them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Changes;
use crate::diag::{Diagnostics, Span};
use crate::parse::text::SourceText;
use crate::parse::yaml::{self, Spans};
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};

/// What takes the place of pieces of files; the same edit said twice is one.
pub struct Edits<'a> {
    pub tree: &'a SourceTree,
    files: BTreeMap<FileId, BTreeMap<(usize, usize), String>>,
}

impl<'a> Edits<'a> {
    pub fn of(tree: &'a SourceTree) -> Self {
        Self { tree, files: BTreeMap::new() }
    }

    /// Puts words in the place of what stands there.
    pub fn replace(&mut self, place: Span, new: impl Into<String>) {
        let Range { start, end } = place.range();
        self.files.entry(place.file).or_default().insert((start, end), new.into());
    }

    /// What stands at a place.
    pub fn written(&self, place: Span) -> String {
        let bytes = self.tree.get(self.tree.path(place.file)).unwrap_or_default();
        bytes.get(place.range()).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
    }

    /// The files with their edits.
    pub fn changes(self) -> Changes {
        let mut changes = Changes::default();
        for (file, edits) in self.files {
            let path = self.tree.path(file).clone();
            let mut bytes = self.tree.get(&path).unwrap_or_default().to_vec();
            for ((start, end), new) in edits.into_iter().rev() {
                if start <= end && end <= bytes.len() {
                    bytes.splice(start..end, new.into_bytes());
                }
            }
            changes.write(path, bytes);
        }
        changes
    }
}

/// A YAML file of the site with the places of everything in it.
pub struct YamlFile {
    pub file: FileId,
    pub text: String,
    pub spans: Spans,
    /// Bytes before the text.
    pub offset: usize,
}

impl YamlFile {
    /// The file of a name; nothing when it is not there or cannot be read.
    pub fn read(tree: &SourceTree, name: &str) -> Option<Self> {
        let path = SourcePath::new(name).ok().filter(|path| tree.contains(path))?;
        let bytes = tree.get(&path)?;
        let text = std::str::from_utf8(&bytes).ok()?;
        let offset = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let (file, text) = (tree.id(&path), text[offset..].to_owned());
        let mut sink = Diagnostics::default();
        let yaml = yaml::read(SourceText { file, text: &text, offset }, &mut sink)?;
        sink.is_empty().then_some(Self { file, spans: yaml.spans, text, offset })
    }

    /// A range of its text as a place.
    pub fn place(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start + self.offset..range.end + self.offset)
    }

    /// Its line ends.
    pub fn newline(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// Where the line of a place begins, and the white space it begins with.
    pub fn line(&self, at: usize) -> (usize, &str) {
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let rest = &self.text[start..];
        (start, &rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()])
    }

    /// The place behind the line of a place, and whether a line end has to be written first.
    pub fn behind(&self, at: usize) -> (usize, bool) {
        // Words over several lines end with their line.
        if self.text[..at].ends_with('\n') {
            return (at, false);
        }
        match self.text[at..].find('\n') {
            Some(newline) => (at + newline + 1, false),
            None => (self.text.len(), true),
        }
    }
}

/// The entries of a mapping; none of anything else.
pub fn entries(spans: &Spans) -> &[(String, Range<usize>, Spans)] {
    match spans {
        Spans::Map(_, entries) => entries,
        _ => &[],
    }
}

/// The value of a key.
pub fn value<'a>(spans: &'a Spans, key: &str) -> Option<&'a Spans> {
    entries(spans).iter().find(|(name, ..)| name == key).map(|(.., value)| value)
}

/// Where a value ends, its brackets among it: what is known of a list or mapping ends with its last value.
pub fn end_of(text: &str, spans: &Spans) -> usize {
    let range = spans.range();
    let close = match (spans, text[range.start..].chars().next()) {
        (Spans::Map(..), Some('{')) => '}',
        (Spans::List(..), Some('[')) => ']',
        _ => return range.end.max(last(text, spans)),
    };
    let from = last(text, spans).max(range.start);
    text[from..].find(close).map_or(range.end, |at| from + at + 1)
}

fn last(text: &str, spans: &Spans) -> usize {
    match spans {
        Spans::Scalar(range) => range.end,
        Spans::List(range, values) => values.last().map_or(range.start, |value| end_of(text, value)),
        Spans::Map(range, entries) => entries.last().map_or(range.start, |(.., value)| end_of(text, value)),
    }
}

/// Whether a mapping or list is written in brackets, on one line as a rule.
pub fn is_flow(text: &str, spans: &Spans) -> bool {
    text[spans.range().start..].starts_with(['{', '['])
}
