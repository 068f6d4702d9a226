//! Claims: an editor's sentence holds as long as its fact has the answer that the sentence was written for.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::fact_names::short_name;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::answer::{answer, fits, of_reading, quoted, written};
use crate::model::body::{Body, Claim, Reference, ReferenceKind, Resolved};
use crate::model::fact::{ANSWERS, CONFLICT, Fact, FactKey, Reading, UNKNOWN};
use crate::model::id::Id;
use crate::model::value::Kind;

/// From which day on what comes is told, and until which.
#[derive(Clone, Copy)]
pub(super) struct Ahead {
    pub today: Date,
    /// The last day of what ends soon.
    pub last: Date,
}

/// Checks the sentences of a text against what its references resolve to, and that no sentence is put together from a fact's words. Facts that
/// are `hurt` say nothing, and in a `broken` paragraph nobody knows yet what stands beside what.
pub(super) fn check(
    body: &Body,
    resolved: &[Resolved],
    (owner, ahead): (Option<&Id>, Ahead),
    (hurt, broken): (&BTreeSet<FactKey>, &[Span]),
    sink: &mut Diagnostics,
) {
    for claim in &body.claims {
        if let Some(Resolved::Fact(fact)) = resolved.get(claim.fact.0)
            && !hurt.contains(&fact.key)
            && !is_within(claim, broken)
        {
            // Sentences on the same fact stand for each other's days.
            let is_same =
                |other: &&Claim| matches!(resolved.get(other.fact.0), Some(Resolved::Fact(same)) if same.ix == fact.ix);
            let beside: Vec<&Claim> = body.claims.iter().filter(is_same).collect();
            sink.extend(stale(claim, (&beside, fact), ahead.today));
            ending_soon(claim, (&beside, fact), (owner, ahead)).into_iter().for_each(|found| sink.push(found));
        }
    }
    for (reference, resolved) in body.references.iter().zip(resolved) {
        if let Resolved::Fact(fact) = resolved
            && reference.kind == ReferenceKind::Fact
            && !hurt.contains(&fact.key)
        {
            sink.extend(pasted(reference, fact, owner));
        }
    }
}

/// Whether a claim stands in one of some parts, which are in order.
fn is_within(claim: &Claim, parts: &[Span]) -> bool {
    let before = parts.partition_point(|part| part.start <= claim.place.start);
    before.checked_sub(1).is_some_and(|at| claim.place.end <= parts[at].end)
}

/// Reports a claim whose fact has another answer on the day the site is built for. One whose time is over is told as that: readers see that
/// it ended. One whose time is to come may stand beside one that holds today.
fn stale(claim: &Claim, (beside, fact): (&[&Claim], &Fact), day: Date) -> Diagnostics {
    let mut found = Diagnostics::default();
    let held: Vec<&Reading> = fact.current().collect();
    let Some((today, first)) = answer(&held).zip(held.first()).filter(|_| !fits(&claim.answer, &held)) else {
        return found;
    };
    let holds = beside.iter().any(|other| fits(&other.answer, &held));
    if let Some(end) = fact.ended(day, &|held| fits(&claim.answer, held)) {
        found.push(ended(claim, end, holds, &today).related(first.place, "what holds today"));
        return found;
    }
    if holds && fact.times(day).iter().any(|(_, held)| fits(&claim.answer, held)) {
        return found;
    }
    let known = answers(fact);
    let is_known = known.iter().any(|known| **known == *claim.answer);
    if let Some(time) = to_come(claim, (beside, fact), day).filter(|_| holds && !is_known) {
        found.push(changed_ahead(claim, fact, &time));
        return found;
    }
    let today_said = if today.is_empty() { "a reading without a name".to_owned() } else { format!("`{today}`") };
    let stale = if is_known {
        let headline =
            format!("these words were written for `{}`, and `{}` is {today_said} today", claim.answer, fact.key);
        Diagnostic::new(Code::StaleClaim, claim.place, headline)
    } else {
        let headline = format!("`{}` has no answer `{}`; today it is {today_said}", fact.key, claim.answer);
        let unknown = Diagnostic::new(Code::StaleClaim, claim.place, headline);
        unknown.suggest(&claim.answer, known.iter().map(String::as_str))
    };
    found.push(stale.related(first.place, "what holds today").help(format!(
        "read the fact, write the words anew in every locale where they no longer fit, and end them with {}",
        ending(&today)
    )));
    found
}

/// Words whose time is over.
fn ended(claim: &Claim, end: Date, holds: bool, today: &str) -> Diagnostic {
    let headline = format!("these words were written for `{}`, which ended on {end}", claim.answer);
    let help = if holds {
        "the words for today stand beside them: take these out in every locale".to_owned()
    } else {
        format!(
            "readers are told that they ended; write them anew in every locale, and end them with {}",
            ending(today)
        )
    };
    Diagnostic::new(Code::EndedClaim, claim.place, headline).help(help)
}

/// What holds from a day on: the day, the readings and the answer.
type Time<'a> = (Date, Vec<&'a Reading>, String);

