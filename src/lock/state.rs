//! How the parts of a translation stand to their source.

use std::collections::BTreeSet;

use crate::model::translation::{Fingerprint, Print, Record, State};

/// The state of each part of the source, in order. A part that has another name or another place than when it was recorded is known by
/// its fingerprint: nobody has to translate again what was only moved.
#[must_use]
pub fn states(source: &[Print], record: &Record) -> Vec<State> {
    let holds: BTreeSet<(&Box<str>, Fingerprint)> = source.iter().map(|it| (&it.part, it.says)).collect();
    let moved: BTreeSet<Fingerprint> =
        record.iter().filter(|(part, made)| !holds.contains(&(*part, made.from))).map(|(_, made)| made.from).collect();
    let state = |Print { part, says, .. }: &Print| match record.get(part) {
        Some(made) if made.from == *says => State::Fresh,
        _ if moved.contains(says) => State::Fresh,
        Some(made) => State::Stale(made.day),
        None => State::Unrecorded,
    };
    source.iter().map(state).collect()
}

/// Parts that the record has and the source no longer.
#[must_use]
pub fn orphaned<'a>(source: &[Print], record: &'a Record) -> Vec<&'a str> {
    let there: BTreeSet<&str> = source.iter().map(|it| &*it.part).collect();
    record.keys().map(|part| &**part).filter(|part| !there.contains(part)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Fingerprint, Print, Record, State, orphaned, states};
    use crate::model::translation::Made;

    fn source(parts: &[(&str, u64)]) -> Vec<Print> {
        let says = |(name, says): &(&str, u64)| Print { part: Box::from(*name), says: Fingerprint(*says), letters: 0 };
        parts.iter().map(says).collect()
    }

    fn record(parts: &[(&str, u64)]) -> Record {
        let made = |says| Made { from: Fingerprint(says), day: None };
        parts.iter().map(|(name, says)| (Box::from(*name), made(*says))).collect()
    }

    #[test]
    fn parts_are_fresh_stale_or_unrecorded() {
        let then = record(&[("a", 1), ("b", 2), ("gone", 9)]);
        let now = source(&[("a", 1), ("b", 3), ("c", 4)]);
        assert_eq!(states(&now, &then), [State::Fresh, State::Stale(None), State::Unrecorded]);
        assert_eq!(orphaned(&now, &then), ["gone"]);
    }

    #[test]
    fn what_was_renamed_or_moved_is_fresh() {
        let then = record(&[("1", 1), ("2", 2), ("old", 5)]);
        assert_eq!(states(&source(&[("new", 5)]), &then), [State::Fresh]);
        let inserted = source(&[("1", 7), ("2", 1), ("3", 2)]);
        assert_eq!(states(&inserted, &then), [State::Stale(None), State::Fresh, State::Fresh]);
        // Words that another part has as well are no sign that this one agrees.
        let copied = source(&[("1", 2), ("2", 2)]);
        assert_eq!(states(&copied, &record(&[("1", 1), ("2", 2)])), [State::Stale(None), State::Fresh]);
    }
}
