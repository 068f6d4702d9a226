//! `facts` and `confirm`: what is due, and that it was reviewed, without a byte of the file changed that was not meant.

use std::fs;
use std::path::Path;

use crate::common::program::{rahnuma, stderr};
use crate::common::starter;
use rahnuma::edge::review::{Review, review};

const POLICY: &str = "content/policies/example.yaml";

fn run(root: &Path, command: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let root = root.to_str().unwrap();
    let output = rahnuma().args([command, "--as-of", "2026-12-01", "--root", root]).args(more).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout.clone()).unwrap(), stderr(&output))
}

#[test]
fn facts_are_listed_by_the_day_they_are_due() {
    let site = starter();
    let (code, all, told) = run(site.path(), "facts", &[]);
    assert_eq!(code, Some(0), "{told}");
    let days: Vec<&str> = all.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert!(days.len() > 2 && days.is_sorted(), "{all}");
    assert!(all.contains("content/policies/example.yaml:9"), "{all}");
    let (_, own, _) = run(site.path(), "facts", &["--owner", "example"]);
    assert!(own.lines().count() < all.lines().count() && own.lines().all(|line| line.contains("  example.")), "{own}");
    let (_, none, _) = run(site.path(), "facts", &["--due", "14d"]);
    assert_eq!(none, "");
    let policy = site.path().join(POLICY);
    let text = fs::read_to_string(&policy).unwrap();
    fs::write(&policy, text.replacen("checked: 2026-11-22", "until: 2026-12-08\n        checked: 2026-11-22", 1))
        .unwrap();
    let (_, json, _) = run(site.path(), "facts", &["--due", "1w", "--format", "json"]);
    let line: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&line["fact"], &line["ends"]), (&"example.service-point".into(), &"2026-12-08".into()));
    assert_eq!((&line["due"], &line["days_left"]), (&"2026-12-08".into(), &7.into()));
    let (code, _, told) = run(site.path(), "facts", &["--owner", "exmaple"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("did you mean `example`"), "{told}");
    assert_eq!(run(site.path(), "facts", &["--due", "soon"]).0, Some(2));
}

#[test]
fn a_review_changes_its_day_and_nothing_else() {
    let site = starter();
    let policy = site.path().join(POLICY);
    let before = fs::read_to_string(&policy).unwrap();
    let day = ["--checked", "2026-11-30"];
    let (code, _, told) = run(site.path(), "confirm", &[&["example.service-point"], &day[..]].concat());
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("2026-11-30") && told.contains("2026-11-22"), "{told}");
    let after = fs::read_to_string(&policy).unwrap();
    assert_eq!(after, before.replacen("checked: 2026-11-22", "checked: 2026-11-30", 1));
    let (code, _, told) = run(site.path(), "confirm", &[&["example.service-point"], &day[..]].concat());
    assert_eq!(code, Some(0));
    assert!(told.contains("already"), "{told}");
    assert_eq!(fs::read_dir(policy.parent().unwrap()).unwrap().count(), 3, "nothing is left beside it");
}

#[test]
fn what_is_not_clear_is_refused_with_advice() {
    let site = starter();
    let before = fs::read_to_string(site.path().join(POLICY)).unwrap();
    for (arguments, says) in [
        (&["example.servce-point", "--checked", "2026-11-30"][..], "did you mean `example.service-point`"),
        (&["example.service-point", "--checked", "2026-12-02"], "still to come"),
        (&["example.service-point", "--checked", "2026-11-01"], "checked later already"),
        (&["example.service-point", "--checked", "2026-11-30", "--source", "our-ntoes"], "did you mean `our-notes`"),
        (&["example.service-point", "--checked", "yesterday"], "such as 2026-11-22"),
    ] {
        let (code, _, told) = run(site.path(), "confirm", arguments);
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains(says), "{told}");
    }
    assert_eq!(fs::read_to_string(site.path().join(POLICY)).unwrap(), before);
}

fn reviewed(text: &str, source: Option<&str>) -> Result<String, String> {
    let checked = "2026-11-30".parse().unwrap();
    let done = review(text, Review { fact: "fee", checked, source });
    done.map(|done| done.text).map_err(|refused| format!("{}: {}", refused.reason, refused.advice))
}

#[test]
fn a_review_keeps_comments_and_layout() {
    for (before, after) in [
        (
            "# a: b\r\nfacts:\r\n  - id: fee # here\r\n    readings:\r\n      - value: {exact: 1} # one\r\n        checked:   '2026-11-22'   # looked\r\n        sources: [a]\r\n",
            "# a: b\r\nfacts:\r\n  - id: fee # here\r\n    readings:\r\n      - value: {exact: 1} # one\r\n        checked:   2026-11-30   # looked\r\n        sources: [a, b]\r\n",
        ),
        (
            "facts: [{id: fee, readings: [{value: 1, checked: 2026-11-22, sources: []}]}]",
            "facts: [{id: fee, readings: [{value: 1, checked: 2026-11-30, sources: [b]}]}]",
        ),
        (
            "facts:\n- id: fee\n  readings:\n  - checked: 2026-11-22\n    sources:\n    - a # first\n\n    value: 1\n",
            "facts:\n- id: fee\n  readings:\n  - checked: 2026-11-30\n    sources:\n    - a # first\n    - b\n\n    value: 1\n",
        ),
        (
            "facts:\n- id: fee\n  readings:\n  - value: 资费\n    until: 2026-11-29\n    checked: 2026-11-22\n    sources: []\n  - {value: 2, from: 2026-11-30, checked: 2026-11-22, sources: [b]}",
            "facts:\n- id: fee\n  readings:\n  - value: 资费\n    until: 2026-11-29\n    checked: 2026-11-22\n    sources: []\n  - {value: 2, from: 2026-11-30, checked: 2026-11-30, sources: [b]}",
        ),
    ] {
        assert_eq!(reviewed(before, Some("b")).as_deref(), Ok(after));
    }
}

#[test]
fn of_two_readings_at_once_the_source_tells_which() {
    let text = "facts:\n- id: fee\n  conflict: true\n  readings:\n  - {value: 1, checked: 2026-11-22, sources: [a, c]}\n  - {value: 2, checked: 2026-11-22, sources: [b, c]}\n";
    assert_eq!(reviewed(text, Some("b")).unwrap(), text.replace("2, checked: 2026-11-22", "2, checked: 2026-11-30"));
    for source in [None, Some("c"), Some("d")] {
        let told = reviewed(text, source).unwrap_err();
        assert!(told.contains("lines 5, 6") && told.contains("--source"), "{told}");
    }
    let ended = reviewed(&text.replace("{value", "{until: 2026-01-01, value"), None).unwrap_err();
    assert!(ended.contains("no reading"), "{ended}");
    assert!(reviewed("facts: [", None).unwrap_err().contains("rahnuma check"));
    assert!(reviewed("facts: 7", None).unwrap_err().contains("0 facts"));
    assert!(reviewed("facts: [{id: fee, readings: [{value: 1}]}]", None).is_err());
}
