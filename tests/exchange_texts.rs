//! What is sent to translators besides Markdown and texts in YAML: the words of a theme with the plural forms of the other language,
//! lists of words; and what they see without being given it.

use std::fs;

use crate::common::program::files;
use crate::common::write;
use crate::exchange::{ZH, done, exported, filled, imported, run, site, unit};

const POLICY: &str = "content/policies/example.yaml";

/// Words of a theme of the site's own, in the source alone.
const STRINGS: &str = "# Our own.
page:
  compare: \"Compare operators\" # short
footer:
  unconnected: \"Not run by {name}: by nobody.\"
fact:
  belated:
    one: To be checked within one day by {who}.
    other: To be checked within {n} days by {who}.
lines: |
  One line.
  Two lines.
";

#[test]
fn words_of_a_theme_come_with_the_plural_forms_of_the_other_language() {
    let (site, outside) = site();
    let root = site.path();
    write(root, "themes/default/strings/en.yaml", STRINGS);
    done(root, &["new", "locale", "ar", "--name", "العربية"]);
    let (file, text) = exported(root, outside.path(), "ar", "po");
    for (name, source) in [
        ("page.compare", "Compare operators"),
        ("lines", "One line.\\nTwo lines."),
        ("fact.belated.zero", "To be checked within {n} days by {who}."),
        ("fact.belated.one", "To be checked within one day by {who}."),
        ("fact.belated.few", "To be checked within {n} days by {who}."),
    ] {
        let unit = unit(&text, name);
        assert!(unit.contains("#: themes/default/strings/en.yaml\n"), "{unit}");
        assert!(unit.contains(&format!("msgid \"{source}\"\nmsgstr \"\"")), "{unit}");
    }
    let few = unit(&text, "fact.belated.few");
    assert!(few.contains("#. The plural form `few`, for numbers such as 3, 4, 5, 6\n"), "{few}");
    assert!(few.contains("#. Keep as it is: {n} {who}\n") && few.contains("leave out or have: {n}\n"), "{few}");
    assert!(unit(&text, "page.compare").contains("#. Until then readers see: "), "{text}");
    let ours = |text: &str| text.split("\n\n").filter(|unit| unit.contains("#: themes/")).count();
    assert_eq!(ours(&text), 3 + 6);
    let before = files(root);
    let words = |source: &str| format!("\"ترجمة {}", &source[1..]);
    let whole = filled(&text, words).replacen("ترجمة To be checked within one day by {who}.", "يوم واحد {who}.", 1);
    // A placeholder that is lost is refused, a form that is missing waits.
    let lost = whole.replacen("ترجمة To be checked within {n} days by {who}.", "ترجمة {n}.", 1);
    let (code, said) = imported(root, &file, &lost, &[]);
    assert!(code == Some(1) && said.contains("the translation of `fact.belated.zero` lost `{who}`"), "{said}");
    assert!(
        said.contains("themes/default/strings/en.yaml:9:45")
            && said.contains("1 error and 0 warnings")
            && files(root) == before,
        "{said}"
    );
    let one = filled(&text, |source| if source.contains("within one day") { "\"\"".to_owned() } else { words(source) });
    let (code, said) = imported(root, &file, &one, &[]);
    assert!(
        code == Some(0) && said.contains("the plural `fact.belated` waits for its other forms: `fact.belated.one`"),
        "{said}"
    );
    assert!(!fs::read_to_string(root.join("themes/default/strings/ar.yaml")).unwrap().contains("belated"));
    assert_eq!(imported(root, &file, &whole, &[]).0, Some(0));
    let made = fs::read_to_string(root.join("themes/default/strings/ar.yaml")).unwrap();
    for line in [
        "page:\n  compare: ترجمة Compare operators\n",
        "footer:\n  unconnected: \"ترجمة Not run by {name}: by nobody.\"\n",
        "  belated:\n    zero: \"ترجمة To be checked within {n} days by {who}.\"\n    one: \"يوم واحد {who}.\"\n",
        "lines: \"ترجمة One line.\\nTwo lines.\"\n",
    ] {
        assert!(made.contains(line), "{line}\n{made}");
    }
    let check = run(root, &["check", "--as-of", "2026-11-22", "--format", "short", "--locale", "ar"]);
    let found = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(!found.contains("string-forms") && !found.contains("strings/ar.yaml"), "{found}");
    // What is there is changed in its place, and once more nothing that nobody changed.
    let (file, text) = exported(root, outside.path(), "ar", "xliff");
    let before = files(root);
    assert_eq!(imported(root, &file, &text, &[]).0, Some(0));
    assert!(files(root) == before);
    assert_eq!(imported(root, &file, &text, &[("ترجمة Compare operators", "قارن")]).0, Some(0));
    let changed = fs::read_to_string(root.join("themes/default/strings/ar.yaml")).unwrap();
    assert_eq!(changed, made.replace("ترجمة Compare operators", "قارن"));
}

