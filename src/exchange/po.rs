//! PO files of GNU gettext: what is written, and a strict reader of what comes back.

use super::codes::codes;
use super::{Damaged, Returned, State, Unit, damaged};

/// The field of the header that names the locale as the site does; programs rewrite `Language`.
const LOCALE: &str = "X-Rahnuma-Locale";

/// Units as a PO file. Every message has a context of its own, the file and the name of its text.
#[must_use]
pub fn write(units: &[Unit], (locale, tag): (&str, &str)) -> String {
    let language = tag.replace('-', "_");
    let mut text = format!(
        "msgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: rahnuma\\n\"\n\"PO-Revision-Date: 2000-01-01 00:00+0000\\n\"\n\
         \"Last-Translator: nobody\\n\"\n\"Language-Team: {locale}\\n\"\n\"Language: {language}\\n\"\n\
         \"MIME-Version: 1.0\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n\
         \"{LOCALE}: {locale}\\n\"\n"
    );
    for unit in units {
        text.push('\n');
        let kept: Vec<&str> = codes(&unit.source).into_iter().map(|code| &unit.source[code.range]).collect();
        let kept = (!kept.is_empty()).then(|| format!("Keep as it is: {}", kept.join(" ").replace('\n', " ")));
        for note in unit.notes.iter().chain(&kept) {
            text.push_str(&format!("#. {}\n", note.replace('\n', " ")));
        }
        text.push_str(&format!("#: {}\n", unit.file.replace(' ', "%20")));
        if matches!(unit.state, State::NeedsWork | State::NeedsReview) {
            text.push_str("#, fuzzy\n");
        }
        let context = format!("{}#{}", unit.file, unit.id);
        for (key, words) in [("msgctxt", &context), ("msgid", &unit.source), ("msgstr", &unit.target)] {
            text.push_str(&format!("{key} {}\n", quoted(words)));
        }
    }
    text
}

fn quoted(words: &str) -> String {
    let words = words.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t");
    format!("\"{words}\"")
}

/// What a message is made of.
#[derive(Default)]
struct Message {
    at: usize,
    fuzzy: bool,
    texts: [Option<String>; 3],
    last: usize,
}

impl Message {
    /// Reads the line that a key begins.
    fn begin(&mut self, text: &str, at: usize, (key, words): (&str, &str)) -> Result<(), Damaged> {
        let Some(which) = KEYS.iter().position(|known| *known == key) else {
            return Err(damaged(text, at, format!("expected msgctxt, msgid or msgstr, found `{key}`")));
        };
        if self.texts[which..].iter().any(Option::is_some) || (which == 2 && self.texts[1].is_none()) {
            return Err(damaged(text, at, format!("`{key}` stands here out of its order")));
        }
        if self.texts.iter().all(Option::is_none) {
            self.at = at;
        }
        self.texts[which] = Some(unquoted(text, at, words)?);
        self.last = which;
        Ok(())
    }
}

const KEYS: [&str; 3] = ["msgctxt", "msgid", "msgstr"];

/// The units of a PO file.
///
/// # Errors
/// When it is none, or damaged.
pub fn read(text: &str) -> Result<Vec<Returned>, Damaged> {
    let mut messages: Vec<Message> = Vec::new();
    let mut open = Message::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim();
        if line.starts_with("#~") || line.is_empty() {
            continue;
        }
        let is_done = open.texts[2].is_some();
        if let Some(comment) = line.strip_prefix('#') {
            if is_done {
                messages.push(std::mem::take(&mut open));
            }
            open.fuzzy |= comment.starts_with(',') && comment[1..].split(',').any(|flag| flag.trim() == "fuzzy");
        } else if line.starts_with('"') {
            let words = unquoted(text, start, line)?;
            let last = open.last;
            match &mut open.texts[last] {
                Some(text) => text.push_str(&words),
                None => return Err(damaged(text, start, "words stand here that belong to no message")),
            }
        } else {
            let (key, words) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            if is_done && key != "msgstr" {
                messages.push(std::mem::take(&mut open));
            }
            open.begin(text, start, (key, words.trim()))?;
        }
    }
    match open.texts[2] {
        Some(_) => messages.push(open),
        None if open.texts.iter().any(Option::is_some) => {
            return Err(damaged(text, open.at, "this message has no msgstr"));
        }
        None => {}
    }
    returned(text, messages)
}

