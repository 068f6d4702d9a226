//! Scripts of the languages the product is written in: which letters are whose, and which digits.

pub mod digits;

/// A Chinese character.
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// Punctuation as it is set between Chinese characters.
#[must_use]
pub fn is_han_punctuation(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF3D}' | '\u{FF5B}'..='\u{FF65}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

/// Whether a line end between two characters is no space: Chinese has none between its words.
#[must_use]
pub fn is_set_solid(before: char, after: char) -> bool {
    let is_chinese = |c: char| is_han(c) || is_han_punctuation(c);
    is_chinese(before) && is_chinese(after)
}

/// A letter or sign of the Arabic script, Urdu's included.
#[must_use]
pub fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// An invisible character that changes the direction of text.
#[must_use]
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A digit that no keypad shows: one of another script, or a full-width one.
#[must_use]
pub fn is_native_digit(c: char) -> bool {
    digits::of(c).is_some_and(|(digits, _)| !digits.is_latin())
}

/// Whether a text may have such digits, as its bytes tell: most texts have none, and are looked at many bytes in a step. The first byte
/// of most scripts that have digits of their own tells them from others.
#[must_use]
#[expect(clippy::needless_bitwise_bool, reason = "without branches the comparisons are made side by side")]
pub fn may_have_native_digits(text: &str) -> bool {
    let bytes = text.as_bytes();
    let within = |byte: u8, first: u8| byte.wrapping_sub(first) < 10;
    bytes.iter().zip(bytes.get(1..).unwrap_or_default()).fold(false, |found, (&a, &b)| {
        let arabic = (a == 0xD9) & within(b, 0xA0) | (a == 0xDB) & within(b, 0xB0);
        let east_asian = (a == 0xBC) & within(b, 0x90);
        let indian = (a == 0xE0) | (a == 0xE1);
        let other = (a == 0xDF) | (a == 0xEA) & (b == 0x98) | (a == 0xF0);
        found | arabic | east_asian | indian | other
    })
}

/// What a digit of any of these scripts counts.
#[must_use]
pub fn digit(c: char) -> Option<u8> {
    digits::of(c).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::{digits, may_have_native_digits};

    #[test]
    fn no_native_digit_is_passed_over() {
        for digits in digits::NATIVE {
            for c in digits.all().chars() {
                assert!(may_have_native_digits(&c.to_string()), "{c}");
            }
        }
        assert!(may_have_native_digits("拨９"));
        for text in ["", "Plain words, 12", "拨打电话", "نمبر ملائیں"] {
            assert!(!may_have_native_digits(text), "{text}");
        }
    }
}
