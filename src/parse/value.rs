//! A reading's value, read by the kind of its fact.

use super::context::Context;
use super::meant;
use super::node::{Fields, Node};
use super::shape::value as shape;
use super::site_file::email;
use crate::diag::{Code, Diagnostic, Diagnostics, Spanned};
use crate::model::currency;
use crate::model::decimal::Decimal;
use crate::model::id::Id;
use crate::model::value::{Amount, Answer, Document, Kind, SmsText, Unit, Value};

/// Reads a value. A network it names is returned with its place, to be looked up later.
pub fn read(kind: Kind, node: Node<'_>, cx: &mut Context<'_>) -> Option<(Value, Option<Spanned<Id>>)> {
    if let Some(form) = form(kind).filter(|_| node.written().is_some()) {
        let headline = format!("a value of kind `{}` is a mapping, and this is {}", kind.name(), node.found());
        let meant = node.written().and_then(|words| meant::mapping(kind, words));
        let help = meant.map_or_else(|| format!("for example {form}"), |meant| format!("write {meant}"));
        cx.sink.push(Diagnostic::new(Code::WrongType, node.place(), headline).help(help));
        return None;
    }
    if let Some(other) = other_kind(kind, node) {
        let (key, other) = other;
        let headline =
            format!("a value with `{key}` is of kind `{}`, and this fact is of kind `{}`", other.name(), kind.name());
        let help = format!("say `kind: {}` above, or write the value as `{}` has it", other.name(), kind.name());
        let help = form(kind).map_or(help.clone(), |form| format!("{help}, for example {form}"));
        cx.sink.push(Diagnostic::new(Code::BadValue, node.place(), headline).help(help));
        return None;
    }
    let value = match kind {
        Kind::Phone | Kind::Ussd | Kind::Sms => return networked(kind, node, cx),
        Kind::Money | Kind::Duration | Kind::Count | Kind::Percentage => quantity(kind, node, cx)?,
        Kind::Date => Value::Date(node.date(&mut cx.sink)?),
        Kind::YesNoDepends => answer(node, cx)?,
        Kind::Url => Value::Url(node.url(&mut cx.sink)?.value),
        Kind::Email => Value::Email(email(node, &mut cx.sink)?),
        Kind::Documents => documents(node, cx)?,
        Kind::Text => Value::Text(cx.localized(node)?),
    };
    Some((value, None))
}

/// How a value of a kind is written, where that is a mapping.
fn form(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Phone => "{number: \"111\", network: jazz}",
        Kind::Ussd => "{code: \"*100#\", network: jazz}",
        Kind::Sms => "{to: \"668\", send: MNP}",
        Kind::Money => "{currency: PKR, exact: 200}",
        Kind::Duration => "{unit: days, exact: 365}",
        Kind::Count | Kind::Percentage => "{exact: 5}",
        Kind::YesNoDepends => "{answer: yes}",
        Kind::Text => "{zh: …, en: …, ur: …}",
        Kind::Date | Kind::Url | Kind::Email | Kind::Documents => return None,
    })
}

/// Keys by which a value of a kind is known: with one of another kind, the kind was changed and the value was not.
const SIGNS: [(&str, Kind); 6] = [
    ("number", Kind::Phone),
    ("code", Kind::Ussd),
    ("send", Kind::Sms),
    ("currency", Kind::Money),
    ("unit", Kind::Duration),
    ("answer", Kind::YesNoDepends),
];

/// The kind whose value stands here in place of one of `kind`, and the key that says so.
fn other_kind(kind: Kind, node: Node<'_>) -> Option<(&'static str, Kind)> {
    let keys: Vec<&str> = node.entries(&mut Diagnostics::default())?.into_iter().map(|(key, ..)| key).collect();
    let sign = SIGNS.iter().find(|(key, other)| *other != kind && keys.contains(key))?;
    let has_own = SIGNS.iter().any(|(key, own)| *own == kind && keys.contains(key));
    (!has_own).then_some(*sign)
}

fn networked(kind: Kind, node: Node<'_>, cx: &mut Context<'_>) -> Option<(Value, Option<Spanned<Id>>)> {
    let mut fields = match kind {
        Kind::Phone => node.fields::<shape::Phone>(&mut cx.sink),
        Kind::Ussd => node.fields::<shape::Ussd>(&mut cx.sink),
        _ => node.fields::<shape::Sms>(&mut cx.sink),
    }?;
    let network = fields.optional("network").and_then(|node| node.id(&mut cx.sink));
    let id = network.as_ref().map(|network| network.value.clone());
    let value = match kind {
        Kind::Phone => phone(&mut fields, id, cx),
        Kind::Ussd => ussd(&mut fields, id, cx),
        _ => sms(&mut fields, id, cx),
    };
    fields.finish(&mut cx.sink);
    Some((value?, network))
}

