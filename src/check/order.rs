//! The same ids in the same order: what is missing, foreign, renamed or moved between a source and its translation.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::id::Id;
use crate::model::locale::Locale;
use crate::model::reserved::is_reserved;

/// Ids in order, each with its place.
pub type Ids = Vec<(Id, Span)>;

/// Where each id stands in the list, the first time.
fn positions(ids: &Ids) -> BTreeMap<&Id, usize> {
    ids.iter().enumerate().rev().map(|(at, (id, _))| (id, at)).collect()
}

/// For each of a list, the last before it that stands elsewhere too.
fn last_shared<'a>(ids: &'a Ids, elsewhere: &BTreeMap<&Id, usize>) -> Vec<Option<&'a Id>> {
    let mut last = None;
    let before = |(id, _): &'a (Id, Span)| {
        let before = last;
        last = elsewhere.contains_key(id).then_some(id).or(last);
        before
    };
    ids.iter().map(before).collect()
}

/// What to do about a heading that is lost, of which the words are there.
fn heading_back(braces: &str, level: u8) -> String {
    let signs = "#".repeat(level.into());
    format!("its words are here: write its heading above them, between two empty lines: `{signs} … {{{braces}}}`")
}

/// Where the words of one begin, if anywhere, and the level of its heading.
pub type Place<'a> = dyn Fn(&Id) -> Option<(Span, u8)> + 'a;

/// What surrounds two lists that are compared.
pub struct Around<'a> {
    /// The place to name when nothing stands before a missing one, in the source and in the translation.
    pub whole: [Span; 2],
    pub locale: &'a Locale,
    /// In which step each stands in the source, and in the translation.
    pub homes: [&'a BTreeMap<&'a Id, &'a Id>; 2],
    /// How many have no id that can be read, in the source and in the translation: that was told.
    pub nameless: [usize; 2],
    /// What stands between the source's braces, where it is more than the id.
    pub braces: &'a BTreeMap<&'a Id, String>,
    /// Items that stand here in another step, by the step of the source that is missing here.
    pub brought: &'a BTreeMap<&'a Id, Vec<&'a Id>>,
    /// Where the words of one begin that lost its heading and nothing else: one of the source here, and one of here in the source.
    pub runs_on: [&'a Place<'a>; 2],
    /// Whether the words of two that changed places still stand in the order of the source, as far as what they name shows it.
    pub are_in_order: &'a dyn Fn([&Id; 2]) -> Option<bool>,
}

/// Reports every id that does not stand here as it stands in the source.
pub fn same(code: Code, what: &str, (source, here): (&Ids, &Ids), around: &Around<'_>, sink: &mut Diagnostics) {
    let (there, own) = (positions(source), positions(here));
    let before = last_shared(source, &own);
    let before_here = last_shared(here, &there);
    let order = Order { code, what, source, here, there, own, before, before_here, around };
    let foreign: Vec<&(Id, Span)> = here.iter().filter(|(id, _)| !order.there.contains_key(id)).collect();
    if foreign.len() > around.nameless[0] {
        // What belongs to a step that is missing here is told with that.
        let is_brought = |id: &Id| around.homes[0].get(id).is_some_and(|home| around.brought.contains_key(home));
        let told = foreign.iter().filter(|(id, _)| !is_brought(id));
        told.for_each(|(id, place)| sink.push(order.foreign(id, *place)));
    }
    let renamed: BTreeSet<&Id> = foreign.iter().filter_map(|(id, _)| order.renamed(id)).map(|(id, _)| id).collect();
    let missing: Vec<&(Id, Span)> = source.iter().filter(|(id, _)| !order.own.contains_key(id)).collect();
    // That the source has an id that no section may have is told.
    let is_told = |id: &Id| code == Code::StepParity && is_reserved(id.as_str());
    let lost = missing.iter().filter(|(id, _)| !renamed.contains(id) && !around.homes[1].contains_key(id));
    let lost: Vec<_> = lost.filter(|(id, _)| !is_told(id)).collect();
    if lost.len() > around.nameless[1] {
        lost.iter().for_each(|(id, place)| sink.push(order.missing(id, *place)));
    }
    if foreign.is_empty() && missing.is_empty() {
        order.moved(sink);
    }
}