#[test]
fn words_that_a_theme_borrows_are_sent_out_and_one_guide_has_none() {
    let (site, outside) = site();
    let root = site.path();
    let (_, text) = exported(root, outside.path(), "zh", "po");
    assert!(!text.contains("themes/"));
    let config = fs::read_to_string(root.join("content/site.yaml")).unwrap();
    write(
        root,
        "content/site.yaml",
        config.replace("{id: zh, tag: zh-Hans, name: 中文", "{id: cs, tag: cs, name: Čeština"),
    );
    let (file, text) = exported(root, outside.path(), "cs", "po");
    assert!(text.matches("#: themes/default/strings/en.yaml").count() > 200);
    assert!(unit(&text, "nav.home").contains("msgstr \"\""));
    // What is borrowed stands in no file of the site; a mistake in it is told all the same.
    let (code, said) = imported(root, &file, &filled(&text, |source| source.replace("{title}", "{titel}")), &[]);
    assert!(code == Some(1) && said.contains("`page.title` has `{titel}` in place of `{title}`"), "{said}");
    let (code, said) = imported(root, &file, &filled(&text, str::to_owned), &[]);
    assert_eq!(code, Some(0), "{said}");
    let check = run(root, &["check", "--as-of", "2026-11-22", "--format", "short"]);
    let found = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(!found.contains("string-forms") && !found.contains("borrowed-words"), "{found}");
    let (_, one) = {
        let path = outside.path().join("one.po");
        let path = path.to_str().unwrap();
        (
            done(root, &["export", "cs", "example/close-sim", "--format", "po", "--to", path]),
            fs::read_to_string(path).unwrap(),
        )
    };
    assert!(!one.contains("themes/"));
}

