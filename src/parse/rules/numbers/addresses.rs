//! Addresses as an editor types them: with `https://` and `www.` or without, and with the full stop of a sentence behind them.

use std::ops::Range;

/// Stands before the host of an address, which facts are known by as well.
const HOST: &str = "//";

/// Whether a text may hold one: a point between two letters.
pub fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    memchr::memchr_iter(b'.', bytes).any(|at| at > 0 && is_letter(at - 1) && is_letter(at + 1))
}

/// What the address of a fact is known by: itself, and its host.
pub fn keys(address: &str) -> [String; 2] {
    let bare = bare(address);
    let host = format!("{HOST}{}", bare.split('/').next().unwrap_or_default());
    [bare, host]
}

/// An address in a text: where, and what facts may know it by. Of one without `https://` and `www.` a host alone may be a name.
pub fn find(text: &str) -> Vec<(Range<usize>, Vec<String>)> {
    if !may_hold(text) {
        return Vec::new();
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&+=%".contains(c);
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.split(|c: char| !is_part(c)) {
        let start = at + text[at..].find(word).unwrap_or_default();
        at = start + word.len();
        let word = word.trim_end_matches(['.', ':', '!', '?', '-']);
        if !may_hold(word) {
            continue;
        }
        let bare = bare(word);
        let is_whole = word.contains("://") || word.to_ascii_lowercase().starts_with("www.");
        let host = (is_whole && !bare.contains('/')).then(|| format!("{HOST}{bare}"));
        found.push((start..start + word.len(), std::iter::once(bare).chain(host).collect()));
    }
    found
}

/// An address without what may be left out, in small letters.
fn bare(address: &str) -> String {
    let small = address.trim().to_ascii_lowercase();
    let rest = small.split_once("://").map_or(small.as_str(), |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{find, keys};

    #[test]
    fn an_address_is_known_however_it_is_typed() {
        let fact = keys("https://www.complaint.example.org/Register.aspx");
        let is_told = |text: &str| find(text).iter().any(|(_, keys)| keys.iter().any(|key| fact.contains(key)));
        for text in [
            "See https://complaint.example.org.",
            "到https://complaint.example.org/投诉",
            "www.complaint.example.org/",
            "complaint.example.org/register.aspx, or",
        ] {
            assert!(is_told(text), "{text}");
        }
        for text in
            ["complaint.example.org", "https://example.org/", "https://complaint.example.org/other", "a.b", "3.5"]
        {
            assert!(!is_told(text), "{text}");
        }
    }
}
