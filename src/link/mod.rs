//! Documents to a site: names are looked up, values chosen for the day, nothing left to resolve.

mod applications;
pub mod blanks;
mod claims;
pub mod drift;
mod fact_names;
mod facts;
pub mod images;
mod links;
mod lists;
mod lost_facts;
pub mod misplaced;
pub mod named;
mod navigation;
mod near;
mod nowhere;
pub mod pairs;
mod prose;
mod recorded;
mod renamed;
mod sections;
pub mod translated_names;
pub mod unclaimed;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::diag::suggest::Names;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::address::{Address, AddressFate};
use crate::model::carrier::Carrier;
use crate::model::fact::NATIONAL;
use crate::model::guide::{CardLine, GENERAL, Guide, GuideKey, Page, Text};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::parse::Documents;
use crate::parse::document::Document;
use crate::source::layout;
use crate::source::tree::SourceTree;
use prose::Linker;

/// The site of a day. Names that lead nowhere are reported; where they stood, the site says so to itself and goes on.
#[must_use]
pub fn site(documents: &Documents, tree: &SourceTree, as_of: Date) -> (Site, Diagnostics) {
    let mut sink = Diagnostics::default();
    let sources: Vec<Arc<_>> = documents.sources.iter().flatten().map(|(source, _)| Arc::new(source.clone())).collect();
    let facts = facts::all(documents, (&sources, tree), as_of, &mut sink);
    let mut linker = Linker::new(documents, tree, &facts, as_of, &mut sink);
    let guides = guides(documents, &mut linker);
    let pages = pages(documents, &mut linker);
    let situations = lists::situations(documents, &mut linker);
    linker.report_absent();
    linker.unread();
    linker.report_missing_fragments();
    misplaced::report(documents, linker.sink);
    lost_facts::report((documents, tree), &facts, &linker.named, linker.sink);
    renamed::report((documents, tree), &facts, linker.sink);
    let site = Site {
        config: documents.config.clone(),
        as_of,
        carriers: carriers(documents, &mut sink),
        facts,
        sources,
        situations,
        groups: lists::groups(documents, &mut sink),
        navigation: navigation::navigation(documents, &mut sink),
        guides,
        pages,
        registry: documents.registry.clone(),
        addresses: documents.addresses.clone(),
        strings: documents.strings.clone(),
        stale: drift::stale(documents),
        drafts: if documents.drafts.shown { documents.drafts.files.clone() } else { BTreeSet::new() },
    };
    (site, sink)
}

fn carriers(documents: &Documents, sink: &mut Diagnostics) -> BTreeMap<Id, Carrier> {
    let policies = documents.policies.values().filter(|policy| policy.carrier.id.as_str() != NATIONAL);
    let mut carriers = BTreeMap::new();
    let mut places: BTreeMap<u16, Span> = BTreeMap::new();
    for policy in policies {
        let carrier = &policy.carrier;
        if let (Some(successor), Some(place)) = (&carrier.successor, policy.successor) {
            if *successor == carrier.id {
                sink.push(Diagnostic::new(Code::UnknownCarrier, place, "a carrier cannot be its own successor"));
            } else {
                known_carrier(documents, successor, place, sink);
            }
        }
        if let (Some(order), Some(place)) = (carrier.order, policy.order)
            && let Some(first) = places.insert(order, place)
        {
            sink.push(
                Diagnostic::new(Code::BadValue, place, format!("two carriers have the place {order}"))
                    .related(first, "the other one")
                    .help(match free_place(documents) {
                        Some(free) => format!("give each its own; {free} is free"),
                        None => "give each its own".to_owned(),
                    }),
            );
        }
        carriers.insert(carrier.id.clone(), carrier.clone());
    }
    carriers
}

/// The first place that no carrier has.
fn free_place(documents: &Documents) -> Option<u16> {
    let taken: BTreeSet<u16> = documents.policies.values().filter_map(|policy| policy.carrier.order).collect();
    (1..=999).find(|place| !taken.contains(place))
}

/// Whether there is such a carrier; if not, that is reported.
fn known_carrier(documents: &Documents, id: &Id, place: Span, sink: &mut Diagnostics) -> bool {
    let known = documents.knows_carrier(id);
    if !known {
        let names = documents.policies.keys().map(Id::as_str).filter(|id| *id != NATIONAL);
        let unknown = Diagnostic::new(Code::UnknownCarrier, place, format!("there is no carrier `{id}`"));
        // Guides of a carrier that is none were not all mistyped.
        sink.push(if place.is_file() {
            let help = format!(
                "a carrier is a file content/policies/<carrier>.yaml: bring that of `{id}` back; if it was renamed by hand, give it its old name: `rahnuma rename carrier` renames one everywhere"
            );
            unknown.help(help).suggest(id.as_str(), names)
        } else {
            unknown.suggest(id.as_str(), names).help("a carrier is a file content/policies/<carrier>.yaml")
        });
    }
    known
}

