//! What is remembered from one run to the next.

use jiff::civil::Date;

use super::addresses::Addresses;
use super::findings::Answers;
use crate::model::external::{Answer, Memory, Missed, State};

/// What is remembered after some addresses were asked on a day. Of those that were not asked it stays as it was; what the site does not lead
/// to any more, and what was reached, is forgotten.
#[must_use]
pub fn after(before: &Memory, addresses: &Addresses, answers: &Answers, day: Date) -> Memory {
    let missed = addresses.keys().filter_map(|address| {
        let known = before.get(address).copied();
        let missed = match answers.get(address) {
            None => known,
            Some(answer) => missed(known, answer, day),
        };
        Some((address.clone(), missed?))
    });
    missed.collect()
}

fn missed(known: Option<Missed>, answer: &Answer, day: Date) -> Option<Missed> {
    let state = match answer {
        Answer::Reachable { .. } => return None,
        Answer::Gone(_) => State::Gone,
        Answer::Unsure(_) => State::Unsure,
    };
    Some(match known {
        Some(known) if known.state == state => known.with(day),
        // A host that cannot say today takes nothing back of what it said.
        Some(known) if state == State::Unsure => known,
        _ => Missed { state, first: day, last: day },
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_remembered_until_an_address_is_reached() {
        let days = [date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23)];
        let (gone, unsure) = (Answer::Gone("404".into()), Answer::Unsure("500".into()));
        let reached = Answer::Reachable { moved: None };
        let after = |answers: &[&Answer]| {
            let days = answers.iter().zip(days);
            days.fold(None, |known, (answer, day)| missed(known, answer, day))
        };
        let is = |state, first, last| Some(Missed { state, first: days[first], last: days[last] });
        assert_eq!(after(&[&gone]), is(State::Gone, 0, 0));
        assert_eq!(after(&[&gone, &gone]), is(State::Gone, 0, 1));
        assert_eq!(after(&[&unsure, &gone]), is(State::Gone, 1, 1));
        assert_eq!(after(&[&gone, &unsure]), is(State::Gone, 0, 0));
        assert_eq!(after(&[&gone, &unsure, &gone]), is(State::Gone, 0, 2));
        assert_eq!(after(&[&gone, &reached, &gone]), is(State::Gone, 2, 2));
        assert_eq!(after(&[&unsure, &unsure, &unsure, &reached]), None);
        let once = Missed { state: State::Gone, first: days[1], last: days[1] };
        assert!(!once.is_gone_for_good() && !once.with(days[1]).is_gone_for_good());
        assert!(once.with(days[2]).is_gone_for_good() && once.with(days[0]).is_gone_for_good());
    }
}
