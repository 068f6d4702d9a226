//! Words that stand in a text a second time: a paragraph of one part, the words of an item anywhere. Where the source has them once, a hand
//! pasted them over others.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::signs::first;
use crate::diag::Span;
use crate::model::body::{Block, Body, Inline};
use crate::model::translation::{Passage, SignKind};
use crate::model::walk::each_inline;

/// So many letters are no name and no answer of a word, which may well stand twice.
const MANY_LETTERS: usize = 12;

/// The paragraphs of a part that stand there before.
pub fn repeated(part: &[Block], body: &Body, found: &mut impl FnMut(SignKind, Span)) {
    let paragraphs = part.iter().filter_map(|block| match block {
        Block::Paragraph(run) => Some((says(run, body)?, first(std::slice::from_ref(block))?)),
        _ => None,
    });
    again(Passage::Paragraph, paragraphs, found);
}

/// The items of a text that say what one before them says.
pub fn repeated_items(body: &Body, found: &mut impl FnMut(SignKind, Span)) {
    let items = body.blocks.iter().flat_map(|block| if let Block::Items(items) = block { &items[..] } else { &[] });
    again(Passage::Hint, items.filter_map(|item| Some((says(item.label(), body)?, item.place))), found);
}

fn again(passage: Passage, all: impl Iterator<Item = (u64, Span)>, found: &mut impl FnMut(SignKind, Span)) {
    let mut seen: BTreeMap<u64, Span> = BTreeMap::new();
    for (says, place) in all {
        match seen.get(&says) {
            Some(first) => found(SignKind::Again(passage, (first.start, first.end)), place),
            None => _ = seen.insert(says, place),
        }
    }
}

/// What a run says, as a number; nothing where it says little.
fn says(run: &[Inline], body: &Body) -> Option<u64> {
    let (mut hash, mut letters) = (DefaultHasher::new(), 0);
    each_inline(run, &mut |inline| match inline {
        Inline::Text { text, .. } | Inline::Code { text, .. } => {
            text.hash(&mut hash);
            letters += text.chars().filter(|c| c.is_alphabetic()).take(MANY_LETTERS).count();
        }
        Inline::Fact(at) | Inline::Link { to: at, .. } | Inline::Image { of: at, .. } => {
            body.references[at.0].name.hash(&mut hash);
        }
        _ => {}
    });
    (letters >= MANY_LETTERS).then(|| hash.finish())
}
