//! Nothing is lost in silence: every word of a Markdown file is in the tree, in a finding, or in a note among editors.
//!
//! The leaves of the tree say where they stand, in order; between two of them stand marks. Only where letters or digits stand between
//! them is it looked at what they are.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::attributes::Attributes;
use crate::model::body::{Block, Body, Inline, RefIx};
use crate::model::walk::same_label;
use crate::parse::document;
use crate::parse::text::SourceText;
use crate::source::tree::FileId;

/// Reports the words of a file that its tree does not have, and that no finding speaks of.
pub fn check(body: &Body, source: &SourceText<'_>, sink: &mut Diagnostics) {
    let start = document::split(source.text).map_or(0, |(_, start)| start);
    let mut reading = Reading { body, source, at: start, found: Vec::new() };
    reading.blocks(&body.blocks);
    reading.up_to(source.text.len());
    let found = std::mem::take(&mut reading.found);
    if found.is_empty() {
        return;
    }
    let (told, swallowed) =
        (Told::of(sink, source.file, |_| true), Told::of(sink, source.file, |code| SWALLOWS.contains(&code)));
    let used: BTreeSet<&str> = body.references.iter().map(|named| &*named.name).collect();
    let mut labels = BTreeSet::new();
    for gap in found {
        let is_swallowed = swallowed.touches(source.place(gap.clone()));
        Gap { used: &used, text: source.text, at: gap.start, end: gap.end }.search(&mut labels, &mut |range, what| {
            let place = source.place(range);
            let in_gap = is_swallowed && matches!(what, Lost::Words);
            if !in_gap && !told.touches(place) {
                sink.push(lost(place, what));
            }
        });
    }
}

/// Findings that speak of more than the place that they show.
const SWALLOWS: [Code; 5] =
    [Code::RawHtml, Code::NestedTooDeep, Code::UnclosedBlock, Code::MisplacedItem, Code::TableCells];

/// The places of findings by where they begin, each with the end of the one that reaches farthest so far: a file may have very many.
struct Told(Vec<(usize, usize)>);

impl Told {
    fn of(sink: &Diagnostics, file: FileId, speaks: fn(Code) -> bool) -> Self {
        let speaking = sink.iter().filter(|one| speaks(one.code) && one.primary.place.file == file);
        let mut places: Vec<_> = speaking.map(|one| one.primary.place.range()).collect();
        places.sort_unstable_by_key(|place| place.start);
        let mut reached = 0;
        let reaching = places.into_iter().map(|place| {
            reached = reached.max(place.end);
            (place.start, reached)
        });
        Self(reaching.collect())
    }

    fn touches(&self, here: Span) -> bool {
        let here = here.range();
        let before = self.0.partition_point(|(start, _)| *start <= here.end);
        self.0[..before].last().is_some_and(|(_, reached)| here.start <= *reached)
    }
}

/// What became of words that nobody sees.
#[derive(Clone, Copy)]
enum Lost {
    Words,
    /// The address of a label that has one already.
    Address,
    /// An address that no link has.
    Unused,
}

fn lost(place: Span, what: Lost) -> Diagnostic {
    let (headline, help) = match what {
        Lost::Words => (
            "these words are on no page: Markdown takes them for a mark",
            "move them into a line of their own; a note among editors stands between `<!--` and `-->`",
        ),
        Lost::Address => (
            "this name has an address above, so this one is used by no link",
            "give it another name, or take the line out",
        ),
        Lost::Unused => (
            "no link uses this address",
            "write `[words](address)` where it belongs, or take this line out: readers do not see it",
        ),
    };
    Diagnostic::new(Code::LostWords, place, headline).help(help)
}

/// A walk over the leaves of a tree, along the text.
struct Reading<'a> {
    body: &'a Body,
    source: &'a SourceText<'a>,
    /// The text up to here is accounted for.
    at: usize,
    /// Parts between leaves that hold letters or digits.
    found: Vec<Range<usize>>,
}

