//! How fast a site of 1,000 guide texts of 8 KB is compiled and rendered.
//!
//! `cargo bench`; one core with `RAYON_NUM_THREADS=1 cargo bench`.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests touch the disk and may panic")]

use std::fmt::Write;

use divan::Bencher;
use jiff::civil::date;
use rahnuma::compile::{Compiled, Options, compile};
use rahnuma::path::{SitePath, SourcePath};
use rahnuma::tree::SourceTree;
use rayon::prelude::*;

fn main() {
    divan::main();
}

/// The starter site and `guides` more guides, each in three locales and of about 8 KB.
fn tree(guides: usize) -> SourceTree {
    let (mut tree, unread) =
        rahnuma::edge::disk::read(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/starter")));
    assert!(unread.is_empty());
    for at in 0..guides {
        for (locale, words) in [("en", EN), ("ur", UR), ("zh", ZH)] {
            let path = SourcePath::new(&format!("content/guides/example/guide-{at}.{locale}.md")).unwrap();
            tree.insert(path, guide(at, words).into_bytes());
        }
    }
    tree
}

const EN: &str = "Ask which papers the counter wants and write the answer down before you travel there. ";
const UR: &str = "سفر سے پہلے پوچھ لیں کہ کاؤنٹر پر کون سے کاغذات درکار ہوں گے اور جواب لکھ لیں۔ ";
const ZH: &str = "出发前先问清柜台需要哪些材料，并把答复记下来。";

fn guide(at: usize, words: &str) -> String {
    let mut text = format!("---\ntitle: {} {at}\nsummary: {}\n---\n\n{words}\n\n", words.trim(), words.trim());
    for step in 0..8 {
        let _ = write!(text, "## {} {{#step-{step}}}\n\n", words.trim());
        while text.len() < (step + 1) * 1000 {
            let _ = write!(text, "{words}{words}\n\n");
        }
        let _ = write!(
            text,
            "> [!NOTE]\n> {words}\n\n- [ ] {} {{#item-{step}}}\n- [ ] {} {{#more-{step} when=wallet}}\n\n",
            words.trim(),
            words.trim()
        );
    }
    text
}

fn compiled(tree: &SourceTree) -> Compiled {
    let compiled = compile(tree, &Options { as_of: date(2026, 11, 22), base_url: None });
    assert!(!compiled.has_errors(), "{:?}", compiled.diagnostics.first());
    compiled
}

#[divan::bench(sample_count = 10)]
fn parse_link_check(bencher: Bencher) {
    let tree = tree(334);
    bencher.bench(|| compiled(&tree));
}

#[divan::bench(sample_count = 10)]
fn render(bencher: Bencher) {
    let compiled = compiled(&tree(334));
    bencher.bench(|| rahnuma::output::make(&compiled, &|_, _| {}).unwrap().len());
}

#[divan::bench(sample_count = 10)]
fn render_without_minifying(bencher: Bencher) {
    let compiled = compiled(&tree(334));
    let paths: Vec<&SitePath> = compiled.routes().map(|(path, _)| path).collect();
    bencher.bench(|| paths.par_iter().map(|path| compiled.html(path).map_or(0, |html| html.len())).sum::<usize>());
}
