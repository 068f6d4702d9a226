//! Walks over prose: every run of words, every inline, every code block of a tree.

use super::body::{Block, Inline};
use crate::diag::Span;

/// A footnote's label as Markdown compares labels: without case.
#[must_use]
pub fn same_label(label: &str) -> String {
    label.to_uppercase().to_lowercase()
}

/// Calls `visit` for every run of inlines below the blocks, from first to last, fragments not included; the titles of links and images
/// are runs of their own.
pub fn each_run<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a [Inline])) {
    each_text(blocks, &mut |run| {
        visit(run);
        each_inline(run, &mut |inline| {
            if let Inline::Link { title: Some(title), .. } | Inline::Image { title: Some(title), .. } = inline {
                visit(&title[..]);
            }
        });
    });
}

fn each_text<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a [Inline])) {
    for block in blocks {
        match block {
            Block::Paragraph(run) | Block::Plain(run) => visit(run),
            Block::Heading(heading) => visit(&heading.content),
            Block::List { items, .. } => items.iter().for_each(|blocks| each_text(blocks, visit)),
            Block::Items(items) => items.iter().for_each(|item| {
                visit(item.label());
                each_text(item.hint(), visit);
            }),
            Block::Short(line) => visit(&line.content),
            Block::Quote(blocks) | Block::Alert(_, blocks) => each_text(blocks, visit),
            Block::Footnote(note) => each_text(&note.blocks, visit),
            Block::Table(table) => table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| visit(cell)),
            Block::Definitions(list) => list.iter().for_each(|definition| {
                visit(&definition.term);
                definition.details.iter().for_each(|blocks| each_text(blocks, visit));
            }),
            Block::Code(_) | Block::Rule(_) | Block::Include(_) => {}
        }
    }
}

/// Calls `visit` for every code block below the blocks.
pub fn each_code_block<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a str, Span)) {
    for block in blocks {
        match block {
            Block::Code(code) => visit(&code.text, code.span),
            Block::List { items, .. } => items.iter().for_each(|blocks| each_code_block(blocks, visit)),
            Block::Items(items) => items.iter().for_each(|item| each_code_block(item.hint(), visit)),
            Block::Quote(blocks) | Block::Alert(_, blocks) => each_code_block(blocks, visit),
            Block::Footnote(note) => each_code_block(&note.blocks, visit),
            Block::Definitions(list) => {
                list.iter().flat_map(|it| &it.details).for_each(|blocks| each_code_block(blocks, visit));
            }
            _ => {}
        }
    }
}

/// Calls `visit` for every inline of a run and below it.
pub fn each_inline<'a>(run: &'a [Inline], visit: &mut impl FnMut(&'a Inline)) {
    for inline in run {
        visit(inline);
        match inline {
            Inline::Emphasis { content, .. }
            | Inline::Strong(content)
            | Inline::Strike(content)
            | Inline::Link { content, .. }
            | Inline::Claim { content, .. }
            | Inline::Spoken { content, .. } => each_inline(content, visit),
            _ => {}
        }
    }
}
