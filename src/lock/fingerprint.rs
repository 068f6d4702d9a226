//! Fingerprints: what a part of a text says, in 64 bits.
//!
//! They change with words, items, links, alerts, claims, code and the names of facts; not with white space, the breaking of lines, bold
//! and italics, comments, or what a fact says. What conditions an item has is compared by rules of its own. Whoever changes what is
//! written here makes every translation of every site stale.

use super::flat::Flat;
use crate::hash::ContentHash;
use crate::model::body::{Block, Body, Inline, Item, RefIx, Table};
use crate::model::id::Id;
use crate::model::translation::{Fingerprint, Print, TOP};

/// The fingerprint of each part of a text: what stands above the first step, then the steps. `front` is what front matter says in words;
/// facts named without an owner are those of `owner`.
#[must_use]
pub fn of_text(front: &[&str], body: &Body, owner: Option<&Id>) -> Vec<Print> {
    let mut prints = Vec::new();
    let mut part = Some(Box::from(TOP));
    let mut printer = Printer { body, owner, flat: Flat::default() };
    for words in front {
        printer.flat.words(words);
        printer.flat.block('/');
    }
    for block in &body.blocks {
        if let Block::Heading(heading) = block
            && heading.level == 2
        {
            let done = std::mem::take(&mut printer.flat);
            prints.extend(part.take().map(|part| says(part, done)));
            // A step without an id was reported, and none can be compared with it.
            part = heading.attributes.id().map(|id| id.as_str().into());
        }
        printer.block(block);
    }
    prints.extend(part.map(|part| says(part, printer.flat)));
    prints.shrink_to_fit();
    prints
}

fn says(part: Box<str>, flat: Flat) -> Print {
    let letters = flat.letters();
    Print { part, letters, says: of_flat(flat) }
}

/// The fingerprint of a text outside of Markdown.
#[must_use]
pub fn of_words(words: &str) -> Fingerprint {
    let mut flat = Flat::default();
    flat.words(words);
    of_flat(flat)
}

fn of_flat(flat: Flat) -> Fingerprint {
    let bytes = ContentHash::of(flat.into_text().as_bytes()).bytes();
    Fingerprint(bytes[..8].iter().fold(0, |says, byte| says << 8 | u64::from(*byte)))
}

struct Printer<'a> {
    body: &'a Body,
    owner: Option<&'a Id>,
    flat: Flat,
}

impl Printer<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        match block {
            // The same words, close or apart: an empty line more is layout.
            Block::Paragraph(run) | Block::Plain(run) => self.run_of('p', run),
            Block::Heading(heading) => {
                self.flat.block('h');
                self.flat.name(&heading.level.to_string());
                self.run_of('p', &heading.content);
            }
            Block::List { start, items } => {
                self.flat.block('l');
                self.flat.name(&start.map(|start| start.to_string()).unwrap_or_default());
                for item in items {
                    self.flat.block('i');
                    self.blocks(item);
                }
                self.flat.block('.');
            }
            Block::Items(items) => items.iter().for_each(|item| self.item(item)),
            Block::Short(line) => self.run_of('s', &line.content),
            Block::Quote(blocks) => self.inside('q', "", blocks),
            Block::Alert(kind, blocks) => self.inside('a', kind.name(), blocks),
            Block::Code(code) => {
                self.flat.block('c');
                self.flat.name(code.text.trim_end());
                self.flat.block('.');
            }
            Block::Rule(_) => self.flat.block('r'),
            Block::Table(table) => self.table(table),
            Block::Definitions(list) => {
                for definition in list {
                    self.run_of('d', &definition.term);
                    definition.details.iter().for_each(|blocks| self.inside('e', "", blocks));
                }
            }
            Block::Footnote(note) => self.inside('f', "", &note.blocks),
            Block::Include(at) => {
                self.flat.block('+');
                self.reference(*at);
            }
        }
    }

    fn inside(&mut self, mark: char, name: &str, blocks: &[Block]) {
        self.flat.block(mark);
        self.flat.name(name);
        self.blocks(blocks);
        self.flat.block('.');
    }

    fn item(&mut self, item: &Item) {
        self.flat.block('t');
        self.flat.name(item.attributes.id().map_or("", Id::as_str));
        self.run_of('p', item.label());
        self.blocks(item.hint());
        self.flat.block('.');
    }

    fn table(&mut self, table: &Table) {
        self.flat.block('T');
        for row in std::iter::once(&table.head).chain(&table.rows) {
            self.flat.block('R');
            row.iter().for_each(|cell| self.run_of('C', cell));
        }
        self.flat.block('.');
    }

    fn run_of(&mut self, mark: char, run: &[Inline]) {
        self.flat.block(mark);
        self.run(run);
    }

    fn run(&mut self, run: &[Inline]) {
        for inline in run {
            match inline {
                Inline::Text { text, .. } => self.flat.words(text),
                Inline::Code { text, .. } => self.wrapped('`', |printer| printer.flat.words(text)),
                Inline::Emphasis { content, .. } | Inline::Strong(content) => self.run(content),
                Inline::Strike(content) => self.wrapped('~', |printer| printer.run(content)),
                Inline::Link { to, content, title } => self.wrapped('[', |printer| {
                    printer.run(content);
                    printer.flat.mark('(');
                    printer.reference(*to);
                    title.iter().for_each(|title| printer.wrapped('"', |printer| printer.run(&title[..])));
                }),
                Inline::Image { of, alt, title } => self.wrapped('!', |printer| {
                    printer.flat.words(alt);
                    printer.flat.mark('(');
                    printer.reference(*of);
                    title.iter().for_each(|title| printer.wrapped('"', |printer| printer.run(&title[..])));
                }),
                Inline::Fact(at) => self.wrapped('{', |printer| printer.reference(*at)),
                Inline::Claim { claim, content } => self.wrapped('=', |printer| {
                    printer.run(content);
                    let claim = &printer.body.claims[claim.0];
                    printer.flat.mark('(');
                    printer.reference(claim.fact);
                    printer.flat.mark('=');
                    printer.flat.name(&claim.answer);
                }),
                Inline::Spoken { locale, content } => self.wrapped('<', |printer| {
                    printer.flat.name(locale);
                    printer.flat.mark('(');
                    printer.run(content);
                }),
                Inline::FootnoteMark(_) => self.flat.mark('^'),
                Inline::SoftBreak | Inline::HardBreak => self.flat.space(),
            }
        }
    }

    fn wrapped(&mut self, mark: char, inner: impl FnOnce(&mut Self)) {
        self.flat.mark(mark);
        inner(self);
        self.flat.mark('>');
    }

    /// What is named; a fact of the guide's own carrier is the same with and without the carrier's name.
    fn reference(&mut self, at: RefIx) {
        let name = &self.body.references[at.0].name;
        let own = self.owner.and_then(|owner| name.strip_prefix(owner.as_str())?.strip_prefix('.'));
        self.flat.name(own.unwrap_or(name));
    }
}
