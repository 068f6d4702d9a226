//! Headings go down one level at a time, so that a page's outline can be trusted. Ids are unique on the page.

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::model::body::{Body, Prose};
use crate::model::id::Id;
use crate::model::outline::{outline, sections};
use crate::model::reserved::is_reserved;
use crate::model::site::Site;
use crate::parse::document::headings;
use crate::parse::{Documents, ids};

pub fn check(documents: &Documents, site: &Site, sink: &mut Diagnostics) {
    let guides = documents.guides.values().map(|document| (&*document.body, 1));
    let pages = documents.pages.values().map(|document| (&*document.body, 1));
    // A fragment is included below a step, so its own headings begin at the third level.
    let fragments = documents.fragments.values().map(|body| (&**body, 2));
    for (body, above) in guides.chain(pages).chain(fragments) {
        order(body, above, sink);
        reserved(body, sink);
    }
    for text in site.guides.values().flat_map(|guide| guide.texts.values()) {
        // `requires` names steps and items, and the registry remembers all of them: one list of ids a guide.
        let steps = outline(&text.prose).1;
        let items = steps.iter().flat_map(|step| &step.items);
        let items = items.filter_map(|(item, _)| Some((item.attributes.id.as_ref()?, &item.place)));
        ids::unique("item or section", named(&text.prose).chain(items), sink);
    }
    for text in site.pages.values().flat_map(|page| page.texts.values()) {
        ids::unique("section", named(&text.prose), sink);
    }
}

/// Sections with their ids.
fn named(prose: &Prose) -> impl Iterator<Item = (&Id, &Place)> {
    sections(prose).into_iter().filter_map(|heading| Some((heading.attributes.id.as_ref()?, &heading.place)))
}

fn order(body: &Body, above: u8, sink: &mut Diagnostics) {
    let mut last = above;
    for heading in headings(body) {
        if heading.level > last + 1 {
            sink.push(
                Diagnostic::new(
                    Code::HeadingOrder,
                    heading.place.clone(),
                    format!("a level-{} heading follows one of level {last}", heading.level),
                )
                .help(format!("use `{}` here", "#".repeat(usize::from(last) + 1))),
            );
        }
        last = heading.level;
    }
}

fn reserved(body: &Body, sink: &mut Diagnostics) {
    for (id, heading) in headings(body).filter_map(|heading| Some((heading.attributes.id.as_ref()?, heading))) {
        if is_reserved(id.as_str()) {
            let place = heading.attributes.place_of(id).unwrap_or(&heading.place).clone();
            sink.push(
                Diagnostic::new(Code::BadId, place, format!("the id `{id}` is one that pages use themselves"))
                    .help("give the section another id"),
            );
        }
    }
}
