//! What is answered to each address: pages of the site under its own path, the desk under `/_desk/`.

use super::request::{self, Request};
use super::response::{HTML, Response};
use super::state::{Page, Shown};
use super::{Preview, bar, board};
use crate::plan::{Data, Route};
use crate::source::path::SitePath;

/// The desk's own place, which no locale can be called.
pub const DESK: &str = "/_desk/";

/// A worker that takes itself and what it kept away: an earlier server at this address may have left one.
const NO_WORKER: &str = "addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(registration.unregister()));
";

/// An answer at once, or one that goes on.
pub enum Answer {
    /// All of it.
    Whole(Response),
    /// News of a page, as long as it listens.
    News(News),
}

/// What a page knows, to tell it what is new.
pub struct News {
    /// The version that it was told of.
    pub version: u64,
    /// The page; nothing for the desk, which shows every change.
    page: Option<SitePath>,
    /// By what the page was made.
    seen: String,
    /// Whether it was just told to load anew: then it hears on another connection how things stand.
    leaves: bool,
}

impl News {
    /// A page is told to load anew only when what it was made from changed; else what there is to mend, once that is known.
    pub fn of(&mut self, shown: &Shown) -> String {
        self.version = shown.version;
        let now = match &self.page {
            Some(page) => fingerprint(shown, page),
            // The desk shows what was found.
            None if !shown.is_checked() => self.seen.clone(),
            None => shown.edition(),
        };
        if now == self.seen && (!shown.is_checked() || std::mem::take(&mut self.leaves)) {
            return String::new();
        }
        let (errors, warnings) = shown.counts();
        if now == self.seen {
            format!("event: state\ndata: {{\"errors\":{errors},\"warnings\":{warnings}}}\n\n")
        } else {
            self.seen = now;
            self.leaves = !shown.is_checked();
            "event: reload\ndata:\n\n".to_owned()
        }
    }
}

/// By what a page is known again.
pub fn fingerprint(shown: &Shown, page: &SitePath) -> String {
    shown.fingerprint(page).map_or_else(|| "none".to_owned(), |hash| hash.to_string())
}

/// The answer to a request.
pub fn to(preview: &Preview, request: &Request) -> Answer {
    let path = request.path.as_str();
    if path == "/_desk/events" {
        let page = SitePath::new(request.value("page")).ok();
        return Answer::News(News { version: 0, page, seen: request.value("seen").to_owned(), leaves: false });
    }
    Answer::Whole(match path {
        "/_desk" => Response::moved(DESK),
        "/_desk/desk.css" => Response::of(200, "text/css; charset=utf-8", include_str!("desk.css").as_bytes()),
        "/_desk/desk.js" => Response::of(200, "text/javascript; charset=utf-8", include_str!("desk.js").as_bytes()),
        DESK => Response::of(200, HTML, board::page(preview, &preview.state.now()).into_bytes()),
        "/_desk/findings" => Response::of(200, HTML, board::findings_only(preview, &preview.state.now()).into_bytes()),
        _ => of_site(preview, path),
    })
}

/// What stands at an address of the site.
fn of_site(preview: &Preview, path: &str) -> Response {
    let shown = preview.state.now();
    let renderer = shown.good.as_ref().and_then(|good| good.renderer());
    let base = renderer.map_or("/", |renderer| renderer.site().config.base_path());
    // The path of a base may have escapes; what was asked for has none any more.
    let plain = request::decoded(base).unwrap_or_default();
    let Some(rest) = path.strip_prefix(plain.as_str()) else {
        let is_root = path == "/" || format!("{path}/") == plain;
        return if is_root { Response::moved(base) } else { missing(preview, &shown, "") };
    };
    let name = if rest.is_empty() || rest.ends_with('/') { format!("{rest}index.html") } else { rest.to_owned() };
    let Ok(site_path) = SitePath::new(&name) else { return missing(preview, &shown, rest) };
    match shown.good.as_ref().and_then(|good| good.route(&site_path)) {
        Some(Route::Data(Data::Worker)) => {
            return Response::of(200, "text/javascript; charset=utf-8", NO_WORKER.as_bytes());
        }
        Some(Route::Data(Data::Saved(..) | Data::SavedCarriers)) => {
            return Response::words(404, "a preview is not kept on devices");
        }
        Some(Route::Data(Data::Robots)) => return Response::words(200, "User-agent: *\nDisallow: /"),
        Some(_) => {}
        None => {
            let folder = SitePath::new(&format!("{name}/index.html")).ok();
            let is_folder = folder.and_then(|folder| shown.good.as_ref()?.route(&folder).map(drop)).is_some();
            return if is_folder { Response::moved(&format!("{base}{rest}/")) } else { missing(preview, &shown, rest) };
        }
    }
    made(preview, &shown, &site_path, 200)
}

/// A file, pages with the bar below them.
fn made(preview: &Preview, shown: &Shown, path: &SitePath, status: u16) -> Response {
    match preview.state.page(shown, path) {
        Page::Made(HTML, bytes) => Response::of(status, HTML, bar::below(preview, shown, path, &bytes)),
        Page::Made(kind, bytes) => Response::of(status, kind, bytes),
        Page::Failed(Some(before)) => Response::of(status, HTML, bar::below(preview, shown, path, &before)),
        Page::Failed(None) => broken(preview, &preview.state.now(), path.as_str()),
        Page::Absent => Response::words(404, "there is no page at this address"),
    }
}

/// What is wrong, in the place of a page that cannot be made.
fn broken(preview: &Preview, shown: &Shown, page: &str) -> Response {
    let seen = SitePath::new(page).map_or_else(|_| "none".to_owned(), |page| fingerprint(shown, &page));
    Response::of(503, HTML, board::broken(preview, shown, (page, &seen)).into_bytes())
}

/// The site's own page for lost addresses, in the language of the address; or what is wrong, while there is no site.
fn missing(preview: &Preview, shown: &Shown, rest: &str) -> Response {
    if shown.good.is_none() {
        return broken(preview, shown, "index.html");
    }
    let locale = rest.split('/').next().unwrap_or_default();
    let own = SitePath::new(&format!("{locale}/404.html")).ok();
    let own = own.filter(|own| shown.good.as_ref().is_some_and(|good| good.route(own).is_some()));
    match own.or_else(|| SitePath::new("404.html").ok()) {
        Some(path) => made(preview, shown, &path, 404),
        None => Response::words(404, "there is no page at this address"),
    }
}
