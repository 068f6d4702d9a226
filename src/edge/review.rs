//! What a review of facts changes in policy files: the day it was checked, its sources; comments and layout stay byte for byte.

use std::ops::Range;

use jiff::civil::Date;
use serde_yaml::Value;

use crate::diag::Diagnostics;
use crate::parse::text::SourceText;
use crate::parse::yaml::{self, Spans, Yaml};
use crate::source::tree::FileId;

/// A review of a fact: what held on a day was compared with its sources.
#[derive(Debug, Clone, Copy)]
pub struct Review<'a> {
    /// The fact's id in its file.
    pub fact: &'a str,
    /// The day.
    pub checked: Date,
    /// The source it was compared with.
    pub source: Option<&'a str>,
}

/// A policy file after a review.
#[derive(Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// The whole text.
    pub text: String,
    /// The day it was checked before.
    pub before: Date,
    /// Whether the source was added to the reading's list.
    pub cites_more: bool,
}

/// Why a file was left as it is, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub reason: String,
    /// What to do.
    pub advice: String,
}

fn refused<T>(reason: impl Into<String>, advice: impl Into<String>) -> Result<T, Refused> {
    Err(Refused { reason: reason.into(), advice: advice.into() })
}

/// The text of a policy file with a review in it.
///
/// # Errors
/// When it is not clear which reading is meant, when a later check is there already, or when the file cannot be read.
pub fn review(text: &str, review: Review<'_>) -> Result<Reviewed, Refused> {
    let Some(yaml) = parsed(text) else {
        return refused("the file cannot be read", "run `rahnuma check`, which says where it is broken");
    };
    let at = reading_of(text, &yaml, review)?;
    let (mut wanted, reading) = (yaml.value.clone(), at.of(&yaml));
    let before = day(reading.0, "checked");
    let checked = entry(reading.1, "checked").map(Spans::range);
    let (Some(before), Some(checked)) = (before, checked) else {
        return refused(
            "the reading does not say when it was checked",
            "write `checked:` with the day below its value",
        );
    };
    if before > review.checked {
        let headline = format!("it was checked later already, on {before}");
        return refused(headline, "nothing has to be confirmed; if that day is wrong, mend it in the file");
    }
    let mut edits = vec![(checked, review.checked.to_string())];
    set(&mut wanted, at, "checked", |value| *value = Value::String(review.checked.to_string()));
    let new_source = review.source.filter(|source| !cites(reading.0, source));
    if let Some(source) = new_source {
        let Some(edit) = entry(reading.1, "sources").and_then(|list| addition(text, list, source)) else {
            return refused("its list of sources is written in a way that cannot be added to", by_hand(source));
        };
        edits.push(edit);
        set(&mut wanted, at, "sources", |value| {
            value.as_sequence_mut().into_iter().for_each(|list| list.push(Value::String(source.to_owned())));
        });
    }
    let text = edited(text, edits);
    // The proof of the edit: the file reads as before but for what was meant.
    if parsed(&text).is_none_or(|yaml| yaml.value != wanted) {
        return refused(
            "the file is written in a way that cannot be edited safely",
            by_hand(review.source.unwrap_or("")),
        );
    }
    Ok(Reviewed { text, before, cites_more: new_source.is_some() })
}

fn by_hand(source: &str) -> String {
    let source = if source.is_empty() { String::new() } else { format!(" and add `{source}` to its `sources`") };
    format!("set `checked`{source} by hand")
}

fn parsed(text: &str) -> Option<Yaml> {
    let mut sink = Diagnostics::default();
    yaml::read(SourceText { file: FileId::SITE, text, offset: 0 }, &mut sink).filter(|_| sink.is_empty())
}

/// Which fact of the list, and which of its readings.
#[derive(Clone, Copy)]
struct At(usize, usize);

impl At {
    fn of(self, yaml: &Yaml) -> (&Value, &Spans) {
        let value = &yaml.value["facts"][self.0]["readings"][self.1];
        let spans = entry(&yaml.spans, "facts").and_then(|facts| nth(facts, self.0));
        let reading = spans.and_then(|fact| nth(entry(fact, "readings")?, self.1));
        (value, reading.unwrap_or(&yaml.spans))
    }
}

