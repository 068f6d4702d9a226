//! Every kind of file of a site: the first byte says which.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rahnuma_fuzz::files::run(data));
