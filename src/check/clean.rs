//! Guides in which an earlier check found nothing: as long as all that the rules look at is the same, they find nothing again.
//!
//! Only for rules that look at one guide with its translations: items, parity, sections, claims, signs and names of other carriers.

use std::collections::{BTreeMap, BTreeSet};

use super::hurt::Hurt;
use crate::codec::{Reader, Writer};
use crate::diag::Diagnostics;
use crate::hash::{ContentHash, Hasher};
use crate::model::guide::{Guide, GuideKey};
use crate::model::site::Site;
use crate::parse::Documents;
use crate::source::layout;
use crate::source::tree::{FileId, SourceTree};

/// Guides without findings, each as a hash of what was looked at.
#[derive(Debug, Default)]
pub struct Clean(BTreeSet<ContentHash>);

impl Clean {
    /// How many guides these are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Writes it down.
    pub fn write(&self, writer: &mut Writer) {
        writer.size(self.0.len());
        self.0.iter().for_each(|hash| writer.hash(*hash));
    }

    /// Reads what was written down.
    pub fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self(reader.list(Reader::hash)?.into_iter().collect()))
    }
}

/// What has to be looked at.
pub struct Due<'a> {
    /// Each guide with the hash of what is looked at in it; none where more than that decides what is found.
    guides: Vec<(&'a Guide, ContentHash)>,
    /// Files of guides in which nothing is to be found.
    clean: BTreeSet<FileId>,
    /// Files of plain pages.
    pages: BTreeSet<FileId>,
}

impl<'a> Due<'a> {
    /// What has to be looked at after an earlier check. Where files are broken, or name what is not there (not `sound`), that is
    /// everything.
    pub fn after(
        earlier: &Clean,
        (documents, site, tree): (&Documents, &'a Site, &SourceTree),
        hurt: &Hurt<'_>,
        sound: bool,
    ) -> Self {
        let pages = site.pages.values().flat_map(|page| page.texts.values()).map(|text| text.place.file).collect();
        if !sound || !documents.unreadable.is_empty() {
            return Self { guides: Vec::new(), clean: BTreeSet::new(), pages };
        }
        let common = common(documents, site, tree);
        let guides: Vec<_> = site.guides.values().map(|guide| (guide, hash(guide, common, hurt))).collect();
        let known = guides.iter().filter(|(_, hash)| earlier.0.contains(hash));
        let clean = known.flat_map(|(guide, _)| guide.texts.values()).map(|text| text.place.file).collect();
        Self { guides, clean, pages }
    }

    /// Whether a text has to be looked at.
    pub fn has(&self, file: FileId) -> bool {
        !self.clean.contains(&file)
    }

    /// Whether a guide has to be looked at.
    pub fn has_guide(&self, guide: &Guide) -> bool {
        guide.texts.values().next().is_none_or(|text| self.has(text.place.file))
    }

    /// What is known after these findings; nothing new where it could not be told whose they are, or where this was no whole look.
    pub fn known(self, found: &[Diagnostics], earlier: &Clean) -> Option<Clean> {
        if self.guides.is_empty() {
            return None;
        }
        let mut of_file: BTreeMap<FileId, &GuideKey> = BTreeMap::new();
        for (guide, _) in &self.guides {
            of_file.extend(guide.texts.values().map(|text| (text.place.file, &guide.key)));
        }
        let mut dirty: BTreeSet<&GuideKey> = BTreeSet::new();
        for file in found.iter().flat_map(Diagnostics::iter).map(|found| found.primary.place.file) {
            match of_file.get(&file) {
                Some(key) => drop(dirty.insert(key)),
                None if self.pages.contains(&file) => {}
                // In a fragment, it may be a finding of any guide that includes it.
                None => {
                    let still = self.guides.iter().map(|(_, hash)| *hash).filter(|hash| earlier.0.contains(hash));
                    return Some(Clean(still.collect()));
                }
            }
        }
        let clean = self.guides.iter().filter(|(guide, _)| !dirty.contains(&guide.key));
        Some(Clean(clean.map(|(_, hash)| *hash).collect()))
    }
}

/// What is looked at in every guide: the site's settings, situations, fragments, names of carriers, and which facts there are.
fn common(documents: &Documents, site: &Site, tree: &SourceTree) -> ContentHash {
    let mut common = Hasher::default();
    common.add_hash(tree.hash(layout::SITE));
    common.add_hash(tree.hash(layout::SITUATIONS));
    for ((id, locale), body) in &documents.fragments {
        common.add_text(id.as_str());
        common.add_text(&locale.0.to_string());
        common.add_hash(body.hash);
    }
    for (id, policy) in &documents.policies {
        common.add_text(id.as_str());
        documents.config.locales().for_each(|(locale, _)| common.add_text(policy.carrier.name.get(locale)));
    }
    for key in site.facts.keys() {
        common.add_text(key.owner.as_str());
        common.add_text(key.fact.as_str());
    }
    common.finish()
}

fn hash(guide: &Guide, common: ContentHash, hurt: &Hurt<'_>) -> ContentHash {
    let mut hash = Hasher::default();
    hash.add_hash(common);
    hash.add_text(guide.key.section.as_str());
    hash.add_text(guide.key.guide.as_str());
    for (locale, text) in &guide.texts {
        hash.add_text(&locale.0.to_string());
        hash.add_hash(text.prose.body.hash);
        // What was told of a text may be mended by another file; what is hurt is compared with less.
        for place in hurt.places(text.prose.body.file) {
            hash.add_text(&format!("{place:?}"));
        }
    }
    hash.finish()
}
