//! Findings as text, one file a format: the layout of a good compiler, a line each, JSON, and what services for code show.
//!
//! Here a finding's places become paths, lines and columns. Columns count characters, as editors do.

mod github;
mod human;
mod json;
mod lines;
mod sarif;
mod short;

use std::collections::BTreeMap;

use super::{Diagnostic, Label, Severity};
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};
pub(crate) use lines::Lines;

/// How diagnostics are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Snippets with carets, for people.
    Human {
        /// Whether to use terminal colours.
        colour: bool,
    },
    /// `file:line:column: severity[code]: headline`, one line each.
    Short,
    /// One JSON object a line.
    Json,
    /// A workflow command of GitHub Actions a line.
    Github,
    /// One SARIF document, also when there are none.
    Sarif,
}

/// The files that diagnostics point into, each looked through once however many point there.
struct Texts<'a> {
    tree: &'a SourceTree,
    read: BTreeMap<FileId, Lines<'a>>,
}

impl<'a> Texts<'a> {
    fn new(diagnostics: &'a [Diagnostic], tree: &'a SourceTree) -> Self {
        let mut texts = Self { tree, read: BTreeMap::new() };
        for diagnostic in diagnostics {
            for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.related) {
                let text = || tree.text(tree.path(label.place.file)).unwrap_or_default();
                texts.read.entry(label.place.file).or_insert_with(|| Lines::new(text().into()));
            }
        }
        texts
    }

    fn get(&self, label: &Label) -> &Lines<'a> {
        &self.read[&label.place.file]
    }

    fn path(&self, label: &Label) -> &'a SourcePath {
        self.tree.path(label.place.file)
    }
}

/// All findings in the given layout.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], tree: &SourceTree, format: Format) -> String {
    let texts = Texts::new(diagnostics, tree);
    if format == Format::Sarif {
        return sarif::document(diagnostics, &texts);
    }
    let mut out = String::new();
    for diagnostic in diagnostics {
        match format {
            Format::Human { colour } => human::write(&mut out, diagnostic, &texts, colour),
            Format::Short => short::write(&mut out, diagnostic, &texts),
            Format::Json | Format::Sarif => json::write(&mut out, diagnostic, &texts),
            Format::Github => github::write(&mut out, diagnostic, &texts),
        }
    }
    out
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A path on one line, whatever its name does to a terminal: control and direction marks are spelt out.
fn shown(path: &SourcePath) -> String {
    path.as_str().split('\n').map(spelt).collect::<Vec<_>>().join("\\n")
}

/// Lines for a terminal in which a name that somebody gave does nothing to it: control and direction marks are spelt out.
#[must_use]
pub fn spelt(lines: &str) -> String {
    let spell = |c: char| match c {
        '\n' => "\n".to_owned(),
        c if c.is_control() => c.escape_default().to_string(),
        c if crate::script::is_bidi_control(c) => c.escape_unicode().to_string(),
        c => c.to_string(),
    };
    lines.chars().map(spell).collect()
}
