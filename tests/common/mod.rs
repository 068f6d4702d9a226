//! Small sites for tests: files in a temporary folder, read as the program reads them.

pub mod program;
pub mod rust;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use jiff::civil::{Date, date};
use rahnuma::compile::{Compiled, Options, Purpose, compile};
use rahnuma::diag::Diagnostic;
use rahnuma::diag::emit::{Format, render};
use rahnuma::edge::disk;
use rahnuma::exchange::import;
use rahnuma::hash::ContentHash;
use rahnuma::output::{PageSummary, Sink};
use rahnuma::parse::cache::Cache;
use rahnuma::render::OutputFile;
use rahnuma::source::path::SitePath;
use rahnuma::source::tree::SourceTree;
use tempfile::TempDir;

/// The day tests are on.
pub const TODAY: Date = date(2026, 11, 22);

/// Finished files in memory.
#[derive(Default)]
pub struct Files(Mutex<BTreeMap<String, Vec<u8>>>);

impl Files {
    /// All of them by path.
    pub fn taken(self) -> BTreeMap<String, Vec<u8>> {
        self.0.into_inner().unwrap()
    }
}

impl Sink for Files {
    fn keep(&self, _: &SitePath, _: ContentHash) -> Option<PageSummary> {
        None
    }

    fn put(&self, path: &SitePath, file: &OutputFile, _: &PageSummary) {
        self.0.lock().unwrap().insert(path.as_str().to_owned(), file.bytes.to_vec());
    }
}

/// The site that `init` makes, in a temporary folder.
pub fn starter() -> TempDir {
    let folder = TempDir::new().unwrap();
    copy(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/source/starter")), folder.path());
    folder
}

/// Copies a folder and everything in it.
pub fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap) {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Writes a file below a folder, making the folders above it.
pub fn write(root: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Reads and compiles a folder as the program does, templates included.
pub fn compiled(root: &Path) -> Compiled {
    compiled_as_of(root, TODAY)
}

/// The same on another day.
pub fn compiled_as_of(root: &Path, as_of: Date) -> Compiled {
    let (tree, unread) = disk::read(root);
    with(&tree, unread, &Options { as_of, ..Options::default() })
}

/// The same of a site that is to be published.
pub fn published(root: &Path) -> Compiled {
    let (tree, unread) = disk::read(root);
    with(&tree, unread, &Options { as_of: TODAY, base_url: None, purpose: Purpose::Publication, drafts: false })
}

fn with(tree: &SourceTree, unread: Vec<Diagnostic>, options: &Options) -> Compiled {
    let mut compiled = compile(tree, options);
    compiled.add(unread);
    let failed = rahnuma::output::findings(&compiled);
    compiled.add(failed);
    compiled
}

/// What is wrong with files that come back from translators, and the site with them.
pub fn imported(root: &Path, files: &[&str]) -> (Vec<Diagnostic>, SourceTree) {
    let (mut tree, _) = disk::read(root);
    let (documents, _) = rahnuma::parse::documents(&mut tree, &mut Cache::default(), true);
    let add = |file: &&str| import::add(&mut tree, file, fs::read(root.join(file)).unwrap());
    let files: Vec<_> = files.iter().map(add).collect();
    let site = import::Site { tree: &tree, documents: &documents.unwrap(), today: TODAY };
    let how = import::How { unfinished: false, skip_refused: false };
    (import::import(site, &files, how).found, tree)
}

/// Everything wrong with a folder, as people see it.
pub fn findings(root: &Path) -> String {
    told(&compiled(root))
}

/// Everything wrong with a site, as people see it.
pub fn told(compiled: &Compiled) -> String {
    render(&compiled.diagnostics, &compiled.tree, Format::Human { colour: false })
}

/// Everything wrong with a folder, a line each.
pub fn short(root: &Path) -> String {
    let compiled = compiled(root);
    render(&compiled.diagnostics, &compiled.tree, Format::Short)
}

/// The day the newest review was made: the site is tested as of then, so that time alone breaks no test.
fn edition() -> Date {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/policies");
    let texts = fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let days = texts.flat_map(|text| {
        text.lines().filter_map(|line| line.trim().strip_prefix("checked: ")?.parse().ok()).collect::<Vec<Date>>()
    });
    days.max().unwrap()
}

/// The project's own site.
pub fn real_site() -> Compiled {
    compiled_as_of(Path::new(env!("CARGO_MANIFEST_DIR")), edition())
}
