//! What is shown: the last site without errors, the sources as they are now, and who waits for news of them.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::compile::{Compiled, NotRendered};
use crate::diag::{Diagnostic, Severity};
use crate::hash::ContentHash;
use crate::source::path::SitePath;

/// How many pages are kept as they were last made.
const KEPT: usize = 256;

/// The site at one moment.
#[derive(Clone)]
pub struct Shown {
    /// Grows with every change of the sources.
    pub version: u64,
    /// The site of the sources as they are, as far as they allow.
    pub now: Arc<Compiled>,
    /// The last site without errors: what pages are made from.
    pub good: Option<Arc<Compiled>>,
    /// What making pages found since.
    pub failed: Vec<Diagnostic>,
}

impl Shown {
    /// Everything that is wrong.
    pub fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.failed.iter().chain(&self.now.diagnostics)
    }

    /// How many errors and how many warnings there are.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.findings().filter(|found| found.severity() == Severity::Error).count();
        (errors, self.findings().count() - errors)
    }

    /// The hash by which a page is known again: the same one gives the same page. Nothing where no page is.
    #[must_use]
    pub fn fingerprint(&self, path: &SitePath) -> Option<ContentHash> {
        let good = self.good.as_ref()?;
        let inputs = good.renderer()?.inputs(good.route(path)?);
        inputs.or_else(|| good.render(path).ok().map(|file| ContentHash::of(&file.bytes)))
    }
}

/// A page as made, or why it was not.
pub enum Page {
    /// Its media type and bytes.
    Made(&'static str, Arc<[u8]>),
    /// It cannot be made, as the findings say; with the page as it was before, if there was one.
    Failed(Option<Arc<[u8]>>),
    /// Nothing stands there.
    Absent,
}

/// The state of the preview, shared by everyone who asks.
#[derive(Default)]
pub struct State {
    shown: Mutex<Option<Shown>>,
    changed: Condvar,
    kept: Mutex<BTreeMap<SitePath, Arc<[u8]>>>,
}

impl State {
    /// Takes in the site of changed sources, and tells everyone who waits.
    pub fn publish(&self, compiled: Compiled) {
        let now = Arc::new(compiled);
        let mut shown = lock(&self.shown);
        let before = shown.take();
        let version = before.as_ref().map_or(1, |before| before.version + 1);
        let old = before.as_ref().and_then(|before| before.good.clone());
        let good = if now.has_errors() || now.renderer().is_none() { old } else { Some(Arc::clone(&now)) };
        *shown = Some(Shown { version, now, good, failed: Vec::new() });
        drop(shown);
        self.changed.notify_all();
        // What is not needed any more is taken apart when everyone has been told.
        drop(before);
    }

    /// The site as it is, once it has been read.
    pub fn now(&self) -> Shown {
        loop {
            if let Some(shown) = self.after(0, Duration::from_hours(1)) {
                return shown;
            }
        }
    }

    /// The site when it is newer than a version; nothing when that takes longer than `patience`.
    pub fn after(&self, version: u64, patience: Duration) -> Option<Shown> {
        let is_old = |shown: &mut Option<Shown>| shown.as_ref().is_none_or(|shown| shown.version <= version);
        let waited = self.changed.wait_timeout_while(lock(&self.shown), patience, is_old);
        let (shown, _) = waited.unwrap_or_else(PoisonError::into_inner);
        shown.clone().filter(|shown| shown.version > version)
    }

    /// The file at a path of the last good site.
    pub fn page(&self, shown: &Shown, path: &SitePath) -> Page {
        let Some(good) = &shown.good else { return Page::Absent };
        match good.render(path) {
            Ok(file) => {
                if file.media_type.starts_with("text/html") {
                    self.keep(path, &file.bytes);
                }
                Page::Made(file.media_type, file.bytes)
            }
            Err(NotRendered::Template(failed)) => {
                self.note(shown.version, *failed);
                Page::Failed(lock(&self.kept).get(path).cloned())
            }
            Err(NotRendered::HasErrors | NotRendered::NothingThere) => Page::Absent,
        }
    }

    fn note(&self, version: u64, failed: Diagnostic) {
        let mut shown = lock(&self.shown);
        let shown = shown.as_mut().filter(|shown| shown.version == version);
        if let Some(shown) = shown.filter(|shown| !shown.failed.contains(&failed)) {
            shown.failed.push(failed);
        }
    }

    fn keep(&self, path: &SitePath, bytes: &Arc<[u8]>) {
        let mut kept = lock(&self.kept);
        if kept.len() >= KEPT {
            kept.pop_first();
        }
        kept.insert(path.clone(), Arc::clone(bytes));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
