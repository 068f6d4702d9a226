//! Pages made of lists: chooser, home, carriers, sources, comparison, changes.

use super::value::{Shared, view};

use super::DateView;
use super::LinkView;
use super::LocaleView;
use super::evidence::FactLinkView;
use super::evidence::FactView;
use super::evidence::GroundsView;
use super::evidence::SourceView;
use super::guide::PlainView;

view! {
    /// The language chooser.
    pub struct ChooserView {
        /// The site in each locale.
        pub choices: Vec<ChoiceView>,
    }
}

view! {
    /// One language of the chooser.
    pub struct ChoiceView {
        pub locale: Shared<LocaleView>,
        pub url: String,
        pub title: String,
        pub description: String,
    }
}

view! {
    /// A locale's home.
    pub struct HomeView {
        /// The text of `pages/home`, where the site has one in this locale.
        pub text: Option<PlainView>,
        /// The newest change of a fact.
        pub latest: Option<ChangeView>,
        pub carriers: Vec<CarrierLinkView>,
        /// Guides for every carrier.
        pub general: Vec<LinkView>,
    }
}

view! {
    /// A carrier in a list.
    pub struct CarrierLinkView {
        pub name: String,
        pub aliases: Vec<String>,
        pub status: &'static str,
        pub url: String,
        pub guides: Vec<LinkView>,
    }
}

view! {
    /// A carrier's page.
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
        pub contacts: Vec<Shared<FactView>>,
        pub guides: Vec<LinkView>,
        pub facts: Vec<Shared<FactView>>,
        /// What they rest on; absent without facts.
        pub grounds: Option<GroundsView>,
    }
}

view! {
    /// What holds for every carrier.
    pub struct GeneralView {
        pub guides: Vec<LinkView>,
        /// The facts of the nation.
        pub facts: Vec<Shared<FactView>>,
        /// What they rest on; absent without facts.
        pub grounds: Option<GroundsView>,
    }
}

view! {
    /// The list of sources.
    pub struct SourcesView {
        pub all: Vec<SourceView>,
        pub overdue: Vec<FactLinkView>,
    }
}

view! {
    /// Carriers side by side.
    pub struct CompareView {
        pub carriers: Vec<LinkView>,
        pub rows: Vec<CompareRowView>,
    }
}

view! {
    /// One fact of every carrier.
    pub struct CompareRowView {
        pub label: String,
        /// One for each carrier, in their order.
        pub cells: Vec<CompareCellView>,
    }
}

view! {
    /// A carrier's value.
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
}

view! {
    /// What changed in the facts, newest first.
    pub struct ChangesView {
        pub entries: Vec<ChangeView>,
        /// Path of the feed.
        pub feed: String,
    }
}

view! {
    /// A new reading in the place of an old one.
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
}

view! {
    /// The page for when there is no network; scripts fill in what is saved.
    pub struct OfflineView {
        /// Where to go from here.
        pub carriers: Vec<LinkView>,
    }
}

view! {
    /// What a host shows for an address that is not there.
    pub struct NotFoundView {
        /// The locales to speak, the page's own first.
        pub locales: Vec<NotFoundLocaleView>,
    }
}

view! {
    /// The message in one locale.
    pub struct NotFoundLocaleView {
        pub locale: Shared<LocaleView>,
        pub title: String,
        pub text: String,
        pub home: LinkView,
        pub carriers: Vec<LinkView>,
    }
}
