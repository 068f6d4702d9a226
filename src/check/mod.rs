//! What must hold of a site beyond its form: one rule family a file, wording beside the rule.

mod evidence;
mod front;
mod items;
mod order;
mod parity;
mod registry;
mod sections;
mod strings;
mod theme;
mod unused;

use crate::diag::Diagnostics;
use crate::model::site::Site;
use crate::parse::Documents;
use crate::tree::SourceTree;

/// Every finding of every rule.
#[must_use]
pub fn site(documents: &Documents, site: &Site, tree: &SourceTree) -> Diagnostics {
    let mut sink = Diagnostics::default();
    sections::check(site, &mut sink);
    items::check(documents, site, &mut sink);
    evidence::check(site, &mut sink);
    unused::check(documents, site, tree, &mut sink);
    theme::check(documents, tree, &mut sink);
    registry::check(site, &mut sink);
    if documents.has_source {
        parity::check(documents, site, &mut sink);
        front::check(documents, site, &mut sink);
        strings::check(site, &mut sink);
    }
    sink
}
