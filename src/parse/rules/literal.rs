//! What still looks like a mark after parsing: readers would see it as it was typed.
//!
//! Marks are looked for in the text as written, so that a backslash before one is seen. Most texts hold none of their signs.

mod braces;
mod entities;
mod lines;
mod single;

use std::ops::Range;

use memchr::memmem;

use crate::diag::{Code, Diagnostic, Diagnostics, Label, Span};
use crate::parse::place::is_image;
use crate::parse::text::SourceText;

/// In how many other places a mark is told: the rest is seen once these are mended.
const MAX_TOLD: usize = 8;

/// Words as written, and where they begin.
pub(super) struct Typed<'a> {
    text: &'a str,
    place: Span,
    /// Whether a backslash stands before the first character.
    escaped: bool,
    /// What readers see of it: a mark that they do not see did its work.
    shown: &'a str,
    /// Parts of it that were told.
    told: Vec<Range<usize>>,
}

/// A mark that means something elsewhere, or would if it were complete.
struct Mark {
    sign: &'static str,
    help: &'static str,
    /// Whether two of them belong together: what is left of a pair is one mistake.
    paired: bool,
}

const fn pair(sign: &'static str, help: &'static str) -> Mark {
    Mark { sign, help, paired: true }
}

const fn one(sign: &'static str, help: &'static str) -> Mark {
    Mark { sign, help, paired: false }
}

const CLOSE: &str = "close the markup; for weight in Chinese use `**`, and write a backslash before a mark to show it";
const STARS: &str =
    "for weight write two stars on each side, as in `**words**`; write a backslash before a star to show it";
const PLAIN: &str = "this text is shown as it is typed: take the marks of Markdown out";
const LINK: &str =
    "a link is `[words](address)`: half-width brackets, nothing between `]` and `(`, and no space in the address";
/// The braces that may be lost behind words between brackets, where it is not known which.
pub const UNTIED: &str = "{fact=… is=…}";
const REFERENCE: &str =
    "write the address behind the words, as in `[words](address)`: no link of this name is given below";
const CONDITION: &str = "only an item (`- [ ] Words {#id when=…}`) and a line of `short:` end with a condition; a line of a counter card has `when: […]` or `unless: […]` below it";
const TEMPLATE: &str = "marks of other programs do nothing here: say it in words, or take it out";

/// Longer signs stand before those they begin with.
const MARKS: &[Mark] = &[
    pair("**", CLOSE),
    pair("__", CLOSE),
    pair("~~", CLOSE),
    pair("``", "end the code with as many backticks as it begins with, in the same paragraph"),
    pair("`", "end the code with a second backtick in the same paragraph, or write a backslash before this one"),
    one("[^", "there is no footnote of this name: add a line `[^name]: …`, or take the mark out"),
    one(
        "{#",
        "an id stands at the end of a heading (`## Words {#id}`, with the space) or of a line that begins with `- [ ] `",
    ),
    one("{when=", CONDITION),
    one("{unless=", CONDITION),
    one("{requires=", "only headings and items name what comes first: `## Words {#id requires=…}`"),
    one("[[", "a link is `[words](address)`"),
    one("](", LINK),
    one("]（", LINK),
    one("】(", LINK),
    one("】（", LINK),
    one("］(", LINK),
    one("］（", LINK),
    one("][", REFERENCE),
    one("{%", TEMPLATE),
    one("{:", TEMPLATE),
    one("[TOC]", "the page makes its own contents; take this out"),
    one("｛｛", "a fact is named between half-width braces, as in `{{ helpline }}`"),
    pair("＊＊", "for weight write two half-width stars on each side, as in `**words**`"),
];

/// Reports the marks in a text of Markdown.
pub fn prose(text: &str, place: Span, source: &SourceText<'_>, sink: &mut Diagnostics) {
    let range = place.range();
    let range = range.start.checked_sub(source.offset).map(|start| start..range.end - source.offset);
    let Some((written, range)) = range.and_then(|range| Some((source.text.get(range.clone())?, range))) else {
        return words(text, place, sink);
    };
    // Attributes were taken off the end of a heading or of an item.
    let id = memmem::find(written.as_bytes(), b"{#").filter(|_| !text.contains("{#"));
    let end = id.unwrap_or(written.len());
    let escaped = source.text[..range.start].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    let mut typed = Typed { text: &written[..end], place: place.part(0..end), escaped, shown: text, told: Vec::new() };
    let may_hold = may_hold(typed.text);
    if may_hold {
        typed.told = braces::check(&typed, sink);
    }
    // What a line begins with is told in its own words, and not once more as a mark.
    let told = sink.count();
    if !lines::check(&typed, source.text, range.clone(), sink) && may_hold {
        typed.marks(sink);
        if sink.count() == told && typed.told.is_empty() {
            single::check(&typed, source.text, range.start, sink);
        }
    }
    if typed.told.is_empty() {
        typed.stray_brace(sink);
    }
    typed.entities(sink);
}

