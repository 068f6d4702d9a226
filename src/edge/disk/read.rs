//! A folder into a source tree. What cannot be read is reported and left out.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::file::{self, FileStamp};
use super::reason;
use super::walk::{Entry, Walk};
use crate::diag::{Code, Diagnostic, Span};
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::{SourceTree, Store};

/// The folders that a site is made from.
pub const FOLDERS: &[&str] = &[layout::CONTENT, layout::THEMES];

/// The largest file that is read at all.
const MAX_MEGABYTES: u64 = 16;

/// How much all files together may hold.
const MAX_TOTAL_MEGABYTES: u64 = 16 * 1024;

/// How much Markdown is held in memory: that of larger sites is read again when its pages are made.
const HELD_MEGABYTES: u64 = 24;

const MEGABYTE: u64 = 1024 * 1024;

/// How often a file that changes while it is read is read again.
const TRIES: usize = 5;

/// Reads the site below a folder. What cannot be read is reported and left out.
#[must_use]
pub fn read(root: &Path) -> (SourceTree, Vec<Diagnostic>) {
    let (tree, found, _) = all(root);
    (tree, found)
}

/// The bytes of one file, as far as they can be read.
pub(super) fn held(path: &Path) -> Option<Vec<u8>> {
    match read_file(path, false, &Counted::default()) {
        Ok(Bytes::Held(bytes)) => Some(bytes),
        _ => None,
    }
}

/// The same, and whether files stand under other names than their own.
pub(super) fn all(root: &Path) -> (SourceTree, Vec<Diagnostic>, bool) {
    let walk = match Walk::through(root, FOLDERS) {
        Ok(walk) => walk,
        Err(error) => {
            let mut tree = SourceTree::default();
            let found = unreadable(&literal(layout::CONTENT), &reason(&error)).told(&mut tree);
            return (tree, vec![found], false);
        }
    };
    let counted = Counted::default();
    let read: Vec<_> = walk.files.par_iter().map(|entry| read_entry(entry, &counted)).collect();
    let elsewhere = walk.files.iter().filter_map(|entry| Some((entry.name.to_str()?, entry.real.as_ref().ok()?)));
    let elsewhere = elsewhere.filter(|(name, real)| **real != walk.root.join(name));
    let links: BTreeMap<String, PathBuf> = elsewhere.map(|(name, real)| (name.to_owned(), real.clone())).collect();
    let linked = !links.is_empty();
    let (mut tree, mut found) = (SourceTree::over(Arc::new(Disk { root: walk.root.clone(), links })), Vec::new());
    for one in read {
        match one {
            Ok((source, Bytes::Held(bytes))) => tree.insert(source, bytes),
            Ok((source, Bytes::Stored)) => tree.insert_stored(source),
            Ok((_, Bytes::TooMany)) => {}
            Err(unread) => found.push(unread.told(&mut tree)),
        }
    }
    if counted.total.into_inner() > MAX_TOTAL_MEGABYTES * MEGABYTE {
        let problem = format!("the files of the site have more than {MAX_TOTAL_MEGABYTES} MB in all");
        found.push(unreadable(&literal(layout::CONTENT), &problem).told(&mut tree));
    }
    (tree, found, linked)
}

/// The files of a site where they stand: those under another name than their own by it.
struct Disk {
    root: PathBuf,
    links: BTreeMap<String, PathBuf>,
}

impl Store for Disk {
    fn read(&self, file: &SourcePath) -> Option<Vec<u8>> {
        let own = || self.root.join(file.as_str());
        let path = self.links.get(file.as_str()).cloned().unwrap_or_else(own);
        held(&path)
    }
}

/// Bytes that were read so far.
#[derive(Default)]
struct Counted {
    total: AtomicU64,
    held: AtomicU64,
}

/// What became of a file's bytes.
#[derive(Debug, PartialEq, Eq)]
enum Bytes {
    Held(Vec<u8>),
    /// They can be read, and are when they are needed.
    Stored,
    /// There is too much to read already.
    TooMany,
}

/// What could not be read, and why.
struct Unread {
    code: Code,
    file: SourcePath,
    headline: String,
    help: &'static str,
}

