//! The bytes of a page as a tokenizer of the HTML standard sees them, down to what the rules look at. It shares nothing with what wrote
//! them.

use std::ops::Range;

use html5gum::Tokenizer;

use super::tokens::Tokens;
use crate::csp::Origin;
use crate::hash::Sha256;

/// What the rules look at.
#[derive(Debug, Default)]
pub struct Page {
    /// The language and direction of the whole; empty where it states none.
    pub lang: String,
    /// See `lang`.
    pub dir: String,
    /// Whether its title says something.
    pub titled: bool,
    /// The policy it states.
    pub policy: Option<String>,
    /// Ids in order.
    pub ids: Vec<String>,
    /// Headings in order: the level, and the first of the words.
    pub headings: Vec<(u8, String)>,
    /// Where links lead.
    pub links: Vec<String>,
    /// What is loaded, with the name of its kind in policies.
    pub loads: Vec<(&'static str, String)>,
    /// What runs or styles from within the page.
    pub inline: Vec<Inline>,
    /// Ids that labels name.
    pub labelled: Vec<String>,
    /// Fields outside of labels, without a name of their own: their ids.
    pub fields: Vec<String>,
}

/// Something that runs or styles from within a page.
#[derive(Debug)]
pub struct Inline {
    /// Its kind in policies.
    pub kind: &'static str,
    /// Where it comes from.
    pub origin: Origin,
    /// What it is.
    pub what: String,
    /// How a template may say it.
    pub traces: Vec<String>,
}

/// The kind of an address that forms are sent to.
pub const FORM: &str = "form-action";

/// The kind of an address that others are seen from.
pub const BASE: &str = "base-uri";

/// Reads a page.
#[must_use]
pub fn page(html: &[u8]) -> Page {
    let mut reader = Reader::default();
    // Reading from memory cannot fail.
    let _ = Tokenizer::new_with_emitter(html, Tokens::new(&mut reader)).finish();
    reader.page
}

#[derive(Default)]
pub(super) struct Reader {
    page: Page,
    /// The start tag at hand.
    tag: Tag,
    /// How many `template` and `label` elements are open.
    templates: usize,
    labels: usize,
    in_title: bool,
    /// Whether a heading is open that said nothing yet.
    in_heading: bool,
    /// What a style sheet or script within the page says, as long as it is open.
    own: Option<Vec<u8>>,
}

/// A start tag with the attributes that rules look at.
#[derive(Default)]
struct Tag {
    name: String,
    /// Each with the place of its value among `values`.
    attributes: Vec<(&'static str, Range<usize>)>,
    values: String,
}

/// Attributes that rules look at.
const KNOWN: &[&str] = &[
    "id",
    "href",
    "src",
    "for",
    "type",
    "rel",
    "style",
    "lang",
    "dir",
    "content",
    "http-equiv",
    "aria-label",
    "aria-labelledby",
    "data",
    "srcset",
    "imagesrcset",
    "poster",
    "action",
    "formaction",
    "as",
    "xlink:href",
];

/// How attributes are called that would run something; their value is their name.
const ON: &str = "on";

impl Reader {
    /// A start tag begins.
    pub(super) fn begin(&mut self) {
        self.tag.attributes.clear();
        self.tag.values.clear();
    }

    /// An attribute of the start tag at hand.
    pub(super) fn attribute(&mut self, name: &[u8], value: &[u8]) {
        let known = KNOWN.iter().find(|known| known.as_bytes() == name);
        let (name, value) = match known {
            Some(known) => (*known, value),
            None if name.starts_with(ON.as_bytes()) => (ON, name),
            None => return,
        };
        let from = self.tag.values.len();
        self.tag.values.push_str(&String::from_utf8_lossy(value));
        self.tag.attributes.push((name, from..self.tag.values.len()));
    }

