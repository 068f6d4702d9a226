//! Which links stand in the head and at the foot of every page, as site.yaml says.

use std::fs;

use rahnuma::source::path::SitePath;
use tempfile::TempDir;

use crate::common::program::rahnuma;
use crate::common::{compiled, findings, short, starter, write};

/// The starter with more keys in site.yaml.
fn site(keys: &str) -> TempDir {
    let folder = starter();
    let config = fs::read_to_string(folder.path().join("content/site.yaml")).unwrap();
    write(folder.path(), "content/site.yaml", format!("{config}{keys}"));
    folder
}

/// The same with another carrier: two are compared.
fn site_of_two(keys: &str) -> TempDir {
    let folder = site(keys);
    let policies = folder.path().join("content/policies");
    fs::copy(policies.join("example.yaml"), policies.join("other.yaml")).unwrap();
    folder
}

fn page(folder: &TempDir, path: &str) -> String {
    compiled(folder.path()).html(&SitePath::new(path).unwrap()).unwrap()
}

/// The links of a part of a page: where each leads and what it says.
fn links(html: &str, from: &str, to: &str) -> Vec<(String, String)> {
    let part = html.split(from).nth(1).and_then(|rest| rest.split(to).next()).unwrap_or_default();
    let link = |link: &str| {
        let (start, rest) = link.split_once('>')?;
        let address = start.split("href=\"").nth(1)?.split('"').next()?;
        Some((address.to_owned(), rest.split("</a>").next()?.to_owned()))
    };
    part.split("<a ").skip(1).filter_map(link).collect()
}

fn header(html: &str) -> Vec<(String, String)> {
    links(html, "<nav class=\"pages\"", "</nav>")
}

fn footer(html: &str) -> Vec<(String, String)> {
    links(html, "<footer", "</nav>")
}

fn addresses(links: &[(String, String)]) -> Vec<&str> {
    links.iter().map(|(address, _)| address.as_str()).collect()
}

const WHOLE: &str = "\
contact: mail@example.org
navigation:
  header:
    - about
    - example/close-sim
    - to: https://www.example.net/rules?a=1
      label: {zh: 监管机构, en: The regulator, ur: نگران ادارہ}
    - {to: example, label: {zh: 运营商, en: The operator, ur: آپریٹر}}
  footer: [sources, contact, home, about]
";

#[test]
fn the_usual_links_stand_where_nobody_says() {
    let folder = site_of_two("contact: mail@example.org\n");
    let html = page(&folder, "en/index.html");
    assert_eq!(header(&html), []);
    assert!(!html.contains("class=\"pages\""), "{html}");
    let usual =
        ["about/", "general/", "compare/", "changes/", "sources/", "offline/"].map(|page| format!("/en/{page}"));
    let usual: Vec<&str> = usual.iter().map(String::as_str).chain(["mailto:mail@example.org"]).collect();
    assert_eq!(addresses(&footer(&html)), usual);
}

#[test]
fn links_stand_in_the_order_of_the_site() {
    let folder = site(WHOLE);
    assert_eq!(short(folder.path()), "");
    let html = page(&folder, "en/about/index.html");
    let title = "Close an Example Mobile SIM";
    let expected = [
        ("/en/about/", "About this site"),
        ("/en/example/close-sim/", title),
        ("https://www.example.net/rules?a=1", "The regulator"),
        ("/en/example/", "The operator"),
    ];
    assert_eq!(header(&html), expected.map(|(address, text)| (address.to_owned(), text.to_owned())));
    assert_eq!(addresses(&footer(&html)), ["/en/sources/", "mailto:mail@example.org", "/en/", "/en/about/"]);
    // The page that the reader is on is marked in the head.
    let own = html.split("<nav class=\"pages\"").nth(1).unwrap().split("</nav>").next().unwrap();
    assert_eq!(own.matches("aria-current=\"page\"").count(), 1, "{own}");
    let urdu = page(&folder, "ur/index.html");
    assert_eq!(header(&urdu)[2], ("https://www.example.net/rules?a=1".to_owned(), "نگران ادارہ".to_owned()));
    assert_eq!(header(&urdu)[0].0, "/ur/about/");
}

