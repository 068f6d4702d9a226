//! `content/site.yaml`: who the site is, where it stands, in which locales.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::address::{is_email, is_host, meant_email};
use super::context::{Context, Wording, locale_ix};
use super::lists::names;
use super::navigation::RawNavigation;
use super::node::{Fields, Node};
use super::shape::Shape;
use super::shape::site::{self as shape, KEEP_ASSETS_DAYS, LOOK_AHEAD_DAYS};
use super::shape::words::DAYS;
use super::text::SourceText;
use super::texts::LocalText;
use super::{digits, ids, language, navigation, once, texts, yaml};
use crate::diag::{Code, Diagnostic, Diagnostics, Span, Spanned};
use crate::model::evidence::ReviewDays;
use crate::model::host::HOSTS;
use crate::model::id::Id;
use crate::model::locale::{Direction, Locale, LocaleIx, Localized};
use crate::model::site::{Config, Security};
use crate::script::digits::LATIN;
use crate::source::tree::FileId;

/// `site.yaml` as far as it could be read.
#[derive(Debug)]
pub struct SiteFile {
    /// What it says; what it does not say was reported, and has a stand-in so that the other files can be checked.
    pub config: Config,
    /// Groups of guides in the order written.
    pub groups: Vec<RawGroup>,
    /// The links of every page's head and foot.
    pub navigation: RawNavigation,
    /// Its localised texts.
    pub wordings: Vec<Wording>,
    /// The same with the way to each.
    pub texts: Vec<LocalText>,
    /// Whether it names a source locale, with which translations can be compared.
    pub has_source: bool,
}

/// A group of guides as read: names are not looked up yet.
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are those of `guide_groups`")]
pub struct RawGroup {
    pub label: Localized<String>,
    pub guides: Vec<Spanned<String>>,
}

/// Reads the file; nothing when the locales cannot be known.
pub fn read(source: SourceText<'_>, sink: &mut Diagnostics) -> Option<SiteFile> {
    let yaml = once::read(source, sink)?;
    let mut fields = Node::root(&yaml, source).fields::<shape::Site>(sink)?;
    let node = fields.required("locales", sink)?;
    let (locales, locales_place) = (locales(node, sink)?, node.place());
    let mut cx = Context::new(&locales);
    texts::collect(&yaml, source, &mut cx);
    let (config, has_source) = config(&mut fields, &mut cx)?;
    let groups = fields.optional("guide_groups").and_then(|node| groups(node, &mut cx)).unwrap_or_default();
    let navigation = fields.optional("navigation").and_then(|node| navigation::read(node, &mut cx)).unwrap_or_default();
    fields.finish(&mut cx.sink);
    sink.extend(cx.sink);
    let Context { wordings, texts, .. } = cx;
    Some(SiteFile {
        config: Config { locales, locales_place, ..config },
        groups,
        navigation,
        wordings,
        texts,
        has_source,
    })
}

