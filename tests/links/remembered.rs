//! Runs of the program on several days, and where findings stand.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rahnuma::external;
use tempfile::TempDir;

use super::server::{Server, status};
use crate::common::program::{rahnuma, stderr};
use crate::common::{compiled, starter, write};

fn check(root: &Path, day: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let mut command = rahnuma();
    command.args(["check", "--external-links", "--as-of", day, "--root", root.to_str().unwrap()]).args(more);
    let output = command.env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1").output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout.clone()).unwrap(), stderr(&output))
}

fn replace(root: &Path, name: &str, old: &str, new: &str) {
    let text = fs::read_to_string(root.join(name)).unwrap();
    assert!(text.contains(old), "{name}: {old}");
    write(root, name, text.replacen(old, new, 1));
}

/// A site whose carrier's page is at an address.
fn site_with(address: &str) -> TempDir {
    let site = starter();
    let website = format!("status: active\nwebsite: {address}");
    replace(site.path(), "content/policies/example.yaml", "status: active", &website);
    site
}

const MEMORY: &str = "content/links.yaml";

fn memory(site: &TempDir) -> String {
    fs::read_to_string(site.path().join(MEMORY)).unwrap_or_default()
}

#[test]
fn gone_on_two_days_is_an_error_until_it_is_back() {
    let is_there = Arc::new(AtomicBool::new(true));
    let there = Arc::clone(&is_there);
    let server =
        Server::start(move |_, _, _| status(if there.load(Ordering::SeqCst) { "200 OK" } else { "404 Not Found" }));
    let address = server.at("/page");
    let site = site_with(&address);
    let run = |day: &str| check(site.path(), day, &["--format", "short", "--strict"]);
    let (code, found, told) = run("2026-11-22");
    assert_eq!((code, found.as_str(), memory(&site).as_str()), (Some(0), "", ""), "{told}");
    assert!(told.contains("asked 1 address outside the site: 1 reached, 0 gone, 0 unsure"), "{told}");
    is_there.store(false, Ordering::SeqCst);
    for _ in 0..2 {
        let (code, found, told) = run("2026-11-22");
        assert_eq!(code, Some(0), "{found}{told}");
        assert!(found.starts_with("content/policies/example.yaml:7:10: warning[link-unsure]: "), "{found}");
        let entry = format!("- url: \"{address}\"\n  state: gone\n  first: 2026-11-22\n  last: 2026-11-22\n");
        assert!(memory(&site).ends_with(&entry), "{}", memory(&site));
    }
    let (code, found, told) = run("2026-11-29");
    assert_eq!(code, Some(1), "{told}");
    let expected = format!("error[link-gone]: `{address}` is gone: 404 Not Found, and so it was on 2026-11-22\n");
    assert!(found.ends_with(&expected), "{found}");
    assert!(memory(&site).ends_with("  first: 2026-11-22\n  last: 2026-11-29\n"), "{}", memory(&site));
    is_there.store(true, Ordering::SeqCst);
    let (code, found, told) = run("2026-12-06");
    assert_eq!((code, found.as_str()), (Some(0), ""), "{told}");
    assert!(memory(&site).ends_with("by hand.\n[]\n"), "{}", memory(&site));
}

#[test]
fn a_warning_is_refused_by_those_who_name_it() {
    let server = Server::start(|_, _, _| status("429 Too Many Requests"));
    let site = site_with(&server.at("/"));
    let run = |more: &[&str]| check(site.path(), "2026-11-22", more);
    assert_eq!(run(&["--strict"]).0, Some(0));
    assert_eq!(run(&["--deny", "link-unsure"]).0, Some(1));
    assert_eq!(run(&["--deny-group", "links"]).0, Some(1));
    assert_eq!(run(&["--deny-group", "links", "--allow", "link-unsure"]).0, Some(0));
    let (_, json, _) = run(&["--format", "json"]);
    assert!(json.contains("\"link-unsure\"") && json.contains("\"line\":7"), "{json}");
    let (_, sarif, _) = run(&["--format", "sarif"]);
    assert!(sarif.contains("\"ruleId\":\"link-unsure\"") && sarif.contains("\"startLine\":7"), "{sarif}");
    let (_, github, _) = run(&["--format", "github"]);
    assert!(github.contains("::warning file=content/policies/example.yaml,line=7"), "{github}");
    let (_, _, human) = run(&[]);
    assert!(human.contains(" --> content/policies/example.yaml:7:10") && human.contains("^^^"), "{human}");
}

