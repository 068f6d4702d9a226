//! Language editions, and values that exist once in each.

use super::id::Id;
use crate::script::digits::Digits;

/// Reading direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// Both directions with their names.
    pub const NAMES: &[(&'static str, Self)] = &[("ltr", Self::Ltr), ("rtl", Self::Rtl)];

    /// The value of HTML's `dir`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// One language edition of the site.
#[derive(Debug, Clone)]
pub struct Locale {
    /// First segment of every address, and the part before `.md` of file names.
    pub id: Id,
    /// BCP 47 tag, the value of HTML's `lang`.
    pub tag: String,
    /// Its name in its own script.
    pub name: String,
    /// Reading direction.
    pub direction: Direction,
    /// BCP 47 tag whose customs dates, numbers and lists follow.
    pub formats: String,
    /// The digits that its readers are shown, but for what is dialled.
    pub digits: Digits,
}

impl Locale {
    /// Whether the edition is written in Chinese characters.
    #[must_use]
    pub fn is_chinese(&self) -> bool {
        self.language() == "zh"
    }

    /// Whether the edition is Urdu.
    #[must_use]
    pub fn is_urdu(&self) -> bool {
        self.language() == "ur"
    }

    /// The tag by which numbers and dates are written, on the page and by its scripts: `en-GB-u-nu-latn`.
    #[must_use]
    pub fn formats_tag(&self) -> String {
        format!("{}-u-nu-{}", self.formats, self.digits.name())
    }

    /// The language of its tag, whatever script or country stands behind it.
    #[must_use]
    pub fn language(&self) -> &str {
        self.tag.split('-').next().unwrap_or_default()
    }
}

/// Position of a locale in the site's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocaleIx(pub usize);

/// A value that exists once in every locale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Localized<T>(Vec<T>);

impl<T> Localized<T> {
    /// From values in the order of the site's locales.
    #[must_use]
    pub fn new(values: Vec<T>) -> Self {
        Self(values)
    }

    /// The value of a locale.
    #[must_use]
    pub fn get(&self, locale: LocaleIx) -> &T {
        &self.0[locale.0]
    }

    /// All values, in the order of the site's locales.
    pub fn iter(&self) -> impl Iterator<Item = (LocaleIx, &T)> {
        self.0.iter().enumerate().map(|(ix, value)| (LocaleIx(ix), value))
    }
}
