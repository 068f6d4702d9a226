//! Markdown is `CommonMark`, but where `tests/markdown/commonmark/deviations.txt` says why not: every example of the specification
//! gives its HTML, after what may differ without meaning is taken away.
//!
//! `UPDATE=1 cargo test commonmark` takes out of the list what agrees now. A new deviation is written by hand, with a reason.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rahnuma::diag::Diagnostics;
use rahnuma::model::body::{AlertKind, Body, Image, Prose, ReferenceKind, Resolved};
use rahnuma::model::fact::Fact;
use rahnuma::model::id::Id;
use rahnuma::model::locale::Direction;
use rahnuma::parse::{markdown, text::SourceText};
use rahnuma::render::html::{Notes, Surroundings, blocks};
use rahnuma::script::digits::{Digits, LATIN};
use rahnuma::source::path::SourcePath;
use rahnuma::source::tree::FileId;

/// One example: its section, Markdown, HTML.
struct Example {
    section: String,
    markdown: String,
    html: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/markdown/commonmark")
}

fn examples() -> Vec<Example> {
    let text = fs::read_to_string(folder().join("examples.json")).unwrap();
    let sections: Vec<(String, Vec<(String, String)>)> = serde_json::from_str(&text).unwrap();
    let in_section = |(section, pairs): (String, Vec<(String, String)>)| {
        pairs.into_iter().map(move |(markdown, html)| Example { section: section.clone(), markdown, html })
    };
    sections.into_iter().flat_map(in_section).collect()
}

/// Links and images lead where they say; nothing else is around.
struct Alone(Vec<String>);

impl Surroundings for Alone {
    fn direction(&self) -> Direction {
        Direction::Ltr
    }
    fn fact(&self, _: &Fact) -> Cow<'_, str> {
        Cow::Borrowed("")
    }
    fn claim(&self, _: &Fact, _: &str, words: &str) -> String {
        words.to_owned()
    }
    fn carrier(&self, _: &Id, _: Option<&str>) -> &'static str {
        ""
    }
    fn language(&self, _: &str) -> Option<(&str, Direction)> {
        None
    }
    fn address(&self, target: &Resolved) -> String {
        match target {
            Resolved::External(address) => address.to_string(),
            Resolved::Image(image) => self.0[image.file.as_str().parse::<usize>().unwrap()].clone(),
            _ => String::new(),
        }
    }
    fn alert(&self, kind: AlertKind) -> String {
        kind.name().to_owned()
    }
    fn former(&self, _: &Id) -> Vec<String> {
        Vec::new()
    }
    fn back(&self) -> String {
        String::new()
    }
    fn digits(&self) -> Digits {
        LATIN
    }
}

/// What Rahnuma makes of a text.
fn ours(text: &str) -> String {
    let body = markdown::read(
        SourceText { file: FileId::SITE, text, offset: 0 },
        Body::of(FileId::SITE),
        &mut Diagnostics::default(),
    );
    let names: Vec<String> = body.references.iter().map(|reference| reference.name.to_string()).collect();
    let resolved = body.references.iter().enumerate().map(|(at, reference)| match reference.kind {
        ReferenceKind::Link => Resolved::External((*reference.name).into()),
        ReferenceKind::Image => {
            Resolved::Image(Box::new(Image { file: SourcePath::new(&at.to_string()).unwrap(), size: (1, 1) }))
        }
        _ => Resolved::Broken,
    });
    let prose = Prose { resolved: resolved.collect(), body: Arc::new(body) };
    blocks(&prose.body.blocks, &prose, &Notes::of(&prose), &Alone(names))
}

/// What we add to every element of a kind: sizes of images, direction of code, what a browser may tell another site.
const ADDED: &[&str] = &["dir", "height", "loading", "rel", "width"];

/// Elements beside which white space says nothing.
const BLOCKS: &[&str] = &[
    "blockquote",
    "br",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// HTML without what may differ: white space beside blocks, the form of empty elements, the order of attributes, how characters
/// and addresses are encoded.
fn plain(html: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let (mut rest, mut literal) = (html, 0);
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '<' => rest.find('>').map_or(rest.len(), |at| at + 1),
            _ => rest.find('<').unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        if first == '<' {
            literal += usize::from(piece.starts_with("<pre"));
            literal -= usize::from(piece == "</pre>").min(literal);
            pieces.push(tag(piece));
        } else if literal > 0 {
            pieces.push(decoded(piece));
        } else {
            pieces.push(decoded(&piece.split_inclusive(char::is_whitespace).map(spaced).collect::<String>()));
        }
    }
    trimmed(&pieces)
}

fn spaced(word: &str) -> String {
    match word.trim_end() {
        "" => " ".to_owned(),
        trimmed if trimmed.len() < word.len() => format!("{trimmed} "),
        trimmed => trimmed.to_owned(),
    }
}

fn is_block(piece: Option<&String>) -> bool {
    piece.is_none_or(|piece| {
        let name = piece.trim_start_matches(['<', '/']).split([' ', '>']).next().unwrap();
        piece.starts_with('<') && BLOCKS.contains(&name)
    })
}

