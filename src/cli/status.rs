//! `status`: how far translations are, by locale and text.

use std::path::Path;

use serde_json::{Value, json};

use super::gates::Gates;
use super::terminal::{self, Terminal};
use super::{CONTENT, FAILURE, Format, StatusArguments, StatusFormat, diff};
use crate::diag::Severity;
use crate::edge::disk;
use crate::link::drift::text_pairs;
use crate::link::pairs::{orphans, pairs};
use crate::lock;
use crate::model::locale::LocaleIx;
use crate::model::translation::{Record, State};
use crate::parse::cache::Cache;
use crate::parse::{self, Documents};
use crate::source::tree::SourceTree;

/// Says how far translations are.
pub fn status(arguments: &StatusArguments, terminal: &Terminal) -> u8 {
    let Some((tree, documents)) = documents(&arguments.root, terminal) else { return FAILURE };
    if !documents.has_source {
        terminal::fail("content/site.yaml names no source locale, so nothing can be compared with one");
        return CONTENT;
    }
    if let Some([name, locale]) = arguments.diff.as_deref() {
        return match diff::changes(&arguments.root, (name, locale), &tree, &documents) {
            Ok(text) => terminal::data(&text),
            Err(problem) => {
                terminal::fail(&problem);
                FAILURE
            }
        };
    }
    let rows = rows(&documents, &tree);
    match arguments.format {
        StatusFormat::Human => terminal::data(&table(&rows, &documents)),
        StatusFormat::Json => terminal::data(&format!("{:#}\n", as_json(&rows, &documents))),
    }
}

/// The sources of a site as read. Mistakes in them are no matter here; where none can be read, that is told.
pub fn documents(root: &Path, terminal: &Terminal) -> Option<(SourceTree, Documents)> {
    let (mut tree, unread) = disk::read(root);
    let (documents, found) = parse::documents(&mut tree, &mut Cache::default(), true);
    if documents.is_none() {
        let found: Vec<_> = unread.into_iter().chain(found.sorted(&tree)).collect();
        let found: Vec<_> = found.into_iter().filter(|it| it.severity() == Severity::Error).collect();
        terminal.diagnostics(&found, &tree, (Format::Human, &Gates::default()));
    }
    Some((tree, documents?))
}

/// A text in a locale.
struct Row {
    kind: &'static str,
    name: String,
    locale: LocaleIx,
    /// Whether there is a source to compare it with.
    has_source: bool,
    states: Vec<(String, State)>,
    orphaned: Vec<String>,
    /// Whether it is not published yet.
    draft: bool,
}

impl Row {
    fn of(&self, wanted: impl Fn(State) -> bool) -> Vec<&str> {
        self.states.iter().filter(|(_, state)| wanted(*state)).map(|(part, _)| part.as_str()).collect()
    }

    fn fresh(&self) -> usize {
        self.of(|state| state == State::Fresh).len()
    }

    /// What is not fresh, by what it is.
    fn rest(&self) -> [(&'static str, Vec<&str>); 4] {
        [
            ("missing", self.of(|state| state == State::Missing)),
            ("stale", self.of(|state| matches!(state, State::Stale(_)))),
            ("unrecorded", self.of(|state| state == State::Unrecorded)),
            ("orphaned", self.orphaned.iter().map(String::as_str).collect()),
        ]
    }
}

fn rows(documents: &Documents, tree: &SourceTree) -> Vec<Row> {
    let nothing = Record::new();
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    let texts = pairs(documents).into_iter().map(|pair| {
        let record = pair.own.as_ref().and_then(|own| own.body.lock.record.as_ref());
        let record = record.map_or(&nothing, |(record, _)| record);
        let orphaned = owned(lock::orphaned(&pair.source.body.lock.prints, record));
        let states = pair.states().into_iter().map(|(part, state)| (part.to_owned(), state)).collect();
        let own = pair.own.as_ref().unwrap_or(&pair.source);
        let draft = documents.drafts.files.contains(&own.body.file);
        Row { kind: pair.kind, locale: pair.locale, has_source: true, states, orphaned, name: pair.name, draft }
    });
    let yaml = text_pairs(documents, tree).into_iter().map(|pair| {
        let states = pair.texts.iter().map(|text| text.way.to_string()).zip(pair.states()).collect();
        let orphaned = owned(lock::orphaned(&pair.prints, pair.record.unwrap_or(&nothing)));
        let name = pair.path.as_str().to_owned();
        let draft = documents.drafts.files.contains(&pair.file);
        Row { kind: "texts", name, locale: pair.locale, has_source: true, states, orphaned, draft }
    });
    let orphans = orphans(documents).into_iter().map(|(kind, name, locale)| {
        let orphaned = vec!["the whole file".to_owned()];
        Row { kind, name, locale, has_source: false, states: Vec::new(), orphaned, draft: false }
    });
    texts.chain(yaml).chain(orphans).collect()
}

/// Rounded down: a hundred is all of them.
fn percent(fresh: usize, all: usize) -> usize {
    (fresh * 100).checked_div(all).unwrap_or(100)
}

fn locales<'a>(rows: &'a [Row], documents: &'a Documents) -> impl Iterator<Item = (LocaleIx, Vec<&'a Row>)> {
    let source = documents.config.source_locale;
    let others = documents.config.locales().map(|(ix, _)| ix).filter(move |ix| *ix != source);
    others.map(|ix| (ix, rows.iter().filter(|row| row.locale == ix).collect()))
}

