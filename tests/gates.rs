//! Gates: what stops a build and what never does, and what `check` is asked about.

use std::fs;
use std::path::Path;

use crate::common::program::{build, rahnuma, stderr};
use crate::common::{starter, write};

/// Far enough ahead that every review is overdue.
const LATE: &str = "2046-11-22";

/// Not an example's, which would be another warning.
const ADDRESS: [&str; 2] = ["--base-url", "https://guides.test/"];

fn check(root: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let output = rahnuma().args(["check", "--root", root.to_str().unwrap()]).args(more).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout.clone()).unwrap(), stderr(&output))
}

fn code(root: &Path, day: &str, more: &[&str]) -> Option<i32> {
    let output =
        rahnuma().args(["check", "--as-of", day, "--root", root.to_str().unwrap()]).args(more).output().unwrap();
    output.status.code()
}

#[test]
fn a_gate_refuses_what_it_names_and_nothing_else() {
    let site = starter();
    let late = |more: &[&str]| code(site.path(), LATE, more);
    assert_eq!(late(&[]), Some(0), "an overdue review stops nothing");
    assert_eq!(late(&["--strict"]), Some(1));
    assert_eq!(late(&["--deny-group", "overdue"]), Some(1));
    assert_eq!(late(&["--deny-group", "budget,translation"]), Some(0));
    assert_eq!(late(&["--deny", "overdue-review"]), Some(1));
    assert_eq!(late(&["--strict", "--allow", "overdue-review"]), Some(0));
    assert_eq!(late(&["--strict", "--allow-group", "overdue"]), Some(0));
    // What is named goes before its group.
    assert_eq!(late(&["--deny-group", "overdue", "--allow", "overdue-review"]), Some(0));
    assert_eq!(late(&["--allow-group", "overdue", "--deny", "overdue-review"]), Some(1));
    fs::remove_file(site.path().join("content/pages/about.ur.md")).unwrap();
    assert_eq!(late(&["--strict", "--allow-group", "overdue"]), Some(1));
    assert_eq!(late(&["--deny-group", "translation"]), Some(1));
    assert_eq!(code(site.path(), "2026-11-22", &["--allow", "missing-translation", "--strict"]), Some(0));
}

#[test]
fn gates_are_for_warnings() {
    let site = starter();
    for name in ["unknown-fact", "no-such-code"] {
        let (code, _, told) = check(site.path(), &["--allow", name]);
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains(name), "{told}");
    }
    write(site.path(), "content/stray.txt", "x");
    assert_eq!(code(site.path(), LATE, &["--allow-group", "overdue"]), Some(1), "errors always stop");
}

#[test]
fn a_correction_goes_out_although_reviews_are_overdue_and_budgets_full() {
    let site = starter();
    // Words that no compression makes shorter.
    let mut seed = 7u64;
    let mut word = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let letters: String =
            (0..8).map(|n| char::from(b'a' + u8::try_from((seed >> (n * 7)) % 23).unwrap())).collect();
        format!("{letters}. ")
    };
    let words: String = (0..4000).map(|_| word()).collect();
    let page = site.path().join("content/pages/about.en.md");
    let text = fs::read_to_string(&page).unwrap();
    let (before, last) = text.trim_end().rsplit_once('\n').unwrap();
    fs::write(&page, format!("{before}\n{last} {words}\n")).unwrap();
    let gates = ["--as-of", LATE, "--strict", "--allow-group", "overdue,budget"];
    let args = |more: &[&'static str]| -> Vec<&'static str> {
        gates[2..].iter().chain(&ADDRESS).chain(more).copied().collect()
    };
    let built = build(site.path(), &args(&[]));
    assert_eq!(built.status.code(), Some(0), "{}", stderr(&built));
    let refused = build(site.path(), &[&["--strict"], &ADDRESS[..]].concat());
    assert_eq!(refused.status.code(), Some(1), "{}", stderr(&refused));
    let refused = build(site.path(), &["--deny-group", "budget"]);
    assert_eq!(refused.status.code(), Some(1), "{}", stderr(&refused));
    assert!(stderr(&refused).contains("(1 refused)") || stderr(&refused).contains("(refused)"), "{}", stderr(&refused));
    assert_eq!(code(site.path(), LATE, &gates[2..]), Some(0));
}

#[test]
fn those_who_asked_for_quiet_hear_what_is_refused() {
    let site = starter();
    fs::remove_file(site.path().join("content/pages/about.ur.md")).unwrap();
    let (_, _, told) = check(site.path(), &["-q", "--as-of", "2026-11-22"]);
    assert_eq!(told, "");
    let (code, _, told) = check(site.path(), &["-q", "--as-of", "2026-11-22", "--deny", "missing-translation"]);
    assert_eq!(code, Some(1));
    assert!(told.contains("missing-translation"), "{told}");
}

