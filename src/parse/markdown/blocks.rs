//! Blocks: paragraphs, headings, lists, quotes, tables and the rest.

use pulldown_cmark::{Alignment as Column, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::{MAX_DEPTH, Reader};
use crate::diag::{Code, Span};
use crate::model::body::{AlertKind, Alignment, Attributes, Block, Definition, Heading, Inline, ReferenceKind, Table};

impl<'a> Reader<'a, '_> {
    /// Blocks up to the end of what contains them; the end itself is left.
    pub(super) fn blocks(&mut self, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        while !self.at_end() {
            let span = self.span();
            match self.peek() {
                Some(Event::Rule) => {
                    self.at += 1;
                    blocks.push(Block::Rule);
                }
                Some(Event::Start(tag)) if is_block(tag) => {
                    let tag = tag.clone();
                    self.at += 1;
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
                let blocks = self.blocks(depth);
                Some(match kind {
                    Some(kind) => Block::Alert(alert(*kind), blocks),
                    None => Block::Quote(blocks),
                })
            }
            Tag::CodeBlock(kind) => Some(self.literal(language(kind), span)),
            Tag::HtmlBlock => {
                self.raw_html(span);
                while !self.at_end_of(TagEnd::HtmlBlock) {
                    self.at += 1;
                }
                None
            }
            Tag::List(start) => Some(self.list(*start, span, depth)),
            Tag::FootnoteDefinition(label) => Some(Block::Footnote {
                label: label.to_string(),
                blocks: self.blocks(depth),
                place: self.first_line(span),
            }),
            Tag::DefinitionList => Some(self.definitions(depth)),
            Tag::Table(columns) => Some(self.table(columns, depth)),
            _ => None,
        }
    }

    /// A paragraph, or the include that is alone in it.
    fn paragraph(&mut self, run: Vec<Inline>, depth: usize, wrap: fn(Vec<Inline>) -> Block) -> Option<Block> {
        match run.as_slice() {
            [] => None,
            [Inline::Fact(at)] if depth <= 1 && self.references[at.0].kind == ReferenceKind::Include => {
                Some(Block::Include(*at))
            }
            _ => Some(wrap(run)),
        }
    }

    fn heading(&mut self, level: HeadingLevel, span: Span, depth: usize) -> Block {
        let mut content = self.run(depth);
        let place = self.first_line(span);
        let attributes = self.trailing_attributes(&mut content);
        if level == HeadingLevel::H1 {
            self.refuse(
                Code::MisplacedHeading,
                place.clone(),
                "a first-level heading stands here",
                "the title is in the front matter; begin steps with `##`",
            );
        } else if depth > 1 {
            self.refuse(
                Code::MisplacedHeading,
                place.clone(),
                "a heading stands inside a list or a quote",
                "move it out, or make it bold",
            );
        }
        if content.iter().any(|inline| matches!(inline, Inline::FootnoteMark(_))) {
            // Titles are repeated in the contents and on the checklist; a mark has one place.
            self.refuse(
                Code::BadReference,
                place.clone(),
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

    /// Takes `{…}` off the end of a heading's words.
    fn trailing_attributes(&mut self, content: &mut Vec<Inline>) -> Option<Attributes> {
        let Some(Inline::Text { text, span }) = content.last_mut() else { return None };
        let trimmed = text.trim_end();
        let open = trimmed.rfind('{').filter(|_| trimmed.ends_with('}'))?;
        let inside = trimmed[open + 1..trimmed.len() - 1].to_owned();
        let braces = if text.len() == span.range().len() { span.part(open..trimmed.len()) } else { *span };
        text.truncate(trimmed[..open].trim_end().len());
        if text.is_empty() {
            content.pop();
        }
        let place = self.place(braces);
        Some(super::attributes::read(&inside, place, self.sink))
    }

    fn literal(&mut self, language: Option<Box<str>>, whole: Span) -> Block {
        let (mut text, mut span) = (String::new(), None);
        while !self.at_end() {
            if let Some(Event::Text(piece)) = self.peek() {
                text.push_str(&super::emphasis::cleaned(piece));
                let here = self.span();
                span = Some(span.map_or(here, |first: Span| Span { start: first.start, end: here.end }));
            }
            self.at += 1;
        }
        Block::Code { text, language, span: span.unwrap_or(whole) }
    }

    fn definitions(&mut self, depth: usize) -> Block {
        let mut list: Vec<Definition> = Vec::new();
        while !self.at_end() {
            let tag = self.peek().cloned();
            self.at += 1;
            match tag {
                Some(Event::Start(Tag::DefinitionListTitle)) => {
                    let term = self.run(depth);
                    list.push(Definition { term, details: Vec::new() });
                }
                Some(Event::Start(Tag::DefinitionListDefinition)) => {
                    let blocks = self.blocks(depth);
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

    fn table(&mut self, columns: &[Column], depth: usize) -> Block {
        let mut table = Table { alignment: columns.iter().copied().map(alignment).collect(), ..Table::default() };
        while !self.at_end() {
            let tag = self.peek().cloned();
            self.at += 1;
            match tag {
                Some(Event::Start(Tag::TableHead)) => table.head = self.cells(depth),
                Some(Event::Start(Tag::TableRow)) => {
                    let row = self.cells(depth);
                    table.rows.push(row);
                }
                _ => continue,
            }
            self.close();
        }
        Block::Table(table)
    }

    fn cells(&mut self, depth: usize) -> Vec<Vec<Inline>> {
        let mut cells = Vec::new();
        while !self.at_end() {
            let is_cell = matches!(self.peek(), Some(Event::Start(Tag::TableCell)));
            self.at += 1;
            if is_cell {
                cells.push(self.run(depth));
                self.close();
            }
        }
        cells
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

fn alignment(column: Column) -> Option<Alignment> {
    match column {
        Column::None => None,
        Column::Left => Some(Alignment::Start),
        Column::Center => Some(Alignment::Center),
        Column::Right => Some(Alignment::End),
    }
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
