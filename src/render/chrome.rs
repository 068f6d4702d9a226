//! What all pages of a locale have in common, made once: the links of the footer, and where the evidence of each owner stands.

use std::collections::BTreeMap;

use super::words::Words;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::plan::{Route, path};
use crate::view::{LinkView, LocaleView, Shared};

/// The common parts of a locale's pages.
pub struct Chrome {
    /// The locale itself.
    pub locale: Shared<LocaleView>,
    /// Links to the plain pages.
    pub pages: Shared<Vec<LinkView>>,
    /// By owner of facts: the address of the page with all their evidence, and a link to that part of it.
    evidence: BTreeMap<Id, (String, Shared<LinkView>)>,
}

impl Chrome {
    /// The common parts in a locale.
    #[must_use]
    pub fn new(site: &Site, words: &[Words], locale: LocaleIx) -> Self {
        let own = &words[locale.0];
        let mut evidence = BTreeMap::new();
        for key in site.facts.keys() {
            if !evidence.contains_key(&key.owner) {
                evidence.insert(key.owner.clone(), evidence_of(site, own, locale, &key.owner));
            }
        }
        Self { locale: own.view.clone().into(), pages: plain_pages(site, words, locale).into(), evidence }
    }

    /// The address of the page with every fact of an owner.
    #[must_use]
    pub fn evidence_address(&self, owner: &Id) -> &str {
        self.evidence.get(owner).map_or("", |(address, _)| address)
    }

    /// A link to the facts on that page.
    #[must_use]
    pub fn evidence_link(&self, owner: &Id) -> Option<Shared<LinkView>> {
        self.evidence.get(owner).map(|(_, link)| link.clone())
    }
}

fn evidence_of(site: &Site, words: &Words, locale: LocaleIx, owner: &Id) -> (String, Shared<LinkView>) {
    let carrier = site.carriers.get(owner);
    let (route, title) = match carrier {
        Some(carrier) => (
            Route::Carrier(locale, owner.clone()),
            words.text("carrier.facts", &[("carrier", carrier.name.get(locale))]),
        ),
        None => (Route::General(locale), words.text("general.facts", &[])),
    };
    let address = address(site, &route);
    let LocaleView { tag, dir, .. } = words.view.clone();
    let link = LinkView { text: title, summary: String::new(), url: format!("{address}#facts"), tag, dir };
    (address, link.into())
}

fn plain_pages(site: &Site, words: &[Words], locale: LocaleIx) -> Vec<LinkView> {
    let link = |page: &crate::model::guide::Page| {
        let (written, text) = site.text_for(&page.texts, locale)?;
        let LocaleView { tag, dir, .. } = words[written.0].view.clone();
        let url = address(site, &Route::Page(locale, page.id.clone()));
        Some(LinkView { text: text.title.clone(), summary: text.summary.clone(), url, tag, dir })
    };
    site.own_pages().filter_map(link).collect()
}

/// The path of a route on the host, with the site's base path before it.
#[must_use]
pub fn address(site: &Site, route: &Route) -> String {
    format!("{}{}", site.config.base_path(), path(route, site).address())
}
