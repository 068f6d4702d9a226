//! Finished files on their way, the pages among them read again.
//!
//! A page that is kept was read by the build that made it: nothing is remembered of a build that found anything. What it says is the
//! same, but where it leads something may have gone; only then it is read once more.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::{Earlier, Sink};
use crate::audit::{self, Audit};
use crate::compile::Compiled;
use crate::diag::Diagnostic;
use crate::hash::ContentHash;
use crate::render::{OutputFile, PageSummary};
use crate::source::path::SitePath;

/// A sink that looks at pages before it hands them on.
pub struct Audited<'a> {
    compiled: &'a Compiled,
    sink: &'a dyn Sink,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    /// What was read.
    audit: Audit,
    /// Pages that were made and read.
    made: Vec<SitePath>,
    /// Pages that were kept and not read.
    kept: Vec<SitePath>,
}

impl<'a> Audited<'a> {
    /// Looks at what goes to a sink.
    #[must_use]
    pub fn new(compiled: &'a Compiled, sink: &'a dyn Sink) -> Self {
        Self { compiled, sink, seen: Mutex::default() }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is wrong with the pages that went by, and with what was kept.
    #[must_use]
    pub fn findings(self) -> Vec<Diagnostic> {
        let Seen { mut audit, made, kept } = std::mem::take(&mut *self.seen());
        let lost = |path: &SitePath| match self.sink.earlier(path) {
            Earlier::Nothing => false,
            Earlier::Changed => true,
            Earlier::File(bytes) => audit.lacks_parts(path, &audit::read(self.compiled, path, &bytes)),
        };
        if !kept.is_empty() && (!self.sink.all_stay() || made.par_iter().any(lost)) {
            let read = kept.par_iter().filter_map(|path| match self.sink.earlier(path) {
                Earlier::File(bytes) => Some((path, audit::read(self.compiled, path, &bytes))),
                Earlier::Nothing | Earlier::Changed => None,
            });
            read.collect::<Vec<_>>().into_iter().for_each(|(path, record)| audit.add(path, record));
        }
        audit.findings(self.compiled)
    }
}

impl Sink for Audited<'_> {
    fn keep(&self, path: &SitePath, inputs: ContentHash) -> Option<PageSummary> {
        let kept = self.sink.keep(path, inputs)?;
        self.seen().kept.push(path.clone());
        Some(kept)
    }

    fn put(&self, path: &SitePath, file: &OutputFile, summary: &PageSummary) {
        if file.media_type.starts_with("text/html") {
            let record = audit::read(self.compiled, path, &file.bytes);
            let mut seen = self.seen();
            seen.audit.add(path, record);
            seen.made.push(path.clone());
        }
        self.sink.put(path, file, summary);
    }

    fn earlier(&self, path: &SitePath) -> Earlier {
        self.sink.earlier(path)
    }

    fn all_stay(&self) -> bool {
        self.sink.all_stay()
    }
}
