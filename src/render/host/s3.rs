//! S3 with `CloudFront` before it: a script over Amazon's own command line. S3 keeps with each object its type and how long it may be
//! kept; all other headers are for `CloudFront` to add.

use serde_json::{Value, json};

use super::super::MEDIA_TYPES;
use super::{ASKED, HIDDEN, Place, Rules, decoded};

const HEAD: &str = r"#!/bin/sh
# Made by `rahnuma host`. `sh THIS-FILE public BUCKET` uploads the site; `sh THIS-FILE headers` prints the policy that CloudFront
# takes with `aws cloudfront create-response-headers-policy --response-headers-policy-config`.
set -euf
";

/// Uploads what stands in a folder, one kind of file at a time.
const PUT: &str = r#"site=${1%/} bucket=$2
put() {
  below=$1 kept=$2
  shift 2
  types | while IFS='|' read -r ending type; do
    aws s3 cp --recursive "$site/$below" "s3://$bucket/${prefix}$below" --exclude '*' --include "*.$ending" "$@" \
      --content-type "$type" --cache-control "$kept" </dev/null
  done
}
"#;

/// The script.
pub fn file(rules: &Rules) -> String {
    let key = |path: &str| decoded(path).trim_start_matches('/').to_owned();
    let types: Vec<String> =
        MEDIA_TYPES.iter().map(|(ending, media_type)| format!("{ending}|{media_type}\n")).collect();
    let types = types.concat();
    let mut out = format!(
        "{HEAD}if [ \"$1\" = headers ]; then\n  cat <<'END'\n{:#}\nEND\n  exit\nfi\ntypes() {{\n  cat <<'END'\n{types}END\n}}\n",
        cloudfront(rules)
    );
    out.push_str(&format!("prefix={}\n{PUT}", word(&key(&rules.base))));
    let mut others = String::new();
    let mut single = String::new();
    for (place, how_long) in &rules.kept {
        let (Place::Below(path) | Place::At(path)) = place;
        let below = path.strip_prefix(&rules.base).unwrap_or(path);
        // What pages name goes before them.
        if let Place::Below(_) = place {
            out.push_str(&format!("put {below} '{how_long}'\n"));
            others.push_str(&format!(" --exclude '{below}*'"));
        } else {
            single.push_str(&format!(
                "aws s3 cp \"$site/{below}\" \"s3://$bucket/${{prefix}}{below}\" --cache-control '{how_long}'\n"
            ));
        }
    }
    out.push_str(&format!("put '' {ASKED}{others} --exclude '{HIDDEN}*'\n{single}"));
    for (old, new) in &rules.moved {
        let object = word(&format!("{}index.html", key(old)));
        let new = word(new);
        out.push_str(&format!(
            "aws s3api put-object --bucket \"$bucket\" --key {object} --website-redirect-location {new}\n"
        ));
    }
    let page = word(&key(&rules.not_found));
    out.push_str(&format!("aws s3 website \"s3://$bucket\" --index-document index.html --error-document {page}\n"));
    out
}

fn word(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// A response headers policy. What `CloudFront` has a field for cannot be a header of one's own there.
fn cloudfront(rules: &Rules) -> Value {
    let value = |name: &str| rules.headers.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str());
    let mut security = json!({
        "ContentSecurityPolicy": {"Override": true, "ContentSecurityPolicy": value("Content-Security-Policy")},
        "ContentTypeOptions": {"Override": true},
        "ReferrerPolicy": {"Override": true, "ReferrerPolicy": value("Referrer-Policy")},
    });
    let age = value("Strict-Transport-Security").and_then(|value| value.strip_prefix("max-age="));
    if let Some(age) = age.and_then(|age| age.parse::<u32>().ok()) {
        security["StrictTransportSecurity"] = json!({
            "Override": true, "AccessControlMaxAgeSec": age, "IncludeSubdomains": false, "Preload": false
        });
    }
    let items: Vec<Value> = ["Permissions-Policy", "X-Robots-Tag"]
        .into_iter()
        .filter_map(|name| Some(json!({"Header": name, "Value": value(name)?, "Override": true})))
        .collect();
    json!({
        "Name": "rahnuma",
        "SecurityHeadersConfig": security,
        "CustomHeadersConfig": {"Quantity": items.len(), "Items": items},
    })
}