/// The reading that a review is of: the one that held on its day.
fn reading_of(text: &str, yaml: &Yaml, review: Review<'_>) -> Result<At, Refused> {
    let facts = yaml.value.get("facts").and_then(Value::as_sequence).into_iter().flatten();
    let named: Vec<usize> = positions(facts, |fact| fact.get("id").and_then(Value::as_str) == Some(review.fact));
    let &[fact] = named.as_slice() else {
        let count = named.len();
        let headline = format!("the file has {count} facts called `{}`", review.fact);
        return refused(headline, "a fact stands once: run `rahnuma check`");
    };
    let readings = || yaml.value["facts"][fact]["readings"].as_sequence().into_iter().flatten();
    let held = positions(readings(), |reading| holds(reading, review.checked));
    let meant = match (held.as_slice(), review.source) {
        ([_, _, ..], Some(source)) => held
            .iter()
            .copied()
            .filter(|ix| readings().nth(*ix).is_some_and(|reading| cites(reading, source)))
            .collect(),
        _ => held.clone(),
    };
    let line = |ix: usize| {
        let start = At(fact, ix).of(yaml).1.range().start;
        text[..start.min(text.len())].matches('\n').count() + 1
    };
    match (meant.as_slice(), held.as_slice()) {
        (&[one], _) => Ok(At(fact, one)),
        (_, []) => refused(
            format!("no reading of it holds on {}", review.checked),
            "add one with `from` and its own `checked`; the old one stays as it is",
        ),
        (_, several) => {
            let lines: Vec<String> = several.iter().map(|ix| line(*ix).to_string()).collect();
            refused(
                format!("{} readings of it hold on {}, in lines {}", several.len(), review.checked, lines.join(", ")),
                "say with --source which one was compared: an id that only one of them cites; or set `checked` by hand",
            )
        }
    }
}

fn positions<'a>(values: impl Iterator<Item = &'a Value>, is: impl Fn(&Value) -> bool) -> Vec<usize> {
    values.enumerate().filter(|(_, value)| is(value)).map(|(ix, _)| ix).collect()
}

fn day(reading: &Value, key: &str) -> Option<Date> {
    reading.get(key)?.as_str()?.trim().parse().ok()
}

fn holds(reading: &Value, on: Date) -> bool {
    day(reading, "from").is_none_or(|from| from <= on) && day(reading, "until").is_none_or(|until| on <= until)
}

fn cites(reading: &Value, source: &str) -> bool {
    let sources = reading.get("sources").and_then(Value::as_sequence);
    sources.is_some_and(|sources| sources.iter().any(|cited| cited.as_str() == Some(source)))
}

fn entry<'a>(spans: &'a Spans, key: &str) -> Option<&'a Spans> {
    let Spans::Map(_, entries) = spans else { return None };
    entries.iter().find(|(name, ..)| name == key).map(|(.., value)| value)
}

fn nth(spans: &Spans, at: usize) -> Option<&Spans> {
    let Spans::List(_, values) = spans else { return None };
    values.get(at)
}

fn set(root: &mut Value, at: At, key: &str, change: impl FnOnce(&mut Value)) {
    let reading = root.get_mut("facts").and_then(|facts| facts.get_mut(at.0));
    let reading = reading.and_then(|fact| fact.get_mut("readings")?.get_mut(at.1));
    if let Some(value) = reading.and_then(|reading| reading.get_mut(key)) {
        change(value);
    }
}

/// The edit that adds a name to the end of a list, in the way the list is written.
fn addition(text: &str, list: &Spans, name: &str) -> Option<(Range<usize>, String)> {
    let Spans::List(range, values) = list else { return None };
    let Some(last) = values.last().map(Spans::range) else {
        let open = range.start + text.get(range.start..)?.find('[')? + 1;
        return Some((open..open, name.to_owned()));
    };
    if text.get(range.start..)?.starts_with('[') {
        return Some((last.end..last.end, format!(", {name}")));
    }
    let line = text[..last.start].rfind('\n').map_or(0, |newline| newline + 1);
    let dash = text.get(line..last.start).filter(|dash| dash.trim() == "-")?;
    let end = text[last.end..].find('\n').map_or(text.len(), |newline| last.end + newline);
    let end = if text[..end].ends_with('\r') { end - 1 } else { end };
    let newline = if text[end..].starts_with("\r\n") { "\r\n" } else { "\n" };
    Some((end..end, format!("{newline}{dash}{name}")))
}

fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    let mut text = text.to_owned();
    edits.sort_by_key(|(range, _)| range.start);
    for (range, new) in edits.into_iter().rev() {
        text.replace_range(range, &new);
    }
    text
}
