//! What a link may lead to on a page: the sections written there, and those the page makes itself where it has need of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::fact_names;
use crate::model::body::{Block, Body, ReferenceKind};
use crate::model::fact::{Fact, FactKey};
use crate::model::guide::{GENERAL, GuideKey};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::parse::Documents;
use crate::parse::document::{Document, headings};
use crate::source::tree::FileId;

/// Guides and pages by file, and the sections of those that something leads into.
pub(super) struct Sections<'a> {
    documents: &'a Documents,
    facts: &'a BTreeMap<FactKey, Arc<Fact>>,
    pages: BTreeMap<FileId, Page<'a>>,
    found: BTreeMap<FileId, BTreeSet<String>>,
}

/// A guide or a page in a locale.
#[derive(Clone, Copy)]
struct Page<'a> {
    /// The guide's name; a plain page has none.
    guide: Option<&'a GuideKey>,
    locale: LocaleIx,
    document: &'a Document,
}

impl<'a> Sections<'a> {
    pub(super) fn new(documents: &'a Documents, facts: &'a BTreeMap<FactKey, Arc<Fact>>) -> Self {
        let guides = documents.guides.iter().map(|((key, locale), document)| (Some(key), *locale, document));
        let pages = documents.pages.iter().map(|((_, locale), document)| (None, *locale, document));
        let by_file =
            |(guide, locale, document): (_, _, &'a Document)| (document.body.file, Page { guide, locale, document });
        Self { documents, facts, pages: guides.chain(pages).map(by_file).collect(), found: BTreeMap::new() }
    }

    /// The guide that a file is a text of.
    pub(super) fn guide(&self, file: FileId) -> Option<&'a GuideKey> {
        self.pages.get(&file)?.guide
    }

    /// Ids of the sections of a guide or a page; nothing for other files.
    pub(super) fn of(&mut self, file: FileId) -> Option<&BTreeSet<String>> {
        let page = *self.pages.get(&file)?;
        let (documents, facts) = (self.documents, self.facts);
        Some(self.found.entry(file).or_insert_with(|| find(page, documents, facts)))
    }
}

fn find(page: Page<'_>, documents: &Documents, facts: &BTreeMap<FactKey, Arc<Fact>>) -> BTreeSet<String> {
    let Page { guide, locale, document } = page;
    let owner = guide.map(|key| &key.section).filter(|section| section.as_str() != GENERAL);
    let mut found = Found { documents, facts, owner, locale, ids: BTreeSet::new(), has_items: false };
    found.collect(&document.body, &mut BTreeSet::new());
    if let Some(key) = guide {
        let card = documents.cards.get(key).is_some_and(|card| !card.lines.is_empty());
        let is_folded = |block: &Block| matches!(block, Block::Heading(it) if it.level == 2 && !it.attributes.open);
        let own = [
            ("short", document.body.blocks.iter().any(|block| matches!(block, Block::Short(_)))),
            ("checklist", found.has_items),
            ("steps", document.body.blocks.iter().any(is_folded)),
            ("card", card),
            ("application", document.application.is_some()),
            ("dates", document.date_rule.is_some()),
        ];
        found.ids.extend(own.into_iter().filter(|(_, there)| *there).map(|(id, _)| id.to_owned()));
    }
    found.ids
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
    fn collect(&mut self, body: &'a Body, seen: &mut BTreeSet<FileId>) {
        if !seen.insert(body.file) {
            return;
        }
        let written = headings(body).filter_map(|heading| heading.attributes.id());
        self.ids.extend(written.map(|id| id.as_str().to_owned()));
        self.has_items |= body.blocks.iter().any(|block| matches!(block, Block::Items(_)));
        for reference in &body.references {
            match reference.kind {
                ReferenceKind::Fact | ReferenceKind::Value | ReferenceKind::Claim => self.evidence(&reference.name),
                ReferenceKind::Include => {
                    let id = Id::new(&reference.name);
                    if let Some(fragment) = id.and_then(|id| self.documents.fragments.get(&(id, self.locale))) {
                        self.collect(fragment, seen);
                    }
                }
                ReferenceKind::CarrierName | ReferenceKind::Link | ReferenceKind::Image => {}
            }
        }
    }

    /// A page says what the facts that it names rest on.
    fn evidence(&mut self, name: &str) {
        if fact_names::key(name, self.owner).is_some_and(|key| self.facts.contains_key(&key)) {
            self.ids.insert("facts".to_owned());
        }
    }
}
