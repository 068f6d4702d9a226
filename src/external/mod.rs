//! Addresses outside the site: which there are and where, what is remembered of them, what is told. Asking them is `edge::links`.

mod addresses;
mod findings;
mod memory;

pub use addresses::{Addresses, addresses};
pub use findings::{Answers, findings};
pub use memory::after;
