//! A compiled site into a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::file::FileStamp;
use super::memory::{self, Memory};
use super::stage::{Stage, StageError};
use crate::budget;
use crate::compile::{self, Compiled};
use crate::diag::Diagnostic;
use crate::hash::ContentHash;
use crate::output::{self, MadePage, Remembered, Sink};
use crate::plan::Route;
use crate::render::{OutputFile, Weight, Weights};
use crate::source::path::SitePath;

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

/// Makes every file in `target`'s place that is not there already, and swaps the finished site in. `earlier` is what
/// [`remembered`](super::remembered) gave, `sources` what compiling remembered since. `progress` is told how many of how many
/// files are done. A `strict` build is refused for what otherwise is only told.
///
/// # Errors
/// When a template fails, when `target` holds files that no build wrote, or when the disk refuses. `target` is then as
/// it was.
pub fn write(
    compiled: &Compiled,
    target: &Path,
    (earlier, sources): (&Memory, compile::Memory),
    strict: bool,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Written, NotWritten> {
    let stage = Stage::begin(target)?;
    let planned: BTreeSet<&str> = compiled.routes().map(|(path, _)| path.as_str()).collect();
    stage.refuse_foreign(|name| planned.contains(name))?;
    let staged = Staged {
        stage: &stage,
        earlier: &earlier.pages,
        made: Mutex::default(),
        problem: Mutex::new(None),
        done: AtomicUsize::new(0),
        all: planned.len(),
        progress,
    };
    let weights = output::make(compiled, &staged).map_err(NotWritten::Content)?;
    let Staged { made, problem, .. } = staged;
    if let Some(problem) = problem.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(problem.into());
    }
    let found = if strict { budget::all_findings(compiled, &weights) } else { budget::findings(compiled, &weights) };
    if strict && !found.is_empty() {
        return Err(NotWritten::Content(found));
    }
    let pages = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    stage.remember(&memory::write(&Remembered { sources, pages }))?;
    let manifest: Vec<&str> = planned.into_iter().collect();
    let committed = stage.commit(&manifest)?;
    Ok(Written { kept: committed.kept, notes: committed.notes, ..counted(compiled, weights, found) })
}

/// A stage as the place where finished files go.
struct Staged<'a> {
    stage: &'a Stage,
    earlier: &'a BTreeMap<SitePath, MadePage<FileStamp>>,
    made: Mutex<BTreeMap<SitePath, MadePage<FileStamp>>>,
    problem: Mutex<Option<StageError>>,
    done: AtomicUsize,
    all: usize,
    progress: &'a (dyn Fn(usize, usize) + Sync),
}

impl Staged<'_> {
    fn is_made(&self, path: &SitePath, page: Option<MadePage<FileStamp>>) {
        if let Some(page) = page {
            self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), page);
        }
        (self.progress)(self.done.fetch_add(1, Ordering::Relaxed) + 1, self.all);
    }
}

impl Sink for Staged<'_> {
    fn keep(&self, path: &SitePath, inputs: ContentHash) -> Option<Weight> {
        let page = self.earlier.get(path).filter(|page| page.inputs == inputs)?;
        if !self.stage.keep(path, &page.stamp) {
            return None;
        }
        self.is_made(path, Some(page.clone()));
        Some(page.weight.clone())
    }

    fn put(&self, path: &SitePath, file: &OutputFile, inputs: Option<ContentHash>, weight: &Weight) {
        match self.stage.put(path, &file.bytes) {
            Ok(stamp) => {
                self.is_made(path, inputs.map(|inputs| MadePage { inputs, weight: weight.clone(), stamp }));
            }
            Err(error) => {
                self.problem.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            }
        }
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
