//! What a build remembers for the next one. The hash that closes it is made to fit, or nothing behind it would ever be read.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rahnuma_fuzz::memory::run(data));
