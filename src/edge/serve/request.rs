//! Requests as far as a preview needs them: a method, an address, a host. What is asked in any other way is refused.

use std::io::{self, Read};

/// The most bytes that a request may have before its body.
const MAX_HEAD: usize = 16 * 1024;

/// The most headers that it may have.
const MAX_HEADERS: usize = 64;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// Whether only the head of the answer is wanted.
    pub head_only: bool,
    /// The path, with `/` before it, without escapes.
    pub path: String,
    /// The query's names and values, without escapes.
    pub query: Vec<(String, String)>,
    /// Whether the connection stays open for another request.
    pub stays: bool,
}

impl Request {
    /// A value of the query; empty without it.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.query.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

/// Why a request is not answered as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It is not HTTP, or more than anyone asks for.
    Malformed,
    /// It wants to change something.
    Method,
    /// It speaks to another host: a page elsewhere that had its own name lead here.
    Host,
}

/// The next request of a connection; `rest` holds what was read behind the last one. Nothing when the other side is done.
///
/// # Errors
/// When the connection fails or is silent for too long.
pub fn read(from: &mut impl Read, rest: &mut Vec<u8>) -> io::Result<Option<Result<Request, Refused>>> {
    let mut buffer = [0; 4096];
    loop {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut parsed = httparse::Request::new(&mut headers);
        match parsed.parse(rest) {
            Ok(httparse::Status::Complete(length)) => {
                let request = understood(&parsed);
                rest.drain(..length);
                return Ok(Some(request));
            }
            Ok(httparse::Status::Partial) if rest.len() < MAX_HEAD => {}
            _ => return Ok(Some(Err(Refused::Malformed))),
        }
        match from.read(&mut buffer)? {
            0 => return Ok(None),
            read => rest.extend_from_slice(&buffer[..read]),
        }
    }
}

fn understood(parsed: &httparse::Request<'_, '_>) -> Result<Request, Refused> {
    let header = |name: &str| {
        let mut values = parsed.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
        let first = values.next().map(|header| String::from_utf8_lossy(header.value).into_owned());
        if values.next().is_some() { Err(Refused::Malformed) } else { Ok(first) }
    };
    let host = header("host")?;
    if !host.as_deref().is_some_and(is_here) {
        return Err(Refused::Host);
    }
    let head_only = match parsed.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err(Refused::Method),
    };
    // A request with a body would be read as the next request.
    let no_body =
        header("transfer-encoding")?.is_none() && header("content-length")?.is_none_or(|length| length == "0");
    let target = parsed.path.filter(|path| path.starts_with('/') && no_body).ok_or(Refused::Malformed)?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let query: Option<Vec<_>> = pairs.map(|(name, value)| Some((decoded(name)?, decoded(value)?))).collect();
    let closes = header("connection")?.is_some_and(|value| value.eq_ignore_ascii_case("close"));
    Ok(Request {
        head_only,
        path: decoded(path).ok_or(Refused::Malformed)?,
        query: query.ok_or(Refused::Malformed)?,
        stays: parsed.version == Some(1) && !closes,
    })
}

/// Whether a `Host` names this machine in a way that nobody else can make a name for: by number, or as `localhost`.
fn is_here(host: &str) -> bool {
    let bare = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let name = bare.to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost") || name.parse::<std::net::IpAddr>().is_ok()
}

/// A text without its escapes, as far as an address has them; nothing when they are no UTF-8.
pub fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        if byte == b'%' {
            let digits = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok())?;
            let plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            bytes.push(u8::from_str_radix(digits, 16).ok().filter(|_| plain)?);
            rest = &behind[2..];
        } else {
            bytes.push(byte);
            rest = behind;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Option<Result<Request, Refused>> {
        read(&mut text.as_bytes(), &mut Vec::new()).unwrap()
    }

    #[test]
    fn plain_requests_are_understood() {
        let request = asked("GET /sim/%D8%A7/?page=a%2Fb&x HTTP/1.1\r\nHost: localhost:4400\r\n\r\n").unwrap().unwrap();
        assert_eq!((request.path.as_str(), request.value("page"), request.value("x")), ("/sim/ا/", "a/b", ""));
        assert!(request.stays && !request.head_only);
        let request = asked("HEAD / HTTP/1.0\r\nHost: [::1]:1\r\n\r\n").unwrap().unwrap();
        assert!(!request.stays && request.head_only);
        assert_eq!(asked("GET / HT"), None);
        assert_eq!(asked(""), None);
    }

    #[test]
    fn others_are_refused() {
        for (request, why) in [
            ("GET / HTTP/1.1\r\n\r\n", Refused::Host),
            ("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n", Refused::Host),
            ("GET / HTTP/1.1\r\nHost: localhost.example.org\r\n\r\n", Refused::Host),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: example.org\r\n\r\n", Refused::Malformed),
            ("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n", Refused::Method),
            ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nGET /", Refused::Malformed),
            ("GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n", Refused::Malformed),
            ("GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n", Refused::Malformed),
            ("GET /%+1 HTTP/1.1\r\nHost: localhost\r\n\r\n", Refused::Malformed),
            ("GET /%ff HTTP/1.1\r\nHost: localhost\r\n\r\n", Refused::Malformed),
            ("GET /%f HTTP/1.1\r\nHost: localhost\r\n\r\n", Refused::Malformed),
            ("\u{16}\u{3}\u{1}\r\n\r\n", Refused::Malformed),
        ] {
            assert_eq!(asked(request), Some(Err(why)), "{request:?}");
        }
        let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "A: b\r\n".repeat(100));
        assert_eq!(asked(&many), Some(Err(Refused::Malformed)));
        let long = format!("GET /{} HTTP/1.1\r\n", "a".repeat(20_000));
        assert_eq!(asked(&long), Some(Err(Refused::Malformed)));
    }
}
