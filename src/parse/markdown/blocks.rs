//! Blocks: paragraphs, headings, lists, quotes, tables and the rest.

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Tag};

use super::empty::{are_empty, is_empty};
use super::items::cut;
use super::spans::alone;
use super::{MAX_DEPTH, Reader};
use crate::diag::{Code, Diagnostics, Span};
use crate::model::attributes::Attributes;
use crate::model::body::{AlertKind, Block, CodeBlock, Definition, Footnote, Heading, Inline, ReferenceKind};

impl<'a> Reader<'a, '_> {
    /// Blocks up to the end of what contains them; the end itself is left.
    pub(super) fn blocks(&mut self, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        while !self.at_end() {
            let span = self.span();
            match self.peek() {
                Some(Event::Rule) => {
                    self.events.step();
                    blocks.push(Block::Rule(self.first_line(span)));
                }
                Some(Event::Start(tag)) if is_block(tag) => {
                    let Some((Event::Start(tag), _)) = self.events.step() else { break };
                    if depth >= MAX_DEPTH {
                        self.too_deep(span);
                        self.skip();
                    } else {
                        blocks.extend(self.block(&tag, span, depth + 1));
                        self.close();
                    }
                }
                _ => {
                    let run = self.run(depth);
                    blocks.extend(self.paragraph(run, MAX_DEPTH, Block::Plain));
                }
            }
        }
        blocks.shrink_to_fit();
        blocks
    }

    fn block(&mut self, tag: &Tag<'a>, span: Span, depth: usize) -> Option<Block> {
        match tag {
            Tag::Paragraph => {
                let run = self.run(depth);
                self.paragraph(run, depth, Block::Paragraph)
            }
            Tag::Heading { level, .. } => Some(self.heading(*level, span, depth)),
            Tag::BlockQuote(kind) => {
                let blocks = self.filled(if kind.is_some() { "alert" } else { "quote" }, span, depth);
                Some(match kind {
                    Some(kind) => Block::Alert(alert(*kind), blocks),
                    None => Block::Quote(blocks),
                })
            }
            Tag::CodeBlock(kind) => {
                let before = self.sink.count();
                self.unmeant_code(kind, span);
                let code = self.literal(language(kind), span);
                self.tell_empty("code", is_empty(&code), before, span);
                Some(code)
            }
            Tag::HtmlBlock => {
                self.html_block(span);
                None
            }
            Tag::List(start) => Some(self.list(*start, span, depth)),
            Tag::FootnoteDefinition(label) => {
                let blocks = self.filled("footnote", span, depth);
                let (label, place) = (label.to_string(), self.first_line(span));
                Some(Block::Footnote(Box::new(Footnote { label, blocks, place })))
            }
            Tag::DefinitionList => Some(self.definitions(depth)),
            Tag::Table(columns) => {
                let before = self.sink.count();
                let table = self.table(columns, depth);
                self.tell_empty("table", is_empty(&table), before, span);
                Some(table)
            }
            _ => None,
        }
    }

    /// The blocks of a box. One without words is reported: readers would see its frame, or its title, and nothing in it.
    fn filled(&mut self, what: &str, span: Span, depth: usize) -> Vec<Block> {
        let before = self.sink.count();
        let blocks = self.blocks(depth);
        self.tell_empty(what, are_empty(&blocks), before, span);
        blocks
    }

    /// A paragraph, or the include that is alone in it.
    fn paragraph(&mut self, run: Vec<Inline>, depth: usize, wrap: fn(Vec<Inline>) -> Block) -> Option<Block> {
        match run.as_slice() {
            [] => None,
            [Inline::Fact(at)] if depth <= 1 && self.references[at.0].kind == ReferenceKind::Include => {
                Some(Block::Include(*at))
            }
            _ => {
                self.mark_alone(&run);
                Some(wrap(run))
            }
        }
    }

    /// A fact that stands alone is a value, not a part of a sentence.
    pub(super) fn mark_alone(&mut self, run: &[Inline]) {
        if let Some(reference) = alone(run).map(|at| &mut self.references[at.0])
            && reference.kind == ReferenceKind::Fact
        {
            reference.kind = ReferenceKind::Value;
        }
    }

    fn heading(&mut self, level: HeadingLevel, span: Span, depth: usize) -> Block {
        let mut content = self.run(depth);
        let place = self.first_line(span);
        let attributes = self.line_attributes(&mut content);
        if level == HeadingLevel::H1 {
            self.refuse(
                Code::MisplacedHeading,
                place,
                "a first-level heading stands here",
                "the title is in the front matter; begin steps with `##`",
            );
        } else if depth > 1 {
            self.refuse(
                Code::MisplacedHeading,
                place,
                "a heading stands inside a list or a quote",
                "move it out, or make it bold",
            );
        }
        if content.iter().any(|inline| matches!(inline, Inline::FootnoteMark(_))) {
            // Titles are repeated in the contents and on the checklist; a mark has one place.
            self.refuse(
                Code::BadReference,
                place,
                "a heading has no footnotes",
                "put the mark behind the first sentence below it",
            );
        }
        content.shrink_to_fit();
        Block::Heading(Box::new(Heading {
            level: level as u8,
            attributes: attributes.unwrap_or_default(),
            content,
            place,
        }))
    }

    /// Takes `{…}` out of the words of a heading or of a line, at whose end it has to stand.
    pub(super) fn line_attributes(&mut self, content: &mut Vec<Inline>) -> Option<Attributes> {
        self.trailing_attributes(content).or_else(|| self.followed_attributes(content))
    }

    /// Takes `{…}` off the end of a heading's words.
    pub(super) fn trailing_attributes(&mut self, content: &mut Vec<Inline>) -> Option<Attributes> {
        let Some(Inline::Text { text, span }) = content.last_mut() else { return None };
        let trimmed = text.trim_end();
        let Trailing { open, inside, is_right, headline } = trailing(trimmed)?;
        let inside = inside.to_owned();
        let braces = if text.len() == span.range().len() { span.part(open..trimmed.len()) } else { *span };
        let words = trimmed[..open].trim_end().len();
        cut(text, span, words);
        if text.is_empty() {
            content.pop();
            // A comment stood between the words and the braces.
            if let Some(Inline::Text { text, span }) = content.last_mut() {
                let words = text.trim_end().len();
                cut(text, span, words);
            }
        }
        if is_right {
            return Some(super::attributes::read(&inside, braces, self.sink));
        }
        let right = super::attributes::half_width(&inside);
        self.sink.push(super::attributes::bad(braces, headline, &format!("write `{{{right}}}`, in half-width braces")));
        let read = super::attributes::read(&right, braces, &mut Diagnostics::default());
        Some(Attributes { broken: true, ..read })
    }

    fn literal(&mut self, language: Option<Box<str>>, whole: Span) -> Block {
        let (mut text, mut span) = (String::new(), None);
        while !self.at_end() {
            let here = self.span();
            if let Some((Event::Text(piece), _)) = self.events.step() {
                text.push_str(&super::emphasis::cleaned(&piece));
                span = Some(span.map_or(here, |first: Span| Span { end: here.end, ..first }));
            }
        }
        Block::Code(Box::new(CodeBlock { text, language, span: span.unwrap_or(whole) }))
    }

    fn definitions(&mut self, depth: usize) -> Block {
        let mut list: Vec<Definition> = Vec::new();
        while !self.at_end() {
            match self.events.step() {
                Some((Event::Start(Tag::DefinitionListTitle), _)) => {
                    let term = self.run(depth);
                    list.push(Definition { term, details: Vec::new() });
                }
                Some((Event::Start(Tag::DefinitionListDefinition), range)) => {
                    let before = self.sink.count();
                    let blocks = self.blocks(depth);
                    self.tell_empty("explanation", are_empty(&blocks), before, self.span_of(&range));
                    if let Some(definition) = list.last_mut() {
                        definition.details.push(blocks);
                    }
                }
                _ => continue,
            }
            self.close();
        }
        Block::Definitions(list)
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::Table(_)
    )
}

