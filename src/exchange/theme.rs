//! The words of the site's own theme, and those that it borrows: from the file of the source locale into that of another, with the
//! plural forms that the other language has.

use std::collections::BTreeSet;
use std::ops::Range;

use super::apply::{OfFile, Outcome};
use super::gather::Written;
use super::here::Here;
use super::{insert, scalar, tell};
use crate::change::edits::entries;
use crate::diag::{Diagnostics, Span};
use crate::model::locale::{Locale, LocaleIx};
use crate::model::strings::{self, Message, Strings, UiString, placeholders};
use crate::parse::Documents;
use crate::parse::strings as files;
use crate::parse::yaml::Spans;
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};
use crate::theme::add_built_in;

/// A string of the theme, or one plural form of it.
pub struct Word {
    pub here: Here,
    /// What a translator has to know.
    pub notes: Vec<String>,
    /// The string that it is, or is a form of.
    key: String,
    /// The form.
    form: Option<&'static str>,
    /// Where it stands in the file of the locale.
    range: Option<Range<usize>>,
}

/// The theme's words in a locale.
pub struct Words {
    /// The file of the source locale, by which units are known.
    pub file: String,
    pub all: Vec<Word>,
    /// The file of the locale, whether it is there or not.
    path: SourcePath,
    home: FileId,
    written: Written,
}

/// The words of the site's theme that are its own in one of the two languages, or borrowed from English.
pub fn words(documents: &Documents, tree: &SourceTree, locale: LocaleIx) -> Words {
    let config = &documents.config;
    let mut with_built_in = tree.clone();
    add_built_in(&mut with_built_in);
    let strings = files::of_theme(&with_built_in, config, &mut Diagnostics::default());
    let (source, own) = (&strings[config.source_locale.0], &strings[locale.0]);
    let path = with_built_in.path(own.home).clone();
    let read = |path: &SourcePath| Written::read(tree, path).unwrap_or(Written { text: String::new(), offset: 0 });
    let (written, of_source) = (read(&path), read(with_built_in.path(source.home)));
    let source_spans = insert::read(&of_source.text);
    let both = Both {
        source,
        source_file: (of_source, source_spans),
        own,
        spans: insert::read(&written.text),
        written: &written,
        locale: config.locale(locale),
    };
    let file = with_built_in.path(source.home).as_str().to_owned();
    let mut keys: Vec<(&String, &UiString)> =
        source.entries.iter().filter(|(key, it)| both.is_wanted(key, it)).collect();
    keys.sort_by_key(|(key, it)| (it.place.file != source.home, it.place.start, *key));
    let all = keys.into_iter().flat_map(|(key, says)| both.of(key, says, &file)).collect();
    Words { file, all, home: own.home, path, written }
}

/// The strings of both languages.
struct Both<'a> {
    source: &'a Strings,
    /// The site's own file of it, and the places in it.
    source_file: (Written, Option<Spans>),
    own: &'a Strings,
    /// The places of the locale's own file.
    spans: Option<Spans>,
    written: &'a Written,
    locale: &'a Locale,
}

impl Both<'_> {
    /// What the file of the locale itself says.
    fn own(&self, key: &str) -> Option<&UiString> {
        self.own.entries.get(key).filter(|it| !it.borrowed && it.place.file == self.own.home)
    }

    fn is_wanted(&self, key: &str, says: &UiString) -> bool {
        let is_borrowed = self.own.entries.get(key).is_none_or(|it| it.borrowed);
        let is_ours = !says.borrowed && says.place.file == self.source.home;
        is_ours || is_borrowed || self.own(key).is_some()
    }

    fn of(&self, key: &str, says: &UiString, file: &str) -> Vec<Word> {
        let own = self.own(key);
        let forms = match (&says.message, own.map(|it| &it.message)) {
            (_, Some(Message::Plain(_))) | (Message::Plain(_), None) => vec![None],
            _ => strings::forms(&self.locale.formats).into_iter().map(Some).collect(),
        };
        let names = |wording: &str| placeholders(wording).map(|name| format!("{{{name}}}")).collect::<BTreeSet<_>>();
        let all: BTreeSet<String> = says.message.wordings().flat_map(names).collect();
        let word = |form: Option<&'static str>| {
            let source = wording(&says.message, form);
            let target = own.and_then(|it| exact(&it.message, form)).unwrap_or_default();
            let id = form.map_or_else(|| key.to_owned(), |form| format!("{key}.{form}"));
            let mut notes = vec![format!("{file}: {id}")];
            notes.extend(form.map(|form| self.numbers(form)));
            // A form for one number may say it in words.
            let in_all = |name: &&String| says.message.wordings().all(|wording| wording.contains(name.as_str()));
            let free = all.iter().filter(|name| *name == "{n}" || !in_all(name)).filter(|_| form.is_some());
            let free: Vec<String> = free.cloned().collect();
            if !free.is_empty() {
                notes.push(format!("What it may leave out or have: {}", free.join(" ")));
            }
            notes.extend(self.shown(key, form));
            // The built-in theme is no part of the site.
            let home = self.source.home;
            let place = if says.place.file == home { self.place(key, form, says) } else { Span::file(home) };
            let here = Here { free, ..Here::of_value(id, (source.to_owned(), place), target.to_owned(), true) };
            Word { here, notes, key: key.to_owned(), form, range: self.range(key, form) }
        };
        forms.into_iter().map(word).collect()
    }

    /// Where a string of the site's own stands in the source, or the form of it that others are made from.
    fn place(&self, key: &str, form: Option<&str>, says: &UiString) -> Span {
        let (written, spans) = &self.source_file;
        let found = spans.as_ref().and_then(|spans| at(spans, key));
        let of_form = found.and_then(|found| at(found, form?).or_else(|| at(found, "other")));
        let there = of_form.and_then(|of_form| scalar::read(&written.text, &of_form.range()));
        there.map_or(says.place, |there| written.source(self.source.home).place(there.range))
    }

    fn numbers(&self, form: &str) -> String {
        let numbers = strings::numbers(&self.locale.formats, form);
        let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
        if numbers.is_empty() {
            return format!("The plural form `{form}`, for parts of a whole");
        }
        format!("The plural form `{form}`, for numbers such as {}", numbers.join(", "))
    }

    /// What readers see as long as the theme says nothing of its own.
    fn shown(&self, key: &str, form: Option<&str>) -> Option<String> {
        let there = self.own.entries.get(key).filter(|it| !it.borrowed && it.place.file != self.own.home)?;
        Some(format!("Until then readers see: {}", wording(&there.message, form)))
    }

    /// Where a string, or a form of it, stands in the locale's own file.
    fn range(&self, key: &str, form: Option<&str>) -> Option<Range<usize>> {
        let mut found = at(self.spans.as_ref()?, key)?;
        if let Some(form) = form {
            found = at(found, form)?;
        }
        scalar::read(&self.written.text, &found.range()).map(|there| there.range)
    }
}

