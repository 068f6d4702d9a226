//! The texts and lists of a YAML file in a locale: what they are, and words that came back put in their places, with the record of them.

use std::ops::Range;

use super::apply::{OfFile, Outcome, Site};
use super::gather::Written;
use super::here::{Form, Here};
use super::lists::{self, ByLocale};
use super::scalar::{self, Scalar};
use super::{insert, tell};
use crate::diag::{Diagnostics, Span};
use crate::link::drift::TextPair;
use crate::model::locale::LocaleIx;
use crate::model::translation::{Made, Print, State};
use crate::parse::Documents;
use crate::parse::rules::TO_BE_WRITTEN;
use crate::parse::texts::LocalText;
use crate::parse::translated::{self, TextRecords};
use crate::parse::yaml::{self, Yaml};
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// What is recorded of all YAML files, as it will be.
pub struct Records {
    locale: LocaleIx,
    all: TextRecords,
    is_changed: bool,
}

impl Records {
    pub fn of(site: Site<'_>, locale: LocaleIx) -> Self {
        Self { locale, all: site.documents.text_records.clone().unwrap_or_default(), is_changed: false }
    }

    /// Writes them, if any changed.
    pub fn write(self, site: Site<'_>, outcome: &mut Outcome) {
        if let (true, Ok(path)) = (self.is_changed, SourcePath::new(layout::TRANSLATED)) {
            outcome.changes.write(path, translated::write(&self.all, &site.documents.config.locales));
        }
    }

    /// Records that a text agrees with its source.
    fn add(&mut self, path: &SourcePath, text: &Print, made: Made, outcome: &mut Outcome) {
        let record = self.all.entry((path.as_str().to_owned(), self.locale)).or_default();
        if record.get(&text.part).is_none_or(|made| made.from != text.says) {
            record.insert(text.part.clone(), made);
            self.is_changed = true;
            outcome.recorded += 1;
        }
    }
}

/// Where words of a file go.
enum Goal {
    /// In the place of others.
    Words(Range<usize>),
    /// In the place of those of the list at this number.
    List(usize),
    /// Behind the other languages of the mapping that has this value.
    Beside(Range<usize>),
    /// Something that is no text stands there.
    Nowhere,
}

/// A text of a file.
pub struct Slot {
    pub here: Here,
    pub state: State,
    /// What it is, for people.
    pub note: String,
    goal: Goal,
    /// What is recorded of it; of lists nothing is.
    made_from: Option<Print>,
}

/// The texts of a file in a locale.
pub struct YamlTexts<'a> {
    pub path: &'a SourcePath,
    pub slots: Vec<Slot>,
    written: Written,
    yaml: Yaml,
    /// The key of the locale.
    key: &'a str,
    /// Every locale of the site.
    locales: Vec<&'a str>,
}

impl<'a> YamlTexts<'a> {
    /// The texts of a file, if it can be read.
    pub fn of(documents: &'a Documents, tree: &SourceTree, pair: &TextPair<'a>) -> Option<Self> {
        let written = Written::read(tree, pair.path)?;
        let yaml = yaml::read(written.source(pair.file), &mut Diagnostics::default())?;
        let config = &documents.config;
        let locales = config.locales.iter().map(|locale| locale.id.as_str()).collect();
        let key = config.locale(pair.locale).id.as_str();
        let mut texts = Self { path: pair.path, slots: Vec::new(), written, yaml, key, locales };
        let slots = pair.texts.iter().zip(pair.states()).zip(&pair.prints);
        let slots = slots.filter_map(|((text, state), made_from)| {
            texts.slot(text, (config.source_locale, pair.locale), (state, made_from))
        });
        texts.slots = slots.collect();
        if lists::has_any(pair.path.as_str()) {
            let lists = texts.lists(config.locale(config.source_locale).id.as_str(), pair);
            texts.slots.extend(lists);
        }
        Some(texts)
    }

    fn range(&self, place: Span) -> Option<Range<usize>> {
        let range = place.range();
        Some(range.start.checked_sub(self.written.offset)?..range.end.checked_sub(self.written.offset)?)
    }

