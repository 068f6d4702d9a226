//! Files that programs read: what a device saves, manifests, facts as data, the feed and the sitemap.

use std::collections::BTreeSet;
use std::fs;

use crate::common::{Files, compiled, compiled_as_of, starter, write};
use jiff::civil::date;
use rahnuma::compile::Compiled;
use rahnuma::output;
use rahnuma::source::path::SitePath;
use serde_json::Value;

fn text(compiled: &Compiled, path: &str) -> String {
    let file = compiled.render(&SitePath::new(path).unwrap()).unwrap_or_else(|error| panic!("{path}: {error:?}"));
    String::from_utf8(file.bytes.to_vec()).unwrap()
}

fn json(compiled: &Compiled, path: &str) -> Value {
    serde_json::from_str(&text(compiled, path)).unwrap()
}

fn addresses(compiled: &Compiled) -> BTreeSet<String> {
    compiled.routes().map(|(path, _)| format!("/{}", path.address())).collect()
}

#[test]
fn a_device_saves_what_all_need_and_the_carriers_that_were_opened() {
    let site = starter();
    let compiled = compiled(site.path());
    let there = addresses(&compiled);
    assert_eq!(json(&compiled, "offline/carriers.json"), serde_json::json!(["example"]));
    for locale in ["zh", "en", "ur"] {
        let (common, own) = (format!("offline/{locale}.json"), format!("offline/{locale}/example.json"));
        let guide = format!("/{locale}/example/close-sim/");
        let (all, of_carrier) = (listed(&compiled, &common), listed(&compiled, &own));
        assert!(all.contains(&format!("/{locale}/offline/")) && all.contains(&"/".to_owned()), "{all:?}");
        assert!(!all.contains(&guide) && of_carrier.contains(&guide), "{all:?} {of_carrier:?}");
        for file in all.iter().chain(&of_carrier).filter(|file| *file != "/") {
            assert!(there.contains(file), "{file}");
            assert!(file.starts_with(&format!("/{locale}/")) || file.starts_with("/assets/"), "{file}");
        }
        let (common, own) = (json(&compiled, &common), json(&compiled, &own));
        assert_eq!(common["edition"], own["edition"]);
        assert_eq!(common["all"].as_u64().unwrap(), common["bytes"].as_u64().unwrap() + own["bytes"].as_u64().unwrap());
    }
}

/// The addresses in a list of what devices keep.
fn listed(compiled: &Compiled, path: &str) -> Vec<String> {
    let saved = json(compiled, path);
    saved["files"].as_array().unwrap().iter().map(|file| file[0].as_str().unwrap().to_owned()).collect()
}

#[test]
fn lists_of_what_devices_keep_do_not_grow_with_the_carriers() {
    let site = starter();
    let lists = || {
        let compiled = compiled(site.path());
        [listed(&compiled, "offline/en.json"), listed(&compiled, "offline/en/example.json")]
    };
    let policy = fs::read_to_string(site.path().join("content/policies/example.yaml")).unwrap();
    let other = |at: usize| write(site.path(), &format!("content/policies/other-{at}.yaml"), &policy);
    // With two of them there is a page that compares them.
    other(0);
    let before = lists();
    (1..20).for_each(other);
    assert_eq!(before, lists());
}

#[test]
fn the_saved_version_follows_the_contents() {
    let site = starter();
    let before = json(&compiled(site.path()), "offline/en.json");
    assert_eq!(before, json(&compiled(site.path()), "offline/en.json"));
    let page = site.path().join("content/pages/about.en.md");
    fs::write(&page, fs::read_to_string(&page).unwrap() + "\nOne sentence more.\n").unwrap();
    let after = json(&compiled(site.path()), "offline/en.json");
    assert_ne!(before["edition"], after["edition"]);
    let changed =
        before["files"].as_array().unwrap().iter().zip(after["files"].as_array().unwrap()).filter(|(a, b)| a != b);
    assert_eq!(changed.count(), 1);
}

