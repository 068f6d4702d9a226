//! A text may ask for a template of the theme by name: `template: wide`.

use std::fs;

use rahnuma::source::path::SitePath;
use tempfile::TempDir;

use crate::common::{compiled, findings, short, starter, write};

/// The starter with a theme that has two templates of its own, and `line` in the front matter of a text in its locales.
fn site(file: &str, lines: [&str; 3]) -> TempDir {
    let folder = starter();
    let config = fs::read_to_string(folder.path().join("content/site.yaml")).unwrap();
    write(folder.path(), "content/site.yaml", config.replace("source_locale: en", "source_locale: en\ntheme: mine"));
    for (name, kind) in [("wide", "plain"), ("tall", "guide")] {
        let text = format!(
            "{{% extends \"{kind}.html\" %}}\n\n{{% block main %}}\n  <p class=\"{name}\">{{{{ page.title }}}}</p>\n  {{{{ super() }}}}\n{{% endblock %}}\n"
        );
        write(folder.path(), &format!("themes/mine/templates/{name}.html"), text);
    }
    for (locale, line) in ["en", "ur", "zh"].into_iter().zip(lines) {
        let path = format!("{file}.{locale}.md");
        let text = fs::read_to_string(folder.path().join(&path)).unwrap();
        write(folder.path(), &path, text.replacen("\nsummary:", &format!("\n{line}summary:"), 1));
    }
    folder
}

fn html(folder: &TempDir, path: &str) -> String {
    compiled(folder.path()).html(&SitePath::new(path).unwrap()).unwrap()
}

/// What is told, but for the template that no text names.
fn told(folder: &TempDir) -> String {
    short(folder.path()).lines().filter(|line| !line.contains("unused-file")).collect::<Vec<_>>().join("\n")
}

#[test]
fn pages_and_guides_are_made_with_the_template_that_they_name() {
    let folder = site("content/pages/about", ["template: wide\n"; 3]);
    assert_eq!(told(&folder), "");
    for locale in ["en", "ur", "zh"] {
        assert!(html(&folder, &format!("{locale}/about/index.html")).contains("<p class=\"wide\">"), "{locale}");
    }
    let folder = site("content/guides/example/close-sim", ["template: tall\n"; 3]);
    assert_eq!(told(&folder), "");
    assert!(html(&folder, "en/example/close-sim/index.html").contains("<p class=\"tall\">"));
    assert!(!html(&folder, "en/about/index.html").contains("class=\"wide\""));
    // One that is named nowhere is told as any other.
    assert!(short(folder.path()).contains("nothing uses the template `wide.html`"));
}

#[test]
fn a_borrowed_text_is_shown_as_it_is_where_it_was_written() {
    let folder = site("content/pages/about", ["template: wide\n"; 3]);
    fs::remove_file(folder.path().join("content/pages/about.ur.md")).unwrap();
    assert!(html(&folder, "ur/about/index.html").contains("<p class=\"wide\">"));
}

#[test]
fn a_template_that_is_not_there_is_an_error_at_its_place() {
    for (name, help) in [
        ("wid", "did you mean `wide`?"),
        ("wide.html", "did you mean `wide`?"),
        ("letter", "known here: tall, wide"),
        ("letter", "or make themes/mine/templates/letter.html"),
        ("plain", "known here: tall, wide"),
    ] {
        let folder = site("content/pages/about", [&*format!("template: {name}\n"); 3]);
        let found = findings(folder.path());
        assert!(found.contains("error[unknown-template]") && found.contains(help), "{name}: {found}");
        assert_eq!(found.matches("[unknown-template]").count(), 3, "{found}");
        assert!(found.contains("content/pages/about.en.md:3:11"), "{found}");
    }
}

#[test]
fn a_text_has_the_same_template_in_every_locale() {
    let folder = site("content/pages/about", ["template: wide\n", "", "template: tall\n"]);
    let found = findings(folder.path());
    assert_eq!(found.matches("error[fact-parity]").count(), 2, "{found}");
    assert!(found.contains("`template` is missing here, and the source has it"), "{found}");
    assert!(found.contains("`template` says something else in the source"), "{found}");
}

#[test]
fn texts_that_stand_on_other_pages_have_none() {
    let folder = site("content/pages/about", ["template: wide\n"; 3]);
    for locale in ["en", "ur", "zh"] {
        let text = fs::read_to_string(folder.path().join(format!("content/pages/about.{locale}.md"))).unwrap();
        write(folder.path(), &format!("content/pages/home.{locale}.md"), text);
    }
    let found = findings(folder.path());
    assert!(found.contains("`home` is no page of its own"), "{found}");
}
