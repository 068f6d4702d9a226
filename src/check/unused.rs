//! Facts that no page shows, and sources that nothing leans on.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::fact::NATIONAL;
use crate::model::site::Site;
use crate::parse::Documents;

pub fn check(documents: &Documents, site: &Site, sink: &mut Diagnostics) {
    // The carrier page lists every fact of its carrier; those of the nation are seen only where a text names them.
    let guides = site.guides.values().flat_map(|guide| guide.texts.values());
    let texts = guides.chain(site.pages.values().flat_map(|page| page.texts.values()));
    let used: BTreeSet<_> = texts.flat_map(|text| text.prose.facts()).map(|fact| &fact.key).collect();
    for fact in site.facts.values().filter(|fact| fact.key.owner.as_str() == NATIONAL && !used.contains(&fact.key)) {
        sink.push(
            Diagnostic::new(Code::UnusedFact, fact.place.clone(), format!("no text uses the fact `{}`", fact.key))
                .help(format!("name it where it helps a reader, as `{{{{ {} }}}}`, or take it out", fact.key)),
        );
    }
    let cited: BTreeSet<_> = site
        .facts
        .values()
        .flat_map(|fact| &fact.readings)
        .flat_map(|reading| &reading.sources)
        .map(|source| &source.id)
        .collect();
    for (source, place) in documents.sources.iter().filter(|(source, _)| !cited.contains(&source.id)) {
        sink.push(
            Diagnostic::new(Code::UnusedSource, place.clone(), format!("no reading cites the source `{}`", source.id))
                .help("cite it, or take it out"),
        );
    }
}
