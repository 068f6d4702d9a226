//! A language edition to start from: it stands in `site.yaml`, and every text of the YAML files has a place for it.

use super::{Site, quoted};
use crate::change::Changes;
use crate::change::edits::{Edits, YamlFile, end_of, is_flow, value};
use crate::change::words::{Wanted, wanted};
use crate::diag::Span;
use crate::model::id::Id;
use crate::parse::language;
use crate::parse::texts::LocalText;
use crate::parse::yaml::Spans;
use crate::source::layout;

/// A locale to be made.
pub struct NewLocale<'a> {
    pub id: &'a Id,
    /// BCP 47.
    pub tag: &'a str,
    /// Its name in its own script.
    pub name: &'a str,
}

/// The site with the locale behind the others. Guides and pages are read in the source locale until they are translated.
///
/// # Errors
/// When there is such a locale, when nothing is known of its language, or when `site.yaml` cannot be added to.
pub fn locale(site: Site<'_>, new: &NewLocale<'_>) -> Result<Changes, String> {
    if site.config().locales.iter().any(|locale| locale.id == *new.id || locale.tag == new.tag) {
        return Err(format!("the site has `{}` ({}) already; nothing was changed", new.id, new.tag));
    }
    let is_tag = new.tag.parse::<icu_locale_core::LanguageIdentifier>().is_ok_and(|tag| tag.to_string() == new.tag);
    if !is_tag || !language::is_known(new.tag) {
        return Err(format!("`{}` is no tag of a language whose customs are known; such as de, pt-BR or ur", new.tag));
    }
    let mut edits = Edits::of(site.tree);
    entry(site, new, &mut edits)?;
    for text in &site.documents.texts {
        if let Some((place, words)) = addition(site, new, text) {
            edits.replace(place, words);
        }
    }
    Ok(edits.changes())
}

/// The locale in `site.yaml`.
fn entry(site: Site<'_>, new: &NewLocale<'_>, edits: &mut Edits<'_>) -> Result<(), String> {
    let by_hand = || format!("{} is written in a way that cannot be added to; add the locale by hand", layout::SITE);
    let file = YamlFile::read(site.tree, layout::SITE).ok_or_else(by_hand)?;
    let list = value(&file.spans, "locales");
    let Some(list @ Spans::List(_, values)) = list else { return Err(by_hand()) };
    let (Some(first), Some(last)) = (values.first(), values.last()) else { return Err(by_hand()) };
    let dir = language::direction(new.tag).as_str();
    let line = format!("{{id: {}, tag: {}, name: {}, dir: {dir}}}", new.id, new.tag, quoted(new.name));
    let end = end_of(&file.text, last);
    if is_flow(&file.text, list) {
        edits.replace(file.place(end..end), format!(", {line}"));
        return Ok(());
    }
    let (_, indent) = file.line(first.range().start);
    let (at, open) = file.behind(end);
    let newline = file.newline();
    edits.replace(file.place(at..at), format!("{}{indent}- {line}{newline}", if open { newline } else { "" }));
    Ok(())
}

/// What is put behind the last words of a text, and where: a line below them, or an entry beside them.
fn addition(site: Site<'_>, new: &NewLocale<'_>, text: &LocalText) -> Option<(Span, String)> {
    let last = text.by_locale.iter().flatten().map(|(_, place)| *place).max_by_key(|place| place.end)?;
    let bytes = site.tree.get(site.tree.path(text.file))?;
    let file = std::str::from_utf8(&bytes).ok()?;
    let (start, end) = (last.range().start, last.range().end);
    let line = file[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let before = &file[line..start];
    let indent = &before[..before.len() - before.trim_start().len()];
    let key = before.trim();
    let words = quoted(&wanted(new.tag, Wanted::Text));
    let is_alone = key.ends_with(':') && Id::new(key.trim_end_matches(':')).is_some();
    if !is_alone {
        let entry = format!(", {}: {words}", new.id);
        return Some((Span::new(text.file, end..end), entry));
    }
    let newline = if file.contains("\r\n") { "\r\n" } else { "\n" };
    let (at, open) = match file[end..].find('\n') {
        // Words over several lines end with their line.
        _ if file[..end].ends_with('\n') => (end, ""),
        Some(ending) => (end + ending + 1, ""),
        None => (file.len(), newline),
    };
    Some((Span::new(text.file, at..at), format!("{open}{indent}{}: {words}{newline}", new.id)))
}
