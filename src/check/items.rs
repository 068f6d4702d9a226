//! Items and what they name: situations that exist, requirements that exist and do not run in a circle.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::clean::Due;
use crate::diag::suggest::Names;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::attributes::{Attributes, Role};
use crate::model::body::{Block, Prose, Resolved};
use crate::model::guide::Text;
use crate::model::id::Id;
use crate::model::outline::{Step, outline};
use crate::model::site::Site;
use crate::parse::Documents;
use crate::parse::place::Kind;
use crate::source::tree::SourceTree;

/// Item ids are kept on readers' devices and shared in links, so they stay short.
const MAX_ITEM_ID: usize = 24;

/// How many names of a circle are told.
const MAX_NAMED: usize = 20;

pub fn check(documents: &Documents, site: &Site, (tree, due): (&SourceTree, &Due<'_>), sink: &mut Diagnostics) {
    let known = Situations::of(documents, site, tree);
    let guides = site.guides.values().filter(|guide| due.has_guide(guide));
    let source = site.config.source_locale;
    for (guide, ix, text) in guides.flat_map(|guide| guide.texts.iter().map(move |(ix, text)| (guide, *ix, text))) {
        let (intro, steps) = outline(&text.prose);
        stray(intro, &text.prose, "stands before the first step", sink);
        for attributes in steps.iter().flat_map(|step| &step.items).map(|(item, _)| &item.attributes) {
            let Some((id, place)) = attributes.own() else {
                continue;
            };
            if !(2..=MAX_ITEM_ID).contains(&id.as_str().len()) {
                sink.push(
                    Diagnostic::new(Code::BadId, place, format!("the item id `{id}` is too long or too short"))
                        .help("an item id has 2 to 24 characters: it is kept on readers' phones"),
                );
            }
        }
        let short =
            intro.iter().filter_map(|block| if let Block::Short(line) = block { Some(&line.attributes) } else { None });
        situations(&known, short, sink);
        situations(&known, steps.iter().flat_map(|step| &step.items).map(|(item, _)| &item.attributes), sink);
        let graph = graph(&steps);
        // What has no id that can be read was told; it may be what another item waits for.
        let nameless = steps
            .iter()
            .any(|step| step.id().is_none() || step.items.iter().any(|(item, _)| item.attributes.id().is_none()));
        if !nameless {
            let others = guide.texts.iter().filter(|(other, _)| **other != ix && (ix == source || **other == source));
            unknown(&graph, || others.flat_map(|(_, text)| ids(text)).collect(), sink);
        }
        cycles(&graph, sink);
    }
    for text in site.pages.values().flat_map(|page| page.texts.values()) {
        stray(&text.prose.body.blocks, &text.prose, "stands on a plain page", sink);
    }
    let cards = documents.cards.values().flat_map(|card| &card.lines).flat_map(|(_, named)| named);
    let rules = documents.guides.values().filter_map(|document| document.date_rule.as_ref()?.situation.as_ref());
    known.check(cards.chain(rules).map(|id| (&id.value, id.place)), sink);
    known.report(site, sink);
}

/// Items that a fragment brings where no checklist takes them: they would be on no page.
fn stray(blocks: &[Block], prose: &Prose, what: &str, sink: &mut Diagnostics) {
    for block in blocks {
        let Block::Include(at) = block else { continue };
        let Resolved::Fragment(fragment) = prose.get(*at) else { continue };
        if let Some(item) = first_item(fragment) {
            let place = prose.body.references[at.0].place;
            sink.push(
                Diagnostic::new(Code::MisplacedItem, place, format!("this fragment brings items to tick, and {what}"))
                    .related(item, "an item of the fragment")
                    .help("include it below a step of a guide"),
            );
        }
    }
}

fn first_item(prose: &Prose) -> Option<Span> {
    prose.body.blocks.iter().find_map(|block| match block {
        Block::Items(items) => items.first().map(|item| item.place),
        Block::Include(at) => match prose.get(*at) {
            Resolved::Fragment(fragment) => first_item(fragment),
            _ => None,
        },
        _ => None,
    })
}

fn situations<'a>(known: &Situations<'_>, attributes: impl Iterator<Item = &'a Attributes>, sink: &mut Diagnostics) {
    let named = attributes.flat_map(|attributes| attributes.placed(&[Role::When, Role::Unless]).collect::<Vec<_>>());
    known.check(named.into_iter(), sink);
}

