//! Every test of the program, in one program of their own: linked once, run side by side.
//!
//! `cargo test drift::` runs those of one file.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests touch the disk and may panic")]

mod addresses;
mod alone;
mod architecture;
mod audit;
mod bad_input;
mod benches;
mod breakages;
mod budget;
mod build;
mod claims;
mod cli;
mod common;
mod commonmark;
mod currencies;
mod data;
mod days;
mod diagnostics;
mod digits;
mod docs;
mod drafts;
mod drift;
mod exchange;
mod exchange_texts;
mod faults;
mod font;
#[path = "fuzz/src/lib.rs"]
mod fuzz;
mod gates;
mod growth;
mod hosts;
mod incremental;
mod lines;
mod links;
mod minimal;
mod navigation;
mod own_templates;
mod pages;
mod parts;
mod properties;
mod publish;
mod reading;
mod reviews;
mod scaffolds;
mod schema;
mod seeds;
mod serve;
mod sites;
mod stage;
mod theme;
mod values;
mod words;

/// A file that is not named above would be run by nothing, in silence.
#[test]
fn every_file_of_tests_is_run() {
    let named: std::collections::BTreeSet<_> =
        include_str!("main.rs").lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';')).collect();
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let holds_tests = path.extension().is_some_and(|end| end == "rs") || path.join("mod.rs").is_file();
        assert!(!holds_tests || name == "main" || named.contains(name), "tests/main.rs has no `mod {name};`");
    }
}
