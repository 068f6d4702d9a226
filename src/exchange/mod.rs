//! Exchange with translators: texts as units that other programs translate, XLIFF or PO, and what comes back put in its place.
//!
//! Pure: files of the site are read from a tree, and what is to be written is worked out as a whole before anything is.

mod apply;
mod blocks;
pub mod codes;
mod fits;
pub mod gather;
mod here;
pub mod import;
mod insert;
mod lines;
mod lists;
mod merge;
pub mod po;
mod records;
mod scalar;
mod segment;
mod tell;
mod theme;
pub mod xliff;
mod xml;
mod yaml;

use std::ops::Range;

use crate::diag::Span;
use crate::parse::text::SourceText;

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

/// What a file of an exchange is for: one site, from one language into another.
#[derive(Debug, Clone, Copy)]
pub struct Purpose<'a> {
    /// The id of the site.
    pub site: &'a str,
    /// The tag of the language that is translated from.
    pub source: &'a str,
    /// The id of the locale that is translated into.
    pub locale: &'a str,
    /// Its tag.
    pub tag: &'a str,
}

/// A unit that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// What it says.
    pub unit: Unit,
    /// The languages that its file says it is in, which mean one: as the site calls it, as programs do.
    pub locales: Vec<String>,
    /// The site that it was sent out from, where the file says so.
    pub site: Option<String>,
    /// Where it begins in its file.
    pub place: Span,
    /// Where its translation stands there.
    pub words: Span,
}

/// Why a file is none of a format.
#[derive(Debug, PartialEq, Eq)]
pub struct Damaged {
    /// Where.
    pub place: Span,
    /// What was expected.
    pub problem: String,
}

/// Damage at a byte of a text: up to the end of its line.
fn damaged(source: SourceText<'_>, at: usize, problem: impl Into<String>) -> Damaged {
    let at = (0..=at.min(source.text.len())).rev().find(|at| source.text.is_char_boundary(*at)).unwrap_or(0);
    Damaged { place: source.place(line_from(source.text, at)), problem: problem.into() }
}

/// From a byte of a text to the end of its line.
fn line_from(text: &str, at: usize) -> Range<usize> {
    let line = text[at..].lines().next().unwrap_or_default();
    at..at + line.trim_end().len()
}
