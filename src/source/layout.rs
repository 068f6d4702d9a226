//! Where the files of a project stand: every folder and file name, once.

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

/// What is not published yet: the folders of `content/` again.
pub const DRAFTS: &str = "content/drafts";

/// Files that are copied as they are, to the root of the site.
pub const STATIC: &str = "content/static";

/// The one folder there whose name begins with a dot that hosts and browsers look for.
pub const WELL_KNOWN: &str = ".well-known";

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

/// Where a draft will stand once it is published; nothing for a file that is not among the drafts.
#[must_use]
pub fn published(file: &str) -> Option<String> {
    let inside = file.strip_prefix(DRAFTS)?.strip_prefix('/')?;
    Some(format!("{CONTENT}/{inside}"))
}

/// Where a file that is copied as it is goes; nothing for other files.
#[must_use]
pub fn copied(file: &str) -> Option<&str> {
    file.strip_prefix(STATIC)?.strip_prefix('/')
}

/// The folder of a theme, with its closing slash.
#[must_use]
pub fn theme(name: &str) -> String {
    format!("{THEMES}/{name}/")
}
