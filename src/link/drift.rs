//! Every text beside its source, and how its parts stand to it.

use super::pairs::{Pair, pairs};
use crate::diag::Span;
use crate::lock;
use crate::model::body::{Block, Body};
use crate::model::locale::LocaleIx;
use crate::model::translation::{Print, Record, Stale, State, TOP};
use crate::parse::Documents;
use crate::parse::texts::LocalText;
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};

impl<'a> Pair<'a> {
    /// Each part of the source with the state of the translation's.
    #[must_use]
    pub fn states(&self) -> Vec<(&'a str, State)> {
        let prints = &self.source.body.lock.prints;
        let names = prints.iter().map(|it| &*it.part);
        let Some(own) = &self.own else { return names.map(|part| (part, State::Missing)).collect() };
        let nothing = Record::new();
        let states = lock::states(prints, own.body.lock.record.as_ref().map_or(&nothing, |(record, _)| record));
        let is_there = |part: &str| own.body.lock.prints.iter().any(|it| &*it.part == part);
        let known = |(part, state)| if is_there(part) { (part, state) } else { (part, State::Missing) };
        names.zip(states).map(known).collect()
    }
}

/// Where a part begins; the file where it has none of that name.
#[must_use]
pub fn place_of(body: &Body, title: Option<Span>, part: &str) -> Span {
    let heading = body.blocks.iter().find_map(|block| match block {
        Block::Heading(it) if it.level == 2 && it.attributes.id().is_some_and(|id| id.as_str() == part) => {
            Some(it.place)
        }
        _ => None,
    });
    let title = title.filter(|_| part == TOP);
    heading.or(title).unwrap_or(Span::file(body.file))
}

/// Parts whose source changed since, by file: what readers are told.
#[must_use]
pub fn stale(documents: &Documents) -> Stale {
    let mut stale = Stale::new();
    for pair in pairs(documents) {
        let Some(own) = &pair.own else { continue };
        for (part, state) in pair.states() {
            if let State::Stale(day) = state {
                stale.entry(own.body.file).or_default().insert(part.into(), day);
            }
        }
    }
    stale
}

/// The texts of a YAML file in a locale beside the source's.
pub struct TextPair<'a> {
    /// The file.
    pub file: FileId,
    /// Its path.
    pub path: &'a SourcePath,
    /// The locale of the translation.
    pub locale: LocaleIx,
    /// The source's texts, by the way to each.
    pub prints: Vec<Print>,
    /// The same in full.
    pub texts: Vec<&'a LocalText>,
    /// What is recorded of them.
    pub record: Option<&'a Record>,
}

impl TextPair<'_> {
    /// The state of each text.
    #[must_use]
    pub fn states(&self) -> Vec<State> {
        let nothing = Record::new();
        let states = lock::states(&self.prints, self.record.unwrap_or(&nothing));
        let known = |(text, state): (&&LocalText, State)| match text.by_locale[self.locale.0] {
            Some(_) => state,
            None => State::Missing,
        };
        self.texts.iter().zip(states).map(known).collect()
    }
}

/// The texts of every YAML file in every locale but the source's.
#[must_use]
pub fn text_pairs<'a>(documents: &'a Documents, tree: &'a SourceTree) -> Vec<TextPair<'a>> {
    let source = documents.config.source_locale;
    let mut pairs = Vec::new();
    for texts in documents.texts.chunk_by(|a, b| a.file == b.file).filter(|_| documents.has_source) {
        let texts: Vec<&LocalText> = texts.iter().filter(|text| text.by_locale[source.0].is_some()).collect();
        let says = |text: &&LocalText| {
            let (says, _) = text.by_locale[source.0].as_ref()?;
            Some(Print { part: text.way.clone(), says: *says, letters: 0 })
        };
        let prints: Vec<Print> = texts.iter().filter_map(says).collect();
        let Some(file) = texts.first().map(|text| text.file) else { continue };
        let path = tree.path(file);
        for (locale, _) in documents.config.locales().filter(|(locale, _)| *locale != source) {
            let records = documents.text_records.as_ref();
            let record = records.and_then(|records| records.get(&(path.as_str().to_owned(), locale)));
            pairs.push(TextPair { file, path, locale, prints: prints.clone(), texts: texts.clone(), record });
        }
    }
    pairs
}
