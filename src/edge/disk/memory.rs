//! What a build remembers for the next, in the folder beside the target.

use std::path::Path;

use super::file::{self, FileStamp};
use super::stage::Stage;
use crate::codec::{Reader, Writer};
use crate::hash::{ContentHash, Hasher};
use crate::output::Remembered;

/// What an earlier build remembered of texts and pages.
pub type Memory = Remembered<FileStamp>;

/// What the last build of a target remembered; nothing on any doubt.
#[must_use]
pub fn remembered(target: &Path) -> Memory {
    let bytes = Stage::remembered(target).unwrap_or_default();
    Memory::read(&bytes, program(), read_stamp).unwrap_or_default()
}

/// As bytes to be remembered.
pub(super) fn write(memory: &Memory) -> Vec<u8> {
    memory.write(program(), |out, stamp| {
        out.number(stamp.length);
        out.bytes(&stamp.modified.to_le_bytes());
        out.number(stamp.inode);
    })
}

fn read_stamp(reader: &mut Reader<'_>) -> Option<FileStamp> {
    let length = reader.number()?;
    let modified = i128::from_le_bytes(reader.bytes()?.try_into().ok()?);
    Some(FileStamp { length, modified, inode: reader.number()? })
}

/// Which program this is, on any machine: by the bytes of its file. A program that cannot be read is like no other.
pub(super) fn program_anywhere() -> ContentHash {
    let bytes =
        std::env::current_exe().ok().and_then(|program| file::read(&program, u64::from(u32::MAX)).ok().flatten());
    bytes.map_or_else(program, |bytes| ContentHash::of(&bytes))
}

/// Which program this is: another one may make other pages of the same inputs.
fn program() -> ContentHash {
    let mut hash = Hasher::default();
    hash.add_text(env!("CARGO_PKG_VERSION"));
    let stamp = std::env::current_exe().ok().and_then(|program| file::stamp(&program));
    // A program that cannot be looked at remembers nothing that another would take for its own.
    let stamp = stamp.unwrap_or(FileStamp { length: 0, modified: 0, inode: u64::from(std::process::id()) });
    let mut out = Writer::default();
    out.number(stamp.length);
    out.bytes(&stamp.modified.to_le_bytes());
    out.number(stamp.inode);
    hash.add(&out.into_bytes());
    hash.finish()
}
