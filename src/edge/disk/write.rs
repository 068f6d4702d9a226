//! A compiled site into a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::Span;
use jiff::civil::Date;

use super::file::FileStamp;
use super::memory::{self, Memory};
use super::noted::Noted;
use super::stage::{Stage, StageError};
use crate::budget;
use crate::compile::{self, Compiled};
use crate::diag::Diagnostic;
use crate::hash::{ContentHash, Sha256};
use crate::model::host::Host;
use crate::output::{self, Audited, Earlier, PageSummary, Remembered, Sink, Summary, compressed};
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
    let twins = twins(compiled);
    let own = compiled.routes().map(|(path, _)| path);
    let planned: BTreeSet<&str> = own.chain(&twins).map(SitePath::as_str).collect();
    stage.refuse_foreign(|name| planned.contains(name))?;
    let staged = Staged {
        stage: &stage,
        earlier: &earlier.files,
        planned: &planned,
        made: Mutex::default(),
        problem: Mutex::new(None),
        done: AtomicUsize::new(0),
        twins: &twins,
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
    let mut manifest = retired(compiled, &stage, &planned);
    manifest.extend(files.iter().map(|(path, (summary, _))| format!("{path}\t{}", Noted::of(summary.content))));
    stage.remember(&memory::write(&Remembered { sources, files }))?;
    manifest.sort_unstable();
    let committed = stage.commit(&manifest)?;
    Ok(Written { kept: committed.kept, notes: committed.notes, ..counted(compiled, summary, found) })
}

/// The files beside those that the host sends compressed, unless an editor's own stands there.
fn twins(compiled: &Compiled) -> BTreeSet<SitePath> {
    let host = compiled.renderer().and_then(|renderer| renderer.site().config.host);
    let paths = compiled.routes().filter(|_| host.is_some_and(Host::sends_compressed)).map(|(path, _)| path);
    paths.filter_map(compressed::path).filter(|twin| compiled.route(twin).is_none()).collect()
}

/// Keeps assets of earlier builds for a while: pages in somebody's cache still name them. Lines of the manifest, with the day on
/// which the site did without each for the first time.
fn retired(compiled: &Compiled, stage: &Stage, planned: &BTreeSet<&str>) -> Vec<String> {
    let Some(site) = compiled.renderer().map(Renderer::site) else { return Vec::new() };
    let last = |since: Date| since.saturating_add(Span::new().days(i64::from(site.config.keep_assets_days)));
    let gone = stage.listed().filter(|(name, _)| name.starts_with("assets/") && !planned.contains(name));
    gone.filter_map(|(name, note)| {
        let noted = Noted::parse(note.unwrap_or_default());
        let since = noted.gone.unwrap_or(site.as_of);
        let path = SitePath::new(name).ok()?;
        let kept = site.as_of <= last(since) && stage.retain(&path);
        // Earlier versions wrote no hashes.
        let own = || stage.bytes(&path).ok().map(|bytes| Sha256::of(&bytes).to_string());
        kept.then(|| format!("{name}\t{}", Noted { hash: noted.hash.or_else(own), gone: Some(since) }))
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
    /// Files that the host sends compressed, in that form.
    twins: &'a BTreeSet<SitePath>,
    done: AtomicUsize,
    progress: &'a (dyn Fn(usize, usize) + Sync),
}

impl Staged<'_> {
    fn note(&self, path: &SitePath, summary: PageSummary, stamp: FileStamp) {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), (summary, stamp));
    }

    fn is_made(&self, path: &SitePath, summary: &PageSummary, stamp: FileStamp) {
        self.note(path, summary.clone(), stamp);
        let all = self.planned.len() - self.twins.len();
        (self.progress)(self.done.fetch_add(1, Ordering::Relaxed) + 1, all);
    }

    fn twin(&self, path: &SitePath) -> Option<SitePath> {
        compressed::path(path).filter(|twin| self.twins.contains(twin))
    }

    /// What the disk gave; the first time that it refuses is kept.
    fn taken<T>(&self, given: Result<T, StageError>) -> Option<T> {
        let refused = |error| {
            self.problem.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        };
        given.map_err(refused).ok()
    }

    /// What an earlier build made of the same, if it still stands there.
    fn keep_one(&self, path: &SitePath, inputs: ContentHash) -> Option<(PageSummary, FileStamp)> {
        let (summary, stamp) = self.earlier.get(path).filter(|(summary, _)| summary.inputs == Some(inputs))?;
        self.stage.keep(path, stamp).then(|| (summary.clone(), *stamp))
    }

    fn put_one(&self, path: &SitePath, bytes: &[u8]) -> Option<FileStamp> {
        self.taken(self.stage.put(path, bytes))
    }

    fn put_twin(&self, twin: &SitePath, bytes: &[u8], of: &PageSummary) {
        let bytes = compressed::bytes(bytes);
        if let Some(stamp) = self.put_one(twin, &bytes) {
            let (content, bytes) = (Sha256::of(&bytes), bytes.len());
            self.note(twin, PageSummary { inputs: of.inputs, content, bytes, sent: Some(bytes) }, stamp);
        }
    }
}

impl Sink for Staged<'_> {
    fn keep(&self, path: &SitePath, inputs: ContentHash) -> Option<PageSummary> {
        let (summary, stamp) = self.keep_one(path, inputs)?;
        if let Some(twin) = self.twin(path) {
            match self.keep_one(&twin, inputs) {
                Some((summary, stamp)) => self.note(&twin, summary, stamp),
                None => {
                    if let Some(bytes) = self.taken(self.stage.bytes(path)) {
                        self.put_twin(&twin, &bytes, &summary);
                    }
                }
            }
        }
        self.is_made(path, &summary, stamp);
        Some(summary)
    }

    fn put(&self, path: &SitePath, file: &OutputFile, summary: &PageSummary) {
        if let Some(stamp) = self.put_one(path, &file.bytes) {
            self.is_made(path, summary, stamp);
        }
        if let Some(twin) = self.twin(path) {
            self.put_twin(&twin, &file.bytes, summary);
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
