//! One publishes at a time. Whoever publishes says so in an object that nobody else has made, and says it again every two seconds; whoever
//! finds such an object that says nothing new was left behind by a run that was stopped, and takes over. No clock but one's own is
//! trusted, and nothing is asked of a store but that of two who make the same object one is refused.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use tokio::time::{Instant, sleep};

use super::{Store, StoreError};
use crate::publish::{Key, Stored, begun, journal, release_key, write_files};

/// How often a run says that it goes on.
const BEAT: Duration = Duration::from_secs(2);

/// How often one who waits looks.
const LOOK: Duration = Duration::from_millis(500);

/// After such a time without having been heard a run puts nothing more until it is heard again: others may count it as stopped soon.
const SILENCE: Duration = Duration::from_secs(10);

/// The right to publish a release.
pub(super) struct Lease<'a> {
    store: &'a Store,
    number: u32,
    attempt: u32,
    run: &'a str,
    heard: Cell<Instant>,
    /// What was put and is not written down yet.
    put: RefCell<Vec<(String, Stored)>>,
    parts: Cell<u32>,
    /// Whether the release is being made, and so may be there.
    goes_live: Cell<bool>,
}

impl<'a> Lease<'a> {
    /// Takes it for the next release; `patience` is how long another run may say nothing.
    pub async fn take(
        store: &'a Store,
        run: &'a str,
        patience: Duration,
        note: &dyn Fn(&str),
    ) -> Result<Self, StoreError> {
        loop {
            let (last, tries) = store.numbers().await?;
            let number = last + 1;
            let tries = || tries.iter().filter(|(of, ..)| *of == number);
            let open = tries().filter(|(.., open)| *open).map(|(_, attempt, _)| *attempt).max();
            if let Some(attempt) = open {
                note(&format!("a publication of release {number} was begun; looking whether it goes on"));
                if !store.is_silent(&begun(number, attempt), patience).await? {
                    return Err(
                        store.words("somebody else is publishing there; wait for them to end, and run this again")
                    );
                }
            }
            let attempt = tries().map(|(_, attempt, _)| *attempt).max().unwrap_or(0) + 1;
            if !store.create(&begun(number, attempt), beat(run, 0).as_bytes()).await? {
                return Err(store.words(
                    "somebody else began to publish there at the same moment; wait for them to end, and run this again",
                ));
            }
            // Others may have ended in between.
            if store.numbers().await?.0 == last {
                let (heard, put, parts) = (Cell::new(Instant::now()), RefCell::default(), Cell::new(0));
                return Ok(Self { store, number, attempt, run, heard, put, parts, goes_live: Cell::new(false) });
            }
            store.delete(&begun(number, attempt)).await?;
        }
    }

    /// Does work for as long as nobody else took over.
    pub async fn held<T>(&self, work: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        match select(pin!(work), pin!(self.beat())).await {
            Either::Left((done, _)) => done,
            Either::Right((lost, _)) => Err(lost),
        }
    }

    /// Waits until the run was heard lately; before anything is put.
    pub async fn heard(&self) {
        while self.heard.get().elapsed() > SILENCE {
            sleep(LOOK).await;
        }
    }

    /// Says that the release is made from now on: that it is there does not mean that another made it.
    pub async fn go_live(&self) {
        self.heard().await;
        self.goes_live.set(true);
    }

    /// Notes what was put, so that a run after this one, if it is stopped, need not put it again.
    pub fn note(&self, path: &str, stored: &Stored) {
        self.put.borrow_mut().push((path.to_owned(), stored.clone()));
    }

    /// Writes down what was noted.
    pub async fn write_down(&self) -> Result<(), StoreError> {
        let put = self.put.take();
        if put.is_empty() {
            return Ok(());
        }
        let part = self.parts.replace(self.parts.get() + 1);
        let text = write_files(put.iter().map(|(path, stored)| (path, stored)));
        self.store.put(&journal(self.number, self.attempt, part), text.into_bytes()).await?;
        Ok(())
    }

    /// What was written down.
    pub fn parts(&self) -> Vec<String> {
        (0..self.parts.get()).map(|part| journal(self.number, self.attempt, part)).collect()
    }

    /// Whether an object is the one that says that this run goes on.
    pub fn is(&self, key: &str) -> bool {
        key == begun(self.number, self.attempt)
    }

    /// Says that this run has ended.
    pub async fn give_back(&self) -> Result<(), StoreError> {
        self.store.delete(&begun(self.number, self.attempt)).await
    }

    /// Goes on until somebody took over, or the store refuses.
    async fn beat(&self) -> StoreError {
        for count in 1_u64.. {
            sleep(BEAT).await;
            let began = Instant::now();
            match self.beat_once(count).await {
                Ok(true) => self.heard.set(began),
                Ok(false) => break,
                Err(error) => return error,
            }
        }
        self.store.words("somebody else took over, because nothing was heard of this run for a while")
    }

    async fn beat_once(&self, count: u64) -> Result<bool, StoreError> {
        self.store.put(&begun(self.number, self.attempt), beat(self.run, count).into_bytes()).await?;
        self.write_down().await?;
        let ended = !self.goes_live.get() && self.store.look(&release_key(self.number)).await?.is_some();
        let taken = self.store.look(&begun(self.number, self.attempt + 1)).await?.is_some();
        // What was just made here is no other's.
        Ok(!taken && (!ended || self.goes_live.get()))
    }
}

fn beat(run: &str, count: u64) -> String {
    format!("run {run}\nbeat {count}\n")
}

impl Store {
    /// The number of the newest release, and all tries to make one, each with whether it may still go on.
    async fn numbers(&self) -> Result<(u32, Vec<(u32, u32, bool)>), StoreError> {
        let (mut last, mut tries) = (0, Vec::new());
        for (path, _) in self.list(Some(".rahnuma")).await? {
            match Key::of(&path) {
                Key::Release(number) => last = last.max(number),
                Key::Begun(number, attempt) => tries.push((number, attempt, true)),
                Key::Journal(number, attempt, _) => tries.push((number, attempt, false)),
                _ => {}
            }
        }
        Ok((last, tries))
    }

    /// Whether an object stays as it is for a while.
    async fn is_silent(&self, key: &str, patience: Duration) -> Result<bool, StoreError> {
        let (began, first) = (Instant::now(), self.look(key).await?);
        while began.elapsed() < patience {
            sleep(LOOK.min(patience)).await;
            if self.look(key).await? != first {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
