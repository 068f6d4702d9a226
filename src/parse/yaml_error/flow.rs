//! What is wrong between `{` and `}` or between `[` and `]`: signs are read as a parser reads them, from the beginning of a line.

use super::{Cause, Line, end_of_quote, is_key, line_at};

/// Signs that an editor writes for a comma.
const COMMAS: [char; 6] = ['，', '、', '،', '；', '؛', ';'];

/// What a text that begins with a bracket or a quotation mark holds. Places are those in it.
#[derive(Default)]
pub struct Flow {
    /// Quoted texts, with their marks.
    quoted: Vec<(usize, usize)>,
    /// A quotation mark that nothing closes.
    pub open_quote: Option<(usize, char)>,
    /// Brackets that nothing closes.
    open: Vec<(usize, char)>,
    /// The first closing bracket that closes none of them, or another one.
    wrong: Option<usize>,
    /// Where the last plain text or sign of its own begins, up to the end.
    last: usize,
}

impl Flow {
    pub fn read(text: &str) -> Self {
        let mut flow = Self::default();
        // Whether a text may begin here: within one, a quotation mark is a letter.
        let mut is_fresh = true;
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let next = at + c.len_utf8();
            let is_apart = text[next..].chars().next().is_none_or(char::is_whitespace);
            match c {
                '"' | '\'' if is_fresh => {
                    let Some(end) = end_of_quote(&text[next..], c) else {
                        flow.open_quote = Some((at, c));
                        return flow;
                    };
                    flow.quoted.push((at, next + end + 1));
                    at = next + end + 1;
                    flow.last = at;
                    is_fresh = false;
                    continue;
                }
                '#' if text[..at].ends_with(char::is_whitespace) => {
                    at += text[at..].find('\n').unwrap_or(text.len() - at);
                    continue;
                }
                '{' | '[' => flow.open.push((at, c)),
                '}' | ']' if flow.wrong.is_none() => flow.close(at, c),
                _ => {}
            }
            let is_sign = ['{', '[', ',', '}', ']'].contains(&c) || c == ':' && is_apart;
            if is_sign {
                flow.last = next;
            }
            is_fresh = is_sign || is_fresh && c.is_whitespace();
            at = next;
        }
        flow
    }

    fn close(&mut self, at: usize, c: char) {
        match self.open.last() {
            Some((_, opener)) if closer(*opener) == c => {
                self.open.pop();
            }
            _ => self.wrong = Some(at),
        }
    }

    /// Whether a bracket or a quotation mark is not closed.
    pub fn is_open(&self) -> bool {
        !self.open.is_empty() || self.open_quote.is_some()
    }

    fn is_whole(&self) -> bool {
        self.open_quote.is_none() && self.open.is_empty() && self.wrong.is_none()
    }
}

fn closer(opener: char) -> char {
    if opener == '{' { '}' } else { ']' }
}

/// The value of a line, if it begins with a bracket.
fn value(line: Line<'_>) -> Option<(usize, &str)> {
    Some(line.value()).filter(|(_, value)| value.starts_with(['{', '[']))
}

/// A quotation mark on the line where the parser stopped, or somewhere above it, that is closed only by one that begins another text.
pub fn open_quote(text: &str, at: usize) -> Option<Cause> {
    // It stopped behind the mark that it took for the end.
    let line = line_at(text, at);
    let (start, value) = value(line).filter(|(start, _)| *start < at)?;
    let flow = Flow::read(value);
    let (from, to) = flow
        .quoted
        .into_iter()
        .find(|(_, to)| text.get(start + to..at).is_some_and(|between| between.trim().is_empty()))?;
    let quote = value[from..].chars().next()?;
    let inside = value[from + 1..to - 1].trim_end();
    if inside.ends_with([':', ',', '{', '[']) {
        return Some(not_closed(start, value, from, quote));
    }
    let key = text[at..].split(':').next().filter(|_| is_key_at(text, at));
    if key.is_some() || text[at..].starts_with(['"', '\'']) {
        let what = key.map_or_else(|| "this".to_owned(), |key| format!("`{key}`"));
        let at = at..at + key.map_or(1, str::len);
        let help = format!("write `, ` between {} and {}", &value[from..to], key.unwrap_or("what follows"));
        return Some(Cause::new(at, format!("a comma is missing before {what}"), help));
    }
    text[at..].starts_with(char::is_alphanumeric).then(|| {
        let headline = format!("words follow the {quote} that ends this text");
        let help = match quote {
            '\'' => "write \" in place of ' at both ends of the text",
            _ => "quotation marks inside a text between quotes are “ ”",
        };
        Cause::new(start + from..start + to, headline, help)
    })
}

/// Whether a key begins at a place, with its colon.
fn is_key_at(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches(' ');
    let end = rest.find(|c: char| !is_key(c.encode_utf8(&mut [0; 4]))).unwrap_or(rest.len());
    end > 0 && rest[end..].starts_with(':')
}

