//! What `rahnuma schema` and `rahnuma init` give to text editors.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rahnuma::model::value::Kind;
use rahnuma::parse::schema::{ALL, FOLDER, editor_files};
use serde_json::Value;

use super::{schema_of, value_of};
use crate::common::program::{files, rahnuma, stderr};

#[test]
fn schemas_are_listed_printed_and_written() {
    let list = rahnuma().arg("schema").output().unwrap();
    let list = String::from_utf8(list.stdout).unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    let target = folder.path().join("a/b");
    let written = rahnuma().args(["schema", "--output-dir", target.to_str().unwrap()]).output().unwrap();
    assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
    let written = files(&target);
    assert_eq!(written.len(), ALL.len());
    for schema in ALL {
        assert!(list.lines().any(|line| line.split(' ').next() == Some(schema.name)), "{list}");
        let printed = rahnuma().args(["schema", schema.name]).output().unwrap();
        assert_eq!(printed.stdout, written[&schema.file()], "{}", schema.name);
        let text: Value = serde_json::from_slice(&printed.stdout).unwrap();
        assert_eq!(text["$schema"], "https://json-schema.org/draft/2020-12/schema");
    }
}

#[test]
fn a_name_that_is_none_is_told() {
    let output = rahnuma().args(["schema", "cariers"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `carrier`?"), "{}", stderr(&output));
    let output = rahnuma().args(["schema", "--output-dir", "/dev/null/a"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("error: cannot write "), "{}", stderr(&output));
}

/// The files that the settings of VS Code name, by schema.
fn settings(root: &Path) -> BTreeMap<String, Vec<String>> {
    let settings = fs::read_to_string(root.join(".vscode/settings.json")).unwrap();
    let settings: Value = serde_json::from_str(&settings).unwrap();
    serde_json::from_value(settings["yaml.schemas"].clone()).unwrap()
}

/// As the extension compares them: `*` is anything, slashes too, and what stands before the pattern does not matter.
fn fits(pattern: &str, file: &str) -> bool {
    let mut rest = file;
    let parts: Vec<&str> = pattern.split('*').collect();
    let Some((last, inner)) = parts.split_last() else { return false };
    inner.iter().all(|part| match rest.find(part) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    }) && rest.ends_with(last)
}

#[test]
fn a_new_site_tells_editors_the_one_schema_of_each_file() {
    let folder = tempfile::TempDir::new().unwrap();
    for arguments in [&["init", "a"][..], &["init", "b", "--locales", "pt", "--title", "A"]] {
        let made = rahnuma().args(arguments).current_dir(folder.path()).output().unwrap();
        assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
        let root = folder.path().join(arguments[1]);
        let settings = settings(&root);
        for schema in settings.keys() {
            assert!(root.join(schema).is_file(), "{schema} is not there");
        }
        let mut count = 0;
        let made = files(&root.join("content"));
        for name in made.keys().map(|name| format!("content/{name}")).filter(|name| name.ends_with(".yaml")) {
            let named: Vec<_> =
                settings.iter().filter(|(_, files)| files.iter().any(|pattern| fits(pattern, &name))).collect();
            assert_eq!(named.len(), 1, "{name}: {named:?}");
            assert!(schema_of(&name).is_some(), "{name}");
            count += 1;
        }
        assert!(count > 2, "{made:?}");
    }
}

#[test]
fn what_the_program_writes_fits_its_schemas() {
    let site = tempfile::TempDir::new().unwrap();
    let kinds = Kind::NAMES.iter().map(|(kind, _)| vec!["new", "fact", "zong.some-", "--risk", "low", "--kind", kind]);
    let commands = [
        vec!["init", ".", "--locales", "pt,en", "--title", "A: b"],
        vec!["new", "carrier", "zong", "--country", "PT"],
        vec!["new", "guide", "zong/close-sim"],
        vec!["new", "page", "about"],
        vec!["register"],
        vec!["accept", "--all", "--as-of", "2026-11-22"],
    ];
    for mut command in commands.into_iter().chain(kinds) {
        let fact = format!("zong.some-{}", command.last().unwrap());
        command.iter_mut().filter(|word| **word == "zong.some-").for_each(|word| *word = &fact);
        let done = rahnuma().args(&command).current_dir(site.path()).output().unwrap();
        assert_eq!(done.status.code(), Some(0), "{command:?}: {}", stderr(&done));
    }
    let (judge, written) = (super::Judge::new(), super::files(site.path()));
    let wrong: Vec<_> = written
        .iter()
        .filter_map(|(path, schema, yaml)| Some((path, judge.refuses(schema, &value_of(yaml))?)))
        .collect();
    assert!(wrong.is_empty() && written.len() > 8, "{wrong:?} of {written:?}");
}

/// This repository is a site too. `UPDATE=1 cargo test editors::` writes its files.
#[test]
fn our_own_site_has_the_files_for_editors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE").is_some() {
        editor_files().iter().for_each(|(name, text)| crate::common::write(root, name, text));
    }
    let old: Vec<String> = editor_files()
        .into_iter()
        .filter(|(name, text)| fs::read_to_string(root.join(name)).ok().as_ref() != Some(text))
        .map(|(name, _)| name)
        .collect();
    assert!(old.is_empty(), "`UPDATE=1 cargo test editors::` renews {old:?}");
    let there = files(&root.join(FOLDER)).len();
    assert_eq!(there, ALL.len(), "{FOLDER} holds schemas that are no more");
}

#[test]
fn the_docs_show_the_settings() {
    let page = include_str!("../../docs/editor.md");
    let settings = editor_files().into_iter().find(|(name, _)| name.ends_with("settings.json")).unwrap().1;
    assert!(
        page.contains(&format!("`.vscode/settings.json`:\n\n```json\n{settings}```\n")),
        "docs/editor.md is to show\n{settings}"
    );
}

/// What the three kinds of files of one folder are told apart by.
#[test]
fn one_schema_takes_all_of_the_policies() {
    let judge = super::Judge::new();
    for (yaml, is_right) in [
        ("name: {en: A}\ncountry: PK\nfacts: []", true),
        ("name: {en: A}\ncountry: PK\nstatus: active\nfacts: []", true),
        ("[]", true),
        ("[{id: a}]", false),
        ("name: {en: A}\ncountry: PK\nstatus: merging\nfacts: []", false),
        ("name: {en: A}\ncountry: PK\nwebsite: https://example.org/\nfacts: []", false),
        ("name: {en: A}", false),
    ] {
        assert_eq!(judge.refuses("policies", &value_of(yaml)).is_none(), is_right, "{yaml}");
    }
}
