#![doc = include_str!("crate.md")]
#![warn(missing_docs)]

// What others may build on.
pub mod compile;
pub mod diag;
pub mod edge;
pub mod output;
pub mod plan;
pub mod source;

// The program, of which `main` is the hand-over.
#[doc(hidden)]
pub mod cli;

// Phases and their values. Our own tests and benches look into them; they may change with every version.
#[doc(hidden)]
pub mod check;
#[doc(hidden)]
pub mod external;
#[doc(hidden)]
pub mod hash;
#[doc(hidden)]
pub mod link;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod parse;
#[doc(hidden)]
pub mod publish;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod script;
#[doc(hidden)]
pub mod theme;

mod audit;
mod budget;
mod change;
mod codec;
mod csp;
mod exchange;
mod image;
mod lock;
mod view;
