//! The theme's words: every key in every locale, with the plural forms and the values it needs.

use std::collections::{BTreeMap, BTreeSet};

use super::days;
use super::drift::is_phrase;
use crate::diag::suggest::{Names, nearest};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::currency;
use crate::model::locale::{Locale, LocaleIx};
use crate::model::site::Site;
use crate::model::strings::{
    CATEGORIES, CURRENCY, Message, Strings, UiString, day_words, forms as plural_forms, placeholders,
};
use crate::parse::Documents;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;
use crate::theme::BUILT_IN;

/// How many keys a finding names.
const MAX_NAMED: usize = 5;

pub fn check(documents: &Documents, site: &Site, tree: &SourceTree, sink: &mut Diagnostics) {
    let source = &site.strings[site.config.source_locale.0];
    let names = Names::new(source.entries.keys().map(String::as_str));
    let mistyped = mistyped(site, source);
    mistyped.iter().for_each(|(key, near)| sink.push(alone(key, near, source.entries[*key].place)));
    // A place for which there is no value was told where the file was read.
    let is_told = |entry: &UiString| {
        let mut errors = documents.broken.errors.get(&entry.place.file).into_iter().flatten();
        errors.any(|error| entry.place.start <= error.start && error.start < entry.place.end.max(entry.place.start + 1))
    };
    // A word at the margin of a file that could not be read wholly belongs below what was told.
    let is_source_unread = is_unread(documents, source);
    let is_astray = |key: &str| !key.contains('.') && documents.broken.errors.contains_key(&source.home);
    let unfilled = days::places(source, sink);
    for (ix, locale) in site.config.locales() {
        let strings = &site.strings[ix.0];
        // What could not be read, or has another name, is not missed word by word.
        let is_lost = is_unread(documents, strings) || has_other_name(ix, documents, tree);
        forms(locale, strings, sink);
        days::slips(strings, sink);
        currencies(strings, sink);
        let extra = || shared(strings).filter(|(key, _)| !source.entries.contains_key(*key));
        let lacking: Vec<&str> =
            shared(source).map(|(key, _)| key.as_str()).filter(|key| !strings.entries.contains_key(*key)).collect();
        // A key that is not read is told, and not once more as the one that it should be.
        let misspelt: BTreeSet<&str> = extra().filter_map(|(key, _)| nearest(key, lacking.iter().copied())).collect();
        for (key, wanted) in shared(source).filter(|(key, _)| !mistyped.contains_key(key.as_str())) {
            match strings.entries.get(key) {
                // English words that stand in for others were told.
                Some(found) if found.borrowed => {}
                Some(found) if [wanted, found].into_iter().any(is_told) || unfilled.contains(&wanted.place) => {}
                Some(found) => {
                    same_values(key, wanted, found, sink);
                    sink.extend(copied(key, (wanted, found), locale, (site, tree)));
                }
                None if is_lost || misspelt.contains(key.as_str()) || is_astray(key) => {}
                None => missing(key, wanted, locale, (strings, tree), sink),
            }
        }
        if !is_lost {
            left_to_built_in(ix, (documents, site), tree, sink);
        }
        extra().filter(|_| !is_source_unread).for_each(|entry| sink.push(unknown(entry, source, &names)));
    }
}

/// A string that the source locale does not have.
fn unknown((key, entry): (&String, &UiString), source: &Strings, names: &Names) -> Diagnostic {
    no_plural_form(key, entry.place, source).unwrap_or_else(|| {
        let headline = format!("the string `{key}` is not in the source locale");
        names.suggest(Diagnostic::new(Code::MissingString, entry.place, headline), key)
    })
}

