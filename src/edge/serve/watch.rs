//! Tells of files that were saved: paths where something happened, a moment after it did.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify_debouncer_mini::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_mini::{DebounceEventResult, Debouncer, new_debouncer};

use crate::edge::disk::FOLDERS;

/// How long a path has to be quiet. Editors that write a file in several acts do so within a few milliseconds; what comes later
/// is another change.
const QUIET: Duration = Duration::from_millis(15);

/// How long the words of an emptied file are waited for: many editors empty a file before they write it, and a busy machine
/// parts the two.
const EMPTIED: Duration = Duration::from_millis(250);

/// A watched folder.
pub struct Watch {
    root: PathBuf,
    debouncer: Debouncer<RecommendedWatcher>,
    news: Receiver<DebounceEventResult>,
    watched: Vec<PathBuf>,
}

impl Watch {
    /// Begins to watch what a site is made from.
    ///
    /// # Errors
    /// Says why the system does not tell of changes.
    pub fn begin(root: &Path) -> Result<Self, String> {
        let (sender, news) = channel();
        let debouncer = new_debouncer(QUIET, sender).map_err(|error| error.to_string())?;
        let mut watch = Self { root: root.to_owned(), debouncer, news, watched: Vec::new() };
        // The folder itself tells when one of the others appears.
        watch.debouncer.watcher().watch(root, RecursiveMode::NonRecursive).map_err(|error| error.to_string())?;
        watch.follow()?;
        Ok(watch)
    }

    /// Watches folders that appeared, and forgets those that went.
    fn follow(&mut self) -> Result<(), String> {
        for folder in FOLDERS.iter().map(|folder| self.root.join(folder)) {
            let is_watched = self.watched.contains(&folder);
            if folder.is_dir() && !is_watched {
                let watched = self.debouncer.watcher().watch(&folder, RecursiveMode::Recursive);
                watched.map_err(|error| error.to_string())?;
                self.watched.push(folder);
            } else if !folder.is_dir() && is_watched {
                self.watched.retain(|watched| *watched != folder);
            }
        }
        Ok(())
    }

    /// Waits until something happened, but not longer than `patience`: then there are no paths. Nothing when no more will come.
    pub fn wait(&mut self, patience: Duration) -> Option<Vec<PathBuf>> {
        let mut paths = Vec::new();
        match self.news.recv_timeout(patience) {
            Ok(news) => paths.extend(self.paths_of(news)),
            Err(RecvTimeoutError::Timeout) => return Some(paths),
            Err(RecvTimeoutError::Disconnected) => return None,
        }
        if paths.iter().any(|path| is_emptied(path))
            && let Ok(news) = self.news.recv_timeout(EMPTIED)
        {
            let more = self.paths_of(news);
            paths.extend(more);
        }
        // What came meanwhile belongs to it.
        while let Ok(news) = self.news.try_recv() {
            let more = self.paths_of(news);
            paths.extend(more);
        }
        // What could not be watched just now is tried again with the next news.
        let _ = self.follow();
        paths.sort();
        paths.dedup();
        Some(paths)
    }

    fn paths_of(&self, news: DebounceEventResult) -> Vec<PathBuf> {
        match news {
            Ok(events) => events.into_iter().map(|event| event.path).collect(),
            // The system lost count: everything may have changed.
            Err(_) => FOLDERS.iter().map(|folder| self.root.join(folder)).collect(),
        }
    }
}

fn is_emptied(path: &Path) -> bool {
    path.metadata().is_ok_and(|about| about.is_file() && about.len() == 0)
}
