//! An editor breaks a small site in three languages, one slip at a time, and is told the cause, at its place, and nothing that only
//! follows from it.
//!
//! `tests/breakages/table.md` holds the slips. A slip is a heading, then lines that begin with a mark:
//! - `@ file`: the file below `content/`, or of a theme, that is changed, with pairs of `- old` and `+ new` below it, in which `⏎` is a line end; a `+` without
//!   a `-` before it is the whole text of the file;
//! - `x file`: the file is taken away; `> file to`: it gets another name; `& file to`: it is copied;
//! - `= …`: what is told, a line each, as `check --format short` writes it.
//!
//! `UPDATE=1 cargo test breakages` writes what is told into the table.

use std::fs;
use std::path::Path;

use crate::common::TODAY;
use rahnuma::compile::{Options, Purpose, compile};
use rahnuma::diag::emit::{Format, render};
use rahnuma::edge::disk;
use rahnuma::source::path::{SitePath, SourcePath};
use rahnuma::source::tree::SourceTree;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/breakages");

/// What is done to the site.
enum Act<'a> {
    Replace(&'a str, &'a str, &'a str),
    Write(&'a str, &'a str),
    Remove(&'a str),
    Rename(&'a str, &'a str),
    Copy(&'a str, &'a str),
}

struct Slip<'a> {
    name: &'a str,
    acts: Vec<Act<'a>>,
    told: Vec<&'a str>,
}

fn table(text: &str) -> Vec<Slip<'_>> {
    let mut slips: Vec<Slip<'_>> = Vec::new();
    let (mut file, mut old) = ("", None);
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            slips.push(Slip { name, acts: Vec::new(), told: Vec::new() });
            continue;
        }
        let Some(slip) = slips.last_mut() else { continue };
        // A line of nothing but a mark stands for an empty line.
        let rest = line.get(2..).unwrap_or_default();
        match line.as_bytes().first() {
            Some(b'@') => file = rest,
            Some(b'-') => old = Some(rest),
            Some(b'+') => slip.acts.push(match old.take() {
                Some(old) => Act::Replace(file, old, rest),
                None => Act::Write(file, rest),
            }),
            Some(b'x') => slip.acts.push(Act::Remove(rest)),
            Some(b'>') => {
                let (from, to) = rest.split_once(' ').unwrap();
                slip.acts.push(Act::Rename(from, to));
            }
            Some(b'&') => {
                let (from, to) = rest.split_once(' ').unwrap();
                slip.acts.push(Act::Copy(from, to));
            }
            Some(b'=') => slip.told.push(rest),
            _ => assert_eq!(line, "", "{}", slip.name),
        }
    }
    slips
}

fn path(file: &str) -> SourcePath {
    let folder = if file.starts_with("themes/") { "" } else { "content/" };
    SourcePath::new(&format!("{folder}{file}")).unwrap()
}

/// A copy of a site in which a slip was made.
fn changed(site: &SourceTree, slip: &Slip<'_>) -> SourceTree {
    let mut tree = site.clone();
    let unescaped = |text: &str| text.replace('⏎', "\n");
    for act in &slip.acts {
        match act {
            Act::Replace(file, old, new) => {
                let (text, old) = (tree.text(&path(file)).unwrap(), unescaped(old));
                assert!(text.contains(&old), "{}: {file} has no {old:?}", slip.name);
                tree.insert(path(file), text.replacen(&old, &unescaped(new), 1).into_bytes());
            }
            Act::Write(file, text) => tree.insert(path(file), unescaped(text).into_bytes()),
            Act::Copy(file, to) => tree.insert(path(to), tree.get(&path(file)).unwrap()),
            Act::Remove(file) => tree = without(&tree, file),
            Act::Rename(file, to) => {
                tree.insert(path(to), tree.get(&path(file)).unwrap());
                tree = without(&tree, file);
            }
        }
    }
    tree
}

/// The lines told of a site in which a slip was made.
fn told(site: &SourceTree, slip: &Slip<'_>) -> String {
    let tree = changed(site, slip);
    let mut compiled = compile(&tree, &Options { as_of: TODAY, purpose: Purpose::Check, ..Options::default() });
    let rendered = rahnuma::output::findings(&compiled);
    compiled.add(rendered);
    render(&compiled.diagnostics, &compiled.tree, Format::Short)
}