/// The file of words whose name is no locale of the site, where it is the only one, with the only locale that has none.
pub fn words_of_no_locale(documents: &Documents, tree: &SourceTree) -> Option<(SourcePath, LocaleIx)> {
    let folder = format!("{}strings/", layout::theme(&documents.config.theme));
    let name = |file: &SourcePath| file.name().strip_suffix(".yaml").map(str::to_owned);
    let is_known = |file: &SourcePath| {
        let name = name(file);
        name.is_none_or(|name| documents.config.locales().any(|(_, locale)| locale.id.as_str() == name))
    };
    let is_there = |locale: &Locale| {
        SourcePath::new(&format!("{folder}{}.yaml", locale.id)).is_ok_and(|file| tree.contains(&file))
    };
    let lacking: Vec<LocaleIx> =
        documents.config.locales().filter(|(_, locale)| !is_there(locale)).map(|(ix, _)| ix).collect();
    // `ur.yml`, and `ur.yaml.txt` of a word processor.
    let begins = |file: &SourcePath| file.name().split('.').next().map(str::to_owned);
    let named = lacking.iter().find_map(|ix| {
        let is_it = |file: &&SourcePath| begins(file).as_deref() == Some(documents.config.locale(*ix).id.as_str());
        Some((tree.below(&folder).find(is_it)?.clone(), *ix))
    });
    if named.is_some() {
        return named;
    }
    let strays: Vec<&SourcePath> = tree.below(&folder).filter(|file| !is_known(file)).collect();
    match (strays.as_slice(), lacking.as_slice()) {
        ([file], [locale]) => Some(((*file).clone(), *locale)),
        _ => None,
    }
}

/// Whether the words of a locale may stand in a file of another name, which is told.
fn has_other_name(locale: LocaleIx, documents: &Documents, tree: &SourceTree) -> bool {
    words_of_no_locale(documents, tree).is_some_and(|(_, of)| of == locale)
}

/// A key below a string with plural forms that is none of them.
fn no_plural_form(key: &str, place: Span, source: &Strings) -> Option<Diagnostic> {
    let (string, form) = key.rsplit_once('.')?;
    let Message::Plural(_) = source.entries.get(string)?.message else { return None };
    let headline = format!("`{form}` is no plural form of the string `{string}`");
    let found = Diagnostic::new(Code::StringForms, place, headline);
    Some(found.suggest(form, CATEGORIES.iter().copied()))
}

fn alone(key: &str, near: &str, place: Span) -> Diagnostic {
    let headline = format!("the string `{key}` is in the source locale alone");
    Diagnostic::new(Code::MissingString, place, headline)
        .help(format!("did you mean `{near}`? If it is one of your own, say it in every locale"))
}

/// Whether the words of a locale could not be read: those of others only seem to be more.
fn is_unread(documents: &Documents, strings: &Strings) -> bool {
    let is_here = |entry: &UiString| entry.place.file == strings.home;
    documents.broken.errors.contains_key(&strings.home) && !strings.entries.values().any(is_here)
}

/// Reports words that the site's theme has of its own in every other language, two at least: here those of the built-in theme stand, which say
/// something else.
fn left_to_built_in(of: LocaleIx, (documents, site): (&Documents, &Site), tree: &SourceTree, sink: &mut Diagnostics) {
    let is_own = |ix: LocaleIx, key: &str| {
        let entry = site.strings[ix.0].entries.get(key);
        entry.is_none_or(|entry| !tree.path(entry.place.file).as_str().starts_with(BUILT_IN))
    };
    let others: Vec<LocaleIx> = site.config.locales().map(|(ix, _)| ix).filter(|ix| *ix != of).collect();
    let (strings, locale) = (&site.strings[of.0], site.config.locale(of));
    if others.len() < 2 || documents.broken.errors.contains_key(&strings.home) {
        return;
    }
    let keys = strings.entries.iter().filter(|(_, entry)| !entry.borrowed).map(|(key, _)| key);
    let left: Vec<&str> =
        keys.filter(|key| !is_own(of, key) && others.iter().all(|ix| is_own(*ix, key))).map(String::as_str).collect();
    // A key that no other language has may be one of these, mistyped, which is told there.
    let source = &site.strings[site.config.source_locale.0];
    let extra = shared(strings).map(|(key, _)| key).filter(|key| !source.entries.contains_key(*key));
    let meant: BTreeSet<&str> = extra.filter_map(|key| nearest(key, left.iter().copied())).collect();
    let left: Vec<&str> = left.into_iter().filter(|key| !meant.contains(key)).collect();
    if left.is_empty() {
        return;
    }
    let named: Vec<String> = left.iter().take(MAX_NAMED).map(|key| format!("`{key}`")).collect();
    let more = if left.len() > MAX_NAMED { format!(" and {} more", left.len() - MAX_NAMED) } else { String::new() };
    let headline = format!(
        "every other language has words of its own for {}{more}; `{}` ({}) has those of the built-in theme",
        named.join(", "),
        locale.id,
        locale.name
    );
    let home = tree.path(strings.home);
    let found = Diagnostic::new(Code::MissingTranslation, Span::file(strings.home), headline);
    sink.push(found.help(format!("write them into {home}; if that file was taken away by mistake, bring it back")));
}

