//! Assets: theme files and images under names that carry a hash of their contents, also inside style sheets.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::path::{SitePath, SourcePath};
use crate::theme::ThemeFiles;
use crate::tree::SourceTree;

/// The service worker stands at the root under its own name: its place is its scope.
pub const WORKER: &str = "sw.js";

/// A file that is copied, not rendered.
#[derive(Debug)]
pub struct Asset {
    /// Where it goes.
    pub path: SitePath,
    /// What it holds.
    pub bytes: Arc<[u8]>,
}

/// Every asset of a site, by the name templates use and by source file.
#[derive(Debug, Default)]
pub struct Assets {
    /// In the order of their numbers.
    pub list: Vec<Asset>,
    by_name: BTreeMap<String, usize>,
    by_source: BTreeMap<SourcePath, usize>,
}

impl Assets {
    /// The theme's assets and the images that texts show.
    #[must_use]
    pub fn new<'a>(
        tree: &SourceTree,
        theme: &ThemeFiles,
        images: impl IntoIterator<Item = &'a SourcePath>,
    ) -> (Self, Diagnostics) {
        let mut assets = Self::default();
        let mut sink = Diagnostics::default();
        // Style sheets name other assets, so those get their names first.
        let (sheets, others): (Vec<_>, Vec<_>) =
            theme.below("assets/").filter(|(name, _)| *name != WORKER).partition(|(name, _)| is_sheet(name));
        for (name, source) in others {
            if let Some(bytes) = tree.get(source) {
                let at = assets.add(name, Arc::clone(bytes));
                assets.by_name.insert(name.to_owned(), at);
            }
        }
        for (name, source) in sheets {
            let Some(css) = tree
                .get(source)
                .and_then(|bytes| crate::parse::text::read(source, bytes, &mut sink).map(|text| text.text))
            else {
                continue;
            };
            let css = assets.rewritten(name, source, css, &mut sink);
            let at = assets.add(name, css.into_bytes().into());
            assets.by_name.insert(name.to_owned(), at);
        }
        for source in images {
            if let Some(bytes) = tree.get(source)
                && !assets.by_source.contains_key(source)
            {
                let at = assets.add(source.name(), Arc::clone(bytes));
                assets.by_source.insert(source.clone(), at);
            }
        }
        (assets, sink)
    }

    fn add(&mut self, name: &str, bytes: Arc<[u8]>) -> usize {
        let hash = blake3::hash(&bytes).to_hex();
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let path = SitePath::new(&format!("assets/{stem}.{}.{extension}", &hash[..10]));
        self.list.extend(path.map(|path| Asset { path, bytes }));
        self.list.len() - 1
    }

    /// The output path of a theme's asset.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&SitePath> {
        self.by_name.get(name).map(|&at| &self.list[at].path)
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

    /// A style sheet with every `url(…)` of an asset replaced by its hashed name.
    fn rewritten(&self, name: &str, source: &SourcePath, css: &str, sink: &mut Diagnostics) -> String {
        let mut out = String::with_capacity(css.len());
        let mut from = 0;
        while let Some(open) = css[from..].find("url(").map(|at| from + at + 4) {
            let Some(close) = css[open..].find(')').map(|at| open + at) else { break };
            out.push_str(&css[from..open]);
            let written = css[open..close].trim().trim_matches(['"', '\'']);
            match self.beside(name, written) {
                Some(address) => out.push_str(&format!("\"{address}\"")),
                None if written.starts_with("data:") || written.starts_with('#') => out.push_str(&css[open..close]),
                None => {
                    let place = Place::at(source, Span::new(open..close));
                    sink.push(
                        Diagnostic::new(Code::MissingAsset, place, format!("the theme has no asset `{written}`"))
                            .suggest(written, self.names())
                            .help("name a file of the theme's assets folder, relative to this one; nothing is loaded from other sites"),
                    );
                }
            }
            from = close;
        }
        out.push_str(&css[from..]);
        out
    }

    /// The address of another asset as seen from the style sheet `name`.
    fn beside(&self, name: &str, written: &str) -> Option<String> {
        let here = SourcePath::new(&format!("assets/{name}")).ok()?;
        let target = here.resolve(written).ok()?;
        let path = self.named(target.as_str().strip_prefix("assets/")?)?;
        let up = "../".repeat(name.matches('/').count());
        Some(format!("{up}{}", path.as_str().strip_prefix("assets/")?))
    }
}

fn is_sheet(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("css"))
}
