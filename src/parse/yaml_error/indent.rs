//! Lines that stand too far to the left or to the right, and dashes that are lost.

use std::cmp::Ordering;

use super::{Cause, INDENT, Line, is_key, line_at, lines_up};

impl<'a> Line<'a> {
    pub fn indent(self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// Where its key stands: behind the dash of an entry.
    fn column(self) -> usize {
        self.words().0 - self.start
    }

    fn has_dash(self) -> bool {
        let words = self.text.trim_start();
        words == "-" || words.starts_with("- ")
    }

    fn entry(self) -> Option<(&'a str, &'a str)> {
        let (key, value) = self.words().1.split_once(':')?;
        let is_entry = is_key(key) && (value.is_empty() || value.starts_with(' '));
        is_entry.then(|| (key, value.trim()))
    }

    /// Whether it says something itself, so that nothing can stand below it.
    fn has_value(self) -> bool {
        self.entry().map_or(self.has_dash(), |(_, value)| !value.is_empty() && !value.starts_with(['|', '>', '#']))
    }
}

/// Whether a line is a text in a language: `en: Lost`.
fn is_text(line: &Line<'_>) -> bool {
    line.entry().is_some_and(|(key, _)| key.len() == 2 && key != "id")
}

/// The lines around the one where the parser stopped.
struct Around<'a> {
    /// Two lines above, one above, itself, one below.
    upper: Option<Line<'a>>,
    above: Line<'a>,
    here: Line<'a>,
    below: Option<Line<'a>>,
}

impl<'a> Around<'a> {
    fn of(text: &'a str, at: usize) -> Option<Self> {
        let here = line_at(text, at);
        let mut up = lines_up(text, at).filter(|line| line.start < here.start);
        Some(Self { above: up.next()?, upper: up.next(), here, below: super::line_below(text, at) })
    }

    /// How many of the lines around a pair stand in a column, those of the other language versions above all.
    fn weight(&self, column: usize) -> usize {
        let [upper, below] = [self.upper, self.below].map(|line| line.filter(|line| line.column() == column));
        let pair = is_text(&self.above) && is_text(&self.here);
        [upper, below].into_iter().flatten().map(|line| 1 + usize::from(pair && is_text(&line))).sum()
    }

    /// The column of a line that stands in none of those open above it: that of the line above or of the one below.
    fn nearest(&self, text: &str, at: usize) -> Option<usize> {
        if self.here.has_dash() {
            let stands = self.here.indent();
            let dashes = open_above(text, at).filter(|(line, column)| line.has_dash() && *column == line.indent());
            let (near, column) = dashes.map(|(_, column)| (stands.abs_diff(column), column)).min()?;
            return Some(column + self.here.column() - stands).filter(|_| near == 1);
        }
        let (above, here) = (self.above.column(), self.here.column());
        let below = self.below.filter(|below| !below.has_dash()).map(Line::column);
        let below = below.filter(|below| *below != above && is_open(text, at, *below));
        let pair = is_text(&self.above) && is_text(&self.here);
        let Some(below) = below.filter(|_| !pair) else { return Some(above) };
        match here.abs_diff(above).cmp(&here.abs_diff(below)) {
            Ordering::Less => Some(above),
            Ordering::Greater => Some(below),
            // A text in a language goes with such texts, and nothing else does.
            Ordering::Equal => is_text(&self.above).then_some(below),
        }
    }
}

