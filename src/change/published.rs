//! `content/published.yaml` as it is changed: ids that are new, ids and addresses that have another name. Nothing is ever taken out.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Changes;
use super::edits::{YamlFile, end_of, entries, is_flow, value};
use crate::model::guide::GuideKey;
use crate::parse::registry::ADDRESSES;
use crate::parse::yaml::Spans;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// The registry of a site that has none yet.
pub const HEAD: &str = "# Every id that was ever published, of sections (which links lead to) and items (which phones keep ticks of), in the\n\
                        # order of each guide. `rahnuma register` adds new ones; none is taken out.\n";

/// The file, and what changes in it.
pub struct Published {
    file: YamlFile,
    /// What is put in, by where.
    inserted: BTreeMap<usize, String>,
    /// What takes the place of something.
    replaced: Vec<(Range<usize>, String)>,
}

impl Published {
    /// The file; nothing for a site that has none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(tree: &SourceTree) -> Result<Option<Self>, String> {
        let is_there = SourcePath::new(layout::PUBLISHED).is_ok_and(|path| tree.contains(&path));
        match YamlFile::read(tree, layout::PUBLISHED) {
            Some(file) => Ok(Some(Self { file, inserted: BTreeMap::new(), replaced: Vec::new() })),
            None if is_there => Err(format!("{} cannot be read; `rahnuma check` says why", layout::PUBLISHED)),
            None => Ok(None),
        }
    }

    /// Whether a guide was ever published.
    pub fn has(&self, guide: &GuideKey) -> bool {
        value(&self.file.spans, &guide.to_string()).is_some()
    }

    /// Whether the file lists addresses.
    pub fn has_addresses(&self) -> bool {
        value(&self.file.spans, ADDRESSES).is_some()
    }

    /// Adds the ids of a guide that are not there, each behind the one that stands before it in the guide. Says which.
    pub fn add_ids<'a>(&mut self, guide: &GuideKey, ids: &[&'a str]) -> Vec<&'a str> {
        let name = guide.to_string();
        let lines: Vec<(&str, String)> = ids.iter().map(|id| (*id, format!("{id}: live"))).collect();
        if self.has(guide) {
            return self.add_below(&name, &lines);
        }
        let block: Vec<String> = lines.iter().map(|(_, line)| format!("  {line}")).collect();
        let top: Vec<String> = entries(&self.file.spans).iter().map(|(key, ..)| key.clone()).collect();
        let before = top.iter().filter(|key| key.as_str() != ADDRESSES && **key < name).max().cloned();
        let text = [vec![format!("{name}:")], block].concat();
        self.add_block(before.as_deref(), &text);
        ids.to_vec()
    }

    /// Adds addresses that are not there. Says which.
    pub fn add_addresses<'a>(&mut self, addresses: &[(&'a str, String)]) -> Vec<&'a str> {
        if self.has_addresses() {
            let mut sorted: Vec<(&str, String)> = addresses.to_vec();
            sorted.sort();
            let known = value(&self.file.spans, ADDRESSES).map(entries).unwrap_or_default();
            let all: Vec<String> = known.iter().map(|(key, ..)| key.clone()).collect();
            let new: Vec<(&str, String)> =
                sorted.into_iter().filter(|(key, _)| !all.iter().any(|it| it == key)).collect();
            for (key, line) in &new {
                let before = all.iter().filter(|known| known.as_str() < *key).max().cloned();
                self.add_entry(ADDRESSES, before.as_deref(), line);
            }
            return new.into_iter().map(|(key, _)| key).collect();
        }
        let lines = addresses.iter().map(|(_, line)| format!("  {line}"));
        let text: Vec<String> = std::iter::once(format!("{ADDRESSES}:")).chain(lines).collect();
        let last = entries(&self.file.spans).last().map(|(key, ..)| key.clone());
        self.add_block(last.as_deref(), &text);
        addresses.iter().map(|(key, _)| *key).collect()
    }

    /// What became of a name: of an id of a guide, or of an address.
    pub fn became(&self, below: &str, name: &str) -> Option<&str> {
        let spans = value(value(&self.file.spans, below)?, name)?;
        Some(&self.file.text[spans.range().start..end_of(&self.file.text, spans)])
    }

    /// Says that something has another name: the old one leads to the new one, and the new one is what the old one was.
    ///
    /// # Errors
    /// When the new name belongs to something else already.
    pub fn rename(&mut self, below: &str, old: &str, new: &str) -> Result<(), String> {
        let Some(fate) = self.became(below, old).map(str::to_owned) else { return Ok(()) };
        let back = self.became(below, new).map(|there| there.contains("renamed_to"));
        if back == Some(false) {
            let named = if below == ADDRESSES { "address" } else { "id" };
            return Err(format!("the {named} `{new}` was published and belongs to something else; choose another"));
        }
        let led = format!("{{renamed_to: {new}}}");
        self.set(below, old, led);
        match back {
            Some(_) => self.set(below, new, fate),
            None => self.add_entry(below, Some(old), &format!("{new}: {fate}")),
        }
        Ok(())
    }

    /// A guide's ids stand below its new name.
    pub fn rename_guide(&mut self, old: &GuideKey, new: &GuideKey) {
        let key = entries(&self.file.spans).iter().find(|(key, ..)| *key == old.to_string());
        if let Some(range) = key.map(|(_, range, _)| range.clone()) {
            self.replaced.push((range, new.to_string()));
        }
    }

    /// Says what became of an address.
    pub fn set_address(&mut self, address: &str, fate: &str) {
        if self.became(ADDRESSES, address).is_some() {
            self.set(ADDRESSES, address, fate.to_owned());
        } else {
            self.add_addresses(&[(address, format!("{address}: {fate}"))]);
        }
    }

    fn set(&mut self, below: &str, name: &str, fate: String) {
        let spans = value(&self.file.spans, below).and_then(|spans| value(spans, name));
        if let Some(range) = spans.map(|spans| spans.range().start..end_of(&self.file.text, spans)) {
            self.replaced.push((range, fate));
        }
    }

    fn add_below<'a>(&mut self, below: &str, lines: &[(&'a str, String)]) -> Vec<&'a str> {
        let known = value(&self.file.spans, below).map(entries).unwrap_or_default();
        let known: Vec<String> = known.iter().map(|(key, ..)| key.clone()).collect();
        let (mut before, mut added) = (None, Vec::new());
        for (id, line) in lines {
            if known.iter().any(|key| key == id) {
                before = Some(*id);
            } else {
                self.add_entry(below, before, line);
                added.push(*id);
            }
        }
        added
    }

    /// Adds a line to a mapping, behind the entry of a name or in front of all.
    fn add_entry(&mut self, below: &str, before: Option<&str>, line: &str) {
        let all = entries(&self.file.spans);
        let Some((_, key, spans)) = all.iter().find(|(key, ..)| key == below) else { return };
        let (text, newline) = (&self.file.text, self.file.newline());
        let inner = entries(spans);
        let behind = before.and_then(|name| inner.iter().find(|(key, ..)| key == name));
        let flow = matches!(spans, Spans::Map(..)) && is_flow(text, spans);
        let (at, words) = match (behind, inner.first()) {
            (Some((_, _, value)), _) if flow => (end_of(text, value), format!(", {line}")),
            (None, Some((_, first, _))) if flow => (first.start, format!("{line}, ")),
            (None, None) if flow => (spans.range().start + 1, line.to_owned()),
            (Some((_, first, value)), _) => {
                let (at, _) = self.file.behind(end_of(text, value));
                (at, format!("{}{line}{newline}", self.file.line(first.start).1))
            }
            (None, Some((_, first, _))) => {
                let (at, indent) = self.file.line(first.start);
                (at, format!("{indent}{line}{newline}"))
            }
            (None, None) => (self.file.behind(key.end).0, format!("  {line}{newline}")),
        };
        self.inserted.entry(at).or_default().push_str(&words);
    }

    /// Adds lines behind the entry of a name, or in front of all.
    fn add_block(&mut self, before: Option<&str>, lines: &[String]) {
        let newline = self.file.newline();
        let all = entries(&self.file.spans);
        let behind = before.and_then(|name| all.iter().find(|(key, ..)| key == name));
        let at = match (behind, all.first()) {
            (Some((_, key, value)), _) => self.file.behind(end_of(&self.file.text, value).max(key.end)).0,
            (None, Some((_, key, _))) => self.file.line(key.start).0,
            (None, None) => self.file.text.len(),
        };
        let words = self.inserted.entry(at).or_default();
        lines.iter().for_each(|line| words.extend([line.as_str(), newline]));
    }

    /// The file as it will be.
    pub fn changes(self, tree: &SourceTree) -> Changes {
        let mut changes = Changes::default();
        if self.inserted.is_empty() && self.replaced.is_empty() {
            return changes;
        }
        let inserted = self.inserted.into_iter().map(|(at, words)| (at..at, words));
        let mut edits: Vec<(Range<usize>, String)> = inserted.chain(self.replaced).collect();
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut text = self.file.text.clone();
        let open = !text.is_empty() && !text.ends_with('\n');
        for (range, words) in edits.into_iter().rev() {
            let words = if open && range.start == self.file.text.len() { format!("\n{words}") } else { words };
            text.replace_range(range, &words);
        }
        let path = tree.path(self.file.file).clone();
        let mark = if self.file.offset > 0 { "\u{feff}" } else { "" };
        changes.write(path, format!("{mark}{text}"));
        changes
    }
}

/// A registry for a site that has none.
pub fn begin(guides: &[(String, Vec<String>)]) -> Changes {
    let mut text = HEAD.to_owned();
    for (guide, ids) in guides {
        text.push_str(&format!("{guide}:\n"));
        ids.iter().for_each(|id| text.push_str(&format!("  {id}: live\n")));
    }
    let mut changes = Changes::default();
    if let Ok(path) = SourcePath::new(layout::PUBLISHED) {
        changes.write(path, text);
    }
    changes
}
