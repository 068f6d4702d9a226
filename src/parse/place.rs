//! What a file is, by where it stands and what it is called.

use super::context::locale_ix;
use crate::diag::{Code, Diagnostic, Diagnostics, Span, suggest};
use crate::model::guide::{GENERAL, GuideKey};
use crate::model::id::Id;
use crate::model::locale::{Locale, LocaleIx};
use crate::model::site::Config;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// Names of images that browsers show.
const MEDIA: &[&str] = &["png", "jpg", "jpeg", "webp", "gif", "avif", "svg"];

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of the folders")]
pub enum Kind {
    Site,
    Situations,
    Sources,
    Policy(Id),
    Guide(GuideKey, LocaleIx),
    Card(GuideKey),
    Glossary,
    Registry,
    Translated,
    Links,
    Fragment(Id, LocaleIx),
    Page(Id, LocaleIx),
    Application(Id, LocaleIx),
    Media,
    Static,
}

/// Whether the file is called like an image.
#[must_use]
pub fn is_media(file: &SourcePath) -> bool {
    is_image(file.name())
}

/// Whether a name ends as that of an image.
#[must_use]
pub fn is_image(name: &str) -> bool {
    name.trim_end()
        .rsplit_once('.')
        .is_some_and(|(_, extension)| MEDIA.contains(&extension.to_ascii_lowercase().as_str()))
}

/// Reports a name that would not look the same in an address.
pub fn plain_name(at: Span, name: &str, sink: &mut Diagnostics) {
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
        return;
    }
    let (stem, extension) = name.split_at(name.rfind('.').unwrap_or(name.len()));
    let help = match Id::nearest(stem) {
        Some(near) => format!("use letters a-z, digits and hyphens, for example `{near}{extension}`"),
        None => "use letters a-z, digits and hyphens".into(),
    };
    bad_name(at, &format!("the name `{name}` cannot be part of an address as it is"), &help, sink);
}

/// What the file is, or a report at its place that it is nothing known.
pub fn of(file: &SourcePath, at: Span, locales: &[Locale], sink: &mut Diagnostics) -> Option<Kind> {
    if let Some(original) = layout::original(file.name()) {
        let headline = format!("{} looks like a copy or an older state of {original}", file.name());
        sink.push(Diagnostic::new(Code::UnknownPlace, at, headline).help(format!(
            "keep in {original} what is right, and take this file away; if there is no {original}, give this one that name"
        )));
        return None;
    }
    if let Some(kind) = only(file.as_str()) {
        return Some(kind);
    }
    let parts: Vec<&str> = file.as_str().split('/').skip(1).collect();
    match without_drafts(&parts) {
        ["policies", name] => policy(file, at, name, sink),
        ["static", ..] => {
            plain_name(at, file.name(), sink);
            Some(Kind::Static)
        }
        ["guides", _, _] | ["fragments" | "pages", _] if is_media(file) => {
            plain_name(at, file.name(), sink);
            Some(Kind::Media)
        }
        ["guides", section, name] => {
            let section_id = part(file, at, section, sink);
            if let Some(stem) = name.strip_suffix(".card.yaml") {
                let guide = card(file, at, stem, locales, sink);
                return Some(Kind::Card(GuideKey { section: section_id?, guide: guide? }));
            }
            let (id, locale) = localized(file, at, name, locales, sink)?;
            Some(Kind::Guide(GuideKey { section: section_id?, guide: id }, locale))
        }
        ["fragments", name] => localized(file, at, name, locales, sink).map(|(id, locale)| Kind::Fragment(id, locale)),
        ["pages", name] => localized(file, at, name, locales, sink).map(|(id, locale)| Kind::Page(id, locale)),
        ["applications", name] => {
            localized(file, at, name, locales, sink).map(|(id, locale)| Kind::Application(id, locale))
        }
        _ => {
            unknown(file, at, sink);
            None
        }
    }
}

/// The guide of a counter card.
fn card(file: &SourcePath, at: Span, stem: &str, locales: &[Locale], sink: &mut Diagnostics) -> Option<Id> {
    let Some((guide, locale)) = stem.rsplit_once('.').filter(|(_, end)| locale_ix(locales, end).is_some()) else {
        return part(file, at, stem, sink);
    };
    let headline = format!("`{locale}` stands in the name of a counter card, which holds every language");
    bad_name(at, &headline, &format!("call it {guide}.card.yaml"), sink);
    None
}

