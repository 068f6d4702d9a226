//! Netlify and Cloudflare Pages: `_headers` and `_redirects`. Where two rules of a path name the same header, Cloudflare sends both values
//! joined, so none stands in two. Files without a rule are asked for anew at each visit, as both hosts do.

use super::{HIDDEN, Place, Rules};

/// `_headers`.
pub fn headers(rules: &Rules) -> String {
    let mut out = rule(&format!("{}*", rules.base), &rules.headers);
    for (place, how_long) in &rules.kept {
        let path = match place {
            Place::Below(folder) => format!("{folder}*"),
            Place::At(file) => file.clone(),
        };
        out.push_str(&rule(&path, &[("Cache-Control", (*how_long).to_owned())]));
    }
    for (folder, _) in &rules.not_found_below {
        for (file, media_type) in [
            ("manifest.webmanifest", "application/manifest+json"),
            ("changes/calendar.ics", "text/calendar; charset=utf-8"),
        ] {
            out.push_str(&rule(&format!("{folder}{file}"), &[("Content-Type", media_type.to_owned())]));
        }
    }
    out
}

fn rule(path: &str, headers: &[(&str, String)]) -> String {
    let lines: Vec<String> = headers.iter().map(|(name, value)| format!("  {name}: {value}\n")).collect();
    format!("{path}\n{}", lines.concat())
}

/// `_redirects` of Netlify: `!` goes before a file of that name.
pub fn redirects(rules: &Rules) -> String {
    let Rules { base, not_found, .. } = rules;
    let mut out = format!("{base}{HIDDEN}-manifest {not_found} 404!\n");
    rules.moved.iter().for_each(|(old, new)| out.push_str(&format!("{old} {new} 301!\n")));
    for (folder, page) in &rules.not_found_below {
        out.push_str(&format!("{folder}* {page} 404\n"));
    }
    out.push_str(&format!("{base}* {not_found} 404\n"));
    out
}

/// `_redirects` of Cloudflare Pages: they go before files, and cannot say 404; the nearest `404.html` above an address is found
/// by the host.
pub fn cloudflare_redirects(rules: &Rules) -> String {
    let base = &rules.base;
    let mut out = format!("{base}{HIDDEN}-manifest {base} 302\n");
    for (old, new) in &rules.moved {
        let bare = old.trim_end_matches('/');
        out.push_str(&format!("{bare} {new} 301\n{old} {new} 301\n"));
    }
    out
}
