//! What holds for every input: sites changed at random are compiled, and whatever is found, it is found in its place, without a
//! panic, and the same whichever way the work is divided.
//!
//! The inputs are the same in every run. `PROPTEST_CASES=20000 PROPTEST_RNG_SEED=7 cargo test properties` looks at others.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;
use rahnuma::compile::{Compiled, Options, compile};
use rahnuma::diag::Span;
use rahnuma::diag::emit::{Format, render};
use rahnuma::source::path::SourcePath;
use rahnuma::source::tree::SourceTree;

/// As many inputs as the environment says, else `cases`; chosen by the same numbers in every run unless it says otherwise.
fn config(cases: u32) -> ProptestConfig {
    let said = |name| std::env::var_os(name).is_some();
    let standard = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    ProptestConfig {
        cases: if said("PROPTEST_CASES") { standard.cases } else { cases },
        rng_seed: if said("PROPTEST_RNG_SEED") { standard.rng_seed } else { RngSeed::Fixed(20_261_122) },
        ..standard
    }
}

/// A site with every kind of file that editors and makers of themes write, and most of what Markdown can say.
static SITE: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    for folder in ["src/source/starter", "tests/sites/markdown/site"] {
        let (tree, unread) = rahnuma::edge::disk::read(&root.join(folder));
        assert!(unread.is_empty());
        files.extend(tree.paths().map(|path| (path.as_str().to_owned(), tree.get(path).unwrap().to_vec())));
    }
    for file in
        ["strings/ur.yaml", "templates/guide.html", "templates/checklist.html", "assets/site.css", "assets/site.js"]
    {
        let name = format!("themes/default/{file}");
        let bytes = std::fs::read(root.join(&name)).unwrap();
        files.insert(name, bytes);
    }
    for (name, text) in [
        ("content/glossary.yaml", "- preferred: {zh: 注销, en: closure, ur: بندش}\n  forbidden: {en: [termination]}\n"),
        ("content/guides/example/close-sim.card.yaml", "- when: [wallet]\n  text: {zh: 好, en: Good, ur: جی}\n"),
    ] {
        files.insert(name.to_owned(), text.as_bytes().to_vec());
    }
    files.into_iter().collect()
});

/// Pieces that mean something to one of the parsers.
const SCRAPS: &[&str] = &[
    "{{",
    "}}",
    "{{ helpline }}",
    "{{ include before-you-start }}",
    "{#",
    "}",
    "{#a when=wallet}",
    "**",
    "*",
    "_",
    "`",
    "~~",
    "\n",
    "\n\n",
    "\r\n",
    "    ",
    "\t",
    "- ",
    "- [ ] ",
    "1. ",
    "#",
    "## ",
    "### ",
    "> ",
    "> [!NOTE]\n> ",
    "---\n",
    "---",
    "***",
    ": ",
    ":",
    "- id: a\n",
    "[",
    "](",
    "]",
    "[^a]",
    "[^a]: ",
    "](#a)",
    "](https://example.org)",
    "![",
    "|",
    "| --- |\n",
    "&a ",
    "*a",
    "&amp;",
    "&#0;",
    "!!str ",
    "? ",
    "|\n",
    ">-\n",
    "\u{202E}",
    "\u{FEFF}",
    "\u{200B}",
    "\u{FFFE}",
    "中",
    "，",
    "ک",
    "۔",
    "é",
    "\u{1F600}",
    "<b>",
    "<!--",
    "-->",
    "{%",
    "%}",
    "{% endif %}",
    "{# ",
    "#}",
    "{{ page.title",
    "url(",
    "@import ",
    "/*",
    "calc(",
    "0",
    "99999999999999999999",
    "2026-02-30",
    "\"",
    "'",
    "\\",
    "\0",
    "%",
    "=",
    ",",
    "true",
    "null",
    "~",
];

/// A change that a slip of the hand, a bad copy or a bad merge makes.
#[derive(Debug, Clone)]
enum Change {
    Insert(&'static str),
    Bytes(Vec<u8>),
    Remove(usize),
    Cut,
    Twice(usize),
    Swap(Index),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        8 => select(SCRAPS).prop_map(Change::Insert),
        1 => prop::collection::vec(any::<u8>(), 1..4).prop_map(Change::Bytes),
        4 => (1usize..60).prop_map(Change::Remove),
        1 => Just(Change::Cut),
        1 => (1usize..200).prop_map(Change::Twice),
        2 => any::<Index>().prop_map(Change::Swap),
    ]
}

