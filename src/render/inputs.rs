//! What a page reads, as one hash: the same inputs give the same page, which then need not be made again.
//!
//! The day of the build is no input: what it makes of facts is. Hashes are those of source files. A file that changes anything on a page is in its inputs; that one too many is in them costs
//! time, that one too few is in them would be a fault.

use std::collections::{BTreeMap, BTreeSet};

use super::Renderer;
use super::pages::overviews::named_guides;
use crate::hash::{ContentHash, Hasher};
use crate::model::body::{Prose, Resolved};
use crate::model::guide::{DECIDE, Guide, GuideKey, HOME, Text};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::navigation::Goal;
use crate::model::site::Site;
use crate::plan::{Data, Route};
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// Hashes that pages have in common.
pub struct Common {
    /// Of what is on every page: the theme, the site's settings, the names of carriers, the links of header and footer, where situations lead.
    all: ContentHash,
    /// Of what pages read that show the whole site: all facts, and what each text is called.
    site: ContentHash,
    /// Of each carrier and the nation: what became of it, and its facts with their sources.
    owners: BTreeMap<Id, ContentHash>,
    /// Of the counter cards.
    cards: BTreeMap<SourcePath, ContentHash>,
}

impl Common {
    /// Of a site made from a tree.
    #[must_use]
    pub fn new(site: &Site, tree: &SourceTree) -> Self {
        let mut all = Hasher::default();
        all.add_text(&site.config.base_url);
        all.add_text(if site.config.preview { "preview" } else { "" });
        site.drafts.iter().for_each(|file| all.add_text(tree.path(*file).as_str()));
        for file in tree.paths().filter(|file| is_common(file.as_str())) {
            all.add_text(file.as_str());
            all.add_hash(tree.hash(file.as_str()));
        }
        for carrier in site.carriers_in_order() {
            all.add_text(carrier.id.as_str());
            carrier.name.iter().for_each(|(_, name)| all.add_text(name));
        }
        let led = site.situations.iter().flat_map(|situation| &situation.guides).filter_map(|key| site.guides.get(key));
        let linked = site.navigation.header.iter().chain(&site.navigation.footer).filter_map(|link| match &link.goal {
            Goal::Guide(key) => site.guides.get(key),
            _ => None,
        });
        let led = led.chain(linked).map(|guide| &guide.texts);
        for (ix, text) in site.own_pages().map(|page| &page.texts).chain(led).flatten() {
            all.add_text(&ix.0.to_string());
            all.add_text(&text.title);
            all.add_text(&text.summary);
        }
        let sources = tree.hash(layout::SOURCES);
        let ids: BTreeSet<&Id> = site.carriers.keys().chain(site.facts.keys().map(|key| &key.owner)).collect();
        let states = states(site);
        let of_owner = |owner: &Id| {
            let mut hash = Hasher::default();
            hash.add_hash(sources);
            hash.add_hash(tree.hash(&layout::policy(owner.as_str())));
            hash.add_hash(states.get(owner).map_or_else(ContentHash::default, Hasher::finish));
            (owner.clone(), hash.finish())
        };
        let owners: BTreeMap<Id, ContentHash> = ids.into_iter().map(of_owner).collect();
        let guides = format!("{}/", layout::GUIDES);
        let cards = tree.below(&guides).filter(|file| file.as_str().ends_with(".card.yaml"));
        Self {
            all: all.finish(),
            site: of_site(site, &owners, sources),
            owners,
            cards: cards.map(|file| (file.clone(), tree.hash(file.as_str()))).collect(),
        }
    }
}

/// What the day makes of each owner's facts: which readings hold, and which reviews are overdue. The day itself is in no page.
fn states(site: &Site) -> BTreeMap<&Id, Hasher> {
    let mut states: BTreeMap<&Id, Hasher> = BTreeMap::new();
    for fact in site.facts.values() {
        let state = states.entry(&fact.key.owner).or_default();
        for reading in &fact.readings {
            let overdue = reading.overdue_from(fact.risk, site.config.review_days) <= site.as_of;
            let begun = reading.from.is_none_or(|from| from <= site.as_of);
            state.add(&[u8::from(begun), u8::from(reading.holds(site.as_of)), u8::from(overdue)]);
        }
    }
    states
}

