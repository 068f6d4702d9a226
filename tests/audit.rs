//! Finished pages, read again before a site is written.

use crate::common::{TODAY, compiled, short, starter, told, write};
use rahnuma::compile::{Options, compile};
use rahnuma::edge::disk;
use tempfile::TempDir;

/// The starter with a template for plain pages that has this body.
fn with(body: &str) -> TempDir {
    let site = starter();
    let head = "<!doctype html><html lang=\"{{ page.locale.tag }}\" dir=\"{{ page.locale.dir }}\"><title>{{ page.title }}</title><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\"><h1>{{ page.title }}</h1>";
    write(site.path(), "themes/default/templates/plain.html", format!("{head}{body}{{{{ plain.html | safe }}}}"));
    site
}

#[test]
fn the_same_fault_on_many_pages_is_told_once() {
    let site = with("<a href=\"#nowhere\">x</a>");
    let found = told(&compiled(site.path()));
    assert_eq!(found.matches("error[dead-link]").count(), 1, "{found}");
    assert!(found.contains("/en/about/ leads to `#nowhere`") && found.contains("2 other pages"), "{found}");
}

#[test]
fn parts_of_other_pages_are_looked_for_there() {
    let to =
        |part: &str| short(with(&format!("<a href=\"{{{{ page.home }}}}example/close-sim/#{part}\">x</a>")).path());
    assert_eq!(to("counter"), "");
    assert_eq!(to("checklist=prepare"), "", "what a link brings to the checklist is for the script");
    let gone = to("counters");
    assert_eq!(gone.matches("[dead-link]").count(), 3, "{gone}");
}

#[test]
fn a_fault_is_shown_where_the_text_says_it() {
    let site = with("<p id=\"twice\"></p>");
    for (locale, title) in [("en", "Twice"), ("zh", "两次"), ("ur", "دو بار")] {
        let page = site.path().join(format!("content/pages/about.{locale}.md"));
        let text = std::fs::read_to_string(&page).unwrap() + &format!("\n## {title} {{#twice}}\n\n{title}\n");
        std::fs::write(&page, text).unwrap();
    }
    let found = short(site.path());
    assert!(found.lines().any(|line| line.contains("about.en.md:") && line.contains("id `twice`")), "{found}");
}

#[test]
fn a_site_with_such_pages_is_not_written() {
    let site = with("<script src=\"https://cdn.example.net/x.js\"></script>");
    let (tree, _) = disk::read(site.path());
    let compiled = compile(&tree, &Options { as_of: TODAY, ..Options::default() });
    assert!(!compiled.has_errors());
    let target = site.path().join("public");
    let earlier = disk::remembered(&target);
    let written = disk::write(
        &compiled,
        &target,
        (&earlier, rahnuma::compile::Memory::default()),
        &disk::How::default(),
        &|_, _| {},
    );
    assert!(matches!(written, Err(disk::NotWritten::Content(found)) if found[0].code.name() == "unsafe-page"));
    assert!(!target.join("index.html").exists());
}

#[test]
fn what_a_policy_allows_may_stand_in_a_page() {
    let policy = |sources: &str| {
        let site = starter();
        let page = format!(
            "<!doctype html><html lang=\"{{{{ page.locale.tag }}}}\" dir=\"{{{{ page.locale.dir }}}}\"><title>x</title><meta http-equiv=\"content-security-policy\" content=\"{sources}\"><style>p{{color:red}}</style><h1>x</h1>{{{{ plain.html | safe }}}}"
        );
        write(site.path(), "themes/default/templates/plain.html", page);
        short(site.path())
    };
    assert_eq!(policy("default-src 'none'; style-src 'unsafe-inline'"), "");
    assert!(policy("default-src 'none'").contains("[unsafe-page]"));
}
