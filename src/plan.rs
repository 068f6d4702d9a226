//! Routes: every output path of the site, each exactly once.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::guide::{DECIDE, GENERAL, GuideKey, HOME};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::source::path::SitePath;

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
    /// The letter to print of a guide.
    Application(LocaleIx, GuideKey),
    /// A plain page.
    Page(LocaleIx, Id),
    /// What holds for every carrier: the guides and the facts of the nation.
    General(LocaleIx),
    /// Every source with the facts that lean on it.
    Sources(LocaleIx),
    /// Carriers side by side.
    Compare(LocaleIx),
    /// What changed in the facts.
    Changes(LocaleIx),
    /// The page for when there is no network.
    Offline(LocaleIx),
    /// A file for programs.
    Data(Data),
    /// What a host shows for an address that is not there; without a locale it speaks all of them.
    NotFound(Option<LocaleIx>),
    /// A style sheet, script, font or image, by its place in the list of assets.
    Asset(usize),
}

impl Route {
    /// The locale a page is for; none for pages that speak all of them, and for files that are no pages.
    #[must_use]
    pub fn locale(&self) -> Option<LocaleIx> {
        match self {
            Self::Home(ix)
            | Self::Carrier(ix, _)
            | Self::Guide(ix, _)
            | Self::Application(ix, _)
            | Self::Page(ix, _)
            | Self::General(ix)
            | Self::Sources(ix)
            | Self::Compare(ix)
            | Self::Changes(ix)
            | Self::Offline(ix) => Some(*ix),
            Self::NotFound(ix) => *ix,
            Self::Chooser | Self::Data(_) | Self::Asset(_) => None,
        }
    }

    /// The same page in another locale; none for what is in no locale.
    #[must_use]
    pub fn in_locale(&self, locale: LocaleIx) -> Option<Self> {
        Some(match self {
            Self::Home(_) => Self::Home(locale),
            Self::Carrier(_, id) => Self::Carrier(locale, id.clone()),
            Self::Guide(_, key) => Self::Guide(locale, key.clone()),
            Self::Application(_, key) => Self::Application(locale, key.clone()),
            Self::Page(_, id) => Self::Page(locale, id.clone()),
            Self::General(_) => Self::General(locale),
            Self::Sources(_) => Self::Sources(locale),
            Self::Compare(_) => Self::Compare(locale),
            Self::Changes(_) => Self::Changes(locale),
            Self::Offline(_) => Self::Offline(locale),
            Self::NotFound(Some(_)) => Self::NotFound(Some(locale)),
            Self::NotFound(None) | Self::Chooser | Self::Data(_) | Self::Asset(_) => return None,
        })
    }
}

