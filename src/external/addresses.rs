//! Every address of the web that the site leads to, and where.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Span, Spanned};
use crate::model::body::{Prose, Resolved};
use crate::model::guide::Text;
use crate::model::site::Site;
use crate::model::value::Value;

/// Each address without its fragment, which no host is told, with the places that lead there.
pub type Addresses = BTreeMap<String, BTreeSet<Span>>;

/// What a site leads to: links in texts, sources and their saved copies, sites of carriers, facts that hold or will hold. What ended
/// is history.
#[must_use]
pub fn addresses(site: &Site) -> Addresses {
    let mut found = Addresses::new();
    let guides = site.guides.values().flat_map(|guide| guide.texts.values());
    let pages = site.pages.values().flat_map(|page| page.texts.values());
    let letters = site.guides.values().flat_map(|guide| guide.application.values()).map(|letter| &letter.prose);
    let leads = site.situations.iter().flat_map(|situation| situation.lead.iter()).map(|(_, lead)| lead);
    let texts = guides.chain(pages).map(|Text { prose, .. }| prose);
    texts.chain(letters).chain(leads).for_each(|prose| in_prose(prose, &mut found));
    let sources = site.sources.iter().flat_map(|source| [&source.url, &source.archive]);
    let websites = site.carriers.values().map(|carrier| &carrier.website);
    for Spanned { value, place } in sources.chain(websites).flatten() {
        add(value, *place, &mut found);
    }
    for reading in site.facts.values().flat_map(|fact| &fact.readings) {
        if let Value::Url(address) = &reading.value
            && reading.until.is_none_or(|until| until >= site.as_of)
        {
            add(address, reading.place, &mut found);
        }
    }
    found
}

fn in_prose(prose: &Prose, found: &mut Addresses) {
    for (resolved, reference) in prose.resolved.iter().zip(&prose.body.references) {
        match resolved {
            Resolved::External(address) => add(address, reference.place, found),
            Resolved::Fragment(fragment) => in_prose(fragment, found),
            _ => {}
        }
    }
}

fn add(address: &str, place: Span, found: &mut Addresses) {
    // Mail and telephones are asked nothing, nor are files of the site itself.
    if address.starts_with("https://") || address.starts_with("http://") {
        found.entry(without_fragment(address).to_owned()).or_default().insert(place);
    }
}

/// What a host is asked for.
pub fn without_fragment(address: &str) -> &str {
    address.split('#').next().unwrap_or(address)
}
