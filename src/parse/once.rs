//! What stands in a list of a YAML file a second time, word for word: a hand pasted it. It is told and left out, so that nothing else
//! follows from it.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_yaml::Value;

use super::ids::is_fact_name;
use super::text::SourceText;
use super::yaml::{self, Spans, Yaml};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// A longer entry is a sentence, and not repeated in a headline.
const MAX_NAMED: usize = 40;

/// Reads a file's text as [`yaml::read`] does, each entry of a list once.
pub fn read(source: SourceText<'_>, sink: &mut Diagnostics) -> Option<Yaml> {
    let mut yaml = yaml::read(source, sink)?;
    leave_once(&mut yaml.value, &mut yaml.spans, source, sink);
    Some(yaml)
}

fn leave_once(value: &mut Value, spans: &mut Spans, source: SourceText<'_>, sink: &mut Diagnostics) {
    match (value, spans) {
        (Value::Sequence(values), Spans::List(_, places)) => {
            let firsts = firsts(values);
            for (at, first) in firsts.iter().enumerate().filter_map(|(at, first)| Some((at, (*first)?))) {
                sink.push(twice(&values[at], [&places[first], &places[at]], source));
            }
            let mut is_new = firsts.iter().map(Option::is_none);
            values.retain(|_| is_new.next().unwrap_or(true));
            let mut is_new = firsts.iter().map(Option::is_none);
            places.retain(|_| is_new.next().unwrap_or(true));
            values.iter_mut().zip(places).for_each(|(value, spans)| leave_once(value, spans, source, sink));
        }
        (Value::Mapping(values), Spans::Map(_, entries)) => {
            let inner = values.values_mut().zip(entries);
            inner.for_each(|(value, (.., spans))| leave_once(value, spans, source, sink));
        }
        _ => {}
    }
}

/// For each entry of a list, which one before it says the same. What says nothing is told as that.
fn firsts(values: &[Value]) -> Vec<Option<usize>> {
    let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
    let first = |(at, value): (usize, &Value)| {
        if value.is_null() {
            return None;
        }
        let mut hash = DefaultHasher::new();
        value.hash(&mut hash);
        let first = *seen.entry(hash.finish()).or_insert(at);
        (first < at && values[first] == *value).then_some(first)
    };
    values.iter().enumerate().map(first).collect()
}

fn twice(value: &Value, places: [&Spans; 2], source: SourceText<'_>) -> Diagnostic {
    let [first, place] = places.map(|spans| first_line(spans, source));
    let short =
        |text: &str| text.chars().count() <= MAX_NAMED && !text.contains(['{', '.', '。', '۔']) || is_fact_name(text);
    let (headline, help) = match (value, value.get("id").and_then(Value::as_str)) {
        (Value::String(text), _) if short(text) => {
            (format!("`{text}` stands in this list twice"), "take one of the two out; if another was meant, write that")
        }
        (Value::Mapping(_), Some(id)) => (
            format!("the whole entry `{id}` stands here twice, word for word"),
            "take one of the two out, with all its lines; if it was copied to make another of it, give that its own id and words",
        ),
        (Value::Mapping(_) | Value::Sequence(_), _) => (
            "this whole entry stands here twice, word for word".to_owned(),
            "take one of the two out, with all its lines; if it was copied to make another of it, write that",
        ),
        _ => ("this line stands here twice".to_owned(), "take one of the two out"),
    };
    Diagnostic::new(Code::SaidTwice, place, headline).related(first, "it first stands here").help(help)
}

fn first_line(spans: &Spans, source: SourceText<'_>) -> Span {
    let range = spans.range();
    let text = source.text.get(range.clone()).unwrap_or_default();
    source.place(range.start..range.start + text.lines().next().map_or(0, str::len))
}

#[cfg(test)]
mod tests {
    use super::{Diagnostics, SourceText, read};
    use crate::source::tree::FileId;

    #[test]
    fn an_entry_that_stands_twice_is_told_and_left_out() {
        for (text, left, told) in [
            ("[a, b, a]", "- a\n- b\n", 1),
            ("[a, 'a', \"a\"]", "- a\n", 2),
            ("- {id: a, n: 1}\n- id: a\n  n: 1\n", "- id: a\n  n: 1\n", 1),
            ("- {id: a, n: 1}\n- {id: a, n: 2}\n", "- id: a\n  n: 1\n- id: a\n  n: 2\n", 0),
            ("a: {b: [c, c], d: c}", "a:\n  b:\n  - c\n  d: c\n", 1),
            ("-\n-\n", "- null\n- null\n", 0),
        ] {
            let mut sink = Diagnostics::default();
            let yaml = read(SourceText { file: FileId::SITE, text, offset: 0 }, &mut sink).unwrap();
            assert_eq!(serde_yaml::to_string(&yaml.value).unwrap(), left, "{text}");
            assert_eq!(sink.count(), told, "{text}");
        }
    }
}
