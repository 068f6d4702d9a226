//! Markdown files: front matter, then prose whose shape fits what the file is.

use std::ops::Range;
use std::sync::Arc;

use super::fences::{after_copy, endless, unfenced};
use super::node::{Fields, Node};
use super::shape::front as shape;
use super::shape::words::MAX_SHORT;
use super::text::SourceText;
use super::translated;
use super::{drafts, markdown, once};
use crate::diag::{Code, Diagnostic, Diagnostics, Span, Spanned};
use crate::hash::ContentHash;
use crate::lock;
use crate::model::attributes::{Attributes, Role};
use crate::model::body::{Block, Body, Heading};
use crate::model::id::Id;
use crate::model::shared::Shared;

/// A guide or a page in one locale, as read.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its title.
    pub title: Spanned<String>,
    /// One sentence on what it is for.
    pub summary: Spanned<String>,
    /// The rule by which a reader can work out a day, in guides.
    pub date_rule: Option<RawDateRule>,
    /// Names of the facts to show first, in guides.
    pub key_facts: Vec<Spanned<String>>,
    /// The letter to print and hand in, in guides.
    pub application: Option<Spanned<Id>>,
    /// The theme's own template that its page is made with, in guides and pages.
    pub template: Option<Spanned<String>>,
    /// What it says; the short version of a guide first.
    pub body: Arc<Body>,
    /// Whether it says that it is not to be published yet.
    pub draft: bool,
}

/// What kind of text has front matter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Guide,
    Page,
    Application,
}

impl Document {
    /// With what it is compared with its translations by. `owner` is the carrier whose guide it is.
    #[must_use]
    pub fn locked(self, owner: Option<&Id>) -> Self {
        let front = [self.title.value.as_str(), self.summary.value.as_str()];
        let body = locked(Arc::unwrap_or_clone(self.body), &front, owner);
        Self { body: Arc::new(body), ..self }
    }

    /// The document of a file with this hash; of a file that is read again when its words are needed, what other files see, which
    /// shares with theirs what it can.
    #[must_use]
    pub fn read_from(self, hash: ContentHash, shared: Option<&mut Shared>) -> Self {
        let body = Body { hash, ..Arc::unwrap_or_clone(self.body) };
        let body = match shared {
            Some(shared) => body.skeleton(shared),
            None => body,
        };
        Self { body: Arc::new(body), ..self }
    }
}

/// A text with what it is compared with its translations by.
#[must_use]
pub fn locked(mut body: Body, front: &[&str], owner: Option<&Id>) -> Body {
    body.lock.prints = lock::of_text(front, &body, owner);
    body.lock.signs = Some(lock::signs(&body));
    lock::number_lines(&mut body);
    body
}

/// `date_rule: {from: activation, fact: national.disown-min-age, situation: new}`
#[derive(Debug, Clone)]
pub struct RawDateRule {
    /// Which day the reader knows.
    pub from: Spanned<Id>,
    /// The fact that says how long from there.
    pub fact: Spanned<String>,
    /// The situation of a reader for whom the day is still to come.
    pub situation: Option<Spanned<Id>>,
}

/// A guide: steps are second-level headings with ids; items stand below a step.
pub fn guide(source: SourceText<'_>, sink: &mut Diagnostics) -> Option<Document> {
    let document = with_front_matter(source, Form::Guide, sink)?;
    let first_step = document.body.blocks.iter().position(|block| matches!(block, Block::Heading(_)));
    for (ix, block) in document.body.blocks.iter().enumerate() {
        if let Block::Items(items) = block
            && first_step.is_none_or(|step| ix < step)
            && let Some(item) = items.first()
        {
            sink.push(
                Diagnostic::new(Code::MisplacedItem, item.place, "this item belongs to no step")
                    .help("put it below a `## Step {#id}` heading"),
            );
        }
    }
    check_sections(&document.body, source, true, sink);
    Some(document)
}

/// A plain page: sections with ids, nothing to tick.
pub fn page(source: SourceText<'_>, sink: &mut Diagnostics) -> Option<Document> {
    let document = with_front_matter(source, Form::Page, sink)?;
    without_items(&document.body, "a plain page has nothing to tick", sink);
    check_sections(&document.body, source, false, sink);
    Some(document)
}

