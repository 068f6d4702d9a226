//! No page grows with the site: what a page costs a reader does not depend on how much else there is.

use std::collections::BTreeMap;
use std::fs;

use crate::common::{Files, compiled, starter, write};

/// The pages of the starter site with so many guides more for its carrier and for all, and so many carriers more, by path.
fn pages(guides: usize, carriers: usize) -> BTreeMap<String, usize> {
    let site = starter();
    let policy = fs::read_to_string(site.path().join("content/policies/example.yaml")).unwrap();
    for at in 0..carriers {
        let policy = ["示例移动", "Example Mobile", "مثال موبائل"]
            .iter()
            .fold(policy.clone(), |policy, name| policy.replacen(name, &format!("{name} {at:04}"), 1));
        write(site.path(), &format!("content/policies/more-{at:04}.yaml"), policy);
    }
    for at in 0..guides {
        for section in ["general", "example"] {
            for locale in ["en", "ur", "zh"] {
                let text = format!(
                    "---\ntitle: Guide {at:04}\nsummary: What to do.\n---\n\nWords.\n\n## Begin {{#begin}}\n\n- [ ] Begin {{#begun}}\n"
                );
                write(site.path(), &format!("content/guides/{section}/more-{at:04}.{locale}.md"), text);
            }
        }
    }
    let files = Files::default();
    rahnuma::output::make(&compiled(site.path()), &files).unwrap();
    let pages = files.taken().into_iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path, bytes.len())).collect()
}

#[test]
fn only_lists_of_guides_grow_with_the_guides() {
    let (few, many) = (pages(40, 0), pages(400, 0));
    assert!(many.len() > few.len() + 1000);
    for (path, bytes) in &few {
        // A carrier's page lists its own guides, and the page of what holds for all lists those.
        let lists = ["/general/index.html", "/example/index.html"].iter().any(|end| path.ends_with(end));
        if !lists {
            assert_eq!(many[path], *bytes, "{path}");
        }
    }
}

#[test]
fn only_lists_of_carriers_grow_with_the_carriers() {
    let (few, many) = (pages(0, 20), pages(0, 60));
    assert!(many.len() > few.len() + 100);
    for (path, bytes) in &few {
        // Home has a line for each carrier, so that readers find theirs; side by side each has a column, and each of its facts stands with
        // its sources.
        let is_home = path.matches('/').count() == 1 && path.ends_with("/index.html");
        let lists = is_home || ["/compare/index.html", "/sources/index.html"].iter().any(|end| path.ends_with(end));
        if !lists {
            assert_eq!(many[path], *bytes, "{path}");
        }
    }
}