/// Everything but the locales, and whether the source locale is known.
fn config(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<(Config, bool)> {
    let id = fields.required("id", &mut cx.sink).and_then(|node| node.id(&mut cx.sink));
    let title = fields.required("title", &mut cx.sink).and_then(|node| cx.localized(node));
    let short_title = fields.optional("short_title").and_then(|node| cx.localized(node));
    let description = fields.required("description", &mut cx.sink).and_then(|node| cx.localized(node));
    let base_url = fields.required("base_url", &mut cx.sink).and_then(|node| base_url(node, &mut cx.sink));
    let source_locale = fields.required("source_locale", &mut cx.sink).and_then(|node| known_locale(node, cx));
    let counter_locales = fields.optional("counter_locales").and_then(|node| counter_locales(node, cx));
    let theme = fields.optional("theme").and_then(|node| node.id(&mut cx.sink));
    let contact = fields.optional("contact").and_then(|node| email(node, &mut cx.sink));
    let security = fields.optional("security").and_then(|node| security(node, &mut cx.sink));
    let host = fields.optional("host").and_then(|node| node.choice(HOSTS, &mut cx.sink));
    let guide_copies = fields.optional("guide_copies").and_then(|node| node.truth(&mut cx.sink)).unwrap_or(false);
    // The day itself is worked out at the edge, before anything is compiled; here the name is checked.
    let _ = fields.optional("timezone").and_then(|node| time_zone(node, &mut cx.sink));
    let look_ahead_days = fields.optional("look_ahead_days").and_then(|node| days(node, &mut cx.sink));
    let keep_assets_days = fields.optional("keep_assets_days").and_then(|node| days(node, &mut cx.sink));
    let budgets = fields.optional("budgets").and_then(|node| super::budgets::read(node, &mut cx.sink));
    let review_days = fields.optional("review_days").and_then(|node| review_days(node, &mut cx.sink));
    let nameless = || Localized::new(vec![String::new(); cx.locales.len()]);
    let title = title.unwrap_or_else(nameless);
    let config = Config {
        id: id.map_or_else(|| Id::new("site"), |id| Some(id.value))?,
        short_title: short_title.unwrap_or_else(|| title.clone()),
        title,
        description: description.unwrap_or_else(nameless),
        base_url: base_url.unwrap_or_else(|| "https://example.org/".into()),
        locales: Vec::new(),
        locales_place: Span::SITE,
        source_locale: source_locale.unwrap_or(LocaleIx(0)),
        counter_locales: counter_locales.unwrap_or_else(|| (0..cx.locales.len()).map(LocaleIx).collect()),
        theme_place: theme.as_ref().map_or(Span::SITE, |theme| theme.place),
        theme: theme.map_or_else(|| "default".into(), |theme| theme.value.as_str().to_owned()),
        contact,
        security,
        host,
        guide_copies,
        review_days: review_days.unwrap_or_default(),
        preview: false,
        look_ahead_days: look_ahead_days.unwrap_or(LOOK_AHEAD_DAYS),
        keep_assets_days: keep_assets_days.unwrap_or(KEEP_ASSETS_DAYS),
        budgets: budgets.unwrap_or_default(),
    };
    Some((config, source_locale.is_some()))
}

fn security(node: Node<'_>, sink: &mut Diagnostics) -> Option<Security> {
    let mut fields = node.fields::<shape::Security>(sink)?;
    let contact_node = fields.required("contact", sink);
    let contact = contact_node.and_then(|node| node.text(sink));
    let expires_node = fields.required("expires", sink);
    let expires = expires_node.and_then(|node| node.date(sink));
    fields.finish(sink);
    let (contact, expires, place) = (contact?.value, expires?, expires_node?.place());
    let known = ["mailto:", "https://", "tel:"].iter().any(|scheme| contact.starts_with(scheme));
    if !known || contact.contains(char::is_whitespace) {
        let help = "for example mailto:security@your-host, or the https:// address of a page";
        contact_node?.bad(format!("`{contact}` is no address to report to"), help, sink);
        return None;
    }
    Some(Security { contact, expires, place })
}

fn groups(node: Node<'_>, cx: &mut Context<'_>) -> Option<Vec<RawGroup>> {
    let nodes = node.list(&mut cx.sink)?;
    Some(nodes.into_iter().filter_map(|node| group(node, cx)).collect())
}

fn group(node: Node<'_>, cx: &mut Context<'_>) -> Option<RawGroup> {
    let mut fields = node.fields::<shape::GuideGroup>(&mut cx.sink)?;
    let label = fields.required("label", &mut cx.sink).and_then(|node| cx.localized(node));
    let guides = fields.required("guides", &mut cx.sink).map(|node| names(node, &mut cx.sink));
    fields.finish(&mut cx.sink);
    Some(RawGroup { label: label?, guides: guides? })
}

/// The locales; nothing when not even their ids are known, by which all other files go.
fn locales(node: Node<'_>, sink: &mut Diagnostics) -> Option<Vec<Locale>> {
    let nodes = node.list(sink)?;
    if nodes.is_empty() {
        node.wrong("at least one locale", sink);
    }
    let read: Vec<(Locale, Span)> = nodes.iter().filter_map(|node| locale(*node, sink)).collect();
    ids::unique("locale", read.iter().map(|(locale, place)| (&locale.id, *place)), sink);
    let mut tags: BTreeMap<&str, Span> = BTreeMap::new();
    for (locale, place) in &read {
        if let Some(first) = tags.insert(&locale.tag, *place) {
            sink.push(
                Diagnostic::new(Code::BadValue, *place, format!("two locales have the tag `{}`", locale.tag))
                    .related(first, "the other one")
                    .help("browsers and search engines tell locales apart by their tags: give each its own"),
            );
        }
    }
    (!read.is_empty() && read.len() == nodes.len()).then(|| read.into_iter().map(|(locale, _)| locale).collect())
}

/// Folders that the site makes beside those of its locales.
const FOLDERS: &[&str] = &["api", "assets", "icons", "offline"];

fn locale_id(node: Node<'_>, sink: &mut Diagnostics) -> Option<Spanned<Id>> {
    let id = node.id(sink)?;
    if FOLDERS.contains(&id.value.as_str()) {
        let headline = format!("a locale cannot be called `{}`: the site makes a folder of that name itself", id.value);
        sink.push(
            Diagnostic::new(Code::BadId, id.place, headline)
                .help("give it another id, such as the language's tag: its pages stand in a folder called by its id"),
        );
    }
    Some(id)
}

fn locale(node: Node<'_>, sink: &mut Diagnostics) -> Option<(Locale, Span)> {
    let mut fields = node.fields::<shape::Locale>(sink)?;
    let id = fields.required("id", sink).and_then(|node| locale_id(node, sink));
    let tag_node = fields.required("tag", sink);
    let tag = tag_node.and_then(|node| tag_of(node, sink));
    let name = fields.required("name", sink).and_then(|node| node.text(sink));
    let direction_node = fields.required("dir", sink);
    let direction = direction_node.and_then(|node| node.choice(Direction::NAMES, sink));
    let formats_node = fields.optional("formats");
    let formats = formats_node.map_or_else(|| tag.clone(), |node| tag_of(node, sink));
    let digits = fields.optional("digits").and_then(|node| digits::read(node, tag.as_deref(), sink));
    fields.finish(sink);
    if let (Some(node), Some(tag), Some(direction)) = (direction_node, &tag, direction) {
        right_direction(node, tag, direction, sink);
    }
    if let (Some(node), Some(formats)) = (formats_node.or(tag_node), &formats) {
        known_formats(node, formats, sink);
    }
    let id = id?;
    // Whatever else is missing was reported; the file names of the locale are known all the same.
    let name = name.map_or_else(|| id.value.as_str().to_owned(), |name| name.value);
    let tag = tag.unwrap_or_else(|| UNKNOWN.into());
    let direction = direction.unwrap_or_else(|| language::direction(&tag));
    let formats = formats.into_iter().chain([tag.clone()]).find(|tag| language::is_known(tag));
    let formats = formats.unwrap_or_else(|| "en".into());
    // Keypads show 0 to 9: whoever does not ask for others gets those.
    let digits = digits.unwrap_or(LATIN);
    Some((Locale { id: id.value, tag, name, direction, formats, digits }, id.place))
}

/// The tag of no language: nothing is expected of a locale whose own tag could not be read.
const UNKNOWN: &str = "und";

fn right_direction(node: Node<'_>, tag: &str, direction: Direction, sink: &mut Diagnostics) {
    let expected = language::direction(tag);
    if direction != expected {
        let words = match expected {
            Direction::Ltr => "left to right",
            Direction::Rtl => "right to left",
        };
        let help = format!(
            "write `dir: {}`; if the edition is in another script, say so in the tag, as in ur-Latn or pa-Arab",
            expected.as_str()
        );
        node.bad(format!("`{tag}` is written from {words}"), help, sink);
    }
}

/// A language that CLDR does not know would get the numbers and dates of no language at all.
fn known_formats(node: Node<'_>, tag: &str, sink: &mut Diagnostics) {
    if !language::is_known(tag) {
        node.bad(
            format!("nothing is known of how `{tag}` writes numbers, dates and lists"),
            "say `formats:` with the tag of a language whose customs its readers know, such as en-GB",
            sink,
        );
    }
}

/// A BCP 47 language tag, as `lang` takes it.
pub fn tag_of(node: Node<'_>, sink: &mut Diagnostics) -> Option<String> {
    let text = node.text(sink)?.value;
    if text.parse::<icu_locale_core::LanguageIdentifier>().is_ok_and(|tag| tag.to_string() == text && text != "und") {
        let usual = language::usual(&text);
        if usual == text {
            return Some(text);
        }
        let headline = format!("the language `{text}` is written `{usual}` in tags");
        sink.push(Diagnostic::new(Code::WrongType, node.place(), headline).help(format!("write `{usual}`")));
        return None;
    }
    node.wrong("a BCP 47 language tag such as en, zh-Hans or ur", sink);
    None
}

/// A site's address: scheme, host, path, closing slash, and nothing behind it.
///
/// # Errors
/// Says what is wrong with it.
pub fn checked_base_url(text: &str) -> Result<String, &'static str> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .ok_or("it has to begin with https://")?;
    let (host, path) = rest.split_once('/').ok_or("it has to end with /")?;
    if !host.is_ascii() || !is_host(host) {
        return Err("it has to name a host behind https://");
    }
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._~/:%".contains(c);
    if !path.chars().all(fits) || path.contains("//") || path.starts_with('/') {
        return Err("it has to be a plain address of ASCII letters, without ? or #");
    }
    if !escapes_letters_only(path) {
        return Err("what is written with % has to be a letter: nothing that browsers or servers take for more");
    }
    if path.split('/').any(|part| matches!(part, "." | "..")) {
        return Err("it has to say where it leads without . and ..");
    }
    if text.ends_with('/') { Ok(text.to_owned()) } else { Err("it has to end with /") }
}

