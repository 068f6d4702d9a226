//! Typed reading of YAML values, field by field: every problem is reported at its place, and reading goes on.

use std::ops::Range;

use serde_yaml::Value;

use super::meant;
use super::shape::{Key, Presence, Shape};
use super::text::SourceText;
use super::yaml::Spans;
use super::yaml_error::{TYPOGRAPHIC, without_end_quote, without_typographic};
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Diagnostics, Span, Spanned};
use crate::model::id::Id;

/// Reports a text that stands as a whole between marks that were meant for YAML.
fn curly_quotes(text: &str, place: Span) -> Option<Diagnostic> {
    let inside = without_typographic(text)?;
    if inside.is_empty() || inside.contains(['“', '”', '„', '«', '»', '"']) {
        return None;
    }
    let headline = "the quotation marks around this text are part of it, so readers see them";
    Some(
        Diagnostic::new(Code::LiteralMarkup, place, headline)
            .help(format!("take them out, or write straight ones: \"{inside}\""))
            .help("to show them, put straight ones around the whole"),
    )
}

/// What people write around and between the entries of a list.
const BRACKETS: [char; 8] = ['【', '】', '［', '］', '「', '」', '(', ')'];
const COMMAS: [char; 4] = [',', '，', '、', '،'];

/// A value and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    value: &'a Value,
    spans: &'a Spans,
    source: SourceText<'a>,
    /// Where the key stands whose value this is.
    key: Option<(usize, usize)>,
    /// The keys that may stand beside that one, where they are declared.
    beside: &'static [Key],
}

impl<'a> Node<'a> {
    /// The top of a file.
    #[must_use]
    pub fn root(yaml: &'a super::yaml::Yaml, source: SourceText<'a>) -> Self {
        Self { value: &yaml.value, spans: &yaml.spans, source, key: None, beside: &[] }
    }

    /// Where the value stands; a mapping or a list is shown by its key, or by its first line where it has none.
    #[must_use]
    pub fn place(&self) -> Span {
        let range = self.spans.range();
        match (self.spans, self.key) {
            (Spans::Scalar(range), Some((start, end))) if range.is_empty() => self.source.place(start..end),
            (Spans::Scalar(range), _) => self.source.place(range.clone()),
            (_, Some((start, end))) => self.source.place(start..end),
            (_, None) => {
                let text = &self.source.text[range.clone()];
                self.source.place(range.start..text.find('\n').map_or(range.end, |newline| range.start + newline))
            }
        }
    }

    /// What stands here, in words.
    #[must_use]
    pub fn found(&self) -> String {
        match self.value {
            Value::Null => "nothing".into(),
            Value::Bool(value) => format!("`{value}`"),
            Value::Number(number) => format!("the number {number}"),
            Value::String(text) if text.chars().count() > 40 => "text".into(),
            Value::String(text) => format!("the text \"{text}\""),
            Value::Sequence(_) => "a list".into(),
            Value::Mapping(_) | Value::Tagged(_) => "a mapping".into(),
        }
    }

    /// Reports that something else was expected.
    pub fn wrong(&self, expected: &str, sink: &mut Diagnostics) {
        let headline = format!("expected {expected}, found {}", self.found());
        let wrong = Diagnostic::new(Code::WrongType, self.place(), headline);
        let text = self.value.as_str();
        sink.push(match (text.and_then(without_typographic), text.and_then(without_end_quote)) {
            (Some(inside), _) => wrong.help(format!("write straight quotation marks around it: \"{inside}\"")),
            (None, Some(text)) => wrong.help(format!("the quotation mark at its beginning is missing: \"{text}\"")),
            (None, None) => wrong,
        });
    }

    /// Whether it is a file in which nothing stands.
    fn is_empty_file(&self) -> bool {
        self.value.is_null() && self.key.is_none() && self.source.text.trim().is_empty()
    }

    fn emptied(&self) -> Diagnostic {
        let place = Span::file(self.source.file);
        Diagnostic::new(Code::WrongType, place, "nothing stands in this file any more")
            .help("bring back what stood in it, from an earlier version of the site")
    }