/// Changes, each at a place of a file.
type Edits = Vec<(Index, Index, Change)>;

fn edits(most: usize) -> impl Strategy<Value = Edits> {
    prop::collection::vec((any::<Index>(), any::<Index>(), change()), 0..=most)
}

fn border(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] & 0xC0 == 0x80 {
        at += 1;
    }
    at
}

fn apply(change: &Change, bytes: &mut Vec<u8>, at: Index) {
    let raw = at.index(bytes.len() + 1);
    let at = border(bytes, raw);
    let end = |length: usize| border(bytes, (at + length).min(bytes.len()));
    match change {
        Change::Insert(scrap) => drop(bytes.splice(at..at, scrap.bytes())),
        Change::Bytes(odd) => drop(bytes.splice(raw..raw, odd.iter().copied())),
        Change::Remove(length) => drop(bytes.drain(at..end(*length))),
        Change::Cut => bytes.truncate(at),
        Change::Twice(length) => {
            let part = bytes[at..end(*length)].to_vec();
            bytes.splice(at..at, part);
        }
        Change::Swap(other) => {
            let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
            if !lines.is_empty() {
                let (one, other) = (bytes[..at].split(|byte| *byte == b'\n').count() - 1, other.index(lines.len()));
                let one = one.min(lines.len() - 1);
                lines.swap(one, other);
            }
            *bytes = lines.concat();
        }
    }
}

/// The site with its changes, as files in order.
fn changed(edits: &Edits) -> Vec<(SourcePath, Vec<u8>)> {
    let mut files = SITE.clone();
    for (file, at, change) in edits {
        apply(change, &mut file.get_mut(&mut files).1, *at);
    }
    files.into_iter().map(|(name, bytes)| (SourcePath::new(&name).unwrap(), bytes)).collect()
}

fn compiled(files: Vec<(SourcePath, Vec<u8>)>) -> Compiled {
    let tree: SourceTree = files.into_iter().collect();
    compile(&tree, &Options { as_of: crate::common::TODAY, ..Options::default() })
}

/// Why a place cannot be shown: outside of its file, or within a character.
fn misplaced(place: Span, tree: &SourceTree) -> Option<String> {
    let range = place.range();
    let Some(bytes) = tree.get(tree.path(place.file)) else {
        return (!range.is_empty()).then(|| format!("{place:?}: there is no such file"));
    };
    let inside = |at: usize| std::str::from_utf8(&bytes).map_or(at <= bytes.len(), |text| text.is_char_boundary(at));
    let fits = range.start <= range.end && inside(range.start) && inside(range.end);
    (!fits).then(|| format!("{place:?} in {} bytes", bytes.len()))
}

/// Everything a compile gives: what was found, and every file made.
fn result(compiled: &Compiled) -> (String, BTreeMap<String, Vec<u8>>) {
    let files = crate::common::Files::default();
    let _ = rahnuma::output::make(compiled, &files);
    (render(&compiled.diagnostics, &compiled.tree, Format::Short), files.taken())
}

#[test]
fn the_site_itself_has_nothing_wrong() {
    let compiled = compiled(changed(&Vec::new()));
    let found = render(&compiled.diagnostics, &compiled.tree, Format::Short);
    assert!(!compiled.has_errors(), "{found}");
    assert!(compiled.routes().count() > 30);
}