fn trimmed(pieces: &[String]) -> Vec<String> {
    let (mut out, mut literal) = (Vec::<String>::new(), false);
    for (at, piece) in pieces.iter().enumerate() {
        literal = (literal || piece.starts_with("<pre")) && piece != "</pre>";
        let shown = if piece.starts_with('<') || literal {
            piece.clone()
        } else {
            beside(piece, is_block(out.last()), is_block(pieces.get(at + 1)))
        };
        if !shown.is_empty() {
            out.push(shown);
        }
    }
    out
}

/// Text with single spaces, and with none beside a block.
fn beside(text: &str, after_block: bool, before_block: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let last = words.len() - 1;
    let kept =
        |(at, word): &(usize, &str)| !word.is_empty() || (*at == 0 && !after_block) || (*at == last && !before_block);
    words.iter().copied().enumerate().filter(kept).map(|(_, word)| word).collect::<Vec<_>>().join(" ")
}

fn decoded(text: &str) -> String {
    text.replace("&lt;", "\u{E000}").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// A tag with its attributes in order, with or without quotes, without those that are added to every one.
fn tag(piece: &str) -> String {
    let inside = piece.trim_start_matches('<').trim_end_matches('>').trim_end_matches(" /").trim();
    let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
    let mut attributes = BTreeMap::new();
    while !rest.trim_start().is_empty() {
        let (key, value, after) = attribute(rest.trim_start());
        rest = after;
        if !ADDED.contains(&key) {
            attributes.insert(key, percent_decoded(&decoded(value)));
        }
    }
    let attributes: Vec<String> = attributes.iter().map(|(key, value)| format!(" {key}=\"{value}\"")).collect();
    format!("<{name}{}>", attributes.concat())
}

/// The first attribute: its name, its value, what follows.
fn attribute(text: &str) -> (&str, &str, &str) {
    let (key, rest) = text.split_at(text.find(['=', ' ']).unwrap_or(text.len()));
    let Some(value) = rest.strip_prefix('=') else {
        return (key, "", rest);
    };
    let (value, after) = match value.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
        None => value.split_at(value.find(' ').unwrap_or(value.len())),
    };
    (key, value, after)
}

fn percent_decoded(address: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), address.as_bytes());
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|two| std::str::from_utf8(two).ok()).filter(|_| *first == b'%');
        match code.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => (bytes.push(byte), rest = &after[2..]),
            None => (bytes.push(*first), rest = after),
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Groups of numbers by reason.
fn deviations() -> Vec<(String, BTreeSet<usize>)> {
    let text = fs::read_to_string(folder().join("deviations.txt")).unwrap_or_default();
    let groups = text.split("\n\n").filter(|group| !group.trim().is_empty());
    groups
        .map(|group| {
            let (reason, numbers): (Vec<&str>, Vec<&str>) = group.lines().partition(|line| line.starts_with('#'));
            let numbers = numbers.iter().flat_map(|line| line.split_whitespace()).map(|number| number.parse().unwrap());
            (reason.join("\n"), numbers.collect())
        })
        .collect()
}

fn write_without(agreeing: &BTreeSet<usize>) {
    let groups = deviations().into_iter().map(|(reason, numbers)| {
        let left: Vec<String> = numbers.difference(agreeing).map(ToString::to_string).collect();
        let lines: Vec<String> = left.chunks(20).map(|line| line.join(" ")).collect();
        if left.is_empty() { String::new() } else { format!("{reason}\n{}\n", lines.join("\n")) }
    });
    let text: Vec<String> = groups.filter(|group| !group.is_empty()).collect();
    fs::write(folder().join("deviations.txt"), text.join("\n")).unwrap();
}

#[test]
fn every_example_agrees_or_says_why_not() {
    let listed: Vec<(String, BTreeSet<usize>)> = deviations();
    let known: BTreeSet<usize> = listed.iter().flat_map(|(_, numbers)| numbers.iter().copied()).collect();
    let (mut agreeing, mut unlisted) = (BTreeSet::new(), Vec::new());
    for (at, example) in examples().iter().enumerate() {
        let number = at + 1;
        let (found, wanted) = (plain(&ours(&example.markdown)), plain(&example.html));
        if found == wanted {
            agreeing.insert(number);
        } else if !known.contains(&number) {
            unlisted.push(format!(
                "{number} ({})\n{}\nis to be {}\nand is    {}\n",
                example.section,
                example.markdown,
                wanted.concat(),
                found.concat()
            ));
        }
    }
    let stale: BTreeSet<usize> = known.intersection(&agreeing).copied().collect();
    if std::env::var_os("UPDATE").is_some() {
        write_without(&agreeing);
    } else {
        assert!(stale.is_empty(), "these agree now; take them out of deviations.txt (UPDATE=1): {stale:?}");
    }
    assert!(unlisted.is_empty(), "{} examples differ:\n\n{}", unlisted.len(), unlisted.join("\n"));
    assert!(listed.iter().all(|(reason, numbers)| reason.len() > 10 && !numbers.is_empty()), "each group has a reason");
    assert!(agreeing.len() > 500, "{}", agreeing.len());
}
