//! The files of a project as they are read: their paths, their bytes, where each has its place.

pub mod layout;
pub mod path;
pub(crate) mod starter;
pub mod tree;
