//! Markdown files: front matter, then prose whose shape fits what the file is.

use std::sync::Arc;

use super::node::Node;
use super::text::SourceText;
use super::{markdown, yaml};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Spanned};
use crate::hash::ContentHash;
use crate::model::body::{Block, Body, Heading};
use crate::model::guide::KnownDay;

/// A guide or a page in one locale, as read.
#[derive(Debug)]
pub struct Document {
    /// Its title.
    pub title: Spanned<String>,
    /// One sentence on what it is for.
    pub summary: Spanned<String>,
    /// The rule by which a reader can work out a day, in guides.
    pub date_rule: Option<RawDateRule>,
    /// Names of the facts to show first, in guides.
    pub key_facts: Vec<Spanned<String>>,
    /// What it says.
    pub body: Arc<Body>,
}

impl Document {
    /// The document of a file with this hash; without its words where the file is read again when they are needed.
    #[must_use]
    pub fn read_from(self, hash: ContentHash, again: bool) -> Self {
        let body = Body { hash, ..Arc::unwrap_or_clone(self.body) };
        Self { body: Arc::new(if again { body.skeleton() } else { body }), ..self }
    }
}

/// `date_rule: {from: activation, fact: national.disown-min-age}`
#[derive(Debug, Clone)]
pub struct RawDateRule {
    /// Which day the reader knows.
    pub from: KnownDay,
    /// The fact that says how long from there.
    pub fact: Spanned<String>,
}

/// A guide: steps are second-level headings with ids; items stand below a step.
pub fn guide(source: SourceText<'_>, sink: &mut Diagnostics) -> Option<Document> {
    let document = with_front_matter(source, true, sink)?;
    let first_step = document.body.blocks.iter().position(|block| matches!(block, Block::Heading(_)));
    for (ix, block) in document.body.blocks.iter().enumerate() {
        if let Block::Items(items) = block
            && first_step.is_none_or(|step| ix < step)
            && let Some(item) = items.first()
        {
            sink.push(
                Diagnostic::new(Code::MisplacedItem, item.place.clone(), "this item belongs to no step")
                    .help("put it below a `## Step {#id}` heading"),
            );
        }
    }
    check_sections(&document.body, source, true, sink);
    Some(document)
}

/// A plain page: sections with ids, nothing to tick.
pub fn page(source: SourceText<'_>, sink: &mut Diagnostics) -> Option<Document> {
    let document = with_front_matter(source, false, sink)?;
    for block in &document.body.blocks {
        if let Block::Items(items) = block
            && let Some(item) = items.first()
        {
            sink.push(
                Diagnostic::new(Code::MisplacedItem, item.place.clone(), "a plain page has nothing to tick")
                    .help("write `-` instead of `- [ ]`, or make this a guide"),
            );
        }
    }
    check_sections(&document.body, source, false, sink);
    Some(document)
}

/// A fragment: prose without front matter and without steps of its own.
pub fn fragment(source: SourceText<'_>, sink: &mut Diagnostics) -> Body {
    let body = markdown::read(source, sink);
    for heading in headings(&body) {
        if heading.level == 2 {
            sink.push(
                Diagnostic::new(Code::MisplacedHeading, heading.place.clone(), "a fragment has no steps of its own")
                    .help("use `###`, or write the step in the guide and include the fragment below it"),
            );
        }
        check_attributes(heading, false, sink);
    }
    body
}

fn with_front_matter(source: SourceText<'_>, is_guide: bool, sink: &mut Diagnostics) -> Option<Document> {
    let Some((yaml_range, body_start)) = split(source.text) else {
        sink.push(
            Diagnostic::new(
                Code::MissingFrontMatter,
                source.place(0..source.text.find('\n').unwrap_or(source.text.len())),
                "this file has no front matter",
            )
            .help("begin it with a line `---`, then `title: …` and `summary: …`, then a line `---`"),
        );
        return None;
    };
    let part = |range: std::ops::Range<usize>| SourceText {
        file: source.file,
        text: &source.text[range.clone()],
        offset: source.offset + range.start,
    };
    let front = front_matter(part(yaml_range), is_guide, sink);
    let body = markdown::read(part(body_start..source.text.len()), sink);
    let (title, summary, date_rule, key_facts) = front?;
    Some(Document { title, summary, date_rule, key_facts, body: Arc::new(body) })
}

