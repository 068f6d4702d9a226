//! Files of an exchange into a site: everything wrong with them at once, and what the site becomes with them.

use std::collections::BTreeMap;

use super::apply::{Outcome, apply};
use super::{Returned, po, tell, xliff};
use crate::change::Changes;
use crate::diag::{Diagnostic, Diagnostics, Severity, Span};
use crate::model::locale::LocaleIx;
use crate::parse::cache::Cache;
use crate::parse::text::SourceText;
use crate::parse::{self, Documents};
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};

pub use super::apply::Site;

/// How files are taken.
#[derive(Clone, Copy)]
pub struct How {
    /// Whether what is marked as unfinished goes in too.
    pub unfinished: bool,
    /// Whether what fits goes in although something else does not.
    pub skip_refused: bool,
}

/// What files are for a site.
#[derive(Debug, Default)]
pub struct Imported {
    /// What is to be written.
    pub changes: Changes,
    /// How many texts changed.
    pub units: usize,
    /// How many parts were recorded as agreeing with their source.
    pub recorded: usize,
    /// What is wrong with the files, in the order it is told.
    pub found: Vec<Diagnostic>,
}

/// Adds a file to a tree, as it was named, so that findings can show its lines.
pub fn add(tree: &mut SourceTree, name: &str, bytes: Vec<u8>) -> FileId {
    let path = SourcePath::outside(name);
    tree.insert(path.clone(), bytes);
    tree.id(&path)
}

/// Puts files into a site; its tree has them.
#[must_use]
pub fn import(site: Site<'_>, files: &[FileId], how: How) -> Imported {
    let mut found = Diagnostics::default();
    let returned: Vec<Vec<Returned>> = files.iter().map(|file| read(site.tree, *file, &mut found)).collect();
    let mut by_locale: BTreeMap<LocaleIx, Vec<&Returned>> = BTreeMap::new();
    for units in &returned {
        // What is wrong with the head of a file is told once.
        let mut told = Vec::new();
        for it in units {
            match locale(site.documents, it) {
                Ok(locale) => by_locale.entry(locale).or_default().push(it),
                Err(problem) if told.contains(&problem.headline) => {}
                Err(problem) => {
                    told.push(problem.headline.clone());
                    found.push(*problem);
                }
            }
        }
    }
    // What is told is told of the site as it is, whatever the languages before change in files that they share.
    let mut outcomes: Vec<Outcome> =
        by_locale.iter().map(|(locale, units)| apply(site, *locale, units, how.unfinished)).collect();
    outcomes
        .iter_mut()
        .for_each(|outcome| std::mem::take(&mut outcome.found).into_iter().for_each(|it| found.push(it)));
    let found = found.sorted(site.tree);
    let is_refused = found.iter().any(|found| found.severity() == Severity::Error);
    if is_refused && !how.skip_refused {
        return Imported { found, ..Imported::default() };
    }
    let all = match outcomes.len() {
        0 | 1 => outcomes.pop().unwrap_or_default(),
        _ => one_after_the_other(site, &by_locale, how),
    };
    Imported { changes: all.changes, units: all.units, recorded: all.recorded, found }
}

/// Each locale into the site as those before it leave it.
fn one_after_the_other(site: Site<'_>, units: &BTreeMap<LocaleIx, Vec<&Returned>>, how: How) -> Outcome {
    let mut all = Outcome::default();
    for (locale, units) in units {
        let mut tree = all.changes.onto(site.tree);
        let (documents, _) = parse::documents(&mut tree, &mut Cache::default(), true);
        // Translations do not make `site.yaml` unreadable.
        let Some(documents) = documents else { continue };
        let site = Site { tree: &tree, documents: &documents, ..site };
        let outcome = apply(site, *locale, units, how.unfinished);
        all.changes.then(outcome.changes);
        all.units += outcome.units;
        all.recorded += outcome.recorded;
    }
    all
}

/// The units of a file.
fn read(tree: &SourceTree, file: FileId, found: &mut Diagnostics) -> Vec<Returned> {
    let path = tree.path(file);
    let bytes = tree.get(path).unwrap_or_default();
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            found.push(tell::not_utf8(Span::new(file, at..at + 1), path.as_str()));
            return Vec::new();
        }
    };
    let offset = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let source = SourceText { file, text: &text[offset..], offset };
    let is_po = path.name().rsplit('.').next().is_some_and(|ending| ending.eq_ignore_ascii_case("po"));
    let read = if is_po { po::read(source) } else { xliff::read(source) };
    read.unwrap_or_else(|damaged| {
        found.push(tell::damaged(damaged));
        Vec::new()
    })
}

/// The locale that a unit is in, if its file is of this site and of a language that this is translated into.
fn locale(documents: &Documents, it: &Returned) -> Result<LocaleIx, Box<Diagnostic>> {
    let config = &documents.config;
    let ours = config.id.as_str();
    if let Some(theirs) = it.site.as_deref().filter(|theirs| *theirs != ours) {
        return Err(Box::new(tell::other_site(it, (theirs, ours))));
    }
    let known = |name: &str| {
        let name = name.replace('_', "-");
        let is = |locale: &str| locale.eq_ignore_ascii_case(&name);
        config.locales().find(|(_, locale)| is(locale.id.as_str()) || is(&locale.tag)).map(|(ix, _)| ix)
    };
    let mut named = it.locales.iter().filter_map(|name| Some((known(name)?, name)));
    let (first, more) = (named.next(), named.next());
    match (first, more) {
        (Some((one, name)), Some((other, second))) if one != other => {
            Err(Box::new(tell::two_locales(it, (name, second))))
        }
        (Some((locale, _)), _) if locale != config.source_locale => Ok(locale),
        _ => {
            let others = config.locales().filter(|(ix, _)| *ix != config.source_locale);
            let others: Vec<&str> = others.map(|(_, locale)| locale.id.as_str()).collect();
            Err(Box::new(tell::other_locale(it, it.locales.first().map_or("", String::as_str), &others)))
        }
    }
}
