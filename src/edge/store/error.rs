//! What a store refused, in words for the one who publishes. Nothing of a credential is in them.

use std::fmt;

use object_store::Error;

use super::Store;

/// Why something could not be done in a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError(String);

impl StoreError {
    pub(super) fn new(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StoreError {}

impl Store {
    pub(super) fn words(&self, what: &str) -> StoreError {
        StoreError(format!("{}: {what}", self.shown))
    }

    pub(super) fn failed(&self, what: &str, key: &str, error: &Error) -> StoreError {
        self.words(&format!("{what} {}: {}", key.escape_debug(), reason(error)))
    }
}

/// What stopped a request, in one line.
pub(super) fn reason(error: &Error) -> String {
    let whole = error.to_string();
    let code = between(&whole, "<Code>", "</Code>").map(|code| format!(" ({code})")).unwrap_or_default();
    // Where objects are listed, the client knows nothing better to say than the status.
    let status = between(&whole, "status code: ", " ").unwrap_or_default();
    match (error, status) {
        (Error::NotFound { .. }, _) | (_, "404") => format!("it is not there{code}; is the name of the bucket right?"),
        (Error::PermissionDenied { .. }, _) | (_, "403") => format!(
            "it was refused{code}; the credentials in the environment have to allow listing, reading, putting and deleting"
        ),
        (Error::Unauthenticated { .. }, _) | (_, "401") => {
            format!("the credentials in the environment were not taken{code}")
        }
        (Error::NotImplemented { .. } | Error::NotSupported { .. }, _) | (_, "501") => {
            format!("this store cannot do that{code}")
        }
        (Error::AlreadyExists { .. } | Error::Precondition { .. }, _) => format!("something else is there{code}"),
        _ => format!("{}{code}", digest(&whole)),
    }
}

/// The beginning of what a client or a server said, without what may be secret.
fn digest(text: &str) -> String {
    let bare = text.split(['<', '\n']).next().unwrap_or_default();
    let bare = scrubbed(
        bare,
        std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))),
    );
    let words: Vec<&str> = bare
        .split_whitespace()
        .map(|word| if word.contains("://") { word.split('?').next().unwrap_or(word) } else { word })
        .collect();
    let line = words.join(" ");
    line.trim_end_matches([':', ' ']).chars().take(300).collect()
}

/// What names of variables say that nobody is to see the value.
const SECRET: &[&str] = &["KEY", "SECRET", "TOKEN", "SAS", "PASSWORD", "CREDENTIAL", "SERVICE_ACCOUNT"];

fn scrubbed(text: &str, environment: impl Iterator<Item = (String, String)>) -> String {
    let secret = |name: &str| SECRET.iter().any(|word| name.to_ascii_uppercase().contains(word));
    let secrets = environment.filter(|(name, value)| secret(name) && value.len() > 3);
    secrets.fold(text.to_owned(), |text, (_, value)| text.replace(&value, "***"))
}

fn between<'a>(text: &'a str, begin: &str, end: &str) -> Option<&'a str> {
    text.split_once(begin)?.1.split_once(end).map(|(inside, _)| inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generic(text: &'static str) -> Error {
        Error::Generic { store: "S3", source: text.into() }
    }

    #[test]
    fn what_a_server_said_is_one_line_without_secrets() {
        let said = reason(&generic(
            "Server returned non-2xx status code: 400 Bad Request: <?xml version=\"1.0\"?>\n<Error><Code>InvalidBucketName</Code><StringToSign>AKIA</StringToSign>",
        ));
        assert_eq!(said, "Generic S3 error: Server returned non-2xx status code: 400 Bad Request (InvalidBucketName)");
        let said =
            reason(&generic("Server returned non-2xx status code: 403 Forbidden: <Error><Code>AccessDenied</Code>"));
        assert!(said.starts_with("it was refused (AccessDenied); the credentials"), "{said}");
        let said = reason(&generic("error sending request for url (http://a.test/b?sig=abc&se=1)\nmore"));
        assert!(!said.contains("sig=") && !said.contains("more"), "{said}");
        let environment = [("AWS_SECRET_ACCESS_KEY", "hidden"), ("AZURE_STORAGE_SAS_KEY", "sv=1"), ("HOME", "/root")];
        let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(scrubbed("hidden sv=1 /root", environment.into_iter()), "*** *** /root");
    }
}
