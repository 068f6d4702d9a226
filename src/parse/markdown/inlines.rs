//! Runs of words: text with references, emphasis, links, images.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::emphasis::cleaned;
use super::spans::rejoin;
use super::{MAX_DEPTH, Reader};
use crate::diag::{Code, Span};
use crate::model::body::{Inline, ReferenceKind, Title};
use crate::model::fact::CARRIER;
use crate::parse::ids::{is_fact_name, meant_name};
use crate::script::{is_han, is_han_punctuation, is_set_solid};

impl<'a> Reader<'a, '_> {
    /// Inlines up to the next block or end, which is left.
    pub(super) fn run(&mut self, depth: usize) -> Vec<Inline> {
        let (mut run, mut open) = (Vec::new(), Vec::new());
        while let Some(event) = self.peek() {
            match event {
                Event::Text(_) => self.text(&mut run, &mut open),
                Event::Start(tag) if is_inline(tag) => {
                    let span = self.span();
                    let Some((Event::Start(tag), _)) = self.events.step() else { break };
                    if depth >= MAX_DEPTH {
                        self.too_deep(span);
                        self.skip();
                    } else {
                        run.extend(self.tagged(&tag, span, depth + 1));
                        self.close();
                    }
                }
                Event::Start(_) | Event::End(_) | Event::Rule => break,
                _ => self.single(&mut run),
            }
        }
        if !open.is_empty() || self.has_spans {
            rejoin(&mut run);
        }
        without_breaks_between_han(&mut run);
        // A site keeps every text in memory; slack in each run would add up.
        run.shrink_to_fit();
        run
    }

    fn single(&mut self, run: &mut Vec<Inline>) {
        let span = self.span();
        match self.events.step() {
            Some((Event::Code(code), _)) => {
                let text = cleaned(&code).into_owned();
                run.push(Inline::Code { span: self.inside(&text, span), text });
            }
            Some((Event::FootnoteReference(label), _)) => run.push(Inline::FootnoteMark(label.to_string())),
            Some((Event::SoftBreak, _)) => run.push(Inline::SoftBreak),
            Some((Event::HardBreak, _)) => run.push(Inline::HardBreak),
            Some((Event::Html(html) | Event::InlineHtml(html), _)) => self.inline_html(&html, span, run),
            _ => {}
        }
    }

    /// Where the words of a code span stand between its backticks.
    fn inside(&self, words: &str, span: Span) -> Span {
        let from = span.range().start - self.source.offset;
        let written = &self.source.text[from..span.range().end - self.source.offset];
        written.find(words).map_or(span, |at| span.part(at..at + words.len()))
    }

    fn tagged(&mut self, tag: &Tag<'a>, span: Span, depth: usize) -> Option<Inline> {
        Some(match tag {
            Tag::Emphasis => Inline::Emphasis { content: self.run(depth), span },
            Tag::Strong => Inline::Strong(self.run(depth)),
            Tag::Strikethrough => Inline::Strike(self.run(depth)),
            Tag::Link { dest_url, title, .. } => {
                let to = self.reference(ReferenceKind::Link, cleaned(dest_url).into_owned(), span);
                let content = self.run(depth);
                self.no_facts(&content, span, "a fact stands inside a link");
                if content.is_empty() {
                    self.refuse(
                        Code::MissingText,
                        span,
                        "this link has no words",
                        "write between its brackets where it leads",
                    );
                }
                Inline::Link { to, content, title: self.title(title, span) }
            }
            Tag::Image { dest_url, title, .. } => {
                let of = self.reference(ReferenceKind::Image, cleaned(dest_url).into_owned(), span);
                let content = self.run(depth);
                self.no_facts(&content, span, "a fact stands in the words for an image");
                Inline::Image { of, alt: self.words_for(&content, span), title: self.title(title, span) }
            }
            _ => return None,
        })
    }

    /// What an image shows, in words.
    fn words_for(&mut self, content: &[Inline], span: Span) -> String {
        let alt = plain(content);
        if alt.trim().is_empty() {
            self.refuse(
                Code::BadImage,
                span,
                "this image says nothing to those who cannot see it",
                "put what it shows between the square brackets: `![what it shows](file.png)`",
            );
        }
        alt
    }

    /// The words between quotes behind an address, with their place where they stand in the source as they are.
    fn title(&mut self, title: &str, span: Span) -> Title {
        let text = cleaned(title).trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let written = &self.source.text[span.range().start - self.source.offset..span.range().end - self.source.offset];
        let span = written.rfind(&text).map_or(span, |at| span.part(at..at + text.len()));
        if memchr::memmem::find(text.as_bytes(), b"{{").is_some() {
            self.refuse(
                Code::BadReference,
                span,
                "a fact stands in a title",
                "name the fact before or behind the link",
            );
        }
        Some(Box::new([Inline::Text { text, span }]))
    }

    /// A fact is a link to its evidence, and has no place inside another link or in an attribute.
    fn no_facts(&mut self, run: &[Inline], span: Span, headline: &str) {
        let mut found = false;
        crate::model::walk::each_inline(run, &mut |inline| found |= matches!(inline, Inline::Fact(_)));
        if found {
            self.refuse(Code::BadReference, span, headline, "name the fact before or behind it");
        }
    }

    /// Text up to the next event of another kind, which the parser may give in several pieces.
    fn text(&mut self, run: &mut Vec<Inline>, open: &mut Vec<usize>) {
        let mut text = Cow::Borrowed("");
        let mut range: Option<Range<usize>> = None;
        let mut escaped = Vec::new();
        while let Some((Event::Text(piece), at)) = self.events.take_text() {
            if piece.is_empty() {
                continue;
            }
            if self.has_spans && self.prepared.text[..at.start].ends_with('\\') {
                escaped.push(text.len());
            }
            text = joined(text, piece.into());
            range = Some(range.map_or(at.clone(), |range| range.start..at.end));
        }
        let Some(span) = range.map(|range| self.span_of(&range)) else { return };
        self.open_comment(&text, span);
        if self.has_spans {
            self.split_brackets(&text, span, &escaped, (run, open));
        } else {
            self.split_references(text, span, run);
        }
    }

    pub(super) fn split_references(&mut self, text: Cow<'_, str>, span: Span, run: &mut Vec<Inline>) {
        // Entities and escapes make text and source differ in length; then a piece is shown by the whole.
        let exact = text.len() == span.range().len();
        let part = |range: Range<usize>| if exact { span.part(range) } else { span };
        let mut from = 0;
        while let Some(open) = opening(&text[from..]).map(|at| from + at) {
            let Some(close) = text[open..].find("}}").map(|at| open + at) else {
                self.refuse(
                    Code::BadReference,
                    part(open..text.len().min(open + 2)),
                    "this `{{` is not closed",
                    "end the reference with `}}` on the same line, as in `{{ helpline }}`",
                );
                break;
            };
            if open > from {
                run.push(Inline::Text { text: text[from..open].to_owned(), span: part(from..open) });
            }
            run.extend(self.named(text[open + 2..close].trim(), part(open..close + 2)));
            from = close + 2;
        }
        if from < text.len() {
            let span = part(from..text.len());
            let text = if from == 0 { text.into_owned() } else { text[from..].to_owned() };
            run.push(Inline::Text { text, span });
        }
    }

    fn named(&mut self, name: &str, span: Span) -> Option<Inline> {
        let (kind, name) = match name.strip_prefix("include ") {
            Some(fragment) => (ReferenceKind::Include, fragment.trim()),
            None if name == CARRIER => (ReferenceKind::CarrierName, name),
            None => (ReferenceKind::Fact, name),
        };
        if !is_fact_name(name) {
            let name = if kind == ReferenceKind::Include { format!("include {name}") } else { name.to_owned() };
            let (headline, help) = no_name(&name);
            self.refuse(Code::BadReference, span, &headline, &help);
            return None;
        }
        Some(Inline::Fact(self.reference(kind, name.to_owned(), span)))
    }
}

