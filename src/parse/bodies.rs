//! Every text of the documents, whatever it is part of.

use std::sync::Arc;

use super::Documents;
use crate::model::body::Body;
use crate::model::locale::LocaleIx;

impl Documents {
    /// The prose of every guide, page, fragment and situation.
    pub fn bodies(&self) -> impl Iterator<Item = (LocaleIx, &Arc<Body>)> {
        let guides = self.guides.iter().map(|((_, locale), document)| (*locale, &document.body));
        let pages = self.pages.iter().map(|((_, locale), document)| (*locale, &document.body));
        let applications = self.applications.iter().map(|((_, locale), document)| (*locale, &document.body));
        let fragments = self.fragments.iter().map(|((_, locale), body)| (*locale, body));
        guides.chain(pages).chain(applications).chain(fragments).chain(self.leads())
    }

    /// What to do first in each situation.
    pub fn leads(&self) -> impl Iterator<Item = (LocaleIx, &Arc<Body>)> {
        self.situations.iter().flatten().flat_map(|situation| situation.lead.iter())
    }
}
