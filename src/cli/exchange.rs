//! `export` and `import`: texts to translators' programs and back.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::build::plural;
use super::change::{self, refuse};
use super::day;
use super::terminal::{self, Terminal};
use super::{CONTENT, FAILURE, date};
use crate::change::Changes;
use crate::diag::suggest;
use crate::edge::{edit, exchange};
use crate::exchange::apply::{self, Outcome, Site, Told, Why};
use crate::exchange::gather::Gathering;
use crate::exchange::{Returned, State, Unit, po, xliff};
use crate::link::pairs::pairs;
use crate::parse::Documents;
use crate::parse::cache::Cache;
use crate::source::tree::SourceTree;

#[derive(Args)]
pub struct ExportArguments {
    /// The locale to translate into, by its id in site.yaml.
    locale: String,
    /// One guide, such as jazz/close-sim, or one page, fragment or letter; the whole site if not given.
    guide: Option<String>,
    /// How the file is written.
    #[arg(long, value_enum, default_value_t = Form::Xliff)]
    format: Form,
    /// The file to write, or the folder to write it to.
    #[arg(long, value_name = "PATH", default_value = ".")]
    to: PathBuf,
    /// The folder that holds `content`.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

#[derive(Args)]
pub struct ImportArguments {
    /// Files that `export` wrote and a translator's program changed: .xlf, .xliff or .po.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Take texts that are marked as unfinished too; they are not recorded as agreeing with their source.
    #[arg(long)]
    unfinished: bool,
    /// The folder that holds `content`.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// As if it were this day; today in the site's time zone if not given.
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
enum Form {
    /// XLIFF 1.2, which translators' programs read by themselves.
    Xliff,
    /// PO of GNU gettext.
    Po,
}

/// Writes a file for translators.
pub fn export(arguments: &ExportArguments, terminal: &Terminal) -> u8 {
    let Some((tree, documents)) = change::read(&arguments.root, terminal) else { return FAILURE };
    let units = match units(arguments, &tree, &documents) {
        Ok(units) => units,
        Err(problem) => return refuse(&problem),
    };
    let config = &documents.config;
    let locale = arguments.locale.as_str();
    let tag = config.locales.iter().find(|it| it.id.as_str() == locale).map_or(locale, |it| &it.tag);
    let (text, ending) = match arguments.format {
        Form::Xliff => (xliff::write(&units, &config.locale(config.source_locale).tag, tag), "xlf"),
        Form::Po => (po::write(&units, (locale, tag)), "po"),
    };
    let name = arguments.guide.as_deref().unwrap_or(config.id.as_str()).replace('/', "-");
    let path = exchange::target(&arguments.to, &format!("{name}.{locale}.{ending}"));
    let before = exchange::read(&path).ok();
    if let Err(problem) = edit::replace(&path, before.as_deref().map(str::as_bytes), text.as_bytes()) {
        return refuse(&problem);
    }
    let open = units.iter().filter(|unit| unit.state != State::Done).count();
    terminal.say(&format!("{}: {}, {open} of them to be done", path.display(), plural(units.len(), "text")));
    0
}

fn units(arguments: &ExportArguments, tree: &SourceTree, documents: &Documents) -> Result<Vec<Unit>, String> {
    let config = &documents.config;
    let names = config.locales.iter().map(|locale| locale.id.as_str());
    let found = config.locales().find(|(_, locale)| locale.id.as_str() == arguments.locale);
    let Some((locale, _)) = found else {
        let help = suggest::words(&arguments.locale, names).map(|words| format!("; {words}")).unwrap_or_default();
        return Err(format!("there is no locale `{}` here{help}", arguments.locale));
    };
    if !documents.has_source {
        return Err("content/site.yaml names no source locale, so there is nothing to translate from".to_owned());
    }
    if locale == config.source_locale {
        return Err(format!("`{}` is the source, made from nothing; name another locale", arguments.locale));
    }
    let units = Gathering { documents, tree, locale }.units(arguments.guide.as_deref());
    if let (true, Some(guide)) = (units.is_empty(), &arguments.guide) {
        let all = pairs(documents);
        let names = all.iter().map(|pair| pair.name.as_str());
        let help = suggest::nearest(guide, names).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        return Err(format!("there is no guide, page, fragment or letter `{guide}` here{help}"));
    }
    Ok(units)
}

/// Puts in what translators made.
pub fn import(arguments: &ImportArguments, terminal: &Terminal) -> u8 {
    let Some((tree, documents)) = change::read(&arguments.root, terminal) else { return FAILURE };
    let mut importing = Importing {
        today: arguments.as_of.unwrap_or_else(|| day::today(&tree)),
        tree: tree.clone(),
        documents,
        unfinished: arguments.unfinished,
        all: Outcome::default(),
        is_refused: false,
    };
    for file in &arguments.files {
        if let Err(problem) = importing.file(file) {
            return refuse(&format!("{problem}; nothing was changed"));
        }
    }
    let Importing { all: Outcome { changes, units, recorded, .. }, is_refused, .. } = importing;
    let done = format!("put in {}, recorded {}", plural(units, "text"), plural(recorded, "part"));
    let code = change::write(&arguments.root, &tree, &changes, &done, terminal);
    if is_refused { code.max(CONTENT) } else { code }
}

struct Importing {
    today: Date,
    tree: SourceTree,
    documents: Documents,
    unfinished: bool,
    all: Outcome,
    is_refused: bool,
}

impl Importing {
    fn file(&mut self, file: &Path) -> Result<(), String> {
        let text = exchange::read(file)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let is_po = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("po"));
        let returned = if is_po { po::read(text) } else { xliff::read(text) };
        let returned = returned.map_err(|damaged| format!("{}:{damaged}", file.display()))?;
        for units in returned.chunk_by(|one, next| one.locale == next.locale) {
            self.units(file, units)?;
        }
        Ok(())
    }

    fn units(&mut self, file: &Path, units: &[Returned]) -> Result<(), String> {
        let Some(first) = units.first() else { return Ok(()) };
        let locale = apply::locale(&self.documents, &first.locale)
            .filter(|locale| *locale != self.documents.config.source_locale)
            .ok_or_else(|| {
                let (line, column) = (first.line, first.column);
                format!(
                    "{}:{line}:{column}: `{}` is no language that this site is translated into",
                    file.display(),
                    first.locale
                )
            })?;
        let site = Site { tree: &self.tree, documents: &self.documents, today: self.today };
        let outcome = apply::apply(site, locale, units, self.unfinished);
        outcome.told.iter().for_each(|told| tell(file, told));
        self.is_refused |= outcome.told.iter().any(|told| told.why == Why::Refused);
        self.all.units += outcome.units;
        self.all.recorded += outcome.recorded;
        self.go_on(outcome.changes)
    }

    /// The next units go into the site as it will be.
    fn go_on(&mut self, changes: Changes) -> Result<(), String> {
        if changes.is_empty() {
            return Ok(());
        }
        self.tree = changes.onto(&self.tree);
        let (documents, _) = crate::parse::documents(&mut self.tree, &mut Cache::default(), true);
        self.documents = documents.ok_or("the site could not be read with these translations")?;
        self.all.changes.then(changes);
        Ok(())
    }
}

/// Says what was left out, at its place in the file that came back.
fn tell(file: &Path, told: &Told) {
    let at = told.place.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
    let line = format!("{}{at}: {}", file.display(), told.what);
    if told.why == Why::Refused { terminal::fail(&line) } else { terminal::note(&line) }
}
