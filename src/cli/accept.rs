//! `accept`: records that translations agree with their sources as these are today.

use std::collections::BTreeSet;
use std::path::Path;

use super::build::plural;
use super::day;
use super::status::documents;
use super::terminal::{self, Terminal};
use super::{AcceptArguments, CONTENT, FAILURE};
use crate::diag::Diagnostics;
use crate::diag::suggest;
use crate::edge::edit;
use crate::link::drift::{TextPair, text_pairs};
use crate::link::pairs::{Pair, pairs};
use crate::lock;
use crate::model::body::Body;
use crate::model::translation::{Made, Print, Record, State};
use crate::parse::Documents;
use crate::parse::text;
use crate::parse::translated::{self, TextRecords};
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// What was recorded, or the exit code and the reason why nothing was.
type Done = Result<String, (u8, String)>;

/// Records.
pub fn accept(arguments: &AcceptArguments, terminal: &Terminal) -> u8 {
    let Some((tree, documents)) = documents(&arguments.root, terminal) else { return FAILURE };
    if !documents.has_source {
        terminal::fail("content/site.yaml names no source locale, so nothing can be compared with one");
        return CONTENT;
    }
    let accepting = Accepting { arguments, tree: &tree, documents: &documents };
    let done = match arguments.file.as_deref() {
        None => accepting.all(),
        Some(file) => accepting.one(&source_path(&arguments.root, file)),
    };
    match done {
        Ok(told) => {
            terminal.say(&told);
            0
        }
        Err((code, problem)) => {
            terminal::fail(&problem);
            code
        }
    }
}

/// A file as the site names it, however it was typed: from the site's folder or from where the program runs.
fn source_path(root: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(root).unwrap_or(file);
    let inside = inside.strip_prefix(".").unwrap_or(inside);
    inside.to_string_lossy().replace('\\', "/")
}

/// How many parts are named.
const MAX_NAMED: usize = 8;

struct Accepting<'a> {
    arguments: &'a AcceptArguments,
    tree: &'a SourceTree,
    documents: &'a Documents,
}

