//! Which store an address means. Credentials and all that is said of the connection come from the environment, by the names that the
//! makers of each store gave them.

use std::fs;
use std::path::Path as FilePath;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{BackoffConfig, Error, ObjectStore, RetryConfig};

use super::error::reason;
use super::{Store, StoreError};

/// What an address may look like.
const KNOWN: &str = "expected s3://BUCKET/FOLDER, gs://BUCKET/FOLDER, az://CONTAINER/FOLDER or file:///FOLDER";

/// How long a request is tried again that a store did not answer, or with an error of its own.
const RETRIES: RetryConfig = RetryConfig {
    backoff: BackoffConfig {
        init_backoff: Duration::from_millis(100),
        max_backoff: Duration::from_secs(10),
        base: 2.0,
    },
    max_retries: 8,
    retry_timeout: Duration::from_secs(90),
};

/// Opens the store that an address names; nothing is asked of it yet. `may_make` says that a folder is made that is not there.
///
/// # Errors
/// When the address names none, or the environment does not say enough.
pub fn open(url: &str, may_make: bool) -> Result<Store, StoreError> {
    let refuse = |why: &str| StoreError::new(format!("{}: {why}", without_user(url)));
    let (scheme, place) = url.split_once("://").ok_or_else(|| refuse(KNOWN))?;
    let inner: Arc<dyn ObjectStore> = if scheme == "file" {
        Arc::new(folder(place, may_make).map_err(|why| refuse(&why))?)
    } else {
        let (bucket, folder) = place.split_once('/').unwrap_or((place, ""));
        if bucket.is_empty() || bucket.contains(['@', ':', '?', '#']) || folder.contains(['?', '#']) {
            return Err(refuse(KNOWN));
        }
        let folder = Path::parse(folder).map_err(|_| refuse(KNOWN))?;
        // Another part of the program may have chosen one before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let remote = remote(scheme, bucket).ok_or_else(|| refuse(KNOWN))?;
        Arc::new(PrefixStore::new(remote.map_err(|error| refuse(&reason(&error)))?, folder))
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| refuse(&format!("the system gives no way to wait for it: {error}")))?;
    Ok(Store { inner, shown: url.trim_end_matches('/').to_owned(), has_headers: scheme != "file", runtime })
}

fn remote(scheme: &str, bucket: &str) -> Option<Result<Arc<dyn ObjectStore>, Error>> {
    fn shared<S: ObjectStore>(store: S) -> Arc<dyn ObjectStore> {
        Arc::new(store)
    }
    Some(match scheme {
        "s3" => AmazonS3Builder::from_env().with_bucket_name(bucket).with_retry(RETRIES).build().map(shared),
        "gs" => GoogleCloudStorageBuilder::from_env().with_bucket_name(bucket).with_retry(RETRIES).build().map(shared),
        "az" => MicrosoftAzureBuilder::from_env().with_container_name(bucket).with_retry(RETRIES).build().map(shared),
        _ => return None,
    })
}

fn folder(place: &str, may_make: bool) -> Result<LocalFileSystem, String> {
    // A name alone would be that of a machine.
    if !place.starts_with(['/', '.']) || FilePath::new(place).parent().is_none() {
        return Err("expected a path behind file://, such as file:///srv/www or file://../www".into());
    }
    let path = &std::path::absolute(place).map_err(|error| crate::edge::disk::reason(&error))?;
    if may_make {
        fs::create_dir_all(path)
            .map_err(|error| format!("the folder cannot be made: {}", crate::edge::disk::reason(&error)))?;
    }
    if !path.is_dir() {
        return Err("there is no such folder".into());
    }
    LocalFileSystem::new_with_prefix(path)
        .map(|store| store.with_automatic_cleanup(false))
        .map_err(|error| reason(&error))
}

/// An address as it may be shown: who writes credentials into one does not find them in a log.
fn without_user(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    format!("{scheme}://{}", rest.split('?').next().unwrap_or_default())
}
