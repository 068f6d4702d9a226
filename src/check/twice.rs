//! Things that are told apart by their words and have the same: titles of guides, names of carriers, addresses of sources.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::guide::GuideKey;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::parse::Documents;
use crate::parse::document::Document;
use crate::parse::rules::unwritten::may_be;
use crate::source::layout;
use crate::source::tree::SourceTree;

pub fn check(documents: &Documents, site: &Site, tree: &SourceTree, sink: &mut Diagnostics) {
    titles(documents, site, sink);
    carriers(documents, tree, sink);
    sources(documents, sink);
}

/// Two guides of one carrier, or of none, with one title.
fn titles(documents: &Documents, site: &Site, sink: &mut Diagnostics) {
    // What was published stands first: of a guide and its copy, the copy is told.
    let is_new = |key: &GuideKey| site.registry.as_ref().is_some_and(|registry| !registry.contains_key(key));
    let mut guides: Vec<(&(GuideKey, LocaleIx), &Document)> = documents.guides.iter().collect();
    guides.sort_by_key(|((key, locale), _)| (is_new(key), key, *locale != documents.config.source_locale, *locale));
    let mut first: BTreeMap<(&Id, LocaleIx, &str), (&GuideKey, Span)> = BTreeMap::new();
    let mut told: BTreeSet<(&GuideKey, &GuideKey)> = BTreeSet::new();
    // What is still to be written has no title yet, and was told.
    for ((key, locale), document) in guides.into_iter().filter(|(_, document)| !may_be(&document.title.value)) {
        let title = document.title.value.trim();
        let Some((other, there)) = first.get(&(&key.section, *locale, title)) else {
            first.insert((&key.section, *locale, title), (key, document.title.place));
            continue;
        };
        // Once for two guides, in however many languages.
        if told.insert((other, key)) {
            sink.push(
                Diagnostic::new(Code::SaidTwice, document.title.place, format!("this is the title of `{other}` too"))
                    .related(*there, "the other one")
                    .help("readers cannot tell the two apart: give each its own title")
                    .help("if this was copied from the other, its words and ids are that guide's too: write its own"),
            );
        }
    }
}

/// Two carriers with one name.
fn carriers(documents: &Documents, tree: &SourceTree, sink: &mut Diagnostics) {
    let names = documents.texts.iter().filter(|text| &*text.way == "name");
    let names = names.filter(|text| tree.path(text.file).as_str().starts_with(layout::POLICIES));
    let is_told = |name: Span| {
        let mut errors = documents.broken.errors.get(&name.file).into_iter().flatten();
        errors.any(|error| name.start <= error.start && error.start < name.end)
    };
    let mut first = BTreeMap::new();
    for name in names {
        for (locale, said) in name.by_locale.iter().enumerate() {
            let Some((says, place)) = said.as_ref().filter(|(_, place)| !is_told(*place)) else { continue };
            let Some(there) = first.insert((locale, *says), *place) else { continue };
            sink.push(
                Diagnostic::new(Code::SaidTwice, *place, "this is the name of another carrier too")
                    .related(there, "the other one")
                    .help("readers choose a carrier by its name: give each its own"),
            );
        }
    }
}

/// Two sources with one address and two titles.
fn sources(documents: &Documents, sink: &mut Diagnostics) {
    let mut first = BTreeMap::new();
    for (source, _) in documents.sources.iter().flatten() {
        let Some(url) = &source.url else { continue };
        match first.get(url.value.as_str()) {
            None => _ = first.insert(url.value.as_str(), (source, url.place)),
            Some((other, there)) if other.title != source.title => sink.push(
                Diagnostic::new(
                    Code::SaidTwice,
                    url.place,
                    format!("this is the address of the source `{}` too", other.id),
                )
                .related(*there, "the other one")
                .help("give each the address at which its title is found"),
            ),
            Some(_) => {}
        }
    }
}
