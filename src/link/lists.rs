//! Lists of guides outside of prose: where situations lead, and the groups that the home page shows.

use std::collections::{BTreeMap, BTreeSet};

use super::prose::Linker;
use crate::diag::{Code, Diagnostic, Diagnostics, Span, Spanned, suggest};
use crate::model::guide::{GENERAL, GuideKey};
use crate::model::id::Id;
use crate::model::locale::Localized;
use crate::model::site::{GuideGroup, Situation};
use crate::parse::Documents;
use crate::parse::lists::RawSituation;
use crate::parse::place::Kind;

/// How many guides are named to one who looks for another.
const MAX_NAMED: usize = 12;

/// Situations, with what they name looked up.
pub(super) fn situations(documents: &Documents, linker: &mut Linker<'_>) -> Vec<Situation> {
    let raw = documents.situations.iter().flatten();
    raw.map(|raw| Situation {
        id: raw.id.value.clone(),
        label: raw.label.clone(),
        chip: raw.chip.clone(),
        lead: lead(raw, linker),
        guides: known(documents, &raw.guides, linker.sink).into_iter().map(|(key, _)| key).collect(),
    })
    .collect()
}

fn lead(raw: &RawSituation, linker: &mut Linker<'_>) -> Localized<crate::model::body::Prose> {
    Localized::new(raw.lead.iter().map(|(locale, body)| linker.prose(body, None, locale)).collect())
}

/// Groups of guides; a guide stands in one of them.
pub(super) fn groups(documents: &Documents, sink: &mut Diagnostics) -> Vec<GuideGroup> {
    let mut seen: BTreeMap<GuideKey, Span> = BTreeMap::new();
    let mut groups = Vec::new();
    for raw in &documents.groups {
        let mut guides = Vec::new();
        for (key, place) in known(documents, &raw.guides, sink) {
            if let Some(first) = seen.get(&key) {
                sink.push(
                    Diagnostic::new(Code::DuplicateId, place, format!("the guide `{key}` stands in a group already"))
                        .related(*first, "it first stands here")
                        .help("leave it where readers look for it first"),
                );
                continue;
            }
            seen.insert(key.clone(), place);
            guides.push(key);
        }
        groups.push(GuideGroup { label: raw.label.clone(), guides });
    }
    groups
}

/// The guides of a list, with the places where they are named; others are reported.
fn known(documents: &Documents, names: &[Spanned<String>], sink: &mut Diagnostics) -> Vec<(GuideKey, Span)> {
    names.iter().filter_map(|name| guide(documents, name, sink).map(|key| (key, name.place))).collect()
}

/// The finding for the names of several guides between which no comma stands.
fn without_comma(name: &Spanned<String>, there: &BTreeSet<&GuideKey>) -> Option<Diagnostic> {
    let is_named = |word: &str| there.iter().any(|key| key.to_string() == word);
    let mut words = name.value.split_whitespace();
    if name.value.contains(' ') && words.all(is_named) {
        let help = format!("write `{}`", name.value.split_whitespace().collect::<Vec<_>>().join(", "));
        return Some(
            Diagnostic::new(Code::UnknownGuide, name.place, "a comma is missing between these guides").help(help),
        );
    }
    None
}

/// Whether a guide is a draft that is left out of the site.
fn is_withheld(documents: &Documents, key: GuideKey) -> bool {
    let source = documents.config.source_locale;
    documents.drafts.are_withheld() && documents.drafts.covers(&Kind::Guide(key, source), source)
}

pub(super) fn guide(documents: &Documents, name: &Spanned<String>, sink: &mut Diagnostics) -> Option<GuideKey> {
    let (section, guide) = name.value.split_once('/').unwrap_or((&name.value, ""));
    let key = Id::new(section).zip(Id::new(guide)).map(|(section, guide)| GuideKey { section, guide });
    let is_there = |key: &GuideKey| {
        let mut locales = documents.config.locales().map(|(ix, _)| ix);
        locales.any(|ix| {
            documents.guides.contains_key(&(key.clone(), ix)) || documents.is_unreadable(&Kind::Guide(key.clone(), ix))
        })
    };
    if key.as_ref().is_some_and(is_there) {
        return key;
    }
    // One that was published and is not here is told once, by the registry.
    if key.as_ref().is_some_and(|key| documents.is_lost_guide(key)) {
        return None;
    }
    if key.is_some_and(|key| is_withheld(documents, key)) {
        let headline = format!("the guide `{}` is a draft, which is not published", name.value);
        let help = "take it out of this list until it is published, or publish it";
        sink.push(Diagnostic::new(Code::UnknownGuide, name.place, headline).help(help));
        return None;
    }
    let there: BTreeSet<&GuideKey> = documents.guides.keys().map(|(key, _)| key).collect();
    if let Some(found) = without_comma(name, &there) {
        sink.push(found);
        return None;
    }
    let unknown = Diagnostic::new(Code::UnknownGuide, name.place, format!("there is no guide `{}`", name.value));
    // Another carrier's guide is not meant; a folder that is not there was mistyped.
    let sections: BTreeSet<&str> = there.iter().map(|key| key.section.as_str()).collect();
    let meant = if sections.contains(section) { Some(section) } else { suggest::nearest(section, sections) };
    let general = there.iter().find(|key| key.section.as_str() == GENERAL && key.guide.as_str() == guide);
    let names = there.iter().filter(|key| Some(key.section.as_str()) == meant).map(|key| key.guide.as_str());
    let near = general.map(|key| (GENERAL, key.guide.as_str()));
    let unknown = match near.or_else(|| meant.zip(suggest::nearest(guide, names))) {
        Some((section, near)) => unknown.help(format!("did you mean `{section}/{near}`?")),
        None if there.len() <= MAX_NAMED => {
            let known: Vec<String> = there.iter().map(ToString::to_string).collect();
            unknown.help(format!("known here: {}", known.join(", ")))
        }
        None => unknown,
    };
    sink.push(unknown.help("a guide is named by its folder and its file, as in general/move-accounts"));
    None
}
