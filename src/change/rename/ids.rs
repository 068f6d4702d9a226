//! Ids of steps and items: where they are given, required and linked to.

use std::collections::BTreeSet;

use super::names::word;
use super::paths::{in_place, written};
use super::{Sources, there};
use crate::change::edits::{Edits, entries, value};
use crate::diag::{Diagnostics, Span};
use crate::model::attributes::{Attributes, Role};
use crate::model::body::{Block, Body, Prose, ReferenceKind, Resolved};
use crate::model::guide::GuideKey;
use crate::model::id::Id;
use crate::model::registry::Fate;
use crate::parse::document::{part as part_of, split};
use crate::parse::text;
use crate::parse::translated::KEY;
use crate::parse::yaml;
use crate::source::tree::FileId;

/// A step or an item has another id.
pub fn part(
    sources: Sources<'_>,
    guide: &GuideKey,
    (old, new, is_item): (&Id, &Id, bool),
    edits: &mut Edits<'_>,
) -> Result<(), String> {
    let shared = sharing(sources, guide, old);
    let guides: BTreeSet<&GuideKey> = shared.iter().collect();
    let files = files(sources, &guides);
    let of = |wanted: bool| move |body: &Body| own(body, wanted);
    let bodies: Vec<&Body> = sources.documents.bodies().map(|(_, body)| &**body).collect();
    let inside: Vec<&Body> = bodies.iter().copied().filter(|body| files.contains(&body.file)).collect();
    let known: Vec<String> = inside.iter().flat_map(|body| of(is_item)(body)).collect();
    let others: Vec<String> = inside.iter().flat_map(|body| of(!is_item)(body)).collect();
    let (what, other) = if is_item { ("item", "step") } else { ("step", "item") };
    if !known.iter().any(|id| id == old.as_str()) && others.iter().any(|id| id == old.as_str()) {
        return Err(format!("`{old}` is the id of a {other}: say `rahnuma rename {other} {guide}#{old} {new}`"));
    }
    if !known.iter().any(|id| id == old.as_str()) {
        given_up(sources, guide, old)?;
    }
    there(&format!("{what} of `{guide}` with the id"), old.as_str(), known.iter().cloned())?;
    if known.iter().chain(&others).any(|id| id == new.as_str()) {
        return Err(format!("the id `{new}` is taken already in `{guide}`; nothing was changed"));
    }
    for guide in &shared {
        free(sources, guide, old, new)?;
    }
    for body in &inside {
        for place in named(body, old) {
            word(edits, place, old.as_str(), new.as_str())?;
        }
        record(sources, body, (old, new), edits);
    }
    for body in bodies {
        links(sources, body, (&guides, files.contains(&body.file)), (old, new), edits)?;
    }
    Ok(())
}

/// Whether an id was renamed before, or taken back.
fn given_up(sources: Sources<'_>, guide: &GuideKey, id: &Id) -> Result<(), String> {
    let Some(registered) = sources.site.registry.as_ref().and_then(|all| all.get(guide)) else { return Ok(()) };
    match registered.ids.get(id).map(|known| &known.fate) {
        Some(Fate::RenamedTo(next)) => {
            let today = registered.today(id).unwrap_or(next);
            Err(format!("`{id}` of `{guide}` was renamed already: it is `{today}` now; nothing was changed"))
        }
        Some(Fate::Retired(day)) => {
            Err(format!("`{id}` of `{guide}` was taken back on {day}: there is nothing to rename; nothing was changed"))
        }
        _ => Ok(()),
    }
}

/// Whether an id was not given up by something else than what gets it.
fn free(sources: Sources<'_>, guide: &GuideKey, old: &Id, new: &Id) -> Result<(), String> {
    let Some(registered) = sources.site.registry.as_ref().and_then(|all| all.get(guide)) else { return Ok(()) };
    let today = registered.today(new).unwrap_or(new);
    if today == new || today == old {
        return Ok(());
    }
    Err(format!(
        "what was called `{new}` in `{guide}` is `{today}` now, and links and ticks of it lead there; nothing was changed\nhelp: choose another name"
    ))
}

