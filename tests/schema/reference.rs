//! `docs/reference.md`: every key of every file, made from the schemas. `UPDATE=1 cargo test reference::` writes it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use rahnuma::parse::schema::ALL;
use serde_json::Value;

const HEAD: &str = "# Every key of every file

What the YAML files of a site and the front matter of its texts may say, file by file. This page is made from the JSON Schemas that
`rahnuma schema` prints, and those from what the program reads: it is never behind. [Keys while you write](editor.md) shows the same in a text editor.

A day is written as `2026-11-22`. *A text in each locale* is a mapping from the `id` of each locale to words: `{zh: …, en: …, ur: …}`. An id is made
of a–z, 0–9 and single hyphens, begins with a letter and has at most 40 characters. Required keys stand first, those that may be left out behind
them by name.
";

/// Facts are told once, with those of carriers.
const FACTS: &str = "#/$defs/Fact";
const CARRIER: &str = "A carrier and its facts";

/// A schema, and all of it, where what it names stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    here: &'a Value,
    root: &'a Value,
}

impl<'a> Place<'a> {
    fn at(self, here: &'a Value) -> Self {
        Self { here, root: self.root }
    }

    /// A part of the schema, with what it refers to.
    fn get(self, key: &str) -> Option<Self> {
        Some(self.at(self.here.get(key)?).followed())
    }

    fn followed(self) -> Self {
        match self.here.get("$ref").and_then(Value::as_str) {
            Some(name) => self.at(self.root.pointer(name.trim_start_matches('#')).unwrap()),
            None => self,
        }
    }

    fn text(self, key: &str) -> Option<&'a str> {
        self.here.get(key)?.as_str()
    }

    fn list(self, key: &str) -> &'a [Value] {
        self.here.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The keys that it declares, the required ones first.
    fn keys(self) -> Vec<(&'a str, &'a Value)> {
        let Some(Value::Object(properties)) = self.here.get("properties") else { return Vec::new() };
        let required = self.list("required").iter().filter_map(Value::as_str);
        let first: Vec<_> = required.map(|key| (key, &properties[key])).collect();
        let rest = properties.iter().filter(|(key, _)| !self.requires(key)).map(|(key, value)| (key.as_str(), value));
        first.iter().copied().chain(rest).collect()
    }

    fn requires(self, key: &str) -> bool {
        self.list("required").iter().any(|required| required == key)
    }
}

