//! Markdown to a tree of blocks: `CommonMark` with tables, footnotes, alerts, definition lists and task items.

mod attributes;
mod blocks;
mod comments;
mod emphasis;
mod empty;
mod events;
mod followed;
mod inlines;
mod items;
mod spans;
mod tables;
mod unmeant;

pub use attributes::{bad as bad_attribute, half_width as as_typed_half_width};
pub use events::options as markdown_options;
pub use inlines::{NAMES, plain};
pub use spans::NO_ANSWER;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::text::SourceText;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::{Block, Body, Claim, Footnote, Inline, RefIx, Reference, ReferenceKind, ShortLine, Spoken};
use crate::model::translation::Lock;
use crate::model::walk::{each_inline, each_run, same_label};
use emphasis::Prepared;
use events::Events;

/// How deep quotes, lists and emphasis may nest.
const MAX_DEPTH: usize = 16;

/// Reads Markdown; `source.offset` is where it begins in its file. `before` is what was read of the file already.
pub fn read(source: SourceText<'_>, before: Body, sink: &mut Diagnostics) -> Body {
    let prepared = emphasis::prepare(source.text);
    let mut reader = Reader::new(&prepared, source, before, sink);
    let blocks = reader.blocks(0);
    reader.misplaced_includes(&blocks);
    reader.unmarked_footnotes(&blocks);
    reader.unused_addresses();
    reader.finish(blocks)
}

/// Reads a line that stands outside of Markdown: words with facts and claims, and `{when=… unless=…}` behind them.
pub fn line(source: SourceText<'_>, before: Body, sink: &mut Diagnostics) -> Body {
    let prepared = emphasis::prepare(source.text);
    let mut reader = Reader::new(&prepared, source, before, sink);
    let mut blocks = reader.blocks(0);
    let place = source.place(0..source.text.len());
    let line = if let (Some(Block::Paragraph(mut content)), true) = (blocks.pop(), blocks.is_empty()) {
        let attributes = reader.line_attributes(&mut content).unwrap_or_default();
        Some(Block::Short(Box::new(ShortLine { attributes, content, place })))
    } else {
        let help = "write one or two sentences; `#`, `-`, `>` at the beginning make something else of a line";
        reader.refuse(Code::WrongType, place, "this is no line of plain words", help);
        None
    };
    reader.misplaced_includes(line.as_slice());
    reader.finish(line.into_iter().collect())
}

struct Reader<'a, 'b> {
    events: Events<'a>,
    prepared: &'a Prepared<'a>,
    source: SourceText<'a>,
    /// Blocks read before, in front matter.
    before: Vec<Block>,
    references: Vec<Reference>,
    claims: Vec<Claim>,
    spoken: Vec<Spoken>,
    /// What front matter says of the source.
    lock: Lock,
    plain: Vec<Span>,
    /// Whether braces follow a bracket anywhere; most texts need not be searched for them.
    has_spans: bool,
    /// HTML tags reported and not yet closed: their ends are the same mistake.
    open_tags: usize,
    sink: &'b mut Diagnostics,
}

impl<'a, 'b> Reader<'a, 'b> {
    fn new(prepared: &'a Prepared<'a>, source: SourceText<'a>, before: Body, sink: &'b mut Diagnostics) -> Self {
        let events = Events::of(&prepared.text);
        let has_spans = memchr::memmem::find(source.text.as_bytes(), b"]{").is_some();
        let Body { blocks: before, references, claims, spoken, plain, lock, .. } = before;
        Self {
            events,
            prepared,
            source,
            before,
            references,
            claims,
            spoken,
            lock,
            plain,
            has_spans,
            open_tags: 0,
            sink,
        }
    }

    fn finish(self, read: Vec<Block>) -> Body {
        let Self { source, before: mut blocks, references, claims, spoken, plain, lock, .. } = self;
        if blocks.is_empty() {
            blocks = read;
        } else {
            blocks.extend(read);
        }
        Body { blocks, references, claims, spoken, plain, lock, ..Body::of(source.file) }
    }

