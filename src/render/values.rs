//! A fact's value as HTML that fits inside a sentence of a locale.

use super::escape::{code, escape, figure};
use super::words::{Words, fill};
use crate::model::currency::decimals;
use crate::model::decimal::Decimal;
use crate::model::fact::Reading;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::model::strings::CURRENCY;
use crate::model::value::{Amount, Answer, SmsText, Value};

/// Strings that values and their marks are worded with; every locale has to have them.
pub const STRINGS: &[&str] = &[
    "value.exact",
    "value.at_most",
    "value.at_least",
    "value.between",
    "value.percent",
    "value.count_of",
    "value.yes",
    "value.no",
    "value.depends",
    "value.answer",
    "value.sms",
    "value.phone_also",
    "value.from_network",
    "value.unknown",
    "value.conflict",
    "value.then",
    "value.ended",
    "claim.ends",
    "claim.ended",
    "value.about",
    "value.sentences",
    "unit.minutes",
    "unit.hours",
    "unit.days",
    "unit.working-days",
    "unit.weeks",
    "unit.months",
    "unit.years",
    "fact.badge.reported",
    "fact.badge.staff",
    "fact.badge.reader",
    "fact.badge.unverified",
    "fact.badge.unknown",
    "fact.badge.conflict",
];

/// Writes values in one locale.
#[derive(Clone, Copy)]
pub struct Values<'a> {
    /// Where carriers' names come from.
    pub site: &'a Site,
    /// The locale's words.
    pub words: &'a Words,
    /// The locale.
    pub locale: LocaleIx,
}

