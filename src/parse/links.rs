//! `content/links.yaml`: addresses outside the site that were not reached, and since when.

use super::node::Node;
use super::shape::lists::MissedLink;
use super::text::SourceText;
use super::yaml;
use crate::diag::{Code, Diagnostic, Diagnostics, Spanned};
use crate::model::external::{Memory, Missed, State};
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

const HEAD: &str = "# Addresses outside the site that were not reached, and the first and the last day on which that was seen.\n\
                    # `rahnuma check --external-links` writes this file; it is not for editing by hand.\n";

/// What the file remembers; what is wrong in it is reported.
pub fn read(source: SourceText<'_>, sink: &mut Diagnostics) -> Option<Memory> {
    let yaml = yaml::read(source, sink)?;
    let mut memory = Memory::new();
    for node in Node::root(&yaml, source).list(sink)? {
        let Some((url, missed)) = one(node, sink) else { continue };
        if memory.insert(url.value.clone(), missed).is_some() {
            let headline = format!("`{}` stands here twice", url.value);
            let found = Diagnostic::new(Code::BadValue, url.place, headline);
            sink.push(found.help("take out the entry with the later `first`"));
        }
    }
    Some(memory)
}

fn one(node: Node<'_>, sink: &mut Diagnostics) -> Option<(Spanned<String>, Missed)> {
    let mut fields = node.fields::<MissedLink>(sink)?;
    let url = fields.required("url", sink).and_then(|node| node.url(sink));
    let state = fields.required("state", sink).and_then(|node| node.choice(State::NAMES, sink));
    let first = fields.required("first", sink).and_then(|node| node.date(sink));
    let last = fields.required("last", sink).and_then(|node| node.date(sink));
    fields.finish(sink);
    Some((url?, Missed { state: state?, first: first?, last: last? }))
}

/// What the file of a site remembers; nothing when it cannot be read as a whole.
#[must_use]
pub fn of_site(tree: &SourceTree) -> Option<Memory> {
    let path = SourcePath::new(layout::LINKS).ok()?;
    let Some(bytes) = tree.get(&path) else { return Some(Memory::new()) };
    let mut sink = Diagnostics::default();
    let source = super::text::read(tree, tree.id(&path), &bytes, &mut sink)?;
    read(source, &mut sink).filter(|_| sink.is_empty())
}

/// The file as it is written: the same memory gives the same bytes.
#[must_use]
pub fn write(memory: &Memory) -> String {
    let entries = memory.iter().map(|(url, missed)| {
        let Missed { state, first, last } = missed;
        // No address holds a quotation mark or a backslash.
        format!("- url: \"{url}\"\n  state: {}\n  first: {first}\n  last: {last}\n", state.name())
    });
    let entries: String = entries.collect();
    format!("{HEAD}{}", if entries.is_empty() { "[]\n" } else { &entries })
}
