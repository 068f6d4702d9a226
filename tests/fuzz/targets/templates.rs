//! A template of a theme: read, and where it can be, rendered.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rahnuma_fuzz::templates::run(data));
