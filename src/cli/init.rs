//! `init`: a site to start from.

use std::path::PathBuf;

use clap::Args;

use super::FAILURE;
use super::terminal::{self, Terminal};
use crate::change::new::site;
use crate::edge::disk;
use crate::source::starter;

#[derive(Args)]
pub struct InitArguments {
    /// The folder to make.
    dir: PathBuf,
    /// An empty site in these languages, such as pt,en,ar; the first is the one that guides are written in. An example in Chinese, English
    /// and Urdu if not given.
    #[arg(long, value_name = "TAG", value_delimiter = ',', requires = "title")]
    locales: Vec<String>,
    /// What the empty site is called.
    #[arg(long, value_name = "TEXT", requires = "locales")]
    title: Option<String>,
}

/// Writes a site into a folder.
pub fn init(arguments: &InitArguments, terminal: &Terminal) -> u8 {
    let folder = &arguments.dir;
    let done = match &arguments.title {
        None => disk::create(folder, starter::FILES).map(|()| "rahnuma build"),
        Some(title) => site(&arguments.locales, title).and_then(|files| {
            // What serves a site of any content.
            let beside = starter::FILES.iter().filter(|(name, _)| !name.starts_with("content/")).copied();
            let files = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).chain(beside);
            disk::create(folder, &files.collect::<Vec<_>>())?;
            Ok("rahnuma new carrier ID")
        }),
    };
    match done {
        Ok(next) => {
            terminal.say(&format!("made {}; next: cd {0} && {next}", folder.display()));
            0
        }
        Err(problem) => {
            terminal::fail(&problem);
            FAILURE
        }
    }
}
