//! What a page is made from: its files and lines, its facts, its texts.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diag::Span;
use crate::model::body::Block;
use crate::model::fact::{Fact, NATIONAL};
use crate::model::guide::{HOME, Text};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::plan::Route;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// What a page is made from.
#[derive(Default)]
pub struct Subject<'a> {
    /// Files, the page's own first.
    pub files: Vec<Span>,
    /// The steps of its text.
    pub steps: Vec<(&'a Id, Span)>,
    /// Its text in each locale, where it has one of its own.
    pub texts: Option<&'a BTreeMap<LocaleIx, Text>>,
    /// Facts that it shows, or that its text rests on.
    pub facts: BTreeMap<usize, &'a Arc<Fact>>,
}

impl<'a> Subject<'a> {
    /// Of a page.
    #[must_use]
    pub fn of(site: &'a Site, tree: &SourceTree, route: &Route) -> Self {
        let mut subject = Self::default();
        match route {
            Route::Guide(locale, key) => {
                if let Some(guide) = site.guides.get(key) {
                    subject.text(site, &guide.texts, *locale);
                }
                subject.file(tree, &layout::card(&key.to_string()));
                subject.files.extend(site.carriers.get(&key.section).map(|carrier| carrier.place));
            }
            Route::Page(locale, id) => {
                if let Some(page) = site.pages.get(id) {
                    subject.text(site, &page.texts, *locale);
                }
            }
            Route::Home(locale) => {
                if let Some(page) = Id::new(HOME).and_then(|id| site.pages.get(&id)) {
                    subject.text(site, &page.texts, *locale);
                }
            }
            Route::Carrier(_, id) => {
                subject.files.extend(site.carriers.get(id).map(|carrier| carrier.place));
                subject.owned(site, id.as_str());
            }
            Route::General(_) => {
                subject.file(tree, layout::NATIONAL);
                subject.owned(site, NATIONAL);
            }
            Route::Sources(_) => subject.file(tree, layout::SOURCES),
            _ => {}
        }
        if subject.files.is_empty() {
            subject.file(tree, SourcePath::site_file().as_str());
        }
        subject
    }

    /// The facts whose review is overdue.
    pub fn overdue(&self, site: &Site) -> Vec<(&'a Fact, Date, Span)> {
        let late = self.facts.values().filter_map(|fact| {
            let fact: &'a Fact = fact;
            let (day, place) = due(site, fact)?;
            (day <= site.as_of).then_some((fact, day, place))
        });
        late.collect()
    }

    fn text(&mut self, site: &'a Site, texts: &'a BTreeMap<LocaleIx, Text>, locale: LocaleIx) {
        self.texts = Some(texts);
        let Some((_, text)) = site.text_for(texts, locale) else { return };
        self.files.push(text.place);
        self.steps.extend(text.prose.body.blocks.iter().filter_map(|block| match block {
            Block::Heading(heading) => Some((heading.attributes.id()?, heading.place)),
            _ => None,
        }));
        let facts = text.prose.facts().into_iter().chain(&text.key_facts);
        let facts = facts.chain(text.date_rule.as_ref().map(|rule| &rule.fact));
        self.facts.extend(facts.map(|fact| (fact.ix, fact)));
    }

    fn owned(&mut self, site: &'a Site, owner: &str) {
        let facts = site.facts.values().filter(|fact| fact.key.owner.as_str() == owner);
        self.facts.extend(facts.map(|fact| (fact.ix, fact)));
    }

    fn file(&mut self, tree: &SourceTree, name: &str) {
        let file = SourcePath::new(name).ok().filter(|file| tree.contains(file));
        self.files.extend(file.map(|file| Span::file(tree.id(&file))));
    }
}

/// The first day on which a fact's review is overdue, and where the day of its last one stands.
#[must_use]
pub fn due(site: &Site, fact: &Fact) -> Option<(Date, Span)> {
    let days = site.config.review_days;
    fact.current()
        .map(|reading| (reading.overdue_from(fact.risk, days), reading.checked_place))
        .min_by_key(|(day, _)| *day)
}
