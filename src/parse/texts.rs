//! Texts of YAML files in all their locales, each with the way to it: `facts.closing-fee.label`. Found by their form, a mapping from
//! locales to words, so that no reader of a file can forget one.

use serde_yaml::Value;

use super::context::Context;
use super::text::SourceText;
use super::yaml::{Spans, Yaml};
use crate::diag::Span;
use crate::lock;
use crate::model::locale::Locale;
use crate::model::translation::Fingerprint;
use crate::source::tree::FileId;

/// A text in each locale that has it.
#[derive(Debug)]
pub struct LocalText {
    /// The file.
    pub file: FileId,
    /// The way to it: keys, and ids or numbers of list entries.
    pub way: Box<str>,
    /// What it says in each locale, and where.
    pub by_locale: Vec<Option<(Fingerprint, Span)>>,
}

/// Adds every localised text of a file.
pub fn collect(yaml: &Yaml, source: SourceText<'_>, cx: &mut Context<'_>) {
    let mut walk = Walk { source, locales: cx.locales, texts: Vec::new() };
    walk.value(&yaml.value, &yaml.spans, &mut String::new());
    cx.texts.extend(walk.texts);
}

struct Walk<'a> {
    source: SourceText<'a>,
    locales: &'a [Locale],
    texts: Vec<LocalText>,
}

impl Walk<'_> {
    fn value(&mut self, value: &Value, spans: &Spans, way: &mut String) {
        match (value, spans) {
            (Value::Mapping(values), Spans::Map(_, spans)) => {
                let entries: Vec<(&str, &Value, &Spans)> =
                    spans.iter().zip(values.values()).map(|((key, _, spans), value)| (&**key, value, spans)).collect();
                if entries.iter().all(|(key, ..)| self.locales.iter().any(|locale| locale.id.as_str() == *key)) {
                    self.text(&entries, way);
                    return;
                }
                for (key, value, spans) in entries {
                    self.below(key, value, spans, way);
                }
            }
            (Value::Sequence(values), Spans::List(_, spans)) => {
                for (ix, (value, spans)) in values.iter().zip(spans).enumerate() {
                    let id = value.get("id").and_then(Value::as_str);
                    self.below(&id.map_or_else(|| (ix + 1).to_string(), str::to_owned), value, spans, way);
                }
            }
            _ => {}
        }
    }

    fn below(&mut self, name: &str, value: &Value, spans: &Spans, way: &mut String) {
        let length = way.len();
        if !way.is_empty() {
            way.push('.');
        }
        way.push_str(name);
        self.value(value, spans, way);
        way.truncate(length);
    }

    fn text(&mut self, entries: &[(&str, &Value, &Spans)], way: &str) {
        let in_locale = |locale: &Locale| {
            let (_, value, spans) = entries.iter().find(|(key, ..)| *key == locale.id.as_str())?;
            let place = self.source.place(spans.range());
            value.as_str().map(|words| (lock::of_words(words), place))
        };
        let by_locale: Vec<_> = self.locales.iter().map(in_locale).collect();
        if by_locale.iter().any(Option::is_some) {
            self.texts.push(LocalText { file: self.source.file, way: way.into(), by_locale });
        }
    }
}
