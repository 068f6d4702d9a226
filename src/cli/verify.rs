//! `verify`: whether a copy of the site is what a build made.

use std::path::PathBuf;

use clap::Args;

use super::build::plural;
use super::terminal::{self, Terminal};
use super::{CONTENT, FAILURE};
use crate::edge::disk::{self, Difference};

#[derive(Args)]
pub struct VerifyArguments {
    /// The site's folder.
    #[arg(value_name = "DIR", default_value = "public")]
    folder: PathBuf,
}

/// Compares a folder with its manifest; a line for each file that differs.
pub fn verify(arguments: &VerifyArguments, terminal: &Terminal) -> u8 {
    let verified = match disk::verify(&arguments.folder) {
        Ok(verified) => verified,
        Err(error) => {
            terminal::fail(&error.to_string());
            return FAILURE;
        }
    };
    let lines = verified.different.iter().map(|(path, difference)| {
        let what = match difference {
            Difference::Missing => "missing",
            Difference::Changed => "changed",
            Difference::Foreign => "foreign",
        };
        // A name may hold anything.
        format!("{what} {}\n", path.escape_debug())
    });
    let told = terminal::data(&lines.collect::<Vec<_>>().concat());
    let files = plural(verified.files, "file");
    let (code, found) = match verified.different.len() {
        0 => (0, "all as they were built".to_owned()),
        1 => (CONTENT, "1 difference".to_owned()),
        more => (CONTENT, format!("{more} differences")),
    };
    terminal.say(&format!("compared {files} with their SHA-256: {found}"));
    if told == 0 { code } else { told }
}
