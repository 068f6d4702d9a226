//! What changes on a known day: a page holds what comes after beside what holds now, and the browser puts it in its place when the
//! reader's day has come. Without a script the words say both, with their days.

use jiff::civil::Date;

use super::marks::with_mark;
use super::words::Words;
use crate::model::answer::fits;
use crate::model::fact::Reading;

/// How what comes after begins in a page.
pub const TURN: &str = "<template data-day=";

/// What is written while the same readings hold.
pub struct Writing<'a> {
    /// The first day.
    pub from: Date,
    /// What holds.
    pub held: Vec<&'a Reading>,
    /// In its own time.
    pub html: String,
    /// Before its time, behind "then".
    pub announced: String,
}

/// A value in each of its times: the first as it stands, the others for the browser. Just the value where nothing changes.
#[must_use]
pub fn value(times: &[Writing<'_>], words: &Words) -> String {
    in_turn(times, |at| {
        let time = &times[at];
        match times.get(at + 1) {
            Some(next) => {
                let last = last_day(next.from, words);
                words.html("value.then", &[("value", &time.html), ("date", &last), ("next", &next.announced)])
            }
            None => time.html.clone(),
        }
    })
}

/// Words that were written for what no longer holds, struck out, with what holds now.
#[must_use]
pub fn ended(html: &str, end: Date, time: &Writing<'_>, words: &Words) -> String {
    let last = last_day(end.tomorrow().unwrap_or(end), words);
    words.html("claim.ended", &[("words", &format!("<s>{html}</s>")), ("date", &last), ("next", &time.announced)])
}

/// Words that were written for what is to come: the browser shows them when their day has come.
#[must_use]
pub fn ahead(html: &str, mark: &str, day: Date) -> String {
    format!("<span></span>{TURN}{day}>{}</template>", with_mark(html, mark))
}

/// Words that were written for an answer, marked as `mark` says, with what is said of them once it no longer holds.
#[must_use]
pub fn claim(html: &str, mark: &str, answer: &str, times: &[Writing<'_>], words: &Words) -> String {
    let marked = with_mark(html, mark);
    if times.iter().skip(1).all(|time| fits(answer, &time.held)) {
        return marked;
    }
    // Times in which the words fit or do not, one after the other.
    let mut turns: Vec<(bool, &Writing<'_>)> = Vec::new();
    for (ix, time) in times.iter().enumerate() {
        let fit = ix == 0 || fits(answer, &time.held);
        if !fit || turns.last().is_none_or(|(before, _)| !before) {
            turns.push((fit, time));
        }
    }
    let mut end = turns.get(1).map_or_else(|| times[0].from, |(_, time)| time.from);
    let mut out = String::new();
    for (ix, (fit, time)) in turns.iter().enumerate() {
        let own = if ix == 0 { format!("<span class=was>{marked}</span>") } else { own_place(*fit) };
        let said = match (fit, turns.get(ix + 1)) {
            (true, Some((_, next))) => {
                end = next.from;
                let last = last_day(end, words);
                words.html("claim.ends", &[("words", &own), ("date", &last), ("next", &next.announced)])
            }
            (true, None) => own,
            (false, _) => {
                let last = last_day(end, words);
                words.html("claim.ended", &[("words", &own), ("date", &last), ("next", &time.announced)])
            }
        };
        out.push_str(&wrapped(ix, time.from, &said));
    }
    out
}

/// Where the browser puts the words: struck out while they do not fit.
fn own_place(fit: bool) -> String {
    if fit { "<span class=was></span>".to_owned() } else { "<s></s>".to_owned() }
}

fn in_turn(times: &[Writing<'_>], html: impl Fn(usize) -> String) -> String {
    if let [_] = times {
        return html(0);
    }
    times.iter().enumerate().map(|(at, time)| wrapped(at, time.from, &html(at))).collect()
}

fn wrapped(at: usize, from: Date, html: &str) -> String {
    if at == 0 { format!("<span>{html}</span>") } else { format!("{TURN}{from}>{html}</template>") }
}

/// The day before something begins, as a page writes it.
fn last_day(begins: Date, words: &Words) -> String {
    let day = words.date(begins.yesterday().unwrap_or(begins));
    format!("<time datetime={}>{}</time>", day.iso, super::escape::escape(&day.text))
}
