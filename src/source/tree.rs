//! The source tree: every file of a site at one moment.
//!
//! Small sites are held in memory. Of large ones the texts stay where they are and are read when they are needed, one at a time:
//! what a build holds does not grow with the words of a site.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::{Arc, OnceLock};

use crate::hash::ContentHash;
use crate::source::path::SourcePath;

/// Where files are read from that a tree does not hold.
pub trait Store: Send + Sync {
    /// A file's bytes; nothing when it cannot be read any more.
    fn read(&self, file: &SourcePath) -> Option<Vec<u8>>;
}

/// The number of a file in its tree: what stands in a file is known by it, and a path is looked up only where one is shown.
///
/// Numbers are given in the order in which a tree hears of files, so they stay what they are when it grows. They say nothing of
/// the order of paths, and nothing of another tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(NonZeroU32);

impl FileId {
    /// `content/site.yaml`, the place of whatever is said of the site as a whole. Every tree knows it, also without such a file.
    pub const SITE: Self = Self(NonZeroU32::MIN);
}

impl Default for FileId {
    fn default() -> Self {
        Self::SITE
    }
}

/// Where a file's bytes are.
#[derive(Debug, Clone)]
enum Contents {
    Held(Arc<[u8]>),
    Stored,
    /// No file stands there: something is said of its being missing or unreadable.
    Absent,
}

/// A file's number, and where its bytes are.
#[derive(Debug, Clone)]
struct Entry {
    id: FileId,
    contents: Contents,
    /// The hash of its bytes, once they were read: clones of the tree share it, so that a file that stays as it was is hashed once.
    hash: Arc<OnceLock<ContentHash>>,
}

/// All source files by path. Cloning is cheap: contents are shared.
#[derive(Clone)]
pub struct SourceTree {
    files: Arc<BTreeMap<SourcePath, Entry>>,
    /// Every path by number.
    paths: Arc<Vec<SourcePath>>,
    /// Whether there are files that it does not hold.
    is_large: bool,
    store: Option<Arc<dyn Store>>,
}

impl Default for SourceTree {
    fn default() -> Self {
        let mut tree = Self { files: Arc::default(), paths: Arc::default(), is_large: false, store: None };
        tree.refer(SourcePath::site_file());
        tree
    }
}

impl SourceTree {
    /// A tree whose stored files are read from `store`.
    #[must_use]
    pub fn over(store: Arc<dyn Store>) -> Self {
        Self { store: Some(store), ..Self::default() }
    }

    fn put(&mut self, path: SourcePath, contents: Contents) {
        let id = self.refer(path.clone());
        Arc::make_mut(&mut self.files).insert(path, Entry { id, contents, hash: Arc::default() });
    }

    /// The number of a path, whether or not a file stands there.
    pub fn refer(&mut self, path: SourcePath) -> FileId {
        if let Some(entry) = self.files.get(&path) {
            return entry.id;
        }
        Arc::make_mut(&mut self.paths).push(path.clone());
        let number = u32::try_from(self.paths.len()).ok().and_then(NonZeroU32::new);
        let id = number.map_or(FileId::SITE, FileId);
        Arc::make_mut(&mut self.files).insert(path, Entry { id, contents: Contents::Absent, hash: Arc::default() });
        id
    }

    /// The number of a path; that of the site's own file where the tree never heard of it.
    #[must_use]
    pub fn id(&self, path: &SourcePath) -> FileId {
        self.files.get(path).map_or(FileId::SITE, |entry| entry.id)
    }

    /// The path of a number that this tree gave, or the tree that it was cloned from.
    #[must_use]
    pub fn path(&self, file: FileId) -> &SourcePath {
        &self.paths[file.0.get() as usize - 1]
    }

    /// Adds a file, or replaces the one that stood there.
    pub fn insert(&mut self, path: SourcePath, bytes: impl Into<Arc<[u8]>>) {
        self.put(path, Contents::Held(bytes.into()));
    }

    /// Takes a file away; its number stays.
    pub fn remove(&mut self, path: &SourcePath) {
        if self.files.contains_key(path) {
            self.put(path.clone(), Contents::Absent);
        }
    }

    /// Adds a file that stays in the store.
    pub fn insert_stored(&mut self, path: SourcePath) {
        self.is_large = true;
        self.put(path, Contents::Stored);
    }

    /// A file's bytes; nothing when there is none, or when the store cannot read it any more.
    #[must_use]
    pub fn get(&self, path: &SourcePath) -> Option<Arc<[u8]>> {
        match &self.files.get(path)?.contents {
            Contents::Held(bytes) => Some(Arc::clone(bytes)),
            Contents::Stored => self.store.as_ref()?.read(path).map(Into::into),
            Contents::Absent => None,
        }
    }

