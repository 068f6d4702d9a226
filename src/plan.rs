//! Routes: every output path of the site, each exactly once.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::model::guide::GuideKey;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::path::SitePath;

/// What stands at an output path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// The language chooser at the root.
    Chooser,
    /// A locale's home.
    Home(LocaleIx),
    /// A carrier.
    Carrier(LocaleIx, Id),
    /// A guide.
    Guide(LocaleIx, GuideKey),
    /// A plain page.
    Page(LocaleIx, Id),
    /// Every source, and the facts of the nation.
    Sources(LocaleIx),
    /// What a host shows for an address that is not there; without a locale it speaks all of them.
    NotFound(Option<LocaleIx>),
    /// A style sheet, script, font or image, by its place in the list of assets.
    Asset(usize),
}

/// Every output path.
#[derive(Debug, Default)]
pub struct Plan {
    routes: BTreeMap<SitePath, Route>,
}

impl Plan {
    /// The routes of a site with these assets. Two things at one address are reported.
    #[must_use]
    pub fn new(site: &Site, assets: &[SitePath]) -> (Self, Diagnostics) {
        let mut plan = Self::default();
        let mut sink = Diagnostics::default();
        let nowhere = None;
        plan.add(Route::Chooser, nowhere, site, &mut sink);
        plan.add(Route::NotFound(None), nowhere, site, &mut sink);
        for (ix, _) in site.config.locales() {
            plan.add(Route::Home(ix), nowhere, site, &mut sink);
            plan.add(Route::Sources(ix), nowhere, site, &mut sink);
            plan.add(Route::NotFound(Some(ix)), nowhere, site, &mut sink);
            for carrier in site.carriers.values() {
                plan.add(Route::Carrier(ix, carrier.id.clone()), Some(&carrier.place), site, &mut sink);
            }
            for guide in site.guides.values() {
                let place = guide.texts.get(&site.config.source_locale).map(|text| &text.place);
                plan.add(Route::Guide(ix, guide.key.clone()), place, site, &mut sink);
            }
            for page in site.pages.values() {
                let place = page.texts.get(&site.config.source_locale).map(|text| &text.place);
                plan.add(Route::Page(ix, page.id.clone()), place, site, &mut sink);
            }
        }
        for (ix, path) in assets.iter().enumerate() {
            plan.routes.insert(path.clone(), Route::Asset(ix));
        }
        (plan, sink)
    }

    fn add(&mut self, route: Route, place: Option<&Place>, site: &Site, sink: &mut Diagnostics) {
        let path = path(&route, site);
        if let (Some(taken), Some(place)) = (self.routes.get(&path), place) {
            // The other locales' files have the same name: one mistake, told once.
            if !path.as_str().starts_with(&format!("{}/", site.config.locale(site.config.source_locale).id)) {
                return;
            }
            sink.push(
                Diagnostic::new(
                    Code::SameAddress,
                    place.clone(),
                    format!("the address /{} is taken by {}", path.address(), what(taken)),
                )
                .help("give this file another name"),
            );
            return;
        }
        self.routes.insert(path, route);
    }

    /// What stands at a path.
    #[must_use]
    pub fn get(&self, path: &SitePath) -> Option<&Route> {
        self.routes.get(path)
    }

    /// Every path with what stands there, ordered by path.
    pub fn iter(&self) -> impl Iterator<Item = (&SitePath, &Route)> {
        self.routes.iter()
    }
}

fn what(route: &Route) -> String {
    match route {
        Route::Chooser => "the language chooser".into(),
        Route::Home(_) => "a home page".into(),
        Route::Carrier(_, id) => format!("the carrier `{id}`"),
        Route::Guide(_, key) => format!("the guide {key}"),
        Route::Page(_, id) => format!("the page `{id}`"),
        Route::Sources(_) => "the list of sources".into(),
        Route::NotFound(_) => "a page of the site itself".into(),
        Route::Asset(_) => "an asset".into(),
    }
}

/// The output path of a page. Assets carry their own paths and are not asked for here.
#[must_use]
pub fn path(route: &Route, site: &Site) -> SitePath {
    let locale = |ix: &LocaleIx| site.config.locale(*ix).id.as_str();
    match route {
        Route::Chooser | Route::Asset(_) => SitePath::page(&[]),
        Route::Home(ix) => SitePath::page(&[locale(ix)]),
        Route::Carrier(ix, id) | Route::Page(ix, id) => SitePath::page(&[locale(ix), id.as_str()]),
        Route::Guide(ix, key) => SitePath::page(&[locale(ix), key.section.as_str(), key.guide.as_str()]),
        Route::Sources(ix) => SitePath::page(&[locale(ix), "sources"]),
        Route::NotFound(None) => not_found(""),
        Route::NotFound(Some(ix)) => not_found(&format!("{}/", locale(ix))),
    }
}

fn not_found(folder: &str) -> SitePath {
    SitePath::new(&format!("{folder}404.html")).unwrap_or_else(|_| SitePath::page(&[]))
}