impl Values<'_> {
    /// The value as HTML.
    #[must_use]
    pub fn html(&self, value: &Value) -> String {
        match value {
            Value::Phone { number, network, international } => {
                self.phone(number, network.as_ref(), international.as_deref())
            }
            Value::Ussd { code: dialled, network } => self
                .with_network(format!("<bdi class=\"num ussd\" dir=ltr>{}</bdi>", escape(dialled)), network.as_ref()),
            Value::Sms { to, text, network } => self.sms(to, text, network.as_ref()),
            Value::Money { currency, amount } => self.money(currency, *amount),
            Value::Duration { unit, amount } => self.counted(*amount, &format!("unit.{}", unit.name())),
            Value::Count { amount, of } => self.count(*amount, of.as_ref().map(|of| of.get(self.locale).as_str())),
            Value::Percentage(amount) => self.amount(*amount, |number| self.percent(number)),
            Value::Date(date) => {
                let date = self.words.date(*date);
                format!("<time datetime={}>{}</time>", date.iso, escape(&date.text))
            }
            Value::YesNoDepends { answer, detail } => {
                self.answer(*answer, detail.as_ref().map(|detail| detail.get(self.locale).as_str()))
            }
            Value::Url(url) => {
                format!("<a class=url href=\"{0}\" rel=noreferrer><bdi dir=ltr>{0}</bdi></a>", escape(url))
            }
            Value::Email(address) => {
                format!("<a class=url href=\"mailto:{0}\"><bdi dir=ltr>{0}</bdi></a>", escape(address))
            }
            Value::Documents(documents) => {
                let labels: Vec<String> =
                    documents.iter().map(|document| self.words.prose(document.label.get(self.locale))).collect();
                self.words.all_of(&labels)
            }
            Value::Text(text) => self.words.prose(text.get(self.locale)),
            Value::Unknown { .. } => self.unknown(),
        }
    }

    /// Several readings that hold at once, owned up to as such.
    #[must_use]
    pub fn conflict(&self, readings: &[String]) -> String {
        self.filled("value.conflict", &[("values", &self.words.one_of(readings))])
    }

    /// A value that ended, with nothing said of what holds since.
    #[must_use]
    pub fn ended(&self, last: &Reading) -> String {
        let until = last.until.map(|day| self.html(&Value::Date(day))).unwrap_or_default();
        self.filled("value.ended", &[("value", &self.html(&last.value)), ("date", &until)])
    }

    /// That nobody could find out.
    #[must_use]
    pub fn unknown(&self) -> String {
        self.filled("value.unknown", &[])
    }

    /// A string whose places take HTML.
    fn filled(&self, key: &str, values: &[(&str, &str)]) -> String {
        // The strings are the theme's own and are escaped as text; what fills them is HTML already.
        fill(&escape(&self.words.text(key, &[])), values)
    }

    fn figure(&self, number: Decimal) -> String {
        figure(&self.words.number(number), self.words.direction)
    }

    fn amount(&self, amount: Amount, one: impl Fn(Decimal) -> String) -> String {
        match amount {
            Amount::Exact(number) => self.filled("value.exact", &[("amount", &one(number))]),
            Amount::AtMost(number) => self.filled("value.at_most", &[("amount", &one(number))]),
            Amount::AtLeast(number) => self.filled("value.at_least", &[("amount", &one(number))]),
            Amount::Between(from, to) => self.filled("value.between", &[("from", &one(from)), ("to", &one(to))]),
        }
    }

    /// An amount of something with plural forms: the unit stands once, behind a range's end.
    fn counted(&self, amount: Amount, unit: &str) -> String {
        let with_unit = |number: Decimal| self.words.prose(&self.words.counted(unit, number));
        match amount {
            Amount::Between(from, to) => {
                self.filled("value.between", &[("from", &self.figure(from)), ("to", &with_unit(to))])
            }
            other => self.amount(other, with_unit),
        }
    }

    /// In the theme's words for the currency where it has some, else as the language writes it.
    fn money(&self, currency: &str, amount: Amount) -> String {
        // A whole sum needs no decimals; with some, all are shown that the currency has, and none is rounded away.
        let is_whole = amount.figures().iter().all(|figure| figure.in_places(0).whole().is_some());
        let most = decimals(currency);
        let places = |number: Decimal| if is_whole { number.places().min(most) } else { most };
        let number = |number: Decimal| self.words.number(number.in_places(places(number)));
        let figure = |figure_of: Decimal| figure(&number(figure_of), self.words.direction);
        let key = format!("{CURRENCY}{currency}");
        let money = &self.words.money;
        match amount {
            Amount::Between(from, to) if self.words.has(&key) => {
                let range = self.filled("value.between", &[("from", &figure(from)), ("to", &figure(to))]);
                self.filled(&key, &[("amount", &range)])
            }
            other if self.words.has(&key) => {
                self.amount(other, |figure_of| self.filled(&key, &[("amount", &figure(figure_of))]))
            }
            Amount::Between(from, to) => {
                let first =
                    if money.has_sign_first(currency) { money.priced(currency, &number(from)) } else { figure(from) };
                self.filled("value.between", &[("from", &first), ("to", &money.priced(currency, &number(to)))])
            }
            other => self.amount(other, |figure_of| money.priced(currency, &number(figure_of))),
        }
    }

    fn count(&self, amount: Amount, of: Option<&str>) -> String {
        let count = self.amount(amount, |figure| self.figure(figure));
        match of {
            Some(of) => self.filled("value.count_of", &[("count", &count), ("of", &escape(of))]),
            None => count,
        }
    }

    fn percent(&self, number: Decimal) -> String {
        figure(&self.words.percent(number), self.words.direction)
    }

    fn answer(&self, answer: Answer, detail: Option<&str>) -> String {
        let word = self.filled(
            match answer {
                Answer::Yes => "value.yes",
                Answer::No => "value.no",
                Answer::Depends => "value.depends",
            },
            &[],
        );
        match detail {
            Some(detail) => self.filled("value.answer", &[("answer", &word), ("detail", &self.words.prose(detail))]),
            None => word,
        }
    }

    fn with_network(&self, number: String, network: Option<&Id>) -> String {
        let Some(name) =
            network.and_then(|id| self.site.carriers.get(id)).map(|carrier| escape(carrier.name.get(self.locale)))
        else {
            return number;
        };
        self.filled("value.from_network", &[("number", &number), ("carrier", &name)])
    }

    fn phone(&self, number: &str, network: Option<&Id>, international: Option<&str>) -> String {
        let link = |text: &str| format!("<a class=tel href={}>{}</a>", tel(text), code(text));
        let own = self.with_network(link(number), network);
        match international {
            Some(international) => {
                self.filled("value.phone_also", &[("number", &own), ("international", &link(international))])
            }
            None => own,
        }
    }

    /// Its number opens the phone's messages, with the text ready where it is known; the reader sends it.
    fn sms(&self, to: &str, text: &SmsText, network: Option<&Id>) -> String {
        let (text, body) = match text {
            SmsText::Literal(text) => (code(text), format!("?body={}", percent_encoded(text))),
            SmsText::Described(text) => (self.words.prose(text.get(self.locale)), String::new()),
        };
        let to = format!("<a class=tel href=\"sms:{to}{body}\">{}</a>", code(to));
        self.with_network(self.filled("value.sms", &[("text", &text), ("to", &to)]), network)
    }
}

/// A text as addresses carry it.
/// The address that calls a number, however it is written for readers: `tel:042111222333`.
#[must_use]
pub fn tel(number: &str) -> String {
    let dialled: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    format!("tel:{dialled}")
}

fn percent_encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
