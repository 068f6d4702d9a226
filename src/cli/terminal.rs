//! Words to people on stderr, data on stdout, progress where someone is watching.

use std::io::{self, IsTerminal, Write};
use std::sync::OnceLock;
use std::time::Duration;
#[expect(clippy::disallowed_types, reason = "the terminal is an edge: it tells how long work took")]
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use super::gates::Gates;
use super::{FAILURE, Format};
use crate::diag::Diagnostic;
use crate::diag::emit::{self, render};
use crate::edge::disk::reason;
use crate::source::tree::SourceTree;

/// How much to say.
pub struct Terminal {
    pub quiet: bool,
    pub verbose: bool,
}

impl Terminal {
    /// A line to people, unless they asked for quiet.
    pub fn say(&self, line: &str) {
        if !self.quiet {
            let _ = writeln!(io::stderr(), "{}", emit::spelt(line));
        }
    }

    /// Diagnostics in the chosen layout; `quiet` leaves out for people what stops nothing. Gives an exit code: 0, unless they
    /// could not be written.
    pub fn diagnostics(&self, found: &[Diagnostic], tree: &SourceTree, (format, gates): (Format, &Gates)) -> u8 {
        match format {
            Format::Human => {
                let shown: Vec<Diagnostic> =
                    found.iter().filter(|it| !self.quiet || gates.stops(it)).cloned().collect();
                let text = render(&shown, tree, emit::Format::Human { colour: true });
                written(anstream::stderr().write_all(text.as_bytes()))
            }
            Format::Short => data(&render(found, tree, emit::Format::Short)),
            Format::Json => data(&render(found, tree, emit::Format::Json)),
            Format::Github => data(&render(found, tree, emit::Format::Github)),
            Format::Sarif => data(&render(found, tree, emit::Format::Sarif)),
        }
    }
}

/// A line that people have to know, also those who asked for quiet.
pub fn note(line: &str) {
    let _ = writeln!(io::stderr(), "note: {}", emit::spelt(line));
}

/// A line that explains a failure.
pub fn fail(line: &str) {
    let _ = writeln!(io::stderr(), "error: {}", emit::spelt(line));
}

/// What is wrong with the arguments, or the help that was asked for. Gives an exit code: 0, unless it could not be written.
pub fn refused(error: &clap::Error) -> u8 {
    let plain = error.to_string();
    let spelt = emit::spelt(&plain);
    written(if spelt == plain { error.print() } else { io::stderr().write_all(spelt.as_bytes()) })
}

/// What a program may read. Gives an exit code: 0, unless it could not be written.
pub fn data(text: &str) -> u8 {
    let mut out = io::stdout();
    written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// The exit code of writing. A closed pipe is the reader's choice, not a failure.
pub fn written(result: io::Result<()>) -> u8 {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            fail(&format!("what was found could not be written: {}", reason(&error)));
            FAILURE
        }
        _ => 0,
    }
}

/// A stopwatch.
#[expect(clippy::disallowed_types, reason = "the terminal is an edge: it tells how long work took")]
pub struct Watch(Instant);

#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the terminal is an edge: it tells how long work took"
)]
impl Watch {
    /// Starts it.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since it was started.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// A bar that appears when work takes more than a second and someone is watching.
pub struct Progress {
    watch: Watch,
    bar: OnceLock<ProgressBar>,
    watched: bool,
    /// What is counted.
    what: &'static str,
}

impl Progress {
    /// Begins work on files.
    pub fn begin(terminal: &Terminal) -> Self {
        Self::counting(terminal, "files")
    }

    /// Begins work on things of which there are many.
    pub fn counting(terminal: &Terminal, what: &'static str) -> Self {
        let watched = !terminal.quiet && std::io::stderr().is_terminal();
        Self { watch: Watch::start(), bar: OnceLock::new(), watched, what }
    }

    /// Says how many of how many are done.
    pub fn at(&self, done: usize, of: usize) {
        if !self.watched || (self.bar.get().is_none() && self.watch.elapsed() < Duration::from_secs(1)) {
            return;
        }
        let bar = self.bar.get_or_init(|| {
            let style = ProgressStyle::with_template(&format!("{{bar:30}} {{pos}} of {{len}} {}", self.what))
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(of as u64).with_style(style)
        });
        bar.set_position(done as u64);
    }

    /// Ends work; the bar goes away.
    pub fn end(self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