#[test]
fn facts_are_data_with_their_evidence() {
    let site = starter();
    let facts = json(&compiled(site.path()), "api/v1/facts/example.json");
    assert_eq!((facts["schema"].as_i64(), facts["owner"].as_str()), (Some(1), Some("example")));
    for fact in facts["facts"].as_array().unwrap() {
        for reading in fact["readings"].as_array().unwrap() {
            assert!(reading["checked"].is_string() && reading["confidence"].is_string(), "{reading}");
        }
    }
}

#[test]
fn the_data_have_an_index_and_each_kind_a_schema_of_its_own() {
    let site = starter();
    let compiled = compiled(site.path());
    let index = json(&compiled, "api/v1/index.json");
    let file = |url: &Value| url.as_str().unwrap().strip_prefix("https://example.org/").unwrap().to_owned();
    let of = |list: &str, name: &str| {
        let files = index[list].as_array().unwrap();
        file(&files.iter().find(|each| each["of"] == name).unwrap()["url"])
    };
    let guides = json(&compiled, &of("guides", "example"));
    let guide = &guides["guides"][0];
    assert_eq!((guide["id"].as_str(), guide["title"]["en"].is_string()), (Some("close-sim"), true), "{guide}");
    assert_eq!(guide["pages"]["zh"], "https://example.org/zh/example/close-sim/");
    assert!(guide["steps"].as_array().unwrap().iter().any(|step| step["items"][0] == "move-accounts"), "{guide}");
    let carriers = json(&compiled, &file(&index["carriers"]));
    assert_eq!(carriers["carriers"][0]["facts"], format!("https://example.org/{}", of("facts", "example")));
    let facts = json(&compiled, &of("facts", "national"));
    for (name, data) in [("index", &index), ("guides", &guides), ("carriers", &carriers), ("facts", &facts)] {
        let schema = json(&compiled, &of("schemas", name));
        assert_eq!(schema["type"], "object", "{name}");
        let described: BTreeSet<&String> = schema["properties"].as_object().unwrap().keys().collect();
        assert_eq!(described, data.as_object().unwrap().keys().collect::<BTreeSet<&String>>(), "{name}");
    }
    let schema = json(&compiled, &of("schemas", "facts"));
    let reading = schema["$defs"]["ReadingData"]["properties"].as_object().unwrap();
    assert_eq!(reading.len(), facts["facts"][0]["readings"][0].as_object().unwrap().len());
}

#[test]
fn answers_are_named_as_in_the_policy_files() {
    let site = starter();
    write(
        site.path(),
        "content/policies/asked.yaml",
        "name: {zh: 问, en: Asked, ur: سوال}\nstatus: active\ncountry: PK\nfacts:\n  - id: free\n    label: {zh: 免费, en: Free, ur: مفت}\n    kind: yes-no-depends\n    risk: low\n    readings:\n      - value: {answer: depends, detail: {zh: 看情况, en: On the plan, ur: پلان پر}}\n        confidence: reported\n        checked: 2026-06-01\n        sources: [our-notes]\n",
    );
    let facts = json(&compiled(site.path()), "api/v1/facts/asked.json");
    let value = &facts["facts"][0]["readings"][0]["value"];
    assert_eq!((value["answer"].as_str(), value["detail"]["en"].as_str()), (Some("depends"), Some("On the plan")));
    assert_eq!(facts["name"]["en"], "Asked");
}

