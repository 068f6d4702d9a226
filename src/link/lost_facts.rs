//! Facts that texts name and that stand nowhere, because they were given another name where they stood, or taken out: told once, in the
//! policy file, however many places name them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::recorded::Recorded;
use super::renamed::{FILES, MAX_SHOWN, mistyped};
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::fact::{Fact, FactKey, NATIONAL};
use crate::model::id::Id;
use crate::parse::Documents;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};

/// Facts as texts name them, each under its full name.
#[derive(Default)]
pub(super) struct Named {
    /// Those that stand somewhere, by number.
    there: BTreeSet<usize>,
    /// Those that do not, where their owner has a file, with the places that name them.
    lost: BTreeMap<FactKey, BTreeSet<Span>>,
}

impl Named {
    /// A text names a fact.
    pub(super) fn add(&mut self, fact: &Fact) {
        self.there.insert(fact.ix);
    }

    /// A text names a fact in vain.
    pub(super) fn add_lost(&mut self, key: FactKey, place: Span) {
        self.lost.entry(key).or_default().insert(place);
    }
}

/// Makes one finding of those on a fact that stood somewhere.
pub(super) fn report(
    (documents, tree): (&Documents, &SourceTree),
    facts: &BTreeMap<FactKey, Arc<Fact>>,
    named: &Named,
    sink: &mut Diagnostics,
) {
    let mut owners: BTreeMap<&Id, Owner<'_>> = BTreeMap::new();
    let (mut silent, mut open) = (BTreeSet::<Span>::new(), BTreeSet::<Span>::new());
    let mut told = Vec::new();
    for (key, places) in &named.lost {
        let owner =
            owners.entry(&key.owner).or_insert_with(|| Owner::of(&key.owner, (documents, tree), (facts, named)));
        // The same is told whether drafts are looked at or not.
        let is_draft = |place: &&Span| documents.drafts.files.contains(&place.file);
        let (drafts, published): (Vec<Span>, Vec<Span>) = places.iter().partition(is_draft);
        match owner.finding(&key.fact, if published.is_empty() { &drafts } else { &published }) {
            Some(finding) => {
                silent.extend(places);
                told.push(finding);
            }
            None => open.extend(places),
        }
    }
    // In a fragment, one name may be that of several carriers' facts.
    sink.take(|one| {
        let place = &one.primary.place;
        one.code == Code::UnknownFact && silent.contains(place) && !open.contains(place)
    });
    told.into_iter().for_each(|finding| sink.push(finding));
}

/// The facts of one owner.
struct Owner<'a> {
    id: &'a Id,
    file: FileId,
    all: &'a BTreeMap<FactKey, Arc<Fact>>,
    facts: Vec<&'a Fact>,
    named: &'a Named,
    recorded: Recorded<'a>,
}

impl<'a> Owner<'a> {
    fn of(
        id: &'a Id,
        (documents, tree): (&'a Documents, &'a SourceTree),
        (all, named): (&'a BTreeMap<FactKey, Arc<Fact>>, &'a Named),
    ) -> Self {
        let facts: Vec<&Fact> = all.iter().filter(|(key, _)| key.owner == *id).map(|(_, fact)| &**fact).collect();
        let path = SourcePath::new(&layout::policy(id.as_str()));
        let file = facts.first().map(|fact| fact.place.file).or(path.ok().map(|path| tree.id(&path)));
        let file = file.unwrap_or(FileId::SITE);
        Self { id, file, all, facts, named, recorded: Recorded::of(file, documents, tree) }
    }

    /// Whether a fact was translated under this name.
    fn is_recorded(&self, fact: &Id) -> bool {
        self.recorded.was(&label(fact)).is_some()
    }