/// A letter to print and hand in: a title and one page of text.
pub fn application(source: SourceText<'_>, sink: &mut Diagnostics) -> Option<Document> {
    let document = with_front_matter(source, Form::Application, sink)?;
    without_items(&document.body, "a letter has nothing to tick on the screen", sink);
    for heading in headings(&document.body) {
        sink.push(
            Diagnostic::new(Code::MisplacedHeading, heading.place, "a letter has no sections")
                .help("make the line bold: `**For the service centre**`"),
        );
    }
    Some(document)
}

fn without_items(body: &Body, headline: &str, sink: &mut Diagnostics) {
    for block in &body.blocks {
        if let Block::Items(items) = block
            && let Some(item) = items.first()
        {
            sink.push(
                Diagnostic::new(Code::MisplacedItem, item.place, headline)
                    .help("write `-` instead of `- [ ]`, or make this a guide"),
            );
        }
    }
}

/// A fragment: prose without steps of its own; front matter says what it was made from, if anything.
pub fn fragment(source: SourceText<'_>, sink: &mut Diagnostics) -> Option<Body> {
    let mut before = Body::of(source.file);
    let mut text = source;
    if split(source.text).is_none() && source.text.trim_start_matches(['-', '\n', '\r']).starts_with("translated:") {
        sink.extend(unfenced(source));
        return None;
    }
    if let Some((front, start)) = split(source.text) {
        if let Some(found) = endless(part(source, front.clone())) {
            sink.push(found);
            return None;
        }
        if let Some(found) = misplaced(part(source, front.clone())) {
            sink.push(found);
            return None;
        }
        before.lock.record = translated::of_fragment(part(source, front), sink);
        text = part(source, start..source.text.len());
    }
    let body = read_prose(text, before, sink)?;
    for heading in headings(&body) {
        if heading.level == 2 {
            sink.push(
                Diagnostic::new(Code::MisplacedHeading, heading.place, "a fragment has no steps of its own")
                    .help("use `###`, or write the step in the guide and include the fragment below it"),
            );
        }
        check_attributes(heading, false, sink);
    }
    Some(body)
}

/// Reports the front matter of a guide or of a page, which came among the fragments.
fn misplaced(front: SourceText<'_>) -> Option<Diagnostic> {
    let title = front.text.lines().find(|line| line.starts_with("title:"))?;
    if !front.text.lines().any(|line| line.starts_with("summary:")) {
        return None;
    }
    let at = front.text.find(title).unwrap_or_default();
    let headline = "this is a guide or a page, with a title and a summary, and it lies among the fragments";
    let found = Diagnostic::new(Code::UnknownPlace, front.place(at..at + title.len()), headline);
    Some(found.help("move the file back to where it was: `content/guides/<carrier>/`, `content/guides/general/` or `content/pages/`"))
}

fn with_front_matter(source: SourceText<'_>, form: Form, sink: &mut Diagnostics) -> Option<Document> {
    let Some((yaml_range, body_start)) = split(source.text) else {
        let keys = if form == Form::Application { "`title: …`" } else { "`title: …` and `summary: …`" };
        let unfenced = unfenced(source);
        if !unfenced.is_empty() {
            sink.extend(unfenced);
            return None;
        }
        sink.push(
            Diagnostic::new(
                Code::MissingFrontMatter,
                source.place(0..source.text.find('\n').unwrap_or(source.text.len())),
                "this file has no front matter",
            )
            .help(format!("begin it with a line `---`, then {keys}, then a line `---`")),
        );
        return None;
    };
    if let Some(found) = endless(part(source, yaml_range.clone())) {
        sink.push(found);
        return None;
    }
    let body_start = after_copy(part(source, yaml_range.clone()), part(source, body_start..source.text.len()), sink)
        .map_or(body_start, |length| body_start + length);
    let front = front_matter(part(source, yaml_range), form, sink);
    let short = front.as_ref().map_or_else(|| Body::of(source.file), |front| front.short.clone());
    let body = read_prose(part(source, body_start..source.text.len()), short, sink);
    let Front { title, summary, date_rule, key_facts, application, template, draft, .. } = front?;
    Some(Document { title, summary, date_rule, key_facts, application, template, body: Arc::new(body?), draft })
}

