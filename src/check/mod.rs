//! What must hold of a site beyond its form: one rule family a file, wording beside the rule.

mod addresses;
mod alone;
mod bounds;
mod carrier_names;
mod claims;
mod clean;
mod consequences;
mod days;
mod drift;
mod evidence;
mod front;
mod hurt;
mod instead;
mod items;
mod left_over;
mod lines;
mod networks;
mod order;
mod other_carrier;
mod parity;
mod passages;
mod placeholder;
mod ranges;
mod registry;
mod sections;
mod signs;
mod strings;
mod templates;
mod theme;
mod twice;
mod twin;
mod unused;
mod values;

pub use clean::Clean;
use clean::Due;
use hurt::Hurt;
pub use placeholder::check as placeholders;
use rayon::prelude::*;
pub use registry::missing as missing_registry;

use crate::diag::Diagnostics;
use crate::link::named::say_ids;
use crate::model::site::Site;
use crate::parse::Documents;
use crate::source::tree::SourceTree;

/// Every finding of every rule. What was found clean before is taken from `clean`, which then holds what is clean now; with any
/// the findings are the same. `sound` says that nothing wrong was found before, while the site was read and linked.
#[must_use]
pub fn site(documents: &Documents, site: &Site, tree: &SourceTree, (clean, sound): (&mut Clean, bool)) -> Diagnostics {
    let hurt = Hurt::of(documents, site, tree);
    let due = Due::after(clean, (documents, site, tree), &hurt, sound);
    let rules: [&Rule<'_>; 23] = [
        &|sink| parity(documents, site, (&due, &hurt), sink),
        &|sink| items::check(documents, site, (tree, &due), sink),
        &|sink| claims(documents, site, (&due, &hurt), sink),
        &|sink| sections::check(documents, site, &due, sink),
        &|sink| signs::check(documents, &due, &hurt, sink),
        &|sink| other_carrier::guides(documents, (tree, &due, &hurt), sink),
        &|sink| unused::check(documents, site, tree, sink),
        &|sink| evidence::check(site, &hurt, sink),
        &|sink| registry::check(documents, site, &hurt, sink),
        &|sink| addresses::check(documents, site, sink),
        &|sink| front(documents, site, tree, sink),
        &|sink| days::check(documents, site, sink),
        &|sink| theme::check(documents, tree, sink),
        &|sink| strings(documents, site, tree, sink),
        &|sink| templates::check(documents, tree, sink),
        &|sink| drift::check(documents, (&hurt, tree), sink),
        &|sink| values(documents, &hurt, sink),
        &|sink| networks::check(documents, sink),
        &|sink| bounds::check(documents, site, sink),
        &|sink| other_carrier::texts(documents, (tree, &hurt), sink),
        &|sink| twice::check(documents, site, tree, sink),
        &|sink| ranges::check(site, tree, sink),
        &|sink| left_over::check(documents, site, (tree, &hurt), sink),
    ];
    let found = rules.par_iter().map(|rule| {
        let mut sink = Diagnostics::default();
        rule(&mut sink);
        sink
    });
    let found: Vec<Diagnostics> = found.collect();
    if let Some(known) = due.known(&found[..OF_GUIDES], clean) {
        *clean = known;
    }
    let mut all = found.into_iter().fold(Diagnostics::default(), |mut all, found| {
        all.extend(found);
        all
    });
    say_ids(documents, &mut all);
    consequences::leave_out(&mut all, tree);
    alone::gather(all, documents)
}

/// How many of the rules, the first ones, look at each guide for itself.
const OF_GUIDES: usize = 6;

/// A family of rules; the longest stand first, because they are checked side by side.
type Rule<'a> = dyn Fn(&mut Diagnostics) + Sync + 'a;

// Without a source locale there is nothing to compare with.

fn parity(documents: &Documents, site: &Site, (due, hurt): (&Due<'_>, &Hurt<'_>), sink: &mut Diagnostics) {
    if documents.has_source {
        parity::check(documents, site, (due, hurt), sink);
    }
}

fn claims(documents: &Documents, site: &Site, looked_at: (&Due<'_>, &Hurt<'_>), sink: &mut Diagnostics) {
    if documents.has_source {
        claims::check(documents, site, looked_at, sink);
    }
}

fn values(documents: &Documents, hurt: &Hurt<'_>, sink: &mut Diagnostics) {
    if documents.has_source {
        values::check(documents, hurt, sink);
    }
}

fn front(documents: &Documents, site: &Site, tree: &SourceTree, sink: &mut Diagnostics) {
    if documents.has_source {
        front::check(documents, site, tree, sink);
    }
}

fn strings(documents: &Documents, site: &Site, tree: &SourceTree, sink: &mut Diagnostics) {
    if documents.has_source {
        strings::check(documents, site, tree, sink);
    }
}
