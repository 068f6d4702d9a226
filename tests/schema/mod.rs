//! JSON Schemas and the parser say the same: the parser's own files fit, and what one of the two takes for a wrong key, a key that is
//! missing or a value of another type, the other refuses too.
//!
//! `schema/whole` is a site in which every key of every file stands.

mod editors;
mod reference;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use boon::{Compiler, SchemaIndex, Schemas};
use rahnuma::diag::{Code, Diagnostic};
use rahnuma::parse::schema::ALL;
use serde_json::{Value, json};

use crate::common::{compiled, copy};

/// Every schema, ready to be asked.
struct Judge {
    schemas: Schemas,
    by_name: BTreeMap<&'static str, SchemaIndex>,
}

impl Judge {
    /// With all schemas, which are compared with the schema of schemas.
    fn new() -> Self {
        let (mut schemas, mut compiler, mut by_name) = (Schemas::new(), Compiler::new(), BTreeMap::new());
        for schema in ALL {
            let address = format!("https://schemas.test/{}", schema.file());
            compiler.add_resource(&address, schema.schema()).unwrap();
            let index = compiler.compile(&address, &mut schemas).unwrap_or_else(|error| panic!("{address}: {error:#}"));
            by_name.insert(schema.name, index);
        }
        Self { schemas, by_name }
    }

    /// What a schema has against a value, if anything.
    fn refuses(&self, name: &str, value: &Value) -> Option<String> {
        self.schemas.validate(value, self.by_name[name]).err().map(|error| error.to_string())
    }
}

/// The schema of a file: the one that names it, else the first that takes any of the folder.
fn schema_of(file: &str) -> Option<&'static str> {
    let fits = |pattern: &&str| {
        let (mut rest, mut parts) = (file, pattern.split('*'));
        rest = rest.strip_prefix(parts.next().unwrap_or_default())?;
        for part in parts {
            let at = rest.find(part).filter(|at| !rest[..*at].contains('/'))?;
            rest = &rest[at + part.len()..];
        }
        rest.is_empty().then_some(())
    };
    let named = ALL.iter().find(|schema| schema.files.contains(&file));
    named
        .or_else(|| ALL.iter().find(|schema| schema.files.iter().any(|pattern| fits(pattern).is_some())))
        .map(|it| it.name)
}

/// The YAML of a file, and what stands around it.
fn parts(text: &str) -> (&str, &str, &str) {
    match text.strip_prefix("---\n").and_then(|rest| rest.split_once("---\n")) {
        Some((yaml, body)) => ("---\n", yaml, &text[text.len() - body.len() - 4..]),
        None => ("", text, ""),
    }
}

fn value_of(yaml: &str) -> Value {
    serde_yaml::from_str(yaml).unwrap()
}

/// Every file with a schema below a folder that holds `content` or `themes`: path, name of its schema, YAML.
fn files(root: &Path) -> Vec<(PathBuf, &'static str, String)> {
    let walk = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
    let walk = walk.filter(|entry| entry.file_type().is_file());
    walk.filter_map(|entry| {
        let path = entry.path();
        let schema = schema_of(path.strip_prefix(root).unwrap().to_str()?)?;
        let text = fs::read_to_string(path).unwrap();
        let has_front = text.starts_with("---\n");
        let is_markdown = path.extension().is_some_and(|end| end == "md");
        (has_front || !is_markdown).then(|| (path.to_owned(), schema, parts(&text).1.to_owned()))
    })
    .collect()
}

fn whole() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schema/whole")
}