    /// The start tag at hand is complete.
    pub(super) fn start(&mut self, name: &[u8]) {
        self.tag.name.clear();
        self.tag.name.push_str(&String::from_utf8_lossy(name));
        self.element();
    }

    /// Text between tags.
    pub(super) fn text(&mut self, text: &[u8]) {
        if let Some(own) = &mut self.own {
            own.extend(text);
        } else if self.in_title {
            self.page.titled |= text.iter().any(|byte| !byte.is_ascii_whitespace());
        } else if self.in_heading
            && let Some((_, words)) = self.page.headings.last_mut()
        {
            words.push_str(String::from_utf8_lossy(text).trim());
            self.in_heading = words.is_empty();
        }
    }

    /// An end tag.
    pub(super) fn end(&mut self, name: &[u8]) {
        match name {
            b"template" => self.templates = self.templates.saturating_sub(1),
            b"label" => self.labels = self.labels.saturating_sub(1),
            b"title" => self.in_title = false,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => self.in_heading = false,
            b"style" | b"script" => {
                if let (Some(own), Some(inline)) = (self.own.take(), self.page.inline.last_mut()) {
                    inline.origin = Origin::Element(Sha256::of(&own));
                    let own = String::from_utf8_lossy(&own);
                    let first = own.split(['\n', '{', '(']).map(str::trim).find(|part| !part.is_empty());
                    inline.traces.splice(..0, first.map(|first| format!("<{}>{first}", String::from_utf8_lossy(name))));
                }
            }
            _ => {}
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.tag.attributes.iter().find(|(own, _)| *own == name);
        found.map(|(_, place)| &self.tag.values[place.clone()])
    }

    fn owned(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }

    fn element(&mut self) {
        self.inline();
        match self.tag.name.as_str() {
            "html" => (self.page.lang, self.page.dir) = (self.owned("lang"), self.owned("dir")),
            "title" => self.in_title = true,
            "meta" => self.meta(),
            "link" => self.link(),
            "a" | "area" => {
                let address = self.get("href").map(str::to_owned);
                self.page.links.extend(address);
            }
            "script" => self.load("script-src", "src"),
            "img" | "source" | "image" | "use" => self.picture(),
            "audio" | "video" | "track" => {
                self.load("media-src", "src");
                self.load("img-src", "poster");
            }
            "iframe" | "frame" => self.load("frame-src", "src"),
            "embed" => self.load("object-src", "src"),
            "object" => self.load("object-src", "data"),
            "base" => self.load(BASE, "href"),
            "form" => self.load(FORM, "action"),
            "button" => self.load(FORM, "formaction"),
            "template" => self.templates += 1,
            "label" => self.label(),
            "input" | "select" | "textarea" => self.field(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.templates == 0 => {
                self.page.headings.push((self.tag.name.as_bytes()[1] - b'0', String::new()));
                self.in_heading = true;
            }
            _ => {}
        }
        if self.templates == 0 {
            let id = self.get("id").map(str::to_owned);
            self.page.ids.extend(id);
        }
    }

    fn load(&mut self, kind: &'static str, from: &str) {
        let address = self.get(from).map(|address| (kind, address.to_owned()));
        self.page.loads.extend(address);
    }

    /// A picture, or what stands in its place for some. Parts of the page itself are loaded with it.
    fn picture(&mut self) {
        let kind = if self.tag.name == "source" { "media-src" } else { "img-src" };
        self.load(kind, "src");
        self.candidates("srcset");
        if matches!(self.tag.name.as_str(), "image" | "use") {
            let addresses = ["href", "xlink:href"].into_iter().filter_map(|name| self.get(name));
            let others =
                addresses.filter(|address| !address.starts_with('#')).map(|address| ("img-src", address.to_owned()));
            let others: Vec<_> = others.collect();
            self.page.loads.extend(others);
        }
    }

    /// Addresses of a picture in several sizes: `a.png 1x, b.png 2x`.
    fn candidates(&mut self, from: &str) {
        let all = self.owned(from);
        let mut rest = all.as_str();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
            let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
            let (address, sizes) = rest.split_at(end);
            if address.is_empty() {
                return;
            }
            self.page.loads.push(("img-src", address.trim_end_matches(',').to_owned()));
            // A comma right behind an address ends it; else what is said of its size stands before one.
            rest = if address.ends_with(',') { sizes } else { sizes.split_once(',').map_or("", |(_, rest)| rest) };
        }
    }

    /// What runs or styles from within the page. Data in a script element are no script.
    fn inline(&mut self) {
        for (name, place) in &self.tag.attributes {
            let value = &self.tag.values[place.clone()];
            match *name {
                "style" => self.page.inline.push(Inline {
                    kind: "style-src",
                    origin: Origin::Inline,
                    what: format!("a style of its own, `{value}`"),
                    traces: vec![value.to_owned(), " style=".into()],
                }),
                ON => self.page.inline.push(Inline {
                    kind: "script-src",
                    origin: Origin::Inline,
                    what: format!("a script of its own, `{value}`"),
                    traces: vec![format!(" {value}=")],
                }),
                _ => {}
            }
        }
        let what = match self.tag.name.as_str() {
            "script" => {
                let is_data = self.get("type").is_some_and(|kind| kind.ends_with("json"));
                (!is_data && self.get("src").is_none()).then_some(("script-src", "a script of its own"))
            }
            "style" => Some(("style-src", "a style sheet of its own")),
            _ => None,
        };
        if let Some((kind, what)) = what {
            let traces = vec![format!("<{}>", self.tag.name), format!("<{}", self.tag.name)];
            self.page.inline.push(Inline { kind, origin: Origin::Inline, what: what.into(), traces });
            self.own = Some(Vec::new());
        }
    }

    fn meta(&mut self) {
        let content = self.get("content").unwrap_or_default();
        match self.get("http-equiv").map(str::to_ascii_lowercase).as_deref() {
            Some("content-security-policy") => self.page.policy = Some(content.to_owned()),
            Some("refresh") => {
                let target = content.split_once("url=").map(|(_, address)| address.trim().to_owned());
                self.page.links.extend(target);
            }
            _ => {}
        }
    }

    fn link(&mut self) {
        self.candidates("imagesrcset");
        let Some(address) = self.get("href").map(str::to_owned) else { return };
        let rel = self.get("rel").unwrap_or_default();
        let is = |name: &str| rel.split_ascii_whitespace().any(|own| own.eq_ignore_ascii_case(name));
        let kind = match () {
            () if is("stylesheet") => "style-src",
            () if is("icon") || is("apple-touch-icon") => "img-src",
            () if is("manifest") => "manifest-src",
            () if is("modulepreload") => "script-src",
            () if is("preload") => match self.get("as") {
                Some("image") => "img-src",
                Some("style") => "style-src",
                Some("script") => "script-src",
                Some("fetch") => "connect-src",
                _ => "font-src",
            },
            // The host of the address hears of the reader, as if something were loaded.
            () if ["preconnect", "dns-prefetch", "prefetch", "prerender"].into_iter().any(is) => "prefetch-src",
            () => return self.page.links.push(address),
        };
        self.page.loads.push((kind, address));
    }

    fn label(&mut self) {
        self.labels += 1;
        let field = self.get("for").map(str::to_owned);
        self.page.labelled.extend(field);
    }

    fn field(&mut self) {
        self.load(FORM, "formaction");
        if self.get("type") == Some("image") {
            self.load("img-src", "src");
        }
        let hidden = matches!(self.get("type"), Some("hidden" | "submit" | "button" | "reset" | "image"));
        let named = self.labels > 0 || self.get("aria-label").is_some() || self.get("aria-labelledby").is_some();
        if self.templates == 0 && !hidden && !named {
            self.page.fields.push(self.owned("id"));
        }
    }
}
