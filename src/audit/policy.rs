//! What a page's own policy allows: the few parts of Content Security Policy that decide about what a page loads.

/// A policy as a page states it.
#[derive(Debug)]
pub struct Policy<'a>(Vec<(&'a str, Vec<&'a str>)>);

/// Where something that is loaded comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The site.
    Own,
    /// The page's own words.
    Inline,
    /// An address that holds it.
    Data,
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
        let of = |name: &str| self.0.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, sources)| sources);
        let Some(sources) = of(kind).or_else(|| of("default-src")) else { return true };
        sources.iter().any(|source| match origin {
            Origin::Own => matches!(*source, "'self'" | "*"),
            Origin::Inline => *source == "'unsafe-inline'",
            Origin::Data => *source == "data:",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Origin, Policy};

    #[test]
    fn kinds_that_are_not_named_fall_back() {
        let policy = Policy::parse("default-src 'none'; script-src 'self'; img-src data:");
        assert!(policy.allows("script-src", Origin::Own) && !policy.allows("script-src", Origin::Inline));
        assert!(policy.allows("img-src", Origin::Data) && !policy.allows("style-src", Origin::Own));
        assert!(Policy::parse("").allows("style-src", Origin::Inline));
    }
}
