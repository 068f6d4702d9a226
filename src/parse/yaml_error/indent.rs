//! Lines that stand too far to the left or to the right, and dashes that are lost.

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
        self.entry().is_some_and(|(_, value)| !value.is_empty() && !value.starts_with(['|', '>', '#']))
    }
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
        let is_text = |line: &Line<'_>| line.entry().is_some_and(|(key, _)| key.len() == 2 && key != "id");
        let pair = is_text(&self.above) && is_text(&self.here);
        [upper, below].into_iter().flatten().map(|line| 1 + usize::from(pair && is_text(&line))).sum()
    }
}

/// A line of `key: value` in another column than those around it.
pub fn other_column(text: &str, at: usize) -> Option<Cause> {
    let around = Around::of(text, at)?;
    let (above, here) = (around.above, around.here);
    here.entry()?;
    above.entry()?;
    let is_deeper = above.has_value() && here.indent() > above.column();
    let is_between = here.indent() < above.column() && !is_open(text, at, here.indent());
    if !is_deeper && !is_between {
        return None;
    }
    let (of_above, of_here) = (around.weight(above.column()), around.weight(here.column()));
    // Below a key without a value the first line says the column of all.
    let is_first = around.upper.is_none_or(|upper| !upper.has_value() && upper.column() < above.column());
    let is_above = of_here > of_above && (is_deeper || is_first);
    if is_above {
        return Some(indented(above, here.column()));
    }
    let below = around.below.map(Line::column).filter(|column| is_open(text, at, *column));
    let column = match below {
        Some(below) if is_between || below == above.column() => Some(below),
        _ if is_deeper && of_above > of_here => Some(above.column()),
        _ => None,
    };
    match column {
        Some(column) => Some(indented(here, column)),
        None => Some(Cause::new(words(here), OTHERWISE, INDENT)),
    }
}

pub const OTHERWISE: &str = "this line is indented otherwise than those it belongs to";

fn words(line: Line<'_>) -> std::ops::Range<usize> {
    line.start + line.indent()..line.start + line.text.trim_end().len()
}

/// The finding for a line whose key belongs in a column.
fn indented(line: Line<'_>, column: usize) -> Cause {
    let now = line.indent();
    let spaces = column.saturating_sub(line.column() - now);
    let help = match spaces {
        0 => "take the spaces before it out".to_owned(),
        1 => format!("begin it with 1 space; now there are {now}"),
        _ => format!("begin it with {spaces} spaces, as the lines around it; now there are {now}"),
    };
    Cause::new(words(line), OTHERWISE, help)
}

/// Whether lines above that still go on stand in a column.
fn is_open(text: &str, at: usize, column: usize) -> bool {
    let here = line_at(text, at);
    let mut least = usize::MAX;
    for line in lines_up(text, at).filter(|line| line.start < here.start) {
        if least > line.column() && line.column() == column || least > line.indent() && line.indent() == column {
            return true;
        }
        least = least.min(line.indent());
        if least <= column {
            return false;
        }
    }
    false
}

/// A line without a dash among those of a list.
pub fn lost_dash(text: &str, at: usize) -> Option<Cause> {
    let here = line_at(text, at);
    let mut up = lines_up(text, at).filter(|line| line.start < here.start);
    if here.has_dash() {
        // The first of them has none.
        let above = up.next().filter(|above| above.indent() == here.indent() && !above.has_dash())?;
        let is_list =
            up.next().is_none_or(|upper| upper.indent() < above.indent() && upper.text.trim_end().ends_with(':'));
        return is_list.then(|| without_dash(above));
    }
    // The list has to stand further in than its key: else a line without a dash may end it.
    let mut is_entry = false;
    for line in up {
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
    is_entry.then(|| without_dash(here))
}

fn without_dash(line: Line<'_>) -> Cause {
    Cause::new(words(line), "the dash of this entry is missing", "write `- ` before it, as the lines around it have")
}

/// `kind ussd`
pub fn lost_colon(text: &str, at: usize) -> Option<Cause> {
    let here = line_at(text, at);
    let (start, line) = here.words();
    let (key, value) = line.trim_end().split_once(' ').filter(|(key, _)| is_key(key) && !key.starts_with('-'))?;
    let value = value.trim_start();
    let is_pair = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') && !value.contains([' ', ':']);
    let is_known = || text.contains(&format!(" {key}: "));
    (is_pair || !value.contains(": ") && is_known()).then(|| {
        let headline = format!("no colon stands behind `{key}`");
        Cause::new(start..start + key.len(), headline, format!("write `{key}: {value}`"))
    })
}
