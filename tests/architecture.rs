//! The architecture's invariants as tests: imports point one way, the core does no input or output, files stay small.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Modules from the bottom up; one may use those below it and those on its own line.
const LAYERS: &[&[&str]] = &[
    &["script", "hash", "codec", "csp", "image"],
    &["source"],
    &["diag", "theme"],
    &["model"],
    &["lock"],
    &["parse"],
    &["link", "check", "external"],
    &["plan", "view"],
    &["render"],
    &["compile"],
    &["audit", "budget"],
    &["output", "publish"],
    &["edge"],
    &["change"],
    &["exchange"],
    &["cli"],
];

/// Modules that may touch files, clocks and terminals.
const EDGES: &[&str] = &["edge", "cli"];

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

/// Every path in a file's code, as seen from the crate's root.
fn paths(file: &str, text: &str) -> Vec<Vec<String>> {
    crate::common::rust::paths(&crate::common::rust::bare(text))
        .iter()
        .map(|path| crate::common::rust::absolute(file, path))
        .collect()
}

fn upwards(file: &str, text: &str) -> Vec<String> {
    let own = module(file);
    let here = layer(own).unwrap_or_else(|| panic!("{file}: give the module a layer in this test"));
    let used = paths(file, text).into_iter().filter(|path| path.len() > 1 && path[0] == "crate");
    used.filter(|path| layer(&path[1]).is_none_or(|there| there > here))
        .map(|path| format!("{file} uses {}", path.join("::")))
        .collect()
}

#[test]
fn imports_point_one_way() {
    let sources = sources();
    let inner = sources.iter().filter(|(file, _)| !matches!(module(file), "main" | "lib"));
    let wrong: Vec<String> = inner.flat_map(|(file, text)| upwards(file, text)).collect();
    assert!(wrong.is_empty(), "imports point upwards:\n{}", wrong.join("\n"));
}

/// What the core has no business with, as the beginnings of paths; `std` under another name could be anything.
const WORLD: &[&[&str]] = &[
    &["std", "fs"],
    &["std", "env"],
    &["std", "net"],
    &["std", "os"],
    &["std", "process"],
    &["std", "time"],
    &["std", "thread"],
    &["std", "*"],
    &["std", "as"],
    &["std", "self"],
    &["println"],
    &["print"],
    &["eprintln"],
    &["eprint"],
    &["dbg"],
];

/// Words that no path of the core has in it: clocks, and maps whose order differs between runs.
const NOWHERE: &[&str] = &["now", "HashMap", "HashSet"];

fn worldly(file: &str, text: &str) -> Vec<String> {
    let banned = |path: &Vec<String>| {
        let begins = |ban: &&&[&str]| path.len() >= ban.len() && path.iter().zip(ban.iter()).all(|(a, b)| a == b);
        WORLD.iter().any(|ban| begins(&ban)) || path.iter().any(|part| NOWHERE.contains(&part.as_str()))
    };
    paths(file, text)
        .iter()
        .filter(|path| banned(path))
        .map(|path| format!("{file} uses {}", path.join("::")))
        .collect()
}

