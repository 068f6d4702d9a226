//! What came back, put in its place: words by their places, records as `accept` writes them; all else of a file stays.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::fits::misfits;
use super::gather::{Text, texts};
use super::here::{self, Form, Here};
use super::lines::joined;
use super::lists;
use super::merge::{self, Merged};
use super::records::Recording;
use super::segment::{FRONT, Segments, segments};
use super::yaml::{self, YamlTexts};
use super::{Returned, State, tell, theme};
use crate::change::Changes;
use crate::diag::{Diagnostic, Span};
use crate::edge::edit::with_record;
use crate::link::drift::text_pairs;
use crate::lock;
use crate::model::locale::LocaleIx;
use crate::model::translation::Fingerprint;
use crate::parse::Documents;
use crate::parse::text::SourceText;
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};

/// A site that translations are put into.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    pub tree: &'a SourceTree,
    pub documents: &'a Documents,
    pub today: Date,
}

/// What becomes of a site.
#[derive(Debug, Default)]
pub struct Outcome {
    pub changes: Changes,
    /// How many texts changed.
    pub units: usize,
    /// How many parts were recorded as agreeing with their source.
    pub recorded: usize,
    /// What was left out, and why.
    pub found: Vec<Diagnostic>,
}

/// Words that go in.
pub struct Accepted {
    pub target: String,
    /// Whether they differ from those that are there.
    pub is_new: bool,
    /// Whether they are said to agree with the source.
    pub is_done: bool,
    /// Where the unit stands in the file that came back.
    pub place: Span,
    /// Where its words stand there.
    pub words: Span,
}

/// What goes into one file, by the names of its texts.
pub type OfFile = BTreeMap<String, Accepted>;

/// What a site becomes with units in one locale; those marked as unfinished too, if asked for.
#[must_use]
pub fn apply(site: Site<'_>, locale: LocaleIx, returned: &[&Returned], unfinished: bool) -> Outcome {
    let mut outcome = Outcome::default();
    let texts = texts(site.documents, site.tree, locale);
    let pairs = text_pairs(site.documents, site.tree);
    let pairs: Vec<_> = pairs.into_iter().filter(|pair| pair.locale == locale).collect();
    let words = theme::words(site.documents, site.tree, locale);
    let mut files: BTreeMap<&str, Vec<&Returned>> = BTreeMap::new();
    for it in returned.iter().filter(|it| !it.unit.target.trim().is_empty()) {
        files.entry(&it.unit.file).or_default().push(it);
    }
    let mut records = yaml::Records::of(site, locale);
    for (file, units) in files {
        let mut taking = Taking { tree: site.tree, unfinished, found: &mut outcome.found };
        let pair = || pairs.iter().find(|pair| pair.path.as_str() == file);
        if let Some(text) = texts.iter().find(|text| text.path == file) {
            let accepted = taking.all(&units, &here::of_markdown(text));
            markdown(site, text, &accepted, &mut outcome);
        } else if let Some(texts) = pair().and_then(|pair| YamlTexts::of(site.documents, site.tree, pair)) {
            let here: Vec<Here> = texts.slots.iter().map(|slot| slot.here.clone()).collect();
            let accepted = taking.all(&units, &here);
            texts.write(site, &accepted, (&mut records, &mut outcome));
        } else if words.file == file {
            let here: Vec<Here> = words.all.iter().map(|word| word.here.clone()).collect();
            let accepted = taking.all(&units, &here);
            let is_told = |id: &str| units.iter().any(|it| it.unit.id == id);
            theme::write(&words, &accepted, &is_told, &mut outcome);
        } else if let Some(first) = units.first() {
            let known = texts.iter().map(|text| &*text.path).chain(pairs.iter().map(|pair| pair.path.as_str()));
            outcome.found.push(tell::unknown_file(first, units.len(), known));
        }
    }
    records.write(site, &mut outcome);
    outcome
}

struct Taking<'a> {
    tree: &'a SourceTree,
    unfinished: bool,
    found: &'a mut Vec<Diagnostic>,
}