/// How many names are shown of what is alike.
const MAX_NAMED: usize = 6;

fn table(rows: &[Row], documents: &Documents) -> String {
    let mut text = String::new();
    for (ix, rows) in locales(rows, documents) {
        let locale = documents.config.locale(ix);
        let all: usize = rows.iter().map(|row| row.states.len()).sum();
        let fresh: usize = rows.iter().map(|row| row.fresh()).sum();
        let counts = rows.iter().flat_map(|row| row.rest()).fold([("", 0); 4], |mut counts, (what, names)| {
            let at = ["missing", "stale", "unrecorded", "orphaned"].iter().position(|name| *name == what).unwrap_or(0);
            counts[at] = (what, counts[at].1 + names.len());
            counts
        });
        let counts: Vec<String> = counts.iter().filter(|it| it.1 > 0).map(|(what, n)| format!("{n} {what}")).collect();
        let counts = if counts.is_empty() { String::new() } else { format!("; {}", counts.join(", ")) };
        text.push_str(&format!(
            "{} ({}): {fresh} of {all} parts, {} %{counts}\n",
            locale.id,
            locale.name,
            percent(fresh, all)
        ));
        for row in rows.iter().filter(|row| row.draft || row.rest().iter().any(|(_, names)| !names.is_empty())) {
            text.push_str(&line(row));
        }
    }
    text
}

fn line(row: &Row) -> String {
    let rest = row.rest().into_iter().filter(|(_, names)| !names.is_empty()).map(|(what, names)| {
        if names.len() == row.states.len() && what != "orphaned" {
            return format!("all {what}");
        }
        let more = names.len().saturating_sub(MAX_NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{what} {}{more}", names[..names.len().min(MAX_NAMED)].join(", "))
    });
    let draft = row.draft.then(|| "draft".to_owned());
    let rest: Vec<String> = draft.into_iter().chain(rest).collect();
    let done =
        if row.has_source { format!("{} %", percent(row.fresh(), row.states.len())) } else { "no source".into() };
    let kind = if row.kind == "texts" { "" } else { row.kind };
    format!(
        "  {:>5}  {} {}\n",
        done,
        format!("{kind} {}", row.name).trim_start(),
        format_args!("· {}", rest.join(" · "))
    )
}

fn as_json(rows: &[Row], documents: &Documents) -> Value {
    let day = |row: &Row, part: &str| {
        let state = row.states.iter().find(|(name, _)| name == part).map(|(_, state)| *state);
        matches!(state, Some(State::Stale(Some(_)))).then(|| match state {
            Some(State::Stale(Some(day))) => day.to_string(),
            _ => String::new(),
        })
    };
    let row = |row: &Row| {
        let [missing, stale, unrecorded, orphaned] = row.rest().map(|(_, names)| names);
        let stale: Vec<Value> =
            stale.into_iter().map(|part| json!({ "part": part, "since": day(row, part) })).collect();
        json!({
            "kind": row.kind,
            "name": row.name,
            "has_source": row.has_source,
            "draft": row.draft,
            "parts": row.states.len(),
            "fresh": row.fresh(),
            "percent": percent(row.fresh(), row.states.len()),
            "missing": missing,
            "stale": stale,
            "unrecorded": unrecorded,
            "orphaned": orphaned,
        })
    };
    let locale = |(ix, rows): (LocaleIx, Vec<&Row>)| {
        let all: usize = rows.iter().map(|row| row.states.len()).sum();
        let fresh: usize = rows.iter().map(|row| row.fresh()).sum();
        let texts: Vec<Value> = rows.into_iter().map(row).collect();
        let id = documents.config.locale(ix).id.as_str();
        json!({ "locale": id, "parts": all, "fresh": fresh, "percent": percent(fresh, all), "texts": texts })
    };
    let source = documents.config.locale(documents.config.source_locale).id.as_str();
    json!({ "schema": 1, "source": source, "locales": locales(rows, documents).map(locale).collect::<Vec<_>>() })
}
