//! Files of themes: one that the program does not read is a name mistyped, or left over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::strings::words_of_no_locale;
use super::templates::asked_for;
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::image;
use crate::link::images;
use crate::model::locale::{Locale, LocaleIx};
use crate::parse::Documents;
use crate::parse::place::plain_name;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;
use crate::theme::{BUILT_IN, FILES, ICONS, ThemeFiles, unnamed_assets};

pub fn check(documents: &Documents, tree: &SourceTree, sink: &mut Diagnostics) {
    let own = documents.config.theme.as_str();
    let place = |file: &SourcePath| Span::file(tree.id(file));
    let mut folders: BTreeMap<&str, Vec<(&str, &SourcePath)>> = BTreeMap::new();
    for file in tree.below("themes/") {
        match file.as_str()["themes/".len()..].split_once('/') {
            Some((folder, inside)) => folders.entry(folder).or_default().push((inside, file)),
            None if is_note(file.name()) => {}
            None => unknown(file, place(file), "a theme is a folder below themes", sink),
        }
    }
    if own != "default" && !folders.contains_key(own) {
        missing(own, documents.config.theme_place, folders.keys().copied(), sink);
        return; // one of the other folders may be the one that was meant
    }
    let theme = ThemeFiles::new(tree, own);
    let (templates, unnamed) = (Templates::new(own, tree), unnamed_assets(&theme, tree));
    let words = words_of_no_locale(documents, tree);
    let own_words: BTreeSet<&SourcePath> = theme.below("strings/").map(|(_, file)| file).collect();
    let is_there =
        |name: &String| own_words.iter().any(|file| file.name() == name && !file.as_str().starts_with(BUILT_IN));
    let of_locales = documents.config.locales.iter().map(|locale| format!("{}.yaml", locale.id));
    let unworded = of_locales.filter(|name| !is_there(name)).collect();
    let named = Named { tree, templates, asked_for: asked_for(documents), unnamed, words, unworded };
    for (folder, files) in folders {
        if folder == own {
            for (inside, file) in files {
                one(inside, (file, place(file)), documents, &named, sink);
            }
        } else if let Some((_, first)) = files.iter().find(|(inside, file)| !is_built_in(folder, inside, file, tree)) {
            let help = format!("say `theme: {folder}` in content/site.yaml, or take the folder away");
            unused(place(first), format!("the site does not use the theme `{folder}`"), help, sink);
        }
    }
}

/// Whether it is a file of the built-in theme as it is: where the program itself is written, they stand beside its site's own theme.
fn is_built_in(folder: &str, inside: &str, file: &SourcePath, tree: &SourceTree) -> bool {
    let known = FILES.iter().find(|(name, _)| *name == inside);
    folder == "default" && known.is_some_and(|(_, bytes)| tree.get(file).as_deref() == Some(*bytes))
}

fn missing<'a>(theme: &str, place: Span, folders: impl Iterator<Item = &'a str>, sink: &mut Diagnostics) {
    sink.push(
        Diagnostic::new(Code::MissingFile, place, format!("there is no theme `{theme}`"))
            .suggest(theme, folders)
            .help(format!("make a folder themes/{theme}, or leave `theme` out to use the built-in one")),
    );
}

/// A file of the site's theme, by its name inside it.
fn one(
    inside: &str,
    (file, place): (&SourcePath, Span),
    documents: &Documents,
    named: &Named<'_>,
    sink: &mut Diagnostics,
) {
    match inside.split_once('/') {
        Some(("assets", name)) => {
            let told = sink.count();
            name.split('/').for_each(|part| plain_name(place, part, sink));
            if sink.count() == told && named.unnamed.contains(name) {
                let help = "no template, style sheet or script has its name; it is not published: name it there, or take it away";
                unused(place, format!("nothing shows the file `{name}`"), help.to_owned(), sink);
            }
        }
        Some(("templates", name)) if !named.templates.use_of(name) && !named.is_asked_for(name) => {
            let names = FILES.iter().filter_map(|(name, _)| name.strip_prefix("templates/"));
            let help = suggestion(name, names, "no page has this template, and no text or other template names it");
            unused(place, format!("nothing uses the template `{name}`"), help, sink);
        }
        Some(("strings", name)) => {
            let is_lost = documents.lost_locales.iter().any(|locale| name == format!("{locale}.yaml"));
            if let Some((_, locale)) = named.words.as_ref().filter(|(stray, _)| stray == file) {
                of_no_locale((name, place), documents.config.locale(*locale), sink);
            } else if !is_lost && documents.config.locales.iter().all(|locale| format!("{}.yaml", locale.id) != name) {
                let names = named.unworded.iter().map(String::as_str);
                let help =
                    suggestion(name, names, "words stand in strings/<locale>.yaml, and the site has no such locale");
                unused(place, format!("nothing reads the words in `{name}`"), help, sink);
            }
        }
        Some(("icons", name)) => icon(name, named.tree.get(file), place, sink),
        Some(("templates", _)) => {}
        None if is_note(inside) || inside == "theme.yaml" => {}
        _ => unknown(file, place, "a theme has the folders templates, assets, icons and strings", sink),
    }
}