/// Reports the marks in a text that is shown as it is typed: those that do something in Markdown are one mistake.
pub fn words(text: &str, place: Span, sink: &mut Diagnostics) {
    let typed = Typed { text, place, escaped: false, shown: text, told: Vec::new() };
    if may_hold(text) {
        let mut found = Diagnostics::default();
        typed.marks(&mut found);
        let is_markdown =
            |told: &Diagnostic| told.help.iter().any(|help| [CLOSE, STARS, LINK].contains(&help.as_str()));
        let marks = found
            .take(|told| is_markdown(told))
            .into_iter()
            .reduce(|first, other| first.related(other.primary.place, "and here"));
        sink.extend(found);
        marks.into_iter().for_each(|told| sink.push(Diagnostic { help: vec![PLAIN.to_owned()], ..told }));
    }
    typed.tags(sink);
    typed.entities(sink);
}

/// How far before a bracket the one that opens it is looked for, in bytes: the words of a link are fewer.
const NEAR: usize = 1000;

impl Typed<'_> {
    fn part(&self, range: Range<usize>) -> Span {
        super::part(self.place, self.text, range)
    }

    fn report(&self, sign: &str, range: Range<usize>, help: &str, sink: &mut Diagnostics) {
        let headline = format!("`{sign}` stands in the text as it is");
        sink.push(Diagnostic::new(Code::LiteralMarkup, self.part(range), headline).help(help));
    }

    fn found(mark: &Mark, place: Span) -> Diagnostic {
        let sign = if mark.sign.starts_with('`') { "a backtick" } else { &format!("`{}`", mark.sign) };
        let headline = format!("{sign} stands in the text as it is");
        Diagnostic::new(Code::LiteralMarkup, place, headline).help(mark.help)
    }

    fn marks(&self, sink: &mut Diagnostics) {
        // What is left of pairs is told once for each sign, of which there are few.
        let mut pairs: Vec<(&Mark, Diagnostic)> = Vec::new();
        for (at, mark) in self.places() {
            let place = self.part(at..at + mark.sign.len());
            if let Some(found) = self.image(at).filter(|_| mark.sign == "](") {
                sink.push(found);
            } else if !mark.paired {
                let found = Self::found(mark, place);
                let code = if self.is_attribute(at) { Code::BadAttribute } else { found.code };
                sink.push(Diagnostic { code, ..found });
            } else if let Some((_, first)) = pairs.iter_mut().find(|(other, _)| other.sign == mark.sign) {
                if first.primary.place != place && first.related.len() < MAX_TOLD {
                    first.related.push(Label { place, text: "and here".to_owned() });
                }
            } else {
                pairs.push((mark, Self::found(mark, place)));
            }
        }
        pairs.into_iter().for_each(|(_, found)| sink.push(found));
        self.highlighted(sink);
        self.apart(sink);
    }

    /// An image whose words end before a place, and whose name has a blank in it.
    fn image(&self, at: usize) -> Option<Diagnostic> {
        let start = self.text[..at].rfind("![")?;
        let name = self.text[at + 2..].split([')', '\n']).next()?;
        if self.text[start + 2..at].contains(['[', ']']) || !is_image(name) || !name.trim().contains(' ') {
            return None;
        }
        let end = at + 2 + name.len();
        let end = end + usize::from(self.text[end..].starts_with(')'));
        let headline = format!("`{}` has a blank in it, so readers see this as it is typed", name.trim());
        let right: Vec<&str> = name.split_whitespace().collect();
        let help = format!("call the file `{}`, and name it so here: letters a-z, digits and hyphens", right.join("-"));
        Some(Diagnostic::new(Code::BadImage, self.part(start..end), headline).help(help))
    }

    /// Whether braces with an id or a condition begin here: a step, an item or who is to see it got lost.
    fn is_attribute(&self, at: usize) -> bool {
        let inside = self.text[at..].strip_prefix('{').unwrap_or_default();
        inside.trim_start_matches('#').starts_with(|c: char| c.is_ascii_lowercase())
    }

    /// Every mark, the longest at its place, without those that a backslash shows on purpose.
    fn places(&self) -> impl Iterator<Item = (usize, &'static Mark)> + '_ {
        let mut from = 0;
        let shown: Vec<&Mark> = MARKS.iter().filter(|mark| self.shown.contains(mark.sign)).collect();
        let mut told = self.told.clone();
        told.sort_unstable_by_key(|range| range.start);
        let (mut told, mut told_up_to) = (told.into_iter().peekable(), 0);
        std::iter::from_fn(move || {
            while let Some(found) = self.text[from..].find(SIGNS) {
                let at = from + found;
                let mark = shown.iter().copied().find(|mark| self.text[at..].starts_with(mark.sign));
                from = at
                    + mark.map_or_else(
                        || self.text[at..].chars().next().map_or(1, char::len_utf8),
                        |mark| mark.sign.len(),
                    );
                while let Some(range) = told.next_if(|range| range.start <= at) {
                    told_up_to = told_up_to.max(range.end);
                }
                let is_told = at < told_up_to;
                if let Some(mark) = mark.filter(|_| !is_told && !self.is_shown_on_purpose(at) && !self.is_blank(at)) {
                    return Some((at, mark));
                }
            }
            None
        })
    }

    /// Whether an odd number of backslashes stands before a place, or before the bracket that opens what ends there.
    fn is_shown_on_purpose(&self, at: usize) -> bool {
        let escaped = |at: usize| {
            let before = self.text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
            (before + usize::from(self.escaped && before == at)) % 2 == 1
        };
        let near = at.saturating_sub(NEAR);
        let opened = self.text[at..].starts_with(']').then(|| memchr::memrchr(b'[', &self.text.as_bytes()[near..at]));
        let opened = opened.flatten().map(|found| near + found);
        escaped(at) || opened.is_some_and(escaped)
    }

    /// Whether a line to write on stands here: `____`.
    fn is_blank(&self, at: usize) -> bool {
        let from = self.text[..at].trim_end_matches('_').len();
        self.text[from..].bytes().take_while(|byte| *byte == b'_').count() > 3
    }

    /// `}` that closes nothing: one too many behind a fact.
    fn stray_brace(&self, sink: &mut Diagnostics) {
        let Some(at) = memchr::memchr(b'}', self.text.as_bytes()) else { return };
        if self.shown.contains('}') && !self.text[..at].contains('{') && !self.is_shown_on_purpose(at) {
            self.report(
                "}",
                at..at + 1,
                "take it out: two braces on each side name a fact, as in `{{ helpline }}`",
                sink,
            );
        }
    }

    /// `==words==`, which other programs set on yellow.
    fn highlighted(&self, sink: &mut Diagnostics) {
        let Some(at) = self.text.find("==").filter(|_| self.shown.contains("==")) else { return };
        let inside = &self.text[at + 2..];
        let begins = inside.starts_with(|c: char| c.is_alphanumeric());
        if let Some(end) = inside.find("==").filter(|end| begins && inside[..*end].ends_with(char::is_alphanumeric)) {
            self.report("==", at..at + end + 4, "for weight write two stars on each side, as in `**words**`", sink);
        }
    }

    /// `<b>` and `<br/>` in a text that is shown as it is typed.
    fn tags(&self, sink: &mut Diagnostics) {
        let tags = memchr::memchr_iter(b'<', self.text.as_bytes()).filter_map(|at| {
            let name = self.text[at + 1..].trim_start_matches('/');
            let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
            let is_tag = length > 0 && name[length..].trim_start_matches([' ', '/']).starts_with('>');
            is_tag.then(|| (at, self.text[at..].find('>').map_or(self.text.len(), |end| at + end + 1)))
        });
        if let Some((at, end)) = tags.take(1).next() {
            self.report(&self.text[at..end], at..end, "HTML does nothing here: take it out, and what closes it", sink);
        }
    }

    /// `[words] (address)`.
    fn apart(&self, sink: &mut Diagnostics) {
        for (at, _) in self.text.match_indices("] (").filter(|_| self.shown.contains("] (")) {
            let inside = self.text[at + 3..].split([')', '\n', ' ']).next().unwrap_or_default();
            let is_address = inside.contains("://") || inside.contains(".md") || inside.starts_with('#');
            if is_address && self.text[..at].contains('[') && !self.is_shown_on_purpose(at) {
                self.report("] (", at..at + 3, LINK, sink);
            }
        }
    }
}

