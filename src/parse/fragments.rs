//! Which fragments texts name.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Documents;
use crate::model::body::{Body, ReferenceKind};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;

impl Documents {
    /// Fragments by the names and the locales in which texts name them, there or not. One that is named like a fact is named too.
    #[must_use]
    pub fn named_fragments(&self) -> BTreeSet<(LocaleIx, String)> {
        let kinds = [ReferenceKind::Include, ReferenceKind::Fact, ReferenceKind::Value];
        let named = |body: &Arc<Body>| -> Vec<String> {
            let references = body.references.iter().filter(|reference| kinds.contains(&reference.kind));
            references.map(|reference| reference.name.to_string()).collect()
        };
        self.bodies().flat_map(|(locale, body)| named(body).into_iter().map(move |name| (locale, name))).collect()
    }

    /// A fragment of a locale that no text names, if it is the only one: where a name leads nowhere, its file was perhaps renamed.
    #[must_use]
    pub fn only_unnamed_fragment(&self, locale: LocaleIx) -> Option<&Id> {
        let named = self.named_fragments();
        let is_named = |id: &Id| named.contains(&(locale, id.as_str().to_owned()));
        let mut unnamed = self.fragments.keys().filter(|(id, of)| *of == locale && !is_named(id)).map(|(id, _)| id);
        unnamed.next().filter(|_| unnamed.next().is_none())
    }
}
