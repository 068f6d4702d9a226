//! Pages made of lists: chooser, home, carriers, sources, comparison, changes.

use serde::Serialize;

use super::DateView;
use super::LinkView;
use super::LocaleView;
use super::evidence::FactLinkView;
use super::evidence::FactView;
use super::evidence::GroundsView;
use super::evidence::SourceView;
use super::guide::PlainView;

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
    /// The text of `pages/home`, where the site has one in this locale.
    pub text: Option<PlainView>,
    /// The newest change of a fact.
    pub latest: Option<ChangeView>,
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
    /// What to call, dial, write to or visit; these are among the facts as well.
    pub contacts: Vec<FactView>,
    pub guides: Vec<LinkView>,
    pub facts: Vec<FactView>,
    /// What they rest on; absent without facts.
    pub grounds: Option<GroundsView>,
}

/// What holds for every carrier.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct GeneralView {
    pub guides: Vec<LinkView>,
    /// The facts of the nation.
    pub facts: Vec<FactView>,
    /// What they rest on; absent without facts.
    pub grounds: Option<GroundsView>,
}

/// The list of sources.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct SourcesView {
    pub all: Vec<SourceView>,
    pub overdue: Vec<FactLinkView>,
}

/// Carriers side by side.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct CompareView {
    pub carriers: Vec<LinkView>,
    pub rows: Vec<CompareRowView>,
}

/// One fact of every carrier.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct CompareRowView {
    pub label: String,
    /// One for each carrier, in their order.
    pub cells: Vec<CompareCellView>,
}

/// A carrier's value.
#[derive(Debug, Serialize)]
pub struct CompareCellView {
    /// What the carrier's own fact is called, where that is not the row's name; may be empty.
    pub label: String,
    /// Empty where we have nothing to say at all.
    pub html: String,
    /// As on the fact's stamp; `conflict` where sources disagree, empty without a value.
    pub confidence: &'static str,
    /// Where its evidence stands; empty without a value.
    pub url: String,
}

/// What changed in the facts, newest first.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct ChangesView {
    pub entries: Vec<ChangeView>,
    /// Path of the feed.
    pub feed: String,
}

/// A new reading in the place of an old one.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct ChangeView {
    pub anchor: String,
    pub day: DateView,
    pub fact: FactLinkView,
    pub old_html: String,
    pub new_html: String,
    pub sources: Vec<String>,
    /// Guides that name the fact.
    pub guides: Vec<LinkView>,
}

/// The page for when there is no network; scripts fill in what is saved.
#[derive(Debug, Serialize)]
pub struct OfflineView {
    /// Where to go from here.
    pub carriers: Vec<LinkView>,
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
