//! Ids are unique on the page, those of included fragments among them.

use std::collections::{BTreeMap, BTreeSet};

use super::clean::Due;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::{Prose, ReferenceKind, Resolved};
use crate::model::id::Id;
use crate::model::outline::{outline, sections};
use crate::model::site::Site;
use crate::parse::Documents;
use crate::parse::broken::Broken;
use crate::parse::ids;
use crate::source::tree::FileId;

pub fn check(documents: &Documents, site: &Site, due: &Due<'_>, sink: &mut Diagnostics) {
    let broken = &documents.broken;
    let guides = site.guides.values().filter(|guide| due.has_guide(guide));
    for text in guides.flat_map(|guide| guide.texts.values()) {
        // `requires` names steps and items, and the registry remembers all of them: one list of ids a guide.
        let steps = outline(&text.prose).1;
        let items = steps.iter().flat_map(|step| &step.items);
        let items = items.filter_map(|(item, _)| Some((item.attributes.id()?, item.place)));
        once("item or section", named(&text.prose).chain(items), (&text.prose, broken), sink);
    }
    for text in site.pages.values().flat_map(|page| page.texts.values()) {
        once("section", named(&text.prose), (&text.prose, broken), sink);
    }
}

/// Reports ids that a page has twice, but for those of lines that were told to stand there twice.
fn once<'a>(
    what: &str,
    ids: impl Iterator<Item = (&'a Id, Span)>,
    (prose, broken): (&Prose, &Broken),
    sink: &mut Diagnostics,
) {
    let file = prose.body.file;
    let told = broken.pasted.get(&file).map_or(&[][..], Vec::as_slice);
    let is_told = |place: Span| told.iter().any(|lines| lines.start <= place.start && place.start < lines.end);
    let mut found = Diagnostics::default();
    ids::unique(what, ids.filter(|(_, place)| place.file != file || !is_told(*place)), &mut found);
    let brought = found.take(|one| one.related.is_empty());
    sink.extend(found);
    // What such lines include again follows from them.
    if !brought.is_empty() && told.is_empty() {
        let files = brought.iter().map(|one| one.primary.place.file).collect();
        let includes = included_twice(prose, &files);
        if includes.is_empty() { brought.into_iter().for_each(|one| sink.push(one)) } else { sink.extend(includes) }
    }
}

/// The includes of a text that bring a fragment's ids once more.
fn included_twice(prose: &Prose, files: &BTreeSet<FileId>) -> Diagnostics {
    let mut found = Diagnostics::default();
    let mut seen = BTreeMap::new();
    for (reference, resolved) in prose.body.references.iter().zip(&prose.resolved) {
        let Resolved::Fragment(fragment) = resolved else { continue };
        if reference.kind != ReferenceKind::Include || !files.contains(&fragment.body.file) {
            continue;
        }
        if let Some(first) = seen.insert(fragment.body.file, reference.place) {
            let headline = format!("`{{{{ include {} }}}}` stands in this text twice", reference.name);
            let twice = Diagnostic::new(Code::DuplicateId, reference.place, headline).related(first, "the first time");
            found.push(twice.help("a page has a fragment's headings and items once: take one of the two out"));
        }
    }
    found
}

/// Sections with their ids.
fn named(prose: &Prose) -> impl Iterator<Item = (&Id, Span)> {
    sections(prose).into_iter().filter_map(|heading| Some((heading.attributes.id()?, heading.place)))
}
