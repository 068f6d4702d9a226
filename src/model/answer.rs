//! What a fact answers, as claims name it.

use super::fact::{CONFLICT, Reading, UNKNOWN};
use super::value::{Amount, Value};

/// What readings that hold at once answer; empty for words without a name, nothing without a reading.
#[must_use]
pub fn answer(held: &[&Reading]) -> Option<String> {
    match held {
        [] => None,
        [only] => Some(of_reading(only)),
        _ => Some(CONFLICT.to_owned()),
    }
}

/// Whether words that were written for an answer still fit while these readings hold.
#[must_use]
pub fn fits(wanted: &str, held: &[&Reading]) -> bool {
    let value = if let [only] = held { written(&only.value) } else { None };
    answer(held).as_deref() == Some(wanted) || value.as_deref() == Some(wanted)
}

/// What a reading answers.
#[must_use]
pub fn of_reading(reading: &Reading) -> String {
    match (&reading.value, &reading.id) {
        (Value::Unknown { .. }, _) => UNKNOWN.to_owned(),
        (Value::YesNoDepends { answer, .. }, _) => answer.name().to_owned(),
        (_, Some(id)) => id.as_str().to_owned(),
        (value, None) => written(value).unwrap_or_default(),
    }
}

/// An answer as braces take it: between quotes where it holds a space.
#[must_use]
pub fn quoted(answer: &str) -> String {
    match answer {
        "" => "id-of-the-reading".to_owned(),
        _ if answer.contains(' ') => format!("\"{answer}\""),
        _ => answer.to_owned(),
    }
}

/// A value as a policy file writes it; nothing for words and lists, whose reading needs an id.
#[must_use]
pub fn written(value: &Value) -> Option<String> {
    Some(match value {
        Value::Phone { number, .. } => number.clone(),
        Value::Ussd { code, .. } => code.clone(),
        Value::Sms { to, .. } => to.clone(),
        Value::Money { amount, .. }
        | Value::Duration { amount, .. }
        | Value::Count { amount, .. }
        | Value::Percentage(amount) => match amount {
            Amount::Exact(figure) => figure.to_string(),
            Amount::AtMost(figure) => format!("at_most: {figure}"),
            Amount::AtLeast(figure) => format!("at_least: {figure}"),
            Amount::Between(from, to) => format!("from: {from}, to: {to}"),
        },
        Value::Date(day) => day.to_string(),
        Value::YesNoDepends { answer, .. } => answer.name().to_owned(),
        Value::Url(address) | Value::Email(address) => address.clone(),
        Value::Documents(_) | Value::Text(_) | Value::Unknown { .. } => return None,
    })
}
