//! YAML with positions: an event pass finds places, duplicate keys and what guides never need; then `serde_yaml` types
//! the values. Never the second without the first.

mod folds;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle};
use serde_yaml::Value;

use super::hidden::{found, is_hidden, is_needed, stops_yaml};
use super::text::SourceText;
use super::yaml_error;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// How deep mappings and lists may nest.
const MAX_DEPTH: usize = 32;

/// So many keys of one mapping do not come to stand there twice by one slip of a hand.
const MANY_REPEATED: usize = 20;

/// A parsed file: typed values, and where each stands.
#[derive(Debug)]
pub struct Yaml {
    /// The values.
    pub value: Value,
    /// Where they stand; the same shape.
    pub spans: Spans,
}

/// Byte ranges of a value and of what is inside it.
#[derive(Debug)]
pub enum Spans {
    /// One value.
    Scalar(Range<usize>),
    /// A list.
    List(Range<usize>, Vec<Spans>),
    /// A mapping: each key's text and range, and its value.
    Map(Range<usize>, Vec<(String, Range<usize>, Spans)>),
}

impl Spans {
    /// The bytes of the whole value.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        match self {
            Self::Scalar(range) | Self::List(range, _) | Self::Map(range, _) => range.clone(),
        }
    }
}

/// Reads a file's text. Everything wrong with its form is reported; then there is no value.
pub fn read(source: SourceText<'_>, sink: &mut Diagnostics) -> Option<Yaml> {
    let spans = Events { source, parser: Parser::new_from_str(source.text), sink, clean: true }.document()?;
    match serde_yaml::from_str(source.text) {
        Ok(mut value) => {
            folds::join(&mut value, &spans, source.text);
            Some(Yaml { value, spans })
        }
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index().min(source.text.len()));
            sink.push(yaml_error::wording(source, at, None));
            None
        }
    }
}

struct Events<'a, 'b> {
    source: SourceText<'a>,
    parser: Parser<'a, granit_parser::StrInput<'a>>,
    sink: &'b mut Diagnostics,
    clean: bool,
}

