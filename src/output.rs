//! Every file of a site, made once: pages first, then the lists of what devices keep, which name those pages by what they
//! weigh and hold.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::budget;
use crate::compile::{Compiled, NotRendered};
use crate::diag::Diagnostic;
use crate::path::SitePath;
use crate::plan::{Data, Route};
use crate::render::{OutputFile, Weights};

/// Makes every file and hands it to `take`, in no order and from several threads; says what each weighs.
///
/// # Errors
/// When templates fail. Some files were handed over by then.
pub fn make(compiled: &Compiled, take: &(dyn Fn(&SitePath, &OutputFile) + Sync)) -> Result<Weights, Vec<Diagnostic>> {
    let (lists, others): (Vec<_>, Vec<_>) =
        compiled.routes().partition(|(_, route)| matches!(route, Route::Data(Data::Saved(_))));
    let mut weights = all(compiled, others, &Weights::new(), take)?;
    weights.extend(all(compiled, lists, &weights, take)?);
    Ok(weights)
}

/// Everything that only making the site finds: templates that fail, files that are too heavy.
#[must_use]
pub fn findings(compiled: &Compiled) -> Vec<Diagnostic> {
    match make(compiled, &|_, _| {}) {
        Ok(weights) => budget::findings(compiled, &weights),
        Err(failed) => failed,
    }
}

fn all(
    compiled: &Compiled,
    routes: Vec<(&SitePath, &Route)>,
    known: &Weights,
    take: &(dyn Fn(&SitePath, &OutputFile) + Sync),
) -> Result<Weights, Vec<Diagnostic>> {
    let failed = Mutex::new(Vec::new());
    let made = |(path, _): (&SitePath, &Route)| match compiled.render_knowing(path, known) {
        Ok((file, weight)) => {
            take(path, &file);
            Some((path.clone(), weight))
        }
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
