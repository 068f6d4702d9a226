//! What the commands share that change a site's own files: reading it, and writing all of the changes or none.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;

use super::build::plural;
use super::status;
use super::terminal::{self, Terminal};
use super::{CONTENT, FAILURE};
use crate::change::Changes;
use crate::compile::{Options, compile};
use crate::diag::{Code, Diagnostic};
use crate::edge::disk::{Change, apply};
use crate::parse::Documents;
use crate::source::tree::SourceTree;

/// The sources of a site as read, drafts among them; where they cannot be read, that is told.
pub fn read(root: &Path, terminal: &Terminal) -> Option<(SourceTree, Documents)> {
    status::documents(root, terminal)
}

/// Writes changes and says what was done: each file, then a line on the whole.
pub fn write(root: &Path, tree: &SourceTree, changes: &Changes, done: &str, terminal: &Terminal) -> u8 {
    if changes.is_empty() {
        terminal.say("nothing was changed");
        return 0;
    }
    let before: BTreeMap<&str, _> = changes.iter().map(|(path, _)| (path.as_str(), tree.get(path))).collect();
    let all: Vec<Change<'_>> = changes
        .iter()
        .map(|(path, after)| Change { name: path.as_str(), before: before[path.as_str()].as_deref(), after })
        .filter(|change| change.before != change.after)
        .collect();
    if let Err(problem) = apply(root, &all) {
        terminal::fail(&problem);
        return FAILURE;
    }
    for change in &all {
        let what = match (change.before, change.after) {
            (None, _) => "new    ",
            (_, None) => "gone   ",
            _ => "changed",
        };
        terminal.say(&format!("{what} {}", change.name));
    }
    terminal.say(&format!("{done} ({})", plural(all.len(), "file")));
    0
}

/// Refuses changes, with the reason.
pub fn refuse(problem: &str) -> u8 {
    terminal::fail(problem);
    FAILURE
}

/// What changes would break: findings of the site as it will be that it does not have as it is.
pub fn broken(
    tree: &SourceTree,
    changes: &Changes,
    as_of: Date,
    moved: &dyn Fn(&str) -> Option<String>,
) -> Vec<String> {
    let options = Options { as_of, drafts: true, ..Options::default() };
    let (before, after) = (compile(tree, &options), compile(&changes.onto(tree), &options));
    let path = |found: &Diagnostic, tree: &SourceTree| tree.path(found.primary.place.file).as_str().to_owned();
    let mut known: BTreeMap<(Code, String), usize> = BTreeMap::new();
    for found in &before.diagnostics {
        let path = path(found, &before.tree);
        *known.entry((found.code, moved(&path).unwrap_or(path))).or_default() += 1;
    }
    let mut new = Vec::new();
    for found in &after.diagnostics {
        let path = path(found, &after.tree);
        match known.get_mut(&(found.code, path.clone())) {
            Some(count) if *count > 0 => *count -= 1,
            _ => new.push(format!("{path}: {} ({})", found.headline, found.code.name())),
        }
    }
    new
}

/// How many findings are shown of what a change would break.
const MAX_SHOWN: usize = 5;

/// Says what a change would break.
pub fn tell_broken(what: &str, broken: &[String]) -> u8 {
    let more = broken.len().saturating_sub(MAX_SHOWN);
    let more = if more > 0 { format!("\n  and {more} more") } else { String::new() };
    let shown: Vec<&str> = broken.iter().take(MAX_SHOWN).map(String::as_str).collect();
    terminal::fail(&format!("{what} would break the site; nothing was changed:\n  {}{more}", shown.join("\n  ")));
    CONTENT
}