    /// Reports a value of the right type that cannot be right.
    pub fn bad(&self, headline: impl Into<String>, help: impl Into<String>, sink: &mut Diagnostics) {
        sink.push(Diagnostic::new(Code::BadValue, self.place(), headline).help(help));
    }

    /// Text that is not empty.
    pub fn text(&self, sink: &mut Diagnostics) -> Option<Spanned<String>> {
        match self.value {
            Value::String(text) if !text.trim().is_empty() => {
                Some(Spanned { value: text.trim().to_owned(), place: self.place() })
            }
            Value::Number(_) | Value::Bool(_) => {
                let headline = format!("expected text, found {}", self.found());
                let written = self.written().unwrap_or_default();
                sink.push(
                    Diagnostic::new(Code::WrongType, self.place(), headline)
                        .help(format!("put it between quotes: \"{written}\"")),
                );
                None
            }
            Value::Mapping(entries) if entries.len() == 1 => {
                let written = self.source.text.get(self.spans.range()).unwrap_or_default().trim();
                let headline = format!("expected text that is not empty, found {}", self.found());
                let wrong = Diagnostic::new(Code::WrongType, self.place(), headline);
                let written = without_typographic(written).or(without_end_quote(written)).unwrap_or(written);
                let is_line = !written.contains(['\n', '"']) && !written.is_empty();
                let example = if is_line { format!(": \"{written}\"") } else { String::new() };
                sink.push(wrong.help(format!(
                    "a colon with a space behind it makes a key; if this is text, put it between quotes{example}"
                )));
                None
            }
            _ => {
                self.wrong("text that is not empty", sink);
                None
            }
        }
    }

    /// Text with the spaces around it, where it is one part of a sentence.
    pub fn part(&self, sink: &mut Diagnostics) -> Option<Spanned<String>> {
        let Spanned { value, place } = self.text(sink)?;
        let value = if let Value::String(whole) = self.value { whole.clone() } else { value };
        Some(Spanned { value, place })
    }

    /// Text for readers, with the place of its words alone: quotes stand outside of it.
    pub fn words(&self, sink: &mut Diagnostics) -> Option<Spanned<String>> {
        let Spanned { value, place } = self.text(sink)?;
        let range = self.spans.range();
        let place = match self.source.text.get(range.clone()).and_then(|written| written.find(&value)) {
            Some(at) => self.source.place(range.start + at..range.start + at + value.len()),
            None => place,
        };
        if self.source.text[range].starts_with(TYPOGRAPHIC) {
            curly_quotes(&value, place).into_iter().for_each(|found| sink.push(found));
        }
        Some(Spanned { value, place })
    }