/// All facts, the sources, what became of carriers, and what each text is called.
fn of_site(site: &Site, owners: &BTreeMap<Id, ContentHash>, sources: ContentHash) -> ContentHash {
    let mut hash = Hasher::default();
    hash.add_hash(sources);
    for (owner, of_owner) in owners {
        hash.add_text(owner.as_str());
        hash.add_hash(*of_owner);
    }
    let mut texts = |what: &str, texts: &BTreeMap<LocaleIx, Text>| {
        hash.add_text(what);
        for (ix, text) in texts {
            hash.add_text(&ix.0.to_string());
            hash.add_text(&text.title);
            hash.add_text(&text.summary);
        }
    };
    site.guides.values().for_each(|guide| texts(&guide.key.to_string(), &guide.texts));
    site.pages.values().for_each(|page| texts(page.id.as_str(), &page.texts));
    hash.finish()
}

/// Whether a file may change any page.
fn is_common(file: &str) -> bool {
    let content = [layout::SITE, layout::SITUATIONS];
    content.contains(&file)
        || file.strip_prefix(layout::THEMES).is_some_and(|inside| inside.starts_with('/'))
        || file.starts_with(crate::theme::BUILT_IN)
}

impl Renderer {
    /// The hash of what a page reads; nothing for pages that read the whole site, which are always made.
    #[must_use]
    pub fn inputs(&self, route: &Route) -> Option<ContentHash> {
        let mut inputs = Hasher::default();
        inputs.add_hash(self.common.all);
        self.scripted.iter().for_each(|script| inputs.add_text(&script.address));
        match route {
            Route::Guide(locale, key) => self.guide_inputs(*locale, key, &mut inputs)?,
            Route::Data(Data::Copy(locale, key)) => {
                inputs.add_text("copy");
                self.guide_inputs(*locale, key, &mut inputs)?;
            }
            Route::Application(locale, key) => self.letter_inputs(*locale, key, &mut inputs)?,
            Route::Page(locale, id) => {
                let page = self.site.pages.get(id)?;
                inputs.add_text("page");
                inputs.add_text(id.as_str());
                self.text_inputs(*locale, &page.texts, &mut inputs)?;
            }
            Route::Carrier(locale, id) => {
                self.carrier_inputs(*locale, id, &mut inputs);
                self.reserved_inputs(DECIDE, *locale, &mut inputs)?;
            }
            Route::Home(locale) => self.home_inputs(*locale, &mut inputs)?,
            Route::Chooser
            | Route::General(_)
            | Route::Sources(_)
            | Route::Compare(_)
            | Route::Offline(_)
            | Route::NotFound(_) => {
                inputs.add_hash(self.common.site);
                inputs.add_text(&format!("{route:?}"));
            }
            Route::Moved(_, address) => {
                inputs.add_hash(self.common.site);
                inputs.add_text(&format!("{route:?} {:?}", self.site.became(address)));
            }
            Route::Changes(locale) => self.changes_inputs(*locale, &mut inputs),
            Route::Data(_) | Route::Asset(_) => return None,
        }
        Some(inputs.finish())
    }

    fn home_inputs(&self, locale: LocaleIx, inputs: &mut Hasher) -> Option<()> {
        inputs.add_text("home");
        inputs.add_hash(self.common.site);
        inputs.add_text(&locale.0.to_string());
        for case in self.cases(locale) {
            inputs.add_text(&case.url);
        }
        self.reserved_inputs(HOME, locale, inputs)?;
        self.reserved_inputs(DECIDE, locale, inputs)
    }

    /// Which guides name a fact that changed is found in all of them.
    fn changes_inputs(&self, locale: LocaleIx, inputs: &mut Hasher) {
        inputs.add_text("changes");
        inputs.add_hash(self.common.site);
        inputs.add_text(&locale.0.to_string());
        for (fact, guide) in named_guides(self, locale) {
            inputs.add_text(&format!("{fact} {guide}"));
        }
    }

    fn letter_inputs(&self, locale: LocaleIx, key: &GuideKey, inputs: &mut Hasher) -> Option<()> {
        let guide = self.site.guides.get(key)?;
        inputs.add_text("application");
        inputs.add_text(&format!("{} {key}", locale.0));
        self.application_inputs(guide, inputs);
        let (_, text) = self.site.text_for(&guide.texts, locale)?;
        inputs.add_text(&text.title);
        Some(())
    }

    fn guide_inputs(&self, locale: LocaleIx, key: &GuideKey, inputs: &mut Hasher) -> Option<()> {
        let guide = self.site.guides.get(key)?;
        inputs.add_text("guide");
        inputs.add_text(key.section.as_str());
        inputs.add_text(key.guide.as_str());
        self.text_inputs(locale, &guide.texts, inputs)?;
        inputs.add_hash(self.common.owners.get(key.owner()).copied().unwrap_or_default());
        self.around_inputs(locale, guide, inputs);
        let card = SourcePath::new(&layout::card(&key.to_string())).ok();
        inputs.add_hash(card.and_then(|card| self.common.cards.get(&card)).copied().unwrap_or_default());
        if let Some(registered) = self.site.registry.as_ref().and_then(|registry| registry.get(key)) {
            for (id, what) in &registered.ids {
                inputs.add_text(id.as_str());
                inputs.add_text(&format!("{:?}", what.fate));
            }
        }
        Some(())
    }

