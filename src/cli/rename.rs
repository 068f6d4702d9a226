//! `register` and `rename`: the names that readers hold.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::build::plural;
use super::change::{self, broken, refuse, tell_broken};
use super::day;
use super::new::{fact_key, guide_key, id};
use super::terminal::{self, Terminal};
use super::{CONTENT, FAILURE};
use crate::change::register::register;
use crate::change::rename::{self, Sources, What};
use crate::edge::disk;
use crate::link;
use crate::model::fact::FactKey;
use crate::parse;
use crate::parse::cache::Cache;

#[derive(Args)]
pub struct RegisterArguments {
    /// The folder that holds `content`.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

#[derive(Args)]
pub struct RenameArguments {
    /// What gets another name.
    #[arg(value_enum)]
    what: Named,
    /// Its name: jazz/close-sim for a guide, jazz/close-sim#counter for a step or an item, jazz.helpline for a fact (*.helpline of every
    /// carrier at once), jazz for a carrier.
    old: String,
    /// Its new name; what stands before it (a guide's carrier, a step's guide, a fact's owner) may be left out.
    new: String,
    /// The folder that holds `content`.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Named {
    Guide,
    Item,
    Step,
    Fact,
    Carrier,
}

/// Writes new ids into the registry.
pub fn register_ids(arguments: &RegisterArguments, terminal: &Terminal) -> u8 {
    let (mut tree, _) = disk::read(&arguments.root);
    let (documents, _) = parse::documents(&mut tree, &mut Cache::default(), false);
    let Some(documents) = documents else {
        return refuse("the site cannot be read; `rahnuma check` says why");
    };
    let (site, _) = link::site(&documents, &tree, day::today(&tree));
    let registered = match register(&tree, &site) {
        Ok(registered) => registered,
        Err(problem) => return refuse(&problem),
    };
    for (guide, ids) in &registered.added {
        terminal.say(&format!("{guide}: {}", ids.join(", ")));
    }
    let count = registered.added.iter().map(|(_, ids)| ids.len()).sum();
    let done = if count == 0 {
        terminal.say("everything that is published is in the registry already");
        0
    } else {
        let done = format!("registered {}", plural(count, "name"));
        change::write(&arguments.root, &tree, &registered.changes, &done, terminal)
    };
    for (guide, gone, new) in &registered.unclear {
        terminal::fail(&format!(
            "`{guide}` was left alone: {} is gone from it, and {} is new\nhelp: if that is a new name for the same thing, bring the old one back and say \
             `rahnuma rename item {guide}#{} {}`; else say in content/published.yaml that it is `retired`",
            gone.join(", "),
            new.join(", "),
            gone.first().map_or("", String::as_str),
            new.first().map_or("", String::as_str)
        ));
    }
    if registered.unclear.is_empty() { done } else { done.max(CONTENT) }
}

/// Gives something another name.
pub fn rename(arguments: &RenameArguments, terminal: &Terminal) -> u8 {
    let what = match what(arguments) {
        Ok(what) => what,
        Err(problem) => return refuse(&problem),
    };
    let Some((tree, documents)) = change::read(&arguments.root, terminal) else { return FAILURE };
    let today = day::today(&tree);
    let (site, _) = link::site(&documents, &tree, today);
    let changes = match rename::rename(Sources { tree: &tree, documents: &documents, site: &site }, &what) {
        Ok(changes) => changes,
        Err(problem) => return refuse(&problem),
    };
    let broken = broken(&tree, &changes, today, &|path| what.moved(path));
    if !broken.is_empty() {
        return tell_broken("the new name", &broken);
    }
    let code = change::write(&arguments.root, &tree, &changes, &format!("{what} now"), terminal);
    if code == 0 && matches!(what, What::Guide { .. } | What::Carrier { .. }) {
        terminal::note(
            "phones keep ticks by guide: readers who are in the middle of one begin anew under its new name",
        );
    }
    code
}

fn what(arguments: &RenameArguments) -> Result<What, String> {
    let RenameArguments { what, old, new, .. } = arguments;
    let wrong = |problem: String| format!("`{old}` and `{new}`: {problem}");
    let what = match what {
        Named::Guide => {
            let old = guide_key(old).map_err(wrong)?;
            let full = if new.contains('/') { new.clone() } else { format!("{}/{new}", old.section) };
            let new = guide_key(&full).map_err(wrong)?;
            if new.section != old.section {
                return Err(format!("a guide stays with its carrier: name it {}/…", old.section));
            }
            What::Guide { old, new }
        }
        Named::Step | Named::Item => {
            let (guide, part) = old
                .split_once('#')
                .ok_or_else(|| wrong("expected a guide and an id, such as jazz/close-sim#counter".into()))?;
            let new = new.strip_prefix(&format!("{guide}#")).unwrap_or(new);
            let is_item = matches!(what, Named::Item);
            let guide = guide_key(guide).map_err(wrong)?;
            What::Part { guide, old: id(part).map_err(wrong)?, new: id(new).map_err(wrong)?, is_item }
        }
        Named::Fact => {
            let (owner, fact) = old
                .split_once('.')
                .ok_or_else(|| wrong("expected an owner and a fact, such as jazz.helpline".into()))?;
            let new = new.strip_prefix(&format!("{owner}.")).unwrap_or(new);
            let new = id(new).map_err(wrong)?;
            if owner == "*" {
                What::Fact { owner: None, old: id(fact).map_err(wrong)?, new }
            } else {
                let FactKey { owner, fact } = fact_key(old).map_err(wrong)?;
                What::Fact { owner: Some(owner), old: fact, new }
            }
        }
        Named::Carrier => What::Carrier { old: id(old).map_err(wrong)?, new: id(new).map_err(wrong)? },
    };
    Ok(what)
}
