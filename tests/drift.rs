//! Translations do not drift from their sources unseen: fingerprints, what is told of them, how they are recorded, what readers see.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::common::program::{rahnuma, skipped, stderr};
use crate::common::{TODAY, compiled, starter, write};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rahnuma::compile::{Options, compile};
use rahnuma::diag::Diagnostics;
use rahnuma::diag::emit::{Format, render};
use rahnuma::edge::disk;
use rahnuma::model::translation::Print;
use rahnuma::parse::document::guide;
use rahnuma::parse::text::SourceText;
use rahnuma::source::path::SitePath;
use rahnuma::source::tree::FileId;

/// A guide with everything that a fingerprint reads; words to change begin with `w`.
const GUIDE: &str = "---
title: waa wab
summary: wac wad, wae.
short:
  - \"waf {{ helpline }} wag.\"
---
wah **wai waj** wak, {{ helpline }} wal [wam wan](../general/a.md \"wao\") wap.

wba wbb [wbc wbd.]{fact=fee is=unknown} wbe [wbf]{lang=ur} wbg `wbh` ~~wbi~~ wbj[^one] wbk.

## wca *wcb* {#first}

> [!WARNING]
> wcc wcd
> wce.

- [ ] wcf wcg {#do-it when=wallet}
  wch wci

## wda {#second}

- wdb wdc
- wdd wde

| wdf | wdg |
| --- | --- |
| wdh | wdi wdj |

{{ include other }}

1. wdk wdl
   wdm

![wdn](photo.png) wdo wdp

```
wdq
```

wdr
: wds wdt

[^one]: wdu wdv
";

fn prints(text: &str) -> Vec<Print> {
    let source = SourceText { file: FileId::SITE, text, offset: 0 };
    let document = guide(source, &mut Diagnostics::default()).unwrap_or_else(|| panic!("{text}"));
    document.locked(None).body.lock.prints.clone()
}

fn changed(one: &[Print], other: &[Print]) -> Vec<String> {
    assert_eq!(one.len(), other.len());
    let pairs = one.iter().zip(other);
    pairs.filter(|(a, b)| a.says != b.says).map(|(a, _)| a.part.to_string()).collect()
}

/// Where white space between two words of one paragraph stands: it may be of any kind there.
fn gaps() -> Vec<usize> {
    let is_word = |c: char| c.is_ascii_lowercase() || matches!(c, '*' | '.' | ',' | '[' | ']' | '~' | '`' | '}' | '{');
    let line = |at: usize| GUIDE[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let body = GUIDE.find("---\nwah").unwrap();
    let breaks = |at: &usize| {
        let start = &GUIDE[line(*at)..];
        // Headings, items, rows and quotes are lines; braces and addresses are no words.
        let is_line = ["#", "- ", "|", ">", "1.", "[^", "!", ":", "{", " "].iter().any(|mark| start.starts_with(mark));
        let text = GUIDE[line(*at)..*at].to_owned();
        let open = |a: char, b: char| text.matches(a).count() > text.matches(b).count();
        !is_line && !open('{', '}') && !open('(', ')')
    };
    GUIDE
        .match_indices(' ')
        .map(|(at, _)| at)
        .filter(|at| *at > body && GUIDE[..*at].ends_with(is_word) && GUIDE[at + 1..].starts_with(is_word))
        .filter(breaks)
        .collect()
}

#[test]
fn a_fingerprint_changes_with_every_word_and_in_its_own_part_alone() {
    let before = prints(GUIDE);
    assert_eq!(before.iter().map(|it| &*it.part).collect::<Vec<_>>(), ["_top", "first", "second"]);
    let words: Vec<usize> = GUIDE
        .match_indices('w')
        .map(|(at, _)| at)
        .filter(|at| {
            GUIDE[at + 3..].starts_with(|c: char| !c.is_ascii_alphabetic())
                && !GUIDE[..*at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '=')
        })
        .collect();
    assert!(words.len() > 50, "{}", words.len());
    for at in words {
        let part = match &GUIDE[at..=at + 1] {
            "wa" | "wb" => "_top",
            "wc" => "first",
            _ => "second",
        };
        for with in ["x", "wxyz"] {
            let text = [&GUIDE[..at], with, &GUIDE[at + 3..]].concat();
            assert_eq!(changed(&before, &prints(&text)), [part], "{text}");
        }
    }
}

#[test]
fn what_is_named_counts_and_what_is_layout_does_not() {
    let before = prints(GUIDE);
    for (old, new, parts) in [
        ("**wai waj**", "wai waj", &[][..]),
        ("title: waa", "# a note\ntitle:   waa", &[]),
        ("- wdb wdc\n- wdd", "* wdb wdc\n\n* wdd", &[]),
        ("| wdf | wdg |", "|wdf|   wdg|", &[]),
        ("wak, {{", "wak,<!-- among us --> {{", &[]),
        (" when=wallet", " unless=abroad", &[]),
        ("[!WARNING]", "[!NOTE]", &["first"]),
        ("#do-it", "#do-that", &["first"]),
        ("../general/a.md", "../general/b.md", &["_top"]),
        ("is=unknown", "is=yes", &["_top"]),
        ("fact=fee", "fact=cost", &["_top"]),
        ("lang=ur", "lang=zh", &["_top"]),
        (", {{ helpline }}", ", {{ fee }}", &["_top"]),
        ("include other", "include another", &["second"]),
        ("photo.png", "other.png", &["second"]),
        ("~~wbi~~", "wbi", &["_top"]),
        ("1. wdk", "2. wdk", &["second"]),
    ] {
        assert!(GUIDE.contains(old), "{old}");
        assert_eq!(changed(&before, &prints(&GUIDE.replacen(old, new, 1))), parts, "{old} → {new}");
    }
    let han = |text: &str| prints(&format!("---\ntitle: 甲\nsummary: 乙\n---\n{text}\n"))[0].says;
    assert_eq!(han("先用SIM卡\n收验证码，\n{{ fee }}\n元"), han("先用SIM\n卡收验证码，{{ fee }}元"));
    assert_ne!(han("先用SIM卡"), han("先用SIM 1卡"));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64, rng_seed: RngSeed::Fixed(20_261_127), failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn white_space_never_changes_a_fingerprint(choices in prop::collection::vec(0usize..6, 64), lines in 0usize..3) {
        let gaps = gaps();
        prop_assert!(gaps.len() > 12, "{}", gaps.len());
        let mut text = GUIDE.to_owned();
        for (at, choice) in gaps.iter().zip(&choices).rev() {
            let with = [" ", "\n", "   ", " \n", "  \n", "\t"][*choice];
            text.replace_range(*at..=*at, with);
        }
        let text = text.replace("\n\n", &"\n".repeat(lines + 2));
        prop_assert!(changed(&prints(GUIDE), &prints(&text)).is_empty(), "{}", text);
    }
}

/// What the sources break, a line each.
fn short(root: &Path) -> String {
    let (tree, unread) = disk::read(root);
    assert!(unread.is_empty());
    let compiled = compile(&tree, &Options { as_of: TODAY, ..Options::default() });
    render(&compiled.diagnostics, &compiled.tree, Format::Short)
}

const UR: &str = "content/guides/example/close-sim.ur.md";
const EN: &str = "content/guides/example/close-sim.en.md";

fn run(root: &Path, arguments: &[&str]) -> Output {
    rahnuma().args(arguments).args(["--root", root.to_str().unwrap()]).output().unwrap()
}

fn accept(root: &Path, arguments: &[&str]) {
    let output = run(root, &[&["accept", "--as-of", "2026-11-22"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

fn change(root: &Path, file: &str, old: &str, new: &str) {
    let text = fs::read_to_string(root.join(file)).unwrap();
    assert!(text.contains(old), "{text}");
    fs::write(root.join(file), text.replacen(old, new, 1)).unwrap();
}

fn html(root: &Path, path: &str) -> String {
    compiled(root).html(&SitePath::new(path).unwrap()).unwrap()
}

fn status(root: &Path) -> serde_json::Value {
    let output = run(root, &["status", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_site_begins_with_one_command_that_changes_nothing_else() {
    let site = starter();
    let root = site.path();
    assert_eq!(short(root), "", "a site that records nothing is told nothing");
    let before = fs::read_to_string(root.join(UR)).unwrap();
    accept(root, &["--all"]);
    assert_eq!(short(root), "");
    let after = fs::read_to_string(root.join(UR)).unwrap();
    let (head, record) = after.split_once("translated:\n").unwrap();
    let lines: Vec<&str> = record.lines().take_while(|line| *line != "---").collect();
    assert_eq!(lines.len(), 4, "{after}");
    assert!(lines.iter().all(|line| line.ends_with(" 2026-11-22")), "{after}");
    assert_eq!(
        format!("{head}{}", record.split_once("---\n").map(|(_, rest)| format!("---\n{rest}")).unwrap()),
        before
    );
    let again = fs::read(root.join("content/translated.yaml")).unwrap();
    accept(root, &["--all"]);
    assert_eq!(fs::read(root.join("content/translated.yaml")).unwrap(), again);
    assert_eq!(fs::read_to_string(root.join(UR)).unwrap(), after);
    let status = status(root);
    assert_eq!(status["locales"][0]["percent"], 100);
    assert_eq!(status["locales"][1]["fresh"], status["locales"][1]["parts"]);
}

#[test]
fn a_source_that_changed_is_told_to_editors_and_readers_until_it_is_accepted() {
    let site = starter();
    let root = site.path();
    accept(root, &["--all"]);
    change(root, EN, "Think of every place", "Think of each and every place");
    let told = short(root);
    assert_eq!(told.lines().count(), 2, "{told}");
    assert!(told.lines().all(|line| line.contains("stale-translation")), "{told}");
    assert!(told.contains(&format!("{UR}:")), "{told}");
    let page = html(root, "ur/example/close-sim/index.html");
    assert_eq!(page.matches("drifted").count(), 1, "{page}");
    let notice = page.split("drifted").nth(1).unwrap();
    assert!(notice.contains("2026-11-22") && notice.contains("/en/example/close-sim/#prepare"), "{notice}");
    assert!(page.split("drifted").next().unwrap().contains("id=\"prepare\""), "{page}");
    assert!(!html(root, "en/example/close-sim/index.html").contains("drifted"));
    let row = status(root)["locales"][1]["texts"][0].clone();
    assert_eq!(row["stale"], serde_json::json!([{ "part": "prepare", "since": "2026-11-22" }]), "{row}");
    let wrong = run(root, &["accept", UR, "--step", "prepaer"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("did you mean `prepare`?"), "{}", stderr(&wrong));
    accept(root, &[UR, "--step", "prepare", "--step", "counter"]);
    accept(root, &[root.join(UR.replace(".ur.", ".zh.")).to_str().unwrap(), "--all"]);
    assert_eq!(short(root), "");
    assert!(!html(root, "ur/example/close-sim/index.html").contains("drifted"));
}

#[test]
fn fragments_pages_and_texts_of_yaml_files_drift_as_well() {
    let site = starter();
    let root = site.path();
    accept(root, &["--all"]);
    change(root, "content/fragments/before-you-start.en.md", "number", "phone number");
    change(root, "content/pages/about.en.md", "Nothing in it is advice yet.", "It is no advice.");
    change(root, "content/policies/example.yaml", "en: What a closure costs", "en: What closing costs");
    let told = short(root);
    assert_eq!(told.matches("stale-translation").count(), 6, "{told}");
    assert_eq!(told.lines().count(), 6, "{told}");
    assert!(told.contains("`facts.closing-fee.label` in `ur`"), "{told}");
    for page in ["ur/example/close-sim/index.html", "zh/about/index.html"] {
        assert_eq!(html(root, page).matches("drifted").count(), 1, "{page}");
    }
    // A translation that is mended needs no more than to be accepted; what was not named stays stale.
    change(root, "content/policies/example.yaml", "ur: بندش کا خرچ", "ur: سم بند کرنے کا خرچ");
    accept(root, &["content/policies/example.yaml", "--locale", "ur", "--step", "facts.closing-fee.label"]);
    let told = short(root);
    assert!(!told.contains("label` in `ur`") && told.contains("label` in `zh`"), "{told}");
    for file in ["fragments/before-you-start.ur.md", "fragments/before-you-start.zh.md", "pages/about.ur.md"] {
        accept(root, &[&format!("content/{file}"), "--all"]);
    }
    accept(root, &["content/pages/about.zh.md", "--all"]);
    accept(root, &["content/policies/example.yaml", "--all"]);
    assert_eq!(short(root), "");
}

#[test]
fn what_moves_is_fresh_what_is_new_is_told_and_what_is_gone_is_orphaned() {
    let site = starter();
    let root = site.path();
    accept(root, &["--all"]);
    // A step that is called something else in every locale, and a fact that another stands before.
    for locale in ["en", "ur", "zh"] {
        change(root, &EN.replace(".en.", &format!(".{locale}.")), "{#check}", "{#later}");
    }
    assert_eq!(short(root), "");
    let orphaned = |root: &Path| status(root)["locales"][1]["texts"][0]["orphaned"].clone();
    assert_eq!(orphaned(root), serde_json::json!(["check"]));
    accept(root, &[UR, "--all"]);
    assert_eq!(orphaned(root), serde_json::json!([]));
    for (locale, words) in [("en", "Ask again"), ("ur", "دوبارہ پوچھیں"), ("zh", "再问一次")] {
        let file = EN.replace(".en.", &format!(".{locale}."));
        let text = fs::read_to_string(root.join(&file)).unwrap();
        write(root, &file, format!("{text}\n## {words} {{#again}}\n"));
    }
    let told = short(root);
    assert_eq!(told.matches("unrecorded-translation").count(), 2, "{told}");
    assert!(told.contains("nothing says what this was translated from: the step `again`"), "{told}");
}

#[test]
fn a_diff_shows_the_source_then_and_now_or_says_that_it_cannot() {
    let site = starter();
    let root = site.path();
    accept(root, &["--all"]);
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
        Command::new("git")
            .arg("-C")
            .arg(root)
            .args(identity)
            .args(arguments)
            .output()
            .is_ok_and(|it| it.status.success())
    };
    let has_git = git(&["init", "-q"]) && git(&["add", "."]) && git(&["commit", "-qm", "before"]);
    change(root, EN, "while the SIM still works", "before the SIM is closed");
    let diff = |name: &str, locale: &str| {
        let output = run(root, &["status", "--diff", name, locale]);
        (output.status.code(), String::from_utf8(output.stdout.clone()).unwrap(), stderr(&output))
    };
    let (code, text, _) = diff("example/close-sim", "ur");
    assert_eq!(code, Some(0));
    assert!(text.contains("=== prepare\n") && text.contains("جب تک سم چل رہی ہے"), "{text}");
    if has_git {
        assert!(text.contains("[-while-]{+before+} the SIM [-still works-]{+is closed+}."), "{text}");
        fs::remove_dir_all(root.join(".git")).unwrap();
    } else {
        skipped("there is no git to ask for the history of a file");
    }
    let (_, text, _) = diff(UR, "ur");
    assert!(text.contains("in no version that Git has") && text.contains("before the SIM is closed"), "{text}");
    assert!(diff("about", "zh").1.contains("nothing of about is stale"));
    let (code, _, told) = diff("example/close-sm", "ur");
    assert!(code == Some(2) && told.contains("did you mean `example/close-sim`?"), "{told}");
}

#[test]
fn whatever_cannot_be_recorded_is_said_and_left_alone() {
    let site = starter();
    let root = site.path();
    for (file, words) in [
        (EN, "is the source"),
        ("content/pages/abot.ur.md", "did you mean content/pages/about.ur.md?"),
        ("content/policies/sources.yaml", "no translation"),
    ] {
        let output = run(root, &["accept", file]);
        assert_eq!(output.status.code(), Some(2), "{file}");
        assert!(stderr(&output).contains(words), "{file}: {}", stderr(&output));
    }
    assert_eq!(run(root, &["accept"]).status.code(), Some(2));
    write(root, "content/translated.yaml", "content/site.yaml:\n  title: {ur: nonsense}\n");
    let told = short(root);
    assert!(told.contains("content/translated.yaml:2:15: error[bad-value]"), "{told}");
    write(root, "content/translated.yaml", "a: [\n");
    let broken = run(root, &["accept", "--all"]);
    assert_eq!(broken.status.code(), Some(1), "{}", stderr(&broken));
    assert_eq!(fs::read_to_string(root.join("content/translated.yaml")).unwrap(), "a: [\n");
}

#[test]
fn a_copy_of_the_source_is_no_translation() {
    let site = starter();
    let root = site.path();
    change(
        root,
        "content/site.yaml",
        "{id: ur, tag: ur, name: اردو, dir: rtl}",
        "{id: ur, tag: fr, name: Français, dir: ltr}",
    );
    let page = fs::read_to_string(root.join("content/pages/about.en.md")).unwrap();
    write(root, "content/pages/about.ur.md", &page);
    let told = short(root);
    assert!(
        told.contains("content/pages/about.ur.md:1:1: error[wrong-language]: this file says word for word"),
        "{told}"
    );
    assert!(told.contains("content/fragments/before-you-start.ur.md:1:1: error[wrong-language]"), "{told}");
    // Two editions of one language may well say the same.
    change(root, "content/site.yaml", "tag: fr", "tag: en-PK");
    assert!(!short(root).contains("word for word"));
}
