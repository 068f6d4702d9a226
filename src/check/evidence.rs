//! Readings over time: periods that fit together, disagreement that is owned up to, reviews that are not overdue.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::hurt::Hurt;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::evidence::{Confidence, Source};
use crate::model::fact::{Fact, FactKey, Reading};
use crate::model::site::Site;
use crate::source::layout;
use crate::source::tree::FileId;

pub fn check(site: &Site, hurt: &Hurt<'_>, sink: &mut Diagnostics) {
    let uses = first_uses(site);
    let is_list_hurt = hurt.any_in_file(layout::SOURCES);
    let hurt = hurt_facts(site, hurt);
    for fact in site.facts.values() {
        let told = sink.count();
        backwards(fact, sink);
        // Days that could not be read, or that are the wrong way round, say nothing of what holds when.
        if sink.count() == told && !hurt.contains(&fact.key) {
            overlaps(fact, sink);
            gaps(fact, site.as_of, uses.get(&fact.key).copied(), sink);
            ending(fact, site, uses.get(&fact.key).copied(), sink);
        }
        overdue(fact, site, sink);
        // Where the list of sources has a mistake, a source may be of another kind than it seems; or a source is none.
        if !is_list_hurt && !hurt.contains(&fact.key) {
            unofficial(fact, sink);
        }
    }
    for source in &site.sources {
        read_ahead(source, site, sink);
    }
    security(site, sink);
    for carrier in site.carriers.values() {
        if let Some(day) = carrier.recheck.filter(|day| *day <= site.as_of) {
            sink.push(
                Diagnostic::new(
                    Code::OverdueReview,
                    carrier.place,
                    format!("the status of `{}` was to be looked at again on {day}", carrier.id),
                )
                .help("look, mend the status if it changed, and set `recheck` to a later day"),
            );
        }
    }
}

/// Facts in whose readings something is wrong that was told.
fn hurt_facts<'a>(site: &'a Site, hurt: &Hurt<'_>) -> BTreeSet<&'a FactKey> {
    let mut files: BTreeMap<FileId, Vec<(Span, &FactKey)>> = BTreeMap::new();
    for fact in site.facts.values().filter(|fact| hurt.places(fact.place.file).next().is_some()) {
        files.entry(fact.place.file).or_default().push((fact.place, &fact.key));
    }
    let mut found = BTreeSet::new();
    for (file, facts) in &mut files {
        facts.sort_unstable();
        for place in hurt.places(*file) {
            let before = facts.partition_point(|(start, _)| start <= place);
            found.extend(before.checked_sub(1).map(|at| facts[at].1));
        }
    }
    found
}

/// Whom to tell of a hole in the site has to be looked at again before it is not to be relied on.
fn security(site: &Site, sink: &mut Diagnostics) {
    let Some(security) = &site.config.security else { return };
    let ahead = jiff::Span::new().days(i64::from(site.config.look_ahead_days));
    if security.expires <= site.as_of.saturating_add(ahead) {
        let headline = format!("security.txt is not to be relied on from {} on", security.expires);
        sink.push(
            Diagnostic::new(Code::OverdueReview, security.place, headline)
                .help("make sure that the address is still read, and set a day within a year"),
        );
    }
}

/// Where each fact is first named in the source locale: what a reader would stumble over.
fn first_uses(site: &Site) -> BTreeMap<FactKey, Span> {
    let guides = site.guides.values().map(|guide| &guide.texts);
    let texts = guides.chain(site.pages.values().map(|page| &page.texts));
    let sources = texts.filter_map(|texts| texts.get(&site.config.source_locale));
    let mut uses = BTreeMap::new();
    for text in sources {
        for fact in text.prose.facts() {
            if let Some(place) = text.prose.first_use(&fact.key) {
                uses.entry(fact.key.clone()).or_insert(place);
            }
        }
    }
    uses
}

fn period(reading: &Reading) -> String {
    match (reading.from, reading.until) {
        (None, None) => "no dates are given".into(),
        (Some(from), None) => format!("from {from} on"),
        (None, Some(until)) => format!("until {until}"),
        (Some(from), Some(until)) => format!("{from} until {until}"),
    }
}

fn backwards(fact: &Fact, sink: &mut Diagnostics) {
    for reading in &fact.readings {
        if let (Some(from), Some(until)) = (reading.from, reading.until)
            && until < from
        {
            sink.push(
                Diagnostic::new(
                    Code::BackwardsPeriod,
                    reading.period_place,
                    format!("this reading of `{}` ends on {until}, before it begins on {from}", fact.key),
                )
                .help("`from` is the first day a value holds, `until` the last"),
            );
        }
    }
}

