//! Facts, includes, links and images named in a guide of a whole site.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rahnuma_fuzz::{look_at, with};

fuzz_target!(|data: &[u8]| {
    let head = b"---\ntitle: Close an Example Mobile SIM\nsummary: What to do.\n---\n## Before {#prepare}\n\n";
    look_at(&with("content/guides/example/close-sim.en.md", &[head, data].concat()));
});
