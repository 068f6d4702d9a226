//! `build` and `check`.

use std::path::{Path, PathBuf};

use super::day;
#[cfg(feature = "publish")]
use super::external::ask_outside;
use super::gates::Gates;
use super::scope::Scope;
use super::terminal::{self, Progress, Terminal};
use super::timings::Timings;
use super::{BuildArguments, CONTENT, CheckArguments, FAILURE, Format, MergeArguments, SiteArguments};
use crate::budget;
use crate::compile::{Compiled, Memory, Options, Purpose, compile_again};
use crate::diag::{Code, Severity, once_each};
use crate::edge::disk::{self, How, NotWritten, Parts, Portion, Written};
use crate::output::{self, compressed};
use crate::plan::share::Share;
use crate::render::Summary;
use crate::source::path::SitePath;

/// Builds the site, or a part of it.
pub fn build(arguments: &BuildArguments, terminal: &Terminal) -> u8 {
    let folder = |share: Share| format!("part-{}-of-{}", share.number(), share.of());
    let name = arguments.shard.map_or_else(|| "public".to_owned(), folder);
    let target = arguments.output_dir.clone().unwrap_or_else(|| arguments.site.root.join(name));
    // Drafts are to be shown to some, never to be published.
    let purpose = if arguments.preview || arguments.drafts { Purpose::Preview } else { Purpose::Publication };
    let portion = arguments.shard.map_or(Portion::Whole, Portion::Share);
    let job = Job { site: &arguments.site, purpose, drafts: arguments.drafts, target, timings: arguments.timings };
    job.run(&portion, None, terminal)
}

/// Puts a site together from its parts.
pub fn merge(arguments: &MergeArguments, terminal: &Terminal) -> u8 {
    let target = arguments.output_dir.clone().unwrap_or_else(|| arguments.site.root.join("public"));
    let purpose = Purpose::Publication;
    let job = Job { site: &arguments.site, purpose, drafts: false, target, timings: arguments.timings };
    let mut parts = match Parts::open(&arguments.parts) {
        Ok(parts) => parts,
        Err(error) => {
            terminal::fail(&error.to_string());
            return FAILURE;
        }
    };
    let sources = parts.take_sources();
    job.run(&Portion::Merged(&parts), Some(sources), terminal)
}

/// What is built, and where.
struct Job<'a> {
    site: &'a SiteArguments,
    purpose: Purpose,
    drafts: bool,
    target: PathBuf,
    /// Whether programs are told how long it took.
    timings: bool,
}

impl Job<'_> {
    /// Builds it; `sources` are what was remembered of the sources elsewhere.
    fn run(&self, portion: &Portion<'_>, sources: Option<Memory>, terminal: &Terminal) -> u8 {
        let timings = Timings::start();
        let target = &self.target;
        if let Some(folder) = disk::overlap(target, &self.site.root) {
            let target = target.display();
            terminal::fail(&format!(
                "{target} overlaps {folder}, which the site is made from; choose another with --output-dir"
            ));
            return FAILURE;
        }
        let mut earlier = disk::remembered(target);
        let mut sources = sources.unwrap_or_else(|| std::mem::take(&mut earlier.sources));
        let read = compiled(self.site, (self.purpose, self.drafts), &mut sources, &timings, terminal);
        let Some(mut compiled) = read else { return FAILURE };
        let gates = &self.site.gates;
        if verdict(&compiled, gates) != 0 {
            return report(&compiled, Format::Human, gates, terminal);
        }
        let how = How { strict: gates.refuse(Code::OverBudget), portion: *portion };
        let progress = Progress::begin(terminal);
        let result = disk::write(&compiled, target, (&earlier, sources), &how, &|done, of| progress.at(done, of));
        progress.end();
        timings.end("write");
        match result {
            Ok(mut written) => {
                compiled.add(std::mem::take(&mut written.found));
                let told = tell(&written, &compiled, (target, gates, portion), &timings, terminal);
                let told = told.max(timings.tell(self.timings, terminal));
                // The program ends here: taking a large site apart piece by piece would be time for nothing.
                std::mem::forget((compiled, written, earlier));
                told
            }
            Err(NotWritten::Content(found)) => {
                compiled.add(found);
                report(&compiled, Format::Human, gates, terminal)
            }
            Err(NotWritten::Disk(error)) => {
                terminal::fail(&error.to_string());
                FAILURE
            }
        }
    }
}

