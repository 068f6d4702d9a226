//! `budgets` of `content/site.yaml`: what pages and files may weigh, in KB.

use super::node::Node;
use super::shape::site as shape;
use super::shape::words::MAX_KB;
use crate::diag::Diagnostics;
use crate::model::budget::{Budgets, KB, Limit};

/// The budgets; those that are not named are the standard ones.
pub fn read(node: Node<'_>, sink: &mut Diagnostics) -> Option<Budgets> {
    let mut fields = node.fields::<shape::Budgets>(sink)?;
    let mut of = |key, standard| fields.optional(key).and_then(|node| limit(node, sink)).unwrap_or(standard);
    let standard = Budgets::default();
    let read = Budgets {
        guide: of("guide", standard.guide),
        page: of("page", standard.page),
        styles: of("styles", standard.styles),
        scripts: of("scripts", standard.scripts),
        words: of("words", standard.words),
        fonts: of("fonts", standard.fonts),
        offline: of("offline", standard.offline),
    };
    fields.finish(sink);
    Some(read)
}

/// So many KB, in tenths.
fn limit(node: Node<'_>, sink: &mut Diagnostics) -> Option<Limit> {
    let tenths = node.written().and_then(|text| {
        let (whole, tenth) = text.split_once('.').unwrap_or((text, "0"));
        let tenth: usize = tenth.parse().ok().filter(|tenth| *tenth < 10)?;
        Some(whole.parse::<usize>().ok().filter(|whole| *whole <= MAX_KB)? * 10 + tenth)
    });
    if tenths.is_none_or(|tenths| tenths == 0) {
        node.wrong("a number of KB, such as 16 or 8.5", sink);
        return None;
    }
    tenths.map(|tenths| Limit::new(tenths * KB / 10))
}
