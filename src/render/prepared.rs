//! What making a theme ready gave, by a hash of all it was made from: the next build, or the next compile of a preview, need not do
//! it again. Everything in here can be made anew at any time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::templates::Templates;
use crate::codec::{Reader, Writer};
use crate::hash::{ContentHash, Hasher};

/// Results by the hash of what they were made from.
type Results = BTreeMap<ContentHash, Arc<[u8]>>;

/// What was made ready, before and now.
#[derive(Default)]
pub struct Prepared {
    before: Results,
    used: Mutex<Results>,
    /// The templates as the same process read them.
    templates: Mutex<Option<(ContentHash, Arc<Templates>)>>,
}

impl Prepared {
    /// What `make` gives for these parts; not made again where it was made before. `make` reads nothing else.
    ///
    /// # Errors
    /// What `make` says; nothing is remembered of a failure.
    pub fn of<E>(&self, parts: &[&[u8]], make: impl FnOnce() -> Result<Vec<u8>, E>) -> Result<Arc<[u8]>, E> {
        let key = hash(parts);
        if let Some(known) = self.before.get(&key) {
            lock(&self.used).insert(key, Arc::clone(known));
            return Ok(Arc::clone(known));
        }
        let made: Arc<[u8]> = make()?.into();
        lock(&self.used).insert(key, Arc::clone(&made));
        Ok(made)
    }

    /// The templates of a hash, as this process read them before.
    #[must_use]
    pub fn templates(&self, key: ContentHash) -> Option<Arc<Templates>> {
        let kept = lock(&self.templates);
        kept.as_ref().filter(|(known, _)| *known == key).map(|(_, templates)| Arc::clone(templates))
    }

    /// Keeps templates in the place of others.
    pub fn keep_templates(&self, key: ContentHash, templates: &Arc<Templates>) {
        *lock(&self.templates) = Some((key, Arc::clone(templates)));
    }

    /// Forgets what was not asked for since.
    pub fn turn(&mut self) {
        self.before = std::mem::take(self.used.get_mut().unwrap_or_else(PoisonError::into_inner));
    }

    /// Writes down what was made ready last.
    pub fn write(&self, writer: &mut Writer) {
        writer.size(self.before.len());
        for (key, result) in &self.before {
            writer.hash(*key);
            writer.bytes(result);
        }
    }

    /// Reads what was written down.
    pub fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let results = reader.list(|reader| Some((reader.hash()?, reader.bytes()?.into())))?;
        Some(Self { before: results.into_iter().collect(), ..Self::default() })
    }
}

fn hash(parts: &[&[u8]]) -> ContentHash {
    let mut hash = Hasher::default();
    for part in parts {
        hash.add(&(part.len() as u64).to_le_bytes());
        hash.add(part);
    }
    hash.finish()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
