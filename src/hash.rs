//! Hashes by which files are known again.

use std::fmt;

use sha2::Digest;

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

/// SHA-256 of a file's bytes: by it browsers, hosts and deployers know whether they have what was made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Sha256([u8; 32]);

impl Sha256 {
    /// That of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(self) -> [u8; 32] {
        self.0
    }

    /// One that was written down.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads what `Display` writes.
    #[must_use]
    pub fn parse(base64: &str) -> Option<Self> {
        let signs = base64.strip_suffix('=').filter(|signs| signs.len() == 43)?;
        let (mut bytes, mut bits, mut count) = (Vec::with_capacity(32), 0_usize, 0);
        for sign in signs.bytes() {
            bits = bits << 6 | BASE64.iter().position(|known| *known == sign)?;
            count += 6;
            if count >= 8 {
                count -= 8;
                bytes.push(u8::try_from(bits >> count & 0xff).ok()?);
            }
        }
        Some(Self(bytes.try_into().ok()?))
    }
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// In base64, as `integrity` has it.
impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in self.0.chunks(3) {
            let bits = part.iter().fold(0, |bits, byte| bits << 8 | usize::from(*byte)) << (8 * (3 - part.len()));
            for at in 0..4 {
                let sign = if at > part.len() { '=' } else { char::from(BASE64[bits >> (18 - 6 * at) & 63]) };
                write!(f, "{sign}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::Sha256;

    #[test]
    fn it_is_written_as_browsers_read_it() {
        assert_eq!(Sha256::of(b"").to_string(), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!(Sha256::of(b"abc").to_string(), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        assert_eq!(Sha256::parse(&Sha256::of(b"abc").to_string()), Some(Sha256::of(b"abc")));
        for wrong in
            ["", "abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0", "-ngWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="]
        {
            assert_eq!(Sha256::parse(wrong), None);
        }
    }
}
