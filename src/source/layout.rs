//! Where the files of a project stand. What takes a path apart names its folders where it does so.

/// What editors write.
pub const CONTENT: &str = "content";

/// What designers write: a folder for each theme.
pub const THEMES: &str = "themes";

/// The file that makes a folder a project.
pub const SITE: &str = "content/site.yaml";

/// Cases that readers choose from.
pub const SITUATIONS: &str = "content/situations.yaml";

/// Words that are always translated alike.
pub const GLOSSARY: &str = "content/glossary.yaml";

/// Addresses and ids that readers hold already.
pub const PUBLISHED: &str = "content/published.yaml";

/// From which words the texts in YAML were translated.
pub const TRANSLATED: &str = "content/translated.yaml";

/// Where facts come from.
pub const SOURCES: &str = "content/policies/sources.yaml";

/// Facts by owner, a file each.
pub const POLICIES: &str = "content/policies";

/// The facts that hold for every carrier.
pub const NATIONAL: &str = "content/policies/national.yaml";

/// Guides, a folder for each section.
pub const GUIDES: &str = "content/guides";

/// Files that stand in just one place.
pub const FILES: &[&str] = &[SITE, SITUATIONS, GLOSSARY, PUBLISHED, TRANSLATED, SOURCES, NATIONAL];

/// The file of an owner's facts.
#[must_use]
pub fn policy(owner: &str) -> String {
    format!("{POLICIES}/{owner}.yaml")
}

/// The card of a guide, named by its section and id.
#[must_use]
pub fn card(guide: &str) -> String {
    format!("{GUIDES}/{guide}.card.yaml")
}

/// Whose facts a file states, if its place is that of facts.
#[must_use]
pub fn owner(file: &str) -> Option<&str> {
    file.strip_prefix(POLICIES)?.strip_prefix('/')?.strip_suffix(".yaml")
}

/// The folder of a theme, with its closing slash.
#[must_use]
pub fn theme(name: &str) -> String {
    format!("{THEMES}/{name}/")
}
