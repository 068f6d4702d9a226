//! Ids as editors write them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::id::Id;

/// The id of a text, or a report of what is wrong with it.
pub fn checked(text: &str, place: Span, sink: &mut Diagnostics) -> Option<Id> {
    let id = Id::new(text);
    if id.is_none() {
        let diagnostic = Diagnostic::new(Code::BadId, place, format!("`{text}` is no id"))
            .help("an id is made of a-z, 0-9 and single hyphens, begins with a letter, and has at most 40 characters");
        sink.push(match (several(text), Id::nearest(text)) {
            (Some(ids), _) => {
                diagnostic.help(format!("if these are several, a half-width comma stands between two: `{ids}`"))
            }
            (None, Some(near)) => diagnostic.help(format!("for example `{near}`")),
            (None, None) => diagnostic,
        });
    }
    id
}

/// Ids between which something else than a comma stands.
fn several(text: &str) -> Option<String> {
    let parts: Vec<&str> =
        text.split([';', '；', '，', '、', '،', ' ', '/', '|']).filter(|part| !part.is_empty()).collect();
    (parts.len() > 1 && parts.iter().all(|part| Id::new(part).is_some())).then(|| parts.join(","))
}

/// Whether a name may be a fact's: `helpline`, `national.disown-charge`.
#[must_use]
pub fn is_fact_name(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let is_part = |part: &str| !part.is_empty() && part.chars().all(fits);
    match name.split_once('.') {
        Some((owner, name)) => is_part(owner) && is_part(name),
        None => is_part(name),
    }
}

/// The name that was typed with spaces, dashes or full-width signs: `balance–share`, `carrier guides`.
#[must_use]
pub fn meant_name(text: &str) -> Option<String> {
    let plain = |c: char| match c {
        '\u{2010}'..='\u{2015}' | '−' | '－' => '-',
        '。' => '.',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    let typed: String = text.chars().map(plain).collect();
    let parts = typed.split('.').map(|part| {
        let words: Vec<&str> =
            part.split(|c: char| c == '-' || c.is_whitespace()).filter(|it| !it.is_empty()).collect();
        words.join("-")
    });
    let name = parts.collect::<Vec<_>>().join(".");
    (name != text && is_fact_name(&name)).then_some(name)
}

/// What is said of an id that is taken where nothing more is known.
pub const ANOTHER: &str = "if one is a copy of the other, take it out; else give one of the two another id";

/// Reports ids that stand more than once; the first one keeps the name.
pub fn unique<'a>(what: &str, ids: impl IntoIterator<Item = (&'a Id, Span)>, sink: &mut Diagnostics) {
    let mut seen: BTreeMap<&Id, Span> = BTreeMap::new();
    for (id, place) in ids {
        match seen.entry(id) {
            Entry::Vacant(free) => {
                free.insert(place);
            }
            Entry::Occupied(first) => sink.push(taken(what, id, place, *first.get())),
        }
    }
}

fn taken(what: &str, id: &Id, place: Span, first: Span) -> Diagnostic {
    if place == first {
        let headline = format!("the {what} id `{id}` stands twice on a page that includes this fragment twice");
        return Diagnostic::new(Code::DuplicateId, place, headline)
            .help("include the fragment once on each page, or move what has the id out of it");
    }
    Diagnostic::new(Code::DuplicateId, place, format!("the {what} id `{id}` is taken"))
        .related(first, "it first stands here")
        .help(ANOTHER)
}