impl<'a> Events<'a, '_> {
    fn document(mut self) -> Option<Spans> {
        let mut root = None;
        loop {
            let (event, range) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::StreamStart | Event::DocumentEnd => {}
                Event::DocumentStart(..) if root.is_none() => {}
                Event::DocumentStart(..) => {
                    self.refuse(
                        Code::YamlSyntax,
                        range,
                        "a second document begins here",
                        "keep one document a file: remove the `---`",
                    );
                    return None;
                }
                event => root = Some(self.node(event, range, 0)?),
            }
        }
        let root = root.unwrap_or(Spans::Scalar(0..0));
        self.clean.then_some(root)
    }

    fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        match self.parser.next_event()? {
            Ok((event, span)) => Some((event, span.byte_range().unwrap_or_default())),
            // What stops it is told with the file.
            Err(_) if self.source.text.contains(stops_yaml) => None,
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0).min(self.source.text.len());
                self.sink.push(yaml_error::wording(self.source, at, Some(error.kind())));
                None
            }
        }
    }

    fn refuse(&mut self, code: Code, range: Range<usize>, headline: &str, help: &str) {
        self.clean = false;
        self.sink.push(Diagnostic::new(code, self.source.place(range), headline).help(help));
    }

    fn node(&mut self, event: Event<'a>, range: Range<usize>, depth: usize) -> Option<Spans> {
        if depth > MAX_DEPTH {
            self.refuse(
                Code::NestedTooDeep,
                range,
                "this is nested more than 32 levels deep",
                "no file of a site needs that; look for a stray bracket or indentation",
            );
            return None;
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.escapes(&text, &range);
                if !range.is_empty() && !matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
                    self.comment_behind(&text, style == ScalarStyle::Plain, &range);
                }
                self.plain(anchor, tag.is_some(), &range);
                Some(Spans::Scalar(range))
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.plain(anchor, tag.is_some(), &range);
                self.list(range.start, depth)
            }
            Event::MappingStart(_, anchor, tag) => {
                self.plain(anchor, tag.is_some(), &range);
                self.map(range.start, depth)
            }
            _ => {
                self.refuse(
                    Code::YamlAnchor,
                    range.clone(),
                    "a text that begins with `*` stands here without quotes",
                    "put it between quotes; if it is to repeat a value, write the value out",
                );
                Some(Spans::Scalar(range))
            }
        }
    }

    fn plain(&mut self, anchor: usize, tagged: bool, range: &Range<usize>) {
        if anchor != 0 {
            // The event gives the place of the value; its anchor stands before it.
            let start = self.source.text[..range.start].rfind('&').unwrap_or(range.start);
            let name = self.source.text[start..].split_whitespace().next().unwrap_or_default();
            self.refuse(
                Code::YamlAnchor,
                start..start + name.len(),
                &format!("`{name}` stands here without quotes, which gives the value a name"),
                "put text that begins with `&` between quotes; names of values are not used: write the value out where it is needed",
            );
        }
        if tagged {
            // The event gives the place of the value, which may begin on a later line than its sign.
            let start = self.source.text[..range.start].rfind('!').unwrap_or(range.start);
            self.refuse(
                Code::YamlSyntax,
                start..range.end.max(start),
                "a text that begins with `!` stands here without quotes",
                "put it between quotes",
            );
        }
    }

    /// Reports marks that an escape such as `"\u200F"` stands for; those in the file itself are found in the file.
    fn escapes(&mut self, text: &str, range: &Range<usize>) {
        let written = self.source.text.get(range.clone()).unwrap_or_default();
        let is_found = |(at, c): &(usize, char)| (is_hidden(*c) && !is_needed(text, *at, *c)) || *c == '\0';
        let hidden: BTreeSet<char> = text.char_indices().filter(is_found).map(|(_, c)| c).collect();
        for c in hidden.into_iter().filter(|c| !written.contains(*c)) {
            self.sink.push(found(c, self.source.place(range.clone())));
        }
    }

    /// Reports words behind a value that YAML takes for a comment: they would be lost. `# note` behind a word or a quoted text is a comment;
    /// `#2` never is one, and behind a sentence without quotes neither is.
    fn comment_behind(&mut self, text: &str, is_plain: bool, range: &Range<usize>) {
        let rest = self.source.text.get(range.end..).unwrap_or_default();
        let rest = &rest[..memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len())];
        let comment = rest.trim_start();
        if !comment.starts_with('#') || comment.len() == rest.len() {
            return;
        }
        let is_words = text.split(' ').any(|word| word.starts_with(char::is_alphabetic)) && text.contains(' ');
        let is_sentence = is_plain && (is_words || !text.is_ascii());
        let is_note = comment.trim_end() == "#" || comment[1..].starts_with([' ', '#']);
        if is_sentence || !is_note {
            let at = range.end + rest.len() - comment.len();
            let place = self.source.place(at..at + comment.trim_end().len());
            let headline = "what follows ` #` is not part of this text: YAML takes it for a comment";
            let help = "put the whole text between quotes; if this is a comment, give it a line of its own";
            self.sink.push(Diagnostic::new(Code::YamlSyntax, place, headline).help(help));
            // That nothing else stands there would only follow.
            self.clean &= !text.is_empty();
        }
    }

    fn list(&mut self, start: usize, depth: usize) -> Option<Spans> {
        let mut values = Vec::new();
        loop {
            let (event, range) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                if self.source.text.get(range.clone()) == Some("]") {
                    self.comment_behind("]", false, &range);
                }
                let end =
                    values.last().map_or(range.end, |last: &Spans| last.range().end.max(range.end.min(range.start)));
                return Some(Spans::List(start..end.max(start), values));
            }
            values.push(self.node(event, range, depth + 1)?);
        }
    }

    fn map(&mut self, start: usize, depth: usize) -> Option<Spans> {
        let mut entries: Vec<(String, Range<usize>, Spans)> = Vec::new();
        let mut keys: BTreeMap<String, usize> = BTreeMap::new();
        let mut repeated = Vec::new();
        loop {
            let (event, key) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                if self.source.text.get(key.clone()) == Some("}") {
                    self.comment_behind("}", false, &key);
                }
                self.repeated(start, entries.len(), &repeated);
                let end = entries.last().map_or(key.end, |(.., last)| last.range().end);
                return Some(Spans::Map(start..end.max(start), entries));
            }
            let Event::Scalar(text, ..) = event else {
                self.sink.push(yaml_error::key(self.source, key.start));
                return None;
            };
            self.escapes(&text, &key);
            let (event, range) = self.next()?;
            if matches!(event, Event::Scalar(..)) && range.is_empty() {
                // Nothing stands there, but perhaps what was meant to.
                self.comment_behind("", false, &(key.end..key.end + 1));
            }
            let value = self.node(event, range, depth + 1)?;
            if let Some((_, first, said)) = keys.get(&*text).and_then(|at| entries.get(*at)) {
                let written = |value: &Spans| self.source.text.get(value.range());
                repeated.push(Repeated {
                    at: entries.len(),
                    name: text.to_string(),
                    key: key.clone(),
                    first: first.clone(),
                    is_same: written(said) == written(&value),
                });
            }
            keys.entry(text.to_string()).or_insert(entries.len());
            entries.push((text.into_owned(), key, value));
        }
    }

    /// Reports keys that stand a second time. Where all from one on do, another entry begins there, and how it begins is lost.
    fn repeated(&mut self, start: usize, count: usize, keys: &[Repeated]) {
        self.clean &= keys.is_empty();
        if self.are_out_of_order(keys) || self.became_one(start, keys) {
            return;
        }
        let text = self.source.text;
        let is_run = keys.len() > 1
            && keys.first().is_some_and(|first| first.at + keys.len() == count)
            && !text[start..].starts_with('{');
        let line = &text[text[..start].rfind('\n').map_or(0, |newline| newline + 1)..start];
        let is_entry = line.trim_start().starts_with('-') && line.trim_matches([' ', '-']).is_empty();
        for Repeated { name, key, first, is_same, .. } in if is_run { &keys[..1] } else { keys } {
            let all = format!("the key `{name}` stands here a second time, and so do all below it");
            let (headline, help) = if is_run && keys.iter().all(|key| key.is_same) {
                (all, "they say the same as above, word for word: take these lines out")
            } else if !is_run && *is_same {
                (
                    format!("the key `{name}` stands here a second time"),
                    "both say the same: take one of the two out, with what stands below it",
                )
            } else if !is_run {
                (
                    format!("the key `{name}` stands here a second time"),
                    "keep one of the two; where the second begins another entry of a list, write `- ` before it",
                )
            } else if !is_entry {
                (
                    all,
                    "if these belong to something else, its line is lost: write it above them, with a colon behind it",
                )
            } else if first.start == start {
                (
                    format!("another entry begins with this `{name}`, and its dash is missing"),
                    "write `- ` in place of the last two spaces before it, so that its dash stands below the one above",
                )
            } else {
                (
                    all,
                    "if another entry of the list begins here, its first line is lost: write it above this one, with `- ` before it",
                )
            };
            let found = Diagnostic::new(Code::DuplicateKey, self.source.place(key.clone()), headline);
            self.sink.push(found.related(self.source.place(first.clone()), "it first stands here").help(help));
        }
    }
}