#[test]
fn the_sitemap_has_every_page_of_its_own_and_no_borrowed_one() {
    let site = starter();
    fs::remove_file(site.path().join("content/guides/example/close-sim.ur.md")).unwrap();
    let compiled = compiled(site.path());
    let sitemap = text(&compiled, "sitemap-1.xml");
    let listed: BTreeSet<&str> = sitemap
        .split("<loc>")
        .skip(1)
        .filter_map(|rest| rest.split("</loc>").next()?.strip_prefix("https://example.org"))
        .collect();
    assert!(!listed.contains("/ur/example/close-sim/") && listed.contains("/zh/example/close-sim/"), "{listed:?}");
    let pages =
        addresses(&compiled).into_iter().filter(|address| address.ends_with('/') && !address.ends_with("/offline/"));
    let expected: BTreeSet<String> = pages.filter(|address| address != "/ur/example/close-sim/").collect();
    assert_eq!(listed, expected.iter().map(String::as_str).collect::<BTreeSet<&str>>());
    let index = text(&compiled, "sitemap.xml");
    assert!(index.contains("<loc>https://example.org/sitemap-1.xml</loc>"), "{index}");
    assert!(text(&compiled, "robots.txt").contains("Sitemap: https://example.org/sitemap.xml"));
}

#[test]
fn a_change_of_a_fact_is_told_once_it_holds() {
    let site = starter();
    write(
        site.path(),
        "content/policies/changed.yaml",
        "name: {zh: 变, en: Changed & <new>, ur: نیا}\nstatus: active\ncountry: PK\nfacts:\n  - id: wait\n    label: {zh: 等, en: Wait, ur: انتظار}\n    kind: duration\n    risk: low\n    readings:\n      - value: {unit: days, exact: 60}\n        until: 2026-06-04\n        confidence: reported\n        checked: 2026-06-01\n        sources: [our-notes]\n      - value: {unit: days, exact: 365}\n        from: 2026-06-05\n        confidence: reported\n        checked: 2026-06-01\n        sources: [our-notes]\n",
    );
    let after = compiled(site.path());
    let feed = text(&after, "en/changes/feed.xml");
    assert_eq!(feed.matches("<entry>").count(), 1, "{feed}");
    assert!(
        feed.contains("Changed &amp; &lt;new&gt;") && feed.contains("60 days") && feed.contains("365 days"),
        "{feed}"
    );
    let page = after.html(&SitePath::new("en/changes/index.html").unwrap()).unwrap();
    assert!(page.contains("change-changed-wait-2026-06-05") && page.contains("Changed &amp; &lt;new&gt;"), "{page}");
    assert_eq!(
        feed.matches("<updated>2026-06-05T00:00:00Z</updated>").count(),
        2,
        "the feed is as old as its newest: {feed}"
    );
    let before = |day| text(&compiled_as_of(site.path(), date(2026, 6, day)), "en/changes/feed.xml");
    assert!(!before(4).contains("<entry>"));
    assert_eq!(before(3), before(4), "another day of the build is no change");
}

#[test]
fn the_sitemap_says_when_contents_changed_and_never_when_it_was_built() {
    let site = starter();
    let on = |day| {
        let compiled = compiled_as_of(site.path(), date(2026, 11, day));
        (text(&compiled, "sitemap.xml"), text(&compiled, "sitemap-1.xml"))
    };
    assert_eq!(on(22), on(25), "a later build of the same content");
    let (index, file) = on(22);
    for listed in [&index, &file] {
        assert!(listed.contains("<lastmod>2026-"), "{listed}");
    }
    let languages = file.matches("<url>").count();
    assert_eq!(file.matches("hreflang=\"x-default\" href=\"https://example.org/\"").count(), languages, "{file}");
}

#[test]
fn a_text_that_was_translated_anew_is_as_young_in_the_sitemap() {
    let site = starter();
    let zh = site.path().join("content/guides/example/close-sim.zh.md");
    let old = std::fs::read_to_string(&zh).unwrap();
    let record = "translated:\n  prepare: 0123456789abcdef 2026-11-24\n  check: 0123456789abcdef 2026-11-23\n";
    let new = old.replacen("---\n", &format!("---\n{record}"), 1);
    assert_ne!(new, old);
    write(site.path(), "content/translated.yaml", "{}\n");
    write(site.path(), "content/guides/example/close-sim.zh.md", new);
    let map = text(&compiled_as_of(site.path(), date(2026, 11, 30)), "sitemap-1.xml");
    let day = |locale: &str| {
        let at = map.find(&format!("<loc>https://example.org/{locale}/example/close-sim/</loc>")).unwrap();
        map[at..].split("<lastmod>").nth(1).unwrap()[..10].to_owned()
    };
    assert_eq!(["en", "zh", "ur"].map(day), ["2026-11-24", "2026-11-24", "2026-11-22"], "{map}");
}