/// What a site has but once.
fn only(file: &str) -> Option<Kind> {
    match file {
        layout::SITE => Some(Kind::Site),
        layout::SITUATIONS => Some(Kind::Situations),
        layout::GLOSSARY => Some(Kind::Glossary),
        layout::PUBLISHED => Some(Kind::Registry),
        layout::TRANSLATED => Some(Kind::Translated),
        layout::LINKS => Some(Kind::Links),
        layout::SOURCES => Some(Kind::Sources),
        _ => None,
    }
}

/// A path as it will be once it is published. What a site has but once has no draft.
fn without_drafts<'a, 'b>(parts: &'b [&'a str]) -> &'b [&'a str] {
    match parts {
        ["drafts", "policies", "sources.yaml" | "national.yaml"]
        | ["drafts", "static" | "drafts", ..]
        | ["drafts", _] => &[],
        ["drafts", inside @ ..] => inside,
        all => all,
    }
}

/// What a file that nothing is known of was probably meant to be; of one that lies apart from its other languages, that is told.
pub fn told(file: &SourcePath, (tree, config): (&SourceTree, &Config), sink: &mut Diagnostics) -> Option<Kind> {
    let (code, help, right) = match (apart(file, tree, config), nameless(file, tree, config)) {
        (Some(right), _) => {
            (Code::UnknownPlace, format!("its other languages lie elsewhere: move it to {right}"), right)
        }
        (None, Some(right)) => (Code::BadFileName, format!("call it {}, the one that is missing", right.name()), right),
        (None, None) => return meant(file, config),
    };
    for found in sink.take(|one| one.code == code) {
        sink.push(Diagnostic { help: vec![help.clone()], ..found });
    }
    meant(&right, config)
}

/// The only name that a text without a locale in its name can have: that of the language which is missing beside it.
fn nameless(file: &SourcePath, tree: &SourceTree, config: &Config) -> Option<SourcePath> {
    let stem = file.name().strip_suffix(".md").filter(|stem| !stem.contains('.'))?;
    let named = |locale: &Locale| SourcePath::new(&format!("{}/{stem}.{}.md", file.folder(), locale.id)).ok();
    let mut free = config.locales.iter().filter_map(named).filter(|path| !tree.contains(path));
    free.next().filter(|_| free.next().is_none() && config.locales.len() > 1)
}

/// Where the other languages of a text lie, if it is missing there.
fn apart(file: &SourcePath, tree: &SourceTree, config: &Config) -> Option<SourcePath> {
    let (stem, locale) = file.name().strip_suffix(".md")?.rsplit_once('.')?;
    let own = locale_ix(&config.locales, locale)?;
    let carriers = tree.below("content/policies/").filter_map(|policy| policy.name().strip_suffix(".yaml"));
    let sections = carriers.chain([GENERAL]).map(|section| format!("{}/{section}", layout::GUIDES));
    let folders = ["content/pages", "content/fragments", "content/applications"].map(str::to_owned).into_iter();
    let is_there = |path: &str| SourcePath::new(path).is_ok_and(|path| tree.contains(&path));
    let is_of_others = |folder: &String| {
        let mut others = config.locales().filter(|(ix, _)| *ix != own);
        others.any(|(_, other)| is_there(&format!("{folder}/{stem}.{}.md", other.id)))
            && !is_there(&format!("{folder}/{}", file.name()))
    };
    let mut found = folders.chain(sections).filter(is_of_others);
    let folder = found.next().filter(|_| found.next().is_none())?;
    SourcePath::new(&format!("{folder}/{}", file.name())).ok()
}