impl Reading<'_> {
    fn up_to(&mut self, at: usize) {
        if at <= self.at {
            return;
        }
        let bytes = self.source.text.as_bytes().get(self.at..at).unwrap_or_default();
        if bytes.iter().any(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80) {
            self.found.push(self.at..at);
        }
        self.at = at;
    }

    fn leaf(&mut self, place: Span) {
        let range = place.range();
        let Some(start) = range.start.checked_sub(self.source.offset) else { return };
        self.up_to(start);
        self.at = self.at.max(range.end - self.source.offset);
    }

    /// What stands around words: a link with its address, a claim with its braces.
    fn around(&mut self, place: Span, content: &[Inline]) {
        self.leaf(Span { end: place.start, ..place });
        self.run(content);
        self.at = self.at.max(place.range().end.saturating_sub(self.source.offset));
    }

    fn reference(&mut self, at: RefIx) {
        self.leaf(self.body.references[at.0].place);
    }

    fn attributes(&mut self, attributes: &Attributes) {
        if let Some(place) = attributes.place {
            self.leaf(place);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(run) | Block::Plain(run) => self.run(run),
                Block::Heading(heading) => {
                    self.run(&heading.content);
                    self.attributes(&heading.attributes);
                }
                Block::List { items, .. } => items.iter().for_each(|blocks| self.blocks(blocks)),
                Block::Items(items) => items.iter().for_each(|item| {
                    self.run(item.label());
                    self.attributes(&item.attributes);
                    self.blocks(item.hint());
                }),
                Block::Quote(blocks) | Block::Alert(_, blocks) => self.blocks(blocks),
                Block::Code(code) => self.leaf(code.span),
                Block::Table(table) => {
                    table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| self.run(cell));
                }
                Block::Definitions(list) => list.iter().for_each(|definition| {
                    self.run(&definition.term);
                    definition.details.iter().for_each(|blocks| self.blocks(blocks));
                }),
                Block::Footnote(note) => self.blocks(&note.blocks),
                Block::Include(at) => self.reference(*at),
                // A line of the short version stands in front matter.
                Block::Short(_) | Block::Rule(_) => {}
            }
        }
    }

    fn run(&mut self, run: &[Inline]) {
        for inline in run {
            match inline {
                Inline::Text { span, .. } | Inline::Code { span, .. } => self.leaf(*span),
                Inline::Emphasis { content, .. }
                | Inline::Strong(content)
                | Inline::Strike(content)
                | Inline::Spoken { content, .. } => self.run(content),
                Inline::Link { to, content, .. } => self.around(self.body.references[to.0].place, content),
                Inline::Claim { claim, content } => self.around(self.body.claims[claim.0].place, content),
                Inline::Image { of, .. } => self.reference(*of),
                Inline::Fact(at) => self.reference(*at),
                Inline::FootnoteMark(_) | Inline::SoftBreak | Inline::HardBreak => {}
            }
        }
    }
}

/// What stands between two leaves.
struct Gap<'a> {
    /// Addresses that links have.
    used: &'a BTreeSet<&'a str>,
    text: &'a str,
    at: usize,
    end: usize,
}

