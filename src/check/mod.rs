//! What must hold of a site beyond its form: one rule family a file, wording beside the rule.

mod addresses;
mod claims;
mod drift;
mod evidence;
mod front;
mod hurt;
mod items;
mod order;
mod parity;
mod placeholder;
mod registry;
mod sections;
mod signs;
mod strings;
mod theme;
mod unused;

use hurt::Hurt;
pub use placeholder::check as placeholders;
use rayon::prelude::*;
pub use registry::missing as missing_registry;

use crate::diag::Diagnostics;
use crate::model::site::Site;
use crate::parse::Documents;
use crate::source::tree::SourceTree;

/// Every finding of every rule.
#[must_use]
pub fn site(documents: &Documents, site: &Site, tree: &SourceTree) -> Diagnostics {
    let hurt = Hurt::of(documents, site, tree);
    let rules: [&Rule<'_>; 13] = [
        &|sink| parity(documents, site, &hurt, sink),
        &|sink| items::check(documents, site, tree, sink),
        &|sink| claims(documents, site, &hurt, sink),
        &|sink| unused::check(documents, site, tree, sink),
        &|sink| evidence::check(site, sink),
        &|sink| sections::check(site, sink),
        &|sink| registry::check(site, &hurt, sink),
        &|sink| addresses::check(documents, site, sink),
        &|sink| front(documents, site, sink),
        &|sink| theme::check(documents, tree, sink),
        &|sink| strings(documents, site, sink),
        &|sink| drift::check(documents, &hurt, tree, sink),
        &|sink| signs::check(documents, &hurt, sink),
    ];
    let found = rules.par_iter().map(|rule| {
        let mut sink = Diagnostics::default();
        rule(&mut sink);
        sink
    });
    let found: Vec<Diagnostics> = found.collect();
    found.into_iter().fold(Diagnostics::default(), |mut all, found| {
        all.extend(found);
        all
    })
}

/// A family of rules; the longest stand first, because they are checked side by side.
type Rule<'a> = dyn Fn(&mut Diagnostics) + Sync + 'a;

// Without a source locale there is nothing to compare with.

fn parity(documents: &Documents, site: &Site, hurt: &Hurt<'_>, sink: &mut Diagnostics) {
    if documents.has_source {
        parity::check(documents, site, hurt, sink);
    }
}

fn claims(documents: &Documents, site: &Site, hurt: &Hurt<'_>, sink: &mut Diagnostics) {
    if documents.has_source {
        claims::check(documents, site, hurt, sink);
    }
}

fn front(documents: &Documents, site: &Site, sink: &mut Diagnostics) {
    if documents.has_source {
        front::check(documents, site, sink);
    }
}

fn strings(documents: &Documents, site: &Site, sink: &mut Diagnostics) {
    if documents.has_source {
        strings::check(site, sink);
    }
}