#[test]
fn a_list_may_be_empty_and_the_other_stays_as_it_is() {
    let folder = site("navigation: {footer: []}\n");
    assert_eq!(short(folder.path()), "");
    let html = page(&folder, "en/index.html");
    assert_eq!(addresses(&footer(&html)), [""; 0]);
    let folder = site_of_two("navigation: {header: [compare]}\n");
    let html = page(&folder, "en/index.html");
    assert_eq!((addresses(&header(&html)), footer(&html).len()), (vec!["/en/compare/"], 6));
}

#[test]
fn a_borrowed_title_says_its_language() {
    let folder = site("navigation: {header: [about]}\n");
    fs::remove_file(folder.path().join("content/pages/about.ur.md")).unwrap();
    let html = page(&folder, "ur/index.html");
    assert!(html.contains("<a href=\"/ur/about/\" lang=\"en\" dir=\"ltr\">About this site</a>"), "{html}");
}

#[test]
fn what_is_named_has_to_be_there() {
    for (entry, code, told) in [
        ("abuot", "broken-link", "did you mean `about`?"),
        ("exampel", "broken-link", "did you mean `example`?"),
        ("compair", "broken-link", "did you mean `compare`?"),
        ("national", "broken-link", "there is no page `national`"),
        ("contact", "broken-link", "the site has no address that takes reports of mistakes"),
        ("example/close-smi", "unknown-guide", "did you mean `example/close-sim`?"),
        ("http://example.net/", "bad-value", "a link to another site begins with https://"),
        ("mailto:a@example.net", "bad-value", "a link to another site begins with https://"),
        ("https://localhost/", "bad-value", "a host that readers can reach has a dot in its name"),
        ("https://example.net/", "missing-key", "write it as `{to: https://…, label: {…}}`"),
        ("{label: {zh: 甲, en: A, ur: الف}}", "missing-key", "the key `to` is missing here"),
        ("{to: about, label: {en: A, ur: الف}}", "missing-text", "the text in `zh`"),
        ("{to: about, lable: {en: A}}", "unknown-key", "did you mean `label`?"),
        (
            "about, {to: about, label: {zh: 甲, en: A, ur: الف}}",
            "duplicate-id",
            "a link to `about` stands in this list already",
        ),
    ] {
        let folder = site(&format!("navigation: {{header: [{entry}]}}\n"));
        let found = findings(folder.path());
        assert!(found.contains(&format!("error[{code}]")) && found.contains(told), "{entry}: {found}");
        assert!(found.contains("content/site.yaml:"), "{entry}: {found}");
    }
    let found = findings(site("navigation: {head: [about]}\n").path());
    assert!(found.contains("did you mean `header`?"), "{found}");
}

#[test]
fn a_draft_is_no_link_until_it_is_published() {
    let folder = site("navigation: {header: [about]}\n");
    for locale in ["en", "ur", "zh"] {
        let file = folder.path().join(format!("content/pages/about.{locale}.md"));
        let text = fs::read_to_string(&file).unwrap();
        fs::write(file, text.replacen("\nsummary:", "\ndraft: true\nsummary:", 1)).unwrap();
    }
    let found = findings(folder.path());
    assert!(found.contains("the page `about` is a draft, which is not published"), "{found}");
}

#[test]
fn names_follow_what_is_renamed() {
    let folder = site(WHOLE);
    for (what, old, new) in [("guide", "example/close-sim", "example/end-sim"), ("carrier", "example", "sample")] {
        let output = rahnuma().args(["rename", what, old, new]).arg("--root").arg(folder.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let config = fs::read_to_string(folder.path().join("content/site.yaml")).unwrap();
    assert!(config.contains("    - sample/end-sim\n") && config.contains("{to: sample, label"), "{config}");
}

/// No style sets the links of the head in one row that does not break: the narrowest phones show them in several.
#[test]
fn links_of_the_head_break_into_rows() {
    let css = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/assets/site.css")).unwrap();
    let rule = css.lines().find(|line| line.contains(".pages ul")).unwrap();
    assert!(rule.contains("flex-wrap: wrap"), "{rule}");
    assert!(!css.lines().any(|line| line.contains(".pages") && line.contains("nowrap")));
}
