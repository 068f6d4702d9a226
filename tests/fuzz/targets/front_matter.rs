//! Guides and pages: front matter, then prose, each on its own.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rahnuma::diag::Diagnostics;
use rahnuma::parse::{document, text};
use rahnuma::source::path::SourcePath;
use rahnuma_fuzz::{assert_places, with};

fuzz_target!(|data: &[u8]| {
    let name = "content/guides/example/fuzz.en.md";
    let tree = with(name, data);
    let file = tree.id(&SourcePath::new(name).unwrap());
    let mut sink = Diagnostics::default();
    if let Some(source) = text::read(&tree, file, data, &mut sink) {
        document::guide(source, &mut sink);
        document::page(source, &mut sink);
    }
    assert_places(&sink.sorted(&tree), &tree);
});
