//! Letters of Cyrillic and Greek that look like Latin ones, in Latin words: a keyboard stood on another language, and no search finds them.

use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// Each with the Latin letter that it looks like.
const ALIKE: &[(char, char)] = &[
    ('А', 'A'),
    ('В', 'B'),
    ('С', 'C'),
    ('Е', 'E'),
    ('Н', 'H'),
    ('К', 'K'),
    ('М', 'M'),
    ('О', 'O'),
    ('Р', 'P'),
    ('Т', 'T'),
    ('Х', 'X'),
    ('а', 'a'),
    ('с', 'c'),
    ('е', 'e'),
    ('і', 'i'),
    ('о', 'o'),
    ('р', 'p'),
    ('х', 'x'),
    ('у', 'y'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Χ', 'X'),
    ('ο', 'o'),
    ('ν', 'v'),
];

/// Reports the first such letter of each word.
pub fn check(text: &str, place: Span, sink: &mut Diagnostics) {
    // The letters are all of those that begin with these bytes.
    if !text.bytes().any(|byte| (0xCE..=0xD1).contains(&byte)) {
        return;
    }
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let start = at;
        at += word.len();
        let latin = word.chars().filter(char::is_ascii_alphabetic).count();
        let others = || word.chars().filter(|c| c.is_alphabetic() && !c.is_ascii());
        let meant = |c: char| ALIKE.iter().find(|(other, _)| *other == c).map(|(_, latin)| *latin);
        // A word that is not Latin may end with a name that is.
        if latin < 2 || !others().all(|c| meant(c).is_some()) {
            continue;
        }
        let first = word.char_indices().find_map(|(within, c)| Some((within, c, meant(c)?)));
        if let Some((within, c, latin)) = first {
            let headline =
                format!("{c} (U+{:04X}) is a letter of another script that looks like {latin}", u32::from(c));
            let range = start + within..start + within + c.len_utf8();
            let found = Diagnostic::new(Code::InvisibleCharacter, super::part(place, text, range), headline);
            sink.push(found.help(format!("type the word again: {}", word_meant(word))));
        }
    }
}

fn word_meant(word: &str) -> String {
    let latin = |c: char| ALIKE.iter().find(|(other, _)| *other == c).map_or(c, |(_, latin)| *latin);
    word.trim_end_matches(|c: char| !c.is_alphabetic()).chars().map(latin).collect()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::diag::{Diagnostics, Span};
    use crate::source::tree::FileId;

    #[test]
    fn a_word_is_of_one_script() {
        for (text, count) in
            [("Сlose a SIM", 1), ("a Jаzz SIM", 1), ("SIM-карта", 0), ("USSDкод", 0), ("близко Jazz", 0), ("Жlose", 0)]
        {
            let mut sink = Diagnostics::default();
            check(text, Span::new(FileId::SITE, 0..text.len()), &mut sink);
            assert_eq!(sink.count(), count, "{text}");
        }
    }
}
