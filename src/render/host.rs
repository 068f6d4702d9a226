//! What a host is told of the site: one set of rules, and a file for each host that puts them in its words.

mod apache;
mod caddy;
mod netlify;
mod nginx;
mod s3;
mod vercel;

use std::collections::BTreeSet;

use super::Renderer;
use crate::csp::{self, Policy};
use crate::diag::Diagnostic;
use crate::model::address::{Address, Became};
use crate::model::host::Host;
use crate::plan::{Data, Route, path};

/// What holds of a site's answers, whoever sends them. Paths are whole, that of `base_url` included.
pub struct Rules {
    /// Where the site begins, with `/` at both ends.
    pub base: String,
    /// Headers of every answer but how long it may be kept.
    pub headers: Vec<(&'static str, String)>,
    /// Files that are not looked for anew at each visit.
    pub kept: Vec<(Place, &'static str)>,
    /// Old addresses of pages, each with the new one.
    pub moved: Vec<(String, String)>,
    /// What stands for a page that is not there: the site's own, and those of folders.
    pub not_found: String,
    /// Each folder with its page; they lie beside each other.
    pub not_found_below: Vec<(String, String)>,
}

/// Files that share a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Whatever lies below a folder.
    Below(String),
    /// One file.
    At(String),
}

/// Asked for at every visit: pages, lists, the worker. What did not change is not sent again.
pub const ASKED: &str = "no-cache";

/// How long files are kept that are not asked for at every visit, by their place below the site's base; what ends with `/` is a folder.
const KEPT: &[(&str, &str)] = &[("assets/", FOR_EVER), ("icons/", A_DAY), ("favicon.ico", A_DAY)];

/// How long a file of the site may be kept, as `Cache-Control` says it.
#[must_use]
pub fn cache_control(path: &str) -> &'static str {
    let is_at = |place: &str| if place.ends_with('/') { path.starts_with(place) } else { path == place };
    KEPT.iter().find(|(place, _)| is_at(place)).map_or(ASKED, |(_, how_long)| how_long)
}

/// Names that change with what they hold.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Pictures whose name others know.
const A_DAY: &str = "public, max-age=86400";

/// What builds and hosts know of a site; nobody is to read it there.
pub const HIDDEN: &str = ".rahnuma";

/// Brotli, by the ending of its files and by its name in HTTP.
pub const BROTLI: (&str, &str) = (".br", "br");

/// Gzip, in the same way.
pub const GZIP: (&str, &str) = (".gz", "gzip");

/// Files that a server sends compressed, by their endings.
pub const COMPRESSED: &[&str] = &["html", "htm", "css", "js", "json", "svg", "txt", "xml", "ics", "webmanifest"];

/// What scripts of a page may ask the device for: to copy, to share and to stay awake at the counter.
const DEVICE: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-write=(self), web-share=(self), screen-wake-lock=(self)";

/// Who may show a page in a frame can be said in a header only.
const NO_FRAMES: &str = "frame-ancestors 'none'";

impl Rules {
    fn of(renderer: &Renderer) -> Result<Self, Box<Diagnostic>> {
        Ok(Self { headers: headers(renderer)?, ..Self::paths(renderer) })
    }

    /// All but the headers, for which pages have to be made.
    fn paths(renderer: &Renderer) -> Self {
        let (site, config) = (&renderer.site, &renderer.site.config);
        let base = config.base_path().to_owned();
        let at = |file: &str| format!("{base}{file}");
        let page = |ix| at(path(&Route::NotFound(ix), site).as_str());
        let kept = KEPT.iter().map(|(place, how_long)| {
            let whole = at(place);
            (if place.ends_with('/') { Place::Below(whole) } else { Place::At(whole) }, *how_long)
        });
        let folders = config.locales().map(|(ix, locale)| (at(&format!("{}/", locale.id)), page(Some(ix))));
        Self {
            headers: Vec::new(),
            kept: kept.collect(),
            moved: moved(renderer),
            not_found: page(None),
            not_found_below: folders.collect(),
            base,
        }
    }

    /// The path of the site without its closing slash, unless it is the root.
    fn bare_base(&self) -> Option<&str> {
        self.base.strip_suffix('/').filter(|bare| !bare.is_empty())
    }
}

