//! What a fact can say: one variant a kind, and `Unknown` as an answer of its own.

use jiff::civil::Date;

use super::decimal::Decimal;
use super::id::Id;
use super::locale::Localized;

/// The kind of a fact's values, as named in a policy file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the policy files")]
pub enum Kind {
    Phone,
    Ussd,
    Sms,
    Money,
    Duration,
    Count,
    Percentage,
    Date,
    YesNoDepends,
    Url,
    Email,
    Documents,
    Text,
}

impl Kind {
    /// Every kind with its name.
    pub const NAMES: &[(&'static str, Self)] = &[
        ("phone", Self::Phone),
        ("ussd", Self::Ussd),
        ("sms", Self::Sms),
        ("money", Self::Money),
        ("duration", Self::Duration),
        ("count", Self::Count),
        ("percentage", Self::Percentage),
        ("date", Self::Date),
        ("yes-no-depends", Self::YesNoDepends),
        ("url", Self::Url),
        ("email", Self::Email),
        ("documents", Self::Documents),
        ("text", Self::Text),
    ];

    /// The name used in policy files.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// Whether it is something to call, dial, write to or visit.
    #[must_use]
    pub fn is_contact(self) -> bool {
        matches!(self, Self::Phone | Self::Ussd | Self::Sms | Self::Url | Self::Email)
    }
}

/// How much, when a source may give a figure, a bound or a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// Just this.
    Exact(Decimal),
    /// This or less.
    AtMost(Decimal),
    /// This or more.
    AtLeast(Decimal),
    /// Anything between the two, both included.
    Between(Decimal, Decimal),
}

impl Amount {
    /// The figures that appear in it.
    #[must_use]
    pub fn figures(self) -> Vec<Decimal> {
        match self {
            Self::Exact(one) | Self::AtMost(one) | Self::AtLeast(one) => vec![one],
            Self::Between(from, to) => vec![from, to],
        }
    }
}

/// Units of time. A `working-day` leaves out the days on which counters are closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the policy files")]
pub enum Unit {
    Minutes,
    Hours,
    Days,
    WorkingDays,
    Weeks,
    Months,
    Years,
}

impl Unit {
    /// Every unit with its name.
    pub const NAMES: &[(&'static str, Self)] = &[
        ("minutes", Self::Minutes),
        ("hours", Self::Hours),
        ("days", Self::Days),
        ("working-days", Self::WorkingDays),
        ("weeks", Self::Weeks),
        ("months", Self::Months),
        ("years", Self::Years),
    ];

    /// The name used in policy files and in the theme's strings.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, unit)| *unit == self).map_or("", |(name, _)| name)
    }
}

/// What an SMS has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SmsText {
    /// These very characters.
    Literal(String),
    /// Something of the reader's own, described: "your identity card number without dashes".
    Described(Localized<String>),
}

/// An answer to a yes-or-no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "plain words")]
pub enum Answer {
    Yes,
    No,
    Depends,
}

impl Answer {
    /// Every answer with its name.
    pub const NAMES: &[(&'static str, Self)] = &[("yes", Self::Yes), ("no", Self::No), ("depends", Self::Depends)];

    /// The name used in policy files and in published data.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, answer)| *answer == self).map_or("", |(name, _)| name)
    }
}

/// A document to bring or to get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: Id,
    /// What it is called.
    pub label: Localized<String>,
}

/// A fact's value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the policy files")]
pub enum Value {
    /// A number to call; `network` is the carrier it works from, `international` the form that works everywhere.
    Phone { number: String, network: Option<Id>, international: Option<String> },
    /// A code to dial.
    Ussd { code: String, network: Option<Id> },
    /// A message to send.
    Sms { to: String, text: SmsText, network: Option<Id> },
    /// A sum in an ISO 4217 currency.
    Money { currency: String, amount: Amount },
    /// A length of time.
    Duration { unit: Unit, amount: Amount },
    /// A number of things.
    Count { amount: Amount, of: Option<Localized<String>> },
    /// Parts of a hundred.
    Percentage(Amount),
    /// A day.
    Date(Date),
    /// Yes, no, or it depends; on what is said in `detail`.
    YesNoDepends { answer: Answer, detail: Option<Localized<String>> },
    /// An `https` or `http` address.
    Url(String),
    /// An e-mail address.
    Email(String),
    /// Documents, in order.
    Documents(Vec<Document>),
    /// Words.
    Text(Localized<String>),
    /// Nobody we could read says; `ask` is what a reader can ask instead.
    Unknown { ask: Localized<String> },
}

impl Value {
    /// The numbers as a careless editor would type them into prose.
    #[must_use]
    pub fn typed_numbers(&self) -> Vec<String> {
        match self {
            Self::Phone { number, international, .. } => {
                std::iter::once(number).chain(international).cloned().collect()
            }
            Self::Ussd { code, .. } => vec![code.clone()],
            Self::Sms { to, .. } => vec![to.clone()],
            Self::Money { amount, .. }
            | Self::Duration { amount, .. }
            | Self::Count { amount, .. }
            | Self::Percentage(amount) => amount.figures().iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        }
    }

    /// The carrier from whose SIMs a number or code works, if only from there.
    #[must_use]
    pub fn network(&self) -> Option<&Id> {
        match self {
            Self::Phone { network, .. } | Self::Ussd { network, .. } | Self::Sms { network, .. } => network.as_ref(),
            _ => None,
        }
    }
}
