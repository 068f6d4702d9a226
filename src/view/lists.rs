//! Pages made of lists: chooser, carriers, sources, comparison, changes.

use super::value::{Shared, view};

use super::DateView;
use super::LinkView;
use super::LocaleView;
use super::evidence::FactLinkView;
use super::evidence::FactView;
use super::evidence::GroundsView;
use super::evidence::SourceView;
use super::home::{DecideView, GuideGroupView, HelplineView, StatusView};

view! {
    /// The language chooser.
    pub struct ChooserView {
        /// Path of the home of the only language; empty where there are several.
        pub only: String,
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
    /// A name in another script than the page's.
    pub struct NameView {
        pub text: String,
        pub tag: String,
        pub dir: &'static str,
    }
}

view! {
    /// A carrier's page.
    pub struct CarrierView {
        pub id: String,
        pub name: String,
        /// Its names in other scripts.
        pub names: Vec<NameView>,
        /// What has become of it; absent while it is simply there.
        pub status: Option<StatusView>,
        /// The text of `pages/decide`, where the site has one in this locale.
        pub decide: Option<DecideView>,
        /// May be empty.
        pub website: String,
        /// What to call first; absent where no number is known.
        pub helpline: Option<HelplineView>,
        /// What to call, dial, write to or visit; these are among the facts as well.
        pub contacts: Vec<ContactView>,
        pub guides: Vec<LinkView>,
        pub facts: Vec<Shared<FactView>>,
        /// What they rest on; absent without facts.
        pub grounds: Option<GroundsView>,
    }
}

view! {
    /// What to call, dial, write to or visit.
    pub struct ContactView {
        pub label: String,
        /// The value with the mark of its evidence.
        pub html: String,
        /// The id of its fact on the page.
        pub anchor: String,
    }
}

view! {
    /// What holds for every carrier.
    pub struct GeneralView {
        /// Guides by what they are for; empty where the site has no groups.
        pub groups: Vec<GuideGroupView>,
        /// Guides that stand in no group.
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
        /// Empty where nothing is known.
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
        /// Path of the calendar of what is known to change.
        pub calendar: String,
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
        /// None where there are many: the home page has them.
        pub carriers: Vec<LinkView>,
    }
}

view! {
    /// What became of a page that stood at an address.
    pub struct MovedView {
        /// Path of where it stands now; empty where it is gone.
        pub to: String,
        pub text: String,
        /// Where it stands now, or the nearest page above it.
        pub link: LinkView,
    }
}