    fn peek(&self) -> Option<&Event<'a>> {
        self.events.peek()
    }

    /// The bytes of the current event in the file.
    fn span(&self) -> Span {
        self.peek().map_or(Span::default(), |_| self.span_of(&self.events.range()))
    }

    fn span_of(&self, range: &Range<usize>) -> Span {
        let at = |position| self.prepared.original(position) + self.source.offset;
        Span::new(self.source.file, at(range.start)..at(range.end))
    }

    /// The first line of a span.
    fn first_line(&self, span: Span) -> Span {
        let text = &self.source.text[span.range().start - self.source.offset..span.range().end - self.source.offset];
        let line = text.trim_end().find('\n').unwrap_or(text.trim_end().len());
        span.part(0..line)
    }

    fn refuse(&mut self, code: Code, place: Span, headline: &str, help: &str) {
        self.sink.push(Diagnostic::new(code, place, headline).help(help));
    }

    fn reference(&mut self, kind: ReferenceKind, name: String, span: Span) -> RefIx {
        self.references.push(Reference { kind, name: name.into(), place: span, line: None });
        RefIx(self.references.len() - 1)
    }

    /// An include is a paragraph of its own; anywhere else it would show nothing.
    fn misplaced_includes(&mut self, blocks: &[Block]) {
        let mut found = Vec::new();
        each_run(blocks, &mut |run| {
            let mut first = None;
            each_inline(run, &mut |inline| match inline {
                Inline::Fact(at) if self.references[at.0].kind == ReferenceKind::Include => {
                    first = first.or(Some(*at));
                }
                _ => {}
            });
            found.extend(first);
        });
        for at in found {
            let place = self.references[at.0].place;
            self.refuse(
                Code::BadReference,
                place,
                "an include stands inside a paragraph, a list, a quote or a heading",
                "give it a paragraph of its own at the level of the text: an empty line before and after",
            );
        }
    }

    /// A footnote that no mark leads to would not be shown; of two with one label, the second would not be reached.
    fn unmarked_footnotes(&mut self, blocks: &[Block]) {
        let mut marks = BTreeSet::new();
        each_run(blocks, &mut |run| {
            each_inline(run, &mut |inline| {
                if let Inline::FootnoteMark(label) = inline {
                    marks.insert(same_label(label));
                }
            });
        });
        let mut seen = BTreeMap::new();
        for block in blocks {
            let Block::Footnote(note) = block else { continue };
            let Footnote { label, place, .. } = &**note;
            if let Some(first) = seen.insert(same_label(label), *place) {
                self.sink.push(
                    Diagnostic::new(Code::DuplicateId, *place, format!("this is a second footnote `{label}`"))
                        .related(first, "the first")
                        .help("give each footnote its own label; small and large letters are the same"),
                );
            } else if !marks.contains(&same_label(label)) {
                let headline = format!("nothing leads to the footnote `{label}`");
                let help = format!("put `[^{label}]` where it belongs, or take it out");
                self.refuse(Code::BadReference, *place, &headline, &help);
            }
        }
    }

    /// `[name]: address` lines that no link uses: nobody would see them, nor the words on them.
    fn unused_addresses(&mut self) {
        let text = self.source.text;
        if memchr::memmem::find(text.as_bytes(), b"]:").is_none() {
            return;
        }
        let compared = same_label(text);
        let used = used_labels(&compared);
        let mut shown = self.shown();
        shown.sort_unstable_by_key(|range| range.start);
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let name = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]:")).map(|(name, _)| name);
            let Some(name) = name.filter(|name| !name.starts_with('^') && !name.contains([']', '['])) else { continue };
            // What is shown of the line begins on it, or before it and goes on.
            let before = shown.partition_point(|range| range.start < at);
            let is_shown = shown[..before].last().is_some_and(|last| last.start >= start || last.end > start);
            if !is_shown && !used.contains(&*same_label(name)) {
                let place = self.source.place(start..start + line.trim_end().len());
                let headline = format!("no link uses the address of `[{name}]`");
                let help = "write `[words](address)` where it belongs, or take this line out: readers do not see it";
                self.refuse(Code::BadReference, place, &headline, help);
            }
        }
    }

    /// Where words and code stand that readers see.
    fn shown(&self) -> Vec<Range<usize>> {
        let words =
            Events::of(&self.prepared.text).filter(|(event, _)| matches!(event, Event::Text(_) | Event::Code(_)));
        words.map(|(_, range)| self.prepared.original(range.start)..self.prepared.original(range.end)).collect()
    }

    /// Steps over the end of what was just read.
    fn close(&mut self) {
        if matches!(self.peek(), Some(Event::End(_))) {
            self.events.step();
        }
    }

    /// Steps over everything up to the end that matches the start just passed.
    fn skip(&mut self) {
        let mut open = 1usize;
        while open > 0 {
            match self.events.step() {
                Some((Event::Start(_), _)) => open += 1,
                Some((Event::End(_), _)) => open -= 1,
                Some(_) => {}
                None => break,
            }
        }
    }

    fn too_deep(&mut self, span: Span) {
        let place = self.first_line(span);
        self.refuse(
            Code::NestedTooDeep,
            place,
            "this is nested more than 16 levels deep",
            "look for stray `>`, `*` or indentation",
        );
    }

    fn raw_html(&mut self, span: Span) {
        let place = self.first_line(span);
        self.refuse(
            Code::RawHtml,
            place,
            "HTML is not used in content",
            "say it in Markdown; to show the characters themselves, put them between backticks",
        );
    }

    fn at_end(&self) -> bool {
        matches!(self.peek(), None | Some(Event::End(_)))
    }

    fn at_end_of(&self, end: TagEnd) -> bool {
        self.peek().is_none_or(|event| *event == Event::End(end))
    }
}