/// The situations there are.
struct Situations<'a> {
    documents: &'a Documents,
    ids: BTreeSet<&'a Id>,
    names: Names,
    tree: &'a SourceTree,
    /// Those that are named, and where.
    seen: RefCell<BTreeMap<Id, Vec<Span>>>,
}

impl<'a> Situations<'a> {
    fn of(documents: &'a Documents, site: &'a Site, tree: &'a SourceTree) -> Self {
        let ids = || site.situations.iter().map(|situation| &situation.id);
        Self {
            documents,
            ids: ids().collect(),
            names: Names::new(ids().map(Id::as_str)),
            tree,
            seen: RefCell::default(),
        }
    }

    /// Takes note of those that are named; that there is no list at all is reported.
    fn check<'b>(&self, named: impl Iterator<Item = (&'b Id, Span)>, sink: &mut Diagnostics) {
        let mut named = named.peekable();
        if self.documents.situations.is_none() && named.peek().is_some() {
            self.documents.missing_list(&Kind::Situations, sink);
            return;
        }
        let is_broken = |id: &Id| self.documents.is_broken_entry(&Kind::Situations, id.as_str(), self.tree);
        let mut seen = self.seen.borrow_mut();
        for (id, place) in named.filter(|(id, _)| !is_broken(id)) {
            seen.entry(id.clone()).or_default().push(place);
        }
    }

    /// Reports names of situations that do not exist; those of one that got another name once, where it stands.
    fn report(self, site: &Site, sink: &mut Diagnostics) {
        let seen = self.seen.into_inner();
        let named = if seen.keys().all(|id| self.ids.contains(id)) { BTreeSet::new() } else { named(site) };
        let all = self.documents.situations.iter().flatten().map(|situation| &situation.id);
        let unnamed: Vec<_> = all.filter(|id| !seen.contains_key(&id.value) && !named.contains(&id.value)).collect();
        let unknown: Vec<_> = seen.iter().filter(|(id, _)| !self.ids.contains(*id)).collect();
        if let ([entry], [(id, places)]) = (unnamed.as_slice(), unknown.as_slice())
            && places.iter().map(|place| place.file).collect::<BTreeSet<_>>().len() > 1
        {
            let headline = format!(
                "nothing names the situation `{}`, and {} places name `{id}`, which is none",
                entry.value,
                places.len()
            );
            let renamed = Diagnostic::new(Code::UnknownSituation, entry.place, headline);
            let renamed = renamed.related(places[0], "the first of them");
            sink.push(
                renamed.help(format!("call it `{id}` again, or write `{}` in each of those places", entry.value)),
            );
            return;
        }
        for (id, places) in unknown {
            for place in places {
                let headline = format!("there is no situation `{id}`");
                let unknown = Diagnostic::new(Code::UnknownSituation, *place, headline);
                let unknown = self.names.suggest(unknown, id.as_str());
                sink.push(unknown.help("situations are the entries of content/situations.yaml"));
            }
        }
    }
}

/// Every situation that a guide names, whether the guide is looked at or not.
fn named(site: &Site) -> BTreeSet<&Id> {
    let mut named = BTreeSet::new();
    for text in site.guides.values().flat_map(|guide| guide.texts.values()) {
        let (intro, steps) = outline(&text.prose);
        let lines =
            intro.iter().filter_map(|block| if let Block::Short(line) = block { Some(&line.attributes) } else { None });
        let items = steps.iter().flat_map(|step| &step.items).map(|(item, _)| &item.attributes);
        for attributes in lines.chain(items) {
            named.extend([Role::When, Role::Unless].into_iter().flat_map(|role| attributes.ids(role)));
        }
    }
    named
}

/// What must be done before what: each id with those it requires, and where it says so.
type Graph<'a> = BTreeMap<&'a Id, (BTreeSet<&'a Id>, Option<&'a Attributes>)>;

