//! Headings go down one level at a time, so that a page's outline can be trusted. Their ids are unique on the page.

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::model::body::{Block, Body, Prose, Resolved};
use crate::model::id::Id;
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
    let guides = site.guides.values().flat_map(|guide| guide.texts.values());
    for text in guides.chain(site.pages.values().flat_map(|page| page.texts.values())) {
        let mut sections = Vec::new();
        collect(&text.prose, &mut sections);
        ids::unique("section", sections, sink);
    }
}

/// Every section of a page, those of its fragments among them.
fn collect<'a>(prose: &'a Prose, sections: &mut Vec<(&'a Id, &'a Place)>) {
    for block in &prose.body.blocks {
        match block {
            Block::Heading(heading) => sections.extend(heading.attributes.id.as_ref().map(|id| (id, &heading.place))),
            Block::Include(at) => {
                if let Resolved::Fragment(fragment) = prose.get(*at) {
                    collect(fragment, sections);
                }
            }
            _ => {}
        }
    }
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

/// Ids that a page has besides those written: its parts, and what its items, facts, sources and notes are called.
const TAKEN: &[&str] = &[
    "main", "status", "slip", "card", "dates", "facts", "sources", "guides", "carriers", "general", "national", "all",
    "overdue", "saved",
];
const TAKEN_BEGINNINGS: &[&str] = &["item-", "slip-", "dates-", "fact-", "source-", "note-", "mark-"];

fn reserved(body: &Body, sink: &mut Diagnostics) {
    for (id, heading) in headings(body).filter_map(|heading| Some((heading.attributes.id.as_ref()?, heading))) {
        let name = id.as_str();
        let taken = TAKEN.contains(&name)
            || name.ends_with("-title")
            || TAKEN_BEGINNINGS.iter().any(|begin| name.starts_with(begin));
        if taken {
            let place = heading.attributes.place_of(id).unwrap_or(&heading.place).clone();
            sink.push(
                Diagnostic::new(Code::BadId, place, format!("the id `{id}` is one that pages use themselves"))
                    .help("give the section another id"),
            );
        }
    }
}
