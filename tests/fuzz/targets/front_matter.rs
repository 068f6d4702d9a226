//! Guides and pages: front matter, then prose, each on its own.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rahnuma_fuzz::front_matter::run(data));
