//! The steps of a guide as its page lays them out: some stand open, the others are folded below their titles.

use super::super::Renderer;
use super::super::html::{self, Notes, Surroundings};
use super::prose::OnPage;
use crate::model::body::{Block, Heading, Prose, Resolved};
use crate::model::guide::GuideKey;
use crate::model::locale::LocaleIx;
use crate::view::{FoldView, LinkView, PartView, StepView};

/// Writes what stands below a heading.
pub struct Below<'a> {
    /// The page it is for.
    pub page: &'a OnPage<'a>,
    /// The text's footnotes.
    pub notes: &'a Notes<'a>,
}

impl Below<'_> {
    /// What a folded step says.
    pub fn folded(&self, blocks: &[Block], prose: &Prose) -> String {
        html::folded(blocks, prose, self.notes, self.page)
    }

    /// What an open step says: up to its first section, and its sections.
    pub fn open(&self, blocks: &[Block], prose: &Prose) -> (String, Vec<FoldView>) {
        let mut html = String::new();
        let mut folds: Vec<FoldView> = Vec::new();
        for (block, prose) in flat(blocks, prose) {
            match block {
                Block::Heading(heading) if heading.level == 3 => folds.push(self.fold(heading, prose)),
                _ => folds.last_mut().map_or(&mut html, |fold| &mut fold.html).push_str(&html::blocks(
                    std::slice::from_ref(block),
                    prose,
                    self.notes,
                    self.page,
                )),
            }
        }
        (html, folds)
    }

    fn fold(&self, heading: &Heading, prose: &Prose) -> FoldView {
        let id = heading.attributes.id();
        FoldView {
            id: id.map(|id| id.as_str().to_owned()).unwrap_or_default(),
            former: id.map(|id| self.page.former(id)).unwrap_or_default(),
            title_html: html::run(&heading.content, prose, self.notes, self.page),
            html: String::new(),
        }
    }
}

/// Blocks with those of included fragments in their place.
fn flat<'a>(blocks: &'a [Block], prose: &'a Prose) -> Vec<(&'a Block, &'a Prose)> {
    let of_one = |block: &'a Block| match block {
        Block::Include(at) => match prose.get(*at) {
            Resolved::Fragment(fragment) => flat(&fragment.body.blocks, fragment),
            _ => Vec::new(),
        },
        _ => vec![(block, prose)],
    };
    blocks.iter().flat_map(of_one).collect()
}

/// Steps in their parts, and those that close the guide: open ones behind the last folded one.
pub fn laid_out(steps: Vec<(bool, StepView)>) -> (Vec<PartView>, Vec<StepView>) {
    let body = steps.iter().rposition(|(open, _)| !open).map_or(steps.len(), |last| last + 1);
    let mut parts: Vec<PartView> = Vec::new();
    let mut closing = Vec::new();
    for (at, (open, step)) in steps.into_iter().enumerate() {
        if at >= body {
            closing.push(step);
        } else if let Some(part) = parts.last_mut().filter(|part| !open && !part.open) {
            part.steps.push(step);
        } else {
            let first = !open && parts.iter().all(|part| part.open);
            parts.push(PartView { open, first, steps: vec![step] });
        }
    }
    (parts, closing)
}

impl Renderer {
    /// Guides that a text leads to, in the order in which it does.
    pub(in crate::render) fn related(&self, prose: &Prose, own: &GuideKey, locale: LocaleIx) -> Vec<LinkView> {
        let mut found = Vec::new();
        linked_guides(prose, own, &mut found);
        found.into_iter().filter_map(|key| self.link_to_guide(key, locale)).collect()
    }
}

/// Names of those guides.
fn linked_guides<'a>(prose: &'a Prose, own: &GuideKey, found: &mut Vec<&'a GuideKey>) {
    for resolved in &prose.resolved {
        match resolved {
            Resolved::Guide(target) if target.text != *own && !found.contains(&&target.text) => {
                found.push(&target.text);
            }
            Resolved::Fragment(fragment) => linked_guides(fragment, own, found),
            _ => {}
        }
    }
}
