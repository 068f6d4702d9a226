//! Files of which a part could not be read: what stands in them in some words may be there for others to find.

use std::collections::BTreeSet;

use crate::diag::{Diagnostics, Severity};
use crate::source::tree::{FileId, SourceTree};

/// The files with errors that reading found.
#[derive(Debug, Default)]
pub struct Broken(BTreeSet<FileId>);

impl Broken {
    /// Those of what was found so far.
    #[must_use]
    pub fn of(found: &Diagnostics) -> Self {
        Self(found.iter().filter(|one| one.severity() == Severity::Error).map(|one| one.primary.place.file).collect())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a file is one of them.
    #[must_use]
    pub fn has(&self, file: FileId) -> bool {
        self.0.contains(&file)
    }

    /// Whether a broken file has this name among its words.
    #[must_use]
    pub fn says(&self, file: FileId, name: &str, tree: &SourceTree) -> bool {
        self.has(file) && tree.get(tree.path(file)).is_some_and(|bytes| holds(&bytes, name))
    }

    /// Whether any broken file but one has this name among its words.
    #[must_use]
    pub fn any_says(&self, name: &str, except: FileId, tree: &SourceTree) -> bool {
        self.0.iter().any(|file| *file != except && self.says(*file, name, tree))
    }
}

/// Whether a name stands in a text, not as a part of a longer one.
fn holds(text: &[u8], name: &str) -> bool {
    let inside = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    let alone =
        |at: usize| !inside(at.checked_sub(1).and_then(|at| text.get(at))) && !inside(text.get(at + name.len()));
    memchr::memmem::find_iter(text, name.as_bytes()).any(alone)
}
