//! A site whose readers know their own digits best is written in them; what is dialled, copied or called stays in 0 to 9.

use rahnuma::source::path::SitePath;
use tempfile::TempDir;

use crate::common::{compiled, findings, short, write};

/// One operator with one guide in Arabic, Persian and Hindi, each locale's line ending with `digits`.
fn site(digits: [&str; 3]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let [ar, fa, hi] = digits;
    let config = format!(
        "id: digits\ntitle: {{ar: أرقام, fa: رقم‌ها, hi: अंक}}\ndescription: {{ar: موقع صغير., fa: سایتی کوچک., hi: छोटी साइट।}}\n\
         base_url: https://digits.example.net/\nsource_locale: ar\nlocales:\n\
         \x20 - {{id: ar, tag: ar, name: العربية, dir: rtl{ar}}}\n\
         \x20 - {{id: fa, tag: fa, name: فارسی, dir: rtl{fa}}}\n\
         \x20 - {{id: hi, tag: hi, name: हिन्दी, dir: ltr{hi}}}\n"
    );
    write(folder.path(), "content/site.yaml", config);
    write(folder.path(), "content/situations.yaml", "[]\n");
    write(
        folder.path(),
        "content/policies/sources.yaml",
        "- {id: list, title: List, url: \"https://example.com/\", lang: en, publisher: Example, published: 2025-03, seen: 2026-11-22, copy: live, kind: official}\n",
    );
    write(folder.path(), "content/policies/one.yaml", POLICY);
    for (locale, [title, step, item, before, behind]) in [
        ("ar", ["إغلاق الرقم", "في المكتب", "اطلب الإغلاق", "تكلفة الإغلاق", "ثم انتظر"]),
        ("fa", ["بستن شماره", "در دفتر", "بستن را بخواهید", "هزینهٔ بستن", "و سپس صبر کنید"]),
        ("hi", ["नंबर बंद करना", "काउंटर पर", "बंद करने को कहें", "बंद करने का खर्च", "फिर इंतज़ार करें"]),
    ] {
        let text = format!(
            "---\ntitle: {title}\nsummary: {title}.\nkey_facts: [fee, wait]\n---\n\n{before}: {{{{ fee }}}}. {behind}: {{{{ wait }}}}.\n\n\
             {before}: {{{{ share }}}}, {{{{ day }}}}, {{{{ line }}}}, {{{{ code }}}}, {{{{ text }}}}.[^a]\n\n[^a]: {item}\n\n1. {step}\n2. {item}\n\n\
             ## {step} {{#counter}}\n\n- [ ] {item} {{#ask}}\n"
        );
        write(folder.path(), &format!("content/guides/one/close.{locale}.md"), text);
    }
    folder
}

