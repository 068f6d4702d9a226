//! Content Security Policy: what a page states, whether that allows something, and one policy for a whole site.

use html5gum::{Token, Tokenizer};

use crate::hash::Sha256;

/// A policy: directives in order, each with its sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy<'a>(Vec<(&'a str, Vec<&'a str>)>);

/// Where something that is loaded comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The site.
    Own,
    /// The page's own words.
    Inline,
    /// Those of a whole element, of which this is SHA-256.
    Element(Sha256),
    /// An address that holds it.
    Data,
}

/// What stands for kinds that are not named.
const OTHERS: &str = "default-src";

const NOTHING: &str = "'none'";

/// Whatever a page has of its own. Browsers look over it where such parts are named one by one.
const ANYTHING: &str = "'unsafe-inline'";

fn is_named(source: &str) -> bool {
    source.starts_with("'sha") || source.starts_with("'nonce-")
}

impl<'a> Policy<'a> {
    /// Reads a policy.
    #[must_use]
    pub fn parse(text: &'a str) -> Self {
        let directives = text.split(';').filter_map(|directive| {
            let mut words = directive.split_ascii_whitespace();
            Some((words.next()?, words.collect()))
        });
        Self(directives.collect())
    }

    /// Whether it allows something of a kind: what it does not speak of it speaks of as `default-src`.
    #[must_use]
    pub fn allows(&self, kind: &str, origin: Origin) -> bool {
        let Some(sources) = self.of_kind(kind) else { return true };
        sources.iter().any(|source| match origin {
            Origin::Own => matches!(*source, "'self'" | "*"),
            Origin::Inline => *source == ANYTHING && !sources.iter().any(|source| is_named(source)),
            Origin::Element(hash) => *source == ANYTHING || **source == *format!("'sha256-{hash}'"),
            Origin::Data => *source == "data:",
        })
    }

    fn of(&self, name: &str) -> Option<&[&'a str]> {
        self.0.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, sources)| sources.as_slice())
    }

    fn of_kind(&self, kind: &str) -> Option<&[&'a str]> {
        let falls_back = kind.ends_with("-src");
        self.of(kind).or_else(|| self.of(OTHERS).filter(|_| falls_back))
    }
}

/// The strictest policy that allows whatever one of these does: a host states it for every file, and pages state their own besides.
#[must_use]
pub fn united(policies: &[Policy<'_>]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in policies.iter().flat_map(|policy| &policy.0) {
        if !names.contains(name) {
            names.push(name);
        }
    }
    let directives = names.into_iter().filter_map(|name| {
        // What one of them does not speak of it allows.
        let all: Option<Vec<&[&str]>> = policies.iter().map(|policy| policy.of_kind(name)).collect();
        let all: Vec<&str> = all?.into_iter().flatten().copied().collect();
        let mut sources: Vec<&str> = Vec::new();
        for &source in all.iter().filter(|source| **source != NOTHING) {
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        if sources.contains(&ANYTHING) {
            sources.retain(|source| !is_named(source));
        }
        // A directive may have no values at all.
        sources.extend((sources.is_empty() && !all.is_empty()).then_some(NOTHING));
        Some(std::iter::once(name).chain(sources).collect::<Vec<_>>().join(" "))
    });
    directives.collect::<Vec<_>>().join("; ")
}

/// The policy that a page states.
#[must_use]
pub fn stated(html: &[u8]) -> Option<String> {
    Tokenizer::new(html).find_map(|token| {
        let Ok(Token::StartTag(tag)) = token else { return None };
        let of = |name: &[u8]| tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned());
        let states = of(b"http-equiv").is_some_and(|what| what.eq_ignore_ascii_case("content-security-policy"));
        (tag.name.as_slice() == b"meta" && states).then(|| of(b"content")).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::{Origin, Policy, Sha256, stated, united};

    #[test]
    fn kinds_that_are_not_named_fall_back() {
        let policy = Policy::parse("default-src 'none'; script-src 'self'; img-src data:");
        assert!(policy.allows("script-src", Origin::Own) && !policy.allows("script-src", Origin::Inline));
        assert!(policy.allows("img-src", Origin::Data) && !policy.allows("style-src", Origin::Own));
        assert!(Policy::parse("").allows("style-src", Origin::Inline));
        let own = Origin::Element(Sha256::of(b"abc"));
        let named = Policy::parse("style-src 'unsafe-inline' 'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='");
        assert!(named.allows("style-src", own) && !named.allows("style-src", Origin::Inline));
        assert!(!Policy::parse("style-src 'self'").allows("style-src", own));
    }

    #[test]
    fn one_policy_allows_what_any_of_them_does_and_no_more() {
        let all = |texts: &[&str]| united(&texts.iter().map(|text| Policy::parse(text)).collect::<Vec<_>>());
        assert_eq!(all(&["default-src 'none'; img-src 'self'"; 2]), "default-src 'none'; img-src 'self'");
        assert_eq!(
            all(&[
                "default-src 'none'; img-src 'self'; base-uri 'none'",
                "default-src 'none'; style-src 'unsafe-inline'"
            ]),
            "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
        );
        assert_eq!(
            all(&["default-src 'self'", "default-src 'none'; img-src data:"]),
            "default-src 'self'; img-src 'self' data:"
        );
        assert_eq!(all(&["trusted-types 'none'", "trusted-types worker"]), "trusted-types worker");
        assert_eq!(all(&["style-src 'unsafe-inline'", "style-src 'sha256-x'"]), "style-src 'unsafe-inline'");
        assert_eq!(all(&["img-src 'self'", ""]), "", "a page without a policy loads anything");
    }

    #[test]
    fn a_page_states_its_policy_in_its_head() {
        let html = b"<!doctype html><meta charset=utf-8><META content=\"default-src 'none'\" http-equiv=content-security-policy><p>x";
        assert_eq!(stated(html).as_deref(), Some("default-src 'none'"));
        assert_eq!(stated(b"<p>x"), None);
    }
}
