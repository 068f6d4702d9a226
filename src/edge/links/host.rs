//! A host as its guests see it: whose turn it is, when the next request may come, and whether it wants none.

use std::collections::BTreeMap;

use tokio::sync::{Mutex, MutexGuard};
use tokio::time::{Instant, sleep_until};

use crate::model::external::Answer;

/// A host; who holds its turn may ask.
#[derive(Default)]
pub(super) struct Host(Mutex<Turn>);

/// The right to ask a host.
#[derive(Default)]
pub(super) struct Turn {
    /// When the next request may come.
    pub next: Option<Instant>,
    /// Ports at which no more is asked in this run, with what that means for each address.
    pub closed: BTreeMap<u16, Answer>,
}

impl Host {
    /// Waits for one's turn, and until the next request may come.
    pub async fn turn(&self) -> MutexGuard<'_, Turn> {
        let turn = self.0.lock().await;
        if let Some(next) = turn.next {
            sleep_until(next).await;
        }
        turn
    }
}
