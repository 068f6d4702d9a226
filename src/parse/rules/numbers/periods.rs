//! Periods of a single digit as an editor types them: `6 months`, `6个月`, `6 ماہ`. A digit alone says nothing.

use std::ops::Range;

use crate::model::value::{Amount, Unit, Value};
use crate::script::digit;

/// What units are called, in every language that the program has words of. Days of a month and years of a date are none of them.
const WORDS: &[(Unit, &[&str])] = &[
    (
        Unit::Minutes,
        &[
            "minute",
            "minutes",
            "分钟",
            "منٹ",
            "دقیقه",
            "دقيقة",
            "دقائق",
            "minuten",
            "minuto",
            "minutos",
            "dakika",
            "menit",
            "मिनट",
        ],
    ),
    (
        Unit::Hours,
        &[
            "hour",
            "hours",
            "小时",
            "个小时",
            "گھنٹے",
            "گھنٹہ",
            "ساعت",
            "ساعة",
            "ساعات",
            "stunde",
            "stunden",
            "heure",
            "heures",
            "hora",
            "horas",
            "saat",
            "jam",
            "घंटे",
            "घंटा",
        ],
    ),
    (
        Unit::Days,
        &[
            "day",
            "days",
            "天",
            "دن",
            "روز",
            "يوم",
            "أيام",
            "tag",
            "tage",
            "tagen",
            "jour",
            "jours",
            "día",
            "días",
            "dia",
            "dias",
            "gün",
            "hari",
            "दिन",
        ],
    ),
    (
        Unit::Weeks,
        &[
            "week",
            "weeks",
            "周",
            "星期",
            "个星期",
            "ہفتے",
            "ہفتہ",
            "هفته",
            "أسبوع",
            "أسابيع",
            "woche",
            "wochen",
            "semaine",
            "semaines",
            "semana",
            "semanas",
            "hafta",
            "minggu",
            "सप्ताह",
            "हफ़्ते",
        ],
    ),
    (
        Unit::Months,
        &[
            "month",
            "months",
            "个月",
            "ماہ",
            "مہینے",
            "مہینہ",
            "مہینوں",
            "ماه",
            "شهر",
            "أشهر",
            "شهور",
            "monat",
            "monate",
            "monaten",
            "mois",
            "mes",
            "meses",
            "mês",
            "ay",
            "bulan",
            "महीने",
            "महीना",
            "माह",
        ],
    ),
    (
        Unit::Years,
        &[
            "year",
            "years",
            "年",
            "سال",
            "سنة",
            "سنوات",
            "jahr",
            "jahre",
            "jahren",
            "ans",
            "année",
            "années",
            "año",
            "años",
            "ano",
            "anos",
            "yıl",
            "tahun",
            "वर्ष",
        ],
    ),
];

/// How far before a digit another one makes a range, a date or a sum of it.
const NEAR: usize = 12;

/// What the period of a fact is known by, where it is of one digit; one of a thing is a word more often than a value.
pub fn key(value: &Value) -> Option<String> {
    let Value::Duration { unit, amount: Amount::Exact(figure) } = value else { return None };
    let number = figure.whole().filter(|number| (2..10).contains(number))?;
    let is_known = WORDS.iter().any(|(known, _)| known == unit);
    is_known.then(|| format!("{number} {}", unit.name()))
}

/// The periods in a text, and what facts know them by.
pub fn find(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        let Some(number) = digit(c) else { continue };
        let before = &text[..at];
        let is_alone = before.chars().rev().take(NEAR).all(|c| digit(c).is_none());
        let is_apart = !before.ends_with(['-', '–', '.', ',', '+', '*', '#', '/']);
        if !is_alone || !is_apart {
            continue;
        }
        let behind = &text[at + c.len_utf8()..];
        if let Some((unit, length)) = unit_behind(behind) {
            found.push((at..at + c.len_utf8() + length, format!("{number} {}", unit.name())));
        }
    }
    found
}

/// The unit whose word stands next in a text, and how far that goes: `天` in `天内`, ` days` in ` days later`.
#[must_use]
pub fn unit_behind(text: &str) -> Option<(Unit, usize)> {
    let gap = text.len() - text.trim_start_matches([' ', '\u{A0}', '-']).len();
    unit(&text[gap..]).map(|(unit, length)| (unit, gap + length))
}

/// The unit that a text begins with, and how long its word is.
fn unit(text: &str) -> Option<(Unit, usize)> {
    let end = text.find(|c: char| !c.is_alphabetic() && !is_mark(c)).unwrap_or(text.len());
    let word = text[..end].to_lowercase();
    let is_it =
        |name: &str| if name.starts_with(crate::script::is_han) { text.starts_with(name) } else { word == name };
    WORDS.iter().find_map(|(unit, names)| {
        let name = names.iter().filter(|name| is_it(name)).max_by_key(|name| name.len())?;
        Some((*unit, if name.starts_with(crate::script::is_han) { name.len() } else { end }))
    })
}

/// Vowel signs of Devanagari, which are parts of words and no letters.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{903}' | '\u{93A}'..='\u{94F}')
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_digit_with_its_unit_is_a_period() {
        for (text, key) in [
            ("for 6 months.", "6 months"),
            ("a 6-month wait", "6 months"),
            ("满6个月后", "6 months"),
            ("6 ماہ تک", "6 months"),
            ("۶ ماہ", "6 months"),
            ("6 महीने में", "6 months"),
            ("nach 7 Tagen", "7 days"),
            ("7天", "7 days"),
        ] {
            let found: Vec<String> = find(text).into_iter().map(|(_, key)| key).collect();
            assert_eq!(found, [key], "{text}");
        }
        for text in
            ["6月5日", "16 months", "2-6 months", "5 to 6 months", "1.6 years", "6 monthly", "6", "a 6", "2006年"]
        {
            assert_eq!(find(text).len(), 0, "{text}");
        }
    }
}
