//! `facts` and `confirm`: what is due for review, and that it was reviewed.

use jiff::civil::Date;

use super::build::plural;
use super::terminal::{self, Terminal};
use super::{CONTENT, ConfirmArguments, FAILURE, FactsArguments, FactsFormat, day};
use crate::compile::{Compiled, Options, Purpose, compile};
use crate::diag::suggest;
use crate::edge::disk;
use crate::edge::edit;
use crate::edge::review::{self, Review};
use crate::model::answer::answer;
use crate::model::fact::{Fact, FactKey};
use crate::model::site::Site;
use crate::source::layout;
use crate::source::tree::{FileId, SourceTree};

/// A fact in the list.
struct Row<'a> {
    fact: &'a Fact,
    /// When something has to be done: its review, or what comes after its end.
    due: Option<Date>,
    checked: Option<Date>,
    ends: Option<Date>,
    /// What holds after that, where it is known.
    then: Option<String>,
    place: (String, usize),
}

/// Lists facts by the day they are due.
pub fn facts(arguments: &FactsArguments, terminal: &Terminal) -> u8 {
    let Some(compiled) = compiled(&arguments.root, arguments.as_of, terminal) else { return FAILURE };
    let Some(site) = site(&compiled, terminal) else { return CONTENT };
    if let Some(owner) = &arguments.owner
        && !site.facts.keys().any(|key| key.owner.as_str() == owner)
    {
        let owners = site.facts.keys().map(|key| key.owner.as_str());
        return unknown("no fact belongs to", owner, owners);
    }
    let until = arguments.due.map(|days| site.as_of.saturating_add(jiff::Span::new().days(days)));
    let of_owner = |fact: &&Fact| arguments.owner.as_ref().is_none_or(|owner| fact.key.owner.as_str() == owner);
    let mut rows: Vec<Row<'_>> =
        site.facts.values().map(|fact| &**fact).filter(of_owner).map(|fact| row(fact, site, &compiled.tree)).collect();
    rows.retain(|row| until.is_none_or(|until| row.due.is_some_and(|due| due <= until)));
    rows.sort_by_key(|row| (row.due.is_none(), row.due, &row.fact.key));
    let text = match arguments.format {
        FactsFormat::Human => table(&rows),
        FactsFormat::Json => rows.iter().map(|row| json(row, site)).collect(),
    };
    let told = terminal::data(&text);
    let overdue = rows.iter().filter(|row| row.due.is_some_and(|due| due <= site.as_of)).count();
    terminal.say(&format!("{}, {overdue} due on {} or before", plural(rows.len(), "fact"), site.as_of));
    told
}

fn row<'a>(fact: &'a Fact, site: &Site, tree: &SourceTree) -> Row<'a> {
    let ended = fact.current.is_empty().then(|| fact.last_ended(site.as_of)).flatten();
    let times = fact.times(site.as_of);
    let next = times.get(1).filter(|_| ended.is_none());
    let ends = match next {
        Some((day, _)) => day.yesterday().ok(),
        None => ended.and_then(|reading| reading.until),
    };
    let then = next.and_then(|(_, held)| answer(held)).filter(|answer| !answer.is_empty());
    let due = [fact.due(site.config.review_days), ends].into_iter().flatten().min();
    let path = tree.path(fact.place.file);
    let text = tree.text(path).unwrap_or_default();
    let line = text.bytes().take(fact.place.range().start).filter(|byte| *byte == b'\n').count() + 1;
    Row {
        fact,
        due,
        checked: fact.current().map(|reading| reading.checked).min(),
        ends,
        then,
        place: (path.to_string(), line),
    }
}

fn table(rows: &[Row<'_>]) -> String {
    let width = rows.iter().map(|row| row.fact.key.to_string().len()).max().unwrap_or(0);
    let line = |row: &Row<'_>| {
        let (file, line) = &row.place;
        let name = row.fact.key.to_string();
        let shown = |day: Option<Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let (due, checked) = (shown(row.due), shown(row.checked));
        let ends = row.ends.map(|day| format!("  ends {day}")).unwrap_or_default();
        let then = row.then.as_ref().map(|answer| format!(", then {answer}")).unwrap_or_default();
        format!(
            "{due:10}  {:6}  {name:width$}  checked {checked:10}  {file}:{line}{ends}{then}\n",
            row.fact.risk.name()
        )
    };
    rows.iter().map(line).collect()
}

