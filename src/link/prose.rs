//! What the references of a text mean in one guide and locale.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::claims::{self, Ahead};
use super::fact_names::Absent;
use super::lost_facts::Named;
use super::near::Lists;
use super::sections::Sections;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::image;
use crate::model::body::{Body, Prose, Reference, ReferenceKind, Resolved};
use crate::model::fact::{CARRIER, Fact, FactKey, Reading};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::parse::Documents;
use crate::parse::place;
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};

/// Looks names up.
pub struct Linker<'a> {
    pub(super) documents: &'a Documents,
    pub(super) tree: &'a SourceTree,
    pub(super) facts: &'a BTreeMap<FactKey, Arc<Fact>>,
    /// What links may lead to on each page.
    pub(super) sections: Sections<'a>,
    /// Fragments whose references mean the same on every page of an owner and a locale, with how many includes each comes to.
    shared: BTreeMap<SharedKey, (Arc<Prose>, usize)>,
    /// Facts and sections that fragments name and that not every page has, by where they are named.
    pub(super) absent: BTreeMap<Span, Absent>,
    /// Fragments that are not there: in which locales, and where they are included.
    missing: BTreeMap<String, Vec<(LocaleIx, Span)>>,
    /// What may be suggested.
    pub(super) near: Lists<'a>,
    /// The facts that texts name.
    pub(super) named: Named,
    /// Fragments that were included somewhere.
    read: BTreeSet<FileId>,
    /// What is known of images that were shown somewhere.
    pub(super) images: BTreeMap<SourcePath, Result<image::Size, image::BadImage>>,
    /// Includes in the text at hand.
    includes: usize,
    ahead: Ahead,
    /// Facts in a value of which something is wrong: what they say today is not sure.
    hurt: BTreeSet<FactKey>,
    pub(super) sink: &'a mut Diagnostics,
}

/// The facts in a value of which reading found something wrong: what follows it in an entry changes no answer.
fn hurt(documents: &Documents, facts: &BTreeMap<FactKey, Arc<Fact>>) -> BTreeSet<FactKey> {
    let errors = &documents.broken.errors;
    // Two readings that hold at once and were not said to disagree are told at the policy file.
    let is_torn = |fact: &Fact| fact.current.len() > 1 && !fact.conflict;
    let is_twice = |fact: &Fact| documents.broken.twice.contains(&fact.place.file);
    let is_hurt = |reading: &Reading| {
        let places = errors.get(&reading.place.file).into_iter().flatten();
        let value = reading.place.start..reading.checked_place.start;
        places.into_iter().any(|place| value.contains(&place.start))
    };
    let is_broken =
        |fact: &Fact| errors.contains_key(&fact.place.file) && (is_twice(fact) || fact.readings.iter().any(is_hurt));
    let hurt = facts.values().filter(|fact| is_torn(fact) || is_broken(fact));
    hurt.map(|fact| fact.key.clone()).collect()
}

/// Whether nothing in it depends on the page: no section of the page itself, and nothing that was named in vain.
fn is_the_same_everywhere(prose: &Prose) -> bool {
    prose.resolved.iter().all(|resolved| match resolved {
        Resolved::Section(_) | Resolved::Broken => false,
        Resolved::Fragment(fragment) => is_the_same_everywhere(fragment),
        _ => true,
    })
}

/// A fragment, the owner of the facts that it names without one, and its locale.
type SharedKey = (FileId, Option<Id>, LocaleIx);

/// How many includes a text may come to, those of its fragments among them.
const MAX_INCLUDES: usize = 200;

/// How many other places of a missing fragment are shown.
const MAX_SHOWN: usize = 2;

/// Where a text stands.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    pub(super) owner: Option<&'a Id>,
    pub(super) locale: LocaleIx,
    /// The guide or page itself, also while one of its fragments is read.
    pub(super) page: &'a Body,
    /// Whether this is a fragment that no page includes.
    pub(super) alone: bool,
}

