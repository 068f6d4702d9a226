//! Markdown with attributes: the tree, and every place in it.

use super::{assert_places, with};
use rahnuma::diag::Diagnostics;
use rahnuma::model::body::{Body, Inline};
use rahnuma::model::walk::{each_code_block, each_inline, each_run};
use rahnuma::parse::{markdown, text};
use rahnuma::source::path::SourcePath;

/// Looks at an input.
pub fn run(data: &[u8]) {
    let name = "content/fragments/fuzz.en.md";
    let tree = with(name, data);
    let file = tree.id(&SourcePath::new(name).unwrap());
    let mut sink = Diagnostics::default();
    if let Some(source) = text::read(&tree, file, data, &mut sink) {
        let whole = std::str::from_utf8(data).unwrap();
        let body = markdown::read(source, Body::of(source.file), &mut sink);
        let inside =
            |range: std::ops::Range<usize>| assert!(whole.get(range.clone()).is_some(), "{range:?} of {}", whole.len());
        body.references.iter().for_each(|reference| inside(reference.place.range()));
        each_code_block(&body.blocks, &mut |_, span| inside(span.range()));
        each_run(&body.blocks, &mut |run| {
            each_inline(run, &mut |inline| match inline {
                Inline::Text { span, .. } | Inline::Code { span, .. } | Inline::Emphasis { span, .. } => {
                    inside(span.range());
                }
                _ => {}
            });
        });
    }
    assert_places(&sink.sorted(&tree), &tree);
}
