//! Facts, includes, links and images named in a guide of a whole site.

use super::{look_at, with};

/// Looks at an input.
pub fn run(data: &[u8]) {
    let head = b"---\ntitle: Close an Example Mobile SIM\nsummary: What to do.\n---\n## Before {#prepare}\n\n";
    look_at(&with("content/guides/example/close-sim.en.md", &[head, data].concat()));
}
