//! Files that stand elsewhere, and the links that follow them.

use super::names::{by_hand, word};
use super::{Sources, What, path};
use crate::change::edits::Edits;
use crate::diag::Span;
use crate::model::body::{Reference, ReferenceKind};
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// Where a file, or what a link names, stands afterwards; nothing where that is where it stood.
pub fn moved(what: &What, file: &str) -> Option<String> {
    let bases = [layout::DRAFTS, layout::CONTENT];
    let (base, inside) = bases.iter().find_map(|base| Some((base, file.strip_prefix(base)?.strip_prefix('/')?)))?;
    let renamed = match what {
        What::Guide { old, new } => {
            // `close-sim.en.md`, `close-sim.card.yaml`, and `close-sim.md` as links name it.
            let ending = inside.strip_prefix(&format!("guides/{old}."))?;
            format!("guides/{new}.{ending}")
        }
        What::Carrier { old, new } => match inside.strip_prefix(&format!("guides/{old}/")) {
            Some(rest) => format!("guides/{new}/{rest}"),
            None if inside == format!("policies/{old}.yaml") => format!("policies/{new}.yaml"),
            None => return None,
        },
        What::Fact { .. } | What::Part { .. } => return None,
    };
    Some(format!("{base}/{renamed}"))
}

/// The files that stand elsewhere.
pub fn moved_files(tree: &SourceTree, what: &What) -> Vec<(SourcePath, SourcePath)> {
    let folder = format!("{}/", layout::CONTENT);
    let all: Vec<SourcePath> = tree.below(&folder).cloned().collect();
    all.into_iter().filter_map(|from| Some((from.clone(), path(&moved(what, from.as_str())?)?))).collect()
}

/// Links and lists of guides name files where they stand.
pub fn follow(sources: Sources<'_>, what: &What, edits: &mut Edits<'_>) -> Result<(), String> {
    let Sources { tree, documents, .. } = sources;
    for (_, body) in documents.bodies() {
        let from = in_place(tree.path(body.file));
        for reference in body.references.iter().filter(|reference| reference.kind == ReferenceKind::Link) {
            if let Some(renamed) = link(what, &from, &reference.name) {
                written(edits, reference, &renamed)?;
            }
        }
    }
    if let What::Guide { old, new } = what {
        for name in documents.listed().filter(|name| name.value == old.to_string()) {
            word(edits, name.place, &name.value, &new.to_string())?;
        }
    }
    Ok(())
}

/// Where a file stands once it is published: links are written as seen from there.
pub fn in_place(file: &SourcePath) -> SourcePath {
    layout::published(file.as_str()).and_then(|place| path(&place)).unwrap_or_else(|| file.clone())
}

/// What a link says afterwards; nothing where it may stay as it is.
fn link(what: &What, from: &SourcePath, name: &str) -> Option<String> {
    let (file, section) = name.split_once('#').map_or((name, None), |(file, section)| (file, Some(section)));
    if file.is_empty() || file.contains(':') {
        return None;
    }
    let target = from.resolve(file).ok()?;
    let target_now = moved(what, target.as_str()).and_then(|renamed| path(&renamed));
    let from_now = moved(what, from.as_str()).and_then(|renamed| path(&renamed)).unwrap_or_else(|| from.clone());
    let goal = target_now.unwrap_or(target);
    if from_now.resolve(file).is_ok_and(|there| there == goal) {
        return None;
    }
    let section = section.map(|section| format!("#{section}")).unwrap_or_default();
    Some(from_now.relative(&goal) + &section)
}

/// The address of a link behind its words.
pub fn written(edits: &mut Edits<'_>, reference: &Reference, renamed: &str) -> Result<(), String> {
    let text = edits.written(reference.place);
    let name = &*reference.name;
    let at = text.rfind(name).filter(|at| text[..*at].trim_end_matches('<').trim_end().ends_with('('));
    match at {
        Some(at) => {
            edits.replace(part(reference.place, at, name), renamed);
            Ok(())
        }
        None => Err(by_hand(edits, reference.place, name)),
    }
}

fn part(place: Span, at: usize, name: &str) -> Span {
    place.part(at..at + name.len())
}