const POLICY: &str = "\
name: {ar: ون, fa: وان, hi: वन}
status: active
country: EG
facts:
  - {id: fee, label: {ar: الرسوم, fa: هزینه, hi: शुल्क}, kind: money, risk: low, readings: [{value: {currency: PKR, exact: 1234.50}, confidence: official, checked: 2026-11-22, sources: [list]}]}
  - {id: wait, label: {ar: الانتظار, fa: انتظار, hi: इंतज़ार}, kind: duration, risk: low, readings: [{value: {unit: days, exact: 365}, confidence: official, checked: 2026-11-22, sources: [list]}]}
  - {id: share, label: {ar: النسبة, fa: سهم, hi: हिस्सा}, kind: percentage, risk: low, readings: [{value: {exact: 15}, confidence: official, checked: 2026-11-22, sources: [list]}]}
  - {id: day, label: {ar: اليوم, fa: روز, hi: दिन}, kind: date, risk: low, readings: [{value: 2026-11-30, confidence: official, checked: 2026-11-22, sources: [list]}]}
  - {id: line, label: {ar: الهاتف, fa: تلفن, hi: फ़ोन}, kind: phone, risk: low, readings: [{value: {number: \"042-111-300\"}, confidence: official, checked: 2026-11-22, sources: [list]}]}
  - {id: code, label: {ar: الرمز, fa: کد, hi: कोड}, kind: ussd, risk: low, readings: [{value: {code: \"*908#\"}, confidence: official, checked: 2026-11-22, sources: [list]}]}
  - {id: text, label: {ar: الرسالة, fa: پیامک, hi: संदेश}, kind: sms, risk: low, readings: [{value: {to: \"668\", send: MNP77}, confidence: official, checked: 2026-11-22, sources: [list]}]}
";

const OWN: [&str; 3] = [", digits: arab", ", digits: arabext", ", digits: deva"];

fn page(folder: &TempDir, path: &str) -> String {
    compiled(folder.path()).html(&SitePath::new(path).unwrap()).unwrap_or_else(|error| panic!("{path}: {error:?}"))
}

/// The words of a page that readers see, without elements.
fn seen(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

#[test]
fn facts_and_words_are_in_the_digits_of_the_locale() {
    let folder = site(OWN);
    let told = short(folder.path());
    assert!(!told.contains("error["), "{told}");
    for (locale, one, expected) in [
        ("ar", "١", ["١٬٢٣٤٫٥٠", "٣٦٥", "١٥٪", "٢٠٢٦"]),
        ("fa", "۱", ["۱٬۲۳۴٫۵۰", "۳۶۵", "۱۵", "۱۴۰۵"]),
        ("hi", "१", ["१,२३४.५०", "३६५", "१५%", "२०२६"]),
    ] {
        let html = page(&folder, &format!("{locale}/one/close/index.html"));
        let words = seen(html.split("<main").nth(1).unwrap());
        for number in expected {
            assert!(words.contains(number), "{locale}: {number} is not in {words}");
        }
        // What is dialled, called, sent or copied.
        for plain in ["href=tel:042111300", ">042-111-300<", ">*908#<", ">668<", "sms:668?body=MNP77", ">MNP77<"] {
            assert!(html.contains(plain), "{locale}: {plain} is not in {html}");
        }
        for shown in ["1,234", "1234", "365", "2026"] {
            assert!(!words.contains(shown), "{locale}: {shown} is in {words}");
        }
        let note = html.split("<sup>").nth(1).unwrap().split("</sup>").next().unwrap();
        assert_eq!(note, format!("<a id=mark-1 href=#note-1>{one}</a>"), "{locale}");
        // Machines read days in one form.
        assert!(html.contains("<time datetime=2026-11-30>"), "{html}");
    }
    // A month of which no more is known, and a count of words.
    let sources = page(&folder, "ar/sources/index.html");
    assert!(seen(&sources).contains("٢٠٢٥"), "{sources}");
}

#[test]
fn scripts_write_as_the_page_does() {
    let folder = site([", digits: arab", ", digits: arabext", ", formats: hi-IN"]);
    for (locale, formats) in [("ar", "ar-u-nu-arab"), ("fa", "fa-u-nu-arabext"), ("hi", "hi-IN-u-nu-latn")] {
        let html = page(&folder, &format!("{locale}/index.html"));
        assert!(html.contains(&format!("data-formats=\"{formats}\"")), "{locale}: {html}");
    }
    // The scripts take that tag as it is, for every number and date.
    for script in ["site.js", "checklist.js"] {
        let file = format!("{}/themes/default/assets/{script}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(file).unwrap();
        assert!(!text.contains("-u-nu-"), "{script} chooses digits of its own");
        for of in ["NumberFormat(", "DateTimeFormat("] {
            for call in text.split(of).skip(1) {
                let tag = ["tag(element)", "this.dataset.formats"].iter().any(|tag| call.starts_with(tag));
                assert!(tag, "{script}: {of}{}", call.lines().next().unwrap_or_default());
            }
        }
    }
}

#[test]
fn who_asks_for_nothing_gets_the_digits_of_keypads() {
    let folder = site(["", "", ", digits: latn"]);
    for locale in ["ar", "fa", "hi"] {
        let html = page(&folder, &format!("{locale}/one/close/index.html"));
        let native = html.chars().find(|c| rahnuma::script::is_native_digit(*c));
        assert_eq!(native, None, "{locale}: {html}");
        assert!(html.contains("365"), "{html}");
    }
}

fn with_text(digits: [&str; 3], locale: &str, words: &str) -> String {
    let folder = site(digits);
    let file = format!("content/guides/one/close.{locale}.md");
    let text = std::fs::read_to_string(folder.path().join(&file)).unwrap();
    write(folder.path(), &file, text.replacen("\n1. ", &format!("\n{words}\n\n1. "), 1));
    let told = short(folder.path());
    told.lines().filter(|line| line.contains(&file)).collect::<Vec<_>>().join("\n")
}

#[test]
fn texts_may_have_the_digits_that_the_locale_asks_for() {
    assert!(!with_text(OWN, "hi", "यह २४ घंटे में होगा।").contains("native-digits"));
    assert!(!with_text(OWN, "ar", "اتصل خلال ٢٤ ساعة.").contains("native-digits"));
    // Those of another locale are not its own, and without the choice none are.
    let found = with_text(OWN, "ar", "اتصل خلال ۲۴ ساعة.");
    assert!(found.contains("the number ۲۴ is not in the digits of `ar`"), "{found}");
    for (digits, locale, words) in [(["", "", ""], "hi", "यह २४ घंटे में होगा।"), (["", "", ""], "ar", "اتصل خلال ٢٤ ساعة.")]
    {
        let found = with_text(digits, locale, words);
        assert!(found.contains("is not written as a keypad shows it"), "{found}");
    }
}

#[test]
fn a_typed_number_that_a_fact_states_is_found_in_any_digits() {
    for (locale, words) in [
        ("hi", "३६५ दिन रुकें।"),
        ("hi", "365 दिन रुकें।"),
        ("ar", "انتظر ٣٦٥ يوما."),
        ("fa", "۳۶۵ روز صبر کنید."),
        ("fa", "۱٬۲۳۴٫۵۰ بپردازید."),
    ] {
        let found = with_text(OWN, locale, words);
        assert!(found.contains("[typed-number]"), "{words}: {found}");
    }
}

#[test]
fn digits_are_those_of_the_locales_script() {
    for (digits, told) in [
        ("deva", "the digits ०१२३४५६७८९ of `deva` are not those of the script of `ar`"),
        ("native", "`native` is no name of digits that the program knows"),
        ("arabic", "did you mean `arab`?"),
        ("native", "write `arab` for ٠١٢٣٤٥٦٧٨٩ or `arabext` for ۰۱۲۳۴۵۶۷۸۹; left out, it is 0123456789"),
    ] {
        let folder = site([&format!(", digits: {digits}"), "", ""]);
        let found = findings(folder.path());
        assert!(found.contains("error[bad-value]") && found.contains("content/site.yaml:7:"), "{found}");
        // Names and signs of a message are isolated from the text around them.
        let plain: String = found.chars().filter(|c| !rahnuma::script::is_bidi_control(*c)).collect();
        assert!(plain.contains(told), "{digits}: {plain}");
    }
    let folder = site(["", "", ", digits: arab"]);
    let found = findings(folder.path());
    assert!(found.contains("write `deva` for ०१२३४५६७८९"), "{found}");
}
