//! What stands between the braces behind a heading or an item.

use std::collections::BTreeMap;

use super::id::Id;
use super::shared::Shared;
use crate::diag::Span;

/// What `{#id when=… unless=… requires=… irreversible open}` says, in few bytes: a large site holds those of every step and item.
#[derive(Debug, Clone, Default)]
pub struct Attributes {
    /// Every id between the braces, in order.
    pub named: Box<[Named]>,
    /// Whether there is no way back from here.
    pub irreversible: bool,
    /// Whether a step is shown unfolded.
    pub open: bool,
    /// Whether something between the braces was reported: then they are not held against another locale's.
    pub broken: bool,
    /// Where the braces stand; absent when there were none.
    pub place: Option<Span>,
}

/// An id between the braces.
#[derive(Debug, Clone)]
pub struct Named {
    /// The id.
    pub id: Id,
    /// Where it stands.
    pub place: Span,
    /// What it is named as.
    pub role: Role,
}

/// What an id is named as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The id of the step, section or item itself.
    Own,
    /// A situation; one of them must hold for the item to be shown.
    When,
    /// A situation that hides the item.
    Unless,
    /// An item or a step to be done first.
    Requires,
}

impl Attributes {
    /// Shares its ids with those of other files.
    pub fn share(&mut self, shared: &mut Shared) {
        self.named.iter_mut().for_each(|named| named.id.share(shared));
    }

    /// The id, when one was given and is well formed.
    #[must_use]
    pub fn id(&self) -> Option<&Id> {
        self.own().map(|(id, _)| id)
    }

    /// The id, and where it stands.
    #[must_use]
    pub fn own(&self) -> Option<(&Id, Span)> {
        self.named.iter().rfind(|named| named.role == Role::Own).map(|named| (&named.id, named.place))
    }

    /// Ids of a role in order.
    pub fn ids(&self, role: Role) -> impl Iterator<Item = &Id> {
        self.named.iter().filter(move |named| named.role == role).map(|named| &named.id)
    }

    /// Ids of some roles, each with where it first stands between the braces.
    pub fn placed(&self, roles: &[Role]) -> impl Iterator<Item = (&Id, Span)> {
        let places: BTreeMap<&Id, Span> = self.named.iter().rev().map(|named| (&named.id, named.place)).collect();
        let named = self.named.iter().filter(|named| roles.contains(&named.role));
        named.filter_map(move |named| Some((&named.id, *places.get(&named.id)?)))
    }
}
