//! A compiled site into a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::Span;
use jiff::civil::Date;

use super::file::FileStamp;
use super::memory::{self, Memory};
use super::stage::{Stage, StageError};
use crate::budget;
use crate::compile::{self, Compiled};
use crate::diag::Diagnostic;
use crate::hash::ContentHash;
use crate::output::{self, Audited, Earlier, PageSummary, Remembered, Sink, Summary};
use crate::plan::Route;
use crate::render::{OutputFile, Renderer};
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
    /// The record of each file.
    pub summary: Summary,
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
        earlier: &earlier.files,
        planned: &planned,
        made: Mutex::default(),
        problem: Mutex::new(None),
        done: AtomicUsize::new(0),
        progress,
    };
    let audited = Audited::new(compiled, &staged);
    let summary = output::make(compiled, &audited).map_err(NotWritten::Content)?;
    let wrong = audited.findings();
    let Staged { made, problem, .. } = staged;
    if let Some(problem) = problem.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(problem.into());
    }
    if !wrong.is_empty() {
        return Err(NotWritten::Content(wrong));
    }
    let found = if strict { budget::all_findings(compiled, &summary) } else { budget::findings(compiled, &summary) };
    if strict && !found.is_empty() {
        return Err(NotWritten::Content(found));
    }
    let files = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    stage.remember(&memory::write(&Remembered { sources, files }))?;
    let mut manifest = retired(compiled, &stage, &planned);
    manifest.extend(planned.into_iter().map(str::to_owned));
    manifest.sort_unstable();
    let committed = stage.commit(&manifest)?;
    Ok(Written { kept: committed.kept, notes: committed.notes, ..counted(compiled, summary, found) })
}

/// Keeps assets of earlier builds for a while: pages in somebody's cache still name them. Lines of the manifest, with the day on
/// which the site did without each for the first time.
fn retired(compiled: &Compiled, stage: &Stage, planned: &BTreeSet<&str>) -> Vec<String> {
    let Some(site) = compiled.renderer().map(Renderer::site) else { return Vec::new() };
    let last = |since: Date| since.saturating_add(Span::new().days(i64::from(site.config.keep_assets_days)));
    let gone = stage.listed().filter(|(name, _)| name.starts_with("assets/") && !planned.contains(name));
    gone.filter_map(|(name, note)| {
        let since = note.and_then(|day| day.parse().ok()).unwrap_or(site.as_of);
        let kept = site.as_of <= last(since) && stage.retain(&SitePath::new(name).ok()?);
        kept.then(|| format!("{name}\t{since}"))
    })
    .collect()
}

/// A stage as the place where finished files go.
struct Staged<'a> {
    stage: &'a Stage,
    earlier: &'a BTreeMap<SitePath, (PageSummary, FileStamp)>,
    planned: &'a BTreeSet<&'a str>,
    made: Mutex<BTreeMap<SitePath, (PageSummary, FileStamp)>>,
    problem: Mutex<Option<StageError>>,
    done: AtomicUsize,
    progress: &'a (dyn Fn(usize, usize) + Sync),
}

impl Staged<'_> {
    fn is_made(&self, path: &SitePath, summary: &PageSummary, stamp: FileStamp) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.insert(path.clone(), (summary.clone(), stamp));
        drop(made);
        (self.progress)(self.done.fetch_add(1, Ordering::Relaxed) + 1, self.planned.len());
    }
}

impl Sink for Staged<'_> {
    fn keep(&self, path: &SitePath, inputs: ContentHash) -> Option<PageSummary> {
        let (summary, stamp) = self.earlier.get(path).filter(|(summary, _)| summary.inputs == Some(inputs))?;
        if !self.stage.keep(path, stamp) {
            return None;
        }
        self.is_made(path, summary, *stamp);
        Some(summary.clone())
    }

    fn put(&self, path: &SitePath, file: &OutputFile, summary: &PageSummary) {
        match self.stage.put(path, &file.bytes) {
            Ok(stamp) => self.is_made(path, summary, stamp),
            Err(error) => {
                self.problem.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            }
        }
    }

    fn earlier(&self, path: &SitePath) -> Earlier {
        match self.earlier.get(path) {
            Some((_, stamp)) => self.stage.earlier(path, stamp).map_or(Earlier::Changed, Earlier::File),
            None => Earlier::Nothing,
        }
    }

    fn all_stay(&self) -> bool {
        self.earlier.keys().all(|path| self.planned.contains(path.as_str()))
    }
}

fn counted(compiled: &Compiled, summary: Summary, found: Vec<Diagnostic>) -> Written {
    let mut written = Written { summary, found, ..Written::default() };
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
