#![doc = include_str!("crate.md")]
#![warn(missing_docs)]

pub mod budget;
pub mod check;
pub mod cli;
mod codec;
pub mod compile;
pub mod diag;
pub mod edge;
pub mod hash;
mod image;
pub mod link;
pub mod lock;
pub mod model;
pub mod output;
pub mod parse;
pub mod path;
pub mod plan;
pub mod render;
pub mod script;
mod starter;
pub mod theme;
pub mod tree;
pub mod view;
