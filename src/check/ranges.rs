//! Two figures with one word between them, `{{ least }} to {{ most }}`: where all other languages say the smaller one first, so does this.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::{Prose, ReferenceKind, Resolved};
use crate::model::decimal::Decimal;
use crate::model::fact::{Fact, FactKey};
use crate::model::guide::Text;
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::model::value::{Amount, Value};
use crate::source::tree::SourceTree;

/// So many bytes stand between the two at most: one word.
const NEAR: u32 = 32;

/// How many of the other languages are shown.
const MAX_SHOWN: usize = 3;

pub fn check(site: &Site, tree: &SourceTree, sink: &mut Diagnostics) {
    let guides = site.guides.values().map(|guide| &guide.texts);
    for texts in guides.chain(site.pages.values().map(|page| &page.texts)) {
        compare(texts, tree, sink);
    }
}

/// Two figures side by side: the smaller one, the larger one, and where both stand.
struct Range<'a> {
    facts: [&'a FactKey; 2],
    between: Span,
    whole: Span,
    is_falling: bool,
}

fn compare(texts: &BTreeMap<LocaleIx, Text>, tree: &SourceTree, sink: &mut Diagnostics) {
    let ranges: Vec<Vec<Range<'_>>> = texts.values().map(|text| ranges(&text.prose)).collect();
    for (ix, own) in ranges.iter().enumerate() {
        for range in own.iter().filter(|range| range.is_falling && is_word(range.between, tree)) {
            let others = ranges.iter().enumerate().filter(|(other, _)| *other != ix);
            let twins: Option<Vec<Span>> = others.map(|(_, other)| rising(range, other, tree)).collect();
            if let Some(twins) = twins.filter(|twins| !twins.is_empty()) {
                sink.push(falls(range, &twins));
            }
        }
    }
}

/// Where the same two figures stand with the smaller one first, and nowhere the other way round.
fn rising(range: &Range<'_>, others: &[Range<'_>], tree: &SourceTree) -> Option<Span> {
    let same = || others.iter().filter(|other| other.facts == range.facts && is_word(other.between, tree));
    same().next().filter(|_| same().all(|other| !other.is_falling)).map(|other| other.whole)
}

fn falls(range: &Range<'_>, twins: &[Span]) -> Diagnostic {
    let [low, high] = range.facts;
    let headline = format!(
        "the larger figure stands first here: `{high}`, then `{low}`; every other language begins with the smaller one"
    );
    let found = Diagnostic::new(Code::FactPlace, range.whole, headline).help("let the two change places");
    let shown = twins.iter().take(MAX_SHOWN);
    shown.fold(found, |found, place| found.related(*place, "here it is otherwise"))
}

/// Figures that stand side by side in a text, those of its fragments among them.
fn ranges(prose: &Prose) -> Vec<Range<'_>> {
    let mut found = Vec::new();
    let mut last: Option<(&Fact, Span)> = None;
    for (reference, resolved) in prose.body.references.iter().zip(&prose.resolved) {
        match resolved {
            Resolved::Fact(fact) if matches!(reference.kind, ReferenceKind::Fact | ReferenceKind::Value) => {
                found.extend(last.and_then(|before| range(before, (fact, reference.place))));
                last = Some((fact, reference.place));
            }
            Resolved::Fragment(fragment) => found.append(&mut ranges(fragment)),
            _ => {}
        }
    }
    found
}

fn range<'a>((one, before): (&'a Fact, Span), (other, behind): (&'a Fact, Span)) -> Option<Range<'a>> {
    let distance = behind.start.checked_sub(before.end).filter(|_| before.file == behind.file)?;
    if distance > NEAR {
        return None;
    }
    let (first, second) = (ends(one)?, ends(other)?);
    if first.unit != second.unit {
        return None;
    }
    let is_falling = first.low > second.high;
    if !is_falling && first.high >= second.low {
        return None;
    }
    let facts = if is_falling { [&other.key, &one.key] } else { [&one.key, &other.key] };
    let between = Span { start: before.end, end: behind.start, ..before };
    Some(Range { facts, between, whole: Span { end: behind.end, ..before }, is_falling })
}

/// Between what a figure is.
struct Ends<'a> {
    unit: &'a str,
    low: Decimal,
    high: Decimal,
}

/// Those of a fact that says one figure today.
fn ends(fact: &Fact) -> Option<Ends<'_>> {
    let mut current = fact.current();
    let reading = current.next().filter(|_| current.next().is_none())?;
    let (unit, amount): (&str, Amount) = match &reading.value {
        Value::Money { currency, amount } => (currency, *amount),
        Value::Duration { unit, amount } => (unit.name(), *amount),
        Value::Percentage(amount) => ("%", *amount),
        _ => return None,
    };
    let figures = amount.figures();
    Some(Ends { unit, low: figures.iter().min().copied()?, high: figures.iter().max().copied()? })
}

/// Whether one word or a dash stands between two figures.
fn is_word(between: Span, tree: &SourceTree) -> bool {
    let bytes = tree.get(tree.path(between.file));
    let text = bytes.as_deref().and_then(|bytes| std::str::from_utf8(bytes.get(between.range())?).ok());
    let is_of_word = |c: char| c.is_alphabetic() || matches!(c, '-' | '–' | '—' | '～' | '~' | '\'' | '’' | '\u{200C}');
    text.is_some_and(|text| {
        let word = text.trim();
        !word.is_empty() && word.chars().all(is_of_word)
    })
}
