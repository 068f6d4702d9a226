//! A short form that calls its figure the most where the value calls it the least, or the other way round: in the words that the theme
//! itself says such values in, right beside the figure. Other words are nobody's to judge.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::model::strings::Message;
use crate::model::value::{Amount, Value};
use crate::parse::Documents;
use crate::parse::policy::RawReading;
use crate::script::digit;

/// So many characters may stand between the words and the figure: a currency and spaces.
const GAP: usize = 8;

pub fn check(documents: &Documents, site: &Site, sink: &mut Diagnostics) {
    for reading in documents.policies.values().flat_map(|policy| &policy.facts).flat_map(|fact| &fact.readings) {
        sink.extend(contradicted(reading, site));
    }
}

fn contradicted(reading: &RawReading, site: &Site) -> Diagnostics {
    let mut sink = Diagnostics::default();
    let (Value::Money { amount, .. }
    | Value::Duration { amount, .. }
    | Value::Count { amount, .. }
    | Value::Percentage(amount)) = &reading.value
    else {
        return sink;
    };
    let (figure, other, [here, there]) = match amount {
        Amount::AtMost(figure) => (figure, "value.at_least", ["the most", "the least"]),
        Amount::AtLeast(figure) => (figure, "value.at_most", ["the least", "the most"]),
        Amount::Exact(_) | Amount::Between(..) => return sink,
    };
    let Some(short) = &reading.short else { return sink };
    let says = |(ix, _): &(LocaleIx, _)| {
        let words = site.strings[ix.0].entries.get(other).filter(|words| !words.borrowed);
        let Some(Message::Plain(words)) = words.map(|words| &words.message) else { return false };
        words.split_once("{amount}").is_some_and(|around| is_said(short.get(*ix), around, &figure.to_string()))
    };
    if let Some((_, locale)) = site.config.locales().find(says) {
        let headline =
            format!("this says that {figure} is {here}, and its `short` says in `{}` that it is {there}", locale.id);
        sink.push(Diagnostic::new(Code::BadValue, reading.place, headline).help(
            "look up in its sources which of the two is right, and say that in both; when a value changes, its `short` and its `note` change with it",
        ));
    }
    sink
}

/// Whether words stand right before a figure, or behind it where nothing is said before.
fn is_said(text: &str, (before, behind): (&str, &str), figure: &str) -> bool {
    let text = plain(text);
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let [before, behind] = [before, behind].map(|words| plain(words).trim().to_owned());
    match (before.as_str(), behind.as_str()) {
        ("", "") => false,
        ("", behind) => text.match_indices(behind).any(|(at, _)| {
            let gap =
                text[..at].chars().rev().take(GAP).take_while(|c| !is_number(*c)).map(char::len_utf8).sum::<usize>();
            let rest = &text[..at - gap];
            rest.strip_suffix(figure).is_some_and(|rest| !rest.ends_with(is_number))
        }),
        (before, _) => text.match_indices(before).any(|(at, words)| {
            let rest = &text[at + words.len()..];
            let gap = rest.chars().take(GAP).take_while(|c| !is_number(*c)).map(char::len_utf8).sum::<usize>();
            rest[gap..].strip_prefix(figure).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        }),
    }
}

/// In small letters, with plain digits and without the marks between their groups.
fn plain(text: &str) -> String {
    let plain = |c: char| digit(c).map_or(c, |digit| char::from(b'0' + digit));
    text.to_lowercase().replace([',', '٬'], "").chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::is_said;

    #[test]
    fn words_are_looked_for_right_beside_the_figure() {
        let most = ("at most ", "");
        assert!(is_said("At most Rs 200, if new", most, "200"));
        assert!(is_said("最多200卢比", ("最多", ""), "200"));
        assert!(is_said("زیادہ سے زیادہ 200 روپے", ("زیادہ سے زیادہ ", ""), "200"));
        assert!(is_said("200 روبية على الأكثر", ("", " على الأكثر"), "200"));
        for other in ["Rs 200, kept for at most 6 months", "at most 2000", "at most one SIM, Rs 200", "up to Rs 200"] {
            assert!(!is_said(other, most, "200"), "{other}");
        }
        assert!(!is_said("1200 على الأكثر", ("", " على الأكثر"), "200"));
    }
}
