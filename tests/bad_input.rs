//! Bad input gives a diagnostic or correct output: never a panic, a hang, or a half-written site. Input changed at random is
//! in `properties.rs`.

use std::fs;
use std::path::Path;

use crate::common::{short, starter, write};

/// One file of every kind an editor writes.
const KINDS: &[&str] = &[
    "content/site.yaml",
    "content/situations.yaml",
    "content/glossary.yaml",
    "content/policies/sources.yaml",
    "content/policies/national.yaml",
    "content/policies/example.yaml",
    "content/guides/example/close-sim.en.md",
    "content/guides/example/close-sim.card.yaml",
    "content/fragments/before-you-start.en.md",
    "content/pages/about.en.md",
    "themes/default/strings/en.yaml",
    "themes/default/templates/guide.html",
    "themes/default/assets/site.css",
];

/// Whether the file may stand empty without harm.
fn may_be_empty(kind: &str) -> bool {
    kind.ends_with(".css") || kind.contains("/fragments/")
}

fn whole(root: &Path, kind: &str) -> Vec<u8> {
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join(kind);
    let standard: &[u8] = if kind.ends_with("card.yaml") {
        b"- text: {zh: \xE5\xA5\xBD, en: Good, ur: \xD8\xAC\xDB\x8C}\n"
    } else {
        b"- preferred: {zh: \xE5\xA5\xBD, en: Good, ur: \xD8\xAC\xDB\x8C}\n"
    };
    fs::read(root.join(kind))
        .or_else(|_| fs::read(built_in))
        .ok()
        .filter(|_| !kind.ends_with("glossary.yaml"))
        .unwrap_or_else(|| standard.to_vec())
}

/// What is found when one file of the starter is changed in a way.
fn with(kind: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) -> String {
    let site = starter();
    let bytes = change(whole(site.path(), kind));
    write(site.path(), kind, bytes);
    short(site.path())
}

fn errors(found: &str) -> usize {
    found.lines().filter(|line| line.contains(": error[")).count()
}

#[test]
fn empty() {
    for kind in KINDS {
        let found = with(kind, |_| Vec::new());
        assert!(may_be_empty(kind) || errors(&found) > 0, "{kind}: {found}");
    }
}

#[test]
fn truncated_anywhere() {
    for kind in KINDS {
        let length = whole(starter().path(), kind).len();
        for part in 1..12 {
            // Whatever is found, it is found in time and without a panic.
            with(kind, |mut bytes| {
                bytes.truncate(length * part / 12);
                bytes
            });
        }
    }
}

#[test]
fn not_utf8() {
    for kind in KINDS {
        let found = with(kind, |mut bytes| {
            bytes.extend([0xC3, 0x28, b'\n']);
            bytes
        });
        assert!(found.contains("error[not-utf8]"), "{kind}: {found}");
    }
}

#[test]
fn nul_characters() {
    for kind in KINDS {
        let found = with(kind, |mut bytes| {
            bytes.push(0);
            bytes
        });
        assert!(found.contains("error[nul-character]"), "{kind}: {found}");
    }
}

#[test]
fn byte_order_mark_and_windows_line_ends_change_nothing() {
    for kind in KINDS {
        let found = with(kind, |bytes| {
            let text = String::from_utf8(bytes).unwrap().replace('\n', "\r\n");
            [b"\xEF\xBB\xBF", text.as_bytes()].concat()
        });
        assert_eq!(found, "", "{kind}");
    }
}

#[test]
fn places_are_right_behind_a_byte_order_mark() {
    let found =
        with("content/policies/example.yaml", |bytes| [b"\xEF\xBB\xBFnonsense: 1\r\n", bytes.as_slice()].concat());
    assert!(found.starts_with("content/policies/example.yaml:1:1: error[unknown-key]"), "{found}");
}

#[test]
fn the_caret_is_right_behind_a_byte_order_mark() {
    let site = starter();
    let file = "content/policies/example.yaml";
    write(site.path(), file, [b"\xEF\xBB\xBFnonsense: 1\n", whole(site.path(), file).as_slice()].concat());
    let found = crate::common::findings(site.path());
    assert!(found.contains("example.yaml:1:1\n") && found.contains("\n1 | nonsense: 1\n  | ^^^^^^^^\n"), "{found}");
}

#[test]
fn ten_megabytes() {
    // Lists of the whole site may be larger.
    let is_list = |kind: &str| kind.contains("/policies/") || kind.ends_with("glossary.yaml");
    for kind in KINDS.iter().filter(|kind| !is_list(kind) && !kind.ends_with("situations.yaml")) {
        let found = with(kind, |_| b"a: b\n".repeat(2 * 1024 * 1024));
        assert!(found.contains("error[file-too-large]"), "{kind}: {found}");
    }
}

