//! The source tree: every file of a site at one moment.
//!
//! Small sites are held in memory. Of large ones the texts stay where they are and are read when they are needed, one at a time:
//! what a build holds does not grow with the words of a site.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::hash::ContentHash;
use crate::path::SourcePath;

/// Where files are read from that a tree does not hold.
pub trait Store: Send + Sync {
    /// A file's bytes; nothing when it cannot be read any more.
    fn read(&self, file: &SourcePath) -> Option<Vec<u8>>;
}

/// Where a file's bytes are.
#[derive(Debug, Clone)]
enum Contents {
    Held(Arc<[u8]>),
    Stored,
}

/// All source files by path. Cloning is cheap: contents are shared.
#[derive(Clone, Default)]
pub struct SourceTree {
    files: BTreeMap<SourcePath, Contents>,
    store: Option<Arc<dyn Store>>,
}

impl SourceTree {
    /// A tree whose stored files are read from `store`.
    #[must_use]
    pub fn over(store: Arc<dyn Store>) -> Self {
        Self { files: BTreeMap::new(), store: Some(store) }
    }

    /// Adds a file, or replaces the one that stood there.
    pub fn insert(&mut self, path: SourcePath, bytes: impl Into<Arc<[u8]>>) {
        self.files.insert(path, Contents::Held(bytes.into()));
    }

    /// Adds a file that stays in the store.
    pub fn insert_stored(&mut self, path: SourcePath) {
        self.files.insert(path, Contents::Stored);
    }

    /// A file's bytes; nothing when there is none, or when the store cannot read it any more.
    #[must_use]
    pub fn get(&self, path: &SourcePath) -> Option<Arc<[u8]>> {
        match self.files.get(path)? {
            Contents::Held(bytes) => Some(Arc::clone(bytes)),
            Contents::Stored => self.store.as_ref()?.read(path).map(Into::into),
        }
    }

    /// The hash of a file's bytes, by its name; the same for every file that is not there.
    #[must_use]
    pub fn hash(&self, file: &str) -> ContentHash {
        let bytes = self.files.get_key_value(file).and_then(|(path, _)| self.get(path));
        bytes.map(|bytes| ContentHash::of(&bytes)).unwrap_or_default()
    }

    /// Whether there is such a file.
    #[must_use]
    pub fn contains(&self, path: &SourcePath) -> bool {
        self.files.contains_key(path)
    }

    /// Whether a file's bytes are read anew each time they are needed.
    #[must_use]
    pub fn is_stored(&self, path: &SourcePath) -> bool {
        matches!(self.files.get(path), Some(Contents::Stored))
    }

    /// Every file's path, in order.
    pub fn paths(&self) -> impl Iterator<Item = &SourcePath> {
        self.files.keys()
    }

    /// Paths of the files below a folder (`content/guides/`), in order.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a SourcePath> {
        let from = self.files.range::<str, _>((std::ops::Bound::Included(folder), std::ops::Bound::Unbounded));
        from.map(|(path, _)| path).take_while(move |path| path.as_str().starts_with(folder))
    }

    /// A file's text for showing a place in it; bytes that are no UTF-8 are replaced.
    #[must_use]
    pub fn text(&self, path: &SourcePath) -> Option<String> {
        self.get(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl fmt::Debug for SourceTree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(&self.files).finish()
    }
}

impl FromIterator<(SourcePath, Vec<u8>)> for SourceTree {
    fn from_iter<I: IntoIterator<Item = (SourcePath, Vec<u8>)>>(files: I) -> Self {
        let held = |(path, bytes): (SourcePath, Vec<u8>)| (path, Contents::Held(bytes.into()));
        Self { files: files.into_iter().map(held).collect(), store: None }
    }
}

#[cfg(test)]
mod tests {
    use super::SourceTree;
    use crate::path::SourcePath;

    #[test]
    fn below_a_folder_is_what_its_name_begins() {
        let names = ["content/a.md", "content/a/b.md", "content/a/c.md", "content/a0.md", "contents/d.md"];
        let tree: SourceTree = names.iter().map(|name| (SourcePath::new(name).unwrap(), Vec::new())).collect();
        let below = |folder| tree.below(folder).map(SourcePath::as_str).collect::<Vec<_>>();
        assert_eq!(below("content/a/"), ["content/a/b.md", "content/a/c.md"]);
        assert_eq!(below("content/"), &names[..4]);
        assert_eq!(below("z/"), Vec::<&str>::new());
    }
}
