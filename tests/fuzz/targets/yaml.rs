//! YAML with positions: events, values, and where both stand.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rahnuma_fuzz::yaml::run(data));
