//! Every file of a site, made once: pages first, then the lists of what devices keep, which name those pages by what they
//! hold and weigh.

mod audited;
pub mod compressed;
pub mod part;
mod remembered;

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::budget;
use crate::compile::{Compiled, NotRendered};
use crate::diag::Diagnostic;
use crate::hash::ContentHash;
use crate::plan::share::Share;
use crate::plan::{Data, Route};
use crate::render::{Known, OutputFile};
pub use crate::render::{PageSummary, Summary};
use crate::source::path::SitePath;
pub use audited::Audited;
pub use remembered::Remembered;

/// Where finished files go. Files come in no order and from several threads.
pub trait Sink: Sync {
    /// The record of the file at a path, if it is there already, made from the same inputs; then it is kept, not made again.
    fn keep(&self, path: &SitePath, inputs: ContentHash) -> Option<PageSummary>;

    /// Takes a file with its record.
    fn put(&self, path: &SitePath, file: &OutputFile, summary: &PageSummary);

    /// What an earlier build left at a path; nothing in a sink that keeps nothing.
    fn earlier(&self, _: &SitePath) -> Earlier {
        Earlier::Nothing
    }

    /// The part of the site that is asked for; all of it where there is none.
    fn share(&self) -> Option<Share> {
        None
    }

    /// Whether every file that an earlier build left is planned now too.
    fn all_stay(&self) -> bool {
        true
    }
}

/// What an earlier build left at a path.
pub enum Earlier {
    /// Nothing.
    Nothing,
    /// A file of which nobody can say any more what it held.
    Changed,
    /// A file with these bytes.
    File(Vec<u8>),
}

/// A sink that keeps nothing.
pub struct Nowhere;

impl Sink for Nowhere {
    fn keep(&self, _: &SitePath, _: ContentHash) -> Option<PageSummary> {
        None
    }

    fn put(&self, _: &SitePath, _: &OutputFile, _: &PageSummary) {}
}

/// Makes every file that the sink asks for and does not have, and hands it over; gives the record of each.
///
/// # Errors
/// When templates fail. Some files were handed over by then.
pub fn make(compiled: &Compiled, sink: &dyn Sink) -> Result<Summary, Vec<Diagnostic>> {
    let asked = compiled.share(sink.share());
    let (lists, others): (Vec<_>, Vec<_>) = asked.partition(|(_, route)| matches!(route, Route::Data(Data::Saved(..))));
    let files = all(compiled, others, &Known::default(), sink)?;
    // A site with errors has no files, and so no lists.
    let Some(renderer) = compiled.renderer().filter(|_| !lists.is_empty()) else { return Ok(files) };
    let known = renderer.known(files).map_err(|failed| vec![*failed])?;
    let lists = all(compiled, lists, &known, sink)?;
    let mut summary = known.files;
    summary.extend(lists);
    Ok(summary)
}

/// Everything that only making the site finds: templates that fail, pages that are not as they should be, files that are too heavy.
#[must_use]
pub fn findings(compiled: &Compiled) -> Vec<Diagnostic> {
    let audited = Audited::new(compiled, &Nowhere);
    match make(compiled, &audited) {
        Ok(summary) => audited.findings().into_iter().chain(budget::all_findings(compiled, &summary)).collect(),
        Err(failed) => failed,
    }
}

fn all(
    compiled: &Compiled,
    routes: Vec<(&SitePath, &Route)>,
    known: &Known,
    sink: &dyn Sink,
) -> Result<Summary, Vec<Diagnostic>> {
    let failed = Mutex::new(Vec::new());
    let made = |(path, route): (&SitePath, &Route)| match one(compiled, path, route, known, sink) {
        Ok(summary) => Some((path.clone(), summary)),
        Err(NotRendered::Template(diagnostic)) => {
            failed.lock().unwrap_or_else(PoisonError::into_inner).push(*diagnostic);
            None
        }
        Err(NotRendered::HasErrors | NotRendered::NothingThere) => None,
    };
    let summary = routes.into_par_iter().filter_map(made).collect();
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    if failed.is_empty() { Ok(summary) } else { Err(failed) }
}

fn one(
    compiled: &Compiled,
    path: &SitePath,
    route: &Route,
    known: &Known,
    sink: &dyn Sink,
) -> Result<PageSummary, NotRendered> {
    let inputs = compiled.inputs(route);
    if let Some(summary) = inputs.and_then(|inputs| sink.keep(path, inputs)) {
        return Ok(summary);
    }
    let (file, summary) = compiled.make(path, inputs, known)?;
    sink.put(path, &file, &summary);
    Ok(summary)
}
