//! What one file alone can break: how its words are written, what hides in it, numbers typed that a fact states, words that the
//! glossary forbids, the order of its headings. One walk over a text serves all of them, in parallel with the other files.

pub mod consequences;
mod foreign;
mod glossary;
mod halves;
mod headings;
mod invisible;
mod literal;
mod lookalikes;
mod lost;
pub mod many;
mod numbers;
mod pasted;
mod pieces;
mod quotes;
mod repeated;
mod said_again;
mod scripts;
mod traditional;
mod twice;
pub mod unwritten;
mod wording;

use super::Documents;
use super::context::{Part, Wording};
use super::document::Document;
use super::text::SourceText;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::hash::{ContentHash, Hasher};
use crate::model::body::{Body, Inline};
use crate::model::id::Id;
use crate::model::locale::{Locale, LocaleIx};
use crate::model::strings::Strings;
use crate::model::walk::{each_code_block, each_inline, each_run};
use crate::source::layout;
use crate::source::tree::SourceTree;
use crate::theme::BUILT_IN;
use glossary::Glossary;
use halves::Halves;
use numbers::Numbers;
pub use numbers::{Asked, Known, unit_behind};
use quotes::Mixed;
pub use scripts::Scripts;

/// What texts are measured by.
pub struct Rules<'a> {
    tree: &'a SourceTree,
    locales: &'a [Locale],
    glossary: Glossary<'a>,
    numbers: Numbers<'a>,
    /// In the order of the locales.
    scripts: Vec<Scripts>,
    /// In the order of the locales: words that never stand twice.
    never_twice: Vec<&'static [&'static str]>,
    /// A hash of what holds for every text.
    common: ContentHash,
}

/// A Markdown file: what it is, whose, in which locale.
pub struct Written<'a> {
    /// The file's text.
    pub source: SourceText<'a>,
    /// Its locale.
    pub locale: LocaleIx,
    /// The numbers that it has no business to repeat.
    pub known: &'a Known<'a>,
    /// The level of the heading that its own stand below.
    pub above: u8,
}

impl<'a> Rules<'a> {
    /// The rules of a site.
    #[must_use]
    pub fn new(documents: &'a Documents, tree: &'a SourceTree) -> Self {
        let mut common = Hasher::default();
        for file in [layout::SITE, layout::GLOSSARY] {
            common.add_hash(tree.hash(file));
        }
        Self {
            tree,
            locales: &documents.config.locales,
            glossary: Glossary::new(&documents.glossary),
            numbers: Numbers::new(&documents.policies),
            scripts: Scripts::of(&documents.config.locales),
            never_twice: documents.config.locales.iter().map(twice::of).collect(),
            common: common.finish(),
        }
    }