#[test]
fn only_what_is_in_scope_is_asked_and_the_rest_stays_remembered() {
    let server = Server::start(|_, _, _| status("200 OK"));
    let site = site_with(&server.at("/"));
    let known = |url: &str| format!("- url: \"{url}\"\n  state: gone\n  first: 2026-11-01\n  last: 2026-11-01\n");
    let own = known(&server.at("/"));
    write(site.path(), MEMORY, format!("{own}{}", known("https://www.guides.test/old")));
    let (code, _, told) = check(site.path(), "2026-11-22", &["content/pages/about.en.md"]);
    assert_eq!((code, server.requests().len()), (Some(0), 0), "{told}");
    // What the site no longer leads to is forgotten.
    assert!(memory(&site).ends_with(&own), "{}", memory(&site));
    let (code, _, told) = check(site.path(), "2026-11-22", &["content/policies"]);
    assert_eq!((code, server.requests().len()), (Some(0), 1), "{told}");
    assert!(memory(&site).ends_with("[]\n"), "{}", memory(&site));
}

#[test]
fn a_memory_with_mistakes_is_told_and_left_as_it_is() {
    let server = Server::start(|_, _, _| status("200 OK"));
    let site = site_with(&server.at("/"));
    for broken in
        ["- url: https://a.test/\n  state: away\n  first: 2026-11-01\n  last: 2026-11-01\n", "- a\n", "x: 1\n"]
    {
        write(site.path(), MEMORY, broken);
        let (code, found, told) = check(site.path(), "2026-11-22", &["--format", "short"]);
        assert_eq!((code, memory(&site).as_str()), (Some(1), broken), "{told}");
        assert!(found.contains("content/links.yaml:") && told.contains("no address was asked"), "{found}{told}");
    }
    assert_eq!(server.requests(), [""; 0]);
}

#[test]
fn every_place_that_leads_outside_is_known() {
    let site = starter();
    let root = site.path();
    for locale in ["zh", "en", "ur"] {
        let page = format!("content/pages/about.{locale}.md");
        let text = fs::read_to_string(root.join(&page)).unwrap();
        write(
            root,
            &page,
            format!("{text}\n[A](https://a.test/x#one) [A](https://a.test/x#two) [M](mailto:a@a.test)\n"),
        );
        let fragment = format!("content/fragments/before-you-start.{locale}.md");
        let text = fs::read_to_string(root.join(&fragment)).unwrap();
        write(root, &fragment, format!("{text}\n[B](http://b.test/)\n"));
    }
    replace(root, "content/policies/example.yaml", "status: active", "status: active\nwebsite: https://a.test/x");
    let source = "kind: our-notes\n  url: https://c.test/?a=1#x\n  archive: https://archive.test/1";
    replace(root, "content/policies/sources.yaml", "kind: our-notes", source);
    let fact = |id: &str, more: &str| {
        format!(
            "  - id: {id}\n    label: {{zh: 网站, en: Site, ur: سائٹ}}\n    kind: url\n    risk: low\n    readings:\n      - value: https://{id}.test/\n        {more}confidence: official\n        checked: 2026-11-22\n        sources: [our-notes]\n"
        )
    };
    let file = root.join("content/policies/example.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let facts =
        fact("now", "") + &fact("ended", "until: 2026-11-01\n        ") + &fact("soon", "from: 2027-01-01\n        ");
    fs::write(&file, format!("{}\n{facts}", text.trim_end())).unwrap();
    let compiled = compiled(root);
    let found = external::addresses(compiled.renderer().unwrap().site());
    let counted: Vec<(&str, usize)> = found.iter().map(|(address, places)| (address.as_str(), places.len())).collect();
    let expected = [
        ("http://b.test/", 3),
        ("https://a.test/x", 7),
        ("https://archive.test/1", 1),
        ("https://c.test/?a=1", 1),
        ("https://now.test/", 1),
        ("https://soon.test/", 1),
    ];
    assert_eq!(counted, expected);
}
