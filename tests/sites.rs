//! Small sites in, pages out: each folder of `tests/sites/` is laid over the site that `init` makes, and the main part of
//! the pages it names is compared with `expected.html`.
//!
//! `UPDATE=1 cargo test sites` writes what the program makes.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use rahnuma::source::path::SitePath;

fn made(case: &Path) -> String {
    let site = crate::common::starter();
    crate::common::copy(&case.join("site"), site.path());
    let compiled = crate::common::compiled(site.path());
    let mut out = crate::common::short(site.path());
    for path in fs::read_to_string(case.join("pages.txt")).unwrap().lines() {
        let html = compiled.html(&SitePath::new(path).unwrap()).unwrap_or_else(|error| panic!("{path}: {error:?}"));
        let main = html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap();
        let lines = main.lines().map(str::trim_end).filter(|line| !line.trim().is_empty());
        let _ = writeln!(out, "<!-- {path} -->\n<main{}</main>", lines.collect::<Vec<_>>().join("\n"));
    }
    out
}

#[test]
fn sites_become_the_pages_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut cases: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    let mut failed = Vec::new();
    for case in &cases {
        let (made, file) = (made(case), case.join("expected.html"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, &made).unwrap();
        }
        if fs::read_to_string(&file).unwrap_or_default() != made {
            failed.push(format!("{}: differs; the program makes\n{made}", case.display()));
        }
    }
    assert!(!cases.is_empty() && failed.is_empty(), "{}", failed.join("\n"));
}
