//! Facts: policy values with their periods and evidence.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

use super::evidence::{Confidence, ReviewDays, Risk, Source};
use super::id::Id;
use super::locale::Localized;
use super::value::{Kind, Value};
use crate::diag::Span;

/// The owner of facts that hold for every carrier.
pub const NATIONAL: &str = "national";

/// How texts name the carrier whose guide they stand in: `{{ carrier }}`. No fact may be called so.
pub const CARRIER: &str = "carrier";

/// What a claim may be written for whatever the fact: an answer, that nobody says, that sources disagree.
pub const ANSWERS: &[&str] = &["yes", "no", "depends", UNKNOWN, CONFLICT];

/// The answer of a claim that was written because nobody says.
pub const UNKNOWN: &str = "unknown";

/// The answer of a claim that was written because sources disagree.
pub const CONFLICT: &str = "conflict";

/// A fact's full name: `jazz.helpline`, `national.disown-min-age`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactKey {
    /// A carrier, or `national`.
    pub owner: Id,
    /// The fact's id within its owner.
    pub fact: Id,
}

impl fmt::Display for FactKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.owner, self.fact)
    }
}

/// One policy value over time.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its place among all facts of the site, in the order of their names.
    pub ix: usize,
    /// Its full name.
    pub key: FactKey,
    /// What it is called on the page.
    pub label: Localized<String>,
    /// What kind of values it has.
    pub kind: Kind,
    /// What a wrong value costs.
    pub risk: Risk,
    /// Whether its sources are known to disagree.
    pub conflict: bool,
    /// Every reading, in the order written.
    pub readings: Vec<Reading>,
    /// Indices into `readings` of those that hold on the day the site is built for.
    pub current: Vec<usize>,
    /// Where its id stands.
    pub place: Span,
}

impl Fact {
    /// The readings that hold on the day the site is built for; more than one where sources disagree.
    pub fn current(&self) -> impl Iterator<Item = &Reading> {
        self.current.iter().map(|&ix| &self.readings[ix])
    }

    /// Every reading that took the place of another by a day, with the one before it, oldest first.
    #[must_use]
    pub fn changes(&self, until: Date) -> Vec<Change<'_>> {
        let mut changes: Vec<Change<'_>> = self.readings.iter().filter_map(|new| self.change_to(new)).collect();
        changes.retain(|change| change.day <= until);
        changes.sort_by_key(|change| change.day);
        changes
    }

    fn change_to<'a>(&'a self, new: &'a Reading) -> Option<Change<'a>> {
        let day = new.from?;
        let ends_before = |old: &&Reading| old.until.and_then(|until| until.tomorrow().ok()) == Some(day);
        self.readings.iter().find(ends_before).map(|old| Change { day, old, new })
    }

    /// What holds from a day on, time by time: a second one where something begins or ends later. The first begins with what holds
    /// then, not on the day asked for: on all days of a time the answer is the same.
    #[must_use]
    pub fn times(&self, day: Date) -> Vec<(Date, Vec<&Reading>)> {
        let begins = self.readings.iter().filter_map(|reading| reading.from);
        let ends = self.readings.iter().filter_map(|reading| reading.until?.tomorrow().ok());
        let mut days: Vec<Date> = begins.chain(ends).chain([Date::MIN]).collect();
        days.sort_unstable();
        days.dedup();
        let first = days.partition_point(|at| *at <= day).saturating_sub(1);
        days.drain(..first);
        let held = |at| self.readings.iter().filter(|reading| reading.holds(at)).collect();
        days.into_iter().map(|at| (at, held(at))).collect()
    }

    /// The last day on which something was so, where it was so before a day and not on it.
    #[must_use]
    pub fn ended(&self, day: Date, is_so: &dyn Fn(&[&Reading]) -> bool) -> Option<Date> {
        let times = self.times(Date::MIN);
        let last = times.iter().rposition(|(from, held)| *from <= day && is_so(held))?;
        let (next, _) = times.get(last + 1)?;
        (*next <= day).then(|| next.yesterday().ok()).flatten()
    }

    /// The reading that ended last before a day on which none holds.
    #[must_use]
    pub fn last_ended(&self, day: Date) -> Option<&Reading> {
        let ended = self.readings.iter().filter(|reading| reading.until.is_some_and(|until| until < day));
        ended.max_by_key(|reading| reading.until)
    }

    /// What holds now and ends one day, with nothing that holds on the day after.
    #[must_use]
    pub fn ends(&self) -> Option<&Reading> {
        let last = self.current().max_by_key(|reading| reading.until.unwrap_or(Date::MAX))?;
        let next_day = last.until?.tomorrow().ok()?;
        (!self.readings.iter().any(|other| other.holds(next_day))).then_some(last)
    }

    /// The newest day on which something about it was found out or began to hold.
    #[must_use]
    pub fn known(&self, until: Date) -> Option<Date> {
        let days = self.readings.iter().flat_map(|reading| [Some(reading.checked), reading.learned, reading.from]);
        days.flatten().filter(|day| *day <= until).max()
    }

    /// The first day on which the review of what holds now is overdue.
    #[must_use]
    pub fn due(&self, days: ReviewDays) -> Option<Date> {
        self.current().map(|reading| reading.overdue_from(self.risk, days)).min()
    }
}

/// A new reading in the place of an old one.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// The first day of the new one.
    pub day: Date,
    /// What held until then.
    pub old: &'a Reading,
    /// What holds from then on.
    pub new: &'a Reading,
}

impl Change<'_> {
    /// The day the site learned of it.
    #[must_use]
    pub fn learned(&self) -> Date {
        self.new.learned.unwrap_or(self.day)
    }

    /// The day from which it may be told as something that holds: learned of, and begun.
    #[must_use]
    pub fn told(&self) -> Date {
        self.learned().max(self.day)
    }
}

/// What holds in one period, according to its sources.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What claims call it.
    pub id: Option<Id>,
    /// The value.
    pub value: Value,
    /// First day it holds; open when absent.
    pub from: Option<Date>,
    /// Last day it holds; open when absent.
    pub until: Option<Date>,
    /// How sure it is.
    pub confidence: Confidence,
    /// The day an editor last compared it with its sources.
    pub checked: Date,
    /// The day the site learned of it, where that is another one than its first.
    pub learned: Option<Date>,
    /// Who says so.
    pub sources: Vec<Arc<Source>>,
    /// What a reader should know beside the value.
    pub note: Option<Localized<String>>,
    /// The value in a few words, where it takes more; for the rows at the head of a guide.
    pub short: Option<Localized<String>>,
    /// Where its value stands.
    pub place: Span,
    /// Where the day of its check stands.
    pub checked_place: Span,
    /// Where its period ends or begins; its value where it has none.
    pub period_place: Span,
}

impl Reading {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether some day belongs to both.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let starts_before = |a: &Self, b: &Self| match (a.from, b.until) {
            (Some(from), Some(until)) => from <= until,
            _ => true,
        };
        starts_before(self, other) && starts_before(other, self)
    }

    /// The first day on which its review is overdue.
    #[must_use]
    pub fn overdue_from(&self, risk: Risk, days: ReviewDays) -> Date {
        let span = jiff::Span::new().days(i64::from(days.of(risk)) + 1);
        self.checked.saturating_add(span)
    }
}