/// Tells of a site that was written; gives the exit code.
fn tell(
    written: &Written,
    compiled: &Compiled,
    (target, gates, portion): (&Path, &Gates, &Portion<'_>),
    timings: &Timings,
    terminal: &Terminal,
) -> u8 {
    let told = terminal.diagnostics(&compiled.diagnostics, &compiled.tree, (Format::Human, gates));
    terminal.say(&summary(written, compiled, target, timings));
    if terminal.verbose {
        terminal.say(&format!("{} as they were", plural(written.kept, "file")));
    }
    written.notes.iter().for_each(|note| terminal::note(note));
    if let Portion::Share(share) = portion {
        terminal.say(&format!("this is part {share} of the site; `rahnuma merge` puts it together with the others"));
    } else {
        terminal.say(&budget::report(compiled, &written.summary));
        if terminal.verbose {
            terminal.say(&ways(compiled, &written.summary));
        }
    }
    told
}

/// What the heaviest files come to by the ways in which hosts compress.
fn ways(compiled: &Compiled, summary: &Summary) -> String {
    let of = |path: &SitePath| {
        let made = compiled.render(path).ok()?;
        let [fast, usual, brotli] = compressed::weights(&made.bytes).map(budget::kilobytes);
        Some(format!("/{} {fast}, {usual}, {brotli} KB", path.address()))
    };
    let heaviest: Vec<String> = budget::heaviest(compiled, summary).iter().filter_map(of).collect();
    format!("at gzip 1, at gzip 6, as Brotli: {}", heaviest.join("; "))
}

/// Finds everything wrong.
pub fn check(arguments: &CheckArguments, terminal: &Terminal) -> u8 {
    let timings = Timings::start();
    let Some(mut compiled) =
        compiled(&arguments.site, (Purpose::Check, false), &mut Memory::default(), &timings, terminal)
    else {
        return FAILURE;
    };
    let scope = match scope(arguments, &compiled) {
        Ok(scope) => scope,
        Err(reason) => {
            terminal::fail(&reason);
            return FAILURE;
        }
    };
    let found = output::findings(&compiled);
    timings.end("pages");
    compiled.add(found);
    let asked = if arguments.external_links {
        let asked = ask_outside(&mut compiled, &arguments.site.root, &scope, terminal);
        timings.end("links");
        asked
    } else {
        Ok(())
    };
    timings.tell(false, terminal);
    let elsewhere = if scope.is_whole() { 0 } else { scope.narrow(&mut compiled.diagnostics, &compiled.tree) };
    let code = report(&compiled, arguments.format, &arguments.site.gates, terminal);
    if elsewhere > 0 {
        terminal.say(&format!("{} elsewhere in the site not shown", plural(elsewhere, "finding")));
    }
    match asked {
        Ok(()) => code,
        Err(why) => {
            terminal::fail(&why);
            FAILURE
        }
    }
}

/// What of the site is asked about.
fn scope(arguments: &CheckArguments, compiled: &Compiled) -> Result<Scope, String> {
    let known = compiled.renderer().map(|renderer| &renderer.site().config.locales);
    if let (Some(asked), Some(known)) = (&arguments.locale, known)
        && !known.iter().any(|locale| locale.id.as_str() == asked)
    {
        let known: Vec<&str> = known.iter().map(|locale| locale.id.as_str()).collect();
        return Err(format!("the site has no locale `{asked}`; it has {}", known.join(", ")));
    }
    Scope::new(&arguments.site.root, &arguments.files, arguments.locale.as_deref())
}

#[cfg(not(feature = "publish"))]
fn ask_outside(_: &mut Compiled, _: &Path, _: &Scope, _: &Terminal) -> Result<(), String> {
    Err("this program was built without `publish`, and speaks to no host: --external-links asked nothing".into())
}

#[expect(clippy::disallowed_methods, reason = "the command line is told of folders on the disk")]
fn compiled(
    arguments: &SiteArguments,
    (purpose, drafts): (Purpose, bool),
    sources: &mut Memory,
    timings: &Timings,
    terminal: &Terminal,
) -> Option<Compiled> {
    if !arguments.root.is_dir() {
        terminal::fail(&format!("there is no folder {}", arguments.root.display()));
        return None;
    }
    let (tree, unread) = disk::read(&arguments.root);
    timings.end("read");
    let as_of = arguments.as_of.unwrap_or_else(|| day::today(&tree));
    let options = Options { as_of, base_url: arguments.base_url.clone(), purpose, drafts };
    let mut compiled = compile_again(&tree, &options, sources, &|phase| timings.end(phase));
    compiled.add(unread);
    if terminal.verbose {
        terminal.say(&format!("as of {}", options.as_of));
    }
    Some(compiled)
}

pub fn count(compiled: &Compiled, severity: Severity) -> usize {
    compiled.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity).count()
}

