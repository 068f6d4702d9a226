//! Finished files on their way, the pages among them read again.
//!
//! A page that is kept was read by the build that made it: nothing is remembered of a build that found anything. What it says is the
//! same, but where it leads something may have gone; only then it is read once more.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::{Earlier, Sink};
use crate::audit::{self, Audit};
use crate::compile::Compiled;
use crate::diag::Diagnostic;
use crate::hash::ContentHash;
use crate::plan::share::Share;
use crate::render::{OutputFile, PageSummary};
use crate::source::path::SitePath;

/// A sink that looks at pages before it hands them on.
pub struct Audited<'a> {
    compiled: &'a Compiled,
    sink: &'a dyn Sink,
    /// Those that the host's header was made of; nothing where no host is named.
    policies: Option<BTreeSet<String>>,
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
        let named = compiled.renderer().filter(|renderer| renderer.site().config.host.is_some());
        // A template that fails is told when its page is made.
        let policies = named.and_then(|renderer| renderer.policies().ok());
        Self { compiled, sink, policies, seen: Mutex::default() }
    }

    fn read(&self, path: &SitePath, bytes: &[u8]) -> audit::Record {
        audit::read(self.compiled, self.policies.as_ref(), path, bytes)
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
            Earlier::File(bytes) => audit.lacks_parts(path, &self.read(path, &bytes)),
        };
        if !kept.is_empty() && (!self.sink.all_stay() || made.par_iter().any(lost)) {
            let read = kept.par_iter().filter_map(|path| match self.sink.earlier(path) {
                Earlier::File(bytes) => Some((path, self.read(path, &bytes))),
                Earlier::Nothing | Earlier::Changed => None,
            });
            read.collect::<Vec<_>>().into_iter().for_each(|(path, record)| audit.add(path, record));
        }
        audit.findings(self.compiled)
    }
}

impl Sink for Audited<'_> {
    fn share(&self) -> Option<Share> {
        self.sink.share()
    }

    fn keep(&self, path: &SitePath, inputs: ContentHash) -> Option<PageSummary> {
        let kept = self.sink.keep(path, inputs)?;
        self.seen().kept.push(path.clone());
        Some(kept)
    }

    fn put(&self, path: &SitePath, file: &OutputFile, summary: &PageSummary) {
        if file.media_type.starts_with("text/html") {
            let record = self.read(path, &file.bytes);
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
