//! Hashes by which files are known again.

use std::fmt;

/// A hash of bytes: 128 bits of BLAKE3, so that equal hashes mean equal bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ContentHash([u8; 16]);

impl ContentHash {
    /// The hash of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut hasher = Hasher::default();
        hasher.add(bytes);
        hasher.finish()
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(self) -> [u8; 16] {
        self.0
    }

    /// A hash that was written down.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Makes one hash of many parts.
#[derive(Default)]
pub struct Hasher(blake3::Hasher);

impl Hasher {
    /// Adds bytes as they are; what follows runs on from them.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Adds a text that cannot be taken for a part of its neighbours.
    pub fn add_text(&mut self, text: &str) {
        self.0.update(&(text.len() as u64).to_le_bytes());
        self.0.update(text.as_bytes());
    }

    /// Adds another hash.
    pub fn add_hash(&mut self, hash: ContentHash) {
        self.0.update(&hash.0);
    }

    /// The hash of everything added.
    #[must_use]
    pub fn finish(&self) -> ContentHash {
        let mut hash = [0; 16];
        self.0.finalize_xof().fill(&mut hash);
        ContentHash(hash)
    }
}
