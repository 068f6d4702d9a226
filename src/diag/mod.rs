//! Diagnostics as data: a code, a headline, the place, related places, help.
//!
//! Rules word their findings here; the layout of text belongs to [`emit`] alone.

pub mod code;
pub mod emit;
mod once;
pub mod suggest;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::source::tree::{FileId, SourceTree};
pub use code::{Code, Severity};
pub use once::once_each;

/// A range of bytes in a source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// The given bytes of a file; files are at most 64 MB, so 32 bits do.
    #[must_use]
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { file, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The site as a whole: the file that describes it.
    pub const SITE: Self = Self::file(FileId::SITE);

    /// A file as a whole.
    #[must_use]
    pub const fn file(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }

    /// Whether it speaks of the file as a whole.
    #[must_use]
    pub fn is_file(self) -> bool {
        self.range() == (0..0)
    }

    /// The bytes as a range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The part of this span that lies `from..to` bytes after its start.
    #[must_use]
    pub fn part(self, part: Range<usize>) -> Self {
        let start = self.start as usize;
        Self::new(self.file, start + part.start..start + part.end)
    }
}

/// A value together with the place it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub place: Span,
}

/// A place with a few words on what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Span,
    /// What; may be empty when the headline says it all.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule.
    pub code: Code,
    /// One short sentence that stands alone.
    pub headline: String,
    /// The place to mend.
    pub primary: Label,
    /// Other places that explain the finding.
    pub related: Vec<Label>,
    /// What to do.
    pub help: Vec<String>,
    /// Whether it was found only because drafts were looked at: then it is a warning that no gate refuses.
    pub in_draft: bool,
    /// What is told instead, once, at the source, where every translation differs from it in this one way.
    pub in_source: Option<Box<Diagnostic>>,
}

impl Diagnostic {
    /// A finding at a place, still without words beside it.
    #[must_use]
    pub fn new(code: Code, place: Span, headline: impl Into<String>) -> Self {
        let primary = Label { place, text: String::new() };
        // What an editor typed may hold line ends; a headline is one line.
        let headline = headline.into().replace(char::is_control, " ");
        Self { code, headline, primary, related: Vec::new(), help: Vec::new(), in_draft: false, in_source: None }
    }

    /// Says what stands at the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds a place that explains the finding.
    #[must_use]
    pub fn related(mut self, place: Span, text: impl Into<String>) -> Self {
        self.related.push(Label { place, text: text.into() });
        self
    }

    /// Adds a line on what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Says what is told at the source where every translation differs from it in this one way.
    #[must_use]
    pub fn in_source(mut self, finding: Self) -> Self {
        self.in_source = Some(Box::new(finding));
        self
    }

    /// Adds the nearest valid name as help, when one is near; else lists what is valid, when that is short. Where there may be as many
    /// findings as names, [`suggest::Names`] are made once for all of them.
    #[must_use]
    pub fn suggest<'a>(self, found: &str, valid: impl IntoIterator<Item = &'a str>) -> Self {
        match suggest::words(found, valid) {
            Some(words) => self.help(words),
            None => self,
        }
    }

    /// How grave it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        if self.in_draft { Severity::Warning } else { self.code.severity() }
    }
}

/// The findings of a phase, in the order they were made.
#[derive(Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each of them, in the order they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// Adds the findings of another phase.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Takes out what a question is answered with yes for, and hands it over.
    pub fn take(&mut self, is_taken: impl Fn(&Diagnostic) -> bool) -> Vec<Diagnostic> {
        let (taken, left) = std::mem::take(&mut self.0).into_iter().partition(is_taken);
        self.0 = left;
        taken
    }

    /// Takes out what was found in some files.
    pub fn leave_out(&mut self, files: &BTreeSet<FileId>) {
        self.0.retain(|found| !files.contains(&found.primary.place.file));
    }

    /// Each mistake once, causes first: what hides a whole file, then what is wrong in one, then what only comparing shows; among
    /// these by path and place.
    #[must_use]
    pub fn sorted(mut self, tree: &SourceTree) -> Vec<Diagnostic> {
        fn key<'a>(found: &'a Diagnostic, tree: &'a SourceTree) -> impl Ord + 'a {
            let place = found.primary.place;
            (found.code.depth(), tree.path(place.file), place, found.code, &found.headline)
        }
        self.0.sort_by(|a, b| key(a, tree).cmp(&key(b, tree)));
        self.0.dedup();
        self.0
    }
}
