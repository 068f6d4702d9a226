//! The real site, page by page, as the templates make it. Also writes the pages as they are before they are made smaller,
//! for the browser tests to compare with the published ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rahnuma::compile::Compiled;
use rahnuma::source::path::SitePath;

fn site() -> (Compiled, BTreeMap<String, String>) {
    let compiled = crate::common::real_site();
    let found: Vec<_> = compiled.diagnostics.iter().map(|diagnostic| &diagnostic.headline).collect();
    assert!(found.is_empty(), "{found:?}");
    let paths: Vec<SitePath> = compiled.routes().map(|(path, _)| path.clone()).collect();
    let pages = paths.iter().filter(|path| path.as_str().ends_with(".html"));
    let pages = pages.map(|path| (path.as_str().to_owned(), compiled.html(path).unwrap())).collect();
    (compiled, pages)
}

#[test]
fn pages_before_they_are_made_smaller() {
    let (compiled, pages) = site();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("raw-site");
    let _ = fs::remove_dir_all(&folder);
    for (path, html) in &pages {
        crate::common::write(&folder, path, html);
    }
    // Style sheets and scripts as published: the two sites differ in nothing but their HTML.
    for (path, _) in compiled.routes().filter(|(path, _)| !path.as_str().ends_with(".html")) {
        crate::common::write(&folder, path.as_str(), &compiled.render(path).unwrap().bytes);
    }
    assert!(pages.len() > 30);
}

/// Values of an attribute in a page, unescaped as far as addresses need.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let begin = format!(" {name}=\"");
    html.split(begin.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_link_leads_somewhere_and_every_id_is_there_once() {
    let (compiled, pages) = site();
    let base = compiled.renderer().unwrap().site().config.base_path().to_owned();
    let there: BTreeSet<String> = compiled.routes().map(|(path, _)| format!("{base}{}", path.address())).collect();
    let ids: BTreeMap<String, BTreeSet<&str>> = pages
        .iter()
        .map(|(path, html)| {
            let list = attributes(html, "id");
            let set: BTreeSet<&str> = list.iter().copied().collect();
            assert_eq!(list.len(), set.len(), "{path}: an id stands twice");
            (format!("{base}{}", SitePath::new(path).unwrap().address()), set)
        })
        .collect();
    for (path, html) in &pages {
        let own = format!("{base}{}", SitePath::new(path).unwrap().address());
        for address in attributes(html, "href").into_iter().chain(attributes(html, "src")) {
            let (target, anchor) = address.split_once('#').unwrap_or((address, ""));
            let outside =
                ["https://", "http://", "mailto:", "tel:", "sms:"].iter().any(|scheme| target.starts_with(scheme));
            if outside {
                continue;
            }
            // The guide in one file stands beside its page.
            let beside = format!("{own}{target}");
            let target = if target.starts_with('/') { target } else { beside.as_str() };
            assert!(there.contains(target), "{path}: {address} leads nowhere");
            // A link that brings situations leads to the checklist itself.
            let anchor = if anchor.starts_with("checklist=") { "checklist" } else { anchor };
            let known = anchor.is_empty() || ids.get(target).is_some_and(|ids| ids.contains(anchor));
            assert!(known, "{path}: {address} names no section");
        }
    }
}

#[test]
fn no_page_holds_what_no_page_may_hold() {
    let (_, pages) = site();
    for (path, html) in &pages {
        for c in html.chars() {
            assert!(!rahnuma::script::is_bidi_control(c), "{path}: a direction mark");
            assert!(!rahnuma::script::is_native_digit(c), "{path}: the digit {c}");
        }
        for bad in ["<style", " style=", "<script>", " onclick=", "javascript:", "{{", "}}", "{#"] {
            assert!(!html.contains(bad), "{path}: {bad}");
        }
        for lookup in ["simowner", "simsowner", "simsdata", "paksiminfo", "apkesim"] {
            assert!(!html.to_lowercase().contains(lookup), "{path}: a look-up site, {lookup}");
        }
    }
}

#[test]
fn every_locale_has_every_page_and_the_same_sections() {
    let (_, pages) = site();
    let of = |locale: &str| -> BTreeMap<String, BTreeSet<String>> {
        let prefix = format!("{locale}/");
        let own = pages.iter().filter_map(|(path, html)| Some((path.strip_prefix(&prefix)?.to_owned(), html)));
        own.map(|(path, html)| (path, attributes(html, "id").into_iter().map(str::to_owned).collect())).collect()
    };
    let source = of("en");
    assert!(source.len() > 10);
    for locale in ["zh", "ur"] {
        assert_eq!(source, of(locale), "{locale}");
    }
}

#[test]
fn no_page_borrows_its_text() {
    let (_, pages) = site();
    for (path, html) in &pages {
        let main = html.split("<main").nth(1).and_then(|rest| rest.split('>').next()).unwrap();
        assert!(!main.contains(" lang="), "{path} has no text of its own");
    }
}
