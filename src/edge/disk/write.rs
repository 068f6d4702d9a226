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
use super::parts::{self, Parts};
use super::stage::{Stage, StageError};
use crate::budget;
use crate::compile::{self, Compiled};
use crate::diag::Diagnostic;
use crate::hash::{ContentHash, Sha256};
use crate::model::host::Host;
use crate::output::part::{Origin, PART, Part};
use crate::output::{self, Audited, Earlier, PageSummary, Remembered, Sink, Summary, compressed};
use crate::plan::Route;
use crate::plan::share::Share;
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

/// How a site is written.
#[derive(Default)]
pub struct How<'a> {
    /// Whether the build is refused for what otherwise is only told.
    pub strict: bool,
    /// How much of it.
    pub portion: Portion<'a>,
}

/// How much of a site is made.
#[derive(Default, Clone, Copy)]
pub enum Portion<'a> {
    /// All of it.
    #[default]
    Whole,
    /// A part, to be put together with others later.
    Share(Share),
    /// What no part has; the rest is taken from the parts.
    Merged(&'a Parts),
}

impl Portion<'_> {
    fn share(&self) -> Option<Share> {
        if let Self::Share(share) = self { Some(*share) } else { None }
    }

    fn parts(&self) -> Option<&Parts> {
        if let Self::Merged(parts) = self { Some(parts) } else { None }
    }
}

/// Makes every file in `target`'s place that is not there already, and swaps the finished site in. `earlier` is what
/// [`remembered`](super::remembered) gave, `sources` what compiling remembered since. `progress` is told how many of how many
/// files are done.
///
/// # Errors
/// When a template fails, when `target` holds files that no build wrote, when parts do not belong to the site, or when the disk
/// refuses. `target` is then as it was.
pub fn write(
    compiled: &Compiled,
    target: &Path,
    (earlier, sources): (&Memory, compile::Memory),
    how: &How<'_>,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Written, NotWritten> {
    let share = how.portion.share();
    let origin =
        if matches!(how.portion, Portion::Whole) { None } else { Origin::of(compiled, memory::program_anywhere()) };
    if let Some((parts, own)) = how.portion.parts().zip(origin.as_ref()) {
        parts.belong_to(own)?;
    }
    let stage = begin(target, share)?;
    let twins = twins(compiled, share);
    let part = share.and_then(|_| SitePath::new(PART).ok());
    let own = compiled.share(share).map(|(path, _)| path).chain(&part);
    let planned: BTreeSet<&str> = own.chain(&twins).map(SitePath::as_str).collect();
    stage.refuse_foreign(|name| planned.contains(name))?;
    let staged = Staged::new(&stage, &earlier.files, &how.portion, (&planned, &twins), progress);
    let audited = Audited::new(compiled, &staged);
    let summary = output::make(compiled, &audited).map_err(NotWritten::Content)?;
    let wrong = audited.findings();
    let mut made = Remembered { sources, files: staged.finish()? };
    let found = judged(compiled, &summary, wrong, how)?;
    let note = |path: &SitePath, hash| format!("{path}\t{}", Noted::of(hash));
    let mut manifest: Vec<String> = made.files.iter().map(|(path, (summary, _))| note(path, summary.content)).collect();
    match part.as_ref().zip(share).zip(origin) {
        Some(((path, share), origin)) => {
            let bytes = Part { share, origin, made: records(&mut made, share) }.write();
            stage.put(path, &bytes)?;
            manifest.push(note(path, Sha256::of(&bytes)));
        }
        None => manifest.extend(retired(compiled, &stage, &planned)),
    }
    stage.remember(&memory::write(&made))?;
    manifest.sort_unstable();
    let committed = stage.commit(&manifest)?;
    Ok(Written { kept: committed.kept, notes: committed.notes, ..counted(compiled, summary, found) })
}

/// Begins the next site of a folder, or the next part. A whole site is not replaced by a part of it.
fn begin(target: &Path, share: Option<Share>) -> Result<Stage, StageError> {
    let stage = Stage::begin(target)?;
    if share.is_some() && stage.listed().next().is_some() && !parts::is_part(target) {
        let target = target.display();
        return Err(StageError::new(format!("{target} holds a whole site; choose another folder for a part")));
    }
    Ok(stage)
}

/// What a part says of its files. What was read of the sources is the same in all of them, and goes along with the first.
fn records(made: &mut Memory, share: Share) -> Remembered<()> {
    let sources = if share.number() == 1 { std::mem::take(&mut made.sources) } else { compile::Memory::default() };
    Remembered { sources, files: Part::records(&made.files) }
}

/// What was found of the files, none of it an error. What concerns the whole is found with the whole.
fn judged(
    compiled: &Compiled,
    summary: &Summary,
    wrong: Vec<Diagnostic>,
    how: &How<'_>,
) -> Result<Vec<Diagnostic>, NotWritten> {
    if !wrong.is_empty() {
        return Err(NotWritten::Content(wrong));
    }
    let found = match how {
        How { portion: Portion::Share(_), .. } => Vec::new(),
        How { strict: true, .. } => budget::all_findings(compiled, summary),
        How { strict: false, .. } => budget::findings(compiled, summary),
    };
    if how.strict && !found.is_empty() { Err(NotWritten::Content(found)) } else { Ok(found) }
}