    /// The letter of a guide.
    fn application_inputs(&self, guide: &Guide, inputs: &mut Hasher) {
        let mut owners = BTreeSet::new();
        for letter in guide.application.values() {
            inputs.add_text(&letter.title);
            self.prose_inputs(&letter.prose, &mut owners, inputs);
        }
        for owner in owners {
            inputs.add_hash(self.common.owners.get(owner).copied().unwrap_or_default());
        }
    }

    /// What stands around a guide's steps: whether it has a letter, and the titles of the guides that its text leads to.
    fn around_inputs(&self, locale: LocaleIx, guide: &Guide, inputs: &mut Hasher) {
        inputs.add_text(if guide.application.is_empty() { "" } else { "application" });
        let text = self.site.text_for(&guide.texts, locale);
        if let Some((_, text)) = text {
            self.linked_inputs(&text.prose, locale, inputs);
        }
    }

    /// What the guides are called that a text leads to, and in which locale; which they are, it says itself.
    fn linked_inputs(&self, prose: &Prose, locale: LocaleIx, inputs: &mut Hasher) {
        for resolved in &prose.resolved {
            match resolved {
                Resolved::Guide(target) => {
                    let guide = self.site.guides.get(&target.text);
                    let text = guide.and_then(|guide| self.site.text_for(&guide.texts, locale));
                    inputs.add_text(
                        &text.map_or_else(String::new, |(written, text)| format!("{} {}", written.0, text.title)),
                    );
                }
                Resolved::Fragment(fragment) => self.linked_inputs(fragment, locale, inputs),
                _ => {}
            }
        }
    }

    /// A plain page that stands on others.
    fn reserved_inputs(&self, id: &str, locale: LocaleIx, inputs: &mut Hasher) -> Option<()> {
        let page = Id::new(id).and_then(|id| self.site.pages.get(&id));
        page.map_or(Some(()), |page| self.text_inputs(locale, &page.texts, inputs))
    }

    fn text_inputs(&self, locale: LocaleIx, texts: &BTreeMap<LocaleIx, Text>, inputs: &mut Hasher) -> Option<()> {
        let (content, text) = self.site.text_for(texts, locale)?;
        inputs.add_text(&format!("{} {}", locale.0, content.0));
        texts.keys().for_each(|written| inputs.add_text(&written.0.to_string()));
        let mut owners = BTreeSet::new();
        self.prose_inputs(&text.prose, &mut owners, inputs);
        owners.extend(text.key_facts.iter().map(|fact| &fact.key.owner));
        owners.extend(text.date_rule.iter().map(|rule| &rule.fact.key.owner));
        for owner in owners {
            inputs.add_text(owner.as_str());
            inputs.add_hash(self.common.owners.get(owner).copied().unwrap_or_default());
        }
        Some(())
    }

    fn prose_inputs<'a>(&self, prose: &'a Prose, owners: &mut BTreeSet<&'a Id>, inputs: &mut Hasher) {
        inputs.add_hash(prose.body.hash);
        for (part, day) in self.site.stale.get(&prose.body.file).into_iter().flatten() {
            inputs.add_text(part);
            inputs.add_text(&day.map(|day| day.to_string()).unwrap_or_default());
        }
        for resolved in &prose.resolved {
            match resolved {
                Resolved::Fact(fact) => drop(owners.insert(&fact.key.owner)),
                Resolved::Fragment(fragment) => self.prose_inputs(fragment, owners, inputs),
                Resolved::Image(image) => {
                    let (width, height) = image.size;
                    inputs.add_text(&format!("{width} {height}"));
                    inputs.add_text(self.assets.image(&image.file).map_or("", |path| path.as_str()));
                }
                _ => {}
            }
        }
    }

    fn carrier_inputs(&self, locale: LocaleIx, id: &Id, inputs: &mut Hasher) {
        inputs.add_text("carrier");
        inputs.add_text(&format!("{} {id}", locale.0));
        inputs.add_hash(self.common.owners.get(id).copied().unwrap_or_default());
        for link in self.guides_of(id, locale) {
            [&link.text, &link.summary, &link.url, &link.tag].into_iter().for_each(|text| inputs.add_text(text));
        }
    }
}