impl Accepting<'_> {
    /// Everything that has no record. What is stale has to be read first, one file at a time.
    fn all(&self) -> Done {
        let (mut parts, mut files, mut stale) = (0, 0, 0);
        for pair in pairs(self.documents) {
            let states = pair.states();
            stale += states.iter().filter(|(_, state)| matches!(state, State::Stale(_))).count();
            let new: Vec<&str> =
                states.iter().filter(|(_, state)| *state == State::Unrecorded).map(|(part, _)| *part).collect();
            if let (Some(own), false) = (&pair.own, new.is_empty()) {
                self.write(own.body, &self.made(&pair.source.body.lock.prints, &new, &Record::new()), &[])?;
                parts += new.len();
                files += 1;
            }
        }
        let mut records = self.documents.text_records.clone().unwrap_or_default();
        let mut texts = 0;
        for pair in text_pairs(self.documents, self.tree) {
            let states = pair.states();
            stale += states.iter().filter(|state| matches!(state, State::Stale(_))).count();
            texts += self.add_texts(&pair, &mut records, |_, state| state == State::Unrecorded);
        }
        self.write_texts(records)?;
        let told =
            format!("recorded {} of {} and {}", plural(parts, "part"), plural(files, "file"), plural(texts, "text"));
        Ok(if stale == 0 {
            told
        } else {
            format!("{told}; {stale} stale ones stay so until each is read: `rahnuma status` lists them")
        })
    }

    fn one(&self, file: &str) -> Done {
        let pairs = pairs(self.documents);
        let is_named = |body: &Body| self.path(body).as_str() == file;
        if let Some((pair, own)) =
            pairs.iter().find_map(|pair| Some((pair, pair.own.filter(|own| is_named(own.body))?)))
        {
            return self.file(pair, own.body);
        }
        let texts = text_pairs(self.documents, self.tree);
        if texts.iter().any(|pair| pair.path.as_str() == file) {
            return self.texts(texts.iter().filter(|pair| pair.path.as_str() == file));
        }
        let of_source = pairs.iter().find(|pair| is_named(pair.source.body)).and_then(|pair| pair.own);
        if let Some(own) = of_source {
            let example = self.path(own.body);
            return Err((
                FAILURE,
                format!("{file} is the source, made from nothing; name its translations, such as {example}"),
            ));
        }
        let near = suggest::nearest(file, pairs.iter().filter_map(|pair| Some(self.path(pair.own?.body).as_str())));
        let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        Err((FAILURE, format!("no translation and no texts in several languages stand in {file}{near}")))
    }

    fn path(&self, body: &Body) -> &SourcePath {
        self.tree.path(body.file)
    }

    /// A translation, or a step of it.
    fn file(&self, pair: &Pair<'_>, own: &Body) -> Done {
        if self.arguments.locale.is_some() {
            return Err((FAILURE, format!("{} is in one locale; --locale is for YAML files", self.path(own))));
        }
        let prints = &pair.source.body.lock.prints;
        let both = own.lock.prints.iter().map(|it| &*it.part).filter(|part| prints.iter().any(|it| &*it.part == *part));
        let both: Vec<&str> = both.collect();
        let nothing = Record::new();
        let record = own.lock.record.as_ref().map_or(&nothing, |(record, _)| record);
        let stale: BTreeSet<&str> =
            pair.states().into_iter().filter(|(_, state)| self.is_kept(*state)).map(|(part, _)| part).collect();
        let steps: Vec<&str> = self.arguments.step.iter().map(String::as_str).collect();
        if let Some(step) = steps.iter().find(|step| !both.contains(step)) {
            return Err((FAILURE, unknown(step, "step", both.iter().copied())));
        }
        let (parts, gone) = if steps.is_empty() {
            (both.into_iter().filter(|part| !stale.contains(part)).collect(), lock::orphaned(prints, record))
        } else {
            (steps, Vec::new())
        };
        let made = self.made(prints, &parts, record);
        self.write(own, &made, &gone)?;
        let new = made.iter().filter(|(part, made)| record.get(part) != Some(made));
        let new: Vec<String> = new.map(|(part, _)| format!("`{part}`")).collect();
        told(self.path(own).as_str(), "", &new, &stale)
    }

    /// Whether a part is left as it is: its source changed, and nobody said that these words were read since.
    fn is_kept(&self, state: State) -> bool {
        matches!(state, State::Stale(_)) && self.arguments.step.is_empty() && !self.arguments.all
    }

    /// What is recorded of these parts. What was right already keeps its day.
    fn made(&self, prints: &[Print], parts: &[&str], record: &Record) -> Vec<(Box<str>, Made)> {
        let day = self.arguments.as_of.unwrap_or_else(|| day::today(self.tree));
        let made = |it: &Print| match record.get(&it.part) {
            Some(made) if made.from == it.says => *made,
            _ => Made { from: it.says, day: Some(day) },
        };
        prints.iter().filter(|it| parts.contains(&&*it.part)).map(|it| (it.part.clone(), made(it))).collect()
    }

    fn write(&self, own: &Body, set: &[(Box<str>, Made)], gone: &[&str]) -> Result<(), (u8, String)> {
        let file = self.path(own);
        let failed = |problem: String| (FAILURE, problem);
        let before = self.tree.get(file).ok_or_else(|| failed(format!("{file} was taken away")))?;
        let source = text::read(self.tree, own.file, &before, &mut Diagnostics::default());
        let source = source.ok_or_else(|| (CONTENT, format!("{file} cannot be read; `rahnuma check` says why")))?;
        let text = edit::with_record(source, set, gone).map_err(|problem| (CONTENT, format!("{file}: {problem}")))?;
        let bytes = [&before[..source.offset], text.as_bytes()].concat();
        if *bytes == *before {
            return Ok(());
        }
        edit::replace(&self.arguments.root.join(file.as_str()), Some(&before), &bytes).map_err(failed)
    }

    /// The texts of a YAML file, of one locale or one of them alone if that was asked for.
    fn texts<'b>(&self, pairs: impl Iterator<Item = &'b TextPair<'b>>) -> Done {
        let locales = &self.documents.config.locales;
        let only = self.arguments.locale.as_deref();
        if let Some(unknown_locale) = only.filter(|id| locales.iter().all(|locale| locale.id.as_str() != *id)) {
            return Err((FAILURE, unknown(unknown_locale, "locale", locales.iter().map(|locale| locale.id.as_str()))));
        }
        let mut records = self.documents.text_records.clone().unwrap_or_default();
        let steps = &self.arguments.step;
        let (mut new, mut stale, mut file) = (Vec::new(), BTreeSet::new(), String::new());
        for pair in pairs.filter(|pair| only.is_none_or(|only| locales[pair.locale.0].id.as_str() == only)) {
            if let Some(step) = steps.iter().find(|step| pair.texts.iter().all(|text| *text.way != ***step)) {
                return Err((FAILURE, unknown(step, "text", pair.texts.iter().map(|text| &*text.way))));
            }
            pair.path.as_str().clone_into(&mut file);
            let states = pair.texts.iter().zip(pair.states());
            stale.extend(states.filter(|(_, state)| self.is_kept(*state)).map(|(text, _)| &*text.way));
            let before = pair.record.cloned().unwrap_or_default();
            self.add_texts(pair, &mut records, |way, state| {
                state != State::Missing
                    && !self.is_kept(state)
                    && (steps.is_empty() || steps.iter().any(|step| step == way))
            });
            let record = records.entry((file.clone(), pair.locale)).or_default();
            let added = record.iter().filter(|(way, made)| before.get(*way) != Some(*made));
            new.extend(added.map(|(way, _)| format!("`{way}` in `{}`", locales[pair.locale.0].id)));
            if steps.is_empty() {
                let gone: Vec<Box<str>> = lock::orphaned(&pair.prints, record).into_iter().map(Box::from).collect();
                record.retain(|way, _| !gone.contains(way));
            }
        }
        self.write_texts(records)?;
        let locale = only.map(|id| format!(" --locale {id}")).unwrap_or_default();
        told(&file, &locale, &new, &stale)
    }

    fn add_texts(&self, pair: &TextPair<'_>, records: &mut TextRecords, take: impl Fn(&str, State) -> bool) -> usize {
        let states = pair.states();
        let taken = pair.texts.iter().zip(states).filter(|(text, state)| take(&text.way, *state));
        let ways: Vec<&str> = taken.map(|(text, _)| &*text.way).collect();
        let nothing = Record::new();
        let made = self.made(&pair.prints, &ways, pair.record.unwrap_or(&nothing));
        records.entry((pair.path.as_str().to_owned(), pair.locale)).or_default().extend(made);
        ways.len()
    }

    fn write_texts(&self, records: TextRecords) -> Result<(), (u8, String)> {
        let path = SourcePath::new(layout::TRANSLATED).map_err(|_| (FAILURE, layout::TRANSLATED.to_owned()))?;
        let before = self.tree.get(&path);
        if before.is_some() && self.documents.text_records.is_none() {
            return Err((CONTENT, format!("{} cannot be read; `rahnuma check` says why", layout::TRANSLATED)));
        }
        let known = |file: &str| self.documents.texts.iter().any(|text| self.tree.path(text.file).as_str() == file);
        let records = records.into_iter().filter(|((file, _), record)| known(file) && !record.is_empty()).collect();
        let text = translated::write(&records, &self.documents.config.locales);
        if records.is_empty() || before.as_deref() == Some(text.as_bytes()) {
            return Ok(());
        }
        let failed = |problem| (FAILURE, problem);
        edit::replace(&self.arguments.root.join(layout::TRANSLATED), before.as_deref(), text.as_bytes()).map_err(failed)
    }
}

fn unknown<'a>(name: &str, what: &str, known: impl Iterator<Item = &'a str>) -> String {
    let help = suggest::words(name, known).map(|words| format!("; {words}")).unwrap_or_default();
    format!("there is no {what} `{name}` here{help}")
}

/// What was recorded, and what was not.
fn told(file: &str, locale: &str, new: &[String], stale: &BTreeSet<&str>) -> Done {
    let recorded = match new {
        [] => format!("{file}: nothing new to record"),
        few if few.len() <= MAX_NAMED => format!("{file} agrees with its source: recorded {}", few.join(", ")),
        many => format!("{file} agrees with its source: {} recorded", plural(many.len(), "part")),
    };
    let Some(first) = stale.first() else { return Ok(recorded) };
    let names: Vec<String> = stale.iter().take(MAX_NAMED).map(|part| format!("`{part}`")).collect();
    let more = stale.len().saturating_sub(MAX_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let told = format!(
        "{recorded}; the source of {}{more} changed: read each, then say so with `rahnuma accept {file}{locale} --step {first}`, or of all of them with `--all`",
        names.join(", ")
    );
    if new.is_empty() { Err((CONTENT, told)) } else { Ok(told) }
}
