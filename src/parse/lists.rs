//! Files that are lists: sources, situations, the glossary, counter cards.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::context::Context;
use super::node::Node;
use super::shape::lists as shape;
use super::site_file::tag_of;
use super::text::SourceText;
use super::{ids, once, texts};
use crate::diag::{Code, Diagnostic, Diagnostics, Span, Spanned};
use crate::model::body::Body;
use crate::model::evidence::{PartialDate, SOURCE_COPIES, SOURCE_KINDS, Source};
use crate::model::glossary::Term;
use crate::model::guide::CardLine;
use crate::model::id::Id;
use crate::model::locale::{LocaleIx, Localized};
use crate::script::is_han;

/// Every source with the place of its id.
pub fn sources(source: SourceText<'_>, cx: &mut Context<'_>) -> Option<Vec<(Source, Span)>> {
    let read = each(source, cx, one_source)?;
    ids::unique("source", read.iter().map(|(source, place)| (&source.id, *place)), &mut cx.sink);
    Some(read)
}

/// A situation as read: names are not looked up yet.
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are those of `content/situations.yaml`")]
pub struct RawSituation {
    pub id: Spanned<Id>,
    pub label: Localized<String>,
    pub chip: Localized<String>,
    pub lead: Localized<Arc<Body>>,
    pub guides: Vec<Spanned<String>>,
}

/// Every situation.
pub fn situations(source: SourceText<'_>, cx: &mut Context<'_>) -> Option<Vec<RawSituation>> {
    let read = each(source, cx, situation)?;
    ids::unique("situation", read.iter().map(|situation| (&situation.id.value, situation.id.place)), &mut cx.sink);
    Some(read)
}

/// Says which situations there are where a name was read that none can have.
pub fn name_situations(all: &[RawSituation], sink: &mut Diagnostics) {
    for unknown in sink.take(|found| found.code == Code::UnknownSituation) {
        let names = all.iter().map(|situation| situation.id.value.as_str());
        sink.push(unknown.suggest("", names).help("situations are the entries of content/situations.yaml"));
    }
}

