//! Routes: every output path of the site, each exactly once.

pub mod listed;
pub mod share;

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::address::{Address, Became};
use crate::model::guide::{DECIDE, GENERAL, GuideKey, HOME};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::source::path::SitePath;
use crate::source::tree::FileId;
use crate::theme::ICONS;

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
    /// What became of a page that stood at an address.
    Moved(LocaleIx, Address),
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
            | Self::Offline(ix)
            | Self::Moved(ix, _) => Some(*ix),
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
            Self::Moved(_, address) => Self::Moved(locale, address.clone()),
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
    /// Where the data stand.
    Index,
    /// Every carrier.
    Carriers,
    /// The guides of a section.
    Guides(Id),
    /// The facts of a carrier or of the nation.
    Facts(Id),
    /// Where the facts or the guides of a carrier stand that has another name, at the address with its old one.
    Moved(Id, Box<Data>),
    /// The JSON Schema of one of these.
    Schema(&'static str),
    /// A guide in one file.
    Copy(LocaleIx, GuideKey),
    /// A picture of the theme that others ask for by name.
    Icon(&'static str),
    /// What the site has for language models.
    Llms,
    /// Whom to tell of a hole in the site.
    Security,
    /// What is known to change, as a calendar.
    Calendar(LocaleIx),
    /// The files that list every page for search engines.
    Sitemap,
    /// One of those files, counted from 0.
    SitemapFile(usize),
    /// What search engines may read.
    Robots,
    /// What the site's host reads of it, by its name.
    Host(&'static str),
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
    pub fn new(site: &Site, assets: &[(SitePath, Option<FileId>)]) -> (Self, Diagnostics) {
        let mut plan = Self::default();
        let mut sink = Diagnostics::default();
        let nowhere = None;
        plan.add(Route::Chooser, nowhere, site, &mut sink);
        plan.add(Route::NotFound(None), nowhere, site, &mut sink);
        for (ix, _) in site.config.locales() {
            plan.add_locale(ix, site, &mut sink);
        }
        plan.add_gone(site, &mut sink);
        for data in for_programs(site) {
            plan.add(Route::Data(data), nowhere, site, &mut sink);
        }
        plan.add_assets(assets, &mut sink);
        (plan, sink)
    }

    fn add_locale(&mut self, ix: LocaleIx, site: &Site, sink: &mut Diagnostics) {
        let nowhere = None;
        self.add(Route::Home(ix), nowhere, site, sink);
        self.add(Route::NotFound(Some(ix)), nowhere, site, sink);
        let own = [Route::General(ix), Route::Sources(ix), Route::Changes(ix), Route::Offline(ix)];
        for route in own.into_iter().chain(site.compares().then_some(Route::Compare(ix))) {
            self.add(route, nowhere, site, sink);
        }
        for data in [Data::Saved(ix, None), Data::Manifest(ix), Data::Feed(ix), Data::Calendar(ix)] {
            self.add(Route::Data(data), nowhere, site, sink);
        }
        for carrier in site.carriers.values() {
            self.add(Route::Carrier(ix, carrier.id.clone()), Some(carrier.place), site, sink);
            self.add(Route::Data(Data::Saved(ix, Some(carrier.id.clone()))), nowhere, site, sink);
        }
        for guide in site.guides.values() {
            let place = guide.texts.get(&site.config.source_locale).map(|text| text.place);
            self.add(Route::Guide(ix, guide.key.clone()), place, site, sink);
            if site.config.guide_copies {
                self.add(Route::Data(Data::Copy(ix, guide.key.clone())), nowhere, site, sink);
            }
            if !guide.application.is_empty() {
                self.add(Route::Application(ix, guide.key.clone()), place, site, sink);
            }
        }
        for page in site.own_pages() {
            let place = page.texts.get(&site.config.source_locale).map(|text| text.place);
            self.add(Route::Page(ix, page.id.clone()), place, site, sink);
        }
    }

    /// What stands at addresses that name nothing any more, in every locale.
    fn add_gone(&mut self, site: &Site, sink: &mut Diagnostics) {
        let gone = site.gone();
        for (address, (ix, _)) in gone.keys().flat_map(|address| site.config.locales().map(move |ix| (address, ix))) {
            let place = site.addresses.as_ref().and_then(|all| all.get(address)).map(|known| known.place);
            self.add(Route::Moved(ix, address.clone()), place, site, sink);
        }
    }

    fn add_assets(&mut self, assets: &[(SitePath, Option<FileId>)], sink: &mut Diagnostics) {
        for (ix, (path, copied)) in assets.iter().enumerate() {
            if let (Some(taken), Some(file)) = (self.routes.get(path), copied) {
                let headline = format!("the address /{} is taken by {}", path.address(), what(taken));
                let copied = Diagnostic::new(Code::SameAddress, Span::file(*file), headline);
                sink.push(copied.help("give this file another name: it is copied to where it would stand"));
                continue;
            }
            self.routes.insert(path.clone(), Route::Asset(ix));
        }
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

/// Files for programs that are in no locale.
fn for_programs(site: &Site) -> Vec<Data> {
    let mut all = vec![
        Data::Worker,
        Data::Robots,
        Data::Sitemap,
        Data::Index,
        Data::Carriers,
        Data::Llms,
        Data::Day,
        Data::SavedCarriers,
    ];
    all.extend(site.config.security.iter().map(|_| Data::Security));
    all.extend(site.config.host.iter().flat_map(|host| host.files()).copied().map(Data::Host));
    all.extend(ICONS.iter().map(|(name, _)| Data::Icon(name)));
    all.extend((0..listed::files(site)).map(Data::SitemapFile));
    all.extend(site.owners().into_iter().map(|owner| Data::Facts(owner.clone())));
    all.extend(site.sections().into_iter().map(|section| Data::Guides(section.clone())));
    all.extend(moved(site));
    all.extend(SCHEMAS.iter().copied().map(Data::Schema));
    all
}

/// Old addresses of facts and guides of carriers that were renamed.
fn moved(site: &Site) -> Vec<Data> {
    let (owners, sections) = (site.owners(), site.sections());
    let mut all = Vec::new();
    for (old, became) in site.gone() {
        let (Address::Own(old), Became::Moved(Address::Own(new))) = (old, became) else { continue };
        let facts = owners.contains(&new).then(|| Data::Facts(new.clone()));
        let guides = sections.contains(&new).then(|| Data::Guides(new.clone()));
        all.extend(facts.into_iter().chain(guides).map(|data| Data::Moved(old.clone(), Box::new(data))));
    }
    all
}

/// Kinds of data that have a schema.
pub const SCHEMAS: &[&str] = &["index", "carriers", "guides", "facts"];

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
        Route::Moved(_, address) => format!("what became of `{address}`"),
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
        Route::Carrier(ix, id) | Route::Page(ix, id) | Route::Moved(ix, Address::Own(id)) => {
            SitePath::page(&[locale(ix), id.as_str()])
        }
        Route::Guide(ix, key) | Route::Moved(ix, Address::Guide(key)) => {
            SitePath::page(&[locale(ix), key.section.as_str(), key.guide.as_str()])
        }
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
        Route::Data(data) => data_path(data, site),
    }
}

/// The output path of a file for programs.
fn data_path(data: &Data, site: &Site) -> SitePath {
    let locale = |ix: &LocaleIx| site.config.locale(*ix).id.as_str();
    match data {
        Data::Worker => file("sw.js"),
        Data::Saved(ix, None) => file(&format!("offline/{}.json", locale(ix))),
        Data::Saved(ix, Some(id)) => file(&format!("offline/{}/{id}.json", locale(ix))),
        // No tag of a language is as long.
        Data::SavedCarriers => file("offline/carriers.json"),
        Data::Manifest(ix) => file(&format!("{}/manifest.webmanifest", locale(ix))),
        Data::Feed(ix) => file(&format!("{}/changes/feed.xml", locale(ix))),
        Data::Calendar(ix) => file(&format!("{}/changes/calendar.ics", locale(ix))),
        Data::Facts(owner) => file(&format!("api/v1/facts/{owner}.json")),
        Data::Index => file("api/v1/index.json"),
        Data::Carriers => file("api/v1/carriers.json"),
        Data::Guides(section) => file(&format!("api/v1/guides/{section}.json")),
        Data::Moved(old, data) => match **data {
            Data::Guides(_) => data_path(&Data::Guides(old.clone()), site),
            _ => data_path(&Data::Facts(old.clone()), site),
        },
        Data::Schema(name) => file(&format!("api/v1/schema/{name}.json")),
        Data::Copy(ix, key) => {
            let (locale, GuideKey { section, guide }) = (locale(ix), key);
            // Not `.html`: it is no page of the site, and nothing that looks for pages takes it for one.
            file(&format!("{locale}/{section}/{guide}/{section}-{guide}.{locale}.htm"))
        }
        Data::Icon(name) if name.ends_with(".ico") => file(name),
        Data::Icon(name) => file(&format!("icons/{name}")),
        Data::Host(name) => file(name),
        Data::Llms => file("llms.txt"),
        Data::Security => file(".well-known/security.txt"),
        Data::Sitemap => file("sitemap.xml"),
        Data::SitemapFile(at) => file(&format!("sitemap-{}.xml", at + 1)),
        Data::Robots => file("robots.txt"),
        Data::Day => file("day.json"),
    }
}

fn file(name: &str) -> SitePath {
    SitePath::new(name).unwrap_or_else(|_| SitePath::page(&[]))
}
