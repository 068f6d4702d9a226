//! `{#id when=… unless=… requires=… irreversible}` behind headings and items.

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::model::body::Attributes;
use crate::model::id::Id;
use crate::parse::ids;

const KEYS: &[&str] = &["when", "unless", "requires", "irreversible"];

/// Reads what stands between the braces; `place` covers them.
pub fn read(inside: &str, place: Place, sink: &mut Diagnostics) -> Attributes {
    let mut attributes = Attributes::default();
    for word in inside.split_whitespace() {
        let (key, value) = word.split_once('=').map_or((word, None), |(key, value)| (key, Some(value)));
        match (key, value) {
            (id, None) if id.starts_with('#') => {
                if attributes.id.is_some() {
                    sink.push(bad(&place, "there are two ids here", "keep one"));
                }
                attributes.id = ids::checked(&id[1..], &place, sink);
            }
            ("irreversible", None) => attributes.irreversible = true,
            ("when", Some(names)) => attributes.when = list(names, &place, sink),
            ("unless", Some(names)) => attributes.unless = list(names, &place, sink),
            ("requires", Some(names)) => attributes.requires = list(names, &place, sink),
            ("when" | "unless" | "requires", None) => {
                sink.push(bad(
                    &place,
                    &format!("`{key}` says nothing"),
                    &format!("write `{key}=one` or `{key}=one,two`, without spaces"),
                ));
            }
            _ => sink.push(
                bad(
                    &place,
                    &format!("`{word}` means nothing between these braces"),
                    "they take #id, when=…, unless=…, requires=… and irreversible",
                )
                .suggest(key, KEYS.iter().copied()),
            ),
        }
    }
    attributes.place = Some(place);
    attributes
}

fn list(names: &str, place: &Place, sink: &mut Diagnostics) -> Vec<Id> {
    names.split(',').filter_map(|name| ids::checked(name, place, sink)).collect()
}

/// A report of braces that make no sense.
#[must_use]
pub fn bad(place: &Place, headline: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::BadAttribute, place.clone(), headline).help(help)
}
