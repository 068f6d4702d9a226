//! Every text of a site as units, each with its translation and what a translator has to know.

use std::collections::BTreeMap;

use super::segment::{FRONT, Run, Segments, segments};
use super::yaml::YamlTexts;
use super::{State, Unit, blocks, theme};
use crate::link::drift::{TextPair, text_pairs};
use crate::link::pairs::{Pair, pairs};
use crate::model::locale::LocaleIx;
use crate::model::translation::{self, TOP};
use crate::parse::Documents;
use crate::parse::rules::TO_BE_WRITTEN;
use crate::parse::text::SourceText;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};

/// A file's words, and the bytes before them.
pub struct Written {
    pub text: String,
    pub offset: usize,
}

impl Written {
    /// The text of a file, if it can be read.
    #[must_use]
    pub fn read(tree: &SourceTree, path: &SourcePath) -> Option<Self> {
        let bytes = tree.get(path)?;
        let text = std::str::from_utf8(&bytes).ok()?;
        let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
        Some(Self { text: plain.to_owned(), offset: text.len() - plain.len() })
    }

    /// Another text with the bytes that stand before this one.
    #[must_use]
    pub fn with_mark(&self, text: &str) -> String {
        let mark = if self.offset > 0 { "\u{feff}" } else { "" };
        format!("{mark}{text}")
    }

    /// As the readers of sources take it.
    #[must_use]
    pub fn source(&self, file: FileId) -> SourceText<'_> {
        SourceText { file, text: &self.text, offset: self.offset }
    }
}

/// A Markdown file beside its translation.
pub struct Text<'a> {
    /// What both are.
    pub pair: Pair<'a>,
    /// The file of the source.
    pub path: String,
    /// The file of the translation, whether it is there or not.
    pub own_path: String,
    /// What the source says.
    pub written: Written,
    /// Its runs.
    pub source: Segments,
    /// What the translation says, and its runs.
    pub own: Option<(Written, Segments)>,
}

/// Every Markdown file in a locale.
#[must_use]
pub fn texts<'a>(documents: &'a Documents, tree: &SourceTree, locale: LocaleIx) -> Vec<Text<'a>> {
    let config = &documents.config;
    let ends = [config.source_locale, locale].map(|ix| format!(".{}.md", config.locale(ix).id));
    let read = |file: FileId| {
        let written = Written::read(tree, tree.path(file))?;
        let segments = segments(written.source(file));
        Some((written, segments))
    };
    let text = |pair: Pair<'a>| {
        let path = tree.path(pair.source.body.file).as_str().to_owned();
        let (written, source) = read(pair.source.body.file)?;
        let own_path = match &pair.own {
            Some(own) => tree.path(own.body.file).as_str().to_owned(),
            None => path.strip_suffix(&ends[0])?.to_owned() + &ends[1],
        };
        let own = pair.own.as_ref().and_then(|own| read(own.body.file));
        Some(Text { pair, path, own_path, written, source, own })
    };
    pairs(documents).into_iter().filter(|pair| pair.locale == locale).filter_map(text).collect()
}

/// What the units of a locale are made of.
pub struct Gathering<'a> {
    pub documents: &'a Documents,
    pub tree: &'a SourceTree,
    pub locale: LocaleIx,
}