impl<'a> Linker<'a> {
    pub(super) fn new(
        documents: &'a Documents,
        tree: &'a SourceTree,
        facts: &'a BTreeMap<FactKey, Arc<Fact>>,
        as_of: Date,
        sink: &'a mut Diagnostics,
    ) -> Self {
        let days = jiff::Span::new().days(i64::from(documents.config.look_ahead_days));
        Self {
            documents,
            tree,
            facts,
            sections: Sections::new(documents, facts),
            shared: BTreeMap::new(),
            absent: BTreeMap::new(),
            missing: BTreeMap::new(),
            near: Lists::new(documents),
            named: Named::default(),
            read: BTreeSet::new(),
            images: BTreeMap::new(),
            includes: 0,
            hurt: hurt(documents, facts),
            ahead: Ahead { today: as_of, last: as_of.saturating_add(days) },
            sink,
        }
    }

    /// A text with its references resolved; unqualified facts are those of `owner`.
    pub(super) fn prose(&mut self, body: &Arc<Body>, owner: Option<&Id>, locale: LocaleIx) -> Prose {
        self.includes = 0;
        self.resolve(body, Here { owner, locale, page: body, alone: false }, &mut Vec::new())
    }

    /// Looks up what fragments name that no page includes, as far as it does not depend on the page.
    pub(super) fn unread(&mut self) {
        for ((id, locale), body) in &self.documents.fragments {
            if self.read.insert(body.file) {
                self.includes = 0;
                let here = Here { owner: None, locale: *locale, page: body, alone: true };
                self.resolve(body, here, &mut vec![id.clone()]);
            }
        }
    }

    fn resolve(&mut self, body: &Arc<Body>, here: Here<'_>, open: &mut Vec<Id>) -> Prose {
        let resolved: Vec<Resolved> = body
            .references
            .iter()
            .map(|reference| match reference.kind {
                ReferenceKind::Fact | ReferenceKind::Value | ReferenceKind::Claim => self.fact(reference, body, here),
                ReferenceKind::CarrierName => self.carrier_name(reference, body, here),
                ReferenceKind::Include => self.include(reference, here, open),
                ReferenceKind::Link => self.link(reference, body, here),
                ReferenceKind::Image => self.image(reference, body),
            })
            .collect();
        let has_claims = !body.claims.is_empty();
        let broken = if has_claims { self.documents.broken.paragraphs(body.file, self.tree) } else { Vec::new() };
        claims::check(body, &resolved, (here.owner, self.ahead), (&self.hurt, &broken), self.sink);
        Prose { body: Arc::clone(body), resolved }
    }

    /// `{{ carrier }}`: the carrier whose guide this is.
    fn carrier_name(&mut self, reference: &Reference, body: &Body, here: Here<'_>) -> Resolved {
        if let Some(owner) = here.owner {
            return Resolved::CarrierName(owner.clone());
        }
        let unknown = Diagnostic::new(
            Code::UnknownCarrier,
            reference.place,
            format!("`{{{{ {CARRIER} }}}}` stands for the guide's carrier, and there is none here"),
        );
        if body.file == here.page.file && !here.alone {
            self.sink
                .push(unknown.help("say who is meant; only guides of a carrier, and what they include, can use it"));
        } else if !here.alone {
            let unknown = unknown
                .help("only guides of a carrier can include this: take the include out of the page that is about none")
                .help("if that page is to have it too, say here who is meant");
            self.absent(unknown, None, String::new(), here);
        }
        Resolved::Broken
    }

