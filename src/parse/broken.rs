//! Files of which a part could not be read: what stands in them in some words may be there for others to find.

use std::collections::{BTreeMap, BTreeSet};

use super::place::Kind;
use super::policy::Policy;
use super::{Documents, LISTS};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, Span};
use crate::model::address::Address;
use crate::model::fact::FactKey;
use crate::model::guide::{GENERAL, GuideKey};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::registry::RegisteredGuide;
use crate::source::layout;
use crate::source::tree::{FileId, SourceTree};

/// Places by file.
pub type Places = BTreeMap<FileId, Vec<Span>>;

/// Where reading found something.
#[derive(Debug, Default)]
pub struct Broken {
    /// What cannot be right.
    pub errors: Places,
    /// What may be.
    pub warnings: Places,
    /// Files in which two entries have one id: one of them is missing under the name that it should have.
    pub twice: BTreeSet<FileId>,
    /// Lines of texts that stand there twice with their ids.
    pub pasted: Places,
}

impl Broken {
    /// What was found so far.
    #[must_use]
    pub fn of(found: &Diagnostics) -> Self {
        let mut broken = Self::default();
        for one in found.iter() {
            let places = match one.severity() {
                Severity::Error => &mut broken.errors,
                Severity::Warning => &mut broken.warnings,
            };
            if one.code == Code::DuplicateId {
                broken.twice.insert(one.primary.place.file);
                broken.pasted.entry(one.primary.place.file).or_default().push(one.primary.place);
            }
            places.entry(one.primary.place.file).or_default().push(one.primary.place);
            // Of two texts that changed places, both are wrong.
            let others = one.related.iter().filter(|_| one.code == Code::WrongLanguage).map(|label| label.place);
            others.for_each(|place| places.entry(place.file).or_default().push(place));
        }
        broken
    }

    /// Adds what linking found and more may follow from: sentences that no longer fit their facts, whose step may lack more, and sources
    /// and facts that are not there, which may say what their readings need, or cite what nothing else does.
    pub fn add_linked(&mut self, found: &Diagnostics) {
        for one in
            found.iter().filter(|one| matches!(one.code, Code::StaleClaim | Code::UnknownSource | Code::UnknownFact))
        {
            self.errors.entry(one.primary.place.file).or_default().push(one.primary.place);
        }
    }

    /// The paragraphs of a text in which something was told, from one empty line to the next, in order.
    #[must_use]
    pub fn paragraphs(&self, file: FileId, tree: &SourceTree) -> Vec<Span> {
        let Some((places, text)) = self.errors.get(&file).zip(tree.text(tree.path(file))) else { return Vec::new() };
        let mut places: Vec<&Span> = places.iter().filter(|place| !place.is_file()).collect();
        places.sort_unstable();
        let mut paragraphs: Vec<Span> = Vec::new();
        for place in places {
            // However many findings a paragraph has, it is looked for once.
            if paragraphs.last().is_some_and(|last| place.end <= last.end) {
                continue;
            }
            let Some((before, behind)) = text.get(..place.range().start).zip(text.get(place.range().end..)) else {
                continue;
            };
            let start = before.rfind("\n\n").map_or(0, |at| at + 2);
            let end = text.len() - behind.len() + behind.find("\n\n").unwrap_or(behind.len());
            paragraphs.push(Span::new(file, start..end));
        }
        paragraphs
    }

    /// Whether a broken file has this name among its words.
    #[must_use]
    pub fn says(&self, file: FileId, name: &str, tree: &SourceTree) -> bool {
        self.errors.contains_key(&file) && tree.get(tree.path(file)).is_some_and(|bytes| holds(&bytes, name))
    }

    /// Whether any broken file but one has this name among its words.
    #[must_use]
    pub fn any_says(&self, name: &str, except: FileId, tree: &SourceTree) -> bool {
        self.errors.keys().any(|file| *file != except && self.says(*file, name, tree))
    }
}

/// Whether a name stands in a text, not as a part of a longer one.
fn holds(text: &[u8], name: &str) -> bool {
    let inside = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    let alone =
        |at: usize| !inside(at.checked_sub(1).and_then(|at| text.get(at))) && !inside(text.get(at + name.len()));
    memchr::memmem::find_iter(text, name.as_bytes()).any(alone)
}

