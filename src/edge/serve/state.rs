//! What is shown: the last site whose pages can be made, the sources as they are now, and who waits for news of them.
//!
//! A site is shown as soon as its pages can be made. What only the whole of it can break is found a moment later, and told then.

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
    /// Grows whenever there is news.
    pub version: u64,
    /// Grows with every change of the sources.
    edition: u64,
    /// The site of the sources as they are, as far as they allow.
    pub now: Arc<Compiled>,
    /// What checking the whole of it found; nothing while that goes on.
    checked: Option<Arc<[Diagnostic]>>,
    /// How many errors and warnings there were before.
    counted: (usize, usize),
    /// The last site that was read and put together without errors: what pages are made from.
    pub good: Option<Arc<Compiled>>,
    /// What making pages found since.
    pub failed: Vec<Diagnostic>,
}

impl Shown {
    /// Everything that is wrong.
    pub fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.failed.iter().chain(&self.now.diagnostics).chain(self.checked.iter().flat_map(|found| found.iter()))
    }

    /// By what the desk is known again, which shows everything wrong.
    #[must_use]
    pub fn edition(&self) -> String {
        if self.is_checked() { self.edition.to_string() } else { format!("{}-unchecked", self.edition) }
    }

    /// Whether everything wrong is known.
    #[must_use]
    pub fn is_checked(&self) -> bool {
        self.checked.is_some()
    }

    /// How many errors and how many warnings there are; how many there were, while that is not known yet.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        if !self.is_checked() {
            return self.counted;
        }
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
    /// Takes in the site of changed sources, with what checking it found where that is known already, and tells everyone who waits.
    pub fn publish(&self, now: Arc<Compiled>, checked: Option<Vec<Diagnostic>>) {
        let mut shown = lock(&self.shown);
        let before = shown.take();
        let version = before.as_ref().map_or(1, |before| before.version + 1);
        let old = before.as_ref().and_then(|before| before.good.clone());
        let good = if now.has_errors() || now.renderer().is_none() { old } else { Some(Arc::clone(&now)) };
        let edition = before.as_ref().map_or(1, |before| before.edition + 1);
        let counted = before.as_ref().map_or((0, 0), Shown::counts);
        let checked = checked.map(Into::into);
        *shown = Some(Shown { version, edition, now, checked, counted, good, failed: Vec::new() });
        drop(shown);
        self.changed.notify_all();
        // What is not needed any more is taken apart when everyone has been told.
        drop(before);
    }

    /// Takes in what checking the site that was published last found.
    pub fn end_check(&self, found: Vec<Diagnostic>) {
        if let Some(shown) = lock(&self.shown).as_mut() {
            shown.version += 1;
            shown.checked = Some(found.into());
        }
        self.changed.notify_all();
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
                self.note(shown.edition, *failed);
                Page::Failed(lock(&self.kept).get(path).cloned())
            }
            Err(NotRendered::HasErrors | NotRendered::NothingThere) => Page::Absent,
        }
    }

    fn note(&self, edition: u64, failed: Diagnostic) {
        let mut shown = lock(&self.shown);
        // The same sources may have been checked while the page was made.
        let shown = shown.as_mut().filter(|shown| shown.edition == edition);
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