/// The strings that every locale has to have.
fn shared(strings: &Strings) -> impl Iterator<Item = (&String, &UiString)> {
    strings.entries.iter().filter(|(key, _)| !key.starts_with(CURRENCY) && !days::is_slip(strings, key))
}

/// How sums in a currency are worded is each locale's own matter: most are, and need no string.
fn currencies(strings: &Strings, sink: &mut Diagnostics) {
    for (key, entry) in &strings.entries {
        let Some(code) = key.strip_prefix(CURRENCY) else { continue };
        if !currency::is_code(code) {
            let headline = format!("`{code}` is no currency of ISO 4217");
            let found = Diagnostic::new(Code::MissingString, entry.place, headline);
            sink.push(found.suggest(code, currency::near(code)));
        } else if !entry.message.wordings().all(|wording| placeholders(wording).any(|name| name == "amount")) {
            let headline = format!("the string `{key}` has no place for {{amount}}");
            sink.push(Diagnostic::new(Code::StringForms, entry.place, headline));
        }
    }
}

/// Strings of the source locale that no other has and that are a slip away from one that all have: by key, that one.
fn mistyped<'a>(site: &'a Site, source: &'a Strings) -> BTreeMap<&'a str, &'a str> {
    let others = || site.config.locales().filter(|(ix, _)| *ix != site.config.source_locale);
    let lacks = |ix: LocaleIx, key: &str| !site.strings[ix.0].entries.contains_key(key);
    let keys = || shared(source).map(|(key, _)| key);
    // Words of a day are not those of another one.
    let alone = keys()
        .filter(|key| day_words(key).is_none())
        .filter(|key| others().next().is_some() && others().all(|(ix, _)| lacks(ix, key)));
    let in_all = || keys().filter(|key| others().all(|(ix, _)| !lacks(ix, key))).map(String::as_str);
    alone.filter_map(|key| Some((key.as_str(), nearest(key, in_all())?))).collect()
}

fn missing(
    key: &str,
    wanted: &UiString,
    locale: &Locale,
    (strings, tree): (&Strings, &SourceTree),
    sink: &mut Diagnostics,
) {
    let home = tree.path(strings.home);
    let help = if tree.contains(home) {
        format!("add `{key}` and translate it")
    } else {
        format!(
            "make the file {home}, and write `{key}` into it as in the source locale, translated; a file may hold one word alone"
        )
    };
    sink.push(
        Diagnostic::new(
            Code::MissingString,
            Span::file(strings.home),
            format!("the string `{key}` is missing in `{}` ({})", locale.id, locale.name),
        )
        .related(wanted.place, "the source locale says this")
        .help(help),
    );
}

