//! A template of a theme: read, and where it can be, rendered.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rahnuma::compile::{Options, compile};
use rahnuma::source::path::SitePath;
use rahnuma_fuzz::{TODAY, assert_places, with};

fuzz_target!(|data: &[u8]| {
    let tree = with("themes/default/templates/plain.html", data);
    let compiled = compile(&tree, &Options { as_of: TODAY, ..Options::default() });
    assert_places(&compiled.diagnostics, &compiled.tree);
    let _ = compiled.html(&SitePath::new("en/about/index.html").unwrap());
});