/// Words between backticks, a comma between two.
fn quoted<'a>(words: impl IntoIterator<Item = &'a Value>) -> String {
    let bare = |word: &Value| word.as_str().map_or_else(|| word.to_string(), str::to_owned);
    words.into_iter().map(|word| format!("`{}`", bare(word))).collect::<Vec<_>>().join(", ")
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// What kind of value it is.
fn form(of: Place<'_>) -> String {
    let of = of.followed();
    if let Some(range) = of.here.get("minimum").zip(of.here.get("maximum")).filter(|_| of.here["type"] == "integer") {
        return format!("a number from {} to {}", range.0, range.1);
    }
    if !of.list("enum").is_empty() {
        return format!("one of {}", quoted(of.list("enum")));
    }
    if let Some(only) = of.here.get("const") {
        return quoted([only]);
    }
    if let Some(items) = of.get("items") {
        let least = of.here.get("minItems").map(|_| ", one at least".to_owned());
        let most = of.here.get("maxItems").map(|most| format!(", {most} at most"));
        let count = least.or(most).unwrap_or_default();
        return if items.keys().is_empty() {
            format!("a list{count}; each entry {}", form(items))
        } else {
            format!("a list{count}")
        };
    }
    if let Some(title) = of.text("title") {
        let examples = of.list("examples");
        let examples = if examples.is_empty() { String::new() } else { format!(", such as {}", quoted(examples)) };
        return lower(title) + &examples;
    }
    match of.here["type"].as_str() {
        Some("boolean") => "`true` or `false`".to_owned(),
        Some("object") => "a mapping".to_owned(),
        _ => of.list("anyOf").iter().map(|way| form(of.at(way))).collect::<Vec<_>>().join("; or "),
    }
}

/// When a key has to be there that not every mapping has.
fn condition(of: Place<'_>, key: &str) -> Option<String> {
    of.list("allOf").iter().find_map(|rule| {
        let is_meant = rule.pointer("/then/required").is_some_and(|keys| keys[0] == key);
        let (other, words) = rule.pointer("/if/properties")?.as_object().filter(|_| is_meant)?.iter().next()?;
        let alone = if rule.pointer("/else").is_some() { ", and only there" } else { "" };
        Some(format!("required where `{other}` is {}{alone}", quoted(words["enum"].as_array()?)))
    })
}

/// The list of a mapping's keys, with those of what is in them.
fn keys(of: Place<'_>, indent: &str, out: &mut String) {
    for (key, value) in of.keys() {
        let value = of.at(value);
        let (needed, standard) = (of.requires(key), value.here.get("default"));
        let needed = if needed { Some("required".to_owned()) } else { condition(of, key) };
        let standard = standard.map(|standard| format!("{} if left out", quoted([standard])));
        let remarks =
            needed.into_iter().chain(standard).map(|remark| format!("; {remark}")).collect::<Vec<_>>().concat();
        let says = value.text("description").unwrap();
        writeln!(out, "{indent}- `{key}`: {}{remarks}.\n{indent}  {says}", form(value)).unwrap();
        inside(value, &format!("{indent}  "), out);
    }
    values_by_kind(of, indent, out);
}

/// What is in the value of a key, or in the entries of a list.
fn inside(of: Place<'_>, indent: &str, out: &mut String) {
    let of = of.followed();
    let is_told = |items: &Value| items.get("$ref").is_some_and(|name| name == FACTS) && of.root["title"] != CARRIER;
    if of.here.get("items").is_some_and(is_told) {
        let heading = CARRIER.to_lowercase().replace(' ', "-");
        writeln!(out, "{indent}Each has the keys of the facts of [a carrier](#{heading}).").unwrap();
        return;
    }
    let entries = of.get("items").unwrap_or(of);
    keys(entries, indent, out);
    named(of, indent, out);
    of.list("anyOf").iter().for_each(|way| inside(of.at(way), indent, out));
}

/// The entries of a mapping whose keys are the editor's own.
fn named(of: Place<'_>, indent: &str, out: &mut String) {
    let Some(key) = of.get("propertyNames").and_then(|names| names.text("title")) else { return };
    for value in of.here["patternProperties"].as_object().into_iter().flat_map(|patterns| patterns.values()) {
        let value = of.at(value).followed();
        let says = value.text("description").map(|says| format!(" {says}")).unwrap_or_default();
        writeln!(out, "{indent}- each key, {}: {}.{says}", lower(key), form(value)).unwrap();
        inside(value, &format!("{indent}  "), out);
    }
}

/// How the value of a fact is written, by its kind.
fn values_by_kind(of: Place<'_>, indent: &str, out: &mut String) {
    let kinds = of.list("allOf").iter().filter_map(|rule| {
        let value = rule.pointer("/then/properties/readings/items/properties/value/anyOf/1")?;
        Some((rule.pointer("/if/properties/kind/const")?.as_str()?, of.at(value)))
    });
    let kinds: Vec<_> = kinds.collect();
    if !kinds.is_empty() {
        writeln!(out, "{indent}- What `value` is, by `kind`:").unwrap();
    }
    for (kind, value) in kinds {
        let says = value.followed().text("description").map(|says| format!(". {says}")).unwrap_or_default();
        writeln!(out, "{indent}  - of `{kind}`: {}{says}", form(value)).unwrap();
        inside(value, &format!("{indent}    "), out);
    }
}

fn reference() -> String {
    let mut out = HEAD.to_owned();
    for schema in ALL.iter().filter(|schema| schema.name != "policies") {
        let root = schema.schema();
        let place = Place { here: &root, root: &root };
        let files: Vec<String> = schema.files.iter().map(|file| format!("`{file}`")).collect();
        writeln!(out, "\n## {}\n\n{}", schema.title, files.join(", ")).unwrap();
        let entries = place.get("items");
        let about = entries.unwrap_or(place).text("description").unwrap();
        let about = if entries.is_some() { format!("A list. Each entry: {}", lower(about)) } else { about.to_owned() };
        writeln!(out, "\n{about}\n").unwrap();
        if schema.name == "strings" {
            // Which words there are, the theme's own file says: `rahnuma theme eject strings/en.yaml`.
            let words = place.get("additionalProperties").unwrap();
            let ways = words.list("anyOf").iter().filter_map(|way| words.at(way).followed().text("description"));
            words.text("description").into_iter().chain(ways).for_each(|says| writeln!(out, "- {says}").unwrap());
        } else {
            inside(place, "", &mut out);
        }
    }
    out
}

#[test]
fn the_page_of_every_key_is_that_of_the_schemas() {
    let (file, made) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference.md"), reference());
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &made).unwrap();
    }
    let there = fs::read_to_string(&file).unwrap_or_default();
    assert!(there == made, "`UPDATE=1 cargo test reference::` renews docs/reference.md");
}
