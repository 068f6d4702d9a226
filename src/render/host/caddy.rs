//! Caddy: what goes into a site's block of a Caddyfile.

use super::super::MEDIA_TYPES;
use super::{ASKED, HIDDEN, Place, Rules, decoded, quoted};

/// The settings.
pub fn file(rules: &Rules) -> String {
    let base = decoded(&rules.base);
    let mut out = format!(
        "# Made by `rahnuma host`. In the site's block: `root * FOLDER` and `import THIS-FILE`. The site's files stand in FOLDER{base}\n"
    );
    if let Some(bare) = rules.bare_base() {
        out.push_str(&format!("redir {} {} 301\n", quoted(&decoded(bare)), quoted(&rules.base)));
    }
    out.push_str(&format!("route {} {{\n", quoted(&format!("{base}*"))));
    out.push_str(&format!("    error {} 404\n", quoted(&format!("{base}{HIDDEN}*"))));
    for (old, new) in &rules.moved {
        out.push_str(&format!("    redir {} {} 301\n", quoted(&decoded(old)), quoted(new)));
    }
    let named = rules.headers.iter().map(|(name, value)| (*name, value.as_str()));
    for (name, value) in named.chain([("Cache-Control", ASKED)]) {
        out.push_str(&format!("    header {name} {}\n", quoted(value)));
    }
    for (place, how_long) in &rules.kept {
        let place = match place {
            Place::Below(folder) => format!("{folder}*"),
            Place::At(file) => file.clone(),
        };
        out.push_str(&format!("    header {} Cache-Control {}\n", quoted(&decoded(&place)), quoted(how_long)));
    }
    for (extension, media_type) in MEDIA_TYPES {
        // A second site in the same block has names of its own.
        let name = format!("@{extension}{}", base.replace(|c: char| !c.is_ascii_alphanumeric(), "_"));
        let media_type = quoted(media_type);
        out.push_str(&format!("    {name} path *.{extension}\n    header {name} Content-Type {media_type}\n"));
    }
    out.push_str("    file_server {\n        precompressed br gzip\n    }\n}\n");
    out.push_str(&errors(rules, &base));
    out
}

/// What was said of the file that is not there does not hold of the page that says so.
fn errors(rules: &Rules, base: &str) -> String {
    let mut out = format!("handle_errors {{\n    route {} {{\n", quoted(&format!("{base}*")));
    out.push_str(&format!(
        "        header Cache-Control {ASKED}\n        header Content-Type \"text/html; charset=utf-8\"\n"
    ));
    for (folder, page) in &rules.not_found_below {
        out.push_str(&handle(&quoted(&decoded(&format!("{folder}*"))), &decoded(page)));
    }
    out.push_str(&handle("", &decoded(&rules.not_found)));
    out.push_str("    }\n}\n");
    out
}

fn handle(place: &str, page: &str) -> String {
    let space = if place.is_empty() { "" } else { " " };
    format!(
        "        handle{space}{place} {{\n            rewrite * {}\n            file_server\n        }}\n",
        quoted(page)
    )
}
