//! Prose to HTML.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::escape::{attribute, escape, push, push_prose};
use super::marks::join_signs;
use crate::model::body::{AlertKind, Alignment, Block, Definition, Heading, Inline, Prose, Resolved, Table, Title};
use crate::model::fact::Fact;
use crate::model::id::Id;
use crate::model::locale::Direction;
use crate::model::walk::{each_inline, each_run, same_label};
use crate::script::digits::Digits;

/// What prose needs to know of the page around it.
pub trait Surroundings {
    /// Direction of the text.
    fn direction(&self) -> Direction;
    /// A fact as it reads inside a sentence, with the mark of its evidence.
    fn fact(&self, fact: &Fact) -> Cow<'_, str>;
    /// Words that were written for an answer of a fact, with the mark of its evidence.
    fn claim(&self, fact: &Fact, answer: &str, words: &str) -> String;
    /// A carrier's name, in the language of the text or of words to say.
    fn carrier(&self, carrier: &Id, spoken: Option<&str>) -> &str;
    /// How words in the language of a locale are marked as such, and their direction.
    fn language(&self, locale: &str) -> Option<(&str, Direction)>;
    /// The address of what a link leads to, in the reader's locale.
    fn address(&self, target: &Resolved) -> String;
    /// The heading of an alert.
    fn alert(&self, kind: AlertKind) -> String;
    /// Earlier ids of a section, which links from elsewhere may still have.
    fn former(&self, section: &Id) -> Vec<String>;
    /// The words of a link from a footnote back to its mark.
    fn back(&self) -> String;
    /// The digits that footnotes are numbered in.
    fn digits(&self) -> Digits;
}

/// The footnotes of a page: each with the mark that stands first, in the order of their numbers. A fragment's come after
/// the page's own; two texts may use the same label. A note stands once, also that of a fragment that is included twice.
#[derive(Default)]
pub struct Notes<'a>(BTreeMap<(Occurrence, String), (usize, &'a Inline)>, RefCell<BTreeSet<(Part, usize)>>);

/// What has the id of a note, or of the mark that leads to it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Mark,
    Note,
}

/// Which text on a page: the place in memory tells them apart. Looked up, never put in order.
type Occurrence = usize;

fn occurrence(prose: &Prose) -> Occurrence {
    std::ptr::from_ref(prose).addr()
}

impl<'a> Notes<'a> {
    /// The footnotes marked in a text and in what it includes.
    #[must_use]
    pub fn of(prose: &'a Prose) -> Self {
        let mut notes = Self::default();
        notes.collect(prose);
        notes
    }

    fn collect(&mut self, prose: &'a Prose) {
        each_run(&prose.body.blocks, &mut |run| {
            each_inline(run, &mut |inline| {
                if let Inline::FootnoteMark(label) = inline {
                    let number = self.0.len() + 1;
                    self.0.entry((occurrence(prose), same_label(label))).or_insert((number, inline));
                }
            });
        });
        for resolved in &prose.resolved {
            if let Resolved::Fragment(fragment) = resolved {
                self.collect(fragment);
            }
        }
    }

    /// Whether this is the first time that a part is written: its id stands once on a page.
    fn is_first(&self, part: Part, number: usize) -> bool {
        self.1.borrow_mut().insert((part, number))
    }

    /// The number of a label, and the mark that stands first.
    fn get(&self, prose: &Prose, label: &str) -> Option<(usize, &Inline)> {
        self.0.get(&(occurrence(prose), same_label(label))).copied()
    }
}

/// What a line comes to, roughly.
const RUN_BYTES: usize = 256;

/// Writes prose in its surroundings.
struct Writer<'a> {
    around: &'a dyn Surroundings,
    notes: &'a Notes<'a>,
    /// The locale of words to say, while they are written.
    spoken: Option<&'a str>,
    direction: Direction,
    /// Whether it stands below the title of a folded step, which is one level below that of an open one: its sections are as well.
    folded: bool,
    html: String,
}

/// Blocks as HTML; items are left out, the checklist has them.
#[must_use]
pub fn blocks(blocks: &[Block], prose: &Prose, notes: &Notes<'_>, around: &dyn Surroundings) -> String {
    let mut writer = Writer::new(notes, around);
    writer.blocks(blocks, prose);
    writer.html
}

/// Blocks as HTML below the title of a folded step.
#[must_use]
pub fn folded(blocks: &[Block], prose: &Prose, notes: &Notes<'_>, around: &dyn Surroundings) -> String {
    let mut writer = Writer { folded: true, ..Writer::new(notes, around) };
    writer.blocks(blocks, prose);
    writer.html
}

/// A run of words as HTML.
#[must_use]
pub fn run(run: &[Inline], prose: &Prose, notes: &Notes<'_>, around: &dyn Surroundings) -> String {
    let mut writer = Writer::new(notes, around);
    writer.run(run, prose);
    writer.html
}

