//! Words and signs of another language among those of a locale: a sentence that nobody translated, a paragraph that stands in the wrong
//! file, a comma of another script. Which scripts are a locale's own, its tag says; names, codes, quoted words and words to say are left
//! alone.

use icu_properties::CodePointMapData;
use icu_properties::props::Script;
use icu_properties::script::ScriptWithExtensions;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::Inline;
use crate::model::locale::Locale;
use crate::script::is_han;

/// A sentence of another script has so many words at least: a name may have fewer.
pub(super) const WORDS: usize = 2;

/// A sentence of a script with small letters has so many words that begin with one: names begin with capitals.
const SMALL: usize = 3;

/// So many such words one after the other are a part of a sentence that nobody translated, whatever stands around them.
const ROW: usize = 5;

/// What ends a sentence.
const ENDS: [char; 10] = ['.', '!', '?', '。', '！', '？', '۔', '؟', '；', '\n'];

/// What quoted words stand between; the same sign may begin and end them.
const QUOTES: [(char, char); 6] = [('“', '”'), ('«', '»'), ('「', '」'), ('『', '』'), ('《', '》'), ('"', '"')];

/// Reads a run of words, sentence by sentence.
pub(super) struct Sentences<'a> {
    own: &'a [Script],
    locale: &'a Locale,
    /// The sentence at hand.
    at: Sentence,
    /// What ends the quoted words at hand.
    quote: Option<char>,
    /// Where sentences stand that are in another script, and whether only a part of each is.
    found: Vec<(Span, bool)>,
}

#[derive(Default)]
struct Sentence {
    has_own: bool,
    words: usize,
    small: usize,
    /// Whether its letters know no small ones.
    is_plain: bool,
    in_word: bool,
    place: Option<Span>,
    /// Foreign words one after the other, beside words of its own.
    row: Row,
}

#[derive(Default)]
struct Row {
    small: usize,
    place: Option<Span>,
    /// The place of a row that is no name any more.
    long: Option<Span>,
}

impl<'a> Sentences<'a> {
    pub(super) fn new(own: &'a [Script], locale: &'a Locale) -> Self {
        Self { own, locale, at: Sentence::default(), quote: None, found: Vec::new() }
    }

    pub(super) fn run(&mut self, run: &[Inline]) {
        self.inlines(run);
        self.end();
        self.quote = None;
    }

    fn inlines(&mut self, run: &[Inline]) {
        for inline in run {
            match inline {
                Inline::Text { text, span } => self.words(text, *span),
                Inline::Emphasis { content, .. }
                | Inline::Strong(content)
                | Inline::Strike(content)
                | Inline::Link { content, .. }
                | Inline::Claim { content, .. } => self.inlines(content),
                _ => self.at.in_word = false,
            }
        }
    }

    /// Words as they stand; what is still to be written was told.
    pub(super) fn words(&mut self, text: &str, place: Span) {
        if super::unwritten::may_be(text) {
            return;
        }
        for (at, c) in text.char_indices() {
            if let Some(close) = self.quote {
                self.quote = self.quote.filter(|_| c != close);
                continue;
            }
            match c {
                _ if ENDS.contains(&c) => self.end(),
                _ if QUOTES.iter().any(|(open, _)| *open == c) => {
                    let close = QUOTES.iter().find(|(open, _)| *open == c).map(|(_, close)| *close);
                    self.quote = close.filter(|close| text[at + c.len_utf8()..].contains(*close));
                    self.at.in_word = false;
                }
                _ if c.is_alphabetic() => self.letter(c, super::part(place, text, at..text.len())),
                '\'' | '’' | '-' | '\u{200C}' | '\u{200D}' => {}
                _ => self.at.in_word = false,
            }
        }
        self.at.in_word = false;
    }

    fn letter(&mut self, c: char, rest: Span) {
        let script = CodePointMapData::<Script>::new().get(c);
        if matches!(script, Script::Common | Script::Inherited) {
            return;
        }
        if self.own.contains(&script) {
            self.at.has_own = true;
            self.at.row = Row { long: self.at.row.long, ..Row::default() };
            return;
        }
        self.at.place.get_or_insert(rest);
        self.at.row.place.get_or_insert(rest);
        // Where no spaces stand between words, a letter is about one.
        if !self.at.in_word || is_han(c) {
            self.at.words += 1;
            self.at.small += usize::from(c.is_lowercase());
            self.at.row.small += usize::from(c.is_lowercase());
            if self.at.row.small == ROW {
                self.at.row.long = self.at.row.long.or(self.at.row.place);
            }
            self.at.is_plain |= !c.is_lowercase() && !c.is_uppercase();
        }
        self.at.in_word = true;
    }