/// Two readings, the second from 1 December on.
fn changing(second: &str) -> String {
    format!(
        "name: {{zh: 变, en: \"Changed, Inc.\", ur: نیا}}\nstatus: active\ncountry: PK\nfacts:\n  - id: wait\n    label: {{zh: 等, en: Wait, ur: انتظار}}\n    kind: duration\n    risk: low\n    readings:\n      - value: {{unit: days, exact: 60}}\n        until: 2026-11-30\n        confidence: reported\n        checked: 2026-06-01\n        sources: [our-notes]\n{second}"
    )
}

#[test]
fn what_will_change_is_in_a_calendar() {
    let site = starter();
    let next = "      - value: {unit: days, exact: 365}\n        from: 2026-12-01\n        learned: 2026-11-20\n        confidence: reported\n        checked: 2026-11-21\n        sources: [our-notes]\n";
    let calendar = |day| text(&compiled_as_of(site.path(), day), "en/changes/calendar.ics").replace("\r\n ", "");
    write(site.path(), "content/policies/changed.yaml", changing(next));
    let ahead = calendar(date(2026, 11, 22));
    assert!(ahead.contains("DTSTART;VALUE=DATE:20261201\r\n") && ahead.contains("DTSTAMP:20261120T000000Z"), "{ahead}");
    assert!(
        ahead.contains("SUMMARY:Changed\\, Inc.: Wait\\, from this day: 365 days\\; before: 60 days\r\n"),
        "{ahead}"
    );
    assert_eq!(ahead, calendar(date(2026, 11, 25)), "another day of the build is no change");
    assert!(!calendar(date(2026, 12, 1)).contains("VEVENT"), "it is no longer ahead");
    write(site.path(), "content/policies/changed.yaml", changing(""));
    let ending = calendar(date(2026, 11, 22));
    assert!(ending.contains("DTSTART;VALUE=DATE:20261130") && ending.contains("60 days"), "{ending}");
    let page = compiled(site.path()).html(&SitePath::new("en/changes/index.html").unwrap()).unwrap();
    assert!(page.contains("/en/changes/calendar.ics"));
}

#[test]
fn the_feed_says_when_the_site_learned_of_a_change() {
    let site = starter();
    let late = "      - value: {unit: days, exact: 365}\n        from: 2026-12-01\n        learned: 2026-12-05\n        confidence: reported\n        checked: 2026-12-20\n        sources: [our-notes]\n";
    write(site.path(), "content/policies/changed.yaml", changing(late));
    let feed = text(&compiled_as_of(site.path(), date(2026, 12, 21)), "en/changes/feed.xml");
    assert!(feed.contains("<published>2026-12-05T00:00:00Z</published>"), "{feed}");
    assert_eq!(
        feed.matches("<updated>2026-12-05T00:00:00Z</updated>").count(),
        2,
        "as old as its newest entry: {feed}"
    );
    let early = late.replace("2026-12-05", "2026-11-20");
    write(site.path(), "content/policies/changed.yaml", changing(&early));
    let feed = text(&compiled_as_of(site.path(), date(2026, 12, 21)), "en/changes/feed.xml");
    assert!(feed.contains("<published>2026-11-20T00:00:00Z</published>"), "{feed}");
    assert!(feed.contains("<updated>2026-12-01T00:00:00Z</updated>"), "it is told from the day it holds: {feed}");
}