    /// A scalar as it was written, whatever YAML would make of it: `8.60` stays `8.60`.
    #[must_use]
    pub fn written(&self) -> Option<&'a str> {
        match self.value {
            Value::String(text) => Some(text),
            Value::Number(_) | Value::Bool(_) => Some(&self.source.text[self.spans.range()]),
            _ => None,
        }
    }

    /// Whether nothing stands here.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.value.is_null()
    }

    /// Whether it is the one word.
    #[must_use]
    pub fn is_word(&self, word: &str) -> bool {
        self.value.as_str() == Some(word)
    }

    /// `true` or `false`.
    pub fn truth(&self, sink: &mut Diagnostics) -> Option<bool> {
        match self.value.as_str() {
            Some(word @ ("true" | "false")) => {
                let headline = format!("expected `true` or `false`, found {}", self.found());
                let found = Diagnostic::new(Code::WrongType, self.place(), headline);
                sink.push(found.help(format!("take the quotation marks out: {word}")));
            }
            _ if self.value.as_bool().is_none() => self.wrong("`true` or `false`", sink),
            _ => {}
        }
        self.value.as_bool()
    }

    /// A kebab-case id.
    pub fn id(&self, sink: &mut Diagnostics) -> Option<Spanned<Id>> {
        let text = self.text(sink)?;
        super::ids::checked(&text.value, text.place, sink).map(|value| Spanned { value, place: text.place })
    }

    /// A calendar day, written as `2026-11-22`.
    pub fn date(&self, sink: &mut Diagnostics) -> Option<jiff::civil::Date> {
        let date = self.value.as_str().filter(|text| text.len() == 10).and_then(|text| text.parse().ok());
        if date.is_none() {
            let headline = format!("expected a day such as 2026-11-22, found {}", self.found());
            let wrong = Diagnostic::new(Code::WrongType, self.place(), headline);
            sink.push(wrong.help(meant::day(self.written().unwrap_or_default())));
        }
        date
    }

    /// One of several words.
    pub fn choice<T: Copy>(&self, choices: &[(&str, T)], sink: &mut Diagnostics) -> Option<T> {
        self.choice_of(choices, "write one of them", sink)
    }

    /// The same of words that need to be explained: `about` is told where none is near.
    pub fn choice_of<T: Copy>(&self, choices: &[(&str, T)], about: &str, sink: &mut Diagnostics) -> Option<T> {
        let found = self.value.as_str();
        let chosen = choices.iter().find(|(word, _)| Some(*word) == found).map(|(_, choice)| *choice);
        if chosen.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            let headline = format!("expected one of {}; found {}", words.join(", "), self.found());
            let diagnostic = Diagnostic::new(Code::BadValue, self.place(), headline);
            let found = found.unwrap_or_default();
            let near = nearest(found, words.iter().copied()).or_else(|| other_form(found, &words));
            let help = near.map_or_else(|| about.to_owned(), |near| format!("did you mean `{near}`?"));
            sink.push(diagnostic.help(help));
        }
        chosen
    }

    /// An address a reader may be sent to: `https` or `http`.
    pub fn url(&self, sink: &mut Diagnostics) -> Option<Spanned<String>> {
        let text = self.text(sink)?;
        let Err(reason) = super::address::web(&text.value) else { return Some(text) };
        let headline = format!(
            "expected an address that begins with https:// (or http://) and has no spaces, found {}",
            self.found()
        );
        sink.push(Diagnostic::new(Code::WrongType, self.place(), headline).help(reason));
        None
    }

    /// The values of a list.
    pub fn list(&self, sink: &mut Diagnostics) -> Option<Vec<Self>> {
        if let (Value::Sequence(values), Spans::List(_, spans)) = (self.value, self.spans) {
            Some(
                values
                    .iter()
                    .zip(spans)
                    .map(|(value, spans)| Self { value, spans, source: self.source, key: None, beside: &[] })
                    .collect(),
            )
        } else {
            sink.push(self.no_list());
            None
        }
    }

    fn no_list(&self) -> Diagnostic {
        if self.is_empty_file() {
            return self.emptied();
        }
        let headline = format!("expected a list, found {}", self.found());
        let wrong = Diagnostic::new(Code::WrongType, self.place(), headline);
        match self.value {
            Value::String(_) if self.lines_below().is_some_and(|mut lines| lines.all(|line| line.starts_with("- "))) => {
                wrong.help("the dash of the first entry is missing: write `- ` before it, as the lines below have")
            }
            Value::String(text) if text.ends_with(']') && !text.contains('[') => {
                wrong.help("`]` ends it, and no `[` begins it: write `[` before its first word")
            }
            Value::String(text) if text.chars().count() <= 120 => {
                let entries: Vec<&str> = text.trim_matches(BRACKETS).split(COMMAS).map(str::trim).collect();
                wrong.help(format!("write it between square brackets, a comma between two: `[{}]`", entries.join(", ")))
            }
            Value::Number(_) | Value::Bool(_) => {
                wrong.help(format!("write it between square brackets: `[{}]`", self.written().unwrap_or_default()))
            }
            Value::Mapping(_) if self.is_written_with('{') => wrong.help("write `[` and `]` in place of `{` and `}`"),
            Value::Mapping(_) => wrong.help("begin each entry with a dash and a space: `- `, and write its other lines below, as far to the right as its first word"),
            _ => wrong,
        }
    }

    fn is_written_with(&self, opener: char) -> bool {
        self.source.text.get(self.spans.range()).is_some_and(|written| written.starts_with(opener))
    }

    /// The lines of a value below its first, where there are any.
    fn lines_below(&self) -> Option<impl Iterator<Item = &'a str>> {
        let (_, below) = self.source.text.get(self.spans.range())?.split_once('\n')?;
        Some(below.lines().map(str::trim_start))
    }

    /// The entries of a mapping of a declared shape.
    pub fn fields<S: Shape>(&self, sink: &mut Diagnostics) -> Option<Fields<'a>> {
        let mut entries = self.mapping(sink)?;
        entries.iter_mut().for_each(|entry| entry.node.beside = S::KEYS);
        Some(Fields { node: *self, entries, keys: S::KEYS, known: Vec::new() })
    }

    /// Every entry of a mapping whose keys are the editor's own: key, place of the key, value.
    pub fn entries(&self, sink: &mut Diagnostics) -> Option<Vec<(&'a str, Span, Self)>> {
        let entries = self.mapping(sink)?.into_iter();
        Some(entries.map(|entry| (entry.key, self.source.place(entry.range), entry.node)).collect())
    }

    fn mapping(&self, sink: &mut Diagnostics) -> Option<Vec<Entry<'a>>> {
        if let (Value::Mapping(values), Spans::Map(_, spans)) = (self.value, self.spans) {
            let entries = spans.iter().zip(values.values()).map(|((key, range, spans), value)| Entry {
                key,
                range: range.clone(),
                node: Self { value, spans, source: self.source, key: Some((range.start, range.end)), beside: &[] },
                asked: false,
            });
            Some(entries.collect())
        } else if self.is_empty_file() {
            sink.push(self.emptied());
            None
        } else if let Some(below) = self.key_below() {
            let place = self.place();
            let key = &self.source.text[self.key.map_or(0..0, |(start, end)| start..end)];
            if self.beside.iter().any(|known| known.name == below) {
                let headline = format!("nothing stands behind `{key}:`");
                let lost = Diagnostic::new(Code::WrongType, place, headline);
                let help = self.beside.iter().find(|known| known.name == key).map(Key::help);
                sink.push(help.into_iter().fold(lost, Diagnostic::help));
                return None;
            }
            let headline = format!("nothing stands below `{key}:` that is indented further");
            let help = format!(
                "write two spaces before each line below that belongs to `{key}`, the first of which may be `{below}:`"
            );
            sink.push(Diagnostic::new(Code::WrongType, place, headline).help(help));
            None
        } else if self.value.is_sequence() && self.is_written_with('[') {
            let headline = "expected `key: value` between braces, found a list";
            let help = "write `{` and `}` in place of `[` and `]`";
            sink.push(Diagnostic::new(Code::WrongType, self.place(), headline).help(help));
            None
        } else {
            self.wrong("a mapping (`key: value` lines)", sink);
            None
        }
    }

    /// The key of the line below one without a value, if it stands in the same column.
    fn key_below(&self) -> Option<&'a str> {
        let (start, end) = self.key.filter(|_| self.value.is_null())?;
        let text = self.source.text;
        let column = start - text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line = text[end..].lines().skip(1).find(|line| !line.trim().is_empty())?;
        let (key, _) = line.get(column..)?.split_once(':')?;
        let is_beside = line[..column].trim().is_empty() && !key.contains([' ', '#', '-']);
        is_beside.then_some(key)
    }
}