/// The finding that a text between brackets begins with a quotation mark and does not end with one, with the text if it is sure where
/// it ends.
pub fn not_closed(start: usize, value: &str, from: usize, quote: char) -> Cause {
    let open = Flow::read(&value[..from]).open;
    let rest = value[from + 1..].trim_end();
    let is_map = open.last().is_some_and(|(_, opener)| *opener == '{');
    let mut commas = rest.match_indices(',').map(|(comma, _)| comma);
    let end = commas.find(|comma| is_map && is_key_at(rest, comma + 1));
    let signs = open.iter().rev().map(|(_, opener)| closer(*opener)).collect::<String>();
    let text = match end {
        Some(comma) => Some(&rest[..comma]),
        None if !is_map && rest.contains(',') => None,
        None => rest.strip_suffix(signs.as_str()),
    };
    // The other mark may stand where this one belongs.
    let text = text.map(|text| text.trim_end().trim_end_matches(['"', '\'']));
    let text = text.filter(|text| !text.contains(['"', '\'', '{', '}', '[', ']']));
    let help = match text {
        Some(text) => format!("end it with {quote}: {quote}{text}{quote}"),
        None => format!("write {quote} where the text ends"),
    };
    Cause::new(
        start + from..start + value.trim_end().len(),
        format!("{quote} begins a text here that is not closed"),
        help,
    )
}

/// A closing bracket too many, or of the other kind: what of three repairs makes the line whole is what was meant.
pub fn wrong_bracket(line: Line<'_>) -> Option<Cause> {
    let (start, value) = value(line)?;
    let wrong = Flow::read(value).wrong?;
    let (before, behind) = (&value[..wrong], &value[wrong + 1..]);
    let open = Flow::read(before).open;
    let is_whole = |text: String| Flow::read(&text).is_whole();
    let sign = &value[wrong..=wrong];
    let at = start + wrong..start + wrong + 1;
    if let Some((opened, opener)) = open.last() {
        let closer = closer(*opener);
        if is_whole(format!("{before}{closer}{behind}")) {
            let headline = format!("`{sign}` stands here, and what it ends begins with `{opener}`");
            return Some(Cause::new(at, headline, format!("write `{closer}` in its place")));
        }
        if is_whole(format!("{before}{closer}{sign}{behind}")) {
            let headline = format!("`{opener}` begins here and is not closed");
            let help = format!("write `{closer}` behind its last word: `{}{closer}`", &value[*opened..wrong]);
            return Some(Cause::new(start + opened..start + wrong, headline, help));
        }
    }
    let is_too_many = is_whole(format!("{before}{behind}"));
    is_too_many.then(|| Cause::new(at, format!("one `{sign}` too many stands here"), "take it out"))
}

/// A comma of another script between two entries, or none.
pub fn comma(text: &str, at: usize) -> Option<Cause> {
    let line = line_at(text, at);
    let (start, value) = value(line).filter(|(start, _)| *start < at)?;
    let before = value.get(..at - start)?;
    let flow = Flow::read(before);
    let entry = flow.last;
    let rest = &text[at..];
    if flow.open.is_empty() || flow.open_quote.is_some() {
        return None;
    }
    let skipped = rest.len() - rest.trim_start_matches(' ').len();
    let sign = rest[skipped..].chars().next()?;
    if COMMAS.contains(&sign) {
        return Some(other_comma(at + skipped, sign));
    }
    if sign != ':' {
        return None;
    }
    let words = &before[entry..];
    if let Some((place, sign)) = words.char_indices().rev().find(|(_, c)| COMMAS.contains(c)) {
        let key = words[place + sign.len_utf8()..].trim();
        return is_key(key).then(|| other_comma(start + entry + place, sign));
    }
    let (word, key) = words.trim().rsplit_once(' ').filter(|(_, key)| is_key(key))?;
    let is_value = !word.contains(' ');
    let place = start + before.trim_end().len() - key.len();
    is_value.then(|| {
        let help = format!("write `, ` between `{word}` and `{key}`");
        Cause::new(place..place + key.len(), format!("a comma is missing before `{key}`"), help)
    })
}

fn other_comma(at: usize, sign: char) -> Cause {
    let headline = match sign {
        ';' => "a semicolon stands between two entries".to_owned(),
        _ => format!("`{sign}` stands between two entries, which a half-width comma parts"),
    };
    Cause::new(at..at + sign.len_utf8(), headline, "write `, ` in its place: a comma and a space")
}

/// `value: currency: PKR, exact: 15}`, and without either brace, or with others.
pub fn lost_opener(line: Line<'_>) -> Option<Cause> {
    let (start, value) = line.value();
    let value = value.trim_end();
    let inside = value.strip_prefix('(').and_then(|value| value.strip_suffix(')')).unwrap_or(value);
    let is_entry = |part: &str| part.starts_with(|c: char| c.is_ascii_lowercase()) && is_key_at(part, 0);
    if start > line.words().0
        && inside.contains(", ")
        && inside.split(", ").all(is_entry)
        && !inside.contains(['{', '}'])
    {
        let help = format!("write `{{{inside}}}`");
        return Some(Cause::new(start..start + value.len(), "braces are missing around these entries", help));
    }
    let opener = match value.chars().last()? {
        '}' => '{',
        ']' => '[',
        _ => return None,
    };
    let whole = format!("{opener}{value}");
    let is_lost = !value.starts_with(['{', '[', '"', '\'']) && Flow::read(&whole).is_whole() && start > line.words().0;
    is_lost.then(|| {
        let headline = format!("`{}` ends this, and no `{opener}` begins it", closer(opener));
        Cause::new(start..start + value.len(), headline, format!("write `{opener}` before it: `{whole}`"))
    })
}
