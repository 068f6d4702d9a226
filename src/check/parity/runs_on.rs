//! A step of which only the heading is lost: its words run on below the step before it.

use super::{Brought, Pair};
use crate::check::signs::includes;
use crate::diag::Span;
use crate::model::id::Id;
use crate::model::translation::{Passage, TOP};

impl Pair<'_> {
    /// Where the words of a step begin that one of the two texts has without its heading: with them, the part before has as many passages
    /// as both. The other text and this one come with their steps in order; `in_source` says that this one is the source.
    pub(super) fn runs_on(
        &self,
        id: &Id,
        [steps, own]: [&[&Id]; 2],
        in_source: bool,
        brought: &Brought<'_>,
    ) -> Option<Span> {
        let [source, text] = self.shapes();
        let (there, here) = if in_source { (text, source) } else { (source, text) };
        let at = steps.iter().position(|step| *step == id)?;
        let before = steps[..at].iter().rposition(|step| own.contains(step));
        let part = before.map_or(TOP, |at| steps[at].as_str());
        // Those between the two are missing as well.
        let between = &steps[before.map_or(0, |at| at + 1)..at];
        let mut first = None;
        for passage in Passage::ALL {
            let of = |part: &str| there.count(part, passage);
            let above = of(part) + between.iter().map(|step| of(step.as_str())).sum::<usize>();
            let lost = of(id.as_str());
            if lost > 0 && here.count(part, passage) < above + lost {
                return None;
            }
            let place = here.passage(part, passage, above).filter(|_| lost > 0);
            first = first.into_iter().chain(place).min();
        }
        // It may begin with a fragment.
        let [theirs, own] = [there, here].map(includes);
        let count = |part: &str| theirs.get(part).map_or(0, Vec::len);
        let above = count(part) + between.iter().map(|step| count(step.as_str())).sum::<usize>();
        let include = own.get(part).and_then(|own| own.get(above)).filter(|_| count(id.as_str()) > 0);
        let first = first.into_iter().chain(include.map(|(_, place)| *place)).min();
        let items = brought.get(id).into_iter().flatten();
        first.into_iter().chain(items.filter_map(|item| Some(here.item(item)?.place))).min()
    }
}
