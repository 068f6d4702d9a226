//! Steps, sections and items without an id of their own are told which id the same text has at their place in another language.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::{Block, Body};
use crate::model::guide::GuideKey;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::parse::Documents;
use crate::source::tree::FileId;

/// Something that has an id, or should: the level of a heading, 0 for an item.
struct Named<'a> {
    level: u8,
    id: Option<&'a Id>,
    place: Span,
}

fn named(body: &Body) -> Vec<Named<'_>> {
    let mut all = Vec::new();
    for block in &body.blocks {
        match block {
            Block::Heading(it) => all.push(Named { level: it.level, id: it.attributes.id(), place: it.place }),
            Block::Items(items) => {
                all.extend(items.iter().map(|it| Named { level: 0, id: it.attributes.id(), place: it.place }));
            }
            _ => {}
        }
    }
    all
}

/// Adds to findings on ids that are missing or taken the one that stands there in another language.
pub fn say_ids(documents: &Documents, found: &mut Diagnostics) {
    let is_of_ids = |one: &Diagnostic| matches!(one.code, Code::MissingId | Code::DuplicateId);
    let files: BTreeSet<FileId> = found.iter().filter(|one| is_of_ids(one)).map(|one| one.primary.place.file).collect();
    if files.is_empty() {
        return;
    }
    let texts = documents.guides.iter().filter(|(_, document)| files.contains(&document.body.file));
    let ids: BTreeMap<Span, (Id, LocaleIx)> =
        texts.flat_map(|((key, locale), _)| ids_elsewhere(documents, key, *locale).unwrap_or_default()).collect();
    for one in found.take(is_of_ids) {
        found.push(match ids.get(&one.primary.place) {
            Some((id, locale)) => {
                let locale = documents.config.locale(*locale);
                one.help(format!("in `{}` ({}) the id here is `{id}`: write `#{id}`", locale.id, locale.name))
            }
            None => one,
        });
    }
}

/// By place, the id of the same thing in the source, or in the first other language where this is the source, if this text does not have it.
fn ids_elsewhere(documents: &Documents, key: &GuideKey, locale: LocaleIx) -> Option<Vec<(Span, (Id, LocaleIx))>> {
    let source = documents.config.source_locale;
    let others = documents.config.locales().map(|(ix, _)| ix).filter(|ix| *ix != locale);
    let other = if locale == source { others.min_by_key(|ix| *ix) } else { Some(source) }?;
    let text = |locale| documents.guides.get(&(key.clone(), locale)).map(|document| named(&document.body));
    let (here, there) = (text(locale)?, text(other)?);
    if here.len() != there.len() || here.iter().zip(&there).any(|(a, b)| a.level != b.level) {
        return None;
    }
    let own: BTreeSet<&Id> = here.iter().filter_map(|it| it.id).collect();
    let both = here.iter().zip(&there).filter_map(|(here, there)| Some((here.place, there.id?)));
    Some(both.filter(|(_, id)| !own.contains(id)).map(|(place, id)| (place, (id.clone(), other))).collect())
}
