//! What stands in a translation where its source names a fact: another fact, or a number that was typed. To name the fact beside it would
//! leave that standing.

use std::ops::Range;

use super::twin::{Shape, twin_of};
use crate::diag::{Code, Diagnostic, Span};
use crate::parse::rules::unit_behind;
use crate::script::digit;

/// A fact that is named, by its whole name, and where.
pub type Named = (String, Span);

/// What stands in the place of a fact.
pub struct Instead {
    what: String,
    place: Span,
    /// Why the fact is better.
    why: &'static str,
}

/// The fact that stands on a line in the place of one that the same line of the source names.
pub fn other_fact(source: &[Named], own: &[Named], there: Span) -> Option<Instead> {
    let at = source.iter().position(|(_, place)| *place == there)?;
    let count = |row: &[Named], name: &str| row.iter().filter(|(other, _)| other == name).count();
    let is_more = |(name, _): &&Named| count(own, name) > count(source, name);
    let beside = own.get(at).filter(|_| own.len() == source.len()).filter(is_more);
    let (name, place) = beside.or_else(|| own.iter().find(is_more))?;
    Some(Instead {
        what: format!("{{{{ {name} }}}}"),
        place: *place,
        why: "readers of every locale get the same facts",
    })
}

/// The one number, with its unit, that is typed on the line of a translation and not on that of its source. The texts are those of the files.
pub fn typed(shapes: &[Shape<'_>; 2], there: Span, texts: [&str; 2]) -> Option<Instead> {
    let [source, own] = shapes;
    let here = twin_of(source, own, there);
    let [theirs, ours] = [(texts[0], there), (texts[1], here)].map(|(text, place)| numbers(text, place));
    let said: Vec<String> = theirs.iter().map(|range| plain(&texts[0][range.clone()])).collect();
    let mut more = ours.into_iter().filter(|range| !said.contains(&plain(&texts[1][range.clone()])));
    let (Some(number), None) = (more.next(), more.next()) else { return None };
    let end = number.end + unit_behind(&texts[1][number.end..]).map_or(0, |(_, length)| length);
    let range = number.start..end;
    let why = "it brings its unit along, and changes when the fact does";
    Some(Instead { what: texts[1][range.clone()].to_owned(), place: Span::new(here.file, range), why })
}

/// The finding: what is to be put in the place of what.
pub fn stands_instead(fact: &str, found: &Instead, (code, there): (Code, Span)) -> Diagnostic {
    let Instead { what, place, why } = found;
    Diagnostic::new(code, *place, format!("here stands `{what}`, and in the source the fact `{fact}`"))
        .related(there, "the source uses it here")
        .help(format!("put `{{{{ {fact} }}}}` in the place of `{what}`: {why}"))
}

/// A number in the digits of keypads.
fn plain(number: &str) -> String {
    number.chars().filter_map(digit).map(|digit| char::from(b'0' + digit)).collect()
}

/// The numbers that are typed in the paragraph, the entry or the row around a place, and stand in no braces, code or address.
fn numbers(text: &str, place: Span) -> Vec<Range<usize>> {
    let Some(around) = around(text, place) else { return Vec::new() };
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut close, mut is_word) = (None, false);
    for (at, c) in text[around.clone()].char_indices().map(|(at, c)| (around.start + at, c)) {
        if close.is_some() {
            close = close.filter(|close| *close != c);
            continue;
        }
        if digit(c).is_some() {
            match found.last_mut().filter(|last| last.end == at) {
                Some(last) => last.end = at + c.len_utf8(),
                None if !is_word => found.push(at..at + c.len_utf8()),
                None => {}
            }
        }
        close = match c {
            '{' => Some('}'),
            '`' => Some('`'),
            '(' if text[..at].ends_with(']') => Some(')'),
            _ => None,
        };
        // `4G` is a name, and so is `B12`.
        is_word = c.is_ascii_alphabetic() || is_word && digit(c).is_some();
    }
    found.retain(|number| !text[number.end..].starts_with(|c: char| c.is_ascii_alphabetic()));
    found
}

/// The lines of the block that a place is in.
fn around(text: &str, place: Span) -> Option<Range<usize>> {
    let at = place.range().start;
    text.get(..at)?;
    let mut start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    while start > 0 && !begins(&text[start..]) {
        let above = text[..start - 1].rfind('\n').map_or(0, |end| end + 1);
        let line = text[above..start].trim();
        // What stands above a text ends with such a line.
        if line.is_empty() || line == "---" {
            break;
        }
        start = above;
    }
    let mut end = at + text[at..].find('\n').unwrap_or(text.len() - at);
    while let Some(line) = text.get(end + 1..).filter(|rest| !begins(rest)).and_then(|rest| rest.lines().next()) {
        if line.trim().is_empty() {
            break;
        }
        end += 1 + line.len();
    }
    Some(start..end)
}

/// Whether a line begins a block of its own.
fn begins(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t']);
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    ["- ", "* ", "+ ", "|", "#", ">"].iter().any(|mark| line.starts_with(mark))
        || number.len() < line.len() && number.starts_with(". ")
}

#[cfg(test)]
mod tests {
    use super::numbers;
    use crate::diag::Span;
    use crate::source::tree::FileId;

    #[test]
    fn numbers_are_those_typed_around_a_place() {
        let text = "7 before\n\none 5 [a](b7.md) {{ x-3 }}\n`*100#` 4G B12 ۶ دن\n\n- entry 1\n- entry 2\n";
        let of = |words: &str| {
            let at = text.find(words).unwrap();
            let found = numbers(text, Span::new(FileId::SITE, at..at + 1));
            found.into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(of("one"), ["5", "۶"]);
        assert_eq!(of("4G"), ["5", "۶"]);
        assert_eq!(of("before"), ["7"]);
        assert_eq!(of("entry 1"), ["1"]);
        assert_eq!(of("entry 2"), ["2"]);
    }
}
