//! Claims of this repository's own site: when facts change, every sentence that was written for their old answers is told, at its place,
//! in every locale; and none other.

use std::collections::BTreeSet;
use std::path::Path;

use rahnuma::compile::{Options, compile};
use rahnuma::diag::{Code, Diagnostic};
use rahnuma::edge::disk;
use rahnuma::source::path::SourcePath;
use rahnuma::source::tree::SourceTree;

fn own_site() -> SourceTree {
    let (tree, unread) = disk::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(unread.is_empty(), "{unread:?}");
    tree
}

fn stale(tree: &SourceTree) -> Vec<Diagnostic> {
    let compiled = compile(tree, &Options { as_of: jiff::civil::date(2026, 11, 26), ..Options::default() });
    compiled.diagnostics.into_iter().filter(|found| found.code == Code::StaleClaim).collect()
}

fn text(tree: &SourceTree, file: &SourcePath) -> String {
    String::from_utf8(tree.get(file).unwrap().to_vec()).unwrap()
}

/// A policy file in which every answer is another one, and the facts for which that could be done.
fn changed(owner: &str, policy: &str) -> (String, BTreeSet<String>) {
    let (mut out, mut facts) = (String::new(), BTreeSet::new());
    let (mut fact, mut kind) = ("", "");
    for line in policy.lines() {
        if let Some(id) = line.strip_prefix("  - id: ") {
            (fact, kind) = (id.trim(), "");
        }
        kind = line.trim().strip_prefix("kind: ").unwrap_or(kind);
        let renamed =
            line.strip_prefix("      - id: ").map(|id| format!("      - id: not-{}", &id[..id.len().min(30)]));
        let other = match line.trim_start().trim_start_matches("- ") {
            "value: unknown" if kind == "yes-no-depends" => Some("{answer: yes}"),
            "value: unknown" if kind == "text" => Some("{zh: 甲, en: A, ur: ا}"),
            _ => None,
        };
        let new = renamed.or_else(|| Some(line.replace("unknown", other?))).or_else(|| {
            let answers =
                [("answer: yes", "answer: no"), ("answer: no", "answer: yes"), ("answer: depends", "answer: no")];
            let (from, to) = answers.iter().find(|(from, _)| line.contains(from))?;
            Some(line.replace(from, to))
        });
        if new.is_some() {
            facts.insert(format!("{owner}.{fact}"));
        }
        out.push_str(new.as_deref().unwrap_or(line));
        out.push('\n');
    }
    (out, facts)
}

/// Every claim on one of the facts, by file and line; a name without an owner is the carrier's whose guide it is.
fn claims(tree: &SourceTree, facts: &BTreeSet<String>) -> BTreeSet<(String, usize)> {
    let mut found = BTreeSet::new();
    let holds_words = |file: &&SourcePath| {
        file.as_str().starts_with("content/") && (file.as_str().ends_with(".md") || file.name() == "situations.yaml")
    };
    for file in tree.paths().filter(holds_words) {
        let section = file.as_str().strip_prefix("content/guides/").and_then(|rest| rest.split('/').next());
        for (line, words) in text(tree, file).lines().enumerate() {
            for braces in words.split("]{").skip(1) {
                let Some(name) = braces.split(['}', ' ']).find_map(|word| word.strip_prefix("fact=")) else { continue };
                let full =
                    if name.contains('.') { name.to_owned() } else { format!("{}.{name}", section.unwrap_or("?")) };
                // Where sources disagree, they still do when each says something else.
                if facts.contains(&full) && !braces.contains("is=conflict") {
                    found.insert((file.to_string(), line));
                }
            }
        }
    }
    found
}

#[test]
fn every_sentence_that_rests_on_a_changed_fact_is_told_and_no_other() {
    let mut tree = own_site();
    assert_eq!(stale(&tree), [], "the site says what its facts say");
    let policies: Vec<SourcePath> = tree.below("content/policies/").cloned().collect();
    let mut facts = BTreeSet::new();
    for file in policies {
        let owner = file.name().trim_end_matches(".yaml").to_owned();
        let (policy, changed) = changed(&owner, &text(&tree, &file));
        facts.extend(changed);
        tree.insert(file, policy.into_bytes());
    }
    // What was translated says that only names changed, which is told once.
    tree.insert(SourcePath::new("content/translated.yaml").unwrap(), b"{}\n".to_vec());
    let expected = claims(&tree, &facts);
    assert!(facts.len() > 50 && expected.len() > 300, "{} facts, {} places", facts.len(), expected.len());
    let line_of = |found: &Diagnostic| {
        let place = found.primary.place;
        let file = tree.path(place.file);
        (file.to_string(), text(&tree, file)[..place.range().start].matches('\n').count())
    };
    let told: BTreeSet<(String, usize)> = stale(&tree).iter().map(line_of).collect();
    let missing: Vec<_> = expected.difference(&told).collect();
    assert!(missing.is_empty(), "not told: {missing:?}");
    // A short name in a fragment is a fact of each carrier that includes it, so those are not counted above.
    let extra: Vec<_> = told.difference(&expected).filter(|(file, _)| !file.contains("/fragments/")).collect();
    assert!(extra.is_empty(), "told without a reason: {extra:?}");
}
