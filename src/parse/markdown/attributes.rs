//! `{#id when=… unless=… requires=… irreversible open}` behind headings and items.

use super::followed::followed_by;
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::attributes::{Attributes, Named, Role};
use crate::model::id::Id;
use crate::parse::ids;

const KEYS: &[&str] = &["when", "unless", "requires", "irreversible", "open"];

/// Whether an id or a condition stands between braces: others are no attributes.
pub fn names(inside: &str) -> bool {
    let first = inside.split_whitespace().next().unwrap_or_default();
    let is_key = ["when=", "unless=", "requires="].iter().any(|key| first.starts_with(key));
    is_key || first.strip_prefix('#').is_some_and(|id| Id::new(id).is_some())
}

/// Reads what stands between the braces; `place` covers them.
pub fn read(inside: &str, place: Span, sink: &mut Diagnostics) -> Attributes {
    if let Some(right) = inside.trim_end().strip_suffix('}') {
        sink.push(followed_by("}", &format!("{{{right}}}"), place));
        return Attributes { broken: true, ..read(right, place, &mut Diagnostics::default()) };
    }
    if inside.contains(['＝', '，', '＃', '、', '،', '\u{3000}']) {
        let right = half_width(inside);
        sink.push(bad(place, "full-width signs stand between these braces", &format!("write `{{{right}}}`")));
        return Attributes { broken: true, ..read(&right, place, &mut Diagnostics::default()) };
    }
    if let Some(id) = apart(inside) {
        let right = inside.replacen(id, id.trim_start(), 1);
        sink.push(bad(place, "a space stands behind `#` between these braces", &format!("write `{{{right}}}`")));
        return Attributes { broken: true, ..read(&right, place, &mut Diagnostics::default()) };
    }
    let before = sink.count();
    let mut reader = Reader { inside, place, named: Vec::new(), irreversible: false, open: false, sink };
    // Most braces hold an id alone, in which nothing can be apart.
    let lists = inside.contains(['=', ',']);
    let loose = lists && [" =", "= ", ", ", " ,"].iter().any(|loose| inside.contains(loose));
    let gap = lists && [",,", "=,"].iter().any(|gap| inside.contains(gap));
    if loose || gap || (lists && inside.split_whitespace().any(|word| word.ends_with(['=', ',']))) {
        reader.sink.push(bad(
            place,
            "what belongs together is apart",
            "write `when=one,two`: no space around `=` and `,`",
        ));
    }
    for word in inside.split_whitespace() {
        // Torn apart by spaces, only the id is sure.
        if !loose || word.starts_with('#') {
            reader.word(word);
        }
    }
    reader.contradiction();
    let Reader { named, irreversible, open, sink, .. } = reader;
    Attributes { named: named.into(), irreversible, open, broken: sink.count() > before, place: Some(place) }
}

/// An id with the space that stands between it and its sign: `# papers`.
fn apart(inside: &str) -> Option<&str> {
    let (_, behind) = inside.split_once('#')?;
    let end = behind
        .trim_start()
        .find(char::is_whitespace)
        .map_or(behind.len(), |at| at + behind.len() - behind.trim_start().len());
    let id = &behind[..end];
    (id.starts_with(char::is_whitespace) && Id::new(id.trim_start()).is_some()).then_some(id)
}

struct Reader<'a, 'b> {
    inside: &'a str,
    place: Span,
    named: Vec<Named>,
    irreversible: bool,
    open: bool,
    sink: &'b mut Diagnostics,
}

impl Reader<'_, '_> {
    /// The place of a part of what stands between the braces.
    fn part(&self, part: &str) -> Span {
        let at = part.as_ptr() as usize - self.inside.as_ptr() as usize + 1;
        let exact = self.place.range().len() == self.inside.len() + 2;
        if exact { self.place.part(at..at + part.len()) } else { self.place }
    }

    fn word(&mut self, word: &str) {
        let (key, value) = word.split_once('=').map_or((word, None), |(key, value)| (key, Some(value)));
        match (key, value) {
            (id, None) if id.starts_with('#') => {
                if self.seen(Role::Own) {
                    self.sink.push(bad(self.part(word), "this is a second id", "keep one"));
                }
                self.id(&id[1..], Role::Own);
            }
            ("irreversible", None) => self.irreversible = true,
            ("open", None) => self.open = true,
            ("when", Some(names)) => self.list(key, names, Role::When, word),
            ("unless", Some(names)) => self.list(key, names, Role::Unless, word),
            ("requires", Some(names)) => self.list(key, names, Role::Requires, word),
            ("when" | "unless" | "requires", None) => {
                let help = format!("write `{key}=one` or `{key}=one,two`, without spaces");
                self.sink.push(bad(self.part(word), &format!("`{key}` says nothing"), &help));
            }
            _ => self.unknown(key, word),
        }
    }

