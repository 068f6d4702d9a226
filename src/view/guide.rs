//! What a guide's page has: steps, the checklist, the counter card, the rule for working out a day.

use serde::Serialize;

use super::LocaleView;
use super::evidence::FactView;
use super::evidence::GroundsView;

/// A guide's checklist, to be found again from other pages.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct ChecklistView {
    /// `jazz/close-sim`
    pub guide: String,
    pub title: String,
    pub url: String,
    pub items: Vec<ChecklistItemView>,
}

/// An item's id and the situations it depends on.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct ChecklistItemView {
    pub id: String,
    pub when: Vec<String>,
    pub unless: Vec<String>,
}

/// A guide's page.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct GuideView {
    /// `jazz/close-sim`
    pub id: String,
    pub title: String,
    pub summary: String,
    /// Facts to show first: label, and value in a few words.
    pub key_facts: Vec<FactView>,
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
    pub facts: Vec<FactView>,
    /// What all its facts rest on; absent without facts.
    pub grounds: Option<GroundsView>,
}

/// A circumstance of the reader.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct SituationView {
    pub id: String,
    pub label: String,
}

/// So long after a day that the reader knows.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct DateRuleView {
    /// `activation` or `last-use`.
    pub asks: &'static str,
    /// How long, leading to its evidence.
    pub wait_html: String,
    pub fact: FactView,
    /// What to add to the day; absent while the fact is unknown, disputed or no single figure.
    pub wait: Option<WaitView>,
}

/// A time by the calendar.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct WaitView {
    pub amount: u64,
    /// `days`, `weeks`, `months` or `years`.
    pub unit: &'static str,
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

/// A step's prose.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct StepView {
    pub id: String,
    /// Ids that it had before, which links from elsewhere may still have.
    pub former: Vec<String>,
    pub title_html: String,
    pub html: String,
    pub irreversible: bool,
    pub requires: Vec<RequirementView>,
}

/// A step's items on the checklist.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct ChecklistStepView {
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

/// A plain page.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "plain words")]
pub struct PlainView {
    pub title: String,
    pub summary: String,
    pub html: String,
    pub facts: Vec<FactView>,
    pub grounds: Option<GroundsView>,
}
