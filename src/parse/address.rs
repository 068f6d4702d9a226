//! Addresses outside the site: one rule for those of YAML files and of Markdown.
//!
//! What a browser makes of a broken address is another one: `https:example.org` leads to a page of the own site.

/// How an address may begin.
pub const SCHEMES: &[&str] = &["https", "http", "mailto", "tel", "sms"];

/// Whether an address outside the site leads somewhere. Not for schemes that are no one of [`SCHEMES`].
///
/// # Errors
/// Says what is wrong with it.
pub fn check(address: &str) -> Result<(), &'static str> {
    let (scheme, rest) = address.split_once(':').unwrap_or(("", address));
    escapes(address)?;
    match scheme.to_ascii_lowercase().as_str() {
        "tel" => dials(rest.split(';').next().unwrap_or_default()),
        "sms" => rest.split(['?', '&', ';']).next().unwrap_or_default().split(',').try_for_each(dials),
        "mailto" => posts(rest),
        _ => web(address),
    }
}

/// An address of the web that a reader may be sent to.
///
/// # Errors
/// Says what is wrong with it.
pub fn web(address: &str) -> Result<(), &'static str> {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
        .ok_or("it has to begin with `https://` or `http://`, in small letters and with both slashes")?;
    if address.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err("no space may stand in it: write `%20` where the address has one");
    }
    if address.contains('…') {
        return Err("`…` stands in it where it was shortened for the eye: copy the whole of it");
    }
    if address.ends_with(['.', ',', '。', '，', '۔', '،']) {
        return Err("the sign at its end belongs to the sentence: leave it out");
    }
    escapes(address)?;
    if address.contains(['"', '<', '>', '`', '\\']) {
        return Err("quotes, `<`, `>` and `\\` may not stand in it");
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains('@') {
        return Err("a name or password before `@` is not for readers: leave it out");
    }
    if !is_host(host) {
        return Err(
            "behind the slashes it has to name a host such as `example.org`, and a port from 1 to 65535 if any",
        );
    }
    if host.contains('.') { Ok(()) } else { Err("a host that readers can reach has a dot in its name") }
}

/// `%` stands for another sign with two digits of base 16 behind it, and for nothing without.
fn escapes(address: &str) -> Result<(), &'static str> {
    let is_escape = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    if address.split('%').skip(1).all(is_escape) {
        return Ok(());
    }
    Err("behind `%` stand two digits or letters from A to F: write `%25` where the sign itself is meant")
}

/// `example.org`, `localhost:8000`, `中国移动.中国`
#[must_use]
pub fn is_host(text: &str) -> bool {
    let (host, port) = text.split_once(':').unwrap_or((text, "80"));
    let ascii = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let other = |c: char| !c.is_ascii() && !c.is_whitespace() && !c.is_control() && !"。．｡／：？＃＠".contains(c);
    let fits = |c: char| ascii(c) || other(c);
    let label = |label: &str| {
        (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(fits)
    };
    // A name that ends with a number is taken for the number of a machine.
    let is_number = host.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    let is_machine = || host.split('.').count() == 4 && host.split('.').all(|part| part.parse::<u8>().is_ok());
    host.len() <= 253
        && (!is_number || is_machine())
        && host.split('.').all(label)
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && port.parse::<u16>().is_ok_and(|port| port > 0)
}

/// An e-mail address, plain enough to be a link.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "._+-".contains(c));
    text.split_once('@').is_some_and(|(user, host)| plain(user) && plain(host) && is_host(host) && host.contains('.'))
}

/// The e-mail address in which a sign or a space was mistyped.
#[must_use]
pub fn meant_email(text: &str) -> Option<String> {
    let plain = |c: char| match c {
        ',' | '，' | '。' | '、' | ';' | '،' => '.',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let typed: String = text.chars().filter(|c| !c.is_whitespace() && !"<>".contains(*c)).map(plain).collect();
    is_email(&typed).then_some(typed)
}

/// What is dialled: digits, marks between their groups, and the keys * and #.
fn dials(number: &str) -> Result<(), &'static str> {
    let keys = number.replace("%23", "#");
    if number.contains('#') {
        return Err("`#` is written `%23` in an address");
    }
    let digits = keys.strip_prefix('+').unwrap_or(&keys);
    let fits = |c: char| c.is_ascii_digit() || "-.()*#".contains(c);
    if digits.chars().all(fits) && digits.chars().any(|c| c.is_ascii_digit()) {
        return Ok(());
    }
    Err("behind the colon stands the number alone, without spaces: `tel:+922111222333`")
}

/// Where mail goes, or nowhere yet: `mailto:?subject=…` lets the reader choose.
fn posts(rest: &str) -> Result<(), &'static str> {
    let (to, more) = rest.split_once('?').map_or((rest, false), |(to, _)| (to, true));
    if rest.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err("no space may stand in it: write `%20` where one is meant");
    }
    if (to.is_empty() && more) || to.split(',').all(is_email) {
        return Ok(());
    }
    Err("behind the colon stands an e-mail address such as `help@example.org`")
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn addresses_lead_somewhere() {
        for good in [
            "https://example.org",
            "http://example.org:8080/a?b=1&c=2#d",
            "https://中国移动.中国/a_(b)",
            "https://example.org?q=%20",
            "https://192.0.2.1/",
            "https://3.example.org/100%25",
            "tel:+92-21-111222333",
            "tel:*100%23",
            "tel:111;ext=5",
            "sms:668?body=MNP",
            "sms:668,+92300",
            "mailto:help@example.org",
            "mailto:a@example.org,b@example.org?subject=x",
            "mailto:?subject=x",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn addresses_that_lead_nowhere() {
        for bad in [
            "https:example.org",
            "https://example.org/help.",
            "https://example.org/terms-and…",
            "https://",
            "https:///example.org",
            "http:/example.org",
            "HTTPS://example.org",
            "https://[::1",
            "https://a.pk:99999/",
            "https://a.pk:/",
            "https://a.pk:0",
            "https://a b",
            "https://a.pk/a b",
            "https://a\"b",
            "https://a.pk/\\b",
            "https://me:secret@a.pk/",
            "https://intranet/",
            "https://.pk",
            "https://a..pk",
            "https://-a.pk",
            "https://a_b.pk/",
            "https://1.2.3/",
            "https://1.2.3.256/",
            "https://a.pk/%zz",
            "https://a.pk/100%",
            "mailto:?subject=100%",
            "tel:javascript:x",
            "tel:",
            "tel:+",
            "tel:*100#",
            "tel:111 222",
            "sms:?body=x",
            "mailto:nobody",
            "mailto:",
            "mailto:a@b",
            "mailto:a@example.org, b@example.org",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
