//! Links that open a file at a line in the editor's own program.

use std::path::Path;

use super::spots::Spot;

/// Programs that know such links, with the form of theirs. `{file}` is the whole path, which begins with `/`.
const KNOWN: &[(&str, &str)] = &[
    ("vscode", "vscode://file{file}:{line}:{column}"),
    ("vscodium", "vscodium://file{file}:{line}:{column}"),
    ("cursor", "cursor://file{file}:{line}:{column}"),
    ("windsurf", "windsurf://file{file}:{line}:{column}"),
    ("zed", "zed://file{file}:{line}:{column}"),
    ("idea", "idea://open?file={file}&line={line}&column={column}"),
    ("sublime", "subl://open?url=file://{file}&line={line}&column={column}"),
    ("textmate", "txmt://open?url=file://{file}&line={line}&column={column}"),
    ("macvim", "mvim://open?url=file://{file}&line={line}&column={column}"),
];

/// Schemes that do something else than to open a program.
const REFUSED: &[&str] = &["javascript", "data", "vbscript", "blob", "about", "view-source"];

/// How places become links; without a form there are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor(Option<String>);

impl Editor {
    /// A program by its name, `none`, or the form of an address with `{file}`, and `{line}` and `{column}` as it takes them.
    ///
    /// # Errors
    /// Says what was expected.
    pub fn new(text: &str) -> Result<Self, String> {
        if text == "none" {
            return Ok(Self(None));
        }
        if let Some((_, form)) = KNOWN.iter().find(|(name, _)| *name == text) {
            return Ok(Self(Some((*form).to_owned())));
        }
        let scheme = text.split(':').next().filter(|scheme| scheme.len() < text.len()).unwrap_or_default();
        let plain = |scheme: &str| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        };
        if plain(scheme) && !REFUSED.contains(&scheme.to_ascii_lowercase().as_str()) && text.contains("{file}") {
            return Ok(Self(Some(text.to_owned())));
        }
        let names: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
        Err(format!(
            "expected one of {}, none, or an address such as \"my-editor://open?file={{file}}&line={{line}}\"",
            names.join(", ")
        ))
    }

    /// The link to a place in a file below `root`.
    #[must_use]
    pub fn link(&self, root: &Path, spot: &Spot) -> Option<String> {
        let form = self.0.as_ref()?;
        let path = root.join(spot.file.as_str()).to_string_lossy().replace('\\', "/");
        let path = if path.starts_with('/') { path } else { format!("/{path}") };
        let link = form.replace("{line}", &spot.line.to_string()).replace("{column}", &spot.column.to_string());
        Some(link.replace("{file}", &encoded(&path)))
    }
}

/// A path as a part of an address.
fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => text.push(char::from(byte)),
            // A drive's letter is followed by it.
            b':' => text.push(':'),
            other => text.push_str(&format!("%{other:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::path::SourcePath;

    #[test]
    fn links_lead_to_the_line() {
        let spot = Spot { file: SourcePath::new("content/guides/a b/سم.md").unwrap(), line: 12, column: 3 };
        let link = |text: &str| Editor::new(text).unwrap().link(Path::new("/home/me"), &spot);
        let path = "/home/me/content/guides/a%20b/%D8%B3%D9%85.md";
        assert_eq!(link("vscode"), Some(format!("vscode://file{path}:12:3")));
        assert_eq!(link("idea"), Some(format!("idea://open?file={path}&line=12&column=3")));
        assert_eq!(link("x-mine:{file}#{line}"), Some(format!("x-mine:{path}#12")));
        assert_eq!(link("none"), None);
    }

    #[test]
    fn what_is_no_editor_is_told() {
        for bad in
            ["", "vi", "javascript:alert({file})", "JavaScript:{file}", "vscode://", ":{file}", "9a:{file}", "{file}"]
        {
            let told = Editor::new(bad).unwrap_err();
            assert!(told.contains("vscode, vscodium"), "{bad}: {told}");
        }
    }
}
