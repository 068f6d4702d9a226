//! What one line of a translation names is what the same line of its source names.

use std::path::Path;

use crate::common::{short, starter, write};
use tempfile::TempDir;

const LOCALES: [&str; 3] = ["zh", "en", "ur"];

/// The small site with three more carriers that have a helpline each, and with the same lines in every locale below a step.
fn site(lines: &[&str]) -> TempDir {
    let site = starter();
    for (order, carrier) in ["one", "two", "three"].iter().enumerate() {
        write(
            site.path(),
            &format!("content/policies/{carrier}.yaml"),
            format!(
                "name: {{zh: {carrier}, en: {carrier}, ur: {carrier}}}\nstatus: active\ncountry: PK\norder: {}\nfacts:\n  - id: helpline\n    label: {{zh: 热线, en: Helpline, ur: ہیلپ لائن}}\n    kind: phone\n    risk: medium\n    readings:\n      - value: {{number: \"{}\"}}\n        confidence: reported\n        checked: 2026-11-22\n        sources: [our-notes]\n",
                order + 1,
                111 + order
            ),
        );
    }
    for locale in LOCALES {
        let lines = lines.join("\n");
        change(site.path(), locale, "{#prepare}\n", &format!("{{#prepare}}\n\n{lines}\n"));
    }
    site
}

fn change(root: &Path, locale: &str, from: &str, to: &str) {
    let path = format!("content/guides/example/close-sim.{locale}.md");
    let text = std::fs::read_to_string(root.join(&path)).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    write(root, &path, text.replacen(from, to, 1));
}

#[test]
fn numbers_that_changed_places_in_a_list_are_told_once() {
    let site = site(&["- one: {{ one.helpline }}", "- two: {{ two.helpline }}", "- three: {{ three.helpline }}"]);
    assert_eq!(short(site.path()), "");
    change(site.path(), "zh", "one: {{ one.helpline }}", "one: {{ two.helpline }}");
    change(site.path(), "zh", "two: {{ two.helpline }}", "two: {{ one.helpline }}");
    let told = short(site.path());
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.contains("close-sim.zh.md:11:8: warning[fact-place]"), "{told}");
    assert!(told.contains("names `{{ one.helpline }}` in the source, and here in `zh`"), "{told}");
}

#[test]
fn numbers_that_changed_places_in_a_sentence_of_many_carriers_are_told() {
    let line = "- {{ one.helpline }} {{ two.helpline }} {{ three.helpline }}";
    let site = site(&[line]);
    assert_eq!(short(site.path()), "");
    let turned = line.replacen("two.", "x.", 1).replacen("three.", "two.", 1).replacen("x.", "three.", 1);
    change(site.path(), "ur", line, &turned);
    let told = short(site.path());
    assert!(told.lines().count() == 1 && told.contains("at the same place in the source `two.helpline`"), "{told}");
}

/// Two languages put the parts of a sentence in their own order.
#[test]
fn two_numbers_of_a_sentence_may_stand_in_another_order() {
    let site = site(&["one {{ one.helpline }}, two {{ two.helpline }}"]);
    change(
        site.path(),
        "ur",
        "one {{ one.helpline }}, two {{ two.helpline }}",
        "two {{ two.helpline }}, one {{ one.helpline }}",
    );
    assert_eq!(short(site.path()), "");
}

#[test]
fn links_that_changed_places_are_told_and_one_that_stands_elsewhere_is_not() {
    let lines = ["- [a](../../pages/about.md)", "- [b](../../policies/one.yaml)", "- c"];
    let there = site(&lines);
    assert_eq!(short(there.path()), "");
    change(there.path(), "zh", lines[0], "- [b](../../policies/one.yaml)");
    change(there.path(), "zh", &format!("{}\n- c", lines[1]), "- [a](../../pages/about.md)\n- c");
    let told = short(there.path());
    assert!(told.lines().count() == 1 && told.contains("error[link-parity]: this entry of the list names"), "{told}");

    let moved = site(&lines);
    change(moved.path(), "zh", &format!("{}\n- c", lines[1]), "- b\n- [c](../../policies/one.yaml)");
    assert_eq!(short(moved.path()), "");
}
