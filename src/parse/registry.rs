//! `content/published.yaml`: every id of an item or a section that was ever published.

use super::context::Context;
use super::ids;
use super::node::Node;
use super::text::SourceText;
use super::yaml;
use crate::diag::{Code, Diagnostic, Span};
use crate::model::guide::GuideKey;
use crate::model::id::Id;
use crate::model::registry::{Fate, RegisteredGuide, RegisteredId, Registry};

/// The key below which addresses stand, with what became of each: no guide's name, which has a slash.
pub const ADDRESSES: &str = "addresses";

/// What the file says; nothing when it could not be read.
pub fn read(source: SourceText<'_>, cx: &mut Context<'_>) -> Option<Registry> {
    let yaml = yaml::read(source, &mut cx.sink)?;
    let mut registry = Registry::new();
    for (name, place, node) in Node::root(&yaml, source).fields(&mut cx.sink)?.all() {
        if name == ADDRESSES {
            continue;
        }
        let Some(key) = guide(name, place, cx) else { continue };
        let entries = node.fields(&mut cx.sink)?.all();
        let ids = entries.into_iter().filter_map(|(id, place, node)| {
            let id = ids::checked(id, place, &mut cx.sink)?;
            Some((id, RegisteredId { fate: fate(node, cx).unwrap_or(Fate::Unreadable), place }))
        });
        registry.insert(key, RegisteredGuide { ids: ids.collect(), place });
    }
    Some(registry)
}

fn guide(name: &str, place: Span, cx: &mut Context<'_>) -> Option<GuideKey> {
    let parts = name.split_once('/').and_then(|(section, guide)| Id::new(section).zip(Id::new(guide)));
    if parts.is_none() {
        let headline = format!("`{name}` is no name of a guide");
        cx.sink.push(Diagnostic::new(Code::BadValue, place, headline).help("for example jazz/close-sim"));
    }
    parts.map(|(section, guide)| GuideKey { section, guide })
}

fn fate(node: Node<'_>, cx: &mut Context<'_>) -> Option<Fate> {
    if node.is_word("live") {
        return Some(Fate::Live);
    }
    if node.written().is_some() {
        node.wrong(
            "`live`, or `{changed: 2026-11-22}`, `{renamed_to: other-id}`, `{retired: 2026-11-22}`",
            &mut cx.sink,
        );
        return None;
    }
    let mut fields = node.fields(&mut cx.sink)?;
    let changed = fields.optional("changed").and_then(|node| node.date(&mut cx.sink)).map(Fate::Changed);
    let renamed =
        fields.optional("renamed_to").and_then(|node| node.id(&mut cx.sink)).map(|id| Fate::RenamedTo(id.value));
    let retired = fields.optional("retired").and_then(|node| node.date(&mut cx.sink)).map(Fate::Retired);
    fields.finish(&mut cx.sink);
    let mut fates = [changed, renamed, retired].into_iter().flatten();
    let fate = fates.next();
    if fates.next().is_some() {
        node.bad("an id has one fate", "keep one of `changed`, `renamed_to` and `retired`", &mut cx.sink);
    }
    fate
}
