//! Changes of a site's files, worked out as a whole before anything is written: what is new, what is renamed, what is registered.
//!
//! Nothing here touches a disk. Files that editors wrote are changed by the places of what has to change; every other byte stays.

pub mod edits;
mod given_up;
pub mod new;
mod published;
pub mod register;
pub mod rename;
mod words;

use std::collections::BTreeMap;

use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// What files will hold; nothing for those that go.
#[derive(Debug, Default)]
pub struct Changes(BTreeMap<SourcePath, Option<Vec<u8>>>);

impl Changes {
    /// A file gets these bytes, whether it was there or not.
    pub fn write(&mut self, path: SourcePath, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path, Some(bytes.into()));
    }

    /// A file stands at another place.
    pub fn rename(&mut self, tree: &SourceTree, from: &SourcePath, to: SourcePath) {
        let bytes = match self.0.get(from) {
            Some(Some(bytes)) => bytes.clone(),
            _ => tree.get(from).unwrap_or_default().to_vec(),
        };
        self.0.insert(from.clone(), None);
        self.0.insert(to, Some(bytes));
    }

    /// Every file that changes.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, Option<&[u8]>)> {
        self.0.iter().map(|(path, bytes)| (path, bytes.as_deref()))
    }

    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The tree as it will be.
    #[must_use]
    pub fn onto(&self, tree: &SourceTree) -> SourceTree {
        let mut tree = tree.clone();
        for (path, bytes) in &self.0 {
            match bytes {
                Some(bytes) => tree.insert(path.clone(), bytes.as_slice()),
                None => tree.remove(path),
            }
        }
        tree
    }

    /// Adds the changes that were worked out on the tree with these.
    pub fn then(&mut self, later: Self) {
        self.0.extend(later.0);
    }
}