/// What a file with a wrong name was probably meant to be: it is not missed a second time.
#[must_use]
pub fn meant(file: &SourcePath, config: &Config) -> Option<Kind> {
    let name = layout::original(file.name()).unwrap_or_else(|| file.name().to_owned());
    let id = |text: &str| Id::new(text).or_else(|| Id::nearest(text));
    let localized = |name: &str| {
        let stem = name.strip_suffix(".md")?;
        let (stem, locale) = stem.rsplit_once('.').unwrap_or((stem, config.locale(config.source_locale).id.as_str()));
        let known = || config.locales.iter().map(|locale| locale.id.as_str());
        // Two letters are too few to be near others, but they may have changed places.
        let turned: String = locale.chars().rev().collect();
        // A longer tag of a language is meant as the locale of the language.
        let locale =
            locale.split(['-', '_']).next().filter(|_| locale_ix(&config.locales, locale).is_none()).unwrap_or(locale);
        let near = || suggest::nearest(locale, known()).or_else(|| known().find(|known| *known == turned));
        let locale = locale_ix(&config.locales, locale).or_else(|| locale_ix(&config.locales, near()?));
        id(stem).zip(locale)
    };
    match file.folder().split('/').skip(1).collect::<Vec<_>>().as_slice() {
        ["policies"] if name.eq_ignore_ascii_case("sources.yaml") => Some(Kind::Sources),
        ["policies"] => id(name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))?).map(Kind::Policy),
        ["guides", section] if name.ends_with(".card.yaml") => {
            let guide = name.split('.').next().and_then(id);
            guide.zip(id(section)).map(|(guide, section)| Kind::Card(GuideKey { section, guide }))
        }
        ["guides", section] => localized(&name)
            .zip(id(section))
            .map(|((guide, locale), section)| Kind::Guide(GuideKey { section, guide }, locale)),
        ["fragments"] => localized(&name).map(|(id, locale)| Kind::Fragment(id, locale)),
        ["pages"] => localized(&name).map(|(id, locale)| Kind::Page(id, locale)),
        ["applications"] => localized(&name).map(|(id, locale)| Kind::Application(id, locale)),
        _ => None,
    }
}

fn unknown(file: &SourcePath, at: Span, sink: &mut Diagnostics) {
    let diagnostic = Diagnostic::new(Code::UnknownPlace, at, format!("no file belongs at {file}"));
    let near = suggest::nearest(file.as_str(), layout::FILES.iter().copied());
    sink.push(match (file.as_str().strip_suffix(".yml"), near) {
        (Some(name), _) => diagnostic.help(format!("call it {name}.yaml")),
        (None, Some(near)) => diagnostic.help(format!("did you mean {near}?")),
        (None, None) => diagnostic
            .help("content has site.yaml, situations.yaml, glossary.yaml, published.yaml and the folders policies, guides, fragments, pages, applications, static, drafts")
            .help("`rahnuma explain unknown-place` lists what belongs where"),
    });
}

fn policy(file: &SourcePath, at: Span, name: &str, sink: &mut Diagnostics) -> Option<Kind> {
    let Some(stem) = name.strip_suffix(".yaml") else {
        unknown(file, at, sink);
        return None;
    };
    let id = part(file, at, stem, sink)?;
    if id.as_str() == GENERAL {
        bad_name(
            at,
            "`general` is the section of guides for every carrier, so no carrier can be called that",
            "give the file another name",
            sink,
        );
        return None;
    }
    Some(Kind::Policy(id))
}

/// `<id>.<locale>.md`
fn localized(
    file: &SourcePath,
    at: Span,
    name: &str,
    locales: &[Locale],
    sink: &mut Diagnostics,
) -> Option<(Id, LocaleIx)> {
    let Some(stem) = name.strip_suffix(".md") else {
        unknown(file, at, sink);
        return None;
    };
    let Some((id, locale)) = stem.rsplit_once('.') else {
        let known: Vec<String> = locales.iter().map(|locale| format!("{stem}.{}.md", locale.id)).collect();
        bad_name(
            at,
            "the name does not say which locale the file is in",
            &format!("name it {}", known.join(", ")),
            sink,
        );
        return None;
    };
    let Some(locale) = locale_ix(locales, locale) else {
        let known = locales.iter().map(|locale| locale.id.as_str());
        sink.push(
            Diagnostic::new(
                Code::UnknownLocale,
                at,
                format!("`{locale}` in the name of {file} is no locale of this site"),
            )
            .suggest(locale, known),
        );
        return None;
    };
    part(file, at, id, sink).map(|id| (id, locale))
}

fn part(file: &SourcePath, at: Span, part: &str, sink: &mut Diagnostics) -> Option<Id> {
    let id = Id::new(part);
    if id.is_none() {
        let help = match Id::nearest(part) {
            Some(near) => format!("names become addresses: a-z, 0-9 and single hyphens, for example `{near}`"),
            None => "names become addresses: a-z, 0-9 and single hyphens".into(),
        };
        bad_name(at, &format!("`{part}` in the name of {file} cannot be part of an address"), &help, sink);
    }
    id
}

fn bad_name(at: Span, headline: &str, help: &str, sink: &mut Diagnostics) {
    sink.push(Diagnostic::new(Code::BadFileName, at, headline).help(help));
}
