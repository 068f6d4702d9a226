//! Texts go to translators' programs and come back: nothing changes that nobody changed, words land where they belong, and what does
//! not fit is left out and named.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::common::program::{files, rahnuma, skipped, stderr};
use crate::common::{copy, starter, write};
use tempfile::TempDir;

pub const ZH: &str = "content/guides/example/close-sim.zh.md";

pub fn run(root: &Path, arguments: &[&str]) -> Output {
    let mut command = rahnuma();
    command.args(arguments).args(["--root", root.to_str().unwrap()]);
    if matches!(arguments[0], "import" | "accept") {
        command.args(["--as-of", "2026-11-22"]);
    }
    command.output().unwrap()
}

pub fn done(root: &Path, arguments: &[&str]) -> String {
    let output = run(root, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
    stderr(&output)
}

/// Exports a locale; the file and what it says.
pub fn exported(root: &Path, outside: &Path, locale: &str, format: &str) -> (PathBuf, String) {
    let path = outside.join(format!("texts.{locale}.{}", if format == "po" { "po" } else { "xlf" }));
    done(root, &["export", locale, "--format", format, "--to", path.to_str().unwrap()]);
    let text = fs::read_to_string(&path).unwrap();
    (path, text)
}

/// Gives a file back with changes, each of which stands in it once.
pub fn imported(root: &Path, file: &Path, text: &str, changes: &[(&str, &str)]) -> (Option<i32>, String) {
    imported_as(root, (file, text), changes, &[])
}

fn imported_as(
    root: &Path,
    (file, text): (&Path, &str),
    changes: &[(&str, &str)],
    more: &[&str],
) -> (Option<i32>, String) {
    let text = changes.iter().fold(text.to_owned(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text.replace(old, new)
    });
    fs::write(file, text).unwrap();
    let output = run(root, &[&["import", file.to_str().unwrap()], more].concat());
    (output.status.code(), stderr(&output))
}

/// A PO file with every empty translation filled by what its source gives.
pub fn filled(po: &str, words: impl Fn(&str) -> String) -> String {
    let mut source = String::new();
    let line = |line: &str| match line.strip_prefix("msgid ") {
        Some(says) => {
            says.clone_into(&mut source);
            line.to_owned()
        }
        None if line == "msgstr \"\"" && source != "\"\"" => format!("msgstr {}", words(&source)),
        None => line.to_owned(),
    };
    po.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

/// The unit of a PO file that has this name.
pub fn unit<'a>(po: &'a str, name: &str) -> &'a str {
    let context = format!("#{name}\"\n");
    po.split("\n\n").find(|unit| unit.contains(&context)).unwrap_or_else(|| panic!("no {name}"))
}

/// The lines that differ between two states of a folder.
fn changed(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut told = Vec::new();
    for (name, new) in after {
        let old = before.get(name).cloned().unwrap_or_default();
        let (old, new) = (String::from_utf8_lossy(&old), String::from_utf8_lossy(new));
        if old != new {
            assert!(old.is_empty() || old.lines().count() == new.lines().count(), "{name}");
            told.extend(new.lines().zip(old.lines()).filter(|(new, old)| new != old).map(|(new, _)| new.to_owned()));
        }
    }
    told
}

/// The starter site with every translation recorded.
pub fn site() -> (TempDir, TempDir) {
    let site = starter();
    done(site.path(), &["accept", "--all"]);
    (site, TempDir::new().unwrap())
}

/// The project's own site.
pub fn real() -> TempDir {
    let real = TempDir::new().unwrap();
    for folder in ["content", "themes"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        copy(&from, &real.path().join(folder));
    }
    real
}

#[test]
fn nothing_changes_that_nobody_changed() {
    let (small, outside) = site();
    let (real, unrecorded) = (real(), starter());
    for root in [small.path(), real.path(), unrecorded.path()] {
        let before = files(root);
        for locale in ["zh", "ur"] {
            for format in ["xliff", "po"] {
                let (file, text) = exported(root, outside.path(), locale, format);
                if root == real.path() {
                    for text_of in ["themes/sim/strings/en.yaml", "guide.application_about", "aliases"] {
                        assert!(text.contains(text_of), "{text_of}");
                    }
                }
                done(root, &["import", file.to_str().unwrap()]);
                assert!(files(root) == before, "{} {locale} {format}", root.display());
            }
        }
    }
}

