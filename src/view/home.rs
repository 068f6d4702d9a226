//! A locale's home, and what it shares with the pages of carriers.

use super::value::{Shared, view};

use super::evidence::GroundsView;
use super::lists::{ChangeView, NameView};
use super::{LinkView, LocaleView, StaleView};

view! {
    /// A locale's home.
    pub struct HomeView {
        /// The text of `pages/home`, where the site has one in this locale.
        pub text: Option<HomeTextView>,
        /// The text of `pages/decide`, where the site has one in this locale.
        pub decide: Option<DecideView>,
        pub carriers: Vec<CarrierRowView>,
        /// Situations that lead to a guide.
        pub cases: Vec<CaseView>,
        /// Guides by what they are for; empty where the site has no groups.
        pub groups: Vec<GuideGroupView>,
        /// Guides for every carrier, where the site has no groups.
        pub general: Vec<LinkView>,
        /// The newest change of a fact.
        pub latest: Option<ChangeView>,
        /// What the texts of the page rest on; absent without facts.
        pub grounds: Option<GroundsView>,
    }
}

view! {
    /// The text of `pages/home`, in two parts.
    pub struct HomeTextView {
        pub title: String,
        pub summary: String,
        /// What stands before the carriers: all of it, or what comes before a rule (`---`).
        pub before_html: String,
        /// What stands after them; may be empty.
        pub after_html: String,
        /// That its source changed since it was translated.
        pub stale: Option<StaleView>,
    }
}

view! {
    /// The text that helps to decide.
    pub struct DecideView {
        pub title: String,
        pub html: String,
    }
}

view! {
    /// A carrier in the list of all.
    pub struct CarrierRowView {
        pub id: String,
        pub name: String,
        /// Its names in other scripts.
        pub names: Vec<NameView>,
        /// What has become of it; absent while it is simply there.
        pub status: Option<StatusView>,
        /// Its page; its guide where that is the only one.
        pub url: String,
        /// What the guide is called where it is the only one; may be empty.
        pub guide: String,
        /// What to call; absent where no number is known.
        pub helpline: Option<HelplineView>,
    }
}

view! {
    /// A number to call.
    pub struct HelplineView {
        /// What the number is called.
        pub label: String,
        pub number: String,
        /// `tel:310`
        pub url: String,
        /// The mark of its evidence; empty where that is official.
        pub mark_html: String,
    }
}

view! {
    /// What has become of a carrier.
    pub struct StatusView {
        /// `merging`, `renamed-to` or `closed`; `active` where there is a note all the same.
        pub status: &'static str,
        /// What a reader should know of it; may be empty.
        pub note: String,
        /// The carrier it becomes or became; may be empty.
        pub carrier: String,
        /// Where to go on, once it has become that carrier.
        pub successor: Option<LinkView>,
    }
}

view! {
    /// A situation and where it leads.
    pub struct CaseView {
        pub id: String,
        pub label: String,
        /// What to do first.
        pub lead_html: String,
        /// The guide that helps, with the situation set where its checklist knows it.
        pub url: String,
        /// The guide's title, in the language that it is written in.
        pub guide: String,
        pub locale: Shared<LocaleView>,
    }
}

view! {
    /// Guides that are read for the same purpose.
    pub struct GuideGroupView {
        pub label: String,
        pub guides: Vec<LinkView>,
    }
}
