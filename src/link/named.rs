//! Steps, sections and items without an id of their own are told which id the same text has at their place in another language.

use std::collections::{BTreeMap, BTreeSet};

use super::nowhere;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::attributes::{Attributes, Role};
use crate::model::body::{Block, Body};
use crate::model::guide::GuideKey;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::parse::Documents;
use crate::parse::ids::ANOTHER;
use crate::source::tree::FileId;

/// For so many ids that are taken all texts are looked through: of more, none was mistyped.
const MAX_LOOKED: usize = 20;

/// Something that has an id, or should: the level of a heading, 0 for an item.
struct Named<'a> {
    level: u8,
    attributes: &'a Attributes,
    place: Span,
}

impl<'a> Named<'a> {
    fn id(&self) -> Option<&'a Id> {
        self.attributes.id()
    }
}

/// What stands at the same place in another language.
struct Elsewhere {
    id: Id,
    /// What is to be written.
    right: String,
    locale: LocaleIx,
}

fn named(body: &Body) -> Vec<Named<'_>> {
    let mut all = Vec::new();
    for block in &body.blocks {
        match block {
            Block::Heading(it) => all.push(Named { level: it.level, attributes: &it.attributes, place: it.place }),
            Block::Items(items) => {
                all.extend(items.iter().map(|it| Named { level: 0, attributes: &it.attributes, place: it.place }));
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
    let ids: BTreeMap<Span, Elsewhere> =
        texts.flat_map(|((key, locale), _)| ids_elsewhere(documents, key, *locale).unwrap_or_default()).collect();
    let mut looked = 0;
    for mut one in found.take(is_of_ids) {
        let is_taken = one.help.iter().any(|help| help == ANOTHER);
        // Of two with one id, the other may be that which has another elsewhere.
        if let Some(first) = one.related.first_mut().filter(|first| is_taken && ids.contains_key(&first.place))
            && !ids.contains_key(&one.primary.place)
        {
            std::mem::swap(&mut first.place, &mut one.primary.place);
            "it stands here too".clone_into(&mut first.text);
        }
        if let Some(Elsewhere { id, right, locale }) = ids.get(&one.primary.place) {
            one.help.retain(|help| help != ANOTHER);
            let locale = documents.config.locale(*locale);
            one = one.help(format!("in `{}` ({}) the id here is `{id}`: write `{right}`", locale.id, locale.name));
        } else if is_taken && looked < MAX_LOOKED {
            looked += 1;
            one = nowhere::say(documents, one);
        }
        found.push(one);
    }
}

/// By place, the id of the same thing in the source, or in the first other language where this is the source, if this text does not have it.
fn ids_elsewhere(documents: &Documents, key: &GuideKey, locale: LocaleIx) -> Option<Vec<(Span, Elsewhere)>> {
    let source = documents.config.source_locale;
    let others = documents.config.locales().map(|(ix, _)| ix).filter(|ix| *ix != locale);
    let other = if locale == source { others.min_by_key(|ix| *ix) } else { Some(source) }?;
    let text = |locale| documents.guides.get(&(key.clone(), locale)).map(|document| named(&document.body));
    let (here, there) = (text(locale)?, text(other)?);
    if here.len() != there.len() || here.iter().zip(&there).any(|(a, b)| a.level != b.level) {
        return None;
    }
    let own: BTreeSet<&Id> = here.iter().filter_map(Named::id).collect();
    let both = here.iter().zip(&there).filter_map(|(here, there)| Some((here, there, there.id()?)));
    let missing = both.filter(|(_, _, id)| !own.contains(id)).map(|(here, there, id)| {
        // Braces that are there keep what they say.
        let is_whole = here.attributes.place.is_none() && !there.attributes.broken;
        let right = if is_whole { braces(there.attributes) } else { format!("#{id}") };
        (here.place, Elsewhere { id: id.clone(), right, locale: other })
    });
    Some(missing.collect())
}

/// `{#id when=…}` as it is written.
fn braces(attributes: &Attributes) -> String {
    let list = |key: &str, role| {
        let ids: Vec<&str> = attributes.ids(role).map(Id::as_str).collect();
        (!ids.is_empty()).then(|| format!("{key}{}", ids.join(",")))
    };
    let words = [
        list("#", Role::Own),
        list("when=", Role::When),
        list("unless=", Role::Unless),
        list("requires=", Role::Requires),
        attributes.irreversible.then(|| "irreversible".to_owned()),
        attributes.open.then(|| "open".to_owned()),
    ];
    format!("{{{}}}", words.into_iter().flatten().collect::<Vec<_>>().join(" "))
}
