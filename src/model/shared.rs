//! One copy of what many files say: ids are the same in every locale, and so are the names of facts.

use std::collections::BTreeSet;
use std::sync::Arc;

/// Texts that were met, each held once.
#[derive(Debug, Default)]
pub struct Shared(BTreeSet<Arc<str>>);

impl Shared {
    /// Puts the copy that was met first in the place of another.
    pub fn share(&mut self, text: &mut Arc<str>) {
        match self.0.get(&**text) {
            Some(known) => *text = Arc::clone(known),
            None => drop(self.0.insert(Arc::clone(text))),
        }
    }
}
