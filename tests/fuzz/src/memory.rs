//! What a build remembers for the next one. The hash that closes it is made to fit, or nothing behind it would ever be read.

use rahnuma::hash::ContentHash;
use rahnuma::output::Remembered;

const PROGRAM: [u8; 16] = [0; 16];

/// Lengths, times and inodes, as a build on a disk writes them.
type Stamp = (u64, Vec<u8>, u64);

fn read(bytes: &[u8]) -> Option<Remembered<Stamp>> {
    Remembered::read(bytes, ContentHash::from_bytes(PROGRAM), |reader| {
        Some((reader.number()?, reader.bytes()?.to_vec(), reader.number()?))
    })
}

/// Looks at an input.
pub fn run(data: &[u8]) {
    let mut bytes = [&PROGRAM, data].concat();
    let hash = ContentHash::of(&bytes);
    bytes.extend_from_slice(&hash.bytes());
    // What was read says the same when it is written and read again.
    if let Some(memory) = read(&bytes) {
        let write = |memory: &Remembered<Stamp>| {
            memory.write(ContentHash::from_bytes(PROGRAM), |out, (length, modified, inode)| {
                out.number(*length);
                out.bytes(modified);
                out.number(*inode);
            })
        };
        let written = write(&memory);
        let again = read(&written).expect("what is written can be read");
        assert!(write(&again) == written);
    }
}
