//! In which order files go to readers, and what the store is told of each.

use crate::render;
use crate::source::path::SitePath;

/// The steps of a publication, in their order. After each of them, and within, every page that is served finds what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// What pages show and run: styles, scripts, pictures, fonts, web manifests.
    Assets,
    /// Pages that nothing leads to yet.
    NewPages,
    /// Pages that readers have.
    Pages,
    /// What names pages with their hashes: lists for devices, the worker, feeds, data.
    Lists,
}

/// What stands at the root and is a list although its name is that of a script.
const WORKER: &str = "sw.js";

/// Endings of files that name others, or are read by themselves.
const LISTS: &[&str] = &["json", "xml", "txt", "ics", ""];

impl Step {
    /// When a file goes; `is_new` says that nothing of ours stands there.
    #[must_use]
    pub fn of(path: &str, is_new: bool) -> Self {
        let ending = plain(path).rsplit('/').next().and_then(|name| name.trim_start_matches('.').rsplit_once('.'));
        let ending = ending.map_or("", |(_, ending)| ending);
        match ending {
            _ if path.starts_with("assets/") => Self::Assets,
            "html" | "htm" if is_new => Self::NewPages,
            "html" | "htm" => Self::Pages,
            _ if plain(path) == WORKER || LISTS.contains(&ending) => Self::Lists,
            _ => Self::Assets,
        }
    }
}

/// The path without the ending that says that it is compressed.
fn plain(path: &str) -> &str {
    let twin = packing(path).and_then(|(ending, _)| path.strip_suffix(ending)).filter(|plain| {
        let ending = plain.rsplit_once('.').map_or("", |(_, ending)| ending);
        render::COMPRESSED.contains(&ending)
    });
    twin.unwrap_or(path)
}

/// How a file of this name is packed, if it is a twin of another.
fn packing(path: &str) -> Option<(&'static str, &'static str)> {
    [render::BROTLI, render::GZIP].into_iter().find(|(ending, _)| path.ends_with(ending))
}

/// What the file holds, as `Content-Type` says it.
#[must_use]
pub fn media_type(path: &str) -> &'static str {
    SitePath::new(plain(path)).map_or("application/octet-stream", |path| render::media_type(&path))
}

/// How long it may be kept, as `Cache-Control` says it.
#[must_use]
pub fn cache_control(path: &str) -> &'static str {
    render::cache_control(path)
}

/// How it is packed, as `Content-Encoding` says it.
#[must_use]
pub fn encoding(path: &str) -> Option<&'static str> {
    packing(path).filter(|_| plain(path) != path).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_go_after_what_they_need_and_before_what_names_them() {
        for (path, step) in [
            ("assets/site.0a1b.css", Step::Assets),
            ("assets/words.json", Step::Assets),
            ("icons/192.png", Step::Assets),
            ("favicon.ico", Step::Assets),
            ("form.pdf", Step::Assets),
            ("own.js", Step::Assets),
            ("en/manifest.webmanifest", Step::Assets),
            ("index.html", Step::Pages),
            ("index.html.gz", Step::Pages),
            ("en/jazz/close-sim/jazz-close-sim.en.htm", Step::Pages),
            ("sw.js", Step::Lists),
            ("sw.js.gz", Step::Lists),
            ("offline/en/jazz.json", Step::Lists),
            ("en/changes/feed.xml", Step::Lists),
            ("en/changes/calendar.ics", Step::Lists),
            ("day.json", Step::Lists),
            ("CNAME", Step::Lists),
            (".nojekyll", Step::Lists),
            (".well-known/security.txt", Step::Lists),
        ] {
            assert_eq!(Step::of(path, false), step, "{path}");
        }
        assert_eq!(Step::of("en/new/index.html", true), Step::NewPages);
        assert!(Step::Assets < Step::NewPages && Step::NewPages < Step::Pages && Step::Pages < Step::Lists);
    }

    #[test]
    fn stores_are_told_what_servers_say() {
        assert_eq!(media_type("en/index.html"), "text/html; charset=utf-8");
        assert_eq!(
            (media_type("en/index.html.gz"), encoding("en/index.html.gz")),
            ("text/html; charset=utf-8", Some("gzip"))
        );
        assert_eq!((media_type("en/feed.xml.br"), encoding("en/feed.xml.br")), (media_type("en/feed.xml"), Some("br")));
        assert_eq!((media_type("own.gz"), encoding("own.gz")), ("application/octet-stream", None));
        assert_eq!((media_type("sw.js"), encoding("sw.js")), ("text/javascript; charset=utf-8", None));
        assert_eq!(cache_control("assets/a.css"), "public, max-age=31536000, immutable");
        assert_eq!(cache_control("icons/192.png"), "public, max-age=86400");
        assert_eq!(cache_control("favicon.ico"), "public, max-age=86400");
        assert_eq!(cache_control("sw.js"), "no-cache");
    }
}
