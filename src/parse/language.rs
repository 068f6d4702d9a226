//! What language tags say of themselves: which way their script runs, and whether CLDR knows their customs.

use icu_list::provider::{Baked, ListAndV1, ListFormatterPatterns};
use icu_locale::{LocaleCanonicalizer, LocaleDirectionality, LocaleExpander};
use icu_locale_core::subtags::script;
use icu_locale_core::{LanguageIdentifier, Locale};
use icu_properties::PropertyParser;
use icu_properties::props::Script;
use icu_properties::script::ScriptWithExtensions;
use icu_provider::{DataIdentifierBorrowed, DataLocale, DataProvider, DataRequest};

use crate::model::locale::Direction;
use crate::script::digits::{Digits, NATIVE};

/// Which way a language is written: by its script where the tag names one, else by the one that CLDR expects of it. What is no tag is
/// taken to run as most scripts do.
#[must_use]
pub fn direction(tag: &str) -> Direction {
    let Ok(mut locale) = tag.parse::<Locale>() else { return Direction::Ltr };
    // Western Panjabi and Dari have codes of their own, and stand in the tables under others.
    LocaleCanonicalizer::new_extended().canonicalize(&mut locale);
    let mut tag = locale.id;
    // Nastaliq is a hand of the Arabic script.
    if tag.script == Some(script!("Aran")) {
        tag.script = Some(script!("Arab"));
    }
    let right_to_left = LocaleDirectionality::new_extended().is_right_to_left(&tag);
    if right_to_left { Direction::Rtl } else { Direction::Ltr }
}

/// The tag as the standard has it: the two letters of a language that has such a code beside its three, `ur` for `urd`.
#[must_use]
pub fn usual(tag: &str) -> String {
    let Ok(locale) = tag.parse::<Locale>() else { return tag.to_owned() };
    let mut usual = locale.clone();
    LocaleCanonicalizer::new_extended().canonicalize(&mut usual);
    let is_shorter = usual.id.language.as_str().len() < locale.id.language.as_str().len();
    if is_shorter { usual.to_string() } else { tag.to_owned() }
}

/// The scripts that a language is written in: the one of the tag, else the one that CLDR expects of the language. Nothing when that is
/// not known.
#[must_use]
pub fn scripts(tag: &str) -> Vec<Script> {
    let Ok(mut locale) = tag.parse::<Locale>() else { return Vec::new() };
    if locale.id.language.is_unknown() {
        return Vec::new();
    }
    LocaleCanonicalizer::new_extended().canonicalize(&mut locale);
    LocaleExpander::new_extended().maximize(&mut locale.id);
    let Some(script) = locale.id.script else { return Vec::new() };
    match script.as_str() {
        "Hans" | "Hant" | "Hani" => vec![Script::Han, Script::Bopomofo],
        "Jpan" | "Hrkt" => vec![Script::Han, Script::Hiragana, Script::Katakana],
        "Kore" => vec![Script::Hangul, Script::Han],
        // Nastaliq is a hand of the Arabic script, as Fraktur is one of the Latin.
        "Aran" => vec![Script::Arabic],
        "Latf" | "Latg" => vec![Script::Latin],
        name => PropertyParser::<Script>::new().get_strict(name).into_iter().collect(),
    }
}

/// The digits that the script of a language has beside `0` to `9`, as Unicode has it: those of the Arabic script are two kinds.
#[must_use]
pub fn digits(tag: &str) -> Vec<Digits> {
    let scripts = scripts(tag);
    let scripts_of = ScriptWithExtensions::new();
    let is_own = |digits: &&Digits| scripts.iter().any(|script| scripts_of.has_script(digits.zero(), *script));
    NATIVE.iter().filter(is_own).copied().collect()
}

/// Whether CLDR knows how the language writes lists, as it does of every language whose numbers and dates it knows.
#[must_use]
pub fn is_known(tag: &str) -> bool {
    let Ok(language) = tag.parse::<LanguageIdentifier>() else { return false };
    let locale = DataLocale::from(language);
    let id = DataIdentifierBorrowed::for_marker_attributes_and_locale(ListFormatterPatterns::WIDE, &locale);
    let found = DataProvider::<ListAndV1>::load(&Baked, DataRequest { id, ..DataRequest::default() });
    // What is not there falls back step by step, at last to the root.
    found.is_ok_and(|found| found.metadata.locale.is_none_or(|locale| !locale.is_unknown()))
}

#[cfg(test)]
mod tests {
    use super::{Digits, Script, digits, direction, is_known, scripts};
    use crate::model::locale::Direction;

    #[test]
    fn directions_of_scripts() {
        for tag in [
            "ur", "ar-EG", "he", "pa-Arab", "pa-PK", "ku-Arab", "az-IR", "sd", "ks-Arab", "ps", "dv", "ug", "pnb",
            "prs", "skr", "ckb", "ur-Aran",
        ] {
            assert_eq!(direction(tag), Direction::Rtl, "{tag}");
        }
        for tag in
            ["en", "zh-Hans", "ur-Latn", "pa", "sd-Deva", "ku", "az-Latn-IR", "uz", "ar-Latn", "yi-Latn", "", "?"]
        {
            assert_eq!(direction(tag), Direction::Ltr, "{tag}");
        }
    }

    #[test]
    fn scripts_of_languages() {
        for (tag, script) in [
            ("en", Script::Latin),
            ("ur", Script::Arabic),
            ("ur-Aran", Script::Arabic),
            ("ur-Latn", Script::Latin),
            ("pnb", Script::Arabic),
            ("pa", Script::Gurmukhi),
            ("zh-Hans", Script::Han),
            ("zh-TW", Script::Han),
            ("ja", Script::Katakana),
            ("ko", Script::Hangul),
            ("ru", Script::Cyrillic),
            ("hi", Script::Devanagari),
        ] {
            assert!(scripts(tag).contains(&script), "{tag}: {:?}", scripts(tag));
        }
        assert_eq!([scripts("?"), scripts("und")], [[], []]);
    }

    #[test]
    fn digits_of_languages() {
        for (tag, names) in [
            ("ar", &["arab", "arabext"][..]),
            ("fa", &["arab", "arabext"]),
            ("ur-Aran", &["arab", "arabext"]),
            ("hi", &["deva"]),
            ("hi-Latn", &[]),
            ("bn", &["beng"]),
            ("pa", &["guru"]),
            ("th", &["thai"]),
            ("en", &[]),
            ("zh-Hans", &[]),
            ("und", &[]),
        ] {
            assert_eq!(digits(tag).into_iter().map(Digits::name).collect::<Vec<_>>(), names, "{tag}");
        }
        // No digits are without a language.
        let tags = "ar nqo hi bn pa gu or ta te kn ml th lo bo my km sat vai ccp ff-Adlm".split(' ').flat_map(digits);
        let named: std::collections::BTreeSet<_> = tags.map(Digits::name).collect();
        assert_eq!(named, super::NATIVE.iter().map(|digits| digits.name()).collect::<std::collections::BTreeSet<_>>());
    }

    #[test]
    fn languages_of_cldr() {
        for tag in ["en", "en-GB", "zh-Hans", "zh-Hant-HK", "ur", "ur-IN", "ps", "sd", "pa", "ar", "id", "ja", "vi"] {
            assert!(is_known(tag), "{tag}");
        }
        for tag in ["xx", "qq-PK", "tlh"] {
            assert!(!is_known(tag), "{tag}");
        }
    }
}
