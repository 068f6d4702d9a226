//! The source tree: every file of a site at one moment, in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::path::SourcePath;

/// All source files by path. Cloning is cheap: contents are shared.
#[derive(Debug, Clone, Default)]
pub struct SourceTree {
    files: BTreeMap<SourcePath, Arc<[u8]>>,
}

impl SourceTree {
    /// Adds a file, or replaces the one that stood there.
    pub fn insert(&mut self, path: SourcePath, bytes: impl Into<Arc<[u8]>>) {
        self.files.insert(path, bytes.into());
    }

    /// A file's bytes.
    #[must_use]
    pub fn get(&self, path: &SourcePath) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }

    /// Every file, ordered by path.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &Arc<[u8]>)> {
        self.files.iter()
    }

    /// Files below a folder (`content/guides/`), ordered by path.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a SourcePath, &'a Arc<[u8]>)> {
        self.files.iter().filter(move |(path, _)| path.as_str().starts_with(folder))
    }

    /// A file's text for showing a place in it; bytes that are no UTF-8 are replaced.
    #[must_use]
    pub fn text(&self, path: &SourcePath) -> Option<std::borrow::Cow<'_, str>> {
        self.files.get(path).map(|bytes| String::from_utf8_lossy(bytes))
    }
}

impl FromIterator<(SourcePath, Vec<u8>)> for SourceTree {
    fn from_iter<I: IntoIterator<Item = (SourcePath, Vec<u8>)>>(files: I) -> Self {
        Self { files: files.into_iter().map(|(path, bytes)| (path, bytes.into())).collect() }
    }
}
