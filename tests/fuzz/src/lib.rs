//! What targets look at, a file each, and what they share: the starter site in memory, and the promise that every finding has a place
//! that can be shown. `tests/seeds.rs` runs them over their seeds, so that they stay what can be compiled.

pub mod files;
pub mod front_matter;
pub mod markdown;
pub mod memory;
pub mod references;
pub mod templates;
pub mod yaml;

use std::path::Path;
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use rahnuma::diag::Diagnostic;
use rahnuma::source::path::SourcePath;
use rahnuma::source::tree::SourceTree;
use rahnuma::{check, link, parse};

/// The day of every build here.
pub const TODAY: Date = date(2026, 11, 22);

/// The site that `init` makes. The built-in theme, whose own checks take longest, comes with compiling only.
pub static STARTER: LazyLock<SourceTree> = LazyLock::new(|| {
    // This is a part of two packages: of the one below this folder, and of the program's own tests.
    let roots = [concat!(env!("CARGO_MANIFEST_DIR"), "/../.."), env!("CARGO_MANIFEST_DIR")];
    let starter = roots.iter().map(|root| Path::new(root).join("src/source/starter")).find(|starter| starter.is_dir());
    let (tree, unread) = rahnuma::edge::disk::read(&starter.unwrap());
    assert!(unread.is_empty());
    tree
});

/// The starter with one file in place of its own.
pub fn with(name: &str, bytes: &[u8]) -> SourceTree {
    let mut tree = STARTER.clone();
    tree.insert(SourcePath::new(name).unwrap(), bytes);
    tree
}

/// Every place lies inside its file, between characters.
pub fn assert_places<'a>(found: impl IntoIterator<Item = &'a Diagnostic>, tree: &SourceTree) {
    for diagnostic in found {
        for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.related) {
            let range = label.place.range();
            let bytes = tree.get(tree.path(label.place.file)).unwrap_or_default();
            let inside = |at| std::str::from_utf8(&bytes).map_or(at <= bytes.len(), |text| text.is_char_boundary(at));
            assert!(range.start <= range.end && inside(range.start) && inside(range.end), "{diagnostic:?}");
        }
    }
}

/// Everything before rendering.
pub fn look_at(tree: &SourceTree) {
    let tree = &mut tree.clone();
    let (documents, found) = parse::documents(tree, &mut parse::cache::Cache::default(), true);
    assert_places(&found.sorted(tree), tree);
    if let Some(documents) = documents {
        let (site, linked) = link::site(&documents, tree, TODAY);
        assert_places(&linked.sorted(tree), tree);
        let clean = (&mut check::Clean::default(), false);
        assert_places(&check::site(&documents, &site, tree, clean).sorted(tree), tree);
    }
}