    /// Reports a word that is none of those that mean something. What can only be an id is read as one: else it would be missed as well.
    fn unknown(&mut self, key: &str, word: &str) {
        let place = self.part(word);
        let id = Id::new(word);
        let own = self.named.iter().find(|named| named.role == Role::Own);
        let help = match (nearest(key, KEYS.iter().copied()), &id, own) {
            (Some(near), ..) => format!("did you mean `{near}`?"),
            (None, Some(id), None) => format!("an id begins with `#`, and no space follows: `{{#{id}}}`"),
            (None, Some(id), Some(own)) => format!("an id has no spaces: `{{#{}-{id}}}`", own.id.as_str()),
            (None, None, _) => "they take #id, when=…, unless=…, requires=…, irreversible and open".into(),
        };
        let is_meant = help.starts_with("an id begins") && !self.inside.contains('#');
        self.sink.push(bad(place, &format!("`{word}` means nothing between these braces"), &help));
        self.named.extend(id.filter(|_| is_meant).map(|id| Named { id, place, role: Role::Own }));
    }

    fn seen(&self, role: Role) -> bool {
        self.named.iter().any(|named| named.role == role)
    }

    /// Reports a situation that shows what it hides.
    fn contradiction(&mut self) {
        let is_hidden = |id: &Id| self.named.iter().any(|named| named.role == Role::Unless && named.id == *id);
        let both = self.named.iter().find(|named| named.role == Role::When && is_hidden(&named.id));
        if let Some(Named { id, place, .. }) = both {
            let headline = format!("`{id}` stands in `when` and in `unless`, so nobody ever sees this");
            self.sink.push(bad(*place, &headline, "keep the one that is meant"));
        }
    }

    fn id(&mut self, text: &str, role: Role) {
        let place = self.part(text);
        // In letters that no id has; which situations there are is added where they are known.
        if matches!(role, Role::When | Role::Unless) && Id::nearest(text).is_none() {
            let headline = format!("there is no situation `{text}`");
            self.sink.push(Diagnostic::new(Code::UnknownSituation, place, headline));
            return;
        }
        self.named.extend(ids::checked(text, place, self.sink).map(|id| Named { id, place, role }));
    }

    fn list(&mut self, key: &str, names: &str, role: Role, word: &str) {
        if self.seen(role) {
            let help = format!("write all of them at once: `{key}=one,two`");
            self.sink.push(bad(self.part(word), &format!("`{key}` stands here a second time"), &help));
            return;
        }
        for name in names.split(',').filter(|name| !name.is_empty()) {
            if self.named.iter().any(|named| named.role == role && named.id.as_str() == name) {
                let headline = format!("`{name}` stands behind `{key}=` twice");
                self.sink.push(bad(
                    self.part(name),
                    &headline,
                    "take one of the two out; if another was meant, write that",
                ));
            } else {
                self.id(name, role);
            }
        }
    }
}

/// What stands between braces in the signs that mean something there, without spaces around `=`; commas before a key are spaces.
#[must_use]
pub fn half_width(inside: &str) -> String {
    let half = |c: char| match c {
        '＝' => '=',
        '，' | '、' | '،' => ',',
        '＃' => '#',
        '．' => '.',
        '“' | '”' | '＂' => '"',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    let mut text: String = inside.trim().chars().map(half).collect();
    for (apart, right) in [(" =", "="), ("= ", "="), (" ,", ","), (", ", ",")] {
        while text.contains(apart) && !text.contains('"') {
            text = text.replace(apart, right);
        }
    }
    let keys = KEYS.iter().chain(&["fact=", "is=", "lang="]);
    keys.fold(text, |text, key| text.replace(&format!(",{key}"), &format!(" {key}")))
}

/// A report of braces that make no sense.
#[must_use]
pub fn bad(place: Span, headline: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::BadAttribute, place, headline).help(help)
}