fn overlaps(fact: &Fact, sink: &mut Diagnostics) {
    let mut differ = Vec::new();
    for (ix, reading) in fact.readings.iter().enumerate() {
        let Some(other) = fact.readings[..ix].iter().find(|other| other.overlaps(reading)) else { continue };
        if other.value == reading.value {
            let headline = format!("two readings of `{}` say the same for the same days", fact.key);
            let diagnostic = both(Code::OverlappingPeriods, reading, other, headline);
            sink.push(diagnostic.help("make them one reading with the sources of both"));
            continue;
        }
        differ.push([reading, other]);
    }
    if let Some((first, more)) = differ.split_first().filter(|_| !fact.conflict) {
        sink.push(disagreeing(fact, *first, more));
    }
    if fact.conflict && differ.is_empty() {
        let headline =
            format!("`{}` is said to be in conflict, but no two readings differ for the same days", fact.key);
        sink.push(
            Diagnostic::new(Code::ConflictingReadings, fact.place, headline)
                .help("take `conflict: true` out, or add the reading that disagrees"),
        );
    }
}

/// The day on which a reading has to end so that a newer one follows it.
fn end_before(newer: &Reading, older: &Reading) -> Option<jiff::civil::Date> {
    let from = newer.from.filter(|from| older.from.is_none_or(|begin| begin < *from))?;
    from.yesterday().ok()
}

/// Readings that differ for the same days, by pairs: one finding, however many they are.
fn disagreeing(fact: &Fact, [reading, other]: [&Reading; 2], more: &[[&Reading; 2]]) -> Diagnostic {
    let (how_many, seen) = if more.is_empty() { ("two", "both") } else { ("several", "all") };
    let headline = format!("{how_many} readings of `{}` hold on the same days and differ", fact.key);
    let mut found = both(Code::ConflictingReadings, reading, other, headline);
    for third in more.iter().flatten() {
        let is_shown = found.related.iter().any(|label| label.place == third.period_place);
        if !is_shown && third.period_place != reading.period_place {
            found = found.related(third.period_place, period(third));
        }
    }
    let day = end_before(reading, other).or_else(|| end_before(other, reading)).filter(|_| more.is_empty());
    found
        .help(match day {
            Some(day) => format!(
                "if the rule changed, end the older reading on the day before the newer one begins: `until: {day}`"
            ),
            None => "if the rule changed, end the older reading with `until: …` and begin the newer one with `from: …`"
                .into(),
        })
        .help(format!("if the sources disagree, say `conflict: true` beside `kind`; readers then see {seen}"))
}

/// A finding about two readings, with the period of each.
fn both(code: Code, reading: &Reading, other: &Reading, headline: String) -> Diagnostic {
    Diagnostic::new(code, reading.period_place, headline)
        .label(period(reading))
        .related(other.period_place, period(other))
}

/// The last day before a reading begins.
fn day_before(reading: &Reading) -> String {
    reading.from.and_then(|from| from.yesterday().ok()).map_or_else(String::new, |day| day.to_string())
}

/// From so many years ahead on, a day is more likely to be mistyped than known.
const FAR: i16 = 10;

/// What to ask of a day that is years ahead; `expected` is the day that would leave no gap.
fn far_ahead(from: Date, expected: Date, as_of: Date) -> Option<String> {
    let years = from.year() - as_of.year();
    let mut digits: Vec<char> = from.year().to_string().chars().collect();
    let mut wanted: Vec<char> = expected.year().to_string().chars().collect();
    digits.sort_unstable();
    wanted.sort_unstable();
    let is_turned = digits == wanted && (from.month(), from.day()) == (expected.month(), expected.day());
    (years >= FAR).then(|| {
        let meant = if is_turned { format!(": did you mean {expected}?") } else { "; is the year right?".to_owned() };
        format!("{from} is {years} years ahead{meant}")
    })
}

fn gaps(fact: &Fact, as_of: Date, used: Option<Span>, sink: &mut Diagnostics) {
    let mut ends: Vec<&Reading> = fact.readings.iter().filter(|reading| reading.until.is_some()).collect();
    ends.sort_by_key(|reading| reading.until);
    for reading in ends {
        let Some(next_day) = reading.until.and_then(|until| until.tomorrow().ok()) else { continue };
        let covered = fact.readings.iter().any(|other| other.holds(next_day));
        let later = fact
            .readings
            .iter()
            .filter(|other| other.from.is_some_and(|from| from > next_day))
            .min_by_key(|other| other.from);
        if let Some(later) = later.filter(|_| !covered) {
            let found = Diagnostic::new(
                Code::PeriodGap,
                later.period_place,
                format!("nothing is said of `{}` from {next_day} to {}", fact.key, day_before(later)),
            );
            let far = later.from.and_then(|from| far_ahead(from, next_day, as_of));
            sink.push(
                far.into_iter()
                    .fold(found, Diagnostic::help)
                    .label(period(later))
                    .related(reading.period_place, period(reading))
                    .help("move `from` or `until`, or add a reading with `value: unknown` for the days between"),
            );
        }
    }
    // One that ended is told by `ending`: a day that comes by itself stops no build.
    if fact.current.is_empty() && fact.last_ended(as_of).is_none() && !fact.readings.is_empty() {
        let headline = format!("no reading of `{}` holds on {as_of}", fact.key);
        let diagnostic = Diagnostic::new(Code::PeriodGap, fact.place, headline)
            .help("add a reading for that day; `value: unknown` is an answer too");
        sink.push(match used {
            Some(place) => diagnostic.related(place, "a text names it here"),
            None => diagnostic,
        });
    }
}

