//! Which carriers words name, each by its name in any language. What stands in code, addresses and braces is no word.

use std::collections::BTreeMap;
use std::ops::{Bound, Range};

use crate::model::fact::{CARRIER, NATIONAL};
use crate::model::id::Id;
use crate::parse::Documents;
use crate::script::is_han;

/// The names of all carriers.
pub struct CarrierNames<'a> {
    names: BTreeMap<&'a str, Option<&'a Id>>,
    /// By the hash of four bytes, whether they may begin a name, or an address.
    may_begin: Box<[bool]>,
}

/// How often a carrier is named, and where first: not at all where its name only begins another word, as in `JazzCash`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub count: usize,
    pub first: Range<usize>,
}

/// What is named in some words.
pub type Named<'a> = BTreeMap<&'a Id, Mention>;

impl<'a> CarrierNames<'a> {
    /// Those of a site with several carriers; a name that two of them have tells nothing.
    pub fn of(documents: &'a Documents) -> Option<Self> {
        let carriers = || documents.policies.iter().filter(|(id, _)| id.as_str() != NATIONAL);
        let locales = || documents.config.locales().map(|(locale, _)| locale);
        let all = carriers().flat_map(|(id, policy)| locales().map(move |ix| (id, policy.carrier.name.get(ix).trim())));
        (carriers().count() > 1).then(|| Self::new(all))
    }

    fn new(all: impl Iterator<Item = (&'a Id, &'a str)>) -> Self {
        let mut names = BTreeMap::new();
        for (id, name) in all.filter(|(_, name)| is_distinct(name)) {
            let known = names.entry(name).or_insert(Some(id));
            *known = known.filter(|known| *known == id);
        }
        let mut may_begin = vec![false; 1 << HASH_BITS].into_boxed_slice();
        for name in names.keys().copied().chain(["http"]) {
            match *name.as_bytes() {
                [a, b, c, d, ..] => may_begin[hash([a, b, c, d])] = true,
                [a, b, c] => (0..=u8::MAX).for_each(|d| may_begin[hash([a, b, c, d])] = true),
                _ => {}
            }
        }
        Self { names, may_begin }
    }

