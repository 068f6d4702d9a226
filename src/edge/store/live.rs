//! What stands in a store.

use super::{Store, StoreError};
use crate::publish::{Key, Live, Release, read_files, release_key};

/// What stands in a store, and the names of objects of ours that come and go.
pub(super) struct Found {
    pub live: Live,
    /// Who began to publish, and what they wrote of it.
    pub begun: Vec<String>,
}

impl Store {
    pub(super) async fn read_live(&self) -> Result<Found, StoreError> {
        let mut live = Live::default();
        let (mut begun, mut journals) = (Vec::new(), Vec::new());
        for (path, standing) in self.list(None).await? {
            match Key::of(&path) {
                Key::File(path) => drop(live.objects.insert(path, standing)),
                Key::Release(number) => drop(live.releases.insert(number)),
                Key::Kept(number, hash) => drop(live.kept.insert((number, hash))),
                Key::Begun(..) => begun.push(path),
                Key::Journal(number, attempt, part) => {
                    journals.push((number, attempt, part));
                    begun.push(path);
                }
                Key::Unknown => {}
            }
        }
        if let Some(number) = live.releases.last() {
            live.release = Some(self.read_release(*number).await?);
        }
        journals.sort_unstable();
        for (number, attempt, part) in journals {
            let text = self.find(&crate::publish::journal(number, attempt, part)).await?.unwrap_or_default();
            let text = String::from_utf8_lossy(&text);
            live.begun.extend(read_files(&text).map(|(path, stored)| (path, Some(stored))));
        }
        Ok(Found { live, begun })
    }

    pub(super) async fn read_release(&self, number: u32) -> Result<Release, StoreError> {
        let key = release_key(number);
        let bytes = self.get(&key).await?;
        let read = std::str::from_utf8(&bytes).ok().and_then(Release::parse);
        let whole = read.filter(|release| release.number == number);
        whole
            .ok_or_else(|| self.words(&format!("{key} cannot be read; was it made by a newer version of the program?")))
    }
}
