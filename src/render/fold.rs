//! Words that never change on the pages of a locale, put into its templates once: `{{ t(key="nav.home") }}` becomes the word.
//!
//! Only calls whose arguments are all literals are folded. What cannot be folded safely stays a call, with the same result.

use std::collections::BTreeSet;

use super::escape::escape;
use crate::theme::squeeze::{end_of_code, next_code};

/// What a call of a function with these arguments gives, where that is known beforehand.
pub type Known<'a> = &'a dyn Fn(&str, &[(&str, &str)]) -> Option<String>;

/// Functions whose results may be known.
const FUNCTIONS: &[&str] = &["t", "tc", "asset"];

/// Components that speak another language than the page, because somewhere they are given one.
#[derive(Debug, Default)]
pub struct Foreign(BTreeSet<String>);

impl Foreign {
    /// Those of a theme: named with a language of their own, or by one that is.
    #[must_use]
    pub fn new<'a>(templates: impl Iterator<Item = &'a str> + Clone) -> Self {
        let parts: Vec<Part<'_>> = templates.flat_map(parts).collect();
        let mut foreign = Self::default();
        loop {
            let known = foreign.0.len();
            for part in &parts {
                let own = foreign.is_foreign(part);
                let named = calls(part.text).filter(|(_, speaks)| own || *speaks);
                let named: Vec<String> = named.map(|(name, _)| name.to_owned()).collect();
                foreign.0.extend(named);
            }
            if foreign.0.len() == known {
                return foreign;
            }
        }
    }

    fn is_foreign(&self, part: &Part<'_>) -> bool {
        INDEXES.iter().any(|index| part.text.contains(&format!("set {index}")))
            || part.component.is_some_and(|name| self.0.contains(name))
    }
}

/// Where templates find the language to speak.
const INDEXES: &[&str] = &["locale_index", "content_index"];

/// A component, or what stands between them.
struct Part<'a> {
    component: Option<&'a str>,
    text: &'a str,
}

fn parts(template: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some(open) = ["{% component ", "{%- component "].iter().filter_map(|mark| rest.find(mark)).min() {
        let end = rest[open..].find("endcomponent").map_or(rest.len(), |at| open + at);
        let name = rest[open..end].split("component ").nth(1).and_then(|rest| rest.split('(').next());
        found.push(Part { component: None, text: &rest[..open] });
        found.push(Part { component: name.map(str::trim), text: &rest[open..end] });
        rest = &rest[end..];
    }
    found.push(Part { component: None, text: rest });
    found
}

/// The components a text names, each with whether it is given a language.
fn calls(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let behind = text.split('<').skip(1);
    behind.filter_map(|rest| {
        let name = &rest[..rest.find(|c: char| !is_name(c) && c != '.')?];
        let call = &rest[..rest.find("/>").or_else(|| rest.find('>')).unwrap_or(rest.len())];
        (!name.is_empty()).then(|| (name, INDEXES.iter().any(|index| call.contains(&format!("{index}=")))))
    })
}

/// A template with every call replaced whose result is known.
#[must_use]
pub fn fold(template: &str, foreign: &Foreign, known: Known<'_>) -> String {
    let folded = |part: Part<'_>| {
        if foreign.is_foreign(&part) { part.text.to_owned() } else { fold_part(part.text, known) }
    };
    parts(template).into_iter().map(folded).collect()
}

fn fold_part(template: &str, known: Known<'_>) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(open) = next_code(rest, b"{%") {
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
        let inner = code[1..].split_once(quote)?.0;
        return (!inner.contains('\\')).then_some((inner, inner.len() + 2));
    }
    let digits = code.len() - code.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (digits > 0 && !code[digits..].starts_with('.')).then(|| (&code[..digits], digits))
}

fn spaces(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::{Foreign, fold};

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
            assert_eq!(fold(template, &Foreign::default(), &known), folded, "{template}");
        }
    }

    #[test]
    fn components_that_are_given_a_language_are_not_folded() {
        let templates = [
            "{{ <a.one content_index={loop.index0} /> }}{{ <a.two /> }}{{ t(key=\"k\") }}",
            "{% component a.one(@content_index) %}{{ tc(key=\"k\") }}{{ <a.three /> }}{% endcomponent a.one %}",
            "{% component a.two(@content_index) %}{{ tc(key=\"k\") }}{% endcomponent a.two %}{{ t(key=\"k\") }}",
            "{% component a.three(@content_index) %}{{ tc(key=\"k\") }}{% endcomponent a.three %}",
            "{% set locale_index = 2 %}{{ t(key=\"k\") }}",
        ];
        let foreign = Foreign::new(templates.into_iter());
        let folded = templates.map(|template| fold(template, &foreign, &|_, _| Some("w".to_owned())));
        assert_eq!(folded[0], templates[0].replace("{{ t(key=\"k\") }}", "w"));
        assert_eq!(folded[1], templates[1]);
        assert_eq!(folded[2], "{% component a.two(@content_index) %}w{% endcomponent a.two %}w");
        assert_eq!(folded[3..], templates[3..]);
    }
}
