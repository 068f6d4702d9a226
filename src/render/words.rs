//! The words of a locale: UI strings with plural forms, numbers, dates and lists as CLDR has them, in the digits that the site asks for.

use icu_calendar::Iso;
use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::YMD;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal as IcuDecimal;
use icu_list::ListFormatter;
use icu_locale_core::Locale as Tag;
use icu_plurals::PluralRules;
use jiff::civil::Date;

use crate::model::decimal::Decimal;
use crate::model::evidence::PartialDate;
use crate::model::locale::{Direction, Locale};
use crate::model::strings::{Message, Strings, category};
use crate::render::escape::{escape, push_prose};
use crate::render::money::Money;
use crate::script::digits::Digits;
use crate::view::{DateView, LocaleView};

/// Formatters and strings of one locale. Made once a build.
pub struct Words {
    /// The locale as templates see it.
    pub view: LocaleView,
    /// Its direction.
    pub direction: Direction,
    digits: Digits,
    strings: Strings,
    plurals: PluralRules,
    numbers: DecimalFormatter,
    dates: DateTimeFormatter<YMD>,
    months: DateTimeFormatter<icu_datetime::fieldsets::YM>,
    and: ListFormatter,
    or: ListFormatter,
    /// How sums of money are written.
    pub money: Money,
}

impl Words {
    /// Nothing when CLDR does not know the locale at all.
    #[must_use]
    pub fn new(locale: &Locale, strings: &Strings) -> Option<Self> {
        let formats = locale.formats_tag();
        let tag: Tag = formats.parse().ok()?;
        Some(Self {
            view: LocaleView {
                id: locale.id.as_str().to_owned(),
                tag: locale.tag.clone(),
                dir: locale.direction.as_str(),
                name: locale.name.clone(),
                formats,
            },
            digits: locale.digits,
            direction: locale.direction,
            strings: strings.clone(),
            plurals: PluralRules::try_new((&tag).into(), icu_plurals::PluralRulesOptions::default()).ok()?,
            numbers: DecimalFormatter::try_new((&tag).into(), icu_decimal::options::DecimalFormatterOptions::default())
                .ok()?,
            dates: DateTimeFormatter::try_new((&tag).into(), YMD::medium()).ok()?,
            months: DateTimeFormatter::try_new((&tag).into(), icu_datetime::fieldsets::YM::medium()).ok()?,
            and: ListFormatter::try_new_and((&tag).into(), icu_list::options::ListFormatterOptions::default()).ok()?,
            money: Money::new(&locale.formats, locale.direction),
            or: ListFormatter::try_new_or((&tag).into(), icu_list::options::ListFormatterOptions::default()).ok()?,
        })
    }

    /// Plain words as HTML, with every number and code isolated where the text runs right to left.
    #[must_use]
    pub fn prose(&self, text: &str) -> String {
        let mut html = String::new();
        push_prose(&mut html, text, self.direction);
        html
    }

