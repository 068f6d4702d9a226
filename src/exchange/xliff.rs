//! XLIFF 1.2, which Weblate, Crowdin and `OmegaT` all read by themselves: what is written, and a reader of what comes back.

use std::collections::BTreeMap;
use std::ops::Range;

use super::codes::{Role, codes};
use super::xml::{Event, events};
use super::{Damaged, Purpose, Returned, State, Unit, damaged, line_from};
use crate::parse::text::SourceText;

const NAMESPACE: &str = "urn:oasis:names:tc:xliff:document:1.2";

/// Units as an XLIFF file, with a `file` for each of the site's.
#[must_use]
pub fn write(units: &[Unit], purpose: Purpose<'_>) -> String {
    let mut text =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff version=\"1.2\" xmlns=\"{NAMESPACE}\">\n");
    for of_file in units.chunk_by(|one, next| one.file == next.file) {
        let file = of_file.first().map_or("", |unit| &unit.file);
        text.push_str(&format!(
            "<file original=\"{}\" source-language=\"{}\" target-language=\"{}\" datatype=\"x-markdown\" product-name=\"{}\">\n<body>\n",
            escaped(file),
            escaped(purpose.source),
            escaped(purpose.tag),
            escaped(purpose.site)
        ));
        of_file.iter().for_each(|unit| push(&mut text, unit));
        text.push_str("</body>\n</file>\n");
    }
    text + "</xliff>\n"
}

fn push(text: &mut String, unit: &Unit) {
    let (state, approved) = match unit.state {
        State::New => ("new", "no"),
        State::NeedsWork => ("needs-translation", "no"),
        State::NeedsReview => ("needs-review-translation", "no"),
        State::Done => ("final", "yes"),
    };
    let id = escaped(&unit.id);
    text.push_str(&format!(
        "<trans-unit id=\"{id}\" approved=\"{approved}\" xml:space=\"preserve\">\n<source>{}</source>\n\
         <target state=\"{state}\">{}</target>\n",
        marked(&unit.source, &unit.source),
        marked(&unit.target, &unit.source)
    ));
    for note in &unit.notes {
        text.push_str(&format!("<note>{}</note>\n", escaped(note)));
    }
    text.push_str("</trans-unit>\n");
}

/// Words with their codes as elements that programs protect; the same code has the same number as in the source.
fn marked(words: &str, source: &str) -> String {
    let mut numbers = numbers(source);
    let (codes, mut at, mut text) = (codes(words), 0, String::new());
    let mut own = BTreeMap::new();
    let mut new = 1000;
    for (ix, code) in codes.iter().enumerate() {
        text.push_str(&escaped(&words[at..code.range.start]));
        at = code.range.end;
        // A pair is known by what ends it.
        let (tag, pair) = match code.role {
            Role::Alone => ("ph", ix),
            Role::Opens(end) => ("bpt", end),
            Role::Closes(_) => ("ept", ix),
        };
        let number = *own.entry(pair).or_insert_with(|| {
            let known = codes.get(pair).map(|code| &words[code.range.clone()]).and_then(|code| numbers.get_mut(code));
            known.filter(|left| !left.is_empty()).map_or_else(
                || {
                    new += 1;
                    new
                },
                |left| left.remove(0),
            )
        });
        text.push_str(&format!("<{tag} id=\"{number}\">{}</{tag}>", escaped(&words[code.range.clone()])));
    }
    text + &escaped(&words[at..])
}

/// The numbers of each code of a text, in order.
fn numbers(text: &str) -> BTreeMap<&str, Vec<usize>> {
    let mut numbers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (ix, code) in codes(text).iter().filter(|code| !matches!(code.role, Role::Opens(_))).enumerate() {
        numbers.entry(&text[code.range.clone()]).or_default().push(ix + 1);
    }
    numbers
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Where in a unit a reader stands.
#[derive(Default)]
struct Open {
    at: usize,
    id: String,
    approved: bool,
    state: Option<String>,
    texts: [Option<String>; 2],
    /// Where the translation stands.
    words: Range<usize>,
    /// What each code of the source says, for programs that give back its number alone.
    known: BTreeMap<String, String>,
}

/// What a `file` says of its units: the file of the site, the language, the site.
#[derive(Clone, Default)]
struct Head {
    original: String,
    locale: String,
    site: Option<String>,
}

struct Reading<'a> {
    source: SourceText<'a>,
    path: Vec<String>,
    head: Head,
    unit: Open,
    /// The code at hand: its key, and what it says.
    code: Option<(String, String, usize)>,
    units: Vec<Returned>,
}