/// Two carriers with facts and guides of other names, and every slip in naming them: what is suggested is of the owner that was named.
#[test]
fn suggestions_stay_with_the_owner_that_is_named() {
    let mut files: BTreeMap<String, Vec<u8>> = SITE.iter().cloned().collect();
    let text = |files: &BTreeMap<String, Vec<u8>>, name: &str| String::from_utf8(files[name].clone()).unwrap();
    let policy = text(&files, "content/policies/example.yaml");
    files.insert(
        "content/policies/other.yaml".into(),
        policy.replace("closing-fee", "unlock-fee").replace("our-notes", "othr-notes").into(),
    );
    let guide = text(&files, "content/guides/example/close-sim.en.md");
    files.insert("content/guides/other/unlock-sim.en.md".into(), guide.replace("closing-fee", "unlock-fee").into());
    let sources = text(&files, "content/policies/sources.yaml");
    files.insert(
        "content/policies/sources.yaml".into(),
        format!("{sources}{}", sources.replace("our-notes", "other-notes")).into(),
    );
    let mut named = String::new();
    for owner in ["example.", "other.", "exampel.", "national.", "nobody.", ""] {
        for fact in ["closing-fee", "closing-fe", "unlock-fee", "unlck-fee", "service-pont", "closing-tim", "papers"] {
            named.push_str(&format!("\n{{{{ {owner}{fact} }}}}\n"));
        }
    }
    for folder in ["example", "other", "general", "exampel"] {
        for file in ["close-sim", "close-smi", "unlock-sim", "unlck-sim"] {
            named.push_str(&format!("\n[words](../{folder}/{file}.md)\n"));
        }
    }
    named.push_str("\n[words](unlock-sim.md)\n");
    files.insert("content/guides/example/close-sim.en.md".into(), format!("{guide}{named}").into());
    let compiled = compiled(files.into_iter().map(|(name, bytes)| (SourcePath::new(&name).unwrap(), bytes)).collect());
    let mut suggested = 0;
    for found in &compiled.diagnostics {
        let place = found.primary.place;
        let bytes = compiled.tree.get(compiled.tree.path(place.file)).unwrap();
        let typed = String::from_utf8_lossy(&bytes[place.range()]).into_owned();
        for help in found.help.iter().filter_map(|help| help.strip_prefix("did you mean ")) {
            suggested += 1;
            let owner = |text: &str| {
                let text =
                    text.split("](").last().unwrap().trim_matches(['`', '{', '}', ' ', '?', ')']).replace("../", "");
                match text.split_once(['.', '/']) {
                    Some((owner, _)) if ["example", "other", "national", "general"].contains(&owner) => {
                        owner.to_owned()
                    }
                    _ => "example".to_owned(),
                }
            };
            assert_eq!(owner(help), owner(&typed), "{typed} -> {help}");
        }
    }
    assert!(suggested > 8, "{suggested}");
    let short = render(&compiled.diagnostics, &compiled.tree, Format::Short);
    assert!(short.contains("there is no source `othr-notes`"), "{short}");
}

proptest! {
    #![proptest_config(config(100))]

    /// Several files are changed at once: each is read on its own, so that one input looks at many.
    #[test]
    fn bad_input_is_told_in_its_place(edits in edits(10)) {
        let mut compiled = compiled(changed(&edits));
        let failed = rahnuma::output::findings(&compiled);
        compiled.add(failed);
        for diagnostic in &compiled.diagnostics {
            for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.related) {
                let wrong = misplaced(label.place, &compiled.tree);
                prop_assert!(wrong.is_none(), "{}: {}", diagnostic.code.name(), wrong.unwrap_or_default());
            }
            prop_assert!(!diagnostic.headline.contains('\n'), "{}", diagnostic.headline);
        }
        // Every format finds its way through what was found.
        let human = render(&compiled.diagnostics, &compiled.tree, Format::Human { colour: false });
        prop_assert!(!human.contains('\x1B'));
        let lines = render(&compiled.diagnostics, &compiled.tree, Format::Short);
        prop_assert!(lines.lines().count() >= compiled.diagnostics.len());
    }
}

proptest! {
    #![proptest_config(config(6))]

    /// Neither the order in which files come nor the number of threads shows.
    #[test]
    fn the_way_the_work_is_divided_does_not_show(
        (edits, order) in edits(1).prop_flat_map(|edits| {
            let files = changed(&edits);
            (Just(edits), Just(files).prop_shuffle())
        }),
    ) {
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let many = rayon::ThreadPoolBuilder::new().num_threads(7).build().unwrap();
        let first = alone.install(|| result(&compiled(changed(&edits))));
        let second = many.install(|| result(&compiled(order)));
        prop_assert_eq!(&first.0, &second.0);
        prop_assert!(first.1 == second.1, "files differ");
    }
}
