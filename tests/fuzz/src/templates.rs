//! A template of a theme: read, and where it can be, rendered.

use super::{TODAY, assert_places, with};

use rahnuma::compile::{Options, compile};
use rahnuma::source::path::SitePath;

/// Looks at an input.
pub fn run(data: &[u8]) {
    let tree = with("themes/default/templates/plain.html", data);
    let compiled = compile(&tree, &Options { as_of: TODAY, ..Options::default() });
    assert_places(&compiled.diagnostics, &compiled.tree);
    let _ = compiled.html(&SitePath::new("en/about/index.html").unwrap());
}
