//! What came back, put in its place: words by their places, records as `accept` writes them; all else of a file stays.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::codes::faults;
use super::gather::{Text, texts};
use super::lines::joined;
use super::merge::{self, Merged};
use super::segment::{FRONT, Run, segments};
use super::yaml;
use super::{Returned, State};
use crate::change::Changes;
use crate::edge::edit::with_record;
use crate::link::drift::text_pairs;
use crate::lock;
use crate::model::locale::LocaleIx;
use crate::model::translation::{Made, Record};
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

/// Why something was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It cannot be put in as it is.
    Refused,
    /// Its source changed since it was sent out.
    Stale,
    /// It is marked as not done.
    Unfinished,
}

/// Something that was left out.
#[derive(Debug)]
pub struct Told {
    /// Where it stands in the file that came back; nothing for a whole file of the site.
    pub place: Option<(usize, usize)>,
    /// Why.
    pub why: Why,
    /// What is wrong with it, for people.
    pub what: String,
}

/// What becomes of a site.
#[derive(Debug, Default)]
pub struct Outcome {
    pub changes: Changes,
    /// How many texts changed.
    pub units: usize,
    /// How many parts were recorded as agreeing with their source.
    pub recorded: usize,
    pub told: Vec<Told>,
}

/// Words that go in.
pub struct Accepted {
    pub target: String,
    /// Whether they differ from those that are there.
    pub is_new: bool,
    /// Whether they are said to agree with the source.
    pub is_done: bool,
    pub place: (usize, usize),
}

/// What goes into one file, by the names of its texts.
pub type OfFile = BTreeMap<String, Accepted>;

/// The locale that a file of an exchange is in, by its id or its tag.
#[must_use]
pub fn locale(documents: &Documents, name: &str) -> Option<LocaleIx> {
    let name = name.replace('_', "-");
    let is = |locale: &str| locale.eq_ignore_ascii_case(&name);
    let mut locales = documents.config.locales();
    locales.find(|(_, locale)| is(locale.id.as_str()) || is(&locale.tag)).map(|(ix, _)| ix)
}

/// What a site becomes with units in one locale; those marked as unfinished too, if asked for.
#[must_use]
pub fn apply(site: Site<'_>, locale: LocaleIx, returned: &[Returned], unfinished: bool) -> Outcome {
    let mut outcome = Outcome::default();
    let texts = texts(site.documents, site.tree, locale);
    let pairs = text_pairs(site.documents, site.tree);
    let pairs: Vec<_> = pairs.into_iter().filter(|pair| pair.locale == locale).collect();
    let mut files: BTreeMap<&str, Vec<&Returned>> = BTreeMap::new();
    for it in returned.iter().filter(|it| !it.unit.target.trim().is_empty()) {
        files.entry(&it.unit.file).or_default().push(it);
    }
    let mut records = yaml::Records::of(site, locale);
    for (file, units) in files {
        let mut taking = Taking { unfinished, told: &mut outcome.told };
        if let Some(text) = texts.iter().find(|text| text.path == file) {
            let accepted = taking.all(&units, &of_text(text));
            markdown(site, text, &accepted, &mut outcome);
        } else if let Some(pair) = pairs.iter().find(|pair| pair.path.as_str() == file) {
            let accepted = taking.all(&units, &yaml::here(site, pair));
            yaml::write(site, pair, &accepted, (&mut records, &mut outcome));
        } else {
            let what = format!("{file} is no text of this site any more");
            let place = units.first().map(|it| (it.line, it.column));
            outcome.told.push(Told { place, why: Why::Stale, what });
        }
    }
    records.write(site, &mut outcome);
    outcome
}

/// A text of the site as it is.
pub struct Here {
    pub id: String,
    pub source: String,
    pub target: String,
    /// Whether the translation was made from this source.
    pub is_fresh: bool,
    /// What it is.
    pub kind: &'static str,
}

fn of_text(text: &Text<'_>) -> Vec<Here> {
    let states: BTreeMap<&str, crate::model::translation::State> = text.pair.states().into_iter().collect();
    let own: BTreeMap<&str, &Run> = text.own.iter().flat_map(|(_, own)| &own.runs).map(|run| (&*run.id, run)).collect();
    let here = |run: &Run| Here {
        id: run.id.clone(),
        source: run.text.clone(),
        target: own.get(&*run.id).map_or("", |run| &run.text).to_owned(),
        is_fresh: states.get(run.part()) == Some(&crate::model::translation::State::Fresh),
        kind: run.kind,
    };
    text.source.runs.iter().filter(|run| run.has_words).map(here).collect()
}

struct Taking<'a> {
    unfinished: bool,
    told: &'a mut Vec<Told>,
}

