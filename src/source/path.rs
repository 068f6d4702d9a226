//! Checked relative paths: where a source file stands, and where an output file goes.
//!
//! Both are UTF-8, use `/`, and never leave their folder. Nothing here touches a disk.

use std::fmt;
use std::sync::Arc;

use super::layout;

/// Why a text is no path inside a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotInside;

fn checked(text: &str) -> Result<Arc<str>, NotInside> {
    let clean = !text.is_empty()
        && !text.contains(['\\', '\0'])
        && text.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
    if clean { Ok(text.into()) } else { Err(NotInside) }
}

/// A file of the site's root folder, such as `content/site.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// # Errors
    /// When `text` is empty, absolute, or climbs out with `..`.
    pub fn new(text: &str) -> Result<Self, NotInside> {
        checked(text).map(Self)
    }

    /// The file that describes the site.
    #[must_use]
    pub fn site_file() -> Self {
        Self(layout::SITE.into())
    }

    /// A file of somewhere else, by the name that somebody gave it: to show places in it, never to write there. It has the name of no
    /// file of the site.
    #[must_use]
    pub fn outside(name: &str) -> Self {
        let name = name.replace('\\', "/").replace('\0', "");
        if checked(&name).is_ok() && name.contains('/') { Self(format!("./{name}").into()) } else { Self(name.into()) }
    }

    /// The path as written, with `/` between its parts.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder the file stands in, without a closing `/`; empty at the root.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last part.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// What a relative reference written in this file points at: `../a.md` from `x/y/b.md` is `x/a.md`.
    ///
    /// # Errors
    /// When the reference climbs out of the root, or does not begin here.
    pub fn resolve(&self, reference: &str) -> Result<Self, NotInside> {
        if reference.starts_with('/') {
            return Err(NotInside);
        }
        let mut parts: Vec<&str> = self.folder().split('/').filter(|part| !part.is_empty()).collect();
        for part in reference.split('/') {
            match part {
                "." | "" => {}
                ".." => drop(parts.pop().ok_or(NotInside)?),
                other => parts.push(other),
            }
        }
        Self::new(&parts.join("/"))
    }
}

impl SourcePath {
    /// How this file would name another one: `../general/move.md`.
    #[must_use]
    pub fn relative(&self, other: &Self) -> String {
        let parts = |path: &'_ Self| path.folder().split('/').map(str::to_owned).collect::<Vec<_>>();
        let (here, there) = (parts(self), parts(other));
        let shared = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
        let mut name = "../".repeat(here.len() - shared);
        there[shared..].iter().for_each(|part| name.push_str(&format!("{part}/")));
        name + other.name()
    }
}

impl std::borrow::Borrow<str> for SourcePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file of the built site, such as `zh/jazz/index.html`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// # Errors
    /// When `text` is empty, absolute, or climbs out with `..`.
    pub fn new(text: &str) -> Result<Self, NotInside> {
        checked(text).map(Self)
    }

    /// The file that a static host answers with for a folder address: `["zh", "jazz"]` gives `zh/jazz/index.html`.
    #[must_use]
    pub fn page(parts: &[&str]) -> Self {
        let mut text = parts.join("/");
        if !text.is_empty() {
            text.push('/');
        }
        text.push_str("index.html");
        Self(text.into())
    }

    /// The path as written, with `/` between its parts.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What follows the last dot of its name; empty without one.
    #[must_use]
    pub fn extension(&self) -> &str {
        let name = self.0.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// The address below the site's base: a page's folder with its closing `/`, any other file by name.
    #[must_use]
    pub fn address(&self) -> &str {
        match self.0.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &self.0,
        }
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{SitePath, SourcePath};

    #[test]
    fn paths_stay_inside() {
        for bad in ["", "/a", "a//b", "../a", "a/./b", "a\\b", "a/"] {
            assert!(SourcePath::new(bad).is_err(), "{bad:?}");
        }
        let file = SourcePath::new("content/guides/jazz/close-sim.en.md").unwrap();
        assert_eq!(file.resolve("../general/move.md").unwrap().as_str(), "content/guides/general/move.md");
        assert!(file.resolve("../../../../etc/passwd").is_err());
        assert!(file.resolve("/about.md").is_err());
        let other = SourcePath::new("content/guides/general/move.md").unwrap();
        assert_eq!(file.relative(&other), "../general/move.md");
    }

    #[test]
    fn pages_are_folders() {
        assert_eq!(SitePath::page(&["zh", "jazz"]).address(), "zh/jazz/");
        assert_eq!(SitePath::page(&[]).address(), "");
        assert_eq!(SitePath::new("zh/404.html").unwrap().address(), "zh/404.html");
    }
}
