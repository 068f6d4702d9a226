//! A guide lets readers count from a day that they know, by a name of the site's own: its words are the site's, or general ones.

use rahnuma::model::locale::LocaleIx;
use rahnuma::source::path::SitePath;
use tempfile::TempDir;

use crate::common::{compiled, findings, short, write};

const LOCALES: [&str; 3] = ["en", "de", "ar"];
const RULES: [&str; 3] =
    ["This long after the last statement: {wait}.", "Nach dem letzten Auszug: {wait}.", "بعد آخر كشف: {wait}."];
const LABELS: [&str; 3] = ["Date of the last statement", "Datum des letzten Auszugs", "تاريخ آخر كشف"];

/// A bank whose guides each count from a day of this name.
fn site(days: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    write(
        folder.path(),
        "content/site.yaml",
        "id: bank\ntitle: {en: Bank, de: Bank, ar: مصرف}\ndescription: {en: A site., de: Eine Seite., ar: موقع.}\n\
         base_url: https://bank.example.net/\nsource_locale: en\nlocales:\n  - {id: en, tag: en, name: English, dir: ltr}\n\
         \x20 - {id: de, tag: de, name: Deutsch, dir: ltr}\n  - {id: ar, tag: ar, name: العربية, dir: rtl}\n",
    );
    write(folder.path(), "content/situations.yaml", "[]\n");
    write(folder.path(), "content/policies/sources.yaml", "[]\n");
    write(
        folder.path(),
        "content/policies/bank.yaml",
        "name: {en: Bank, de: Bank, ar: مصرف}\nstatus: active\ncountry: DE\nfacts:\n  - {id: pause, label: {en: Pause, de: Pause, ar: المهلة}, \
         kind: duration, risk: low, readings: [{value: {unit: days, exact: 60}, confidence: unverified, checked: 2026-11-22, sources: []}]}\n",
    );
    for (at, day) in days.iter().enumerate() {
        for (locale, title) in LOCALES.into_iter().zip(["Close it", "Kündigen", "إغلاق الحساب"]) {
            write_guide(&folder, at, locale, title, day);
        }
    }
    folder
}

fn write_guide(folder: &TempDir, at: usize, locale: &str, title: &str, day: &str) {
    let text = format!(
        "---\ntitle: {title}\nsummary: {title}.\ndate_rule: {{from: {day}, fact: pause}}\n---\n{title}: {{{{ pause }}}}.\n\n\
         ## {title} {{#close}}\n\n- [ ] {title} {{#close-it}}\n"
    );
    write(folder.path(), &format!("content/guides/bank/close-{at}.{locale}.md"), text);
}

/// Gives a day words in the theme of the site, in each locale.
fn say(folder: &TempDir, day: &str, parts: &[(&str, [&str; 3])]) {
    for (at, locale) in LOCALES.into_iter().enumerate() {
        let lines = parts.iter().map(|(part, words)| format!("    {part}: \"{}\"\n", words[at]));
        let text = format!("dates:\n  {day}:\n{}", lines.collect::<String>());
        write(folder.path(), &format!("themes/default/strings/{locale}.yaml"), text);
    }
}

fn page(folder: &TempDir, path: &str) -> String {
    compiled(folder.path()).html(&SitePath::new(path).unwrap()).unwrap_or_else(|error| panic!("{path}: {error:?}"))
}

/// What the script of a locale's words brings.
fn script(folder: &TempDir, locale: usize) -> String {
    let compiled = compiled(folder.path());
    let path = compiled.renderer().unwrap().words_path(LocaleIx(locale)).unwrap();
    String::from_utf8(compiled.render(path).unwrap().bytes.to_vec()).unwrap()
}

/// What is wrong, each thing at its place.
fn errors(folder: &TempDir) -> Vec<String> {
    short(folder.path()).lines().filter(|line| line.contains("error[")).map(str::to_owned).collect()
}

#[test]
fn a_day_has_the_words_that_the_site_gives_it() {
    let folder = site(&["last-statement"]);
    say(&folder, "last-statement", &[("rule", RULES), ("label", LABELS)]);
    assert_eq!(errors(&folder), [""; 0]);
    for (at, locale) in LOCALES.into_iter().enumerate() {
        let html = page(&folder, &format!("{locale}/bank/close-0/index.html"));
        assert!(html.contains("data-asks=\"last-statement\""), "{html}");
        assert!(html.contains(RULES[at].split(" {").next().unwrap()), "{html}");
        let script = script(&folder, at);
        assert!(script.contains("[data-asks=last-statement]") && script.contains(LABELS[at]), "{script}");
    }
    // What it does not say is said as of any day.
    assert!(script(&folder, 0).contains("By this rule the day was {date}."));
    assert!(script(&folder, 1).contains("Nach dieser Regel war der Termin am {date}."));
}

