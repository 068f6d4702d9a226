//! The edges of the library: the only modules besides the command line that touch the world outside.

#![expect(clippy::disallowed_methods, reason = "this is the edge to the file system")]

pub mod disk;
pub mod edit;
pub(crate) mod exchange;
pub mod history;
#[cfg(feature = "publish")]
pub mod links;
pub mod review;
pub mod serve;
#[cfg(feature = "publish")]
pub mod store;
