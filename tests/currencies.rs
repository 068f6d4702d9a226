//! Sums in any currency are written as the language writes them, without a string of the theme.

use rahnuma::source::path::SitePath;
use tempfile::TempDir;

use crate::common::{compiled, findings, short, write};

/// A carrier with one fact for each value, in German, English and Arabic.
fn site(values: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    write(
        folder.path(),
        "content/site.yaml",
        "id: sums\ntitle: {de: Summen, en: Sums, ar: مبالغ}\ndescription: {de: Eine Seite., en: A site., ar: موقع.}\n\
         base_url: https://sums.example.net/\nsource_locale: en\nlocales:\n\
         \x20 - {id: de, tag: de, name: Deutsch, dir: ltr}\n  - {id: en, tag: en, name: English, dir: ltr}\n\
         \x20 - {id: ar, tag: ar, name: العربية, dir: rtl}\n",
    );
    write(folder.path(), "content/situations.yaml", "[]\n");
    write(folder.path(), "content/policies/sources.yaml", "[]\n");
    let facts: Vec<String> = values
        .iter()
        .enumerate()
        .map(|(at, value)| {
            format!(
                "  - {{id: fact-{at}, label: {{de: Gebühr, en: Fee, ar: رسم}}, kind: money, risk: low, readings: [{{value: {value}, confidence: unverified, checked: 2026-11-22, sources: []}}]}}\n"
            )
        })
        .collect();
    let policy =
        format!("name: {{de: Eins, en: One, ar: واحد}}\nstatus: active\ncountry: DE\nfacts:\n{}", facts.concat());
    write(folder.path(), "content/policies/one.yaml", policy);
    folder
}

/// What the page of the carrier says in a locale, fact by fact.
fn shown(folder: &TempDir, locale: &str) -> Vec<String> {
    let path = format!("{locale}/one/index.html");
    let html = compiled(folder.path()).html(&SitePath::new(&path).unwrap()).unwrap();
    let values = html.split("<p class=\"value\">").skip(1).map(|rest| rest.split("</p>").next().unwrap());
    values.map(|value| value.replace(['\u{a0}', '\u{202f}'], "_")).collect()
}

const VALUES: &[&str] = &[
    "{currency: EUR, exact: 12.5}",
    "{currency: EUR, exact: 5}",
    "{currency: EUR, from: 2, to: 4.50}",
    "{currency: JPY, exact: 1000.0}",
    "{currency: KWD, exact: 1.25}",
    "{currency: USD, at_most: 0.0125}",
    "{currency: CHF, exact: 10}",
    "{currency: HRK, exact: 7}",
    "{currency: PKR, exact: 8.60}",
];

#[test]
fn sums_are_written_as_the_language_writes_them() {
    let folder = site(VALUES);
    let told = short(folder.path());
    assert!(!told.contains("error["), "{told}");
    assert_eq!(
        shown(&folder, "de"),
        [
            "12,50_€",
            "5_€",
            "2,00 bis 4,50_€",
            "1.000_¥",
            "1,250_KWD",
            "höchstens 0,0125_$",
            "10_CHF",
            "7_HRK",
            "8,60_Rs"
        ]
    );
    assert_eq!(
        shown(&folder, "en"),
        ["€12.50", "€5", "€2.00 to €4.50", "¥1,000", "KWD_1.250", "at most $0.0125", "CHF_10", "HRK_7", "Rs_8.60"]
    );
    let arabic = shown(&folder, "ar");
    assert_eq!(arabic[0], "<bdi dir=ltr>12.50</bdi>_<bdi dir=ltr>€</bdi>");
    assert_eq!(arabic[4], "<bdi dir=ltr>1.250</bdi>_د.ك.");
}

#[test]
fn words_of_a_theme_go_before_in_the_locales_that_have_them() {
    let folder = site(VALUES);
    write(folder.path(), "themes/default/strings/de.yaml", "currency:\n  EUR: \"{amount} Euro\"\n");
    write(folder.path(), "themes/default/strings/ar.yaml", "currency:\n  CHF: \"{amount} فرنك\"\n");
    let told = short(folder.path());
    assert!(!told.contains("CHF") && !told.contains("EUR"), "{told}");
    assert_eq!(shown(&folder, "de")[..3], ["12,50 Euro", "5 Euro", "2,00 bis 4,50 Euro"]);
    assert_eq!(shown(&folder, "en")[0], "€12.50");
    assert!(shown(&folder, "ar")[6].ends_with(" فرنك"));
}

#[test]
fn words_of_a_theme_are_of_a_currency_and_say_where_the_amount_stands() {
    let folder = site(VALUES);
    write(folder.path(), "themes/default/strings/de.yaml", "currency:\n  EUO: \"{amount} Euro\"\n  CHF: Franken\n");
    let told = findings(folder.path());
    assert!(told.contains("`EUO` is no currency of ISO 4217") && told.contains("did you mean `EUR`?"), "{told}");
    assert!(told.contains("the string `currency.CHF` has no place for {amount}"), "{told}");
}

#[test]
fn an_unknown_code_is_an_error_with_the_nearest_one() {
    for (code, help) in [
        ("EUX", "did you mean `EUR`?"),
        ("eur", "did you mean `EUR`?"),
        ("PRK", "did you mean `PKR`?"),
        ("Rs", "write its three capital letters, such as PKR or EUR"),
        ("€", "write its three capital letters, such as PKR or EUR"),
    ] {
        let folder = site(&[&format!("{{currency: {code}, exact: 5}}")]);
        let told = findings(folder.path());
        assert!(told.contains("is no currency of ISO 4217") && told.contains(help), "{code}: {told}");
        assert!(told.contains("content/policies/one.yaml:5:"), "{told}");
    }
}