#[test]
fn the_site_with_every_key_is_clean() {
    let compiled = compiled(&whole());
    let found: Vec<&String> = compiled.diagnostics.iter().map(|found| &found.headline).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn every_file_of_our_sites_fits_its_schema() {
    let (judge, here) = (Judge::new(), Path::new(env!("CARGO_MANIFEST_DIR")));
    let mut roots = vec![here.join("src/source/starter"), whole()];
    roots.extend(fs::read_dir(here.join("tests/sites")).unwrap().map(|case| case.unwrap().path().join("site")));
    let mut all: Vec<_> = roots.iter().flat_map(|root| files(root)).collect();
    // The repository is a site too; what else is in it is none.
    let own = ["content", "themes"].map(|folder| files_below(here, folder));
    all.extend(own.into_iter().flatten());
    let wrong: Vec<String> = all
        .iter()
        .flat_map(|(path, schema, yaml)| {
            let value = value_of(yaml);
            let in_folder = path.parent().is_some_and(|folder| folder.ends_with("policies")).then_some("policies");
            let names = [Some(*schema), in_folder].into_iter().flatten();
            names
                .filter_map(|name| Some(format!("{} by {name}: {}", path.display(), judge.refuses(name, &value)?)))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(all.len() > 100, "only {} files were found", all.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn files_below(root: &Path, folder: &str) -> Vec<(PathBuf, &'static str, String)> {
    let copied = tempfile::TempDir::new().unwrap();
    copy(&root.join(folder), &copied.path().join(folder));
    files(copied.path())
}

/// Every key that a schema declares, wherever in it.
fn declared(schema: &Value, keys: &mut BTreeSet<String>) {
    match schema {
        Value::Object(entries) => {
            if let Some(Value::Object(properties)) = entries.get("properties") {
                let is_declared = |(_, value): &(&String, &Value)| value.get("description").is_some();
                keys.extend(properties.iter().filter(is_declared).map(|(key, _)| key.clone()));
            }
            entries.values().for_each(|value| declared(value, keys));
        }
        Value::Array(values) => values.iter().for_each(|value| declared(value, keys)),
        _ => {}
    }
}

fn said(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(entries) => {
            keys.extend(entries.keys().cloned());
            entries.values().for_each(|value| said(value, keys));
        }
        Value::Array(values) => values.iter().for_each(|value| said(value, keys)),
        _ => {}
    }
}

/// Else nothing would be known of a key by the tests below.
#[test]
fn the_site_with_every_key_has_every_key() {
    let mut by_schema: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (_, schema, yaml) in files(&whole()) {
        said(&value_of(&yaml), by_schema.entry(schema).or_default());
    }
    // Facts of the nation are those of carriers; words of a theme are as many as anyone likes.
    for schema in ALL.iter().filter(|schema| !["national", "policies", "strings"].contains(&schema.name)) {
        let mut keys = BTreeSet::new();
        declared(&schema.schema(), &mut keys);
        let missing: Vec<_> = keys.difference(&by_schema[schema.name]).collect();
        assert!(missing.is_empty(), "{}: no file of tests/schema/whole says {missing:?}", schema.name);
    }
}

/// A value with one thing in it changed, and how.
fn mutations(value: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    let wrong =
        [json!(null), json!([[]]), json!({"Not a key": {}}), json!(-1), json!(true), json!(""), json!([]), json!({})];
    found.extend(wrong.into_iter().filter(|wrong| wrong != value).map(|wrong| (format!("is {wrong}"), wrong)));
    match value {
        Value::Object(entries) => {
            let mut more = entries.clone();
            more.insert("Not a key".into(), json!("x"));
            found.push(("has another key".into(), Value::Object(more)));
            for (key, inner) in entries {
                let mut fewer = entries.clone();
                fewer.remove(key);
                found.push((format!("has no {key}"), Value::Object(fewer)));
                found.extend(mutations(inner).into_iter().map(|(how, inner)| {
                    let mut changed = entries.clone();
                    changed.insert(key.clone(), inner);
                    (format!("{key}: {how}"), Value::Object(changed))
                }));
            }
        }
        Value::Array(values) => {
            for (at, inner) in values.iter().enumerate() {
                found.extend(mutations(inner).into_iter().map(|(how, inner)| {
                    let mut changed = values.clone();
                    changed[at] = inner;
                    (format!("{at}: {how}"), Value::Array(changed))
                }));
            }
        }
        _ => {}
    }
    found
}

/// What the parser has against a file of the site.
fn told(root: &Path, file: &str) -> Vec<Diagnostic> {
    let (mut tree, _) = rahnuma::edge::disk::read(root);
    let (_, found) = rahnuma::parse::documents(&mut tree, &mut rahnuma::parse::cache::Cache::default(), true);
    let found = found.sorted(&tree).into_iter();
    found.filter(|found| tree.path(found.primary.place.file).as_str() == file).collect()
}

/// Findings that a schema can make too: it knows nothing of locales, languages or other files.
const FORMAL: [Code; 3] = [Code::UnknownKey, Code::MissingKey, Code::WrongType];

/// Compares what the two say of a file with one thing changed.
fn disagreement(root: &Path, name: &str, (judge, schema): (&Judge, &str), value: &Value) -> Option<String> {
    let found = told(root, name);
    let formal: Vec<_> =
        found.iter().filter(|found| FORMAL.contains(&found.code)).map(|found| &found.headline).collect();
    match judge.refuses(schema, value) {
        None if !formal.is_empty() => Some(format!("the parser says {formal:?}, and the schema nothing")),
        Some(error) if found.is_empty() => Some(format!("the schema says {error}, and the parser nothing")),
        _ => None,
    }
}

#[test]
fn what_one_of_the_two_refuses_the_other_refuses() {
    let (judge, site) = (Judge::new(), tempfile::TempDir::new().unwrap());
    copy(&whole(), site.path());
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (path, schema, yaml) in files(site.path()) {
        // The parser asks for a theme's settings when it makes pages.
        if schema == "theme" {
            continue;
        }
        let (name, text) =
            (path.strip_prefix(site.path()).unwrap().to_str().unwrap(), fs::read_to_string(&path).unwrap());
        let (before, _, behind) = parts(&text);
        let mut tried = BTreeSet::new();
        for (how, value) in mutations(&value_of(&yaml)) {
            // In each entry of a list the same can go wrong; in values it depends on their kind.
            let anywhere: String = how.chars().filter(|c| !c.is_ascii_digit()).collect();
            if !tried.insert(anywhere) && !how.contains("value: ") {
                continue;
            }
            fs::write(&path, format!("{before}{}{behind}", serde_yaml::to_string(&value).unwrap())).unwrap();
            let said = disagreement(site.path(), name, (&judge, schema), &value);
            wrong.extend(said.map(|said| format!("{name}: {how}: {said}")));
            count += 1;
        }
        fs::write(&path, text).unwrap();
    }
    assert!(count > 1000, "only {count} changes were tried");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_settings_of_a_theme_are_refused_alike() {
    let (judge, site) = (Judge::new(), tempfile::TempDir::new().unwrap());
    copy(&whole(), site.path());
    for (yaml, is_right) in [
        ("fonts: {fonts/nastaliq-ur.woff2: [ur]}", true),
        ("fonts: {}", true),
        ("font: {}", false),
        ("fonts: []", false),
        ("fonts: {fonts/nastaliq-ur.woff2: ur}", false),
        ("fonts: {fonts/nastaliq-ur.woff2: [1]}", false),
    ] {
        crate::common::write(site.path(), "themes/whole/theme.yaml", yaml);
        let found = compiled(site.path()).diagnostics;
        let told = (found.is_empty(), judge.refuses("theme", &value_of(yaml)).is_none());
        assert_eq!(told, (is_right, is_right), "{yaml}: {found:?}");
    }
}
