//! Folders with the parts of a site, of which one is put together.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::file;
use super::stage::StageError;
use crate::compile::Memory;
use crate::hash::{ContentHash, Sha256};
use crate::output::part::{Origin, PART, Part};
use crate::plan::share::Share;
use crate::render::PageSummary;
use crate::source::path::SitePath;

/// All parts of a site.
pub struct Parts {
    folders: Vec<(PathBuf, Origin)>,
    /// Each file, with the number of the folder that it is in.
    files: BTreeMap<SitePath, (PageSummary, usize)>,
    sources: Memory,
}

impl Parts {
    /// Looks into the folders.
    ///
    /// # Errors
    /// When one holds no part, when one part is there twice or not at all, or when they are parts of different sites.
    pub fn open(folders: &[PathBuf]) -> Result<Self, StageError> {
        let mut parts = Self { folders: Vec::new(), files: BTreeMap::new(), sources: Memory::default() };
        let mut known: BTreeMap<Share, &Path> = BTreeMap::new();
        for folder in folders {
            let Part { share, origin, made } = part(folder)?;
            let shown = folder.display();
            if let Some((other, _)) = known.first_key_value().filter(|(other, _)| other.of() != share.of()) {
                return refuse(format!(
                    "{shown} is part {share}, and {} is part {other}: give the parts of one site",
                    known[other].display()
                ));
            }
            if let Some(other) = known.insert(share, folder) {
                return refuse(format!("part {share} is in {} and in {shown}: give each part once", other.display()));
            }
            if let Some(difference) = parts.folders.first().and_then(|(_, first)| first.difference(&origin)) {
                return refuse(format!("{shown} {difference}"));
            }
            let at = parts.folders.len();
            parts.files.extend(made.files.into_iter().map(|(path, (summary, ()))| (path, (summary, at))));
            if share.number() == 1 {
                parts.sources = made.sources;
            }
            parts.folders.push((folder.clone(), origin));
        }
        let of = known.keys().next().map_or(0, |share| share.of());
        let missing: BTreeSet<Share> =
            (1..=of).filter_map(|number| Share::new(number, of)).filter(|share| !known.contains_key(share)).collect();
        if missing.is_empty() {
            return Ok(parts);
        }
        let missing: Vec<String> = missing.iter().map(ToString::to_string).collect();
        let command = format!("`rahnuma build --shard {}` makes it", missing[0]);
        refuse(format!("not all parts are given: {} is missing; {command}", missing.join(", ")))
    }

    /// What compiling remembered of the sources.
    pub fn take_sources(&mut self) -> Memory {
        std::mem::take(&mut self.sources)
    }

    /// Refuses parts of another site than this.
    ///
    /// # Errors
    /// When they are.
    pub(super) fn belong_to(&self, own: &Origin) -> Result<(), StageError> {
        let difference = |(folder, origin): &(PathBuf, Origin)| {
            own.difference(origin).map(|difference| format!("{} {difference}", folder.display()))
        };
        self.folders.iter().find_map(difference).map_or(Ok(()), refuse)
    }

    /// A file that was made from these inputs, with its record; nothing where no part has it.
    pub(super) fn file(
        &self,
        path: &SitePath,
        inputs: ContentHash,
    ) -> Option<Result<(PageSummary, Vec<u8>), StageError>> {
        let (summary, at) = self.files.get(path).filter(|(summary, _)| summary.inputs == Some(inputs))?;
        Some(self.bytes(path, summary, *at).map(|bytes| (summary.clone(), bytes)))
    }

    /// The bytes of a file of any part.
    pub(super) fn earlier(&self, path: &SitePath) -> Option<Vec<u8>> {
        let (summary, at) = self.files.get(path)?;
        self.bytes(path, summary, *at).ok()
    }

    fn bytes(&self, path: &SitePath, summary: &PageSummary, at: usize) -> Result<Vec<u8>, StageError> {
        let file = self.folders[at].0.join(path.as_str());
        let read = file::read(&file, summary.bytes as u64);
        let bytes = read.map_err(|error| StageError::failed("cannot read", &file, &error))?;
        let whole = bytes.filter(|bytes| Sha256::of(bytes) == summary.content);
        whole.ok_or_else(|| StageError::new(format!("{} is not as it was made: make that part again", file.display())))
    }
}

/// Whether a folder holds a part of a site.
pub(super) fn is_part(folder: &Path) -> bool {
    file::stamp(&folder.join(PART)).is_some()
}

fn part(folder: &Path) -> Result<Part, StageError> {
    let file = folder.join(PART);
    let bytes = file::read(&file, u64::from(u32::MAX)).ok().flatten();
    let part = bytes.as_deref().and_then(Part::read);
    part.ok_or_else(|| {
        let folder = folder.display();
        StageError::new(format!("{folder} holds no part of a site: `rahnuma build --shard 1/8 --output-dir {folder}` makes the first of eight"))
    })
}

fn refuse<T>(why: String) -> Result<T, StageError> {
    Err(StageError::new(why))
}
