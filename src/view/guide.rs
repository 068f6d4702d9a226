//! What a guide's page has: steps, the checklist, the counter card, the rule for working out a day.

use super::value::{Shared, view};

use super::LocaleView;
use super::evidence::FactView;
use super::evidence::GroundsView;

view! {
    /// A guide's page.
    pub struct GuideView {
        /// `jazz/close-sim`
        pub id: String,
        pub title: String,
        pub summary: String,
        /// Facts to show first: label, and value in a few words.
        pub key_facts: Vec<Shared<FactView>>,
        /// What stands before the first step.
        pub intro_html: String,
        pub steps: Vec<StepView>,
        /// Situations that some item or line of the card depends on, in the order of the site.
        pub situations: Vec<SituationView>,
        /// Ids of the items in order.
        pub items: Vec<String>,
        /// Items that took over another's ticks: `old:new`.
        pub renamed: Vec<String>,
        /// The rule by which a reader can work out a day, where the facts give one.
        pub date_rule: Option<DateRuleView>,
        /// What to say at the counter; may be empty.
        pub card: Vec<CardLineView>,
        /// Steps that have items, for the checklist.
        pub checklist: Vec<ChecklistStepView>,
        /// Facts that stand on the page with their evidence: those shown first, and what is called, dialled or visited.
        pub facts: Vec<Shared<FactView>>,
        /// What all its facts rest on; absent without facts.
        pub grounds: Option<GroundsView>,
    }
}

view! {
    /// A circumstance of the reader.
    pub struct SituationView {
        pub id: String,
        pub label: String,
    }
}

view! {
    /// So long after a day that the reader knows.
    pub struct DateRuleView {
        /// `activation` or `last-use`.
        pub asks: &'static str,
        /// How long, leading to its evidence.
        pub wait_html: String,
        pub fact: Shared<FactView>,
        /// What to add to the day; absent while the fact is unknown, disputed or no single figure.
        pub wait: Option<WaitView>,
    }
}

view! {
    /// A time by the calendar.
    pub struct WaitView {
        pub amount: u64,
        /// `days`, `weeks`, `months` or `years`.
        pub unit: &'static str,
    }
}

view! {
    /// A sentence or two for the clerk.
    pub struct CardLineView {
        /// Situations in words, of which one must hold; empty when it is always said.
        pub when: String,
        pub when_ids: Vec<String>,
        /// The words in each language spoken at counters.
        pub spoken: Vec<SpokenView>,
        /// The words in the reader's own language, when it is not among those; may be empty.
        pub gloss_html: String,
    }
}

view! {
    /// Words in a language.
    pub struct SpokenView {
        pub locale: Shared<LocaleView>,
        pub html: String,
    }
}

view! {
    /// A step's prose.
    pub struct StepView {
        pub id: String,
        /// Ids that it had before, which links from elsewhere may still have.
        pub former: Vec<String>,
        pub title_html: String,
        pub html: String,
        pub irreversible: bool,
        pub requires: Vec<RequirementView>,
    }
}

view! {
    /// A step's items on the checklist.
    pub struct ChecklistStepView {
        pub id: String,
        pub title_html: String,
        pub irreversible: bool,
        pub requires: Vec<RequirementView>,
        pub items: Vec<ItemView>,
    }
}

view! {
    /// Something to be done first.
    pub struct RequirementView {
        pub id: String,
        pub text: String,
        pub url: String,
    }
}

view! {
    /// An item to tick.
    pub struct ItemView {
        pub id: String,
        pub html: String,
        /// The day its meaning changed, as `2026-11-22`; may be empty.
        pub changed: String,
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
}

view! {
    /// A plain page.
    pub struct PlainView {
        pub title: String,
        pub summary: String,
        pub html: String,
        pub facts: Vec<Shared<FactView>>,
        pub grounds: Option<GroundsView>,
    }
}
