//! Sums of money as a language writes them: which sign a currency has there, and on which side of the number. No string of a theme is
//! needed for that; one that is there goes before.
//!
//! The data is a table of our own, made by `money/make.mjs`. ICU4X has a formatter of currencies only in `icu_experimental`, all of which
//! may change with every version; it rounds amounts, which facts are not, and brings the data of many other formatters along.

use std::collections::BTreeMap;

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

use super::escape::{escape, figure};
use crate::model::locale::Direction;

/// By language what differs from the shorter tag: pattern, signs.
const TABLE: &str = include_str!("money/currencies.txt");

/// The tag of the line that all others go back to.
const ROOT: &str = "und";

/// Keeps a sign that ends with a letter and the number beside it apart, and in one line.
const SPACE: &str = "\u{a0}";

/// How one language writes sums of money.
pub struct Money {
    direction: Direction,
    pattern: Pattern,
    /// By code; a few have a pattern of their own behind a `|`.
    signs: BTreeMap<&'static str, &'static str>,
}

/// Where the sign of a currency stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Pattern {
    sign_first: bool,
    gap: &'static str,
    /// Whether sign and number follow each other in the direction of a sentence that runs right to left.
    flows: bool,
}

impl Pattern {
    /// `¤#`, `# ¤`, and with `R` before it in the direction of the sentence.
    fn read(text: &'static str) -> Option<Self> {
        let (flows, text) = text.strip_prefix('R').map_or((false, text), |rest| (true, rest));
        let (sign_first, gap) = match text.strip_prefix('¤') {
            Some(rest) => (true, rest.strip_suffix('#')?),
            None => (false, text.strip_prefix('#')?.strip_suffix('¤')?),
        };
        Some(Self { sign_first, gap, flows })
    }
}

impl Money {
    /// The customs of a language tag: those of its longest beginning that the table has, over those of the shorter ones.
    #[must_use]
    pub fn new(tag: &str, direction: Direction) -> Self {
        let mut own = Self { direction, pattern: Pattern::default(), signs: BTreeMap::new() };
        let ends = tag.match_indices('-').map(|(at, _)| at).chain([tag.len()]);
        for wanted in [ROOT].into_iter().chain(ends.map(|end| &tag[..end])) {
            let line = TABLE.lines().find_map(|line| line.strip_prefix(wanted)?.strip_prefix('\t'));
            let mut parts = line.unwrap_or_default().split('\t');
            if let Some(pattern) = parts.next().and_then(Pattern::read) {
                own.pattern = pattern;
            }
            own.signs.extend(parts.filter_map(|part| part.split_once('=')));
        }
        own
    }

    /// The sign of a currency, or its code, and where it stands.
    fn sign<'a>(&self, code: &'a str) -> (&'a str, Pattern) {
        let Some(sign) = self.signs.get(code).copied() else { return (code, self.pattern) };
        let (sign, own) = sign.split_once('|').unwrap_or((sign, ""));
        (sign, Pattern::read(own).unwrap_or(self.pattern))
    }

    /// Whether the sign stands before the number.
    #[must_use]
    pub fn has_sign_first(&self, code: &str) -> bool {
        self.sign(code).1.sign_first
    }

    /// A number, written as the language does, with the sign of its currency, as HTML.
    #[must_use]
    pub fn priced(&self, code: &str, number: &str) -> String {
        let (sign, pattern) = self.sign(code);
        let edge = if pattern.sign_first { sign.chars().next_back() } else { sign.chars().next() };
        let gap = if pattern.gap.is_empty() && edge.is_some_and(is_word) { SPACE } else { pattern.gap };
        let joined = |sign: &str, number: &str| {
            if pattern.sign_first { format!("{sign}{gap}{number}") } else { format!("{number}{gap}{sign}") }
        };
        let runs_left = sign.chars().any(is_right_to_left);
        if self.direction == Direction::Rtl && (runs_left || pattern.flows) {
            let sign = if runs_left { escape(sign) } else { figure(sign, self.direction) };
            joined(&sign, &figure(number, self.direction))
        } else {
            figure(&joined(sign, number), self.direction)
        }
    }
}

/// Whether CLDR sets a space between it and a digit: it is neither a sign nor a space.
fn is_word(c: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    !GeneralCategoryGroup::Symbol.contains(category) && !GeneralCategoryGroup::Separator.contains(category)
}

