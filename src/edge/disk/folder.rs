//! A site's folder that is read once and then follows what is saved in it: a file that changed is read alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::file::FileStamp;
use super::read::{self, FOLDERS};
use crate::diag::Diagnostic;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// The sources as they were when last looked at.
pub struct Folder {
    /// The folder, without links on the way.
    root: PathBuf,
    tree: SourceTree,
    unread: Vec<Diagnostic>,
    /// What each file was like before it was read: a later look that finds it the same has nothing to read.
    stamps: BTreeMap<SourcePath, FileStamp>,
    /// Whether names lead elsewhere through links; then one file may have several names.
    linked: bool,
}

impl Folder {
    /// Reads the site below a folder.
    #[must_use]
    pub fn open(root: &Path) -> Self {
        let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let stamps = stamps(&root);
        let (tree, unread, linked) = read::all(&root);
        Self { root, tree, unread, stamps, linked }
    }

    /// The folder, without links on the way.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What was read, and what could not be.
    #[must_use]
    pub fn sources(&self) -> (&SourceTree, &[Diagnostic]) {
        (&self.tree, &self.unread)
    }

    /// Looks at paths where something may have happened; says whether it changed the sources. To read a file is no change.
    pub fn look_at(&mut self, paths: &[PathBuf]) -> bool {
        let mut changed = false;
        for path in paths {
            let Some(source) = self.name_of(path) else { continue };
            let now = fs::symlink_metadata(path).ok();
            let stamp = now.as_ref().map(FileStamp::of);
            let before = self.stamps.get(&source).copied();
            if stamp == before {
                continue;
            }
            if let (Some(stamp), Some(_)) = (stamp, before) {
                self.stamps.insert(source.clone(), stamp);
            }
            let is_known = before.is_some() && !self.linked;
            match now {
                // What appears or goes in a folder is told by its own name.
                Some(now) if is_known && now.is_dir() => {}
                Some(now) if is_known && now.is_file() && self.tree.contains(&source) => {
                    changed |= self.read_one(&source, path);
                }
                _ => return self.read_all(),
            }
        }
        changed
    }

    /// The name of what the site may be made from.
    fn name_of(&self, path: &Path) -> Option<SourcePath> {
        let name = path.strip_prefix(&self.root).ok()?.to_str()?;
        let mut parts = name.split('/');
        let ours = parts.next().is_some_and(|first| FOLDERS.contains(&first));
        let hidden = |part: &str| part.starts_with('.') && part != layout::WELL_KNOWN;
        (ours && !parts.any(hidden)).then(|| SourcePath::new(name).ok())?
    }

    fn read_one(&mut self, source: &SourcePath, path: &Path) -> bool {
        if self.tree.is_stored(source) {
            self.tree.insert_stored(source.clone());
            return true;
        }
        let before = self.tree.get(source);
        match read::held(path) {
            Some(bytes) if before.as_deref() == Some(bytes.as_slice()) => false,
            Some(bytes) => {
                self.tree.insert(source.clone(), bytes);
                true
            }
            None => self.read_all(),
        }
    }

    fn read_all(&mut self) -> bool {
        self.stamps = stamps(&self.root);
        (self.tree, self.unread, self.linked) = read::all(&self.root);
        true
    }
}

/// What every file and folder is like.
fn stamps(root: &Path) -> BTreeMap<SourcePath, FileStamp> {
    let entries = FOLDERS.iter().flat_map(|folder| walkdir::WalkDir::new(root.join(folder))).filter_map(Result::ok);
    let stamped = entries.filter_map(|entry| {
        let name = entry.path().strip_prefix(root).ok()?.to_str()?;
        Some((SourcePath::new(name).ok()?, FileStamp::of(&entry.metadata().ok()?)))
    });
    stamped.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("content/pages")).unwrap();
        fs::write(folder.path().join("content/pages/a.en.md"), "one").unwrap();
        folder
    }

    fn text(folder: &Folder, name: &str) -> Option<String> {
        folder.sources().0.text(&SourcePath::new(name).unwrap())
    }

    #[test]
    fn only_what_is_saved_is_a_change() {
        let site = site();
        let mut folder = Folder::open(site.path());
        let path = |name: &str| folder.root().join(name);
        let (own, pages, other) = (path("content/pages/a.en.md"), path("content/pages"), path("public/index.html"));
        let gone = path("content/pages/4913");
        let hidden = path("content/pages/.a.en.md.swp");
        fs::write(&hidden, "").unwrap();
        assert!(!folder.look_at(&[own.clone(), pages.clone(), other, gone, hidden]));
        fs::write(&own, "three").unwrap();
        assert!(folder.look_at(&[pages, own.clone()]));
        assert_eq!(text(&folder, "content/pages/a.en.md").as_deref(), Some("three"));
        assert!(!folder.look_at(&[own]));
    }

    #[test]
    fn files_and_folders_come_and_go() {
        let site = site();
        let mut folder = Folder::open(site.path());
        let (first, second) = (folder.root().join("content/pages/a.en.md"), folder.root().join("content/more"));
        fs::create_dir(&second).unwrap();
        fs::rename(&first, second.join("b.en.md")).unwrap();
        assert!(folder.look_at(&[first.clone(), second]));
        assert_eq!(text(&folder, "content/pages/a.en.md"), None);
        assert_eq!(text(&folder, "content/more/b.en.md").as_deref(), Some("one"));
        // Saved by moving another file over it, as many editors do.
        let moved = folder.root().join("content/more/b.en.md");
        fs::write(folder.root().join("content/b.tmp"), "four").unwrap();
        fs::rename(folder.root().join("content/b.tmp"), &moved).unwrap();
        assert!(folder.look_at(&[folder.root().join("content/b.tmp"), moved]));
        assert_eq!(text(&folder, "content/more/b.en.md").as_deref(), Some("four"));
    }
}