impl Unread {
    /// As a finding at its place in the tree.
    fn told(self, tree: &mut SourceTree) -> Diagnostic {
        let Self { code, file, headline, help } = self;
        Diagnostic::new(code, Span::file(tree.refer(file)), headline).help(help)
    }
}

/// A file and its bytes.
fn read_entry(entry: &Entry, counted: &Counted) -> Result<(SourcePath, Bytes), Box<Unread>> {
    let Some(source) = entry.name.to_str().and_then(|text| SourcePath::new(text).ok()) else {
        return Err(Box::new(bad_name(&entry.name)));
    };
    let read = match &entry.real {
        Ok(real) => read_file(real, source.as_str().ends_with(".md"), counted),
        Err(why) => Err(why.clone()),
    };
    match read {
        Ok(bytes) => Ok((source, bytes)),
        Err(problem) => Err(Box::new(unreadable(&source, &problem))),
    }
}

/// A file's bytes at one moment, each counted in before it is read. What `may_stay` stays where it is in large sites.
fn read_file(path: &Path, may_stay: bool, counted: &Counted) -> Result<Bytes, String> {
    let mut own = 0;
    for _ in 0..TRIES {
        let file = file::open(path).map_err(|error| gone_or(&error))?;
        let before = file.metadata().map_err(|error| reason(&error))?;
        if !before.is_file() {
            return Err("it is no ordinary file any more".into());
        }
        if before.len() > MAX_MEGABYTES * MEGABYTE {
            let megabytes = before.len() / MEGABYTE;
            return Err(format!("it has {megabytes} MB, more than the {MAX_MEGABYTES} MB a file may have"));
        }
        let more = before.len().saturating_sub(own);
        own += more;
        if counted.total.fetch_add(more, Ordering::Relaxed) + more > MAX_TOTAL_MEGABYTES * MEGABYTE {
            return Ok(Bytes::TooMany);
        }
        if may_stay && counted.held.fetch_add(more, Ordering::Relaxed) + more > HELD_MEGABYTES * MEGABYTE {
            return Ok(Bytes::Stored);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(before.len()).unwrap_or(0));
        (&file).take(before.len() + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
        let after = file.metadata().map_err(|error| reason(&error))?;
        if bytes.len() as u64 == before.len() && FileStamp::of(&before) == FileStamp::of(&after) {
            return Ok(Bytes::Held(bytes));
        }
    }
    Err("it is being written all the time".into())
}

fn gone_or(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it was taken away while the site was read".into(),
        _ => reason(error),
    }
}

fn bad_name(name: &Path) -> Unread {
    let shown = name.to_string_lossy().replace(['\u{FFFD}', '\\'], "?");
    let near = SourcePath::new(&shown).unwrap_or_else(|_| literal(layout::CONTENT));
    let headline = format!("the name of {shown} is not plain text");
    Unread { code: Code::BadFileName, file: near, headline, help: "rename it with a-z, 0-9 and hyphens" }
}

fn literal(folder: &str) -> SourcePath {
    SourcePath::new(folder).unwrap_or_else(|_| unreachable!("a literal path"))
}

fn unreadable(file: &SourcePath, problem: &str) -> Unread {
    let help = "mend it or take it away; a file that cannot be read could be missing from the site unseen";
    let headline = format!("{file} cannot be read: {problem}");
    Unread { code: Code::UnreadableFile, file: file.clone(), headline, help }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_together_have_a_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "1234").unwrap();
        let limit = MAX_TOTAL_MEGABYTES * MEGABYTE;
        let after = |total| Counted { total: AtomicU64::new(total), ..Counted::default() };
        assert_eq!(read_file(&path, false, &after(limit - 4)), Ok(Bytes::Held(b"1234".to_vec())));
        assert_eq!(read_file(&path, false, &after(limit - 3)), Ok(Bytes::TooMany));
        let full = Counted { held: AtomicU64::new(HELD_MEGABYTES * MEGABYTE), ..Counted::default() };
        assert_eq!(read_file(&path, true, &full), Ok(Bytes::Stored));
    }
}
