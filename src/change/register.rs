//! `register`: new ids go into the registry, in the order of their guide. Nothing is ever taken out of it.

use super::Changes;
use super::published::{self, Published};
use crate::model::body::{Block, Prose, Resolved};
use crate::model::guide::GuideKey;
use crate::model::id::Id;
use crate::model::registry::Fate;
use crate::model::site::Site;
use crate::parse::registry::ADDRESSES;
use crate::source::tree::SourceTree;

/// What is registered.
#[derive(Debug, Default)]
pub struct Registered {
    /// The registry as it will be.
    pub changes: Changes,
    /// What is new, by guide; addresses last.
    pub added: Vec<(String, Vec<String>)>,
    /// Guides that are left alone, because ids are gone while others are new: each with the ids that are gone and those that are new.
    pub unclear: Vec<(GuideKey, Vec<String>, Vec<String>)>,
}

/// Registers what a site publishes.
///
/// # Errors
/// When the registry cannot be read.
pub fn register(tree: &SourceTree, site: &Site) -> Result<Registered, String> {
    let mut registered = Registered::default();
    let guides: Vec<(&GuideKey, Vec<&str>)> =
        site.guides.keys().filter_map(|key| Some((key, ids(text(site, key)?)))).collect();
    let Some(mut published) = Published::read(tree)? else {
        let owned = |(key, ids): &(&GuideKey, Vec<&str>)| (key.to_string(), owned(ids));
        registered.added = guides.iter().filter(|(_, ids)| !ids.is_empty()).map(owned).collect();
        registered
            .added
            .extend(Some(addresses(site)).filter(|all| !all.is_empty()).map(|all| (ADDRESSES.to_owned(), all)));
        if !registered.added.is_empty() {
            registered.changes = published::begin(&registered.added);
        }
        return Ok(registered);
    };
    for (key, ids) in &guides {
        let gone = gone(site, key, ids);
        let new = new(site, key, ids);
        if !gone.is_empty() && !new.is_empty() {
            registered.unclear.push(((*key).clone(), gone, owned(&new)));
        } else if !new.is_empty() {
            registered.added.push((key.to_string(), owned(&published.add_ids(key, ids))));
        }
    }
    let own: Vec<String> = addresses(site);
    let lines: Vec<(&str, String)> = own.iter().map(|id| (id.as_str(), format!("{id}: live"))).collect();
    let new = if own.is_empty() { Vec::new() } else { owned(&published.add_addresses(&lines)) };
    registered.added.extend((!new.is_empty()).then(|| (ADDRESSES.to_owned(), new)));
    registered.changes = published.changes(tree);
    Ok(registered)
}

/// The addresses of carriers and plain pages.
pub fn addresses(site: &Site) -> Vec<String> {
    let pages = site.own_pages().map(|page| page.id.to_string());
    let mut all: Vec<String> = site.carriers.keys().map(ToString::to_string).chain(pages).collect();
    all.sort();
    all
}

fn owned(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

/// The text whose ids count: the source locale's, which the others follow.
fn text<'a>(site: &'a Site, key: &GuideKey) -> Option<&'a Prose> {
    let texts = &site.guides.get(key)?.texts;
    let text = texts.get(&site.config.source_locale).or_else(|| texts.values().next());
    text.map(|text| &text.prose)
}

/// Every id of a section or an item, in order, those of included fragments among them.
fn ids(prose: &Prose) -> Vec<&str> {
    let mut found = Vec::new();
    collect(prose, &mut found);
    found
}

fn collect<'a>(prose: &'a Prose, found: &mut Vec<&'a str>) {
    for block in &prose.body.blocks {
        match block {
            Block::Heading(heading) => found.extend(heading.attributes.id().map(Id::as_str)),
            Block::Items(items) => found.extend(items.iter().filter_map(|item| item.attributes.id()).map(Id::as_str)),
            Block::Include(at) => {
                if let Resolved::Fragment(fragment) = prose.get(*at) {
                    collect(fragment, found);
                }
            }
            _ => {}
        }
    }
}

/// Ids that were published and are not in the guide, with nothing said of what became of them.
fn gone(site: &Site, key: &GuideKey, ids: &[&str]) -> Vec<String> {
    let known = site.registry.as_ref().and_then(|registry| registry.get(key));
    let lost = known.iter().flat_map(|guide| &guide.ids).filter(|(id, registered)| {
        matches!(registered.fate, Fate::Live | Fate::Changed(_)) && !ids.contains(&id.as_str())
    });
    lost.map(|(id, _)| id.to_string()).collect()
}

fn new<'a>(site: &Site, key: &GuideKey, ids: &[&'a str]) -> Vec<&'a str> {
    let known = site.registry.as_ref().and_then(|registry| registry.get(key));
    ids.iter().copied().filter(|id| known.is_none_or(|guide| !guide.ids.contains_key(*id))).collect()
}
