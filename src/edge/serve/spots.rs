//! Places as people and editors count them: a file, a line, a column.

use std::collections::BTreeMap;

use crate::diag::Span;
use crate::diag::emit::Lines;
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};

/// A place in a source file, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The file.
    pub file: SourcePath,
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// Finds places in the files of a tree, each looked through once.
pub struct Spots<'a> {
    tree: &'a SourceTree,
    read: BTreeMap<FileId, Lines<'static>>,
}

impl<'a> Spots<'a> {
    /// In a tree.
    #[must_use]
    pub fn new(tree: &'a SourceTree) -> Self {
        Self { tree, read: BTreeMap::new() }
    }

    /// Where a place is.
    pub fn find(&mut self, place: Span) -> Spot {
        let file = self.tree.path(place.file);
        let read = || Lines::new(self.tree.text(file).unwrap_or_default().into());
        let (line, column) = self.read.entry(place.file).or_insert_with(read).position(place.start as usize);
        Spot { file: file.clone(), line, column }
    }
}
