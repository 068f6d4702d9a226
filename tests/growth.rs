//! No page grows with the site: what a page costs a reader does not depend on how much else there is.

use std::collections::BTreeMap;

use crate::common::{Files, compiled, starter, write};

/// The pages of the starter site with so many guides more for every carrier and for its own, by path.
fn pages(guides: usize) -> BTreeMap<String, usize> {
    let site = starter();
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
    let (few, many) = (pages(40), pages(400));
    assert!(many.len() > few.len() + 1000);
    for (path, bytes) in &few {
        // A carrier's page lists its own guides, and the page of what holds for all lists those.
        let lists = ["/general/index.html", "/example/index.html"].iter().any(|end| path.ends_with(end));
        if !lists {
            assert_eq!(many[path], *bytes, "{path}");
        }
    }
}
