//! Finished files on their way, the pages among them read again.

use std::sync::{Mutex, PoisonError};

use super::Sink;
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
    audit: Mutex<Audit>,
}

impl<'a> Audited<'a> {
    /// Looks at what goes to a sink.
    #[must_use]
    pub fn new(compiled: &'a Compiled, sink: &'a dyn Sink) -> Self {
        Self { compiled, sink, audit: Mutex::default() }
    }

    /// What is wrong with the pages that went by.
    #[must_use]
    pub fn findings(self) -> Vec<Diagnostic> {
        self.audit.into_inner().unwrap_or_else(PoisonError::into_inner).findings(self.compiled)
    }
}

impl Sink for Audited<'_> {
    fn keep(&self, path: &SitePath, inputs: ContentHash) -> Option<PageSummary> {
        self.sink.keep(path, inputs)
    }

    fn put(&self, path: &SitePath, file: &OutputFile, summary: &PageSummary) {
        if file.media_type.starts_with("text/html") {
            let record = audit::read(self.compiled, path, &file.bytes);
            self.audit.lock().unwrap_or_else(PoisonError::into_inner).add(path, record);
        }
        self.sink.put(path, file, summary);
    }
}
