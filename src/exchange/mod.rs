//! Exchange with translators: texts as units that other programs translate, XLIFF or PO, and what comes back put in its place.
//!
//! Pure: files of the site are read from a tree, and what is to be written is worked out as a whole before anything is.

pub mod apply;
pub mod codes;
pub mod gather;
mod lines;
mod merge;
pub mod po;
mod scalar;
mod segment;
pub mod xliff;
mod xml;
mod yaml;

use std::fmt;

/// How far a translation is, as both formats can say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// There is none.
    New,
    /// It was made from words that changed since.
    NeedsWork,
    /// It is there, and nobody said that it agrees with its source.
    NeedsReview,
    /// It agrees.
    Done,
}

/// A text that is translated as a whole: a paragraph, an item, a cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The file of the source.
    pub file: String,
    /// Which text of the file: `prepare/item:papers`.
    pub id: String,
    /// What its source says, as it is written, on one line.
    pub source: String,
    /// What its translation says; empty when there is none.
    pub target: String,
    /// How far it is.
    pub state: State,
    /// What a translator has to know.
    pub notes: Vec<String>,
}

/// A unit that came back, and where it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// What it says.
    pub unit: Unit,
    /// The locale it is in.
    pub locale: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

/// Why a file is none of a format.
#[derive(Debug, PartialEq, Eq)]
pub struct Damaged {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What was expected.
    pub problem: String,
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.problem)
    }
}

/// The line and column of a byte of a text, both from 1.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

fn damaged(text: &str, at: usize, problem: impl Into<String>) -> Damaged {
    let (line, column) = place(text, at);
    Damaged { line, column, problem: problem.into() }
}
