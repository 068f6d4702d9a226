//! Translations that cannot drift: fingerprints of what a text says, and how a translation's record of them stands to its source.
//!
//! Pure; where records stand and how they are written is the business of others.

mod fingerprint;
mod flat;
mod lines;
mod repeated;
mod signs;
mod state;
mod words;

pub use fingerprint::{of_text, of_words};
pub use lines::number_lines;
pub use signs::signs;
pub use state::{orphaned, states};
pub use words::changes;

/// Texts of fewer letters may well be the same in two languages: names.
pub const MANY_LETTERS: u32 = 40;
