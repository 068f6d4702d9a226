//! What `new`, `register` and `rename` write, through the program: whole files, small changes, or nothing at all.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use crate::common::program::{build, files, rahnuma, stderr};
use crate::common::{starter, write};

const UR: &str = "content/guides/example/close-sim.ur.md";

fn run(root: &Path, arguments: &[&str]) -> Output {
    rahnuma().args(arguments).args(["--root", root.to_str().unwrap()]).output().unwrap()
}

fn done(root: &Path, arguments: &[&str]) -> String {
    let output = run(root, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
    stderr(&output)
}

/// Every file of the site, as text.
fn texts(root: &Path) -> BTreeMap<String, String> {
    let all = files(&root.join("content")).into_iter();
    all.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

fn check(root: &Path) -> Vec<String> {
    let output = run(root, &["check", "--as-of", "2026-11-22", "--format", "short"]);
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// Everything that a command changed, line by line.
fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> String {
    let mut told = String::new();
    let nothing = String::new();
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        let (old, new) = (before.get(name).unwrap_or(&nothing), after.get(name).unwrap_or(&nothing));
        if old == new {
            continue;
        }
        told.push_str(&format!("{name}\n"));
        let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let tail = old[same..].iter().rev().zip(new[same..].iter().rev()).take_while(|(a, b)| a == b).count();
        old[same..old.len() - tail].iter().for_each(|line| told.push_str(&format!("- {line}\n")));
        new[same..new.len() - tail].iter().for_each(|line| told.push_str(&format!("+ {line}\n")));
    }
    told
}

#[test]
fn what_is_new_is_wrong_in_nothing_but_that_it_is_to_be_written() {
    let site = starter();
    let root = site.path();
    done(root, &["new", "carrier", "zong", "--name", "Zong", "--as-of", "2026-11-22"]);
    done(root, &["new", "guide", "zong/close-sim", "--title", "Close a Zong SIM", "--steps", "prepare,counter"]);
    done(root, &["new", "guide", "general/lost-sim"]);
    done(root, &["new", "page", "how"]);
    let found = check(root);
    assert!(!found.is_empty() && found.iter().all(|line| line.contains("warning[to-be-written]")), "{found:#?}");
    // All of it is a draft.
    assert_eq!(build(root, &["--strict", "--base-url", "https://a.org/"]).status.code(), Some(0));
    let made = texts(root);
    assert_eq!(
        made["guides/zong/close-sim.en.md"],
        "---\ntitle: \"Close a Zong SIM\"\nsummary: \"TODO one sentence on what this is for\"\ndraft: true\n---\n\
         TODO when this helps, and what to have at hand\n\n## TODO what this step is {#prepare}\n\n\
         - [ ] TODO one action, verb first {#do-prepare}\n\n## TODO what this step is {#counter}\n\n\
         - [ ] TODO one action, verb first {#do-counter}\n"
    );
    for locale in ["zh", "ur"] {
        let text = &made[&format!("guides/zong/close-sim.{locale}.md")];
        assert!(text.contains("{#do-counter}") && !text.contains("what this step is"), "{text}");
    }
    let policy = &made["policies/zong.yaml"];
    assert!(policy.starts_with("draft: true\nname:\n  zh: \"TODO名称\"\n  en: \"Zong\"\n  ur: \"TODO نام\"\nstatus: active\ncountry: PK\nfacts:\n"), "{policy}");
    assert!(policy.contains("  - id: closing-fee\n    label:\n      zh: \"注销的费用\"\n"), "{policy}");
    assert_eq!(policy.matches("      - value: unknown\n").count(), policy.matches("  - id:").count());
    assert!(!policy.contains("service-centre") && policy.contains("checked: 2026-11-22"), "{policy}");
}

#[test]
fn a_fact_stands_behind_the_others() {
    let site = starter();
    let root = site.path();
    let before = texts(root);
    let new = [
        "new",
        "fact",
        "example.wait",
        "--kind",
        "duration",
        "--risk",
        "low",
        "--label",
        "How long",
        "--as-of",
        "2026-11-22",
    ];
    done(root, &new);
    let told = changed(&before, &texts(root));
    assert!(told.starts_with("policies/example.yaml\n+ \n+   - id: wait\n+     label:\n+       zh: \"TODO"), "{told}");
    assert!(told.contains("+       en: \"How long\"\n") && !told.contains("\n- "), "{told}");
    let found = check(root);
    // Once for each language, with the lines of both places.
    assert!(found.iter().all(|line| line.contains("error[to-be-written]")) && found.len() == 3, "{found:#?}");
    assert_eq!(found.iter().filter(|line| line.contains("; also on line ")).count(), 2, "{found:#?}");
}

#[test]
fn a_locale_has_a_place_in_every_text() {
    let site = starter();
    let root = site.path();
    let before = texts(root);
    done(root, &["new", "locale", "pt", "--name", "Português"]);
    let after = texts(root);
    assert!(after["site.yaml"].contains("dir: rtl}\n  - {id: pt, tag: pt, name: \"Português\", dir: ltr}\n"));
    assert!(after["situations.yaml"].contains("ur: والٹ, pt: \"TODO texto\"}"), "{}", after["situations.yaml"]);
    let kept = |name: &str| {
        let lines = before[name].lines().map(|line| line.trim_end_matches('}'));
        let mut rest = after[name].as_str();
        lines.for_each(|line| rest = &rest[rest.find(line).unwrap_or_else(|| panic!("{name}: {line}")) + line.len()..]);
    };
    before.keys().filter(|name| name.ends_with(".yaml")).for_each(|name| kept(name));
    let codes = ["error[to-be-written]", "warning[missing-translation]"];
    let found = check(root);
    assert!(found.iter().all(|line| codes.iter().any(|code| line.contains(code))), "{found:#?}");
}

#[test]
fn what_is_there_is_left_alone() {
    let site = starter();
    let root = site.path();
    write(root, "content/drafts/guides/example/keep-sim.zh.md", "x");
    let before = texts(root);
    for (arguments, told) in [
        (&["new", "guide", "example/close-sim"][..], "content/guides/example/close-sim.zh.md is there already"),
        (&["new", "guide", "example/keep-sim"], "content/drafts/guides/example/keep-sim.zh.md is there already"),
        (&["new", "guide", "exampel/close-sim"], "there is no carrier `exampel`\nhelp: did you mean `example`?"),
        (&["new", "guide", "close-sim"], "expected a carrier and a guide, such as jazz/close-sim"),
        (&["new", "guide", "example/Close"], "for example close"),
        (&["new", "carrier", "example"], "content/policies/example.yaml is there already"),
        (&["new", "carrier", "about"], "its address is taken already"),
        (
            &["new", "fact", "example.closing-fee", "--kind", "money", "--risk", "low"],
            "there is a fact `example.closing-fee` already",
        ),
        (&["new", "fact", "nobody.fee", "--kind", "money", "--risk", "low"], "there is no carrier `nobody`"),
        (&["new", "fact", "example.fee", "--kind", "cash", "--risk", "low"], "expected phone, ussd"),
        (&["new", "page", "about"], "content/pages/about.zh.md is there already"),
        (&["new", "locale", "ur", "--name", "اردو"], "the site has `ur` (ur) already"),
        (&["new", "locale", "xx", "--name", "X", "--tag", "xx-nothing-here"], "is no tag of a language"),
        (
            &["rename", "guide", "example/close", "done"],
            "there is no guide `example/close`\nhelp: did you mean `example/close-sim`?",
        ),
        (&["rename", "guide", "example/close-sim", "general/close-sim"], "a guide stays with its carrier"),
        (
            &["rename", "fact", "example.closing-fee", "service-point"],
            "the name `example.service-point` is taken already",
        ),
        (&["rename", "item", "example/close-sim#empty-walet", "empty"], "help: did you mean `empty-wallet`?"),
        (
            &["rename", "item", "example/close-sim#counter", "desk"],
            "say `rahnuma rename step example/close-sim#counter desk`",
        ),
        (&["rename", "step", "example/close-sim#counter", "check"], "the id `check` is taken already"),
        (&["rename", "carrier", "example", "about"], "the name `about` is taken already"),
        (&["rename", "carrier", "exmple", "other"], "did you mean `example`?"),
    ] {
        let output = run(root, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(told), "{arguments:?}: {}", stderr(&output));
    }
    assert_eq!(texts(root), before);
}

#[test]
fn a_name_that_was_given_up_is_given_to_nothing_else() {
    let site = published();
    let root = site.path();
    done(root, &["register"]);
    done(root, &["rename", "step", "example/close-sim#counter", "desk"]);
    done(root, &["rename", "step", "example/close-sim#desk", "counter-desk"]);
    done(root, &["rename", "carrier", "example", "sample"]);
    done(root, &["rename", "guide", "sample/close-sim", "close"]);
    done(root, &["rename", "guide", "sample/close", "close-it"]);
    let file = root.join("content/published.yaml");
    let listed = fs::read_to_string(&file).unwrap();
    let retired = "addresses:\n  dropped: {retired: 2026-10-01}\n  sample/dropped: {retired: 2026-10-02}\n";
    fs::write(&file, listed.replace("addresses:\n", retired)).unwrap();
    assert!(check(root).is_empty(), "{:#?}", check(root));
    let before = texts(root);
    for (arguments, told) in [
        (
            &["new", "carrier", "example"][..],
            "what was called `example` is `sample` now, and readers who come to the old address are led there; nothing was changed\n\
             help: choose another name; or give it its old one back: `rahnuma rename carrier sample example`",
        ),
        (&["new", "page", "example"], "what was called `example` is `sample` now"),
        (&["new", "carrier", "dropped"], "`dropped` was taken back on 2026-10-01"),
        (&["new", "page", "dropped"], "`dropped` was taken back on 2026-10-01"),
        (
            &["new", "guide", "sample/close"],
            "what was called `sample/close` is `sample/close-it` now, and readers who come to the old address are led there; nothing was changed\n\
             help: choose another name; or give it its old one back: `rahnuma rename guide sample/close-it sample/close`",
        ),
        (&["new", "guide", "sample/dropped"], "`sample/dropped` was taken back on 2026-10-02"),
        (&["new", "guide", "example/again"], "there is no carrier `example`\nhelp: it was renamed: it is `sample` now"),
        (
            &["new", "fact", "example.fee", "--kind", "money", "--risk", "low"],
            "there is no carrier `example`\nhelp: it was renamed: it is `sample` now",
        ),
        (&["rename", "carrier", "example", "other"], "`example` was renamed already: it is `sample` now"),
        (
            &["rename", "carrier", "dropped", "other"],
            "`dropped` was taken back on 2026-10-01: there is nothing to rename",
        ),
        (&["rename", "carrier", "sample", "dropped"], "`dropped` was taken back on 2026-10-01"),
        (
            &["rename", "guide", "sample/close-sim", "other"],
            "`sample/close-sim` was renamed already: it is `sample/close-it` now",
        ),
        (&["rename", "guide", "sample/close-it", "dropped"], "`sample/dropped` was taken back on 2026-10-02"),
        (
            &["rename", "step", "sample/close-it#counter", "other"],
            "`counter` of `sample/close-it` was renamed already: it is `counter-desk` now",
        ),
        (
            &["rename", "step", "sample/close-it#check", "desk"],
            "what was called `desk` in `sample/close-it` is `counter-desk` now",
        ),
    ] {
        let output = run(root, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(told), "{arguments:?}: {}", stderr(&output));
    }
    assert_eq!(texts(root), before);
    // What had a name before may have it again.
    done(root, &["rename", "step", "sample/close-it#counter-desk", "counter"]);
    done(root, &["rename", "guide", "sample/close-it", "close-sim"]);
    done(root, &["rename", "carrier", "sample", "example"]);
    assert!(check(root).is_empty(), "{:#?}", check(root));
}

const HEAD: &str = "# Ours, by hand.\n";

/// A site whose guide was published and whose translations are recorded.
fn published() -> tempfile::TempDir {
    let site = starter();
    let root = site.path();
    done(root, &["register"]);
    let file = root.join("content/published.yaml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        HEAD.to_owned() + &text[text.find("example/").unwrap()..].replace("check: live", "check: live  # kept"),
    )
    .unwrap();
    done(root, &["accept", "--all", "--as-of", "2026-11-22"]);
    site
}

#[test]
fn new_ids_are_registered_in_the_order_of_the_guide() {
    let site = starter();
    let root = site.path();
    let told = done(root, &["register"]);
    assert!(told.contains("example/close-sim: prepare, move-accounts, empty-wallet, counter, ask-closure, ask-abroad, check, confirm-closed\n"), "{told}");
    assert!(told.contains("\naddresses: about, example\n"), "{told}");
    assert!(check(root).is_empty(), "{:#?}", check(root));
    assert!(done(root, &["register"]).contains("in the registry already"));
    let file = root.join("content/published.yaml");
    let listed = fs::read_to_string(&file).unwrap();
    fs::write(&file, &listed[..listed.find("addresses:").unwrap()]).unwrap();
    assert!(done(root, &["register"]).contains("addresses: about, example"), "a list that was never begun is");
    assert_eq!(fs::read_to_string(&file).unwrap(), listed);
    let item = "{#empty-wallet when=wallet}\n";
    for locale in ["en", "ur", "zh"] {
        let file = root.join(format!("content/guides/example/close-sim.{locale}.md"));
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, text.replace(item, &format!("{item}- [ ] A {{#weigh}}\n- [ ] B {{#wait}}\n"))).unwrap();
    }
    let before = texts(root);
    assert!(done(root, &["register"]).starts_with("example/close-sim: weigh, wait\n"));
    let after = texts(root);
    assert_eq!(changed(&before, &after), "published.yaml\n+   weigh: live\n+   wait: live\n");
    assert!(after["published.yaml"].contains("  empty-wallet: live\n  weigh: live\n  wait: live\n  counter: live\n"));
    write(
        root,
        "content/guides/example/again.en.md",
        "---\ntitle: A\nsummary: B.\n---\nC\n\n## D {#d}\n\n- [ ] E {#e}\n",
    );
    let after = texts(root);
    done(root, &["register"]);
    let lines = "published.yaml\n+ example/again:\n+   d: live\n+   e: live\n";
    assert_eq!(changed(&after, &texts(root)), lines);
    // What is gone while something else is new may be the same thing under another name.
    let guide = root.join("content/guides/example/again.en.md");
    fs::write(&guide, fs::read_to_string(&guide).unwrap().replace("{#e}", "{#f}")).unwrap();
    let before = texts(root);
    let output = run(root, &["register"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("`example/again` was left alone: e is gone from it, and f is new"));
    assert_eq!(texts(root), before);
}

/// What a rename changes, with the fingerprints left out.
fn renamed(arguments: &[&str]) -> String {
    let site = published();
    let root = site.path();
    assert!(check(root).is_empty(), "{:#?}", check(root));
    let before = texts(root);
    done(root, &[&["rename"], arguments].concat());
    assert!(check(root).is_empty(), "{arguments:?}: {:#?}", check(root));
    let status = String::from_utf8(run(root, &["status"]).stdout).unwrap();
    assert!(status.matches(" 100 %").count() == 2 && !status.contains('·'), "{status}");
    let told = changed(&before, &texts(root));
    let is_print = |word: &str| word.len() == 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let line =
        |line: &str| line.split(' ').map(|word| if is_print(word) { "…" } else { word }).collect::<Vec<_>>().join(" ");
    told.lines().map(|it| line(it) + "\n").collect()
}

#[test]
fn a_step_is_renamed_wherever_it_is_named() {
    let told = renamed(&["step", "example/close-sim#counter", "desk"]);
    let of = |locale: &str| {
        let after = told.split_once(&format!("close-sim.{locale}.md\n")).unwrap().1;
        after.split("\ng").next().unwrap().to_owned()
    };
    assert!(
        of("en").contains(
            "{#counter requires=prepare irreversible}\n+ ## At the counter {#desk requires=prepare irreversible}"
        ),
        "{told}"
    );
    assert!(of("ur").contains("+   desk: … 2026-11-22\n") && of("ur").contains("{#desk "), "{told}");
    assert!(
        told.contains("published.yaml\n-   counter: live\n+   counter: {renamed_to: desk}\n+   desk: live\n"),
        "{told}"
    );
}

#[test]
fn an_item_is_renamed_with_its_ticks() {
    let told = renamed(&["item", "example/close-sim#ask-closure", "ask-in-person"]);
    assert!(
        told.contains("-   ask-closure: live\n+   ask-closure: {renamed_to: ask-in-person}\n+   ask-in-person: live\n"),
        "{told}"
    );
    assert!(told.contains("{#confirm-closed unless=abroad requires=ask-in-person}"), "{told}");
    // There and back again.
    let site = published();
    let root = site.path();
    done(root, &["rename", "item", "example/close-sim#ask-closure", "ask-in-person"]);
    done(root, &["rename", "item", "example/close-sim#ask-in-person", "example/close-sim#ask-closure"]);
    assert!(check(root).is_empty(), "{:#?}", check(root));
    let registry = &texts(root)["published.yaml"];
    assert!(registry.contains("  ask-closure: live\n  ask-in-person: {renamed_to: ask-closure}\n"), "{registry}");
    let taken = run(root, &["rename", "item", "example/close-sim#ask-closure", "check"]);
    assert!(taken.status.code() == Some(2) && stderr(&taken).contains("taken already"), "{}", stderr(&taken));
}

#[test]
fn a_guide_is_renamed_with_its_address() {
    let told = renamed(&["guide", "example/close-sim", "close"]);
    assert!(told.contains("pages/about.en.md\n") && told.contains("[guide](../guides/example/close.md)"), "{told}");
    for locale in ["en", "ur", "zh"] {
        assert!(told.contains(&format!("guides/example/close.{locale}.md\n+ ---\n")), "{told}");
    }
    assert!(told.contains("\n- example/close-sim:\n") && told.contains("\n+ example/close:\n"), "{told}");
    assert!(told.contains("\n+   example/close-sim: {renamed_to: example/close}\n"), "{told}");
}

#[test]
fn a_fact_is_renamed_in_texts_and_records() {
    let told = renamed(&["fact", "example.closing-fee", "fee"]);
    assert!(told.contains("policies/example.yaml\n-   - id: closing-fee\n+   - id: fee\n"), "{told}");
    assert!(told.contains("{fact=fee is=unknown}") && told.contains("+   facts.fee.label: {zh: …"), "{told}");
    let told = renamed(&["fact", "national.papers", "documents"]);
    assert!(
        told.contains("{{ national.documents }}")
            && told.contains("policies/national.yaml\n-   - id: papers\n+   - id: documents\n"),
        "{told}"
    );
    let told = renamed(&["fact", "*.service-point", "where"]);
    assert!(told.contains("{fact=where is=service-centre}"), "{told}");
}

#[test]
fn a_carrier_is_renamed_with_its_guides_and_facts() {
    let told = renamed(&["carrier", "example", "sample"]);
    assert!(
        told.contains("guides/sample/close-sim.en.md\n+ ---\n") && told.contains("policies/sample.yaml\n+ "),
        "{told}"
    );
    assert!(told.contains("[guide](../guides/sample/close-sim.md)"), "{told}");
    assert!(told.contains("+ sample/close-sim:\n") && told.contains("+   example: {renamed_to: sample}\n"), "{told}");
    assert!(told.contains("+   example/close-sim: {renamed_to: sample/close-sim}\n+   sample: live\n"), "{told}");
    assert!(told.contains("+ content/policies/sample.yaml:\n"), "{told}");
}

#[test]
fn a_rename_that_breaks_the_site_changes_nothing() {
    let site = published();
    let root = site.path();
    let policy = fs::read_to_string(root.join("content/policies/example.yaml")).unwrap();
    write(root, "content/policies/other.yaml", &policy);
    for locale in ["en", "ur", "zh"] {
        let words = |file: &str| fs::read_to_string(root.join(format!("content/{file}.{locale}.md"))).unwrap();
        let fragment = words("fragments/before-you-start") + "\n{{ closing-fee }}\n";
        write(root, &format!("content/fragments/before-you-start.{locale}.md"), fragment);
        write(root, &format!("content/guides/other/close-sim.{locale}.md"), words("guides/example/close-sim"));
    }
    let before = texts(root);
    let output = run(root, &["rename", "fact", "example.closing-fee", "fee"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("rahnuma rename fact '*.closing-fee'"), "{}", stderr(&output));
    assert_eq!(texts(root), before);
    done(root, &["rename", "fact", "*.closing-fee", "fee"]);
    assert!(texts(root)["fragments/before-you-start.en.md"].contains("{{ fee }}"));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_stops_all_of_it() {
    use std::os::unix::fs::PermissionsExt;
    let site = published();
    let root = site.path();
    let file = root.join(UR);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    let before = texts(root);
    let output = run(root, &["rename", "guide", "example/close-sim", "close"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains(&format!("{UR} may only be read")), "{}", stderr(&output));
    assert_eq!(texts(root), before);
}

#[test]
fn a_theme_is_changed_one_word_or_one_file_at_a_time() {
    let site = starter();
    let root = site.path();
    write(root, "themes/default/strings/en.yaml", "nav:\n  home: Start\n");
    assert!(check(root).is_empty(), "{:#?}", check(root));
    assert_eq!(build(root, &[]).status.code(), Some(0));
    let page = fs::read_to_string(root.join("public/en/example/index.html")).unwrap();
    assert!(page.contains("Skip to the text"));
    let output = run(root, &["theme", "eject", "strings/en.yaml"]);
    assert!(output.status.code() == Some(2) && stderr(&output).contains("is there already"), "{}", stderr(&output));
    let output = run(root, &["theme", "eject", "templates/gide.html"]);
    assert!(stderr(&output).contains("did you mean `templates/guide.html`?"), "{}", stderr(&output));
    done(root, &["theme", "eject", "templates/guide.html", "assets/site.css"]);
    assert!(check(root).is_empty(), "{:#?}", check(root));
    assert_eq!(files(&root.join("themes")).len(), 3);
}

#[test]
fn a_site_in_any_languages_begins_clean() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    let name = root.to_str().unwrap();
    let arguments = ["init", name, "--locales", "pt,en,ar", "--title", "Fechar uma conta"];
    assert_eq!(rahnuma().args(arguments).output().unwrap().status.code(), Some(0));
    assert!(check(&root).is_empty(), "{:#?}", check(&root));
    done(&root, &["new", "carrier", "banco-um", "--country", "PT"]);
    done(&root, &["new", "guide", "banco-um/fechar-conta"]);
    let found = check(&root);
    let is_fine = |line: &String| line.contains("warning[to-be-written]");
    assert!(found.iter().all(is_fine), "{found:#?}");
    assert_eq!(build(&root, &[]).status.code(), Some(0));
    let scripts = files(&root.join("public/assets"));
    let arabic = scripts.iter().find(|(name, _)| name.starts_with("words-ar.")).unwrap().1;
    let forms = ["zero", "one", "two", "few", "many", "other"].map(|form| format!("data-t-open-{form}="));
    assert!(forms.iter().all(|form| String::from_utf8_lossy(arabic).contains(form)), "scripts choose among all forms");
    // Nor has a site the font of a language that it does not speak, nor that font's licence, nor a word of it in its styles.
    assert!(scripts.keys().all(|name| !name.starts_with("fonts/")), "{:?}", scripts.keys());
    let styles = scripts.iter().find(|(name, _)| name.starts_with("site.") && name.ends_with(".css")).unwrap().1;
    let styles = String::from_utf8_lossy(styles);
    assert!(!styles.contains("woff2") && styles.contains("Rahnuma Nastaliq Here"), "{styles}");
    for wrong in
        [&["init", name][..], &["init", name, "--locales", "pt"], &["init", name, "--locales", "xx-q", "--title", "A"]]
    {
        assert_eq!(rahnuma().args(wrong).output().unwrap().status.code(), Some(2), "{wrong:?}");
    }
    for (arguments, told) in [
        (["--locales", "pt,en"], "say what the site is called too, in `pt`, as in `--title"),
        (["--title", "Contas"], "say in which languages the site speaks too, as in `--locales pt,en`"),
    ] {
        let output = rahnuma().arg("init").arg(folder.path().join("other")).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(told), "{}", stderr(&output));
        assert!(!folder.path().join("other").exists());
    }
}
