//! `content/published.yaml`: every id of an item or a section that was ever published, and every address.

use super::context::Context;
use super::ids;
use super::node::Node;
use super::shape::registry as shape;
use super::text::SourceText;
use super::yaml;
use crate::diag::{Code, Diagnostic, Span};
use crate::model::address::{Address, AddressFate, Addresses, RegisteredAddress};
use crate::model::guide::GuideKey;
use crate::model::id::Id;
use crate::model::registry::{Fate, RegisteredGuide, RegisteredId, Registry};

/// The key below which addresses stand, with what became of each: no guide's name, which has a slash.
pub const ADDRESSES: &str = "addresses";

/// How it is written what became of an id.
const FATES: &str = "`live`, or `{changed: 2026-11-22}`, `{renamed_to: other-id}`, `{retired: 2026-11-22}`";

/// How it is written what became of an address.
const ADDRESS_FATES: &str = "`live`, or `{renamed_to: jazz/other-guide}`, `{retired: 2026-11-22}`";

/// What the file says; nothing when it could not be read.
pub fn read(source: SourceText<'_>, cx: &mut Context<'_>) -> Option<(Registry, Option<Addresses>)> {
    let yaml = yaml::read(source, &mut cx.sink)?;
    let mut registry = Registry::new();
    let mut addresses = None;
    for (name, place, node) in Node::root(&yaml, source).entries(&mut cx.sink)? {
        if name == ADDRESSES {
            addresses = Some(read_addresses(node, cx));
            continue;
        }
        let Some(key) = guide(name, place, cx) else { continue };
        let entries = node.entries(&mut cx.sink)?;
        let ids = entries.into_iter().filter_map(|(id, place, node)| {
            let id = ids::checked(id, place, &mut cx.sink)?;
            Some((id, RegisteredId { fate: fate(node, cx).unwrap_or(Fate::Unreadable), place }))
        });
        registry.insert(key, RegisteredGuide { ids: ids.collect(), place });
    }
    Some((registry, addresses))
}

fn read_addresses(node: Node<'_>, cx: &mut Context<'_>) -> Addresses {
    let entries = node.entries(&mut cx.sink).unwrap_or_default();
    let mut addresses = Addresses::new();
    for (name, place, node) in entries {
        match Address::parse(name) {
            Some(address) => {
                addresses.insert(address, RegisteredAddress { fate: address_fate(node, cx), place });
            }
            None => no_address(name, place, cx),
        }
    }
    addresses
}

fn no_address(name: &str, place: Span, cx: &mut Context<'_>) {
    let headline = format!("`{name}` is no address of a carrier, a page or a guide");
    cx.sink.push(Diagnostic::new(Code::BadValue, place, headline).help("for example jazz, about or jazz/close-sim"));
}

fn address_fate(node: Node<'_>, cx: &mut Context<'_>) -> Option<AddressFate> {
    if node.is_word("live") {
        return Some(AddressFate::Live);
    }
    if node.written().is_some() {
        node.wrong(ADDRESS_FATES, &mut cx.sink);
        return None;
    }
    let mut fields = node.fields::<shape::ChangedAddress>(&mut cx.sink)?;
    if fields.is_empty() {
        node.wrong(ADDRESS_FATES, &mut cx.sink);
    }
    let renamed = fields.optional("renamed_to").and_then(|node| node.text(&mut cx.sink)).and_then(|name| {
        let address = Address::parse(&name.value);
        if address.is_none() {
            no_address(&name.value, name.place, cx);
        }
        address.map(AddressFate::RenamedTo)
    });
    let retired = fields.optional("retired").and_then(|node| node.date(&mut cx.sink)).map(AddressFate::Retired);
    fields.finish(&mut cx.sink);
    if renamed.is_some() && retired.is_some() {
        node.bad("an address has one fate", "keep one of `renamed_to` and `retired`", &mut cx.sink);
    }
    renamed.or(retired)
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
        node.wrong(FATES, &mut cx.sink);
        return None;
    }
    let mut fields = node.fields::<shape::ChangedId>(&mut cx.sink)?;
    if fields.is_empty() {
        node.wrong(FATES, &mut cx.sink);
    }
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
