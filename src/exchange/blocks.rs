//! Blocks of code: a command to dial, a message to send. They are the same in every language, so translators see them and are not
//! given them; whoever reads the words around them has to know what these speak of.

use super::segment::{CodeBlock, Run, Segments};

/// What the units of runs say of the code beside them, by the name of the run: that above it, if any words stand there.
pub fn notes(segments: &Segments) -> Vec<(&str, String)> {
    let note = |block: &CodeBlock| {
        let (above, below) = segments.runs.split_at(block.above.min(segments.runs.len()));
        let is_near = |run: &&Run| run.has_words && run.group() == block.group;
        let (run, side) = match above.iter().rev().find(is_near) {
            Some(run) => (run, "Below"),
            None => (below.iter().find(is_near)?, "Above"),
        };
        let lines: Vec<&str> = block.text.trim_end().lines().collect();
        Some((&*run.id, format!("{side} it stands, the same in every language: {}", lines.join(" ⏎ "))))
    };
    segments.code.iter().filter_map(note).collect()
}

/// Whether the code of a group is the same on both sides.
pub fn agree(one: &Segments, other: &Segments, group: &str) -> bool {
    let code = |segments: &Segments| -> Vec<String> {
        let own = segments.code.iter().filter(|block| block.group == group);
        own.map(|block| block.text.trim_end().to_owned()).collect()
    };
    code(one) == code(other)
}
