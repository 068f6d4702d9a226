//! SVG: a drawing is shown where it is made of nothing but what stands still. Its file can be opened by itself as well, where a
//! script in it would have the whole site.

mod allowed;
mod measure;
mod style;
mod weight;

use std::collections::BTreeSet;
use std::ops::Range;

use quick_xml::NsReader;
use quick_xml::escape::unescape;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesPI, BytesStart, Event};
use quick_xml::name::{Namespace, QName, ResolveResult};

use self::allowed::Part;
use self::weight::{Heavy, Node};

/// The most bytes a drawing may have.
const MAX_BYTES: usize = 1_000_000;

/// How deep elements may nest.
const MAX_DEPTH: usize = 100;

/// How many attributes an element may have, and how many of them may name namespaces.
const MAX_ATTRIBUTES: usize = 100;

const PLAIN: &str = "export it as “plain SVG” (not as that of the program), or take this out";
const ONE_FILE: &str = "a drawing takes nothing from elsewhere: export it as “plain SVG” with all in one file";
const STYLES: &str = "export it with its styles as attributes (“presentation attributes”), not as a style sheet";
const WHOLE: &str = "export it anew; a text editor may have changed it, or it was cut off on the way";
const SIMPLER: &str = "simplify it, or save it as PNG or WebP";

/// Why a drawing is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The line of the file, from 1, where one is to blame.
    pub line: Option<usize>,
    /// What the drawing does, to be read behind its name.
    pub what: String,
    /// What to do.
    pub help: &'static str,
}

type Checked<T> = Result<T, Box<Wrong>>;

/// Whether the file is a text that begins as a drawing does, and not as a web page.
#[must_use]
pub fn is_svg(bytes: &[u8]) -> bool {
    let text = without_mark(bytes).trim_ascii_start();
    let begins = |with: &str| text.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with.as_bytes()));
    text.starts_with(b"<") && !begins("<!doctype html") && !begins("<html")
}

/// Width and height.
pub fn size(bytes: &[u8]) -> Checked<(u32, u32)> {
    read(bytes).map(|drawing| drawing.size)
}

/// The same drawing without what programs and people wrote into it for themselves.
pub fn without(bytes: &[u8]) -> Option<Vec<u8>> {
    let drawing = read(bytes).ok()?;
    let mut out = Vec::with_capacity(bytes.len());
    let mut from = 0;
    for dropped in drawing.dropped {
        out.extend(bytes.get(from..dropped.start)?);
        from = dropped.end;
    }
    out.extend(bytes.get(from..)?);
    Some(out)
}

/// A drawing that may be shown.
struct Drawing {
    size: (u32, u32),
    /// What is not published, in order.
    dropped: Vec<Range<usize>>,
}

/// A file without the mark that some programs put before UTF-8.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

fn wrong<T>(line: Option<usize>, what: impl Into<String>, help: &'static str) -> Checked<T> {
    Err(Box::new(Wrong { line, what: what.into(), help }))
}

fn read(bytes: &[u8]) -> Checked<Drawing> {
    if bytes.len() > MAX_BYTES {
        return wrong(
            None,
            format!("has {} kB; a drawing has at most {}", bytes.len() / 1000, MAX_BYTES / 1000),
            SIMPLER,
        );
    }
    let Ok(text) = std::str::from_utf8(without_mark(bytes)) else {
        return wrong(None, "is not written in UTF-8", "export it in UTF-8");
    };
    let mut pass = Pass::new(text);
    if let Some(at) = text.find(is_no_text) {
        return wrong(pass.line_of(at), "is no XML: it holds a sign that no text has", WHOLE);
    }
    let mut reader = NsReader::from_str(text);
    reader.config_mut().check_comments = true;
    reader.resolver_mut().set_max_declarations_per_element(MAX_ATTRIBUTES);
    loop {
        pass.at = place(reader.buffer_position());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => return wrong(pass.line(), format!("is no XML: {error}"), WHOLE),
        };
        let range = pass.at..place(reader.buffer_position());
        if !pass.take(event, range, &reader)? {
            break;
        }
    }
    let mark = bytes.len() - text.len();
    let dropped = pass.dropped.iter().map(|dropped| dropped.start + mark..dropped.end + mark).collect();
    Ok(Drawing { size: pass.finish()?, dropped })
}

