//! A fact to start from, at the end of its policy file.

use super::Site;
use crate::change::edits::{Edits, YamlFile, end_of, value};
use crate::change::words::Wanted;
use crate::change::{Changes, given_up};
use crate::diag::suggest;
use crate::model::evidence::Risk;
use crate::model::fact::{CARRIER, FactKey};
use crate::model::id::Id;
use crate::model::value::Kind;
use crate::parse::yaml::Spans;

/// A fact to be made.
pub struct NewFact<'a> {
    pub key: &'a FactKey,
    pub kind: Kind,
    pub risk: Risk,
    /// What it says, in the source locale.
    pub label: Option<&'a str>,
}

/// The policy file of its owner with the fact behind the others; nobody knows its value yet.
///
/// # Errors
/// When there is such a fact already, or no such owner, or when its file cannot be added to.
pub fn fact(site: Site<'_>, new: &NewFact<'_>) -> Result<Changes, String> {
    let FactKey { owner, fact } = new.key;
    let Some(policy) = site.documents.policies.get(owner) else {
        let known = site.documents.policies.keys().map(Id::as_str);
        let help = given_up::today(site.linked, owner).or_else(|| suggest::words(owner.as_str(), known));
        return Err(format!("there is no carrier `{owner}`{}", given_up::line(help)));
    };
    if policy.carrier.facts.contains(fact) {
        return Err(format!("there is a fact `{}` already; nothing was changed", new.key));
    }
    if fact.as_str() == CARRIER {
        return Err(format!("no fact can be called `{CARRIER}`: in texts that is the carrier's name"));
    }
    let name = site.tree.path(policy.carrier.place.file).as_str().to_owned();
    let file =
        YamlFile::read(site.tree, &name).ok_or_else(|| format!("{name} cannot be read; `rahnuma check` says why"))?;
    let Some(list) = value(&file.spans, "facts") else { return Err(format!("{name} has no list of facts")) };
    let mut edits = Edits::of(site.tree);
    let make = |indent: &str| {
        let label = site.lines(&format!("{indent}    "), new.label, Wanted::Label);
        let text = site.unknown_fact(fact.as_str(), (new.kind, new.risk), &label, indent);
        text.replace('\n', file.newline())
    };
    match list {
        Spans::List(range, values) if values.is_empty() => {
            let end = end_of(&file.text, list);
            // Nor is the space behind the colon left at the end of its line.
            let start = file.text[..range.start].trim_end_matches(' ').len();
            edits.replace(file.place(start..end), format!("{}{}", file.newline(), make("  ").trim_end()));
        }
        Spans::List(_, values) if file.text[..values[0].range().start].trim_end_matches(' ').ends_with('-') => {
            let first = values[0].range().start;
            let (_, indent) = file.line(first);
            let at = values.last().map_or(first, |last| end_of(&file.text, last));
            let (behind, open) = file.behind(at);
            // Apart from the one before it as the others are.
            let apart = values.len() > 1 && file.text[..file.line(values[1].range().start).0].ends_with("\n\n");
            let newline = file.newline();
            let before = [if open { newline } else { "" }, if apart { newline } else { "" }].concat();
            edits.replace(file.place(behind..behind), before + &make(indent));
        }
        _ => return Err(format!("the facts of {name} are written in a way that cannot be added to; add it by hand")),
    }
    Ok(edits.changes())
}