/// The value of a dotted key.
fn at<'a>(spans: &'a Spans, key: &str) -> Option<&'a Spans> {
    entries(spans).iter().find_map(|(name, _, value)| match key.strip_prefix(name.as_str()) {
        Some("") => Some(value),
        Some(rest) => at(value, rest.strip_prefix('.')?),
        None => None,
    })
}

/// What a string says in a form, or where it has none of that name, in the one for most numbers.
fn wording<'a>(message: &'a Message, form: Option<&str>) -> &'a str {
    match message {
        Message::Plain(text) => text.trim_end(),
        Message::Plural(forms) => {
            let exact = form.and_then(|form| forms.get(form));
            exact.or_else(|| forms.get("other")).or_else(|| forms.values().next()).map_or("", |text| text.trim_end())
        }
    }
}

/// What a string says in just this form.
fn exact<'a>(message: &'a Message, form: Option<&str>) -> Option<&'a str> {
    match (message, form) {
        (Message::Plain(text), None) => Some(text.trim_end()),
        (Message::Plural(forms), Some(form)) => forms.get(form).map(|text| text.trim_end()),
        _ => None,
    }
}

/// Puts words into the file of the locale; of forms that came back and do not fit, `is_told` knows that something was said.
pub fn write(words: &Words, accepted: &OfFile, is_told: &dyn Fn(&str) -> bool, outcome: &mut Outcome) {
    let mut text = words.written.text.clone();
    let new = words.all.iter().filter_map(|word| Some((word, accepted.get(&word.here.id)?)));
    let new: Vec<_> = new.filter(|(_, new)| new.is_new).collect();
    let mut there: Vec<_> = new.iter().filter_map(|(word, new)| Some((word.range.clone()?, new))).collect();
    there.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    for (range, new) in there {
        let written = scalar::write(&text[range.clone()], &new.target);
        text.replace_range(range, &written);
    }
    let (mut taken, mut waiting) = (Vec::new(), BTreeSet::new());
    for (word, new) in new {
        if word.range.is_none() {
            if let Some(lacking) = lacking(words, word, accepted) {
                if waiting.insert(&word.key) && !lacking.iter().any(|id| is_told(id)) {
                    outcome.found.push(tell::lacks_forms((new.words, &word.key), &lacking));
                }
                continue;
            }
            let way: Vec<&str> = word.key.split('.').chain(word.form).collect();
            let Some(whole) = insert::words(&text, &way, &new.target) else {
                let what = format!("`{}` cannot be put into {}", word.here.id, words.path);
                let help = "write it there by hand, or mend the file: `rahnuma check` says what is wrong with it";
                outcome.found.push(tell::unplaced((new.place, &word.here.id), &what, help));
                continue;
            };
            text = whole;
        }
        taken.push((word, new));
    }
    if taken.is_empty() {
        return;
    }
    let read = files::read(Written { text: text.clone(), offset: 0 }.source(words.home), &mut Diagnostics::default());
    let says = |word: &Word| read.entries.get(&word.key).and_then(|it| exact(&it.message, word.form));
    for (word, new) in taken.iter().filter(|(word, new)| says(word) != Some(new.target.as_str())) {
        let what = format!("in {} it would not say what came back", words.path);
        let help = "write it there by hand, between double quotes";
        outcome.found.push(tell::unplaced((new.place, &word.here.id), &what, help));
    }
    outcome.units += taken.len();
    outcome.changes.write(words.path.clone(), words.written.with_mark(&text));
}

/// The forms without which one that is new would stand alone, where the string is not there yet.
fn lacking<'a>(words: &'a Words, word: &Word, accepted: &OfFile) -> Option<Vec<&'a str>> {
    let forms: Vec<&Word> = words.all.iter().filter(|other| other.key == word.key).collect();
    let lacking = forms.iter().filter(|form| form.range.is_none() && !accepted.contains_key(&form.here.id));
    let lacking: Vec<&str> = lacking.map(|form| form.here.id.as_str()).collect();
    (word.form.is_some() && !lacking.is_empty()).then_some(lacking)
}
