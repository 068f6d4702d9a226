//! The preview: the site as it is now, made page by page as it is looked at, and told of what is saved.
//!
//! Nothing is written. One thread reads and compiles, shows what it has, checks it, and waits for the next change; each connection has a
//! thread that makes the pages it asks for from the last site whose pages can be made. What a preview adds to pages stands in `bar`, what it shows of the whole
//! site in `board`.

mod answer;
mod bar;
mod board;
mod connections;
mod editor;
mod request;
mod response;
mod spots;
mod state;
mod subject;
mod timeline;
mod translation;
mod watch;

use std::net::TcpListener;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use jiff::civil::Date;

use crate::compile::{Memory, Options, Purpose, compile_unchecked};
use crate::diag::Diagnostic;
use crate::edge::disk::Folder;
use crate::render::escape::escape;
use crate::source::tree::SourceTree;
pub use editor::Editor;
use spots::Spot;
use state::{Shown, State};
use watch::Watch;

/// How often it is looked whether a new day began.
const DAY_WATCH: Duration = Duration::from_mins(1);

/// What answers are made from.
pub struct Preview {
    state: State,
    editor: Editor,
    /// The site's folder.
    root: PathBuf,
}

/// What a preview is of.
pub struct Settings<'a> {
    /// The folder that holds `content`.
    pub root: &'a Path,
    /// Another address than the one in `site.yaml`.
    pub base_url: Option<String>,
    /// The day it is.
    pub today: &'a dyn Fn() -> Date,
    /// How lines are opened.
    pub editor: Editor,
}

/// What is wrong with the sources of a tree.
pub struct Found<'a> {
    /// Everything that was found.
    pub all: Vec<Diagnostic>,
    /// Where it points.
    pub tree: &'a SourceTree,
}

/// What the terminal hears.
pub trait Listener {
    /// The site was read; the path at which it begins, and what was found.
    fn ready(&mut self, base: &str, found: &Found<'_>);
    /// The sources changed.
    fn changed(&mut self, found: &Found<'_>);
    /// What is saved from now on goes unnoticed, and why.
    fn blind(&mut self, why: &str);
}

/// Serves a preview until the program ends.
///
/// # Errors
/// When there is no thread to answer on.
pub fn serve(listener: TcpListener, settings: &Settings<'_>, told: &mut dyn Listener) -> std::io::Result<()> {
    let mut folder = Folder::open(settings.root);
    // Watching begins before anything is shown, so that no change is lost between.
    let watch = Watch::begin(folder.root());
    let root = folder.root().to_owned();
    let preview = Arc::new(Preview { state: State::default(), editor: settings.editor.clone(), root });
    let answering = Arc::clone(&preview);
    thread::Builder::new().name("accept".into()).spawn(move || connections::accept(&listener, &answering))?;
    let mut memory = Memory::default();
    let mut day = (settings.today)();
    show(&preview, &folder, settings, day, &mut memory);
    let shown = preview.state.now();
    let base = shown.good.as_ref().and_then(|good| good.renderer()).map(|renderer| renderer.site().config.base_path());
    told.ready(base.unwrap_or("/"), &found(&shown));
    drop(shown);
    let mut watch = match watch {
        Ok(watch) => watch,
        Err(why) => {
            told.blind(&why);
            loop {
                thread::park();
            }
        }
    };
    while let Some(paths) = watch.wait(DAY_WATCH) {
        let today = (settings.today)();
        if folder.look_at(&paths) || today != day {
            day = today;
            let show = AssertUnwindSafe(|| show(&preview, &folder, settings, day, &mut memory));
            // What the program did wrong was told on the terminal; what was shown stays.
            if panic::catch_unwind(show).is_ok() {
                told.changed(&found(&preview.state.now()));
            }
        }
    }
    Ok(())
}

/// Everything that is wrong with what is shown.
fn found(shown: &Shown) -> Found<'_> {
    Found { all: shown.findings().cloned().collect(), tree: &shown.now.tree }
}

/// Compiles what a folder holds and shows it: at once where its pages can be made, and what is wrong when it was checked.
fn show(preview: &Preview, folder: &Folder, settings: &Settings<'_>, as_of: Date, memory: &mut Memory) {
    let (tree, unread) = folder.sources();
    let options = Options { as_of, base_url: settings.base_url.clone(), purpose: Purpose::Draft, drafts: true };
    let (mut compiled, unchecked) = compile_unchecked(tree, &options, memory, &|_| {});
    compiled.add(unread.to_vec());
    let is_early = !compiled.has_errors() && compiled.renderer().is_some();
    let compiled = Arc::new(compiled);
    if is_early {
        preview.state.publish(Arc::clone(&compiled), None);
    }
    let check = AssertUnwindSafe(|| unchecked.map(|unchecked| unchecked.check(&compiled, &mut memory.clean)));
    // What the program did wrong was told on the terminal.
    let found = panic::catch_unwind(check).ok().flatten().unwrap_or_default();
    if is_early {
        preview.state.end_check(found);
    } else {
        preview.state.publish(compiled, Some(found));
    }
}

/// A link to a place in the editor's program, called by its own words or by the place; without a program the place alone.
fn desk_link(preview: &Preview, spot: &Spot, words: &str) -> String {
    let place = format!("{}:{}", spot.file, spot.line);
    let shown = escape(if words.is_empty() { &place } else { words });
    match preview.editor.link(&preview.root, spot) {
        Some(link) => format!("<a class=\"edit\" href=\"{}\" title=\"{}\">{shown}</a>", escape(&link), escape(&place)),
        None if words.is_empty() => format!("<code>{shown}</code>"),
        None => format!("<span title=\"{}\">{shown}</span>", escape(&place)),
    }
}
