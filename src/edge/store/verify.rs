//! What readers have, compared with what was published: objects by their bytes, and pages as a host sends them.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};

use super::live::Found;
use super::{AT_ONCE, Store, StoreError};
use crate::edge::disk::{Difference, Verified};
use crate::hash::Sha256;
use crate::source::path::SitePath;

/// How long a host may take for one answer.
const PATIENCE: Duration = Duration::from_mins(1);

impl Store {
    /// Compares every object with what its release says of it.
    ///
    /// # Errors
    /// When nothing was published there, or the store refuses.
    pub fn verify(&self, progress: &dyn Fn(usize, usize)) -> Result<Verified, StoreError> {
        self.runtime.block_on(self.compare(progress))
    }

    async fn compare(&self, progress: &dyn Fn(usize, usize)) -> Result<Verified, StoreError> {
        let Found { live, .. } = self.read_live().await?;
        let release = live.release.ok_or_else(|| self.words("nothing was published there with `rahnuma publish`"))?;
        let retired = release.retired.iter().filter(|(path, _)| live.objects.contains_key(*path));
        let retired = retired.filter_map(|(path, retired)| Some((path, retired.stored.as_ref()?)));
        let all: Vec<_> =
            release.files.iter().chain(retired).map(|(path, stored)| (path.clone(), stored.hash)).collect();
        let get = |path: String| async move { self.find(&path).await };
        let mut different = differences(&all, get, progress).await?;
        let ours = |path: &String| {
            release.files.contains_key(path) || release.retired.contains_key(path) || live.begun.contains_key(path)
        };
        let foreign = live.objects.into_keys().filter(|path| !ours(path));
        different.extend(foreign.map(|path| (path, Difference::Foreign)));
        different.sort();
        Ok(Verified { files: all.len(), different })
    }
}

/// Compares each with its hash.
async fn differences<F: Future<Output = Result<Option<Vec<u8>>, StoreError>>>(
    all: &[(String, Sha256)],
    get: impl Fn(String) -> F,
    progress: &dyn Fn(usize, usize),
) -> Result<Vec<(String, Difference)>, StoreError> {
    let compared = stream::iter(all).map(|(path, hash)| {
        let bytes = get(path.clone());
        async move {
            let difference = match bytes.await? {
                None => Some(Difference::Missing),
                Some(bytes) => (Sha256::of(&bytes) != *hash).then_some(Difference::Changed),
            };
            Ok::<_, StoreError>(difference.map(|difference| (path.clone(), difference)))
        }
    });
    let compared = compared.buffer_unordered(AT_ONCE).enumerate().map(|(done, result)| {
        progress(done + 1, all.len());
        result
    });
    let found: Vec<_> = compared.try_collect().await?;
    Ok(found.into_iter().flatten().collect())
}

/// Compares what a host sends for each address with the hashes of a build. Where a host answers with another address, as for a page that
/// moved, nothing is compared.
///
/// # Errors
/// When the host does not answer.
pub fn verify_served(
    base_url: &str,
    hashes: &BTreeMap<String, Sha256>,
    progress: &dyn Fn(usize, usize),
) -> Result<(Verified, BTreeSet<String>), StoreError> {
    let refuse = |why: String| StoreError::new(format!("{base_url}: {why}"));
    let _ = rustls::crypto::ring::default_provider().install_default();
    let base = Url::parse(base_url).map_err(|_| refuse("expected an address such as https://example.org/".into()))?;
    let client = Client::builder().redirect(Policy::none()).timeout(PATIENCE).build();
    let client = client.map_err(|error| refuse(said(&error)))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| refuse(error.to_string()))?;
    let moved = std::cell::RefCell::new(BTreeSet::new());
    // Files for the host itself are not sent.
    let served = |path: &str| !path.starts_with(['.', '_']) || path.starts_with(".well-known/");
    let all: Vec<(String, Sha256)> =
        hashes.iter().filter(|(path, _)| served(path)).map(|(path, hash)| (path.clone(), *hash)).collect();
    let get = |path: String| {
        let (client, address, moved) = (&client, address(&base, &path), &moved);
        async move {
            let failed = |error: reqwest::Error| StoreError::new(format!("{address}: {}", said(&error)));
            let answer = client.get(address.clone()).send().await.map_err(failed)?;
            if answer.status().is_redirection() {
                moved.borrow_mut().insert(path);
            } else if !answer.status().is_success() && !path.ends_with("404.html") {
                return Ok(None);
            }
            Ok(Some(answer.bytes().await.map_err(failed)?.to_vec()))
        }
    };
    let mut different = runtime.block_on(differences(&all, get, progress))?;
    let moved = moved.into_inner();
    different.retain(|(path, _)| !moved.contains(path));
    different.sort();
    Ok((Verified { files: all.len() - moved.len(), different }, moved))
}

/// Where a host has a file.
fn address(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    let address = SitePath::new(path).map_or_else(|_| path.to_owned(), |path| path.address().to_owned());
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(address.split('/'));
    }
    url
}

fn said(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        "it did not answer in time".into()
    } else if error.is_connect() {
        "it cannot be reached".into()
    } else {
        "its answer broke off".into()
    }
}
