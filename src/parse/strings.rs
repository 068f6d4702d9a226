//! `themes/<theme>/strings/<locale>.yaml`: the theme's words, nested by subject, with plural forms.

use std::collections::BTreeMap;

use super::node::Node;
use super::text::{self, SourceText};
use super::{rules, yaml};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::locale::Locale;
use crate::model::site::Config;
use crate::model::strings::{CATEGORIES, CURRENCY, Message, Strings, UiString};
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;
use crate::theme::BUILT_IN;

/// The language whose words stand in for those that a locale lacks.
const FALLBACK: &str = "en";

/// The words of the site's theme, in the order of its locales: key by key the theme's own, else the built-in theme's, else English
/// ones, which is told once for each locale.
pub fn of_theme(tree: &SourceTree, config: &Config, sink: &mut Diagnostics) -> Vec<Strings> {
    let english = built_in(tree, FALLBACK, &mut Diagnostics::default()).unwrap_or_default();
    let mut of = |locale: &Locale| {
        let home = SourcePath::new(&format!("{}strings/{}.yaml", layout::theme(&config.theme), locale.id));
        let home = home.unwrap_or_else(|_| SourcePath::site_file());
        let language = locale.tag.split('-').next().unwrap_or_default();
        let ours = built_in(tree, locale.id.as_str(), sink).or_else(|| built_in(tree, language, sink));
        let own = tree.get(&home).and_then(|bytes| {
            let source = text::read(tree, tree.id(&home), &bytes, sink)?;
            rules::hidden_in_file(&source, sink);
            Some(read(source, sink))
        });
        let mut entries = ours.map(|strings| strings.entries).unwrap_or_default();
        entries.extend(own.map(|strings| strings.entries).unwrap_or_default());
        let is_lacking = |key: &&String| !entries.contains_key(*key) && !key.starts_with(CURRENCY);
        let lacking: Vec<&String> = english.entries.keys().filter(is_lacking).collect();
        if let Some(first) = lacking.first() {
            sink.push(borrowed(locale, (lacking.len(), first), &home, tree));
        }
        for key in lacking {
            entries.insert(key.clone(), UiString { borrowed: true, ..english.entries[key].clone() });
        }
        Strings { entries, home: tree.id(&home) }
    };
    config.locales.iter().map(&mut of).collect()
}

/// The built-in theme's words in a language.
fn built_in(tree: &SourceTree, language: &str, sink: &mut Diagnostics) -> Option<Strings> {
    let file = SourcePath::new(&format!("{BUILT_IN}strings/{language}.yaml")).ok()?;
    let bytes = tree.get(&file)?;
    Some(read(text::read(tree, tree.id(&file), &bytes, sink)?, sink))
}

fn borrowed(locale: &Locale, (count, first): (usize, &str), home: &SourcePath, tree: &SourceTree) -> Diagnostic {
    let headline = format!(
        "{count} of the theme's words are not there in `{}` ({}): English ones stand in their place",
        locale.id, locale.name
    );
    Diagnostic::new(Code::BorrowedWords, Span::file(tree.id(home)), headline)
        .help(format!("translate them in {home}, key by key; the first is `{first}`"))
        .help("`rahnuma theme eject strings/en.yaml` writes the English file to start from")
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
        if let Some(text) = node.part(sink) {
            strings
                .entries
                .insert(prefix, UiString { message: Message::Plain(text.value), place: text.place, borrowed: false });
        }
        return;
    }
    let Some(entries) = node.entries(sink) else { return };
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
        .filter_map(|(category, _, node)| node.part(sink).map(|text| ((*category).to_owned(), text.value)))
        .collect();
    strings.entries.insert(key, UiString { message: Message::Plural(forms), place: node.place(), borrowed: false });
}