impl Events<'_, '_> {
    /// Reports a mapping in which so much stands twice that the lines of the file must have been sorted, or taken out of theirs otherwise.
    fn are_out_of_order(&mut self, keys: &[Repeated]) -> bool {
        let Some(first) = keys.first().filter(|_| keys.len() > MANY_REPEATED) else { return false };
        let headline =
            format!("the key `{}` stands here a second time, and so do {} others", first.name, keys.len() - 1);
        let found = Diagnostic::new(Code::DuplicateKey, self.source.place(first.key.clone()), headline)
            .related(self.source.place(first.first.clone()), "it first stands here")
            .help("the lines of this file do not stand where they stood: bring it back from an earlier version of the site");
        self.sink.push(found);
        true
    }

    /// Reports a mapping in which all that stands twice first stands in its upper part: the line between two entries is lost.
    fn became_one(&mut self, start: usize, keys: &[Repeated]) -> bool {
        let [first, _, ..] = keys else { return false };
        let above = keys.iter().map(|key| key.first.end).max().unwrap_or_default();
        // Lines that stand together as they do above were pasted.
        let are_pasted = keys.is_sorted_by(|one, next| next.at == one.at + 1 && one.first.start < next.first.start);
        if above >= first.key.start || are_pasted || self.source.text[start..].starts_with('{') {
            return false;
        }
        let names: Vec<String> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
        let headline = format!("these keys stand here a second time: {}", names.join(", "));
        let found = Diagnostic::new(Code::DuplicateKey, self.source.place(first.key.clone()), headline)
            .related(self.source.place(first.first.clone()), "the first stands here")
            .help("two entries have become one: the line with the name of the second is lost, above this line or a little farther up; write it there again, with a colon behind it");
        self.sink.push(found);
        true
    }
}

/// A key that stands a second time: which entry of its mapping it is, and where the first stands.
struct Repeated {
    at: usize,
    name: String,
    key: Range<usize>,
    first: Range<usize>,
    /// Whether both have the same value.
    is_same: bool,
}

#[cfg(test)]
mod tests {
    use super::{Diagnostics, SourceText, read};
    use crate::source::tree::FileId;

    #[test]
    fn a_sign_is_found_where_it_stands_though_its_value_begins_on_a_later_line() {
        let bracket = "a: {b: [1, f}\"x\",b: [1, \"y\", \\, 'i \\, 'it''s'], c\n ";
        let blanks = ["-\n\u{2028}#", "- a\n- b\n\u{2028}\u{2028}#\n- c\n", "- \n -8i: f\n\u{2028}\u{2028}#\n - \n"];
        for text in
            ["\n\n\n!\n\r\n\n&&@:\"", "a: !\n\n", "!", "a: !b c", "?\n- ", "? - é", bracket].into_iter().chain(blanks)
        {
            let mut sink = Diagnostics::default();
            read(SourceText { file: FileId::SITE, text, offset: 0 }, &mut sink);
            let places: Vec<_> = sink.iter().map(|found| found.primary.place.range()).collect();
            assert!(!places.is_empty(), "{text:?}");
            for place in places {
                assert!(text.get(place.clone()).is_some(), "{place:?} of {text:?}");
            }
        }
    }
}
