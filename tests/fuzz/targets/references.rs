//! Facts, includes, links and images named in a guide of a whole site.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rahnuma_fuzz::references::run(data));
