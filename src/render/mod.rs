//! Routes to output files. A page is a pure function of the site and its route; nothing here is mutable.

pub mod assets;
pub mod chrome;
mod components;
mod copy;
mod data;
pub mod escape;
pub mod facts;
mod fold;
mod fonts;
mod host;
pub mod html;
mod inputs;
mod made_with;
mod marks;
mod minify;
mod money;
mod saved;
pub use minify::page as smallest_page;
mod pages;
mod prepared;
pub use prepared::Prepared;
mod sheet;
mod summary;
pub mod templates;
mod turns;
pub mod values;
pub mod words;
mod words_script;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::{Prose, Resolved};
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::plan::Route;
use crate::source::path::{SitePath, SourcePath};
use crate::source::tree::{FileId, SourceTree};
use crate::theme::ThemeFiles;
use crate::view::View;
use assets::{Asset, Assets};
use chrome::Chrome;
use facts::FactViews;
use fonts::{FontLanguages, Fonts};
pub(crate) use host::{BROTLI, COMPRESSED, GZIP, cache_control};
pub use saved::Known;
pub use summary::{PageSummary, Summary, compressed, sent};
use templates::{Functions, Templates};
use words::Words;
use words_script::Scripted;

/// A file of the built site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// What it holds.
    pub bytes: Arc<[u8]>,
    /// Its media type, for servers.
    pub media_type: &'static str,
    /// Whether its name changes with its contents, so that it may be kept for ever.
    pub immutable: bool,
}

impl OutputFile {
    fn asset(asset: &Asset) -> Self {
        Self { bytes: Arc::clone(&asset.bytes), media_type: media_type(&asset.path), immutable: asset.copied.is_none() }
    }
}

/// Everything pages are made from besides the site itself: words, facts worked out, assets named, templates read.
pub struct Renderer {
    pub(crate) site: Arc<Site>,
    pub(crate) words: Arc<Vec<Words>>,
    pub(crate) facts: Vec<FactViews>,
    /// What all pages of a locale have in common.
    pub(crate) chrome: Vec<Chrome>,
    pub(crate) assets: Assets,
    /// Which languages the theme's fonts are for.
    pub(crate) fonts: Fonts,
    /// The scripts with the words of each locale.
    pub(crate) scripted: Vec<Scripted>,
    /// The theme's service worker; may be empty.
    pub(crate) worker: String,
    templates: Arc<Templates>,
    /// What pages have in common, as hashes.
    common: inputs::Common,
    tree: SourceTree,
}

impl Renderer {
    /// Prepares rendering. Without words or templates there is none, and the reason was reported. With whatever was `prepared` before
    /// the result is the same.
    #[must_use]
    pub fn new(site: Arc<Site>, tree: &SourceTree, prepared: &mut Prepared) -> (Option<Self>, Diagnostics) {
        let files = ThemeFiles::new(tree, &site.config.theme);
        let mut sink = Diagnostics::default();
        let said = FontLanguages::read(tree, &files, &mut sink);
        let idle = said.idle(&site.config.locales);
        let (assets, found) = Assets::new(tree, (&files, &idle), &images(&site), prepared);
        sink.extend(found);
        let fonts = Fonts::of(&said, &idle, (&assets, &files), &mut sink);
        let worker = files.get("assets/sw.js").and_then(|file| tree.text(file)).unwrap_or_default();
        let Some(words) = words(&site, &mut sink) else { return (None, sink) };
        let words = Arc::new(words);
        let base = site.config.base_path();
        let addresses = assets
            .names()
            .filter_map(|name| Some((name.to_owned(), format!("{base}{}", assets.named(name)?.address()))))
            .collect::<BTreeMap<_, _>>()
            .into();
        let functions = Functions { words: Arc::clone(&words), assets: addresses };
        let Some(templates) = templates(&site, tree, functions, prepared, &mut sink) else { return (None, sink) };
        let chrome: Vec<Chrome> = site.config.locales().map(|(ix, _)| Chrome::new(&site, &words, ix)).collect();
        let facts = site.config.locales().map(|(ix, _)| facts::views(&site, &words[ix.0], ix)).collect();
        let (common, tree) = (inputs::Common::new(&site, tree), tree.clone());
        let scripted = Vec::new();
        let mut renderer =
            Self { site, words, facts, chrome, assets, fonts, scripted, worker, templates, common, tree };
        let scripted = renderer.add_scripted(prepared);
        prepared.turn();
        match scripted {
            Ok(()) => (Some(renderer), sink),
            Err(failed) => {
                sink.push(*failed);
                (None, sink)
            }
        }
    }

    /// The site.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Output paths of the assets, in the order of their numbers, with the files of those that are copied as they are.
    #[must_use]
    pub fn asset_paths(&self) -> Vec<(SitePath, Option<FileId>)> {
        self.assets.list.iter().map(|asset| (asset.path.clone(), asset.copied)).collect()
    }

    /// The templates, for the test of the theme contract.
    #[must_use]
    pub fn templates(&self) -> &Templates {
        &self.templates
    }