impl<'a> Gap<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..self.end]
    }

    /// Finds the words that are no part of a mark.
    fn search(&mut self, labels: &mut BTreeSet<String>, found: &mut dyn FnMut(Range<usize>, Lost)) {
        let mut begins_line = self.text[..self.at].trim_end_matches([' ', '\t', '>']).ends_with('\n') || self.at == 0;
        while self.at < self.end {
            if begins_line {
                begins_line = false;
                if let Some((lost, what)) = self.line(labels) {
                    found(lost, what);
                }
                continue;
            }
            let rest = self.rest();
            let Some(c) = rest.chars().next() else { return };
            let mark = mark(rest);
            if mark > 0 {
                self.at += mark;
            } else if c.is_alphanumeric() {
                let line = rest.lines().next().unwrap_or_default();
                // A note among editors may follow.
                let words = line.split("<!--").next().unwrap_or(line).trim_end();
                found(self.at..self.at + words.len(), Lost::Words);
                self.at += words.len();
            } else {
                begins_line = c == '\n';
                self.at += c.len_utf8();
            }
        }
    }

    /// Steps over the mark that begins a line; the range of an address that its label does not lead to.
    fn line(&mut self, labels: &mut BTreeSet<String>) -> Option<(Range<usize>, Lost)> {
        let rest = self.rest();
        let line = rest.lines().next().unwrap_or_default();
        let words = line.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
        self.at += line.len() - words.len();
        let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 && words[digits..].starts_with(['.', ')']) {
            self.at += digits + 1;
            return None;
        }
        if words.starts_with("```") || words.starts_with("~~~") {
            // What follows the name of the language was told while reading.
            self.at += words.len();
            return None;
        }
        let (name, address) = words.strip_prefix('[').and_then(|rest| rest.split_once("]:"))?;
        if name.starts_with('^') || name.contains(['[', ']']) {
            return None;
        }
        let start = self.at;
        self.at += words.len();
        // Its title, or even its address, may stand on the next line.
        let next = self.rest().strip_prefix('\n').and_then(|rest| rest.lines().next()).unwrap_or_default();
        let title = next.trim_start().starts_with(['"', '\'', '(']) && next.trim_end().ends_with(['"', '\'', ')']);
        if title || words.ends_with("]:") {
            self.at += 1 + next.len();
        }
        let place = start..start + words.trim_end().len();
        if !labels.insert(same_label(name)) {
            return Some((place, Lost::Address));
        }
        let address = address.split_whitespace().next().filter(|address| !address.contains(['<', '\\', '&']))?;
        (!self.used.contains(address)).then_some((place, Lost::Unused))
    }
}

