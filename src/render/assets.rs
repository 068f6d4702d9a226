//! Assets: theme files and images under names that carry a hash of their contents, also inside style sheets.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::hash::ContentHash;
use crate::image::without_metadata;
use crate::parse::text::{self, SourceText};
use crate::render::minify;
use crate::render::prepared::Prepared;
use crate::render::sheet::{Link, links};
use crate::source::layout;
use crate::source::path::{SitePath, SourcePath};
use crate::source::tree::{FileId, SourceTree};
use crate::theme::{BUILT_IN, ThemeFiles, unnamed_assets};

/// A script of the built-in theme, made smaller: those share nothing with other scripts. A theme's own stay as they are.
fn smaller(tree: &SourceTree, name: &str, bytes: &Arc<[u8]>, prepared: &Prepared) -> Arc<[u8]> {
    let built_in = SourcePath::new(&format!("{BUILT_IN}assets/{name}")).ok().and_then(|path| tree.get(&path));
    match std::str::from_utf8(bytes) {
        Ok(js) if name.ends_with(".js") && built_in.as_ref() == Some(bytes) => {
            remembered(prepared, "script", js, minify::script)
        }
        _ => Arc::clone(bytes),
    }
}

/// What a minifier gives.
fn remembered(prepared: &Prepared, what: &str, text: &str, minify: fn(&str) -> String) -> Arc<[u8]> {
    let make = || Ok::<_, Infallible>(minify(text).into_bytes());
    let Ok(small) = prepared.of(&[what.as_bytes(), text.as_bytes()], make);
    small
}

/// The service worker stands at the root under its own name: its place is its scope.
pub const WORKER: &str = "sw.js";

/// A file that is copied, not rendered.
#[derive(Debug)]
pub struct Asset {
    /// Where it goes.
    pub path: SitePath,
    /// What it holds.
    pub bytes: Arc<[u8]>,
    /// The file that an editor put there, which keeps its name whatever it holds.
    pub copied: Option<FileId>,
}

/// Every asset of a site, by the name templates use and by source file.
#[derive(Debug, Default)]
pub struct Assets {
    /// In the order of their numbers.
    pub list: Vec<Asset>,
    by_name: BTreeMap<String, usize>,
    by_source: BTreeMap<SourcePath, usize>,
    /// Names of fonts that the site does not publish, and of the licences that stand with nothing else.
    idle: BTreeSet<String>,
}

