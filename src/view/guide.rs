//! What a guide's page has: steps, the checklist, the counter card, the rule for working out a day.

use super::value::{Shared, view};

use super::DateView;
use super::LinkView;
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
        /// The guide in a few numbered lines; may be empty.
        pub short: Vec<ShortLineView>,
        /// Facts to show first, where there is no short version.
        pub key_facts: Vec<KeyFactView>,
        /// All facts of its carrier, as on the carrier's page; those of the nation where it is for every carrier. The built-in theme leaves
        /// them to that page.
        pub facts: Shared<Vec<Shared<FactView>>>,
        /// What became of the carrier; may be empty.
        pub status_note: String,
        /// What stands before the first step.
        pub intro_html: String,
        /// That the source of what stands before the first step changed since it was translated.
        pub stale: Option<StaleView>,
        /// The steps: those that stand open one by one, those that are folded together.
        pub parts: Vec<PartView>,
        /// Open steps that come last, after everything else is explained.
        pub closing: Vec<StepView>,
        /// Ids of the items in order.
        pub items: Vec<String>,
        /// Items that took over another's ticks: `old:new`.
        pub renamed: Vec<String>,
        /// The rule by which a reader can work out a day, where the facts give one.
        pub date_rule: Option<DateRuleView>,
        /// What to say at the counter first, in each situation; may be empty.
        pub card: Vec<CardLineView>,
        /// What is said after that.
        pub card_rest: Vec<CardLineView>,
        /// Name of the guide in one file, beside its page; empty where the site has none.
        pub copy: String,
        /// Path of the page with what to fill in by hand and hand over; may be empty.
        pub application: String,
        /// Steps that have items, for the checklist.
        pub checklist: Vec<ChecklistStepView>,
        /// Other guides that its text leads to.
        pub related: Vec<LinkView>,
        /// What all its facts rest on; absent without facts.
        pub grounds: Option<GroundsView>,
    }
}

view! {
    /// A line of the short version.
    pub struct ShortLineView {
        pub html: String,
        /// What a button that calls has: `310`; empty but in the first line with a number.
        pub call_html: String,
        /// `tel:310`
        pub call_url: String,
        /// Situations in words, of which one must hold; may be empty.
        pub when: String,
        /// Situations in words, none of which may hold; may be empty.
        pub unless: String,
        /// Ids of the situations in `when` and `unless`, for scripts.
        pub when_ids: Vec<String>,
        pub unless_ids: Vec<String>,
    }
}

view! {
    /// A fact shown first.
    pub struct KeyFactView {
        pub fact: Shared<FactView>,
        /// Where its evidence stands.
        pub url: String,
    }
}

view! {
    /// Steps that stand together.
    pub struct PartView {
        /// Whether it is one step that stands open; else its steps are folded.
        pub open: bool,
        /// Whether it is the first that is folded.
        pub first: bool,
        pub steps: Vec<StepView>,
    }
}

view! {
    /// What the script of a locale's words says: it puts this into the pages whose content is written in the locale.
    pub struct WordsView {
        /// Every situation in the order of the site; a page shows those that something on it depends on.
        pub situations: Vec<SituationView>,
        /// The names of the days that guides let a day be worked out from.
        pub days: Vec<String>,
    }
}

view! {
    /// A circumstance of the reader.
    pub struct SituationView {
        pub id: String,
        pub label: String,
        /// The label in a word or two.
        pub chip: String,
        /// What to do first; may be empty.
        pub lead_html: String,
        /// Where it leads.
        pub guides: Vec<LinkView>,
    }
}

view! {
    /// A paper to fill in by hand, in each language spoken at counters.
    pub struct ApplicationView {
        pub sheets: Vec<SheetView>,
    }
}

view! {
    /// The paper in a language.
    pub struct SheetView {
        pub locale: Shared<LocaleView>,
        pub title: String,
        pub html: String,
    }
}

view! {
    /// So long after a day that the reader knows.
    pub struct DateRuleView {
        /// The name of that day, as in `dates.opened.label`.
        pub asks: String,
        /// How long, leading to its evidence.
        pub wait_html: String,
        /// The situation of a reader who has to wait, and its name; may be empty.
        pub situation: String,
        pub chip: String,
        /// What to add to the day from which day on, and since when that is known to hold: `2026-11-22*365*days*2026-06-05`, with spaces
        /// between; nothing to add behind a day from which no single figure holds. Empty while none does on the day of the build.
        pub rules: String,
    }
}

view! {
    /// A sentence or two for the clerk.
    pub struct CardLineView {
        /// Situations in words, of which one must hold; empty when it is always said.
        pub when: String,
        /// Situations in words, none of which may hold; may be empty.
        pub unless: String,
        pub when_ids: Vec<String>,
        pub unless_ids: Vec<String>,
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
    /// A translation whose source changed after it was made.
    pub struct StaleView {
        /// The language of the source.
        pub locale: Shared<LocaleView>,
        /// Where the source says it today.
        pub url: String,
        /// The day the two last agreed, where it is known.
        pub since: Option<DateView>,
    }
}

view! {
    /// A step's prose.
    pub struct StepView {
        pub id: String,
        /// Ids that it had before, which links from elsewhere may still have.
        pub former: Vec<String>,
        pub title_html: String,
        /// Of an open step what stands before its first fold.
        pub html: String,
        /// Sections of an open step, each folded on its own.
        pub folds: Vec<FoldView>,
        /// Its sections, for a table of contents that shows them.
        pub sections: Vec<SectionView>,
        /// That its source changed since it was translated.
        pub stale: Option<StaleView>,
        pub irreversible: bool,
        pub requires: Vec<RequirementView>,
    }
}

view! {
    /// A section of a step, as a table of contents names it.
    pub struct SectionView {
        /// May be empty.
        pub id: String,
        pub title_html: String,
    }
}

view! {
    /// A section folded below its title.
    pub struct FoldView {
        /// May be empty.
        pub id: String,
        pub former: Vec<String>,
        pub title_html: String,
        pub html: String,
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
        /// That the source of some of it changed since it was translated.
        pub stale: Option<StaleView>,
        pub facts: Vec<Shared<FactView>>,
        pub grounds: Option<GroundsView>,
    }
}
