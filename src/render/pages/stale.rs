//! What readers are told of a translation whose source changed after it was made.

use jiff::civil::Date;

use super::prose::OnPage;
use crate::model::body::{Block, Prose, Resolved};
use crate::view::StaleView;

impl OnPage<'_> {
    /// Whether a part of a text is stale, or a fragment that it includes; of all parts where none is named. `url` is where the source
    /// stands.
    pub fn stale(&self, prose: &Prose, part: Option<(&str, &[Block])>, url: String) -> Option<StaleView> {
        let mut days = Vec::new();
        self.collect(prose, part, &mut days);
        let first = days.iter().flatten().min();
        let source = self.renderer.site.config.source_locale;
        (!days.is_empty()).then(|| StaleView {
            locale: self.renderer.chrome[source.0].locale.clone(),
            url,
            since: first.map(|day| self.renderer.words_of(self.content).date(*day)),
        })
    }

    fn collect(&self, prose: &Prose, part: Option<(&str, &[Block])>, days: &mut Vec<Option<Date>>) {
        let stale = self.renderer.site.stale.get(&prose.body.file).into_iter().flatten();
        days.extend(stale.filter(|(name, _)| part.is_none_or(|(part, _)| part == &***name)).map(|(_, day)| *day));
        for block in part.map_or(&prose.body.blocks[..], |(_, blocks)| blocks) {
            if let Block::Include(at) = block
                && let Resolved::Fragment(fragment) = prose.get(*at)
            {
                self.collect(fragment, None, days);
            }
        }
    }
}
