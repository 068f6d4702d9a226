//! The words of a text are in the script of its locale: Chinese characters where a file is called `.zh.md`, whatever else stands among
//! them. Which script that is, the language's tag says.

use icu_properties::CodePointMapData;
use icu_properties::props::Script;

use super::foreign::{self, ForeignSigns, Sentences};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::{Block, Body, Inline};
use crate::model::locale::Locale;
use crate::model::walk::each_run;
use crate::parse::language;
use crate::script::is_han;

/// Texts of fewer letters may be names and nothing else.
const FEW: usize = 20;

/// A step of so many letters has some of its own script.
const MANY: usize = 40;

/// What a character says that is a word more often than a letter.
const WORD: usize = 3;

/// One part in so many is in the locale's own script at least: texts name things of other scripts.
const SHARE: usize = 5;

/// The scripts of one locale.
pub struct Scripts {
    own: Vec<Script>,
    /// What the characters of one and two bytes are, which most texts are full of.
    low: Vec<Kind>,
    signs: ForeignSigns,
    /// Whether Chinese characters are its own.
    has_han: bool,
}

/// What a character is to a locale.
#[derive(Clone, Copy)]
enum Kind {
    /// No letter, or one of all scripts.
    Nothing,
    Own,
    Other,
}

/// The first character of three bytes.
const THREE_BYTES: u32 = 0x800;

impl Scripts {
    /// Of each locale, by its tag. Of an unknown language nothing is expected, nor where a tag stands twice: that was reported.
    #[must_use]
    pub fn of(locales: &[Locale]) -> Vec<Self> {
        let is_own = |locale: &Locale| locales.iter().filter(|other| other.tag == locale.tag).count() == 1;
        let scripts = |locale: &Locale| if is_own(locale) { language::scripts(&locale.tag) } else { Vec::new() };
        locales.iter().map(|locale| Self::new(scripts(locale))).collect()
    }

    fn new(own: Vec<Script>) -> Self {
        let has_han = own.contains(&Script::Han);
        let low = (0..THREE_BYTES).map(|c| char::from_u32(c).map_or(Kind::Nothing, |c| kind(c, &own)));
        Self { low: low.collect(), signs: ForeignSigns::new(&own), has_han, own }
    }

    /// Reports a text that is in another script, or its steps that are.
    pub fn check(&self, body: &Body, locale: &Locale, sink: &mut Diagnostics) {
        if self.own.is_empty() {
            return;
        }
        let mut parts = vec![(None, Letters::default())];
        for block in &body.blocks {
            if let Block::Heading(heading) = block
                && heading.level == 2
            {
                parts.push((Some(heading.place), Letters::default()));
            }
            if let Some((_, letters)) = parts.last_mut() {
                each_run(std::slice::from_ref(block), &mut |run| self.count(run, letters));
            }
        }
        let (own, other) = parts.iter().fold((0, 0), |(own, other), (_, it)| (own + it.own, other + it.other));
        if own + other >= FEW && own * SHARE < own + other {
            self.report("the words of this file", Span::file(body.file), locale, sink);
            return;
        }
        let foreign: Vec<_> = parts.iter().filter(|(_, letters)| letters.own == 0 && letters.other >= MANY).collect();
        // Where next to no letter is of another script, no sentence is.
        if foreign.is_empty() && other >= foreign::WORDS {
            self.check_sentences(body, locale, sink);
        }
        for (heading, _) in foreign {
            let place = heading.unwrap_or(Span::file(body.file));
            let what = if heading.is_some() { "the words of this step" } else { "the words above the first step" };
            self.report(what, place, locale, sink);
        }
    }

    /// Whether the words of a text are in a script of the locale, as far as letters tell.
    #[must_use]
    pub fn may_be_of(&self, text: &str) -> bool {
        let mut letters = Letters::default();
        self.words(text, &mut letters);
        letters.own * SHARE >= letters.own + letters.other
    }

    /// How many letters of a text are in a script of the locale.
    #[must_use]
    pub fn count_own(&self, text: &str) -> usize {
        let mut letters = Letters::default();
        self.words(text, &mut letters);
        letters.own
    }

