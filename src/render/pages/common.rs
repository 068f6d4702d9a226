//! What every page has: titles, addresses, languages, crumbs.

use std::sync::Arc;

use jiff::civil::Date;

use super::super::Renderer;
use super::super::chrome::address;
use crate::model::fact::Fact;
use crate::model::guide::{GENERAL, GuideKey};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::plan::{Data, Route, path};
use crate::view::{
    AlternateView, BodyView, CrumbData, LanguageView, LinkView, LocaleView, PageView, SubjectData, View, WebPageData,
    linked_data,
};

/// What is particular to one page.
pub struct Frame {
    /// The route in a locale, to link the languages with each other.
    pub route: fn(LocaleIx, &Frame) -> Route,
    /// The page's own route.
    pub own: Route,
    /// The locale it is for.
    pub locale: LocaleIx,
    /// The locale its content is written in.
    pub content: LocaleIx,
    /// Locales that have content of their own.
    pub written: Vec<LocaleIx>,
    /// Its title, without the site's.
    pub title: String,
    /// One sentence on it.
    pub description: String,
    /// Pages above it, the first being the home.
    pub crumbs: Vec<LinkView>,
    /// The day its newest fact was checked.
    pub reviewed: Option<Date>,
    /// The carrier or nation whose facts it is about.
    pub data: Option<Id>,
    /// The organisation it is about.
    pub about: Option<SubjectData>,
    /// Whether search engines should leave it out for another reason than borrowed content.
    pub hidden: bool,
}

/// The newest check of these facts.
pub fn newest<'a>(facts: impl IntoIterator<Item = &'a Arc<Fact>>) -> Option<Date> {
    facts.into_iter().flat_map(|fact| fact.current()).map(|reading| reading.checked).max()
}

/// The carrier whose page or guide a route leads to; empty where it is for all.
fn carrier_of(route: &Route) -> String {
    let id = match route {
        Route::Carrier(_, id) => id.as_str(),
        Route::Guide(_, key) | Route::Application(_, key) => key.section.as_str(),
        _ => GENERAL,
    };
    if id == GENERAL { String::new() } else { id.to_owned() }
}

impl Renderer {
    /// The path of a route on the host, with the site's base path before it.
    pub(in crate::render) fn address(&self, route: &Route) -> String {
        address(&self.site, route)
    }

    pub(in crate::render) fn full_address(&self, route: &Route) -> String {
        format!("{}{}", self.site.config.base_url, path(route, &self.site).address())
    }

    pub(in crate::render) fn locale_view(&self, locale: LocaleIx) -> LocaleView {
        self.words_of(locale).view.clone()
    }

    /// A link in the words of a locale.
    pub(super) fn link(&self, text: &str, summary: &str, locale: LocaleIx, route: &Route) -> LinkView {
        let LocaleView { tag, dir, .. } = self.locale_view(locale);
        LinkView { text: text.to_owned(), summary: summary.to_owned(), url: self.address(route), tag, dir }
    }

    /// Links to the first guides of a section: pages that show them beside others lead to the section's own page for the rest.
    pub(super) fn first_guides_of(&self, section: &Id, locale: LocaleIx, most: usize) -> Vec<LinkView> {
        self.links_to_guides(section, locale).take(most).collect()
    }

    /// Links to guides of a section, in the locale's words where they are written.
    pub(in crate::render) fn guides_of(&self, section: &Id, locale: LocaleIx) -> Vec<LinkView> {
        self.links_to_guides(section, locale).collect()
    }

    fn links_to_guides<'a>(&'a self, section: &'a Id, locale: LocaleIx) -> impl Iterator<Item = LinkView> + 'a {
        let from = GuideKey { section: section.clone(), guide: Id::least() };
        let guides = self.site.guides.range(from..).map(|(_, guide)| guide);
        let own = guides.take_while(|guide| guide.key.section == *section);
        own.filter_map(move |guide| self.link_to_guide(&guide.key, locale))
    }

    /// A link to a guide, in the locale's words where it is written in it.
    pub(super) fn link_to_guide(&self, key: &GuideKey, locale: LocaleIx) -> Option<LinkView> {
        let guide = self.site.guides.get(key)?;
        let (written, text) = self.site.text_for(&guide.texts, locale)?;
        Some(self.link(&text.title, &text.summary, written, &Route::Guide(locale, key.clone())))
    }

    /// The view of a page: its frame, and what only it has.
    pub(super) fn page(&self, frame: &Frame, body: BodyView) -> View {
        let config = &self.site.config;
        let locale = frame.locale;
        let chrome = &self.chrome[locale.0];
        let borrowed = frame.locale != frame.content;
        let alternates = if borrowed || frame.hidden { Vec::new() } else { self.alternates(frame) };
        let page = PageView {
            title: frame.title.clone(),
            description: frame.description.clone(),
            site_title: config.title.get(locale).clone(),
            short_title: config.short_title.get(locale).clone(),
            site_id: config.id.as_str().to_owned(),
            root: self.address(&Route::Chooser),
            home: self.address(&Route::Home(locale)),
            general: self.address(&Route::General(locale)),
            sources: self.address(&Route::Sources(locale)),
            canonical: self.canonical(frame),
            social_image: self.full_address(&Route::Data(Data::Icon("social.png"))),
            noindex: borrowed || frame.hidden || config.preview,
            preview: config.preview,
            draft: self.is_draft(&frame.own),
            fonts: self.first_fonts(locale),
            locale: chrome.locale.clone(),
            content: self.chrome[frame.content.0].locale.clone(),
            borrowed,
            languages: self.languages(frame),
            alternates,
            crumbs: frame.crumbs.clone(),
            reviewed: frame.reviewed.map(|day| self.words_of(locale).date(day)),
            contact: config.contact.clone().unwrap_or_default(),
            carrier: carrier_of(&frame.own),
            offline: self.address(&Route::Offline(locale)),
            compare: if self.site.compares() { self.address(&Route::Compare(locale)) } else { String::new() },
            changes: self.address(&Route::Changes(locale)),
            data: self.data(frame),
            json_ld: self.json_ld(frame, borrowed),
            words: self.spoken_by_scripts(frame),
            base: config.base_path().to_owned(),
            url: self.address(&frame.own),
            carriers: chrome.carriers.clone(),
            header: chrome.header.clone(),
            footer: chrome.footer.clone(),
        };
        View { page, locale_index: locale.0, content_index: frame.content.0, template: None, body }
    }

