//! What language tags say of themselves: which way their script runs, and whether CLDR knows their customs.

use icu_list::provider::{Baked, ListAndV1, ListFormatterPatterns};
use icu_locale_core::LanguageIdentifier;
use icu_provider::{DataIdentifierBorrowed, DataLocale, DataProvider, DataRequest};

use crate::model::locale::Direction;

/// Scripts that run from right to left.
const SCRIPTS: &[&str] =
    &["Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"];

/// Languages that CLDR expects in one of these scripts when their tag names none.
const LANGUAGES: &[&str] = &[
    "aeb", "apc", "apd", "ar", "arc", "arq", "ars", "ary", "arz", "bal", "bft", "bgn", "bqi", "brh", "bsk", "ckb",
    "dcc", "dv", "fa", "fay", "glk", "gwc", "gwt", "hac", "haz", "he", "hnd", "hno", "iw", "khw", "ks", "kvx", "kxp",
    "lah", "lki", "lrc", "luz", "mvy", "mzn", "nqo", "oru", "pga", "phl", "phv", "pnb", "prd", "prs", "ps", "rhg",
    "rmt", "sam", "scl", "sd", "sdh", "shu", "sje", "skr", "swb", "syr", "trw", "ug", "ur", "wni", "xco", "yi",
];

/// The same, where only the region says so.
const REGIONS: &[&str] = &[
    "az-IQ", "az-IR", "kk-AF", "kk-CN", "kk-IR", "kk-MN", "ku-IR", "ku-LB", "ky-CN", "pa-PK", "tk-AF", "tk-IR",
    "uz-AF", "uz-CN",
];

/// Which way a language is written: by its script where the tag names one.
#[must_use]
pub fn direction(tag: &str) -> Direction {
    let parts: Vec<&str> = tag.split('-').collect();
    let script =
        parts.iter().skip(1).find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let right_to_left = match script {
        Some(script) => SCRIPTS.contains(script),
        None => LANGUAGES.contains(&parts[0]) || REGIONS.contains(&tag),
    };
    if right_to_left { Direction::Rtl } else { Direction::Ltr }
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
    use super::{direction, is_known};
    use crate::model::locale::Direction;

    #[test]
    fn directions_of_scripts() {
        for tag in ["ur", "ar-EG", "he", "pa-Arab", "pa-PK", "ku-Arab", "az-IR", "sd", "ks-Arab"] {
            assert_eq!(direction(tag), Direction::Rtl, "{tag}");
        }
        for tag in ["en", "zh-Hans", "ur-Latn", "pa", "sd-Deva", "ku", "az-Latn-IR", "uz"] {
            assert_eq!(direction(tag), Direction::Ltr, "{tag}");
        }
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
