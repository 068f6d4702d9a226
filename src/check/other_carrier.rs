//! Another carrier's name that stands, in one language, in the place of the right one: words were copied from that carrier's guide.
//!
//! A text may name another carrier, in every language; and how often a language says a name is its own affair. Only both together, a name
//! that is nowhere in the same part of the other text and another name that is there more often, tell that one stands for the other.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::carrier_names::{CarrierNames, Mention, Named};
use super::clean::Due;
use super::drift;
use super::hurt::{Hurt, Steps};
use super::signs::PartOf;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::link::pairs::{Pair, Side, pairs};
use crate::model::fact::NATIONAL;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::translation::TOP;
use crate::parse::Documents;
use crate::parse::texts::LocalText;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};

/// How many of the translations are shown.
const MAX_SHOWN: usize = 3;

/// The title, apart from what else stands above the first step; no step can be called this.
const TITLE: &str = "";

/// Looks at the guides of carriers, step by step.
pub fn guides(documents: &Documents, (tree, due, hurt): (&SourceTree, &Due<'_>, &Hurt<'_>), sink: &mut Diagnostics) {
    let Some(names) = CarrierNames::of(documents) else { return };
    let pairs = pairs(documents);
    let guides: Vec<&[Pair<'_>]> = pairs.chunk_by(|a, b| a.source.body.file == b.source.body.file).collect();
    let found = guides.par_iter().map(|pairs| {
        let mut sink = Diagnostics::default();
        if let Some(owner) = pairs[0].owner.filter(|_| due.has(pairs[0].source.body.file)) {
            Looked { documents, tree, names: &names, owner }.guide(pairs, hurt, &mut sink);
        }
        sink
    });
    found.collect::<Vec<_>>().into_iter().for_each(|found| sink.extend(found));
}

/// Looks at the texts of counter cards and policy files, each for itself.
pub fn texts(documents: &Documents, (tree, hurt): (&SourceTree, &Hurt<'_>), sink: &mut Diagnostics) {
    let Some(names) = CarrierNames::of(documents) else { return };
    let mut owners: BTreeMap<FileId, &Id> = BTreeMap::new();
    owners.extend(documents.cards.iter().map(|(key, card)| (card.place.file, &key.section)));
    let policy = |id: &Id| SourcePath::new(&layout::policy(id.as_str())).map(|path| tree.id(&path));
    owners.extend(documents.policies.keys().filter_map(|id| Some((policy(id).ok()?, id))));
    for texts in documents.texts.chunk_by(|a, b| a.file == b.file) {
        let owner = texts.first().and_then(|text| owners.get(&text.file)).filter(|id| is_carrier(id, documents));
        let Some((owner, bytes)) = owner.and_then(|id| Some((id, tree.get(tree.path(texts[0].file))?))) else {
            continue;
        };
        let looked_at = Looked { documents, tree, names: &names, owner };
        let is_name = |text: &&LocalText| &*text.way == "name" || text.way.starts_with("aliases");
        texts.iter().filter(|text| !is_name(text)).for_each(|text| looked_at.text(text, (&bytes, hurt), sink));
    }
}

fn is_carrier(id: &Id, documents: &Documents) -> bool {
    id.as_str() != NATIONAL && documents.policies.contains_key(id)
}

/// A text in one locale, and what each of its parts names.
struct Text<'a> {
    file: FileId,
    locale: LocaleIx,
    bytes: Arc<[u8]>,
    hurt: Steps<'a>,
    parts: BTreeMap<&'a str, Named<'a>>,
}

impl<'a> Text<'a> {
    /// A part in which nothing is wrong.
    fn said(&self, part: &str) -> Option<Said<'a>> {
        let named = self.parts.get(part).cloned().unwrap_or_default();
        let part = if part == TITLE { TOP } else { part };
        (!self.hurt.has_part(part)).then(|| Said {
            file: self.file,
            locale: self.locale,
            bytes: Arc::clone(&self.bytes),
            named,
        })
    }
}