#[test]
fn a_guide_in_one_file_needs_nothing_else() {
    let site = starter();
    let config = site.path().join("content/site.yaml");
    fs::write(&config, fs::read_to_string(&config).unwrap() + "guide_copies: true\n").unwrap();
    let compiled = compiled(site.path());
    let page = text(&compiled, "ur/example/close-sim/index.html");
    assert!(page.contains("<a href=example-close-sim.ur.htm download>"), "{page}");
    let copy = text(&compiled, "ur/example/close-sim/example-close-sim.ur.htm");
    assert!(copy.contains("<style>") && !copy.contains("@font-face") && !copy.contains("<script"), "{copy}");
    assert!(
        !copy.contains("href=/") && !copy.contains("src=/") && copy.contains("href=https://example.org/ur/"),
        "{copy}"
    );
    assert!(copy.contains("noindex") && !copy.contains("download>"), "{copy}");
    assert!(copy.contains("id=item-move-accounts"), "what is to be ticked is there");
}

#[test]
fn pictures_have_the_names_that_others_ask_for() {
    let site = starter();
    let compiled = compiled(site.path());
    let bytes = |path: &str| compiled.render(&SitePath::new(path).unwrap()).unwrap().bytes;
    assert_eq!(&bytes("favicon.ico")[..4], [0, 0, 1, 0]);
    let manifest = json(&compiled, "en/manifest.webmanifest");
    let icons = manifest["icons"].as_array().unwrap();
    assert!(icons.iter().any(|icon| icon["purpose"] == "maskable"), "{manifest}");
    for icon in icons.iter().filter(|icon| icon["type"] == "image/png") {
        let png = bytes(icon["src"].as_str().unwrap().trim_start_matches('/'));
        let side = u32::from_be_bytes([png[16], png[17], png[18], png[19]]);
        assert_eq!(icon["sizes"], format!("{side}x{side}"));
    }
    for page in ["en/index.html", "en/example/close-sim/index.html", "en/about/index.html"] {
        let page = text(&compiled, page);
        for said in ["og:title", "og:description", "og:type", "og:url", "og:site_name", "og:locale:alternate"] {
            assert!(page.contains(&format!("property={said}")), "{said}: {page}");
        }
        assert!(page.contains("property=og:image content=https://example.org/icons/social.png"), "{page}");
        let said = [1200, 630].map(|pixels| format!("content={pixels}>"));
        assert!(said.iter().all(|size| page.contains(size)) && page.contains("property=og:image:alt"), "{page}");
        for icon in ["href=/favicon.ico", "rel=apple-touch-icon"] {
            assert_eq!(page.matches(icon).count(), 1, "{icon}: {page}");
        }
    }
    assert!(addresses(&compiled).contains("/icons/social.png"));
    let social = bytes("icons/social.png");
    let size = [16, 20].map(|at| u32::from_be_bytes(social[at..at + 4].try_into().unwrap()));
    assert_eq!(size, [1200, 630], "as pages say");
}

#[test]
fn programs_are_told_what_there_is_and_whom_to_write_to() {
    let site = starter();
    let config = site.path().join("content/site.yaml");
    let security = |lines: &str| fs::write(&config, fs::read_to_string(&config).unwrap() + lines).unwrap();
    assert!(!addresses(&compiled(site.path())).contains("/.well-known/security.txt"), "nothing is made up");
    security("security: {contact: \"mailto:a@example.org\", expires: 2027-06-30}\n");
    let made = compiled(site.path());
    let told = text(&made, ".well-known/security.txt");
    assert!(told.starts_with("Contact: mailto:a@example.org\nExpires: 2027-06-30T00:00:00Z\n"), "{told}");
    let llms = text(&made, "llms.txt");
    assert!(llms.starts_with("# ") && llms.contains("](https://example.org/en/example/close-sim/): "), "{llms}");
    assert!(llms.contains("(https://example.org/api/v1/index.json)"), "{llms}");
    assert!(llms.contains("- [What changed](https://example.org/en/changes/feed.xml)"), "as the site calls it: {llms}");
    let late = crate::common::told(&compiled_as_of(site.path(), date(2027, 6, 20)));
    assert!(late.contains("security.txt is not to be relied on from 2027-06-30 on"), "{late}");
}

