//! What a value was meant to be that stands in words where a mapping belongs: `at most Rs 200`, `6 months`, `not known`.

use crate::diag::suggest::nearest;
use crate::model::currency;
use crate::model::decimal::Decimal;
use crate::model::fact::UNKNOWN;
use crate::model::value::{Kind, Unit};
use crate::script::digit;

/// What people write where nobody knows a value, in small letters.
const NOT_KNOWN: &[&str] = &[
    "?",
    "??",
    "???",
    "-",
    "–",
    "—",
    "n/a",
    "na",
    "n.a.",
    "none",
    "null",
    "nil",
    "tbd",
    "tbc",
    "todo",
    "not known",
    "unknown.",
    "not yet known",
    "we do not know",
    "don't know",
    "no information",
    "unclear",
    "unsure",
    "not sure",
    "unspecified",
    "not specified",
    "未知",
    "不明",
    "不详",
    "不清楚",
    "不知道",
    "待定",
    "نامعلوم",
    "معلوم نہیں",
    "نامشخص",
    "ناشناخته",
    "غير معروف",
    "مجهول",
    "unbekannt",
    "nicht bekannt",
    "inconnu",
    "inconnue",
    "non connu",
    "desconocido",
    "desconocida",
    "no se sabe",
    "desconhecido",
    "desconhecida",
    "não se sabe",
    "bilinmiyor",
    "belirsiz",
    "tidak diketahui",
    "belum diketahui",
    "अज्ञात",
    "पता नहीं",
];

/// Words before a figure that is the most or the least.
const MOST: &[&str] = &[
    "at most",
    "at_most",
    "max",
    "up to",
    "not more than",
    "no more than",
    "<",
    "≤",
    "最多",
    "不超过",
    "زیادہ سے زیادہ",
    "حداکثر",
    "höchstens",
    "bis zu",
    "au plus",
    "jusqu",
    "como máximo",
    "hasta",
    "no máximo",
    "até",
    "en fazla",
    "paling banyak",
    "maksimal",
    "अधिकतम",
    "ज़्यादा से ज़्यादा",
];
const LEAST: &[&str] = &[
    "at least",
    "at_least",
    "minimum",
    "min.",
    "not less than",
    "no less than",
    ">",
    "≥",
    "至少",
    "最少",
    "کم از کم",
    "حداقل",
    "mindestens",
    "ab ",
    "au moins",
    "al menos",
    "como mínimo",
    "pelo menos",
    "no mínimo",
    "en az",
    "paling sedikit",
    "minimal",
    "कम से कम",
];

/// Signs and words of currencies that are no codes.
const CURRENCIES: &[(&str, &str)] = &[
    ("₨", "PKR"),
    ("rs", "PKR"),
    ("rupee", "PKR"),
    ("روپ", "PKR"),
    ("卢比", "PKR"),
    ("₹", "INR"),
    ("€", "EUR"),
    ("euro", "EUR"),
    ("£", "GBP"),
];

/// Whether it says that nobody knows, in other words than the one for it.
pub fn is_unknown(word: &str) -> bool {
    let said = word.trim().to_lowercase();
    word != UNKNOWN && (NOT_KNOWN.contains(&said.as_str()) || nearest(&said, [UNKNOWN]).is_some())
}

/// The mapping that says what words say, as far as they can be read.
pub fn mapping(kind: Kind, words: &str) -> Option<String> {
    let lower = words.trim().to_lowercase();
    let is_dialled = |c: char| c.is_ascii_digit() || " -".contains(c);
    match kind {
        Kind::Money => Some(format!("{{currency: {}, {}}}", currency_of(words, &lower)?, amount(&lower)?)),
        Kind::Duration => Some(format!("{{unit: {}, {}}}", unit(&lower)?, amount(&lower)?)),
        Kind::Count | Kind::Percentage => Some(format!("{{{}}}", amount(&lower)?)),
        Kind::Phone if lower.chars().all(is_dialled) => Some(format!("{{number: \"{}\"}}", words.trim())),
        Kind::Ussd if lower.starts_with(['*', '#']) && lower.ends_with('#') => {
            Some(format!("{{code: \"{}\"}}", words.trim()))
        }
        Kind::YesNoDepends => match lower.trim_end_matches('.') {
            "yes" | "true" | "y" => Some("{answer: yes}".to_owned()),
            "no" | "false" | "n" => Some("{answer: no}".to_owned()),
            "depends" | "it depends" => Some("{answer: depends, detail: {…}}".to_owned()),
            _ => None,
        },
        _ => None,
    }
}