    /// Whether there is such a string.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.strings.get(key).is_some()
    }

    /// A string with its places filled; `{n}`, in plain digits, chooses the plural form and is shown in those of the locale. A key that
    /// is not there shows itself, and was reported.
    #[must_use]
    pub fn text(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.filled(self.wording(key, values), values)
    }

    /// A string as HTML: its own words are text, and what fills its places is HTML already.
    #[must_use]
    pub fn html(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.filled(&escape(self.wording(key, values)), values)
    }

    fn filled(&self, wording: &str, values: &[(&str, &str)]) -> String {
        if self.digits.is_latin() {
            return fill(wording, values);
        }
        let own: Vec<(&str, String)> = values
            .iter()
            .map(|(name, value)| (*name, if *name == "n" { self.digits.write(value) } else { (*value).to_owned() }))
            .collect();
        fill(wording, &own.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>())
    }

    /// The words of a string before its places are filled.
    fn wording<'a>(&'a self, key: &'a str, values: &[(&str, &str)]) -> &'a str {
        match self.strings.get(key).map(|entry| &entry.message) {
            None => key,
            Some(Message::Plain(text)) => text,
            Some(Message::Plural(forms)) => {
                let number = values.iter().find(|(name, _)| *name == "n").map_or("0", |(_, number)| number);
                let form = self.plural_form(number);
                forms.get(form).or_else(|| forms.get("other")).map_or(key, String::as_str)
            }
        }
    }

    /// Every form of a string with its places left open, by CLDR's plural category, for scripts, which choose among them: that of `other`
    /// stands for those that say the same.
    #[must_use]
    pub fn forms(&self, key: &str) -> Vec<(&str, &str)> {
        match self.strings.get(key).map(|entry| &entry.message) {
            None => Vec::new(),
            Some(Message::Plain(text)) => vec![("other", text)],
            Some(Message::Plural(forms)) => {
                let other = forms.get("other");
                let own = forms.iter().filter(|(name, text)| *name == "other" || Some(*text) != other);
                own.map(|(name, text)| (name.as_str(), text.as_str())).collect()
            }
        }
    }

    /// So many of something: the plural form is that of the number, the digits are set as the locale sets them.
    #[must_use]
    pub fn counted(&self, key: &str, number: Decimal) -> String {
        let wording = match self.strings.get(key).map(|entry| &entry.message) {
            Some(Message::Plural(forms)) => {
                forms.get(self.plural_form(&number.to_string())).or_else(|| forms.get("other"))
            }
            Some(Message::Plain(text)) => Some(text),
            None => None,
        };
        fill(wording.map_or(key, String::as_str), &[("n", &self.number(number))])
    }

    /// CLDR's plural category of a number in plain digits.
    fn plural_form(&self, number: &str) -> &'static str {
        number.parse::<IcuDecimal>().map_or("other", |number| category(self.plurals.category_for(&number)))
    }

    /// A number with the locale's separators.
    #[must_use]
    pub fn number(&self, number: Decimal) -> String {
        let number: IcuDecimal = number.to_string().parse().unwrap_or_default();
        self.numbers.format(&number).to_string()
    }

    /// Parts of a hundred.
    #[must_use]
    pub fn percent(&self, number: Decimal) -> String {
        let percent = self.text("value.percent", &[("number", &self.number(number))]);
        if self.digits.is_arabic() { percent.replace('%', "٪") } else { percent }
    }

    /// A day: 12 Nov 2026, 2026年11月12日.
    #[must_use]
    pub fn date(&self, date: Date) -> DateView {
        let text =
            calendar(date.year(), date.month(), date.day()).map(|day| plain(&self.dates.format(&day).to_string()));
        DateView { iso: date.to_string(), text: text.unwrap_or_else(|| date.to_string()) }
    }

    /// A day, or a month or year where no more is known.
    #[must_use]
    pub fn partial_date(&self, date: PartialDate) -> DateView {
        match date {
            PartialDate::Day(date) => self.date(date),
            PartialDate::Month(year, month) => {
                let iso = format!("{year:04}-{month:02}");
                let text = calendar(year, month, 1).map(|day| plain(&self.months.format(&day).to_string()));
                DateView { text: text.unwrap_or_else(|| iso.clone()), iso }
            }
            PartialDate::Year(year) => {
                DateView { iso: format!("{year:04}"), text: self.digits.write(&year.to_string()) }
            }
        }
    }

    /// A, B and C.
    #[must_use]
    pub fn all_of(&self, parts: &[String]) -> String {
        self.and.format(parts.iter()).to_string()
    }

    /// Whole sentences of which one holds, kept apart: "The SIM is lost; I am abroad".
    #[must_use]
    pub fn sentences(&self, parts: &[String]) -> String {
        let joined = |first: String, rest: &String| self.text("value.sentences", &[("first", &first), ("rest", rest)]);
        parts.iter().fold(String::new(), |all, next| if all.is_empty() { next.clone() } else { joined(all, next) })
    }

    /// A, B or C.
    #[must_use]
    pub fn one_of(&self, parts: &[String]) -> String {
        self.or.format(parts.iter()).to_string()
    }
}

fn calendar(year: i16, month: i8, day: i8) -> Option<icu_calendar::Date<Iso>> {
    icu_calendar::Date::try_new_iso(i32::from(year), u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()
}

/// A wording with its places filled, each once: what fills a place is never looked at again.
#[must_use]
pub fn fill(wording: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(wording.len());
    let mut rest = wording;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}').map(|at| open + at) else { break };
        text.push_str(&rest[..open]);
        match values.iter().find(|(name, _)| *name == &rest[open + 1..close]) {
            Some((_, value)) => text.push_str(value),
            None => text.push_str(&rest[open..=close]),
        }
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    text
}

/// CLDR puts a comma before the year of an Urdu date; readers of newspapers and forms know none there.
fn plain(date: &str) -> String {
    date.replace("، ", " ")
}
