//! The pipeline: a source tree and options in, a site that can render each of its routes out.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::check::Clean;
use crate::codec::{Reader, Writer};
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::hash::ContentHash;
use crate::link::blanks::say_images;
use crate::link::named::say_ids;
use crate::link::translated_names::say_facts;
use crate::link::unclaimed::say_braces;
use crate::model::site::Site;
use crate::parse::Documents;
use crate::parse::cache::Cache;
use crate::parse::exchanged;
use crate::plan::share::Share;
use crate::plan::{Plan, Route};
use crate::render::{Known, OutputFile, PageSummary, Prepared, Renderer};
use crate::source::path::SitePath;
use crate::source::tree::SourceTree;
use crate::{check, link, theme};

/// What a site is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// To look at while it is written.
    #[default]
    Draft,
    /// To be found right: all that a published site has to have is asked for, but its address.
    Check,
    /// To be read: what was never filled in is told.
    Publication,
    /// To be shown to some before it is published: pages say so, and search engines are told to leave them out.
    Preview,
}

/// What a build depends on besides the source tree.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The day the site is built for.
    pub as_of: Date,
    /// Another address than the one in `site.yaml`.
    pub base_url: Option<String>,
    /// What the site is made for.
    pub purpose: Purpose,
    /// Whether drafts are part of the site. Where they are not, what is wrong in them is told all the same, as warnings.
    pub drafts: bool,
}

/// A site, as far as its sources allow, and everything wrong with them.
pub struct Compiled {
    /// The sources with the built-in theme below them: where diagnostics point.
    pub tree: SourceTree,
    /// Every finding, sorted by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether one of them is an error.
    errors: bool,
    renderer: Option<Renderer>,
    plan: Plan,
}

/// What a compile remembers for the next one. Any of it may be lost: then it is made again, and the result is the same.
#[derive(Default)]
pub struct Memory {
    /// Texts as they were read.
    pub texts: Cache,
    /// Guides in which nothing wrong was found.
    pub clean: Clean,
    /// The same where drafts that are left out of the site are looked at.
    pub drafted: Clean,
    /// The theme made ready.
    pub theme: Prepared,
}

impl Memory {
    /// Writes it down.
    pub fn write(&self, writer: &mut Writer) {
        self.texts.write(writer);
        self.clean.write(writer);
        self.drafted.write(writer);
        self.theme.write(writer);
    }

    /// Reads what was written down.
    pub fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let (texts, clean, drafted) = (Cache::read(reader)?, Clean::read(reader)?, Clean::read(reader)?);
        Some(Self { texts, clean, drafted, theme: Prepared::read(reader)? })
    }

    /// For a compile of the same sources with drafts, and back: texts and the theme are the same.
    fn with_drafts<T>(&mut self, compile: impl FnOnce(&mut Self) -> T) -> T {
        let texts = self.texts.clone();
        std::mem::swap(&mut self.clean, &mut self.drafted);
        let result = compile(self);
        std::mem::swap(&mut self.clean, &mut self.drafted);
        self.texts = texts;
        result
    }
}

/// Compiles a source tree. Never fails, never prints, reads nothing but its arguments.
#[must_use]
pub fn compile(tree: &SourceTree, options: &Options) -> Compiled {
    compile_again(tree, options, &mut Memory::default(), &|_| {})
}