/// A line of `key: value` in another column than those around it.
pub fn other_column(text: &str, at: usize) -> Option<Cause> {
    let around = Around::of(text, at)?;
    let (above, here) = (around.above, around.here);
    if [above, here].iter().any(|line| line.entry().is_none() && !line.has_dash()) {
        return None;
    }
    let is_deeper = above.has_value() && here.indent() > above.column();
    let is_between = here.indent() < above.column() && !is_open(text, at, here.indent());
    if !is_deeper && !is_between {
        return None;
    }
    if is_deeper && is_text(&here) && !is_text(&above) {
        let headline = "the texts of languages begin here, and no line above says of what";
        let help = "write their key on a line above them, with a colon behind it, as in `label:`";
        return Some(Cause::new(words(here), headline, help));
    }
    let is_bare = |upper: &Line<'_>| !upper.has_value() && upper.column() == above.column();
    if is_deeper && around.upper.as_ref().is_some_and(is_bare) {
        // It belongs below the key that nothing stands below.
        return Some(indented(above, here.column(), false));
    }
    if is_deeper && around.upper.is_some_and(|upper| upper.column() == here.column()) && is_odd(text, above) {
        return Some(indented(above, here.column(), false));
    }
    let (of_above, of_here) = (around.weight(above.column()), around.weight(here.column()));
    // Below a key without a value the first line says the column of all.
    let is_first = around.upper.is_none_or(|upper| !upper.has_value() && upper.column() < above.column());
    // The dash of a first entry one space off, of which the lines below speak.
    let is_odd = is_deeper && is_first && above.has_dash() && of_here == of_above;
    if (of_here > of_above && (is_deeper || is_first) || is_odd) && !is_list(text, above, around.upper) {
        return Some(indented(above, here.column(), false));
    }
    let column = if is_deeper { Some(above.column()) } else { around.nearest(text, at) };
    // Where as much speaks for either, neither is sure.
    let is_sure = !is_deeper || of_above > of_here || above.has_dash();
    let goes_on = around.below.is_some_and(|below| below.column() == here.column());
    match column.filter(|_| is_sure) {
        Some(column) => Some(indented(here, column, goes_on)),
        None => Some(Cause::new(words(here), OTHERWISE, INDENT)),
    }
}

/// Whether no other line in the column of this one says something itself: keys with lines below them stand there.
fn is_odd(text: &str, line: Line<'_>) -> bool {
    let mut start = 0;
    let mut lines = text.split_inclusive('\n').map(|whole| {
        start += whole.len();
        Line { start: start - whole.len(), text: whole.trim_end_matches(['\n', '\r']) }
    });
    lines.all(|other| other.start == line.start || other.column() != line.column() || !other.has_value())
}

/// Whether a line begins an entry where those of its list begin.
fn is_list(text: &str, line: Line<'_>, upper: Option<Line<'_>>) -> bool {
    let is_first = || upper.is_none_or(|upper| upper.text.trim_end().ends_with(':'));
    let inwards = line.indent().saturating_sub(upper.map_or(0, Line::column));
    line.has_dash() && if is_first() { inwards.is_multiple_of(2) } else { is_open(text, line.start, line.indent()) }
}

pub const OTHERWISE: &str = "this line is indented otherwise than those it belongs to";

fn words(line: Line<'_>) -> std::ops::Range<usize> {
    // Of an empty line nothing is left behind its spaces; blanks of other kinds are words of it.
    let start = line.start + line.indent();
    start..start + line.text.get(line.indent()..).unwrap_or_default().trim_end().len()
}

/// The finding for a line whose key belongs in a column, and perhaps those below it.
fn indented(line: Line<'_>, column: usize, goes_on: bool) -> Cause {
    let stands = line.indent();
    let which = if goes_on { "it and the lines below it that begin in the same column" } else { "it" };
    let help = match column.saturating_sub(line.column() - stands) {
        0 => format!("take the spaces before {which} out"),
        1 => format!("begin {which} with 1 space; now there are {stands}"),
        spaces => format!("begin {which} with {spaces} spaces; now there are {stands}"),
    };
    Cause::new(words(line), OTHERWISE, help)
}

/// Whether lines above that still go on stand in a column.
fn is_open(text: &str, at: usize, column: usize) -> bool {
    open_above(text, at).any(|(_, open)| open == column)
}

/// The lines above that still go on, with the columns in which another may follow them: those further in than one below them have ended.
fn open_above(text: &str, at: usize) -> impl Iterator<Item = (Line<'_>, usize)> {
    let here = line_at(text, at);
    let above = lines_up(text, at).filter(move |line| line.start < here.start);
    let columns = above.scan(usize::MAX, |least, line| {
        // Nothing goes on above a line at the margin.
        let before = (*least > 0).then_some(*least)?;
        *least = before.min(line.indent());
        Some(
            [line.column(), line.indent()].map(|column| (line, column)).into_iter().filter(move |(_, it)| *it < before),
        )
    });
    columns.flatten()
}