/// Signs that XML does not have.
fn is_no_text(sign: char) -> bool {
    matches!(sign, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

fn place(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// An element that is not closed yet.
#[derive(Debug, Clone, Copy)]
enum Open {
    /// One that stays, by its number.
    Kept(usize),
    /// One that is not published, nor anything in it.
    Dropped,
}

/// Reads a drawing from its beginning to its end.
struct Pass<'a> {
    text: &'a str,
    /// Where the part at hand begins.
    at: usize,
    open: Vec<Open>,
    nodes: Vec<Node>,
    /// The words of the style sheet at hand.
    sheet: String,
    /// What style sheets refer to, and where they do.
    by_sheets: Vec<(String, usize)>,
    root: [Option<String>; 3],
    dropped: Vec<Range<usize>>,
}

impl<'a> Pass<'a> {
    fn new(text: &'a str) -> Self {
        let (open, nodes, by_sheets, dropped) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { text, at: 0, open, nodes, sheet: String::new(), by_sheets, root: [None, None, None], dropped }
    }

    fn line(&self) -> Option<usize> {
        self.line_of(self.at)
    }

    fn line_of(&self, at: usize) -> Option<usize> {
        Some(self.text.get(..at)?.matches('\n').count() + 1)
    }

    fn wrong<T>(&self, what: impl Into<String>, help: &'static str) -> Checked<T> {
        wrong(self.line(), what, help)
    }

    fn is_dropping(&self) -> bool {
        matches!(self.open.last(), Some(Open::Dropped))
    }

    fn kind(&self) -> Option<&str> {
        match self.open.last() {
            Some(Open::Kept(number)) => Some(&self.nodes[*number].kind),
            _ => None,
        }
    }

    /// Whether there is more to read.
    fn take(&mut self, event: Event<'_>, range: Range<usize>, reader: &NsReader<&[u8]>) -> Checked<bool> {
        match event {
            Event::Start(start) => self.begin(&start, range, reader)?,
            Event::Empty(start) => {
                self.begin(&start, range.clone(), reader)?;
                self.end(range.end)?;
            }
            Event::End(_) => self.end(range.end)?,
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if self.is_dropping() => {}
            Event::Text(words) => self.words(&String::from_utf8_lossy(&words))?,
            Event::CData(words) => self.words(&String::from_utf8_lossy(&words))?,
            Event::GeneralRef(name) => {
                let name = format!("&{};", String::from_utf8_lossy(&name));
                match unescape(&name) {
                    Ok(sign) if !sign.contains(is_no_text) => self.words(&sign)?,
                    _ => return self.wrong(format!("is no XML: `{name}` is no sign that it knows"), WHOLE),
                }
            }
            Event::Comment(_) => self.drop(range),
            Event::PI(instruction) => self.instruct(&instruction, range)?,
            Event::Decl(declaration) => self.declare(&declaration)?,
            Event::DocType(rules) => self.leave_type(&rules, range)?,
            Event::Eof => return Ok(false),
        }
        Ok(true)
    }

    fn begin(&mut self, start: &BytesStart<'_>, range: Range<usize>, reader: &NsReader<&[u8]>) -> Checked<()> {
        if self.open.len() >= MAX_DEPTH {
            return self.wrong(format!("nests more than {MAX_DEPTH} elements in each other"), SIMPLER);
        }
        if self.open.is_empty() && !self.nodes.is_empty() {
            return self.wrong("is no XML: something stands behind its last element", WHOLE);
        }
        if self.kind() == Some("style") {
            return self.wrong("has an element within a style sheet", STYLES);
        }
        let (space, local) = reader.resolver().resolve_element(start.name());
        let name = String::from_utf8_lossy(local.as_ref()).into_owned();
        let is_kept = !self.is_dropping() && self.is_kept(&space, &name)?;
        if !is_kept {
            if !self.is_dropping() {
                self.drop(range);
            }
            self.open.push(Open::Dropped);
            return Ok(());
        }
        let number = self.nodes.len();
        if let Some(Open::Kept(parent)) = self.open.last() {
            self.nodes[*parent].children.push(number);
        }
        self.nodes.push(Node { kind: name, at: range.start, ..Node::default() });
        self.open.push(Open::Kept(number));
        self.attributes(start, range.start + 1, reader)
    }

    /// Whether an element is drawn; one of a program's own is left out.
    fn is_kept(&self, space: &ResolveResult<'_>, name: &str) -> Checked<bool> {
        let is_root = self.nodes.is_empty();
        match space {
            ResolveResult::Bound(Namespace(allowed::SVG)) if is_root && name != "svg" => {}
            ResolveResult::Bound(Namespace(allowed::SVG)) => {
                return match allowed::refused(name) {
                    None => Ok(true),
                    Some(_) if name == "metadata" => Ok(false),
                    Some((what, help)) => self.wrong(format!("{what}: `<{name}>`"), help),
                };
            }
            ResolveResult::Bound(Namespace(space)) if allowed::ACTIVE.contains(space) => {
                return self.wrong(format!("holds a piece of a web page: `<{name}>`"), PLAIN);
            }
            ResolveResult::Unknown(prefix) => {
                let prefix = String::from_utf8_lossy(prefix);
                return self.wrong(format!("is no XML: it does not say what `{prefix}:` means"), WHOLE);
            }
            ResolveResult::Unbound if is_root && name == "svg" => {
                let help = "write `xmlns=\"http://www.w3.org/2000/svg\"` behind `<svg`";
                return self.wrong("does not say that it is a drawing, so that browsers do not show it", help);
            }
            _ if !is_root => return Ok(false),
            _ => {}
        }
        self.wrong(format!("is no drawing: its outermost element is `<{name}>`, not `<svg>`"), WHOLE)
    }

    fn end(&mut self, at: usize) -> Checked<()> {
        if self.kind() == Some("style") {
            let sheet = std::mem::take(&mut self.sheet);
            self.style(&sheet, None, STYLES)?;
        }
        if matches!(self.open.pop(), Some(Open::Dropped))
            && !self.is_dropping()
            && let Some(dropped) = self.dropped.last_mut()
        {
            dropped.end = at;
        }
        Ok(())
    }

    /// Leaves out what is not left out already.
    fn drop(&mut self, range: Range<usize>) {
        if !self.is_dropping() {
            self.dropped.push(range);
        }
    }

    fn words(&mut self, words: &str) -> Checked<()> {
        match self.kind() {
            Some("style") => self.sheet.push_str(words),
            None if !words.trim().is_empty() => {
                return self.wrong("is no XML: words stand outside its elements", WHOLE);
            }
            _ => {}
        }
        Ok(())
    }

    fn instruct(&mut self, instruction: &BytesPI<'_>, range: Range<usize>) -> Checked<()> {
        if instruction.target().eq_ignore_ascii_case(b"xml-stylesheet") {
            return self.wrong("takes a style sheet from elsewhere: `<?xml-stylesheet`", ONE_FILE);
        }
        self.drop(range);
        Ok(())
    }

    /// Leaves out the document type, which browsers do without, where nothing in the drawing can rest on it.
    fn leave_type(&mut self, rules: &[u8], range: Range<usize>) -> Checked<()> {
        if !self.nodes.is_empty() {
            return self.wrong("is no XML: `<!DOCTYPE` stands behind its beginning", WHOLE);
        }
        if rules.contains(&b'[') {
            let help = "export it as “plain SVG”, without what the program needs for itself";
            return self.wrong("has a document type with rules of its own: `<!DOCTYPE … [`", help);
        }
        self.drop(range);
        Ok(())
    }

    fn declare(&self, declaration: &BytesDecl<'_>) -> Checked<()> {
        if self.at > 0 {
            return self.wrong("is no XML: `<?xml` stands behind its beginning", WHOLE);
        }
        match declaration.encoding() {
            None => Ok(()),
            Some(Ok(encoding)) if encoding.eq_ignore_ascii_case(b"utf-8") => Ok(()),
            Some(_) => self.wrong("says that it is not written in UTF-8", "export it in UTF-8"),
        }
    }

    /// Takes the attributes of the newest element, whose name begins at a place.
    fn attributes(&mut self, start: &BytesStart<'_>, at: usize, reader: &NsReader<&[u8]>) -> Checked<()> {
        let begin = start.as_ptr().addr();
        let mut behind = at + start.name().as_ref().len();
        for (count, attribute) in start.attributes().enumerate() {
            if count >= MAX_ATTRIBUTES {
                return self.wrong(format!("has more than {MAX_ATTRIBUTES} attributes on an element"), SIMPLER);
            }
            let attribute = match attribute {
                Ok(attribute) => attribute,
                Err(error) => return self.wrong(format!("is no XML: {error}"), WHOLE),
            };
            let QName(key) = attribute.key;
            if at + (key.as_ptr().addr() - begin) == behind {
                let key = String::from_utf8_lossy(key);
                return self.wrong(format!("is no XML: no space stands before `{key}`"), WHOLE);
            }
            // Up to the quotation mark behind the value.
            let end = at + (attribute.value.as_ptr().addr() - begin) + attribute.value.len() + 1;
            if !self.keeps(&attribute, reader)? {
                self.dropped.push(behind..end);
            }
            behind = end;
        }
        Ok(())
    }

    /// Whether an attribute of the newest element is published.
    fn keeps(&mut self, attribute: &Attribute<'_>, reader: &NsReader<&[u8]>) -> Checked<bool> {
        let QName(key) = attribute.key;
        if attribute.key.as_namespace_binding().is_some() {
            return Ok([allowed::SVG, allowed::XLINK].contains(&attribute.value.as_ref()));
        }
        let (space, local) = reader.resolver().resolve_attribute(attribute.key);
        let (name, key) = (String::from_utf8_lossy(local.as_ref()), String::from_utf8_lossy(key));
        let part = match space {
            ResolveResult::Unbound => allowed::attribute(&name),
            ResolveResult::Bound(Namespace(allowed::XLINK)) if *name == *"href" => Part::Reference,
            ResolveResult::Bound(Namespace(allowed::XML)) if ["space", "lang"].contains(&&*name) => Part::Words,
            ResolveResult::Bound(Namespace(allowed::XML)) => Part::Unknown,
            ResolveResult::Bound(_) => Part::LeftOut,
            ResolveResult::Unknown(_) => {
                return self.wrong(format!("is no XML: it does not say what `{key}` means"), WHOLE);
            }
        };
        let value = String::from_utf8_lossy(&attribute.value);
        let value = match unescape(&value) {
            Ok(value) if !value.contains(is_no_text) && !attribute.value.contains(&b'<') => value,
            _ => return self.wrong(format!("is no XML: the value of `{key}` cannot be read"), WHOLE),
        };
        self.attribute(&key, part, &value)
    }

    fn attribute(&mut self, key: &str, part: Part, value: &str) -> Checked<bool> {
        let Some(number) = self.nodes.len().checked_sub(1) else { return Ok(false) };
        let element = &self.nodes[number].kind;
        match part {
            Part::LeftOut => return Ok(false),
            Part::Script => return self.wrong(format!("holds a script: `{key}` of `<{element}>`"), PLAIN),
            Part::Unknown => {
                let what = "has an attribute that no still drawing needs";
                return self.wrong(format!("{what}: `{key}` of `<{element}>`"), PLAIN);
            }
            Part::Reference => {
                let Some(id) = style::local(value) else {
                    let address = style::shortened(value);
                    let what = format!("takes something from elsewhere: `{key}=\"{address}\"` of `<{element}>`");
                    return self.wrong(what, ONE_FILE);
                };
                self.nodes[number].references.push(id.to_owned());
            }
            Part::Drawn => self.style(value, Some((number, key)), ONE_FILE)?,
            Part::Words => {}
        }
        let value = || Some(value.to_owned());
        match key {
            "id" => self.nodes[number].id = value(),
            "width" if number == 0 => self.root[0] = value(),
            "height" if number == 0 => self.root[1] = value(),
            "viewBox" if number == 0 => self.root[2] = value(),
            _ => {}
        }
        Ok(true)
    }

    /// Takes a style sheet, or how the attribute of an element says that it is drawn.
    fn style(&mut self, css: &str, of: Option<(usize, &str)>, help: &'static str) -> Checked<()> {
        let at = self.at;
        match (style::references(css), of) {
            (Ok(ids), Some((number, key))) => {
                let node = &mut self.nodes[number];
                node.references.extend(ids.into_iter().map(str::to_owned));
                if key == "d" || key == "points" {
                    node.line = css.len();
                }
                Ok(())
            }
            (Ok(ids), None) => {
                self.by_sheets.extend(ids.into_iter().map(|id| (id.to_owned(), at)));
                Ok(())
            }
            (Err(found), Some((number, key))) => {
                let element = &self.nodes[number].kind;
                self.wrong(format!("has {found} in `{key}` of `<{element}>`"), help)
            }
            (Err(found), None) => self.wrong(format!("has {found} in a style sheet"), help),
        }
    }

    /// Checks what only the whole can show, and finds its size.
    fn finish(&self) -> Checked<(u32, u32)> {
        if self.nodes.is_empty() || !self.open.is_empty() {
            return wrong(None, "was cut off: it ends before its last element does", WHOLE);
        }
        // A sheet may apply to anything, so that only what has nothing in it is sure to end.
        let is_gradient = |node: &Node| ["linearGradient", "radialGradient"].contains(&node.kind.as_str());
        let others: BTreeSet<_> =
            self.nodes.iter().filter(|node| !is_gradient(node)).filter_map(|node| node.id.as_ref()).collect();
        if let Some((id, at)) = self.by_sheets.iter().find(|(id, _)| others.contains(id)) {
            return wrong(
                self.line_of(*at),
                format!("has `url(#{id})`, which is no gradient, in a style sheet"),
                STYLES,
            );
        }
        match weight::check(&self.nodes) {
            Ok(()) => {}
            Err(Heavy::Circle(number)) => {
                let Node { kind, at, .. } = &self.nodes[number];
                return wrong(self.line_of(*at), format!("uses `<{kind}>` within itself"), PLAIN);
            }
            Err(Heavy::Deep) => return wrong(None, "has parts that use parts that use parts, too deep", SIMPLER),
            Err(Heavy::Many) => return wrong(None, "has more than a million shapes to draw", SIMPLER),
        }
        let [width, height, shown] = self.root.each_ref().map(Option::as_deref);
        let help = "write `viewBox=\"0 0 640 480\"` behind `<svg`, with its width and height, or export it with a size";
        measure::size(width, height, shown).map_or_else(|| wrong(None, "does not say how large it is", help), Ok)
    }
}

#[cfg(test)]
mod tests;
