//! Finished pages, read again as a browser will: what is wrong with their bytes, whoever made it so. A site with such findings is
//! not written.
//!
//! Each page leaves a small record; what only all of them show (links to parts of other pages) is looked at in the end.

mod address;
mod page;
mod place;
mod read;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hasher};

use crate::compile::Compiled;
use crate::diag::{Code, Diagnostic};
use crate::source::path::SitePath;
use place::{Sources, Trace};

/// Something wrong with a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wrong {
    code: Code,
    /// What is wrong, in words that are the same on every page.
    what: String,
}

/// A part of a page: hashes of its address and its id.
type Part = (u64, u64);

/// What is remembered of a page that was read.
#[derive(Debug, Default)]
pub struct Record {
    /// Each with what to look for in its sources.
    wrong: Vec<(Wrong, Trace)>,
    ids: Vec<u64>,
    /// Parts of other pages that it leads to, each with the address as written.
    parts: Vec<(SitePath, Part, String)>,
}

/// What was found on a page, how often, where first, and what to look for in that page's sources.
type Seen = (SitePath, usize, Trace);

/// All records of a site, folded.
#[derive(Debug, Default)]
pub struct Audit {
    wrong: BTreeMap<Wrong, Seen>,
    ids: BTreeMap<u64, Vec<u64>>,
    wanted: BTreeMap<Part, (String, Seen)>,
}

/// Reads a finished page. `policies` are those that the host's header allows, where there is one.
#[must_use]
pub fn read(compiled: &Compiled, policies: Option<&BTreeSet<String>>, path: &SitePath, html: &[u8]) -> Record {
    let base = compiled.renderer().map(|renderer| renderer.site().config.base_url.clone()).unwrap_or_default();
    let site = address::Site { base: &base, there: &|path| compiled.route(path).is_some() };
    page::check(&read::page(html), path, &site, policies)
}

impl Audit {
    /// Adds what was read of a page.
    pub fn add(&mut self, path: &SitePath, record: Record) {
        for (wrong, trace) in record.wrong {
            note(self.wrong.entry(wrong).or_insert_with(|| (path.clone(), 0, trace.clone())), path, &trace);
        }
        for (_, part, written) in record.parts {
            let trace = Trace::same(written.find('#').map_or("", |at| &written[at..]));
            let seen = &mut self.wanted.entry(part).or_insert_with(|| (written, (path.clone(), 0, trace.clone()))).1;
            note(seen, path, &trace);
        }
        self.ids.insert(hash(path.as_str()), record.ids);
    }

    /// Whether a page lacks a part that it had when this was read of it.
    #[must_use]
    pub fn lacks_parts(&self, path: &SitePath, earlier: &Record) -> bool {
        let ids = self.ids.get(&hash(path.as_str())).map_or(&[][..], Vec::as_slice);
        earlier.ids.iter().any(|id| !ids.contains(id))
    }

    /// Everything that is wrong, each thing once, at the page that comes first.
    #[must_use]
    pub fn findings(mut self, compiled: &Compiled) -> Vec<Diagnostic> {
        for ((page, id), (written, seen)) in std::mem::take(&mut self.wanted) {
            // A page that was not read was kept, with the parts it had.
            if self.ids.get(&page).is_some_and(|ids| !ids.contains(&id)) {
                let what = format!("leads to `{written}`, a page without such a part");
                self.wrong.insert(Wrong { code: Code::DeadLink, what }, seen);
            }
        }
        let mut sources = Sources::new(compiled);
        self.wrong.iter().map(|(wrong, seen)| diagnostic(&mut sources, wrong, seen)).collect()
    }
}

/// Counts a page, and keeps the one that comes first: pages come in no order.
fn note(seen: &mut Seen, path: &SitePath, trace: &Trace) {
    seen.1 += 1;
    if *path < seen.0 {
        (seen.0, seen.2) = (path.clone(), trace.clone());
    }
}

fn diagnostic(sources: &mut Sources<'_>, wrong: &Wrong, (path, count, trace): &Seen) -> Diagnostic {
    let headline = format!("the finished page /{} {}", path.address(), wrong.what);
    let found = Diagnostic::new(wrong.code, sources.place(path, trace), headline);
    let found = match count - 1 {
        0 => found,
        1 => found.help("the same is wrong with another page"),
        more => found.help(format!("the same is wrong with {more} other pages")),
    };
    found.help("look where it comes from: the text at this place, or a template of the theme")
}

/// A text in 64 bits, the same as long as the program runs: nothing of it is kept.
fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}
