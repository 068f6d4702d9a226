//! The site that `init` starts with, compiled into the program.

macro_rules! files {
    ($($name:literal)*) => {
        &[$(($name, include_bytes!(concat!("starter/", $name)))),*]
    };
}

/// Its files by path.
pub const FILES: &[(&str, &[u8])] = files! {
    ".github/workflows/publish.yml"
    ".gitignore"
    "content/fragments/before-you-start.en.md"
    "content/fragments/before-you-start.ur.md"
    "content/fragments/before-you-start.zh.md"
    "content/guides/example/close-sim.en.md"
    "content/guides/example/close-sim.ur.md"
    "content/guides/example/close-sim.zh.md"
    "content/pages/about.en.md"
    "content/pages/about.ur.md"
    "content/pages/about.zh.md"
    "content/policies/example.yaml"
    "content/policies/national.yaml"
    "content/policies/sources.yaml"
    "content/site.yaml"
    "content/situations.yaml"
};

#[cfg(test)]
mod tests {
    use super::FILES;

    #[test]
    fn a_new_site_asks_for_the_program_that_made_it() {
        let workflow = FILES.iter().find(|(name, _)| name.ends_with("publish.yml")).map(|(_, bytes)| *bytes);
        let workflow = String::from_utf8_lossy(workflow.unwrap_or_default());
        assert!(workflow.contains(concat!("RAHNUMA: \"", env!("CARGO_PKG_VERSION"), "\"")), "{workflow}");
    }
}