/// Whether every `%` begins two digits of a byte that has no meaning of its own in an address: `%2e%2e` is `..` to
/// browsers, `%2f` a slash to some servers, `%25` another `%` to whoever reads it twice.
fn escapes_letters_only(path: &str) -> bool {
    path.split('%').skip(1).all(|behind| {
        let byte = behind.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        byte.is_some_and(|byte| byte >= 0x80 || byte.is_ascii_alphanumeric() || b"-_~ ".contains(&byte))
    })
}

fn base_url(node: Node<'_>, sink: &mut Diagnostics) -> Option<String> {
    let text = node.text(sink)?.value;
    match checked_base_url(&text) {
        Ok(url) => Some(url),
        Err(reason) => {
            node.bad(
                format!("`{text}` cannot be the site's address: {reason}"),
                "for example https://example.org/sim/",
                sink,
            );
            None
        }
    }
}

fn counter_locales(node: Node<'_>, cx: &mut Context<'_>) -> Option<Vec<LocaleIx>> {
    let nodes = node.list(&mut cx.sink)?;
    Some(nodes.into_iter().filter_map(|node| known_locale(node, cx)).collect())
}

fn known_locale(node: Node<'_>, cx: &mut Context<'_>) -> Option<LocaleIx> {
    let text = node.text(&mut cx.sink)?;
    let found = locale_ix(cx.locales, &text.value);
    if found.is_none() {
        let known = cx.locales.iter().map(|locale| locale.id.as_str());
        let headline = format!("`{}` is no locale of this site", text.value);
        cx.sink.push(Diagnostic::new(Code::UnknownLocale, text.place, headline).suggest(&text.value, known));
    }
    found
}