/// The length of the mark with which a text begins; 0 where it begins with none.
fn mark(text: &str) -> usize {
    let up_to = |end: &str| text.find(end).map_or(text.len(), |at| at + end.len());
    let on_line = |end: u8| {
        let found = memchr::memchr2(end, b'\n', text.as_bytes()).filter(|at| text.as_bytes()[*at] == end);
        found.map_or(0, |at| at + 1)
    };
    if text.starts_with("<!--") {
        return up_to("-->");
    }
    if text.starts_with('<') {
        return on_line(b'>');
    }
    if text.starts_with("]{") || text.starts_with("{#") {
        return on_line(b'}');
    }
    // A label: `[^1]`, `][guide]`, `[!NOTE]`, `[x]`.
    let is_label =
        text.starts_with("[^") || text.starts_with("[!") || text.starts_with("[x]") || text.starts_with("[X]");
    if is_label {
        return on_line(b']');
    }
    0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;
    use proptest::test_runner::RngSeed;

    use super::check;
    use crate::diag::{Code, Diagnostics};
    use crate::model::body::Body;
    use crate::parse::markdown;
    use crate::parse::text::SourceText;
    use crate::source::tree::FileId;

    fn read(text: &str) -> (Body, Diagnostics) {
        let source = SourceText { file: FileId::SITE, text, offset: 0 };
        let mut sink = Diagnostics::default();
        let body = markdown::read(source, Body::of(FileId::SITE), &mut sink);
        check(&body, &source, &mut sink);
        (body, sink)
    }

    fn told(text: &str) -> Vec<String> {
        let (_, found) = read(text);
        let lost = found.iter().filter(|one| one.code == Code::LostWords);
        lost.map(|one| text[one.primary.place.range()].to_owned()).collect()
    }

    #[test]
    fn what_nobody_sees_is_told() {
        for (text, lost) in [
            ("``` text one two\n*100#\n```", &["one two"][..]),
            ("[a][b] [c][b]\n\n[b]: d.md\n[b]: e.md", &["[b]: e.md"]),
            ("[a][b]\n\n[b]: d.md \"e\"\n\nf", &[]),
            ("one <!-- two --> three\n\n<!-- four -->\n\n> [!NOTE]\n> five\n\n1. six\n2. seven", &[]),
            (
                "## one {#two}\n\n- [ ] three {#four when=five}\n  six\n\n[seven]{fact=a.b is=c} [8]{plain} [i]{lang=ur}",
                &[],
            ),
            (
                "| a | b |\n|---|:-:|\n| c | d |\n\nterm\n: words\n\na[^1]\n\n[^1]: note\n\n![e](f.png \"g\") <https://h.org>",
                &[],
            ),
            ("{{ include a }}\n\nb {{ c.d }} `e` **f**&amp;g \\* \\[h]\n***\ni\n===", &[]),
        ] {
            assert_eq!(told(text), lost, "{text}");
        }
    }

    /// Every word that a tree has in some place: text, labels, names, languages, ids.
    fn words_of(body: &Body) -> String {
        format!("{:?} {:?} {:?} {:?}", body.blocks, body.references, body.claims, body.spoken)
    }

    /// Pieces in which `W` is a word that stands nowhere else.
    const PIECES: &[&str] = &[
        "W W",
        "W",
        " ",
        "\n",
        "\n\n",
        "\n\n",
        "**W**",
        "*W",
        "\n## W {#W}\n",
        "\n- W\n",
        "\n- [ ] W {#W}\n",
        "\n  W\n",
        "\n| W | W |\n|---|---|\n| W | W | W |\n| W |\n",
        "[W](W.md \"W\")",
        "\n\n[W]: W.md \"W\"\n",
        "[W][a]",
        "\n\n[a]: W.md\n",
        "[^a]",
        "\n\n[^a]: W\n",
        "\n``` W W\nW\n```\n",
        "\n```\nW\n",
        "<!-- W -->",
        "<b>W</b>",
        "\n> [!NOTE]\n> W\n",
        "\n> [!NOTE] W\n",
        "![W](W.png)",
        "`W`",
        "{{ W }}",
        "\n\n{{ include W }}\n\n",
        "[W]{fact=W.W is=W}",
        "[W]{lang=W}",
        "\nW\n: W\n",
        "\n1. W\n",
        "\n2026. W\n",
        "\n\n    W\n",
        "&W;",
        "<https://W.org>",
        "\\W",
        "~~W~~",
        "\n---\n",
        "\n===\n",
        "\n<div>\nW\n</div>\n",
        "|W",
        "[[W]]",
        "\n:::W\n",
        "\n> W\n",
        "[",
        "]",
    ];

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 600,
            failure_persistence: None,
            rng_seed: RngSeed::Fixed(20_261_122),
            ..ProptestConfig::default()
        })]

        #[test]
        fn every_word_is_in_the_tree_or_told(pieces in prop::collection::vec(select(PIECES), 1..14)) {
            let mut count = 0;
            let mut text = String::new();
            for c in pieces.concat().chars() {
                if c == 'W' {
                    count += 1;
                    text += &format!("q{count}z");
                } else {
                    text.push(c);
                }
            }
            let (body, found) = read(&text);
            // What such findings speak of is more than the place that they show.
            let refused = [Code::RawHtml, Code::UnclosedBlock, Code::NestedTooDeep];
            if found.iter().any(|one| refused.contains(&one.code)) {
                return Ok(());
            }
            let words = words_of(&body);
            for number in 1..=count {
                let word = format!("q{number}z");
                let at = text.find(&word).unwrap();
                let note = text[..at].rfind("<!--").is_some_and(|open| !text[open..at].contains("-->"));
                // A name for an address, which a link looks it up by.
                let label = text[..at].ends_with('[') && text[at..].starts_with(&format!("{word}]:"));
                let told = found.iter().any(|one| {
                    // Said once of a list, however many lines of it are meant.
                    let of_list = one.code == Code::MisplacedItem;
                    let place = one.primary.place.range();
                    of_list || (place.start <= at + word.len() && at <= place.end)
                });
                prop_assert!(words.contains(&word) || told || note || label, "{word} of {text:?}: {words}");
            }
        }
    }
}