impl Gathering<'_> {
    /// The units of the whole site, or of one guide, page, fragment or letter with its card.
    pub fn units(&self, only: Option<&str>) -> Vec<Unit> {
        let texts = texts(self.documents, self.tree, self.locale);
        let texts = texts.iter().filter(|text| only.is_none_or(|only| text.pair.name == only));
        let mut units: Vec<Unit> = texts.flat_map(|text| self.of_text(text)).collect();
        let card = only.map(layout::card);
        let pairs = text_pairs(self.documents, self.tree);
        let pairs = pairs.iter().filter(|pair| pair.locale == self.locale);
        let pairs = pairs.filter(|pair| card.as_deref().is_none_or(|card| pair.path.as_str() == card));
        pairs.for_each(|pair| units.extend(self.of_yaml(pair)));
        if only.is_none() {
            units.extend(self.of_theme());
        }
        units
    }

    fn of_text(&self, text: &Text<'_>) -> Vec<Unit> {
        let states: BTreeMap<&str, translation::State> = text.pair.states().into_iter().collect();
        let own: BTreeMap<&str, &Run> =
            text.own.iter().flat_map(|(_, own)| &own.runs).map(|run| (&*run.id, run)).collect();
        let what = format!("{} {}", text.pair.kind, text.pair.name);
        let code = blocks::notes(&text.source);
        let unit = |run: &Run| {
            let target = own.get(&*run.id).map_or("", |run| &run.text).to_owned();
            let state = states.get(run.part()).copied().unwrap_or(translation::State::Missing);
            let place = match run.group() {
                FRONT => format!("{what}: {}", run.kind),
                TOP => format!("{what}, above the first step: {}", run.kind),
                step => format!("{what}, step {step}: {}", run.kind),
            };
            let braces = run.braces.trim();
            let braces = (!braces.is_empty()).then(|| format!("It stands with {braces}"));
            let code = code.iter().filter(|(id, _)| *id == run.id).map(|(_, note)| note.clone());
            let notes = std::iter::once(place).chain(braces).chain(code).collect();
            self.unit((text.path.clone(), run.id.clone()), run.text.clone(), (target, state), notes)
        };
        text.source.runs.iter().filter(|run| run.has_words).map(unit).collect()
    }

    fn of_yaml(&self, pair: &TextPair<'_>) -> Vec<Unit> {
        let Some(texts) = YamlTexts::of(self.documents, self.tree, pair) else { return Vec::new() };
        let unit = |slot: &super::yaml::Slot| {
            let (here, place) = (&slot.here, (pair.path.as_str().to_owned(), slot.here.id.clone()));
            self.unit(place, here.source.clone(), (here.target.clone(), slot.state), vec![slot.note.clone()])
        };
        texts.slots.iter().map(unit).collect()
    }

    /// Nobody records what the theme's words were made from: those that are there are taken as they are.
    fn of_theme(&self) -> Vec<Unit> {
        let theme::Words { file, all, .. } = theme::words(self.documents, self.tree, self.locale);
        let unit = |word: theme::Word| {
            let here = word.here;
            let target = (here.target, translation::State::Fresh);
            self.unit((file.clone(), here.id), here.source, target, word.notes)
        };
        all.into_iter().map(unit).collect()
    }

    fn unit(
        &self,
        (file, id): (String, String),
        source: String,
        (target, state): (String, translation::State),
        mut notes: Vec<String>,
    ) -> Unit {
        let target = if target.contains(TO_BE_WRITTEN) { String::new() } else { target };
        let state = match state {
            _ if target.is_empty() => State::New,
            translation::State::Fresh => State::Done,
            translation::State::Stale(_) | translation::State::Missing => State::NeedsWork,
            translation::State::Unrecorded => State::NeedsReview,
        };
        notes.extend(self.terms(&source));
        Unit { file, id, source, target, state, notes }
    }

    /// The words of the glossary that a text has.
    fn terms(&self, text: &str) -> Vec<String> {
        let source = self.documents.config.source_locale;
        let small = text.to_lowercase();
        let terms = self.documents.glossary.iter().filter_map(|term| {
            let (here, there) = (term.preferred.get(source), term.preferred.get(self.locale));
            let occurs = !here.is_empty() && !there.is_empty() && small.contains(&here.to_lowercase());
            let not = term.forbidden.get(self.locale);
            let not = if not.is_empty() { String::new() } else { format!(", not {}", not.join(", ")) };
            occurs.then(|| format!("Glossary: {here} = {there}{not}"))
        });
        terms.collect()
    }
}
