//! Compact bytes for what one build remembers for the next: numbers, texts, hashes. Reading never trusts what it reads.

use crate::hash::ContentHash;

/// Writes values one behind the other.
#[derive(Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// Everything written.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// A number, small ones in a byte.
    pub fn number(&mut self, number: u64) {
        let mut rest = number;
        while rest >= 0x80 {
            self.0.push((rest & 0x7F) as u8 | 0x80);
            rest >>= 7;
        }
        self.0.push(rest as u8);
    }

    /// A length or a position.
    pub fn size(&mut self, size: usize) {
        self.number(size as u64);
    }

    /// Yes or no.
    pub fn flag(&mut self, flag: bool) {
        self.0.push(u8::from(flag));
    }

    /// Bytes with their length.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.size(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// A hash.
    pub fn hash(&mut self, hash: ContentHash) {
        self.0.extend_from_slice(&hash.bytes());
    }

    /// A value that may be absent.
    pub fn optional<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.flag(value.is_some());
        if let Some(value) = value {
            write(self, value);
        }
    }

    /// A list.
    pub fn list<T>(&mut self, list: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.size(list.len());
        list.iter().for_each(|item| write(self, item));
    }
}

/// Reads what a [`Writer`] wrote; nothing where that cannot be.
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Reads from the beginning.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number.
    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            number |= u64::from(byte & 0x7F).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A length or a position.
    pub fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// Yes or no.
    pub fn flag(&mut self) -> Option<bool> {
        Some(self.take(1)?[0] != 0)
    }

    /// Bytes.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.size()?;
        self.take(length)
    }

    /// A text.
    pub fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    /// A hash.
    pub fn hash(&mut self) -> Option<ContentHash> {
        Some(ContentHash::from_bytes(self.take(16)?.try_into().ok()?))
    }

    /// A value that may be absent.
    pub fn optional<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if self.flag()? { read(self).map(Some) } else { Some(None) }
    }

    /// A list. A length that cannot be true takes no memory.
    pub fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.size()?;
        let mut list = Vec::with_capacity(length.min(self.0.len()));
        for _ in 0..length {
            list.push(read(self)?);
        }
        Some(list)
    }

    /// Whether everything was read.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Reader, Writer};

    #[test]
    fn what_was_written_is_read() {
        let mut writer = Writer::default();
        for number in [0, 127, 128, 300, u64::MAX] {
            writer.number(number);
        }
        writer.text("رہنما");
        writer.optional(None::<u64>, Writer::number);
        writer.list(&[1u64, 2], |writer, number| writer.number(*number));
        let bytes = writer.into_bytes();
        let mut reader = Reader::new(&bytes);
        for number in [0, 127, 128, 300, u64::MAX] {
            assert_eq!(reader.number(), Some(number));
        }
        assert_eq!(reader.text(), Some("رہنما"));
        assert_eq!(reader.optional(Reader::number), Some(None));
        assert_eq!(reader.list(Reader::number), Some(vec![1, 2]));
        assert!(reader.is_done());
        for length in 0..bytes.len() {
            let mut cut = Reader::new(&bytes[..length]);
            while cut.number().is_some() {}
        }
        let mut liar = Writer::default();
        liar.number(u64::MAX);
        assert_eq!(Reader::new(&liar.into_bytes()).list(Reader::number), None);
    }
}
