//! Published items stay what they are: readers keep their ticks by id.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::model::guide::{Guide, GuideKey};
use crate::model::id::Id;
use crate::model::outline::outline;
use crate::model::registry::{Fate, RegisteredGuide, Registry};
use crate::model::site::Site;

pub fn check(site: &Site, sink: &mut Diagnostics) {
    // A site without a registry has not been published yet.
    let Some(registry) = &site.registry else { return };
    for (key, guide) in &site.guides {
        let items = items(guide, site);
        match registry.get(key) {
            Some(registered) => compare(key, registered, &items, sink),
            None => unregistered(key, &items, registry, sink),
        }
    }
    for (key, registered) in registry.iter().filter(|(key, _)| !site.guides.contains_key(*key)) {
        let gone = |fate: &Fate| matches!(fate, Fate::Retired(_));
        if !registered.items.values().all(|item| gone(&item.fate)) {
            sink.push(
                Diagnostic::new(
                    Code::DroppedItem,
                    registered.place.clone(),
                    format!("the guide `{key}` was published, and is not here"),
                )
                .help("bring it back, or say of each of its items that it is `retired`"),
            );
        }
    }
}

/// The guide's items in the source locale, which the other locales follow.
fn items(guide: &Guide, site: &Site) -> Vec<(Id, Place)> {
    let text = guide.texts.get(&site.config.source_locale).or_else(|| guide.texts.values().next());
    let steps = text.map(|text| outline(&text.prose).1).unwrap_or_default();
    let items = steps.iter().flat_map(|step| &step.items);
    items.filter_map(|(item, _)| Some((item.attributes.id.clone()?, item.place.clone()))).collect()
}

fn unregistered(key: &GuideKey, items: &[(Id, Place)], registry: &Registry, sink: &mut Diagnostics) {
    let Some((_, place)) = items.first() else { return };
    let lines: Vec<String> = items.iter().map(|(id, _)| format!("{id}: live")).collect();
    let mut diagnostic =
        Diagnostic::new(Code::UnregisteredItem, place.clone(), format!("the items of `{key}` are not in the registry"))
            .help(format!("add to content/items.yaml, below `{key}:`, the lines {}", lines.join("; ")));
    if let Some(other) = registry.values().next() {
        diagnostic = diagnostic.related(other.place.clone(), "the registry");
    }
    sink.push(diagnostic);
}

fn compare(key: &GuideKey, registered: &RegisteredGuide, items: &[(Id, Place)], sink: &mut Diagnostics) {
    let here: BTreeSet<&Id> = items.iter().map(|(id, _)| id).collect();
    for (id, place) in items {
        match registered.items.get(id) {
            None => sink.push(
                Diagnostic::new(Code::UnregisteredItem, place.clone(), format!("the item `{id}` of `{key}` is not in the registry"))
                    .related(registered.place.clone(), "the guide's published items")
                    .help(format!("if it is new, add `{id}: live` to content/items.yaml; if it was called otherwise, say `old-id: {{renamed_to: {id}}}` as well")),
            ),
            Some(item) if matches!(item.fate, Fate::Retired(_) | Fate::RenamedTo(_)) => sink.push(
                Diagnostic::new(Code::ReusedItem, place.clone(), format!("the id `{id}` belonged to an item that is gone"))
                    .related(item.place.clone(), "it went here")
                    .help("give the item another id: readers may hold ticks of the old one"),
            ),
            Some(_) => {}
        }
    }
    for (id, item) in &registered.items {
        let lost = match &item.fate {
            Fate::Live | Fate::Changed(_) => !here.contains(id),
            Fate::RenamedTo(new) => !here.contains(new) && !registered.items.contains_key(new),
            Fate::Retired(_) => false,
        };
        if lost {
            sink.push(
                Diagnostic::new(
                    Code::DroppedItem,
                    item.place.clone(),
                    format!("the item `{id}` of `{key}` was published, and is not in the guide"),
                )
                .help(format!(
                    "say what became of it: `{id}: {{renamed_to: new-id}}` or `{id}: {{retired: …}}` with the day"
                )),
            );
        }
    }
}