/// A part of a text, or a text of a YAML file, in one locale.
struct Said<'a> {
    file: FileId,
    locale: LocaleIx,
    bytes: Arc<[u8]>,
    named: Named<'a>,
}

/// A carrier that is named where another one should be.
type Wrong<'a, 'b> = (&'a Id, &'b Mention);

impl Said<'_> {
    fn place(&self, mention: &Mention) -> Span {
        Span::new(self.file, mention.first.clone())
    }

    fn words(&self, mention: &Mention) -> String {
        String::from_utf8_lossy(self.bytes.get(mention.first.clone()).unwrap_or_default()).into_owned()
    }

    fn count(&self, carrier: &Id) -> usize {
        self.named.get(carrier).map_or(0, |mention| mention.count)
    }
}

/// What the texts of a carrier are looked at with.
#[derive(Clone, Copy)]
struct Looked<'a> {
    documents: &'a Documents,
    tree: &'a SourceTree,
    names: &'a CarrierNames<'a>,
    owner: &'a Id,
}

impl<'a> Looked<'a> {
    fn guide(self, pairs: &[Pair<'a>], hurt: &Hurt<'_>, sink: &mut Diagnostics) {
        let source = pairs[0].source;
        let ids = drift::names(source.body);
        let is_draft = |side: &Side<'_>| self.documents.drafts.files.contains(&side.body.file);
        let translations = pairs.iter().filter_map(|pair| Some((pair.locale, pair.own?)));
        let translations = translations.filter(|(_, own)| !is_draft(own) && drift::names(own.body) == ids);
        let Some(source) = self.read(self.documents.config.source_locale, source, hurt) else { return };
        let own: Vec<Text<'_>> = translations.filter_map(|(locale, side)| self.read(locale, side, hurt)).collect();
        let parts: BTreeSet<&str> = own.iter().chain([&source]).flat_map(|text| text.parts.keys().copied()).collect();
        for part in parts {
            let Some(there) = source.said(part) else { continue };
            let here: Vec<Said<'_>> = own.iter().filter_map(|text| text.said(part)).collect();
            self.compare(&there, &here, sink);
        }
    }

    fn read(self, locale: LocaleIx, side: Side<'a>, hurt: &Hurt<'_>) -> Option<Text<'a>> {
        let file = side.body.file;
        let bytes = self.tree.get(self.tree.path(file))?;
        let starts = PartOf::new(side.body);
        let mut parts: BTreeMap<&str, Named<'_>> = BTreeMap::new();
        self.names.each(std::str::from_utf8(&bytes).ok()?, self.owner, |carrier, at, is_word| {
            let place = Span::new(file, at.clone());
            let is_title = side.title.is_some_and(|title| title.start <= place.start && place.end <= title.end);
            let named = parts.entry(if is_title { TITLE } else { starts.part(place) }).or_default();
            add(named, carrier, at, is_word);
        });
        Some(Text { file, locale, bytes, hurt: hurt.by_anything(side.body), parts })
    }

    /// Looks at a text of a YAML file.
    fn text(self, text: &LocalText, (bytes, hurt): (&Arc<[u8]>, &Hurt<'_>), sink: &mut Diagnostics) {
        let said = |locale: LocaleIx| {
            let (_, place) = text.by_locale[locale.0].as_ref().filter(|(_, place)| !hurt.is_at(*place))?;
            let words = std::str::from_utf8(bytes.get(place.range())?).ok()?;
            let mut named = Named::new();
            self.names.each(words, self.owner, |carrier, at, is_word| {
                let start = place.start as usize;
                add(&mut named, carrier, start + at.start..start + at.end, is_word);
            });
            Some(Said { file: text.file, locale, bytes: Arc::clone(bytes), named })
        };
        let source = self.documents.config.source_locale;
        let others = self.documents.config.locales().map(|(locale, _)| locale).filter(|locale| *locale != source);
        if let Some(there) = said(source) {
            self.compare(&there, &others.filter_map(said).collect::<Vec<_>>(), sink);
        }
    }

    /// Compares a part of the source with the same part of its translations.
    fn compare(self, source: &Said<'_>, own: &[Said<'_>], sink: &mut Diagnostics) {
        for said in own {
            let Some(right) = self.right(said, std::slice::from_ref(source)) else { continue };
            for wrong in self.foreign(said).filter(|(carrier, _)| !source.named.contains_key(carrier)) {
                sink.push(self.in_translation((said, wrong), (source, right)));
            }
        }
        let Some(right) = self.right(source, own) else { return };
        let is_nowhere = |carrier: &Id| own.iter().all(|said| !said.named.contains_key(carrier));
        for wrong in self.foreign(source).filter(|(carrier, _)| is_nowhere(carrier)) {
            sink.push(self.in_source((source, wrong), (own, right)));
        }
    }

