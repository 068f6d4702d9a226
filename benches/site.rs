//! What each phase of a build costs, on a site of 1,000 guide texts of 8 KB in memory.
//!
//! `cargo bench`; one phase with `cargo bench -- check`, on one core with `RAYON_NUM_THREADS=1 cargo bench`. Whole builds with
//! disk and processes, beside another generator: `benches/compare`.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests touch the disk and may panic")]

mod common;

use std::sync::Arc;

use divan::Bencher;
use jiff::civil::{Date, date};
use rahnuma::compile::{Compiled, Options, compile};
use rahnuma::parse::Documents;
use rahnuma::render::{OutputFile, Prepared, Renderer};
use rahnuma::source::path::{SitePath, SourcePath};
use rahnuma::source::tree::SourceTree;
use rahnuma::{check, link, parse, theme};
use rayon::prelude::*;

fn main() {
    divan::main();
}

/// The starter site and `guides` more guides, each in three locales and of about 8 KB.
fn tree(guides: usize) -> SourceTree {
    let (mut tree, unread) =
        rahnuma::edge::disk::read(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/source/starter")));
    assert!(unread.is_empty());
    for (path, text) in common::files(guides) {
        tree.insert(SourcePath::new(&path).unwrap(), text.into_bytes());
    }
    tree
}

fn compiled(tree: &SourceTree) -> Compiled {
    let compiled = compile(tree, &Options { as_of: day(), ..Options::default() });
    assert!(!compiled.has_errors(), "{:?}", compiled.diagnostics.first());
    compiled
}

/// The tree with the built-in theme below it, as compiling begins with.
fn with_theme() -> SourceTree {
    let mut tree = tree(334);
    theme::add_built_in(&mut tree);
    tree
}

fn documents(tree: &SourceTree) -> Documents {
    parse::documents(&mut tree.clone(), &mut parse::cache::Cache::default(), false).0.unwrap()
}

fn day() -> Date {
    date(2026, 11, 22)
}

#[divan::bench(sample_count = 10)]
fn a_parse(bencher: Bencher) {
    let tree = with_theme();
    bencher.bench(|| documents(&tree));
}

#[divan::bench(sample_count = 10)]
fn b_link(bencher: Bencher) {
    let tree = with_theme();
    let documents = documents(&tree);
    bencher.bench(|| link::site(&documents, &tree, day()));
}

#[divan::bench(sample_count = 10)]
fn c_check(bencher: Bencher) {
    let tree = with_theme();
    let documents = documents(&tree);
    let (site, _) = link::site(&documents, &tree, day());
    bencher.bench(|| check::site(&documents, &site, &tree, (&mut check::Clean::default(), true)));
}

/// The theme read, and everything made that pages of a locale share.
#[divan::bench(sample_count = 10)]
fn d_prepare(bencher: Bencher) {
    let tree = with_theme();
    let documents = documents(&tree);
    let site = Arc::new(link::site(&documents, &tree, day()).0);
    bencher.bench(|| Renderer::new(Arc::clone(&site), &tree, &mut Prepared::default()));
}

/// Views and templates.
#[divan::bench(sample_count = 10)]
fn e_pages(bencher: Bencher) {
    let compiled = compiled(&tree(334));
    let paths: Vec<&SitePath> = compiled.routes().map(|(path, _)| path).collect();
    bencher
        .bench(|| paths.par_iter().map(|path| compiled.render(path).map_or(0, |file| file.bytes.len())).sum::<usize>());
}

/// What finished files are named and weighed by.
#[divan::bench(sample_count = 10)]
fn f_hash_and_weigh(bencher: Bencher) {
    let compiled = compiled(&tree(334));
    let renderer = compiled.renderer().unwrap();
    let file = |path: &SitePath| Some((path.clone(), compiled.render(path).ok()?));
    let files: Vec<(SitePath, OutputFile)> = compiled.routes().filter_map(|(path, _)| file(path)).collect();
    bencher.bench(|| files.par_iter().for_each(|(path, file)| drop(renderer.summarize(path, file, None))));
}

#[divan::bench(sample_count = 10)]
fn g_whole_build(bencher: Bencher) {
    let tree = tree(334);
    bencher.bench(|| rahnuma::output::make(&compiled(&tree), &rahnuma::output::Nowhere).unwrap().len());
}
