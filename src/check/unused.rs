//! Facts that no page shows, sources that nothing leans on, fragments that nothing includes, images that nothing shows.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Diagnostics, Span, suggest};
use crate::model::body::ReferenceKind;
use crate::model::fact::NATIONAL;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::parse::Documents;
use crate::parse::place::{Kind, is_media};
use crate::parse::policy::Policy;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

pub fn check(documents: &Documents, site: &Site, tree: &SourceTree, sink: &mut Diagnostics) {
    // The carrier page lists every fact of its carrier; those of the nation are seen only where a text names them.
    let guides = site.guides.values().flat_map(|guide| guide.texts.values());
    let texts = guides.chain(site.pages.values().flat_map(|page| page.texts.values()));
    let used: BTreeSet<_> = texts.flat_map(|text| text.prose.facts()).map(|fact| &fact.key).collect();
    // What a file names that could not be read as a whole is not unused.
    let said = |name: &str, place: Span| documents.broken.any_says(name, place.file, tree);
    let unused: Vec<_> =
        site.facts.values().filter(|fact| fact.key.owner.as_str() == NATIONAL && !used.contains(&fact.key)).collect();
    let names = if unused.is_empty() { BTreeSet::new() } else { named_facts(documents) };
    // A guide of a carrier that is not there names facts too, and a name that leads nowhere may have meant one.
    let known: BTreeSet<String> = site.facts.keys().map(ToString::to_string).collect();
    let nowhere: Vec<&str> = names.difference(&known).map(String::as_str).collect();
    let is_meant = |key: &str| names.contains(key) || suggest::nearest(key, nowhere.iter().copied()).is_some();
    let is_told = |place: Span| documents.broken.errors.get(&place.file).is_some_and(|places| places.contains(&place));
    let unused = unused.into_iter().filter(|fact| !said(&fact.key.to_string(), fact.place) && !is_told(fact.place));
    for fact in unused.filter(|fact| !is_meant(&fact.key.to_string())) {
        sink.push(
            Diagnostic::new(Code::UnusedFact, fact.place, format!("no text uses the fact `{}`", fact.key))
                .help(format!("name it where it helps a reader, as `{{{{ {} }}}}`, or take it out", fact.key)),
        );
    }
    fragments(documents, tree, sink);
    images(documents, tree, sink);
    sources(documents, site, &said, sink);
}

/// A source that no reading cites.
fn sources(documents: &Documents, site: &Site, said: &dyn Fn(&str, Span) -> bool, sink: &mut Diagnostics) {
    let cited: BTreeSet<_> = site
        .facts
        .values()
        .flat_map(|fact| &fact.readings)
        .flat_map(|reading| &reading.sources)
        .map(|source| &source.id)
        .collect();
    // What a fact cites that could not be read, or that was taken out and is missed, nobody knows.
    let is_unread = |kind: &Kind| matches!(kind, Kind::Policy(_));
    let is_missed = |policy: &Policy| {
        let file = policy.facts.first().map(|fact| fact.id.place.file);
        let mut places = file.and_then(|file| documents.broken.errors.get(&file)).into_iter().flatten();
        places.any(|place| place.is_file())
    };
    if documents.policies.values().any(|policy| policy.unreadable || !policy.broken.is_empty() || is_missed(policy))
        || documents.unreadable.iter().any(is_unread)
        || !documents.lost_carriers().is_empty()
    {
        return;
    }
    let unused = documents.sources.iter().flatten().filter(|(source, _)| !cited.contains(&source.id));
    let nowhere = unknown_sources(documents);
    let is_meant = |id: &Id| suggest::nearest(id.as_str(), nowhere.iter().map(|id| id.as_str())).is_some();
    let told = |place: &Span| documents.broken.errors.get(&place.file).is_some_and(|places| places.contains(place));
    let unused =
        unused.filter(|(source, place)| !said(source.id.as_str(), *place) && !is_meant(&source.id) && !told(place));
    for (source, place) in unused {
        sink.push(
            Diagnostic::new(Code::UnusedSource, *place, format!("no reading cites the source `{}`", source.id))
                .help("cite it, or take it out"),
        );
    }
}

