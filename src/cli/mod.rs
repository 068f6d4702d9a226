//! The command line: arguments in, exit code and terminal output out. The only place that prints.
//!
//! Exit codes: 0 clean; 1 the content has errors, or warnings that a gate refuses; 2 usage, input/output or internal
//! failure.

mod accept;
mod build;
mod change;
mod day;
mod diff;
mod exchange;
mod explain;
#[cfg(feature = "publish")]
mod external;
mod facts;
mod gates;
mod host;
mod init;
mod new;
#[cfg(feature = "publish")]
mod publish;
mod rename;
mod schema;
mod scope;
mod serve;
mod status;
mod terminal;
mod theme;
mod timings;
mod verify;
mod work;

use std::ffi::OsString;
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::edge::serve::Editor;
use crate::plan::share::Share;
use gates::Gates;
use terminal::Terminal;

/// The content has errors.
const CONTENT: u8 = 1;
/// Usage, input/output or internal failure.
const FAILURE: u8 = 2;

/// Builds guides people must get right: Markdown and policy facts into a site in several languages.
#[derive(Parser)]
#[command(name = "rahnuma", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Print nothing but errors.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say how long each phase took.
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Build the site.
    Build(BuildArguments),
    /// Put a site together from the parts that `build --shard` made, on however many machines.
    Merge(MergeArguments),
    /// Find everything wrong. Nothing is written, but what --external-links remembers.
    Check(CheckArguments),
    /// Say how far translations are: missing, stale, orphaned.
    Status(StatusArguments),
    /// Record that a translation agrees with its source as it is today.
    Accept(AcceptArguments),
    /// Write the texts of a locale to a file that translators' programs read: XLIFF or PO.
    Export(exchange::ExportArguments),
    /// Put translations from such files in their places.
    Import(exchange::ImportArguments),
    /// Show the site while it is written: pages follow every saved file.
    ///
    /// Writes nothing. Errors stand above the page, or the last one that could be made; /_desk/ shows the whole site at a glance.
    Serve(ServeArguments),
    /// List facts by the day they are due for review, or end.
    Facts(FactsArguments),
    /// Write down that a fact was compared with its sources.
    Confirm(ConfirmArguments),
    /// Make a site to start from: a small complete one, or an empty one in any languages.
    Init(init::InitArguments),
    /// Make a guide, a page, a carrier, a fact or a locale to start from: every file in every locale.
    New(new::NewArguments),
    /// Write what is new into content/published.yaml, so that it can be found for good: ids of sections and items.
    Register(rename::RegisterArguments),
    /// Give a guide, a step, an item, a fact or a carrier another name wherever it is named; old links go on working.
    Rename(rename::RenameArguments),
    /// Print the settings of a host that does not read them from the site's folder: nginx, caddy, s3.
    Host(host::HostArguments),
    /// Put a built site into object storage or a folder: only what changed, in an order in which readers always have a whole site.
    ///
    /// Credentials come from the environment: `AWS_ACCESS_KEY_ID` and so on for s3://, `GOOGLE_SERVICE_ACCOUNT` and so on for gs://,
    /// `AZURE_STORAGE_ACCOUNT_NAME` and so on for az://.
    #[cfg(feature = "publish")]
    Publish(publish::PublishArguments),
    /// Go back to an earlier release of a site that `rahnuma publish` put somewhere.
    #[cfg(feature = "publish")]
    Rollback(publish::RollbackArguments),
    /// Compare a copy of the site, or what was published, with the SHA-256 of each file that was written down.
    Verify(verify::VerifyArguments),
    /// The theme's files.
    Theme(theme::ThemeArguments),
    /// Say what a diagnostic means, with an example; without a code, list them all.
    Explain {
        /// The code in brackets, such as unknown-fact.
        code: Option<String>,
    },
    /// Print the JSON Schemas of every YAML file and of front matter, for text editors; without a name, list them all.
    Schema(schema::SchemaArguments),
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

#[derive(Args)]
struct SiteArguments {
    /// The folder that holds `content`.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Another address than `base_url` in site.yaml, for a preview on another host.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
    /// Build as if it were this day, such as 2026-11-22; today in the site's time zone if not given.
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    #[command(flatten)]
    gates: Gates,
}