fn headers(renderer: &Renderer) -> Result<Vec<(&'static str, String)>, Box<Diagnostic>> {
    let config = &renderer.site.config;
    let stated = renderer.policies()?;
    let policies: Vec<Policy<'_>> = stated.iter().map(|text| Policy::parse(text)).collect();
    let policy = csp::united(&policies);
    let policy = if policy.is_empty() { NO_FRAMES.to_owned() } else { format!("{policy}; {NO_FRAMES}") };
    let mut headers = vec![
        ("Content-Security-Policy", policy),
        ("Permissions-Policy", DEVICE.to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
    ];
    if config.base_url.starts_with("https://") {
        headers.push(("Strict-Transport-Security", "max-age=31536000".to_owned()));
    }
    if config.preview {
        headers.push(("X-Robots-Tag", "noindex".to_owned()));
    }
    Ok(headers)
}

fn moved(renderer: &Renderer) -> Vec<(String, String)> {
    let site = &renderer.site;
    let gone = site.gone();
    let pairs = gone.iter().filter_map(|(old, became)| match became {
        Became::Moved(new) => Some((old, new)),
        Became::Withdrawn(_) => None,
    });
    let at = |ix, address: &Address| renderer.address(&Route::Moved(ix, address.clone()));
    pairs.flat_map(|(old, new)| renderer.all_locales().into_iter().map(move |ix| (at(ix, old), at(ix, new)))).collect()
}

impl Renderer {
    /// The policies that pages of the site state, as one page of each kind says: templates state them. The audit finds
    /// pages that state another one.
    ///
    /// # Errors
    /// When a template fails.
    pub fn policies(&self) -> Result<BTreeSet<String>, Box<Diagnostic>> {
        let site = &self.site;
        let ix = site.config.source_locale;
        let mut routes = vec![Route::Chooser, Route::NotFound(None), Route::NotFound(Some(ix)), Route::Home(ix)];
        routes.extend([Route::General(ix), Route::Sources(ix), Route::Changes(ix), Route::Offline(ix)]);
        routes.extend(site.compares().then_some(Route::Compare(ix)));
        routes.extend(site.carriers.keys().next().map(|id| Route::Carrier(ix, id.clone())));
        routes.extend(site.own_pages().next().map(|page| Route::Page(ix, page.id.clone())));
        routes.extend(site.gone().into_keys().next().map(|address| Route::Moved(ix, address)));
        let applied = site.guides.values().find(|guide| !guide.application.is_empty());
        routes.extend(applied.map(|guide| Route::Application(ix, guide.key.clone())));
        if let Some(key) = site.guides.keys().next() {
            routes.push(Route::Guide(ix, key.clone()));
            routes.extend(site.config.guide_copies.then(|| Route::Data(Data::Copy(ix, key.clone()))));
        }
        let mut policies = BTreeSet::new();
        for route in routes {
            let file = self.render(&route, &super::Known::default())?;
            policies.insert(csp::stated(&file.bytes).unwrap_or_default());
        }
        Ok(policies)
    }

    /// What a host is told where it is not told by files of the site; nothing where those are all.
    ///
    /// # Errors
    /// When a template fails.
    pub fn host_settings(&self, host: Host) -> Result<Option<String>, Box<Diagnostic>> {
        let write: fn(&Rules) -> String = match host {
            Host::Nginx => nginx::file,
            Host::Caddy => caddy::file,
            Host::S3 => s3::file,
            _ => return Ok(None),
        };
        Ok(Some(write(&Rules::of(self)?)))
    }

    /// A file that the site's host reads.
    pub(super) fn host_file(&self, host: Host, name: &str) -> Result<String, Box<Diagnostic>> {
        let write: fn(&Rules) -> String = match (host, name) {
            (Host::Netlify | Host::CloudflarePages, "_headers") => netlify::headers,
            (Host::Netlify, _) => return Ok(netlify::redirects(&Rules::paths(self))),
            (Host::CloudflarePages, _) => return Ok(netlify::cloudflare_redirects(&Rules::paths(self))),
            (Host::Vercel, "vercel.json") => vercel::file,
            (Host::Vercel, _) => return Ok(format!("{HIDDEN}*\n")),
            (Host::Apache, _) => apache::file,
            // That the file is there is all that GitHub looks for.
            _ => return Ok(String::new()),
        };
        Ok(write(&Rules::of(self)?))
    }
}

/// A path as servers see it once they have read an address: without `%`.
fn decoded(path: &str) -> String {
    let (mut out, mut rest) = (Vec::new(), path.as_bytes());
    while let [first, behind @ ..] = rest {
        let digits = behind.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// A word in a file of settings.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A path as a regular expression that matches nothing else.
fn literal(path: &str) -> String {
    path.chars().flat_map(|c| ".+*?()[]{}|^$\\".contains(c).then_some('\\').into_iter().chain([c])).collect()
}
