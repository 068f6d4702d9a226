//! `themes/<theme>/strings/<locale>.yaml`: the theme's words, nested by subject, with plural forms.

use std::collections::{BTreeMap, BTreeSet};

use super::node::Node;
use super::text::{self, SourceText};
use super::{rules, yaml};
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::locale::Locale;
use crate::model::site::Config;
use crate::model::strings::{CATEGORIES, CURRENCY, Message, Strings, UiString, day_words, placeholders};
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
        if let Some(own) = &own {
            overrides(own, &english, sink);
            if config.locales.len() == 1 {
                slips(own, &english, &own_templates(tree, &config.theme), sink);
            }
        }
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

/// Reports places of words said in another way for which the program has no value: readers would see the braces.
fn overrides(own: &Strings, built_in: &Strings, sink: &mut Diagnostics) {
    for (key, entry) in &own.entries {
        let Some(known) = built_in.entries.get(key) else {
            if built_in
                .entries
                .keys()
                .any(|other| other.strip_prefix(key.as_str()).is_some_and(|it| it.starts_with('.')))
            {
                let headline =
                    format!("`{key}` is no word of the theme, but a group of them: each has a name of its own");
                let help = "write the name and what it says on a line of its own below, further in";
                sink.push(Diagnostic::new(Code::WrongType, entry.place, headline).help(help));
            }
            continue;
        };
        let names: BTreeSet<&str> = known.message.wordings().flat_map(placeholders).chain(["n"]).collect();
        let foreign = entry.message.wordings().flat_map(placeholders).find(|name| !names.contains(name));
        if let Some(name) = foreign {
            let headline = format!("the string `{key}` has a place for {{{name}}}, and nothing is put there");
            let found = Diagnostic::new(Code::StringForms, entry.place, headline);
            let found = found.suggest(name, names.iter().copied().filter(|name| *name != "n"));
            let places: Vec<String> = names.iter().map(|name| format!("{{{name}}}")).collect();
            sink.push(if found.help.is_empty() {
                found.help(format!(
                    "what is put in has a name of its own, which is not translated: {}",
                    places.join(", ")
                ))
            } else {
                found
            });
        }
    }
}

/// Reports words of a site in one language that are a slip away from one of the theme's, which no other language can show.
fn slips(own: &Strings, built_in: &Strings, templates: &str, sink: &mut Diagnostics) {
    let is_free = |key: &&str| !own.entries.contains_key(*key);
    for (key, entry) in own.entries.iter().filter(|(key, _)| !built_in.entries.contains_key(*key)) {
        let is_own = key.starts_with(CURRENCY) || day_words(key).is_some() || templates.contains(&format!("\"{key}\""));
        let near = nearest(key, built_in.entries.keys().map(String::as_str).filter(is_free));
        if let Some(near) = near.filter(|_| !is_own) {
            let headline = format!("the theme has no word `{key}`, and no template asks for it");
            let found = Diagnostic::new(Code::MissingString, entry.place, headline);
            sink.push(found.help(format!("did you mean `{near}`?")));
        }
    }
}

/// The templates of the site's theme, one behind the other.
fn own_templates(tree: &SourceTree, theme: &str) -> String {
    let folder = format!("{}templates/", layout::theme(theme));
    let texts = tree.below(&folder).filter_map(|file| String::from_utf8(tree.get(file)?.to_vec()).ok());
    texts.collect::<Vec<_>>().join("\n")
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
    if !prefix.is_empty() && node.is_nothing() {
        let key = prefix.rsplit('.').next().unwrap_or_default();
        let found = Diagnostic::new(Code::WrongType, node.place(), format!("nothing stands behind `{key}:`"));
        sink.push(found.help("write its words behind the colon").help(
            "if it is a name for several words, write two spaces before each of the lines below that belong to it",
        ));
        return;
    }
    let Some(entries) = node.entries(sink) else { return };
    let entries = with_forms_meant(entries, sink);
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

/// The entries of a mapping, where all but some are plural forms those as the forms that they were meant to be.
fn with_forms_meant<'a>(
    entries: Vec<(&'a str, Span, Node<'a>)>,
    sink: &mut Diagnostics,
) -> Vec<(&'a str, Span, Node<'a>)> {
    let is_form = |key: &str| CATEGORIES.contains(&key);
    let free = || CATEGORIES.iter().copied().filter(|form| entries.iter().all(|(key, ..)| key != form));
    let meant = |key: &str| nearest(key, free());
    let are_forms = entries.iter().any(|(key, ..)| is_form(key))
        && entries.iter().all(|(key, ..)| is_form(key) || meant(key).is_some());
    let slips: Vec<Option<&'static str>> =
        entries.iter().map(|(key, ..)| meant(key).filter(|_| are_forms && !is_form(key))).collect();
    let named = |((key, place, node), form): ((&'a str, Span, Node<'a>), Option<&'static str>)| {
        let Some(form) = form else { return (key, place, node) };
        let found = Diagnostic::new(Code::StringForms, place, format!("`{key}` is no plural form"));
        sink.push(found.help(format!("did you mean `{form}`?")));
        (form, place, node)
    };
    entries.into_iter().zip(slips).map(named).collect()
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
