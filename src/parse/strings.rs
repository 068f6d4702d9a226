//! `themes/<theme>/strings/<locale>.yaml`: the theme's words, nested by subject, with plural forms.

use std::collections::BTreeMap;

use super::node::Node;
use super::text::{self, SourceText};
use super::{rules, yaml};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::locale::Locale;
use crate::model::site::Config;
use crate::model::strings::{Message, Strings, UiString};
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;
use crate::theme::{BUILT_IN, ThemeFiles};

const CATEGORIES: &[&str] = &["zero", "one", "two", "few", "many", "other"];

/// The words of the site's theme, in the order of its locales.
pub fn of_theme(tree: &SourceTree, config: &Config, sink: &mut Diagnostics) -> Vec<Strings> {
    let theme = ThemeFiles::new(tree, &config.theme);
    let mut of = |locale: &Locale| {
        let name = format!("strings/{}.yaml", locale.id);
        let Some(file) = theme.get(&name) else {
            let file = SourcePath::new(&format!("themes/{}/{name}", config.theme)).ok()?;
            sink.push(
                Diagnostic::new(
                    Code::MissingFile,
                    Span::file(tree.id(&file)),
                    format!("the theme has no words in `{}` ({})", locale.id, locale.name),
                )
                .help(format!("copy another locale's file to {file} and translate it")),
            );
            return None;
        };
        let bytes = tree.get(file)?;
        let source = text::read(tree, tree.id(file), &bytes, sink)?;
        if !file.as_str().starts_with(BUILT_IN) {
            rules::hidden_in_file(&source, sink);
        }
        Some(read(source, sink))
    };
    config.locales.iter().map(|locale| of(locale).unwrap_or_default()).collect()
}

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
    entries: &[(&str, Span, Node<'_>)],
    strings: &mut Strings,
    sink: &mut Diagnostics,
) {
    let forms: BTreeMap<String, String> = entries
        .iter()
        .filter_map(|(category, _, node)| node.text(sink).map(|text| ((*category).to_owned(), text.value)))
        .collect();
    strings.entries.insert(key, UiString { message: Message::Plural(forms), place: node.place() });
}
