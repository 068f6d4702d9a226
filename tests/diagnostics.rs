//! Every diagnostic has a page under `tests/diagnostics/`: why the rule exists, files that break it, the exact message.
//!
//! A page's files are laid over the site that `rahnuma init` makes. A file is a line with its path between backticks,
//! then a fenced block:
//! - any language: the whole text of the file;
//! - `patch`: lines `- old` and `+ new`; each old line of the starter's file is replaced by the new lines below it, or
//!   dropped; a block with only `+` lines is appended;
//! - `bytes`: text with `\xNN` for bytes that are no text; `repeat`: a number and a text to repeat; `link`: where a
//!   symbolic link leads; `remove`: the file is taken away;
//! - `answers`: no file, but what addresses outside the site answer when they are asked, a line each.
//!
//! `UPDATE=1 cargo test diagnostics` writes the messages into the pages.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rahnuma::check::Clean;
use rahnuma::compile::{Compiled, Memory, NotRendered, Options, compile_unchecked};
use rahnuma::diag::{Code, Severity};
use rahnuma::external;
use rahnuma::model::external::Answer;
use rahnuma::parse::links;

struct Page {
    name: String,
    text: String,
    files: Vec<(String, String, String)>,
    message: Option<(usize, usize)>,
}

fn parse(name: &str, text: String) -> Page {
    let (mut files, mut message, mut path) = (Vec::new(), None, None);
    let mut at = 0;
    let mut open: Option<(String, String, usize)> = None;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        match &open {
            None => {
                if let Some(info) = bare.strip_prefix("````").or_else(|| bare.strip_prefix("```")) {
                    let fence = if bare.starts_with("````") { "````" } else { "```" };
                    open = Some((fence.to_owned(), info.to_owned(), at + line.len()));
                } else if bare.starts_with('`') && bare.ends_with('`') && bare.len() > 2 {
                    path = Some(bare.trim_matches('`').to_owned());
                }
            }
            Some((fence, info, start)) if bare == fence => {
                if let Some(path) = path.take() {
                    files.push((path, info.clone(), text[*start..at].to_owned()));
                } else if info == "text" {
                    message = Some((*start, at));
                }
                open = None;
            }
            Some(_) => {}
        }
        at += line.len();
    }
    Page { name: name.to_owned(), text, files, message }
}

fn lay(root: &Path, (path, info, text): &(String, String, String)) {
    let target = root.join(path);
    match info.as_str() {
        "patch" => patch(&target, path, text),
        "bytes" => crate::common::write(root, path, unescape(text.trim_end_matches('\n'))),
        "repeat" => {
            let (count, what) = text.trim_end_matches('\n').split_once(' ').unwrap();
            crate::common::write(root, path, what.repeat(count.parse().unwrap()));
        }
        "link" => {
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            std::os::unix::fs::symlink(text.trim(), target).unwrap();
        }
        "remove" => fs::remove_file(target).unwrap(),
        "answers" => {}
        _ => crate::common::write(root, path, text),
    }
}

fn patch(target: &Path, name: &str, text: &str) {
    // What the site does not have is a file of the built-in theme.
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let mut file = fs::read_to_string(target).or_else(|_| fs::read_to_string(built_in)).unwrap();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let old = line.strip_prefix("- ");
        let mut new = String::new();
        if old.is_none() {
            new.push_str(
                line.strip_prefix("+ ").or_else(|| line.strip_prefix('+')).unwrap_or_else(|| panic!("{line:?}")),
            );
            new.push('\n');
        }
        while let Some(added) = lines.next_if(|line| line.starts_with('+')) {
            new.push_str(added.strip_prefix("+ ").unwrap_or(&added[1..]));
            new.push('\n');
        }
        match old {
            Some(old) => {
                let old = format!("{old}\n");
                assert!(file.contains(&old), "the starter's {} has no line {old:?}", target.display());
                file = file.replacen(&old, &new, 1);
            }
            None => file.push_str(&new),
        }
    }
    fs::create_dir_all(target.parent().unwrap()).unwrap();
    fs::write(target, file).unwrap();
}

fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut parts = text.split("\\x");
    bytes.extend(parts.next().unwrap().as_bytes());
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(&part.as_bytes()[2..]);
    }
    bytes
}

