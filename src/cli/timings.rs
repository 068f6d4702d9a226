//! How long each phase of the work took, for people under `-v` and for programs under `--timings`.

use std::cell::RefCell;
use std::time::Duration;

use super::terminal::{self, Terminal, Watch};

/// Phases in the order in which they ended.
pub struct Timings {
    watch: Watch,
    ended: RefCell<Vec<(&'static str, Duration)>>,
}

impl Timings {
    /// Begins to measure.
    pub fn start() -> Self {
        Self { watch: Watch::start(), ended: RefCell::default() }
    }

    /// Notes the end of a phase, which began when the one before it ended.
    pub fn end(&self, phase: &'static str) {
        self.ended.borrow_mut().push((phase, self.watch.elapsed()));
    }

    /// Time since the beginning.
    pub fn elapsed(&self) -> Duration {
        self.watch.elapsed()
    }

    /// Each phase with how long it took.
    fn phases(&self) -> Vec<(&'static str, Duration)> {
        let mut before = Duration::ZERO;
        let took = |(phase, end): &(&'static str, Duration)| (*phase, *end - std::mem::replace(&mut before, *end));
        self.ended.borrow().iter().map(took).collect()
    }

    /// Tells people in a line, and a program that asked for it in JSON, in milliseconds. Gives the exit code.
    pub fn tell(&self, as_json: bool, terminal: &Terminal) -> u8 {
        let phases = self.phases();
        if terminal.verbose {
            let parts: Vec<String> = phases.iter().map(|(phase, took)| format!("{phase} {took:.1?}")).collect();
            terminal.say(&format!("time: {}", parts.join(", ")));
        }
        if !as_json {
            return 0;
        }
        let milliseconds = |took: &Duration| (took.as_secs_f64() * 1e6).round() / 1e3;
        let phases: serde_json::Map<String, serde_json::Value> =
            phases.iter().map(|(phase, took)| ((*phase).to_owned(), milliseconds(took).into())).collect();
        let all = serde_json::json!({ "unit": "ms", "phases": phases, "total": milliseconds(&self.elapsed()) });
        terminal::data(&format!("{all}\n"))
    }
}
