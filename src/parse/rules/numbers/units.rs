//! A unit that is typed beside a fact, which brings its own along: readers would see `180天天`, or `Rs Rs 200`.

use std::ops::Range;

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

/// What is asked of facts that bring a currency along.
const MONEY: &str = "money";

/// Signs and names of currencies that stand before a sum, and behind one.
const BEFORE: &[&str] = &["rs", "rs.", "pkr", "₨", "$", "€", "£", "¥", "₹", "usd", "eur", "inr", "روپے", "人民币"];
const BEHIND: &[&str] = &[
    "rs",
    "pkr",
    "rupee",
    "rupees",
    "卢比",
    "元",
    "美元",
    "欧元",
    "روپے",
    "روپیہ",
    "روپئے",
    "रुपये",
    "rupien",
    "roupies",
    "rupias",
    "dollars",
    "dollar",
    "euro",
    "euros",
    "€",
];

/// What goes on behind a unit in Chinese, where no space ends its word: `年` may begin another word.
const ON: &str = "内后前以之的才左里就或及和到没不未可也都起，。、；：！？）";

/// What a fact brings along, as it is asked for.
pub fn brought(value: &Value) -> Option<&'static str> {
    match value {
        Value::Duration { unit: Unit::WorkingDays, .. } => Some(Unit::Days.name()),
        Value::Duration { unit, .. } => Some(unit.name()),
        Value::Percentage(_) => Some("%"),
        Value::Money { .. } => Some(MONEY),
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
    let mut above: Option<(&str, Span)> = None;
    each_inline(run, &mut |inline| match inline {
        Inline::Fact(at) => {
            fact = body.references.get(at.0);
            let typed = above.take().and_then(|(text, span)| Some((currency_before(text)?, text, span)));
            if let Some((fact, (start, text, span))) = fact.zip(typed)
                && known.ask(&key(&fact.name, MONEY))
            {
                sink.push(twice(&fact.name, (text, span), start..text.trim_end().len()));
            }
        }
        Inline::Text { text, span } => {
            above = Some((text, *span));
            // Most texts stand behind no fact.
            let Some(fact) = fact.take() else { return };
            let Some((unit, length)) = behind(text) else { return };
            if known.ask(&key(&fact.name, unit)) {
                let start = text.len() - text.trim_start_matches([' ', '\u{A0}']).len();
                sink.push(twice(&fact.name, (text, *span), start..length));
            }
        }
        Inline::Strong(_) | Inline::Emphasis { .. } => {}
        _ => (fact, above) = (None, None),
    });
}

/// Where the sign or the name of a currency begins with which a text ends.
fn currency_before(text: &str) -> Option<usize> {
    let words = text.trim_end_matches([' ', '\u{A0}']);
    let start = words
        .rfind(|c: char| c.is_whitespace() || is_han(c) || matches!(c, '(' | '（' | '“'))
        .map_or(0, |at| at + words[at..].chars().next().map_or(1, char::len_utf8));
    let word = &words[start..];
    BEFORE.contains(&word.to_lowercase().as_str()).then_some(start)
}

/// The unit that words begin with, and how far it goes.
fn behind(text: &str) -> Option<(&'static str, usize)> {
    let word = text.trim_start_matches([' ', '\u{A0}']);
    if let Some(sign) = word.chars().next().filter(|c| PERCENT.contains(c)) {
        return Some(("%", text.len() - word.len() + sign.len_utf8()));
    }
    let currency = BEHIND.iter().filter(|name| starts_with(word, name)).map(|name| name.len()).max();
    if let Some(length) = currency {
        return Some((MONEY, text.len() - word.len() + length));
    }
    let (unit, length) = unit_behind(text).filter(|_| !text.starts_with('-'))?;
    let rest = &text[length..];
    let ends = !text[..length].ends_with(is_han) || rest.chars().next().is_none_or(|c| !is_han(c) || ON.contains(c));
    ends.then_some((unit.name(), length))
}

/// Whether words begin with a name that ends there.
fn starts_with(words: &str, name: &str) -> bool {
    let begin = words.get(..name.len()).filter(|begin| begin.to_lowercase() == name);
    let rest = begin.and_then(|_| words[name.len()..].chars().next());
    begin.is_some() && (name.ends_with(is_han) || rest.is_none_or(|c| !c.is_alphabetic()))
}

fn twice(fact: &str, (text, place): (&str, Span), range: Range<usize>) -> Diagnostic {
    let word = &text[range.clone()];
    let headline = format!("`{{{{ {fact} }}}}` brings its unit along, and `{word}` stands beside it once more");
    Diagnostic::new(Code::RepeatedWord, part(place, text, range.clone()), headline).help(format!("take `{word}` out"))
}