/// A part of a file's text as a text.
#[must_use]
pub fn part(source: SourceText<'_>, range: Range<usize>) -> SourceText<'_> {
    SourceText { file: source.file, text: &source.text[range.clone()], offset: source.offset + range.start }
}

/// The prose of a guide or a page, read again; what is wrong with it was told before.
#[must_use]
pub fn body_again(source: SourceText<'_>) -> Option<Body> {
    let (front, start) = split(source.text)?;
    let told = &mut Diagnostics::default();
    let short = front_matter(part(source, front), Form::Guide, told).map(|front| front.short);
    let short = short.unwrap_or_else(|| Body::of(source.file));
    Some(markdown::read(part(source, start..source.text.len()), short, told))
}

/// The range of the YAML between two `---` lines, and where the prose begins.
#[must_use]
pub fn split(text: &str) -> Option<(Range<usize>, usize)> {
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

/// The prose of a text; nothing where something without an end swallowed the rest of it.
fn read_prose(source: SourceText<'_>, before: Body, sink: &mut Diagnostics) -> Option<Body> {
    let told = sink.count();
    let body = markdown::read(source, before, sink);
    sink.iter().skip(told).all(|found| found.code != Code::UnclosedBlock).then_some(body)
}

/// What stands in front matter.
struct Front {
    title: Spanned<String>,
    summary: Spanned<String>,
    date_rule: Option<RawDateRule>,
    key_facts: Vec<Spanned<String>>,
    application: Option<Spanned<Id>>,
    template: Option<Spanned<String>>,
    draft: bool,
    /// The lines of the short version.
    short: Body,
}

fn front_matter(source: SourceText<'_>, form: Form, sink: &mut Diagnostics) -> Option<Front> {
    let yaml = once::read(source, sink)?;
    let root = Node::root(&yaml, source);
    let mut fields = match form {
        Form::Guide => root.fields::<shape::Guide>(sink),
        Form::Page => root.fields::<shape::Page>(sink),
        Form::Application => root.fields::<shape::Application>(sink),
    }?;
    let title = fields.required("title", sink).and_then(|node| node.words(sink));
    let summary = match form {
        Form::Application => title.clone(),
        _ => fields.required("summary", sink).and_then(|node| node.words(sink)),
    };
    let [date_rule, key_facts, application, short] =
        ["date_rule", "key_facts", "application", "short"].map(|key| of_guides(key, &mut fields, form, sink));
    let template = if form == Form::Application { None } else { fields.optional("template") };
    let template = template.and_then(|node| node.text(sink));
    let date_rule = date_rule.and_then(|node| read_date_rule(node, sink));
    let names = key_facts.and_then(|node| node.list(sink)).unwrap_or_default();
    let key_facts = names.iter().filter_map(|node| node.text(sink)).collect();
    let application = application.and_then(|node| node.id(sink));
    let mut short = short.map_or_else(|| Body::of(source.file), |node| read_short(node, source, sink));
    short.lock.record = fields.optional(translated::KEY).and_then(|node| translated::read(node, sink));
    let draft = fields.optional(drafts::KEY).and_then(|node| node.truth(sink)).unwrap_or(false);
    fields.finish(sink);
    Some(Front { title: title?, summary: summary?, date_rule, key_facts, application, template, draft, short })
}

/// What only guides may say.
fn of_guides<'a>(key: &'static str, fields: &mut Fields<'a>, form: Form, sink: &mut Diagnostics) -> Option<Node<'a>> {
    if form == Form::Guide {
        return fields.optional(key);
    }
    let node = fields.misplaced(key)?;
    let what = if form == Form::Page { "a plain page" } else { "a letter" };
    sink.push(
        Diagnostic::new(Code::UnknownKey, node.place(), format!("{what} has no `{key}`"))
            .help("only guides have it: take it out, and say it in the text"),
    );
    None
}

/// The lines of a guide's short version, each Markdown of its own.
fn read_short(node: Node<'_>, source: SourceText<'_>, sink: &mut Diagnostics) -> Body {
    let lines = node.list(sink).unwrap_or_default();
    if let Some(line) = lines.get(MAX_SHORT) {
        let headline = format!("this is line {} of a short version; it has at most {MAX_SHORT}", MAX_SHORT + 1);
        sink.push(Diagnostic::new(Code::BadValue, line.place(), headline).help("say the rest in the steps"));
    }
    let lines: Vec<Spanned<String>> = lines.iter().filter_map(|line| line.words(sink)).collect();
    lines.into_iter().fold(Body::of(source.file), |body, Spanned { value, place }| {
        let range = place.range();
        let start = range.start.checked_sub(source.offset);
        let written = start.and_then(|start| source.text.get(start..start + range.len()));
        if written == Some(value.as_str()) {
            return markdown::line(SourceText { file: source.file, text: &value, offset: range.start }, body, sink);
        }
        let headline = "this line is written with escapes or over several lines";
        sink.push(
            Diagnostic::new(Code::WrongType, place, headline)
                .help("write it on one line between double quotes, without `\\`; quotation marks inside are “ ”"),
        );
        body
    })
}

fn read_date_rule(node: Node<'_>, sink: &mut Diagnostics) -> Option<RawDateRule> {
    let mut fields = node.fields::<shape::DateRule>(sink)?;
    let from = fields.required("from", sink).and_then(|node| node.id(sink));
    let fact = fields.required("fact", sink).and_then(|node| node.text(sink));
    let situation = fields.optional("situation").and_then(|node| node.id(sink));
    fields.finish(sink);
    Some(RawDateRule { from: from?, fact: fact?, situation })
}

/// Whether a heading is one by the line of dashes or equals signs below it, which few mean.
fn is_underlined(heading: &Heading, source: SourceText<'_>) -> bool {
    let start = heading.place.range().start.checked_sub(source.offset);
    let written = start.and_then(|start| source.text.get(start..)).unwrap_or_default();
    !written.trim_start().starts_with('#')
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
                Diagnostic::new(Code::MissingText, heading.place, "this heading says nothing")
                    .help("write its words before the braces"),
            );
        }
        let nameless = heading.level == 2 && heading.attributes.id().is_none() && heading.attributes.place.is_none();
        if nameless && is_underlined(heading, source) {
            let headline = "the line below these words makes a heading of them";
            sink.push(
                Diagnostic::new(Code::MissingId, heading.place, headline).help(
                    "for a line across the page put an empty line above it; a heading is written `## Words {#id}`",
                ),
            );
        } else if nameless {
            sink.push(
                Diagnostic::new(Code::MissingId, heading.place, "this section has no id")
                    .help("end the heading with `{#id}`; the same id in every locale"),
            );
        }
        check_attributes(heading, has_steps && heading.level == 2, sink);
    }
    for line in body.blocks.iter().filter_map(|block| if let Block::Short(line) = block { Some(line) } else { None }) {
        let Attributes { named, irreversible, open, place, .. } = &line.attributes;
        let other = named.iter().any(|named| matches!(named.role, Role::Own | Role::Requires));
        if let Some(place) = place
            && (other || *irreversible || *open)
        {
            let headline = "a line of the short version takes `when` and `unless` alone";
            sink.push(markdown::bad_attribute(*place, headline, "for example `{unless=abroad}`"));
        }
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
    let attributes = &heading.attributes;
    let Some(place) = attributes.place else { return };
    let has = |role| attributes.ids(role).next().is_some();
    let mut refuse = |what: &str, place: Span| {
        sink.push(markdown::bad_attribute(
            place,
            &format!("`{what}` has no meaning on this heading"),
            "`when` and `unless` belong to items; `requires` and `irreversible` to items and steps, `open` to steps",
        ));
    };
    if has(Role::When) {
        refuse("when", place);
    }
    if has(Role::Unless) {
        refuse("unless", place);
    }
    if !is_step && (attributes.irreversible || has(Role::Requires)) {
        refuse("requires / irreversible", place);
    }
    if !is_step && attributes.open {
        refuse("open", place);
    }
}
