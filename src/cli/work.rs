//! Where the work is done: on as many threads as the system gives, and so that a fault of the program ends in one line.

use std::any::Any;
use std::num::NonZero;
use std::panic::{self, AssertUnwindSafe};
use std::{env, thread};

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

use super::FAILURE;
use super::terminal::{self, Terminal};

/// What each thread may use for calls within calls: as much as the first thread of a program has.
const STACK: usize = 8 * 1024 * 1024;

/// More threads than so many on each processor gain nothing.
const THREADS_A_PROCESSOR: usize = 4;

/// Does work on threads, and on this one alone where the system gives no others.
pub fn on_threads(terminal: &Terminal, work: impl FnOnce() -> u8 + Send) -> u8 {
    if rayon::current_thread_index().is_some() {
        return work();
    }
    match pool(terminal) {
        Ok(pool) => pool.install(work),
        Err(error) => {
            terminal::fail(&format!("the system gives no threads to work on: {error}"));
            FAILURE
        }
    }
}

fn pool(terminal: &Terminal) -> Result<ThreadPool, ThreadPoolBuildError> {
    ThreadPoolBuilder::new().num_threads(threads()).stack_size(STACK).build().or_else(|_| {
        terminal.say("the system gives no more threads; the work is done on one and takes longer");
        ThreadPoolBuilder::new().num_threads(1).use_current_thread().build()
    })
}

/// How many threads: what the environment asks for, as long as a system can be expected to give them; 0 for one on each processor. A
/// thread that gets no memory while it begins ends the program.
#[expect(clippy::disallowed_methods, reason = "how the work is shared out changes nothing of the site")]
fn threads() -> usize {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let asked = env::var("RAYON_NUM_THREADS").ok().and_then(|asked| asked.parse::<usize>().ok());
    asked.map_or(0, |asked| asked.min(THREADS_A_PROCESSOR * processors))
}

/// Does work; a panic in it is told in a line and gives the exit code of a failure.
pub fn guarded(work: impl FnOnce() -> u8) -> u8 {
    panic::set_hook(Box::new(|panic| {
        // Only this program's own places: those of others tell where it was built, and nothing else.
        let place = panic.location().filter(|place| place.file().starts_with("src/"));
        terminal::fail(&told(panic.payload(), place.map(ToString::to_string)));
    }));
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or(FAILURE)
}

fn told(payload: &(dyn Any + Send), place: Option<String>) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("it stopped");
    let text = text.replace(char::is_control, " ");
    let place = place.map(|place| format!(", at {place}")).unwrap_or_default();
    format!("this is a fault of the program and not of the site; please report it with what it says: {text}{place}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_anywhere_is_a_failure_in_one_line() {
        let quiet = Terminal { quiet: true, verbose: false };
        let hook = panic::take_hook();
        let codes = [
            guarded(|| panic!("here")),
            guarded(|| on_threads(&quiet, || panic!("on a thread"))),
            guarded(|| on_threads(&quiet, || rayon::join(|| panic!("on another"), || 0).1)),
            guarded(|| on_threads(&quiet, || 1)),
        ];
        panic::set_hook(hook);
        assert_eq!(codes, [FAILURE, FAILURE, FAILURE, 1]);
        let line = told(&"index out\nof bounds", Some("src/a.rs:1:2".into()));
        assert!(line.ends_with("what it says: index out of bounds, at src/a.rs:1:2"), "{line}");
        assert!(!line.contains('\n') && told(&7, None).ends_with(": it stopped"));
    }
}
