//! `export` and `import`: texts to translators' programs and back.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::build::plural;
use super::change::{self, refuse};
use super::day;
use super::gates::Gates;
use super::terminal::Terminal;
use super::{CONTENT, FAILURE, Format, date};
use crate::diag::{Severity, suggest};
use crate::edge::{edit, exchange};
use crate::exchange::gather::Gathering;
use crate::exchange::import::{self, How, Imported, Site};
use crate::exchange::{Purpose, State, Unit, po, xliff};
use crate::link::pairs::pairs;
use crate::parse::Documents;
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
    /// Put in what fits, although something else is refused; without this, all of it goes in or nothing.
    #[arg(long)]
    skip_refused: bool,
    /// How to print what was found: human goes to stderr, the others to stdout.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
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
    let source = &config.locale(config.source_locale).tag;
    let purpose = Purpose { site: config.id.as_str(), source, locale, tag };
    let (text, ending) = match arguments.format {
        Form::Xliff => (xliff::write(&units, purpose), "xlf"),
        Form::Po => (po::write(&units, purpose), "po"),
    };
    let name = arguments.guide.as_deref().unwrap_or(config.id.as_str()).replace('/', "-");
    let path = exchange::target(&arguments.to, &format!("{name}.{locale}.{ending}"));
    let before = exchange::read(&path).ok();
    if let Err(problem) = edit::replace(&path, before.as_deref(), text.as_bytes()) {
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
    let Some((mut tree, documents)) = change::read(&arguments.root, terminal) else { return FAILURE };
    let mut files = Vec::new();
    for file in &arguments.files {
        match exchange::read(file) {
            Ok(bytes) => files.push(import::add(&mut tree, &file.display().to_string(), bytes)),
            Err(problem) => return refuse(&format!("{problem}; nothing was changed")),
        }
    }
    let today = arguments.as_of.unwrap_or_else(|| day::today(&tree));
    let how = How { unfinished: arguments.unfinished, skip_refused: arguments.skip_refused };
    let site = Site { tree: &tree, documents: &documents, today };
    let Imported { changes, units, recorded, found } = import::import(site, &files, how);
    let told = terminal.diagnostics(&found, &tree, (arguments.format, &Gates::default()));
    let count = |severity| found.iter().filter(|found| found.severity() == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > 0 {
        terminal.say(&format!("{} and {}", plural(errors, "error"), plural(warnings, "warning")));
    }
    if let Some(first) = found.iter().min_by_key(|found| found.severity()) {
        terminal.say(&format!("`rahnuma explain {}` says more", first.code.name()));
    }
    let refused = if errors > 0 { CONTENT } else { 0 };
    if errors > 0 && !arguments.skip_refused {
        terminal.say("nothing was changed; `--skip-refused` puts in what fits");
        return told.max(refused);
    }
    let done = format!("put in {}, recorded {}", plural(units, "text"), plural(recorded, "part"));
    change::write(&arguments.root, &tree, &changes, &done, terminal).max(told).max(refused)
}