    /// The carrier that all other texts name more often than this one: first one that this does not name at all, then its own.
    fn right(self, said: &Said<'a>, others: &[Said<'a>]) -> Option<&'a Id> {
        let is_less = |carrier: &&Id| others.iter().all(|other| other.count(carrier) > said.count(carrier));
        let named = others.first()?.named.keys().copied().filter(is_less);
        named.max_by_key(|carrier| (said.count(carrier) == 0, *carrier == self.owner))
    }

    fn in_translation(
        self,
        (said, wrong): (&Said<'a>, Wrong<'a, '_>),
        (source, right): (&Said<'a>, &Id),
    ) -> Diagnostic {
        let (carrier, mention) = wrong;
        let source_locale = source.locale;
        let there = source.named.get(right).map_or(Span::file(source.file), |mention| source.place(mention));
        let headline =
            format!("`{}` is named here, and in the source `{}`", said.words(mention), self.name(right, source_locale));
        let at_source = format!(
            "`{}` is named here, and in every other language `{}`",
            self.name(right, source_locale),
            self.name(carrier, source_locale)
        );
        Diagnostic::new(Code::OtherCarrier, said.place(mention), headline)
            .related(there, "the source")
            .help(self.advice(right, said.locale))
            .in_source(Diagnostic::new(Code::OtherCarrier, there, at_source))
    }

    fn in_source(self, (source, wrong): (&Said<'a>, Wrong<'a, '_>), (own, right): (&[Said<'a>], &Id)) -> Diagnostic {
        let (_, mention) = wrong;
        let headline = format!(
            "`{}` is named here, and in no other language: there it is `{}`",
            source.words(mention),
            self.name(right, source.locale)
        );
        let found = Diagnostic::new(Code::OtherCarrier, source.place(mention), headline);
        let places = own.iter().filter_map(|said| Some(said.place(said.named.get(right)?))).take(MAX_SHOWN);
        places
            .fold(found, |found, place| found.related(place, "here it is otherwise"))
            .help(self.advice(right, source.locale))
    }

    fn name(self, carrier: &Id, locale: LocaleIx) -> &'a str {
        self.documents.policies.get(carrier).map_or("", |policy| policy.carrier.name.get(locale))
    }

    fn advice(self, right: &Id, locale: LocaleIx) -> String {
        let name = self.name(right, locale);
        format!(
            "if these words were copied from another guide, put `{name}`; if the other carrier is meant, name it in every language"
        )
    }

    /// Carriers other than the text's own that some words name.
    fn foreign<'b>(self, said: &'b Said<'a>) -> impl Iterator<Item = Wrong<'a, 'b>> {
        let named = said.named.iter().map(|(carrier, mention)| (*carrier, mention));
        named.filter(move |(carrier, mention)| *carrier != self.owner && mention.count > 0)
    }
}

/// Adds a mention to what is named.
fn add<'a>(named: &mut Named<'a>, carrier: &'a Id, at: Range<usize>, is_word: bool) {
    let mention = named.entry(carrier).or_insert(Mention { count: 0, first: at.clone() });
    if is_word && mention.count == 0 {
        mention.first = at;
    }
    mention.count += usize::from(is_word);
}
