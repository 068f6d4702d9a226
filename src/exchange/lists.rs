//! Lists of words that each language has its own of: other names of a carrier. A list is one text with commas between its entries;
//! what a glossary forbids is no translation of anything, and stays out.

use serde_yaml::Value;

use super::scalar;
use crate::change::edits::{end_of, is_flow};
use crate::parse::yaml::{Spans, Yaml};
use crate::source::layout;

/// Signs that translators put between two entries, whatever they write.
const COMMAS: [char; 4] = [',', '，', '、', '،'];

/// What stands between entries of which one has a comma of its own.
const OTHER: char = ';';

/// The lists of a mapping, by locale.
pub struct ByLocale<'a> {
    /// The way to them.
    pub way: String,
    /// Each locale with its words and where they stand.
    pub lists: Vec<(&'a str, Vec<&'a str>, &'a Spans)>,
}

impl ByLocale<'_> {
    /// The sign between two entries.
    pub fn sign(&self) -> char {
        let mut words = self.lists.iter().flat_map(|(_, words, _)| words);
        if words.any(|word| word.contains(COMMAS)) { OTHER } else { ',' }
    }
}

/// Whether a file has lists that are translated.
pub fn has_any(file: &str) -> bool {
    file != layout::GLOSSARY
}

/// Every such list of a file. Ways are those that texts are known by.
pub fn collect<'a>(yaml: &'a Yaml, locales: &[&str]) -> Vec<ByLocale<'a>> {
    let mut found = Vec::new();
    walk((&yaml.value, &yaml.spans), locales, String::new(), &mut found);
    found
}

fn walk<'a>((value, spans): (&'a Value, &'a Spans), locales: &[&str], way: String, found: &mut Vec<ByLocale<'a>>) {
    let below = |name: &str| if way.is_empty() { name.to_owned() } else { format!("{way}.{name}") };
    match (value, spans) {
        (Value::Mapping(values), Spans::Map(_, entries)) => {
            let lists = entries.iter().zip(values.values()).map(|((key, _, inner), value)| {
                let words = value.as_sequence()?.iter().map(Value::as_str).collect::<Option<Vec<&str>>>()?;
                locales.contains(&&**key).then_some((&**key, words, inner))
            });
            match lists.collect::<Option<Vec<_>>>().filter(|lists| !lists.is_empty()) {
                Some(lists) => found.push(ByLocale { way, lists }),
                None => entries
                    .iter()
                    .zip(values.values())
                    .for_each(|((key, _, inner), value)| walk((value, inner), locales, below(key), found)),
            }
        }
        (Value::Sequence(values), Spans::List(_, entries)) => {
            for (ix, (value, inner)) in values.iter().zip(entries).enumerate() {
                let id = value.get("id").and_then(Value::as_str);
                let name = id.map_or_else(|| (ix + 1).to_string(), str::to_owned);
                walk((value, inner), locales, below(&name), found);
            }
        }
        _ => {}
    }
}

/// A list as one text.
pub fn joined(words: &[&str], sign: char) -> String {
    words.join(&format!("{sign} "))
}

/// The entries of a text.
pub fn entries(text: &str, sign: char) -> Vec<&str> {
    let parts =
        text.split(|c: char| if sign == OTHER { c == OTHER || c == '；' || c == '؛' } else { COMMAS.contains(&c) });
    parts.map(str::trim).filter(|word| !word.is_empty()).collect()
}

/// A list in brackets.
pub fn in_brackets(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| scalar::write("", word)).collect();
    format!("[{}]", words.join(", "))
}

/// The place of a list with what is written there, in the form that it has.
pub fn replaced(text: &str, list: &Spans, words: &[&str]) -> (std::ops::Range<usize>, String) {
    let start = list.range().start;
    let end = start + text[start..end_of(text, list)].trim_end().len();
    if is_flow(text, list) {
        return (start..end, in_brackets(words));
    }
    let line = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let lines: Vec<String> = words.iter().map(|word| format!("- {}", scalar::write("", word))).collect();
    (start..end, lines.join(&format!("\n{}", &text[line..start])))
}

#[cfg(test)]
mod tests {
    use super::{ByLocale, collect, entries, joined, replaced};
    use crate::diag::Diagnostics;
    use crate::parse::text::SourceText;
    use crate::parse::yaml::{self, Yaml};
    use crate::source::tree::FileId;

    fn yaml(text: &str) -> Yaml {
        yaml::read(SourceText { file: FileId::SITE, text, offset: 0 }, &mut Diagnostics::default()).unwrap()
    }

    #[test]
    fn lists_are_found_and_written_in_their_form() {
        let text = "a:\n  zh: [b, \"c\"]\n  ur:\n    - d\n    - e f\ng: [h]\ni: {zh: j}\n";
        let yaml = yaml(text);
        let lists = collect(&yaml, &["zh", "en", "ur"]);
        let [ByLocale { way, lists, .. }] = &lists[..] else { panic!() };
        assert_eq!((way.as_str(), lists.len(), joined(&lists[1].1, ',')), ("a", 2, "d, e f".to_owned()));
        let put = |at: usize, words: &[&str]| {
            let (range, new) = replaced(text, lists[at].2, words);
            [&text[..range.start], &new, &text[range.end..]].concat()
        };
        assert_eq!(put(0, &["k", "l: m"]), text.replace("[b, \"c\"]", "[k, \"l: m\"]"));
        assert_eq!(put(1, &["k"]), text.replace("- d\n    - e f", "- k"));
    }

    #[test]
    fn entries_stand_between_commas_of_any_script() {
        assert_eq!(entries("a، b,c、 d，", ','), ["a", "b", "c", "d"]);
        assert_eq!(entries("a, b; c", ';'), ["a, b", "c"]);
        assert_eq!(entries(" , ", ','), Vec::<&str>::new());
    }
}