fn json(row: &Row<'_>, site: &Site) -> String {
    let source = site.config.source_locale;
    let value = serde_json::json!({
        "fact": row.fact.key.to_string(),
        "owner": row.fact.key.owner.as_str(),
        "label": row.fact.label.get(source),
        "risk": row.fact.risk.name(),
        "checked": row.checked.map(|day| day.to_string()),
        "due": row.due.map(|day| day.to_string()),
        "days_left": row.due.map(|day| (day - site.as_of).get_days()),
        "ends": row.ends.map(|day| day.to_string()),
        "then": row.then,
        "file": row.place.0,
        "line": row.place.1,
    });
    format!("{value}\n")
}

/// Writes down that a fact was compared with its sources.
pub fn confirm(arguments: &ConfirmArguments, terminal: &Terminal) -> u8 {
    let Some(compiled) = compiled(&arguments.root, arguments.as_of, terminal) else { return FAILURE };
    let Some(site) = site(&compiled, terminal) else { return CONTENT };
    let Some((key, fact)) = site.facts.iter().find(|(key, _)| key.to_string() == arguments.fact) else {
        let names: Vec<String> = site.facts.keys().map(ToString::to_string).collect();
        return unknown("there is no fact", &arguments.fact, names.iter().map(String::as_str));
    };
    if let Some(source) = &arguments.source
        && !site.sources.iter().any(|known| known.id.as_str() == source)
    {
        let names = site.sources.iter().map(|source| source.id.as_str());
        return unknown(&format!("{} has no source", layout::SOURCES), source, names);
    }
    if arguments.checked > site.as_of {
        terminal::fail(&format!("{} is still to come: today is {}", arguments.checked, site.as_of));
        return FAILURE;
    }
    match written(arguments, (key, fact.place.file), &compiled.tree) {
        Ok(said) => {
            terminal.say(&said);
            0
        }
        Err(reason) => {
            terminal::fail(&reason);
            FAILURE
        }
    }
}

fn written(arguments: &ConfirmArguments, (key, file): (&FactKey, FileId), tree: &SourceTree) -> Result<String, String> {
    let path = tree.path(file);
    let name = path.as_str();
    let old = tree.text(path).unwrap_or_default();
    // A byte-order mark stays where it is.
    let (mark, text) = old.strip_prefix('\u{feff}').map_or(("", old.as_str()), |text| ("\u{feff}", text));
    let of = Review { fact: key.fact.as_str(), checked: arguments.checked, source: arguments.source.as_deref() };
    let done = review::review(text, of)
        .map_err(|refused| format!("`{key}` was left as it is: {}\nhelp: {}", refused.reason, refused.advice))?;
    if done.text == text {
        return Ok(format!("`{key}` says {} already; nothing was changed", done.before));
    }
    edit::replace(&arguments.root.join(name), Some(old.as_bytes()), format!("{mark}{}", done.text).as_bytes())?;
    let cites = if done.cites_more {
        format!(", with the source {}", arguments.source.as_deref().unwrap_or(""))
    } else {
        String::new()
    };
    Ok(format!("`{key}` is checked on {} (before: {}){cites}, in {name}", arguments.checked, done.before))
}

fn unknown<'a>(what: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> u8 {
    let mut known: Vec<&str> = known.into_iter().collect();
    known.dedup();
    let advice = suggest::words(name, known).map(|words| format!("\nhelp: {words}")).unwrap_or_default();
    terminal::fail(&format!("{what} `{name}`{advice}"));
    FAILURE
}

#[expect(clippy::disallowed_methods, reason = "the command line is told of folders on the disk")]
fn compiled(root: &std::path::Path, as_of: Option<Date>, terminal: &Terminal) -> Option<Compiled> {
    if !root.is_dir() {
        terminal::fail(&format!("there is no folder {}", root.display()));
        return None;
    }
    let (tree, unread) = disk::read(root);
    let as_of = as_of.unwrap_or_else(|| day::today(&tree));
    let mut compiled = compile(&tree, &Options { as_of, base_url: None, purpose: Purpose::Draft, drafts: true });
    compiled.add(unread);
    if terminal.verbose {
        terminal.say(&format!("as of {as_of}"));
    }
    Some(compiled)
}

/// The site, where its files could be read at all.
fn site<'a>(compiled: &'a Compiled, terminal: &Terminal) -> Option<&'a Site> {
    let site = compiled.renderer().map(crate::render::Renderer::site);
    if site.is_none() {
        terminal::fail("the site cannot be read; `rahnuma check` says why");
    } else if compiled.has_errors() {
        terminal.say("the site has errors; facts that could not be read are left out (`rahnuma check` says which)");
    }
    site
}