    /// The numbers that facts state in texts of an owner.
    #[must_use]
    pub fn known(&self, owner: Option<&Id>) -> Known<'_> {
        self.numbers.of(owner)
    }

    /// A hash of a text's bytes and of everything that the rules for it depend on, but for the numbers that it was compared with.
    #[must_use]
    pub fn key(&self, text: ContentHash) -> ContentHash {
        let mut key = Hasher::default();
        key.add_hash(self.common);
        key.add_hash(text);
        key.finish()
    }

    /// A guide or a page.
    pub fn document(&self, document: &Document, written: &Written<'_>, is_guide: bool, sink: &mut Diagnostics) {
        for front in [&document.title, &document.summary] {
            self.text(&front.value, front.place, written.locale, sink);
            literal::words(&front.value, front.place, sink);
            quotes::text(&front.value, front.place, sink);
            halves::text(&front.value, front.place, sink);
            wording::no_reference(&front.value, front.place, sink);
            if is_guide {
                written.known.search(&front.value, front.place, sink);
            }
        }
        // A letter has no summary but its title.
        if document.title.place != document.summary.place
            && document.title.value.trim() == document.summary.value.trim()
        {
            let headline = "the title and the summary say the same";
            let found = Diagnostic::new(Code::SaidTwice, document.summary.place, headline);
            let found = found.related(document.title.place, "the title");
            sink.push(found.help("a title names the page in a few words, and a summary says what readers find there"));
        }
        let front = [&document.title, &document.summary].map(|it| (it.value.as_str(), it.place));
        let told = sink.count();
        self.script(&document.body, written, sink);
        // A file that is in another language as a whole is told once.
        if sink.count() == told {
            self.scripts[written.locale.0].check_front(&front, &self.locales[written.locale.0], sink);
        }
        self.body(&document.body, written, sink);
    }

    /// In which script the words of a file are.
    pub fn script(&self, body: &Body, written: &Written<'_>, sink: &mut Diagnostics) {
        self.scripts[written.locale.0].check(body, &self.locales[written.locale.0], sink);
    }

    /// The prose of a file.
    pub fn body(&self, body: &Body, written: &Written<'_>, sink: &mut Diagnostics) {
        // A sentence of a YAML file comes without the text around it.
        if !written.source.text.is_empty() {
            lost::check(body, &written.source, sink);
            pasted::check(&written.source, sink);
        }
        headings::check(body, written.above, sink);
        traditional::check(body, &self.locales[written.locale.0], sink);
        let known = written.known;
        each_code_block(&body.blocks, &mut |code, span| known.search(code, span, sink));
        self.spoken(body, sink);
        let may_escape = memchr::memchr(b'&', written.source.text.as_bytes()).is_some();
        let (mut halves, mut mixed) = (Halves::default(), Mixed::default());
        let is_urdu = self.locales[written.locale.0].is_urdu();
        each_run(&body.blocks, &mut |run| {
            known.run(run, &body.plain, sink);
            known.units(run, body, sink);
            quotes::run(run, sink);
            said_again::check(run, body, sink);
            halves.run(run);
            if is_urdu {
                mixed.run(run);
            }
            each_inline(run, &mut |inline| self.inline(inline, body, written, may_escape, sink));
        });
        halves.report(sink);
        mixed.report(sink);
    }

    fn inline(&self, inline: &Inline, body: &Body, written: &Written<'_>, may_escape: bool, sink: &mut Diagnostics) {
        match inline {
            Inline::Text { text, span } => {
                let place = *span;
                self.text(text, place, self.locale_at(place, body).unwrap_or(written.locale), sink);
                literal::prose(text, place, &written.source, sink);
                if may_escape {
                    invisible::escaped(text, place, &written.source, sink);
                }
            }
            Inline::Code { text, span } if text.contains("{{") => {
                let headline = "a fact between backticks is not filled in: readers see the braces";
                let found = Diagnostic::new(Code::BadReference, *span, headline);
                sink.push(found.help("take the backticks away: what is dialled or copied is set apart by itself"));
            }
            Inline::Image { of, alt, .. } => written.known.search(alt, body.references[of.0].place, sink),
            Inline::Emphasis { span, .. } if self.locales[written.locale.0].is_chinese() => {
                wording::chinese_italics(*span, sink);
            }
            _ => {}
        }
    }

    /// Words to say have to be in a language of the site.
    fn spoken(&self, body: &Body, sink: &mut Diagnostics) {
        for spoken in &body.spoken {
            if self.locales.iter().all(|locale| locale.id.as_str() != &*spoken.locale) {
                let headline = format!("`{}` is no locale of this site", spoken.locale);
                let unknown = Diagnostic::new(Code::UnknownLocale, spoken.place, headline);
                sink.push(unknown.suggest(&spoken.locale, self.locales.iter().map(|locale| locale.id.as_str())));
            }
        }
    }

    /// The language of words to say, where a place is among them.
    fn locale_at(&self, place: Span, body: &Body) -> Option<LocaleIx> {
        let holds = |span: Span| span.start <= place.start && place.end <= span.end;
        let spoken = body.spoken.iter().find(|spoken| holds(spoken.place))?;
        self.locales.iter().position(|locale| locale.id.as_str() == &*spoken.locale).map(LocaleIx)
    }

    /// A sentence of Markdown in a YAML file.
    pub fn sentence(&self, body: &Body, locale: LocaleIx, sink: &mut Diagnostics) {
        // Without the file's text there is nothing to look for HTML entities in.
        let source = SourceText { file: body.file, text: "", offset: 0 };
        let mut found = Diagnostics::default();
        self.scripts[locale.0].check_sentences(body, &self.locales[locale.0], &mut found);
        let told: Vec<Span> = sink.iter().map(|told| told.primary.place).filter(|it| it.file == body.file).collect();
        // Words that were meant as marks follow from what is wrong with these.
        found.take(|one| told.iter().any(|told| consequences::is_one_line(*told, one.primary.place, self.tree)));
        sink.extend(found);
        self.body(body, &Written { source, locale, known: &self.known(None), above: 1 }, sink);
    }

    /// Texts of YAML files.
    pub fn wordings(&self, wordings: &[Wording], sink: &mut Diagnostics) {
        // The languages of a text stand one behind the other, in the order of the site's.
        let are_one = |a: &Wording, b: &Wording| a.place.file == b.place.file && a.locale < b.locale;
        for text in wordings.chunk_by(are_one) {
            let mut wrong = None;
            for wording in text {
                let is_wrong = self.wording(wording, sink);
                wrong = wrong.or(is_wrong.then_some(wording));
            }
            let is_told = wrong.is_some_and(|wrong| text.iter().any(|other| self.exchanged(wrong, other, sink)));
            if !is_told {
                self.exchanged_letters(text, sink);
            }
        }
        consequences::overlapping(sink);
        consequences::typed(sink);
    }

    /// A text of a YAML file; whether it is in another language than it should be.
    fn wording(&self, wording: &Wording, sink: &mut Diagnostics) -> bool {
        self.text(&wording.text, wording.place, wording.locale, sink);
        let told = sink.count();
        self.alone(wording, wording.locale, sink);
        let is_wrong = sink.count() > told;
        literal::words(&wording.text, wording.place, sink);
        quotes::text(&wording.text, wording.place, sink);
        halves::text(&wording.text, wording.place, sink);
        wording::no_reference(&wording.text, wording.place, sink);
        if wording.part != Part::Value {
            let numbers = self.numbers.around(wording, self.tree.path(wording.place.file));
            numbers.search(&wording.text, wording.place, sink);
        }
        is_wrong
    }

    /// In which script a text that stands alone is.
    fn alone(&self, wording: &Wording, locale: LocaleIx, sink: &mut Diagnostics) {
        self.scripts[locale.0].check_alone(&wording.text, wording.place, &self.locales[locale.0], sink);
    }

    /// Makes one finding of two languages of a text that each are in the language of the other; whether they are. Of the first that is so
    /// by what it lacks, of the second it is enough that most of it is in other letters: it may have names.
    fn exchanged(&self, wrong: &Wording, other: &Wording, sink: &mut Diagnostics) -> bool {
        let is_right = |wording: &Wording, locale| {
            let mut found = Diagnostics::default();
            self.alone(wording, locale, &mut found);
            found.is_empty()
        };
        let is_mostly_foreign = self.scripts[other.locale.0].is_mostly_foreign(&other.text);
        if other.locale == wrong.locale
            || !is_mostly_foreign
            || !is_right(wrong, other.locale)
            || !is_right(other, wrong.locale)
        {
            return false;
        }
        self.stand_exchanged([wrong, other], sink);
        true
    }

    /// Makes one finding of two languages of a text of which one has no letter of its own, and the other mostly letters of the first: both
    /// may hold a name.
    fn exchanged_letters(&self, text: &[Wording], sink: &mut Diagnostics) {
        let scripts = |it: &Wording| &self.scripts[it.locale.0];
        for one in text.iter().filter(|it| scripts(it).lacks_own(&it.text)) {
            let is_twin = |other: &&Wording| {
                scripts(other).is_mostly_foreign(&other.text)
                    && !scripts(one).is_mostly_foreign(&other.text)
                    && !scripts(other).is_mostly_foreign(&one.text)
            };
            if let Some(other) = text.iter().find(is_twin) {
                return self.stand_exchanged([one, other], sink);
            }
        }
    }

    fn stand_exchanged(&self, [wrong, other]: [&Wording; 2], sink: &mut Diagnostics) {
        let [one, other] = if wrong.locale < other.locale { [wrong, other] } else { [other, wrong] };
        let is_of =
            |place: Span| [one, other].iter().any(|it| it.place.start <= place.start && place.end <= it.place.end);
        sink.take(|found| {
            consequences::OF_WRITING.contains(&found.code)
                && found.primary.place.file == one.place.file
                && is_of(found.primary.place)
        });
        let [first, second] = [one, other].map(|it| &self.locales[it.locale.0].id);
        let headline = format!("the texts in `{first}` and `{second}` stand in each other's place");
        let found = Diagnostic::new(Code::WrongLanguage, one.place, headline).related(other.place, "and this one");
        sink.push(found.help("exchange them"));
    }

    /// A theme's words. The built-in theme's are no editor's to mend.
    pub fn strings(&self, strings: &Strings, locale: LocaleIx, sink: &mut Diagnostics) {
        for entry in
            strings.entries.values().filter(|entry| !self.tree.path(entry.place.file).as_str().starts_with(BUILT_IN))
        {
            entry.message.wordings().for_each(|text| {
                self.text(text, entry.place, locale, sink);
                literal::words(text, entry.place, sink);
            });
        }
    }

    fn text(&self, text: &str, place: Span, locale: LocaleIx, sink: &mut Diagnostics) {
        if unwritten::check(text, place, &self.locales[locale.0], sink) {
            return; // whatever else is wrong with it
        }
        wording::check(text, place, &self.locales[locale.0], sink);
        lookalikes::check(text, place, sink);
        repeated::check(text, place, sink);
        twice::check(text, place, self.never_twice[locale.0], sink);
        self.scripts[locale.0].punctuation(text, place, &self.locales[locale.0], sink);
        self.glossary.check(text, place, locale, sink);
    }
}

pub use invisible::file as hidden_in_file;
pub use literal::UNTIED;
pub use unwritten::MARK as TO_BE_WRITTEN;

/// The place of a part of a text; of the whole where escapes make the two differ.
fn part(place: Span, text: &str, range: std::ops::Range<usize>) -> Span {
    let exact = place.range().len() == text.len();
    if exact { place.part(range) } else { place }
}