fn returned(text: &str, messages: Vec<Message>) -> Result<Vec<Returned>, Damaged> {
    let header = messages.iter().find(|message| message.texts[0].is_none() && message.texts[1].as_deref() == Some(""));
    let header = header.and_then(|message| message.texts[2].as_deref()).unwrap_or_default();
    let field = |name: &str| header.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    let Some(locale) = field(LOCALE).or_else(|| field("Language")).map(str::to_owned) else {
        return Err(damaged(text, 0, "this file has no header that names its language"));
    };
    let mut units = Vec::new();
    for Message { at, fuzzy, texts, .. } in messages {
        let [context, source, target] = texts.map(Option::unwrap_or_default);
        if source.is_empty() && context.is_empty() {
            continue;
        }
        let Some((file, id)) = context.split_once('#') else {
            return Err(damaged(text, at, "this message has no context that names a file and a text in it"));
        };
        let state = match (&*target, fuzzy) {
            ("", _) => State::New,
            (_, true) => State::NeedsWork,
            _ => State::Done,
        };
        let (line, column) = super::place(text, at);
        let unit = Unit { file: file.to_owned(), id: id.to_owned(), source, target, state, notes: Vec::new() };
        units.push(Returned { unit, locale: locale.clone(), line, column });
    }
    Ok(units)
}

fn unquoted(text: &str, at: usize, line: &str) -> Result<String, Damaged> {
    let wrong = |problem: &str| damaged(text, at, problem);
    let inside = line.strip_prefix('"').ok_or_else(|| wrong("expected words between double quotes"))?;
    let mut words = String::new();
    let mut signs = inside.chars();
    loop {
        match signs.next() {
            Some('"') if signs.as_str().is_empty() => return Ok(words),
            Some('"') => return Err(wrong("a double quote inside of words is written `\\\"`")),
            None => return Err(wrong("the double quote at the end is missing")),
            Some('\\') => words.push(match signs.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some(sign @ ('\\' | '"')) => sign,
                _ => return Err(wrong("`\\` stands before a sign that needs none")),
            }),
            Some(sign) => words.push(sign),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{read, write};
    use crate::exchange::{State, Unit};

    #[test]
    fn what_is_written_is_read() {
        let unit = |id: &str, target: &str, state| Unit {
            file: "content/a.en.md".into(),
            id: id.into(),
            source: "Say \"a\\b\" to {{ c }}\\\nnow".into(),
            target: target.into(),
            state,
            notes: vec![],
        };
        let units = [unit("a/b", "说", State::Done), unit("a/c", "说", State::NeedsWork), unit("a/d", "", State::New)];
        let back = read(&write(&units, ("zh", "zh-CN"))).unwrap();
        assert_eq!(back.iter().map(|it| it.unit.clone()).collect::<Vec<_>>(), units);
        assert!(back.iter().all(|it| it.locale == "zh"));
    }

    #[test]
    fn damage_is_told_with_its_line() {
        let head = "msgid \"\"\nmsgstr \"Language: zh\\n\"\n";
        for (rest, line) in [
            ("msgctxt \"a#b\"\nmsgid \"c\n", 4),
            ("msgctxt \"a#b\"\nmsgstr \"c\"\n", 4),
            ("msgctxt \"a#b\"\nmsgid \"c\"\n", 3),
            ("msgctxt \"a#b\"\nmsgid \"c\"\nmsgstr \"a\\q\"\n", 5),
            ("nonsense\n", 3),
            ("msgid \"c\"\nmsgstr \"d\"\n", 3),
            ("msgid \"c\"\nmsgid_plural \"d\"\n", 4),
        ] {
            assert_eq!(read(&[head, rest].concat()).unwrap_err().line, line, "{rest}");
        }
        assert!(read("").is_err() && read("\"a\"").is_err());
    }
}
