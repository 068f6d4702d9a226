//! XML as events with places. What a translator's file never has is refused: document types, and with them entities of their own.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event as Raw};

use super::{Damaged, damaged};
use crate::parse::text::SourceText;

/// How deep elements may nest.
const MAX_DEPTH: usize = 64;

/// A part of an XML file.
#[derive(Debug)]
pub enum Event {
    /// An element begins, by its name without a prefix.
    Start { name: String, attributes: Vec<(String, String)>, at: usize },
    /// An element ends; what ends it begins here.
    End { at: usize },
    /// Words.
    Text(String),
}

/// A file's events in order.
pub fn events(source: SourceText<'_>) -> Result<Vec<Event>, Damaged> {
    let mut reader = Reader::from_str(source.text);
    let (mut events, mut depth) = (Vec::new(), 0usize);
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let raw = match reader.read_event() {
            Ok(raw) => raw,
            Err(error) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(at);
                return Err(damaged(source, at, format!("this is no XML: {error}")));
            }
        };
        match raw {
            Raw::Start(start) => {
                events.push(begin(source, at, &start)?);
                depth += 1;
            }
            Raw::Empty(start) => events.extend([begin(source, at, &start)?, Event::End { at }]),
            Raw::End(_) => {
                depth -= 1;
                events.push(Event::End { at });
            }
            Raw::Text(words) => words_of(source, at, &words, &mut events)?,
            Raw::CData(words) => words_of(source, at, &words, &mut events)?,
            Raw::GeneralRef(name) => events.push(Event::Text(entity(source, at, &name)?)),
            Raw::DocType(_) => {
                return Err(damaged(
                    source,
                    at,
                    "a document type stands here; files for exchange have none, nor entities",
                ));
            }
            Raw::Eof if depth > 0 => {
                return Err(damaged(source, source.text.len(), "this file ends before its last element does"));
            }
            Raw::Eof => return Ok(events),
            Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_) => {}
        }
        if depth > MAX_DEPTH {
            return Err(damaged(source, at, format!("elements stand more than {MAX_DEPTH} deep in each other")));
        }
    }
}

fn words_of(source: SourceText<'_>, at: usize, words: &[u8], events: &mut Vec<Event>) -> Result<(), Damaged> {
    let words = std::str::from_utf8(words).map_err(|_| damaged(source, at, "these words are no UTF-8"))?;
    events.push(Event::Text(words.replace("\r\n", "\n")));
    Ok(())
}

/// `&amp;`, `&#10;`
fn entity(source: SourceText<'_>, at: usize, name: &[u8]) -> Result<String, Damaged> {
    let name = String::from_utf8_lossy(name);
    let known = unescape(&format!("&{name};")).map(std::borrow::Cow::into_owned);
    known.map_err(|_| damaged(source, at, format!("`&{name};` is no sign that XML knows by itself")))
}

fn begin(source: SourceText<'_>, at: usize, start: &BytesStart<'_>) -> Result<Event, Damaged> {
    let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| damaged(source, at, format!("this is no XML: {error}")))?;
        let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        let value = String::from_utf8_lossy(&attribute.value).into_owned();
        let value = unescape(&value).map_err(|error| damaged(source, at, format!("this is no XML: {error}")))?;
        attributes.push((key, value.into_owned()));
    }
    Ok(Event::Start { name, attributes, at })
}

#[cfg(test)]
mod tests {
    use super::{SourceText, events};
    use crate::source::tree::FileId;

    fn is_read(text: &str) -> bool {
        events(SourceText { file: FileId::SITE, text, offset: 0 }).is_ok()
    }

    #[test]
    fn hostile_files_are_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"cc\"><!ENTITY d \"&b;&b;\">]><a>&d;</a>";
        let deep = "<a>".repeat(100_000);
        for text in [
            bomb,
            "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
            "<a>&b;</a>",
            "<a b=\"&c;\"/>",
            "<a><b></a>",
            "<a>",
            "<a b=\"1\" b=\"2\"/>",
            "<a",
            "</a>",
            "<a>&#0;</a>",
            "<a>&#xFFFFFFFF;</a>",
            deep.as_str(),
        ] {
            assert!(!is_read(text), "{}", &text[..text.len().min(60)]);
        }
        assert!(is_read("<?xml version=\"1.0\"?><a b=\"&lt;\">&amp;<![CDATA[<]]>&#10;<!-- c --></a>"));
    }
}
