//! What was never filled in: addresses that are made for examples and lead nobody anywhere.

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::site::Config;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// Domains that nobody can own: RFC 2606 and RFC 6761.
const DOMAINS: &[&str] = &["example.org", "example.com", "example.net", "example.edu", "example", "test", "invalid"];

/// The site's address and contact, where they are still an example's.
#[must_use]
pub fn check(config: &Config, tree: &SourceTree) -> Diagnostics {
    let mut sink = Diagnostics::default();
    let host = config.base_url.split("://").nth(1).and_then(|rest| rest.split(['/', ':']).next());
    if host.is_some_and(is_example) {
        let headline = format!("the site's address, {}, is an example's", config.base_url);
        let found = Diagnostic::new(Code::Placeholder, place(&config.base_url, tree), headline);
        sink.push(
            found
                .help("search engines, feeds and shared links lead there; set `base_url` to where the site will stand")
                .help("to look at it before, use `rahnuma serve`, or build with --preview"),
        );
    }
    if let Some(contact) = config.contact.as_ref().filter(|contact| contact.rsplit('@').next().is_some_and(is_example))
    {
        let headline = format!("the address for readers to write to, {contact}, is an example's");
        let found = Diagnostic::new(Code::Placeholder, place(contact, tree), headline);
        sink.push(found.help("nobody gets what they write; set `contact` to an address that is read, or leave it out"));
    }
    let host = |contact: &str| contact.rsplit(['@', '/']).find(|part| !part.is_empty()).is_some_and(is_example);
    if let Some(security) = config.security.as_ref().filter(|security| host(&security.contact)) {
        let headline = format!("the address in security.txt, {}, is an example's", security.contact);
        let found = Diagnostic::new(Code::Placeholder, place(&security.contact, tree), headline);
        sink.push(found.help("nobody gets what is reported; name an address that is read, or leave `security` out"));
    }
    sink
}

fn is_example(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    DOMAINS.iter().any(|domain| host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// Where a value stands in site.yaml; none is written elsewhere.
fn place(value: &str, tree: &SourceTree) -> Span {
    let text = tree.text(&SourcePath::site_file()).unwrap_or_default();
    let line_of = |line: &str| !line.trim_start().starts_with('#') && line.contains(value);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line_of(line) {
            let from = start + line.find(value).unwrap_or_default();
            return Span::new(crate::source::tree::FileId::SITE, from..from + value.len());
        }
        start += line.len();
    }
    Span::SITE
}

#[cfg(test)]
mod tests {
    use super::is_example;

    #[test]
    fn only_names_that_nobody_can_own_are_examples() {
        for host in ["example.org", "www.Example.com", "guides.example", "a.test", "x.invalid"] {
            assert!(is_example(host), "{host}");
        }
        for host in ["my-example.org", "example.org.pk", "contest", "localhost", "127.0.0.1", "exampletest"] {
            assert!(!is_example(host), "{host}");
        }
    }
}