#[derive(Args)]
struct BuildArguments {
    #[command(flatten)]
    site: SiteArguments,
    /// Print how long each phase took as JSON, in milliseconds.
    #[arg(long)]
    timings: bool,
    /// Build to show to some before it is published: every page says so, and search engines are told to leave it out.
    #[arg(long)]
    preview: bool,
    /// Build with drafts, to show to some: as --preview, and each draft says that it is one.
    #[arg(long)]
    drafts: bool,
    /// Build one part of the site, such as 3/8 for the third of eight; `rahnuma merge` puts the parts together.
    #[arg(long, value_name = "PART", conflicts_with_all = ["preview", "drafts"])]
    shard: Option<Share>,
    /// Where to write; `public` in the root folder if not given, `part-3-of-8` for a part.
    #[arg(long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
}

#[derive(Args)]
struct MergeArguments {
    /// The folders with the parts, all of them.
    #[arg(value_name = "DIR", required = true)]
    parts: Vec<PathBuf>,
    #[command(flatten)]
    site: SiteArguments,
    /// Print how long each phase took as JSON, in milliseconds.
    #[arg(long)]
    timings: bool,
    /// Where to write; `public` in the root folder if not given.
    #[arg(long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
}

#[derive(Args)]
struct CheckArguments {
    #[command(flatten)]
    site: SiteArguments,
    /// Tell only what concerns these files or folders.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Tell only what concerns this language edition.
    #[arg(long, value_name = "LOCALE")]
    locale: Option<String>,
    /// Ask each address outside the site as well whether something still stands there: politely, so it takes a while.
    ///
    /// One that is gone on two days is an error; content/links.yaml remembers those that were not reached, and on which days.
    #[arg(long)]
    external_links: bool,
    /// How to print what was found: human goes to stderr, the others to stdout.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Args)]
struct StatusArguments {
    /// The folder that holds `content`.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Show what changed in the source since a text was translated, such as `--diff jazz/close-sim ur`.
    #[arg(long, num_args = 2, value_names = ["GUIDE", "LOCALE"])]
    diff: Option<Vec<String>>,
    /// For people, or as JSON for programs; both go to stdout.
    #[arg(long, value_enum, default_value_t = StatusFormat::Human, conflicts_with = "diff")]
    format: StatusFormat,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
enum StatusFormat {
    Human,
    Json,
}

#[derive(Args)]
struct AcceptArguments {
    /// The translation, such as content/guides/jazz/close-sim.ur.md, or a YAML file.
    #[arg(required_unless_present = "all")]
    file: Option<PathBuf>,
    /// One step alone, by its id; of a YAML file one text, as the finding names it. May be given more than once.
    #[arg(long, value_name = "ID", conflicts_with = "all")]
    step: Vec<String>,
    /// Of a YAML file the texts of one locale alone.
    #[arg(long, value_name = "LOCALE")]
    locale: Option<String>,
    /// Every translation that has no record yet: how a site begins. What is stale stays stale, unless a file is named: then all of it was read.
    #[arg(long)]
    all: bool,
    /// The folder that holds `content`.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Record this day, such as 2026-11-22; today if not given.
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
}

#[derive(Args)]
struct ServeArguments {
    /// The folder that holds `content`.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The port; 0 takes one that is free.
    #[arg(long, value_name = "PORT", default_value_t = 4400)]
    port: u16,
    /// Serve to others too, at this address of the machine, such as 0.0.0.0; this machine alone if not given.
    #[arg(long, value_name = "ADDRESS")]
    bind: Option<IpAddr>,
    /// Open the site in the browser.
    #[arg(long)]
    open: bool,
    /// How links open a line: vscode, vscodium, cursor, windsurf, zed, idea, sublime, textmate, macvim, none, or an address with {file}, {line}
    /// and {column}.
    #[arg(long, value_name = "EDITOR", default_value = "vscode", value_parser = Editor::new)]
    editor: Editor,
    /// Another address than `base_url` in site.yaml: its path is where the site stands.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
    /// Show the site as of this day, such as 2026-11-22; today if not given.
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
}

#[derive(Args)]
struct FactsArguments {
    /// The folder that holds `content`.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Only those due within so many days or weeks, such as 14d or 2w; what is overdue is among them.
    #[arg(long, value_name = "TIME", value_parser = days)]
    due: Option<i64>,
    /// Only those of this carrier, or `national`.
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// As if it were this day; today in the site's time zone if not given.
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// How to print them; JSON is one object a line.
    #[arg(long, value_enum, default_value_t = FactsFormat::Human)]
    format: FactsFormat,
}

#[derive(Args)]
struct ConfirmArguments {
    /// The fact, such as jazz.helpline.
    fact: String,
    /// The day it was compared.
    #[arg(long, value_name = "DATE", value_parser = date)]
    checked: Date,
    /// The source it was compared with; added to those the value cites.
    #[arg(long, value_name = "ID")]
    source: Option<String>,
    /// The folder that holds `content`.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// As if it were this day; today in the site's time zone if not given.
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
enum FactsFormat {
    Human,
    Json,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
enum Format {
    /// With the lines and what to do.
    Human,
    /// `file:line:column: severity[code]: headline`, a line each.
    Short,
    /// A JSON object a line.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

fn base_url(text: &str) -> Result<String, String> {
    crate::parse::site_file::checked_base_url(text)
        .map_err(|reason| format!("{reason}, such as https://example.org/sim/"))
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "expected a day such as 2026-11-22".to_owned())
}

/// A number of days: `14d`, `2w`.
fn days(text: &str) -> Result<i64, String> {
    let (number, each) = match (text.strip_suffix('d'), text.strip_suffix('w')) {
        (Some(days), _) => (days, 1),
        (_, Some(weeks)) => (weeks, 7),
        _ => (text, 1),
    };
    let number: Option<i64> = number.parse::<u16>().ok().map(i64::from);
    number.map(|number| number * each).ok_or_else(|| "expected a time such as 14d or 2w".to_owned())
}

/// Runs the program with its arguments; may be called more than once in a process. What a panic says is one line from then
/// on.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { FAILURE } else { 0 };
            let code = code.max(terminal::refused(&error));
            name_serve(&error);
            return ExitCode::from(code);
        }
    };
    let terminal = Terminal { quiet: arguments.quiet, verbose: arguments.verbose };
    ExitCode::from(work::guarded(|| work::on_threads(&terminal, || execute(&arguments.command, &terminal))))
}

/// What other programs call a preview.
const PREVIEWS: &[&str] = &["watch", "dev", "preview", "start", "server", "live"];

/// Whoever looks for a preview under another program's name hears ours.
fn name_serve(error: &clap::Error) {
    if let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidSubcommand)
        && PREVIEWS.contains(&typed.as_str())
    {
        terminal::note("`rahnuma serve` shows the site and follows every saved file");
    }
}

