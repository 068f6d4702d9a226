//! Addresses that were published: readers hold them in links and on paper, so what became of each is written down.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;

use super::guide::GuideKey;
use super::id::Id;
use super::registry::Fate;
use super::site::Site;
use crate::diag::Span;

/// An address below that of a locale, without slashes at its ends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Address {
    /// A guide's: `jazz/close-sim`.
    Guide(GuideKey),
    /// A carrier's or a plain page's: `jazz`, `about`.
    Own(Id),
}

impl Address {
    /// An address as editors write it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            Some((section, guide)) => {
                Some(Self::Guide(GuideKey { section: Id::new(section)?, guide: Id::new(guide)? }))
            }
            None => Id::new(text).map(Self::Own),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Guide(key) => key.fmt(f),
            Self::Own(id) => id.fmt(f),
        }
    }
}

/// Addresses of carriers and plain pages, and those of guides that are gone, each with what became of it.
pub type Addresses = BTreeMap<Address, RegisteredAddress>;

/// An address that was published.
#[derive(Debug, Clone)]
pub struct RegisteredAddress {
    /// What became of it; nothing where that could not be read, which was reported.
    pub fate: Option<AddressFate>,
    /// Where it stands in the registry.
    pub place: Span,
}

/// What can become of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressFate {
    /// What it names is there.
    Live,
    /// The same thing stands at another address.
    RenamedTo(Address),
    /// What it named is gone.
    Retired(Date),
}

/// What a reader finds at an address that names nothing any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Became {
    /// Another address.
    Moved(Address),
    /// Nothing since a day.
    Withdrawn(Date),
}

impl Site {
    /// Whether something stands at an address.
    #[must_use]
    pub fn stands(&self, address: &Address) -> bool {
        match address {
            Address::Guide(key) => self.guides.contains_key(key),
            Address::Own(id) => self.carriers.contains_key(id) || self.own_pages().any(|page| page.id == *id),
        }
    }

    /// What became of an address; nothing where it names something, was never published, or leads nowhere (which is reported).
    #[must_use]
    pub fn became(&self, address: &Address) -> Option<Became> {
        if self.stands(address) {
            return None;
        }
        let known = self.addresses.as_ref().map_or(0, BTreeMap::len);
        let mut at = address;
        // One step more than there are names runs in a circle.
        for _ in 0..=known {
            match self.addresses.as_ref().and_then(|all| all.get(at)).and_then(|known| known.fate.as_ref()) {
                Some(AddressFate::RenamedTo(next)) if self.stands(next) => return Some(Became::Moved(next.clone())),
                Some(AddressFate::RenamedTo(next)) => at = next,
                Some(AddressFate::Retired(day)) => return Some(Became::Withdrawn(*day)),
                Some(AddressFate::Live) => return None,
                None => return self.retired(at).map(Became::Withdrawn),
            }
        }
        None
    }

    /// The day on which the last part of a guide was retired, if all of them were.
    fn retired(&self, address: &Address) -> Option<Date> {
        let Address::Guide(key) = address else { return None };
        let ids = &self.registry.as_ref()?.get(key)?.ids;
        let days = ids.values().map(|id| match id.fate {
            Fate::Retired(day) => Some(day),
            _ => None,
        });
        days.collect::<Option<Vec<Date>>>()?.into_iter().max()
    }

    /// Every address that was published and names nothing any more, with what became of it.
    #[must_use]
    pub fn gone(&self) -> BTreeMap<Address, Became> {
        let guides = self.registry.iter().flat_map(BTreeMap::keys).map(|key| Address::Guide(key.clone()));
        let others = self.addresses.iter().flat_map(BTreeMap::keys).cloned();
        guides.chain(others).filter_map(|address| Some((address.clone(), self.became(&address)?))).collect()
    }
}