/// The prose of a guide or a page, read again; what is wrong with it was told before.
#[must_use]
pub fn body_again(source: SourceText<'_>) -> Option<Body> {
    let (_, start) = split(source.text)?;
    let part = SourceText { file: source.file, text: &source.text[start..], offset: source.offset + start };
    Some(markdown::read(part, &mut Diagnostics::default()))
}

/// The range of the YAML between two `---` lines, and where the prose begins.
fn split(text: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let first = text.split_inclusive('\n').next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut at = first.len();
    for line in text[at..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((first.len()..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Title, summary, the rule for working out a day, and the facts to show first.
type Front = (Spanned<String>, Spanned<String>, Option<RawDateRule>, Vec<Spanned<String>>);

fn front_matter(source: SourceText<'_>, is_guide: bool, sink: &mut Diagnostics) -> Option<Front> {
    let yaml = yaml::read(source, sink)?;
    let mut fields = Node::root(&yaml, source).fields(sink)?;
    let title = fields.required("title", sink).and_then(|node| node.words(sink));
    let summary = fields.required("summary", sink).and_then(|node| node.words(sink));
    let [date_rule, key_facts] = ["date_rule", "key_facts"].map(|key| {
        let node = fields.optional(key);
        if let Some(node) = node.filter(|_| !is_guide) {
            sink.push(
                Diagnostic::new(Code::UnknownKey, node.place(), format!("a plain page has no `{key}`")).help(
                    "only guides show facts first and work out a day: take it out, and name the fact in the text",
                ),
            );
        }
        node.filter(|_| is_guide)
    });
    let date_rule = date_rule.and_then(|node| read_date_rule(node, sink));
    let names = key_facts.and_then(|node| node.list(sink)).unwrap_or_default();
    let key_facts = names.iter().filter_map(|node| node.text(sink)).collect();
    fields.finish(sink);
    Some((title?, summary?, date_rule, key_facts))
}

fn read_date_rule(node: Node<'_>, sink: &mut Diagnostics) -> Option<RawDateRule> {
    let mut fields = node.fields(sink)?;
    let from = fields.required("from", sink).and_then(|node| node.choice(KnownDay::NAMES, sink));
    let fact = fields.required("fact", sink).and_then(|node| node.text(sink));
    fields.finish(sink);
    Some(RawDateRule { from: from?, fact: fact? })
}

/// Headings of a body; the parser reports those that stand deeper.
pub fn headings(body: &Body) -> impl Iterator<Item = &Heading> {
    body.blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) => Some(&**heading),
        _ => None,
    })
}

fn check_sections(body: &Body, source: SourceText<'_>, has_steps: bool, sink: &mut Diagnostics) {
    for heading in headings(body) {
        if heading.content.is_empty() {
            sink.push(
                Diagnostic::new(Code::MissingText, heading.place.clone(), "this heading says nothing")
                    .help("write its words before the braces"),
            );
        }
        if heading.level == 2 && heading.attributes.id.is_none() && heading.attributes.place.is_none() {
            sink.push(
                Diagnostic::new(Code::MissingId, heading.place.clone(), "this section has no id")
                    .help("end the heading with `{#id}`; the same id in every locale"),
            );
        }
        check_attributes(heading, has_steps && heading.level == 2, sink);
    }
    if headings(body).next().is_none() && body.blocks.is_empty() {
        let end = source.text.len();
        sink.push(Diagnostic::new(
            Code::MissingText,
            source.place(end..end),
            "this file says nothing below its front matter",
        ));
    }
}

fn check_attributes(heading: &Heading, is_step: bool, sink: &mut Diagnostics) {
    let Some(place) = &heading.attributes.place else { return };
    let mut refuse = |what: &str, place: &Place| {
        sink.push(markdown::bad_attribute(
            place,
            &format!("`{what}` has no meaning on this heading"),
            "`when` and `unless` belong to items; `requires` and `irreversible` to items and steps",
        ));
    };
    if !heading.attributes.when.is_empty() {
        refuse("when", place);
    }
    if !heading.attributes.unless.is_empty() {
        refuse("unless", place);
    }
    if !is_step && (heading.attributes.irreversible || !heading.attributes.requires.is_empty()) {
        refuse("requires / irreversible", place);
    }
}
