//! Templates that texts ask for by name: the theme has them, and a text is shown in the same in every locale.

use std::collections::BTreeSet;

use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::guide::{DECIDE, HOME};
use crate::model::locale::LocaleIx;
use crate::parse::Documents;
use crate::parse::document::Document;
use crate::source::layout;
use crate::source::tree::SourceTree;
use crate::theme::FILES;

pub fn check(documents: &Documents, tree: &SourceTree, sink: &mut Diagnostics) {
    if asked_for(documents).is_empty() {
        return;
    }
    let own = own(documents, tree);
    for template in with_template(documents).filter_map(|document| document.template.as_ref()) {
        if !own.contains(template.value.as_str()) {
            sink.push(not_there(&template.value, template.place, &own, documents));
        }
    }
    for (id, document) in documents.pages.iter().map(|((id, _), document)| (id, document)) {
        if let Some(template) = document.template.as_ref().filter(|_| matches!(id.as_str(), HOME | DECIDE)) {
            let headline = format!("`{id}` is no page of its own: its text stands on others, and has no template");
            sink.push(
                Diagnostic::new(Code::BadValue, template.place, headline)
                    .help("take the line out; `home.html` of the theme is the page around it"),
            );
        }
    }
    if documents.has_source {
        let source = documents.config.source_locale;
        // One that is not there was told.
        let is_known = |document: &Document| document.template.as_ref().is_none_or(|it| own.contains(&it.value));
        let guides = documents.guides.iter().map(|((key, locale), document)| (key, *locale, document));
        same(guides, source, &is_known, sink);
        same(documents.pages.iter().map(|((id, locale), document)| (id, *locale, document)), source, &is_known, sink);
    }
}

/// Names of the templates that texts of the site ask for, without `.html`.
pub fn asked_for(documents: &Documents) -> BTreeSet<&str> {
    with_template(documents).filter_map(|document| document.template.as_ref()).map(|it| it.value.as_str()).collect()
}

fn with_template(documents: &Documents) -> impl Iterator<Item = &Document> {
    documents.guides.values().chain(documents.pages.values())
}

/// Names of the theme's own templates: those that go before a built-in one are for every page of a kind.
fn own(documents: &Documents, tree: &SourceTree) -> BTreeSet<String> {
    let folder = format!("{}templates/", layout::theme(&documents.config.theme));
    let names = tree.below(&folder).map(|file| &file.as_str()[folder.len()..]);
    let is_own = |name: &str| FILES.iter().all(|(file, _)| file.strip_prefix("templates/") != Some(name));
    names.filter(|name| is_own(name)).filter_map(|name| name.strip_suffix(".html")).map(str::to_owned).collect()
}

fn not_there(name: &str, place: Span, own: &BTreeSet<String>, documents: &Documents) -> Diagnostic {
    let theme = &documents.config.theme;
    let found = Diagnostic::new(
        Code::UnknownTemplate,
        place,
        format!("the theme `{theme}` has no template `{name}` of its own"),
    );
    let bare = name.strip_suffix(".html").unwrap_or(name);
    let near = own.get(bare).map(String::as_str).or_else(|| nearest(bare, own.iter().map(String::as_str)));
    let found = match near {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None if own.is_empty() => found,
        None => found.help(format!("known here: {}", own.iter().map(String::as_str).collect::<Vec<_>>().join(", "))),
    };
    if near.is_some() {
        return found;
    }
    let folder = layout::theme(theme);
    found.help(format!(
        "or make {folder}templates/{bare}.html; `rahnuma theme eject` writes a built-in one to start from"
    ))
}

/// A text in each of its locales, by its name and the locale, those of one name side by side.
fn same<'a, K: PartialEq>(
    documents: impl Iterator<Item = (K, LocaleIx, &'a Document)>,
    source_locale: LocaleIx,
    is_known: &dyn Fn(&Document) -> bool,
    sink: &mut Diagnostics,
) {
    let all: Vec<_> = documents.collect();
    for texts in all.chunk_by(|(one, ..), (next, ..)| one == next) {
        let Some((.., source)) = texts.iter().find(|(_, locale, source)| *locale == source_locale && is_known(source))
        else {
            continue;
        };
        for (.., own) in texts.iter().filter(|(_, locale, own)| *locale != source_locale && is_known(own)) {
            let [here, there] = [own, source].map(|it| it.template.as_ref());
            super::front::same(
                "template",
                &written(own),
                &written(source),
                place(here, own),
                place(there, source),
                sink,
            );
        }
    }
}

/// As one would write it.
fn written(document: &Document) -> String {
    document.template.as_ref().map(|template| format!("template: {}", template.value)).unwrap_or_default()
}

fn place(template: Option<&crate::diag::Spanned<String>>, document: &Document) -> Span {
    template.map_or(document.title.place, |template| template.place)
}
