//! Every kind of file of a site: the first byte says which.

use super::{look_at, with};

const KINDS: &[&str] = &[
    "content/site.yaml",
    "content/situations.yaml",
    "content/glossary.yaml",
    "content/published.yaml",
    "content/policies/sources.yaml",
    "content/policies/national.yaml",
    "content/policies/example.yaml",
    "content/guides/example/close-sim.card.yaml",
    "content/guides/example/dot.png",
    "themes/default/strings/en.yaml",
];

/// Looks at an input.
pub fn run(data: &[u8]) {
    if let [kind, rest @ ..] = data {
        look_at(&with(KINDS[usize::from(*kind) % KINDS.len()], rest));
    }
}
