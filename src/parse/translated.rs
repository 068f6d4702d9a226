//! `translated:` in front matter: what each part of a translation was made from; and the same of the texts of YAML files, which stand in
//! one file of their own, `content/translated.yaml`, because hashes among facts would be in everybody's way.

use std::collections::BTreeMap;

use super::context::{Context, locale_ix};
use super::node::Node;
use super::shape::front::Fragment;
use super::text::SourceText;
use super::yaml;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::id::Id;
use crate::model::locale::{Locale, LocaleIx};
use crate::model::translation::{Made, Record, TOP};

/// The key in front matter.
pub const KEY: &str = "translated";

/// What is recorded of the texts of YAML files: by file and locale, by the way to each text.
pub type TextRecords = BTreeMap<(String, LocaleIx), Record>;

/// The front matter of a fragment, which says nothing else.
pub fn of_fragment(source: SourceText<'_>, sink: &mut Diagnostics) -> Option<(Record, Span)> {
    let yaml = yaml::read(source, sink)?;
    let mut fields = Node::root(&yaml, source).fields::<Fragment>(sink)?;
    let record = fields.optional(KEY).and_then(|node| read(node, sink));
    fields.finish(sink);
    record
}

/// The record in front matter whatever else stands there.
pub fn of_front_matter(source: SourceText<'_>, sink: &mut Diagnostics) -> Option<Record> {
    let yaml = yaml::read(source, sink)?;
    let (.., node) = Node::root(&yaml, source).entries(sink)?.into_iter().find(|(key, ..)| *key == KEY)?;
    read(node, sink).map(|(record, _)| record)
}

/// The record of a text, by part.
pub fn read(node: Node<'_>, sink: &mut Diagnostics) -> Option<(Record, Span)> {
    let mut record = Record::new();
    for (part, place, node) in node.entries(sink)? {
        if part != TOP && Id::new(part).is_none() {
            let headline = format!("`{part}` is no step: here stand ids of steps, and `{TOP}` for what is above them");
            sink.push(Diagnostic::new(Code::BadValue, place, headline).help(WRITTEN_BY));
        } else if let Some(made) = made(node, sink) {
            record.insert(part.into(), made);
        }
    }
    Some((record, node.place()))
}

const WRITTEN_BY: &str = "`rahnuma accept` writes these lines: take the wrong ones out, and run it on this file";

fn made(node: Node<'_>, sink: &mut Diagnostics) -> Option<Made> {
    let made = node.written().and_then(Made::parse);
    if made.is_none() {
        let headline =
            format!("expected a fingerprint and a day, such as `5c1d2e3f4a5b6c7d 2026-11-22`, found {}", node.found());
        sink.push(Diagnostic::new(Code::BadValue, node.place(), headline).help(WRITTEN_BY));
    }
    made
}

/// The file for the texts of YAML files, as it is written.
#[must_use]
pub fn write(records: &TextRecords, locales: &[Locale]) -> String {
    let mut files: BTreeMap<&str, BTreeMap<&str, Vec<String>>> = BTreeMap::new();
    for ((file, locale), record) in records {
        for (way, made) in record {
            let texts = files.entry(file).or_default().entry(way).or_default();
            texts.push(format!("{}: {made}", locales[locale.0].id));
        }
    }
    let mut text = String::from(HEAD);
    for (file, texts) in files {
        text.push_str(&format!("{file}:\n"));
        for (way, made) in texts {
            text.push_str(&format!("  {way}: {{{}}}\n", made.join(", ")));
        }
    }
    text
}

const HEAD: &str = "# What the texts of YAML files were translated from, and the day somebody said that they agree.\n\
                    # `rahnuma accept` writes this file; it is not for editing by hand.\n";

/// The file for the texts of YAML files.
pub fn file(source: SourceText<'_>, cx: &mut Context<'_>) -> Option<TextRecords> {
    let yaml = yaml::read(source, &mut cx.sink)?;
    let mut records = TextRecords::new();
    for (file, _, node) in Node::root(&yaml, source).entries(&mut cx.sink)? {
        for (way, _, node) in node.entries(&mut cx.sink)? {
            for (locale, place, node) in node.entries(&mut cx.sink)? {
                let Some(ix) = locale_ix(cx.locales, locale) else {
                    let known = cx.locales.iter().map(|locale| locale.id.as_str());
                    let headline = format!("`{locale}` is no locale of this site");
                    cx.sink.push(Diagnostic::new(Code::UnknownLocale, place, headline).suggest(locale, known));
                    continue;
                };
                if let Some(made) = made(node, &mut cx.sink) {
                    records.entry((file.to_owned(), ix)).or_default().insert(way.into(), made);
                }
            }
        }
    }
    Some(records)
}
