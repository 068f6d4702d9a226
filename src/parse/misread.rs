//! Letters that a program took for those of an older encoding, and then saved: `سم` became `Ø³Ù…`.
//!
//! Such a file is UTF-8 and says nothing. It is known by its letters: taken back to the bytes of that encoding, they are UTF-8 once more.

/// So many runs of letters beyond ASCII are looked at.
const LOOKED_AT: usize = 12;

/// So many of them at least have to be misread: one alone may be meant.
const LEAST: usize = 3;

/// What Windows shows for the bytes 0x80 to 0x9F; five of them are controls, which stand for themselves.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// Where the first misread letters of a text stand, if most of its letters are; and what they were.
pub fn find(text: &str) -> Option<(std::ops::Range<usize>, String)> {
    let mut first = None;
    let (mut found, mut seen) = (0, 0);
    let mut at = 0;
    while seen < LOOKED_AT {
        let Some(start) = text[at..].find(|c: char| !c.is_ascii()).map(|found| at + found) else { break };
        let end = text[start..].find(|c: char| c.is_ascii()).map_or(text.len(), |length| start + length);
        seen += 1;
        if let Some(meant) = meant(&text[start..end]) {
            found += 1;
            first.get_or_insert((start..end, meant));
        }
        at = end;
    }
    first.filter(|_| found >= LEAST && found * 2 > seen)
}

/// What a run of letters was before it was misread.
fn meant(run: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = run.chars().map(byte).collect();
    String::from_utf8(bytes?).ok()
}

/// The byte that the older encoding has for a character.
fn byte(c: char) -> Option<u8> {
    let of_windows = || WINDOWS.iter().position(|known| *known == c).and_then(|at| u8::try_from(0x80 + at).ok());
    u8::try_from(u32::from(c)).ok().or_else(of_windows)
}

#[cfg(test)]
mod tests {
    use super::{WINDOWS, find};

    /// A text as a program shows it that takes its bytes for those of Windows, or of Latin-1.
    fn misread(text: &str, windows: bool) -> String {
        let shown = |byte: u8| match byte {
            0x80..0xA0 if windows => WINDOWS[usize::from(byte - 0x80)],
            byte => char::from(byte),
        };
        text.bytes().map(shown).collect()
    }

    #[test]
    fn what_was_misread_is_told_from_what_is_meant() {
        for text in
            ["جاز سم اپنے نام سے ختم کروائیں", "一 二 三 四", "Größe über vier Küchen", "Préparez le numéro à garder"]
        {
            assert_eq!(find(text), None, "{text}");
            for windows in [true, false] {
                let (place, meant) = find(&misread(text, windows)).unwrap();
                assert!(text.contains(&meant) && place.start <= text.find(|c: char| !c.is_ascii()).unwrap(), "{text}");
            }
        }
        assert_eq!(find("“Ã©” stands for é, and “…” for dots: “no” – “yes”"), None);
        assert_eq!(find(""), None);
    }
}
