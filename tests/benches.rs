//! The sites that benchmarks build are sites: what the generator writes today has nothing wrong in it.

use std::path::Path;
use std::process::Command;

/// Makes a small site in these locales; needs Python, as the benchmarks do.
fn generate(folder: &Path, locales: &str) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/site/generate.py");
    let made = Command::new("python3")
        .args(["-B", script, "--pages", "60", "--programs", "rahnuma", "--jobs", "1", "--registry"])
        .args(["--locales", locales, "--out", folder.to_str().unwrap()])
        .output()
        .unwrap_or_else(|error| panic!("python3 makes the sites of the benchmarks: {error}"));
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

#[test]
fn made_up_sites_have_nothing_wrong_in_them() {
    for locales in ["zh,en,ur", "zh,en,ur,ar,fa,de,fr,es,pt,tr,hi,id"] {
        let folder = tempfile::tempdir().unwrap();
        generate(folder.path(), locales);
        for theme in ["rahnuma", "neutral"] {
            assert_eq!(crate::common::short(&folder.path().join(theme)), "", "{locales}: {theme}");
        }
    }
}
