//! `rename`: a guide, a step, an item, a fact or a carrier gets another name wherever it is named. What was published keeps its old
//! name too: the registry says what it is called today.

mod ids;
mod names;
mod paths;
mod records;

use std::fmt;

use super::edits::Edits;
use super::published::Published;
use super::register::addresses;
use super::{Changes, given_up};
use crate::diag::suggest;
use crate::model::address::Address;
use crate::model::fact::{FactKey, NATIONAL};
use crate::model::guide::{GENERAL, GuideKey};
use crate::model::id::Id;
use crate::model::site::Site;
use crate::parse::Documents;
use crate::parse::cache::Cache;
use crate::parse::registry::ADDRESSES;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// What gets another name.
#[derive(Debug, Clone)]
pub enum What {
    /// A guide of a section.
    Guide { old: GuideKey, new: GuideKey },
    /// A carrier, with its facts and guides.
    Carrier { old: Id, new: Id },
    /// A fact; of every carrier that has one of this name where no owner is said.
    Fact { owner: Option<Id>, old: Id, new: Id },
    /// A step, another section or an item of a guide.
    Part { guide: GuideKey, old: Id, new: Id, is_item: bool },
}

/// A site as it was read.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    pub tree: &'a SourceTree,
    pub documents: &'a Documents,
    pub site: &'a Site,
}

/// What changes when something is renamed.
///
/// # Errors
/// When there is no such thing, when the new name is taken, or when it is named in a way that cannot be changed in place.
pub fn rename(sources: Sources<'_>, what: &What) -> Result<Changes, String> {
    let Sources { tree, documents, .. } = sources;
    known(sources, what)?;
    let mut edits = Edits::of(tree);
    match what {
        What::Fact { owner, old, new } => names::fact(sources, (owner.as_ref(), old, new), &mut edits)?,
        What::Part { guide, old, new, is_item } => ids::part(sources, guide, (old, new, *is_item), &mut edits)?,
        What::Guide { .. } => paths::follow(sources, what, &mut edits)?,
        What::Carrier { old, new } => {
            names::carrier(documents, (old, new), &mut edits);
            paths::follow(sources, what, &mut edits)?;
        }
    }
    let mut changes = edits.changes();
    changes.then(registry(sources, what)?);
    for (from, to) in paths::moved_files(tree, what) {
        changes.rename(tree, &from, to);
    }
    let mut after = changes.onto(tree);
    let (read, _) = crate::parse::documents(&mut after, &mut Cache::default(), true);
    let read = read.ok_or("the site could not be read afterwards; nothing was changed")?;
    changes.then(records::follow(sources, what, (&after, &read))?);
    Ok(changes)
}

/// Whether there is such a thing, and its new name is free.
fn known(Sources { documents, site, .. }: Sources<'_>, what: &What) -> Result<(), String> {
    let guides = || documents.guides.keys().map(|(key, _)| key.to_string());
    match what {
        What::Guide { old, new } => {
            let [before, after] = [old, new].map(|key| Address::Guide(key.clone()));
            given_up::still_there(site, &before)?;
            there("guide", &old.to_string(), guides())?;
            given_up::refuse_for(site, &before, &after)?;
            free("guide", &new.to_string(), guides())
        }
        What::Carrier { old, new } => {
            let [before, after] = [old, new].map(|id| Address::Own(id.clone()));
            given_up::still_there(site, &before)?;
            let carriers = || documents.policies.keys().map(ToString::to_string).filter(|id| id != NATIONAL);
            there("carrier", old.as_str(), carriers())?;
            given_up::refuse_for(site, &before, &after)?;
            let pages = documents.pages.keys().map(|(id, _)| id.to_string());
            free("carrier", new.as_str(), carriers().chain(pages).chain([NATIONAL, GENERAL].map(ToOwned::to_owned)))
        }
        What::Fact { owner: Some(owner), old, new } => {
            let facts = || documents.policies.iter().flat_map(|(owner, policy)| keys(owner, &policy.carrier.facts));
            there("fact", &format!("{owner}.{old}"), facts())?;
            free("fact", &format!("{owner}.{new}"), facts())
        }
        What::Fact { owner: None, old, new } => {
            let carriers = || documents.policies.values().filter(|policy| policy.carrier.id.as_str() != NATIONAL);
            let facts = || carriers().flat_map(|policy| policy.carrier.facts.iter().map(ToString::to_string));
            there("fact of a carrier", old.as_str(), facts())?;
            free("fact of a carrier", new.as_str(), facts())
        }
        What::Part { guide, .. } => there("guide", &guide.to_string(), guides()),
    }
}

fn keys(owner: &Id, facts: &[Id]) -> Vec<String> {
    let key = |fact: &Id| FactKey { owner: owner.clone(), fact: fact.clone() }.to_string();
    facts.iter().map(key).collect()
}

