//! Themes as files: the default one, compiled into the program, and the site's own over it.

pub mod blocks;
pub mod squeeze;
mod unnamed;

pub use unnamed::unnamed_assets;

use std::collections::BTreeMap;

use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// Where the built-in theme stands in a source tree.
pub const BUILT_IN: &str = "built-in/";

macro_rules! files {
    ($root:literal: $($name:literal)*) => {
        &[$(($name, include_bytes!(concat!($root, $name)))),*]
    };
}

/// The default theme by file name.
pub const FILES: &[(&str, &[u8])] = files! { "../../themes/default/":
    "assets/fonts/OFL.txt"
    "assets/fonts/nastaliq-ur.woff2"
    "assets/icon.svg"
    "assets/site.css"
    "assets/site.js"
    "assets/checklist.js"
    "assets/forward.js"
    "assets/sw.js"
    "icons/apple-touch-icon.png"
    "icons/favicon.ico"
    "icons/icon-192.png"
    "icons/icon-512.png"
    "icons/maskable-512.png"
    "icons/social.png"
    "strings/ar.yaml"
    "strings/de.yaml"
    "strings/en.yaml"
    "strings/es.yaml"
    "strings/fa.yaml"
    "strings/fr.yaml"
    "strings/hi.yaml"
    "strings/id.yaml"
    "strings/pt.yaml"
    "strings/tr.yaml"
    "strings/ur.yaml"
    "strings/zh.yaml"
    "templates/application.html"
    "templates/base.html"
    "templates/carrier.html"
    "templates/changes.html"
    "templates/chooser.html"
    "templates/compare.html"
    "templates/copy.html"
    "templates/evidence.html"
    "templates/general.html"
    "templates/guide.html"
    "templates/home.html"
    "templates/moved.html"
    "templates/not-found.html"
    "templates/offline.html"
    "templates/parts.html"
    "templates/plain.html"
    "templates/checklist.html"
    "templates/sources.html"
    "templates/stale.html"
    "templates/words.html"
    "theme.yaml"
};

/// What the folder `icons` of a theme may have: pictures that browsers, phones and other sites ask for by name, and the width and height
/// of those whose size they are told.
pub const ICONS: &[(&str, Option<(usize, usize)>)] = &[
    ("apple-touch-icon.png", None),
    ("favicon.ico", None),
    ("icon-192.png", Some((192, 192))),
    ("icon-512.png", Some((512, 512))),
    ("maskable-512.png", Some((512, 512))),
    ("social.png", Some((1200, 630))),
];

/// The folder itself, where no file of it can be named.
#[must_use]
pub fn built_in_folder() -> SourcePath {
    SourcePath::new("built-in/templates").unwrap_or_else(|_| unreachable!("a literal path"))
}

/// Adds the built-in theme to a tree, below [`BUILT_IN`].
pub fn add_built_in(tree: &mut SourceTree) {
    tree.refer(built_in_folder());
    for (name, bytes) in FILES {
        if let Ok(path) = SourcePath::new(&format!("{BUILT_IN}{name}")) {
            tree.insert(path, *bytes);
        }
    }
}

/// The files of a theme by name (`templates/guide.html`), each the theme's own or the built-in one.
#[derive(Debug, Default)]
pub struct ThemeFiles(BTreeMap<String, SourcePath>);

impl ThemeFiles {
    /// The files of a theme; those it does not have are the built-in theme's.
    #[must_use]
    pub fn new(tree: &SourceTree, theme: &str) -> Self {
        let builtin = tree.below(BUILT_IN).map(|path| (&path.as_str()[BUILT_IN.len()..], path));
        let folder = layout::theme(theme);
        let own = tree.below(&folder).map(|path| (&path.as_str()[folder.len()..], path));
        Self(builtin.chain(own).map(|(name, path)| (name.to_owned(), path.clone())).collect())
    }

    /// A file by name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&SourcePath> {
        self.0.get(name)
    }

    /// Files below a folder: the name within it, and the source file.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a SourcePath)> {
        self.0.iter().filter_map(move |(name, path)| Some((name.strip_prefix(folder)?, path)))
    }
}