fn graph<'a>(steps: &'a [Step<'a>]) -> Graph<'a> {
    let mut graph: Graph<'_> = BTreeMap::new();
    for step in steps {
        if let Some(id) = step.id() {
            add(&mut graph, id, &step.heading.attributes);
            // A step is done when its items are done, and an item needs what its step needs.
            for item in step.items.iter().filter_map(|(item, _)| item.attributes.id()).filter(|item| *item != id) {
                graph.entry(id).or_default().0.insert(item);
                graph.entry(item).or_default().0.extend(step.heading.attributes.ids(Role::Requires));
            }
        }
        for (item, _) in &step.items {
            if let Some(id) = item.attributes.id() {
                add(&mut graph, id, &item.attributes);
            }
        }
    }
    graph
}

/// The ids of a text's steps and items.
fn ids(text: &Text) -> Vec<Id> {
    let (_, steps) = outline(&text.prose);
    let items = steps.iter().flat_map(|step| &step.items).filter_map(|(item, _)| item.attributes.id());
    steps.iter().filter_map(Step::id).chain(items).cloned().collect()
}

fn add<'a>(graph: &mut Graph<'a>, id: &'a Id, attributes: &'a Attributes) {
    let entry = graph.entry(id).or_default();
    entry.0.extend(attributes.ids(Role::Requires));
    if attributes.ids(Role::Requires).next().is_some() {
        entry.1 = Some(attributes);
    }
}

/// Reports what is required and is not there. What the same guide has in its source, or in a translation of it, was lost or renamed here,
/// which is told where it is.
fn unknown(graph: &Graph<'_>, elsewhere: impl FnOnce() -> BTreeSet<Id>, sink: &mut Diagnostics) {
    let is_unknown = |id: &Id| !graph.contains_key(id);
    if !graph.values().any(|(required, _)| required.iter().any(|id| is_unknown(id))) {
        return;
    }
    let elsewhere = elsewhere();
    let mut names = None;
    for attributes in graph.values().filter_map(|(_, attributes)| *attributes) {
        for (id, place) in
            attributes.placed(&[Role::Requires]).filter(|(id, _)| is_unknown(id) && !elsewhere.contains(*id))
        {
            let headline = format!("`{id}` is required here, but is no item or step of this guide");
            let unknown = Diagnostic::new(Code::UnknownRequirement, place, headline);
            let names = names.get_or_insert_with(|| Names::new(graph.keys().map(|id| id.as_str())));
            sink.push(names.suggest(unknown, id.as_str()));
        }
    }
}

fn cycles(graph: &Graph<'_>, sink: &mut Diagnostics) {
    let mut done: BTreeSet<&Id> = BTreeSet::new();
    for start in graph.keys() {
        let mut path: Vec<&Id> = Vec::new();
        let mut open: BTreeMap<&Id, usize> = BTreeMap::new();
        // An explicit stack: a guide may chain as many items as it likes.
        let mut stack = vec![(*start, false)];
        while let Some((id, leaving)) = stack.pop() {
            if leaving {
                path.pop();
                open.remove(id);
                done.insert(id);
                continue;
            }
            if let Some(at) = open.get(id) {
                report_cycle(graph, &path[*at..], sink);
                continue;
            }
            if done.contains(id) {
                continue;
            }
            open.insert(id, path.len());
            path.push(id);
            stack.push((id, true));
            stack.extend(graph.get(id).into_iter().flat_map(|(wanted, _)| wanted).map(|id| (*id, false)));
        }
    }
}

fn report_cycle(graph: &Graph<'_>, cycle: &[&Id], sink: &mut Diagnostics) {
    let Some(attributes) = cycle.iter().find_map(|id| graph.get(*id).and_then(|(_, attributes)| *attributes)) else {
        return;
    };
    let Some(place) = attributes.place else { return };
    let mut names: Vec<&str> = cycle.iter().map(|id| id.as_str()).take(MAX_NAMED).collect();
    if cycle.len() > MAX_NAMED {
        names.push("…");
    }
    names.push(cycle[0].as_str());
    sink.push(
        Diagnostic::new(Code::RequiresCycle, place, format!("these wait for each other: {}", names.join(" → ")))
            .help("take one `requires` out; a step waits for its own items by itself"),
    );
}