    pub(super) fn end(&mut self) {
        let Sentence { has_own, words, small, is_plain, place, row, .. } = std::mem::take(&mut self.at);
        let is_foreign = if is_plain { words >= WORDS } else { small >= SMALL };
        let whole = place.filter(|_| !has_own && is_foreign).map(|place| (place, false));
        self.found.extend(whole.or(row.long.map(|place| (place, true))));
    }

    /// Reports them; one after the other in a run are one.
    pub(super) fn report(self, sink: &mut Diagnostics) {
        let mut last: Option<Span> = None;
        for (place, is_part) in self.found {
            if last.is_none_or(|last| last.file != place.file || last.end < place.start) {
                let script = self.own.first().map_or("", |script| super::scripts::name(*script));
                let lack = if is_part { "begins here with words in no" } else { "has no" };
                let headline = format!(
                    "this should be in `{}` ({}), and {lack} {script} letters",
                    self.locale.id, self.locale.name
                );
                let found = Diagnostic::new(Code::WrongLanguage, place, headline);
                sink.push(found.help("translate it; words to say in another language stand in `[words]{lang=…}`, and names between quotes"));
            }
            last = Some(place);
        }
    }
}

/// Where most signs stand: the characters of one and two bytes, general punctuation, Chinese punctuation, full-width signs.
const BLOCKS: [std::ops::Range<u32>; 4] = [0..0x800, 0x2000..0x2070, 0x3000..0x3040, 0xFF00..0xFF70];

/// Which characters are punctuation that a locale does not have; nearly all texts are asked only about those of a few blocks.
pub(super) struct ForeignSigns(Vec<(u32, Vec<bool>)>);

impl ForeignSigns {
    /// Of a locale with these scripts of its own.
    pub(super) fn new(own: &[Script]) -> Self {
        let is_foreign = |c| char::from_u32(c).is_some_and(|c| is_foreign_sign(c, own));
        Self(BLOCKS.into_iter().map(|block| (block.start, block.map(is_foreign).collect())).collect())
    }

    fn has(&self, c: char, own: &[Script]) -> bool {
        let known = |(start, signs): &(u32, Vec<bool>)| signs.get(u32::from(c).checked_sub(*start)? as usize).copied();
        !c.is_ascii() && !is_han(c) && self.0.iter().find_map(known).unwrap_or_else(|| is_foreign_sign(c, own))
    }
}

fn is_foreign_sign(c: char, own: &[Script]) -> bool {
    !c.is_ascii() && !c.is_alphanumeric() && !is_own_sign(c, own)
}

/// Reports punctuation of another script beside letters of the locale's own.
pub(super) fn punctuation(
    text: &str,
    place: Span,
    (own, signs, locale): (&[Script], &ForeignSigns, &Locale),
    sink: &mut Diagnostics,
) {
    if own.is_empty() || text.is_ascii() {
        return;
    }
    for (at, c) in text.char_indices().filter(|(_, c)| signs.has(*c, own)) {
        let last = text[..at].chars().next_back().filter(|c| !c.is_whitespace());
        let next = text[at + c.len_utf8()..].chars().find(|c| !c.is_whitespace());
        let is_foreign = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !is_own_letter(c, own));
        // Among words of its own script it is right.
        if is_foreign(last) || (last.is_none_or(|c| !c.is_alphabetic()) && is_foreign(next)) {
            continue;
        }
        let headline = format!("`{c}` is no punctuation of `{}` ({})", locale.id, locale.name);
        let found =
            Diagnostic::new(Code::ForeignPunctuation, super::part(place, text, at..at + c.len_utf8()), headline);
        sink.push(found.help("write the sign that this language has for it"));
    }
}

fn is_own_letter(c: char, own: &[Script]) -> bool {
    let script = CodePointMapData::<Script>::new().get(c);
    own.contains(&script) || matches!(script, Script::Common | Script::Inherited)
}

/// Whether a sign is of all scripts, or of one of these; full-width ones are of those that have Chinese characters or stand among them.
fn is_own_sign(c: char, own: &[Script]) -> bool {
    if matches!(c, '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}')
    {
        return own.iter().any(|script| ScriptWithExtensions::new().has_script('、', *script));
    }
    let scripts = ScriptWithExtensions::new().get_script_extensions_val(c);
    let is_general = |script: &Script| matches!(*script, Script::Common | Script::Inherited | Script::Latin);
    scripts.iter().any(|script| is_general(&script) || own.contains(&script))
}