#[test]
fn every_text_of_the_site_lands_in_its_own_place() {
    let real = real();
    let outside = TempDir::new().unwrap();
    let (file, text) = exported(real.path(), outside.path(), "zh", "po");
    let is_text = |line: &str| line.starts_with("msgstr \"") && line != "msgstr \"\"";
    let marked: Vec<String> = text
        .lines()
        .map(|line| if is_text(line) { format!("{}字\"", &line[..line.len() - 1]) } else { line.to_owned() })
        .collect();
    fs::write(&file, marked.join("\n") + "\n").unwrap();
    done(real.path(), &["import", file.to_str().unwrap()]);
    let (_, again) = exported(real.path(), outside.path(), "zh", "po");
    let texts = |text: &str| -> Vec<String> { text.lines().filter(|line| is_text(line)).map(str::to_owned).collect() };
    assert!(texts(&again).len() > 1000);
    assert_eq!(texts(&again), marked.into_iter().filter(|line| is_text(line)).collect::<Vec<_>>());
}

#[test]
fn changed_words_land_and_nothing_else_moves() {
    let (site, outside) = site();
    let root = site.path();
    let table = "\n> [!NOTE]\n> 一行\n> 两行\n\n| 事 | 处 |\n| --- | --- |\n| 甲 | 乙 |\n";
    let words = "\n> [!NOTE]\n> one\n> two\n\n| Thing | Place |\n| --- | --- |\n| First | Second |\n";
    for (name, more) in [(ZH, table), ("content/guides/example/close-sim.en.md", words)] {
        let text = fs::read_to_string(root.join(name)).unwrap();
        write(root, name, text + "\n<!-- kept -->\n" + more);
    }
    done(root, &["accept", ZH, "--all"]);
    let before = files(root);
    for format in ["xliff", "po"] {
        let (file, text) = exported(root, outside.path(), "zh", format);
        let heading = if format == "po" { ("\"在柜台\"", "\"柜台前\"") } else { (">在柜台<", ">柜台前<") };
        let cell = if format == "po" { ("\"乙\"", "\"丙\"") } else { (">乙<", ">丙<") };
        let (code, said) = imported(
            root,
            &file,
            &text,
            &[
                ("注销示例移动的SIM卡", "注销：示例的卡"),
                ("取出钱包里的全部余额", "钱包取空"),
                ("等新号码真的收到验证码，才算完成。", "收到了才算。"),
                ("签字之前先问清费用：我们没有查到。", "先问费用。"),
                ("一行两行", "三行"),
                heading,
                cell,
            ],
        );
        assert_eq!(code, Some(0), "{said}");
        let after = files(root);
        let text = String::from_utf8(after[ZH].clone()).unwrap();
        for line in [
            "title: \"注销：示例的卡\"\n",
            "- [ ] 钱包取空 {#empty-wallet when=wallet}\n",
            "  收到了才算。\n",
            "## 柜台前 {#counter requires=prepare irreversible}\n",
            "。]{fact=service-point is=service-centre}[先问费用。]{fact=closing-fee is=unknown}\n",
            "<!-- kept -->\n",
            "> [!NOTE]\n> 三行\n\n",
            "| 甲 | 丙 |\n",
        ] {
            if !line.starts_with("title") {
                assert!(text.contains(line), "{line}\n{text}");
            }
        }
        assert!(text.contains("title: 注销：示例的卡\n") || text.contains("title: \"注销：示例的卡\"\n"), "{text}");
        let others = |files: &BTreeMap<String, Vec<u8>>| -> Vec<Vec<u8>> {
            files.iter().filter(|(name, _)| *name != ZH).map(|(_, bytes)| bytes.clone()).collect()
        };
        assert!(others(&after) == others(&before));
        fs::write(root.join(ZH), &before[ZH]).unwrap();
    }
}

