//! UI strings: the theme's words in one locale, with plural forms.

use std::collections::BTreeMap;

use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

use crate::diag::Span;
use crate::source::tree::FileId;

/// CLDR's plural categories, by which words have forms beside a number.
pub const CATEGORIES: &[&str] = &["zero", "one", "two", "few", "many", "other"];
/// Keys of strings that say how sums in a currency are worded, before its code: in any locale, and in none, for CLDR has a way of its own.
pub const CURRENCY: &str = "currency.";
/// Keys of strings that word a day which readers know, before its name: `dates.opened.label`.
const DATES: &str = "dates.";
/// What stands in the place of such a name where a day has no words of its own.
const ANY_DAY: &str = "any";

/// The words of one locale, by dotted key.
#[derive(Debug, Clone, Default)]
pub struct Strings {
    /// Every string.
    pub entries: BTreeMap<String, UiString>,
    /// The theme's own file of the locale, whether it is there or not.
    pub home: FileId,
}

impl Strings {
    /// A string. What nobody says of a day by its name is said as of any day.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&UiString> {
        self.entries.get(key).or_else(|| self.of_any_day(day_words(key)?.1))
    }

    /// What is said of any day: the label of the field, and so on.
    #[must_use]
    pub fn of_any_day(&self, part: &str) -> Option<&UiString> {
        self.entries.get(&format!("{DATES}{ANY_DAY}.{part}"))
    }

    /// What there is to say of a day.
    pub fn parts_of_days(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().filter_map(|key| key.strip_prefix(DATES)?.strip_prefix(ANY_DAY)?.strip_prefix('.'))
    }

    /// The words of days by name: the day, what is said of it, and how.
    pub fn of_days(&self) -> impl Iterator<Item = (&str, &str, &UiString)> {
        self.entries.iter().filter_map(|(key, entry)| day_words(key).map(|(day, part)| (day, part, entry)))
    }
}

/// The name of a day and what its words are for: `opened` and `label` of `dates.opened.label`.
#[must_use]
pub fn day_words(key: &str) -> Option<(&str, &str)> {
    key.strip_prefix(DATES)?.split_once('.').filter(|(day, _)| *day != ANY_DAY)
}

/// One string.
#[derive(Debug, Clone)]
pub struct UiString {
    /// What it says.
    pub message: Message,
    /// Where it stands.
    pub place: Span,
    /// Whether it is in English because nobody said it in the locale.
    pub borrowed: bool,
}

/// What a string says, with `{name}` where values go.
#[derive(Debug, Clone)]
pub enum Message {
    /// The same for every number.
    Plain(String),
    /// By CLDR plural category of `{n}`.
    Plural(BTreeMap<String, String>),
}

impl Message {
    /// Every wording of it.
    pub fn wordings(&self) -> impl Iterator<Item = &str> {
        let (one, many) = match self {
            Self::Plain(text) => (Some(text.as_str()), None),
            Self::Plural(forms) => (None, Some(forms.values().map(String::as_str))),
        };
        one.into_iter().chain(many.into_iter().flatten())
    }
}

/// The names in braces of a wording, in order: `{n}` and `{date}` of `{n} days after {date}`.
pub fn placeholders(wording: &str) -> impl Iterator<Item = &str> {
    wording.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// CLDR's name of a plural category.
#[must_use]
pub fn category(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// The plural forms of a language, from the one for none to the one for most numbers; by the tag whose customs it follows.
#[must_use]
pub fn forms(formats: &str) -> Vec<&'static str> {
    const ORDER: [PluralCategory; 6] = [
        PluralCategory::Zero,
        PluralCategory::One,
        PluralCategory::Two,
        PluralCategory::Few,
        PluralCategory::Many,
        PluralCategory::Other,
    ];
    let Some(rules) = rules(formats) else { return Vec::new() };
    let known: Vec<PluralCategory> = rules.categories().collect();
    ORDER.into_iter().filter(|form| known.contains(form)).map(category).collect()
}

/// The first numbers that have a plural form.
#[must_use]
pub fn numbers(formats: &str, form: &str) -> Vec<u32> {
    const MANY: usize = 4;
    let Some(rules) = rules(formats) else { return Vec::new() };
    (0..200)
        .chain([1_000, 1_000_000])
        .filter(|number| category(rules.category_for(*number)) == form)
        .take(MANY)
        .collect()
}

fn rules(formats: &str) -> Option<PluralRules> {
    let tag = formats.parse::<icu_locale_core::Locale>().ok()?;
    PluralRules::try_new(tag.into(), PluralRulesOptions::default()).ok()
}
