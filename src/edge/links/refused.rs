//! Why a request came to nothing, in words, and what that says of the address.

use std::error::Error;
use std::io;

use reqwest::Url;

use crate::model::external::Answer;

/// What systems say when no host has a name. When the system could not find that out it says something else.
const UNKNOWN_NAME: &[&str] =
    &["Name or service not known", "Name does not resolve", "nodename nor servname provided", "No such host is known"];

/// A request that was not answered.
pub(super) struct Refused {
    pub answer: Answer,
    /// Whether asking in another way could find more.
    pub ask_again: bool,
    /// Whether it is so for every address of the host.
    pub is_everywhere: bool,
}

/// What an error says of an address.
pub(super) fn refused(error: &reqwest::Error, url: &Url) -> Refused {
    let host = url.host_str().unwrap_or_default();
    if error.is_connect() {
        let answer = if is_unknown_name(error) {
            Answer::Gone(format!("no host has the name {host}"))
        } else if error.is_timeout() {
            Answer::Unsure(format!("{host} cannot be reached in time"))
        } else if let Some(reason) = unsafe_because(error) {
            Answer::Unsure(format!("no safe connection to {host} can be made: {reason}"))
        } else {
            Answer::Unsure(format!("{host} cannot be reached"))
        };
        return Refused { answer, ask_again: false, is_everywhere: true };
    }
    if error.is_timeout() {
        return Refused {
            answer: Answer::Unsure("it did not answer in time".into()),
            ask_again: false,
            is_everywhere: false,
        };
    }
    Refused {
        answer: Answer::Unsure("the connection was cut before it answered".into()),
        ask_again: true,
        is_everywhere: false,
    }
}

/// An error and what caused it, outermost first. Of what an error of input or output wraps it names the causes alone.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|wrapped| wrapped as &(dyn Error + 'static)).or_else(|| error.source())
    })
}

fn is_unknown_name(error: &(dyn Error + 'static)) -> bool {
    chain(error).any(|cause| {
        let said = cause.to_string();
        UNKNOWN_NAME.iter().any(|words| said.contains(words))
    })
}

/// What is wrong with a connection that would not be safe.
fn unsafe_because(error: &(dyn Error + 'static)) -> Option<&'static str> {
    let wrong = chain(error).find_map(|cause| cause.downcast_ref::<rustls::Error>())?;
    Some(match wrong {
        rustls::Error::InvalidCertificate(_) => "its certificate is not valid",
        _ => "the two do not understand each other",
    })
}

/// The cause of an error that says most.
pub(super) fn innermost(error: &(dyn Error + 'static)) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_unknown_only_when_the_system_knows_that() {
        let said = |text: &str| is_unknown_name(&io::Error::other(text.to_owned()));
        assert!(said("failed to lookup address information: Name or service not known"));
        assert!(said("failed to lookup address information: nodename nor servname provided, or not known"));
        assert!(!said("failed to lookup address information: Temporary failure in name resolution"));
        assert!(!said("failed to lookup address information: No address associated with hostname"));
    }

    #[test]
    fn what_is_wrong_with_a_certificate_is_told() {
        let expired = rustls::Error::InvalidCertificate(rustls::CertificateError::Expired);
        let told = unsafe_because(&io::Error::other(io::Error::other(expired)));
        assert_eq!(told, Some("its certificate is not valid"));
        assert_eq!(unsafe_because(&io::Error::other("refused")), None);
    }
}
