//! What stands alike in every locale and is no reference: alerts, codes between backticks, numbers, lines across.

use std::collections::BTreeMap;
use std::ops::Range;

use super::repeated::{repeated, repeated_items};
use crate::diag::Span;
use crate::model::body::{Block, Body, Inline};
use crate::model::translation::{Bytes, Passage, Sign, SignKind};
use crate::model::walk::each_run;
use crate::script::{digit, may_have_native_digits};

/// Every such sign of a text, in order of kind.
#[must_use]
pub fn signs(body: &Body) -> Vec<Sign> {
    let mut signs = Vec::new();
    let mut found = |kind, span| signs.push(Sign { kind, place: span });
    alerts(&body.blocks, &mut found);
    each_run(&body.blocks, &mut |run| in_run(run, &mut found));
    let is_step = |block: &Block| matches!(block, Block::Heading(heading) if heading.level == 2);
    for part in body.blocks.chunk_by(|_, next| !is_step(next)) {
        rules(part, &mut found);
        passages(part, &mut found);
        repeated(part, body, &mut found);
    }
    repeated_items(body, &mut found);
    signs.shrink_to_fit();
    signs
}

/// The lines across that stand between blocks of a part.
fn rules(part: &[Block], found: &mut impl FnMut(SignKind, Span)) {
    part.iter()
        .filter_map(|block| if let Block::Rule(place) = block { Some(*place) } else { None })
        .for_each(|place| found(SignKind::Rule, place));
}

/// The passages of each kind that a part has.
fn passages(part: &[Block], found: &mut impl FnMut(SignKind, Span)) {
    let mut places: BTreeMap<Passage, (Span, Vec<Bytes>)> = BTreeMap::new();
    let mut add = |passage, blocks: &[Block]| {
        if let Some(place) = first(blocks) {
            let (_, places) = places.entry(passage).or_insert_with(|| (place, Vec::new()));
            places.push((place.start, place.end));
        }
    };
    for block in part {
        match block {
            Block::Short(line) => add(Passage::Short, &[Block::Plain(line.content.clone())]),
            Block::Paragraph(_) => add(Passage::Paragraph, std::slice::from_ref(block)),
            Block::List { items, .. } => items.iter().for_each(|blocks| add(Passage::Entry, blocks)),
            Block::Items(items) => items.iter().for_each(|item| add(Passage::Hint, item.hint())),
            Block::Table(table) => {
                let cells = |row: &[Vec<Inline>]| row.iter().cloned().map(Block::Plain).collect::<Vec<_>>();
                table.rows.iter().for_each(|row| add(Passage::Row, &cells(row)));
            }
            _ => {}
        }
    }
    places.into_iter().for_each(|(passage, (first, places))| found(SignKind::Passages(passage, places.into()), first));
}

fn alerts(blocks: &[Block], found: &mut impl FnMut(SignKind, Span)) {
    for block in blocks {
        match block {
            Block::Alert(kind, blocks) => {
                // One without words was told.
                if let Some(place) = first(blocks) {
                    found(SignKind::Alert(*kind), place);
                }
                alerts(blocks, found);
            }
            Block::List { items, .. } => items.iter().for_each(|blocks| alerts(blocks, found)),
            Block::Items(items) => items.iter().for_each(|item| alerts(item.hint(), found)),
            Block::Quote(blocks) => alerts(blocks, found),
            Block::Footnote(note) => alerts(&note.blocks, found),
            Block::Definitions(list) => {
                list.iter().flat_map(|definition| &definition.details).for_each(|blocks| alerts(blocks, found));
            }
            _ => {}
        }
    }
}

/// Where the first words stand.
pub(super) fn first(blocks: &[Block]) -> Option<Span> {
    let mut first = None;
    each_run(blocks, &mut |run| {
        crate::model::walk::each_inline(run, &mut |inline| match inline {
            Inline::Text { span, .. } | Inline::Code { span, .. } => _ = first.get_or_insert(*span),
            _ => {}
        });
    });
    first
}