/// Full names of facts, wherever a text names one.
fn named_facts(documents: &Documents) -> BTreeSet<String> {
    let is_fact = |kind| matches!(kind, ReferenceKind::Fact | ReferenceKind::Value | ReferenceKind::Claim);
    let references = documents.bodies().flat_map(|(_, body)| &body.references);
    let full = references.filter(|named| is_fact(named.kind) && named.name.contains('.'));
    full.map(|named| named.name.to_string()).collect()
}

/// Sources that readings cite and that are not there.
fn unknown_sources(documents: &Documents) -> BTreeSet<&Id> {
    let known: BTreeSet<&Id> = documents.sources.iter().flatten().map(|(source, _)| &source.id).collect();
    let readings = documents.policies.values().flat_map(|policy| &policy.facts).flat_map(|fact| &fact.readings);
    readings.flat_map(|reading| &reading.sources).map(|id| &id.value).filter(|id| !known.contains(id)).collect()
}

/// A fragment that nothing includes is read by nobody.
fn fragments(documents: &Documents, tree: &SourceTree, sink: &mut Diagnostics) {
    let named = documents.named_fragments();
    let only = documents.only_unnamed_fragments(&named);
    let lost = lost_includes(documents);
    let source = documents.config.source_locale;
    for ((id, locale), body) in &documents.fragments {
        // Where the source includes it, an include is missing here, and is told; where it does not, the source's is told.
        let of_source = documents.has_source && documents.fragments.contains_key(&(id.clone(), source));
        let is_named = named.contains(&(*locale, id.as_str().to_owned())) || (of_source && *locale != source);
        // An include of a mistyped name may have meant it.
        let is_renamed = only.get(locale) == Some(&id) && lost.contains(locale);
        let is_meant =
            || is_renamed || named.iter().any(|(of, name)| of == locale && is_mistyped(name, id, *locale, documents));
        if !is_named && !is_meant() && !documents.broken.any_says(id.as_str(), body.file, tree) {
            let file = Span::file(body.file);
            sink.push(
                Diagnostic::new(Code::UnusedFragment, file, format!("no text includes the fragment `{id}`")).help(
                    format!("include it with `{{{{ include {id} }}}}` in a paragraph of its own, or take it away"),
                ),
            );
        }
    }
}

/// Locales in which an include names no fragment: where just one fragment is left that nothing names, it was meant.
fn lost_includes(documents: &Documents) -> BTreeSet<LocaleIx> {
    let is_lost =
        |locale: LocaleIx, name: &str| !Id::new(name).is_some_and(|id| documents.fragments.contains_key(&(id, locale)));
    let includes =
        documents.bodies().flat_map(|(locale, body)| body.references.iter().map(move |named| (locale, named)));
    let includes = includes.filter(|(_, named)| named.kind == ReferenceKind::Include);
    includes.filter(|(locale, named)| is_lost(*locale, &named.name)).map(|(locale, _)| locale).collect()
}

/// Whether no fragment has this name, and the nearest one there is has the other.
fn is_mistyped(name: &str, meant: &Id, locale: LocaleIx, documents: &Documents) -> bool {
    let is_there = |id: Id| documents.fragments.contains_key(&(id, locale));
    !Id::new(name).is_some_and(is_there) && suggest::nearest(name, [meant.as_str()]).is_some()
}

/// Images are made for one text; what none shows is left over, or shown under another name.
fn images(documents: &Documents, tree: &SourceTree, sink: &mut Diagnostics) {
    let references = documents.bodies().flat_map(|(_, body)| body.references.iter().map(move |named| (body, named)));
    let shown: BTreeSet<_> = references
        .filter(|(_, named)| named.kind == ReferenceKind::Image)
        .filter_map(|(body, named)| tree.path(body.file).resolve(&named.name).ok())
        .collect();
    let is_read = |file: &SourcePath| {
        let is_shown = documents.drafts.shown || layout::published(file.as_str()).is_none();
        is_shown && layout::copied(file.as_str()).is_none()
    };
    for file in tree.below("content/").filter(|file| is_media(file) && is_read(file) && !shown.contains(*file)) {
        // A name by which no text can show it was told.
        if documents.broken.errors.contains_key(&tree.id(file)) {
            continue;
        }
        if documents.broken.any_says(file.name(), tree.id(file), tree) {
            continue;
        }
        sink.push(
            Diagnostic::new(
                Code::UnusedFile,
                Span::file(tree.id(file)),
                format!("no text shows the image {}", file.name()),
            )
            .help(format!("show it with `![what it shows]({})`, or take it away", file.name())),
        );
    }
}
