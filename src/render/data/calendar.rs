//! What will change, as a calendar: one entry for each day on which something else begins to hold, or on which what is known ends.

use jiff::civil::Date;

use super::super::Renderer;
use super::super::escape::text_of;
use super::super::facts::change_anchor;
use super::super::values::Values;
use crate::model::fact::{Fact, Reading};
use crate::model::locale::LocaleIx;
use crate::plan::Route;
use crate::view::{CalendarData, CalendarEntryData};

/// What is known to change after the day the site is built for, in a locale.
#[must_use]
pub fn calendar(renderer: &Renderer, locale: LocaleIx) -> CalendarData {
    let site = &renderer.site;
    let mut entries: Vec<CalendarEntryData> = Vec::new();
    for fact in site.facts.values() {
        let ahead = fact.changes(Date::MAX).into_iter().filter(|change| change.day > site.as_of);
        entries.extend(ahead.map(|change| entry(renderer, locale, fact, change.day, (change.old, Some(change.new)))));
        if let Some((last, day)) = fact.ends().and_then(|last| Some((last, last.until?)))
            && day >= site.as_of
        {
            entries.push(entry(renderer, locale, fact, day, (last, None)));
        }
    }
    entries.sort_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)));
    let words = renderer.words_of(locale);
    let title = words.text("changes.ahead", &[]);
    let name = words.text("page.title", &[("title", &title), ("site", site.config.title.get(locale))]);
    CalendarData { name, entries }
}

/// A day with what held until then and what holds from it on; without that it is the last day of which something is known.
fn entry(
    renderer: &Renderer,
    locale: LocaleIx,
    fact: &Fact,
    day: Date,
    (old, new): (&Reading, Option<&Reading>),
) -> CalendarEntryData {
    let site = &renderer.site;
    let words = renderer.words_of(locale);
    let values = Values { site, words, locale };
    let value = |reading: &Reading| text_of(&values.html(&reading.value));
    let label = fact.label.get(locale);
    let name = match site.carriers.get(&fact.key.owner) {
        Some(carrier) => words.text("source.fact_of", &[("carrier", carrier.name.get(locale)), ("fact", label)]),
        None => label.clone(),
    };
    let title = match new {
        Some(new) => words.text("changes.event", &[("fact", &name), ("old", &value(old)), ("new", &value(new))]),
        None => words.text("changes.ends", &[("fact", &name), ("value", &value(old))]),
    };
    let known = new.unwrap_or(old);
    let owner = &fact.key.owner;
    let is_carrier = site.carriers.contains_key(owner);
    let page = if is_carrier { Route::Carrier(locale, owner.clone()) } else { Route::General(locale) };
    CalendarEntryData {
        id: format!("{}@{}", change_anchor(&fact.key, day), host(&site.config.base_url)),
        day,
        stamp: known.learned.unwrap_or(known.checked),
        title,
        sources: known.sources.iter().map(|source| source.publisher.clone()).collect(),
        url: renderer.full_address(&page),
    }
}

fn host(base_url: &str) -> &str {
    let after = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    after.split('/').next().unwrap_or(after)
}

/// A calendar as iCalendar, RFC 5545.
#[must_use]
pub fn icalendar(calendar: &CalendarData) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//rahnuma//changes//EN".to_owned(),
        format!("X-WR-CALNAME:{}", text(&calendar.name)),
    ];
    // A calendar must have something in it, also while nothing is known to change.
    lines.extend(
        [
            "BEGIN:VTIMEZONE",
            "TZID:Etc/UTC",
            "BEGIN:STANDARD",
            "DTSTART:19700101T000000",
            "TZOFFSETFROM:+0000",
            "TZOFFSETTO:+0000",
            "END:STANDARD",
            "END:VTIMEZONE",
        ]
        .map(str::to_owned),
    );
    for entry in &calendar.entries {
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", entry.id),
            format!("DTSTAMP:{}T000000Z", compact(entry.stamp)),
            format!("DTSTART;VALUE=DATE:{}", compact(entry.day)),
            format!("SUMMARY:{}", text(&entry.title)),
            format!("URL:{}", entry.url),
            "TRANSP:TRANSPARENT".to_owned(),
        ]);
        if !entry.sources.is_empty() {
            lines.push(format!("DESCRIPTION:{}", text(&entry.sources.join(" · "))));
        }
        lines.push("END:VEVENT".to_owned());
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn compact(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// Text as a value: what has a meaning of its own is escaped.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line of at most 75 bytes, the rest on lines that begin with a space.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 4);
    let mut room = 75;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::{folded, text};

    #[test]
    fn lines_are_escaped_and_folded_between_letters() {
        assert_eq!(text("a, b; c\\d\ne\r"), "a\\, b\\; c\\\\d\\ne");
        let line = "ن".repeat(80);
        let folded = folded(&line);
        assert!(folded.split("\r\n").all(|part| part.len() <= 75), "{folded}");
        assert_eq!(folded.replace("\r\n ", "").trim_end(), line);
    }
}