/// Reports an icon that nothing asks for, one that is no image, and one that has not the size which pages and phones are told.
fn icon(name: &str, bytes: Option<Arc<[u8]>>, place: Span, sink: &mut Diagnostics) {
    let Some((_, size)) = ICONS.iter().find(|(known, _)| *known == name) else {
        let names = ICONS.iter().map(|(name, _)| *name);
        let help = suggestion(name, names, "icons have names that browsers and phones know");
        return unused(place, format!("nothing shows the icon `{name}`"), help, sink);
    };
    let Some((width, height)) = *size else { return };
    let (headline, help) = match image::size(&bytes.unwrap_or_default()) {
        Ok(size) if size == (width, height) => return,
        Ok((own_width, own_height)) => (
            format!("`{name}` has {own_width} by {own_height} pixels"),
            format!("browsers and phones are told that it has {width} by {height}: save it in that size"),
        ),
        Err(wrong) => images::wording(name, &wrong),
    };
    sink.push(Diagnostic::new(Code::BadImage, place, headline).help(help));
}

/// Reports the only file of words whose name is no locale, where one locale has no such file.
fn of_no_locale((name, place): (&str, Span), locale: &Locale, sink: &mut Diagnostics) {
    let headline = format!(
        "`{name}` is of no locale of the site, and `{}` ({}) has no file of words here",
        locale.id, locale.name
    );
    let found = Diagnostic::new(Code::UnknownPlace, place, headline);
    sink.push(found.help(format!("if these are its words, call the file {}.yaml; else take it away", locale.id)));
}

fn is_note(name: &str) -> bool {
    name.starts_with("README") || name.starts_with("LICENSE")
}

fn suggestion<'a>(name: &str, names: impl Iterator<Item = &'a str>, otherwise: &str) -> String {
    match nearest(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => otherwise.to_owned(),
    }
}

fn unused(place: Span, headline: String, help: String, sink: &mut Diagnostics) {
    sink.push(Diagnostic::new(Code::UnusedFile, place, headline).help(help));
}

fn unknown(file: &SourcePath, place: Span, help: &str, sink: &mut Diagnostics) {
    sink.push(Diagnostic::new(Code::UnknownPlace, place, format!("no file belongs at {file}")).help(help));
}

/// What of the site's theme is named where.
struct Named<'a> {
    tree: &'a SourceTree,
    templates: Templates,
    /// Templates that texts name.
    asked_for: BTreeSet<&'a str>,
    /// Assets that are named nowhere.
    unnamed: BTreeSet<&'a str>,
    /// Words whose file has the name of no locale, with the locale that they may be of.
    words: Option<(SourcePath, LocaleIx)>,
    /// Files of words that locales of the site may have and do not.
    unworded: Vec<String>,
}

impl Named<'_> {
    fn is_asked_for(&self, template: &str) -> bool {
        // A name that was mistyped is told where it stands.
        let is_meant = |name: &str| self.asked_for.iter().any(|asked| nearest(asked, [name]).is_some());
        template.strip_suffix(".html").is_some_and(|name| self.asked_for.contains(name) || is_meant(name))
    }
}

/// The templates of the site's theme, by name, with their texts.
struct Templates(BTreeMap<String, String>);

impl Templates {
    fn new(theme: &str, tree: &SourceTree) -> Self {
        let folder = format!("{}templates/", layout::theme(theme));
        let named = |file: &SourcePath| Some((file.as_str()[folder.len()..].to_owned(), tree.text(file)?));
        Self(tree.below(&folder).filter_map(named).collect())
    }

    /// Whether a page is made with it, another template names it, or it has components, which need no naming.
    fn use_of(&self, name: &str) -> bool {
        let named = |text: &str| ['"', '\''].iter().any(|quote| text.contains(&format!("{quote}{name}{quote}")));
        FILES.iter().any(|(known, _)| known.strip_prefix("templates/") == Some(name))
            || self.0.get(name).is_some_and(|text| text.contains("endcomponent"))
            || self.0.iter().any(|(other, text)| *other != name && named(text))
    }
}
