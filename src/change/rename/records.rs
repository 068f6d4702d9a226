//! What was recorded of translations follows a new name: a translation that agreed with its source still does.

use std::collections::BTreeMap;

use super::{Sources, What};
use crate::change::Changes;
use crate::diag::Diagnostics;
use crate::edge::edit;
use crate::link::drift::text_pairs;
use crate::link::pairs::pairs;
use crate::lock;
use crate::model::locale::LocaleIx;
use crate::model::translation::{Made, Print, Record, State};
use crate::parse::Documents;
use crate::parse::text;
use crate::parse::translated::{self, TextRecords};
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// The records as they will be, of the site as it will be.
pub fn follow(sources: Sources<'_>, what: &What, after: (&SourceTree, &Documents)) -> Result<Changes, String> {
    let mut changes = texts(sources, what, after)?;
    changes.then(yaml(sources, what, after));
    Ok(changes)
}

/// Parts of translations that agree with their source, by where the file stands afterwards.
fn fresh(Sources { tree, documents, .. }: Sources<'_>, what: &What) -> BTreeMap<String, Vec<String>> {
    let mut fresh = BTreeMap::new();
    for pair in pairs(documents) {
        let Some(own) = &pair.own else { continue };
        let path = tree.path(own.body.file).as_str();
        let parts = pair.states().into_iter().filter(|(_, state)| *state == State::Fresh);
        fresh.insert(renamed(what, path), parts.map(|(part, _)| part.to_owned()).collect());
    }
    fresh
}

fn renamed(what: &What, path: &str) -> String {
    what.moved(path).unwrap_or_else(|| path.to_owned())
}

fn texts(sources: Sources<'_>, what: &What, (tree, documents): (&SourceTree, &Documents)) -> Result<Changes, String> {
    let before = fresh(sources, what);
    let mut changes = Changes::default();
    for pair in pairs(documents) {
        let Some(own) = &pair.own else { continue };
        let path = tree.path(own.body.file);
        let was =
            |part: &str| before.get(path.as_str()).is_some_and(|parts| parts.iter().any(|it| it == what.before(part)));
        let record = own.body.lock.record.as_ref().map(|(record, _)| record);
        let stale = pair.states().into_iter().filter(|(part, state)| matches!(state, State::Stale(_)) && was(part));
        let set: Vec<(Box<str>, Made)> = stale
            .filter_map(|(part, _)| Some((part.into(), made(&pair.source.body.lock.prints, part, record)?)))
            .collect();
        if set.is_empty() {
            continue;
        }
        let bytes = tree.get(path).unwrap_or_default();
        let source = text::read(tree, own.body.file, &bytes, &mut Diagnostics::default());
        let source = source.ok_or_else(|| format!("{path} cannot be read"))?;
        let text = edit::with_record(source, &set, &[]).map_err(|problem| format!("{path}: {problem}"))?;
        changes.write(path.clone(), [&bytes[..source.offset], text.as_bytes()].concat());
    }
    Ok(changes)
}

/// What a part is recorded as, with the day that was recorded.
fn made(prints: &[Print], part: &str, record: Option<&Record>) -> Option<Made> {
    let said = prints.iter().find(|said| &*said.part == part)?;
    let day = record.and_then(|record| record.get(part)).and_then(|made| made.day);
    Some(Made { from: said.says, day })
}

/// The records of texts in YAML files: by the files' new names, and the new names of facts.
fn yaml(sources: Sources<'_>, what: &What, (tree, documents): (&SourceTree, &Documents)) -> Changes {
    let mut changes = Changes::default();
    let Some(records) = &sources.documents.text_records else { return changes };
    let mut new: TextRecords = TextRecords::new();
    for ((file, locale), record) in records {
        let record = record.iter().map(|(way, made)| (way_now(what, file, way), *made));
        new.insert((renamed(what, file), *locale), record.collect());
    }
    let was = agreed(sources, what);
    for pair in text_pairs(documents, tree) {
        let Some(record) = new.get_mut(&(pair.path.as_str().to_owned(), pair.locale)) else { continue };
        for Print { part, says, .. } in &pair.prints {
            let agreed = was.get(&(pair.path.as_str().to_owned(), pair.locale));
            if let Some(made) = record.get_mut(part)
                && agreed.is_some_and(|ways| ways.contains(part))
            {
                made.from = *says;
            }
        }
    }
    let text = translated::write(&new, &documents.config.locales);
    if new != *records
        && let Ok(path) = SourcePath::new(layout::TRANSLATED)
    {
        changes.write(path, text);
    }
    changes
}

/// Texts of YAML files that agree with their source, by where they stand afterwards.
fn agreed(Sources { tree, documents, .. }: Sources<'_>, what: &What) -> BTreeMap<(String, LocaleIx), Vec<Box<str>>> {
    let nothing = Record::new();
    let ways = text_pairs(documents, tree).into_iter().map(|pair| {
        let states = lock::states(&pair.prints, pair.record.unwrap_or(&nothing));
        let fresh = pair.prints.iter().zip(states).filter(|(_, state)| *state == State::Fresh);
        let path = pair.path.as_str();
        let ways = fresh.map(|(said, _)| way_now(what, path, &said.part)).collect();
        ((renamed(what, path), pair.locale), ways)
    });
    ways.collect()
}

/// The way to a text of a fact that has another name.
fn way_now(what: &What, file: &str, way: &str) -> Box<str> {
    let What::Fact { owner, old, new } = what else { return way.into() };
    let place = layout::published(file).unwrap_or_else(|| file.to_owned());
    let is_owner = |owned: &str| owner.as_ref().map_or(owned != "national", |owner| owner.as_str() == owned);
    let rest = way.strip_prefix("facts.").and_then(|rest| rest.strip_prefix(old.as_str()));
    match rest.filter(|rest| rest.starts_with('.') && layout::owner(&place).is_some_and(is_owner)) {
        Some(rest) => format!("facts.{new}{rest}").into(),
        None => way.into(),
    }
}
