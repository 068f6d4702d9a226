//! Assets of a theme that nothing names: what an editor of pictures or a file manager left behind, what an older version of the theme had.
//! They are neither published nor kept on phones.

use std::collections::BTreeSet;

use memchr::memmem;

use super::{FILES, ThemeFiles};
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// The assets of a theme whose name stands in no template, style sheet, script or description of it. The files of the built-in theme are
/// all named; so are licences, which have to go along with what they are for.
#[must_use]
pub fn unnamed_assets<'a>(theme: &'a ThemeFiles, tree: &SourceTree) -> BTreeSet<&'a str> {
    let is_known = |name: &str| FILES.iter().any(|(known, _)| known.strip_prefix("assets/") == Some(name));
    let mut unnamed: BTreeSet<&str> =
        theme.below("assets/").map(|(name, _)| name).filter(|name| !is_known(name) && !is_licence(name)).collect();
    let speaks = |(name, _): &(&str, &SourcePath)| {
        name.starts_with("templates/") || ["css", "js", "yaml", "svg"].contains(&extension(name))
    };
    for (own, file) in theme.below("").filter(speaks) {
        if unnamed.is_empty() {
            break;
        }
        let Some(text) = tree.text(file) else { continue };
        // A name that a template makes up may be any.
        if names_what_it_makes_up(&text) {
            return BTreeSet::new();
        }
        // The last part is enough: a style sheet names what stands beside it.
        let is_named = |name: &str| memmem::find(text.as_bytes(), last_part(name).as_bytes()).is_some();
        unnamed.retain(|name| own.strip_prefix("assets/") == Some(*name) || !is_named(name));
    }
    unnamed
}

/// Whether a template asks for an asset by something else than a name between quotes.
fn names_what_it_makes_up(text: &str) -> bool {
    let calls = memmem::find_iter(text.as_bytes(), "asset(").map(|at| &text[at + "asset(".len()..]);
    let mut arguments = calls.filter_map(|rest| rest.trim_start().strip_prefix("name")?.trim_start().strip_prefix('='));
    arguments.any(|argument| !argument.trim_start().starts_with(['"', '\'', '`']))
}

fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

fn is_licence(name: &str) -> bool {
    let name = last_part(name).to_ascii_uppercase();
    ["LICENSE", "LICENCE", "COPYING", "OFL", "NOTICE"].iter().any(|licence| name.starts_with(licence))
}
