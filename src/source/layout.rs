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

/// Addresses outside the site that were not reached.
pub const LINKS: &str = "content/links.yaml";

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

/// The file of a template that texts name, within a theme's folder of templates.
#[must_use]
pub fn template(name: &str) -> String {
    format!("{name}.html")
}

/// Files that stand in just one place.
pub const FILES: &[&str] = &[SITE, SITUATIONS, GLOSSARY, PUBLISHED, TRANSLATED, LINKS, SOURCES, NATIONAL];

/// Whether a name is one that programs leave beside what they edit, and that nobody gives: hidden files, `x~`, `#x#`, `.x.un~`, `x.swp`, and the
/// file with which Vim tries a folder.
#[must_use]
pub fn is_left_by_editors(name: &[u8]) -> bool {
    let ends = |signs: &[&[u8]]| signs.iter().any(|sign| name.ends_with(sign));
    name.starts_with(b".")
        || ends(&[b"~", b".swp", b".swo", b".swx"])
        || (name.len() > 1 && name.starts_with(b"#") && name.ends_with(b"#"))
        || name == b"4913"
}

/// The name that a copy, or what a program kept of an older state, was made of: `about.en.md` for `about.en (copy).md`, `about.en.md.orig`.
#[must_use]
pub fn original(name: &str) -> Option<String> {
    const KEPT: &[&str] = &[".orig", ".rej", ".bak", ".old", ".save", ".tmp", ".txt"];
    let is_ours = |name: &str| name.ends_with(".md") || name.ends_with(".yaml");
    if let Some(whole) = KEPT.iter().find_map(|end| name.strip_suffix(end)).filter(|name| is_ours(name)) {
        return Some(whole.to_owned());
    }
    let (stem, extension) = name.rsplit_once('.').filter(|_| is_ours(name))?;
    let (stem, locale) = stem.rsplit_once('.').unwrap_or((stem, ""));
    let [own, locale_own] = [stem, locale].map(copied_from);
    if own.is_none() && locale_own.is_none() {
        return None;
    }
    let (stem, locale) = (own.unwrap_or(stem), locale_own.unwrap_or(locale));
    Some(if locale.is_empty() { format!("{stem}.{extension}") } else { format!("{stem}.{locale}.{extension}") })
}

/// A name without the words that a file manager adds to a copy; our own names hold neither spaces nor brackets.
fn copied_from(name: &str) -> Option<&str> {
    if let Some(name) = name.strip_prefix("Copy of ") {
        return Some(name);
    }
    let at = name.find([' ', '(']).filter(|at| *at > 0)?;
    let added = name[at..].trim_matches([' ', '-', '(', ')']).to_lowercase();
    let is_copy = ["copy", "another copy", "副本", "کاپی"].iter().any(|word| added.starts_with(word));
    (is_copy || added.bytes().all(|byte| byte.is_ascii_digit())).then_some(&name[..at])
}

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

#[cfg(test)]
mod tests {
    use super::{is_left_by_editors, original};

    #[test]
    fn copies_and_what_editors_leave() {
        for name in [".a.md.swp", "a.md~", "#a.md#", ".a.un~", "a.swp", "4913"] {
            assert!(is_left_by_editors(name.as_bytes()), "{name}");
        }
        for name in ["a.en.md", "#", "a#.md", "49133"] {
            assert!(!is_left_by_editors(name.as_bytes()), "{name}");
        }
        for copy in [
            "a.en (copy).md",
            "a (copy).en.md",
            "a.en copy.md",
            "a.en copy 2.md",
            "a.en (2).md",
            "a.en 2.md",
            "a.en(1).md",
            "a.en - Copy.md",
            "a.en - 副本.md",
            "Copy of a.en.md",
            "a.en.md.orig",
            "a.en.md.txt",
        ] {
            assert_eq!(original(copy).as_deref(), Some("a.en.md"), "{copy}");
        }
        assert_eq!(original("zong (copy).yaml").as_deref(), Some("zong.yaml"));
        for own in ["a.en.md", "close-2.en.md", "a.txt", "a b.en.md", "copy-of-a.en.md"] {
            assert_eq!(original(own), None, "{own}");
        }
    }
}