    /// The hash of a file's bytes, by its name; the same for every file that is not there.
    #[must_use]
    pub fn hash(&self, file: &str) -> ContentHash {
        let Some((path, entry)) = self.files.get_key_value(file).filter(|(_, entry)| entry.is_there()) else {
            return ContentHash::default();
        };
        let bytes = || self.get(path).map(|bytes| ContentHash::of(&bytes)).unwrap_or_default();
        *entry.hash.get_or_init(bytes)
    }

    /// The hash of a file's bytes, when it was told before: then they need not be read for it.
    #[must_use]
    pub fn known_hash(&self, path: &SourcePath) -> Option<ContentHash> {
        self.files.get(path)?.hash.get().copied()
    }

    /// Remembers the hash of a file's bytes, here and in every clone of this tree.
    pub fn know_hash(&self, path: &SourcePath, hash: ContentHash) {
        if let Some(entry) = self.files.get(path) {
            // What was told first was of the same bytes.
            let _ = entry.hash.set(hash);
        }
    }

    /// Whether there is such a file.
    #[must_use]
    pub fn contains(&self, path: &SourcePath) -> bool {
        self.files.get(path).is_some_and(Entry::is_there)
    }

    /// Paths that were spoken of and have no file: in a tree as it was read, what is there and cannot be read.
    pub fn absent(&self) -> impl Iterator<Item = &SourcePath> {
        self.files.iter().filter(|(_, entry)| !entry.is_there()).map(|(path, _)| path)
    }

    /// Whether a file's bytes are read anew each time they are needed.
    #[must_use]
    pub fn is_stored(&self, path: &SourcePath) -> bool {
        self.files.get(path).is_some_and(|entry| matches!(entry.contents, Contents::Stored))
    }

    /// Whether its texts are more than it holds: then the words of each are read again when its page is made, so that all pages
    /// cost the same.
    #[must_use]
    pub fn is_large(&self) -> bool {
        self.is_large
    }

    /// Every file's path, in order.
    pub fn paths(&self) -> impl Iterator<Item = &SourcePath> {
        self.files.iter().filter(|(_, entry)| entry.is_there()).map(|(path, _)| path)
    }

    /// Paths of the files below a folder (`content/guides/`), in order.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a SourcePath> {
        let from = self.files.range::<str, _>((std::ops::Bound::Included(folder), std::ops::Bound::Unbounded));
        let below = from.take_while(move |(path, _)| path.as_str().starts_with(folder));
        below.filter(|(_, entry)| entry.is_there()).map(|(path, _)| path)
    }

    /// A file's text for showing a place in it; bytes that are no UTF-8 are replaced.
    #[must_use]
    pub fn text(&self, path: &SourcePath) -> Option<String> {
        self.get(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl Entry {
    fn is_there(&self) -> bool {
        !matches!(self.contents, Contents::Absent)
    }
}

impl fmt::Debug for SourceTree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.files.iter()).finish()
    }
}

impl FromIterator<(SourcePath, Vec<u8>)> for SourceTree {
    fn from_iter<I: IntoIterator<Item = (SourcePath, Vec<u8>)>>(files: I) -> Self {
        let mut tree = Self::default();
        files.into_iter().for_each(|(path, bytes)| tree.insert(path, bytes));
        tree
    }
}

#[cfg(test)]
mod tests {
    use super::{FileId, SourceTree};
    use crate::source::path::SourcePath;

    #[test]
    fn below_a_folder_is_what_its_name_begins() {
        let names = ["content/a.md", "content/a/b.md", "content/a/c.md", "content/a0.md", "contents/d.md"];
        let tree: SourceTree = names.iter().map(|name| (SourcePath::new(name).unwrap(), Vec::new())).collect();
        let below = |folder| tree.below(folder).map(SourcePath::as_str).collect::<Vec<_>>();
        assert_eq!(below("content/a/"), ["content/a/b.md", "content/a/c.md"]);
        assert_eq!(below("content/"), &names[..4]);
        assert_eq!(below("z/"), Vec::<&str>::new());
    }

    #[test]
    fn a_number_stays_that_of_its_path() {
        let path = |name| SourcePath::new(name).unwrap();
        let mut tree: SourceTree = [(path("content/b.md"), Vec::new())].into_iter().collect();
        let (b, missing) = (tree.id(&path("content/b.md")), tree.refer(path("content/c.md")));
        tree.insert(path("content/a.md"), *b"");
        tree.insert(path("content/b.md"), *b"again");
        assert_eq!((tree.path(b).as_str(), tree.path(missing).as_str()), ("content/b.md", "content/c.md"));
        assert_eq!((tree.id(&path("content/b.md")), tree.path(FileId::SITE)), (b, &SourcePath::site_file()));
        assert_eq!(tree.id(&path("content/d.md")), FileId::SITE);
        assert!(!tree.contains(&path("content/c.md")) && tree.get(&SourcePath::site_file()).is_none());
        assert_eq!(tree.paths().map(SourcePath::as_str).collect::<Vec<_>>(), ["content/a.md", "content/b.md"]);
        tree.insert(path("content/c.md"), *b"");
        assert_eq!(tree.id(&path("content/c.md")), missing);
    }
}