#[test]
fn texts_of_yaml_and_fragments_land() {
    let (site, outside) = site();
    let root = site.path();
    let before = files(root);
    let (file, text) = exported(root, outside.path(), "ur", "xliff");
    let fragment = fs::read_to_string(root.join("content/fragments/before-you-start.ur.md")).unwrap();
    let words = fragment.lines().rev().find(|line| !line.is_empty()).unwrap().trim_start_matches("> ");
    let label = text.split("id=\"facts.closing-fee.label\"").nth(1).unwrap();
    let label = label.split("<target state=\"final\">").nth(1).unwrap().split('<').next().unwrap();
    let first = words.split_whitespace().next().unwrap().to_owned() + " ";
    let target = text.lines().find(|line| line.starts_with("<target") && line.contains(words)).map(str::to_owned);
    let old = target.unwrap_or_else(|| panic!("{words}"));
    let new = old.replacen(&first, "نیا ", 1);
    let (code, said) =
        imported(root, &file, &text, &[(&old, &new), (&format!(">{label}<"), &format!(">{label} نیا: فیس<"))]);
    assert_eq!(code, Some(0), "{said}");
    let lines = changed(&before, &files(root));
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("> نیا ")), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains(&format!("\"{label} نیا: فیس\""))), "{lines:?}");
}

#[test]
fn a_lost_code_is_refused_at_its_line_and_nothing_goes_in_unless_asked_for() {
    let (site, outside) = site();
    let root = site.path();
    for (format, lost) in [("po", "{{ national.papers }}"), ("xliff", "<ph id=\"1\">{{ national.papers }}</ph>")] {
        let before = files(root);
        let (file, text) = exported(root, outside.path(), "zh", format);
        let (zh, item) = (format!("要带的东西：{lost}。"), "取出钱包里的全部余额");
        let changes = [(zh.as_str(), "要带的东西。"), (item, "取空钱包")];
        let (code, said) = imported(root, &file, &text, &changes);
        assert_eq!(code, Some(1), "{said}");
        let told = "error[broken-placeholder]: the translation of `prepare/paragraph1` lost `{{ national.papers }}`";
        assert!(said.contains(told) && said.contains("nothing was changed"), "{said}");
        let line = text.lines().position(|line| line.contains(&zh)).unwrap() + 1;
        assert!(said.contains(&format!("{}:{line}:", file.display())), "{said}");
        assert!(said.contains("content/guides/example/close-sim.en.md:11:1"), "{said}");
        assert!(files(root) == before);
        let (code, said) = imported_as(root, (&file, &text), &changes, &["--skip-refused"]);
        assert!(code == Some(1) && said.contains("put in 1 text"), "{said}");
        let zh_before = String::from_utf8(before[ZH].clone()).unwrap();
        assert_eq!(fs::read_to_string(root.join(ZH)).unwrap(), zh_before.replace(item, "取空钱包"));
        fs::write(root.join(ZH), zh_before).unwrap();
        for (old, new, fault) in [
            (zh.as_str(), format!("{zh}{lost}"), "twice; its source has it once"),
            (zh.as_str(), format!("{zh}{{{{ national.other }}}}"), "its source does not have"),
            (zh.as_str(), zh.replace("papers", "paper"), "in place of `{{ national.papers }}`"),
            (item, format!("# {item}"), "something other than words"),
        ] {
            let (code, said) = imported(root, &file, &text, &[(old, &new)]);
            assert!(code == Some(1) && said.contains(fault), "{said}");
            assert!(files(root) == before);
        }
    }
}

#[test]
fn what_changed_in_the_meantime_is_told_and_what_moved_is_found() {
    let (site, outside) = site();
    let (root, en) = (site.path(), "content/guides/example/close-sim.en.md");
    let (file, text) = exported(root, outside.path(), "zh", "xliff");
    let source = fs::read_to_string(root.join(en)).unwrap();
    let source = source.replace("Take all money out", "Take the money out").replace("{#move-accounts}", "{#move-all}");
    write(root, en, source.replace("What to move off", "What you move off"));
    let own = fs::read_to_string(root.join(ZH)).unwrap().replace("{#move-accounts}", "{#move-all}");
    write(root, ZH, own);
    let before = files(root);
    let changes = [("取出钱包里的全部余额", "取空钱包"), ("把银行和聊天账户换绑到其他号码", "换绑账户")];
    let (code, said) = imported(root, &file, &text, &changes);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("error[stale-unit]: the source of `prepare/item:empty-wallet` changed since"), "{said}");
    assert!(said.contains("Take the money out"), "{said}");
    // Nobody touched the summary, so it is no matter that its source changed.
    assert!(!said.contains("summary") && said.contains("1 error and 0 warnings"), "{said}");
    assert!(files(root) == before);
    let (code, said) = imported_as(root, (&file, &text), &changes, &["--skip-refused"]);
    assert_eq!(code, Some(1), "{said}");
    let text = fs::read_to_string(root.join(ZH)).unwrap();
    assert!(text.contains("- [ ] 换绑账户 {#move-all}\n") && text.contains("取出钱包里的全部余额"), "{text}");
}

