//! Where the addresses on a page lead.

use crate::source::path::SitePath;

/// The site as addresses see it.
pub struct Site<'a> {
    /// Its address, with `/` at its end.
    pub base: &'a str,
    /// Whether there is a file.
    pub there: &'a dyn Fn(&SitePath) -> bool,
}

/// What an address names.
#[derive(Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// A part of the page itself; empty for its top.
    Own(&'a str),
    /// A file of the site, and a part of it.
    File(SitePath, &'a str),
    /// No file of the site.
    Nothing,
    /// What the address itself holds.
    Data,
    /// Something that no page loads: a call, a message, a mail.
    Act,
    /// Another site.
    Elsewhere,
    /// Something that would run.
    Script,
}

/// Where an address on a page leads.
#[must_use]
pub fn target<'a>(address: &'a str, page: &SitePath, site: &Site<'_>) -> Target<'a> {
    let (file, part) = address.split_once('#').unwrap_or((address, ""));
    let file = file.split('?').next().unwrap_or_default();
    if file.is_empty() {
        return Target::Own(part);
    }
    let origin_end = site.base.find("://").map_or(0, |at| at + 3);
    let host_end = site.base[origin_end..].find('/').map_or(site.base.len(), |at| origin_end + at);
    let (origin, folder) = site.base.split_at(host_end);
    let within = match scheme(file) {
        Some("data") => return Target::Data,
        // A telephone dials what stands there, and stops at a blank.
        Some("mailto" | "tel" | "sms") if file.contains([' ', '\u{A0}']) => return Target::Nothing,
        Some("mailto" | "tel" | "sms") => return Target::Act,
        Some("http" | "https") => match file.strip_prefix(site.base) {
            Some(within) => within.to_owned(),
            None => return Target::Elsewhere,
        },
        Some("javascript") => return Target::Script,
        Some(_) => return Target::Elsewhere,
        None if file.starts_with("//") => return Target::Elsewhere,
        None if file.starts_with('/') => match file.strip_prefix(folder) {
            Some(within) => within.to_owned(),
            // The same host, but not this site.
            None if !origin.is_empty() => return Target::Elsewhere,
            None => return Target::Nothing,
        },
        None => match beside(page, file) {
            Some(within) => within,
            None => return Target::Nothing,
        },
    };
    let name = if within.is_empty() || within.ends_with('/') { format!("{within}index.html") } else { within };
    match SitePath::new(&name).ok().filter(|path| (site.there)(path)) {
        Some(path) if path == *page => Target::Own(part),
        Some(path) => Target::File(path, part),
        None => Target::Nothing,
    }
}

fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let first = scheme.chars().next()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    (first.is_ascii_alphabetic() && scheme.chars().all(plain)).then_some(scheme)
}

/// A relative address as seen from the site's root.
fn beside(page: &SitePath, file: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.as_str().split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{Site, Target, target};
    use crate::source::path::SitePath;

    #[test]
    fn addresses_lead_where_browsers_go() {
        let page = SitePath::page(&["en", "jazz"]);
        let site = Site { base: "https://example.org/sim/", there: &|path| path.as_str() != "en/gone/index.html" };
        let to = |address| target(address, &page, &site);
        let file = |path: &str, part| Target::File(SitePath::new(path).unwrap(), part);
        assert_eq!(to("#a"), Target::Own("a"));
        assert_eq!(to("/sim/en/jazz/#a"), Target::Own("a"));
        assert_eq!(to("/sim/en/#a"), file("en/index.html", "a"));
        assert_eq!(to("https://example.org/sim/en/?x"), file("en/index.html", ""));
        assert_eq!(to("a.htm"), file("en/jazz/a.htm", ""));
        assert_eq!(to("../"), file("en/index.html", ""));
        assert_eq!(to("/sim/en/gone/"), Target::Nothing);
        assert_eq!(to("../../../x"), Target::Nothing);
        assert_eq!(to("/other/"), Target::Elsewhere);
        assert_eq!(to("//cdn.example/x.js"), Target::Elsewhere);
        assert_eq!(to("tel:111"), Target::Act);
        assert_eq!(to("tel:01 42"), Target::Nothing);
        assert_eq!(to("sms:111?body=a b"), Target::Act);
        assert_eq!(to("javascript:x()"), Target::Script);
    }
}