    /// Calls `add` for each mention: of which carrier (the text's own where `{{ carrier }}` stands), where, and whether it is a word.
    pub fn each(&self, text: &str, owner: &'a Id, mut add: impl FnMut(&'a Id, Range<usize>, bool)) {
        let mut at = 0;
        // Most bytes begin neither a name nor what is no word.
        while let Some(next) = self.next(&text.as_bytes()[at..]) {
            at += next;
            let rest = &text[at..];
            let skipped = opaque(rest);
            if skipped > 0 {
                if rest[..skipped].strip_prefix("{{").is_some_and(|it| it.trim_end_matches('}').trim() == CARRIER) {
                    add(owner, at..at + skipped, true);
                }
                at += skipped;
                continue;
            }
            let begins = rest.starts_with(is_han) || !text[..at].ends_with(joins);
            let found = begins.then(|| self.at_start(rest)).flatten();
            if let Some((id, (name, is_word))) = found.and_then(|found| Some((self.names[found.0]?, found))) {
                add(id, at..at + name.len(), is_word);
            }
            let one = || rest.chars().next().map_or(1, char::len_utf8);
            at += found.map_or_else(one, |(name, _)| name.len());
        }
    }

    /// How many bytes stand before the next that may begin a name, or what is no word.
    fn next(&self, bytes: &[u8]) -> Option<usize> {
        let is_inside = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
        let may_begin = |four: &[u8; 4]| {
            matches!(four[0], b'`' | b'{' | b']') || self.may_begin[hash(*four)] && !is_inside(four[0])
        };
        let found = bytes.array_windows().position(may_begin);
        // The last three may be a name as a whole; a sign before fewer of them is no matter.
        found.or_else(|| {
            let [a, b, c] = *bytes.last_chunk()?;
            may_begin(&[a, b, c, b'\n']).then(|| bytes.len() - 3)
        })
    }

    /// The longest name that some words begin with, and whether it ends there.
    fn at_start(&self, words: &str) -> Option<(&'a str, bool)> {
        let (mut rest, mut part): (&str, Option<(&'a str, bool)>) = (words, None);
        while let Some((&name, _)) = self.names.range::<str, _>((Bound::Unbounded, Bound::Included(rest))).next_back() {
            let common = common_start(name, rest);
            if common == name.len() {
                let ends = name.chars().next_back().is_some_and(is_han) || !words[common..].starts_with(joins);
                if ends {
                    return Some((name, true));
                }
                part = part.or(Some((name, false)));
            }
            // The next shorter one.
            let shorter =
                if common == name.len() { name.char_indices().next_back().map_or(0, |(at, _)| at) } else { common };
            if shorter == 0 {
                break;
            }
            rest = &words[..shorter];
        }
        part
    }
}

const HASH_BITS: u32 = 16;

/// Four bytes as a small number, by the multiplication of Fibonacci hashing.
fn hash(bytes: [u8; 4]) -> usize {
    (u32::from_le_bytes(bytes).wrapping_mul(0x9E37_79B9) >> (u32::BITS - HASH_BITS)) as usize
}

/// Whether a name is long enough to be no other word.
fn is_distinct(name: &str) -> bool {
    let least = if name.contains(is_han) { 2 } else { 3 };
    name.starts_with(char::is_alphanumeric) && name.chars().filter(|c| c.is_alphabetic()).count() >= least
}

/// Whether a letter beside a name makes it another word. Scripts of East Asia set no spaces.
fn joins(c: char) -> bool {
    let is_east_asian = matches!(c, '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}');
    c.is_alphanumeric() && !is_east_asian
}

/// How many bytes two texts begin with alike, whole characters.
fn common_start(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
}

/// How many bytes of code, of an address or of braces a text begins with. What does not end is no word to its line's end. Each looks no
/// further than what it skips, or than the next sign of its kind.
fn opaque(text: &str) -> usize {
    match text.as_bytes() {
        [b'`', ..] => code(text),
        [b'{', ..] => {
            let inside = to(text, '}');
            inside + usize::from(text[inside..].starts_with('}'))
        }
        [b']', b'(', ..] => to(text, ')'),
        _ if text.starts_with("https://") || text.starts_with("http://") => {
            let is_end = |c: char| !c.is_ascii_graphic() || matches!(c, '<' | '>' | '"' | '(' | ')' | '[' | ']');
            text.find(is_end).unwrap_or(text.len())
        }
        _ => 0,
    }
}

/// How many bytes stand up to a sign, and with it, or else up to the end of the line.
fn to(text: &str, end: char) -> usize {
    let at = text.find(['\n', end]).unwrap_or(text.len());
    at + usize::from(text[at..].starts_with(end))
}

/// How many bytes of code a text begins with; of a tick that has no other one in its paragraph, itself.
fn code(text: &str) -> usize {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let Some(inside) = text[ticks..].find(&text[..ticks]) else { return ticks };
    let is_code = ticks > 2 || !text[ticks..ticks + inside].contains("\n\n");
    if is_code { ticks + inside + ticks } else { ticks }
}

#[cfg(test)]
mod tests {
    use super::CarrierNames;
    use crate::model::id::Id;

    fn told(text: &str) -> String {
        let [jazz, zong, mobile] = ["jazz", "zong", "mobile"].map(|id| Id::new(id).unwrap());
        let names = [
            (&jazz, "Jazz"),
            (&jazz, "جاز"),
            (&zong, "Zong"),
            (&zong, "زونگ"),
            (&zong, "Jazz World"),
            (&mobile, "示例移动"),
            (&mobile, "Go"),
            (&mobile, "One"),
            (&jazz, "One"),
        ];
        let mut found = Vec::new();
        CarrierNames::new(names.into_iter()).each(text, &zong, |id, at, is_word| {
            found.push(format!("{id}{} {}", if is_word { "" } else { "~" }, &text[at]));
        });
        found.join(", ")
    }

    #[test]
    fn a_name_is_a_word() {
        for (text, named) in [
            ("拨打Jazz客服", "jazz Jazz"),
            ("A Jazz SIM, a Zong SIM", "jazz Jazz, zong Zong"),
            ("Zong's, (Jazz)", "zong Zong, jazz Jazz"),
            ("JazzCash", "jazz~ Jazz"),
            ("اجازت، جازکیش", "jazz~ جاز"),
            ("جاز کی سم", "jazz جاز"),
            ("3Jazz AJazz jazz", ""),
            ("Jazz World", "zong Jazz World"),
            ("Jazz Worldwide", "jazz Jazz"),
            ("Jaz", ""),
            ("打示例移动的电话", "mobile 示例移动"),
            ("Go, One", ""),
        ] {
            assert_eq!(told(text), named, "{text}");
        }
    }

    #[test]
    fn what_is_no_word_names_nobody() {
        for (text, named) in [
            ("`Jazz` and ``a ` Jazz`` Zong", "zong Zong"),
            ("```\nJazz\n\nJazz\n```\nZong", "zong Zong"),
            ("[Zong](../Jazz.md) Jazz", "zong Zong, jazz Jazz"),
            ("{{ jazz.Jazz }} {{ carrier }}", "zong {{ carrier }}"),
            ("Words {#Jazz when=Jazz}", ""),
            ("https://jazz.com.pk/Jazz，Zong", "zong Zong"),
            ("`Zong\n\n`Jazz`", "zong Zong"),
            ("{Jazz\nZong", "zong Zong"),
        ] {
            assert_eq!(told(text), named, "{text}");
        }
    }
}