/// The first word behind a fence.
fn language(kind: &CodeBlockKind<'_>) -> Option<Box<str>> {
    match kind {
        CodeBlockKind::Indented => None,
        CodeBlockKind::Fenced(info) => info.split_whitespace().next().map(|word| super::emphasis::cleaned(word).into()),
    }
}

fn alert(kind: BlockQuoteKind) -> AlertKind {
    match kind {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}

/// The braces that end a text.
struct Trailing<'a> {
    open: usize,
    inside: &'a str,
    /// Whether they are braces at all.
    is_right: bool,
    /// What is said of them otherwise.
    headline: &'static str,
}

/// Other signs are meant as braces where an id or a condition stands between them.
fn trailing(text: &str) -> Option<Trailing<'_>> {
    let close = text.chars().next_back().filter(|c| matches!(c, '}' | '｝' | ')' | '）'));
    let openers = if matches!(close, Some('}' | '｝')) { ['{', '｛'] } else { ['(', '（'] };
    let Some((close, open)) = close.and_then(|close| Some((close, text.rfind(openers)?))) else {
        return unopened(text);
    };
    let sign = text[open..].chars().next()?;
    let inside = &text[open + sign.len_utf8()..text.len() - close.len_utf8()];
    let is_right = (sign, close) == ('{', '}');
    let headline = "these signs are no braces, so they name nothing";
    (is_right || super::attributes::names(&super::attributes::half_width(inside))).then_some(Trailing {
        open,
        inside,
        is_right,
        headline,
    })
}

/// `#id when=lost}` and `#id when=lost`: words are never written so.
fn unopened(text: &str) -> Option<Trailing<'_>> {
    let open = text.rfind('#').filter(|open| text[..*open].ends_with(char::is_whitespace))?;
    let closed = text[open..].strip_suffix(['}', '｝']);
    let inside = closed.unwrap_or(&text[open..]);
    let headline = match closed {
        Some(_) => "the `{` that begins these braces is missing",
        None => "the braces around this are missing",
    };
    let is_meant = closed.is_some() || ["when=", "unless=", "requires="].iter().any(|key| inside.contains(key));
    (is_meant && super::attributes::names(inside)).then_some(Trailing { open, inside, is_right: false, headline })
}
