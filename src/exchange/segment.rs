//! A Markdown file as the runs of words it is made of, each with a name that stays when others come and go.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::codes::has_words;
use super::lines::{joined, prefix};
use super::scalar;
use crate::diag::Diagnostics;
use crate::model::translation::TOP;
use crate::parse::document::{part, split};
use crate::parse::markdown::markdown_options;
use crate::parse::text::SourceText;
use crate::parse::yaml::{self, Spans};

/// What stands in front matter, by which its runs are known.
pub const FRONT: &str = "_front";

/// A run of words of a file.
#[derive(Debug)]
pub struct Run {
    /// Its group and its name in it: `prepare/item:papers`.
    pub id: String,
    /// What it is, for people.
    pub kind: &'static str,
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// What it says, on one line.
    pub text: String,
    /// What its braces say.
    pub braces: String,
    /// Whether there is anything to translate.
    pub has_words: bool,
    /// What further lines of it begin with.
    pub prefix: String,
}

impl Run {
    /// The front matter, what stands above the first step, or a step.
    pub fn group(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// The part that the record of translations knows it by.
    pub fn part(&self) -> &str {
        if self.group() == FRONT { TOP } else { self.group() }
    }
}

/// A block of code, which is the same in every language.
#[derive(Debug)]
pub struct CodeBlock {
    /// The group that it stands in.
    pub group: String,
    /// How many runs stand above it.
    pub above: usize,
    /// What it says.
    pub text: String,
}

/// A file as runs, and where each group of it stands.
#[derive(Debug, Default)]
pub struct Segments {
    pub runs: Vec<Run>,
    pub groups: Vec<(String, Range<usize>)>,
    pub code: Vec<CodeBlock>,
}

impl Segments {
    /// The runs of a group.
    pub fn of(&self, group: &str) -> Vec<&Run> {
        self.runs.iter().filter(|run| run.group() == group).collect()
    }
}

/// The runs of a Markdown file.
pub fn segments(source: SourceText<'_>) -> Segments {
    let mut segments = Segments::default();
    let start = match split(source.text) {
        Some((front, start)) => {
            front_matter(part(source, front), source.offset, &mut segments);
            segments.groups.push((FRONT.to_owned(), 0..start));
            start
        }
        None => 0,
    };
    let body = &source.text[start..];
    let mut reader = Reader {
        body,
        start,
        group: TOP.to_owned(),
        group_start: 0,
        counts: BTreeMap::new(),
        ids: BTreeSet::new(),
        inside: Vec::new(),
        item: None,
        run: None,
        segments,
    };
    for (event, range) in Parser::new_ext(body, markdown_options()).into_offset_iter() {
        reader.event(&event, range);
    }
    reader.end_group(body.len());
    reader.segments
}

fn front_matter(front: SourceText<'_>, before: usize, segments: &mut Segments) {
    let Some(yaml) = yaml::read(front, &mut Diagnostics::default()) else { return };
    let Spans::Map(_, entries) = &yaml.spans else { return };
    let mut add = |id: String, kind, range: &Range<usize>, line: bool| {
        let Some(scalar) = scalar::read(front.text, range) else { return };
        let whole = scalar.range.start + front.offset - before..scalar.range.end + front.offset - before;
        let (text, braces) = if line { without_braces(&scalar.value) } else { (&*scalar.value, "") };
        let (text, braces) = (text.to_owned(), braces.to_owned());
        let has_words = has_words(&text);
        segments.runs.push(Run {
            id: format!("{FRONT}/{id}"),
            kind,
            range: whole,
            text,
            braces,
            has_words,
            prefix: String::new(),
        });
    };
    for (key, _, value) in entries {
        match (key.as_str(), value) {
            ("title", Spans::Scalar(range)) => add("title".to_owned(), "title", range, false),
            ("summary", Spans::Scalar(range)) => add("summary".to_owned(), "summary", range, false),
            ("short", Spans::List(_, lines)) => {
                for (ix, line) in lines.iter().enumerate() {
                    add(format!("short{}", ix + 1), "line of the short version", &line.range(), true);
                }
            }
            _ => {}
        }
    }
}

/// Words, and the braces at their end with the space before them.
fn without_braces(text: &str) -> (&str, &str) {
    let Some(open) = text.rfind(" {").filter(|_| text.ends_with('}')) else { return (text, "") };
    let inside = &text[open + 2..];
    if inside.starts_with('{') || inside.find('}') != Some(inside.len() - 1) {
        return (text, "");
    }
    let words = text[..open].trim_end();
    (words, &text[words.len()..])
}

struct Reader<'a> {
    body: &'a str,
    /// Bytes of the text before the body.
    start: usize,
    group: String,
    group_start: usize,
    counts: BTreeMap<String, usize>,
    ids: BTreeSet<String>,
    inside: Vec<&'static str>,
    /// The item at hand: whether its label was read, and its id.
    item: Option<(bool, String)>,
    run: Option<Range<usize>>,
    segments: Segments,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
            | Event::Text(_)
            | Event::Code(_)
            | Event::FootnoteReference(_)
            | Event::InlineHtml(_)
            | Event::SoftBreak
            | Event::HardBreak
                if !self.inside.contains(&"code") =>
            {
                let run = self.run.get_or_insert(range.clone());
                *run = run.start.min(range.start)..run.end.max(range.end);
            }
            Event::Text(words) => {
                if let Some(code) = self.segments.code.last_mut() {
                    code.text.push_str(words);
                }
            }
            Event::TaskListMarker(_) => {
                self.flush();
                self.item = Some((false, String::new()));
            }
            Event::Start(tag) => {
                self.flush();
                self.begin(tag, range.start);
            }
            Event::End(end) => {
                self.flush();
                self.inside.pop();
                if matches!(end, TagEnd::Item) {
                    self.item = None;
                }
            }
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Tag<'_>, at: usize) {
        if matches!(tag, Tag::CodeBlock(_)) {
            let above = self.segments.runs.len();
            self.segments.code.push(CodeBlock { group: self.group.clone(), above, text: String::new() });
        }
        let kind = match tag {
            Tag::Heading { level, .. } => {
                if *level as usize == 2 {
                    self.end_group(at);
                    let line = self.body[at..].lines().next().unwrap_or_default();
                    self.group = id_in(line).unwrap_or_else(|| format!("step{}", self.segments.groups.len()));
                }
                "heading"
            }
            Tag::Item => "entry",
            Tag::TableHead => "head of a table",
            Tag::TableRow | Tag::TableCell | Tag::Table(_) => "table",
            Tag::BlockQuote(Some(_)) => "alert",
            Tag::BlockQuote(None) => "quote",
            Tag::CodeBlock(_) => "code",
            Tag::FootnoteDefinition(_) => "footnote",
            Tag::DefinitionListTitle => "term",
            Tag::DefinitionListDefinition => "definition",
            _ => "",
        };
        self.inside.push(kind);
    }

    fn end_group(&mut self, at: usize) {
        let range = self.group_start + self.start..at + self.start;
        self.segments.groups.push((std::mem::take(&mut self.group), range));
        self.group_start = at;
        self.counts.clear();
    }

    /// Ends the run at hand.
    fn flush(&mut self) {
        let Some(mut range) = self.run.take() else { return };
        if self.body[..range.start].ends_with('\\') {
            range.start -= 1;
        }
        let raw = self.body[range.clone()].trim_end();
        let lead = raw.len() - raw.trim_start().len();
        let range = range.start + lead..range.start + raw.len();
        let raw = &self.body[range.clone()];
        match &self.item {
            Some((false, _)) => self.label(raw, range.start),
            Some((true, id)) => {
                let name = format!("hint:{id}");
                self.add(raw, range.start, ("hint", &name), "");
            }
            None if self.inside.contains(&"heading") => {
                let (words, braces) = without_braces(raw);
                let id = id_in(braces).filter(|id| *id != self.group);
                let name = id.map_or_else(|| "heading".to_owned(), |id| format!("heading:{id}"));
                self.add(words, range.start, ("heading", &name), braces);
            }
            None => {
                let kind = self.inside.iter().rev().find(|kind| !kind.is_empty()).copied().unwrap_or("paragraph");
                self.add(raw, range.start, (kind, &kind.replace(' ', "-")), "");
            }
        }
    }

    /// An item's words up to its braces, and the hint on the lines below them.
    fn label(&mut self, raw: &str, start: usize) {
        let mut end = raw.len();
        let mut at = 0;
        for line in raw.split_inclusive('\n') {
            at += line.len();
            if !without_braces(line.trim_end()).1.is_empty() {
                end = at;
                break;
            }
        }
        let (words, braces) = without_braces(raw[..end].trim_end());
        let id = id_in(braces).unwrap_or_default();
        self.add(words, start, ("item", &format!("item:{id}")), braces);
        let hint = raw[end..].trim_start_matches([' ', '\t', '>']);
        if !hint.is_empty() {
            self.add(hint, start + raw.len() - hint.len(), ("hint", &format!("hint:{id}")), "");
        }
        self.item = Some((true, id));
    }

    fn add(&mut self, raw: &str, start: usize, (kind, name): (&'static str, &str), braces: &str) {
        if raw.is_empty() {
            return;
        }
        let count = self.counts.entry(name.to_owned()).or_insert(0);
        *count += 1;
        let is_named = name.contains(':') || name == "heading";
        let mut id = if is_named && *count == 1 {
            format!("{}/{name}", self.group)
        } else {
            format!("{}/{name}{count}", self.group)
        };
        while !self.ids.insert(id.clone()) {
            id.push('\'');
        }
        let line = self.body[..start].rfind('\n').map_or(0, |at| at + 1);
        let text = joined(raw);
        let has_words = has_words(&text);
        let range = start + self.start..start + self.start + raw.len();
        let (braces, prefix) = (braces.to_owned(), prefix(&self.body[line..start]));
        self.segments.runs.push(Run { id, kind, range, text, braces, has_words, prefix });
    }
}

/// The id between braces.
fn id_in(text: &str) -> Option<String> {
    let rest = &text[text.rfind("{#")? + 2..];
    let id: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    (!id.is_empty()).then_some(id)
}
