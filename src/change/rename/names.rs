//! Facts and carriers by their names in texts and policy files.

use std::collections::{BTreeMap, BTreeSet};

use super::Sources;
use crate::change::edits::Edits;
use crate::diag::{Span, Spanned};
use crate::model::body::{Prose, Reference, ReferenceKind, Resolved};
use crate::model::fact::NATIONAL;
use crate::model::guide::GENERAL;
use crate::model::id::Id;
use crate::parse::Documents;
use crate::source::tree::FileId;

/// A fact is named otherwise, in its policy file and in every text.
pub fn fact(sources: Sources<'_>, name: (Option<&Id>, &Id, &Id), edits: &mut Edits<'_>) -> Result<(), String> {
    let (owner, old, new) = name;
    let documents = sources.documents;
    let owns = |id: &Id| owner.map_or(id.as_str() != NATIONAL, |owner| owner == id);
    for policy in documents.policies.values().filter(|policy| owns(&policy.carrier.id)) {
        for fact in policy.facts.iter().filter(|fact| fact.id.value == *old) {
            word(edits, fact.id.place, old.as_str(), new.as_str())?;
        }
    }
    let readers = readers(sources);
    for (_, body) in documents.bodies() {
        let owners = readers.get(&body.file).cloned().unwrap_or_default();
        for reference in body.references.iter().filter(|it| is_fact(it)) {
            let (of, fact) = split(&reference.name);
            if fact != old.as_str() {
                continue;
            }
            let meant = match of {
                Some(of) => Id::new(of).is_some_and(|of| owns(&of)),
                None => means(&owners, &owns, || place_of(edits, reference.place), old)?,
            };
            if meant {
                let renamed = of.map_or_else(|| new.to_string(), |of| format!("{of}.{new}"));
                named(edits, reference, &renamed)?;
            }
        }
    }
    for ((key, _), document) in &documents.guides {
        let own = Some(&key.section).filter(|section| section.as_str() != GENERAL);
        let rule = document.date_rule.iter().map(|rule| &rule.fact);
        for name in document.key_facts.iter().chain(rule) {
            let (of, fact) = split(&name.value);
            let owner = of.and_then(Id::new).or_else(|| own.cloned());
            if fact == old.as_str() && owner.as_ref().is_some_and(&owns) {
                let renamed = of.map_or_else(|| new.to_string(), |of| format!("{of}.{new}"));
                word(edits, name.place, &name.value, &renamed)?;
            }
        }
    }
    Ok(())
}

/// Whether a name without an owner means one of the facts that are renamed, in every text that it is read in.
fn means(
    owners: &BTreeSet<Option<Id>>,
    owns: &impl Fn(&Id) -> bool,
    place: impl Fn() -> String,
    old: &Id,
) -> Result<bool, String> {
    let of = |owner: &Option<Id>| owner.as_ref().is_some_and(owns);
    if !owners.iter().any(of) || owners.iter().all(of) {
        return Ok(owners.iter().any(of));
    }
    Err(format!(
        "{} names `{old}` in a text that other carriers' guides include, so it means their facts too; nothing was changed\n\
         help: rename the fact of every carrier at once: `rahnuma rename fact '*.{old}' …`, or name its owner there",
        place()
    ))
}

/// A carrier is called otherwise where facts are named with it, and in policy files.
pub fn carrier(documents: &Documents, (old, new): (&Id, &Id), edits: &mut Edits<'_>) {
    let renamed = |name: &str| {
        let (owner, fact) = name.split_once('.')?;
        (owner == old.as_str()).then(|| format!("{new}.{fact}"))
    };
    for (_, body) in documents.bodies() {
        for reference in body.references.iter().filter(|it| is_fact(it)) {
            if let Some(renamed) = renamed(&reference.name) {
                // What cannot be changed in place breaks the site, which is seen before anything is written.
                let _ = named(edits, reference, &renamed);
            }
        }
    }
    for document in documents.guides.values() {
        let rule = document.date_rule.iter().map(|rule| &rule.fact);
        for name in document.key_facts.iter().chain(rule) {
            if let Some(renamed) = renamed(&name.value) {
                let _ = word(edits, name.place, &name.value, &renamed);
            }
        }
    }
    for policy in documents.policies.values() {
        let readings = policy.facts.iter().flat_map(|fact| &fact.readings);
        let networks = readings.filter_map(|reading| reading.network.as_ref());
        let successor = policy.carrier.successor.clone().zip(policy.successor);
        let successor = successor.map(|(value, place)| Spanned { value, place });
        for name in networks.cloned().chain(successor).filter(|name| name.value == *old) {
            let _ = word(edits, name.place, old.as_str(), new.as_str());
        }
    }
    for name in documents.navigation.names().filter(|name| name.value == old.as_str()) {
        let _ = word(edits, name.place, old.as_str(), new.as_str());
    }
    for name in documents.listed() {
        if let Some(guide) = name.value.strip_prefix(old.as_str()).and_then(|rest| rest.strip_prefix('/')) {
            let _ = word(edits, name.place, &name.value, &format!("{new}/{guide}"));
        }
    }
}

