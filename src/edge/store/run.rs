//! A plan carried out: what pages need, pages, what names them, then the release itself, then what may go.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;

use super::lease::Lease;
use super::live::Found;
use super::{AT_ONCE, Store, StoreError};
use crate::edge::disk;
use crate::hash::Sha256;
use crate::publish::{Deletion, Live, Plan, Put, Release, Stored, Terms, kept, plan, release_key};

/// Where a site's bytes come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// A folder that was built, with the hash and size of each file.
    Folder(PathBuf, BTreeMap<String, (Sha256, u64)>),
    /// An earlier release; the one before the live one if not given.
    Release(Option<u32>),
}

/// Something to publish.
pub struct Job<'a> {
    /// What.
    pub source: Source,
    /// How long what is old stays.
    pub terms: Terms,
    /// What time it is.
    pub now: Timestamp,
    /// Tells this run from all others.
    pub run: String,
    /// Whether files of somebody else are replaced.
    pub replace: bool,
    /// How long another run may say nothing before it counts as stopped.
    pub patience: Duration,
    /// Told how many of how many objects were put.
    pub progress: &'a dyn Fn(usize, usize),
    /// Told what whoever waits has to know.
    pub note: &'a dyn Fn(&str),
    /// Told of the plan when everything is there and nothing names it yet.
    pub before_live: &'a dyn Fn(&Plan) -> Result<(), String>,
}

/// What was done, or would be.
#[derive(Debug, Clone)]
pub struct Done {
    /// What was planned.
    pub plan: Plan,
    /// The first release that had these files.
    pub origin: u32,
}

/// A plan and all it needs.
struct Planned {
    plan: Plan,
    origin: u32,
    live: Live,
    begun: Vec<String>,
    /// The release whose kept bytes are put.
    from: Option<u32>,
}

impl Store {
    /// What publishing would do. Nothing is written.
    ///
    /// # Errors
    /// When the store refuses, or holds something else than a site that can be published over.
    pub fn preview(&self, job: &Job<'_>) -> Result<Done, StoreError> {
        let planned = self.runtime.block_on(self.planned(job))?;
        Ok(Done { plan: planned.plan, origin: planned.origin })
    }

    /// Publishes.
    ///
    /// # Errors
    /// When the store refuses, or somebody else publishes. What readers have is a whole site all the same, and publishing again goes on
    /// from there.
    pub fn publish(&self, job: &Job<'_>) -> Result<Done, StoreError> {
        self.runtime.block_on(async {
            let lease = Lease::take(self, &job.run, job.patience, job.note).await?;
            let done = lease.held(self.carry_out(job, &lease)).await;
            if done.is_err() {
                // So that nobody has to wait; if that fails too, they wait.
                let _ = lease.give_back().await;
            }
            done
        })
    }

    async fn planned(&self, job: &Job<'_>) -> Result<Planned, StoreError> {
        let Found { live, begun } = self.read_live().await?;
        let (wanted, origin, from) = match &job.source {
            Source::Folder(_, files) => (files.clone(), None, None),
            Source::Release(number) => {
                let number = number.map_or_else(|| self.before(&live), Ok)?;
                let release = self.release_among(&live, number).await?;
                let files = release.files.iter().map(|(path, stored)| (path.clone(), (stored.hash, stored.size)));
                (files.collect(), Some(release.origin), Some(number))
            }
        };
        let plan = plan(&live, &wanted, job.terms);
        if let (false, [first, ..]) = (job.replace, plan.foreign.as_slice()) {
            let more =
                if plan.foreign.len() > 1 { format!(" and {} more", plan.foreign.len() - 1) } else { String::new() };
            return Err(self.words(&format!(
                "{first}{more} stands there and was not put by `rahnuma publish`; nothing was touched. Choose another folder of the store, or \
                replace such files with --replace"
            )));
        }
        let origin = origin.or(live.release.as_ref().filter(|_| !plan.is_new).map(|release| release.origin));
        Ok(Planned { origin: origin.unwrap_or(plan.number), plan, live, begun, from })
    }

    async fn carry_out(&self, job: &Job<'_>, lease: &Lease<'_>) -> Result<Done, StoreError> {
        let planned = self.planned(job).await?;
        let plan = &planned.plan;
        if plan.is_new {
            let files = self.put_all(job, &planned, lease).await?;
            (job.before_live)(plan).map_err(StoreError::new)?;
            lease.go_live().await;
            self.go_live(job, &planned, files).await?;
        }
        self.clear(&planned, lease).await?;
        Ok(Done { origin: planned.origin, plan: planned.plan })
    }

    /// Puts every file in its turn; gives all of the release.
    async fn put_all(
        &self,
        job: &Job<'_>,
        planned: &Planned,
        lease: &Lease<'_>,
    ) -> Result<BTreeMap<String, Stored>, StoreError> {
        let plan = &planned.plan;
        let files = RefCell::new(plan.there.clone());
        let intended: Vec<(String, Stored)> =
            plan.puts.iter().map(|put| (put.path.clone(), stored(put, None))).collect();
        // So that a run after this one knows what is ours, wherever this one is stopped.
        intended.iter().for_each(|(path, stored)| lease.note(path, stored));
        lease.write_down().await?;
        for step in plan.puts.chunk_by(|a, b| a.step == b.step) {
            let puts = step.iter().map(|put| self.put_noted(job, planned, lease, (put, &files)));
            stream::iter(puts).buffer_unordered(AT_ONCE).try_collect::<()>().await?;
        }
        Ok(files.into_inner())
    }

