//! The Urdu font of the default theme: it has every letter the Urdu pages use, is small, and comes with its licence.
//! That `tests/font/characters.txt` tells the truth about it is checked in tests/browser/fonts.test.mjs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rahnuma::script::is_arabic;

/// What a reader's connection may spend on letters (reader.md, FO-1).
const MOST: u64 = 105_000;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn fonts() -> PathBuf {
    root().join("themes/default/assets/fonts")
}

/// What the font can show.
fn characters() -> BTreeSet<char> {
    let text = fs::read_to_string(root().join("tests/font/characters.txt")).unwrap();
    let codes = text.lines().filter_map(|line| line.strip_prefix("U+")?.split(' ').next());
    codes.map(|code| char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap()).collect()
}

/// A character that is set in the Urdu face, or would be if the face had it.
fn is_urdu(c: char) -> bool {
    is_arabic(c) || matches!(c, '\u{200C}' | '\u{200D}')
}

/// Fails with every character the font lacks, and where it stands first.
fn assert_covered<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) {
    let known = characters();
    let mut missing: BTreeMap<char, &str> = BTreeMap::new();
    let mut seen = 0;
    for (place, text) in texts {
        for c in text.chars().filter(|&c| is_urdu(c)) {
            seen += 1;
            if !known.contains(&c) {
                missing.entry(c).or_insert(place);
            }
        }
    }
    let lines: Vec<_> = missing.iter().map(|(c, place)| format!("U+{:04X} {c} in {place}", u32::from(*c))).collect();
    assert!(lines.is_empty(), "letters the Urdu font lacks; add them to tests/font/subset and run it: {lines:#?}");
    assert!(seen > 1000, "only {seen} letters looked at");
}

#[test]
fn the_font_has_every_letter_of_the_urdu_pages() {
    // What is wrong with the pages otherwise is for other tests to say: the day decides some of it, no letter.
    let compiled = crate::common::compiled(root());
    let paths: Vec<_> = compiled.routes().map(|(path, _)| path.clone()).collect();
    let urdu = paths.iter().filter(|path| path.as_str().starts_with("ur/") && path.as_str().ends_with(".html"));
    let pages: Vec<_> = urdu.map(|path| (path.as_str(), compiled.html(path).unwrap())).collect();
    assert!(pages.len() > 10);
    assert_covered(pages.iter().map(|(path, html)| (*path, html.as_str())));
}

/// Strings that no page shows today, and those a script takes its words from.
#[test]
fn the_font_has_every_letter_of_the_urdu_strings() {
    let names = ["themes/default/strings/ur.yaml", "themes/sim/strings/ur.yaml"];
    let texts = names.map(|name| fs::read_to_string(root().join(name)).unwrap());
    assert_covered(names.into_iter().zip(texts.iter().map(String::as_str)));
}

#[test]
fn a_letter_the_font_lacks_is_found() {
    let lacking = std::panic::catch_unwind(|| assert_covered([("a page", "اردو ٱ")]));
    let message = *lacking.unwrap_err().downcast::<String>().unwrap();
    assert!(message.contains("U+0671") && message.contains("a page"), "{message}");
}

#[test]
fn the_font_is_small_and_there_is_one() {
    let files: BTreeMap<_, _> = fs::read_dir(fonts())
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.metadata().unwrap().len()))
        .collect();
    assert_eq!(files.keys().collect::<Vec<_>>(), ["OFL.txt", "nastaliq-ur.woff2"]);
    let size = files["nastaliq-ur.woff2"];
    assert!(size <= MOST, "{size} bytes, {MOST} at most");
    assert_eq!(&fs::read(fonts().join("nastaliq-ur.woff2")).unwrap()[..4], b"wOF2");
}

#[test]
fn the_licence_is_published_beside_the_font() {
    let text = fs::read_to_string(fonts().join("OFL.txt")).unwrap();
    assert!(text.starts_with("Copyright") && text.contains("SIL Open Font License, Version 1.1"));
    let starter = crate::common::starter();
    let compiled = crate::common::compiled(starter.path());
    let names: Vec<_> = compiled.routes().map(|(path, _)| path.as_str().to_owned()).collect();
    for (begin, end) in [("assets/fonts/nastaliq-ur.", ".woff2"), ("assets/fonts/OFL.", ".txt")] {
        assert!(names.iter().any(|name| name.starts_with(begin) && name.ends_with(end)), "{names:?}");
    }
}

/// A page pays for the font only where its language needs it, and asks for it before it knows that it needs it.
#[test]
fn urdu_pages_alone_ask_for_the_font() {
    let starter = crate::common::starter();
    let compiled = crate::common::compiled(starter.path());
    let paths: Vec<_> = compiled.routes().map(|(path, _)| path.clone()).collect();
    for path in paths.iter().filter(|path| path.as_str().ends_with(".html")) {
        let html = compiled.html(path).unwrap();
        let asks = html.matches("nastaliq-ur.").count();
        assert_eq!(asks, usize::from(path.as_str().starts_with("ur/")), "{}", path.as_str());
        let preloads = html.contains("rel=\"preload\"") && html.contains("crossorigin");
        assert_eq!(asks == 1, preloads, "{}", path.as_str());
    }
}
