//! Addresses that were published and name nothing any more: what stands there, and what the registry is told of.

use crate::common::{compiled, short, starter, write};
use rahnuma::compile::Compiled;
use rahnuma::source::path::SitePath;
use tempfile::TempDir;

const ADDRESSES: &str = "addresses:\n  example: live\n  about: live\n";

/// A site with these lines below its addresses, and behind them these guides.
fn with(addresses: &str, guides: &str) -> TempDir {
    let site = starter();
    let ids =
        ["prepare", "move-accounts", "empty-wallet", "counter", "ask-closure", "ask-abroad", "check", "confirm-closed"];
    let live: Vec<String> = ids.iter().map(|id| format!("  {id}: live\n")).collect();
    write(
        site.path(),
        "content/published.yaml",
        format!("{ADDRESSES}{addresses}example/close-sim:\n{}{guides}", live.concat()),
    );
    site
}

fn html(compiled: &Compiled, path: &str) -> String {
    compiled.html(&SitePath::new(path).unwrap()).unwrap_or_else(|error| panic!("{path}: {error:?}"))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_renamed_guide_leads_on_and_a_retired_one_says_so_in_every_language() {
    let renamed =
        "  example/old-name: {renamed_to: example/older-name}\n  example/older-name: {renamed_to: example/close-sim}\n";
    let others =
        "  gone: {retired: 2026-10-01}\n  warid: {renamed_to: example}\n  warid/close-sim: {retired: 2026-09-01}\n";
    let site = with(
        &format!("{renamed}{others}"),
        "example/old-name:\n  prepare: live\nexample/dropped:\n  ask: {retired: 2026-08-01}\n  look: {retired: 2026-08-02}\n",
    );
    assert_eq!(short(site.path()), "");
    let compiled = compiled(site.path());
    for locale in ["en", "zh", "ur"] {
        let moved = html(&compiled, &format!("{locale}/example/old-name/index.html"));
        let target = format!("/{locale}/example/close-sim/");
        assert!(moved.contains(&format!("http-equiv=\"refresh\" content=\"0; url={target}\"")), "{moved}");
        assert!(moved.contains(&format!("data-to=\"{target}\"")), "a script keeps what stands behind #: {moved}");
        assert!(moved.contains(&format!("rel=\"canonical\" href=\"https://example.org{target}\"")), "{moved}");
        assert!(moved.contains("noindex") && moved.contains(&format!("<a href=\"{target}\"")), "{moved}");
        let carrier = html(&compiled, &format!("{locale}/warid/index.html"));
        assert!(carrier.contains(&format!("url=/{locale}/example/\"")), "{carrier}");
    }
    let gone = |path: &str| squeezed(&html(&compiled, path));
    let withdrawn = gone("en/example/dropped/index.html");
    assert!(
        withdrawn.contains("withdrawn on 2 Aug 2026")
            && !withdrawn.contains("http-equiv=\"refresh\"")
            && !withdrawn.contains("data-to"),
        "{withdrawn}"
    );
    assert!(withdrawn.contains("<li><a href=\"/en/example/\">"), "the carrier's page is the nearest: {withdrawn}");
    assert!(
        gone("ur/gone/index.html").contains("یکم اکتوبر 2026") || gone("ur/gone/index.html").contains("1 اکتوبر 2026")
    );
    assert!(gone("zh/gone/index.html").contains("2026年10月1日"));
    assert!(gone("en/warid/close-sim/index.html").contains("<li><a href=\"/en/example/\">"), "where the carrier went");
    let listed = compiled.render(&SitePath::new("sitemap-1.xml").unwrap()).unwrap();
    let listed = String::from_utf8(listed.bytes.to_vec()).unwrap();
    assert!(!listed.contains("old-name") && !listed.contains("/gone/"), "{listed}");
}

#[test]
fn no_address_is_lost_reused_or_unknown() {
    let told = |addresses: &str, guides: &str| short(with(addresses, guides).path());
    let dropped = told("  warid: live\n", "");
    assert!(dropped.contains("[dropped-id]") && dropped.contains("`warid` was published"), "{dropped}");
    let guide = told("", "example/old:\n  ask: live\n");
    assert!(guide.contains("[dropped-id]") && guide.contains("`example/old`"), "{guide}");
    let nowhere = told("  warid: {renamed_to: nobody}\n", "");
    assert!(nowhere.contains("[dropped-id]") && nowhere.contains("`nobody`"), "{nowhere}");
    let circle = told("  a: {renamed_to: b}\n  b: {renamed_to: a}\n", "");
    assert_eq!(circle.matches("[dropped-id]").count(), 2, "{circle}");
    let reused = told("  example/close-sim: {retired: 2026-10-01}\n", "");
    assert!(reused.contains("[reused-id]") && reused.contains("close-sim.en.md"), "{reused}");
    let wrong = told("  warid: gone\n  Warid: live\n  jazz: {renamed_to: A/B, retired: 2026-01-01}\n", "");
    assert!(
        wrong.contains("[wrong-type]") && wrong.contains("`Warid` is no address") && wrong.contains("`A/B`"),
        "{wrong}"
    );
    let site = starter();
    write(site.path(), "content/published.yaml", "addresses:\n  about: live\n");
    let unknown = short(site.path());
    assert!(unknown.contains("[unregistered-id]") && unknown.contains("`example` is not in the registry"), "{unknown}");
}

#[test]
fn the_facts_of_a_renamed_carrier_say_at_their_old_address_where_they_are() {
    let site = with("  gone: {retired: 2026-10-01}\n  old: {renamed_to: older}\n  older: {renamed_to: example}\n", "");
    assert_eq!(short(site.path()), "");
    let compiled = compiled(site.path());
    let file = |path: &str| compiled.render(&SitePath::new(path).unwrap());
    for what in ["facts", "guides"] {
        for name in ["old", "older"] {
            let moved = file(&format!("api/v1/{what}/{name}.json")).unwrap();
            let moved: serde_json::Value = serde_json::from_slice(&moved.bytes).unwrap();
            let there = format!("https://example.org/api/v1/{what}/example.json");
            assert_eq!(moved, serde_json::json!({"schema": 1, "moved_to": there}));
        }
        assert!(file(&format!("api/v1/{what}/gone.json")).is_err());
    }
}

#[test]
fn a_page_that_was_renamed_by_hand_is_one_finding() {
    let site = with("", "");
    for locale in ["en", "zh", "ur"] {
        let page = |name: &str| site.path().join(format!("content/pages/{name}.{locale}.md"));
        std::fs::rename(page("about"), page("about-us")).unwrap();
        let guide = site.path().join(format!("content/guides/example/close-sim.{locale}.md"));
        let text = std::fs::read_to_string(&guide).unwrap();
        write(
            site.path(),
            &format!("content/guides/example/close-sim.{locale}.md"),
            format!("{text}\n[?](../../pages/about.md)\n"),
        );
    }
    let found = short(site.path());
    let wanted = "content/pages/about-us.en.md:1:1: error[missing-file]: no page stands at `about`, which was published, and `about-us` is not in the registry\n";
    assert_eq!(found, wanted);
    // Two of each were perhaps not renamed.
    write(site.path(), "content/published.yaml", "addresses:\n  example: live\n  about: live\n  privacy: live\n");
    let found = short(site.path());
    assert_eq!(found.matches("and nothing stands there").count(), 2, "{found}");
    assert_eq!(found.matches("`about-us` is not in the registry").count(), 1, "{found}");
}
