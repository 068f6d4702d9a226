//! Guides and pages: front matter, then prose, each on its own.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rahnuma::diag::Diagnostics;
use rahnuma::parse::{document, text};
use rahnuma::path::SourcePath;
use rahnuma_fuzz::{assert_places, with};

fuzz_target!(|data: &[u8]| {
    let file = SourcePath::new("content/guides/example/fuzz.en.md").unwrap();
    let mut sink = Diagnostics::default();
    if let Some(source) = text::read(&file, data, &mut sink) {
        document::guide(source, &mut sink);
        document::page(source, &mut sink);
    }
    assert_places(&sink.sorted(), &with(file.as_str(), data));
});
