//! Days that readers know, by names of the site's own: the words of each, and names that are a slip away from one that has words.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::suggest::{Names, Near, is_longer_name, nearest};
use crate::diag::{Code, Diagnostic, Diagnostics, Span, Spanned};
use crate::model::id::Id;
use crate::model::site::Site;
use crate::model::strings::{CATEGORIES, Strings, UiString, day_words, placeholders};
use crate::parse::Documents;

pub fn check(documents: &Documents, site: &Site, sink: &mut Diagnostics) {
    let days = Days::of(documents, site);
    for name in documents.guides.values().filter_map(|document| Some(&document.date_rule.as_ref()?.from)) {
        if CATEGORIES.contains(&name.value.as_str()) {
            let headline =
                format!("`{}` cannot be the name of a day: among the theme's words it is a plural form", name.value);
            sink.push(Diagnostic::new(Code::BadId, name.place, headline).help("give the day another name"));
        } else if let Some((meant, place)) = days.meant(name) {
            let headline = format!("the day `{}` has no words of its own, and `{meant}` has", name.value);
            sink.push(
                Diagnostic::new(Code::UnknownDay, name.place, headline)
                    .related(place, format!("words of `{meant}`"))
                    .help(format!("did you mean `{meant}`?"))
                    .help(format!(
                        "a day of another name needs at least `dates.{}.label` in the theme's strings",
                        name.value
                    )),
            );
        }
    }
}

/// The days that have words of their own.
pub struct Days<'a> {
    /// Where the first of the words of each stand.
    worded: BTreeMap<&'a str, Span>,
    names: Names,
}

impl<'a> Days<'a> {
    /// Those of a site; none where a file of words cannot be read, for then it is not known which there are.
    pub fn of(documents: &Documents, site: &'a Site) -> Self {
        let mut worded = BTreeMap::new();
        if site.strings.iter().all(|strings| !documents.broken.errors.contains_key(&strings.home)) {
            // Of all locales, those of the source locale are shown first.
            let source = site.strings.get(site.config.source_locale.0);
            for strings in source.into_iter().chain(&site.strings) {
                for (day, _, entry) in strings.of_days().filter(|(_, part, _)| strings.of_any_day(part).is_some()) {
                    worded.entry(day).or_insert(entry.place);
                }
            }
        }
        Self { names: Names::new(worded.keys().copied()), worded }
    }

    /// The day with words that a name without is a slip away from, and where these words stand.
    pub fn meant(&self, name: &Spanned<Id>) -> Option<(&str, Span)> {
        let found = name.value.as_str();
        if self.worded.contains_key(found) {
            return None;
        }
        match self.names.near(found, name.place.file) {
            Near::Name(near) if !is_longer_name(near, found) => Some((near, *self.worded.get(near)?)),
            _ => None,
        }
    }
}

/// Whether a string is meant to say something of a day, and its key is a slip away from what there is to say.
pub fn is_slip(strings: &Strings, key: &str) -> bool {
    day_words(key).is_some_and(|(_, part)| meant_part(strings, part).is_some())
}

fn meant_part<'a>(strings: &'a Strings, part: &str) -> Option<&'a str> {
    let is_known = strings.of_any_day(part).is_some();
    if is_known { None } else { nearest(part, strings.parts_of_days()) }
}

/// Reports words of days that nothing would show, for the general ones would stand in their place.
pub fn slips(strings: &Strings, sink: &mut Diagnostics) {
    for (day, part, entry) in strings.of_days() {
        if let Some(meant) = meant_part(strings, part) {
            let headline = format!("of a day there is no `{part}` to say");
            let found = Diagnostic::new(Code::MissingString, entry.place, headline);
            sink.push(found.help(format!("did you mean `dates.{day}.{meant}`?")));
        }
    }
}

/// Reports places in the words of days that nothing fills, and says where; other locales are compared with the source.
pub fn places(source: &Strings, sink: &mut Diagnostics) -> BTreeSet<Span> {
    let mut told = BTreeSet::new();
    let names = |entry: &UiString| -> BTreeSet<String> {
        let names = entry.message.wordings().flat_map(placeholders);
        names.filter(|name| *name != "n").map(|name| format!("{{{name}}}")).collect()
    };
    for (day, part, entry) in source.of_days() {
        let Some(any) = source.of_any_day(part).map(names) else { continue };
        if let Some(unfilled) = names(entry).difference(&any).next() {
            let headline = format!("the string `dates.{day}.{part}` has a place for {unfilled}, and nothing fills it");
            let known: Vec<&str> = any.iter().map(String::as_str).collect();
            let known = match known.as_slice() {
                [] => "take it out: this part of the words of a day has no places".to_owned(),
                [only] => format!("write {only}, which is what this part of the words of a day has a place for"),
                several => format!("this part of the words of a day has places for {}", several.join(" and ")),
            };
            let found = Diagnostic::new(Code::StringForms, entry.place, headline);
            sink.push(found.help(format!("{known}; a name between braces is never translated")));
            told.insert(entry.place);
        }
    }
    told
}