    async fn put_noted(
        &self,
        job: &Job<'_>,
        planned: &Planned,
        lease: &Lease<'_>,
        (put, files): (&Put, &RefCell<BTreeMap<String, Stored>>),
    ) -> Result<(), StoreError> {
        lease.heard().await;
        let stored = self.put_one(job, planned, put).await?;
        lease.note(&put.path, &stored);
        files.borrow_mut().insert(put.path.clone(), stored);
        let (there, all) = (planned.plan.there.len(), planned.plan.puts.len());
        (job.progress)(files.borrow().len() - there, all);
        Ok(())
    }

    async fn put_one(&self, job: &Job<'_>, planned: &Planned, put: &Put) -> Result<Stored, StoreError> {
        if let Some((number, hash)) = put.keep {
            self.copy(&put.path, &kept(number, hash)).await?;
        }
        let bytes = match (&job.source, planned.from) {
            (Source::Folder(folder, _), _) => {
                disk::read_file(folder, &put.path, put.size).map_err(|error| StoreError::new(error.to_string()))?
            }
            (Source::Release(_), from) => self.kept_bytes(&planned.live, from.unwrap_or_default(), put).await?,
        };
        if Sha256::of(&bytes) != put.hash {
            return Err(
                self.words(&format!("{} changed while it was published; build again, and publish again", put.path))
            );
        }
        let tag = self.put(&put.path, bytes).await?;
        Ok(stored(put, tag))
    }

    /// Bytes of an earlier release.
    async fn kept_bytes(&self, live: &Live, from: u32, put: &Put) -> Result<Vec<u8>, StoreError> {
        let number =
            live.kept.iter().find(|(number, hash)| *number >= from && *hash == put.hash).map(|(number, _)| *number);
        let gone = || {
            self.words(&format!("{} is not there any more as release {from} had it; publish what you have", put.path))
        };
        self.get(&kept(number.ok_or_else(gone)?, put.hash)).await
    }

    async fn go_live(
        &self,
        job: &Job<'_>,
        planned: &Planned,
        files: BTreeMap<String, Stored>,
    ) -> Result<(), StoreError> {
        let Planned { plan, origin, .. } = planned;
        let release = Release {
            number: plan.number,
            origin: *origin,
            made: job.now,
            run: job.run.clone(),
            files,
            retired: plan.retired.clone(),
        };
        if self.create(&release_key(plan.number), release.to_text().as_bytes()).await? {
            return Ok(());
        }
        Err(self.words(&format!(
            "somebody else published release {} while this one was on its way; run this again, so that all of the site is of one build",
            plan.number
        )))
    }

    /// Takes away what nobody needs any more.
    async fn clear(&self, planned: &Planned, lease: &Lease<'_>) -> Result<(), StoreError> {
        let Planned { plan, live, begun, .. } = planned;
        lease.heard().await;
        let delete = |deletion: &Deletion| {
            let Deletion { path, keep } = deletion.clone();
            async move {
                if let Some((number, hash)) = keep {
                    self.copy(&path, &kept(number, hash)).await?;
                }
                self.delete(&path).await
            }
        };
        stream::iter(&plan.deletions).map(delete).buffer_unordered(AT_ONCE).try_collect::<()>().await?;
        let old = live.releases.range(..plan.oldest).map(|number| release_key(*number));
        let unneeded = live.kept.iter().filter(|(number, _)| *number < plan.oldest);
        let ours = unneeded.map(|(number, hash)| kept(*number, *hash)).chain(old).chain(begun.iter().cloned());
        let ours = ours.chain(lease.parts()).filter(|key| !lease.is(key));
        stream::iter(ours)
            .map(|key| async move { self.delete(&key).await })
            .buffer_unordered(AT_ONCE)
            .try_collect::<()>()
            .await?;
        // Last: while it is there, nobody else begins.
        lease.give_back().await
    }

    /// The release before the one whose files readers have.
    fn before(&self, live: &Live) -> Result<u32, StoreError> {
        let release = live.release.as_ref().ok_or_else(|| self.words("nothing was published there"))?;
        let before = live.releases.range(..release.origin).next_back();
        before.copied().ok_or_else(|| self.words(&format!("there is no release before {}", release.origin)))
    }

    async fn release_among(&self, live: &Live, number: u32) -> Result<Release, StoreError> {
        if live.releases.contains(&number) {
            return self.read_release(number).await;
        }
        let known: Vec<String> = live.releases.iter().map(ToString::to_string).collect();
        let known = if known.is_empty() { "none".into() } else { known.join(", ") };
        Err(self.words(&format!("there is no release {number}; there are: {known}")))
    }

    /// Every release that can be gone back to, the live one last.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn releases(&self) -> Result<Vec<Release>, StoreError> {
        self.runtime.block_on(async {
            let numbers = self.read_live().await?.live.releases;
            stream::iter(numbers).map(|number| self.read_release(number)).buffered(AT_ONCE).try_collect().await
        })
    }
}

fn stored(put: &Put, tag: Option<String>) -> Stored {
    Stored { hash: put.hash, size: put.size, tag }
}
