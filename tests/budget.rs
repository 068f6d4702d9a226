//! A gate that is asked for weighs what it lets through, however large the site.

use std::fmt::Write;

use crate::common::{short, starter, write};

/// Words that no compression makes much of: each is another.
fn noise(words: u64) -> String {
    let mut text = String::new();
    for at in 0..words {
        let word = at.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let _ = write!(text, "{word:x} ");
    }
    text
}

#[test]
fn a_check_finds_heavy_pages_of_large_sites_that_a_build_does_not_weigh() {
    let site = starter();
    let guide = |words: &str| {
        format!("---\ntitle: One\nsummary: What to do.\n---\n\nWords.\n\n## Begin {{#begin}}\n\n{words}\n")
    };
    // More texts than a build weighs one by one, and three pages of which one in 64 would be in its sample.
    for at in 0..140 {
        for locale in ["en", "ur", "zh"] {
            let words = if at < 3 && locale == "en" { noise(1500) } else { "Words.".into() };
            write(site.path(), &format!("content/guides/example/more-{at:03}.{locale}.md"), guide(&words));
        }
    }
    let found = short(site.path());
    for at in 0..3 {
        let line = format!("content/guides/example/more-{at:03}.en.md:1:1: warning[over-budget]");
        assert!(found.contains(&line), "{line}\n{found}");
    }
}

#[test]
fn a_site_says_its_own_budgets_and_hears_of_the_heaviest_file() {
    let site = starter();
    let config = std::fs::read_to_string(site.path().join("content/site.yaml")).unwrap();
    let budgets = |said: &str| {
        write(site.path(), "content/site.yaml", format!("{config}budgets: {said}\n"));
        short(site.path())
    };
    assert_eq!(budgets("{guide: 40, styles: 8.6}"), "");
    let found = budgets("{styles: 0.5, offline: 2}");
    assert_eq!(found.matches("[over-budget]").count(), 4, "{found}");
    assert!(found.contains("style sheets: ") && found.contains("no more than 0.5 KB"), "{found}");
    assert_eq!(found.matches("kept offline in ").count(), 3, "{found}");
    for wrong in ["{styles: 8.55}", "{styles: 0}", "{styles: -1}", "{styles: 8 KB}", "{style: 8}", "8"] {
        let found = budgets(wrong);
        assert!(found.contains("content/site.yaml") && found.contains("error["), "{wrong}: {found}");
    }
}