#[test]
fn the_list_of_published_ids_grows_with_the_site() {
    let site = starter();
    let ids = "  one: live\n  two: {changed: 2026-01-02}\n  three: {retired: 2026-01-02}\n";
    let guides: Vec<String> = (0..15_000).map(|n| format!("general/guide-{n}:\n{ids}")).collect();
    assert!(guides.concat().len() > 1024 * 1024);
    write(site.path(), "content/published.yaml", guides.concat());
    let compiled = crate::common::compiled(site.path());
    let dropped = compiled.diagnostics.iter().filter(|it| it.code.name() == "dropped-id").count();
    assert!(dropped >= 15_000, "it was read, and its guides are missing: {dropped}");
    assert!(!compiled.diagnostics.iter().any(|it| it.code.name() == "file-too-large"));
}

/// A large text takes its time in proportion: a quadratic step would not come to an end here.
#[test]
fn a_lot_of_everything() {
    let sizes = |line: &dyn Fn(usize) -> String| {
        (0..)
            .map(line)
            .take_while({
                let mut bytes = 0;
                move |line| {
                    bytes += line.len();
                    bytes < 300_000
                }
            })
            .collect::<String>()
    };
    let front = "---\ntitle: a\nsummary: b\n---\n";
    let guide = "content/guides/example/big.en.md";
    let texts = [
        (guide, format!("{front}## S {{#s}}\n\n{}", sizes(&|at| format!("- [ ] Do {{#do-{at}}}\n")))),
        (guide, format!("{front}{}", sizes(&|at| format!("## S {{#s-{at}}}\n\n")))),
        (guide, format!("{front}## S {{#s}}\n\n{}", sizes(&|at| format!("a[^n{at}]\n\n[^n{at}]: b\n\n")))),
        (guide, format!("{front}## S {{#s}}\n\n{}", sizes(&|_| "a\nb ".to_owned()))),
        ("content/pages/big.zh.md", format!("{front}## S {{#s}}\n\n{}", sizes(&|_| "\u{4E2D},\u{6587}".to_owned()))),
        (guide, format!("{front}## S {{#s}}\n\n{}", sizes(&|at| format!("[name-{at}]: https://example.org/{at}\n")))),
        (guide, format!("{front}## S {{#s}}\n\n{}", sizes(&|_| "{{ ".to_owned()))),
        ("content/policies/example.yaml", sizes(&|at| format!("key-{at}: 1\n"))),
    ];
    for (file, text) in texts {
        let site = starter();
        write(site.path(), file, text);
        short(site.path());
    }
}

#[test]
fn a_long_line_is_shown_around_each_place() {
    let site = starter();
    let text = format!("---\ntitle: Apple\nsummary: Pear\n---\n\n{}\n", "保号卡 {{ nope }} ".repeat(2000));
    write(site.path(), "content/pages/long.en.md", text);
    let compiled = crate::common::compiled(site.path());
    let shown = |format| rahnuma::diag::emit::render(&compiled.diagnostics, &compiled.tree, format);
    let human = shown(rahnuma::diag::emit::Format::Human { colour: false });
    assert!(human.contains("content/pages/long.en.md:6:15005"), "the column is that of the file");
    let most = human.split("\n\n").map(str::len).max().unwrap();
    assert!(most < 1500, "one finding takes {most} bytes");
    assert!(human.lines().any(|line| line.contains("…") && line.contains("保号卡 {{ nope }} 保号卡")), "both sides");
    let coloured = shown(rahnuma::diag::emit::Format::Human { colour: true });
    assert!(coloured.contains("long.en.md:6:15005"), "in colour as well");
    let json = shown(rahnuma::diag::emit::Format::Json);
    assert!(json.contains("\"column\":15005,\"line\":6"), "{}", json.lines().next().unwrap());
}

