//! Every file of a site, made once: pages first, then the lists of what devices keep, which name those pages by what they
//! weigh and hold.

mod audited;
mod remembered;

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::budget;
use crate::compile::{Compiled, NotRendered};
use crate::diag::Diagnostic;
use crate::hash::ContentHash;
use crate::plan::{Data, Route};
use crate::render::{OutputFile, Weight, Weights};
use crate::source::path::SitePath;
pub use audited::Audited;
pub use remembered::{MadePage, Remembered};

/// Where finished files go. Files come in no order and from several threads.
pub trait Sink: Sync {
    /// What the file at a path weighs, if it is there already, made from the same inputs; then it is kept, not made again.
    fn keep(&self, path: &SitePath, inputs: ContentHash) -> Option<Weight>;

    /// Takes a file, with the hash of what it was made from where that is known.
    fn put(&self, path: &SitePath, file: &OutputFile, inputs: Option<ContentHash>, weight: &Weight);
}

/// A sink that keeps nothing.
pub struct Nowhere;

impl Sink for Nowhere {
    fn keep(&self, _: &SitePath, _: ContentHash) -> Option<Weight> {
        None
    }

    fn put(&self, _: &SitePath, _: &OutputFile, _: Option<ContentHash>, _: &Weight) {}
}

/// Makes every file that the sink does not have and hands it over; says what each weighs.
///
/// # Errors
/// When templates fail. Some files were handed over by then.
pub fn make(compiled: &Compiled, sink: &dyn Sink) -> Result<Weights, Vec<Diagnostic>> {
    let (lists, others): (Vec<_>, Vec<_>) =
        compiled.routes().partition(|(_, route)| matches!(route, Route::Data(Data::Saved(_))));
    let mut weights = all(compiled, others, &Weights::new(), sink)?;
    weights.extend(all(compiled, lists, &weights, sink)?);
    Ok(weights)
}

/// Everything that only making the site finds: templates that fail, pages that are not as they should be, files that are too heavy.
#[must_use]
pub fn findings(compiled: &Compiled) -> Vec<Diagnostic> {
    let audited = Audited::new(compiled, &Nowhere);
    match make(compiled, &audited) {
        Ok(weights) => audited.findings().into_iter().chain(budget::all_findings(compiled, &weights)).collect(),
        Err(failed) => failed,
    }
}

fn all(
    compiled: &Compiled,
    routes: Vec<(&SitePath, &Route)>,
    known: &Weights,
    sink: &dyn Sink,
) -> Result<Weights, Vec<Diagnostic>> {
    let failed = Mutex::new(Vec::new());
    let made = |(path, route): (&SitePath, &Route)| match one(compiled, path, route, known, sink) {
        Ok(weight) => Some((path.clone(), weight)),
        Err(NotRendered::Template(diagnostic)) => {
            failed.lock().unwrap_or_else(PoisonError::into_inner).push(*diagnostic);
            None
        }
        Err(NotRendered::HasErrors | NotRendered::NothingThere) => None,
    };
    let weights = routes.into_par_iter().filter_map(made).collect();
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    if failed.is_empty() { Ok(weights) } else { Err(failed) }
}

fn one(
    compiled: &Compiled,
    path: &SitePath,
    route: &Route,
    known: &Weights,
    sink: &dyn Sink,
) -> Result<Weight, NotRendered> {
    let inputs = compiled.renderer().and_then(|renderer| renderer.inputs(route));
    if let Some(weight) = inputs.and_then(|inputs| sink.keep(path, inputs)) {
        return Ok(weight);
    }
    let (file, weight) = compiled.render_knowing(path, known)?;
    sink.put(path, &file, inputs, &weight);
    Ok(weight)
}
