//! The registry of published items: ids live on readers' devices, so none is ever dropped or given to something else.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::guide::GuideKey;
use super::id::Id;
use crate::diag::Place;

/// Every item id that was ever published, by guide.
pub type Registry = BTreeMap<GuideKey, RegisteredGuide>;

/// The items of a guide that were ever published.
#[derive(Debug, Clone)]
pub struct RegisteredGuide {
    /// Each with what became of it.
    pub items: BTreeMap<Id, RegisteredItem>,
    /// Where the guide stands in the registry.
    pub place: Place,
}

/// What became of an item.
#[derive(Debug, Clone)]
pub struct RegisteredItem {
    /// Its fate.
    pub fate: Fate,
    /// Where it stands in the registry.
    pub place: Place,
}

/// What can become of a published item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is there and means what it always meant.
    Live,
    /// It is there, and was rewritten so that earlier ticks need another look.
    Changed(Date),
    /// Another id took over its meaning.
    RenamedTo(Id),
    /// It is gone; its id is not used again.
    Retired(Date),
}
