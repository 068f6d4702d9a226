//! Sites in stores of objects, through the `object_store` crate: what stands there, what a plan does, what was put. No other module but
//! `links` speaks to a network on its own account.

mod error;
mod lease;
mod live;
mod open;
mod run;
mod verify;

use std::sync::Arc;

use futures_util::TryStreamExt;
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, Error, GetOptions, ObjectMeta, ObjectStore, ObjectStoreExt, PutMode, PutOptions,
};
use tokio::runtime::Runtime;

use crate::publish::{Standing, cache_control, encoding, media_type};
pub use error::StoreError;
pub use open::open;
pub use run::{Done, Job, Source};
pub use verify::verify_served;

/// How many objects are under way at a time.
const AT_ONCE: usize = 16;

/// A place for a site, in a bucket or a folder.
pub struct Store {
    inner: Arc<dyn ObjectStore>,
    /// As people named it.
    shown: String,
    /// Whether objects have headers of their own; files have none.
    has_headers: bool,
    runtime: Runtime,
}

impl Store {
    /// Every object with its path below the site.
    async fn list(&self, below: Option<&str>) -> Result<Vec<(String, Standing)>, StoreError> {
        let below = below.map(|folder| Path::parse(folder).unwrap_or_default());
        let listed: Result<Vec<ObjectMeta>, Error> = self.inner.list(below.as_ref()).try_collect().await;
        let listed = listed.map_err(|error| self.failed("cannot list", "what is there", &error))?;
        Ok(listed
            .into_iter()
            .map(|object| (object.location.to_string(), standing(object.size, object.e_tag)))
            .collect())
    }

    async fn get(&self, key: &str) -> Result<Vec<u8>, StoreError> {
        Ok(self.find(key).await?.ok_or_else(|| self.words(&format!("{key} is not there any more"))))?
    }

    /// The bytes of an object; nothing when it is not there.
    async fn find(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let failed = |error: &Error| self.failed("cannot read", key, error);
        match self.inner.get(&self.path(key)?).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(|error| failed(&error))?.to_vec())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(&error)),
        }
    }

    /// How an object stands there.
    async fn look(&self, key: &str) -> Result<Option<Standing>, StoreError> {
        match self.inner.get_opts(&self.path(key)?, GetOptions::new().with_head(true)).await {
            Ok(found) => Ok(Some(standing(found.meta.size, found.meta.e_tag))),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.failed("cannot look at", key, &error)),
        }
    }

    /// Puts a file of the site, or of ours; gives the store's tag of it.
    async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<Option<String>, StoreError> {
        let options = PutOptions { attributes: self.attributes(key), ..PutOptions::default() };
        let put = self.inner.put_opts(&self.path(key)?, bytes.into(), options).await;
        put.map(|put| put.e_tag.map(|tag| bare(&tag))).map_err(|error| self.failed("cannot put", key, &error))
    }

    /// Puts an object where none is. False when another is there; that the same bytes are there means that they were ours: an answer can
    /// be lost on its way.
    async fn create(&self, key: &str, bytes: &[u8]) -> Result<bool, StoreError> {
        let path = self.path(key)?;
        let mut tries = 0;
        loop {
            let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
            let Err(error) = self.inner.put_opts(&path, bytes.to_vec().into(), options).await else { return Ok(true) };
            match self.find(key).await? {
                Some(there) => return Ok(there == bytes),
                None if tries < 3 && !is_final(&error) => tries += 1,
                None => return Err(self.failed("cannot put", key, &error)),
            }
        }
    }

    async fn copy(&self, from: &str, to: &str) -> Result<(), StoreError> {
        let copied = self.inner.copy(&self.path(from)?, &self.path(to)?).await;
        copied.map_err(|error| self.failed("cannot copy", from, &error))
    }

    /// Deletes an object; that it is gone already is no matter.
    async fn delete(&self, key: &str) -> Result<(), StoreError> {
        match self.inner.delete(&self.path(key)?).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.failed("cannot delete", key, &error)),
        }
    }

    fn path(&self, key: &str) -> Result<Path, StoreError> {
        Path::parse(key).map_err(|_| self.words(&format!("`{}` cannot be the name of an object", key.escape_debug())))
    }

    fn attributes(&self, key: &str) -> Attributes {
        let mut attributes = Attributes::new();
        if self.has_headers {
            attributes.insert(Attribute::ContentType, media_type(key).into());
            attributes.insert(Attribute::CacheControl, cache_control(key).into());
            if let Some(encoding) = encoding(key) {
                attributes.insert(Attribute::ContentEncoding, encoding.into());
            }
        }
        attributes
    }
}

/// Whether trying again would be in vain.
fn is_final(error: &Error) -> bool {
    !matches!(error, Error::Generic { .. } | Error::AlreadyExists { .. } | Error::Precondition { .. })
}

fn standing(size: u64, e_tag: Option<String>) -> Standing {
    Standing { size, tag: e_tag.map(|tag| bare(&tag)) }
}

/// A store's tag as it is compared: lists of some have it without the quotes that answers have.
fn bare(e_tag: &str) -> String {
    let bare = e_tag.trim_start_matches("W/").trim_matches('"');
    if bare.chars().any(char::is_control) { bare.replace(char::is_control, " ") } else { bare.to_owned() }
}