/// A letter of Hebrew, Arabic or another script between them that runs right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

#[cfg(test)]
mod tests {
    use super::{Money, Pattern, TABLE};
    use crate::model::currency::{in_use, is_code};
    use crate::model::locale::Direction;
    use crate::render::escape::text_of;

    fn priced(tag: &str, code: &str, number: &str) -> String {
        let direction = crate::parse::language::direction(tag);
        text_of(&Money::new(tag, direction).priced(code, number)).replace(['\u{a0}', '\u{202f}'], "_")
    }

    #[test]
    fn signs_stand_where_the_language_has_them() {
        for (tag, code, number, expected) in [
            ("de", "EUR", "12,50", "12,50_€"),
            ("en", "EUR", "12.50", "€12.50"),
            ("en-GB", "USD", "12.50", "US$12.50"),
            ("en-US", "USD", "12.50", "$12.50"),
            ("en", "PKR", "200", "PKR_200"),
            ("en-PK", "PKR", "200", "Rs_200"),
            ("en", "TRY", "5", "₺5"),
            ("en", "SEK", "5", "SEK_5"),
            ("en", "PLN", "5", "PLN_5"),
            ("fr", "EUR", "1 000", "1 000_€"),
            ("de-AT", "EUR", "12,50", "€_12,50"),
            ("de-CH", "CHF", "12.50", "CHF_12.50"),
            ("pt", "EUR", "12,50", "€_12,50"),
            ("pt-PT", "EUR", "12,50", "12,50_€"),
            ("es", "MXN", "5", "5_MXN"),
            ("es-MX", "MXN", "5", "$5"),
            ("hi", "INR", "12", "₹12"),
            ("id", "IDR", "12.000", "Rp_12.000"),
            ("tr", "TRY", "12,50", "₺12,50"),
            ("zh-Hans", "CNY", "12.50", "¥12.50"),
            ("zh-Hant", "TWD", "12", "$12"),
            ("ja", "JPY", "1,000", "￥1,000"),
            ("ar", "EUR", "12.50", "12.50_€"),
            ("ar", "KWD", "1.250", "1.250_د.ك."),
            ("fa", "EUR", "12.50", "€_12.50"),
            ("fa", "IRR", "12", "ریال_12"),
            ("ur", "EUR", "12.50", "€12.50"),
            ("he", "ILS", "12", "12_₪"),
            ("xx", "EUR", "12", "€_12"),
        ] {
            assert_eq!(priced(tag, code, number), expected, "{tag} {code}");
        }
    }

    #[test]
    fn sums_stay_in_one_piece_between_words_that_run_right_to_left() {
        let money = |tag, code| Money::new(tag, Direction::Rtl).priced(code, "5").replace('\u{a0}', "_");
        assert_eq!(money("ur", "EUR"), "<bdi dir=ltr>€5</bdi>");
        assert_eq!(money("fa", "EUR"), "<bdi dir=ltr>€_5</bdi>");
        assert_eq!(money("ar", "USD"), "<bdi dir=ltr>5</bdi>_<bdi dir=ltr>US$</bdi>");
        assert_eq!(money("ar", "EGP"), "<bdi dir=ltr>5</bdi>_ج.م.");
    }

    #[test]
    fn the_table_is_whole() {
        let lines: Vec<Vec<&str>> =
            TABLE.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
        assert_eq!(lines[0][0], "und");
        for parts in &lines {
            let pattern = Pattern::read(parts[1]);
            assert!(pattern.is_some() || parts[1].is_empty() && parts[0] != "und", "{parts:?}");
            for sign in &parts[2..] {
                let (code, sign) = sign.split_once('=').unwrap();
                let own = sign.split_once('|');
                assert!(is_code(code) && !sign.is_empty() && own.is_none_or(|(_, own)| Pattern::read(own).is_some()));
                assert!(!sign.chars().any(crate::script::is_bidi_control), "{code} of {}", parts[0]);
            }
        }
        // What has no sign of its own is told by its code.
        assert!(in_use().all(|code| !Money::new("en", Direction::Ltr).priced(code, "5").is_empty()));
        for tag in "ar de en es fa fr hi id pt tr ur zh".split(' ') {
            assert!(tag == "und" || lines.iter().any(|parts| parts[0] == tag), "{tag}");
        }
    }
}