#[test]
fn thousands_of_unknown_names_get_suggestions_for_the_first() {
    let front = "---\ntitle: Apple\nsummary: Pear\n---\n\nPear.\n\n## Step {#s}\n\n";
    let items = (0..6000).map(|n| format!("- [ ] Do {{#do-{n} requires=no-{n}}}\n")).collect::<Vec<_>>().concat();
    let anchors = (0..6000).map(|n| format!("### H {{#h-{n}}}\n\n[x](#q-{n})\n\n")).collect::<Vec<_>>().concat();
    for (body, code) in [(items, "unknown-requirement"), (anchors, "broken-anchor")] {
        let site = starter();
        write(site.path(), "content/guides/example/big.en.md", format!("{front}{body}"));
        let found = crate::common::compiled(site.path()).diagnostics;
        let helped: Vec<_> = found.iter().filter(|it| it.code.name() == code).map(|it| it.help.concat()).collect();
        assert_eq!(helped.len(), 6000, "{code}");
        assert!(helped.iter().all(|help| !help.is_empty()), "each says what is known, or why nothing is: {code}");
        let near = helped.iter().filter(|help| help.contains("did you mean")).count();
        assert!((150..=200).contains(&near), "{code}: {near}");
    }
}

#[test]
fn deep_nesting() {
    let deep = |open: &'static str| move |_: Vec<u8>| open.repeat(100_000).into_bytes();
    for kind in KINDS.iter().filter(|kind| kind.ends_with(".yaml")) {
        assert!(errors(&with(kind, deep("["))) > 0, "{kind}");
        assert!(errors(&with(kind, deep("{a: "))) > 0, "{kind}");
        assert!(errors(&with(kind, deep("- "))) > 0, "{kind}");
    }
    for kind in KINDS.iter().filter(|kind| kind.ends_with(".md")) {
        for open in ["> ", "- ", "1. ", "*a _b ", "[", "![", "**a ", "`", "|", "{{ ", "{#a ", "- [ ] a {#a}\n  "] {
            with(kind, |mut bytes| {
                bytes.extend(open.repeat(50_000).as_bytes());
                bytes
            });
        }
        let found = with(kind, |mut bytes| {
            bytes.extend(b"\n\n");
            bytes.extend(b"> ".repeat(400));
            bytes.extend(b"deep\n");
            bytes
        });
        assert!(found.contains("error[nested-too-deep]"), "{kind}: {found}");
    }
}

#[test]
fn anchors_that_would_explode() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let last = format!("*a{}, ", level - 1).repeat(9);
        text.push_str(&format!("a{level}: &a{level} [{}]\n", last.trim_end_matches(", ")));
    }
    for kind in KINDS.iter().filter(|kind| kind.ends_with(".yaml")) {
        assert!(with(kind, |_| text.clone().into_bytes()).contains("error[yaml-anchor]"), "{kind}");
    }
}

#[test]
fn odd_names() {
    for name in [
        "content/guides/example/close sim.en.md",
        "content/pages/رہنما.ur.md",
        "content/pages/指南.zh.md",
        "content/fragments/A.en.md",
    ] {
        let site = starter();
        write(site.path(), name, "---\ntitle: a\nsummary: b\n---\n\nc\n");
        let found = short(site.path());
        assert!(found.contains("error[bad-file-name]") && found.contains(name), "{found}");
    }
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let site = starter();
    fs::write(site.path().join("content/pages").join(std::ffi::OsStr::from_bytes(b"\xFF.en.md")), "x").unwrap();
    assert!(short(site.path()).contains("error[bad-file-name]"));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_back_up() {
    let site = starter();
    std::os::unix::fs::symlink(site.path().join("content"), site.path().join("content/guides/loop")).unwrap();
    let found = short(site.path());
    assert!(found.contains("error[unreadable-file]") && found.contains("leads back"), "{found}");
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing() {
    let site = starter();
    std::os::unix::fs::symlink("nowhere", site.path().join("content/pages/lost.en.md")).unwrap();
    assert!(short(site.path()).contains("error[unreadable-file]"));
}

#[test]
fn a_folder_where_a_file_belongs() {
    let site = starter();
    fs::remove_file(site.path().join("content/site.yaml")).unwrap();
    fs::create_dir(site.path().join("content/site.yaml")).unwrap();
    assert!(short(site.path()).contains("error[missing-file]"));
}

#[test]
fn a_locale_is_not_called_like_a_folder_of_the_site() {
    let site = starter();
    let compiled = crate::common::compiled(site.path());
    let folders: std::collections::BTreeSet<String> =
        compiled.routes().filter_map(|(path, _)| Some(path.as_str().split_once('/')?.0.to_owned())).collect();
    let text = fs::read_to_string(site.path().join("content/site.yaml")).unwrap();
    for folder in folders.iter().filter(|folder| !["zh", "en", "ur"].contains(&folder.as_str())) {
        write(site.path(), "content/site.yaml", text.replace("{id: ur,", &format!("{{id: {folder},")));
        let found = short(site.path());
        assert!(found.contains(&format!("a locale cannot be called `{folder}`")), "{folder}: {found}");
    }
    assert!(folders.len() > 4, "{folders:?}");
}
