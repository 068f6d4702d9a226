//! A few words of the source's language where those of another should stand: `Your operator` on a Chinese button. A name may stand there as
//! it is, so they are told only where the site itself writes all of them small elsewhere.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::drift::is_phrase;
use super::hurt::Hurt;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::locale::{Locale, LocaleIx};
use crate::model::site::Site;
use crate::model::strings::placeholders;
use crate::parse::Documents;
use crate::parse::rules::Scripts;
use crate::parse::texts::LocalText;
use crate::source::tree::SourceTree;
use crate::theme::BUILT_IN;

/// Of so many known words on, a text is no name.
const WORDS: usize = 2;

pub fn check(documents: &Documents, site: &Site, (tree, hurt): (&SourceTree, &Hurt<'_>), sink: &mut Diagnostics) {
    if !documents.has_source {
        return;
    }
    let source = documents.config.source_locale;
    let words = Words { documents, site, tree, known: OnceCell::new() };
    let scripts = Scripts::of(&documents.config.locales);
    let is_foreign = |ix: LocaleIx, text: &str| scripts[ix.0].lacks_own(text) && !scripts[source.0].lacks_own(text);
    let others: Vec<(LocaleIx, &Locale)> = documents.config.locales().filter(|(ix, _)| *ix != source).collect();
    for (text, bytes) in words.texts() {
        let Some((said, there)) = &text.by_locale[source.0] else { continue };
        for (ix, locale) in &others {
            // What is the source's word for word was told as that, and much of it where the file was read.
            let Some((_, here)) = text.by_locale[ix.0].as_ref().filter(|(own, _)| own != said) else { continue };
            let is_left = at(&bytes, *here).is_some_and(|own| is_foreign(*ix, own) && words.are_all_known(own, *ix));
            if is_left && !hurt.is_at(*here) {
                sink.push(left_over(*here, *there, locale, source_name(documents)));
            }
        }
    }
    for (ix, locale) in &others {
        for (key, entry) in site.strings[ix.0].entries.iter().filter(|(_, entry)| !entry.borrowed) {
            let Some(wanted) = site.strings[source.0].entries.get(key) else { continue };
            let is_own = || !tree.path(entry.place.file).as_str().starts_with(BUILT_IN);
            let is_left = |text: &str| is_foreign(*ix, text) && words.are_all_known(text, *ix);
            let is_same = || entry.message.wordings().eq(wanted.message.wordings());
            if is_own() && entry.message.wordings().any(is_left) && !is_same() {
                sink.push(left_over(entry.place, wanted.place, locale, source_name(documents)));
            }
        }
    }
}

fn source_name(documents: &Documents) -> &str {
    &documents.config.locale(documents.config.source_locale).name
}

fn left_over(here: Span, there: Span, locale: &Locale, source: &str) -> Diagnostic {
    let headline = format!("this should be in `{}` ({}), and its words are those of {source}", locale.id, locale.name);
    let found = Diagnostic::new(Code::WrongLanguage, here, headline).related(there, "the source");
    found.help("translate it; a name stands between quotes")
}

/// The words of the site's texts in the source's language.
struct Words<'a> {
    documents: &'a Documents,
    site: &'a Site,
    tree: &'a SourceTree,
    /// Those that are written small somewhere, gathered where a text may be made of them.
    known: OnceCell<BTreeSet<String>>,
}

impl Words<'_> {
    /// The texts of YAML files, each with the bytes of its file, which is read once.
    fn texts(&self) -> impl Iterator<Item = (&LocalText, Arc<[u8]>)> {
        let files = self.documents.texts.chunk_by(|one, other| one.file == other.file);
        files.flat_map(|texts| {
            let bytes = texts.first().and_then(|text| self.tree.get(self.tree.path(text.file)));
            texts.iter().filter_map(move |text| Some((text, bytes.clone()?)))
        })
    }

    /// Whether all words of a text that may be names are known, and no sign in it says that it is something else.
    fn are_all_known(&self, text: &str, locale: LocaleIx) -> bool {
        let text = placeholders(text).fold(text.to_owned(), |text, name| text.replace(&format!("{{{name}}}"), " "));
        if !is_phrase(&text) || !text.chars().all(is_of_words) || self.is_term(text.trim(), locale) {
            return false;
        }
        let mut words = text.split_whitespace().map(trimmed).filter(|word| !word.is_empty());
        let first = words.next().filter(|word| is_small(word) || self.knows(&word.to_lowercase()));
        if first.is_some_and(|word| is_small(word) && !self.knows(word)) {
            return false;
        }
        let (small, others): (Vec<&str>, Vec<&str>) = words.partition(|word| is_small(word));
        let are_names = others.iter().all(|word| word.starts_with(char::is_uppercase));
        are_names && small.iter().all(|word| self.knows(word)) && small.len() + usize::from(first.is_some()) >= WORDS
    }

    /// Whether the glossary says it so in the language.
    fn is_term(&self, text: &str, locale: LocaleIx) -> bool {
        self.documents.glossary.iter().any(|term| term.preferred.get(locale).eq_ignore_ascii_case(text))
    }

    fn knows(&self, word: &str) -> bool {
        self.known.get_or_init(|| self.gather()).contains(word)
    }

    fn gather(&self) -> BTreeSet<String> {
        let source = self.documents.config.source_locale;
        let mut known = BTreeSet::new();
        let mut add = |text: &str| {
            let small = text.split_whitespace().map(trimmed).filter(|word| is_small(word));
            known.extend(small.map(str::to_owned));
        };
        let strings = self.site.strings[source.0].entries.values().flat_map(|entry| entry.message.wordings());
        strings.for_each(&mut add);
        for (text, bytes) in self.texts() {
            let said = text.by_locale[source.0].as_ref().and_then(|(_, place)| at(&bytes, *place));
            said.into_iter().for_each(&mut add);
        }
        known
    }
}

/// What stands at a place of a file.
fn at(bytes: &[u8], place: Span) -> Option<&str> {
    std::str::from_utf8(bytes.get(place.range())?).ok()
}

/// Whether a sign stands among words; others stand in codes, addresses and formulas.
fn is_of_words(c: char) -> bool {
    c.is_alphabetic() || c.is_whitespace() || matches!(c, ',' | '.' | '?' | '!' | '\'' | '’' | '-')
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphabetic())
}

fn is_small(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_lowercase() || matches!(c, '\'' | '’' | '-'))
}