#[test]
fn lists_are_one_text_each() {
    let (site, outside) = site();
    let root = site.path();
    let policy = fs::read_to_string(root.join(POLICY)).unwrap();
    let lists = "aliases:\n  zh: [示例, \"a, b\"] # kept\n  en: [Example, Sample]\n  ur:\n    - مثال\n    - نمونہ\nstatus: active\n";
    write(root, POLICY, policy.replace("status: active\n", lists));
    write(root, "content/glossary.yaml", "- preferred: {zh: 钱包, en: wallet, ur: والٹ}\n  forbidden: {en: [purse]}\n");
    let (zh, text) = exported(root, outside.path(), "zh", "po");
    // An entry has a comma of its own, so another sign stands between them.
    assert!(unit(&text, "aliases").contains("msgid \"Example; Sample\"\nmsgstr \"示例; a, b\""), "{text}");
    assert!(!text.contains("purse"));
    let (code, said) = imported(root, &zh, &text, &[("\"示例; a, b\"", "\"示例；a, b; 例: 子\"")]);
    assert_eq!(code, Some(0), "{said}");
    let now = fs::read_to_string(root.join(POLICY)).unwrap();
    assert!(now.contains("  zh: [示例, \"a, b\", \"例: 子\"] # kept\n"), "{now}");
    write(root, POLICY, now.replace("\"a, b\", ", ""));
    let (ur, text) = exported(root, outside.path(), "ur", "po");
    let (code, said) = imported(root, &ur, &text, &[("\"مثال, نمونہ\"", "\"مثال، نمونہ، ایگزامپل\"")]);
    assert_eq!(code, Some(0), "{said}");
    let now = fs::read_to_string(root.join(POLICY)).unwrap();
    assert!(now.contains("  ur:\n    - مثال\n    - نمونہ\n    - ایگزامپل\nstatus"), "{now}");
    // A language that has none gets its own, and so does a text.
    let without =
        now.replace("  ur:\n    - مثال\n    - نمونہ\n    - ایگزامپل\n", "").replace("  ur: مثال موبائل\n", "");
    write(root, POLICY, without);
    let (ur, text) = exported(root, outside.path(), "ur", "po");
    let (code, said) = imported(root, &ur, &filled(&text, |_| "\"الف، ب\"".to_owned()), &[]);
    assert_eq!(code, Some(0), "{said}");
    let now = fs::read_to_string(root.join(POLICY)).unwrap();
    assert!(now.contains("  en: [Example, Sample]\n  ur: [الف, ب]\n"), "{now}");
    assert!(now.contains("  en: Example Mobile\n  ur: الف، ب\n"), "{now}");
    assert_eq!(
        imported(root, &ur, &text, &[("\"Example, Sample\"\nmsgstr \"\"", "\"Example, Sample\"\nmsgstr \"،\"")]).0,
        Some(1)
    );
}

#[test]
fn code_is_shown_titles_of_links_are_sent_and_comments_stay() {
    let (site, outside) = site();
    let (root, en) = (site.path(), "content/guides/example/close-sim.en.md");
    let more = |send: &str, code: &str, title: &str| {
        format!("\n{send}<!-- note -->\n\n```\n{code}\nSTOP\n```\n\n[x](https://example.org/ \"{title}\")\n")
    };
    let add = |name: &str, text: &str| {
        let old = fs::read_to_string(root.join(name)).unwrap();
        write(root, name, old + text);
    };
    add(en, &more("Send this:", "REG 668", "A title"));
    add(ZH, &more("发送：", "REG 668", "标题"));
    done(root, &["accept", ZH, "--all"]);
    let before = files(root);
    let (file, text) = exported(root, outside.path(), "zh", "xliff");
    assert!(text.contains("<note>Below it stands, the same in every language: REG 668 ⏎ STOP</note>"), "{text}");
    assert!(text.contains("<ph id=\"1\">&lt;!-- note --&gt;</ph>"), "{text}");
    assert_eq!(text.matches("REG 668").count(), 1);
    assert_eq!(imported(root, &file, &text, &[]).0, Some(0));
    assert!(files(root) == before);
    assert_eq!(imported(root, &file, &text, &[(">标题<", ">新标题<")]).0, Some(0));
    let now = fs::read_to_string(root.join(ZH)).unwrap();
    assert_eq!(now, String::from_utf8(before[ZH].clone()).unwrap().replace("标题", "新标题"));
    // Code that changed is not in what came back, so nobody is told that the step agrees.
    let source = fs::read_to_string(root.join(en)).unwrap();
    write(root, en, source.replace("REG 668", "REG 669"));
    let (file, text) = exported(root, outside.path(), "zh", "xliff");
    let (code, said) = imported(root, &file, &text.replace("needs-translation", "translated"), &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("warning[unfinished-unit]") && said.contains("`check` is not recorded"), "{said}");
    assert!(said.contains("nothing was changed"), "{said}");
    write(root, ZH, fs::read_to_string(root.join(ZH)).unwrap().replace("REG 668", "REG 669"));
    let (code, said) = imported(root, &file, &text.replace("needs-translation", "translated"), &[]);
    assert!(code == Some(0) && said.contains("recorded 1 part"), "{said}");
}
