//! `navigation:` of site.yaml: the links of every page's head and foot. What they name is not looked up yet.

use super::address;
use super::context::Context;
use super::node::Node;
use super::shape::site as shape;
use crate::diag::{Code, Diagnostic, Spanned};
use crate::model::locale::Localized;

/// The two lists as read; one that is absent is the usual one.
#[derive(Debug, Default)]
#[expect(missing_docs, reason = "the fields are those of `navigation`")]
pub struct RawNavigation {
    pub header: Option<Vec<RawLink>>,
    pub footer: Option<Vec<RawLink>>,
}

/// A link as read.
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are those of an entry")]
pub struct RawLink {
    pub to: Spanned<String>,
    pub label: Option<Localized<String>>,
}

impl RawNavigation {
    /// What is named in both lists.
    pub fn names(&self) -> impl Iterator<Item = &Spanned<String>> {
        [&self.header, &self.footer].into_iter().flatten().flatten().map(|link| &link.to)
    }
}

/// How addresses of other sites begin.
pub const OUTSIDE: &str = "https://";

pub fn read(node: Node<'_>, cx: &mut Context<'_>) -> Option<RawNavigation> {
    let mut fields = node.fields::<shape::Navigation>(&mut cx.sink)?;
    let [header, footer] = ["header", "footer"].map(|key| fields.optional(key).and_then(|node| links(node, cx)));
    fields.finish(&mut cx.sink);
    Some(RawNavigation { header, footer })
}

fn links(node: Node<'_>, cx: &mut Context<'_>) -> Option<Vec<RawLink>> {
    let nodes = node.list(&mut cx.sink)?;
    Some(nodes.into_iter().filter_map(|node| link(node, cx)).collect())
}

/// A name alone, or `{to: …, label: {…}}`.
fn link(node: Node<'_>, cx: &mut Context<'_>) -> Option<RawLink> {
    let (to_node, label) = if node.written().is_some() {
        (Some(node), None)
    } else {
        let mut fields = node.fields::<shape::NavigationLink>(&mut cx.sink)?;
        let to = fields.required("to", &mut cx.sink);
        let label = fields.optional("label").and_then(|node| cx.localized(node));
        fields.finish(&mut cx.sink);
        (to, label)
    };
    let node = to_node?;
    let to = node.text(&mut cx.sink)?;
    if to.value.contains(':') {
        outside(node, &to.value, label.is_some(), cx)?;
    }
    Some(RawLink { to, label })
}

/// Whether an address of another site can be linked to; if not, that is reported.
fn outside(node: Node<'_>, address: &str, has_label: bool, cx: &mut Context<'_>) -> Option<()> {
    let reason = if address.starts_with(OUTSIDE) {
        address::web(address).err()
    } else {
        Some("a link to another site begins with https://; a page of this one is named without an address")
    };
    if let Some(reason) = reason {
        node.bad(format!("`{address}` cannot stand in the navigation"), reason, &mut cx.sink);
        return None;
    }
    if !has_label {
        let headline = format!("nobody says what the link to {address} is called");
        let help = "write it as `{to: https://…, label: {…}}`, with its words in each locale";
        cx.sink.push(Diagnostic::new(Code::MissingKey, node.place(), headline).help(help));
        return None;
    }
    Some(())
}
