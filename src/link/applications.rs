//! Letters to print and hand in: each guide that names one has it in the languages spoken at counters.

use std::collections::BTreeMap;

use super::prose::Linker;
use crate::diag::{Code, Diagnostic, Spanned};
use crate::model::guide::Letter;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::parse::place::Kind;

impl Linker<'_> {
    /// The letter of a guide, by locale; a language of the counter that it lacks is reported.
    pub(super) fn application(&mut self, wanted: &Spanned<Id>, owner: Option<&Id>) -> BTreeMap<LocaleIx, Letter> {
        let mut letters = BTreeMap::new();
        let documents = self.documents;
        let id = &wanted.value;
        for &locale in &documents.config.counter_locales {
            if let Some(document) = documents.applications.get(&(id.clone(), locale)) {
                let prose = self.prose(&document.body, owner, locale);
                letters.insert(locale, Letter { title: document.title.value.clone(), prose });
                continue;
            }
            if documents.is_unreadable(&Kind::Application(id.clone(), locale)) {
                continue;
            }
            let name = &documents.config.locale(locale).id;
            let headline = format!("there is no application `{id}` in `{name}`, which is spoken at counters");
            let names = documents.applications.keys().filter(|(_, there)| *there == locale).map(|(id, _)| id.as_str());
            self.sink.push(
                Diagnostic::new(Code::UnknownApplication, wanted.place, headline)
                    .suggest(id.as_str(), names)
                    .help(format!("an application is a file content/applications/{id}.{name}.md; if it was renamed or taken away by hand, bring it back")),
            );
        }
        letters
    }
}