/// A line without a dash among those of a list, or with one that its words follow at once.
pub fn lost_dash(text: &str, at: usize) -> Option<Cause> {
    let here = line_at(text, at);
    let mut up = lines_up(text, at).filter(|line| line.start < here.start);
    let above = up.next();
    if let Some(cause) = [Some(here), above].into_iter().flatten().find_map(dash_without_space) {
        return Some(cause);
    }
    let above = above?;
    if here.has_dash() {
        // The first of them has none.
        let is_first = above.indent() == here.indent() && !above.has_dash();
        let is_list =
            up.next().is_none_or(|upper| upper.indent() < above.indent() && upper.text.trim_end().ends_with(':'));
        return (is_first && is_list).then(|| without_dash(above, 0));
    }
    let is_text = above.has_dash() && above.entry().is_none() && here.entry().is_none();
    if is_text && here.indent() == above.column() {
        return Some(without_dash(here, above.column() - above.indent()));
    }
    // The list has to stand further in than its key: else a line without a dash may end it.
    let mut is_entry = false;
    for line in [above].into_iter().chain(up) {
        if line.indent() < here.indent() {
            break;
        }
        if line.indent() == here.indent() {
            if !line.has_dash() {
                return None;
            }
            is_entry = true;
        }
    }
    is_entry.then(|| without_dash(here, 0))
}

fn dash_without_space(line: Line<'_>) -> Option<Cause> {
    let at = line.start + line.indent();
    let rest = line.text.trim().strip_prefix('-').filter(|rest| rest.starts_with(char::is_alphabetic))?;
    Some(Cause::new(at..at + 1, "no space stands behind the dash of this entry", format!("write `- {rest}`")))
}

fn without_dash(line: Line<'_>, spaces: usize) -> Cause {
    let help = match spaces {
        0 => "write `- ` before it, as the lines around it have".to_owned(),
        _ => format!("write `- ` in place of the last {spaces} spaces before it, as the lines around it have"),
    };
    Cause::new(words(line), "the dash of this entry is missing", help)
}

/// `kind ussd`
pub fn lost_colon(text: &str, at: usize) -> Option<Cause> {
    let here = line_at(text, at);
    let mut up = lines_up(text, at).filter(|line| line.start < here.start);
    let (above, upper) = (up.next(), up.next());
    let is_entry = here.entry().is_some();
    // The parser may have taken it for the first words of a key that ends on the line below.
    let is_first = |above: &Line<'_>| {
        let is_first = above.has_dash() || upper.is_none_or(|upper| upper.text.trim_end().ends_with(':'));
        is_entry && above.entry().is_none() && is_first
    };
    let line = if is_entry { above.filter(is_first)? } else { here };
    let (start, words) = line.words();
    let words = words.trim_end();
    let (key, value) = words.split_once(' ').unwrap_or((words, ""));
    let value = value.trim_start();
    let is_name = !key.is_empty()
        && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_/".contains(&byte));
    if !is_name || key.starts_with('-') || value.contains(": ") {
        return None;
    }
    let below = super::line_below(text, line.start);
    let is_sure = if value.is_empty() {
        // Alone it is a key where lines stand below it.
        below.is_some_and(|below| below.indent() > line.column() && (below.has_dash() || below.entry().is_some()))
    } else {
        let is_pair = key.len() == 2 && above.as_ref().is_some_and(is_text);
        // A line that the parser took for the first words of a key is one where it begins in the same column.
        let is_beside = is_entry && line.column() == here.column();
        is_beside || !is_entry && (is_pair || !value.contains(' ') || is_known(text, key))
    };
    is_sure.then(|| {
        let headline = format!("no colon stands behind `{key}`");
        let help = if value.is_empty() { format!("write `{key}:`") } else { format!("write `{key}: {value}`") };
        Cause::new(start..start + key.len(), headline, help)
    })
}

/// Whether a line of the file begins with a key.
pub fn is_known(text: &str, key: &str) -> bool {
    let is_key =
        |line: &str| line.trim_start().trim_start_matches("- ").strip_prefix(key).is_some_and(|it| it.starts_with(':'));
    text.lines().any(is_key)
}
