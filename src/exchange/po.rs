//! PO files of GNU gettext: what is written, and a strict reader of what comes back.

use std::ops::Range;

use super::codes::codes;
use super::{Damaged, Purpose, Returned, State, Unit, damaged, line_from};
use crate::parse::text::SourceText;

/// The field of the header that names the locale as the site does; programs rewrite `Language`.
const LOCALE: &str = "X-Rahnuma-Locale";

/// The field of the header that names the site.
const SITE: &str = "X-Rahnuma-Site";

/// Units as a PO file. Every message has a context of its own, the file and the name of its text.
#[must_use]
pub fn write(units: &[Unit], purpose: Purpose<'_>) -> String {
    let Purpose { site, locale, tag, .. } = purpose;
    let language = tag.replace('-', "_");
    let mut text = format!(
        "msgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: rahnuma\\n\"\n\"PO-Revision-Date: 2000-01-01 00:00+0000\\n\"\n\
         \"Last-Translator: nobody\\n\"\n\"Language-Team: {locale}\\n\"\n\"Language: {language}\\n\"\n\
         \"MIME-Version: 1.0\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n\
         \"{LOCALE}: {locale}\\n\"\n\"{SITE}: {site}\\n\"\n"
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
    /// Where its translation stands.
    words: Range<usize>,
}

impl Message {
    /// Reads the line that a key begins.
    fn begin(&mut self, source: SourceText<'_>, at: usize, (key, words): (&str, &str)) -> Result<(), Damaged> {
        let Some(which) = KEYS.iter().position(|known| *known == key) else {
            return Err(damaged(source, at, format!("expected msgctxt, msgid or msgstr, found `{key}`")));
        };
        if self.texts[which..].iter().any(Option::is_some) || (which == 2 && self.texts[1].is_none()) {
            return Err(damaged(source, at, format!("`{key}` stands here out of its order")));
        }
        if self.texts.iter().all(Option::is_none) {
            self.at = at;
        }
        self.texts[which] = Some(unquoted(source, at, words)?);
        self.last = which;
        if which == 2 {
            self.words = line_from(source.text, at);
        }
        Ok(())
    }

    /// Reads a line that goes on with the words of the line above it.
    fn go_on(&mut self, source: SourceText<'_>, at: usize, line: &str) -> Result<(), Damaged> {
        let words = unquoted(source, at, line)?;
        let Some(text) = &mut self.texts[self.last] else {
            return Err(damaged(source, at, "words stand here that belong to no message"));
        };
        text.push_str(&words);
        if self.last == 2 {
            self.words.end = line_from(source.text, at).end;
        }
        Ok(())
    }
}

const KEYS: [&str; 3] = ["msgctxt", "msgid", "msgstr"];

/// The units of a PO file.
///
/// # Errors
/// When it is none, or damaged.
pub fn read(source: SourceText<'_>) -> Result<Vec<Returned>, Damaged> {
    let mut messages: Vec<Message> = Vec::new();
    let mut open = Message::default();
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
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
            open.go_on(source, start, line)?;
        } else {
            let (key, words) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            if is_done && key != "msgstr" {
                messages.push(std::mem::take(&mut open));
            }
            open.begin(source, start, (key, words.trim()))?;
        }
    }
    match open.texts[2] {
        Some(_) => messages.push(open),
        None if open.texts.iter().any(Option::is_some) => {
            return Err(damaged(source, open.at, "this message has no msgstr"));
        }
        None => {}
    }
    returned(source, messages)
}

fn returned(source: SourceText<'_>, messages: Vec<Message>) -> Result<Vec<Returned>, Damaged> {
    let header = messages.iter().find(|message| message.texts[0].is_none() && message.texts[1].as_deref() == Some(""));
    let header = header.and_then(|message| message.texts[2].as_deref()).unwrap_or_default();
    let field = |name: &str| header.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    let fields = [LOCALE, "Language"].map(|name| field(name).filter(|locale| !locale.is_empty()));
    let locales: Vec<String> = fields.into_iter().flatten().map(str::to_owned).collect();
    if locales.is_empty() {
        return Err(damaged(source, 0, "this file has no header that names its language"));
    }
    let site = field(SITE).map(str::to_owned);
    let mut units = Vec::new();
    for Message { at, fuzzy, texts, words, .. } in messages {
        let [context, says, target] = texts.map(Option::unwrap_or_default);
        if says.is_empty() && context.is_empty() {
            continue;
        }
        let Some((file, id)) = context.split_once('#') else {
            return Err(damaged(source, at, "this message has no context that names a file and a text in it"));
        };
        let state = match (&*target, fuzzy) {
            ("", _) => State::New,
            (_, true) => State::NeedsWork,
            _ => State::Done,
        };
        let unit = Unit { file: file.to_owned(), id: id.to_owned(), source: says, target, state, notes: Vec::new() };
        let (place, words) = (source.place(line_from(source.text, at)), source.place(words));
        units.push(Returned { unit, locales: locales.clone(), site: site.clone(), place, words });
    }
    Ok(units)
}

fn unquoted(source: SourceText<'_>, at: usize, line: &str) -> Result<String, Damaged> {
    let wrong = |problem: &str| damaged(source, at, problem);
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
    use super::{Damaged, Purpose, Returned, SourceText, write};
    use crate::exchange::{State, Unit};
    use crate::source::tree::FileId;

    fn read(text: &str) -> Result<Vec<Returned>, Damaged> {
        super::read(SourceText { file: FileId::SITE, text, offset: 0 })
    }

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
        let text = write(&units, Purpose { site: "my-guides", source: "en", locale: "zh", tag: "zh-CN" });
        let back = read(&text).unwrap();
        assert_eq!(back.iter().map(|it| it.unit.clone()).collect::<Vec<_>>(), units);
        assert!(back.iter().all(|it| it.locales == ["zh", "zh_CN"] && it.site.as_deref() == Some("my-guides")));
        assert_eq!(&text[back[0].words.range()], "msgstr \"说\"");
        assert!(text[back[0].place.range()].starts_with("msgctxt \"content/a.en.md#a/b\""));
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
            let text = [head, rest].concat();
            let at = read(&text).unwrap_err().place.range().start;
            assert_eq!(text[..at].matches('\n').count() + 1, line, "{rest}");
        }
        assert!(read("").is_err() && read("\"a\"").is_err());
    }
}