/// A value that ends within the days the site looks ahead, or has ended, and that no other follows.
fn ending(fact: &Fact, site: &Site, used: Option<Span>, sink: &mut Diagnostics) {
    let ended = fact.current.is_empty().then(|| fact.last_ended(site.as_of)).flatten();
    let Some(last) = ended.or_else(|| fact.ends()) else { return };
    let Some(until) = last.until else { return };
    let ahead = jiff::Span::new().days(i64::from(site.config.look_ahead_days));
    let has_ended = until < site.as_of;
    if until > site.as_of.saturating_add(ahead) || has_gap_behind(fact, last) {
        return;
    }
    let (verb, then) = if has_ended { ("ended", "since") } else { ("ends", "from then on") };
    let headline = format!("`{}` {verb} on {until}, and nothing is said of what holds {then}", fact.key);
    let diagnostic = Diagnostic::new(Code::EndingFact, last.period_place, headline)
        .label(period(last))
        .help("add a reading with `from` on the day after; `value: unknown` with what to `ask` is an answer too")
        .help("if it goes on, move `until`, or take it out if no end is known");
    sink.push(match used {
        Some(place) => diagnostic.related(place, "a text names it here"),
        None => diagnostic,
    });
}

/// Whether another reading follows after some days, which is told as a gap.
fn has_gap_behind(fact: &Fact, last: &Reading) -> bool {
    fact.readings.iter().any(|other| other.from.zip(last.until).is_some_and(|(from, until)| from > until))
}

/// A source that somebody is said to have read on a day that is still to come.
fn read_ahead(source: &Source, site: &Site, sink: &mut Diagnostics) {
    let Some((seen, place)) = source.seen.zip(source.seen_place).filter(|(seen, _)| *seen > site.as_of) else { return };
    let headline = format!("`{}` is said to be read on {seen}, after the day the site is built for", source.id);
    let found = Diagnostic::new(Code::FutureReview, place, headline);
    sink.push(found.help(format!("the site is built for {}; give the day it was really read", site.as_of)));
}

/// Kinds of sources in which the operator, the regulator, the law or the service itself speaks.
const OFFICIAL: [&str; 4] = ["official", "law", "service", "record"];

/// Reports readings said to be official that rest on none who could say so.
fn unofficial(fact: &Fact, sink: &mut Diagnostics) {
    let is_official = |source: &Arc<Source>| OFFICIAL.contains(&source.kind);
    let rests_on_others = |reading: &&Reading| {
        reading.confidence == Confidence::Official
            && !reading.sources.is_empty()
            && !reading.sources.iter().any(is_official)
    };
    for reading in fact.readings.iter().filter(rests_on_others) {
        let kinds: BTreeSet<&str> = reading.sources.iter().map(|source| source.kind).collect();
        let kinds = kinds.into_iter().collect::<Vec<_>>().join(", ");
        let headline =
            format!("a reading of `{}` is said to be `official`, and its sources are only of kind {kinds}", fact.key);
        let found = Diagnostic::new(Code::NoEvidence, reading.place, headline);
        sink.push(found.help("say `confidence: reported`, or name a source in which the operator, the regulator, the law or the service itself says so"));
    }
}

/// A reading that the site is said to have learned of on a day that is still to come.
fn learned_ahead(fact: &Fact, site: &Site, sink: &mut Diagnostics) {
    for (reading, day) in fact.readings.iter().filter_map(|it| Some((it, it.learned.filter(|day| *day > site.as_of)?)))
    {
        let headline = format!("`{}` is said to be learned on {day}, after the day the site is built for", fact.key);
        let found = Diagnostic::new(Code::FutureReview, reading.place, headline);
        sink.push(found.help(format!(
            "the site is built for {}; `learned` is the day on which you heard of the change, and `from` the day from which it holds",
            site.as_of
        )));
    }
}

fn overdue(fact: &Fact, site: &Site, sink: &mut Diagnostics) {
    learned_ahead(fact, site, sink);
    for reading in fact.current() {
        if reading.checked > site.as_of {
            sink.push(
                Diagnostic::new(
                    Code::FutureReview,
                    reading.checked_place,
                    format!(
                        "`{}` is said to be checked on {}, after the day the site is built for",
                        fact.key, reading.checked
                    ),
                )
                .help(format!(
                    "the site is built for {}; if that is today, give the day it was really checked",
                    site.as_of
                )),
            );
        } else if reading.overdue_from(fact.risk, site.config.review_days) <= site.as_of {
            let days = site.config.review_days.of(fact.risk);
            sink.push(
                Diagnostic::new(
                    Code::OverdueReview,
                    reading.checked_place,
                    format!(
                        "`{}` was last checked on {}; it was due again on {}",
                        fact.key,
                        reading.checked,
                        reading.overdue_from(fact.risk, site.config.review_days)
                    ),
                )
                .help(format!("a fact of risk `{}` is looked at every {days} days", fact.risk.name()))
                .help("compare it with its sources, mend it if needed, and set `checked` to the day you did"),
            );
        }
    }
}