fn execute(command: &Command, terminal: &Terminal) -> u8 {
    match command {
        Command::Build(build) => build::build(build, terminal),
        Command::Merge(merge) => build::merge(merge, terminal),
        Command::Check(check) => build::check(check, terminal),
        Command::Status(status) => status::status(status, terminal),
        Command::Accept(accept) => accept::accept(accept, terminal),
        Command::Export(arguments) => exchange::export(arguments, terminal),
        Command::Import(arguments) => exchange::import(arguments, terminal),
        Command::Serve(serve) => serve::serve(serve, terminal),
        Command::Facts(arguments) => facts::facts(arguments, terminal),
        Command::Confirm(arguments) => facts::confirm(arguments, terminal),
        Command::Init(arguments) => init::init(arguments, terminal),
        Command::New(arguments) => new::new(arguments, terminal),
        Command::Register(arguments) => rename::register_ids(arguments, terminal),
        Command::Rename(arguments) => rename::rename(arguments, terminal),
        Command::Host(arguments) => host::print(arguments, terminal),
        #[cfg(feature = "publish")]
        Command::Publish(arguments) => publish::publish(arguments, terminal),
        #[cfg(feature = "publish")]
        Command::Rollback(arguments) => publish::rollback(arguments, terminal),
        Command::Verify(arguments) => verify::verify(arguments, terminal),
        Command::Theme(arguments) => theme::theme(arguments, terminal),
        Command::Explain { code } => explain::explain(code.as_deref()),
        Command::Schema(arguments) => schema::schema(arguments, terminal),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "rahnuma", &mut script);
            terminal::data(&String::from_utf8_lossy(&script))
        }
    }
}