fn is_fact(reference: &Reference) -> bool {
    matches!(reference.kind, ReferenceKind::Fact | ReferenceKind::Value | ReferenceKind::Claim)
}

fn split(name: &str) -> (Option<&str>, &str) {
    name.split_once('.').map_or((None, name), |(owner, fact)| (Some(owner), fact))
}

/// Whose facts a name without an owner means, by the file it stands in.
fn readers(Sources { site, .. }: Sources<'_>) -> BTreeMap<FileId, BTreeSet<Option<Id>>> {
    let mut readers: BTreeMap<FileId, BTreeSet<Option<Id>>> = BTreeMap::new();
    for guide in site.guides.values() {
        let owner = Some(&guide.key.section).filter(|section| section.as_str() != GENERAL).cloned();
        let texts = guide.texts.values().map(|text| &text.prose);
        texts.chain(guide.application.values().map(|letter| &letter.prose)).for_each(|prose| {
            read_by(prose, owner.as_ref(), &mut readers);
        });
    }
    for page in site.pages.values().flat_map(|page| page.texts.values()) {
        read_by(&page.prose, None, &mut readers);
    }
    readers
}

fn read_by(prose: &Prose, owner: Option<&Id>, readers: &mut BTreeMap<FileId, BTreeSet<Option<Id>>>) {
    readers.entry(prose.body.file).or_default().insert(owner.cloned());
    for resolved in &prose.resolved {
        if let Resolved::Fragment(fragment) = resolved {
            read_by(fragment, owner, readers);
        }
    }
}

/// The name of a fact in a text: `{{ name }}` or `fact=name`.
fn named(edits: &mut Edits<'_>, reference: &Reference, renamed: &str) -> Result<(), String> {
    let written = edits.written(reference.place);
    let name = &*reference.name;
    let mut found = 0;
    for (at, _) in written.match_indices(name) {
        let (before, after) = (&written[..at], &written[at + name.len()..]);
        let braces = before.trim_end().ends_with("{{") && after.trim_start().starts_with("}}");
        let claim = before.trim_end_matches('"').ends_with("fact=") && !after.starts_with(is_name);
        if braces || claim {
            edits.replace(reference.place.part(at..at + name.len()), renamed);
            found += 1;
        }
    }
    if found > 0 { Ok(()) } else { Err(by_hand(edits, reference.place, name)) }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.".contains(c)
}

/// A word in a YAML file, with or without quotes.
pub fn word(edits: &mut Edits<'_>, place: Span, old: &str, new: &str) -> Result<(), String> {
    let Some(at) = edits.written(place).find(old) else { return Err(by_hand(edits, place, old)) };
    edits.replace(place.part(at..at + old.len()), new);
    Ok(())
}

pub fn by_hand(edits: &Edits<'_>, place: Span, name: &str) -> String {
    format!(
        "{} names `{name}` in a way that cannot be changed in place; write it plainly there, and try again. Nothing was changed",
        place_of(edits, place)
    )
}

/// A place as people read it: `content/guides/jazz/close-sim.en.md:12`.
fn place_of(edits: &Edits<'_>, place: Span) -> String {
    let path = edits.tree.path(place.file);
    let bytes = edits.tree.get(path).unwrap_or_default();
    let line = bytes.iter().take(place.range().start).filter(|byte| **byte == b'\n').count() + 1;
    format!("{path}:{line}")
}
