//! Names to suggest where a text names what is not there, each list made when it is first needed.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::diag::suggest::Names;
use crate::model::fact::{Fact, FactKey, NATIONAL};
use crate::model::locale::LocaleIx;
use crate::parse::Documents;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::FileId;

/// Lists of names, by what is named and where.
pub(super) struct Lists<'a> {
    documents: &'a Documents,
    facts: RefCell<BTreeMap<String, Rc<Names>>>,
    fragments: RefCell<BTreeMap<LocaleIx, Rc<Names>>>,
    sections: RefCell<BTreeMap<FileId, Rc<Names>>>,
    files: OnceCell<Files>,
    folders: OnceCell<BTreeSet<&'a str>>,
}

/// Every file a link may name, by its name without folders.
pub(super) struct Files {
    pub(super) by_name: BTreeMap<String, Vec<SourcePath>>,
    pub(super) names: Names,
}

impl<'a> Lists<'a> {
    pub(super) fn new(documents: &'a Documents) -> Self {
        Self {
            documents,
            facts: RefCell::default(),
            fragments: RefCell::default(),
            sections: RefCell::default(),
            files: OnceCell::new(),
            folders: OnceCell::new(),
        }
    }

    /// Facts of an owner, without its name.
    pub(super) fn facts(&self, all: &BTreeMap<FactKey, Arc<Fact>>, owner: &str) -> Rc<Names> {
        let names = || all.keys().filter(|key| key.owner.as_str() == owner).map(|key| key.fact.as_str());
        let made = || Rc::new(Names::new(names()));
        Rc::clone(self.facts.borrow_mut().entry(owner.to_owned()).or_insert_with(made))
    }

    /// Folders of guides, the general ones among them.
    pub(super) fn sections_of_guides(&self) -> &BTreeSet<&'a str> {
        self.folders.get_or_init(|| self.documents.guides.keys().map(|(key, _)| key.section.as_str()).collect())
    }

    /// Fragments of a locale.
    pub(super) fn fragments(&self, locale: LocaleIx) -> Rc<Names> {
        let ids = self.documents.fragments.keys().filter(|(_, of)| *of == locale).map(|(id, _)| id.as_str());
        Rc::clone(self.fragments.borrow_mut().entry(locale).or_insert_with(|| Rc::new(Names::new(ids))))
    }

    /// Sections of a page, as links name them.
    pub(super) fn sections<'b>(&self, page: FileId, known: impl Iterator<Item = &'b String>) -> Rc<Names> {
        let made = || Names::new(known.map(|id| format!("#{id}")));
        Rc::clone(self.sections.borrow_mut().entry(page).or_insert_with(|| Rc::new(made())))
    }

    pub(super) fn files(&self) -> &Files {
        self.files.get_or_init(|| {
            let guides = self.documents.guides.keys().map(|(key, _)| format!("{}/{key}.md", layout::GUIDES));
            let pages = self.documents.pages.keys().map(|(id, _)| format!("content/pages/{id}.md"));
            let carriers = self.documents.policies.keys().filter(|id| id.as_str() != NATIONAL);
            let carriers = carriers.map(|id| layout::policy(id.as_str()));
            let mut by_name = BTreeMap::new();
            for path in guides.chain(pages).chain(carriers).filter_map(|path| SourcePath::new(&path).ok()) {
                let there: &mut Vec<_> = by_name.entry(path.name().to_owned()).or_default();
                if !there.contains(&path) {
                    there.push(path);
                }
            }
            Files { names: Names::new(by_name.keys().cloned()), by_name }
        })
    }
}