/// An e-mail address.
pub fn email(node: Node<'_>, sink: &mut Diagnostics) -> Option<String> {
    let text = node.text(sink)?.value;
    if is_email(&text) {
        return Some(text);
    }
    let headline = format!("expected an e-mail address, found {}", node.found());
    let wrong = Diagnostic::new(Code::WrongType, node.place(), headline);
    sink.push(match meant_email(&text) {
        Some(meant) => wrong.help(format!("did you mean `{meant}`?")),
        None => wrong
            .help("write one address, such as `help@example.org`: letters, digits and `.` `_` `+` `-` around one `@`"),
    });
    None
}

fn days(node: Node<'_>, sink: &mut Diagnostics) -> Option<u16> {
    let days = node.written().and_then(|text| text.parse().ok()).filter(|days| DAYS.contains(days));
    if days.is_none() {
        node.wrong(&format!("a number of days from {} to {}", DAYS.start(), DAYS.end()), sink);
    }
    days
}

fn review_days(node: Node<'_>, sink: &mut Diagnostics) -> Option<ReviewDays> {
    let mut fields = node.fields::<shape::Review>(sink)?;
    let mut of = |key, standard| fields.optional(key).and_then(|node| days(node, sink)).unwrap_or(standard);
    let standard = ReviewDays::default();
    let read = ReviewDays {
        high: of("high", standard.high),
        medium: of("medium", standard.medium),
        low: of("low", standard.low),
    };
    fields.finish(sink);
    Some(read)
}

