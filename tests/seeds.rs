//! Every target of the fuzzer over its seeds: what it compiles against changes with the program.

use std::fs;
use std::path::Path;

use crate::fuzz::{files, front_matter, markdown, memory, references, templates, yaml};

/// A target by the name of the folder of its seeds.
type Target = (&'static str, fn(&[u8]));

const TARGETS: [Target; 7] = [
    ("files", files::run),
    ("front_matter", front_matter::run),
    ("markdown", markdown::run),
    ("memory", memory::run),
    ("references", references::run),
    ("templates", templates::run),
    ("yaml", yaml::run),
];

#[test]
fn targets_pass_their_seeds() {
    let seeds = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fuzz/seeds"));
    for (name, run) in TARGETS {
        for seed in fs::read_dir(seeds.join(name)).unwrap() {
            run(&fs::read(seed.unwrap().path()).unwrap());
        }
    }
    let folders = fs::read_dir(seeds).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    for folder in folders {
        assert!(TARGETS.iter().any(|(name, _)| *name == folder), "no target is called {folder}");
    }
}