/// The files beside those that the host sends compressed, unless an editor's own stands there.
fn twins(compiled: &Compiled, share: Option<Share>) -> BTreeSet<SitePath> {
    let host = compiled.renderer().and_then(|renderer| renderer.site().config.host);
    if !host.is_some_and(Host::sends_compressed) {
        return BTreeSet::new();
    }
    let paths = compiled.share(share).map(|(path, _)| path);
    paths.flat_map(compressed::paths).filter(|twin| compiled.route(twin).is_none()).collect()
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
    portion: &'a Portion<'a>,
    planned: &'a BTreeSet<&'a str>,
    made: Mutex<BTreeMap<SitePath, (PageSummary, FileStamp)>>,
    problem: Mutex<Option<StageError>>,
    /// Files that the host sends compressed, in that form.
    twins: &'a BTreeSet<SitePath>,
    done: AtomicUsize,
    progress: &'a (dyn Fn(usize, usize) + Sync),
}

impl<'a> Staged<'a> {
    fn new(
        stage: &'a Stage,
        earlier: &'a BTreeMap<SitePath, (PageSummary, FileStamp)>,
        portion: &'a Portion<'a>,
        (planned, twins): (&'a BTreeSet<&'a str>, &'a BTreeSet<SitePath>),
        progress: &'a (dyn Fn(usize, usize) + Sync),
    ) -> Self {
        let (made, problem, done) = (Mutex::default(), Mutex::new(None), AtomicUsize::new(0));
        Self { stage, earlier, portion, planned, made, problem, twins, done, progress }
    }

    /// Every file with its record, unless the disk refused one.
    fn finish(self) -> Result<BTreeMap<SitePath, (PageSummary, FileStamp)>, StageError> {
        let problem = self.problem.into_inner().unwrap_or_else(PoisonError::into_inner);
        problem.map_or_else(|| Ok(self.made.into_inner().unwrap_or_else(PoisonError::into_inner)), Err)
    }

    fn note(&self, path: &SitePath, summary: PageSummary, stamp: FileStamp) {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), (summary, stamp));
    }

    fn is_made(&self, path: &SitePath, summary: &PageSummary, stamp: FileStamp) {
        self.note(path, summary.clone(), stamp);
        let all = self.planned.len() - self.twins.len();
        (self.progress)(self.done.fetch_add(1, Ordering::Relaxed) + 1, all);
    }

    fn twins_of(&self, path: &SitePath) -> Vec<SitePath> {
        if self.twins.is_empty() {
            return Vec::new();
        }
        compressed::paths(path).into_iter().filter(|twin| self.twins.contains(twin)).collect()
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

    /// What a part has of the same.
    fn take_one(&self, path: &SitePath, inputs: ContentHash) -> Option<(PageSummary, FileStamp)> {
        let (summary, bytes) = self.taken(self.portion.parts()?.file(path, inputs)?)?;
        let stamp = self.put_one(path, &bytes)?;
        Some((summary, stamp))
    }

    /// Takes a file from a part, and the compressed ones beside it.
    fn take(&self, path: &SitePath, inputs: ContentHash) -> Option<PageSummary> {
        let twins = self.twins_of(path).into_iter();
        let twins: Option<Vec<_>> = twins.map(|twin| Some((self.take_one(&twin, inputs)?, twin))).collect();
        let (twins, (summary, stamp)) = (twins?, self.take_one(path, inputs)?);
        for ((summary, stamp), twin) in twins {
            self.note(&twin, summary, stamp);
        }
        self.is_made(path, &summary, stamp);
        Some(summary)
    }

    fn put_one(&self, path: &SitePath, bytes: &[u8]) -> Option<FileStamp> {
        self.taken(self.stage.put(path, bytes))
    }

    fn put_twin(&self, twin: &SitePath, bytes: &[u8], of: &PageSummary) {
        let bytes = compressed::bytes(twin, bytes);
        if let Some(stamp) = self.put_one(twin, &bytes) {
            let (content, bytes) = (Sha256::of(&bytes), bytes.len());
            self.note(twin, PageSummary { inputs: of.inputs, content, bytes, sent: Some(bytes) }, stamp);
        }
    }
}

impl Sink for Staged<'_> {
    fn keep(&self, path: &SitePath, inputs: ContentHash) -> Option<PageSummary> {
        let Some((summary, stamp)) = self.keep_one(path, inputs) else { return self.take(path, inputs) };
        for twin in self.twins_of(path) {
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
        for twin in self.twins_of(path) {
            self.put_twin(&twin, &file.bytes, summary);
        }
    }

    fn share(&self) -> Option<Share> {
        self.portion.share()
    }

    fn earlier(&self, path: &SitePath) -> Earlier {
        if let Some(bytes) = self.portion.parts().and_then(|parts| parts.earlier(path)) {
            return Earlier::File(bytes);
        }
        match self.earlier.get(path) {
            Some((_, stamp)) => self.stage.earlier(path, stamp).map_or(Earlier::Changed, Earlier::File),
            None => Earlier::Nothing,
        }
    }

    fn all_stay(&self) -> bool {
        // No part knows whether what it leads to in another is there.
        self.portion.parts().is_none() && self.earlier.keys().all(|path| self.planned.contains(path.as_str()))
    }
}

fn counted(compiled: &Compiled, summary: Summary, found: Vec<Diagnostic>) -> Written {
    let (mut pages, mut assets) = (BTreeMap::<String, usize>::new(), 0);
    for (path, route) in compiled.routes().filter(|(path, _)| summary.contains_key(*path)) {
        match route {
            Route::Asset(_) | Route::Data(_) => assets += 1,
            _ => {
                let folder = path.as_str().split_once('/').map_or("", |(locale, _)| locale);
                *pages.entry(folder.to_owned()).or_default() += 1;
            }
        }
    }
    Written { pages, assets, summary, found, ..Written::default() }
}
