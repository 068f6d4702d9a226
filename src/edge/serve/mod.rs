//! The preview: the site as it is now, made page by page as it is looked at, and told of what is saved.
//!
//! Nothing is written. One thread reads and compiles, and waits for the next change; each connection has a thread that makes the
//! pages it asks for from the last site without errors. What a preview adds to pages stands in `bar`, what it shows of the whole
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

use crate::compile::{Compiled, Options, Purpose, compile_again};
use crate::edge::disk::Folder;
use crate::parse::cache::Cache;
use crate::render::escape::escape;
pub use editor::Editor;
use spots::Spot;
use state::State;
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

/// What the terminal hears.
pub trait Listener {
    /// The site was read; the path at which it begins.
    fn ready(&mut self, base: &str, compiled: &Compiled);
    /// The sources changed.
    fn changed(&mut self, compiled: &Compiled);
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
    let mut texts = Cache::default();
    let mut day = (settings.today)();
    preview.state.publish(compiled(&folder, settings, day, &mut texts));
    let shown = preview.state.now();
    let base = shown.good.as_ref().and_then(|good| good.renderer()).map(|renderer| renderer.site().config.base_path());
    told.ready(base.unwrap_or("/"), &shown.now);
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
            let compile = AssertUnwindSafe(|| compiled(&folder, settings, day, &mut texts));
            // What the program did wrong was told on the terminal; what was shown stays.
            if let Ok(compiled) = panic::catch_unwind(compile) {
                preview.state.publish(compiled);
                told.changed(&preview.state.now().now);
            }
        }
    }
    Ok(())
}

fn compiled(folder: &Folder, settings: &Settings<'_>, as_of: Date, texts: &mut Cache) -> Compiled {
    let (tree, unread) = folder.sources();
    let options = Options { as_of, base_url: settings.base_url.clone(), purpose: Purpose::Draft, drafts: true };
    let mut compiled = compile_again(tree, &options, texts, &|_| {});
    compiled.add(unread.to_vec());
    compiled
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
