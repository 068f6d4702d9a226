//! Which fragments texts name.

use std::collections::{BTreeMap, BTreeSet};
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

    /// Of each locale the fragment that no text names, if it is the only one: where an include leads nowhere, its file was perhaps renamed.
    #[must_use]
    pub fn only_unnamed_fragments(&self, named: &BTreeSet<(LocaleIx, String)>) -> BTreeMap<LocaleIx, &Id> {
        let mut unnamed: BTreeMap<LocaleIx, Vec<&Id>> = BTreeMap::new();
        for (id, locale) in self.fragments.keys().filter(|(id, of)| !named.contains(&(*of, id.as_str().to_owned()))) {
            unnamed.entry(*locale).or_default().push(id);
        }
        unnamed
            .into_iter()
            .filter_map(|(locale, ids)| if let [only] = ids[..] { Some((locale, only)) } else { None })
            .collect()
    }
}