#[test]
fn manifests_name_their_locale() {
    let site = starter();
    let manifest = json(&compiled(site.path()), "ur/manifest.webmanifest");
    assert_eq!(
        (manifest["lang"].as_str(), manifest["dir"].as_str(), manifest["start_url"].as_str()),
        (Some("ur"), Some("rtl"), Some("/ur/"))
    );
}

#[test]
fn the_day_of_the_build_is_in_a_file_of_its_own() {
    let site = starter();
    let on = |day| compiled_as_of(site.path(), date(2026, 11, day));
    assert_eq!(json(&on(23), "day.json")["day"], "2026-11-23");
    let files = |day| {
        let files = Files::default();
        output::make(&on(day), &files).unwrap();
        files.taken()
    };
    let (today, later) = (files(23), files(25));
    let other: Vec<&String> = today.keys().filter(|path| today[*path] != later[*path]).collect();
    assert_eq!(other, ["day.json"]);
    assert_eq!(today.len(), later.len());
}

#[test]
fn what_a_device_is_told_to_keep_is_what_is_sent() {
    let site = starter();
    let compiled = compiled(site.path());
    let summary = output::make(&compiled, &output::Nowhere).unwrap();
    let saved = json(&compiled, "offline/ur.json");
    let sent: usize = saved["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|listed| {
            let address = listed[0].as_str().unwrap().trim_start_matches('/');
            let (_, file) = summary.iter().find(|(path, _)| path.address() == address).unwrap();
            assert_eq!(file.content.to_string(), listed[1].as_str().unwrap(), "{address}");
            file.sent.unwrap()
        })
        .sum();
    assert_eq!(saved["bytes"], sent);
    assert!(summary.iter().any(|(path, file)| path.extension() == "html" && file.sent.unwrap() * 2 < file.bytes));
}

#[test]
fn a_saved_copy_of_a_source_is_for_readers_and_programs() {
    let site = starter();
    let file = site.path().join("content/policies/sources.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let page = |compiled: &Compiled, locale: &str| self::text(compiled, &format!("{locale}/sources/index.html"));
    let before = compiled(site.path());
    assert!(!page(&before, "en").contains("saved copy"));
    let copy = "https://web.archive.org/web/20261101000000/https://guides.test/notes";
    let with = |more: &str| text.replace("  kind: our-notes\n", &format!("  kind: our-notes\n{more}"));
    fs::write(&file, with(&format!("  archive: {copy}\n"))).unwrap();
    let after = compiled(site.path());
    for (locale, words) in [("en", "See the saved copy"), ("zh", "查看网页快照"), ("ur", "محفوظ شدہ نقل دیکھیں")]
    {
        let html = page(&after, locale);
        let link = html.split("<a ").find(|link| link.contains(copy)).unwrap_or_else(|| panic!("{html}"));
        assert!(link.contains(&format!(">{words}</a>")) && link.contains("noreferrer"), "{link}");
    }
    let facts = json(&after, "api/v1/facts/example.json");
    let facts = facts["facts"].as_array().unwrap();
    let fact = facts.iter().find(|fact| fact["id"] == "service-point").unwrap();
    assert_eq!(fact["readings"][0]["sources"][0]["archive"], copy);
    assert!(json(&after, "api/v1/schema/facts.json")["$defs"]["SourceData"]["properties"]["archive"].is_object());
    for (wrong, told) in [
        ("  archive: ftp://guides.test/notes\n", "error[wrong-type]"),
        ("  url: https://guides.test/notes\n  archive: https://guides.test/notes\n", "no saved copy of it"),
    ] {
        fs::write(&file, with(wrong)).unwrap();
        let found = crate::common::short(site.path());
        assert!(found.contains(told), "{found}");
    }
}
