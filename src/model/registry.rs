//! The registry of published ids: items live on readers' devices and sections in their links, so no id is ever dropped or
//! given to something else.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::guide::GuideKey;
use super::id::Id;
use crate::diag::Span;

/// Every id of an item or a section that was ever published, by guide.
pub type Registry = BTreeMap<GuideKey, RegisteredGuide>;

/// The ids of a guide that were ever published.
#[derive(Debug, Clone)]
pub struct RegisteredGuide {
    /// Each with what became of it.
    pub ids: BTreeMap<Id, RegisteredId>,
    /// Where the guide stands in the registry.
    pub place: Span,
}

/// What became of an item or a section.
#[derive(Debug, Clone)]
pub struct RegisteredId {
    /// Its fate.
    pub fate: Fate,
    /// Where it stands in the registry.
    pub place: Span,
}

/// What can become of a published item or section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is there and means what it always meant.
    Live,
    /// It is there, and was rewritten so that earlier ticks need another look; items only.
    Changed(Date),
    /// Another id took over its meaning.
    RenamedTo(Id),
    /// It is gone; its id is not used again.
    Retired(Date),
    /// It could not be read, which was reported.
    Unreadable,
}

impl RegisteredGuide {
    /// What an id is called today, itself where it was never renamed; nothing where the names run in a circle.
    #[must_use]
    pub fn today<'a>(&'a self, id: &'a Id) -> Option<&'a Id> {
        let renamed = |id: &Id| match &self.ids.get(id)?.fate {
            Fate::RenamedTo(new) => Some(new),
            _ => None,
        };
        let names = std::iter::successors(Some(id), |id| renamed(id)).take(self.ids.len() + 2);
        names.last().filter(|last| renamed(last).is_none())
    }

    /// Whether something of it is to be there.
    #[must_use]
    pub fn is_live(&self) -> bool {
        !self.ids.values().all(|id| matches!(id.fate, Fate::Retired(_) | Fate::Unreadable))
    }

    /// Earlier ids of what is called `id` today.
    pub fn former<'a>(&'a self, id: &'a Id) -> impl Iterator<Item = &'a Id> {
        self.ids.keys().filter(move |old| *old != id && self.today(old) == Some(id))
    }
}
