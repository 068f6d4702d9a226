//! Blocks of built-in templates that a theme's own template has no place for.
//!
//! A theme may replace `base.html` with one that has only the blocks its own templates use. Tera refuses a template that fills a
//! block which none of its ancestors has; the built-in ones are cut to fit instead. What a theme wrote itself is left as it is.

use std::iter::{once, successors};
use std::ops::Range;

use super::BUILT_IN;
use super::squeeze::{end_of_code, next_code};

/// A template: what it extends, and its blocks.
#[derive(Default)]
struct Outline<'a> {
    parent: Option<&'a str>,
    blocks: Vec<Block<'a>>,
}

/// A block, from its first tag to its last.
struct Block<'a> {
    name: &'a str,
    outermost: bool,
    place: Range<usize>,
}

/// Templates (name and text) in which no built-in one fills a block that its ancestors do not have. Places stay what they were.
///
/// A name that is no whole one is looked for behind each prefix in turn.
#[must_use]
pub fn fit(mut templates: Vec<(String, String)>, prefixes: &[String]) -> Vec<(String, String)> {
    // A block that goes takes those in it along, and what fills them; so often at most.
    for _ in 0..templates.len() {
        let unfit = unfit(&templates, prefixes);
        if unfit.is_empty() {
            break;
        }
        for (at, place) in unfit {
            let text = &mut templates[at].1;
            let blank: String = text[place.clone()].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
            text.replace_range(place, &blank);
        }
    }
    templates
}

/// The blocks without a place in an ancestor: which template, and where in it.
fn unfit(templates: &[(String, String)], prefixes: &[String]) -> Vec<(usize, Range<usize>)> {
    let outlines: Vec<Outline> = templates.iter().map(|(_, text)| outline(text)).collect();
    let find = |name: &str| {
        let mut names = once(name.to_owned()).chain(prefixes.iter().map(|prefix| format!("{prefix}{name}")));
        names.find_map(|whole| templates.iter().position(|(name, _)| *name == whole))
    };
    let of = |at: usize| {
        // As many steps as there are templates: one that comes back to itself is told by Tera.
        let above = |at: &usize| outlines[*at].parent.and_then(find);
        let ancestors = successors(above(&at), above).take(outlines.len());
        let known: Vec<&str> = ancestors.flat_map(|at| outlines[at].blocks.iter().map(|block| block.name)).collect();
        let lost = move |block: &&Block| block.outermost && !known.contains(&block.name);
        outlines[at].blocks.iter().filter(lost).map(move |block| (at, block.place.clone()))
    };
    let ours = |at: &usize| templates[*at].0.starts_with(BUILT_IN) && outlines[*at].parent.is_some();
    (0..templates.len()).filter(ours).flat_map(of).collect()
}

/// Reads what a template extends and which blocks it has.
fn outline(template: &str) -> Outline<'_> {
    let mut found = Outline::default();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(begin) = next_code(&template[at..], b"{%#").map(|open| at + open) {
        let rest = &template[begin..];
        let length = match &rest[..2] {
            "{%" => end_of_code(rest, "%}"),
            "{{" => end_of_code(rest, "}}"),
            _ => rest.find("#}").map(|end| end + 2),
        };
        let Some(end) = length.map(|length| begin + length) else { break };
        at = end;
        let Some(code) = template[begin..end].strip_prefix("{%").and_then(|code| code.strip_suffix("%}")) else {
            continue;
        };
        let mut words = code.trim_matches(|c: char| c == '-' || c.is_whitespace()).split_whitespace();
        match (words.next(), words.next()) {
            (Some("extends"), Some(name)) => found.parent = Some(name.trim_matches(['"', '\'', '`'])),
            (Some("block"), Some(name)) => {
                found.blocks.push(Block { name, outermost: open.is_empty(), place: begin..template.len() });
                open.push(found.blocks.len() - 1);
            }
            (Some("endblock"), _) => {
                if let Some(block) = open.pop() {
                    found.blocks[block].place.end = end;
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::fit;

    fn fitted(templates: &[(&str, &str)]) -> Vec<String> {
        let owned = templates.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        fit(owned, &["own/".to_owned(), "built-in/".to_owned()]).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn a_block_without_a_place_goes_and_the_others_stay_where_they_were() {
        let page = "{% extends \"base.html\" %}\n{% block a %}é{% block new %}\n{% endblock new %}{% endblock a %}{% block b %}y{% endblock %}";
        let copy = "{% extends \"page.html\" %}{% block new %}1{% endblock %}{%- block b -%}2{% endblock %}";
        let made = fitted(&[
            ("own/base.html", "{# {% block a %} #}{{ \"{% block a %}\" }}<p>{% block b %}{% endblock %}"),
            ("built-in/base.html", "{% block a %}{% endblock %}{% block b %}{% endblock %}"),
            ("built-in/page.html", page),
            ("built-in/copy.html", copy),
            ("own/other.html", "{% extends \"page.html\" %}{% block c %}own{% endblock %}"),
        ]);
        assert_eq!(made[2].split_whitespace().collect::<String>(), "{%extends\"base.html\"%}{%blockb%}y{%endblock%}");
        assert_eq!((made[2].find("{% block b"), made[2].len()), (page.find("{% block b"), page.len()));
        assert_eq!(made[2].matches('\n').count(), 2);
        assert!(!made[3].contains("new") && made[3].contains("block b -%}2"), "{}", made[3]);
        assert!(made[4].contains("block c"), "what a theme wrote is left as it is");
    }

    #[test]
    fn with_every_place_there_nothing_changes() {
        let page = "{% extends \"base.html\" %}{% block a %}x{% endblock %}";
        let base = "{% block a %}{% endblock %}";
        let all = [
            ("built-in/base.html", base),
            ("built-in/page.html", page),
            ("built-in/loop.html", "{% extends \"loop.html\" %}"),
        ];
        assert_eq!(fitted(&all), all.map(|(_, text)| text.to_owned()));
    }
}