    /// The address that search engines are to know of what a page shows: where it is written, not where it is borrowed.
    fn canonical(&self, frame: &Frame) -> String {
        let written = (frame.locale != frame.content).then(|| (frame.route)(frame.content, frame));
        self.full_address(written.as_ref().unwrap_or(&frame.own))
    }

    /// Addresses of the fonts that the pages of a locale need from the first.
    fn first_fonts(&self, locale: LocaleIx) -> Vec<String> {
        let base = self.site.config.base_path();
        self.fonts.first_of(self.site.config.locale(locale)).map(|path| format!("{base}{}", path.address())).collect()
    }

    /// Whether what a page shows is a draft.
    fn is_draft(&self, route: &Route) -> bool {
        let site = &self.site;
        let file = match route {
            Route::Guide(locale, key) | Route::Application(locale, key) => site
                .guides
                .get(key)
                .and_then(|guide| site.text_for(&guide.texts, *locale))
                .map(|(_, text)| text.place.file),
            Route::Page(locale, id) => {
                let page = site.pages.get(id).and_then(|page| site.text_for(&page.texts, *locale));
                page.map(|(_, text)| text.place.file)
            }
            Route::Carrier(_, id) => site.carriers.get(id).map(|carrier| carrier.place.file),
            _ => None,
        };
        file.is_some_and(|file| site.drafts.contains(&file))
    }

    /// The scripts with the words of the page and of its content; pages that speak all languages have none.
    fn spoken_by_scripts(&self, frame: &Frame) -> Vec<String> {
        let Some(own) = frame.own.locale() else { return Vec::new() };
        let locales = [own, frame.content].into_iter().take(if own == frame.content { 1 } else { 2 });
        locales.map(|ix| self.scripted[ix.0].address.clone()).collect()
    }

    /// The page in every locale.
    fn languages(&self, frame: &Frame) -> Vec<LanguageView> {
        let language = |ix: LocaleIx| LanguageView {
            locale: self.chrome[ix.0].locale.clone(),
            url: self.address(&(frame.route)(ix, frame)),
            current: ix == frame.locale && frame.own != Route::Chooser,
            written: frame.written.contains(&ix),
        };
        self.all_locales().into_iter().map(language).collect()
    }

    /// The address of the page's facts as data.
    fn data(&self, frame: &Frame) -> String {
        let chrome = &self.chrome[frame.locale.0];
        let owner = frame.data.as_ref().filter(|owner| chrome.evidence_link(owner).is_some());
        owner.map(|owner| self.address(&Route::Data(Data::Facts(owner.clone())))).unwrap_or_default()
    }

    /// What the page is, and what stands above it, for search engines.
    fn json_ld(&self, frame: &Frame, borrowed: bool) -> String {
        let language = &self.site.config.locale(if borrowed { frame.content } else { frame.locale }).tag;
        let address = self.full_address(&frame.own);
        let origin = self.site.config.base_url.strip_suffix(self.site.config.base_path()).unwrap_or_default();
        let above = frame.crumbs.iter().map(|crumb| (crumb.text.as_str(), Some(format!("{origin}{}", crumb.url))));
        let crumbs = above.chain([(frame.title.as_str(), None)]).enumerate();
        let page = WebPageData {
            id: &address,
            name: &frame.title,
            language,
            day: frame.reviewed.map(|day| day.to_string()),
            about: frame.about.clone(),
        };
        // Nothing in it may end the element it stands in.
        linked_data(&page, crumbs.map(|(at, (name, item))| CrumbData::new(at + 1, name, item)).collect())
            .replace('<', "\\u003c")
    }

    /// Every locale that really has the page, and the chooser for readers of none of them; nothing where there is one locale.
    fn alternates(&self, frame: &Frame) -> Vec<AlternateView> {
        if self.site.config.locales.len() == 1 {
            return Vec::new();
        }
        let own = frame.written.iter().map(|&ix| AlternateView {
            tag: self.site.config.locale(ix).tag.clone(),
            url: self.full_address(&(frame.route)(ix, frame)),
            og_locale: if ix == frame.content { String::new() } else { self.words_of(ix).text("page.og_locale", &[]) },
        });
        let chooser = self.full_address(&Route::Chooser);
        let rest = AlternateView { tag: "x-default".into(), url: chooser, og_locale: String::new() };
        own.chain([rest]).collect()
    }

    /// Every locale.
    pub(in crate::render) fn all_locales(&self) -> Vec<LocaleIx> {
        self.site.config.locales().map(|(ix, _)| ix).collect()
    }

    /// The crumb above guides for every carrier.
    pub(super) fn general_crumb(&self, locale: LocaleIx) -> LinkView {
        self.link(&self.words_of(locale).text("page.general", &[]), "", locale, &Route::General(locale))
    }

    /// The first crumb.
    pub(super) fn home_crumb(&self, locale: LocaleIx) -> LinkView {
        self.link(self.site.config.title.get(locale), "", locale, &Route::Home(locale))
    }
}