/// First characters of marks.
const SIGNS: [char; 11] = ['*', '_', '~', '`', '[', ']', '{', '】', '］', '｛', '＊'];

/// Those that are full-width.
const FULL: [&str; 4] = ["】", "］", "｛", "＊"];

/// Whether a text may hold a mark at all.
#[expect(clippy::needless_bitwise_bool, reason = "without branches the comparisons are made side by side")]
fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    let half = bytes.iter().fold(false, |found, &byte| {
        let half = (byte == b'*') | (byte == b'_') | (byte == b'~') | (byte == b'`') | (byte == b'=');
        found | half | (byte == b'[') | (byte == b']') | (byte == b'{')
    });
    let is_full = |at: usize| FULL.iter().any(|sign| bytes[at..].starts_with(sign.as_bytes()));
    // The first bytes of those in UTF-8.
    half || memchr::memchr2_iter(0xE3, 0xEF, bytes).any(is_full)
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::model::body::{Body, Inline};
    use crate::model::walk::{each_inline, each_run};
    use crate::parse::markdown;
    use crate::parse::text::SourceText;
    use crate::source::tree::FileId;

    fn found(text: &str) -> Vec<String> {
        let source = SourceText { file: FileId::SITE, text, offset: 0 };
        let mut sink = Diagnostics::default();
        let body = markdown::read(source, Body::of(FileId::SITE), &mut sink);
        each_run(&body.blocks, &mut |run| {
            each_inline(run, &mut |inline| {
                if let Inline::Text { text, span } = inline {
                    super::prose(text, *span, &source, &mut sink);
                }
            });
        });
        sink.sorted(&crate::source::tree::SourceTree::default()).into_iter().map(|found| found.headline).collect()
    }

    #[test]
    fn what_looks_like_a_mark_is_told_once() {
        for text in [
            "[a](b c.md)",
            "[a] (b.md)",
            "[a]（b.md）",
            "【a】(b.md)",
            "［a］(b.md)",
            "[a][b]",
            "##标题",
            "###Small",
            "-甲\n-乙",
            "1.第一步\n2.第二步",
            "• one\n• two",
            "｜a｜b｜\n｜---｜---｜",
            "| a | b | c |\n|---|---|\n| 1 | 2 |",
            "a | b | c\n---|---",
            "| a | b |\n| c | d |",
            "> [!DANGER]\n> So.",
            "> [!NOTE] Title\n> So.",
            "[!NOTE]",
            "!!! note",
            "::: note",
            "a\n\n::: note\nb\n:::",
            "[[a]]",
            "{% a %}",
            "a {: .b }",
            "｛｛ a ｝｝",
            "＊＊重要＊＊",
            "**a",
            "a ** b ** c",
            "`a",
            "==a b==",
            "[TOC]",
            "~~#31# a",
            "a[^1]",
            "![a](b c.png)",
            "[a] and (b)",
            "**a.*",
            "- *a؟** b",
            "*甲？**[乙](b.md)",
            "- [ ] a - [ ] b {#c}",
        ] {
            assert_eq!(found(text).len(), 1, "{text:?}: {:?}", found(text));
        }
    }

    #[test]
    fn what_is_meant_is_left_alone() {
        for text in [
            "\\*\\*a",
            "\\[a\\](b c)",
            "\\`a",
            "\\[a\\] and (b)",
            "[…] and [1]",
            "5* and * and *100#",
            "[a](b.md)",
            "## Words {#a}",
            "-5 degrees",
            "3.5 and 1.5",
            "#31# and #2",
            "a - b",
            "a | b",
            "____",
            "[a](b.md \"Q &amp; <A>\")",
            "2 * 3 * 4",
            "a = b == c",
            "（甲）【乙】",
            "*21*0300#",
            "- [ ] a {#b}",
            "> [!NOTE]\n> a",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "1. a\n2. b",
        ] {
            assert_eq!(found(text), [""; 0], "{text:?}");
        }
    }
}