/// Files that programs read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// The service worker, at the root because of its scope.
    Worker,
    /// What a device saves of a locale to work without network: what every reader needs, or what a carrier adds.
    Saved(LocaleIx, Option<Id>),
    /// The carriers that have such a list, for readers who ask for everything.
    SavedCarriers,
    /// The web manifest of a locale.
    Manifest(LocaleIx),
    /// What changed in the facts, as a feed.
    Feed(LocaleIx),
    /// The facts of a carrier or of the nation.
    Facts(Id),
    /// Every page for search engines.
    Sitemap,
    /// What search engines may read.
    Robots,
    /// The day the site was made for, which stands in no other file.
    Day,
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
            plan.add(Route::NotFound(Some(ix)), nowhere, site, &mut sink);
            let own =
                [Route::General(ix), Route::Sources(ix), Route::Compare(ix), Route::Changes(ix), Route::Offline(ix)];
            for route in own {
                plan.add(route, nowhere, site, &mut sink);
            }
            for data in [Data::Saved(ix, None), Data::Manifest(ix), Data::Feed(ix)] {
                plan.add(Route::Data(data), nowhere, site, &mut sink);
            }
            for carrier in site.carriers.values() {
                plan.add(Route::Carrier(ix, carrier.id.clone()), Some(carrier.place), site, &mut sink);
                plan.add(Route::Data(Data::Saved(ix, Some(carrier.id.clone()))), nowhere, site, &mut sink);
            }
            for guide in site.guides.values() {
                let place = guide.texts.get(&site.config.source_locale).map(|text| text.place);
                plan.add(Route::Guide(ix, guide.key.clone()), place, site, &mut sink);
                if !guide.application.is_empty() {
                    plan.add(Route::Application(ix, guide.key.clone()), place, site, &mut sink);
                }
            }
            for page in site.own_pages() {
                let place = page.texts.get(&site.config.source_locale).map(|text| text.place);
                plan.add(Route::Page(ix, page.id.clone()), place, site, &mut sink);
            }
        }
        let owners: BTreeSet<&Id> = site.facts.keys().map(|key| &key.owner).collect();
        let facts = owners.into_iter().map(|owner| Data::Facts(owner.clone()));
        for data in facts.chain([Data::Worker, Data::Sitemap, Data::Robots, Data::Day, Data::SavedCarriers]) {
            plan.add(Route::Data(data), nowhere, site, &mut sink);
        }
        for (ix, path) in assets.iter().enumerate() {
            plan.routes.insert(path.clone(), Route::Asset(ix));
        }
        (plan, sink)
    }

    fn add(&mut self, route: Route, place: Option<Span>, site: &Site, sink: &mut Diagnostics) {
        let path = path(&route, site);
        if let (Some(taken), Some(place)) = (self.routes.get(&path), place) {
            // The other locales' files have the same name: one mistake, told once.
            if !path.as_str().starts_with(&format!("{}/", site.config.locale(site.config.source_locale).id)) {
                return;
            }
            sink.push(
                Diagnostic::new(
                    Code::SameAddress,
                    place,
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
        Route::Application(_, key) => format!("the application of the guide {key}"),
        Route::Page(_, id) => format!("the page `{id}`"),
        Route::General(_) => "the page of what holds for every carrier".into(),
        Route::Sources(_) => "the list of sources".into(),
        Route::Compare(_) | Route::Changes(_) | Route::Offline(_) | Route::Data(_) | Route::NotFound(_) => {
            "a page of the site itself".into()
        }
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
        Route::Page(ix, id) if matches!(id.as_str(), HOME | DECIDE) => SitePath::page(&[locale(ix)]),
        Route::Carrier(ix, id) | Route::Page(ix, id) => SitePath::page(&[locale(ix), id.as_str()]),
        Route::Guide(ix, key) => SitePath::page(&[locale(ix), key.section.as_str(), key.guide.as_str()]),
        Route::Application(ix, key) => {
            SitePath::page(&[locale(ix), key.section.as_str(), key.guide.as_str(), "application"])
        }
        Route::General(ix) => SitePath::page(&[locale(ix), GENERAL]),
        Route::Sources(ix) => SitePath::page(&[locale(ix), "sources"]),
        Route::Compare(ix) => SitePath::page(&[locale(ix), "compare"]),
        Route::Changes(ix) => SitePath::page(&[locale(ix), "changes"]),
        Route::Offline(ix) => SitePath::page(&[locale(ix), "offline"]),
        Route::NotFound(None) => file("404.html"),
        Route::NotFound(Some(ix)) => file(&format!("{}/404.html", locale(ix))),
        Route::Data(Data::Worker) => file("sw.js"),
        Route::Data(Data::Saved(ix, None)) => file(&format!("offline/{}.json", locale(ix))),
        Route::Data(Data::Saved(ix, Some(id))) => file(&format!("offline/{}/{id}.json", locale(ix))),
        // No tag of a language is as long.
        Route::Data(Data::SavedCarriers) => file("offline/carriers.json"),
        Route::Data(Data::Manifest(ix)) => file(&format!("{}/manifest.webmanifest", locale(ix))),
        Route::Data(Data::Feed(ix)) => file(&format!("{}/changes/feed.xml", locale(ix))),
        Route::Data(Data::Facts(owner)) => file(&format!("api/v1/{owner}.json")),
        Route::Data(Data::Sitemap) => file("sitemap.xml"),
        Route::Data(Data::Robots) => file("robots.txt"),
        Route::Data(Data::Day) => file("day.json"),
    }
}

fn file(name: &str) -> SitePath {
    SitePath::new(name).unwrap_or_else(|_| SitePath::page(&[]))
}