/// The units of an XLIFF file.
///
/// # Errors
/// When it is none, or damaged.
pub fn read(source: SourceText<'_>) -> Result<Vec<Returned>, Damaged> {
    let mut reading = Reading {
        source,
        path: Vec::new(),
        head: Head::default(),
        unit: Open::default(),
        code: None,
        units: Vec::new(),
    };
    let mut is_first = true;
    for event in events(source)? {
        match event {
            Event::Start { name, attributes, at } => {
                if is_first {
                    check_root(source, at, &name, &attributes)?;
                    is_first = false;
                }
                reading.begin((name, at), &attributes)?;
            }
            Event::End { at } => reading.end(at)?,
            Event::Text(words) => reading.words(&words),
        }
    }
    if is_first { Err(damaged(source, 0, "expected an XLIFF file, found nothing")) } else { Ok(reading.units) }
}

fn check_root(source: SourceText<'_>, at: usize, name: &str, attributes: &[(String, String)]) -> Result<(), Damaged> {
    let version = attributes.iter().find(|(key, _)| key == "version").map_or("", |(_, value)| value);
    match (name, version) {
        ("xliff", "1.2") => Ok(()),
        ("xliff", other) => Err(damaged(source, at, format!("this is XLIFF {other}; save it as XLIFF 1.2"))),
        _ => Err(damaged(source, at, format!("expected an XLIFF file, found `{name}`"))),
    }
}

impl Reading<'_> {
    fn begin(&mut self, (name, at): (String, usize), attributes: &[(String, String)]) -> Result<(), Damaged> {
        let value = |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
        match name.as_str() {
            "file" => {
                let missing = || damaged(self.source, at, "a `file` has to have `original` and `target-language`");
                let (original, locale) = value("original").zip(value("target-language")).ok_or_else(missing)?;
                self.head = Head { original, locale, site: value("product-name") };
            }
            "trans-unit" => {
                let id = value("id").ok_or_else(|| damaged(self.source, at, "this unit has no `id`"))?;
                let approved = value("approved").as_deref() == Some("yes");
                self.unit = Open { at, id, approved, ..Open::default() };
            }
            "source" | "target" if self.is_in_unit() => {
                self.unit.texts[usize::from(name == "target")] = Some(String::new());
                if name == "target" {
                    self.unit.state = value("state");
                    let begin = self.source.text[at..].find('>').map_or(at, |end| at + end + 1);
                    self.unit.words = begin..begin;
                }
            }
            "ph" | "bpt" | "ept" | "it" | "x" | "bx" | "ex" if self.side().is_some() && self.code.is_none() => {
                let kind = match name.as_str() {
                    "bx" => "bpt",
                    "ex" => "ept",
                    "x" => "ph",
                    other => other,
                };
                let number = value("id").unwrap_or_default();
                self.code = Some((format!("{kind} {number}"), String::new(), self.path.len()));
            }
            _ => {}
        }
        self.path.push(name);
        Ok(())
    }

    fn is_in_unit(&self) -> bool {
        self.path.last().is_some_and(|last| last == "trans-unit")
    }

    /// The source or the target of the unit itself, not of a suggestion.
    fn side(&self) -> Option<usize> {
        let unit = self.path.iter().rposition(|name| name == "trans-unit")?;
        match self.path.get(unit + 1).map(String::as_str) {
            Some("source") => Some(0),
            Some("target") => Some(1),
            _ => None,
        }
    }

    fn words(&mut self, words: &str) {
        let Some(side) = self.side() else { return };
        match (&mut self.code, &mut self.unit.texts[side]) {
            (Some((_, code, _)), _) => code.push_str(words),
            (None, Some(text)) => text.push_str(words),
            _ => {}
        }
    }

    fn end(&mut self, at: usize) -> Result<(), Damaged> {
        let side = self.side();
        let Some(name) = self.path.pop() else { return Ok(()) };
        if let (Some((key, says, _)), Some(side)) = (self.code.take_if(|(.., depth)| *depth == self.path.len()), side) {
            let says = if says.is_empty() { self.unit.known.get(&key).cloned().unwrap_or_default() } else { says };
            if side == 0 {
                self.unit.known.insert(key, says.clone());
            }
            self.unit.texts[side].iter_mut().for_each(|text| text.push_str(&says));
        }
        match name.as_str() {
            "target" if self.is_in_unit() => self.unit.words.end = at.max(self.unit.words.start),
            "trans-unit" => self.end_unit()?,
            _ => {}
        }
        Ok(())
    }

    fn end_unit(&mut self) -> Result<(), Damaged> {
        let Open { at, id, approved, state, texts: [source, target], words, .. } = std::mem::take(&mut self.unit);
        let place = line_from(self.source.text, at);
        let source = source.ok_or_else(|| damaged(self.source, at, "this unit has no `source`"))?;
        let target = target.unwrap_or_default();
        let state = state_of(&target, state.as_deref(), approved);
        let words = if words.is_empty() { place.clone() } else { words };
        let Head { original: file, locale, site } = self.head.clone();
        self.units.push(Returned {
            unit: Unit { file, id, source, target, state, notes: Vec::new() },
            locales: vec![locale],
            site,
            place: self.source.place(place),
            words: self.source.place(words),
        });
        Ok(())
    }
}