    fn slot(
        &self,
        text: &LocalText,
        (source, own): (LocaleIx, LocaleIx),
        (state, made_from): (State, &Print),
    ) -> Option<Slot> {
        let place = |locale: LocaleIx| text.by_locale[locale.0].map(|(_, place)| place);
        let (says, at) = (place(source)?, self.range(place(source)?)?);
        let source = scalar::read(&self.written.text, &at)?.value;
        let there = place(own).and_then(|place| scalar::read(&self.written.text, &self.range(place)?));
        let goal = match &there {
            Some(Scalar { range, .. }) => Goal::Words(range.clone()),
            None if place(own).is_none() && !self.has_key(&at) => Goal::Beside(at),
            None => Goal::Nowhere,
        };
        let target = there.map(|there| there.value).filter(|words| !words.contains(TO_BE_WRITTEN)).unwrap_or_default();
        let here = Here::of_value(text.way.to_string(), (source, says), target, state == State::Fresh);
        let note = format!("{}: {}", self.path, text.way);
        Some(Slot { here, state, note, goal, made_from: Some(made_from.clone()) })
    }

    /// Whether the mapping that has a value has the key of the locale too.
    fn has_key(&self, value: &Range<usize>) -> bool {
        let holder = insert::holder(&self.yaml.spans, value);
        holder.is_none_or(|map| crate::change::edits::value(map, self.key).is_some())
    }

    fn lists(&self, source: &str, pair: &TextPair<'_>) -> Vec<Slot> {
        let slot = |(number, list): (usize, ByLocale<'_>)| {
            let sign = list.sign();
            let of = |locale: &str| list.lists.iter().find(|(key, ..)| *key == locale);
            let (_, says, place) = of(source)?;
            let target = of(self.key).map(|(_, words, _)| lists::joined(words, sign)).unwrap_or_default();
            let (state, goal) = match of(self.key) {
                Some(_) => (State::Fresh, Goal::List(number)),
                None => (State::Missing, Goal::Beside(place.range())),
            };
            let note = format!(
                "{}: {}: a list, with `{sign}` between its entries; the words that people use in this language, which need not be as many",
                self.path, list.way
            );
            let place = self.written.source(pair.file).place(place.range());
            let here = Here {
                form: Form::List(sign),
                ..Here::of_value(list.way, (lists::joined(says, sign), place), target, true)
            };
            Some(Slot { here, state, note, goal, made_from: None })
        };
        let slots = lists::collect(&self.yaml, &self.locales).into_iter().enumerate().filter_map(slot);
        slots.filter(|slot| !slot.here.source.is_empty()).collect()
    }

    /// Puts words in, and records those that are said to agree.
    pub fn write(&self, site: Site<'_>, accepted: &OfFile, (records, outcome): (&mut Records, &mut Outcome)) {
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for slot in &self.slots {
            let Some(new) = accepted.get(&slot.here.id) else { continue };
            match self.edit(slot, &new.target) {
                Some(edit) if new.is_new => edits.push(edit),
                Some(_) => {}
                None => {
                    let what = format!("no words in `{}` can be put there", self.key);
                    let help = format!("write `{}: …` beside the other languages, and import again", self.key);
                    let found = tell::unplaced((new.place, &slot.here.id), &what, &help);
                    outcome.found.push(found.related(slot.here.place, "it stands here in the source"));
                    continue;
                }
            }
            if let (Some(says), true) = (&slot.made_from, new.is_done) {
                records.add(self.path, says, Made { from: says.says, day: Some(site.today) }, outcome);
            }
        }
        if edits.is_empty() {
            return;
        }
        outcome.units += edits.len();
        edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
        let mut text = self.written.text.clone();
        edits.into_iter().for_each(|(range, words)| text.replace_range(range, &words));
        outcome.changes.write(self.path.clone(), self.written.with_mark(&text));
    }

    /// What takes which place in the file.
    fn edit(&self, slot: &Slot, words: &str) -> Option<(Range<usize>, String)> {
        let text = &self.written.text;
        let list = |sign| lists::entries(words, sign);
        match (&slot.goal, slot.here.form) {
            (Goal::Words(range), _) => Some((range.clone(), scalar::write(&text[range.clone()], words))),
            (Goal::List(number), Form::List(sign)) => {
                let all = lists::collect(&self.yaml, &self.locales);
                let (.., place) = all.get(*number)?.lists.iter().find(|(key, ..)| *key == self.key)?;
                Some(lists::replaced(text, place, &list(sign)))
            }
            (Goal::Beside(value), form) => {
                let words = match form {
                    Form::List(sign) => lists::in_brackets(&list(sign)),
                    _ => scalar::write("", words),
                };
                let (at, new) = insert::entry(text, insert::holder(&self.yaml.spans, value)?, self.key, &words)?;
                Some((at..at, new))
            }
            _ => None,
        }
    }
}
