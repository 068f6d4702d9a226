//! Which item of a translation says what an item of its source says, by what both name, for whom both are, and whether a hint stands below.

use std::collections::BTreeSet;

use super::{Pair, sorted};
use crate::check::twin::Shape;
use crate::model::attributes::Role;
use crate::model::body::Item;
use crate::model::id::Id;
use crate::model::translation::{Passage, SignKind};

/// What an item shows of its words in any language: what they name, and whether a hint stands below.
type Shown<'a> = (BTreeSet<&'a str>, bool);

impl Pair<'_> {
    /// Whether two items with the ids of each other have words in the order of the source; nothing where their words do not tell.
    pub(super) fn are_in_order(&self, ids: [&Id; 2]) -> Option<bool> {
        let [source, own] = self.shapes();
        let (theirs, ours) = (items(source, ids)?, items(own, ids)?);
        let crossed = || theirs.iter().rev().zip(&ours);
        let [is_crossed, is_moved] = [
            crossed().all(|(there, here)| shown(source, there) == shown(own, here)),
            theirs.iter().zip(&ours).all(|(there, here)| shown(source, there) == shown(own, here)),
        ];
        // Braces change places as a whole: conditions show something where they did not come along with the ids.
        let is_left = theirs.iter().zip(&ours).any(|(there, here)| conditions(there) != conditions(here))
            && crossed().all(|(there, here)| conditions(there) == conditions(here));
        match (is_crossed, is_moved) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => is_left.then_some(true),
        }
    }
}

fn items<'a>(shape: &Shape<'a>, ids: [&Id; 2]) -> Option<[&'a Item; 2]> {
    Some([shape.item(ids[0])?, shape.item(ids[1])?])
}

fn conditions(item: &Item) -> [String; 3] {
    [Role::When, Role::Unless, Role::Requires].map(|role| sorted(&item.attributes, role))
}

fn shown<'a>(shape: &Shape<'a>, item: &Item) -> Shown<'a> {
    let is_in = |place| shape.item_at(place).is_some_and(|other| other.place == item.place);
    let body = shape.side.body;
    let named = body.references.iter().filter(|reference| is_in(reference.place));
    let named = named.map(|reference| reference.name.rsplit('.').next().unwrap_or(&reference.name));
    let signs = body.lock.signs.iter().flatten().filter_map(|sign| match &sign.kind {
        SignKind::Code(text) | SignKind::Number(text) if is_in(sign.place) => Some(&**text),
        _ => None,
    });
    let part = shape.parts.part(item.place);
    (named.chain(signs).collect(), shape.places(part, Passage::Hint).any(is_in))
}
