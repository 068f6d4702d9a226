//! The theme contract: everything a template can see, and nothing else that templates are given.
//!
//! Every page has `page`, `locale_index` and `content_index`, and one of `chooser`, `home`, `carrier`, `guide` (in one file also `copy`), `application`, `plain`,
//! `general`, `sources`, `compare`, `changes`, `offline`, `moved`, `not_found`. Fields named `html` hold finished HTML, to be printed with `| safe`; all others are plain text.
//! `words.html` alone has `words` and no `page`: it is made once for each locale, into the script that `page.words` names.
//! Templates also have `t(key=…)` for the words of the page's locale, `tc(key=…)` for those of the locale its content is
//! written in, both with `n=` for plural forms and named values, and `asset(name=…)` for the address of an asset. What these two give is
//! text. Where a value is HTML (a date with its element, a link), `t_html` and `tc_html` take it as it is and escape the words around it.
//! `t_forms(key=…, name=…)` and `tc_forms` give every plural form of a string as attributes for scripts: `data-t-NAME-one="…" data-t-NAME-other="…"`.

mod api;
mod data;
mod evidence;
mod guide;
mod home;
mod linked;
mod lists;
mod value;

pub use value::Shared;
use value::view;

pub use api::{
    CarrierData, CarriersData, FileData, GuideData, GuidesData, IndexData, LocaleData, MovedData, PagesData, StepData,
    schema,
};
pub use data::{
    AmountData, CalendarData, CalendarEntryData, DayData, DocumentData, FactData, FactsData, FeedData, FeedEntryData,
    IconData, ManifestData, ReadingData, SavedData, SourceData, TextsData, ValueData, json,
};
pub use evidence::{CitationView, FactLinkView, FactView, GroundsView, MarkView, ReadingView, SourceView, TurnView};
pub use guide::{
    ApplicationView, CardLineView, ChecklistStepView, DateRuleView, FoldView, GuideView, ItemView, KeyFactView,
    PartView, PlainView, RequirementView, SectionView, SheetView, ShortLineView, SituationView, SpokenView, StaleView,
    StepView, WordsView,
};
pub use home::{
    CarrierRowView, CaseView, DecideView, GuideGroupView, HelplineView, HomeTextView, HomeView, StatusView,
};
pub use linked::{CrumbData, SubjectData, WebPageData, linked_data};
pub use lists::{
    CarrierView, ChangeView, ChangesView, ChoiceView, ChooserView, CompareCellView, CompareRowView, CompareView,
    ContactView, GeneralView, MovedView, NameView, NotFoundLocaleView, NotFoundView, OfflineView, SourcesView,
};

/// What a template is given.
#[derive(Debug)]
pub struct View {
    /// What every page has.
    pub page: PageView,
    /// Position of the page's locale, for `t`.
    pub locale_index: usize,
    /// Position of the content's locale, for `tc`; another one where a translation is missing.
    pub content_index: usize,
    /// The template that the page's text asks for, by the name of its file; that of its kind where it asks for none.
    pub template: Option<String>,
    /// What only this kind of page has.
    pub body: BodyView,
}

impl From<View> for tera::Context {
    fn from(view: View) -> Self {
        let View { page, locale_index, content_index, template: _, body } = view;
        let mut context = Self::new();
        context.insert_value("page", page.into());
        context.insert_value("locale_index", locale_index.into());
        context.insert_value("content_index", content_index.into());
        let body = match body {
            BodyView::Copy(guide, copy) => {
                context.insert_value("copy", copy.into());
                BodyView::Guide(guide)
            }
            other => other,
        };
        let (name, body) = body.named();
        context.insert_value(name, body);
        context
    }
}

/// What only one kind of page has.
#[derive(Debug)]
pub enum BodyView {
    Chooser(ChooserView),
    Home(Box<HomeView>),
    Carrier(Box<CarrierView>),
    Guide(Box<GuideView>),
    Application(ApplicationView),
    /// A guide in one file.
    Copy(Box<GuideView>, CopyView),
    Plain(Box<PlainView>),
    General(Box<GeneralView>),
    Sources(SourcesView),
    Compare(CompareView),
    Changes(ChangesView),
    Offline(OfflineView),
    Moved(MovedView),
    NotFound(NotFoundView),
}

impl BodyView {
    /// The name that templates know it by, and what they find there.
    fn named(self) -> (&'static str, tera::Value) {
        match self {
            Self::Chooser(view) => ("chooser", view.into()),
            Self::Home(view) => ("home", (*view).into()),
            Self::Carrier(view) => ("carrier", (*view).into()),
            Self::Guide(view) | Self::Copy(view, _) => ("guide", (*view).into()),
            Self::Application(view) => ("application", view.into()),
            Self::Plain(view) => ("plain", (*view).into()),
            Self::General(view) => ("general", (*view).into()),
            Self::Sources(view) => ("sources", view.into()),
            Self::Compare(view) => ("compare", view.into()),
            Self::Changes(view) => ("changes", view.into()),
            Self::Offline(view) => ("offline", view.into()),
            Self::Moved(view) => ("moved", view.into()),
            Self::NotFound(view) => ("not_found", view.into()),
        }
    }