#[test]
fn only_the_edges_touch_the_world() {
    let sources = sources();
    let core = sources.iter().filter(|(file, _)| !EDGES.contains(&module(file)) && *file != "main.rs");
    let wrong: Vec<String> = core.flat_map(|(file, text)| worldly(file, text)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_way_of_writing_an_import_gets_around_the_rules() {
    for text in [
        "use std::fs;",
        "use ::std::fs::read;",
        "use std::{fs, io};",
        "fn a() { return ::std::env::args(); }",
        "use std::{collections::{BTreeMap, HashMap}};",
        "use std :: { io::{self, Read}, env as e };",
        "use std as s;",
        "use std::*;",
        "fn a() { let _ = std\n::fs::read(\"b\"); }",
        "#[cfg(test)]\nmod tests { fn a() {} }\nuse std::fs;",
        "fn a() { jiff::Zoned::now (); println! (\"b\"); }",
    ] {
        assert!(!worldly("parse/a.rs", text).is_empty(), "{text}");
    }
    for text in [
        "use crate::render::html;",
        "use crate::{diag::Code, render::{self, html}};",
        "use super::super::render;",
        "use super::{context, super::cli};",
        "use crate as all;",
        "use crate::*;",
    ] {
        assert!(!upwards("parse/a.rs", text).is_empty(), "{text}");
    }
    let fine = "// std::fs\nuse std::io; use super::node; const A: &str = \"use std::fs; \\\" crate::cli\"; /* crate::cli */
        const B: &str = r#\"std::fs \" crate::cli\"#; fn a<'a>(b: &'a str) -> char { let _ = b; '\"' } use crate::diag::Code;
        #[cfg(test)] mod tests { use std::fs; use crate::cli; }";
    assert_eq!((worldly("parse/a.rs", fine), upwards("parse/a.rs", fine)), (vec![], vec![]));
}

#[test]
fn domain_types_are_not_serialisable() {
    for (file, text) in sources() {
        let derives = paths(&file, &text).iter().any(|path| path.last().is_some_and(|last| last == "Serialize"));
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

/// The name of the function that begins on a line.
fn function(line: &str) -> Option<&str> {
    let (before, rest) = line.split_once("fn ")?;
    let visible = |word: &str| word.starts_with("pub") || word.ends_with(')');
    let plain = before.split_whitespace().all(|word| visible(word) || matches!(word, "const" | "async" | "unsafe"));
    // What stands on one line is short enough.
    (plain && !line.ends_with(['}', ';'])).then(|| rest.split(['(', '<']).next().unwrap_or_default())
}

/// How many lines each function of a file has. Formatted code closes it with a brace below its first letter.
fn functions(file: &str, text: &str) -> Vec<(String, usize)> {
    // Tables of examples may be as long as they need to be.
    let lines: Vec<&str> = text.lines().take_while(|line| *line != "#[cfg(test)]").collect();
    let starts = lines.iter().enumerate().filter_map(|(at, line)| Some((at, function(line)?)));
    let sized = starts.filter_map(|(at, name)| {
        let closing = format!("{}}}", " ".repeat(lines[at].len() - lines[at].trim_start().len()));
        Some((format!("{file}: {name}"), lines[at..].iter().position(|line| *line == closing)? + 1))
    });
    sized.collect()
}

#[test]
fn functions_are_read_in_one_glance() {
    let found: Vec<_> = sources().iter().flat_map(|(file, text)| functions(file, text)).collect();
    assert!(found.len() > 500, "only {} functions were found", found.len());
    let long: Vec<_> = found.iter().filter(|(_, lines)| *lines > 45).collect();
    assert!(long.is_empty(), "more than 45 lines: {long:?}");
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

#[test]
fn workflows_that_publish_bring_the_last_site_back_and_upload_none_of_our_notes() {
    for folder in ["", "/src/source/starter"] {
        let file = format!("{}{folder}/.github/workflows/publish.yml", env!("CARGO_MANIFEST_DIR"));
        let text = fs::read_to_string(file).unwrap();
        let steps =
            ["cache/restore@", " build --strict", "cache/save@", "rm -f public/.rahnuma*", "upload-pages-artifact@"];
        let places = steps.map(|step| text.find(step).unwrap_or_else(|| panic!("{step}: {text}")));
        assert!(places.is_sorted(), "{text}");
        assert_eq!(text.matches("            public\n            .public.rahnuma\n").count(), 2, "{text}");
    }
}

#[test]
fn what_is_installed_in_workflows_has_a_version() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.github/workflows"));
    for file in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        for line in text.lines().filter(|line| line.contains("cargo install ")) {
            assert!(line.contains(" --version ") && line.contains(" --locked"), "{line}");
        }
    }
}

#[test]
fn licences_that_are_allowed_are_those_whose_texts_go_with_a_release() {
    let list = |file: &str, name: &str| -> Vec<String> {
        let text = fs::read_to_string(format!("{}/.ci/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix(&format!("{name} = "))).unwrap();
        line.split('"').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let allowed = list("deny.toml", "allow");
    assert!(allowed.len() > 5);
    assert_eq!(allowed, list("about.toml", "accepted"));
}

#[test]
fn workflows_name_the_actions_they_use_by_commit() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let uses = |folder: &str| -> Vec<String> {
        let files = walkdir::WalkDir::new(root.join(folder)).into_iter().map(Result::unwrap);
        let files = files.filter(|file| file.path().extension().is_some_and(|kind| kind == "yml" || kind == "md"));
        let texts: Vec<String> = files.map(|file| fs::read_to_string(file.path()).unwrap()).collect();
        let lines = texts.iter().flat_map(|text| text.lines());
        lines.filter_map(|line| Some(line.split_once("uses: ")?.1.to_owned())).collect()
    };
    let folders = [".github/workflows", "src/source/starter/.github/workflows", "docs"].map(uses);
    assert!(folders.iter().all(|uses| uses.len() > 3), "{folders:?}");
    let uses = folders.concat();
    for action in uses {
        let commit = action.split_once('@').and_then(|(_, rest)| rest.split_whitespace().next()).unwrap_or_default();
        // A tag may be moved to other code; its name stands behind, for people.
        let pinned = commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(pinned && action.contains(" # v"), "{action}");
    }
}
