//! A site's folder compared with its manifest: whether a copy is what a build made.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::file;
use super::noted::Noted;
use super::parts;
use super::stage::StageError;
use super::target::{self, MANIFEST, Target};
use crate::hash::Sha256;

/// How a file differs from what the manifest says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// It is not there.
    Missing,
    /// It holds something else.
    Changed,
    /// The manifest does not name it.
    Foreign,
}

/// What was found in a folder.
#[derive(Debug, PartialEq, Eq)]
pub struct Verified {
    /// Files that the manifest names.
    pub files: usize,
    /// Those that differ, by path.
    pub different: Vec<(String, Difference)>,
}

/// Compares a folder with the manifest in it.
///
/// # Errors
/// When there is no manifest with hashes, or the disk refuses.
pub fn verify(folder: &Path) -> Result<Verified, StageError> {
    let target = Target::find(folder)?;
    let refuse = |why: &str| StageError::new(format!("{} {why}", target.shown));
    let listed = target::listed(&target.path);
    let listed =
        listed.ok_or_else(|| refuse(&format!("has no {MANIFEST}: `rahnuma build` writes it; upload it, too")))?;
    let noted = target::noted(&target.path);
    let hash = |path: &str| Noted::parse(noted.get(path).map_or("", String::as_str)).hash;
    if listed.iter().any(|path| hash(path).is_none()) {
        return Err(refuse("was built without hashes in its manifest, or that build did not end; build it again"));
    }
    let compared = listed.par_iter().map(|path| {
        let file = target.path.join(path);
        let Some(stamp) = file::stamp(&file) else { return Ok(Some((path.clone(), Difference::Missing))) };
        let bytes =
            file::read(&file, stamp.length).map_err(|error| StageError::failed("cannot read", &file, &error))?;
        let same = bytes.is_some_and(|bytes| Some(Sha256::of(&bytes).to_string()) == hash(path));
        Ok((!same).then(|| (path.clone(), Difference::Changed)))
    });
    let compared = compared.collect::<Result<Vec<_>, StageError>>()?;
    let mut different: Vec<(String, Difference)> = compared.into_iter().flatten().collect();
    let foreign = target.unlisted(&listed)?.into_iter().filter(|path| !listed.contains(path));
    different.extend(foreign.map(|path| (path, Difference::Foreign)));
    different.sort();
    Ok(Verified { files: listed.len(), different })
}

/// The hash and size of every file that the site in a folder has, if the folder is what its build made.
///
/// # Errors
/// When it is not, or the disk refuses.
pub fn built(folder: &Path) -> Result<BTreeMap<String, (Sha256, u64)>, StageError> {
    let shown = folder.display();
    let verified = verify(folder)?;
    if let Some((path, _)) = verified.different.first() {
        let more = if verified.different.len() > 1 {
            format!(" and {} more", verified.different.len() - 1)
        } else {
            String::new()
        };
        let path = path.escape_debug();
        return Err(StageError::new(format!(
            "{shown} is not what a build made: {path}{more} differs; `rahnuma verify {shown}` tells how. Build it again"
        )));
    }
    let sized = hashes(folder)?.into_iter().map(|(path, hash)| {
        let stamp = file::stamp(&folder.join(&path));
        let stamp = stamp.ok_or_else(|| StageError::new(format!("{shown}/{path} went away while it was looked at")))?;
        Ok((path, (hash, stamp.length)))
    });
    sized.collect()
}

/// The hash of every file that the site in a folder has, by its manifest. Assets of earlier builds are not among them.
///
/// # Errors
/// When there is no such manifest.
pub fn hashes(folder: &Path) -> Result<BTreeMap<String, Sha256>, StageError> {
    if parts::is_part(folder) {
        let folder = folder.display();
        return Err(StageError::new(format!(
            "{folder} holds a part of a site; put it together with the others: `rahnuma merge`"
        )));
    }
    let noted = target::noted(folder).into_iter().map(|(path, note)| (path, Noted::parse(&note)));
    let own = noted.filter(|(_, noted)| noted.gone.is_none());
    let hashes: Option<BTreeMap<_, _>> = own.map(|(path, noted)| Some((path, Sha256::parse(&noted.hash?)?))).collect();
    let hashes = hashes.filter(|hashes| !hashes.is_empty());
    hashes.ok_or_else(|| StageError::new(format!("{} has no {MANIFEST} with hashes; build it", folder.display())))
}

/// The bytes of a file of a site that has no more than `size` of them.
///
/// # Errors
/// When it is not there, or the disk refuses.
pub fn read_file(folder: &Path, path: &str, size: u64) -> Result<Vec<u8>, StageError> {
    let file = folder.join(path);
    let bytes = file::read(&file, size).map_err(|error| StageError::failed("cannot read", &file, &error))?;
    bytes.ok_or_else(|| StageError::new(format!("{} is not the file any more that it was", file.display())))
}
