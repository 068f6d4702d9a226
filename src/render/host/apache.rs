//! Apache: `.htaccess` at the top of the site.

use super::super::MEDIA_TYPES;
use super::{ASKED, BROTLI, COMPRESSED, GZIP, HIDDEN, Place, Rules, decoded, literal, quoted};

/// `.htaccess`.
pub fn file(rules: &Rules) -> String {
    let mut out = String::from("Options -Indexes -MultiViews\nDirectoryIndex index.html\n");
    out.push_str(&format!("ErrorDocument 403 {0}\nErrorDocument 404 {0}\n", quoted(&decoded(&rules.not_found))));
    for (folder, page) in &rules.not_found_below {
        let page = quoted(&decoded(page));
        out.push_str(&format!(
            "<If \"{}\">\nErrorDocument 403 {page}\nErrorDocument 404 {page}\n</If>\n",
            below(folder)
        ));
    }
    out.push_str(&format!(
        "RedirectMatch 404 {}\n",
        quoted(&format!("^{}{}", literal(&decoded(&rules.base)), literal(HIDDEN)))
    ));
    for (old, new) in &rules.moved {
        out.push_str(&format!(
            "RedirectMatch 301 {} {}\n",
            quoted(&format!("^{}$", literal(&decoded(old)))),
            quoted(new)
        ));
    }
    for (name, value) in &rules.headers {
        out.push_str(&format!("Header always set {name} {}\n", quoted(value)));
    }
    out.push_str(&format!("Header always set Cache-Control {ASKED}\n"));
    for (place, how_long) in &rules.kept {
        let place = match place {
            Place::Below(folder) => below(folder),
            Place::At(file) => format!("%{{REQUEST_URI}} == '{}'", decoded(file)),
        };
        out.push_str(&format!("Header always set Cache-Control {} \"expr={place}\"\n", quoted(how_long)));
    }
    out.push_str(&types());
    out
}

/// Media types, and compressed files in place of those that they were made of: the shortest that the reader's browser takes.
fn types() -> String {
    let mut out = String::new();
    for (extension, media_type) in MEDIA_TYPES {
        out.push_str(&format!("AddType {} .{extension}\n", quoted(media_type)));
    }
    out.push_str("RewriteEngine On\n");
    for (ending, name) in [BROTLI, GZIP] {
        out.push_str(&format!("AddEncoding {name} {ending}\n"));
        out.push_str(&format!(
            "RewriteCond %{{HTTP:Accept-Encoding}} \\b{name}\\b\nRewriteCond %{{REQUEST_FILENAME}}{ending} -f\n"
        ));
        out.push_str(&format!("RewriteRule ^(.+\\.({}))$ $1{ending} [L]\n", COMPRESSED.join("|")));
    }
    out.push_str("<FilesMatch \"\\.(br|gz)$\">\nSetEnv no-gzip 1\nSetEnv no-brotli 1\n</FilesMatch>\n");
    out.push_str(&format!(
        "<FilesMatch \"\\.({})(\\.(br|gz))?$\">\nHeader always merge Vary Accept-Encoding\n</FilesMatch>\n",
        COMPRESSED.join("|")
    ));
    for (extension, media_type) in MEDIA_TYPES.iter().filter(|(extension, _)| COMPRESSED.contains(extension)) {
        out.push_str(&format!(
            "<FilesMatch \"\\.{extension}\\.(br|gz)$\">\nForceType {}\n</FilesMatch>\n",
            quoted(media_type)
        ));
    }
    out
}

fn below(folder: &str) -> String {
    format!("%{{REQUEST_URI}} =~ m#^{}#", literal(&decoded(folder)))
}
