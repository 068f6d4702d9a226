//! Facts with their evidence, and sources.

use super::value::{Shared, view};

use super::{DateView, LinkView};

view! {
    /// A fact with its evidence.
    pub struct FactView {
        /// `jazz.helpline`
        pub id: String,
        /// The id of its element: `fact-jazz-helpline`.
        pub anchor: String,
        pub label: String,
        /// The carrier's name; empty for the nation.
        pub owner: String,
        /// Its value, or all values where sources disagree.
        pub value_html: String,
        /// The value in a few words.
        pub short_html: String,
        pub risk: &'static str,
        /// How sure it is: the confidence of what holds, or `conflict`.
        pub mark: &'static str,
        pub conflict: bool,
        /// What holds on the day of the build; more than one where sources disagree.
        pub readings: Vec<ReadingView>,
        /// What held before or will hold later.
        pub other_times: Vec<ReadingView>,
        /// What comes after what holds on the day of the build, day by day.
        pub turns: Vec<TurnView>,
        /// How often its value has changed.
        pub changes: usize,
        /// The id of the newest change on the page of changes; empty without one.
        pub change_anchor: String,
    }
}

view! {
    /// A fact from a later day on.
    pub struct TurnView {
        /// The day, as 2026-12-01.
        pub day: String,
        pub conflict: bool,
        pub readings: Vec<ReadingView>,
        pub other_times: Vec<ReadingView>,
    }
}

view! {
    /// One reading of a fact.
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
        /// Days after `checked` that it stays fresh.
        pub review_days: u16,
        /// Whether it was overdue on the day of the build.
        pub overdue: bool,
        pub sources: Vec<CitationView>,
    }
}

view! {
    /// A mention of a source.
    pub struct CitationView {
        /// The id of the source's element on the page of sources: `source-pta-2023`.
        pub anchor: String,
        pub publisher: String,
    }
}

view! {
    /// What a text rests on: its facts by how sure they are, and where their evidence stands.
    pub struct GroundsView {
        /// From the surest to the least sure.
        pub marks: Vec<MarkView>,
        /// The pages with every fact's evidence: those of carriers, and of what holds for all.
        pub pages: Vec<Shared<LinkView>>,
        /// First and last day on which its facts were checked.
        pub first: DateView,
        pub last: DateView,
        /// How many are due for review on the day of the build.
        pub overdue: usize,
        /// When they become due: `2026-12-22*20 2027-02-20*47`.
        pub due: String,
    }
}

view! {
    /// How many facts of a text are as sure as this.
    pub struct MarkView {
        /// As in `ReadingView`, or `conflict`.
        pub confidence: &'static str,
        pub count: usize,
    }
}

view! {
    /// A source in a list.
    pub struct SourceView {
        pub anchor: String,
        pub title: String,
        pub tag: String,
        pub dir: &'static str,
        pub publisher: String,
        /// May be empty.
        pub url: String,
        /// Address of a saved copy; may be empty.
        pub archive: String,
        pub kind: &'static str,
        pub copy: &'static str,
        /// When it was published, as far as it says: `iso` is a day, a month or a year.
        pub published: Option<DateView>,
        pub approximate: bool,
        pub seen: Option<DateView>,
        /// The facts that lean on it.
        pub facts: Vec<FactLinkView>,
    }
}

view! {
    /// A link to a fact.
    pub struct FactLinkView {
        pub label: String,
        /// The carrier's name; empty for the nation.
        pub owner: String,
        pub url: String,
    }
}
