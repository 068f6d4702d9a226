//! On which line of its part each reference stands: translations are compared line by line where they have as many.

use std::collections::BTreeMap;

use crate::model::body::{Block, Body, Inline, RefIx};
use crate::model::translation::{Line, Passage};
use crate::model::walk::{each_inline, each_run};

/// Tells every reference of a text its line.
pub fn number_lines(body: &mut Body) {
    let is_step = |block: &Block| matches!(block, Block::Heading(heading) if heading.level == 2);
    let mut lines = Vec::new();
    for part in body.blocks.chunk_by(|_, next| !is_step(next)) {
        let mut counts = BTreeMap::new();
        part.iter().for_each(|block| number(block, body, &mut counts, &mut lines));
    }
    for (RefIx(ix), line) in lines {
        body.references[ix].line = Some(line);
    }
}

fn number(block: &Block, body: &Body, counts: &mut BTreeMap<Passage, usize>, lines: &mut Vec<(RefIx, Line)>) {
    let mut add = |passage, runs: &[&[Inline]]| {
        let count: &mut usize = counts.entry(passage).or_default();
        // A part of more lines than that is not compared to its end.
        if let Ok(number) = u8::try_from(*count) {
            let found = runs.iter().flat_map(|run| references(run, body));
            lines.extend(found.map(|reference| (reference, Line { passage, number })));
        }
        *count += 1;
    };
    match block {
        Block::Short(line) => add(Passage::Short, &[&line.content]),
        Block::Paragraph(run) => add(Passage::Paragraph, &[run]),
        Block::List { items, .. } => items.iter().for_each(|blocks| add(Passage::Entry, &runs(blocks))),
        Block::Items(items) => items.iter().for_each(|item| {
            let words = [item.label()].into_iter().chain(runs(item.hint())).collect::<Vec<_>>();
            add(Passage::Hint, &words);
        }),
        Block::Table(table) => table.rows.iter().for_each(|row| {
            let cells: Vec<&[Inline]> = row.iter().map(Vec::as_slice).collect();
            add(Passage::Row, &cells);
        }),
        _ => {}
    }
}

fn runs(blocks: &[Block]) -> Vec<&[Inline]> {
    let mut runs = Vec::new();
    each_run(blocks, &mut |run| runs.push(run));
    runs
}

fn references(run: &[Inline], body: &Body) -> Vec<RefIx> {
    let mut found = Vec::new();
    each_inline(run, &mut |inline| match inline {
        Inline::Fact(at) | Inline::Link { to: at, .. } => found.push(*at),
        Inline::Claim { claim, .. } => found.extend(body.claims.get(claim.0).map(|claim| claim.fact)),
        _ => {}
    });
    found
}
