//! What a link may lead to on a page: the sections written there, and those the page makes itself where it has need of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::names;
use crate::model::body::{Block, Body, ReferenceKind};
use crate::model::fact::{Fact, FactKey};
use crate::model::guide::GENERAL;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::parse::Documents;
use crate::parse::document::headings;
use crate::path::SourcePath;

/// Ids of the sections of every guide and page, by file.
pub(super) fn all(
    documents: &Documents,
    facts: &BTreeMap<FactKey, Arc<Fact>>,
) -> BTreeMap<SourcePath, BTreeSet<String>> {
    let mut sections = BTreeMap::new();
    for ((key, locale), document) in &documents.guides {
        let owner = (key.section.as_str() != GENERAL).then_some(&key.section);
        let mut found = Found { documents, facts, owner, locale: *locale, ids: BTreeSet::new(), has_items: false };
        found.collect(&document.body, &mut BTreeSet::new());
        let card = documents.cards.get(key).is_some_and(|card| !card.lines.is_empty());
        let own = [("checklist", found.has_items), ("card", card), ("dates", document.date_rule.is_some())];
        found.ids.extend(own.into_iter().filter(|(_, there)| *there).map(|(id, _)| id.to_owned()));
        sections.insert(document.body.file.clone(), found.ids);
    }
    for ((_, locale), document) in &documents.pages {
        let mut found =
            Found { documents, facts, owner: None, locale: *locale, ids: BTreeSet::new(), has_items: false };
        found.collect(&document.body, &mut BTreeSet::new());
        sections.insert(document.body.file.clone(), found.ids);
    }
    sections
}

/// What is found in a text and in the fragments that it includes.
struct Found<'a> {
    documents: &'a Documents,
    facts: &'a BTreeMap<FactKey, Arc<Fact>>,
    owner: Option<&'a Id>,
    locale: LocaleIx,
    ids: BTreeSet<String>,
    has_items: bool,
}

impl<'a> Found<'a> {
    fn collect(&mut self, body: &'a Body, seen: &mut BTreeSet<&'a SourcePath>) {
        if !seen.insert(&body.file) {
            return;
        }
        let written = headings(body).filter_map(|heading| heading.attributes.id.as_ref());
        self.ids.extend(written.map(|id| id.as_str().to_owned()));
        self.has_items |= body.blocks.iter().any(|block| matches!(block, Block::Items(_)));
        for reference in &body.references {
            match reference.kind {
                ReferenceKind::Fact => self.evidence(&reference.name),
                ReferenceKind::Include => {
                    let id = Id::new(&reference.name);
                    if let Some(fragment) = id.and_then(|id| self.documents.fragments.get(&(id, self.locale))) {
                        self.collect(fragment, seen);
                    }
                }
                ReferenceKind::Link | ReferenceKind::Image => {}
            }
        }
    }

    /// A page says what the facts that it names rest on.
    fn evidence(&mut self, name: &str) {
        if names::key(name, self.owner).is_some_and(|key| self.facts.contains_key(&key)) {
            self.ids.insert("facts".to_owned());
        }
    }
}
