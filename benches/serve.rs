//! From a saved file to the fresh page: how long `serve` takes to tell a page that it changed and to make it, over the loopback.
//!
//! `cargo bench --bench serve`; other sizes with `cargo bench --bench serve -- 1000 10000 30000`. Guides are counted as Hugo counts
//! pages, one a language: 1,000 are 334 guides in three languages, of about 8 KB each. The time runs from the moment at which the file is
//! closed to the last byte of the page, the debouncer's wait for quiet within it. The next file is saved when the site was checked.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "a bench touches the disk, reads the clock and prints"
)]

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Saves of each kind of file; the first of each is for warming up.
const SAVES: usize = 11;

const PAGE: &str = "/en/example/close-sim/";

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|size| size.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1000, 10_000] } else { sizes };
    println!(
        "{:>8} {:>10} {:>10} {:>10} {:>10}   median (slowest) in ms of {} saves",
        "guides",
        "",
        "guide",
        "policy",
        "template",
        SAVES - 1
    );
    for size in sizes {
        measure(size);
    }
}

/// The starter site and more guides of its carrier.
fn site(guides: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let starter = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/source/starter"));
    for entry in walkdir::WalkDir::new(starter).into_iter().map(Result::unwrap) {
        let target = folder.path().join(entry.path().strip_prefix(starter).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            let _ = fs::copy(entry.path(), target).unwrap();
        }
    }
    for (path, text) in common::files(guides.div_ceil(common::WORDS.len())) {
        fs::write(folder.path().join(path), text).unwrap();
    }
    fs::create_dir_all(folder.path().join("themes/default/templates")).unwrap();
    folder
}

/// A request on a connection of its own, which answers when its head was read.
fn ask(host: &str, path: &str) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    BufReader::new(stream)
}

fn page(host: &str) -> String {
    let mut text = String::new();
    ask(host, PAGE).read_to_string(&mut text).unwrap();
    text
}

/// Saves a file and waits for the page with it; how long that took.
fn save(host: &str, file: &Path, text: &str, mark: &str) -> Duration {
    let before = page(host);
    let seen = before.rsplit_once("data-seen=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let mut news = ask(host, &format!("/_desk/events?page=en/example/close-sim/index.html&seen={seen}"));
    let mut next = |what: &str| {
        let mut line = String::new();
        while !line.starts_with(what) {
            line.clear();
            assert!(news.read_line(&mut line).unwrap() > 0, "the preview ended");
        }
    };
    next("event: state");
    fs::write(file, text).unwrap();
    let start = Instant::now();
    next("event: reload");
    let after = page(host);
    let took = start.elapsed();
    assert!(after.contains(mark), "the page is not the fresh one");
    took
}

fn measure(size: usize) {
    let site = site(size);
    let root = site.path();
    let mut server = Command::new(env!("CARGO_BIN_EXE_rahnuma"))
        .args(["serve", "--port", "0", "--as-of", "2026-11-22", "--root", root.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    let mut address = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let begun = start.elapsed();
    let host = address.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let of = |name: &str| (root.join(name), fs::read_to_string(root.join(name)).unwrap_or_default());
    let (guide, text) = of("content/guides/example/close-sim.en.md");
    let guides = times(|mark| save(&host, &guide, &format!("{text}\n{mark}\n"), mark));
    let (policy, text) = of("content/policies/example.yaml");
    let (name, rest) = text.split_once("en: ").unwrap();
    let policies = times(|mark| save(&host, &policy, &format!("{name}en: {mark} {rest}"), mark));
    let template = root.join("themes/default/templates/base.html");
    let text = include_str!("../themes/default/templates/base.html");
    let templates =
        times(|mark| save(&host, &template, &text.replace("<main ", &format!("<p>{mark}</p><main ")), mark));
    let shown = |(median, most): (Duration, Duration)| format!("{} ({})", median.as_millis(), most.as_millis());
    println!(
        "{size:>8} {:>10} {:>10} {:>10} {:>10}   begun in {} ms",
        "",
        shown(guides),
        shown(policies),
        shown(templates),
        begun.as_millis()
    );
    server.kill().unwrap();
    server.wait().unwrap();
}

/// The median and the longest of some saves, each with a mark of its own.
fn times(save: impl Fn(&str) -> Duration) -> (Duration, Duration) {
    let mut took: Vec<Duration> = (0..SAVES).map(|at| save(&format!("Mark {}", "a".repeat(at + 1)))).skip(1).collect();
    took.sort();
    (took[took.len() / 2], took[took.len() - 1])
}