fn state_of(target: &str, state: Option<&str>, approved: bool) -> State {
    match state {
        _ if target.trim().is_empty() => State::New,
        None | Some("final" | "translated" | "signed-off") => State::Done,
        _ if approved => State::Done,
        Some("needs-review-translation" | "needs-review-adaptation" | "needs-review-l10n") => State::NeedsReview,
        Some(_) => State::NeedsWork,
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
            source: "Say \"a<b>\" & [go]{fact=a.b is=no} to {{ c }} or {{ c }}\\\nnow [x](y)".into(),
            target: target.into(),
            state,
            notes: vec!["a > b".into()],
        };
        let units = [
            unit("a/b", "[说](y) {{ c }}{{ c }}[去]{fact=a.b is=no} {{ d }}", State::Done),
            unit("a/c", "说", State::NeedsWork),
            unit("a/d", "说", State::NeedsReview),
            unit("a/e", "", State::New),
        ];
        let text = write(&units, Purpose { site: "a", source: "en", locale: "zh", tag: "zh-CN" });
        let back = read(&text).unwrap();
        assert!(back.iter().all(|it| it.site.as_deref() == Some("a") && it.locales == ["zh-CN"]));
        assert!(text[back[1].place.range()].starts_with("<trans-unit id=\"a/c\""));
        assert_eq!(&text[back[1].words.range()], "说");
        let back: Vec<Unit> = back.into_iter().map(|it| it.unit).collect();
        assert_eq!(back.len(), units.len());
        for (back, unit) in back.iter().zip(&units) {
            assert_eq!(back, &Unit { notes: vec![], ..unit.clone() });
        }
        // Programs that give back the number of a code alone, and suggestions of others.
        let bare = text.replace("<ph id=\"2\">{{ c }}</ph>", "<x id=\"2\"/>");
        let bare = bare.replacen("<x id=\"2\"/>", "<ph id=\"2\">{{ c }}</ph>", 1);
        let bare = bare.replacen("<note>", "<alt-trans><target>no</target></alt-trans><note>", 1);
        assert_eq!(read(&bare).unwrap()[0].unit.target, units[0].target);
    }

    #[test]
    fn what_is_no_xliff_is_told() {
        for text in ["", "<a/>", "<xliff version=\"2.1\"/>", "<xliff version=\"1.2\"><file/></xliff>"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
