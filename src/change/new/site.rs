//! A site with nothing in it yet, in any locales: clean, to be filled by the other scaffolds.

use super::quoted;
use crate::model::id::{Id, MAX_LENGTH};
use crate::parse::language;
use crate::source::layout;

/// What languages call themselves; others are called by their tag until an editor says more.
const NAMES: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("bn", "বাংলা"),
    ("de", "Deutsch"),
    ("en", "English"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fr", "Français"),
    ("hi", "हिन्दी"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ru", "Русский"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
];

/// The files of a new site, by name. The first locale is the source.
///
/// # Errors
/// When a tag is that of no language whose customs are known, or stands twice.
pub fn site(tags: &[String], title: &str) -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut ids: Vec<Id> = Vec::new();
    let mut locales = String::new();
    for tag in tags {
        let id = Id::new(&tag.to_lowercase()).filter(|_| is_tag(tag));
        let id = id.ok_or_else(|| {
            format!("`{tag}` is no tag of a language whose customs are known; such as pt, zh-Hans or ur")
        })?;
        if ids.contains(&id) {
            return Err(format!("`{tag}` stands twice among the locales"));
        }
        let language = tag.split('-').next().unwrap_or_default();
        let name = NAMES.iter().find(|(known, _)| *known == language).map_or(tag.as_str(), |(_, name)| name);
        let dir = language::direction(tag).as_str();
        locales.push_str(&format!("  - {{id: {id}, tag: {tag}, name: {}, dir: {dir}}}\n", quoted(name)));
        ids.push(id);
    }
    let said: Vec<String> = ids.iter().map(|id| format!("  {id}: {}\n", quoted(title))).collect();
    let said = said.concat();
    let source = ids.first().ok_or("say in which locales the site speaks, as in `--locales pt,en`")?;
    let own = Id::nearest(title).filter(|id| id.as_str().len() < MAX_LENGTH);
    let id = own.map_or_else(|| "my-guides".to_owned(), |id| id.to_string());
    let text = format!(
        "# What the site is called, where it stands, and in which languages it speaks.\nid: {id}\ntitle:\n{said}# One sentence on what the \
         site is for.\ndescription:\n{said}base_url: https://example.org/\nsource_locale: {source}\nlocales:\n{locales}# Where it is decided \
         which day it is; the machine's own time zone if nobody says.\n# timezone: Europe/Lisbon\n"
    );
    let empty = |name: &str, says: &str| (name.to_owned(), format!("# {says}\n[]\n").into_bytes());
    Ok(vec![
        (layout::SITE.to_owned(), text.into_bytes()),
        empty(layout::SOURCES, "Every cited page, once: the evidence of facts."),
        empty(layout::SITUATIONS, "Circumstances of a reader. An item of a guide may be shown or hidden by them."),
    ])
}

fn is_tag(tag: &str) -> bool {
    let written = tag.parse::<icu_locale_core::LanguageIdentifier>().is_ok_and(|known| known.to_string() == tag);
    written && language::is_known(tag)
}