impl Documents {
    /// Whether a file of this kind is there but could not be read.
    #[must_use]
    pub fn is_unreadable(&self, kind: &Kind) -> bool {
        self.unreadable.contains(kind)
    }

    /// Carriers that guides are of and whose policy file is not there.
    #[must_use]
    pub fn lost_carriers(&self) -> BTreeSet<&Id> {
        let sections = self.guides.keys().map(|(key, _)| &key.section);
        sections.filter(|id| id.as_str() != GENERAL && !self.knows_carrier(id)).collect()
    }

    /// Whether a guide is there in some language.
    #[must_use]
    pub fn has_guide(&self, key: &GuideKey) -> bool {
        self.config.locales().any(|(ix, _)| self.guides.contains_key(&(key.clone(), ix)))
    }

    /// Whether a guide was published, is not here, and nothing says what became of it.
    #[must_use]
    pub fn is_lost_guide(&self, key: &GuideKey) -> bool {
        let registered = self.registry.as_ref().and_then(|registry| registry.get(key));
        let address = Address::Guide(key.clone());
        let is_told = self.addresses.as_ref().is_some_and(|all| all.contains_key(&address));
        let source = self.config.source_locale;
        let is_draft = self.drafts.are_withheld() && self.drafts.covers(&Kind::Guide(key.clone(), source), source);
        registered.is_some_and(RegisteredGuide::is_live) && !is_told && !is_draft && !self.has_guide(key)
    }

    /// Whether any guide is like that.
    #[must_use]
    pub fn has_lost_guide(&self) -> bool {
        self.registry.iter().flat_map(|registry| registry.keys()).any(|key| self.is_lost_guide(key))
    }

    /// Whether the counter card of a guide is gone, of which translations were recorded. A card of no guide may be that one, and is told.
    #[must_use]
    pub fn is_lost_card(&self, key: &GuideKey) -> bool {
        let file = layout::card(&key.to_string());
        let is_recorded = || {
            let records = self.text_records.iter().filter_map(|all| all.range((file.clone(), LocaleIx(0))..).next());
            records.into_iter().any(|((recorded, _), _)| *recorded == file)
        };
        let is_there = self.cards.contains_key(key) || self.is_unreadable(&Kind::Card(key.clone()));
        !is_there && self.has_guide(key) && is_recorded() && self.cards.keys().all(|card| self.has_guide(card))
    }

    /// Whether the file of a list that every site has names an entry that could not be read.
    #[must_use]
    pub fn is_broken_entry(&self, kind: &Kind, name: &str, tree: &SourceTree) -> bool {
        let list = LISTS.iter().zip(self.lists).find(|((list, _), _)| list == kind);
        list.is_some_and(|(_, file)| self.broken.twice.contains(&file) || self.broken.says(file, name, tree))
    }

    /// Reports that a list every site has is missing; nothing when it is there, or was reported as unreadable.
    pub fn missing_list(&self, kind: &Kind, sink: &mut Diagnostics) {
        let list = LISTS.iter().zip(self.lists).find(|((list, _), _)| list == kind);
        if let Some(((_, name), file)) = list
            && !self.is_unreadable(kind)
        {
            sink.push(
                Diagnostic::new(Code::MissingFile, Span::file(file), format!("there is no {name}"))
                    .help("other files name its entries: if it was renamed or moved, bring it back; where there never was one, make it as in the site that `rahnuma init` makes"),
            );
        }
    }

    /// Whether a fact is there but could not be read.
    #[must_use]
    pub fn is_broken_fact(&self, key: &FactKey) -> bool {
        let policy = self.policies.get(&key.owner);
        let is_twice =
            |policy: &Policy| policy.facts.iter().any(|fact| self.broken.twice.contains(&fact.id.place.file));
        policy.is_some_and(|policy| policy.unreadable || policy.broken.contains(&key.fact) || is_twice(policy))
            || self.is_unreadable(&Kind::Policy(key.owner.clone()))
    }
}
