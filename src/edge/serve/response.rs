//! Answers: a status, a kind, bytes. None may be kept, framed, or read by pages of other hosts.

use std::io::{self, Write};
use std::sync::Arc;

/// What is answered.
#[derive(Debug, Clone)]
pub struct Response {
    /// The number of the status.
    pub status: u16,
    /// The media type.
    pub kind: &'static str,
    /// Where else to look; for redirections.
    pub location: Option<String>,
    /// What is sent.
    pub bytes: Arc<[u8]>,
}

/// The type of pages.
pub const HTML: &str = "text/html; charset=utf-8";

/// The type of plain words.
pub const TEXT: &str = "text/plain; charset=utf-8";

impl Response {
    /// An answer that is found.
    #[must_use]
    pub fn of(status: u16, kind: &'static str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { status, kind, location: None, bytes: bytes.into() }
    }

    /// A line of plain words.
    #[must_use]
    pub fn words(status: u16, words: &str) -> Self {
        Self::of(status, TEXT, format!("{words}\n").into_bytes())
    }

    /// Elsewhere on this host.
    #[must_use]
    pub fn moved(to: &str) -> Self {
        // A header is one line of ASCII, and `//` would begin another host's address.
        let plain = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c);
        let to: String = to.chars().filter(|c| plain(*c)).collect();
        let location = Some(format!("/{}", to.trim_start_matches('/')));
        Self { location, ..Self::words(307, "elsewhere") }
    }

    /// Sends it; of a stream the head alone, without a length.
    pub fn send(&self, to: &mut impl Write, head_only: bool, stays: bool) -> io::Result<()> {
        let mut head = self.head();
        head.push_str(&format!("Content-Length: {}\r\n", self.bytes.len()));
        head.push_str(if stays { "\r\n" } else { "Connection: close\r\n\r\n" });
        let mut bytes = head.into_bytes();
        if !head_only {
            bytes.extend_from_slice(&self.bytes);
        }
        to.write_all(&bytes)?;
        to.flush()
    }

    /// The head of a stream that ends with its connection.
    pub fn begin(&self, to: &mut impl Write) -> io::Result<()> {
        to.write_all(format!("{}Connection: close\r\n\r\n", self.head()).as_bytes())?;
        to.flush()
    }

    fn head(&self) -> String {
        let mut head = format!("HTTP/1.1 {} {}\r\nContent-Type: {}\r\n", self.status, reason(self.status), self.kind);
        if let Some(location) = &self.location {
            head.push_str(&format!("Location: {location}\r\n"));
        }
        // Pages of a preview keep nothing on the device: no worker, and nothing for search engines.
        head.push_str(
            "Cache-Control: no-store\r\nX-Robots-Tag: noindex, nofollow\r\nX-Content-Type-Options: nosniff\r\n\
             X-Frame-Options: DENY\r\nCross-Origin-Resource-Policy: same-origin\r\nReferrer-Policy: no-referrer\r\n\
             Content-Security-Policy: worker-src 'none'; frame-ancestors 'none'\r\n",
        );
        head
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

#[cfg(test)]
mod tests {
    use super::Response;

    #[test]
    fn a_redirection_stays_here_and_on_its_line() {
        let to = |text: &str| Response::moved(text).location.unwrap();
        assert_eq!(to("/sim/"), "/sim/");
        assert_eq!(to("//example.org/"), "/example.org/");
        assert_eq!(to("/\r\nSet-Cookie: a\\"), "/Set-Cookie:a");
    }
}
