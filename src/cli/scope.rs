//! What of a site `check` is asked about: some files, one language, or everything.

use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Diagnostics, Span};
use crate::parse::text::SourceText;
use crate::parse::yaml::{self, Spans};
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// Files and folders by their names in the site, and a locale; all of them where none is named.
#[derive(Default)]
pub struct Scope {
    names: Vec<String>,
    locale: Option<String>,
}

impl Scope {
    /// The files named on the command line, as seen from the folder it was typed in or from the site's.
    pub fn new(root: &Path, files: &[PathBuf], locale: Option<&str>) -> Result<Self, String> {
        let names =
            files.iter().map(|file| name_in(root, file).ok_or_else(|| no_file(file))).collect::<Result<_, _>>()?;
        Ok(Self { names, locale: locale.map(ToOwned::to_owned) })
    }

    /// Whether it is everything.
    pub fn is_whole(&self) -> bool {
        self.names.is_empty() && self.locale.is_none()
    }

    /// Leaves what was found here, and says how many findings are elsewhere.
    pub fn narrow(&self, found: &mut Vec<Diagnostic>, tree: &SourceTree) -> usize {
        let all = found.len();
        found.retain(|diagnostic| self.holds(diagnostic, tree));
        all - found.len()
    }

    /// Whether a place is in it.
    #[cfg(feature = "publish")]
    pub fn has_place(&self, place: Span, tree: &SourceTree) -> bool {
        let path = tree.path(place.file);
        let is_of = |locale: &str| is_file_of(path, locale) || stands_under(place, locale, tree);
        (self.names.is_empty() || self.names_file(path)) && self.locale.as_deref().is_none_or(is_of)
    }

    fn holds(&self, found: &Diagnostic, tree: &SourceTree) -> bool {
        let mut places = std::iter::once(&found.primary).chain(&found.related);
        let in_files = self.names.is_empty() || places.any(|label| self.names_file(tree.path(label.place.file)));
        in_files && self.locale.as_deref().is_none_or(|locale| is_of_locale(found, locale, tree))
    }

    fn names_file(&self, path: &SourcePath) -> bool {
        self.names.iter().any(|name| {
            let rest = path.as_str().strip_prefix(name.as_str());
            rest.is_some_and(|rest| name.is_empty() || rest.is_empty() || rest.starts_with('/'))
        })
    }
}

fn no_file(file: &Path) -> String {
    format!("there is no file {} in the site; name files as in content/guides/jazz/close-sim.en.md", file.display())
}

/// A file's name in the site, with `/`.
fn name_in(root: &Path, file: &Path) -> Option<String> {
    let root = resolved(root)?;
    let from_here = resolved(file).and_then(|file| file.strip_prefix(&root).map(Path::to_owned).ok());
    let in_site = || resolved(&root.join(file))?.strip_prefix(&root).map(Path::to_owned).ok();
    let parts = from_here.or_else(in_site)?;
    let parts: Option<Vec<&str>> = parts.iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

#[expect(clippy::disallowed_methods, reason = "the command line is told of files on the disk")]
fn resolved(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// Whether a finding is of one language: in its file, in a text under its key, or on a text that it has not got.
fn is_of_locale(found: &Diagnostic, locale: &str, tree: &SourceTree) -> bool {
    let name = format!("`{locale}`");
    found.headline.contains(&name)
        || found.help.iter().any(|help| help.contains(&name))
        || is_file_of(tree.path(found.primary.place.file), locale)
        || stands_under(found.primary.place, locale, tree)
}

fn is_file_of(path: &SourcePath, locale: &str) -> bool {
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    let strings = path.as_str().contains("/strings/") && name.strip_suffix(".yaml") == Some(locale);
    strings || name.strip_suffix(".md").and_then(|name| name.rsplit_once('.')).is_some_and(|(_, end)| end == locale)
}

fn stands_under(place: Span, key: &str, tree: &SourceTree) -> bool {
    let path = tree.path(place.file);
    if place.is_file() || !path.as_str().ends_with(".yaml") {
        return false;
    }
    let text = tree.text(path).unwrap_or_default();
    let source = SourceText { file: place.file, text: &text, offset: 0 };
    let yaml = yaml::read(source, &mut Diagnostics::default());
    yaml.is_some_and(|yaml| has_key_at(&yaml.spans, place.range().start, key))
}

/// Whether a place is below a key.
fn has_key_at(spans: &Spans, at: usize, key: &str) -> bool {
    let inside = |spans: &Spans| spans.range().start <= at && at < spans.range().end.max(spans.range().start + 1);
    match spans {
        Spans::Scalar(_) => false,
        Spans::List(_, values) => values.iter().filter(|value| inside(value)).any(|value| has_key_at(value, at, key)),
        Spans::Map(_, entries) => entries
            .iter()
            .filter(|(_, name, value)| name.contains(&at) || inside(value))
            .any(|(name, _, value)| name == key || has_key_at(value, at, key)),
    }
}
