//! The theme contract: everything a template can see, and nothing else that is serialisable.
//!
//! Every page has `page`, `locale_index` and `content_index`, and one of `chooser`, `home`, `carrier`, `guide`, `plain`,
//! `general`, `sources`, `compare`, `changes`, `offline`, `not_found`. Fields named `html` hold finished HTML, to be printed with `| safe`; all others are plain text.
//! Templates also have `t(key=…)` for the words of the page's locale, `tc(key=…)` for those of the locale its content is
//! written in, both with `n=` for plural forms and named values, and `asset(name=…)` for the address of an asset. What these two give is
//! text. Where a value is HTML (a date with its element, a link), `t_html` and `tc_html` take it as it is and escape the words around it.

mod data;
mod evidence;
mod guide;
mod lists;

use serde::Serialize;

pub use data::{
    AmountData, DocumentData, FactData, FactsData, FeedData, FeedEntryData, IconData, ManifestData, ReadingData,
    SavedData, SourceData, TextsData, ValueData, json,
};
pub use evidence::{CitationView, FactLinkView, FactView, GroundsView, MarkView, ReadingView, SourceView};
pub use guide::{
    CardLineView, ChecklistItemView, ChecklistStepView, ChecklistView, DateRuleView, GuideView, ItemView, PlainView,
    RequirementView, SituationView, SpokenView, StepView, WaitView,
};
pub use lists::{
    CarrierLinkView, CarrierView, ChangeView, ChangesView, ChoiceView, ChooserView, CompareCellView, CompareRowView,
    CompareView, GeneralView, HomeView, NotFoundLocaleView, NotFoundView, OfflineView, SourcesView,
};

/// What a template is given.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "described in the module's head")]
pub struct View {
    pub page: PageView,
    /// Position of the page's locale, for `t`.
    pub locale_index: usize,
    /// Position of the content's locale, for `tc`; another one where a translation is missing.
    pub content_index: usize,
    #[serde(flatten)]
    pub body: BodyView,
}

/// What only one kind of page has.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "one variant a template")]
pub enum BodyView {
    Chooser(ChooserView),
    Home(Box<HomeView>),
    Carrier(Box<CarrierView>),
    Guide(Box<GuideView>),
    Plain(Box<PlainView>),
    General(Box<GeneralView>),
    Sources(SourcesView),
    Compare(CompareView),
    Changes(ChangesView),
    Offline(OfflineView),
    NotFound(NotFoundView),
}

impl BodyView {
    /// The template that renders it.
    #[must_use]
    pub fn template(&self) -> &'static str {
        match self {
            Self::Chooser(_) => "chooser.html",
            Self::Home(_) => "home.html",
            Self::Carrier(_) => "carrier.html",
            Self::Guide(_) => "guide.html",
            Self::Plain(_) => "plain.html",
            Self::General(_) => "general.html",
            Self::Sources(_) => "sources.html",
            Self::Compare(_) => "compare.html",
            Self::Changes(_) => "changes.html",
            Self::Offline(_) => "offline.html",
            Self::NotFound(_) => "not-found.html",
        }
    }
}

/// What every page has.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct PageView {
    /// The page's own title, without the site's.
    pub title: String,
    pub description: String,
    pub site_title: String,
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
    /// Whether search engines should leave the page out.
    pub noindex: bool,
    /// The locale the page is for.
    pub locale: LocaleView,
    /// The locale its content is written in.
    pub content: LocaleView,
    /// Whether the content is borrowed from another locale.
    pub borrowed: bool,
    /// The same page in every locale, for the reader.
    pub languages: Vec<LanguageView>,
    /// Full addresses of the locales that have the page, for search engines; empty unless there is something to say.
    pub alternates: Vec<AlternateView>,
    /// Pages above this one, the first being the home.
    pub crumbs: Vec<LinkView>,
    /// The day the site was built for.
    pub built: DateView,
    /// Where readers report mistakes; may be empty.
    pub contact: String,
    /// Path of the locale's page for when there is no network.
    pub offline: String,
    /// Path of the locale's comparison of carriers.
    pub compare: String,
    /// Path of the locale's list of changes.
    pub changes: String,
    /// Facts of the page's carrier as data; may be empty.
    pub data: String,
    /// What search engines read: a JSON-LD object, safe inside a `script` element.
    pub json_ld: String,
    /// The path of the site's root on its host, with `/` at both ends.
    pub base: String,
    /// Plain pages, for the footer.
    pub pages: Vec<LinkView>,
    /// Guides with items, on pages that list a reader's checklists; empty elsewhere.
    pub checklists: Vec<ChecklistView>,
}

/// A locale.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the names are those of site.yaml")]
pub struct LocaleView {
    pub id: String,
    pub tag: String,
    pub dir: &'static str,
    pub name: String,
}

/// A link to the same page in a locale.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct LanguageView {
    pub locale: LocaleView,
    pub url: String,
    pub current: bool,
    /// Whether the content is written in this locale, not borrowed.
    pub written: bool,
}

/// An `hreflang` link.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct AlternateView {
    pub tag: String,
    pub url: String,
}

/// A link whose words may be in another language than the page.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct LinkView {
    pub text: String,
    pub summary: String,
    pub url: String,
    pub tag: String,
    pub dir: &'static str,
}

/// A day, for `<time>`.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct DateView {
    pub iso: String,
    pub text: String,
}
