//! Vercel: `vercel.json`. Of rules that name the same header the last one holds. It knows one `404.html`, that of the whole site.

use serde_json::{Value, json};

use super::{ASKED, Place, Rules, literal};

/// `vercel.json`.
pub fn file(rules: &Rules) -> String {
    let header = |name: &str, value: &str| json!({"key": name, "value": value});
    let mut every: Vec<Value> = rules.headers.iter().map(|(name, value)| header(name, value)).collect();
    every.push(header("Cache-Control", ASKED));
    let mut headers = vec![json!({"source": format!("{}(.*)", literal(&rules.base)), "headers": every})];
    headers.extend(rules.kept.iter().map(|(place, how_long)| {
        let source = match place {
            Place::Below(folder) => format!("{}(.*)", literal(folder)),
            Place::At(file) => literal(file),
        };
        json!({"source": source, "headers": [header("Cache-Control", how_long)]})
    }));
    let moved =
        rules.moved.iter().map(|(old, new)| json!({"source": literal(old), "destination": new, "statusCode": 301}));
    let all = json!({
        "$schema": "https://openapi.vercel.sh/vercel.json",
        "trailingSlash": true,
        "headers": headers,
        "redirects": moved.collect::<Vec<_>>(),
    });
    format!("{all:#}\n")
}
