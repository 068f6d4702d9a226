//! Changes of a site's own files: all of them, or none.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::reason;

/// A file that changes: where it is, what it held when it was read, what it will hold. Nothing stands for a file that is not there.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// Its name below the site's folder.
    pub name: &'a str,
    /// What it held.
    pub before: Option<&'a [u8]>,
    /// What it will hold.
    pub after: Option<&'a [u8]>,
}

/// A change with its places on the disk.
struct Step<'a> {
    path: PathBuf,
    draft: PathBuf,
    change: &'a Change<'a>,
}

/// Changes files: new bytes are written beside all of them before the first is put in its place, and what was put in place goes
/// back when another cannot be.
///
/// # Errors
/// When a file was changed in the meantime, may not be written, or the disk refuses; then every file is as it was.
pub fn apply(root: &Path, changes: &[Change<'_>]) -> Result<(), String> {
    let steps: Vec<Step<'_>> = changes.iter().map(|change| step(root, change)).collect();
    steps.iter().try_for_each(ready)?;
    let staged = steps.iter().try_for_each(stage);
    if let Err(problem) = staged {
        steps.iter().for_each(|step| drop(fs::remove_file(&step.draft)));
        return Err(problem);
    }
    for (at, step) in steps.iter().enumerate() {
        if let Err(error) = put(step) {
            steps[..at].iter().for_each(back);
            steps[at..].iter().for_each(|step| drop(fs::remove_file(&step.draft)));
            return Err(told(step, &error));
        }
    }
    // Folders that the last file was moved out of.
    let left = steps.iter().filter(|step| step.change.after.is_none()).filter_map(|step| step.path.parent());
    left.for_each(|folder| drop(fs::remove_dir(folder)));
    Ok(())
}

fn step<'a>(root: &Path, change: &'a Change<'a>) -> Step<'a> {
    let path = root.join(change.name);
    // A link stays a link.
    let path = fs::canonicalize(&path).unwrap_or(path);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // Under a name with a dot, which no build reads.
    let draft = path.with_file_name(format!(".{name}.{}", std::process::id()));
    Step { path, draft, change }
}

fn told(step: &Step<'_>, error: &io::Error) -> String {
    format!("cannot write {}: {}; nothing was changed", step.change.name, reason(error))
}

/// Whether a file is as it was read, and may be written.
fn ready(step: &Step<'_>) -> Result<(), String> {
    let name = step.change.name;
    match (step.change.before, fs::read(&step.path)) {
        (None, Err(error)) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        (None, _) => Err(format!("{name} is there already; nothing was changed")),
        (Some(before), Ok(now)) if now == before => {
            let metadata = fs::metadata(&step.path).map_err(|error| told(step, &error))?;
            if metadata.permissions().readonly() {
                return Err(format!("{name} may only be read, not written; nothing was changed"));
            }
            Ok(())
        }
        (Some(_), Ok(_)) => Err(format!("{name} was changed in the meantime; nothing was changed")),
        (Some(_), Err(error)) => Err(told(step, &error)),
    }
}

fn stage(step: &Step<'_>) -> Result<(), String> {
    let Some(bytes) = step.change.after else { return Ok(()) };
    let written = step.draft.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| File::create_new(&step.draft));
    let written = written.and_then(|mut file| {
        file.write_all(bytes)?;
        if let Ok(metadata) = fs::metadata(&step.path) {
            file.set_permissions(metadata.permissions())?;
        }
        file.sync_all()
    });
    written.map_err(|error| told(step, &error))
}

fn put(step: &Step<'_>) -> io::Result<()> {
    match step.change.after {
        Some(_) => fs::rename(&step.draft, &step.path),
        None => fs::remove_file(&step.path),
    }
}

/// Puts back what a file held.
fn back(step: &Step<'_>) {
    let _ = match step.change.before {
        Some(before) => fs::write(&step.path, before),
        None => fs::remove_file(&step.path),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_or_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("a"), "one").unwrap();
        fs::write(root.join("b"), "two").unwrap();
        let held = |name: &str| fs::read_to_string(root.join(name)).ok();
        let change = |name, before, after| Change { name, before, after };
        let more = change("a", Some(&b"one"[..]), Some(&b"more"[..]));
        for wrong in
            [change("b", Some(&b"other"[..]), None), change("b", None, Some(b"x")), change("a/c", None, Some(b"x"))]
        {
            assert!(apply(root, &[Change { ..more }, wrong]).is_err());
            assert_eq!((held("a").as_deref(), held("b").as_deref()), (Some("one"), Some("two")));
        }
        apply(root, &[more, change("b", Some(b"two"), None), change("d/e", None, Some(b"new"))]).unwrap();
        assert_eq!((held("a").as_deref(), held("b"), held("d/e").as_deref()), (Some("more"), None, Some("new")));
        assert_eq!(fs::read_dir(root).unwrap().count(), 2);
    }
}