impl Assets {
    /// The theme's assets and the images that texts show.
    #[must_use]
    pub fn new<'a>(
        tree: &SourceTree,
        (theme, idle): (&ThemeFiles, &BTreeSet<&str>),
        images: impl IntoIterator<Item = &'a SourcePath>,
        prepared: &Prepared,
    ) -> (Self, Diagnostics) {
        let mut assets = Self { idle: with_licences(theme, idle), ..Self::default() };
        let mut sink = Diagnostics::default();
        // Style sheets name other assets, so those get their names first.
        let unnamed = unnamed_assets(theme, tree);
        let is_published = |name: &str| name != WORKER && !unnamed.contains(name) && !assets.idle.contains(name);
        let named = theme.below("assets/").filter(|(name, _)| is_published(name));
        let (sheets, others): (Vec<_>, Vec<_>) = named.partition(|(name, _)| is_sheet(name));
        for (name, source) in others {
            if let Some(bytes) = tree.get(source) {
                assets.add_named(name, smaller(tree, name, &bytes, prepared));
            }
        }
        for (name, source) in sheets {
            let Some(bytes) = tree.get(source) else { continue };
            let Some(css) = text::read(tree, tree.id(source), &bytes, &mut sink) else { continue };
            if let Some(at) = too_deep(css.text) {
                let headline = format!("this is nested more than {MAX_DEPTH} levels deep");
                let help = "close what was opened before: `)`, `]` or `}`";
                sink.push(Diagnostic::new(Code::NestedTooDeep, css.place(at..at + 1), headline).help(help));
                continue;
            }
            let css = assets.rewritten(name, css, &mut sink);
            assets.add_named(name, remembered(prepared, "style", &css, minify::style));
        }
        for source in images {
            if assets.by_source.contains_key(source) {
                continue;
            }
            if let Some(bytes) = tree.get(source)
                && let Some(at) = assets.add(source.name(), without_metadata(&bytes).map_or(bytes, Arc::from))
            {
                assets.by_source.insert(source.clone(), at);
            }
        }
        assets.add_copied(tree);
        (assets, sink)
    }

    /// The files that are published as they are.
    fn add_copied(&mut self, tree: &SourceTree) {
        let copied = format!("{}/", layout::STATIC);
        for source in tree.below(&copied) {
            let path = layout::copied(source.as_str()).and_then(|name| SitePath::new(name).ok());
            if let Some((path, bytes)) = path.zip(tree.get(source)) {
                self.list.push(Asset { path, bytes, copied: Some(tree.id(source)) });
            }
        }
    }

    fn add_named(&mut self, name: &str, bytes: Arc<[u8]>) {
        if let Some(at) = self.add(name, bytes) {
            self.by_name.insert(name.to_owned(), at);
        }
    }

    /// The number of a new asset; nothing when its name cannot be that of a file.
    pub(super) fn add(&mut self, name: &str, bytes: Arc<[u8]>) -> Option<usize> {
        let hash = ContentHash::of(&bytes).to_string();
        let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
        let slash = if folder.is_empty() { "" } else { "/" };
        let (stem, extension) = file.rsplit_once('.').unwrap_or((file, "bin"));
        // Hosts know the type of `photo.jpg` better than that of `photo.JPG`.
        let extension = extension.to_ascii_lowercase();
        let path = SitePath::new(&format!("assets/{folder}{slash}{stem}.{}.{extension}", &hash[..10])).ok()?;
        self.list.push(Asset { path, bytes, copied: None });
        Some(self.list.len() - 1)
    }

    /// The output path of a theme's asset.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&SitePath> {
        self.by_name.get(name).map(|&at| &self.list[at].path)
    }

    /// The asset at an address below the site's base.
    #[must_use]
    pub fn at(&self, address: &str) -> Option<&Asset> {
        self.list.iter().find(|asset| asset.path.address() == address)
    }

    /// Every name a template may ask for.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// The output path of an image.
    #[must_use]
    pub fn image(&self, source: &SourcePath) -> Option<&SitePath> {
        self.by_source.get(source).map(|&at| &self.list[at].path)
    }

    /// The number of an image.
    pub(super) fn image_at(&self, source: &SourcePath) -> Option<usize> {
        self.by_source.get(source).copied()
    }

    /// The numbers of all images that texts show.
    pub(super) fn images(&self) -> BTreeSet<usize> {
        self.by_source.values().copied().collect()
    }

    /// A style sheet with every `url(…)` of an asset replaced by its hashed name.
    fn rewritten(&self, name: &str, source: SourceText<'_>, sink: &mut Diagnostics) -> String {
        let css = source.text;
        let mut out = String::with_capacity(css.len());
        let mut from = 0;
        for link in links(css) {
            match link {
                // Within a face that was left out.
                Link::Import(range) | Link::Url(range, _) if range.start < from => {}
                Link::Url(range, written) if self.is_idle_beside(name, written) => {
                    let face = css[from..range.start].rfind("@font-face").map_or(range.start, |at| from + at);
                    out.push_str(&css[from..face]);
                    from = css[range.end..].find('}').map_or(css.len(), |end| range.end + end + 1);
                }
                Link::Import(range) => sink.push(another_sheet(source.place(range))),
                Link::Url(range, written) => {
                    let place = || source.place(range.clone());
                    if is_sheet(file_of(written)) {
                        sink.push(another_sheet(place()));
                    } else if let Some(address) = self.beside(name, written) {
                        out.push_str(&css[from..range.start]);
                        out.push_str(&format!("\"{address}\""));
                        from = range.end;
                    } else if !is_within(written) {
                        sink.push(self.missing(written, place()));
                    }
                }
            }
        }
        out.push_str(&css[from..]);
        out
    }

    fn missing(&self, written: &str, place: Span) -> Diagnostic {
        let headline = if written.is_empty() {
            "this `url()` names nothing".to_owned()
        } else {
            format!("the theme has no asset `{written}`")
        };
        Diagnostic::new(Code::MissingAsset, place, headline)
            .suggest(written, self.names())
            .help("name a file of the theme's assets folder, relative to this one; nothing is loaded from other sites")
    }

    /// Whether a style sheet names a font that the site does not publish.
    fn is_idle_beside(&self, name: &str, written: &str) -> bool {
        let target = asset_beside(name, written);
        target.is_some_and(|target| self.idle.contains(&target))
    }

    /// The address of another asset as seen from the style sheet `name`.
    fn beside(&self, name: &str, written: &str) -> Option<String> {
        // A part of an SVG file, or what old browsers want behind a font's name.
        let rest = &written[file_of(written).len()..];
        let path = self.named(&asset_beside(name, written)?)?;
        let up = "../".repeat(name.matches('/').count());
        Some(format!("{up}{}{rest}", path.as_str().strip_prefix("assets/")?))
    }
}

/// The name of an asset that the style sheet `name` names.
fn asset_beside(name: &str, written: &str) -> Option<String> {
    let here = SourcePath::new(&format!("assets/{name}")).ok()?;
    let file = file_of(written);
    let target = here.resolve(file).ok().filter(|_| !file.is_empty())?;
    target.as_str().strip_prefix("assets/").map(str::to_owned)
}

/// The fonts that a site does not publish, and what stands in a folder with nothing but them: their licence.
fn with_licences(theme: &ThemeFiles, idle: &BTreeSet<&str>) -> BTreeSet<String> {
    let folder = |name: &str| name.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let is_text = |name: &str| name.ends_with(".txt") || name.ends_with(".md");
    let published = theme.below("assets/").map(|(name, _)| name).filter(|name| !idle.contains(name) && !is_text(name));
    let published: BTreeSet<String> = published.filter_map(folder).collect();
    let of_idle: BTreeSet<String> = idle.iter().filter_map(|name| folder(name)).collect();
    let is_alone = |name: &&str| folder(name).is_some_and(|at| of_idle.contains(&at) && !published.contains(&at));
    let licences = theme.below("assets/").map(|(name, _)| name).filter(|name| is_text(name)).filter(is_alone);
    idle.iter().copied().chain(licences).map(str::to_owned).collect()
}

/// How deep the brackets of a style sheet may nest: whoever reads it goes down one level for each.
const MAX_DEPTH: usize = 64;

/// Where brackets nest too deep, those in strings and comments among them.
fn too_deep(css: &str) -> Option<usize> {
    let mut depth: usize = 0;
    css.bytes().position(|byte| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_DEPTH
    })
}

/// An address that asks for no file: data, or a part of the page itself.
fn is_within(written: &str) -> bool {
    written.starts_with('#') || written.get(..5).is_some_and(|begin| begin.eq_ignore_ascii_case("data:"))
}

/// An address without what stands behind `#` or `?`.
fn file_of(written: &str) -> &str {
    written.split(['#', '?']).next().unwrap_or_default()
}

fn another_sheet(place: Span) -> Diagnostic {
    Diagnostic::new(Code::MissingAsset, place, "a style sheet names another style sheet")
        .help("put its rules into this one, or link it in a template with `asset(name=\"…\")`")
}

fn is_sheet(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("css"))
}