fn in_run(run: &[Inline], found: &mut impl FnMut(SignKind, Span)) {
    for inline in run {
        match inline {
            Inline::Text { text, span } => numbers(text, *span, found),
            Inline::Code { text, span } => found(SignKind::Code(text.as_str().into()), *span),
            Inline::Emphasis { content, .. }
            | Inline::Strong(content)
            | Inline::Strike(content)
            | Inline::Link { content, .. }
            | Inline::Claim { content, .. } => in_run(content, found),
            // Words to say are the same in every locale, which is compared by itself.
            _ => {}
        }
    }
}

/// Numbers of two digits or more that stand for themselves; a digit is a word more often than a value. In the digits of any script they
/// are the same numbers.
fn numbers(text: &str, span: Span, found: &mut impl FnMut(SignKind, Span)) {
    if may_have_native_digits(text) {
        in_any_digits(text, span, found);
        return;
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(start) = (at..bytes.len()).find(|at| bytes[*at].is_ascii_digit()) {
        let inside = |at: usize| {
            let separates = matches!(bytes[at], b',' | b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            bytes[at].is_ascii_digit() || separates
        };
        let end = (start..bytes.len()).find(|at| !inside(*at)).unwrap_or(bytes.len());
        at = end;
        number(text, start..end, span, found);
    }
}

fn in_any_digits(text: &str, span: Span, found: &mut impl FnMut(SignKind, Span)) {
    let is_digit = |c: char| digit(c).is_some();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_digit).map(|length| at + length) {
        let mut rest = text[start..].char_indices().peekable();
        let mut end = text.len();
        while let Some((length, c)) = rest.next() {
            let separates = matches!(c, ',' | '.' | '٫' | '٬') && rest.peek().is_some_and(|(_, c)| is_digit(*c));
            if !is_digit(c) && !separates {
                end = start + length;
                break;
            }
        }
        at = end;
        number(text, start..end, span, found);
    }
}

/// One number, in plain digits.
fn number(text: &str, range: Range<usize>, span: Span, found: &mut impl FnMut(SignKind, Span)) {
    let plain = |c: char| match c {
        ',' | '٬' => None,
        '٫' => Some('.'),
        c => Some(digit(c).map_or(c, |digit| char::from(b'0' + digit))),
    };
    let number: String = text[range.clone()].chars().filter_map(plain).collect();
    if number.len() > 1 && stands_alone(&text[..range.start], &text[range.end..], &number) {
        let exact = text.len() == span.range().len();
        found(SignKind::Number(number.into()), if exact { span.part(range) } else { span });
    }
}

/// Whether it is no part of a name, such as 4G, and no month, which many languages call by a name.
fn stands_alone(before: &str, after: &str, number: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let is_month = number.len() == 2 && number <= "12" && after.trim_start().starts_with(['月', '월']);
    !before.ends_with(is_letter) && !after.starts_with(is_letter) && !is_month
}

#[cfg(test)]
mod tests {
    use super::{SignKind, Span, numbers};
    use crate::source::tree::FileId;

    #[test]
    fn numbers_are_the_same_in_the_digits_of_any_script() {
        for (text, expected) in [
            ("٢٤ ساعة أو ١٬٠٠٠ ليرة", &["24", "1000"][..]),
            ("۸٫۶۰ ریال، ۳ نسخه", &["8.60"]),
            ("२४ घंटे, 365 दिन, B१२", &["24", "365"]),
        ] {
            let mut found = Vec::new();
            numbers(text, Span::new(FileId::SITE, 0..text.len()), &mut |kind, _| {
                let SignKind::Number(number) = kind else { return };
                found.push(number);
            });
            assert_eq!(found.iter().map(|number| &**number).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn numbers_that_stand_for_themselves() {
        for (text, expected) in [
            ("about 24 hours or 1,000 rupees", &["24", "1000"][..]),
            ("4G, B12 and 3 copies, 2.5 of 10.", &["2.5", "10"]),
            ("2026年11月22日", &["2026", "22"]),
            ("22 November 2026", &["22", "2026"]),
            ("12", &["12"]),
        ] {
            let mut found = Vec::new();
            numbers(text, Span::new(FileId::SITE, 0..text.len()), &mut |kind, span| {
                let SignKind::Number(number) = kind else { return };
                assert_eq!(text[span.range()].replace(',', ""), *number);
                found.push(number);
            });
            assert_eq!(found.iter().map(|number| &**number).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