impl<'a> Writer<'a> {
    fn new(notes: &'a Notes<'a>, around: &'a dyn Surroundings) -> Self {
        let html = String::with_capacity(RUN_BYTES);
        Self { around, notes, spoken: None, direction: around.direction(), folded: false, html }
    }

    fn blocks(&mut self, blocks: &[Block], prose: &Prose) {
        for block in blocks {
            self.block(block, prose);
        }
    }

    fn block(&mut self, block: &Block, prose: &Prose) {
        match block {
            Block::Paragraph(run) => self.wrapped("p", run, prose),
            Block::Plain(run) => self.run(run, prose),
            Block::Heading(heading) => self.heading(heading, prose),
            Block::List { start, items } => self.list(*start, items, prose),
            Block::Items(_) | Block::Short(_) => {}
            Block::Quote(blocks) => self.inside("blockquote", blocks, prose),
            Block::Alert(kind, blocks) => self.alert(*kind, blocks, prose),
            Block::Code(code) => self.code(&code.text, code.language.as_deref()),
            Block::Rule(_) => self.html.push_str("<hr>"),
            Block::Table(table) => self.table(table, prose),
            Block::Definitions(list) => self.definitions(list, prose),
            Block::Footnote(note) => self.footnote(&note.label, &note.blocks, prose),
            Block::Include(at) => {
                if let Resolved::Fragment(fragment) = prose.get(*at) {
                    self.blocks(&fragment.body.blocks, fragment);
                }
            }
        }
    }

    fn code(&mut self, code: &str, language: Option<&str>) {
        let class =
            language.map(|name| format!(" class={}", attribute(&format!("language-{name}")))).unwrap_or_default();
        self.html.push_str(&format!("<pre dir=ltr><code{class}>"));
        push(&mut self.html, code);
        self.html.push_str("</code></pre>");
    }

    fn open(&mut self, tag: &str) {
        self.add(["<", tag, ">"]);
    }

    fn close(&mut self, tag: &str) {
        self.add(["</", tag, ">"]);
    }

    fn add<const N: usize>(&mut self, parts: [&str; N]) {
        parts.iter().for_each(|part| self.html.push_str(part));
    }

    fn inside(&mut self, tag: &str, blocks: &[Block], prose: &Prose) {
        self.open(tag);
        self.blocks(blocks, prose);
        self.close(tag);
    }

    fn wrapped(&mut self, tag: &str, run: &[Inline], prose: &Prose) {
        self.open(tag);
        self.run(run, prose);
        self.close(tag);
    }

