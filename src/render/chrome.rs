//! What all pages of a locale have in common, made once: the links of header and footer, and where the evidence of each owner stands.

use std::collections::BTreeMap;

use super::words::Words;
use crate::model::carrier::Carrier;
use crate::model::guide::Text;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::navigation::{Goal, MadePage, NavigationLink};
use crate::model::site::Site;
use crate::plan::{Route, path};
use crate::view::{LinkView, LocaleView, Shared};

/// The common parts of a locale's pages.
pub struct Chrome {
    /// The locale itself.
    pub locale: Shared<LocaleView>,
    /// Links to the carriers.
    pub carriers: Shared<Vec<LinkView>>,
    /// Links below the title of each page.
    pub header: Shared<Vec<LinkView>>,
    /// Links at its foot.
    pub footer: Shared<Vec<LinkView>>,
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
        let list = |list: &[NavigationLink]| links(site, words, locale, list).into();
        let navigation = &site.navigation;
        let [header, footer] = [&navigation.header, &navigation.footer].map(|links| list(links));
        let carriers = carriers(site, own, locale).into();
        Self { locale: own.view.clone().into(), carriers, header, footer, evidence }
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

fn carriers(site: &Site, own: &Words, locale: LocaleIx) -> Vec<LinkView> {
    let LocaleView { tag, dir, .. } = own.view.clone();
    let link = |carrier: &Carrier| LinkView {
        text: carrier.name.get(locale).clone(),
        summary: String::new(),
        url: address(site, &Route::Carrier(locale, carrier.id.clone())),
        tag: tag.clone(),
        dir,
    };
    site.carriers_in_order().into_iter().map(link).collect()
}

/// The links of a list in a locale, each in the words that its label or its page has there.
fn links(site: &Site, words: &[Words], locale: LocaleIx, list: &[NavigationLink]) -> Vec<LinkView> {
    let link = |link: &NavigationLink| {
        let (titled, written, summary, url) = goal(site, words, locale, &link.goal)?;
        let labelled = link.label.as_ref().map(|label| label.get(locale).clone());
        let (text, written) = labelled.map_or((titled, written), |label| (label, locale));
        let LocaleView { tag, dir, .. } = words[written.0].view.clone();
        Some(LinkView { text, summary, url, tag, dir })
    };
    list.iter().filter_map(link).collect()
}

/// What a goal is called, in which locale, a sentence on it, and its address.
fn goal(site: &Site, words: &[Words], locale: LocaleIx, goal: &Goal) -> Option<(String, LocaleIx, String, String)> {
    let of_text = |texts: &BTreeMap<LocaleIx, Text>, route: Route| {
        let (written, text) = site.text_for(texts, locale)?;
        Some((text.title.clone(), written, text.summary.clone(), address(site, &route)))
    };
    match goal {
        Goal::Page(id) => of_text(&site.pages.get(id)?.texts, Route::Page(locale, id.clone())),
        Goal::Guide(key) => of_text(&site.guides.get(key)?.texts, Route::Guide(locale, key.clone())),
        Goal::Carrier(id) => {
            let name = site.carriers.get(id)?.name.get(locale).clone();
            Some((name, locale, String::new(), address(site, &Route::Carrier(locale, id.clone()))))
        }
        Goal::Outside(url) => Some((url.clone(), locale, String::new(), url.clone())),
        Goal::Made(page) => {
            let url = match page {
                MadePage::Home => address(site, &Route::Home(locale)),
                MadePage::General => address(site, &Route::General(locale)),
                MadePage::Compare if !site.compares() => return None,
                MadePage::Compare => address(site, &Route::Compare(locale)),
                MadePage::Changes => address(site, &Route::Changes(locale)),
                MadePage::Sources => address(site, &Route::Sources(locale)),
                MadePage::Offline => address(site, &Route::Offline(locale)),
                MadePage::Contact => format!("mailto:{}", site.config.contact.as_ref()?),
            };
            Some((words[locale.0].text(page.title(), &[]), locale, String::new(), url))
        }
    }
}

/// The path of a route on the host, with the site's base path before it.
#[must_use]
pub fn address(site: &Site, route: &Route) -> String {
    format!("{}{}", site.config.base_path(), path(route, site).address())
}