#[test]
fn everything_wrong_is_told_at_once_in_every_format() {
    let (site, outside) = site();
    let (root, before) = (site.path(), files(site.path()));
    let (zh, text) = exported(root, outside.path(), "zh", "po");
    let lost = text.replacen("要带的东西：{{ national.papers }}", "要带的东西", 1);
    let lost = lost.replacen("#prepare/item:move-accounts\"", "#prepare/item:move-account\"", 1);
    let lost = lost.replacen("msgid \"Move bank", "msgid \"Take bank", 1);
    fs::write(&zh, lost.replacen("#, fuzzy\n", "", 1).replacen("在柜台", "柜台前", 1)).unwrap();
    let (ur, text) = exported(root, outside.path(), "ur", "xliff");
    fs::write(&ur, text.replace("product-name=\"my-guides\"", "product-name=\"other\"")).unwrap();
    let broken = outside.path().join("broken.xlf");
    fs::write(&broken, &text[..text.rfind("<note>").unwrap()]).unwrap();
    let names: Vec<&str> = [&zh, &ur, &broken].map(|path| path.to_str().unwrap()).to_vec();
    let told = |format: &str| {
        let output = run(root, &[&["import", "--format", format], names.as_slice()].concat());
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        assert!(files(root) == before);
        String::from_utf8(output.stdout).unwrap()
    };
    let short = told("short");
    for (file, code) in
        [(&zh, "broken-placeholder"), (&zh, "unknown-unit"), (&ur, "foreign-exchange"), (&broken, "broken-exchange")]
    {
        let is_told =
            |line: &str| line.starts_with(&*file.to_string_lossy()) && line.contains(&format!("error[{code}]"));
        assert_eq!(short.lines().filter(|line| is_told(line)).count(), 1, "{code}\n{short}");
    }
    assert_eq!(short.lines().count(), 4, "{short}");
    let json = told("json");
    let first: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!((json.lines().count(), first["severity"].as_str()), (4, Some("error")));
    let lost = json.lines().find(|line| line.contains("broken-placeholder")).unwrap();
    assert!(lost.contains("\"file\":\"content/guides/example/close-sim.en.md\""), "{lost}");
    let sarif: serde_json::Value = serde_json::from_str(&told("sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 4);
    assert_eq!(told("github").lines().filter(|line| line.starts_with("::error file=")).count(), 4);
    // A file alone that is right goes in, and programs are told of nothing.
    fs::write(&ur, text).unwrap();
    let output = run(root, &["import", "--format", "short", ur.to_str().unwrap()]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
}

#[test]
fn files_for_others_and_texts_that_come_back_twice_are_refused() {
    let (site, outside) = site();
    let root = site.path();
    let (file, text) = exported(root, outside.path(), "zh", "po");
    let title = "注销示例移动的SIM卡";
    let other = outside.path().join("other.po");
    fs::write(&other, text.replacen(title, "另一个标题", 1)).unwrap();
    let (code, said) = imported_as(root, (&file, &text), &[(title, "这个标题")], &[other.to_str().unwrap()]);
    assert!(code == Some(1) && said.contains("error[conflicting-units]: `_front/title` came back twice"), "{said}");
    for (old, new, told) in [
        ("X-Rahnuma-Site: my-guides", "X-Rahnuma-Site: pk-sim", "sent out from the site `pk-sim`; here is `my-guides`"),
        ("Language: zh_Hans", "Language: ur", "in `zh` and in `ur`"),
        ("X-Rahnuma-Locale: zh", "X-Rahnuma-Locale: en", "in `en` and in `zh_Hans`"),
    ] {
        let (code, said) = imported(root, &file, &text, &[(old, new), (title, "这个标题")]);
        assert!(code == Some(1) && said.contains("error[foreign-exchange]") && said.contains(told), "{said}");
    }
}

#[test]
fn states_say_what_is_to_be_done_and_are_recorded() {
    let (site, outside) = site();
    let (root, en) = (site.path(), "content/guides/example/close-sim.en.md");
    let source = fs::read_to_string(root.join(en)).unwrap().replace("Take all money out", "Take the money out");
    write(root, en, source);
    let (file, text) = exported(root, outside.path(), "zh", "xliff");
    let unit = text.split("<trans-unit ").find(|unit| unit.starts_with("id=\"prepare/item:empty-wallet\"")).unwrap();
    assert!(unit.contains("needs-translation") && unit.contains("{#empty-wallet when=wallet}"), "{unit}");
    // Unfinished words stay out; when all of the step are done, it is recorded.
    let changes = [("取出钱包里的全部余额", "取空钱包")];
    let (code, said) = imported(root, &file, &text, &changes);
    assert!(code == Some(0) && said.contains("unfinished") && said.contains("nothing was changed"), "{said}");
    let all = text.replace("取出钱包里的全部余额", "取空钱包").replace("needs-translation", "translated");
    let (code, said) = imported(root, &file, &all, &[]);
    assert!(code == Some(0) && said.contains("put in 1 text, recorded 1 part (1 file)"), "{said}");
    let (_, po) = exported(root, outside.path(), "zh", "po");
    assert!(!po.contains("#, fuzzy"));
}

#[test]
fn a_new_locale_is_made_when_all_of_a_file_is_there() {
    let (site, outside) = site();
    let root = site.path();
    done(root, &["new", "locale", "pt", "--name", "Português"]);
    let (file, text) = exported(root, outside.path(), "pt", "po");
    let filled = filled(&text, str::to_owned);
    let one = filled.replacen("msgstr \"Close an Example Mobile SIM\"", "msgstr \"\"", 1);
    let (code, said) = imported(root, &file, &one, &[]);
    assert!(code == Some(0) && said.contains("close-sim.pt.md is made when all of its"), "{said}");
    assert!(!root.join("content/guides/example/close-sim.pt.md").exists());
    assert_eq!(imported(root, &file, &filled, &[]).0, Some(0));
    let made = fs::read_to_string(root.join("content/guides/example/close-sim.pt.md")).unwrap();
    let source = fs::read_to_string(root.join("content/guides/example/close-sim.en.md")).unwrap();
    let body = |text: &str| text.splitn(3, "---\n").nth(2).unwrap().to_owned();
    assert_eq!(body(&made), body(&source));
    let status = run(root, &["status"]);
    assert!(String::from_utf8_lossy(&status.stdout).contains("pt (Português): 28 of 28 parts, 100 %"), "{status:?}");
}

#[test]
fn what_is_no_file_of_an_exchange_changes_nothing() {
    let (site, outside) = site();
    let (root, before) = (site.path(), files(site.path()));
    let (file, text) = exported(root, outside.path(), "zh", "xliff");
    let doctype = "<!DOCTYPE xliff [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n<xliff";
    let half = &text[..text.len() - 200];
    for text in [&text.replacen("<xliff", doctype, 1), half, "", "<a/>", &text.replacen("\"1.2\"", "\"2.1\"", 1)] {
        fs::write(&file, text).unwrap();
        let output = run(root, &["import", file.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        assert!(stderr(&output).contains("error[broken-exchange]"), "{}", stderr(&output));
        assert!(stderr(&output).contains("nothing was changed"), "{}", stderr(&output));
    }
    let (file, text) = exported(root, outside.path(), "zh", "po");
    for text in [
        &text.replacen("msgid", "msgidd", 2),
        text.trim_end().trim_end_matches('"'),
        &text.replace("zh", "xx"),
        "\u{0}",
    ] {
        fs::write(&file, text).unwrap();
        assert_eq!(run(root, &["import", file.to_str().unwrap()]).status.code(), Some(1));
    }
    fs::write(&file, [0xff, 0xfe]).unwrap();
    let output = run(root, &["import", file.to_str().unwrap()]);
    assert!(output.status.code() == Some(1) && stderr(&output).contains("error[not-utf8]"), "{}", stderr(&output));
    assert_eq!(run(root, &["import", "nothing.po"]).status.code(), Some(2));
    for arguments in [["export", "en"], ["export", "xx"]] {
        assert_eq!(run(root, &arguments).status.code(), Some(2));
    }
    assert!(files(root) == before);
}

#[test]
fn gettext_takes_what_is_written() {
    let (site, outside) = site();
    let (file, _) = exported(site.path(), outside.path(), "zh", "po");
    match Command::new("msgfmt").args(["--check", "-o", "-"]).arg(&file).output() {
        Ok(output) => assert!(output.status.success() && stderr(&output).is_empty(), "{}", stderr(&output)),
        Err(error) => skipped(&format!("msgfmt cannot be run, so no PO file was compared with gettext: {error}")),
    }
}