    /// What is told of a fact that stands nowhere; nothing where it is sooner a slip at the place that names it.
    fn finding(&self, lost: &Id, places: &[Span]) -> Option<Diagnostic> {
        let was_there = self.is_recorded(lost);
        let files: BTreeSet<FileId> = places.iter().map(|place| place.file).collect();
        if !was_there && files.len() < FILES {
            return None;
        }
        if let Some((fact, is_same)) = self.renamed(lost, was_there) {
            return Some(renamed(fact, (self.id, lost), places, is_same));
        }
        let all = self.facts.iter().map(|fact| fact.key.fact.as_str());
        if !was_there && (nearest(lost.as_str(), all).is_some() || self.is_of_the_nation(lost)) {
            return None;
        }
        Some(taken_out((self.id, lost), places, (self.file, was_there)))
    }

    /// What the fact is called today, and whether that is sure.
    fn renamed(&self, lost: &Id, was_there: bool) -> Option<(&'a Fact, bool)> {
        let free = || self.facts.iter().copied().filter(|fact| !self.named.there.contains(&fact.ix));
        let is_same = |fact: &&Fact| self.recorded.has_moved(&label(lost), &label(&fact.key.fact));
        if let Some(same) = free().find(is_same) {
            return Some((same, true));
        }
        // What was translated under its own name is another fact.
        let is_new = |fact: &&Fact| !self.is_recorded(&fact.key.fact);
        let near = free().filter(|fact| !was_there || is_new(fact)).map(|fact| fact.key.fact.as_str());
        if let Some(near) = mistyped(lost.as_str(), near) {
            return free().find(|fact| fact.key.fact.as_str() == near).map(|fact| (fact, false));
        }
        let mut new = free().filter(is_new);
        let is_only = self.named.lost.keys().filter(|key| key.owner == *self.id).count() == 1;
        new.next().filter(|_| is_only && new.next().is_none()).map(|fact| (fact, false))
    }

    fn is_of_the_nation(&self, fact: &Id) -> bool {
        Id::new(NATIONAL).is_some_and(|owner| self.all.contains_key(&FactKey { owner, fact: fact.clone() }))
    }
}

/// The way to a fact's label.
fn label(fact: &Id) -> String {
    format!("facts.{fact}.label")
}

fn names(places: &[Span]) -> String {
    match places.len() {
        1 => "one place names".to_owned(),
        many => format!("{many} places name"),
    }
}

/// A fact that no text names stands where another one stood.
fn renamed(fact: &Fact, (owner, lost): (&Id, &Id), places: &[Span], is_same: bool) -> Diagnostic {
    let headline =
        format!("no text names the fact `{}`, and {} `{owner}.{lost}`, which is none", fact.key, names(places));
    let renamed = Diagnostic::new(Code::UnknownFact, fact.place, headline);
    let first = if places.len() == 1 { "named here" } else { "the first of them" };
    let renamed = places.iter().take(1).fold(renamed, |renamed, place| renamed.related(*place, first));
    let new = &fact.key.fact;
    if is_same {
        return renamed.help(format!(
            "it was renamed: call it `{lost}` again; `rahnuma rename fact {owner}.{lost} {new}` then renames it everywhere"
        ));
    }
    renamed
        .help(format!("if they are the same, call it `{lost}` here, or write `{new}` in each of those places"))
        .help(format!("if they are two, `{lost}` is missing in this file: bring it back, or take it out of the texts"))
}

/// A fact stood in a file and does no more.
fn taken_out((owner, lost): (&Id, &Id), places: &[Span], (file, was_there): (FileId, bool)) -> Diagnostic {
    let headline = format!("{} the fact `{owner}.{lost}`, which stands nowhere", names(places));
    let taken = Diagnostic::new(Code::UnknownFact, Span::file(file), headline);
    let taken = places.iter().take(MAX_SHOWN).fold(taken, |taken, place| taken.related(*place, "named here"));
    let taken = taken.help(if was_there {
        format!("it stood in this file: bring `{lost}` back; if it is to go, take it out of the texts first")
    } else {
        format!(
            "write `{lost}` into this file, or bring it back if it was taken out; else name another fact in the texts"
        )
    });
    match places.len().saturating_sub(MAX_SHOWN) {
        0 => taken,
        1 => taken.help("one more place names it"),
        more => taken.help(format!("{more} more places name it")),
    }
}
