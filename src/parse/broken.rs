//! Files of which a part could not be read: what stands in them in some words may be there for others to find.

use std::collections::BTreeMap;

use crate::diag::{Diagnostics, Severity, Span};
use crate::source::tree::{FileId, SourceTree};

/// Places by file.
pub type Places = BTreeMap<FileId, Vec<Span>>;

/// Where reading found something.
#[derive(Debug, Default)]
pub struct Broken {
    /// What cannot be right.
    pub errors: Places,
    /// What may be.
    pub warnings: Places,
}

impl Broken {
    /// What was found so far.
    #[must_use]
    pub fn of(found: &Diagnostics) -> Self {
        let mut broken = Self::default();
        for one in found.iter() {
            let places = match one.severity() {
                Severity::Error => &mut broken.errors,
                Severity::Warning => &mut broken.warnings,
            };
            places.entry(one.primary.place.file).or_default().push(one.primary.place);
        }
        broken
    }

    /// Whether a broken file has this name among its words.
    #[must_use]
    pub fn says(&self, file: FileId, name: &str, tree: &SourceTree) -> bool {
        self.errors.contains_key(&file) && tree.get(tree.path(file)).is_some_and(|bytes| holds(&bytes, name))
    }

    /// Whether any broken file but one has this name among its words.
    #[must_use]
    pub fn any_says(&self, name: &str, except: FileId, tree: &SourceTree) -> bool {
        self.errors.keys().any(|file| *file != except && self.says(*file, name, tree))
    }
}

/// Whether a name stands in a text, not as a part of a longer one.
fn holds(text: &[u8], name: &str) -> bool {
    let inside = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    let alone =
        |at: usize| !inside(at.checked_sub(1).and_then(|at| text.get(at))) && !inside(text.get(at + name.len()));
    memchr::memmem::find_iter(text, name.as_bytes()).any(alone)
}
