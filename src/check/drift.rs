//! Translations whose source changed since they were made, and those of which nobody knows what they were made from.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::hurt::Hurt;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::link::drift::{TextPair, place_of, text_pairs};
use crate::link::pairs::{Pair, Side, pairs};
use crate::model::body::{Block, Body};
use crate::model::guide::GuideKey;
use crate::model::id::Id;
use crate::model::locale::{Locale, LocaleIx};
use crate::model::site::Config;
use crate::model::translation::{State, TOP};
use crate::parse::Documents;
use crate::parse::place::Kind;
use crate::parse::translated;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// How many names of texts a finding has at most.
const MAX_NAMED: usize = 5;

pub fn check(documents: &Documents, (hurt, tree): (&Hurt<'_>, &SourceTree), sink: &mut Diagnostics) {
    let pairs = pairs(documents);
    // A site that never recorded anything is told nothing: it begins with one command.
    let begun = pairs.iter().filter_map(|pair| pair.own.as_ref()).any(|own| own.body.lock.record.is_some());
    for pair in &pairs {
        // What is a draft may still change, and is told when it is published.
        if let Some(own) = pair.own.as_ref().filter(|own| !documents.drafts.files.contains(&own.body.file)) {
            one(pair, own, (begun, hurt, tree), &documents.config, sink);
        }
    }
    let sources: BTreeMap<_, _> = pairs.iter().map(|pair| (pair.source.body.file, pair.source.body)).collect();
    for (_, place) in sources.values().filter_map(|body| body.lock.record.as_ref()) {
        let headline = format!("`{}` stands in a text that is no translation", translated::KEY);
        let help = "take it out: this is the source, and its translations record what they were made from";
        sink.push(Diagnostic::new(Code::UnknownKey, *place, headline).help(help));
    }
    let text_pairs = text_pairs(documents, tree);
    // Its policy file got another name, perhaps, and is no new one.
    let is_stray = |card: &GuideKey| !documents.has_guide(card);
    let has_lost_file =
        documents.cards.keys().any(is_stray) || !documents.lost_carriers().is_empty() || documents.has_lost_guide();
    if begun && !text_pairs.is_empty() {
        sink.extend(unrecorded_texts(documents, tree));
    }
    lost_cards(documents, tree, sink);
    for pair in text_pairs.iter().filter(|_| documents.text_records.is_some()) {
        let is_new = || pair.states().iter().all(|state| matches!(state, State::Unrecorded | State::Missing));
        if documents.drafts.files.contains(&pair.file) || has_lost_file && is_new() {
            continue;
        }
        copied(pair, (hurt, tree), &documents.config, sink);
        texts(pair, hurt, &documents.config, sink);
    }
}

/// Reports counter cards that are gone.
fn lost_cards(documents: &Documents, tree: &SourceTree, sink: &mut Diagnostics) {
    let source = documents.config.source_locale;
    let guides = documents.guides.keys().filter(|(_, locale)| *locale == source).map(|(key, _)| key);
    // One with another ending is told.
    let is_misnamed = |key: &GuideKey| {
        let name = format!("{}/{key}.card", layout::GUIDES);
        tree.below(&name).next().is_some()
    };
    for key in guides.filter(|key| documents.is_lost_card(key) && !is_misnamed(key)) {
        let headline = format!("`{key}` had a counter card, {}, which is gone", layout::card(&key.to_string()));
        let place = SourcePath::new(layout::TRANSLATED).map_or(Span::SITE, |path| Span::file(tree.id(&path)));
        let found = Diagnostic::new(Code::MissingFile, place, headline);
        sink.push(
            found
                .help("bring it back from an earlier version of the site")
                .help("if the guide is to have none any more, `rahnuma accept --all` takes it out of what is recorded"),
        );
    }
}

/// Reports that the list of what YAML texts were translated from is gone, where guides have such records.
fn unrecorded_texts(documents: &Documents, tree: &SourceTree) -> Diagnostics {
    let mut sink = Diagnostics::default();
    let Some(path) = SourcePath::new(layout::TRANSLATED).ok() else { return sink };
    let is_told = documents.is_unreadable(&Kind::Translated) || documents.unread.contains(&path);
    if documents.text_records.is_none() && !is_told {
        let headline =
            format!("there is no {}, which says what the texts in YAML files were translated from", layout::TRANSLATED);
        let help = "bring it back from an earlier version of the site; where it was never made, `rahnuma accept --all` makes it";
        sink.push(Diagnostic::new(Code::MissingFile, Span::file(tree.id(&path)), headline).help(help));
    }
    sink
}

fn one(
    pair: &Pair<'_>,
    own: &Side<'_>,
    (begun, hurt, tree): (bool, &Hurt<'_>, &SourceTree),
    config: &Config,
    sink: &mut Diagnostics,
) {
    let mended = hurt.by_anything(pair.source.body);
    let is_apart = names(pair.source.body) != names(own.body);
    let locale = config.locale(pair.locale);
    let mut unrecorded = Vec::new();
    for (part, state) in pair.states() {
        match state {
            // What is wrong in the source is mended first, and so is what only one of the two has.
            State::Stale(_) if is_apart || mended.has_part(part) => {}
            State::Stale(day) => {
                let here = place_of(own.body, own.title, part);
                let there = place_of(pair.source.body, pair.source.title, part);
                sink.push(stale(&named(part), day, (here, there)).help(format!(
                    "`rahnuma status --diff {} {}` shows what changed; mend these words, then say so: `rahnuma accept {} --step {part}`",
                    pair.name, locale.id, tree.path(own.body.file)
                )));
            }
            // An empty one is told as that.
            State::Unrecorded if is_empty(pair.source.body, own.body, part) => {}
            State::Unrecorded if begun => unrecorded.push(part),
            State::Fresh | State::Unrecorded | State::Missing => {}
        }
    }
    if let Some(first) = unrecorded.first() {
        let place = own.body.lock.record.as_ref().map(|_| place_of(own.body, own.title, first));
        let place = place.unwrap_or(Span::file(own.body.file));
        let names: Vec<String> = unrecorded.iter().map(|part| named(part)).collect();
        let file = tree.path(own.body.file);
        let is_whole = pair.states().iter().all(|(_, state)| matches!(state, State::Unrecorded | State::Missing));
        let each = unrecorded.iter().take(MAX_NAMED).map(|part| format!("rahnuma accept {file} --step {part}"));
        let commands: Vec<String> = if is_whole { vec![format!("rahnuma accept {file}")] } else { each.collect() };
        sink.push(unknown("this was", &names, place, &commands.join("`, `")));
    }
}

/// Ids of the steps and items that a text names itself.
pub(super) fn names(body: &Body) -> BTreeSet<&Id> {
    let mut names = BTreeSet::new();
    for block in &body.blocks {
        match block {
            Block::Heading(heading) if heading.level == 2 => names.extend(heading.attributes.id()),
            Block::Items(items) => names.extend(items.iter().filter_map(|item| item.attributes.id())),
            _ => {}
        }
    }
    names
}

/// Whether a part says nothing here, and something in the source.
fn is_empty(source: &Body, own: &Body, part: &str) -> bool {
    let letters = |body: &Body| body.lock.prints.iter().find(|it| &*it.part == part).map_or(0, |it| it.letters);
    letters(source) > 0 && letters(own) == 0
}

/// A part in words.
fn named(part: &str) -> String {
    if part == TOP { "what stands above the first step".into() } else { format!("the step `{part}`") }
}

fn stale(what: &str, day: Option<Date>, (here, there): (Span, Span)) -> Diagnostic {
    let since = day.map(|day| format!(" since {day}")).unwrap_or_default();
    let headline = format!("the source of {what} changed{since}, after this was made from it");
    Diagnostic::new(Code::StaleTranslation, here, headline).related(there, "the source today")
}

fn unknown(what: &str, names: &[String], place: Span, command: &str) -> Diagnostic {
    let more = names.len().saturating_sub(MAX_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let names = names.iter().take(MAX_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    Diagnostic::new(
        Code::UnrecordedTranslation,
        place,
        format!("nothing says what {what} translated from: {names}{more}"),
    )
    .help(format!("compare it with the source; when it says the same, record that: `{command}`"))
}

/// Texts that say word for word what the source says, in a locale of another language. A name of one word or in capitals is no sentence.
fn copied(pair: &TextPair<'_>, (hurt, tree): (&Hurt<'_>, &SourceTree), config: &Config, sink: &mut Diagnostics) {
    let (locale, source) = (config.locale(pair.locale), config.locale(config.source_locale));
    if locale.language() == source.language() {
        return;
    }
    let bytes = tree.get(pair.path);
    let words = |place: Span| bytes.as_deref().and_then(|bytes| std::str::from_utf8(bytes.get(place.range())?).ok());
    for text in &pair.texts {
        let in_locale = |ix: LocaleIx| text.by_locale[ix.0].as_ref();
        let Some(((own, here), (said, there))) = in_locale(pair.locale).zip(in_locale(config.source_locale)) else {
            continue;
        };
        if own == said && !hurt.is_at(*here) && words(*here).is_some_and(is_phrase) {
            let headline =
                format!("`{}` says in `{}` ({}) word for word what the source says", text.way, locale.id, locale.name);
            let found = Diagnostic::new(Code::WrongLanguage, *here, headline).related(*there, "the source");
            sink.push(found.help("translate it"));
        }
    }
}

/// Whether a text has two words, one of which is written small.
pub(super) fn is_phrase(text: &str) -> bool {
    let words = || text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphabetic()));
    let is_small = |word: &str| word.chars().count() > 3 && word.chars().all(char::is_lowercase);
    words().filter(|word| word.chars().count() > 2).count() > 1 && words().any(is_small)
}

fn texts(pair: &TextPair<'_>, hurt: &Hurt<'_>, config: &Config, sink: &mut Diagnostics) {
    let locale: &Locale = config.locale(pair.locale);
    let command = format!("rahnuma accept {} --locale {}", pair.path, locale.id);
    let mut unrecorded = Vec::new();
    // What is lost behind a text, as behind ` #`, is told where it begins.
    let is_hurt = |text: Span| hurt.is_at(Span { end: text.end + 2, ..text });
    for (text, state) in pair.texts.iter().zip(pair.states()) {
        let place = |ix: usize| text.by_locale[ix].as_ref().map(|(_, place)| *place);
        let (Some(here), Some(there)) = (place(pair.locale.0), place(config.source_locale.0)) else { continue };
        match state {
            State::Stale(_) if [here, there].into_iter().any(is_hurt) => {}
            State::Stale(day) => {
                let what = format!("`{}` in `{}` ({})", text.way, locale.id, locale.name);
                let help = format!("mend these words, then say so: `{command} --step {}`", text.way);
                sink.push(stale(&what, day, (here, there)).help(help));
            }
            State::Unrecorded => unrecorded.push((format!("`{}`", text.way), here)),
            State::Fresh | State::Missing => {}
        }
    }
    if let Some((_, first)) = unrecorded.first() {
        let names: Vec<String> = unrecorded.iter().map(|(what, _)| what.clone()).collect();
        let what = format!("the texts in `{}` ({}) were", locale.id, locale.name);
        sink.push(unknown(&what, &names, *first, &command));
    }
}
