//! Line ends within a text of a YAML file: each is read as a space, and Chinese has none between its words.

use std::collections::BTreeSet;

use serde_yaml::Value;

use super::Spans;
use crate::script::is_set_solid;

/// Takes the spaces out that line ends within Chinese were read as.
pub fn join(value: &mut Value, spans: &Spans, text: &str) {
    match (value, spans) {
        (Value::String(words), Spans::Scalar(range)) => {
            let written = text.get(range.clone()).filter(|written| written.contains('\n'));
            if let Some(joined) = written.and_then(|written| joined(words, written)) {
                *words = joined;
            }
        }
        (Value::Sequence(list), Spans::List(_, spans)) => {
            list.iter_mut().zip(spans).for_each(|(value, spans)| join(value, spans, text));
        }
        (Value::Mapping(map), Spans::Map(_, entries)) => {
            map.iter_mut().zip(entries).for_each(|((_, value), (_, _, spans))| join(value, spans, text));
        }
        _ => {}
    }
}

/// Words without the spaces that stand for line ends, if there are any such.
fn joined(words: &str, written: &str) -> Option<String> {
    let lines = || written.lines().map(str::trim);
    let ends = lines().zip(lines().skip(1));
    let ends = ends.filter_map(|(above, below)| Some((above.chars().next_back()?, below.chars().next()?)));
    let solid: BTreeSet<(char, char)> = ends.filter(|(above, below)| is_set_solid(*above, *below)).collect();
    let mut before = None;
    let is_kept = |(at, c): &(usize, char)| {
        let after = words[at + c.len_utf8()..].chars().next();
        let is_end = *c == ' ' && before.zip(after).is_some_and(|pair| solid.contains(&pair));
        before = Some(*c);
        !is_end
    };
    (!solid.is_empty()).then(|| words.char_indices().filter(is_kept).map(|(_, c)| c).collect())
}

#[cfg(test)]
mod tests {
    use super::join;
    use crate::diag::Diagnostics;
    use crate::parse::text::SourceText;
    use crate::parse::yaml;
    use crate::source::tree::FileId;

    #[test]
    fn a_line_end_within_chinese_is_no_space() {
        for (written, read) in [
            ("a: 媒体的说\n  法是退回", "媒体的说法是退回"),
            ("a: \"媒体的说\n  法是退回。\n  中文译名\"", "媒体的说法是退回。中文译名"),
            ("a: >-\n  媒体的说\n  法是退回", "媒体的说法是退回"),
            ("a: 媒体 的说\n  法是", "媒体 的说法是"),
            ("a: one\n  two", "one two"),
            ("a: PTA\n  说", "PTA 说"),
            ("a: |-\n  媒体的说\n  法是退回", "媒体的说\n法是退回"),
            ("b: [{a: 1}]\na: 说\n  法", "说法"),
        ] {
            let source = SourceText { file: FileId::SITE, text: written, offset: 0 };
            let mut yaml = yaml::read(source, &mut Diagnostics::default()).unwrap();
            join(&mut yaml.value, &yaml.spans, written);
            assert_eq!(yaml.value["a"].as_str(), Some(read), "{written}");
        }
    }
}