fn same_values(key: &str, wanted: &UiString, found: &UiString, sink: &mut Diagnostics) {
    let (wanted_names, found_names) = (values(&wanted.message), values(&found.message));
    if wanted_names != found_names {
        let list = |names: &BTreeSet<&str>| {
            if names.is_empty() {
                "none".to_owned()
            } else {
                names.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ")
            }
        };
        let (wanted_names, found_names) = (list(&wanted_names), list(&found_names));
        let headline =
            format!("the string `{key}` has places for {wanted_names}; every other language has {found_names}");
        let in_source = Diagnostic::new(Code::StringForms, wanted.place, headline)
            .help("a place for a value is a name between two braces: `{name}`");
        let headline = format!("the string `{key}` has places for {found_names}; the source locale has {wanted_names}");
        let help = found.message.wordings().find_map(unclosed).unwrap_or_else(|| {
            "a place for a value is a name between two braces, in every locale the same: `{name}`".to_owned()
        });
        sink.push(
            Diagnostic::new(Code::StringForms, found.place, headline)
                .related(wanted.place, "the source locale says this")
                .help(help)
                .in_source(in_source),
        );
    }
}

/// What is to be done about a brace that is not closed.
fn unclosed(text: &str) -> Option<String> {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.split('{').skip(1).find_map(|rest| {
        let name = &rest[..rest.find(|c| !is_of_name(c)).unwrap_or(rest.len())];
        let is_open = !name.is_empty() && !rest[name.len()..].trim_start().starts_with('}');
        is_open.then(|| format!("no `}}` stands behind `{{{name}`: write `{{{name}}}`"))
    })
}

/// Whether a string says word for word what the source says, and in words: places for values are none.
fn is_copied(wanted: &Message, found: &Message) -> bool {
    let words =
        |text: &str| placeholders(text).fold(text.to_owned(), |text, name| text.replace(&format!("{{{name}}}"), " "));
    wanted.wordings().eq(found.wordings()) && wanted.wordings().any(|text| is_phrase(&words(text)))
}

/// Reports words of the site's own theme that were not translated.
fn copied(
    key: &str,
    (wanted, found): (&UiString, &UiString),
    locale: &Locale,
    (site, tree): (&Site, &SourceTree),
) -> Diagnostics {
    let mut sink = Diagnostics::default();
    let is_translation = locale.language() != site.config.locale(site.config.source_locale).language();
    let is_own = !tree.path(found.place.file).as_str().starts_with(BUILT_IN);
    if is_translation && is_own && is_copied(&wanted.message, &found.message) {
        let headline =
            format!("the string `{key}` says in `{}` ({}) word for word what the source says", locale.id, locale.name);
        let found = Diagnostic::new(Code::WrongLanguage, found.place, headline);
        sink.push(found.related(wanted.place, "the source").help("translate it"));
    }
    sink
}

/// The values that a string has places for. Its number may stand in words where there are few: what is said of most has it.
fn values(message: &Message) -> BTreeSet<&str> {
    let named = message.wordings().flat_map(placeholders).filter(|name| *name != "n");
    let most = match message {
        Message::Plain(text) => Some(text),
        Message::Plural(forms) => forms.get("other"),
    };
    named.chain(most.into_iter().flat_map(|text| placeholders(text)).filter(|name| *name == "n")).collect()
}

fn forms(locale: &Locale, strings: &Strings, sink: &mut Diagnostics) {
    let wanted: BTreeSet<&str> = plural_forms(&locale.formats).into_iter().collect();
    if wanted.is_empty() {
        return;
    }
    for (key, entry) in strings.entries.iter().filter(|(_, entry)| !entry.borrowed) {
        let Message::Plural(forms) = &entry.message else { continue };
        let found: BTreeSet<&str> = forms.keys().map(String::as_str).collect();
        if found != wanted {
            let list = |names: &BTreeSet<&str>| names.iter().copied().collect::<Vec<_>>().join(", ");
            sink.push(Diagnostic::new(
                Code::StringForms,
                entry.place,
                format!(
                    "the string `{key}` has the plural forms {}; {} needs {}",
                    list(&found),
                    locale.name,
                    list(&wanted)
                ),
            ));
        }
    }
}
