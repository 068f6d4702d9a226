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
    if !found.iter().any(is_of_ids) {
        return;
    }
    let files: BTreeMap<FileId, (&GuideKey, LocaleIx)> =
        documents.guides.iter().map(|((key, locale), document)| (document.body.file, (key, *locale))).collect();
    for one in found.take(is_of_ids) {
        let text = files.get(&one.primary.place.file);
        let id = text.and_then(|(key, locale)| id_elsewhere(documents, (key, *locale), one.primary.place));
        found.push(match id {
            Some((id, locale)) => {
                let locale = documents.config.locale(locale);
                one.help(format!("in `{}` ({}) the id here is `{id}`: write `#{id}`", locale.id, locale.name))
            }
            None => one,
        });
    }
}

/// The id of the same thing in the source, or in the first other language where this is the source, if this text does not have it.
fn id_elsewhere(documents: &Documents, (key, locale): (&GuideKey, LocaleIx), place: Span) -> Option<(Id, LocaleIx)> {
    let source = documents.config.source_locale;
    let others = documents.config.locales().map(|(ix, _)| ix).filter(|ix| *ix != locale);
    let other = if locale == source { others.min_by_key(|ix| *ix) } else { Some(source) }?;
    let text = |locale| documents.guides.get(&(key.clone(), locale)).map(|document| named(&document.body));
    let (here, there) = (text(locale)?, text(other)?);
    let is_same = here.len() == there.len() && here.iter().zip(&there).all(|(a, b)| a.level == b.level);
    let own: BTreeSet<&Id> = here.iter().filter_map(|it| it.id).collect();
    let at = here.iter().position(|it| it.place == place).filter(|_| is_same)?;
    let id = there.get(at)?.id.filter(|id| !own.contains(id))?;
    Some((id.clone(), other))
}