/// The guides in which a part has its id: the one that is named, and those that include the same fragment.
pub fn sharing(sources: Sources<'_>, guide: &GuideKey, id: &Id) -> Vec<GuideKey> {
    let texts = |key: &GuideKey| sources.site.guides.get(key).into_iter().flat_map(|guide| guide.texts.values());
    let mut fragments = BTreeSet::new();
    texts(guide).for_each(|text| giving(&text.prose, id, text.prose.body.file, &mut fragments));
    let includes = |key: &GuideKey| {
        let mut read = BTreeSet::new();
        texts(key).for_each(|text| included(&text.prose, &mut read));
        read.intersection(&fragments).next().is_some()
    };
    sources.site.guides.keys().filter(|key| *key == guide || includes(key)).cloned().collect()
}

/// Fragments that give something an id.
fn giving(prose: &Prose, id: &Id, own: FileId, found: &mut BTreeSet<FileId>) {
    if prose.body.file != own && attributes(&prose.body).iter().any(|(it, _)| it.id() == Some(id)) {
        found.insert(prose.body.file);
    }
    for resolved in &prose.resolved {
        if let Resolved::Fragment(fragment) = resolved {
            giving(fragment, id, own, found);
        }
    }
}

fn included(prose: &Prose, found: &mut BTreeSet<FileId>) {
    found.insert(prose.body.file);
    for resolved in &prose.resolved {
        if let Resolved::Fragment(fragment) = resolved {
            included(fragment, found);
        }
    }
}

/// The files of guides and of all that they include.
fn files(sources: Sources<'_>, guides: &BTreeSet<&GuideKey>) -> BTreeSet<FileId> {
    let mut files = BTreeSet::new();
    for guide in guides.iter().filter_map(|key| sources.site.guides.get(*key)) {
        guide.texts.values().for_each(|text| included(&text.prose, &mut files));
    }
    files
}

/// Braces of a text, each with whether they stand behind an item.
fn attributes(body: &Body) -> Vec<(&Attributes, bool)> {
    let mut found = Vec::new();
    for block in &body.blocks {
        match block {
            Block::Heading(heading) => found.push((&heading.attributes, false)),
            Block::Items(items) => found.extend(items.iter().map(|item| (&item.attributes, true))),
            _ => {}
        }
    }
    found
}

/// The ids that items, or sections, have in a text.
fn own(body: &Body, of_items: bool) -> Vec<String> {
    let all = attributes(body).into_iter().filter(|(_, is_item)| *is_item == of_items);
    all.filter_map(|(attributes, _)| attributes.id().map(ToString::to_string)).collect()
}

/// Where an id is given or required.
fn named(body: &Body, id: &Id) -> Vec<Span> {
    let all = attributes(body).into_iter().flat_map(|(attributes, _)| &attributes.named);
    let meant = all.filter(|named| named.id == *id && matches!(named.role, Role::Own | Role::Requires));
    meant.map(|named| named.place).collect()
}

/// Links to a section of the guides.
fn links(
    sources: Sources<'_>,
    body: &Body,
    (guides, inside): (&BTreeSet<&GuideKey>, bool),
    (old, new): (&Id, &Id),
    edits: &mut Edits<'_>,
) -> Result<(), String> {
    let from = in_place(sources.tree.path(body.file));
    for reference in body.references.iter().filter(|reference| reference.kind == ReferenceKind::Link) {
        let Some((file, section)) = reference.name.split_once('#') else { continue };
        let leads_there = if file.is_empty() {
            inside
        } else {
            let target = from.resolve(file).ok();
            let named =
                |key: &&&GuideKey| target.as_ref().is_some_and(|it| it.as_str() == format!("content/guides/{key}.md"));
            guides.iter().any(|key| named(&key))
        };
        if leads_there && section == old.as_str() {
            written(edits, reference, &format!("{file}#{new}"))?;
        }
    }
    Ok(())
}

/// What a translation says of the step it was made from stands under the step's id.
fn record(sources: Sources<'_>, body: &Body, (old, new): (&Id, &Id), edits: &mut Edits<'_>) {
    let bytes = sources.tree.get(sources.tree.path(body.file)).unwrap_or_default();
    let sink = &mut Diagnostics::default();
    let Some(source) = text::read(sources.tree, body.file, &bytes, sink) else { return };
    let Some((front, _)) = split(source.text) else { return };
    let front = part_of(source, front);
    let Some(read) = yaml::read(front, sink) else { return };
    let steps = value(&read.spans, KEY).map(entries).unwrap_or_default();
    if let Some((_, key, _)) = steps.iter().find(|(key, ..)| key == old.as_str()) {
        edits.replace(front.place(key.clone()), new.as_str());
    }
}