fn there(what: &str, name: &str, all: impl Iterator<Item = String>) -> Result<(), String> {
    let mut all: Vec<String> = all.collect();
    if all.iter().any(|known| known == name) {
        return Ok(());
    }
    all.sort();
    all.dedup();
    let help = suggest::words(name, all.iter().map(String::as_str)).map(|help| format!("\nhelp: {help}"));
    Err(format!("there is no {what} `{name}`{}", help.unwrap_or_default()))
}

fn free(what: &str, name: &str, mut all: impl Iterator<Item = String>) -> Result<(), String> {
    if all.any(|known| known == name) {
        return Err(format!("the name `{name}` is taken already, so no {what} can get it; nothing was changed"));
    }
    Ok(())
}

/// The registry with the new name in it, and what became of the old one.
fn registry(sources: Sources<'_>, what: &What) -> Result<Changes, String> {
    let Sources { tree, documents, site } = sources;
    let Some(mut published) = Published::read(tree)? else { return Ok(Changes::default()) };
    let mut moved: Vec<(String, String)> = Vec::new();
    match what {
        What::Part { guide, old, new, .. } => {
            for key in ids::sharing(sources, guide, old) {
                published.rename(&key.to_string(), old.as_str(), new.as_str())?;
            }
        }
        What::Guide { old, new } if published.has(old) => {
            published.rename_guide(old, new);
            moved.push((old.to_string(), new.to_string()));
        }
        What::Carrier { old, new } => {
            let keys: Vec<&GuideKey> = documents.registry.iter().flat_map(|all| all.keys()).collect();
            for key in keys.into_iter().filter(|key| key.section == *old) {
                let renamed = GuideKey { section: new.clone(), guide: key.guide.clone() };
                published.rename_guide(key, &renamed);
                moved.push((key.to_string(), renamed.to_string()));
            }
            let drafts = &documents.drafts.files;
            if site.carriers.get(old).is_some_and(|carrier| !drafts.contains(&carrier.place.file)) {
                moved.push((old.to_string(), new.to_string()));
            }
        }
        What::Guide { .. } | What::Fact { .. } => {}
    }
    if !moved.is_empty() {
        lead_on(&mut published, site, &moved);
    }
    Ok(published.changes(tree))
}

/// Old addresses lead to the new ones. Where addresses were never listed, those that stand are listed too.
fn lead_on(published: &mut Published, site: &Site, moved: &[(String, String)]) {
    let led = |old: &String, new: &String| format!("{old}: {{renamed_to: {new}}}");
    if !published.has_addresses() {
        let own = addresses(site).into_iter().filter(|own| moved.iter().all(|(old, _)| old != own));
        let mut lines: Vec<(String, String)> = own.map(|own| (own.clone(), format!("{own}: live"))).collect();
        lines.extend(moved.iter().map(|(old, new)| (old.clone(), led(old, new))));
        let carriers = moved.iter().filter(|(_, new)| !new.contains('/'));
        lines.extend(carriers.map(|(_, new)| (new.clone(), format!("{new}: live"))));
        lines.sort();
        let lines: Vec<(&str, String)> = lines.iter().map(|(key, line)| (key.as_str(), line.clone())).collect();
        published.add_addresses(&lines);
        return;
    }
    for (old, new) in moved {
        published.set_address(old, &format!("{{renamed_to: {new}}}"));
        if !new.contains('/') || published.became(ADDRESSES, new).is_some() {
            published.set_address(new, "live");
        }
    }
}

impl What {
    /// Where a file, or what a link names, stands afterwards; nothing where that is where it stood.
    #[must_use]
    pub fn moved(&self, path: &str) -> Option<String> {
        paths::moved(self, path)
    }

    /// What a part of a guide was called before.
    fn before<'a>(&'a self, part: &'a str) -> &'a str {
        match self {
            Self::Part { old, new, .. } if new.as_str() == part => old.as_str(),
            _ => part,
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Guide { old, new } => write!(f, "the guide `{old}` is `{new}`"),
            Self::Carrier { old, new } => write!(f, "the carrier `{old}` is `{new}`"),
            Self::Fact { owner: Some(owner), old, new } => write!(f, "the fact `{owner}.{old}` is `{owner}.{new}`"),
            Self::Fact { owner: None, old, new } => write!(f, "the fact `{old}` of every carrier is `{new}`"),
            Self::Part { guide, old, new, is_item } => {
                let what = if *is_item { "item" } else { "step" };
                write!(f, "the {what} `{old}` of `{guide}` is `{new}`")
            }
        }
    }
}

/// A path that is well formed because its parts were.
fn path(text: &str) -> Option<SourcePath> {
    SourcePath::new(text).ok()
}