fn guides(documents: &Documents, linker: &mut Linker<'_>) -> BTreeMap<GuideKey, Guide> {
    let mut guides: BTreeMap<GuideKey, Guide> = BTreeMap::new();
    let mut homeless = BTreeSet::new();
    for ((key, locale), document) in &documents.guides {
        if key.section.as_str() != GENERAL && !documents.knows_carrier(&key.section) {
            // Once a folder, however many files it has.
            if homeless.insert(&key.section) {
                known_carrier(documents, &key.section, Span::file(document.body.file), linker.sink);
            }
            continue;
        }
        let owner = (key.section.as_str() != GENERAL).then_some(&key.section);
        let text = text(document, owner, *locale, linker);
        let guide = guides.entry(key.clone()).or_insert_with(|| Guide {
            key: key.clone(),
            texts: BTreeMap::new(),
            card: card(documents, key),
            application: BTreeMap::new(),
        });
        guide.texts.insert(*locale, text);
        if let Some(wanted) = &document.application
            && guide.application.is_empty()
        {
            guide.application = linker.application(wanted, owner);
        }
    }
    cards_without_guides(documents, &guides, linker.sink);
    guides
}

/// Reports counter cards of guides that are not here; what may be meant is a guide of the same folder. A folder of no carrier was told.
fn cards_without_guides(documents: &Documents, guides: &BTreeMap<GuideKey, Guide>, sink: &mut Diagnostics) {
    let mut names: BTreeMap<&Id, Names> = BTreeMap::new();
    let lost = documents.cards.iter().filter(|(key, _)| !guides.contains_key(*key));
    for (key, card) in lost.filter(|(key, _)| key.section.as_str() == GENERAL || documents.knows_carrier(&key.section))
    {
        let headline = format!("this counter card belongs to no guide: there is no {key}");
        let unknown = Diagnostic::new(Code::UnknownPlace, card.place, headline);
        let address = Address::Guide(key.clone());
        let fate = documents
            .addresses
            .as_ref()
            .and_then(|all| all.get(&address))
            .and_then(|registered| registered.fate.as_ref());
        sink.push(match fate {
            Some(AddressFate::RenamedTo(new)) => unknown
                .help(format!("the guide is called `{new}` today: call this file content/guides/{new}.card.yaml")),
            Some(AddressFate::Retired(day)) => {
                unknown.help(format!("the guide was taken away on {day}: take its card away too"))
            }
            _ if let Some(guide) = without_card(key, documents, guides) => unknown.help(format!(
                "`{guide}` has none: was this file moved? Then bring it back to {}/{guide}.card.yaml",
                layout::GUIDES
            )),
            _ if let Some(guide) = with_card(key, documents) => {
                unknown.help(format!("`{guide}` has a card of its own: if this is a copy of it, take it away"))
            }
            _ => {
                let own = |guide: &&GuideKey| guide.section == key.section && !documents.cards.contains_key(*guide);
                let names = names
                    .entry(&key.section)
                    .or_insert_with(|| Names::new(guides.keys().filter(own).map(ToString::to_string)));
                names.suggest(unknown, &key.to_string())
            }
        });
    }
}

/// A guide of the same name in another folder, which has none.
fn without_card<'a>(
    card: &GuideKey,
    documents: &Documents,
    guides: &'a BTreeMap<GuideKey, Guide>,
) -> Option<&'a GuideKey> {
    guides.keys().find(|key| key.guide == card.guide && !documents.cards.contains_key(*key))
}

/// The only guide of the same name, in another folder, which has a card.
fn with_card<'a>(card: &GuideKey, documents: &'a Documents) -> Option<&'a GuideKey> {
    let mut same = documents.cards.keys().filter(|key| key.guide == card.guide && *key != card);
    same.next().filter(|key| same.next().is_none() && documents.has_guide(key))
}

fn card(documents: &Documents, key: &GuideKey) -> Vec<CardLine> {
    documents.cards.get(key).map(|card| card.lines.iter().map(|(line, _)| line.clone()).collect()).unwrap_or_default()
}

fn pages(documents: &Documents, linker: &mut Linker<'_>) -> BTreeMap<Id, Page> {
    let mut pages: BTreeMap<Id, Page> = BTreeMap::new();
    for ((id, locale), document) in &documents.pages {
        let text = text(document, None, *locale, linker);
        pages
            .entry(id.clone())
            .or_insert_with(|| Page { id: id.clone(), texts: BTreeMap::new() })
            .texts
            .insert(*locale, text);
    }
    pages
}

fn text(document: &Document, owner: Option<&Id>, locale: LocaleIx, linker: &mut Linker<'_>) -> Text {
    // The tree itself is shared: linking adds what its references mean, and copies no words.
    let prose = linker.prose(&document.body, owner, locale);
    Text {
        title: document.title.value.clone(),
        summary: document.summary.value.clone(),
        date_rule: document.date_rule.as_ref().and_then(|raw| linker.date_rule(raw, &prose, owner)),
        key_facts: linker.key_facts(&document.key_facts, &prose, owner),
        template: document.template.as_ref().map(|template| template.value.clone()),
        prose,
        place: Span::file(document.body.file),
    }
}
