//! `check --external-links`: asks addresses outside the site, tells what they answer, and remembers which were not reached.

use std::collections::BTreeSet;
use std::path::Path;

use super::scope::Scope;
use super::terminal::{self, Progress, Terminal};
use crate::compile::Compiled;
use crate::edge::disk::{Change, apply};
use crate::edge::links::{Manners, ask};
use crate::external::{self, Answers};
use crate::model::external::{Answer, Memory};
use crate::parse::links;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// Asks the addresses that are in scope, and adds what is found.
///
/// # Errors
/// When they cannot be asked, or what is remembered cannot be written.
pub fn ask_outside(compiled: &mut Compiled, root: &Path, scope: &Scope, terminal: &Terminal) -> Result<(), String> {
    let Some(renderer) = compiled.renderer() else {
        terminal::note("no address was asked: what is wrong with the site has to be mended first");
        return Ok(());
    };
    let (site, tree) = (renderer.site(), &compiled.tree);
    let Some(before) = links::of_site(tree) else {
        let file = layout::LINKS;
        terminal::note(&format!("no address was asked: {file} has mistakes; mend them, or take the file away"));
        return Ok(());
    };
    let addresses = external::addresses(site);
    let is_in_scope = |places: &BTreeSet<_>| places.iter().any(|place| scope.has_place(*place, tree));
    let in_scope = addresses.iter().filter(|(_, places)| is_in_scope(places));
    let asked: BTreeSet<String> = in_scope.map(|(address, _)| address.clone()).collect();
    let progress = Progress::counting(terminal, "addresses");
    let answers = ask(&asked, &Manners::default(), &|done, of| progress.at(done, of));
    progress.end();
    let answers = answers?;
    let memory = external::after(&before, &addresses, &answers, site.as_of);
    keep(root, tree, &memory)?;
    terminal.say(&summary(&answers));
    let found = external::findings(site, &addresses, &answers, &memory).sorted(tree);
    compiled.add(found);
    Ok(())
}

/// Writes what is remembered, where that is anything new. A site of which nothing was ever remembered gets no file.
fn keep(root: &Path, tree: &SourceTree, memory: &Memory) -> Result<(), String> {
    let text = links::write(memory);
    let before = SourcePath::new(layout::LINKS).ok().and_then(|path| tree.get(&path));
    let (before, after) = (before.as_deref(), text.as_bytes());
    if before == Some(after) || (before.is_none() && memory.is_empty()) {
        return Ok(());
    }
    apply(root, &[Change { name: layout::LINKS, before, after: Some(after) }])
}

fn summary(answers: &Answers) -> String {
    let count = |is_it: fn(&Answer) -> bool| answers.values().filter(|answer| is_it(answer)).count();
    let asked = match answers.len() {
        1 => "1 address".to_owned(),
        all => format!("{all} addresses"),
    };
    let reached = count(|answer| matches!(answer, Answer::Reachable { .. }));
    let gone = count(|answer| matches!(answer, Answer::Gone(_)));
    format!("asked {asked} outside the site: {reached} reached, {gone} gone, {} unsure", answers.len() - reached - gone)
}