#[test]
fn a_day_without_words_has_general_ones_at_once() {
    let folder = site(&["opened", "last-statement", "opened"]);
    assert_eq!(errors(&folder), [""; 0]);
    let html = page(&folder, "en/bank/close-0/index.html");
    assert!(
        html.contains("data-asks=\"opened\"") && html.contains("Count this much time from a day that you know"),
        "{html}"
    );
    assert!(page(&folder, "de/bank/close-1/index.html").contains("Diese Frist zählt ab einem Tag, den Sie kennen"));
    let script = script(&folder, 0);
    for day in ["opened", "last-statement"] {
        assert_eq!(script.matches(&format!("[data-asks={day}]")).count(), 1, "{script}");
    }
    assert_eq!(script.matches("Day to count from").count(), 2, "{script}");
}

#[test]
fn no_day_is_known_by_itself() {
    let folder = site(&["activation"]);
    let html = page(&folder, "en/bank/close-0/index.html");
    assert!(html.contains("Count this much time from a day that you know"), "{html}");
    for locale in 0..LOCALES.len() {
        assert!(!script(&folder, locale).contains("data-asks=last-use"));
    }
    let none = site(&[]);
    assert!(!script(&none, 0).contains("data-asks"));
}

#[test]
fn every_locale_has_the_words_of_a_day() {
    let folder = site(&["last-statement"]);
    say(&folder, "last-statement", &[("label", LABELS)]);
    std::fs::remove_file(folder.path().join("themes/default/strings/de.yaml")).unwrap();
    let found = errors(&folder);
    assert!(found.len() == 1 && found[0].contains("`dates.last-statement.label` is missing in `de`"), "{found:?}");
    // One of the source locale alone is no slip of those of another day.
    write(folder.path(), "themes/default/strings/en.yaml", "dates: {opened: {label: Day of opening}}\n");
    write(folder.path(), "themes/default/strings/ar.yaml", "{}\n");
    let found = errors(&folder);
    let missing = |locale: &str| {
        found.iter().any(|line| line.contains(&format!("`dates.opened.label` is missing in `{locale}`")))
    };
    assert!(found.len() == 2 && missing("de") && missing("ar"), "{found:?}");
}

#[test]
fn guides_count_from_the_same_day_in_every_locale() {
    let folder = site(&["last-statement"]);
    write_guide(&folder, 0, "de", "Kündigen", "opened");
    let found = errors(&folder);
    assert!(
        found.len() == 1
            && found[0].contains("close-0.de.md:4:19: error[fact-parity]: `date_rule` says something else"),
        "{found:?}"
    );
}

#[test]
fn a_slip_in_the_name_of_a_day_is_told_once_where_it_stands() {
    let folder = site(&["last-statement"]);
    say(&folder, "last-statement", &[("label", LABELS)]);
    write_guide(&folder, 0, "de", "Kündigen", "last-statment");
    let found = errors(&folder);
    assert!(found.len() == 1 && found[0].contains("close-0.de.md:4:19: error[unknown-day]"), "{found:?}");
    assert!(findings(folder.path()).contains("did you mean `last-statement`?"));
    // In the source it is the source's line that is to be mended.
    write_guide(&folder, 0, "de", "Kündigen", "last-statement");
    write_guide(&folder, 0, "en", "Close it", "last-statment");
    let found = errors(&folder);
    assert!(found.len() == 1 && found[0].contains("close-0.en.md:4:19: error[unknown-day]"), "{found:?}");
    // A name with a word more is another day, and so is one that has words of its own.
    for day in ["last-statement-abroad", "opened"] {
        let folder = site(&[day]);
        say(&folder, "last-statement", &[("label", LABELS)]);
        assert_eq!(errors(&folder), [""; 0], "{day}");
    }
}

#[test]
fn names_that_cannot_be_given_words_are_told() {
    for (day, code) in [("Opened", "bad-id"), ("last_statement", "bad-id"), ("other", "bad-id"), ("[]", "wrong-type")] {
        let found = errors(&site(&[day]));
        assert!(!found.is_empty() && found.iter().all(|line| line.contains(code)), "{day}: {found:?}");
    }
}

#[test]
fn words_of_a_day_that_nothing_shows_or_fills_are_told() {
    let folder = site(&["opened"]);
    say(&folder, "opened", &[("lable", LABELS)]);
    let found = errors(&folder);
    assert!(found.len() == 3 && found.iter().all(|line| line.contains("there is no `lable` to say")), "{found:?}");
    assert!(findings(folder.path()).contains("did you mean `dates.opened.label`?"));
    say(&folder, "opened", &[("past", ["Since {day}.", "Seit {day}.", "منذ {day}."])]);
    let found = errors(&folder);
    assert!(found.len() == 1 && found[0].contains("has a place for {day}, and nothing fills it"), "{found:?}");
    assert!(
        findings(folder.path()).contains("write {date}, which is what this part of the words of a day has a place for")
    );
    // Not every place has to be filled, and a theme may have words of its own there.
    say(&folder, "opened", &[("past", ["Long ago.", "Längst.", "منذ زمن."]), ("question", ["When?", "Wann?", "متى؟"])]);
    assert_eq!(errors(&folder), [""; 0]);
}
