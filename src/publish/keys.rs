//! Names of the objects that publishing keeps beside a site.

use std::fmt::Write;

use crate::hash::Sha256;

/// Where they stand. Hosts hide whatever begins so.
const FOLDER: &str = ".rahnuma/";

/// An object in a site's store, by its path below the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// A file of the site, or of somebody else.
    File(String),
    /// A release.
    Release(u32),
    /// Bytes that a release had.
    Kept(u32, Sha256),
    /// A release that somebody makes: its number, and which try it is.
    Begun(u32, u32),
    /// What such a try has put: its number, which try, which part.
    Journal(u32, u32, u32),
    /// Something below our folder that no version of the program is known to make.
    Unknown,
}

impl Key {
    /// Reads a path.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let Some(own) = path.strip_prefix(FOLDER) else { return Self::File(path.to_owned()) };
        Self::own(own).unwrap_or(Self::Unknown)
    }

    fn own(name: &str) -> Option<Self> {
        let (folder, name) = name.split_once('/')?;
        match folder {
            "releases" => Some(Self::Release(name.parse().ok()?)),
            "kept" => {
                let (number, hash) = name.split_once('-')?;
                Some(Self::Kept(number.parse().ok()?, from_hex(hash)?))
            }
            "begun" => {
                let parts: Vec<u32> = name.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
                match *parts.as_slice() {
                    [number, attempt] => Some(Self::Begun(number, attempt)),
                    [number, attempt, part] => Some(Self::Journal(number, attempt, part)),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// Where a release stands.
#[must_use]
pub fn release_key(number: u32) -> String {
    format!("{FOLDER}releases/{number:08}")
}

/// Where bytes stand that a release had.
#[must_use]
pub fn kept(number: u32, hash: Sha256) -> String {
    let mut key = format!("{FOLDER}kept/{number:08}-");
    hash.bytes().iter().for_each(|byte| {
        // Writing to memory cannot fail.
        let _ = write!(key, "{byte:02x}");
    });
    key
}

/// What says that somebody makes a release.
#[must_use]
pub fn begun(number: u32, attempt: u32) -> String {
    format!("{FOLDER}begun/{number:08}.{attempt}")
}

/// A part of what they put.
#[must_use]
pub fn journal(number: u32, attempt: u32, part: u32) -> String {
    format!("{}.{part}", begun(number, attempt))
}

fn from_hex(text: &str) -> Option<Sha256> {
    let digit = |at: usize| char::from(*text.as_bytes().get(at)?).to_digit(16);
    let byte = |at: usize| u8::try_from(digit(2 * at)? * 16 + digit(2 * at + 1)?).ok();
    let bytes: Vec<u8> = (0..32).map(byte).collect::<Option<_>>()?;
    (text.len() == 64).then_some(())?;
    Some(Sha256::from_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_were_written() {
        let hash = Sha256::of(b"abc");
        for (name, key) in [
            (release_key(7), Key::Release(7)),
            (release_key(123_456_789), Key::Release(123_456_789)),
            (kept(7, hash), Key::Kept(7, hash)),
            (begun(8, 1), Key::Begun(8, 1)),
            (journal(8, 1, 12), Key::Journal(8, 1, 12)),
            ("en/index.html".into(), Key::File("en/index.html".into())),
        ] {
            assert_eq!(Key::of(&name), key, "{name}");
        }
        for unknown in ["releases/x", "kept/7-00", "kept/7", "begun/8.1.2.3", "begun/8", "own", "more/1"] {
            assert_eq!(Key::of(&format!("{FOLDER}{unknown}")), Key::Unknown, "{unknown}");
        }
        assert!(release_key(10) > release_key(9), "stores list them in this order");
    }
}
