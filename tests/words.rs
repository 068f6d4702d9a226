//! Words that a site's theme says in its own way: places for values that nobody fills, and keys that are a slip away from the theme's.

use std::path::Path;

use tempfile::TempDir;

use crate::common::program::rahnuma;
use crate::common::{short, starter, write};

/// What is told of a site in French whose theme has these words of its own.
fn told_in_french(words: &str) -> String {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("site");
    let made = rahnuma().args(["init", root.to_str().unwrap(), "--locales", "fr", "--title", "Guides"]).output();
    assert!(made.unwrap().status.success());
    write(&root, "themes/default/strings/fr.yaml", words);
    short(&root)
}

fn with_own_theme() -> TempDir {
    let site = starter();
    let config = std::fs::read_to_string(site.path().join("content/site.yaml")).unwrap();
    write(site.path(), "content/site.yaml", config + "theme: own\n");
    site
}

fn say(site: &Path, words: [(&str, &str); 3]) -> String {
    for (locale, words) in words {
        write(site, &format!("themes/own/strings/{locale}.yaml"), words);
    }
    short(site)
}

#[test]
fn a_site_in_one_language_hears_of_places_that_nobody_fills_and_of_slips() {
    for (words, expected) in [
        ("guide: {call: \"Appeler la banque au {number}\"}\n", ""),
        (
            "guide: {call: \"Appeler la banque au {numero}\"}\n",
            "themes/default/strings/fr.yaml:1:15: error[string-forms]: the string `guide.call` has a place for {numero}, and nothing is put there",
        ),
        (
            "home: {cariers: Quelle banque ?}\n",
            "themes/default/strings/fr.yaml:1:17: error[missing-string]: the theme has no word `home.cariers`, and no template asks for it",
        ),
        (
            "home: Salut\n",
            "themes/default/strings/fr.yaml:1:7: error[wrong-type]: `home` is no word of the theme, but a group of them: each has a name of its own",
        ),
    ] {
        assert_eq!(told_in_french(words).lines().collect::<Vec<_>>().join("\n"), expected, "{words}");
    }
}

#[test]
fn a_word_that_a_template_asks_for_is_no_slip() {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("site");
    let made = rahnuma().args(["init", root.to_str().unwrap(), "--locales", "fr", "--title", "Guides"]).output();
    assert!(made.unwrap().status.success());
    write(&root, "themes/default/strings/fr.yaml", "home: {cariers: Quelle banque ?}\n");
    let template = "{% extends \"built-in/templates/home.html\" %}\n{% block main %}{{ super() }}<p>{{ t(key=\"home.cariers\") }}</p>{% endblock %}\n";
    write(&root, "themes/default/templates/home.html", template);
    assert_eq!(short(&root), "");
}

#[test]
fn a_place_is_told_once_where_it_is_wrong() {
    let site = with_own_theme();
    let call = |place: &str| format!("guide: {{call: \"x {place}\"}}\n");
    let (right, wrong) = (call("{number}"), call("{numbr}"));
    let told = say(site.path(), [("en", &wrong), ("ur", &right), ("zh", &right)]);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.starts_with("themes/own/strings/en.yaml:1:"), "{told}");
    let told = say(site.path(), [("en", &right), ("ur", &right), ("zh", &wrong)]);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.starts_with("themes/own/strings/zh.yaml:1:"), "{told}");
}

#[test]
fn the_number_of_a_string_with_plural_forms_is_not_lost() {
    let site = with_own_theme();
    let overdue = |one: &str, many: &str| format!("fact: {{overdue: {{one: \"{one}\", other: \"{many}\"}}}}\n");
    let right = overdue("one", "{n} many");
    let chinese = |many: &str| format!("fact: {{overdue: {{other: \"{many}\"}}}}\n");
    let words = |english: &'static str| overdue("one", english);
    let told = say(site.path(), [("en", &right), ("ur", &right), ("zh", &chinese("{n}次"))]);
    assert_eq!(told, "");
    let told = say(site.path(), [("en", &words("n many")), ("ur", &right), ("zh", &chinese("{n}次"))]);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.starts_with("themes/own/strings/en.yaml:1:") && told.contains("string-forms"), "{told}");
    let told = say(site.path(), [("en", &right), ("ur", &right), ("zh", &chinese("多次"))]);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.starts_with("themes/own/strings/zh.yaml:1:") && told.contains("string-forms"), "{told}");
}