/// How a day is written, for one that was written otherwise or that no calendar has.
pub fn day(written: &str) -> String {
    let parts: Vec<&str> = written.split(['-', '/', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let numbers: Option<Vec<i16>> = parts.iter().map(|part| part.parse().ok()).collect();
    let how = "a day is the year, the month and the day with dashes between them, as in 2026-11-22";
    let (year, month, day) = match numbers.as_deref() {
        Some([year, month, day]) if *year > 31 => (*year, *month, *day),
        Some([day, month, year]) if *year > 31 => (*year, *month, *day),
        _ => return how.to_owned(),
    };
    let [Ok(month), Ok(day)] = [i8::try_from(month), i8::try_from(day)] else { return how.to_owned() };
    let first = |month| jiff::civil::Date::new(year, month, 1).ok();
    match first(month) {
        Some(first) if day > first.days_in_month() => {
            format!("that month has {} days", first.days_in_month())
        }
        Some(_) if day > 0 => format!("write `{year:04}-{month:02}-{day:02}`: {how}"),
        None if day > 0 && first(day).is_some() => format!("there is no month {month}: {how}"),
        _ => how.to_owned(),
    }
}

/// The currency that words name; which one is meant without a name, nobody can know.
fn currency_of(words: &str, lower: &str) -> Option<String> {
    let mut codes = words.split(|c: char| !c.is_ascii_alphabetic()).map(str::to_owned);
    let is_word = |sign: &str| lower.split(|c: char| !c.is_alphabetic()).any(|word| word == sign);
    let is_named = |sign: &str| if sign == "rs" { is_word(sign) } else { lower.contains(sign) };
    let named = || CURRENCIES.iter().find(|(sign, _)| is_named(sign)).map(|(_, code)| (*code).to_owned());
    codes.find(|word| currency::is_code(word)).or_else(named)
}

fn unit(lower: &str) -> Option<&'static str> {
    let words: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 2).collect();
    let is_working = words.iter().any(|word| ["working", "business"].contains(word));
    let names = || Unit::NAMES.iter().map(|(name, _)| *name);
    let found =
        words.iter().find_map(|word| names().find(|name| name.trim_end_matches('s') == word.trim_end_matches('s')));
    if is_working && found == Some("days") { Some("working-days") } else { found }
}

/// `at_most: 200`, or both ends of a range.
fn amount(lower: &str) -> Option<String> {
    let is_said = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    match figures(lower).as_slice() {
        [one] if is_said(MOST) => Some(format!("at_most: {one}")),
        [one] if is_said(LEAST) => Some(format!("at_least: {one}")),
        [one] => Some(format!("exact: {one}")),
        [from, to] => Some(format!("from: {from}, to: {to}")),
        _ => None,
    }
}

/// The numbers in words, without the marks between their thousands.
fn figures(text: &str) -> Vec<String> {
    let plain: String = text
        .chars()
        .map(|c| match c {
            '٬' => ',',
            '٫' => '.',
            c => digit(c).map_or(c, |digit| char::from(b'0' + digit)),
        })
        .collect();
    let words = plain.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
    let bare = words.map(|word| word.trim_matches(['.', ',']));
    let figure = |word: &str| match word.rsplit_once(',') {
        Some((_, behind)) if behind.len() < 3 && !word.contains('.') => word.replace(',', "."),
        _ => word.replace(',', ""),
    };
    bare.map(figure).filter(|word| Decimal::parse(word).is_some()).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_unknown, mapping};
    use crate::model::value::Kind;

    #[test]
    fn words_are_read_as_far_as_they_can_be() {
        for (kind, words, form) in [
            (Kind::Money, "at most Rs 200", Some("{currency: PKR, at_most: 200}")),
            (Kind::Money, "EUR 1,200", Some("{currency: EUR, exact: 1200}")),
            (Kind::Money, "8,60 €", Some("{currency: EUR, exact: 8.60}")),
            (Kind::Money, "Rs. 100 to 200", Some("{currency: PKR, from: 100, to: 200}")),
            (Kind::Money, "کم از کم ۵۰ روپے", Some("{currency: PKR, at_least: 50}")),
            (Kind::Money, "free", None),
            (Kind::Money, "200", None),
            (Kind::Duration, "6 months", Some("{unit: months, exact: 6}")),
            (Kind::Duration, "up to 3 working days", Some("{unit: working-days, at_most: 3}")),
            (Kind::Duration, "30 minutes", Some("{unit: minutes, exact: 30}")),
            (Kind::Duration, "6", None),
            (Kind::Count, "5", Some("{exact: 5}")),
            (Kind::Phone, "042-111", Some("{number: \"042-111\"}")),
            (Kind::Ussd, "*100#", Some("{code: \"*100#\"}")),
            (Kind::YesNoDepends, "No", Some("{answer: no}")),
        ] {
            assert_eq!(mapping(kind, words).as_deref(), form, "{words}");
        }
        assert!(["not known", "N/A", "?", "unkown", "nicht bekannt"].into_iter().all(is_unknown));
        assert!(["unknown", "none of them", "200"].into_iter().all(|word| !is_unknown(word)));
    }
}
