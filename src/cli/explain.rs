//! `explain`: the page of a code, or the list of codes.

use super::FAILURE;
use super::terminal;
use crate::diag::{Code, Severity, suggest};

/// Prints a code's page, or every code with its first line.
pub fn explain(code: Option<&str>) -> u8 {
    let Some(name) = code else {
        let mut list = String::new();
        for code in Code::ALL {
            let kind = match code.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            let first = code.page().lines().skip(1).find(|line| !line.trim().is_empty()).unwrap_or_default();
            list.push_str(&format!("{:24} {kind:8} {first}\n", code.name()));
        }
        return terminal::data(&list);
    };
    // People copy what stands before the message, brackets and all.
    let bare = name.trim_start_matches("error").trim_start_matches("warning").trim_matches(['[', ']', ':', ' ']);
    let Some(code) = Code::from_name(bare) else {
        let near = suggest::nearest(bare, Code::ALL.iter().map(|code| code.name()));
        let help = near
            .map_or_else(|| "`rahnuma explain` lists them all".to_owned(), |near| format!("did you mean `{near}`?"));
        terminal::fail(&format!("there is no diagnostic `{name}`; {help}"));
        return FAILURE;
    };
    terminal::data(code.page())
}
