//! Items and what they name: situations that exist, requirements that exist and do not run in a circle, ids that are
//! unique in the guide.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::model::body::Attributes;
use crate::model::id::Id;
use crate::model::outline::{Step, outline};
use crate::model::site::Site;
use crate::parse::place::Kind;
use crate::parse::{Documents, ids};

/// Item ids are kept on readers' devices and shared in links, so they stay short.
const MAX_ITEM_ID: usize = 24;

pub fn check(documents: &Documents, site: &Site, sink: &mut Diagnostics) {
    for text in site.guides.values().flat_map(|guide| guide.texts.values()) {
        let (_, steps) = outline(&text.prose);
        let items = steps.iter().flat_map(|step| &step.items);
        let places: Vec<_> = items.filter_map(|(item, _)| Some((item.attributes.id.as_ref()?, &item.place))).collect();
        for (id, place) in places.iter().filter(|(id, _)| !(2..=MAX_ITEM_ID).contains(&id.as_str().len())) {
            sink.push(
                Diagnostic::new(Code::BadId, (*place).clone(), format!("the item id `{id}` is too long or too short"))
                    .help("an item id has 2 to 24 characters: it is kept on readers' phones"),
            );
        }
        ids::unique("item", places, sink);
        situations(documents, site, &steps, sink);
        requirements(&steps, sink);
    }
    let cards = documents.cards.values().flat_map(|card| &card.lines).flat_map(|(_, named)| named);
    known_situations(documents, site, cards.map(|id| (&id.value, &id.place)), sink);
}

fn situations(documents: &Documents, site: &Site, steps: &[Step<'_>], sink: &mut Diagnostics) {
    let named = steps
        .iter()
        .flat_map(|step| &step.items)
        .filter_map(|(item, _)| Some((&item.attributes, item.attributes.place.as_ref()?)));
    let named = named
        .flat_map(|(attributes, place)| attributes.when.iter().chain(&attributes.unless).map(move |id| (id, place)));
    known_situations(documents, site, named, sink);
}

/// Reports situations that do not exist.
fn known_situations<'a>(
    documents: &Documents,
    site: &Site,
    named: impl Iterator<Item = (&'a Id, &'a Place)>,
    sink: &mut Diagnostics,
) {
    if documents.is_unreadable(&Kind::Situations) {
        return;
    }
    for (id, place) in named.filter(|(id, _)| !site.situations.iter().any(|situation| situation.id == **id)) {
        let known = site.situations.iter().map(|situation| situation.id.as_str());
        sink.push(
            Diagnostic::new(Code::UnknownSituation, place.clone(), format!("there is no situation `{id}`"))
                .suggest(id.as_str(), known)
                .help("situations are the entries of content/situations.yaml"),
        );
    }
}

/// What must be done before what: each id with those it requires, and where it says so.
type Graph<'a> = BTreeMap<&'a Id, (BTreeSet<&'a Id>, Option<&'a Place>)>;

fn requirements(steps: &[Step<'_>], sink: &mut Diagnostics) {
    let mut graph: Graph<'_> = BTreeMap::new();
    for step in steps {
        if let Some(id) = step.id() {
            add(&mut graph, id, &step.heading.attributes);
            // A step is done when its items are done, and an item needs what its step needs.
            for item in step.items.iter().filter_map(|(item, _)| item.attributes.id.as_ref()) {
                if item != id {
                    graph.entry(id).or_default().0.insert(item);
                }
            }
        }
        for (item, _) in &step.items {
            if let Some(id) = &item.attributes.id {
                add(&mut graph, id, &item.attributes);
            }
        }
    }
    unknown(&graph, sink);
    cycles(&graph, sink);
}

fn add<'a>(graph: &mut Graph<'a>, id: &'a Id, attributes: &'a Attributes) {
    let entry = graph.entry(id).or_default();
    entry.0.extend(&attributes.requires);
    if !attributes.requires.is_empty() {
        entry.1 = attributes.place.as_ref();
    }
}

fn unknown(graph: &Graph<'_>, sink: &mut Diagnostics) {
    for (wanted, place) in graph.values().filter_map(|(wanted, place)| place.map(|place| (wanted, place))) {
        for id in wanted.iter().filter(|id| !graph.contains_key(**id)) {
            sink.push(
                Diagnostic::new(
                    Code::UnknownRequirement,
                    place.clone(),
                    format!("`{id}` is required here, but is no item or step of this guide"),
                )
                .suggest(id.as_str(), graph.keys().map(|id| id.as_str())),
            );
        }
    }
}

fn cycles(graph: &Graph<'_>, sink: &mut Diagnostics) {
    let mut done: BTreeSet<&Id> = BTreeSet::new();
    for start in graph.keys() {
        let mut path: Vec<&Id> = Vec::new();
        // An explicit stack: a guide may chain as many items as it likes.
        let mut stack = vec![(*start, false)];
        while let Some((id, leaving)) = stack.pop() {
            if leaving {
                path.pop();
                done.insert(id);
                continue;
            }
            if let Some(at) = path.iter().position(|open| *open == id) {
                report_cycle(graph, &path[at..], sink);
                continue;
            }
            if done.contains(id) {
                continue;
            }
            path.push(id);
            stack.push((id, true));
            stack.extend(graph.get(id).into_iter().flat_map(|(wanted, _)| wanted).map(|id| (*id, false)));
        }
    }
}

fn report_cycle(graph: &Graph<'_>, cycle: &[&Id], sink: &mut Diagnostics) {
    let Some(place) = cycle.iter().find_map(|id| graph.get(*id).and_then(|(_, place)| *place)) else { return };
    let mut names: Vec<&str> = cycle.iter().map(|id| id.as_str()).collect();
    names.push(names[0]);
    sink.push(
        Diagnostic::new(
            Code::RequiresCycle,
            place.clone(),
            format!("these wait for each other: {}", names.join(" → ")),
        )
        .help("take one `requires` out; a step waits for its own items by itself"),
    );
}
