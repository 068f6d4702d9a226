//! Every file of a site's sources, by name and by where it really is. Nothing outside the site's folder is looked into:
//! links may lead to other places in it.

use std::ffi::OsString;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use super::reason;
use crate::source::layout;

/// How many folders may stand in one another.
const MAX_DEPTH: usize = 32;

/// How many folders may be reached through links: links to folders of links multiply.
const MAX_LINKED_FOLDERS: usize = 1000;

/// What a walk came upon, by its path below the site's folder.
pub struct Entry {
    /// The path as named, links on the way kept.
    pub name: PathBuf,
    /// Where the file or folder really is, or why it cannot be read.
    pub real: Result<PathBuf, String>,
}

/// A walk through some folders of a site.
pub struct Walk {
    /// The site's folder, without links on the way.
    pub root: PathBuf,
    /// Files, and whatever cannot be read, by name.
    pub files: Vec<Entry>,
    /// Where links lead to folders, and the folders at which the walk began.
    pub folders: Vec<PathBuf>,
    /// The real folders that the walk is in.
    inside: Vec<PathBuf>,
    linked: usize,
}

impl Walk {
    /// Walks through the named folders of a site, as far as they are there.
    pub fn through(root: &Path, folders: &[&str]) -> io::Result<Self> {
        let root = fs::canonicalize(root)?;
        let mut walk = Self { root, files: Vec::new(), folders: Vec::new(), inside: Vec::new(), linked: 0 };
        for folder in folders {
            let path = walk.root.join(folder);
            match fs::symlink_metadata(&path) {
                Ok(found) if found.is_file() => walk.wrong(Path::new(folder), "it is a file and not a folder".into()),
                Ok(found) => walk.entry(Path::new(folder), &path, found.file_type()),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => walk.wrong(Path::new(folder), reason(&error)),
            }
        }
        Ok(walk)
    }

    fn wrong(&mut self, name: &Path, why: String) {
        self.files.push(Entry { name: name.to_owned(), real: Err(why) });
    }

    /// What stands under a name; `path` is where it is, reached without links but its own.
    fn entry(&mut self, name: &Path, path: &Path, kind: FileType) {
        if kind.is_dir() {
            if name.components().count() == 1 {
                self.folders.push(path.to_owned());
            }
            self.folder(name, path);
        } else if kind.is_symlink() {
            match self.follow(path) {
                Ok((real, true)) => {
                    self.folders.push(real.clone());
                    self.folder(name, &real);
                }
                Ok((_, false)) if name.components().count() == 1 => {
                    self.wrong(name, "it is a link to a file, and not a folder".into());
                }
                Ok((real, false)) => self.files.push(Entry { name: name.to_owned(), real: Ok(real) }),
                Err(why) => self.wrong(name, why),
            }
        } else if kind.is_file() {
            self.files.push(Entry { name: name.to_owned(), real: Ok(path.to_owned()) });
        } else {
            self.wrong(name, special(kind));
        }
    }

    /// Where a link leads, and whether that is a folder.
    fn follow(&mut self, link: &Path) -> Result<(PathBuf, bool), String> {
        let real = fs::canonicalize(link).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => "it is a link to nothing".into(),
            _ => reason(&error),
        })?;
        if !real.starts_with(&self.root) {
            return Err(format!("it is a link that leads out of the site's folder, to {}", real.display()));
        }
        let kind = fs::symlink_metadata(&real).map_err(|error| reason(&error))?.file_type();
        if !kind.is_dir() {
            return if kind.is_file() { Ok((real, false)) } else { Err(special(kind)) };
        }
        if self.inside.contains(&real) || self.inside.iter().any(|folder| folder.starts_with(&real)) {
            return Err("it is a link that leads back to a folder above it".into());
        }
        self.linked += 1;
        if self.linked > MAX_LINKED_FOLDERS {
            return Err(format!("more than {MAX_LINKED_FOLDERS} folders are reached through links"));
        }
        Ok((real, true))
    }

    fn folder(&mut self, name: &Path, real: &Path) {
        if self.inside.len() >= MAX_DEPTH {
            self.wrong(name, format!("more than {MAX_DEPTH} folders stand in one another"));
            return;
        }
        let entries = fs::read_dir(real).and_then(|entries| {
            entries.map(|entry| entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?)))).collect()
        });
        let mut entries: Vec<(OsString, FileType)> = match entries {
            Ok(entries) => entries,
            Err(error) => return self.wrong(name, reason(&error)),
        };
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        self.inside.push(real.to_owned());
        // Hidden files and what editors leave are no matter of the site, links to nothing among them.
        let is_ours = |file: &OsString| {
            !layout::is_left_by_editors(file.as_encoded_bytes())
                || (name == Path::new(layout::STATIC) && file == layout::WELL_KNOWN)
        };
        for (file, kind) in entries.into_iter().filter(|(file, _)| is_ours(file)) {
            self.entry(&name.join(&file), &real.join(&file), kind);
        }
        self.inside.pop();
    }
}

fn special(kind: FileType) -> String {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() || kind.is_socket() {
            return "it is a connection between programs and not a file".into();
        }
        if kind.is_block_device() || kind.is_char_device() {
            return "it is a device and not a file".into();
        }
    }
    let _ = kind;
    "it is no ordinary file".into()
}
