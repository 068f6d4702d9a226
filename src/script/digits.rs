//! The digits of other scripts, under the names that CLDR gives to the ways of writing numbers.

/// Ten digits of a script: their name in CLDR, and the first of them, behind which the others stand in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits {
    name: &'static str,
    zero: char,
}

/// Those of keypads.
pub const LATIN: Digits = Digits { name: "latn", zero: '0' };

/// Those of East Asian type, as wide as its characters: a way to type `0` to `9`, not the digits of a language.
const FULL_WIDTH: Digits = Digits { name: "fullwide", zero: '０' };

/// Those that languages write numbers with beside the Latin ones, by the code of their zero. CLDR knows two more kinds, which are no
/// ten digits in a row: Chinese characters, and the numerals of some scripts that have signs for ten and for a hundred.
pub const NATIVE: &[Digits] = &[
    Digits { name: "arab", zero: '٠' },
    Digits { name: "arabext", zero: '۰' },
    Digits { name: "nkoo", zero: '߀' },
    Digits { name: "deva", zero: '०' },
    Digits { name: "beng", zero: '০' },
    Digits { name: "guru", zero: '੦' },
    Digits { name: "gujr", zero: '૦' },
    Digits { name: "orya", zero: '୦' },
    Digits { name: "tamldec", zero: '௦' },
    Digits { name: "telu", zero: '౦' },
    Digits { name: "knda", zero: '೦' },
    Digits { name: "mlym", zero: '൦' },
    Digits { name: "thai", zero: '๐' },
    Digits { name: "laoo", zero: '໐' },
    Digits { name: "tibt", zero: '༠' },
    Digits { name: "mymr", zero: '၀' },
    Digits { name: "khmr", zero: '០' },
    Digits { name: "olck", zero: '᱐' },
    Digits { name: "vaii", zero: '꘠' },
    Digits { name: "cakm", zero: '𑄶' },
    Digits { name: "adlm", zero: '𞥐' },
];

impl Digits {
    /// The name of CLDR, as language tags have it behind `-u-nu-`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.name
    }

    /// The digit that counts nothing.
    #[must_use]
    pub fn zero(self) -> char {
        self.zero
    }

    /// Whether these are `0` to `9`.
    #[must_use]
    pub fn is_latin(self) -> bool {
        self == LATIN
    }

    /// Whether it is the Arabic script that has them; its numbers have a sign for percent of their own.
    #[must_use]
    pub fn is_arabic(self) -> bool {
        matches!(self.name, "arab" | "arabext")
    }

    /// All ten.
    #[must_use]
    pub fn all(self) -> String {
        (b'0'..=b'9').map(|digit| self.written(char::from(digit))).collect()
    }

    /// A text with each of its digits `0` to `9` as one of these.
    #[must_use]
    pub fn write(self, text: &str) -> String {
        if self.is_latin() { text.to_owned() } else { text.chars().map(|c| self.written(c)).collect() }
    }

    fn written(self, c: char) -> char {
        let digit = if c.is_ascii_digit() { u32::from(c) - u32::from('0') } else { return c };
        char::from_u32(u32::from(self.zero) + digit).unwrap_or(c)
    }

    /// What a character counts among these.
    fn value(self, c: char) -> Option<u8> {
        u32::from(c)
            .checked_sub(u32::from(self.zero))
            .filter(|value| *value < 10)
            .and_then(|value| value.try_into().ok())
    }
}

/// The digits of which a character is one, and what it counts.
#[must_use]
pub fn of(c: char) -> Option<(Digits, u8)> {
    let digits = match c {
        '0'..='9' => LATIN,
        ..'٠' => return None,
        '０'..='９' => FULL_WIDTH,
        _ => {
            let at = NATIVE.partition_point(|digits| digits.zero <= c);
            *NATIVE.get(at.checked_sub(1)?)?
        }
    };
    Some((digits, digits.value(c)?))
}

#[cfg(test)]
mod tests {
    use icu_decimal::provider::{Baked, DecimalDigitsV1};
    use icu_provider::{DataIdentifierBorrowed, DataMarkerAttributes, DataProvider, DataRequest};

    use super::{LATIN, NATIVE, of};

    fn of_cldr(name: &str) -> Option<[char; 10]> {
        let id = DataIdentifierBorrowed::for_marker_attributes(DataMarkerAttributes::try_from_str(name).ok()?);
        let found = DataProvider::<DecimalDigitsV1>::load(&Baked, DataRequest { id, ..DataRequest::default() });
        found.ok().map(|found| *found.payload.get())
    }

    #[test]
    fn digits_are_those_of_cldr() {
        for digits in NATIVE.iter().chain([&LATIN]) {
            let all: String = of_cldr(digits.name).unwrap().into_iter().collect();
            assert_eq!(digits.all(), all, "{}", digits.name);
            assert_eq!(
                digits.write("12.50 (007)"),
                "12.50 (007)".chars().map(|c| digits.written(c)).collect::<String>()
            );
        }
        assert!(NATIVE.is_sorted_by_key(|digits| digits.zero));
    }

    #[test]
    fn every_digit_is_known_and_nothing_else() {
        for digits in NATIVE {
            for (value, c) in digits.all().chars().enumerate() {
                assert_eq!(of(c).map(|(of, it)| (of, usize::from(it))), Some((*digits, value)));
            }
        }
        assert_eq!(of('7'), Some((LATIN, 7)));
        assert_eq!(of('９').map(|(_, value)| value), Some(9));
        for c in ['a', '/', ':', '٪', '٫', 'ک', 'अ', '।', '中', '\u{10FFFF}', '٠'.to_lowercase().next().unwrap()]
        {
            assert_eq!(of(c).is_some(), c == '٠', "{c}");
        }
    }
}