fn verdict(compiled: &Compiled, gates: &Gates) -> u8 {
    if gates.refused(&compiled.diagnostics).next().is_some() { CONTENT } else { 0 }
}

/// Prints what was found and how much of it; gives the exit code.
fn report(compiled: &Compiled, format: Format, gates: &Gates, terminal: &Terminal) -> u8 {
    // Programs get every place, people each cause.
    let found = match format {
        Format::Json | Format::Sarif => compiled.diagnostics.clone(),
        Format::Human | Format::Short | Format::Github => once_each(&compiled.diagnostics, &compiled.tree),
    };
    let told = terminal.diagnostics(&found, &compiled.tree, (format, gates));
    let count = |severity| found.iter().filter(|diagnostic| diagnostic.severity() == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let code = verdict(compiled, gates);
    if errors + warnings > 0 {
        let refused = gates.refused(&found).count() - errors;
        let refused = match refused {
            0 => String::new(),
            all if all == warnings => " (refused)".to_owned(),
            some => format!(" ({some} refused)"),
        };
        let drafts = match found.iter().filter(|it| it.in_draft).count() {
            0 => String::new(),
            some => format!("; {some} in drafts, which stop no build"),
        };
        terminal.say(&format!("{} and {}{refused}{drafts}", plural(errors, "error"), plural(warnings, "warning")));
        let gravest = found.iter().min_by_key(|it| (it.severity(), !gates.stops(it)));
        if let Some(first) = gravest {
            terminal.say(&format!("`rahnuma explain {}` says more", first.code.name()));
        }
    } else {
        terminal.say("nothing wrong was found");
    }
    if told == 0 { code } else { told }
}

pub fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn summary(written: &Written, compiled: &Compiled, target: &Path, timings: &Timings) -> String {
    let pages: usize = written.pages.values().sum();
    let locales: Vec<String> = written
        .pages
        .iter()
        .filter(|(locale, _)| !locale.is_empty())
        .map(|(locale, count)| format!("{locale} {count}"))
        .collect();
    format!(
        "built {} ({}) and {}, {} KB, in {:.2} s, into {}; {}",
        plural(pages, "page"),
        locales.join(", "),
        plural(written.assets, "other file"),
        written.summary.values().map(|file| file.bytes).sum::<usize>().div_ceil(1024),
        timings.elapsed().as_secs_f64(),
        target.display(),
        plural(count(compiled, Severity::Warning), "warning"),
    )
}
