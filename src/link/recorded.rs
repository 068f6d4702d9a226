//! The words of a YAML file beside what they were when they were last translated: what got another id says the same under it.

use std::collections::BTreeMap;

use crate::model::translation::{Fingerprint, Record};
use crate::parse::Documents;
use crate::source::tree::{FileId, SourceTree};

/// What the texts of one file say in the source locale, and what is recorded of them, which outlives a text that is taken out.
pub(super) struct Recorded<'a> {
    records: Vec<&'a Record>,
    says: BTreeMap<&'a str, Fingerprint>,
}

impl<'a> Recorded<'a> {
    pub(super) fn of(file: FileId, documents: &'a Documents, tree: &SourceTree) -> Self {
        let path = tree.path(file).as_str();
        let records = documents.text_records.iter().flatten().filter(|((at, _), _)| at == path);
        let source = documents.config.source_locale;
        let texts = documents.texts.iter().filter(|text| text.file == file);
        let says = texts.filter_map(|text| Some((&*text.way, text.by_locale.get(source.0)?.as_ref()?.0)));
        Self { records: records.map(|(_, record)| record).collect(), says: says.collect() }
    }

    /// What was translated under this way; nothing where it never was.
    pub(super) fn was(&self, way: &str) -> Option<Fingerprint> {
        self.records.iter().find_map(|record| record.get(way)).map(|made| made.from)
    }

    /// Whether what stands at a new way was translated under an old one.
    pub(super) fn has_moved(&self, old: &str, new: &str) -> bool {
        self.was(new).is_none() && self.was(old).is_some_and(|was| self.says.get(new) == Some(&was))
    }
}