/// What stands between brackets and may be the name of a link's address: neither followed by an address nor the name before one.
fn used_labels(text: &str) -> BTreeSet<&str> {
    let (mut used, mut open) = (BTreeSet::new(), None);
    for (at, sign) in text.match_indices(['[', ']']) {
        let from = open.take();
        if sign == "[" {
            open = Some(at + 1);
        } else if let Some(from) = from.filter(|_| !text[at + 1..].starts_with(['(', ':'])) {
            used.insert(&text[from..at]);
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::diag::Diagnostics;
    use crate::model::body::{Block, Body, Inline};
    use crate::parse::text::SourceText;
    use crate::source::tree::{FileId, SourceTree};

    fn shape(run: &[Inline]) -> String {
        run.iter()
            .map(|inline| match inline {
                Inline::Text { text, .. } => text.clone(),
                Inline::Strong(content) => format!("<b>{}</b>", shape(content)),
                Inline::Emphasis { content, .. } => format!("<i>{}</i>", shape(content)),
                Inline::Fact(_) => "{}".into(),
                Inline::Claim { content, .. } => format!("<claim>{}</claim>", shape(content)),
                Inline::Spoken { locale, content } => format!("<{locale}>{}</{locale}>", shape(content)),
                Inline::SoftBreak => "⏎".into(),
                _ => "?".into(),
            })
            .collect()
    }

    fn paragraph(text: &str) -> String {
        let mut sink = Diagnostics::default();
        let body = read(SourceText { file: FileId::SITE, text, offset: 0 }, Body::of(FileId::SITE), &mut sink);
        assert!(sink.is_empty(), "{text}");
        match body.blocks.as_slice() {
            [Block::Paragraph(run)] => shape(run),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn bold_beside_full_width_punctuation() {
        for (markdown, shown) in [
            ("**保号卡。**后文", "<b>保号卡。</b>后文"),
            ("前文**“保号卡”**后文", "前文<b>“保号卡”</b>后文"),
            ("**注意：**请带护照", "<b>注意：</b>请带护照"),
            ("**SIM卡（中国移动）**是", "<b>SIM卡（中国移动）</b>是"),
            ("最多**{{ fee }}**起", "最多<b>{}</b>起"),
            ("前**（a）**后**（b）**后", "前<b>（a）</b>后<b>（b）</b>后"),
            ("یہ **اہم:** بات", "یہ <b>اہم:</b> بات"),
            ("☎\u{FE0F}**客服**电话。⚠\u{FE0F}**注意**请", "☎\u{FE0F}<b>客服</b>电话。⚠\u{FE0F}<b>注意</b>请"),
            (
                "前**☎\u{FE0F}重要**后，**重要☎\u{FE0F}**后，**重要☎**后",
                "前<b>☎\u{FE0F}重要</b>后，<b>重要☎\u{FE0F}</b>后，<b>重要☎</b>后",
            ),
            ("a * b * c", "a * b * c"),
            ("Dial *21*0300# now", "Dial *21*0300# now"),
            ("*100*1*2#", "*100*1*2#"),
            ("**\\*100#** or ***100#**", "<b>*100#</b> or <b>*100#</b>"),
            ("**21*number# and *so*", "**21*number# and <i>so</i>"),
            ("拨*100#**查**", "拨*100#<b>查</b>"),
        ] {
            assert_eq!(paragraph(markdown), shown, "{markdown}");
        }
    }

    #[test]
    fn words_in_brackets_with_braces() {
        for (markdown, shown) in [
            ("[Go in person.]{fact=a.b is=yes} Then wait.", "<claim>Go in person.</claim> Then wait."),
            ("See [*this* and {{ fee }}.]{fact=b is=\"at_most: 2\"}", "See <claim><i>this</i> and {}.</claim>"),
            ("**[先换绑]{fact=a.b is=yes}**。", "<b><claim>先换绑</claim></b>。"),
            ("Window [10]{plain}, [**2**]{plain}", "Window 10, <b>2</b>"),
            ("[یہ سم]{lang=ur} کہیں", "<ur>یہ سم</ur> کہیں"),
            ("[a] [b]{fact=a.b is=no} [c", "[a] <claim>b</claim> [c"),
            ("\\[a [b [c] \\] d]{fact=a.b is=no}", "[a <claim>b [c] ] d</claim>"),
            ("[a](https://example.org/) [b]{fact=a.b is=no}", "? <claim>b</claim>"),
            ("[one]{fact=a.b is=no}[two]{fact=c is=x}", "<claim>one</claim><claim>two</claim>"),
        ] {
            assert_eq!(paragraph(markdown), shown, "{markdown}");
        }
    }

    #[test]
    fn braces_that_say_nothing_are_told() {
        for markdown in [
            "[a]{}",
            "[a]{fact=a.b}",
            "[a]{is=yes}",
            "[a]{fact=a.b is=yes lang=ur}",
            "[a]{fact=a..b is=yes}",
            "[a]{facts=a.b is=yes}",
            "[a]{fact=a.b is=}",
            "[a 10]{plain lang=ur}",
            "[no number]{plain}",
            "[a]{fact=a.b is=yes",
            "[]{fact=a.b is=yes}",
            "[a [b]{fact=a.b is=yes}]{fact=a.b is=yes}",
        ] {
            let mut sink = Diagnostics::default();
            read(SourceText { file: FileId::SITE, text: markdown, offset: 0 }, Body::of(FileId::SITE), &mut sink);
            assert_eq!(sink.sorted(&SourceTree::default()).len(), 1, "{markdown}");
        }
    }

    #[test]
    fn addresses_that_no_link_uses_are_told() {
        for (markdown, count) in [
            ("[a](b.md)\n\n[a]: c.md", 1),
            ("[A] and [b][c]\n\n[a]: d.md\n[c]: e.md", 0),
            ("`[a]: b`\n\n```\n[a]: b\n```", 0),
        ] {
            let mut sink = Diagnostics::default();
            read(SourceText { file: FileId::SITE, text: markdown, offset: 0 }, Body::of(FileId::SITE), &mut sink);
            assert_eq!(sink.count(), count, "{markdown}");
        }
    }

    #[test]
    fn comments_leave_no_trace() {
        for (markdown, shown) in [
            ("Open <!-- ask --> on Monday", "Open on Monday"),
            ("先<!-- 问 -->后", "先后"),
            ("Open<!-- ask --> now", "Open now"),
            ("**Open** <!-- one --><!-- two -->now", "<b>Open</b> now"),
            ("<!-- a\n\nb -->\nOpen", "Open"),
            ("Open\n<!-- {{ nope }} **a -->", "Open"),
            ("Open `<!--` and \\<!-- now", "Open ? and <!-- now"),
        ] {
            assert_eq!(paragraph(markdown), shown, "{markdown}");
        }
    }

    #[test]
    fn line_ends_between_han_add_no_space() {
        assert_eq!(paragraph("先迁移\n验证码"), "先迁移验证码");
        assert_eq!(paragraph("先迁移，\n{{ fee }}\n元"), "先迁移，{}元");
        assert_eq!(paragraph("用SIM\n卡"), "用SIM⏎卡");
        assert_eq!(paragraph("one\ntwo"), "one⏎two");
        assert_eq!(paragraph("**先**\n迁移"), "<b>先</b>迁移");
    }
}
