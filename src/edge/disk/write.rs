//! A compiled site into a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::stage::{Stage, StageError};
use crate::budget;
use crate::compile::Compiled;
use crate::diag::Diagnostic;
use crate::output;
use crate::plan::Route;
use crate::render::Weights;

/// What writing a site did.
#[derive(Debug, Default)]
pub struct Written {
    /// Pages by the first part of their path, the chooser and the root 404 under an empty one.
    pub pages: BTreeMap<String, usize>,
    /// Files that are no pages: assets, and data for programs.
    pub assets: usize,
    /// Files that are as they were in the last site.
    pub kept: usize,
    /// What each file weighs.
    pub weights: Weights,
    /// What only making the site found, such as pages that are too heavy; none of it an error.
    pub found: Vec<Diagnostic>,
    /// What whoever builds has to know about the folder.
    pub notes: Vec<String>,
}

/// Why a site was not written.
#[derive(Debug)]
pub enum NotWritten {
    /// The content has errors; those that only rendering found are here.
    Content(Vec<Diagnostic>),
    /// The target is not ours to replace, or the disk refused.
    Disk(StageError),
}

impl From<StageError> for NotWritten {
    fn from(error: StageError) -> Self {
        Self::Disk(error)
    }
}

/// Makes every file in `target`'s place and swaps the finished site in. `progress` is told how many of how many files are
/// done. A `strict` build is refused for what otherwise is only told.
///
/// # Errors
/// When a template fails, when `target` holds files that no build wrote, or when the disk refuses. `target` is then as
/// it was.
pub fn write(
    compiled: &Compiled,
    target: &Path,
    strict: bool,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Written, NotWritten> {
    let stage = Stage::begin(target)?;
    let planned: BTreeSet<&str> = compiled.routes().map(|(path, _)| path.as_str()).collect();
    stage.refuse_foreign(|name| planned.contains(name))?;
    let weights = make_files(compiled, &stage, progress)?;
    let found = budget::findings(compiled, &weights);
    if strict && !found.is_empty() {
        return Err(NotWritten::Content(found));
    }
    let manifest: Vec<&str> = planned.into_iter().collect();
    let committed = stage.commit(&manifest)?;
    Ok(Written { kept: committed.kept, notes: committed.notes, ..counted(compiled, weights, found) })
}

fn make_files(
    compiled: &Compiled,
    stage: &Stage,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Weights, NotWritten> {
    let (done, all) = (AtomicUsize::new(0), compiled.routes().count());
    let problem = Mutex::new(None);
    let weights = output::make(compiled, &|path, file| {
        if let Err(error) = stage.put(path, &file.bytes) {
            problem.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        }
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, all);
    })
    .map_err(NotWritten::Content)?;
    match problem.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(problem) => Err(problem.into()),
        None => Ok(weights),
    }
}

fn counted(compiled: &Compiled, weights: Weights, found: Vec<Diagnostic>) -> Written {
    let mut written = Written { weights, found, ..Written::default() };
    for (path, route) in compiled.routes() {
        match route {
            Route::Asset(_) | Route::Data(_) => written.assets += 1,
            _ => {
                let folder = path.as_str().split_once('/').map_or("", |(locale, _)| locale);
                *written.pages.entry(folder.to_owned()).or_default() += 1;
            }
        }
    }
    written
}
