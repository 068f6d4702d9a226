//! What `docs/` tells to do can be done: each page is followed from the top, in an empty folder, as a reader would.
//!
//! `docs/README.md` lists the pages below `## Tasks`. Of a page's fenced blocks
//! - `sh` is run line by line: `rahnuma`, `git`, `cd FOLDER` or `rm FILE…`. Each works; in `sh fails` each fails;
//! - `text` is what the commands above it print; `…` at the end of a line stands for anything;
//! - any other is the file that the line before it ends with, as in ``In `content/site.yaml`:``: its whole text, or in
//!   `diff` a change of it, where lines with `-` are taken out, lines with `+` put in, and the others say where.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::program::{rahnuma, stderr};
use crate::common::{TODAY, write};

/// Commands that take the day they run on: where a page names none, it is the day of the tests.
const DATED: &[&str] = &["accept", "build", "check", "confirm", "facts", "merge", "new"];

fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    fs::read_to_string(path).unwrap_or_else(|error| panic!("docs/{name}: {error}"))
}

struct Block {
    info: String,
    before: String,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let (mut found, mut before) = (Vec::new(), String::new());
    let mut open: Option<Block> = None;
    for line in page.lines() {
        match (open.take(), line.strip_prefix("```")) {
            (Some(block), Some("")) => found.push(block),
            (Some(mut block), _) => {
                block.text += line;
                block.text += "\n";
                open = Some(block);
            }
            (None, Some(info)) => {
                open = Some(Block { info: info.to_owned(), before: std::mem::take(&mut before), text: String::new() });
            }
            (None, None) if line.is_empty() => {}
            (None, None) => line.clone_into(&mut before),
        }
    }
    assert!(open.is_none(), "the last block has no end");
    found
}

/// The words of a line; quotes stand around whole words.
fn words(line: &str) -> Vec<&str> {
    let parts = line.split('"').enumerate();
    parts.flat_map(|(at, part)| if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }).collect()
}

/// Runs a line. Says whether it worked, and what it printed.
fn run(folder: &mut PathBuf, line: &str) -> (bool, String) {
    let words = words(line);
    let mut command = match words[0] {
        "cd" => {
            folder.push(words[1]);
            return (folder.is_dir(), String::new());
        }
        "rm" => return (words[1..].iter().all(|file| fs::remove_file(folder.join(file)).is_ok()), String::new()),
        "git" => Command::new("git"),
        "rahnuma" => rahnuma(),
        _ => panic!("no page runs this: {line}"),
    };
    if words[0] == "git" {
        command.args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]);
    }
    command.args(&words[1..]).current_dir(folder.as_path());
    if DATED.contains(&words[1]) && !words.contains(&"--as-of") {
        command.arg("--as-of").arg(TODAY.to_string());
    }
    let output = command.output().unwrap_or_else(|error| panic!("{line}: {error}"));
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned() + &stderr(&output))
}

fn is_as_shown(printed: &str, shown: &str) -> bool {
    let parts: Vec<&str> = shown.split("…\n").collect();
    let [first, between @ .., last] = parts.as_slice() else { return printed == shown };
    let Some(mut rest) = printed.strip_prefix(*first) else { return false };
    for part in between {
        let Some(at) = rest.find(*part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(*last)
}

/// The file with the change made, if what the change shows stands there once.
fn changed(file: &str, change: &str) -> Option<String> {
    let without = |mark: char| -> String {
        let lines = change.lines().filter(|line| !line.starts_with(mark));
        lines.map(|line| line.get(1..).unwrap_or_default().to_owned() + "\n").collect()
    };
    let (old, new) = (without('+'), without('-'));
    (file.matches(old.as_str()).count() == 1).then(|| file.replacen(old.as_str(), &new, 1))
}

fn follow(name: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut here = folder.path().to_owned();
    let mut printed = String::new();
    for Block { info, before, text } in blocks(&page(name)) {
        match info.as_str() {
            "sh" | "sh fails" => {
                printed.clear();
                for line in text.lines() {
                    let (works, more) = run(&mut here, line);
                    assert_eq!(works, info == "sh", "docs/{name}: `{line}` printed\n{more}");
                    printed += &more;
                }
            }
            "text" => {
                let printed = printed.trim_end().to_owned() + "\n";
                assert!(is_as_shown(&printed, &text), "docs/{name} shows\n{text}\nthe program printed\n{printed}");
            }
            _ => {
                let file = before.strip_suffix("`:").and_then(|line| line.rsplit('`').next());
                let file = file.unwrap_or_else(|| panic!("docs/{name}: the line before names no file:\n{text}"));
                let whole = if info == "diff" {
                    let old = fs::read_to_string(here.join(file)).unwrap();
                    changed(&old, &text).unwrap_or_else(|| panic!("docs/{name}: not once in {file}:\n{text}\n{old}"))
                } else {
                    text
                };
                write(&here, file, whole);
            }
        }
    }
}

#[test]
fn every_task_can_be_done_as_its_page_says() {
    let index = page("README.md");
    let tasks = index.split_once("\n## Tasks\n").unwrap().1.split("\n## ").next().unwrap();
    let pages: Vec<&str> = tasks.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
    assert!(!pages.is_empty());
    // Some use what a program without its network has not.
    let can = |page: &&str| cfg!(feature = "publish") || !["publish.md", "external-links.md"].contains(page);
    pages.into_iter().filter(can).for_each(follow);
}

/// Every string of a file of words: its key, plural forms included, and what it says.
fn strings(text: &str) -> std::collections::BTreeMap<String, String> {
    let (mut above, mut found) = (Vec::<(usize, String)>::new(), std::collections::BTreeMap::new());
    for line in text.lines() {
        let Some((key, says)) = line.split_once(':').filter(|_| !line.trim_start().starts_with('#')) else { continue };
        let indent = key.len() - key.trim_start().len();
        above.retain(|(other, _)| *other < indent);
        above.push((indent, key.trim().trim_matches('"').to_owned()));
        if !says.trim().is_empty() {
            let path: Vec<&str> = above.iter().map(|(_, key)| key.as_str()).collect();
            found.insert(path.join("."), says.trim().to_owned());
        }
    }
    found
}

#[test]
fn a_site_about_something_else_is_told_of_every_word_for_a_carrier() {
    let english = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/strings/en.yaml");
    let words = strings(&fs::read_to_string(english).unwrap());
    let naming: Vec<&String> =
        words.iter().filter(|(_, says)| says.to_lowercase().contains("provider")).map(|(key, _)| key).collect();
    assert!(naming.len() > 5, "{naming:?}");
    let of = |locale: &str| {
        let file = format!("`themes/default/strings/{locale}.yaml`:");
        let all = blocks(&page("another-site.md"));
        let first = all.iter().find(|block| block.info == "yaml" && block.before.ends_with(&file)).unwrap();
        strings(&first.text)
    };
    let bank = of("en");
    assert_eq!(bank.keys().collect::<Vec<_>>(), naming);
    for key in naming {
        assert!(bank[key].to_lowercase().contains("bank"), "{key}: {}", bank[key]);
    }
    // Other languages have plural forms of their own.
    let without_forms = |keys: std::collections::BTreeMap<String, String>| -> std::collections::BTreeSet<String> {
        let bare = |key: String| {
            ["one", "many", "other"].iter().fold(key, |key, form| key.trim_end_matches(&format!(".{form}")).to_owned())
        };
        keys.into_keys().map(bare).collect()
    };
    assert_eq!(without_forms(of("pt")), without_forms(bank));
}