    fn heading(&mut self, heading: &Heading, prose: &Prose) {
        let level = if self.folded && heading.level == 3 { 4 } else { heading.level };
        match heading.attributes.id() {
            Some(id) => {
                self.html.push_str(&format!("<h{level} id={id}>"));
                for old in self.around.former(id) {
                    self.html.push_str(&format!("<span id={old}></span>"));
                }
            }
            None => self.html.push_str(&format!("<h{level}>")),
        }
        self.run(&heading.content, prose);
        self.html.push_str(&format!("</h{level}>"));
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], prose: &Prose) {
        let tag = if start.is_some() { "ol" } else { "ul" };
        match start {
            Some(start) if start != 1 => self.html.push_str(&format!("<ol start={start}>")),
            _ => self.open(tag),
        }
        for item in items {
            self.inside("li", item, prose);
        }
        self.close(tag);
    }

    fn alert(&mut self, kind: AlertKind, blocks: &[Block], prose: &Prose) {
        let title = escape(&self.around.alert(kind));
        self.html.push_str(&format!("<div class=\"alert {}\" role=note><p class=alert-title>{title}</p>", kind.name()));
        self.blocks(blocks, prose);
        self.html.push_str("</div>");
    }

    fn table(&mut self, table: &Table, prose: &Prose) {
        self.html.push_str("<table><thead><tr>");
        let class = |column: usize| match table.alignment.get(column).copied().flatten() {
            None => "",
            Some(Alignment::Start) => " class=a-start",
            Some(Alignment::Center) => " class=a-center",
            Some(Alignment::End) => " class=a-end",
        };
        for (column, cell) in table.head.iter().enumerate() {
            self.add(["<th scope=col", class(column), ">"]);
            self.run(cell, prose);
            self.html.push_str("</th>");
        }
        self.html.push_str("</tr></thead><tbody>");
        for row in &table.rows {
            self.html.push_str("<tr>");
            for (column, cell) in row.iter().enumerate() {
                self.add(["<td", class(column), ">"]);
                self.run(cell, prose);
                self.html.push_str("</td>");
            }
            self.html.push_str("</tr>");
        }
        self.html.push_str("</tbody></table>");
    }

    fn definitions(&mut self, list: &[Definition], prose: &Prose) {
        self.html.push_str("<dl>");
        for definition in list {
            self.wrapped("dt", &definition.term, prose);
            for blocks in &definition.details {
                self.inside("dd", blocks, prose);
            }
        }
        self.html.push_str("</dl>");
    }

    fn footnote(&mut self, label: &str, blocks: &[Block], prose: &Prose) {
        // A note that nothing marks has no number and no reader.
        let Some((number, _)) = self.notes.get(prose, label) else { return };
        if !self.notes.is_first(Part::Note, number) {
            return;
        }
        let shown = self.around.digits().write(&number.to_string());
        self.html.push_str(&format!(
            "<aside class=footnote id=note-{number} role=note><p class=footnote-number>{shown}</p>"
        ));
        self.blocks(blocks, prose);
        let back = escape(&self.around.back());
        self.html.push_str(&format!("<p><a href=#mark-{number}>{back}</a></p></aside>"));
    }

    fn footnote_mark(&mut self, label: &str, inline: &Inline, prose: &Prose) {
        let Some((number, first)) = self.notes.get(prose, label) else { return };
        let is_first = std::ptr::eq(first, inline) && self.notes.is_first(Part::Mark, number);
        let id = if is_first { format!(" id=mark-{number}") } else { String::new() };
        let shown = self.around.digits().write(&number.to_string());
        self.html.push_str(&format!("<sup><a{id} href=#note-{number}>{shown}</a></sup>"));
    }

    fn run(&mut self, run: &[Inline], prose: &Prose) {
        for inline in run {
            self.inline(inline, prose);
        }
    }

    fn inline(&mut self, inline: &Inline, prose: &Prose) {
        match inline {
            Inline::Text { text, .. } => {
                let text = join_signs(&mut self.html, text);
                push_prose(&mut self.html, text, self.direction);
            }
            Inline::Code { text: code, .. } => {
                self.html.push_str("<code dir=ltr>");
                push(&mut self.html, code);
                self.html.push_str("</code>");
            }
            Inline::Emphasis { content, .. } => self.wrapped("em", content, prose),
            Inline::Strong(content) => self.wrapped("strong", content, prose),
            Inline::Strike(content) => self.wrapped("s", content, prose),
            Inline::Link { to, content, title } => self.link(prose.get(*to), content, title, prose),
            Inline::Image { of, alt, title } => self.image(prose.get(*of), alt, title),
            Inline::Fact(at) => match prose.get(*at) {
                Resolved::Fact(fact) => {
                    let html = self.around.fact(fact);
                    self.html.push_str(&html);
                }
                Resolved::CarrierName(carrier) => push(&mut self.html, self.around.carrier(carrier, self.spoken)),
                _ => {}
            },
            Inline::Claim { claim, content } => {
                let from = self.html.len();
                self.run(content, prose);
                let claim = prose.body.claims.get(claim.0).map(|claim| (prose.get(claim.fact), &claim.answer));
                if let Some((Resolved::Fact(fact), answer)) = claim {
                    let marked = self.around.claim(fact, answer, &self.html[from..]);
                    self.html.truncate(from);
                    self.html.push_str(&marked);
                }
            }
            Inline::Spoken { locale, content } => self.spoken(locale, content, prose),
            Inline::FootnoteMark(label) => self.footnote_mark(label, inline, prose),
            Inline::SoftBreak => self.html.push('\n'),
            Inline::HardBreak => self.html.push_str("<br>"),
        }
    }

    /// Words to say, in their own direction and with their own font.
    fn spoken(&mut self, locale: &str, content: &[Inline], prose: &Prose) {
        let Some((tag, direction)) = self.around.language(locale) else { return self.run(content, prose) };
        self.html.push_str(&format!("<span class=say lang={} dir={}>", attribute(tag), direction.as_str()));
        let mut writer = Writer { spoken: Some(locale), direction, html: std::mem::take(&mut self.html), ..*self };
        writer.run(content, prose);
        self.html = writer.html;
        self.html.push_str("</span>");
    }

    fn link(&mut self, target: &Resolved, content: &[Inline], title: &Title, prose: &Prose) {
        let address = attribute(&self.around.address(target));
        let foreign =
            if matches!(target, Resolved::External(to) if !to.starts_with('/')) { " rel=noreferrer" } else { "" };
        self.add(["<a href=", &address, &title_attribute(title), foreign, ">"]);
        self.run(content, prose);
        self.html.push_str("</a>");
    }

    fn image(&mut self, target: &Resolved, alt: &str, title: &Title) {
        let Resolved::Image(image) = target else { return };
        let (width, height) = image.size;
        let address = attribute(&self.around.address(target));
        let (alt, title) = (attribute(alt), title_attribute(title));
        self.html.push_str(&format!("<img src={address} alt={alt}{title} width={width} height={height} loading=lazy>"));
    }
}

/// What appears beside a pointer that rests on a link or an image.
fn title_attribute(title: &Title) -> String {
    match title.as_deref() {
        Some([Inline::Text { text, .. }]) => format!(" title={}", attribute(text)),
        _ => String::new(),
    }
}
