//! What a site's store holds and is to hold: releases, and the plan that leads from one to the next. Nothing here touches a network or a
//! disk.
//!
//! A store has the site's files at their paths. What publishing knows of them stands below `.rahnuma/`:
//! - `releases/N`: the files of release N with their hashes. The highest number is the one that is live. Such an object is made when
//!   nothing has its name, never changed, so that of two who publish one is refused;
//! - `kept/N-HASH`: bytes of release N that a later one replaced, by which a site goes back;
//! - `begun/N.TRY`: that somebody is making release N, or was when they were stopped.

mod keys;
mod plan;
mod release;
mod step;

use crate::hash::Sha256;

pub use keys::{Key, begun, journal, kept, release_key};
pub use plan::{Deletion, Live, Plan, Put, RELEASES, Standing, Terms, plan};
pub use release::{Release, Retired, read_files, write_files};
pub use step::{Step, cache_control, encoding, media_type};

/// A file as it was put into a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Of its bytes.
    pub hash: Sha256,
    /// How many they are.
    pub size: u64,
    /// What the store calls this version of it: another one means that somebody put something there since.
    pub tag: Option<String>,
}

impl Stored {
    /// Whether it still stands as it was put.
    #[must_use]
    pub fn stands_as(&self, standing: &Standing) -> bool {
        self.size == standing.size && self.tag.is_some() && self.tag == standing.tag
    }
}