    /// The template that renders it, where its text asks for no other.
    #[must_use]
    pub fn template(&self) -> &'static str {
        match self {
            Self::Chooser(_) => "chooser.html",
            Self::Home(_) => "home.html",
            Self::Carrier(_) => "carrier.html",
            Self::Guide(_) => "guide.html",
            Self::Copy(..) => "copy.html",
            Self::Application(_) => "application.html",
            Self::Plain(_) => "plain.html",
            Self::General(_) => "general.html",
            Self::Sources(_) => "sources.html",
            Self::Compare(_) => "compare.html",
            Self::Changes(_) => "changes.html",
            Self::Offline(_) => "offline.html",
            Self::Moved(_) => "moved.html",
            Self::NotFound(_) => "not-found.html",
        }
    }
}

view! {
    /// What every page has.
    pub struct PageView {
        /// The page's own title, without the site's.
        pub title: String,
        pub description: String,
        pub site_title: String,
        /// The site's title for the head of each page.
        pub short_title: String,
        /// Prefix of what the site stores on readers' devices.
        pub site_id: String,
        /// Path of the language chooser, with `/` at its end.
        pub root: String,
        /// Path of the locale's home.
        pub home: String,
        /// Path of the locale's sources.
        pub general: String,
        pub sources: String,
        /// Full address that search engines should keep; of the source text where this page borrows it.
        pub canonical: String,
        /// Full address of the image that stands for the site where others link to it.
        pub social_image: String,
        /// Whether search engines should leave the page out.
        pub noindex: bool,
        /// Whether the site is shown to some before it is published.
        pub preview: bool,
        /// Whether the page is a draft: it is not published yet.
        pub draft: bool,
        /// Addresses of the fonts that the locale's pages need from the first.
        pub fonts: Vec<String>,
        /// The locale the page is for.
        pub locale: Shared<LocaleView>,
        /// The locale its content is written in.
        pub content: Shared<LocaleView>,
        /// Whether the content is borrowed from another locale.
        pub borrowed: bool,
        /// The same page in every locale, for the reader.
        pub languages: Vec<LanguageView>,
        /// Full addresses of the locales that have the page, for search engines; empty unless there is something to say.
        pub alternates: Vec<AlternateView>,
        /// Pages above this one, the first being the home.
        pub crumbs: Vec<LinkView>,
        /// The day the newest of the page's facts was last checked; never the day of the build, which would make another page every day.
        pub reviewed: Option<DateView>,
        /// Where readers report mistakes; may be empty.
        pub contact: String,
        /// The carrier whose guides the page belongs to; empty where it is for all.
        pub carrier: String,
        /// Path of the locale's page for when there is no network.
        pub offline: String,
        /// Path of the locale's comparison of carriers; empty where there are fewer than two.
        pub compare: String,
        /// Path of the locale's list of changes.
        pub changes: String,
        /// Facts of the page's carrier as data; may be empty.
        pub data: String,
        /// What search engines read: a JSON-LD object, safe inside a `script` element.
        pub json_ld: String,
        /// Addresses of the scripts with the words of other scripts, in the locales of the page and of its content.
        pub words: Vec<String>,
        /// The path of the site's root on its host, with `/` at both ends.
        pub base: String,
        /// Path of the page itself.
        pub url: String,
        /// Every carrier in the order of the site, for themes that lead to all of them from any page.
        pub carriers: Shared<Vec<LinkView>>,
        /// Links below the title; may be none.
        pub header: Shared<Vec<LinkView>>,
        /// Links at the foot.
        pub footer: Shared<Vec<LinkView>>,
    }
}

view! {
    /// A locale.
    pub struct LocaleView {
        pub id: String,
        pub tag: String,
        pub dir: &'static str,
        pub name: String,
        /// The tag by which scripts write numbers and dates, as the page does: `en-GB-u-nu-latn`.
        pub formats: String,
    }
}

view! {
    /// A link to the same page in a locale.
    pub struct LanguageView {
        pub locale: Shared<LocaleView>,
        pub url: String,
        pub current: bool,
        /// Whether the content is written in this locale, not borrowed.
        pub written: bool,
    }
}

view! {
    /// An `hreflang` link.
    pub struct AlternateView {
        pub tag: String,
        pub url: String,
        /// The locale as Open Graph calls it; empty where it is none.
        pub og_locale: String,
    }
}

view! {
    /// What a guide in one file has besides the guide.
    pub struct CopyView {
        /// The style sheet.
        pub style_html: String,
        /// The hash by which the page's policy allows it.
        pub style_hash: String,
    }
}

view! {
    /// A link whose words may be in another language than the page.
    pub struct LinkView {
        pub text: String,
        pub summary: String,
        pub url: String,
        pub tag: String,
        pub dir: &'static str,
    }
}

view! {
    /// A day, for `<time>`.
    pub struct DateView {
        pub iso: String,
        pub text: String,
    }
}