/// What is to be done where nobody knows which name is meant.
pub const NAMES: &str = "write `{{ fact }}`, `{{ carrier.fact }}`, `{{ national.fact }}` or `{{ include fragment }}`";

/// What is told of words between two braces that name nothing.
fn no_name(words: &str) -> (String, String) {
    let fragment = words.split_once(char::is_whitespace).filter(|(word, _)| word.eq_ignore_ascii_case("include"));
    let Some((include, name)) = fragment.map(|(include, name)| (include, name.trim())) else {
        let help = meant_name(words).map_or_else(
            || NAMES.to_owned(),
            |meant| format!("a name has hyphens, and neither dashes nor spaces: write `{{{{ {meant} }}}}`"),
        );
        return (format!("`{words}` is no name of a fact"), help);
    };
    if is_fact_name(name) {
        return (format!("`{include}` has to be in small letters here"), format!("write `{{{{ include {name} }}}}`"));
    }
    let help = meant_name(name).map_or_else(
        || "write the name of its file without its language: `{{ include fragment }}`".to_owned(),
        |meant| format!("a name has hyphens, and neither dashes nor spaces: write `{{{{ include {meant} }}}}`"),
    );
    (format!("`{name}` is no name of a fragment"), help)
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

/// Where a reference begins.
fn opening(text: &str) -> Option<usize> {
    memchr::memchr_iter(b'{', text.as_bytes()).find(|at| text.as_bytes().get(at + 1) == Some(&b'{'))
}

/// A text and the piece behind it, without sentinels; most texts are of one piece, and not copied.
fn joined<'a>(text: Cow<'a, str>, piece: Cow<'a, str>) -> Cow<'a, str> {
    let changed = match cleaned(&piece) {
        Cow::Borrowed(_) => None,
        Cow::Owned(cleaned) => Some(cleaned),
    };
    let piece = changed.map_or(piece, Cow::Owned);
    if text.is_empty() { piece } else { (text.into_owned() + &piece).into() }
}

/// The words of a run without their markup.
#[must_use]
pub fn plain(run: &[Inline]) -> String {
    let mut text = String::new();
    crate::model::walk::each_inline(run, &mut |inline| match inline {
        Inline::Text { text: words, .. } | Inline::Code { text: words, .. } => text.push_str(words),
        Inline::SoftBreak | Inline::HardBreak => text.push(' '),
        _ => {}
    });
    text
}

/// What stands beside a line end: the character, or a value that takes the script of its other neighbour.
enum Beside {
    Char(char),
    Value,
}

fn beside(inline: Option<&Inline>, last: bool) -> Option<Beside> {
    let pick = |run: &[Inline]| if last { beside(run.last(), true) } else { beside(run.first(), false) };
    match inline? {
        Inline::Text { text, .. } | Inline::Code { text, .. } => {
            if last { text.chars().next_back() } else { text.chars().next() }.map(Beside::Char)
        }
        Inline::Fact(_) => Some(Beside::Value),
        Inline::Emphasis { content, .. }
        | Inline::Strong(content)
        | Inline::Strike(content)
        | Inline::Link { content, .. }
        | Inline::Claim { content, .. }
        | Inline::Spoken { content, .. } => pick(content),
        _ => None,
    }
}

/// A line end inside Chinese text is no space.
fn without_breaks_between_han(run: &mut Vec<Inline>) {
    if !run.iter().any(|inline| matches!(inline, Inline::SoftBreak)) {
        return;
    }
    let han = |c: char| is_han(c) || is_han_punctuation(c);
    let joins = |ix: usize| {
        let (before, after) =
            (ix.checked_sub(1).and_then(|ix| beside(run.get(ix), true)), beside(run.get(ix + 1), false));
        match (before, after) {
            (Some(Beside::Char(a)), Some(Beside::Char(b))) => is_set_solid(a, b),
            (Some(Beside::Char(c)), Some(Beside::Value)) | (Some(Beside::Value), Some(Beside::Char(c))) => han(c),
            _ => false,
        }
    };
    let keep: Vec<bool> = (0..run.len()).map(|ix| !matches!(run[ix], Inline::SoftBreak) || !joins(ix)).collect();
    let mut keep = keep.into_iter();
    run.retain(|_| keep.next().unwrap_or(true));
}