/// The same files but one, as if it had never been there.
fn without(read: &SourceTree, file: &str) -> SourceTree {
    let mut tree = SourceTree::default();
    for kept in read.paths().filter(|kept| file.is_empty() || **kept != path(file)) {
        tree.insert(kept.clone(), read.get(kept).unwrap());
    }
    tree
}

/// In memory, so that each slip is made in a copy.
fn site() -> SourceTree {
    let (read, unread) = disk::read(Path::new(FOLDER));
    assert!(unread.is_empty());
    without(&read, "")
}

#[test]
fn the_site_itself_is_whole() {
    let whole = Slip { name: "none", acts: Vec::new(), told: Vec::new() };
    assert_eq!(told(&site(), &whole), "");
}

#[test]
fn each_slip_is_told_at_its_place_and_nothing_that_follows_from_it() {
    let name = format!("{FOLDER}/table.md");
    let text = fs::read_to_string(&name).unwrap();
    let (site, slips) = (site(), table(&text));
    assert!(slips.len() >= 60, "{}", slips.len());
    let all: Vec<String> = slips.iter().map(|slip| told(&site, slip)).collect();
    if std::env::var_os("UPDATE").is_some() {
        let parts = text.split_inclusive('\n').filter(|line| !line.starts_with("= ")).collect::<String>();
        let mut parts = parts.split("\n## ");
        let mut written = parts.next().unwrap().to_owned();
        for (part, told) in parts.zip(&all) {
            let lines: Vec<String> = told.lines().map(|line| format!("= {line}")).collect();
            written.extend(["\n## ", part.trim_end(), "\n", &lines.join("\n"), "\n"]);
        }
        fs::write(&name, written).unwrap();
        return;
    }
    for (slip, told) in slips.iter().zip(&all) {
        assert_eq!(told.trim_end(), slip.told.join("\n"), "{}", slip.name);
        assert!(!slip.told.is_empty(), "{}: nothing is told", slip.name);
    }
}

/// A fee is known from December on, and in each language the new sentence stands behind the old one.
const AHEAD: &str = "## Ahead
@ policies/example.yaml
-       - value: unknown
+       - value: {currency: PKR, exact: 50}⏎        from: 2026-12-01⏎        confidence: reported⏎        checked: 2026-11-22⏎        sources: [our-notes]⏎      - value: unknown⏎        until: 2026-11-30
@ guides/example/close-sim.en.md
- {fact=closing-fee is=unknown}
+ {fact=closing-fee is=unknown} [There is a charge.]{fact=closing-fee is=50}
@ guides/example/close-sim.ur.md
- {fact=closing-fee is=unknown}
+ {fact=closing-fee is=unknown} [خرچ لیا جاتا ہے۔]{fact=closing-fee is=50}
@ guides/example/close-sim.zh.md
- {fact=closing-fee is=unknown}
+ {fact=closing-fee is=unknown}[要收费。]{fact=closing-fee is=50}
";

#[test]
fn a_sentence_that_is_written_ahead_is_read_on_its_days_and_the_day_stops_no_build() {
    let slips = table(AHEAD);
    let tree = changed(&site(), &slips[0]);
    let on = |as_of| {
        let compiled = compile(&tree, &Options { as_of, purpose: Purpose::Check, ..Options::default() });
        let told: Vec<&str> = compiled.diagnostics.iter().map(|found| found.code.name()).collect();
        let told: Vec<String> =
            told.into_iter().filter(|code| *code != "stale-translation").map(str::to_owned).collect();
        let file = compiled.render(&SitePath::new("en/example/close-sim/index.html").unwrap());
        (told, String::from_utf8(file.unwrap_or_else(|_| panic!("{as_of}: no page")).bytes.to_vec()).unwrap())
    };
    let (told, page) = on(TODAY);
    assert_eq!(told, [""; 0]);
    assert!(page.contains("<template data-day=2026-12-01>There is a "), "{page}");
    assert!(!page.contains("<s>Ask what it costs"), "{page}");
    let (told, page) = on(jiff::civil::date(2026, 12, 1));
    assert_eq!(told, ["ended-claim"; 3]);
    assert!(page.contains("<s>Ask what it costs before you sign"), "{page}");
    assert!(page.contains("There is a ") && !page.contains("<template data-day=2026-12-01>"), "{page}");
}
