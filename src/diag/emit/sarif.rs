//! For tools that read SARIF 2.1.0, such as code scanning: all findings as one document.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::{Value, json};

use super::{Texts, severity_word};
use crate::diag::{Code, Diagnostic, Label};
use crate::source::path::SourcePath;

/// The document, with the rules that are broken.
pub(super) fn document(diagnostics: &[Diagnostic], texts: &Texts<'_>) -> String {
    let codes: BTreeSet<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(*code)).collect();
    let results: Vec<Value> = diagnostics.iter().map(|diagnostic| result(diagnostic, texts)).collect();
    let driver = json!({ "name": "rahnuma", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules });
    let run = json!({ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results });
    let schema = "https://json.schemastore.org/sarif-2.1.0.json";
    format!("{}\n", json!({ "$schema": schema, "version": "2.1.0", "runs": [run] }))
}

/// A rule with the first sentences of its page.
fn rule(code: Code) -> Value {
    let short = code.page().split("\n\n").nth(1).unwrap_or_default().replace('\n', " ");
    json!({
        "id": code.name(),
        "shortDescription": { "text": short },
        "help": { "text": format!("`rahnuma explain {}` says more", code.name()) },
        "defaultConfiguration": { "level": severity_word(code.severity()) },
    })
}

fn result(diagnostic: &Diagnostic, texts: &Texts<'_>) -> Value {
    let related = diagnostic.related.iter().map(|label| {
        let mut location = location(label, texts);
        location["message"] = json!({ "text": label.text });
        location
    });
    let help = diagnostic.help.iter().map(|help| format!("\n{help}"));
    let message = std::iter::once(diagnostic.headline.clone()).chain(help).collect::<String>();
    json!({
        "ruleId": diagnostic.code.name(),
        "level": severity_word(diagnostic.severity()),
        "message": { "text": message },
        "locations": [location(&diagnostic.primary, texts)],
        "relatedLocations": related.collect::<Vec<_>>(),
    })
}

fn location(label: &Label, texts: &Texts<'_>) -> Value {
    let lines = texts.get(label);
    let range = lines.clamped(label.place);
    let ((line, column), (end_line, end_column)) = (lines.position(range.start), lines.position(range.end));
    let region = json!({ "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column });
    json!({ "physicalLocation": { "artifactLocation": { "uri": address(texts.path(label)) }, "region": region } })
}

/// A path as a relative address.
fn address(path: &SourcePath) -> String {
    path.as_str().bytes().fold(String::new(), |mut address, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => address.push(byte.into()),
            _ => _ = write!(address, "%{byte:02X}"),
        }
        address
    })
}
