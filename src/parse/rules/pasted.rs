//! Lines that stand in a text a second time: one right behind the other, or anywhere where they bring an id. A hand pasted them.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::document::split;
use crate::parse::text::SourceText;
use crate::script::is_han;

/// So many letters are words; a row of a form has fewer. A Chinese character counts as many as a short word.
const FEW_LETTERS: usize = 6;
const OF_HAN: usize = 3;

/// A line that says something, without the line end.
struct Line<'a> {
    text: &'a str,
    range: Range<usize>,
    number: usize,
    /// What stands between backticks on lines of its own may repeat itself.
    is_code: bool,
}

/// Lines that stand twice, by their numbers among those that say something.
struct Pasted {
    first: Range<usize>,
    again: Range<usize>,
}

/// Reports lines that were pasted.
pub fn check(source: &SourceText<'_>, sink: &mut Diagnostics) {
    let start = split(source.text).map_or(0, |(_, start)| start);
    let lines = lines(source.text, start);
    let (mut last, mut named): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = Default::default();
    let (mut at, mut apart, mut run) = (0, 0, 0);
    while let Some(line) = lines.get(at) {
        let before = last.insert(line.text, at).filter(|_| !line.is_code);
        let first = if brings_id(line) { named.get(line.text).copied() } else { None };
        let distance = before.map_or(0, |before| at - before);
        (apart, run) = (distance, if distance > 0 && distance == apart { run + 1 } else { 1 });
        let found = match first {
            Some(first) => Some(around(&lines, first, at)),
            None if distance > 0 && run >= distance => Some(behind(&lines, at + 1 - distance, distance)),
            None => None,
        };
        if brings_id(line) {
            named.entry(line.text).or_insert(at);
        }
        at += 1;
        if let Some(pasted) = found {
            // Also what says little is gone through once.
            at = pasted.again.end.max(at);
            (apart, run) = (0, 0);
            if first.is_some() || says_much(&lines[pasted.again.clone()]) {
                sink.push(twice(&lines, &pasted, source));
            }
        }
    }
}

fn lines(text: &str, start: usize) -> Vec<Line<'_>> {
    let (mut lines, mut at, mut fence) = (Vec::new(), start, None);
    let above = text[..start].matches('\n').count();
    for (number, whole) in (above + 1..).zip(text[start..].split_inclusive('\n')) {
        let (line, from) = (whole.trim_end(), at);
        at += whole.len();
        let mark = ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        let is_code = fence.is_some() || mark.is_some();
        match fence {
            None => fence = mark,
            Some(open) if mark == Some(open) => fence = None,
            Some(_) => {}
        }
        if !line.trim().is_empty() {
            lines.push(Line { text: line, range: from..from + line.len(), number, is_code });
        }
    }
    lines
}

/// Whether it is a heading or an item with an id.
fn brings_id(line: &Line<'_>) -> bool {
    let text = line.text.trim_start();
    !line.is_code && text.contains("{#") && text.ends_with('}') && text.starts_with(['#', '-', '*', '+'])
}