/// A site with a mistake in each of several places.
fn broken() -> tempfile::TempDir {
    let site = starter();
    let append = |name: &str, text: &str| {
        let path = site.path().join(name);
        fs::write(&path, format!("{}{text}", fs::read_to_string(&path).unwrap())).unwrap();
    };
    append("content/pages/about.en.md", "\n{{ example.nothing }}\n");
    append("content/pages/about.ur.md", "\nيہ\n");
    let policy = site.path().join("content/policies/example.yaml");
    fs::write(&policy, fs::read_to_string(&policy).unwrap().replace("سم کہاں بند", "سم كہاں بند")).unwrap();
    site
}

#[test]
fn check_tells_of_the_files_it_is_asked_about() {
    let site = broken();
    let short = ["--format", "short", "--as-of", "2026-11-22"];
    let ask = |more: &[&str]| check(site.path(), &[&short, more].concat());
    let (code, all, _) = ask(&[]);
    assert_eq!(code, Some(1));
    for name in ["about.en.md", "about.ur.md", "example.yaml"] {
        assert!(all.contains(name), "{all}");
    }
    let (code, found, told) = ask(&["content/pages/about.ur.md"]);
    assert_eq!(code, Some(1));
    assert!(!found.is_empty() && found.lines().all(|line| line.contains("about.ur.md")), "{found}");
    assert!(told.contains("elsewhere"), "{told}");
    let whole = site.path().join("content/policies");
    let (code, found, _) = ask(&[whole.to_str().unwrap()]);
    assert_eq!(code, Some(1));
    assert!(!found.is_empty() && found.lines().all(|line| line.contains("example.yaml")), "{found}");
    let (code, found, _) = ask(&["content/pages/about.zh.md"]);
    assert_eq!((code, found.as_str()), (Some(0), ""), "nothing is wrong there");
    let (code, _, told) = ask(&["content/pages/abuot.en.md"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("abuot"), "{told}");
}

#[test]
fn check_tells_of_the_language_it_is_asked_about() {
    let site = broken();
    fs::remove_file(site.path().join("content/guides/example/close-sim.ur.md")).unwrap();
    let short = ["--format", "short", "--as-of", "2026-11-22", "--locale"];
    let ask = |locale: &'static str| check(site.path(), &[&short[..], &[locale]].concat());
    let (code, found, _) = ask("ur");
    assert_eq!(code, Some(1));
    for part in ["about.ur.md", "policies/example.yaml", "missing-translation"] {
        assert!(found.contains(part), "{part}: {found}");
    }
    assert!(!found.contains("unknown-fact"), "{found}");
    let (_, found, _) = ask("en");
    assert!(found.contains("unknown-fact") && !found.contains("arabic-letter"), "{found}");
    assert_eq!(ask("zh").0, Some(0));
    let (code, _, told) = ask("fr");
    assert_eq!(code, Some(2));
    assert!(told.contains("zh, en, ur") || told.contains("en, "), "{told}");
}

#[test]
fn today_is_the_day_where_the_site_is_at_home() {
    let site = starter();
    let file = site.path().join("content/site.yaml");
    let text = fs::read_to_string(&file).unwrap();
    // These two are 25 hours apart: it is never the same day in both.
    let days = ["Pacific/Kiritimati", "Pacific/Pago_Pago"].map(|zone| {
        fs::write(&file, format!("{text}timezone: {zone}\n")).unwrap();
        let (_, _, told) = check(site.path(), &["-v"]);
        told.lines().find_map(|line| line.strip_prefix("as of ")).unwrap().to_owned()
    });
    assert!(days[0] > days[1], "{days:?}");
    fs::write(&file, format!("{text}timezone: Asia/Krachi\nlook_ahead_days: 0\n")).unwrap();
    let (code, found, _) = check(site.path(), &["--format", "short"]);
    assert_eq!(code, Some(1));
    assert!(found.contains("there is no time zone `Asia/Krachi`"), "{found}");
    assert!(found.contains("a number of days from 1 to 3660"), "{found}");
}

#[test]
fn an_end_is_told_as_far_ahead_as_the_site_looks_and_stops_nothing_on_its_day() {
    let site = starter();
    let policy = site.path().join("content/policies/example.yaml");
    let text = fs::read_to_string(&policy).unwrap();
    let ends = text.replacen("checked: 2026-11-22", "until: 2027-01-31\n        checked: 2026-11-22", 1);
    fs::write(&policy, &ends).unwrap();
    let found = |day| check(site.path(), &["--format", "short", "--as-of", day]);
    assert_eq!(found("2026-12-31").1, "");
    let (code, told, _) = found("2027-01-01");
    assert_eq!(code, Some(0));
    assert!(told.contains("ending-fact") && told.lines().count() == 1, "{told}");
    for day in ["2027-01-31", "2027-02-01", "2027-10-01"] {
        let (code, told, _) = found(day);
        assert_eq!(code, Some(0), "{day}: {told}");
        assert!(told.contains("ending-fact"), "{told}");
    }
    let file = site.path().join("content/site.yaml");
    fs::write(&file, format!("{}look_ahead_days: 60\n", fs::read_to_string(&file).unwrap())).unwrap();
    assert!(found("2026-12-05").1.contains("ending-fact"));
}