/// Digits with single spaces or hyphens between groups, optionally after `+`.
fn dialled(node: Node<'_>, expected: &str, plus: bool, cx: &mut Context<'_>) -> Option<String> {
    let text = node.text(&mut cx.sink)?.value;
    let digits = text.strip_prefix('+').unwrap_or(&text);
    let grouped = digits.split([' ', '-']).all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()));
    if grouped && (text.starts_with('+') == plus || !plus) && digits.len() <= 24 {
        return Some(text);
    }
    let is_native = text.contains(crate::script::is_native_digit);
    let expected = if is_native { "a number in the digits 0 to 9, which is what phones dial" } else { expected };
    node.wrong(expected, &mut cx.sink);
    None
}

fn phone(fields: &mut Fields<'_>, network: Option<Id>, cx: &mut Context<'_>) -> Option<Value> {
    let number = fields.required("number", &mut cx.sink);
    let number = number.and_then(|node| {
        dialled(node, "a phone number between quotes, such as \"111\" or \"042-111-300-300\"", false, cx)
    });
    let node = fields.optional("international");
    let international = node.and_then(|node| {
        dialled(node, "a number in international form between quotes, such as \"+92 300 3008000\"", true, cx)
    });
    if let (Some(number), Some(international), Some(node)) = (&number, &international, node) {
        same_number(number, international, node, cx);
    }
    Some(Value::Phone { number: number?, network, international })
}

/// Reports an international form that is another number: behind the code of the country stand the digits of the local one, without its 0.
/// Of short numbers nothing is known.
fn same_number(number: &str, international: &str, node: Node<'_>, cx: &mut Context<'_>) {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let Some(local) = digits(number).strip_prefix('0').map(str::to_owned).filter(|local| local.len() > 6) else {
        return;
    };
    if !digits(international).ends_with(&local) {
        let headline = format!("`{international}` is another number than `{number}`");
        let help = format!("behind the code of the country it ends with {local}; one of the two is mistyped");
        cx.sink.push(Diagnostic::new(Code::BadValue, node.place(), headline).help(help));
    }
}

fn ussd(fields: &mut Fields<'_>, network: Option<Id>, cx: &mut Context<'_>) -> Option<Value> {
    let node = fields.required("code", &mut cx.sink)?;
    let code = node.text(&mut cx.sink)?.value;
    let dials = |c: char| c.is_ascii_alphanumeric() || c == '*' || c == '#';
    if code.starts_with(['*', '#']) && code.ends_with('#') && code.chars().all(dials) {
        return Some(Value::Ussd { code, network });
    }
    let expected = "a code between quotes that begins with * or # and ends with #, such as \"*100#\"";
    let is_native = code.contains(crate::script::is_native_digit);
    node.wrong(
        if is_native { "a code in the digits 0 to 9, which is what phones dial" } else { expected },
        &mut cx.sink,
    );
    None
}

fn sms(fields: &mut Fields<'_>, network: Option<Id>, cx: &mut Context<'_>) -> Option<Value> {
    let to = fields.required("to", &mut cx.sink);
    let to = to.and_then(|node| dialled(node, "the number to send to between quotes, such as \"668\"", false, cx));
    let send = fields.required("send", &mut cx.sink)?;
    let text = if send.written().is_some() {
        SmsText::Literal(send.text(&mut cx.sink)?.value)
    } else {
        SmsText::Described(cx.localized(send)?)
    };
    Some(Value::Sms { to: to?, text, network })
}

fn quantity(kind: Kind, node: Node<'_>, cx: &mut Context<'_>) -> Option<Value> {
    let mut fields = match kind {
        Kind::Money => node.fields::<shape::Money>(&mut cx.sink),
        Kind::Duration => node.fields::<shape::Duration>(&mut cx.sink),
        Kind::Count => node.fields::<shape::Quantity>(&mut cx.sink),
        _ => node.fields::<shape::Percentage>(&mut cx.sink),
    }?;
    let currency = (kind == Kind::Money).then(|| currency(&mut fields, cx));
    let unit = (kind == Kind::Duration)
        .then(|| fields.required("unit", &mut cx.sink).and_then(|node| node.choice(Unit::NAMES, &mut cx.sink)));
    let of = if kind == Kind::Count { fields.optional("of").and_then(|node| cx.localized(node)) } else { None };
    let amount = amount(&mut fields, cx);
    fields.finish(&mut cx.sink);
    let amount = amount?;
    let whole = amount.figures().iter().all(|figure| figure.whole().is_some());
    if matches!(kind, Kind::Duration | Kind::Count) && !whole {
        node.bad("a duration or a count is a whole number", "use a smaller unit", &mut cx.sink);
        return None;
    }
    Some(match kind {
        Kind::Money => Value::Money { currency: currency??, amount },
        Kind::Duration => Value::Duration { unit: unit??, amount },
        Kind::Percentage => Value::Percentage(amount),
        _ => Value::Count { amount, of },
    })
}