    /// A route's file. `known` is what is known of files made before, to spare making them again.
    ///
    /// # Errors
    /// When a template fails.
    pub fn render(&self, route: &Route, known: &Known) -> Result<OutputFile, Box<Diagnostic>> {
        if let Route::Asset(at) = route {
            return Ok(OutputFile::asset(&self.assets.list[*at]));
        }
        if let Route::Data(data) = route {
            return data::file(self, data, known);
        }
        let bytes = self.html(route)?.into();
        Ok(OutputFile { bytes, media_type: "text/html; charset=utf-8", immutable: false })
    }

    /// A page with its templates as they were written.
    ///
    /// # Errors
    /// When a template fails.
    pub fn html_as_written(&self, route: &Route) -> Result<Vec<u8>, Box<Diagnostic>> {
        let view = self.view(route)?;
        let (template, context) = (self.templates.template_of(&view), tera::Context::from(view));
        self.templates.render_as_written(&template, &context, &self.tree, &self.site.config.theme)
    }

    fn view(&self, route: &Route) -> Result<View, Box<Diagnostic>> {
        pages::view(self, route).ok_or_else(|| Box::new(self.gone(route)))
    }

    /// The file that a page's text stands in.
    pub(crate) fn text_of(&self, route: &Route) -> Option<FileId> {
        let texts = match route {
            Route::Guide(_, key) | Route::Application(_, key) => &self.site.guides.get(key)?.texts,
            Route::Page(_, id) => &self.site.pages.get(id)?.texts,
            _ => return None,
        };
        self.site.text_for(texts, route.locale()?).map(|(_, text)| text.place.file)
    }

    /// That a page's text is not what was checked.
    fn gone(&self, route: &Route) -> Diagnostic {
        let file = self.text_of(route).unwrap_or(FileId::SITE);
        let headline = format!("{} was changed while the site was made", self.tree.path(file));
        Diagnostic::new(Code::UnreadableFile, Span::file(file), headline).help("build again")
    }

    fn html(&self, route: &Route) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.templates.render(self.view(route)?, &self.tree, &self.site.config.theme)
    }

    pub(crate) fn words_of(&self, locale: LocaleIx) -> &Words {
        &self.words[locale.0]
    }
}

/// The theme's templates; those of an earlier compile where all that they are made from is the same.
fn templates(
    site: &Site,
    tree: &SourceTree,
    functions: Functions,
    prepared: &Prepared,
    sink: &mut Diagnostics,
) -> Option<Arc<Templates>> {
    let name = &site.config.theme;
    let key = templates::hash(site, tree, &functions.assets);
    if let Some(known) = prepared.templates(key) {
        return Some(known);
    }
    let (templates, found) = Templates::new(tree, name, functions, key);
    let is_clean = found.is_empty();
    sink.extend(found);
    let templates = Arc::new(templates?);
    if is_clean {
        prepared.keep_templates(key, &templates);
    }
    Some(templates)
}

fn words(site: &Site, sink: &mut Diagnostics) -> Option<Vec<Words>> {
    let mut all = Vec::new();
    for (ix, locale) in site.config.locales() {
        let strings = &site.strings[ix.0];
        let Some(words) = Words::new(locale, strings) else {
            let place = Span::SITE;
            sink.push(
                Diagnostic::new(
                    Code::BadValue,
                    place,
                    format!("nothing is known of how `{}` writes numbers and dates", locale.formats),
                )
                .help("give a BCP 47 tag that CLDR knows, such as en-GB"),
            );
            return None;
        };
        let file = strings.entries.values().next().map(|entry| entry.place.file)?;
        // The other locales are compared with the source locale.
        let own = ix == site.config.source_locale;
        for key in values::STRINGS.iter().chain(pages::STRINGS).filter(|key| own && !words.has(key)) {
            sink.push(
                Diagnostic::new(
                    Code::MissingString,
                    Span::file(file),
                    format!("the string `{key}` is missing in `{}` ({})", locale.id, locale.name),
                )
                .help("the program words values with it"),
            );
        }
        all.push(words);
    }
    Some(all)
}

/// Every image that a text shows.
fn images(site: &Site) -> Vec<SourcePath> {
    let guides = site.guides.values().flat_map(|guide| guide.texts.values());
    let pages = site.pages.values().flat_map(|page| page.texts.values());
    let mut found = BTreeSet::new();
    guides.chain(pages).for_each(|text| collect_images(&text.prose, &mut found));
    found.into_iter().collect()
}

fn collect_images(prose: &Prose, found: &mut BTreeSet<SourcePath>) {
    for resolved in &prose.resolved {
        match resolved {
            Resolved::Image(image) => drop(found.insert(image.file.clone())),
            Resolved::Fragment(fragment) => collect_images(fragment, found),
            _ => {}
        }
    }
}

/// Media types by the endings of files.
const MEDIA_TYPES: &[(&str, &str)] = &[
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("webp", "image/webp"),
    ("gif", "image/gif"),
    ("avif", "image/avif"),
    ("woff2", "font/woff2"),
    ("json", "application/json"),
    ("webmanifest", "application/manifest+json"),
    ("ico", "image/vnd.microsoft.icon"),
    ("pdf", "application/pdf"),
    ("txt", "text/plain; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("htm", "text/html; charset=utf-8"),
    ("xml", "application/xml; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
];

/// What a file holds, by its ending.
#[must_use]
pub fn media_type(path: &SitePath) -> &'static str {
    let known = MEDIA_TYPES.iter().find(|(extension, _)| *extension == path.extension());
    known.map_or("application/octet-stream", |(_, media_type)| media_type)
}
