//! The architecture's invariants as tests: imports point one way, the core does no input or output, files stay small.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests touch the disk and may panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Modules from the bottom up; one may use those below it and those on its own line.
const LAYERS: &[&[&str]] = &[
    &["path", "script"],
    &["tree"],
    &["diag", "theme", "starter"],
    &["model"],
    &["parse"],
    &["link", "check"],
    &["plan", "view"],
    &["render"],
    &["compile"],
    &["budget"],
    &["output"],
    &["disk"],
    &["cli"],
];

/// Modules that may touch files, clocks and terminals.
const EDGES: &[&str] = &["disk", "cli"];

fn sources() -> BTreeMap<String, String> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    walkdir::WalkDir::new(root)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"))
        .map(|entry| {
            let name = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

fn module(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// Code without its tests and comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let own = module(&file);
        if own == "main" || own == "lib" {
            continue;
        }
        let here = layer(own).unwrap_or_else(|| panic!("{file}: give the module a layer in this test"));
        let code = code(&text);
        let used = code.split("crate::").skip(1).flat_map(|rest| match rest.strip_prefix('{') {
            Some(list) => list
                .split('}')
                .next()
                .unwrap_or_default()
                .split(',')
                .map(|name| name.trim().split("::").next().unwrap_or_default().to_owned())
                .collect(),
            None => {
                vec![rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default().to_owned()]
            }
        });
        for used in used.filter(|used| !used.is_empty()) {
            if layer(&used).is_none_or(|there| there > here) {
                wrong.push(format!("{file} uses crate::{used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "imports point upwards:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_edges_touch_the_world() {
    let banned = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::time",
        "std::thread",
        "println!",
        "eprintln!",
        "::now()",
        "HashMap",
        "HashSet",
    ];
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        if EDGES.contains(&module(&file)) || file == "main.rs" {
            continue;
        }
        let code = code(&text);
        wrong.extend(banned.iter().filter(|word| code.contains(**word)).map(|word| format!("{file} uses {word}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn domain_types_are_not_serialisable() {
    for (file, text) in sources() {
        let derives = code(&text).contains("Serialize");
        assert!(!derives || file.starts_with("view/"), "{file}: only the theme contract is serialisable");
    }
}

#[test]
fn files_are_rooms_not_halls() {
    let sizes: BTreeMap<String, usize> =
        sources().into_iter().map(|(file, text)| (file, text.lines().count())).collect();
    let large: Vec<_> = sizes.iter().filter(|(_, lines)| **lines > 500).collect();
    assert!(large.is_empty(), "{large:?}");
    let mut lines: Vec<usize> = sizes.values().copied().collect();
    lines.sort_unstable();
    assert!(lines[lines.len() / 2] <= 150, "the median file has {} lines", lines[lines.len() / 2]);
}

#[test]
fn every_file_says_what_it_is_for() {
    for (file, text) in sources() {
        let begins = text.starts_with("//!") || text.starts_with("#![doc");
        assert!(begins, "{file} has no head comment");
    }
}

#[test]
fn the_default_theme_is_compiled_in_whole() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default"));
    let files = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let mut found: Vec<String> =
        files.map(|entry| entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned()).collect();
    found.sort();
    let mut built_in: Vec<&str> = rahnuma::theme::FILES.iter().map(|(name, _)| *name).collect();
    built_in.sort_unstable();
    assert_eq!(found, built_in);
}
