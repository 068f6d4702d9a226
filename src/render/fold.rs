//! Words that never change on the pages of a locale, put into its templates once: `{{ t(key="nav.home") }}` becomes the word.
//!
//! Only calls whose arguments are all literals are folded. What cannot be folded safely stays a call, with the same result.

use super::escape::escape;

/// What a call of a function with these arguments gives, where that is known beforehand.
pub type Known<'a> = &'a dyn Fn(&str, &[(&str, &str)]) -> Option<String>;

/// Functions whose results may be known.
const FUNCTIONS: &[&str] = &["t", "tc", "asset"];

/// A template with every call replaced whose result is known.
#[must_use]
pub fn fold(template: &str, known: Known<'_>) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(open) = ["{{", "{%"].iter().filter_map(|mark| rest.find(mark)).min() {
        out.push_str(&rest[..open]);
        let close = if rest[open..].starts_with("{{") { "}}" } else { "%}" };
        let Some(end) = end_of_code(&rest[open..], close).map(|length| open + length) else {
            rest = &rest[open..];
            break;
        };
        code(&rest[open..end], known, &mut out);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn code(code: &str, known: Known<'_>, out: &mut String) {
    // A word alone is text from here on.
    if let Some(inner) = code.strip_prefix("{{").and_then(|code| code.strip_suffix("}}")).map(str::trim)
        && let Some((length, result)) = call(inner, known)
        && length == inner.len()
        && !["{{", "{%", "{#"].iter().any(|mark| result.contains(mark))
    {
        out.push_str(&escape(&result));
        return;
    }
    let mut at = 0;
    let mut quote = None;
    let mut before = ' ';
    while let Some(c) = code[at..].chars().next() {
        let begins = quote.is_none() && !is_name(before) && before != '.';
        if begins
            && let Some((length, result)) = call(&code[at..], known)
            && !result.contains(['"', '\\', '\n', '{', '}'])
        {
            out.push_str(&format!("\"{result}\""));
            at += length;
            before = '"';
            continue;
        }
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            _ => {}
        }
        out.push(c);
        before = c;
        at += c.len_utf8();
    }
}

/// A call that begins here, by its length, with what it gives.
fn call(code: &str, known: Known<'_>) -> Option<(usize, String)> {
    let open = code.find('(')?;
    let name = &code[..open];
    if !FUNCTIONS.contains(&name) {
        return None;
    }
    let mut arguments = Vec::new();
    let mut at = open + 1;
    loop {
        at += spaces(&code[at..]);
        if code[at..].starts_with(')') {
            break;
        }
        let equals = code[at..].find('=')?;
        let argument = code[at..at + equals].trim();
        at += equals + 1;
        at += spaces(&code[at..]);
        let (value, length) = literal(&code[at..])?;
        arguments.push((argument, value));
        at += length;
        at += spaces(&code[at..]);
        if code[at..].starts_with(',') {
            at += 1;
        } else if !code[at..].starts_with(')') {
            return None;
        }
    }
    Some((at + 1, known(name, &arguments)?))
}

/// A text or a whole number that begins here, and its length as written.
fn literal(code: &str) -> Option<(&str, usize)> {
    let quote = code.chars().next()?;
    if matches!(quote, '"' | '\'' | '`') {
        let inner = &code[1..1 + code[1..].find(quote)?];
        return (!inner.contains('\\')).then_some((inner, inner.len() + 2));
    }
    let digits = code.len() - code.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (digits > 0 && !code[digits..].starts_with('.')).then(|| (&code[..digits], digits))
}

/// Where code ends, strings with the closing mark in them aside.
fn end_of_code(code: &str, close: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in code.char_indices().skip(2) {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if code[at..].starts_with(close) => return Some(at + close.len()),
            None => {}
        }
    }
    None
}

fn spaces(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn calls_with_nothing_but_literals_are_folded() {
        let known = |function: &str, arguments: &[(&str, &str)]| match (function, arguments) {
            ("t", [("key", "a")]) => Some("A & B".to_owned()),
            ("t", [("key", "n"), ("n", number)]) => Some(format!("{number} left")),
            ("asset", [("name", "c.css")]) => Some("/c.css".to_owned()),
            ("tc", [("key", "quoted")]) => Some("\"q\"".to_owned()),
            _ => None,
        };
        for (template, folded) in [
            ("<p>{{ t(key=\"a\") }}</p>", "<p>A &amp; B</p>"),
            ("{{ t(key=\"n\", n=3) }} {{t(key='n', n=\"{n}\")}}", "3 left {n} left"),
            ("{{ t(key=\"n\", n=m) }}", "{{ t(key=\"n\", n=m) }}"),
            ("{{ <ev.facts title={t(key=\"a\")} /> }}", "{{ <ev.facts title={\"A & B\"} /> }}"),
            ("{{ t(key=\"a\") | upper }}", "{{ \"A & B\" | upper }}"),
            ("{{ x.t(key=\"a\") }} {{ at(key=\"a\") }}", "{{ x.t(key=\"a\") }} {{ at(key=\"a\") }}"),
            ("{{ \"t(key='a')\" }}", "{{ \"t(key='a')\" }}"),
            ("{{ tc(key=\"quoted\") }} {{ tc(key=\"quoted\") | f }}", "&quot;q&quot; {{ tc(key=\"quoted\") | f }}"),
            ("<link href={{ asset(name=\"c.css\") }}>", "<link href=/c.css>"),
            ("{% if t(key=\"a\") %}b{% endif %}", "{% if \"A & B\" %}b{% endif %}"),
            ("{{ t(key=\"a", "{{ t(key=\"a"),
        ] {
            assert_eq!(fold(template, &known), folded, "{template}");
        }
    }
}
