//! `check --external-links`: what hosts that answer well and badly make of an address, how they are asked, and what is remembered.

#[cfg(feature = "publish")]
mod asked;
#[cfg(feature = "publish")]
mod remembered;
#[cfg(feature = "publish")]
mod server;

#[test]
#[cfg(not(feature = "publish"))]
fn a_program_without_a_network_says_so() {
    use crate::common::program::{rahnuma, stderr};
    let site = crate::common::starter();
    let root = site.path().to_str().unwrap();
    let output =
        rahnuma().args(["check", "--as-of", "2026-11-22", "--external-links", "--root", root]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("built without `publish`"), "{}", stderr(&output));
}
