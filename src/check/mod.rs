//! What must hold of a site beyond its form: one rule family a file, wording beside the rule.

mod evidence;
mod front;
mod glossary;
mod headings;
mod items;
mod marks;
mod numbers;
mod order;
mod parity;
mod registry;
mod strings;
mod theme;
mod unused;
mod wording;

use crate::diag::Diagnostics;
use crate::model::site::Site;
use crate::parse::Documents;
use crate::tree::SourceTree;

/// Every finding of every rule.
#[must_use]
pub fn site(documents: &Documents, site: &Site, tree: &SourceTree) -> Diagnostics {
    let mut sink = Diagnostics::default();
    headings::check(documents, site, &mut sink);
    items::check(documents, site, &mut sink);
    evidence::check(site, &mut sink);
    unused::check(documents, site, tree, &mut sink);
    wording::check(documents, &mut sink);
    theme::check(documents, tree, &mut sink);
    marks::check(documents, tree, &mut sink);
    glossary::check(documents, &mut sink);
    numbers::check(documents, site, &mut sink);
    registry::check(site, &mut sink);
    if documents.has_source {
        parity::check(documents, site, &mut sink);
        front::check(documents, site, &mut sink);
        strings::check(site, &mut sink);
    }
    sink
}
