//! Ids are unique on the page, those of included fragments among them.

use super::clean::Due;
use crate::diag::{Diagnostics, Span};
use crate::model::body::Prose;
use crate::model::id::Id;
use crate::model::outline::{outline, sections};
use crate::model::site::Site;
use crate::parse::ids;

pub fn check(site: &Site, due: &Due<'_>, sink: &mut Diagnostics) {
    let guides = site.guides.values().filter(|guide| due.has_guide(guide));
    for text in guides.flat_map(|guide| guide.texts.values()) {
        // `requires` names steps and items, and the registry remembers all of them: one list of ids a guide.
        let steps = outline(&text.prose).1;
        let items = steps.iter().flat_map(|step| &step.items);
        let items = items.filter_map(|(item, _)| Some((item.attributes.id()?, item.place)));
        ids::unique("item or section", named(&text.prose).chain(items), sink);
    }
    for text in site.pages.values().flat_map(|page| page.texts.values()) {
        ids::unique("section", named(&text.prose), sink);
    }
}

/// Sections with their ids.
fn named(prose: &Prose) -> impl Iterator<Item = (&Id, Span)> {
    sections(prose).into_iter().filter_map(|heading| Some((heading.attributes.id()?, heading.place)))
}