/// Compiles a source tree of which an earlier compile may have read the same files: what that remembered is taken from `memory`,
/// which then holds what this one remembers. With any memory the result is the same. `done` is told of each phase at its end.
#[must_use]
pub fn compile_again(
    tree: &SourceTree,
    options: &Options,
    memory: &mut Memory,
    done: &dyn Fn(&'static str),
) -> Compiled {
    let (mut compiled, unchecked) = compile_unchecked(tree, options, memory, done);
    let withheld = unchecked.as_ref().is_some_and(|unchecked| unchecked.documents.drafts.are_withheld());
    let found = unchecked.map(|unchecked| unchecked.check(&compiled, &mut memory.clean));
    done("check");
    compiled.add(found.unwrap_or_default());
    if withheld {
        let with_drafts = Options { drafts: true, ..options.clone() };
        let with = memory.with_drafts(|memory| compile_again(&compiled.tree, &with_drafts, memory, &|_| {}));
        compiled.look_at_drafts(with);
        done("drafts");
    }
    compiled
}

/// What has still to be checked of a site.
pub struct Unchecked {
    documents: Documents,
    site: Arc<Site>,
    /// Whether no error was found so far.
    sound: bool,
}

impl Unchecked {
    /// What only the whole site can break.
    #[must_use]
    pub fn check(self, compiled: &Compiled, clean: &mut Clean) -> Vec<Diagnostic> {
        check::site(&self.documents, &self.site, &compiled.tree, (clean, self.sound)).sorted(&compiled.tree)
    }
}

/// As [`compile_again`], but without the checks of the whole site: its pages can be made, and may be looked at. Nothing of it is to be
/// published before it was checked. There is nothing to check where the sources could not even be read. Drafts that are left out are
/// not looked at.
#[must_use]
pub fn compile_unchecked(
    tree: &SourceTree,
    options: &Options,
    memory: &mut Memory,
    done: &dyn Fn(&'static str),
) -> (Compiled, Option<Unchecked>) {
    let mut tree = tree.clone();
    theme::add_built_in(&mut tree);
    let (documents, mut found) = exchanged::read(&mut tree, &mut memory.texts, options.drafts);
    done("parse");
    let (mut renderer, mut unchecked) = (None, None);
    let mut plan = Plan::default();
    if let Some(mut documents) = documents {
        say_more(&documents, &tree, &mut found);
        documents.config.preview = options.purpose == Purpose::Preview;
        // An address that was named for this build is meant.
        if options.purpose == Purpose::Publication && options.base_url.is_none() {
            found.extend(check::placeholders(&documents.config, &tree));
        }
        documents.config.base_url = options.base_url.clone().unwrap_or(documents.config.base_url);
        let (site, linked) = link::site(&documents, &tree, options.as_of);
        let site = Arc::new(site);
        documents.broken.add_linked(&linked);
        found.extend(linked);
        let sound = found.iter().all(|found| found.severity() != Severity::Error);
        if matches!(options.purpose, Purpose::Check | Purpose::Publication) {
            found.extend(check::missing_registry(&documents, &site, &tree));
        }
        unchecked = Some(Unchecked { documents, site: Arc::clone(&site), sound });
        done("link");
        let (ready, prepared) = Renderer::new(site, &tree, &mut memory.theme);
        found.extend(prepared);
        renderer = ready;
        done("theme");
    }
    if let Some(renderer) = &renderer {
        let (routes, collisions) = Plan::new(renderer.site(), &renderer.asset_paths());
        found.extend(collisions);
        plan = routes;
        done("plan");
    }
    let diagnostics = found.sorted(&tree);
    (Compiled { tree, errors: any_error(&diagnostics), diagnostics, renderer, plan }, unchecked)
}

/// Adds to what was found in a file what other files tell of it.
fn say_more(documents: &Documents, tree: &SourceTree, found: &mut Diagnostics) {
    say_ids(documents, found);
    say_braces(documents, tree, found);
    say_images(tree, found);
    say_facts(documents, found);
}

impl Compiled {
    /// Whether the content has an error, so that nothing of it may be published.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors
    }

    /// Every output path with what stands there; none while there are errors.
    pub fn routes(&self) -> impl Iterator<Item = (&SitePath, &Route)> {
        self.plan.iter().filter(|_| !self.has_errors())
    }

    /// The same of one of several parts of the site. What is made every time is in none of them: it is made with the whole.
    pub fn share(&self, share: Option<Share>) -> impl Iterator<Item = (&SitePath, &Route)> {
        let has = move |share: Share, path: &SitePath, route: &Route| share.has(path) && self.inputs(route).is_some();
        self.routes().filter(move |(path, route)| share.is_none_or(|share| has(share, path, route)))
    }

    /// What stands at an output path.
    #[must_use]
    pub fn route(&self, path: &SitePath) -> Option<&Route> {
        self.plan.get(path).filter(|_| !self.has_errors())
    }

    /// The file at an output path: a pure function of the site and the path.
    ///
    /// # Errors
    /// When the site has errors, when nothing stands there, or when a template fails.
    pub fn render(&self, path: &SitePath) -> Result<OutputFile, NotRendered> {
        let (renderer, route) = self.at(path)?;
        renderer.render(route, &Known::default()).map_err(NotRendered::Template)
    }

    /// The hash of what a page is made from; nothing for files that are made every time.
    #[must_use]
    pub fn inputs(&self, route: &Route) -> Option<ContentHash> {
        self.renderer.as_ref()?.inputs(route)
    }

    /// The same file with its record, sparing the work that records of files made before make unneeded.
    ///
    /// # Errors
    /// As [`Self::render`].
    pub fn make(
        &self,
        path: &SitePath,
        inputs: Option<ContentHash>,
        known: &Known,
    ) -> Result<(OutputFile, PageSummary), NotRendered> {
        let (renderer, route) = self.at(path)?;
        let file = renderer.render(route, known).map_err(NotRendered::Template)?;
        let summary = renderer.summarize(path, &file, inputs);
        Ok((file, summary))
    }

    /// A page with its templates laid out as their authors wrote them, to compare the site's with.
    ///
    /// # Errors
    /// As [`Self::render`].
    pub fn html(&self, path: &SitePath) -> Result<String, NotRendered> {
        let (renderer, route) = self.at(path)?;
        let html = renderer.html_as_written(route).map_err(NotRendered::Template)?;
        Ok(String::from_utf8_lossy(&html).into_owned())
    }

    fn at(&self, path: &SitePath) -> Result<(&Renderer, &Route), NotRendered> {
        if self.has_errors() {
            return Err(NotRendered::HasErrors);
        }
        self.renderer.as_ref().zip(self.plan.get(path)).ok_or(NotRendered::NothingThere)
    }

    /// Takes in what is found only when drafts are looked at, as warnings. What only they use is not unused.
    fn look_at_drafts(&mut self, with: Compiled) {
        let key = |found: &Diagnostic| (found.code, found.primary.place, found.headline.clone());
        let of_drafts: BTreeSet<_> = with.diagnostics.iter().map(key).collect();
        self.diagnostics.retain(|found| !found.code.is_of_use() || of_drafts.contains(&key(found)));
        let known: BTreeSet<_> = self.diagnostics.iter().map(key).collect();
        let new = with.diagnostics.into_iter().filter(|found| !known.contains(&key(found)));
        self.add(new.map(|found| Diagnostic { in_draft: true, ..found }).collect());
    }

    /// What pages are made from; absent when even that failed.
    #[must_use]
    pub fn renderer(&self) -> Option<&Renderer> {
        self.renderer.as_ref()
    }

    /// Adds what rendering every route found, sorted in among the rest.
    pub fn add(&mut self, found: Vec<Diagnostic>) {
        if found.is_empty() {
            return;
        }
        let mut all = Diagnostics::default();
        std::mem::take(&mut self.diagnostics).into_iter().chain(found).for_each(|diagnostic| all.push(diagnostic));
        self.diagnostics = all.sorted(&self.tree);
        self.errors = any_error(&self.diagnostics);
    }
}

fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
}

/// Why there is no file at a path.
#[derive(Debug)]
pub enum NotRendered {
    /// The content has errors.
    HasErrors,
    /// The plan has no such path.
    NothingThere,
    /// A template failed.
    Template(Box<Diagnostic>),
}
