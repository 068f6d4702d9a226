//! `verify`: whether a copy of the site is what a build made, and what readers have is what was published.

use std::path::PathBuf;

use clap::Args;

use super::build::plural;
use super::terminal::{self, Terminal};
use super::{CONTENT, FAILURE};
use crate::edge::disk::{self, Difference, Verified};

#[derive(Args)]
pub struct VerifyArguments {
    /// The site's folder; where `rahnuma publish` put it, such as `s3://BUCKET/FOLDER`; or where readers find it, such as `https://example.org/`.
    #[arg(value_name = "DIR|URL", default_value = "public")]
    place: String,
    /// The folder that an https:// address is compared with.
    #[arg(long, value_name = "DIR", default_value = "public")]
    site: PathBuf,
}

/// Compares a place with what was written down of it; a line for each file that differs.
pub fn verify(arguments: &VerifyArguments, terminal: &Terminal) -> u8 {
    let verified = match verified(arguments, terminal) {
        Ok(verified) => verified,
        Err(why) => {
            terminal::fail(&why);
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

#[cfg(feature = "publish")]
fn verified(arguments: &VerifyArguments, terminal: &Terminal) -> Result<Verified, String> {
    use crate::edge::store;
    let place = &arguments.place;
    let Some((scheme, _)) = place.split_once("://") else { return in_folder(place) };
    let progress = terminal::Progress::begin(terminal);
    let at = |done, of| progress.at(done, of);
    let verified = if matches!(scheme, "http" | "https") {
        let hashes = disk::hashes(&arguments.site).map_err(|error| error.to_string())?;
        let served = store::verify_served(place, &hashes, &at).map_err(|error| error.to_string());
        served.map(|(verified, moved)| {
            if !moved.is_empty() {
                terminal
                    .say(&format!("{} answered with another address, and not compared", plural(moved.len(), "file")));
            }
            verified
        })
    } else {
        store::open(place, false).and_then(|store| store.verify(&at)).map_err(|error| error.to_string())
    };
    progress.end();
    verified
}

#[cfg(not(feature = "publish"))]
fn verified(arguments: &VerifyArguments, _: &Terminal) -> Result<Verified, String> {
    if arguments.place.contains("://") {
        let without = "this program was built without `publish`, and looks at folders alone";
        return Err(format!("{}: {without}", arguments.site.display()));
    }
    in_folder(&arguments.place)
}

fn in_folder(folder: &str) -> Result<Verified, String> {
    disk::verify(folder.as_ref()).map_err(|error| error.to_string())
}
