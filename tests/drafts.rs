//! Drafts: never published, always looked at, shown on demand.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::common::program::{build, files, rahnuma, stderr};
use crate::common::{starter, write};

/// A guide that says nothing wrong.
fn guide(draft: &str, link: &str) -> String {
    format!(
        "---\ntitle: Keep a SIM\nsummary: What keeps a number alive.\n{draft}---\nRead this first.{link}\n\n\
         ## Use it {{#use}}\n\n- [ ] Send a message {{#send}}\n"
    )
}

fn check(root: &Path, more: &[&str]) -> Output {
    let root = root.to_str().unwrap();
    rahnuma().args(["check", "--as-of", "2026-11-22", "--root", root]).args(more).output().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    files(folder).into_keys().collect()
}

#[test]
fn drafts_are_not_published() {
    let site = starter();
    let root = site.path();
    assert_eq!(build(root, &[]).status.code(), Some(0));
    let before = files(&root.join("public"));
    write(root, "content/drafts/guides/example/keep-sim.en.md", guide("", ""));
    write(root, "content/guides/example/keep-number.en.md", guide("draft: true\n", ""));
    write(root, "content/drafts/pages/how.en.md", "---\ntitle: How\nsummary: How it is.\n---\nIt is so.\n");
    let policy = fs::read_to_string(root.join("content/policies/example.yaml")).unwrap();
    write(root, "content/policies/other.yaml", policy.replace("status:", "draft: true\nstatus:"));
    // A guide of a carrier that is a draft is one too.
    write(root, "content/guides/other/close-sim.en.md", guide("", ""));
    assert_eq!(build(root, &["--strict", "--base-url", "https://a.org/"]).status.code(), Some(0));
    assert_eq!(build(root, &[]).status.code(), Some(0));
    assert_eq!(files(&root.join("public")), before);
}

#[test]
fn a_draft_in_the_source_locale_is_one_in_all() {
    let site = starter();
    let root = site.path();
    let source = root.join("content/guides/example/close-sim.en.md");
    let text = fs::read_to_string(&source).unwrap();
    for locale in ["zh", "en", "ur"] {
        let page = root.join(format!("content/pages/about.{locale}.md"));
        let about = fs::read_to_string(&page).unwrap();
        fs::write(page, about.replace("](../guides/example/close-sim.md)", "](../policies/example.yaml)")).unwrap();
    }
    fs::write(&source, text.replacen("---\n", "---\ndraft: true\n", 1)).unwrap();
    assert_eq!(build(root, &[]).status.code(), Some(0));
    assert!(!names(&root.join("public")).iter().any(|name| name.contains("close-sim")));
    // A translation alone is left out, and readers get the source.
    fs::write(&source, &text).unwrap();
    let urdu = root.join("content/guides/example/close-sim.ur.md");
    let own = fs::read_to_string(&urdu).unwrap();
    fs::write(&urdu, own.replacen("---\n", "---\ndraft: true\n", 1)).unwrap();
    assert_eq!(build(root, &[]).status.code(), Some(0));
    let page =
        |locale: &str| fs::read_to_string(root.join(format!("public/{locale}/example/close-sim/index.html"))).unwrap();
    assert!(page("ur").contains("Ask to have the SIM closed") && !page("zh").contains("Ask to have the SIM closed"));
}

#[test]
fn what_is_wrong_in_drafts_stops_nothing() {
    let site = starter();
    let root = site.path();
    write(root, "content/drafts/guides/example/keep-sim.en.md", guide("", " {{ nothing }}"));
    write(root, "content/guides/example/keep-number.en.md", guide("draft: true\n: [\n", ""));
    write(root, "content/drafts/policies/national.yaml", "name: a");
    write(root, "content/drafts/guides/example/close-sim.en.md", guide("", ""));
    write(root, "content/drafts/guides/example/close-sim.card.yaml", "- text: 1");
    let output = check(root, &["--strict", "--format", "short"]);
    let told = String::from_utf8(output.stdout.clone()).unwrap();
    assert_eq!(output.status.code(), Some(0), "{told}");
    for expected in [
        "content/drafts/guides/example/keep-sim.en.md:5:18: warning[unknown-fact]",
        "content/guides/example/keep-number.en.md:5:",
        "content/drafts/policies/national.yaml:1:1: warning[unknown-place]",
        "content/drafts/guides/example/close-sim.en.md:1:1: warning[same-address]",
    ] {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
    assert!(stderr(&output).contains("in drafts, which stop no build"), "{}", stderr(&output));
    assert_eq!(build(root, &["--strict", "--base-url", "https://a.org/"]).status.code(), Some(0));
    // Whoever asks for drafts hears of their mistakes as of any others.
    let with = build(root, &["--drafts"]);
    assert_eq!(with.status.code(), Some(1), "{}", stderr(&with));
}

#[test]
fn a_link_to_a_draft_says_so() {
    let site = starter();
    let root = site.path();
    write(root, "content/drafts/guides/example/keep-sim.en.md", guide("", ""));
    let page = root.join("content/pages/about.en.md");
    let text = fs::read_to_string(&page).unwrap() + "\nSee [how to keep it](../guides/example/keep-sim.md).\n";
    fs::write(&page, text).unwrap();
    let told = stderr(&check(root, &[]));
    assert!(
        told.contains("error[broken-link]") && told.contains("keep-sim.md is a draft: take the link out"),
        "{told}"
    );
}

#[test]
fn a_build_with_drafts_says_what_they_are() {
    let site = starter();
    let root = site.path();
    let link = " See [how to close it](close-sim.md), and [what this is](../../pages/about.md).";
    write(root, "content/drafts/guides/example/keep-sim.en.md", guide("", link));
    let output = build(root, &["--drafts"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let page = |name: &str| fs::read_to_string(root.join("public/en").join(name)).unwrap();
    let draft = page("example/keep-sim/index.html");
    assert!(draft.contains("This is a draft.") && draft.contains("noindex"), "{draft}");
    assert!(draft.contains("/en/example/close-sim/") && draft.contains("/en/about/"));
    assert!(!page("example/close-sim/index.html").contains("This is a draft."));
    // The next build without them leaves nothing of them.
    assert_eq!(build(root, &[]).status.code(), Some(0));
    assert!(!names(&root.join("public")).iter().any(|name| name.contains("keep-sim")));
    let status = rahnuma().args(["status", "--root", root.to_str().unwrap()]).output().unwrap();
    let status = String::from_utf8(status.stdout).unwrap();
    assert!(status.contains("guide example/keep-sim · draft"), "{status}");
}
