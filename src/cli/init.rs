//! `init`: a site to start from.

use std::path::{Path, PathBuf};

use clap::Args;

use super::FAILURE;
use super::terminal::{self, Terminal};
use crate::change::new::site;
use crate::edge::disk;
use crate::parse::schema;
use crate::source::starter;

#[derive(Args)]
pub struct InitArguments {
    /// The folder to make.
    dir: PathBuf,
    /// An empty site in these languages, such as pt,en,ar; the first is the one that guides are written in. An example in Chinese, English
    /// and Urdu if not given.
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    locales: Vec<String>,
    /// What the empty site is called.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

/// Makes the site; what to say next.
fn create(InitArguments { dir, locales, title }: &InitArguments) -> Result<&'static str, String> {
    let editors = schema::editor_files();
    let editors = editors.iter().map(|(name, text)| (name.as_str(), text.as_bytes()));
    let title = match (title, locales.as_slice()) {
        (None, []) => {
            disk::create(dir, &starter::FILES.iter().copied().chain(editors).collect::<Vec<_>>())?;
            return Ok("rahnuma build");
        }
        (Some(_), []) => return Err("say in which languages the site speaks too, as in `--locales pt,en`".into()),
        (None, [first, ..]) => {
            return Err(format!(
                "say what the site is called too, in `{first}`, as in `--title \"My guides\"`; it can be changed later"
            ));
        }
        (Some(title), _) => title,
    };
    let files = site(locales, title)?;
    // What serves a site of any content.
    let beside = starter::FILES.iter().filter(|(name, _)| !name.starts_with("content/")).copied();
    let files = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).chain(beside).chain(editors);
    disk::create(dir, &files.collect::<Vec<_>>())?;
    Ok("rahnuma new carrier ID")
}

/// Writes a site into a folder.
pub fn init(arguments: &InitArguments, terminal: &Terminal) -> u8 {
    let folder = &arguments.dir;
    match create(arguments) {
        Ok(next) => {
            let go = if folder == Path::new(".") { String::new() } else { format!("cd {} && ", folder.display()) };
            terminal.say(&format!("made {}; next: {go}{next}", folder.display()));
            0
        }
        Err(problem) => {
            terminal::fail(&problem);
            FAILURE
        }
    }
}
