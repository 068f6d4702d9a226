//! `themes/<theme>/strings/<locale>.yaml`: the theme's words, nested by subject, with plural forms.

use std::collections::BTreeMap;

use super::node::Node;
use super::text::SourceText;
use super::yaml;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::strings::{Message, Strings, UiString};

const CATEGORIES: &[&str] = &["zero", "one", "two", "few", "many", "other"];

/// Every string of a file, by dotted key.
pub fn read(source: SourceText<'_>, sink: &mut Diagnostics) -> Strings {
    let mut strings = Strings::default();
    if let Some(yaml) = yaml::read(source, sink) {
        collect(String::new(), Node::root(&yaml, source), &mut strings, sink);
    }
    strings
}

fn collect(prefix: String, node: Node<'_>, strings: &mut Strings, sink: &mut Diagnostics) {
    if !prefix.is_empty() && node.written().is_some() {
        if let Some(text) = node.text(sink) {
            strings.entries.insert(prefix, UiString { message: Message::Plain(text.value), place: text.place });
        }
        return;
    }
    let Some(fields) = node.fields(sink) else { return };
    let entries = fields.all();
    if !entries.is_empty() && entries.iter().all(|(key, ..)| CATEGORIES.contains(key)) {
        plural(prefix, node, &entries, strings, sink);
        return;
    }
    for (key, place, node) in entries {
        if CATEGORIES.contains(&key) {
            sink.push(
                Diagnostic::new(Code::StringForms, place, format!("the plural form `{key}` stands among other keys"))
                    .help("put the plural forms of one string in a mapping of their own"),
            );
            continue;
        }
        let dotted = if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") };
        collect(dotted, node, strings, sink);
    }
}

fn plural(
    key: String,
    node: Node<'_>,
    entries: &[(&str, crate::diag::Span, Node<'_>)],
    strings: &mut Strings,
    sink: &mut Diagnostics,
) {
    let forms: BTreeMap<String, String> = entries
        .iter()
        .filter_map(|(category, _, node)| node.text(sink).map(|text| ((*category).to_owned(), text.value)))
        .collect();
    strings.entries.insert(key, UiString { message: Message::Plural(forms), place: node.place() });
}
