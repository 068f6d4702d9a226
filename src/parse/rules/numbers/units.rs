//! A unit that is typed behind a fact, which brings its own along: readers would see `180天天`.

use super::Known;
use super::periods::unit_behind;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::{Body, Inline, Reference};
use crate::model::value::{Unit, Value};
use crate::model::walk::each_inline;
use crate::parse::rules::part;
use crate::script::is_han;

/// Signs of parts of a hundred.
const PERCENT: [char; 3] = ['%', '％', '٪'];

/// What goes on behind a unit in Chinese, where no space ends its word: `年` may begin another word.
const ON: &str = "内后前以之的才左里就或及和到没不未可也都起，。、；：！？）";

/// What a fact brings along, as it is asked for.
pub fn brought(value: &Value) -> Option<&'static str> {
    match value {
        Value::Duration { unit: Unit::WorkingDays, .. } => Some(Unit::Days.name()),
        Value::Duration { unit, .. } => Some(unit.name()),
        Value::Percentage(_) => Some("%"),
        _ => None,
    }
}

/// What is asked of the facts of an owner: whether one of this name brings such a unit along.
pub fn key(name: &str, unit: &str) -> String {
    format!("{name} in {unit}")
}

/// Reports the units behind facts in a run of words.
pub fn check(run: &[Inline], body: &Body, known: &Known<'_>, sink: &mut Diagnostics) {
    let mut fact: Option<&Reference> = None;
    each_inline(run, &mut |inline| match inline {
        Inline::Fact(at) => fact = body.references.get(at.0),
        Inline::Text { text, span } => {
            // Most texts stand behind no fact.
            let Some(fact) = fact.take() else { return };
            let Some((unit, length)) = behind(text) else { return };
            if known.ask(&key(&fact.name, unit)) {
                sink.push(twice(&fact.name, text, *span, length));
            }
        }
        Inline::Strong(_) | Inline::Emphasis { .. } => {}
        _ => fact = None,
    });
}

/// The unit that words begin with, and how far it goes.
fn behind(text: &str) -> Option<(&'static str, usize)> {
    let word = text.trim_start_matches([' ', '\u{A0}']);
    if let Some(sign) = word.chars().next().filter(|c| PERCENT.contains(c)) {
        return Some(("%", text.len() - word.len() + sign.len_utf8()));
    }
    let (unit, length) = unit_behind(text).filter(|_| !text.starts_with('-'))?;
    let rest = &text[length..];
    let ends = !text[..length].ends_with(is_han) || rest.chars().next().is_none_or(|c| !is_han(c) || ON.contains(c));
    ends.then_some((unit.name(), length))
}

fn twice(fact: &str, text: &str, place: Span, length: usize) -> Diagnostic {
    let word = text[..length].trim_start_matches([' ', '\u{A0}']);
    let headline = format!("`{{{{ {fact} }}}}` brings its unit along, and `{word}` stands behind it once more");
    Diagnostic::new(Code::RepeatedWord, part(place, text, length - word.len()..length), headline)
        .help(format!("take `{word}` out"))
}