fn each<T>(
    source: SourceText<'_>,
    cx: &mut Context<'_>,
    mut one: impl FnMut(Node<'_>, &mut Context<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let yaml = once::read(source, &mut cx.sink)?;
    texts::collect(&yaml, source, cx);
    let nodes = Node::root(&yaml, source).list(&mut cx.sink)?;
    Some(nodes.into_iter().filter_map(|node| one(node, cx)).collect())
}

/// A guide's counter card, with the places of the situations it names.
pub fn card(source: SourceText<'_>, cx: &mut Context<'_>) -> Vec<(CardLine, Vec<Spanned<Id>>)> {
    each(source, cx, |node, cx| {
        let mut fields = node.fields::<shape::CardLine>(&mut cx.sink)?;
        let text = fields.required("text", &mut cx.sink).and_then(|node| cx.localized(node));
        let [when, unless] = ["when", "unless"].map(|key| {
            let nodes = fields.optional(key).and_then(|node| node.list(&mut cx.sink)).unwrap_or_default();
            nodes.iter().filter_map(|node| node.id(&mut cx.sink)).collect::<Vec<Spanned<Id>>>()
        });
        fields.finish(&mut cx.sink);
        if let Some(both) = when.iter().find(|id| unless.iter().any(|other| other.value == id.value)) {
            let headline = format!("`{}` stands in `when` and in `unless`, so nobody ever sees this", both.value);
            let found = Diagnostic::new(Code::BadValue, both.place, headline);
            cx.sink.push(found.help("keep the one that is meant"));
        }
        let ids = |named: &[Spanned<Id>]| named.iter().map(|id| id.value.clone()).collect();
        let line = CardLine { when: ids(&when), unless: ids(&unless), text: text? };
        Some((line, [when, unless].concat()))
    })
    .unwrap_or_default()
}

/// The words the site uses, and those it does not.
pub fn glossary(source: SourceText<'_>, cx: &mut Context<'_>) -> Vec<Term> {
    // What a glossary forbids stands in it, so its own words are not held against it.
    let noted = cx.wordings.len();
    let terms = each(source, cx, |node, cx| {
        let before = cx.wordings.len();
        let mut fields = node.fields::<shape::Term>(&mut cx.sink)?;
        let preferred = fields.required("preferred", &mut cx.sink).and_then(|node| cx.localized(node));
        let places: Words = cx.wordings[before..].iter().map(|word| (word.locale, word.place)).collect();
        let forbidden = fields.optional("forbidden").and_then(|node| cx.localized_lists(node));
        fields.finish(&mut cx.sink);
        let none = || Localized::new(vec![Vec::new(); cx.locales.len()]);
        let (preferred, forbidden) = (preferred?, forbidden.unwrap_or_else(none));
        let forbidden = without(&preferred, &forbidden, &places, cx);
        Some((Term { preferred, forbidden, place: node.place() }, places))
    });
    cx.wordings.truncate(noted);
    not_preferred(terms.unwrap_or_default(), cx)
}

/// Where the word that a term prefers stands in each locale.
type Words = BTreeMap<LocaleIx, Span>;

/// Takes out of what terms forbid the words that another term prefers, and reports those: whichever of the two a text says, it is told to
/// say the other.
fn not_preferred(terms: Vec<(Term, Words)>, cx: &mut Context<'_>) -> Vec<Term> {
    let mut preferred: BTreeMap<(LocaleIx, String), Span> = BTreeMap::new();
    for (term, places) in &terms {
        let words = places.iter().map(|(ix, place)| ((*ix, term.preferred.get(*ix).to_lowercase()), *place));
        preferred.extend(words);
    }
    let without = |(mut term, _): (Term, Words)| {
        let words = (0..cx.locales.len()).map(|ix| {
            let mut words = term.forbidden.get(LocaleIx(ix)).clone();
            words.retain(|word| {
                let Some(here) = preferred.get(&(LocaleIx(ix), word.to_lowercase())) else { return true };
                let headline = format!("this term prefers `{word}` in `{}`, and another forbids it", cx.locales[ix].id);
                let found =
                    Diagnostic::new(Code::BadValue, *here, headline).related(term.place, "the one that forbids it");
                cx.sink.push(found.help("prefer another word here, or take it out of `forbidden` there"));
                false
            });
            words
        });
        term.forbidden = Localized::new(words.collect());
        term
    };
    terms.into_iter().map(without).collect()
}

/// What a term forbids, without a word that it prefers, which is reported: every text would be told to say what it says.
fn without(
    preferred: &Localized<String>,
    forbidden: &Localized<Vec<String>>,
    places: &Words,
    cx: &mut Context<'_>,
) -> Localized<Vec<String>> {
    let words = (0..cx.locales.len()).map(|ix| {
        let (word, mut words) = (preferred.get(LocaleIx(ix)), forbidden.get(LocaleIx(ix)).clone());
        let count = words.len();
        words.retain(|other| other != word);
        if let Some(place) = places.get(&LocaleIx(ix)).filter(|_| words.len() < count) {
            let headline = format!("this term prefers `{word}` in `{}`, and forbids it", cx.locales[ix].id);
            cx.sink.push(
                Diagnostic::new(Code::BadValue, *place, headline)
                    .help("prefer another word, or take it out of `forbidden`"),
            );
        }
        words
    });
    Localized::new(words.collect())
}

fn situation(node: Node<'_>, cx: &mut Context<'_>) -> Option<RawSituation> {
    let mut fields = node.fields::<shape::Situation>(&mut cx.sink)?;
    let id = fields.required("id", &mut cx.sink).and_then(|node| node.id(&mut cx.sink));
    let label = fields.required("label", &mut cx.sink).and_then(|node| cx.localized(node));
    let chip_node = fields.required("chip", &mut cx.sink);
    let noted = cx.wordings.len();
    let chip = chip_node.and_then(|node| cx.localized(node));
    for wording in &cx.wordings[noted..] {
        short_enough(&wording.text, wording.place, &mut cx.sink);
    }
    let lead = fields.required("lead", &mut cx.sink).and_then(|node| cx.localized_sentences(node));
    let guides = fields.optional("guides").map(|node| names(node, &mut cx.sink)).unwrap_or_default();
    fields.finish(&mut cx.sink);
    Some(RawSituation { id: id?, label: label?, chip: chip?, lead: lead?, guides })
}

/// Names of guides, as in `[general/lost-sim, jazz/close-sim]`.
pub fn names(node: Node<'_>, sink: &mut Diagnostics) -> Vec<Spanned<String>> {
    let nodes = node.list(sink).unwrap_or_default();
    nodes.iter().filter_map(|node| node.text(sink)).collect()
}

/// How many letters a chip has room for, three of them side by side on a narrow phone.
const CHIP_LETTERS: usize = 12;

/// How many Chinese characters it has room for.
const CHIP_HAN: usize = 5;

/// Reports words that no chip has room for.
fn short_enough(text: &str, place: Span, sink: &mut Diagnostics) {
    let room = |c: char| if is_han(c) { CHIP_LETTERS } else { CHIP_HAN };
    if text.chars().map(room).sum::<usize>() > CHIP_LETTERS * CHIP_HAN {
        let headline = format!("`{text}` is too long for a chip: three stand side by side on a phone");
        sink.push(Diagnostic::new(Code::BadValue, place, headline).help(format!(
            "say it in {CHIP_LETTERS} letters or {CHIP_HAN} Chinese characters at most; `label` has the whole clause"
        )));
    }
}

/// Whether a day, a month or a year begins after a day.
fn is_after(published: PartialDate, day: Date) -> bool {
    match published {
        PartialDate::Year(year) => year > day.year(),
        PartialDate::Month(year, month) => (year, month) > (day.year(), day.month()),
        PartialDate::Day(published) => published > day,
    }
}

/// When a source was published, as far as it says.
fn published(node: Node<'_>, sink: &mut Diagnostics) -> Option<PartialDate> {
    let date = node.written().and_then(partial_date);
    if date.is_none() {
        node.wrong("a year, month or day between quotes, such as \"2023\", \"2023-11\" or \"2023-11-10\"", sink);
    }
    date
}

/// Whether a saved copy stands at another address than the page itself; if not, that is reported.
fn is_elsewhere(copy: &Spanned<String>, url: Option<&Spanned<String>>, sink: &mut Diagnostics) -> bool {
    let is_same = url.is_some_and(|url| url.value == copy.value);
    if is_same {
        let headline = "this is the address of the page itself, and no saved copy of it";
        let help = "save the page, at web.archive.org for example, and give the address of the copy";
        sink.push(Diagnostic::new(Code::BadValue, copy.place, headline).help(help));
    }
    !is_same
}

fn one_source(node: Node<'_>, cx: &mut Context<'_>) -> Option<(Source, Span)> {
    let sink = &mut cx.sink;
    let mut fields = node.fields::<shape::Source>(sink)?;
    let id = fields.required("id", sink).and_then(|node| node.id(sink));
    let title = fields.required("title", sink).and_then(|node| node.text(sink));
    let lang = fields.required("lang", sink).and_then(|node| tag_of(node, sink));
    let publisher = fields.required("publisher", sink).and_then(|node| node.text(sink));
    let url = fields.optional("url").and_then(|node| node.url(sink));
    let archive = fields.optional("archive").and_then(|node| node.url(sink));
    let archive = archive.filter(|copy| is_elsewhere(copy, url.as_ref(), sink));
    let published_node = fields.optional("published");
    let published = published_node.and_then(|node| published(node, sink));
    let approximate = fields.optional("approx").and_then(|node| node.truth(sink)).unwrap_or(false);
    let seen = fields.optional("seen");
    let seen_place = seen.as_ref().map(Node::place);
    let seen = seen.and_then(|node| node.date(sink));
    if let (Some(published), Some(seen), Some(node)) = (published, seen, published_node)
        && is_after(published, seen)
    {
        let headline = format!("this was published after the day it was read, {seen}");
        sink.push(Diagnostic::new(Code::BadValue, node.place(), headline).help("one of the two days is mistyped"));
    }
    let copy = fields.required("copy", sink).and_then(|node| node.choice(&pairs(SOURCE_COPIES), sink));
    let kind = fields.required("kind", sink).and_then(|node| node.choice(&pairs(SOURCE_KINDS), sink));
    fields.finish(sink);
    let id = id?;
    let source = Source {
        id: id.value,
        title: title?.value,
        lang: lang?,
        publisher: publisher?.value,
        url,
        archive,
        published,
        approximate,
        seen,
        seen_place,
        copy: copy?,
        kind: kind?,
    };
    Some((source, id.place))
}

fn pairs(words: &'static [&'static str]) -> Vec<(&'static str, &'static str)> {
    words.iter().map(|word| (*word, *word)).collect()
}

fn partial_date(text: &str) -> Option<PartialDate> {
    let number = |part: &str| part.parse::<i16>().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()));
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [year] if year.len() == 4 => number(year).map(PartialDate::Year),
        [year, month] if year.len() == 4 && month.len() == 2 => {
            let month = i8::try_from(number(month)?).ok().filter(|month| (1..=12).contains(month))?;
            Some(PartialDate::Month(number(year)?, month))
        }
        [_, _, _] if text.len() == 10 => text.parse().ok().map(PartialDate::Day),
        _ => None,
    }
}
