//! nginx: what goes into a `server` block. A location that adds a header loses those of the one around it, so each that does has all.

use super::super::MEDIA_TYPES;
use super::{ASKED, HIDDEN, Place, Rules, decoded, quoted};

/// The settings.
pub fn file(rules: &Rules) -> String {
    let base = decoded(&rules.base);
    let mut out = format!(
        "# Made by `rahnuma host`. In the server block: `root FOLDER;` and `include THIS-FILE;`. The site's files stand in FOLDER{base}\n"
    );
    if let Some(bare) = rules.bare_base() {
        let bare = quoted(&decoded(bare));
        out.push_str(&format!(
            "location = {bare} {{\n    absolute_redirect off;\n    return 301 {};\n}}\n",
            quoted(&rules.base)
        ));
    }
    out.push_str(&format!(
        "location {} {{\n    index index.html;\n    absolute_redirect off;\n    gzip_static on;\n    gzip_vary on;\n    # With ngx_http_brotli_static_module, shorter still: brotli_static on;\n",
        quoted(&base)
    ));
    out.push_str("    types {\n");
    for (extension, media_type) in MEDIA_TYPES {
        out.push_str(&format!("        {} {extension};\n", quoted(media_type)));
    }
    out.push_str("    }\n    default_type application/octet-stream;\n");
    out.push_str(&headers(rules, "    ", ASKED));
    out.push_str(&not_found("    ", &rules.not_found));
    for (folder, page) in &rules.not_found_below {
        out.push_str(&format!("    location {} {{\n{}    }}\n", quoted(&decoded(folder)), not_found("        ", page)));
    }
    for (place, how_long) in &rules.kept {
        let place = match place {
            Place::Below(folder) => quoted(&decoded(folder)),
            Place::At(file) => format!("= {}", quoted(&decoded(file))),
        };
        out.push_str(&format!("    location {place} {{\n{}    }}\n", headers(rules, "        ", how_long)));
    }
    for (old, new) in &rules.moved {
        out.push_str(&format!(
            "    location = {} {{\n        return 301 {};\n    }}\n",
            quoted(&decoded(old)),
            quoted(new)
        ));
    }
    out.push_str(&format!("    location {} {{\n        return 404;\n    }}\n}}\n", quoted(&format!("{base}{HIDDEN}"))));
    out
}

/// A file that is missing is no file to be kept: what may be kept is said of files that are there alone.
fn headers(rules: &Rules, indent: &str, how_long: &str) -> String {
    let always = if how_long == ASKED { " always" } else { "" };
    let kept = format!("{indent}add_header Cache-Control {}{always};\n", quoted(how_long));
    let all =
        rules.headers.iter().map(|(name, value)| format!("{indent}add_header {name} {} always;\n", quoted(value)));
    all.chain([kept]).collect()
}

/// A folder without a page of its own is not there for readers.
fn not_found(indent: &str, page: &str) -> String {
    format!("{indent}error_page 403 404 =404 {};\n", quoted(&decoded(page)))
}