/// What will hold and has no words yet, where these may have been written for it: the nearest to what they say.
fn to_come<'a>(claim: &Claim, (beside, fact): (&[&Claim], &'a Fact), day: Date) -> Option<Time<'a>> {
    let times = fact.times(day).into_iter().skip(1).filter_map(|(from, held)| Some((from, answer(&held)?, held)));
    let free =
        times.filter(|(_, answer, held)| !answer.is_empty() && !beside.iter().any(|other| fits(&other.answer, held)));
    let far = |answer: &str| strsim::damerau_levenshtein(answer, &claim.answer);
    free.min_by_key(|(from, answer, _)| (far(answer), *from)).map(|(from, answer, held)| (from, held, answer))
}

/// Words that were written ahead, for a value that is another by now.
fn changed_ahead(claim: &Claim, fact: &Fact, (from, held, next): &Time<'_>) -> Diagnostic {
    let headline = format!("`{}` has no answer `{}`; from {from} on it is `{next}`", fact.key, claim.answer);
    let place = held.first().map_or(fact.place, |reading| reading.place);
    Diagnostic::new(Code::StaleClaim, claim.place, headline).related(place, "what holds from then on").help(format!(
        "read the fact, write the words anew in every locale where they no longer fit, and end them with {}",
        ending(next)
    ))
}

/// Reports a claim that fits today and will not on a day that is near, when something else is known to hold. A value that ends with nothing
/// behind it is told at the value.
fn ending_soon(
    claim: &Claim,
    (beside, fact): (&[&Claim], &Fact),
    (owner, ahead): (Option<&Id>, Ahead),
) -> Option<Diagnostic> {
    if fact.readings.len() < 2 {
        return None; // most facts say one thing at all times
    }
    let times = fact.times(ahead.today);
    if !fits(&claim.answer, &times[0].1) {
        return None;
    }
    let (day, held) = times.iter().find(|(_, held)| !fits(&claim.answer, held))?;
    // Two readings that hold at once and were not said to disagree are told at the policy file.
    if held.len() > 1 && !fact.conflict {
        return None;
    }
    let next = answer(held)?;
    if day.yesterday().ok()? > ahead.last || beside.iter().any(|other| fits(&other.answer, held)) {
        return None;
    }
    // Words beside these that name no answer of the fact are told: they may be the ones for that day.
    if beside.iter().any(|other| !answers(fact).iter().any(|known| **known == *other.answer)) {
        return None;
    }
    let said = if next.is_empty() { "something else".to_owned() } else { format!("`{next}`") };
    let headline =
        format!("these words were written for `{}`, and `{}` is {said} from {day} on", claim.answer, fact.key);
    Some(
        Diagnostic::new(Code::EndingClaim, claim.place, headline)
            .related(held.first()?.place, "what holds from then on")
            .help(format!(
                "write the new words right behind these, in every locale, as `[new words]{{fact={} is={}}}`: readers see each on its days",
                short_name(&fact.key, owner),
                quoted(&next)
            )),
    )
}

/// Reports a fact inside a sentence whose value is words or no value at all: read together they are no sentence.
fn pasted(reference: &Reference, fact: &Fact, owner: Option<&Id>) -> Diagnostics {
    let mut found = Diagnostics::default();
    let Some(today) = answer(&fact.current().collect::<Vec<_>>()) else { return found };
    let what = match (today.as_str(), fact.kind) {
        (UNKNOWN, _) => "is unknown",
        (CONFLICT, _) => "has sources that disagree",
        (_, Kind::Text) => "is a text",
        (_, Kind::YesNoDepends) => "answers yes or no",
        _ => return found,
    };
    let name = short_name(&fact.key, owner);
    let headline = format!("`{}` {what}, so it cannot stand inside a sentence", fact.key);
    let example = match today.as_str() {
        UNKNOWN => format!("[Ask whether …]{{fact={name} is={UNKNOWN}}}"),
        _ => format!("[the words as you would say them]{{fact={name} is={}}}", quoted(&today)),
    };
    found.push(
        Diagnostic::new(Code::PastedFact, reference.place, headline)
            .related(fact.place, "the fact")
            .help(format!("say it in your own words, tied to the fact: `{example}`"))
            .help("alone behind a bold label, as in `**Label**: {{ fact }}`, or alone in a cell it may stay"),
    );
    found
}

/// Every answer that the words could have been written for.
fn answers(fact: &Fact) -> Vec<String> {
    let mut known: Vec<String> = fact.readings.iter().map(of_reading).filter(|answer| !answer.is_empty()).collect();
    known.extend(fact.readings.iter().filter_map(|reading| written(&reading.value)));
    let general =
        ANSWERS.iter().filter(|answer| fact.kind == Kind::YesNoDepends || [UNKNOWN, CONFLICT].contains(answer));
    known.extend(general.map(|answer| (*answer).to_owned()));
    let mut seen = BTreeSet::new();
    known.retain(|answer| seen.insert(answer.clone()));
    known
}

/// What ends the braces of a claim on an answer.
fn ending(answer: &str) -> String {
    match answer {
        "" => "`is=` and the name of the reading, which is an `id:` to write above its `value:` in the policy file"
            .to_owned(),
        _ => format!("`is={}`", quoted(answer)),
    }
}
