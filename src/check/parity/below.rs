//! Sections below the steps: links into them lead to the same place in every locale. They are compared file by file, those of a fragment
//! with those of the same fragment in the other language.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Pair;
use crate::check::order::{self, Around, Ids, Place};
use crate::check::twin::Shape;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::link::pairs::Side;
use crate::model::body::{Block, Body, Heading, Prose, ReferenceKind, Resolved};
use crate::model::id::Id;
use crate::model::translation::Passage;

impl Pair<'_> {
    /// Compares them in two texts that include the same fragments; `lower` are steps of the source that are sections here.
    pub(super) fn sections(&self, lower: &Ids, sink: &mut Diagnostics) {
        let [source, own] = [self.source, self.text].map(|text| {
            let mut bodies = vec![&*text.prose.body];
            fragments(&text.prose, &mut bodies);
            bodies
        });
        let all =
            |bodies: &[&Body]| bodies.iter().flat_map(|body| ids(body)).map(|(id, _)| id).collect::<BTreeSet<_>>();
        let [in_source, here] = [all(&source), all(&own)];
        for (source, own) in source.iter().zip(&own) {
            let (mut theirs, mut ours) = (ids(source), ids(own));
            // What stands in another file of the same text is on the page.
            let stands = |ids: &Ids, id: &Id| ids.iter().any(|(other, _)| other == id);
            theirs.retain(|(id, _)| !here.contains(id) || stands(&ours, id));
            ours.retain(|(id, _)| !in_source.contains(id) || stands(&theirs, id));
            self.without_told([&mut theirs, &mut ours], [source.file, own.file]);
            ours.retain(|(id, _)| !lower.iter().any(|(lower, _)| lower == id));
            if let Some((lost, found)) = self.lost_id([source, own], [&theirs, &ours]) {
                sink.push(found);
                theirs.remove(lost);
            }
            let (none, brought, written) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
            let runs_on: [&Place<'_>; 2] = [&|id| runs_on(id, [source, own]), &|id| runs_on(id, [own, source])];
            let around = Around {
                whole: [Span::file(source.file), Span::file(own.file)],
                locale: self.locale,
                homes: [&none; 2],
                nameless: [0; 2],
                braces: &written,
                brought: &brought,
                runs_on,
                are_in_order: &|_| None,
            };
            order::same(Code::StepParity, "section", (&theirs, &ours), &around, sink);
        }
    }

    /// The section of the source that is here without its id, if it is the only one and one heading more than there has none: which of those
    /// of the source it is, and what is told of it.
    fn lost_id(&self, [source, own]: [&Body; 2], [theirs, ours]: [&Ids; 2]) -> Option<(usize, Diagnostic)> {
        let mut missing = theirs.iter().enumerate().filter(|(_, (id, _))| ours.iter().all(|(own, _)| own != id));
        let (at, (id, there)) = missing.next().filter(|_| missing.next().is_none())?;
        let level = headings(source).find(|heading| heading.attributes.id() == Some(id))?.level;
        let nameless = |body| headings(body).filter(|it| it.level == level && it.attributes.id().is_none()).count();
        let mut bare = headings(own).filter(|it| it.level == level && it.attributes.id().is_none());
        let bare = bare.next().filter(|_| bare.next().is_none() && nameless(source) == 0)?;
        let headline =
            format!("the heading of the section `{id}` has no id here in `{}` ({})", self.locale.id, self.locale.name);
        let found = Diagnostic::new(Code::StepParity, bare.place, headline).related(*there, "the source has it here");
        Some((at, found.help(format!("if it is that section, write `{{#{id}}}` behind its words"))))
    }
}

/// The fragments that a text and its fragments include, in order; those that say something.
fn fragments<'a>(prose: &'a Prose, found: &mut Vec<&'a Body>) {
    for resolved in &prose.resolved {
        if let Resolved::Fragment(fragment) = resolved
            && !fragment.body.blocks.is_empty()
        {
            found.push(&fragment.body);
            fragments(fragment, found);
        }
    }
}

fn headings(body: &Body) -> impl Iterator<Item = &Heading> {
    body.blocks.iter().filter_map(|block| if let Block::Heading(heading) = block { Some(&**heading) } else { None })
}

/// Ids of the sections that a text has itself.
fn ids(body: &Body) -> Ids {
    let below = headings(body).filter(|heading| heading.level > 2);
    below.filter_map(|heading| Some((heading.attributes.id().cloned()?, heading.place))).collect()
}

/// Where the words of a section begin that one text has and the other has without its heading: with them, what stands there before it has as
/// many passages as both. And the level of that heading.
fn runs_on(id: &Id, [there, here]: [&Body; 2]) -> Option<(Span, u8)> {
    let [theirs, ours] = [there, here].map(|body| headings(body).collect::<Vec<_>>());
    let at = theirs.iter().position(|heading| heading.attributes.id() == Some(id))?;
    let begin_here = |heading: &&Heading| {
        let id = heading.attributes.id()?;
        ours.iter().position(|own| own.attributes.id() == Some(id))
    };
    let before = (0..at).rev().find_map(|before| Some((before, begin_here(&theirs[before])?)));
    let start = |headings: &[&Heading], at: Option<usize>| at.map_or(0, |at| headings[at].place.start);
    let end = |headings: &[&Heading], at: usize| headings.get(at).map_or(u32::MAX, |heading| heading.place.start);
    let above = start(&theirs, before.map(|(there, _)| there))..theirs[at].place.start;
    let lost = above.end..end(&theirs, at + 1);
    let own = start(&ours, before.map(|(_, here)| here))..end(&ours, before.map_or(0, |(_, here)| here + 1));
    let [there, here] = [there, here].map(|body| Shape::of(Side { body, title: None }));
    let mut first: Option<Span> = None;
    for passage in Passage::ALL {
        let places = |shape: &Shape<'_>, range: &Range<u32>| within(shape, passage, range);
        let (above, lost, own) = (places(&there, &above), places(&there, &lost), places(&here, &own));
        if !lost.is_empty() && own.len() < above.len() + lost.len() {
            return None;
        }
        let place = own.get(above.len()).filter(|_| !lost.is_empty());
        first = first.into_iter().chain(place.copied()).min();
    }
    // It may begin with a fragment.
    let [above, lost, own] =
        [(&there, &above), (&there, &lost), (&here, &own)].map(|(shape, range)| includes(shape, range));
    let include = own.get(above.len()).filter(|_| !lost.is_empty());
    Some((first.into_iter().chain(include.copied()).min()?, theirs[at].level))
}

/// Passages of a kind that begin in a part of a file, in order.
fn within(shape: &Shape<'_>, passage: Passage, range: &Range<u32>) -> Vec<Span> {
    let place = Span { file: shape.side.body.file, start: range.start, end: range.start };
    let places = shape.places(shape.parts.part(place), passage);
    places.filter(|place| range.contains(&place.start)).collect()
}

fn includes(shape: &Shape<'_>, range: &Range<u32>) -> Vec<Span> {
    let references = shape.side.body.references.iter();
    let includes = references.filter(|it| it.kind == ReferenceKind::Include && range.contains(&it.place.start));
    includes.map(|it| it.place).collect()
}
