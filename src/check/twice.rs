//! Things that are told apart by their words and have the same: titles of guides, names of carriers, addresses of sources.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics, Span, Spanned};
use crate::model::guide::GuideKey;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::model::translation::Fingerprint;
use crate::parse::Documents;
use crate::parse::document::Document;
use crate::parse::rules::unwritten::may_be;
use crate::parse::texts::LocalText;
use crate::source::layout;
use crate::source::tree::SourceTree;

pub fn check(documents: &Documents, site: &Site, tree: &SourceTree, sink: &mut Diagnostics) {
    titles(documents, site, sink);
    carriers(documents, tree, sink);
    sources(documents, sink);
    facts(documents, sink);
    chips(documents, sink);
    texts(documents, sink);
}

/// Two facts of one owner with one label.
fn facts(documents: &Documents, sink: &mut Diagnostics) {
    let source = documents.config.source_locale;
    for policy in documents.policies.values() {
        let labels = policy.facts.iter().map(|fact| (&fact.id, fact.label.get(source).as_str()));
        distinct("label", labels, "on the page both stand below each other: say in each label what it is about", sink);
    }
}

/// Two situations with one chip.
fn chips(documents: &Documents, sink: &mut Diagnostics) {
    let source = documents.config.source_locale;
    let chips = documents.situations.iter().flatten().map(|it| (&it.id, it.chip.get(source).as_str()));
    distinct("chip", chips, "readers choose by these words: give each its own", sink);
}

/// Reports what has the same words as one before it.
fn distinct<'a>(what: &str, all: impl Iterator<Item = (&'a Spanned<Id>, &'a str)>, help: &str, sink: &mut Diagnostics) {
    let mut first: BTreeMap<&str, &Spanned<Id>> = BTreeMap::new();
    for (id, words) in all {
        if let Some(other) = first.insert(words.trim(), id) {
            let headline = format!("`{}` has the {what} of `{}`", id.value, other.value);
            let found = Diagnostic::new(Code::SaidTwice, id.place, headline).related(other.place, "the other one");
            sink.push(found.help(help));
        }
    }
}

/// A text of fewer bytes may well be that of another too: two words of one language are often one word of another.
const MANY_BYTES: usize = 60;

/// Texts of a YAML file that say the same in one language, and in every other language two things.
fn texts(documents: &Documents, sink: &mut Diagnostics) {
    for texts in documents.texts.chunk_by(|a, b| a.file == b.file) {
        for (locale, own) in documents.config.locales() {
            let mut first: BTreeMap<Fingerprint, &LocalText> = BTreeMap::new();
            for text in texts {
                let said = text.by_locale.get(locale.0).and_then(Option::as_ref);
                let Some((says, place)) = said.filter(|(_, place)| place.range().len() >= MANY_BYTES) else { continue };
                let Some(other) = first.insert(*says, text).filter(|other| are_apart(other, text, locale)) else {
                    continue;
                };
                let headline = format!(
                    "in `{}` ({}) this says what `{}` says, and in every other language something else",
                    own.id, own.name, other.way
                );
                let there = other.by_locale[locale.0].as_ref().map_or(*place, |(_, place)| *place);
                let found = Diagnostic::new(Code::SaidTwice, *place, headline).related(there, "the same words");
                sink.push(found.help("one of the two was pasted over the other: translate each from its own source"));
            }
        }
    }
}

/// Whether two texts differ in each of the other languages that have both.
fn are_apart(one: &LocalText, other: &LocalText, locale: LocaleIx) -> bool {
    let both = one.by_locale.iter().zip(&other.by_locale).enumerate().filter(|(ix, _)| *ix != locale.0);
    let mut both = both.filter_map(|(_, (one, other))| Some((one.as_ref()?.0, other.as_ref()?.0))).peekable();
    both.peek().is_some() && both.all(|(one, other)| one != other)
}

/// Two guides of one carrier, or of none, with one title, or with two titles and one summary.
fn titles(documents: &Documents, site: &Site, sink: &mut Diagnostics) {
    // What was published stands first: of a guide and its copy, the copy is told.
    let is_new = |key: &GuideKey| site.registry.as_ref().is_some_and(|registry| !registry.contains_key(key));
    let mut guides: Vec<(&(GuideKey, LocaleIx), &Document)> = documents.guides.iter().collect();
    guides.sort_by_key(|((key, locale), _)| (is_new(key), key, *locale != documents.config.source_locale, *locale));
    let mut first: BTreeMap<(&Id, LocaleIx, &str), (&GuideKey, Span)> = BTreeMap::new();
    let mut summaries: BTreeMap<(&Id, LocaleIx, &str), (&GuideKey, Span)> = BTreeMap::new();
    let mut told: BTreeSet<(&GuideKey, &GuideKey)> = BTreeSet::new();
    // What is still to be written has no title yet, and was told.
    for ((key, locale), document) in guides.into_iter().filter(|(_, document)| !may_be(&document.title.value)) {
        let title = document.title.value.trim();
        let Some((other, there)) = first.get(&(&key.section, *locale, title)) else {
            first.insert((&key.section, *locale, title), (key, document.title.place));
            let summary = (key, document.summary.place);
            let other = summaries.insert((&key.section, *locale, document.summary.value.trim()), summary);
            if let Some((other, there)) =
                other.filter(|(other, _)| !may_be(&document.summary.value) && told.insert((other, key)))
            {
                let headline = format!("this is the summary of `{other}` too");
                let found =
                    Diagnostic::new(Code::SaidTwice, document.summary.place, headline).related(there, "the other one");
                sink.push(found.help("say what readers find in this one"));
            }
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