struct Entry<'a> {
    key: &'a str,
    range: Range<usize>,
    node: Node<'a>,
    asked: bool,
}

impl<'a> Entry<'a> {
    /// A key that took its value in, since what parts them is not whole: `exact 15`, `number:"111"`, `exact：15`; with what is missing.
    fn torn(&self) -> Option<(&'a str, &'a str, &'static str)> {
        let (key, value) = self.key.split_once([' ', ':', '：']).filter(|_| self.node.is_nothing())?;
        let what = match self.key[key.len()..].chars().next() {
            Some(':') => "colon with a space",
            Some('：') => "half-width colon with a space",
            _ => "colon",
        };
        Some((key, value.trim(), what))
    }
}

/// The entries of a mapping, to be asked for by name. What was never asked for is unknown.
///
/// What is asked for and what the shape declares, and so the JSON Schemas say, cannot part ways: in a program built for tests, asking for a
/// key that is not declared, for a required one as if it were optional, or not at all for a declared one, is a panic.
pub struct Fields<'a> {
    node: Node<'a>,
    entries: Vec<Entry<'a>>,
    keys: &'static [Key],
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Whether nothing stands in the mapping.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether one of some keys took its value in, which is told at the end.
    #[must_use]
    pub fn is_torn(&self, keys: &[&str]) -> bool {
        self.entries.iter().filter_map(Entry::torn).any(|(key, ..)| keys.contains(&key))
    }

    /// Where the mapping stands.
    #[must_use]
    pub fn place(&self) -> Span {
        self.node.place()
    }

    /// The value of a key, if it is there.
    pub fn optional(&mut self, key: &'static str) -> Option<Node<'a>> {
        debug_assert!(
            self.declared(key).is_some_and(|presence| presence != Presence::required),
            "`{key}` is not optional"
        );
        self.ask(key)
    }

    /// The value of a key that belongs to another mapping, if it is there: what is told of it is more than that it means nothing here.
    pub fn misplaced(&mut self, key: &'static str) -> Option<Node<'a>> {
        debug_assert!(self.declared(key).is_none(), "`{key}` is declared");
        self.take(key)
    }

    fn declared(&self, key: &str) -> Option<Presence> {
        self.keys.iter().find(|declared| declared.name == key).map(|declared| declared.presence)
    }

    fn ask(&mut self, key: &'static str) -> Option<Node<'a>> {
        self.known.push(key);
        self.take(key)
    }

    fn take(&mut self, key: &str) -> Option<Node<'a>> {
        let entry = self.entries.iter_mut().find(|entry| entry.key == key)?;
        entry.asked = true;
        Some(entry.node)
    }

    /// The value of a key that has to be there.
    pub fn required(&mut self, key: &'static str, sink: &mut Diagnostics) -> Option<Node<'a>> {
        debug_assert!(self.declared(key).is_some(), "`{key}` is not declared");
        let node = self.ask(key);
        if node.is_none() {
            // A mistyped key is one mistake, not two: `finish` names it with the key it was meant to be.
            let unknown = self.entries.iter().filter(|entry| self.declared(entry.key).is_none());
            let is_meant = |entry: &Entry<'_>| {
                let is_torn = entry.torn().is_some_and(|(word, ..)| word == key);
                is_torn || nearest(entry.key, [key]).is_some()
            };
            let mistyped = unknown.into_iter().any(is_meant);
            if !mistyped {
                let missing =
                    Diagnostic::new(Code::MissingKey, self.place(), format!("the key `{key}` is missing here"));
                let declared = self.keys.iter().find(|declared| declared.name == key);
                sink.push(declared.map(Key::help).into_iter().fold(missing, Diagnostic::help));
            }
        }
        node
    }

    /// Reports every key that was not asked for.
    pub fn finish(self, sink: &mut Diagnostics) {
        let is_asked = |key: &Key| key.presence == Presence::conditional || self.known.contains(&key.name);
        debug_assert!(self.keys.iter().all(is_asked), "of {:?}, {:?} were asked for", self.keys, self.known);
        for entry in self.entries.iter().filter(|entry| !entry.asked) {
            let place = self.node.source.place(entry.range.clone());
            let free = self.known.iter().copied();
            if entry.key.bytes().all(|byte| byte.is_ascii_digit()) {
                sink.push(Diagnostic::new(Code::UnknownKey, place, format!("`{}` stands alone here", entry.key)).help(
                    "a comma ends a value here: write 1000 for a thousand, and a point before parts of one, as in 8.60",
                ));
                continue;
            }
            if let Some((key, value, what)) = entry.torn().filter(|(key, ..)| free.clone().any(|known| known == *key)) {
                let headline = format!("no {what} stands behind `{key}`");
                sink.push(Diagnostic::new(Code::UnknownKey, place, headline).help(format!("write `{key}: {value}`")));
                continue;
            }
            sink.push(
                Diagnostic::new(Code::UnknownKey, place, format!("the key `{}` means nothing here", entry.key))
                    .suggest(entry.key, free),
            );
        }
    }
}
/// The one word that is another form of what was found, as `merging` of `merged`: both begin with most of its letters.
fn other_form<'a>(found: &str, words: &[&'a str]) -> Option<&'a str> {
    let stem: String = found.chars().take(4.max(found.chars().count().saturating_sub(3))).collect();
    let mut alike = words.iter().copied().filter(|word| stem.chars().count() >= 4 && word.starts_with(&stem));
    alike.next().filter(|_| alike.next().is_none())
}
