//! The shape of a text: its steps, the items of each, its sections, those of included fragments among them.

use super::body::{Block, Body, Heading, Item, Prose, Resolved};
use super::id::Id;
use crate::diag::Span;

/// A step and what stands below its heading.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    /// Its heading.
    pub heading: &'a Heading,
    /// Blocks up to the next step.
    pub blocks: &'a [Block],
    /// Its items in order, each with the text it was written in.
    pub items: Vec<(&'a Item, &'a Prose)>,
}

impl Step<'_> {
    /// Its id; a step without one was reported.
    #[must_use]
    pub fn id(&self) -> Option<&Id> {
        self.heading.attributes.id()
    }
}

/// What stands before the first step, and the steps.
#[must_use]
pub fn outline(prose: &Prose) -> (&[Block], Vec<Step<'_>>) {
    let blocks = &prose.body.blocks;
    let is_step = |block: &Block| matches!(block, Block::Heading(heading) if heading.level == 2);
    let starts: Vec<usize> = (0..blocks.len()).filter(|&ix| is_step(&blocks[ix])).collect();
    let intro = &blocks[..starts.first().copied().unwrap_or(blocks.len())];
    let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
    let steps = starts.iter().zip(ends).filter_map(|(&start, end)| match &blocks[start] {
        Block::Heading(heading) => {
            let blocks = &blocks[start + 1..end];
            let mut items = Vec::new();
            collect_items(blocks, prose, &mut items);
            Some(Step { heading, blocks, items })
        }
        _ => None,
    });
    (intro, steps.collect())
}

/// Every heading in order, those of included fragments among them.
#[must_use]
pub fn sections(prose: &Prose) -> Vec<&Heading> {
    let mut found = Vec::new();
    collect_sections(prose, &mut found);
    found
}

fn collect_sections<'a>(prose: &'a Prose, found: &mut Vec<&'a Heading>) {
    for block in &prose.body.blocks {
        match block {
            Block::Heading(heading) => found.push(heading),
            Block::Include(at) => {
                if let Resolved::Fragment(fragment) = prose.get(*at) {
                    collect_sections(fragment, found);
                }
            }
            _ => {}
        }
    }
}

fn collect_items<'a>(blocks: &'a [Block], prose: &'a Prose, items: &mut Vec<(&'a Item, &'a Prose)>) {
    for block in blocks {
        match block {
            Block::Items(list) => items.extend(list.iter().map(|item| (item, prose))),
            Block::Include(at) => {
                if let Resolved::Fragment(fragment) = prose.get(*at) {
                    collect_items(&fragment.body.blocks, fragment, items);
                }
            }
            _ => {}
        }
    }
}

/// The steps of a text with the places of their headings.
pub fn steps(body: &Body) -> impl Iterator<Item = (Option<&Id>, Span)> {
    body.blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) if heading.level == 2 => Some((heading.attributes.id(), heading.place)),
        _ => None,
    })
}

/// The step in which a place stands; nothing before the first.
#[must_use]
pub fn step_at(body: &Body, place: Span) -> Option<&Id> {
    steps(body).take_while(|(_, heading)| *heading <= place).last().and_then(|(id, _)| id)
}
