//! `publish` and `rollback`: a built site into a store, and back to what it was.

use std::fmt::Write;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use super::build::plural;
use super::terminal::{self, Progress, Terminal};
use super::{FAILURE, day};
use crate::edge::disk;
use crate::edge::store::{self, Done, Job, Source, Store};
use crate::parse::site_file;
use crate::publish::{Plan, Terms};
use crate::source::path::SitePath;

#[derive(Args)]
pub struct PublishArguments {
    /// Where to: `s3://BUCKET/FOLDER`, `gs://BUCKET/FOLDER`, `az://CONTAINER/FOLDER` or `file:///FOLDER`.
    url: String,
    /// The site's folder; `public` in the root folder if not given.
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
    /// Replace files that stand there and were not put by `rahnuma publish`.
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    common: Common,
}

#[derive(Args)]
pub struct RollbackArguments {
    /// Where the site is: `s3://BUCKET/FOLDER`, `gs://BUCKET/FOLDER`, `az://CONTAINER/FOLDER` or `file:///FOLDER`.
    url: String,
    /// The number of the release to go back to; the one before what readers have if not given.
    release: Option<u32>,
    /// List the releases that can be gone back to, and do nothing.
    #[arg(long, conflicts_with = "release")]
    list: bool,
    #[command(flatten)]
    common: Common,
}

#[derive(Args)]
struct Common {
    /// Print what would be put and deleted, in that order, and do nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write the addresses at which readers get something else into this file, one a line, for a CDN to forget.
    #[arg(long, value_name = "FILE")]
    purge_list: Option<PathBuf>,
    /// The folder that holds `content`.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Another address than `base_url` in site.yaml, for the purge list.
    #[arg(long, value_name = "URL", value_parser = super::base_url)]
    base_url: Option<String>,
    /// How long another run that publishes there may say nothing before it counts as stopped, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=3600))]
    wait: u64,
}

/// Publishes a built site.
pub fn publish(arguments: &PublishArguments, terminal: &Terminal) -> u8 {
    let common = &arguments.common;
    let folder = arguments.site.clone().unwrap_or_else(|| common.root.join("public"));
    let built = disk::built(&folder).map_err(|error| error.to_string());
    let done = built.and_then(|files| {
        let store = open(&arguments.url, !common.dry_run)?;
        carry_out(&store, Source::Folder(folder, files), arguments.replace, common, terminal)
    });
    finished(done, common, terminal)
}

/// Goes back to an earlier release.
pub fn rollback(arguments: &RollbackArguments, terminal: &Terminal) -> u8 {
    let store = match open(&arguments.url, false) {
        Ok(store) => store,
        Err(why) => return failed(&why),
    };
    if arguments.list {
        return list(&store);
    }
    let common = &arguments.common;
    let done = carry_out(&store, Source::Release(arguments.release), true, common, terminal);
    finished(done, common, terminal)
}

fn open(url: &str, may_make: bool) -> Result<Store, String> {
    store::open(url, may_make).map_err(|error| error.to_string())
}

fn failed(why: &str) -> u8 {
    terminal::fail(why);
    FAILURE
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
fn carry_out(
    store: &Store,
    source: Source,
    replace: bool,
    common: &Common,
    terminal: &Terminal,
) -> Result<Done, String> {
    let text = site_text(&common.root);
    let (base_url, keep_assets_days) = site_file::published(&text);
    let base_url = common.base_url.clone().or(base_url);
    if common.purge_list.is_some() && base_url.is_none() {
        return Err("where does the site stand? Say it with --base-url, for the purge list".into());
    }
    let progress = Progress::begin(terminal);
    let job = Job {
        source,
        terms: Terms { today: day::today_in(&common.root), keep_assets_days },
        now: jiff::Timestamp::now(),
        run: format!("{:016x}", RandomState::new().build_hasher().finish()),
        replace,
        patience: Duration::from_secs(common.wait),
        progress: &|done, of| progress.at(done, of),
        note: &|line| terminal.say(line),
        before_live: &|plan| purge(plan, common.purge_list.as_deref(), base_url.as_deref().unwrap_or_default()),
    };
    let done = if common.dry_run { store.preview(&job) } else { store.publish(&job) };
    progress.end();
    done.map_err(|error| error.to_string())
}

#[expect(clippy::disallowed_methods, reason = "the command line is told of folders on the disk")]
fn site_text(root: &Path) -> String {
    std::fs::read_to_string(root.join(crate::source::layout::SITE)).unwrap_or_default()
}

/// Writes the addresses at which something changes, before it does: a run that is stopped later leaves the whole list.
#[expect(clippy::disallowed_methods, reason = "the command line is told of files on the disk")]
fn purge(plan: &Plan, file: Option<&Path>, base_url: &str) -> Result<(), String> {
    let Some(file) = file else { return Ok(()) };
    let address = |path: &str| SitePath::new(path).map_or_else(|_| path.to_owned(), |path| path.address().to_owned());
    let mut lines: Vec<String> =
        plan.changed().map(|path| format!("{base_url}{}\n", encoded(&address(path)))).collect();
    lines.sort();
    std::fs::write(file, lines.concat())
        .map_err(|error| format!("{} cannot be written: {}", file.display(), disk::reason(&error)))
}

/// A path as it stands in an address.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to memory cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Tells what was done, or would be.
fn finished(done: Result<Done, String>, common: &Common, terminal: &Terminal) -> u8 {
    let Done { plan, origin } = match done {
        Ok(done) => done,
        Err(why) => return failed(&why),
    };
    let number = plan.number;
    let release =
        if origin == number { format!("release {number}") } else { format!("release {number}, as release {origin},") };
    for path in &plan.mended {
        terminal::note(&format!(
            "somebody else changed {} since it was published; it is put again",
            path.escape_debug()
        ));
    }
    let (put, deleted, there) = (plan.puts.len(), plan.deletions.len(), plan.there.len());
    let counts = format!("{} to put, {deleted} to delete, {there} there already", plural(put, "file"));
    if common.dry_run {
        let would = if plan.is_new { format!("make {release}") } else { format!("change nothing: {release} is live") };
        terminal.say(&format!("would {would}; {counts}"));
        let puts = plan.puts.iter().map(|put| format!("put {}\n", put.path.escape_debug()));
        let deletions = plan.deletions.iter().map(|deletion| format!("delete {}\n", deletion.path.escape_debug()));
        return terminal::data(&puts.chain(deletions).collect::<String>());
    }
    if plan.is_new {
        terminal
            .say(&format!("{release} is live: {} put, {deleted} deleted, {there} as they were", plural(put, "file")));
    } else {
        terminal.say(&format!("nothing changed: {release} is live; {deleted} deleted"));
    }
    0
}

fn list(store: &Store) -> u8 {
    let releases = match store.releases() {
        Ok(releases) => releases,
        Err(error) => return failed(&error.to_string()),
    };
    let live = releases.last().map(|release| release.number);
    let lines = releases.iter().rev().map(|release| {
        let files = plural(release.files.len(), "file");
        let made = release.made.strftime("%Y-%m-%d %H:%M UTC");
        let origin =
            if release.origin == release.number { String::new() } else { format!(", as release {}", release.origin) };
        let live = if live == Some(release.number) { ", live" } else { "" };
        format!("{} of {made}: {files}{origin}{live}\n", release.number)
    });
    terminal::data(&lines.collect::<String>())
}
