//! Days and months of a date as an editor types them: `30 June 2026`, `June 30, 2026`, `2026年6月30日`. What facts state are other numbers.

use std::ops::Range;

use super::periods::unit_behind;
use crate::script::digit;

/// So many words may stand between a day and its year: `30 de junio de 2026`.
const MAX_WORDS: usize = 3;

/// Whether a number in a text is a day or a month.
pub fn is_part(text: &str, number: &Range<usize>) -> bool {
    let (before, behind) = (text[..number.start].trim_end_matches(' '), text[number.end..].trim_start_matches(' '));
    let digits: Option<Vec<u8>> = text[number.clone()].chars().map(digit).collect();
    let [tens, ones] = digits.unwrap_or_default()[..] else { return false };
    let count = tens * 10 + ones;
    let is_month = count <= 12 && behind.starts_with(['月', '월']);
    let is_day = behind.starts_with(['日', '号', '號', '일']) && before.ends_with(['月', '월']);
    count <= 31 && (is_month || is_day || is_before_year(behind) || is_between(before, behind))
}

/// `June 2026`.
fn is_before_year(behind: &str) -> bool {
    let mut words = behind.split(' ').take(MAX_WORDS + 1);
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | ','));
    let first = words.next().unwrap_or_default();
    is_word(first) && unit_behind(first).is_none() && words.find(|word| !is_word(word)).is_some_and(starts_year)
}

/// `June`, and `, 2026` behind the day.
fn is_between(before: &str, behind: &str) -> bool {
    let is_after_word = before.ends_with(char::is_alphabetic);
    is_after_word && behind.strip_prefix([',', '،']).is_some_and(|year| starts_year(year.trim_start_matches(' ')))
}

fn starts_year(text: &str) -> bool {
    let digits: Vec<u8> = text.chars().map_while(digit).take(5).collect();
    matches!(digits[..], [1, 9, _, _] | [2, 0, _, _])
}

#[cfg(test)]
mod tests {
    use super::is_part;

    #[test]
    fn days_and_months_of_a_date_are_told_from_counts() {
        let is = |text: &str, number: &str| {
            let at = text.find(number).unwrap();
            is_part(text, &(at..at + number.len()))
        };
        for (text, number) in [
            ("一份2026年10月的记录", "10"),
            ("2026 年 6 月 30 日", "30"),
            ("until 30 June 2025.", "30"),
            ("June 30, 2025", "30"),
            ("am 30. Juni 2025", "30"),
            ("el 30 de junio de 2025", "30"),
            ("30 جون 2025 تک", "30"),
            ("۳۰ جون ۲۰۲۵", "۳۰"),
        ] {
            assert!(is(text, number), "{text}");
        }
        for (text, number) in [
            ("30日内", "30"),
            ("10个月", "10"),
            ("30 days in 2025", "30"),
            ("Rs 30 in June", "30"),
            ("pay 30, 2025 of them paid", "2025"),
            ("40 June 2025", "40"),
            ("130 June 2025", "130"),
            ("30", "30"),
        ] {
            assert!(!is(text, number), "{text}");
        }
    }
}