    /// Whether most letters of a text are in no script of the locale.
    #[must_use]
    pub fn is_mostly_foreign(&self, text: &str) -> bool {
        let mut letters = Letters::default();
        self.words(text, &mut letters);
        letters.other > letters.own
    }

    /// Whether a text of several words has no letter in a script of the locale.
    #[must_use]
    pub fn lacks_own(&self, text: &str) -> bool {
        let mut letters = Letters::default();
        self.words(text, &mut letters);
        letters.own == 0 && letters.other > 0 && text.split_whitespace().nth(1).is_some()
    }

    /// Reports sentences that are in another script.
    pub fn check_sentences(&self, body: &Body, locale: &Locale, sink: &mut Diagnostics) {
        if !self.own.is_empty() {
            let mut sentences = Sentences::new(&self.own, locale);
            each_run(&body.blocks, &mut |run| sentences.run(run));
            sentences.report(sink);
        }
    }

    /// Reports a text that stands alone and is in another script.
    pub fn check_alone(&self, text: &str, place: Span, locale: &Locale, sink: &mut Diagnostics) {
        if !self.own.is_empty() {
            let mut sentences = Sentences::new(&self.own, locale);
            sentences.words(text, place);
            sentences.end();
            sentences.report(sink);
        }
    }

    /// Reports punctuation of another script.
    pub fn punctuation(&self, text: &str, place: Span, locale: &Locale, sink: &mut Diagnostics) {
        foreign::punctuation(text, place, (&self.own, &self.signs, locale), sink);
    }

    /// Reports words of front matter.
    pub fn check_front(&self, words: &[(&str, Span)], locale: &Locale, sink: &mut Diagnostics) {
        for (words, place) in words.iter().filter(|_| !self.own.is_empty()) {
            let mut letters = Letters::default();
            self.words(words, &mut letters);
            // A title may be a name.
            if letters.own == 0 && letters.other >= FEW {
                self.report("the words of this line", *place, locale, sink);
            }
        }
    }

    fn report(&self, what: &str, place: Span, locale: &Locale, sink: &mut Diagnostics) {
        let script = self.own.first().map_or("", |script| name(*script));
        let headline = format!(
            "{what} should be in `{}` ({}), which is written in {script} letters, and have next to none",
            locale.id, locale.name
        );
        sink.push(
            Diagnostic::new(Code::WrongLanguage, place, headline)
                .help("translate it, or give the file the name of the locale that it is in"),
        );
    }

    fn count(&self, run: &[Inline], letters: &mut Letters) {
        for inline in run {
            match inline {
                Inline::Text { text, .. } => self.words(text, letters),
                Inline::Emphasis { content, .. }
                | Inline::Strong(content)
                | Inline::Strike(content)
                | Inline::Link { content, .. }
                | Inline::Claim { content, .. } => self.count(content, letters),
                // Words to say say themselves in which language they are.
                _ => {}
            }
        }
    }

    fn words(&self, words: &str, letters: &mut Letters) {
        // What is still to be written was told.
        if super::unwritten::may_be(words) {
            return;
        }
        for c in words.chars() {
            let (kind, weight) = match self.low.get(c as usize) {
                Some(kind) => (*kind, 1),
                None if is_han(c) => (if self.has_han { Kind::Own } else { Kind::Other }, WORD),
                None => (kind(c, &self.own), 1),
            };
            match kind {
                Kind::Nothing => {}
                Kind::Own => letters.own += weight,
                Kind::Other => letters.other += weight,
            }
        }
    }
}

/// What a character is to a locale of these scripts.
fn kind(c: char, own: &[Script]) -> Kind {
    let script = CodePointMapData::<Script>::new().get(c);
    match () {
        () if !c.is_alphabetic() || matches!(script, Script::Common | Script::Inherited) => Kind::Nothing,
        () if own.contains(&script) => Kind::Own,
        () => Kind::Other,
    }
}

/// How much of a text is in which script.
#[derive(Default)]
struct Letters {
    own: usize,
    other: usize,
}

/// What people call a script.
pub(super) fn name(script: Script) -> &'static str {
    match script {
        Script::Han => "Chinese",
        other => icu_properties::PropertyNamesLong::<Script>::new().get(other).unwrap_or("other"),
    }
}
