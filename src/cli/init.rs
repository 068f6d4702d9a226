//! `init`: a small complete site to start from.

use std::path::Path;

use super::FAILURE;
use super::terminal::{self, Terminal};
use crate::edge::disk;
use crate::source::starter;

/// Writes the starter site into a folder.
pub fn init(folder: &Path, terminal: &Terminal) -> u8 {
    match disk::create(folder, starter::FILES) {
        Ok(()) => {
            terminal.say(&format!("made {}; next: cd {0} && rahnuma build", folder.display()));
            0
        }
        Err(problem) => {
            terminal::fail(&problem);
            FAILURE
        }
    }
}
