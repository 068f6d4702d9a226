//! Markdown with attributes: the tree, and every place in it.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rahnuma_fuzz::markdown::run(data));