fn currency(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<String> {
    let node = fields.required("currency", &mut cx.sink)?;
    let text = node.text(&mut cx.sink)?.value;
    if currency::is_code(&text) {
        return Some(text);
    }
    let help = match currency::near(&text).as_slice() {
        [] => "write its three capital letters, such as PKR or EUR".to_owned(),
        [near] => format!("did you mean `{near}`?"),
        several => format!("did you mean one of {}?", several.join(", ")),
    };
    node.bad(format!("`{text}` is no currency of ISO 4217"), help, &mut cx.sink);
    None
}

fn amount(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Amount> {
    let mut figure = |key| fields.optional(key).map(|node| (node, decimal(node, cx)));
    let (exact, at_most, at_least) = (figure("exact"), figure("at_most"), figure("at_least"));
    let (from, to) = (figure("from"), figure("to"));
    match (exact, at_most, at_least, from, to) {
        (Some((_, one)), None, None, None, None) => one.map(Amount::Exact),
        (None, Some((_, one)), None, None, None) => one.map(Amount::AtMost),
        (None, None, Some((_, one)), None, None) => one.map(Amount::AtLeast),
        (None, None, None, Some((_, from)), Some((node, to))) => {
            let (from, to) = (from?, to?);
            if from >= to {
                node.bad(
                    format!("the range ends at {to} and begins at {from}"),
                    "give the smaller figure as `from`",
                    &mut cx.sink,
                );
                return None;
            }
            Some(Amount::Between(from, to))
        }
        _ if fields.is_torn(&["exact", "at_most", "at_least", "from", "to"]) => None,
        _ => {
            cx.sink.push(
                Diagnostic::new(Code::BadValue, fields.place(), "it is not clear how much this is")
                    .help("give one of `exact`, `at_most`, `at_least`, or both `from` and `to`"),
            );
            None
        }
    }
}

fn decimal(node: Node<'_>, cx: &mut Context<'_>) -> Option<Decimal> {
    let decimal = node.written().and_then(Decimal::parse);
    if decimal.is_none() {
        match node.written().and_then(with_commas) {
            Some(right) => {
                let headline = format!("expected a number such as 200 or 8.60, found {}", node.found());
                let help = format!("write {right}: a point stands before parts of one, and nothing between thousands");
                cx.sink.push(Diagnostic::new(Code::WrongType, node.place(), headline).help(help));
            }
            None => match node.written().and_then(with_more) {
                Some(number) => {
                    let headline = format!("expected a number such as 200 or 8.60, found {}", node.found());
                    let help = format!("write {number} alone: currency and unit have keys of their own");
                    cx.sink.push(Diagnostic::new(Code::WrongType, node.place(), headline).help(help));
                }
                None => node.wrong("a number such as 200 or 8.60, without separators or sign", &mut cx.sink),
            },
        }
    }
    decimal
}

/// The number of one that stands with its currency or unit: `8.60 PKR`.
fn with_more(written: &str) -> Option<&str> {
    let is_figure = |c: char| c.is_ascii_digit() || c == '.';
    let number = written.trim_matches(|c| !is_figure(c)).trim_end_matches('.');
    let rest = written.replacen(number, "", 1);
    (Decimal::parse(number).is_some() && rest.chars().any(char::is_alphabetic) && !rest.contains(is_figure))
        .then_some(number)
}

/// What a number with commas means: `1,500` a thousand and more, `8,60` one with parts.
fn with_commas(written: &str) -> Option<String> {
    let (whole, rest) = written.split_once(',')?;
    let is_number = written.bytes().all(|byte| byte.is_ascii_digit() || byte == b',') && !whole.is_empty();
    let are_thousands = rest.split(',').all(|part| part.len() == 3);
    match rest.len() {
        _ if !is_number => None,
        _ if are_thousands => Some(written.replace(',', "")),
        1 | 2 if !rest.contains(',') => Some(written.replace(',', ".")),
        _ => None,
    }
}

fn answer(node: Node<'_>, cx: &mut Context<'_>) -> Option<Value> {
    let mut fields = node.fields::<shape::YesNoDepends>(&mut cx.sink)?;
    let answer = fields.required("answer", &mut cx.sink).and_then(|node| node.choice(Answer::NAMES, &mut cx.sink));
    let detail = if answer == Some(Answer::Depends) {
        fields.required("detail", &mut cx.sink)
    } else {
        fields.optional("detail")
    };
    let detail = detail.and_then(|node| cx.localized(node));
    fields.finish(&mut cx.sink);
    Some(Value::YesNoDepends { answer: answer?, detail })
}

fn documents(node: Node<'_>, cx: &mut Context<'_>) -> Option<Value> {
    let mut documents = Vec::new();
    let mut places = Vec::new();
    let nodes = node.list(&mut cx.sink)?;
    if nodes.is_empty() {
        node.wrong("at least one document", &mut cx.sink);
    }
    for node in nodes {
        let Some(mut fields) = node.fields::<shape::Document>(&mut cx.sink) else { continue };
        let id = fields.required("id", &mut cx.sink).and_then(|node| node.id(&mut cx.sink));
        let label = fields.required("label", &mut cx.sink).and_then(|node| cx.localized(node));
        fields.finish(&mut cx.sink);
        if let (Some(id), Some(label)) = (id, label) {
            places.push(id.place);
            documents.push(Document { id: id.value, label });
        }
    }
    super::ids::unique("document", documents.iter().map(|document| &document.id).zip(places), &mut cx.sink);
    Some(Value::Documents(documents))
}
