//! Guides and pages: front matter, then prose, each on its own.

use super::{assert_places, with};
use rahnuma::diag::Diagnostics;
use rahnuma::parse::{document, text};
use rahnuma::source::path::SourcePath;

/// Looks at an input.
pub fn run(data: &[u8]) {
    let name = "content/guides/example/fuzz.en.md";
    let tree = with(name, data);
    let file = tree.id(&SourcePath::new(name).unwrap());
    let mut sink = Diagnostics::default();
    if let Some(source) = text::read(&tree, file, data, &mut sink) {
        document::guide(source, &mut sink);
        document::page(source, &mut sink);
    }
    assert_places(&sink.sorted(&tree), &tree);
}
