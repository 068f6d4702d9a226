//! One look at an address: HEAD, and GET where a host has nothing good to say to that; some answer it wrongly.

use std::time::Duration;

use jiff::Zoned;
use jiff::fmt::rfc2822;
use reqwest::header::{DATE, HeaderMap, HeaderName, LOCATION, RETRY_AFTER};
use reqwest::{Method, Response, StatusCode, Url};
use tokio::time::Instant;

use super::Asker;
use super::refused::{Refused, refused};
use crate::model::external::Answer;

/// How often a host may ask to be asked later.
const MAX_WAITS: usize = 2;

/// What one look finds.
pub(super) enum Look {
    /// Something.
    There,
    /// Another address.
    LeadsTo { to: Url, for_good: bool },
    /// Nothing; and whether asking otherwise could find more.
    Nothing { answer: Answer, ask_again: bool },
}

/// What a host says.
enum Said {
    Look(Look),
    /// Nothing, at none of its addresses.
    Nowhere(Answer),
    /// To come back later.
    Later {
        status: StatusCode,
        wait: Option<Duration>,
    },
}

impl Asker<'_> {
    pub(super) async fn look(&self, url: &Url) -> Look {
        match self.request(&Method::HEAD, url).await {
            Look::Nothing { ask_again: true, .. } => self.request(&Method::GET, url).await,
            look => look,
        }
    }

    async fn request(&self, method: &Method, url: &Url) -> Look {
        let (host, port) = (self.host(url), url.port_or_known_default().unwrap_or_default());
        let mut waits = 0;
        loop {
            let mut turn = host.turn().await;
            if let Some(answer) = turn.closed.get(&port) {
                return Look::Nothing { answer: answer.clone(), ask_again: false };
            }
            let said = self.send(method, url).await;
            turn.next = Some(Instant::now() + self.manners.pause);
            match said {
                Said::Look(look) => return look,
                Said::Nowhere(answer) => {
                    turn.closed.insert(port, answer.clone());
                    return Look::Nothing { answer, ask_again: false };
                }
                Said::Later { wait: Some(wait), .. } if waits < MAX_WAITS && wait <= self.manners.longest_wait => {
                    waits += 1;
                    turn.next = Some(Instant::now() + wait.max(self.manners.pause));
                }
                Said::Later { status, wait } => {
                    let answer = Answer::Unsure(format!("it answers {status}"));
                    let is_busy = status == StatusCode::TOO_MANY_REQUESTS || wait.is_some();
                    if is_busy {
                        turn.closed.insert(port, answer.clone());
                    }
                    return Look::Nothing { answer, ask_again: !is_busy };
                }
            }
        }
    }

    /// Sends a request. Nothing of a body is read: what is sent of one is dropped here, and the connection with it.
    async fn send(&self, method: &Method, url: &Url) -> Said {
        match self.client.request(method.clone(), url.clone()).send().await {
            Ok(response) => {
                self.is_answered.set(true);
                said(&response)
            }
            Err(error) => match refused(&error, url) {
                Refused { answer, is_everywhere: true, .. } => Said::Nowhere(answer),
                Refused { answer, ask_again, .. } => Said::Look(Look::Nothing { answer, ask_again }),
            },
        }
    }
}

fn said(response: &Response) -> Said {
    let status = response.status();
    let nothing = |answer| Said::Look(Look::Nothing { answer, ask_again: true });
    match status.as_u16() {
        200..=299 => Said::Look(Look::There),
        301 | 302 | 303 | 307 | 308 => match target(response) {
            Some(to) => Said::Look(Look::LeadsTo { to, for_good: matches!(status.as_u16(), 301 | 308) }),
            None => nothing(Answer::Unsure("it leads on to no address of the web".into())),
        },
        404 | 410 => nothing(Answer::Gone(status.to_string())),
        429 | 503 => Said::Later { status, wait: wait(response.headers()) },
        _ => nothing(Answer::Unsure(format!("it answers {status}"))),
    }
}

/// Where an answer leads.
fn target(response: &Response) -> Option<Url> {
    let location = response.headers().get(LOCATION)?;
    let mut url = response.url().join(&String::from_utf8_lossy(location.as_bytes())).ok()?;
    url.set_fragment(None);
    (matches!(url.scheme(), "http" | "https") && url.host_str().is_some()).then_some(url)
}

/// How long to wait: a number of seconds, or a day and time, as reckoned by the host's own clock.
fn wait(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: HeaderName| headers.get(name)?.to_str().ok().map(str::trim);
    let later = text(RETRY_AFTER)?;
    if let Ok(seconds) = later.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let time = |text| rfc2822::parse(text).ok();
    let (later, now): (Zoned, Zoned) = (time(later)?, text(DATE).and_then(time)?);
    Some(Duration::from_secs(u64::try_from(later.timestamp().as_second() - now.timestamp().as_second()).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_may_name_seconds_or_a_time_by_its_own_clock() {
        let wait_of = |later: &str, now: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, later.parse().unwrap());
            headers.insert(DATE, now.parse().unwrap());
            wait(&headers).map(|wait| wait.as_secs())
        };
        let now = "Sun, 22 Nov 2026 10:00:00 GMT";
        assert_eq!(wait_of("120", now), Some(120));
        assert_eq!(wait_of("Sun, 22 Nov 2026 10:00:30 GMT", now), Some(30));
        assert_eq!(wait_of("Sun, 22 Nov 2026 09:00:00 GMT", now), Some(0));
        assert_eq!(wait_of("soon", now), None);
        assert_eq!(wait_of("-1", now), None);
        assert_eq!(wait(&HeaderMap::new()), None);
    }
}