/// Ids of one kind in the source and in a translation.
struct Order<'a> {
    code: Code,
    what: &'a str,
    source: &'a Ids,
    here: &'a Ids,
    /// Where each stands in the source, and where here.
    there: BTreeMap<&'a Id, usize>,
    own: BTreeMap<&'a Id, usize>,
    /// For each of the source, the last before it that stands here too.
    before: Vec<Option<&'a Id>>,
    /// For each of here, the last before it that stands in the source too.
    before_here: Vec<Option<&'a Id>>,
    around: &'a Around<'a>,
}

impl Order<'_> {
    /// The source's name for the same thing: one of each at the same position is one mistake.
    fn renamed(&self, id: &Id) -> Option<&(Id, Span)> {
        let name = self.source.get(*self.own.get(id)?)?;
        (self.here.len() == self.source.len() && !self.own.contains_key(&name.0)).then_some(name)
    }

    fn foreign(&self, id: &Id, place: Span) -> Diagnostic {
        let what = self.what;
        if let Some(home) = self.around.homes[0].get(id) {
            let headline = format!("the {what} `{id}` stands in the step `{home}` in the source");
            return Diagnostic::new(self.code, place, headline).help(format!("move it to `{home}` here too"));
        }
        match self.renamed(id) {
            Some((name, there)) => {
                let headline = format!("the {what} `{name}` is called `{id}` in every other language");
                let in_source = Diagnostic::new(self.code, *there, headline)
                    .help(format!("call it `{id}` again; `rahnuma rename` gives it another name everywhere"));
                let headline = format!("the {what} `{id}` is called `{name}` in the source");
                Diagnostic::new(self.code, place, headline)
                    .related(*there, "the source")
                    .help(format!("use the same id in every locale: `{name}`"))
                    .in_source(in_source)
            }
            None => Diagnostic::new(self.code, place, format!("the source has no {what} `{id}` here"))
                .help("take it out, or write it in every locale")
                .in_source(self.lost(id)),
        }
    }

    /// What is told at the source of one that every translation has and it has not.
    fn lost(&self, id: &Id) -> Diagnostic {
        let at = self.own.get(id).copied().unwrap_or_default();
        let before = self.before_here.get(at).copied().flatten();
        let before = before.and_then(|id| self.source.get(*self.there.get(id)?));
        let (after, anchor) =
            before.map_or(("first".to_owned(), self.around.whole[0]), |(id, place)| (format!("after `{id}`"), *place));
        if let Some((words, level)) = self.around.runs_on[1](id) {
            let headline =
                format!("the heading of the {} `{id}` stands in every other language, and not here", self.what);
            return Diagnostic::new(self.code, words, headline).help(heading_back(&format!("#{id}"), level));
        }
        let headline = format!("the {} `{id}` stands in every other language, and not here", self.what);
        Diagnostic::new(self.code, anchor, headline)
            .help(format!("bring it back, {after}; if it is to go, take it out in every language"))
    }

    /// What is told at the source of a heading below which every translation has the words, and above them no heading.
    fn begins_here(&self, id: &Id, (place, level): (Span, u8), braces: &str) -> Diagnostic {
        let signs = "#".repeat(level.into());
        let headline =
            format!("the heading of the {} `{id}` stands here, and in no other language; its words do", self.what);
        Diagnostic::new(self.code, place, headline).help(format!(
            "if it is new, write it above those words in every language, between two empty lines: `{signs} … {{{braces}}}`; then `rahnuma register`"
        ))
    }

    fn missing(&self, id: &Id, place: Span) -> Diagnostic {
        let Around { whole: [_, whole], locale, .. } = *self.around;
        let at = self.there.get(id).copied().unwrap_or_default();
        let before = self.before.get(at).copied().flatten().and_then(|id| self.here.get(*self.own.get(id)?));
        let (after, anchor) =
            before.map_or(("first".to_owned(), whole), |(id, place)| (format!("after `{id}`"), *place));
        if let Some((words, level)) = self.around.runs_on[0](id) {
            let headline =
                format!("the heading of the {} `{id}` is missing in `{}` ({})", self.what, locale.id, locale.name);
            let braces = self.around.braces.get(id).cloned().unwrap_or_else(|| format!("#{id}"));
            let found = Diagnostic::new(self.code, words, headline).related(place, "the source has it here");
            return found.help(heading_back(&braces, level)).in_source(self.begins_here(id, (place, level), &braces));
        }
        let headline = format!("the {} `{id}` is missing in `{}` ({})", self.what, locale.id, locale.name);
        // A step is more than its heading.
        let below = if self.code == Code::StepParity { ", and below it what the source has there" } else { "" };
        let missing = Diagnostic::new(self.code, anchor, headline).related(place, "the source has it here").help(
            match self.around.braces.get(id) {
                Some(braces) => format!("write it {after}, with the same braces: `{{{braces}}}`{below}"),
                None => format!("write it {after}, with the same id: `{{#{id}}}`{below}"),
            },
        );
        match self.around.brought.get(id) {
            Some(items) => {
                let items: Vec<String> = items.iter().map(|item| format!("`{item}`")).collect();
                missing.help(format!("move {} to `{id}` here too, as in the source", items.join(", ")))
            }
            None => missing,
        }
    }

    /// Reports the first that stands elsewhere than in the source.
    fn moved(&self, sink: &mut Diagnostics) {
        let mut pairs = self.here.iter().zip(self.source);
        let Some(((id, place), (wanted, other))) = pairs.find(|((a, _), (b, _))| a != b) else { return };
        let ids = [id, wanted];
        let are_in_order = if self.is_exchange(ids) { (self.around.are_in_order)(ids) } else { Some(false) };
        let found = match are_in_order {
            Some(true) => self.exchanged_ids(ids, *place),
            Some(false) => self.elsewhere(id, *place),
            None => self.elsewhere(id, *place).help(format!(
                "but if the words stand in the order of the source, exchange the ids `{id}` and `{wanted}` instead"
            )),
        };
        let headline =
            format!("the {}s stand in another order than in every other language: `{wanted}` comes here", self.what);
        let in_source = Diagnostic::new(self.code, *other, headline)
            .help("where the words have another order too, move it; else exchange the ids");
        sink.push(found.related(*other, "the source's order").in_source(in_source));
    }

    /// Whether two that changed places are all that stands elsewhere.
    fn is_exchange(&self, ids: [&Id; 2]) -> bool {
        let [one, other] = ids.map(|id| self.own.get(id).copied());
        let is_other = |at: usize| Some(at) == one || Some(at) == other;
        let mut pairs = self.here.iter().zip(self.source).enumerate();
        pairs.all(|(at, ((a, _), (b, _)))| a == b || is_other(at) && ids.contains(&a) && ids.contains(&b))
    }

    fn elsewhere(&self, id: &Id, place: Span) -> Diagnostic {
        let headline = format!("the {}s stand in another order than in the source: `{id}` comes here", self.what);
        Diagnostic::new(self.code, place, headline).help("move it, so that the order is the same in every locale")
    }

    fn exchanged_ids(&self, [id, other]: [&Id; 2], place: Span) -> Diagnostic {
        let headline = format!(
            "the ids `{id}` and `{other}` stand in each other's place: the words are in the order of the source"
        );
        Diagnostic::new(self.code, place, headline)
            .help("exchange the two ids; else readers find what they ticked at the words of the other")
    }
}