/// The lines around two that are the same, as far as they are the same too.
fn around(lines: &[Line<'_>], first: usize, again: usize) -> Pasted {
    let is_same = |one: usize, other: usize| lines[one].text == lines[other].text;
    let mut count = 1;
    while again + count < lines.len() && first + count < again && is_same(first + count, again + count) {
        count += 1;
    }
    let mut before = 0;
    while first > before && first + count < again - before && is_same(first - before - 1, again - before - 1) {
        before += 1;
    }
    if first + count == again {
        return behind(lines, again, count);
    }
    Pasted { first: first - before..first + count, again: again - before..again + count }
}

/// So many lines from one on that stand before it too, and all that follow them once more.
fn behind(lines: &[Line<'_>], again: usize, count: usize) -> Pasted {
    let mut end = again + count;
    while end < lines.len() && lines[end].text == lines[end - count].text {
        end += 1;
    }
    Pasted { first: again - count..again, again: again..again + (end - again) / count * count }
}

fn says_much(lines: &[Line<'_>]) -> bool {
    let letters = lines.iter().flat_map(|line| line.text.chars()).filter(|c| c.is_alphabetic());
    letters.map(|c| if is_han(c) { OF_HAN } else { 1 }).take(FEW_LETTERS).sum::<usize>() >= FEW_LETTERS
}

fn twice(lines: &[Line<'_>], Pasted { first, again }: &Pasted, source: &SourceText<'_>) -> Diagnostic {
    let range = |of: &Range<usize>| lines[of.start].range.start..lines[of.end - 1].range.end;
    let place = |of| source.place(range(of));
    let pasted = &lines[again.clone()];
    let is_page = |line: &Line<'_>| brings_id(line) || line.text.starts_with("{{ include");
    let code = if pasted.iter().any(is_page) { Code::DuplicateId } else { Code::SaidTwice };
    let (from, to) = (lines[again.start].number, lines[again.end - 1].number);
    let (what, these) = match pasted.len() {
        1 => ("this line stands here twice".to_owned(), format!("line {from}")),
        count => (format!("these {count} lines stand here twice"), format!("lines {from} to {to}")),
    };
    let is_behind = first.end == again.start;
    let found = Diagnostic::new(code, place(again), what).related(place(first), "the same words");
    found.help(if is_behind {
        format!("take {these} out")
    } else {
        format!(
            "take one of the two out: {these} here, or the other; keep what stands where the other languages have it"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::diag::{Code, Diagnostics};
    use crate::parse::text::SourceText;
    use crate::source::tree::FileId;

    /// What is told of a text: the code, and the lines that were pasted.
    fn told(text: &str) -> Vec<(Code, String)> {
        let mut sink = Diagnostics::default();
        check(&SourceText { file: FileId::SITE, text, offset: 0 }, &mut sink);
        sink.iter().map(|one| (one.code, text[one.primary.place.range()].to_owned())).collect()
    }

    #[test]
    fn lines_that_were_pasted_are_told_once_with_all_that_was() {
        for (text, code, pasted) in [
            ("A paragraph.\n\nA paragraph.\n", Code::SaidTwice, "A paragraph."),
            ("- an entry\n- an entry\n- another\n", Code::SaidTwice, "- an entry"),
            ("| 卡丢了 |\n| 卡丢了 |\n", Code::SaidTwice, "| 卡丢了 |"),
            ("> [!NOTE]\n> Words.\n\n> [!NOTE]\n> Words.\n", Code::SaidTwice, "> [!NOTE]\n> Words."),
            ("one line\none line\none line", Code::SaidTwice, "one line\none line"),
            ("{{ include a }}\n\n{{ include a }}\n", Code::DuplicateId, "{{ include a }}"),
            ("- [ ] A {#a}\n  b\n- [ ] A {#a}\n  b\n", Code::DuplicateId, "- [ ] A {#a}\n  b"),
            ("## One {#one}\n\nx\n\n## Two\n\n## One {#one}\n\ny\n", Code::DuplicateId, "## One {#one}"),
            ("words\n\n- [ ] A {#a}\n\nwords\n\n- [ ] A {#a}\n\nend", Code::DuplicateId, "words\n\n- [ ] A {#a}"),
        ] {
            assert_eq!(told(text), [(code, pasted.to_owned())], "{text}");
        }
    }

    #[test]
    fn what_repeats_itself_is_not_told() {
        for text in [
            "The same.\n\nOther words.\n\nThe same.\n",
            "```\na line of code\na line of code\n```\n",
            "| --- |\n| --- |\n",
            "| ____ |\n| ____ |\n",
            "a line\n\n```\ncode\n```\n\na line\n",
            "- [ ] A {#a}\n- [ ] A {#b}\n",
            "---\ntitle: A title\ntitle: A title\n---\n",
        ] {
            assert_eq!(told(text), [], "{text}");
        }
    }
}