impl Taking<'_> {
    /// Those of a file's units that can go in; the others are told.
    fn all(&mut self, units: &[&Returned], here: &[Here]) -> OfFile {
        let mut accepted = OfFile::new();
        for it in units {
            match self.one(it, here) {
                Ok((id, new)) => {
                    if accepted.get(&id).is_none_or(|old| !old.is_new) {
                        accepted.insert(id, new);
                    }
                }
                Err((why, what)) => {
                    let what = format!("{}, unit `{}`: {what}", it.unit.file, it.unit.id);
                    self.told.push(Told { place: Some((it.line, it.column)), why, what });
                }
            }
        }
        accepted
    }

    fn one(&self, it: &Returned, here: &[Here]) -> Result<(String, Accepted), (Why, String)> {
        let says = lock::of_words(&it.unit.source);
        let is_same = |here: &&Here| lock::of_words(&here.source) == says;
        let named = here.iter().find(|here| here.id == it.unit.id);
        // What moved is known by its words, where no other text has the same.
        let mut moved = here.iter().filter(is_same);
        let moved = (moved.next(), moved.next());
        let found = match (named.filter(is_same), moved) {
            (Some(here), _) | (None, (Some(here), None)) => here,
            _ if named.is_some() => return Err((Why::Stale, "its source changed since it was sent out".to_owned())),
            _ => return Err((Why::Stale, "its source has no such text any more".to_owned())),
        };
        let target = joined(it.unit.target.trim());
        let is_new = target != found.target;
        let is_done = it.unit.state == State::Done;
        if is_new && !is_done && !self.unfinished {
            let what = "it is marked as unfinished; finish it there, or take it as it is with `--unfinished`";
            return Err((Why::Unfinished, what.to_owned()));
        }
        if is_new {
            fits(found, &target).map_err(|problem| (Why::Refused, problem))?;
        }
        Ok((found.id.clone(), Accepted { target, is_new, is_done, place: (it.line, it.column) }))
    }
}

/// Whether words can take the place of those that are there.
fn fits(here: &Here, target: &str) -> Result<(), String> {
    let faults = faults(&here.source, target);
    let as_it_was = here.is_fresh && super::codes::faults(&here.target, target).is_empty();
    if let (Some(fault), false) = (faults.first(), as_it_was) {
        return Err(format!("the translation {fault}"));
    }
    if here.kind == "title" || here.kind == "summary" || here.kind == "text" {
        return if target.contains('\n') { Err("this is a text of one line".to_owned()) } else { Ok(()) };
    }
    if here.kind.contains("short version") && target.contains(['"', '\\', '\n']) {
        return Err("a line of the short version has no `\"` and no `\\`; quotation marks inside are “ ”".to_owned());
    }
    if here.kind.contains("table") && target.contains('|') {
        return Err("a cell of a table has no `|`".to_owned());
    }
    let read = segments(SourceText { file: FileId::SITE, text: target, offset: 0 });
    match read.runs.as_slice() {
        [run] if run.text == *target && run.kind == "paragraph" => Ok(()),
        _ => Err("it would be read as something other than words: look at how it begins".to_owned()),
    }
}

fn markdown(site: Site<'_>, text: &Text<'_>, accepted: &OfFile, outcome: &mut Outcome) {
    let Merged { text: merged, mut taken, told } = merge::merge(text, accepted);
    outcome.told.extend(told);
    let body = text.pair.own.as_ref().map(|own| own.body.file);
    let file = body.unwrap_or(FileId::SITE);
    let offset = text.own.as_ref().map_or(0, |(written, _)| written.offset);
    let source = SourceText { file, text: &merged, offset };
    let read = segments(source);
    let lost = taken.iter().find(|id| {
        let run = read.runs.iter().find(|run| run.id == **id);
        run.is_none_or(|run| accepted.get(*id).is_some_and(|new| new.target != run.text))
    });
    if let Some(id) = lost {
        let place = accepted.get(id).map(|new| new.place);
        let what = format!("{}: nothing was changed, because `{id}` would be read as something else", text.own_path);
        outcome.told.push(Told { place, why: Why::Refused, what });
        taken.clear();
        return;
    }
    if merged.is_empty() {
        return;
    }
    let set = records(site, text, accepted, &taken);
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
            let what = format!("{}: {problem}", text.own_path);
            outcome.told.push(Told { place: None, why: Why::Refused, what });
        }
        (_, Err(_)) => {}
    }
}

/// What is to be recorded: parts of which every text is there and said to agree.
fn records(site: Site<'_>, text: &Text<'_>, accepted: &OfFile, taken: &[String]) -> Vec<(Box<str>, Made)> {
    let nothing = Record::new();
    let record = text.pair.own.as_ref().and_then(|own| own.body.lock.record.as_ref());
    let record = record.map_or(&nothing, |(record, _)| record);
    let is_done = |part: &str| {
        let runs = text.source.runs.iter().filter(|run| run.has_words && run.part() == part);
        let mut runs = runs.peekable();
        let is_there = |id: &String, new: &Accepted| new.is_done && (!new.is_new || taken.contains(id));
        let has_any = runs.peek().is_some() || text.own.is_none();
        has_any && runs.all(|run| accepted.get(&run.id).is_some_and(|new| is_there(&run.id, new)))
    };
    let prints = text.pair.source.body.lock.prints.iter();
    let new = prints.filter(|it| record.get(&it.part).is_none_or(|made| made.from != it.says) && is_done(&it.part));
    new.map(|it| (it.part.clone(), Made { from: it.says, day: Some(site.today) })).collect()
}

/// Whether a group is front matter.
pub fn is_front(group: &str) -> bool {
    group == FRONT
}
