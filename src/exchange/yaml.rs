//! Texts of YAML files with words that came back, and the record of them.

use super::apply::{Here, OfFile, Outcome, Site, Told, Why};
use super::gather::Written;
use super::scalar::{self, Scalar};
use crate::diag::Span;
use crate::link::drift::TextPair;
use crate::model::locale::LocaleIx;
use crate::model::translation::{Made, State};
use crate::parse::rules::TO_BE_WRITTEN;
use crate::parse::translated::{self, TextRecords};
use crate::source::layout;
use crate::source::path::SourcePath;

/// What is recorded of all YAML files, as it will be.
pub struct Records {
    locale: LocaleIx,
    all: TextRecords,
    is_changed: bool,
}

impl Records {
    pub fn of(site: Site<'_>, locale: LocaleIx) -> Self {
        Self { locale, all: site.documents.text_records.clone().unwrap_or_default(), is_changed: false }
    }

    /// Writes them, if any changed.
    pub fn write(self, site: Site<'_>, outcome: &mut Outcome) {
        if let (true, Ok(path)) = (self.is_changed, SourcePath::new(layout::TRANSLATED)) {
            outcome.changes.write(path, translated::write(&self.all, &site.documents.config.locales));
        }
    }
}

fn scalar(written: &Written, place: Option<Span>) -> Option<Scalar> {
    let range = place?.range();
    let range = range.start.checked_sub(written.offset)?..range.end.checked_sub(written.offset)?;
    scalar::read(&written.text, &range)
}

/// The texts of a file as they are.
pub fn here(site: Site<'_>, pair: &TextPair<'_>) -> Vec<Here> {
    let Some(written) = Written::read(site.tree, pair.path) else { return Vec::new() };
    let source = site.documents.config.source_locale;
    let texts = pair.texts.iter().zip(pair.states()).filter_map(|(text, state)| {
        let says = |locale: LocaleIx| scalar(&written, text.by_locale[locale.0].map(|(_, place)| place));
        let target = says(pair.locale).map_or(String::new(), |scalar| scalar.value);
        let target = if target.contains(TO_BE_WRITTEN) { String::new() } else { target };
        let source = says(source)?.value;
        Some(Here { id: text.way.to_string(), source, target, is_fresh: state == State::Fresh, kind: "text" })
    });
    texts.collect()
}

/// Puts words into a file, and records those that are said to agree.
pub fn write(site: Site<'_>, pair: &TextPair<'_>, accepted: &OfFile, (records, outcome): (&mut Records, &mut Outcome)) {
    let Some(Written { mut text, offset }) = Written::read(site.tree, pair.path) else { return };
    let written = Written { text: text.clone(), offset };
    let mut edits = Vec::new();
    for (known, made_from) in pair.texts.iter().zip(&pair.prints) {
        let Some(new) = accepted.get(&*known.way) else { continue };
        let there = scalar(&written, known.by_locale[pair.locale.0].map(|(_, place)| place));
        match there {
            Some(there) if new.is_new => edits.push((there.range, new)),
            Some(_) => {}
            None => {
                let locale = &site.documents.config.locale(pair.locale).id;
                let what = format!(
                    "{}, `{}`: there is no line `{locale}:` of one line to put it in; `rahnuma new locale` makes them all",
                    pair.path, known.way
                );
                outcome.told.push(Told { place: Some(new.place), why: Why::Refused, what });
                continue;
            }
        }
        let record = records.all.entry((pair.path.as_str().to_owned(), records.locale)).or_default();
        if new.is_done && record.get(&known.way).is_none_or(|made| made.from != made_from.says) {
            record.insert(known.way.clone(), Made { from: made_from.says, day: Some(site.today) });
            records.is_changed = true;
            outcome.recorded += 1;
        }
    }
    outcome.units += edits.len();
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    for (range, new) in &edits {
        let words = scalar::write(&text[range.clone()], &new.target);
        text.replace_range(range.clone(), &words);
    }
    if !edits.is_empty() {
        let bom = if offset > 0 { "\u{feff}" } else { "" };
        outcome.changes.write(pair.path.clone(), format!("{bom}{text}"));
    }
}
