//! Facts on a line of time, by the day on which their review is due or their value changes.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Span, Unit};

use super::spots::Spots;
use super::subject::due;
use super::{Preview, desk_link};
use crate::model::fact::Fact;
use crate::model::site::Site;
use crate::plan::{Route, path};
use crate::render::escape::escape;

/// How far the picture looks back and ahead, in days; what lies beyond stands at its edge.
const BACK: i64 = 60;
const AHEAD: i64 = 400;

/// Columns of the picture, and what each has in width.
const COLUMNS: i64 = 92;
const WIDTH: i64 = 11;

/// Marks that stand above each other; a column with more says how many.
const HIGH: usize = 24;

/// Facts that are listed without being asked.
const FEW: usize = 60;

/// What happens to a fact on a day.
struct Event {
    day: Date,
    /// `due`, `late` or `change`.
    kind: &'static str,
    words: &'static str,
    name: String,
    link: String,
    page: String,
}

/// The section of the desk.
pub fn section(preview: &Preview, site: &Site, spots: &mut Spots<'_>) -> String {
    let mut events = events(preview, site, spots);
    events.sort_by(|a, b| (a.day, &a.name).cmp(&(b.day, &b.name)));
    if events.is_empty() {
        return "<section id=\"facts\"><h2>Facts by day</h2><p>There are no facts.</p></section>".into();
    }
    let row = |(at, event): (usize, &Event)| {
        format!(
            "<tr id=\"e{at}\" class=\"{}\"><td>{}</td><td>{}</td><td>{}</td><td><a href=\"{}\">page</a></td></tr>",
            event.kind,
            event.day,
            event.words,
            event.link,
            escape(&event.page)
        )
    };
    let rows: String = events.iter().enumerate().map(row).collect();
    let open = if events.len() <= FEW { " open" } else { "" };
    format!(
        "<section id=\"facts\"><h2>Facts by day</h2><p class=\"key\"><span class=\"dot late\"></span> overdue \
         <span class=\"dot due\"></span> due <span class=\"dot change\"></span> changes</p><div class=\"wide\">{}</div>\
         <details{open}><summary>All {} by day</summary><table class=\"days\"><tbody>{rows}</tbody></table></details></section>",
        picture(&events, site.as_of),
        events.len()
    )
}

fn events(preview: &Preview, site: &Site, spots: &mut Spots<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    let today = site.as_of;
    for fact in site.facts.values() {
        let page = page_of(site, fact);
        let mut event = |day: Date, kind, words, place| {
            let (name, page) = (fact.key.to_string(), page.clone());
            let link = desk_link(preview, &spots.find(place), &name);
            events.push(Event { day, kind, words, name, link, page });
        };
        if let Some((day, place)) = due(site, fact) {
            let late = day <= today;
            event(day, if late { "late" } else { "due" }, if late { "overdue" } else { "due" }, place);
        }
        for reading in &fact.readings {
            if let Some(from) = reading.from.filter(|from| *from > today) {
                event(from, "change", "begins", reading.period_place);
            }
            if let Some(until) = reading.until.filter(|until| *until >= today) {
                event(until, "change", "ends", reading.period_place);
            }
        }
    }
    for carrier in site.carriers.values() {
        if let Some(day) = carrier.recheck {
            let late = day <= today;
            let name = carrier.id.to_string();
            let link = desk_link(preview, &spots.find(carrier.place), &name);
            let page = address(site, &Route::Carrier(site.config.source_locale, carrier.id.clone()));
            let (kind, words) = if late { ("late", "status overdue") } else { ("due", "status due") };
            events.push(Event { day, kind, words, name, link, page });
        }
    }
    events
}

/// The page with a fact's evidence.
fn page_of(site: &Site, fact: &Fact) -> String {
    let locale = site.config.source_locale;
    let owner = &fact.key.owner;
    let carrier = site.carriers.get(owner).map(|_| Route::Carrier(locale, owner.clone()));
    format!("{}#facts", address(site, &carrier.unwrap_or(Route::General(locale))))
}

fn address(site: &Site, route: &Route) -> String {
    format!("{}{}", site.config.base_path(), path(route, site).address())
}

fn days(from: Date, to: Date) -> i64 {
    from.until((Unit::Day, to)).map_or(0, |span| i64::from(span.get_days()))
}

fn picture(events: &[Event], today: Date) -> String {
    let column = |day: Date| {
        let at = days(today, day).clamp(-BACK, AHEAD) + BACK;
        at * (COLUMNS - 1) / (BACK + AHEAD)
    };
    let mut columns: BTreeMap<i64, Vec<(usize, &Event)>> = BTreeMap::new();
    for (at, event) in events.iter().enumerate() {
        columns.entry(column(event.day)).or_default().push((at, event));
    }
    let tallest = columns.values().map(|column| column.len().min(HIGH)).max().unwrap_or(1);
    let base = i64::try_from(tallest).unwrap_or(1) * WIDTH + 18;
    let mut marks = String::new();
    for (at, column) in &columns {
        let x = at * WIDTH + WIDTH / 2;
        for (height, (number, event)) in (0_i64..).zip(column.iter().take(HIGH)) {
            marks.push_str(&mark(*number, event, (x, base - height * WIDTH - 8)));
        }
        if column.len() > HIGH {
            marks.push_str(&format!("<text x=\"{x}\" y=\"10\" class=\"sum\">{}</text>", column.len()));
        }
    }
    let now = column(today) * WIDTH + WIDTH / 2;
    let width = COLUMNS * WIDTH;
    format!(
        "<svg viewBox=\"0 0 {width} {}\" width=\"{width}\" role=\"group\" aria-label=\"Facts by day\">\
         <line class=\"now\" x1=\"{now}\" x2=\"{now}\" y1=\"14\" y2=\"{base}\"/><line class=\"axis\" x1=\"0\" x2=\"{width}\" y1=\"{base}\" y2=\"{base}\"/>\
         {}{marks}</svg>",
        base + 22,
        months(today, base, column)
    )
}

fn mark(number: usize, event: &Event, (x, y): (i64, i64)) -> String {
    let words = escape(&format!("{} {} {}", event.name, event.words, event.day));
    let shape = if event.kind == "change" {
        format!(
            "<rect class=\"change\" x=\"{}\" y=\"{}\" width=\"7\" height=\"7\" transform=\"rotate(45 {x} {y})\"/>",
            x - 3,
            y - 3
        )
    } else {
        format!("<circle class=\"{}\" cx=\"{x}\" cy=\"{y}\" r=\"4\"/>", event.kind)
    };
    format!("<a href=\"#e{number}\" aria-label=\"{words}\"><title>{words}</title>{shape}</a>")
}

/// The first of every second month, below the line.
fn months(today: Date, base: i64, column: impl Fn(Date) -> i64) -> String {
    let first = today.saturating_sub(Span::new().days(BACK)).first_of_month();
    let all = (1..16).step_by(2).map(|months| first.saturating_add(Span::new().months(months)));
    let shown = all.filter(|day| days(today, *day) < AHEAD);
    let label = |day: Date| {
        let x = column(day) * WIDTH + WIDTH / 2;
        let name = day.strftime("%Y-%m");
        format!(
            "<line class=\"axis\" x1=\"{x}\" x2=\"{x}\" y1=\"{base}\" y2=\"{}\"/><text x=\"{x}\" y=\"{}\">{name}</text>",
            base + 5,
            base + 18
        )
    };
    shown.map(label).collect()
}