fn run(page: &Page) -> Result<(), String> {
    let site = crate::common::starter();
    page.files.iter().for_each(|file| lay(site.path(), file));
    // What only a site tells that is to be published would stand beside every other message.
    let mut compiled =
        if page.name == "placeholder" { crate::common::published } else { crate::common::compiled }(site.path());
    let answers = page.files.iter().find(|(_, info, _)| info == "answers");
    if let Some((_, _, lines)) = answers {
        ask(&mut compiled, lines);
    }
    let found = &compiled.diagnostics;
    if !found.iter().any(|diagnostic| diagnostic.code.name() == page.name) {
        return Err(format!(
            "{}: its site does not break the rule; found {:?}",
            page.name,
            found.iter().map(|it| &it.headline).collect::<Vec<_>>()
        ));
    }
    let shown = crate::common::told(&compiled);
    let shown = format!("{}\n", shown.trim_end());
    let (start, end) = page.message.ok_or_else(|| format!("{}: the page has no ```text block", page.name))?;
    if page.text[start..end] == shown {
        return Ok(());
    }
    if std::env::var_os("UPDATE").is_some() {
        let text = format!("{}{shown}{}", &page.text[..start], &page.text[end..]);
        fs::write(folder().join(format!("{}.md", page.name)), text).unwrap();
        return Ok(());
    }
    Err(format!(
        "{}: the message differs\n--- the page says\n{}\n--- the program says\n{shown}",
        page.name,
        &page.text[start..end]
    ))
}

/// Adds what is told when addresses answer so: `ADDRESS reached`, `ADDRESS moved NEW`, `ADDRESS gone WHY`, `ADDRESS unsure WHY`.
fn ask(compiled: &mut Compiled, lines: &str) {
    let answer = |line: &str| {
        let (address, said) = line.split_once(' ').unwrap();
        let (state, more) = said.split_once(' ').unwrap_or((said, ""));
        let answer = match state {
            "reached" => Answer::Reachable { moved: None },
            "moved" => Answer::Reachable { moved: Some(more.to_owned()) },
            "gone" => Answer::Gone(more.to_owned()),
            "unsure" => Answer::Unsure(more.to_owned()),
            _ => panic!("{line}"),
        };
        (address.to_owned(), answer)
    };
    let answers = lines.lines().map(answer).collect();
    let site = compiled.renderer().unwrap().site();
    let (addresses, before) = (external::addresses(site), links::of_site(&compiled.tree).unwrap());
    let memory = external::after(&before, &addresses, &answers, crate::common::TODAY);
    let found = external::findings(site, &addresses, &answers, &memory).sorted(&compiled.tree);
    compiled.add(found);
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/diagnostics"))
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let pages: BTreeSet<String> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| format!("{}.md", code.name())).collect();
    assert_eq!(pages, codes);
}

#[test]
fn every_page_shows_what_the_program_says() {
    let failed: Vec<String> = Code::ALL
        .iter()
        .filter_map(|code| {
            let text = fs::read_to_string(folder().join(format!("{}.md", code.name()))).unwrap();
            assert!(
                text.starts_with(&format!("# {}\n\n", code.name())),
                "{}: the page begins with its name",
                code.name()
            );
            run(&parse(code.name(), text)).err()
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

/// A preview shows pages before the whole site was checked: whatever is found then, they could be made, or it is told why not.
#[test]
fn pages_can_be_made_before_the_site_is_checked() {
    let mut shown = 0;
    for code in Code::ALL {
        let text = fs::read_to_string(folder().join(format!("{}.md", code.name()))).unwrap();
        let site = crate::common::starter();
        parse(code.name(), text).files.iter().for_each(|file| lay(site.path(), file));
        let (tree, _) = rahnuma::edge::disk::read(site.path());
        let options = Options { as_of: crate::common::TODAY, ..Options::default() };
        let (compiled, unchecked) = compile_unchecked(&tree, &options, &mut Memory::default(), &|_| {});
        let found = unchecked.map(|unchecked| unchecked.check(&compiled, &mut Clean::default())).unwrap_or_default();
        if !compiled.has_errors() && found.iter().any(|found| found.severity() == Severity::Error) {
            // A template that fails is told as a finding.
            let is_told =
                |path| !matches!(compiled.render(path), Err(NotRendered::HasErrors | NotRendered::NothingThere));
            assert!(compiled.routes().all(|(path, _)| is_told(path)), "{}", code.name());
            shown += 1;
        }
    }
    assert!(shown > 3, "only {shown} sites have errors that only the whole of them shows");
}

#[test]
fn the_starter_is_clean() {
    let site = crate::common::starter();
    assert_eq!(crate::common::findings(site.path()), "");
}
