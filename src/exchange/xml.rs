//! XML as events with places. What a translator's file never has is refused: document types, and with them entities of their own.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event as Raw};

use super::{Damaged, damaged};

/// How deep elements may nest.
const MAX_DEPTH: usize = 64;

/// A part of an XML file.
#[derive(Debug)]
pub enum Event {
    /// An element begins, by its name without a prefix.
    Start { name: String, attributes: Vec<(String, String)>, at: usize },
    /// An element ends.
    End,
    /// Words.
    Text(String),
}

/// A file's events in order.
pub fn events(text: &str) -> Result<Vec<Event>, Damaged> {
    let mut reader = Reader::from_str(text);
    let (mut events, mut depth) = (Vec::new(), 0usize);
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let raw = match reader.read_event() {
            Ok(raw) => raw,
            Err(error) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(at);
                return Err(damaged(text, at, format!("this is no XML: {error}")));
            }
        };
        match raw {
            Raw::Start(start) => {
                events.push(begin(text, at, &start)?);
                depth += 1;
            }
            Raw::Empty(start) => events.extend([begin(text, at, &start)?, Event::End]),
            Raw::End(_) => {
                depth -= 1;
                events.push(Event::End);
            }
            Raw::Text(words) => words_of(text, at, &words, &mut events)?,
            Raw::CData(words) => words_of(text, at, &words, &mut events)?,
            Raw::GeneralRef(name) => events.push(Event::Text(entity(text, at, &name)?)),
            Raw::DocType(_) => {
                return Err(damaged(
                    text,
                    at,
                    "a document type stands here; files for exchange have none, nor entities",
                ));
            }
            Raw::Eof if depth > 0 => {
                return Err(damaged(text, text.len(), "this file ends before its last element does"));
            }
            Raw::Eof => return Ok(events),
            Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_) => {}
        }
        if depth > MAX_DEPTH {
            return Err(damaged(text, at, format!("elements stand more than {MAX_DEPTH} deep in each other")));
        }
    }
}

fn words_of(text: &str, at: usize, words: &[u8], events: &mut Vec<Event>) -> Result<(), Damaged> {
    let words = std::str::from_utf8(words).map_err(|_| damaged(text, at, "these words are no UTF-8"))?;
    events.push(Event::Text(words.replace("\r\n", "\n")));
    Ok(())
}

/// `&amp;`, `&#10;`
fn entity(text: &str, at: usize, name: &[u8]) -> Result<String, Damaged> {
    let name = String::from_utf8_lossy(name);
    let known = unescape(&format!("&{name};")).map(std::borrow::Cow::into_owned);
    known.map_err(|_| damaged(text, at, format!("`&{name};` is no sign that XML knows by itself")))
}

fn begin(text: &str, at: usize, start: &BytesStart<'_>) -> Result<Event, Damaged> {
    let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| damaged(text, at, format!("this is no XML: {error}")))?;
        let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        let value = String::from_utf8_lossy(&attribute.value).into_owned();
        let value = unescape(&value).map_err(|error| damaged(text, at, format!("this is no XML: {error}")))?;
        attributes.push((key, value.into_owned()));
    }
    Ok(Event::Start { name, attributes, at })
}

#[cfg(test)]
mod tests {
    use super::events;

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
            assert!(events(text).is_err(), "{}", &text[..text.len().min(60)]);
        }
        assert!(events("<?xml version=\"1.0\"?><a b=\"&lt;\">&amp;<![CDATA[<]]>&#10;<!-- c --></a>").is_ok());
    }
}