impl Taking<'_> {
    /// Those of a file's units that can go in; the others are told.
    fn all(&mut self, units: &[&Returned], here: &[Here]) -> OfFile {
        let mut accepted = OfFile::new();
        let here: Vec<(Fingerprint, &Here)> = here.iter().map(|here| (lock::of_words(&here.source), here)).collect();
        for it in units {
            let Some(found) = self.find(it, &here) else { continue };
            let Some(new) = self.one(it, found) else { continue };
            match accepted.get(&found.id) {
                Some(old) if old.is_new && new.is_new && old.target != new.target => {
                    self.found.push(tell::conflicting(&found.id, new.words, old.words));
                }
                Some(old) if old.is_new => {}
                _ => drop(accepted.insert(found.id.clone(), new)),
            }
        }
        accepted
    }

    /// The text that a unit is of.
    fn find<'h>(&mut self, it: &Returned, here: &[(Fingerprint, &'h Here)]) -> Option<&'h Here> {
        let says = lock::of_words(&it.unit.source);
        let named = here.iter().find(|(_, here)| here.id == it.unit.id);
        // What moved is known by its words, where no other text has the same.
        let mut same = here.iter().filter(|(mark, _)| *mark == says).map(|(_, here)| *here);
        match (named, (same.next(), same.next())) {
            (Some((mark, here)), _) if *mark == says => return Some(here),
            (_, (Some(moved), None)) => return Some(moved),
            // Words that nobody touched need not be put in.
            (Some((_, named)), _) if words(it, named) == named.target => {}
            (Some((_, named)), _) => self.found.push(tell::stale(it, named)),
            (None, _) => self.found.push(tell::unknown_unit(it, here.iter().map(|(_, here)| here.id.as_str()))),
        }
        None
    }

    fn one(&mut self, it: &Returned, here: &Here) -> Option<Accepted> {
        let target = words(it, here);
        let is_new = target != here.target;
        let is_done = it.unit.state == State::Done;
        if is_new && !is_done && !self.unfinished {
            self.found.push(tell::unfinished(it));
            return None;
        }
        let misfits = if is_new { misfits(here, &target) } else { Vec::new() };
        if !misfits.is_empty() {
            self.found.extend(misfits.into_iter().map(|misfit| tell::misfit(it, here, misfit, self.tree)));
            return None;
        }
        Some(Accepted { target, is_new, is_done, place: it.place, words: it.words })
    }
}

/// Words as they would be written.
fn words(it: &Returned, here: &Here) -> String {
    let target = it.unit.target.trim();
    match here.form {
        Form::Lines => target.to_owned(),
        Form::List(sign) => lists::joined(&lists::entries(target, sign), sign),
        _ => joined(target),
    }
}

fn markdown(site: Site<'_>, text: &Text<'_>, accepted: &OfFile, outcome: &mut Outcome) {
    let Merged { text: merged, taken, found } = merge::merge(text, accepted);
    outcome.found.extend(found);
    if merged.is_empty() {
        return;
    }
    let file = text.pair.own.as_ref().map_or(FileId::SITE, |own| own.body.file);
    let offset = text.own.as_ref().map_or(0, |(written, _)| written.offset);
    let source = SourceText { file, text: &merged, offset };
    let read = segments(source);
    if let Some((id, new)) = misread(&read, accepted, &taken) {
        outcome.found.push(tell::misread(new.words, id, &text.own_path));
        return;
    }
    let set = Recording { text, accepted, taken: &taken, read: &read }.parts(site, outcome);
    let done = if set.is_empty() { Ok(merged.clone()) } else { with_record(source, &set, &[]) };
    match (done, SourcePath::new(&text.own_path)) {
        (Ok(done), Ok(path)) => {
            let before = site.tree.get(&path);
            let bom = before.as_deref().and_then(|bytes| bytes.get(..offset)).unwrap_or_default();
            let bytes = [bom, done.as_bytes()].concat();
            if before.as_deref() != Some(bytes.as_slice()) {
                outcome.changes.write(path, bytes);
            }
            outcome.units += taken.len();
            outcome.recorded += set.len();
        }
        (Err(problem), _) => {
            let first = accepted.iter().next();
            let what = |problem: &str| format!("{}: {problem}", text.own_path);
            let help = "change it by hand, and import again";
            let found = first.map(|(id, new)| tell::unplaced((new.place, id), &what(&problem), help));
            outcome.found.extend(found);
        }
        (_, Err(_)) => {}
    }
}

/// A text that would not be read as what it is.
fn misread<'a>(read: &Segments, accepted: &'a OfFile, taken: &'a [String]) -> Option<(&'a str, &'a Accepted)> {
    let is_lost = |(id, new): &(&str, &Accepted)| {
        let run = read.runs.iter().find(|run| run.id == *id);
        run.is_none_or(|run| run.text != new.target)
    };
    taken.iter().filter_map(|id| Some((id.as_str(), accepted.get(id)?))).find(is_lost)
}

/// Whether a group is front matter.
pub fn is_front(group: &str) -> bool {
    group == FRONT
}
