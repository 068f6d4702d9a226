//! Sites of one language, and those with fewer than two carriers: what they leave out.

use std::collections::BTreeSet;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::common::program::rahnuma;
use crate::common::{compiled, published, short, write};
use rahnuma::compile::Compiled;
use rahnuma::source::path::SitePath;

/// An empty site in these languages.
fn site(locales: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("site");
    let made = rahnuma().args(["init", root.to_str().unwrap(), "--locales", locales, "--title", "Guides"]).output();
    assert!(made.unwrap().status.success());
    (folder, root)
}

fn carrier(root: &std::path::Path, id: &str, locales: &str) {
    let names: Vec<String> = locales.split(',').map(|locale| format!("{locale}: {id}")).collect();
    let text = format!("name: {{{}}}\nstatus: active\ncountry: FR\nfacts: []\n", names.join(", "));
    write(root, &format!("content/policies/{id}.yaml"), text);
}

fn text(compiled: &Compiled, path: &str) -> String {
    let path = SitePath::new(path).unwrap();
    if path.extension() == "html" {
        return compiled.html(&path).unwrap_or_else(|error| panic!("{path}: {error:?}"));
    }
    let file = compiled.render(&path).unwrap_or_else(|error| panic!("{path}: {error:?}"));
    String::from_utf8(file.bytes.to_vec()).unwrap()
}

fn texts(compiled: &Compiled) -> Vec<(String, String)> {
    let paths: BTreeSet<&SitePath> = compiled.routes().map(|(path, _)| path).collect();
    let is_text = |path: &&SitePath| ["html", "json", "xml", "txt", "webmanifest"].contains(&path.extension());
    paths.into_iter().filter(is_text).map(|path| (path.to_string(), text(compiled, path.as_str()))).collect()
}

#[test]
fn a_site_in_one_language_has_no_choice_of_them() {
    let (_folder, root) = site("fr");
    carrier(&root, "banque", "fr");
    assert_eq!(short(&root), "");
    let compiled = compiled(&root);
    let first = text(&compiled, "index.html");
    assert!(first.contains("http-equiv=\"refresh\" content=\"0; url=/fr/\""), "{first}");
    assert!(first.contains("data-to=\"/fr/\"") && first.contains("<a href=\"/fr/\""), "{first}");
    assert!(first.contains("rel=\"canonical\" href=\"https://example.org/fr/\""), "{first}");
    for (path, text) in texts(&compiled) {
        let says = |word: &str| text.contains(word);
        assert!(
            !says("class=\"languages\"") && !says("x-default") && !says("rel=\"alternate\" hreflang"),
            "{path}: {text}"
        );
    }
    let listed = text(&compiled, "sitemap-1.xml");
    assert!(listed.contains("<loc>https://example.org/fr/</loc>"), "{listed}");
    assert!(!listed.contains("<loc>https://example.org/</loc>"), "the address that leads on is none to list: {listed}");
    assert!(text(&compiled, "404.html").contains("href=\"/fr/banque/\""));
    assert!(text(&compiled, "fr/changes/feed.xml").contains("https://example.org/fr/changes/"));
}

#[test]
fn a_site_in_two_languages_lets_readers_choose() {
    let (_folder, root) = site("de,tr");
    let compiled = compiled(&root);
    let first = text(&compiled, "index.html");
    assert!(!first.contains("refresh") && !first.contains("data-to"), "{first}");
    assert!(first.contains("hreflang=\"x-default\"") && first.contains("<a href=\"/tr/\""), "{first}");
    assert!(text(&compiled, "de/index.html").contains("class=\"languages\""));
    assert!(text(&compiled, "sitemap-1.xml").contains("<loc>https://example.org/</loc>"));
}

#[test]
fn fewer_than_two_carriers_are_not_compared() {
    let (_folder, root) = site("de,tr");
    let config = std::fs::read_to_string(root.join("content/site.yaml")).unwrap();
    let navigation = "navigation: {header: [compare, changes], footer: [compare, general]}\n";
    for navigation in ["", navigation] {
        write(&root, "content/site.yaml", format!("{config}{navigation}"));
        for id in [None, Some("bank")] {
            id.iter().for_each(|id| carrier(&root, id, "de,tr"));
            assert_eq!(short(&root), "");
            for (path, text) in texts(&published(&root)) {
                assert!(!path.contains("compare/") && !text.contains("/compare/"), "{path}: {text}");
            }
        }
        carrier(&root, "kasse", "de,tr");
        let compiled = compiled(&root);
        for (path, led) in [
            ("de/index.html", "href=\"/de/compare/\""),
            ("sitemap-1.xml", "/tr/compare/"),
            ("offline/tr.json", "/tr/compare/"),
        ] {
            assert!(text(&compiled, path).contains(led), "{path}");
        }
        text(&compiled, "de/compare/index.html");
        for id in ["bank", "kasse"] {
            std::fs::remove_file(root.join(format!("content/policies/{id}.yaml"))).unwrap();
        }
    }
}
