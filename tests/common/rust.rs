//! Rust source as far as the tests of the architecture need it: the paths that it names.

/// Code without comments, without what stands in texts, and without its tests.
pub fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if out.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            0
        } else {
            literal(rest)
        };
        if skipped > 0 {
            out.push(' ');
            rest = &rest[skipped..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    without_tests(&out)
}

/// How long the text or character is that begins here; 0 when none does.
fn literal(rest: &str) -> usize {
    let prefix = rest.len() - rest.trim_start_matches(['b', 'c', 'r']).len();
    let hashes = rest[prefix..].bytes().take_while(|byte| *byte == b'#').count();
    let raw = rest[..prefix].contains('r');
    let open = prefix + if raw { hashes } else { 0 };
    if prefix <= 2 && rest[open..].starts_with('"') {
        let end = format!("\"{}", "#".repeat(open - prefix));
        let inside = &rest[open + 1..];
        let close = if raw { inside.find(&end).unwrap_or(inside.len()) } else { unescaped(inside, '"') };
        return (open + 1 + close + end.len()).min(rest.len());
    }
    let mut chars = rest[prefix.min(1)..].chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some('\''), Some('\\'), _) => {
            let inside = prefix.min(1) + 1;
            inside + unescaped(&rest[inside..], '\'') + 1
        }
        (Some('\''), Some(c), Some('\'')) => prefix.min(1) + 2 + c.len_utf8(),
        _ => 0,
    }
}

/// Where the closing quote stands.
fn unescaped(inside: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at,
            _ => {}
        }
    }
    inside.len()
}

fn without_tests(code: &str) -> String {
    let mut parts = code.split("#[cfg(test)]");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut depth = 0usize;
        let end = part.char_indices().find_map(|(at, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            (depth == 0 && matches!(c, '}' | ';')).then_some(at + 1)
        });
        out.push_str(&part[end.unwrap_or(part.len())..]);
    }
    out
}

/// Every path in bare code, groups spread out: `a::{b, c::*}` is `a::b` and `a::c::*`. One that is renamed ends in `as`.
pub fn paths(code: &str) -> Vec<Vec<String>> {
    let tokens = tokens(code);
    let (mut found, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        if is_name(&tokens[at]) {
            at = path(&tokens, at, &mut Vec::new(), &mut found);
        } else {
            at += 1;
        }
    }
    found
}

/// Words behind which a path may begin with `::`.
const KEYWORDS: &[&str] =
    &["as", "break", "else", "for", "if", "impl", "in", "let", "match", "move", "mut", "return", "use"];

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_') && !KEYWORDS.contains(&token)
}

/// Reads the path that begins at a name and gives the place behind it.
fn path(tokens: &[String], mut at: usize, before: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    let depth = before.len();
    loop {
        before.push(tokens[at].clone());
        at += 1;
        let follows = |offset: usize, word: &str| tokens.get(at + offset).is_some_and(|token| token == word);
        if !follows(0, "::")
            || !(follows(1, "{") || follows(1, "*") || tokens.get(at + 1).is_some_and(|it| is_name(it)))
        {
            if follows(0, "as") {
                before.push("as".into());
            }
            break found.push(before.clone());
        }
        at += 1;
        if tokens[at] == "*" {
            before.push("*".into());
            at += 1;
            break found.push(before.clone());
        }
        if tokens[at] == "{" {
            while at < tokens.len() && tokens[at] != "}" {
                at = if is_name(&tokens[at]) { path(tokens, at, before, found) } else { at + 1 };
            }
            at += 1;
            break;
        }
    }
    before.truncate(depth);
    at
}

/// Names, `::`, and every other character on its own.
fn tokens(code: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut rest = code.trim_start();
    while let Some(c) = rest.chars().next() {
        let name = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let length = if name > 0 {
            name
        } else if rest.starts_with("::") {
            2
        } else {
            c.len_utf8()
        };
        tokens.push(rest[..length].to_owned());
        rest = rest[length..].trim_start();
    }
    tokens
}

/// A path of a file as seen from the crate's root: `super::x` in `parse/value.rs` is `crate::parse::x`.
pub fn absolute(file: &str, path: &[String]) -> Vec<String> {
    let parts = file.trim_end_matches(".rs").split('/').filter(|part| *part != "mod" && *part != "lib");
    let mut module: Vec<String> = parts.map(str::to_owned).collect();
    let climbs = path.iter().take_while(|part| *part == "self" || *part == "super").count();
    if climbs == 0 {
        return path.to_vec();
    }
    let up = path[..climbs].iter().filter(|part| *part == "super").count();
    module.truncate(module.len().saturating_sub(up));
    [&["crate".to_owned()], module.as_slice(), &path[climbs..]].concat()
}