    fn include(&mut self, reference: &Reference, here: Here<'_>, open: &mut Vec<Id>) -> Resolved {
        let Some((id, body)) = self.fragment(reference, here.locale) else { return Resolved::Broken };
        if open.contains(&id) {
            let chain: Vec<&str> = open.iter().chain([&id]).map(Id::as_str).collect();
            let headline = format!("the fragment `{id}` includes itself: {}", chain.join(" → "));
            self.sink.push(
                Diagnostic::new(Code::FragmentCycle, reference.place, headline).help("take one of these includes out"),
            );
            return Resolved::Broken;
        }
        self.includes += 1;
        if self.includes > MAX_INCLUDES {
            let headline = format!("this text comes to more than {MAX_INCLUDES} includes");
            self.sink.push(
                Diagnostic::new(Code::NestedTooDeep, Span::file(here.page.file), headline)
                    .help("include less; fragments that include fragments multiply"),
            );
            return Resolved::Broken;
        }
        let key = (body.file, here.owner.cloned(), here.locale);
        if let Some((prose, includes)) = self.shared.get(&key)
            && self.includes + includes <= MAX_INCLUDES
        {
            self.includes += includes;
            return Resolved::Fragment(Arc::clone(prose));
        }
        self.read.insert(body.file);
        let before = self.includes;
        open.push(id);
        let prose = Arc::new(self.resolve(body, here, open));
        open.pop();
        if !here.alone && is_the_same_everywhere(&prose) {
            self.shared.insert(key, (Arc::clone(&prose), self.includes - before));
        }
        Resolved::Fragment(prose)
    }

    /// The fragment of a name; one that is not there is reported.
    fn fragment(&mut self, reference: &Reference, locale: LocaleIx) -> Option<(Id, &'a Arc<Body>)> {
        let documents = self.documents;
        let id = Id::new(&reference.name);
        if let Some(id) = id {
            if let Some(body) = documents.fragments.get(&(id.clone(), locale)) {
                return Some((id, body));
            }
            if documents.is_unreadable(&place::Kind::Fragment(id, locale)) {
                return None;
            }
        }
        self.missing.entry(reference.name.to_string()).or_default().push((locale, reference.place));
        None
    }

    /// Reports fragments that are not there, each once, however many texts include it.
    pub(super) fn report_missing_fragments(&mut self) {
        let config = &self.documents.config;
        if self.missing.is_empty() {
            return;
        }
        let only = self.documents.only_unnamed_fragments(&self.documents.named_fragments());
        for (name, mut places) in std::mem::take(&mut self.missing) {
            places.sort_by_key(|(locale, place)| (*locale != config.source_locale, *locale, *place));
            places.dedup();
            let Some((first, place)) = places.first().copied() else { continue };
            let locales: BTreeSet<LocaleIx> = places.iter().map(|(locale, _)| *locale).collect();
            let locales: Vec<&Id> = locales.into_iter().map(|locale| &config.locale(locale).id).collect();
            let listed: Vec<String> = locales.iter().map(|locale| format!("`{locale}`")).collect();
            let headline = format!("there is no fragment `{name}` in {}", listed.join(", "));
            let unknown = Diagnostic::new(Code::UnknownFragment, place, headline);
            let mut unknown = match only.get(&first) {
                Some(other) => unknown.help(format!(
                    "no text includes `{other}`: if its files were renamed by hand, give them their old name, or include them as `{{{{ include {other} }}}}`"
                )),
                None => self.near.fragments(first).suggest(unknown, &name),
            };
            for (_, place) in places.iter().skip(1).take(MAX_SHOWN) {
                unknown = unknown.related(*place, "and here");
            }
            if let Some(more) = places.len().checked_sub(MAX_SHOWN + 2) {
                unknown = unknown.help(match more {
                    0 => "one more text includes it".to_owned(),
                    more => format!("{} more texts include it", more + 1),
                });
            }
            let files: Vec<String> = locales.iter().map(|id| format!("content/fragments/{name}.{id}.md")).collect();
            let is_in =
                |ix: LocaleIx| Id::new(&name).is_some_and(|id| self.documents.fragments.contains_key(&(id, ix)));
            let there = config.locales().filter(|(ix, _)| is_in(*ix));
            let there: Vec<String> = there.map(|(_, locale)| format!("`{}`", locale.id)).collect();
            self.sink.push(match there.as_slice() {
                [] => unknown.help(format!("a fragment is a file {}", files.join(", "))),
                _ => unknown.help(format!(
                    "it is there in {}: bring {} back, or write it",
                    there.join(", "),
                    files.join(", ")
                )),
            });
        }
    }
}