fn time_zone(node: Node<'_>, sink: &mut Diagnostics) -> Option<TimeZone> {
    let name = node.text(sink)?;
    let zone = zone_named(&name.value);
    if zone.is_none() {
        let headline = format!("there is no time zone `{}`", name.value);
        node.bad(headline, "give its IANA name, a region and a city such as Asia/Karachi, or UTC", sink);
    }
    zone
}

/// A time zone by its IANA name, from the list that comes with the program.
fn zone_named(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}

/// The time zone that the text of `site.yaml` names, for who has to know the day before anything is compiled. What is wrong with
/// it is told by [`read`].
#[must_use]
pub fn timezone(text: &str) -> Option<TimeZone> {
    zone_named(said(text, "timezone")?.as_str()?.trim())
}

/// What publishing goes by, as the text of `site.yaml` says it: where the site stands, and how many days old assets stay.
#[must_use]
pub fn published(text: &str) -> (Option<String>, u16) {
    let base_url = said(text, "base_url").and_then(|value| checked_base_url(value.as_str()?.trim()).ok());
    let days = said(text, "keep_assets_days").and_then(|value| u16::try_from(value.as_u64()?).ok());
    (base_url, days.unwrap_or(KEEP_ASSETS_DAYS))
}

/// What the text of `site.yaml` says under a key.
fn said(text: &str, key: &str) -> Option<serde_yaml::Value> {
    debug_assert!(shape::Site::KEYS.iter().any(|declared| declared.name == key), "`{key}` is not declared");
    let source = SourceText { file: FileId::SITE, text: text.trim_start_matches('\u{feff}'), offset: 0 };
    let site = yaml::read(source, &mut Diagnostics::default())?;
    site.value.get(key).cloned()
}

#[cfg(test)]
mod tests {
    use super::checked_base_url;

    #[test]
    fn addresses_name_a_host() {
        for good in [
            "https://example.org/",
            "https://example.org/sim/",
            "http://localhost:8000/",
            "http://127.0.0.1/a/",
            "https://example.org/%E4%B8%AD/a%20b/~c.d/",
        ] {
            assert!(checked_base_url(good).is_ok(), "{good}");
        }
        for bad in [
            "https://:/",
            "https:///",
            "https://./",
            "https://a..b/",
            "https://-a/",
            "https://a:/",
            "https://a:0/",
            "https://a:70000/",
            "https://a:b/",
            "https://a@b/",
            "https://example.org",
            "https://example.org//a/",
            "https://example.org/?a/",
            "https://example.org/../",
            "https://example.org/%2E%2e/",
            "https://example.org/./",
            "ftp://example.org/",
            "/sim/",
        ] {
            assert!(checked_base_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn addresses_hide_nothing() {
        for bad in [
            "https://example.org/./",
            "https://example.org/%2e%2e/",
            "https://example.org/%2E/",
            "https://example.org/a%2fb/",
            "https://example.org/a%2Fb/",
            "https://example.org/a%5Cb/",
            "https://example.org/a%00b/",
            "https://example.org/a%0Ab/",
            "https://example.org/a%7fb/",
            "https://example.org/%252e%252e/",
            "https://example.org/a%3Fb/",
            "https://example.org/a%23b/",
            "https://example.org/a%/",
            "https://example.org/a%2/",
            "https://example.org/a%zz/",
            "https://example.org/a%+2/",
            "https://example.org/a\u{0}b/",
            "https://example.org/a\tb/",
            "https://example.org/a\nb/",
            "https://example.org/a\\b/",
            "https://user@example.org/",
            "https://user:secret@example.org/",
            "https://example.org:65536/",
            "https://example.org:-1/",
            "https://example.org:+1/",
            "https://example.org:80:80/",
            "https://exa%6Dple.org/",
            "https://[::1]/",
            "https://\u{4E2D}.org/",
            "HTTPS://example.org/",
        ] {
            assert!(checked_base_url(bad).is_err(), "{bad}");
        }
        assert!(checked_base_url(&format!("https://{}.org/", "a".repeat(64))).is_err());
        assert!(checked_base_url(&format!("https://{}org/", "a.".repeat(126))).is_err());
    }
}
