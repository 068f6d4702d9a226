//! The theme contract: everything a template can see, and nothing else that is serialisable.
//!
//! Every page has `page`, `locale_index` and `content_index`, and one of `chooser`, `home`, `carrier`, `guide`, `plain`,
//! `sources`, `not_found`. Fields named `html` hold finished HTML, to be printed with `| safe`; all others are plain text.
//! Templates also have `t(key=…)` for the words of the page's locale, `tc(key=…)` for those of the locale its content is
//! written in, both with `n=` for plural forms and named values, and `asset(name=…)` for the address of an asset.

use serde::Serialize;

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
    Home(HomeView),
    Carrier(Box<CarrierView>),
    Guide(Box<GuideView>),
    Plain(PlainView),
    Sources(SourcesView),
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
            Self::Sources(_) => "sources.html",
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
    /// Path of the language chooser, with `/` at its end.
    pub root: String,
    /// Path of the locale's home.
    pub home: String,
    /// Path of the locale's sources.
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
    /// Plain pages, for the footer.
    pub pages: Vec<LinkView>,
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

/// The language chooser.
#[derive(Debug, Serialize)]
pub struct ChooserView {
    /// The site in each locale.
    pub choices: Vec<ChoiceView>,
}

/// One language of the chooser.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct ChoiceView {
    pub locale: LocaleView,
    pub url: String,
    pub title: String,
    pub description: String,
}

/// A locale's home.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct HomeView {
    pub carriers: Vec<CarrierLinkView>,
    /// Guides for every carrier.
    pub general: Vec<LinkView>,
}

/// A carrier in a list.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct CarrierLinkView {
    pub name: String,
    pub aliases: Vec<String>,
    pub status: &'static str,
    pub url: String,
    pub guides: Vec<LinkView>,
}

/// A carrier's page.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct CarrierView {
    pub id: String,
    pub name: String,
    pub aliases: Vec<String>,
    pub status: &'static str,
    /// May be empty.
    pub status_note: String,
    /// The carrier it becomes, if any.
    pub successor: Option<LinkView>,
    /// May be empty.
    pub website: String,
    pub guides: Vec<LinkView>,
    pub facts: Vec<FactView>,
    pub cited: Vec<SourceView>,
}

/// A guide's page.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct GuideView {
    /// `jazz/close-sim`
    pub id: String,
    pub title: String,
    pub summary: String,
    /// What stands before the first step.
    pub intro_html: String,
    pub steps: Vec<StepView>,
    /// What to say at the counter; may be empty.
    pub card: Vec<CardLineView>,
    /// Steps that have items, for the slip.
    pub slip: Vec<SlipStepView>,
    pub facts: Vec<FactView>,
    pub cited: Vec<SourceView>,
    /// First and last day on which its facts were checked; absent without facts.
    pub checked: Option<CheckedView>,
}

/// A sentence or two for the clerk.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct CardLineView {
    /// Situations in words, of which one must hold; empty when it is always said.
    pub when: String,
    pub when_ids: Vec<String>,
    /// The words in each language spoken at counters.
    pub spoken: Vec<SpokenView>,
    /// The words in the reader's own language, when it is not among those; may be empty.
    pub gloss_html: String,
}

/// Words in a language.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct SpokenView {
    pub locale: LocaleView,
    pub html: String,
}

/// When a page's facts were checked.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct CheckedView {
    pub first: DateView,
    pub last: DateView,
    /// How many are due for review.
    pub overdue: usize,
}

/// A step's prose.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct StepView {
    pub id: String,
    pub title_html: String,
    pub html: String,
    pub irreversible: bool,
    pub requires: Vec<RequirementView>,
}

/// A step's items on the slip.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct SlipStepView {
    pub id: String,
    pub title_html: String,
    pub irreversible: bool,
    pub requires: Vec<RequirementView>,
    pub items: Vec<ItemView>,
}

/// Something to be done first.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct RequirementView {
    pub id: String,
    pub text: String,
    pub url: String,
}

/// An item to tick.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct ItemView {
    pub id: String,
    pub html: String,
    /// May be empty.
    pub hint_html: String,
    /// Situations in words, of which one must hold; may be empty.
    pub when: String,
    /// Situations in words, none of which may hold; may be empty.
    pub unless: String,
    /// Ids of the situations in `when` and `unless`, for scripts.
    pub when_ids: Vec<String>,
    pub unless_ids: Vec<String>,
    pub irreversible: bool,
    pub requires: Vec<RequirementView>,
}

/// A fact with its evidence.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct FactView {
    /// `jazz.helpline`
    pub id: String,
    /// The id of its element: `fact-jazz-helpline`.
    pub anchor: String,
    pub label: String,
    /// The carrier's name; empty for the nation.
    pub owner: String,
    /// How it reads inside a sentence.
    pub inline_html: String,
    pub risk: &'static str,
    pub conflict: bool,
    /// What holds on the day of the build; more than one where sources disagree.
    pub readings: Vec<ReadingView>,
    /// What held before or will hold later.
    pub other_times: Vec<ReadingView>,
}

/// One reading of a fact.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct ReadingView {
    pub html: String,
    pub unknown: bool,
    /// What to ask when the value is unknown; may be empty.
    pub ask_html: String,
    /// May be empty.
    pub note_html: String,
    /// `official`, `reported`, `staff`, `reader`, `unverified`; `unknown` for an unknown value.
    pub confidence: &'static str,
    pub from: Option<DateView>,
    pub until: Option<DateView>,
    pub checked: DateView,
    /// Days from `checked` to the day of the build.
    pub age_days: i32,
    /// Days after `checked` that it stays fresh.
    pub review_days: u16,
    /// Whether it was overdue on the day of the build.
    pub overdue: bool,
    pub sources: Vec<CitationView>,
}

/// A mention of a source.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct CitationView {
    /// The id of the source's element: `source-pta-2023`.
    pub anchor: String,
    pub publisher: String,
}

/// A source in a list.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct SourceView {
    pub anchor: String,
    pub title: String,
    pub tag: String,
    pub dir: &'static str,
    pub publisher: String,
    /// May be empty.
    pub url: String,
    pub kind: &'static str,
    pub copy: &'static str,
    /// When it was published, in words; may be empty.
    pub published: String,
    pub approximate: bool,
    pub seen: Option<DateView>,
    /// The facts that lean on it.
    pub facts: Vec<FactLinkView>,
}

/// A link to a fact.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct FactLinkView {
    pub label: String,
    /// The carrier's name; empty for the nation.
    pub owner: String,
    pub url: String,
}

/// A plain page.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct PlainView {
    pub title: String,
    pub summary: String,
    pub html: String,
    pub facts: Vec<FactView>,
    pub cited: Vec<SourceView>,
}

/// The list of sources.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct SourcesView {
    pub all: Vec<SourceView>,
    pub national: Vec<FactView>,
    pub overdue: Vec<FactLinkView>,
}

/// What a host shows for an address that is not there.
#[derive(Debug, Serialize)]
pub struct NotFoundView {
    /// The locales to speak, the page's own first.
    pub locales: Vec<NotFoundLocaleView>,
}

/// The message in one locale.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct NotFoundLocaleView {
    pub locale: LocaleView,
    pub title: String,
    pub text: String,
    pub home: LinkView,
    pub carriers: Vec<LinkView>,
}
