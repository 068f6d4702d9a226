//! YAML with positions: events, values, and where both stand.

use super::{assert_places, with};
use rahnuma::diag::Diagnostics;
use rahnuma::parse::yaml::Spans;
use rahnuma::parse::{text, yaml};
use rahnuma::source::path::SourcePath;

/// Ranges lie inside the text, and parts inside the whole.
fn assert_inside(spans: &Spans, text: &str) {
    let range = spans.range();
    assert!(text.get(range.clone()).is_some(), "{range:?} of {}", text.len());
    match spans {
        Spans::Scalar(_) => {}
        Spans::List(_, items) => items.iter().for_each(|item| assert_inside(item, text)),
        Spans::Map(_, entries) => entries.iter().for_each(|(_, key, value)| {
            assert!(text.get(key.clone()).is_some(), "{key:?} of {}", text.len());
            assert_inside(value, text);
        }),
    }
}

/// Looks at an input.
pub fn run(data: &[u8]) {
    let name = "content/situations.yaml";
    let tree = with(name, data);
    let file = tree.id(&SourcePath::new(name).unwrap());
    let mut sink = Diagnostics::default();
    if let Some(source) = text::read(&tree, file, data, &mut sink)
        && let Some(yaml) = yaml::read(source, &mut sink)
    {
        assert_inside(&yaml.spans, source.text);
    }
    assert_places(&sink.sorted(&tree), &tree);
}
