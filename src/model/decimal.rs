//! Exact decimal amounts: digits and a scale, never floating point.

use std::cmp::Ordering;
use std::fmt;

/// A number of zero or more with at most 15 digits before the point and 4 behind it, kept as written: `8.60` stays `8.60`.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    digits: u64,
    scale: u8,
}

impl Decimal {
    /// A decimal of plain digits with an optional point: no sign, no separators, no exponent.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let shaped = !whole.is_empty()
            && whole.len() <= 15
            && fraction.len() <= 4
            && (whole == "0" || !whole.starts_with('0'))
            && (fraction.is_empty() != text.contains('.'));
        if !shaped || !plain(whole) || !plain(fraction) {
            return None;
        }
        let digits = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { digits, scale: u8::try_from(fraction.len()).ok()? })
    }

    /// The value as a whole number, when it is one.
    #[must_use]
    pub fn whole(self) -> Option<u64> {
        (self.scale == 0).then_some(self.digits)
    }

    /// How many digits stand behind the point.
    #[must_use]
    pub fn places(self) -> u8 {
        self.scale
    }

    /// The same with as many digits behind the point: zeros are added, and taken away where there are too many.
    #[must_use]
    pub fn in_places(self, places: u8) -> Self {
        let mut own = self;
        while own.scale < places.min(4) {
            own = Self { digits: own.digits * 10, scale: own.scale + 1 };
        }
        while own.scale > places && own.digits.is_multiple_of(10) {
            own = Self { digits: own.digits / 10, scale: own.scale - 1 };
        }
        own
    }

    fn aligned(self) -> u128 {
        u128::from(self.digits) * 10u128.pow(4 - u32::from(self.scale))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.aligned() == other.aligned()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.aligned().cmp(&other.aligned())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.digits);
        }
        let unit = 10u64.pow(u32::from(self.scale));
        write!(f, "{}.{:0width$}", self.digits / unit, self.digits % unit, width = usize::from(self.scale))
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn decimals_are_exact() {
        for text in ["0", "8.60", "200", "0.05", "999999999999999.9999"] {
            assert_eq!(Decimal::parse(text).unwrap().to_string(), text);
        }
        for bad in ["", ".5", "5.", "-1", "+1", "1,000", "1e3", "01", "1.23456", "۵"] {
            assert!(Decimal::parse(bad).is_none(), "{bad:?}");
        }
        assert_eq!(Decimal::parse("8.6"), Decimal::parse("8.60"));
        for (text, places, expected) in [
            ("8.6", 2, "8.60"),
            ("5", 3, "5.000"),
            ("5.00", 0, "5"),
            ("1.2345", 2, "1.2345"),
            ("999999999999999", 9, "999999999999999.0000"),
        ] {
            assert_eq!(Decimal::parse(text).unwrap().in_places(places).to_string(), expected);
        }
        assert!(Decimal::parse("9.9") < Decimal::parse("10"));
    }
}
