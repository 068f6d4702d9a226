//! Templates without the layout that only their authors read: done once when a theme is loaded, so that no page has to be made
//! smaller afterwards.
//!
//! White space goes where no browser shows it (beside blocks, inside tags) and becomes one space elsewhere; comments go; quotes
//! go where an attribute needs none. What templates compute is left alone, and so are `pre`, `textarea`, `script` and `style`.

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    /// HTML as it will be sent.
    Text(&'a str),
    /// `{{ … }}`: something that is shown.
    Expression(&'a str),
    /// `{% … %}`: something that is done.
    Statement(&'a str),
}

/// A template without its layout.
#[must_use]
pub fn squeeze(template: &str) -> String {
    let pieces = pieces(template);
    let mut squeezer = Squeezer {
        out: String::with_capacity(template.len()),
        place: Place::Words,
        beside_block: false,
        computed: None,
        closes: false,
    };
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => {
                let from = squeezer.skipped();
                squeezer.text(&text[from..], &pieces[at + 1..]);
            }
            Piece::Expression(code) => squeezer.expression(code),
            Piece::Statement(code) => squeezer.statement(code),
        }
    }
    squeezer.out
}

/// Cuts a template at its tags; comments are left out.
fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some(open) = ["{{", "{%", "{#"].iter().filter_map(|mark| rest.find(mark)).min() {
        let close = match &rest[open..open + 2] {
            "{{" => end_of_code(&rest[open..], "}}"),
            "{%" => end_of_code(&rest[open..], "%}"),
            _ => rest[open..].find("#}").map(|at| at + 2),
        };
        let Some(close) = close.map(|length| open + length) else { break };
        if open > 0 {
            found.push(Piece::Text(&rest[..open]));
        }
        let code = &rest[open..close];
        match &code[..2] {
            "{{" => found.push(Piece::Expression(code)),
            "{%" => found.push(Piece::Statement(code)),
            _ => {}
        }
        rest = &rest[close..];
    }
    if !rest.is_empty() {
        found.push(Piece::Text(rest));
    }
    found
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

/// Where in HTML the next letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Between tags.
    Words,
    /// Inside a tag, between attributes.
    Tag { block: bool, raw: Option<&'static str> },
    /// Inside a quoted value.
    Value { quote: u8, block: bool, raw: Option<&'static str> },
    /// Inside an element whose white space counts.
    Raw(&'static str),
}

struct Squeezer {
    out: String,
    place: Place,
    /// Whether a block's tag stands right before, so that white space is not shown.
    beside_block: bool,
    /// An attribute's value without quotes, in the place of the expression that comes next.
    computed: Option<String>,
    /// Whether the quote that closes such a value comes next, to be left out.
    closes: bool,
}

impl Squeezer {
    fn expression(&mut self, code: &str) {
        let computed = self.computed.take();
        self.closes = computed.is_some();
        self.out.push_str(computed.as_deref().unwrap_or(code));
        self.beside_block = false;
    }

    /// How much of the next text is not to be read.
    fn skipped(&mut self) -> usize {
        usize::from(std::mem::take(&mut self.closes))
    }

    fn statement(&mut self, code: &str) {
        self.out.push_str(code);
        // What stands before may be left out, or be another template's.
        let word = code.trim_start_matches(['{', '%', '-', ' ']);
        if !word.starts_with("if ") && !word.starts_with("set ") {
            self.beside_block = false;
        }
    }

    fn text(&mut self, text: &str, following: &[Piece<'_>]) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            at = match self.place {
                Place::Words => self.words(text, at),
                Place::Tag { block, raw } => self.tag(text, at, (block, raw), following),
                Place::Value { quote, block, raw } => {
                    let end = text[at..].find(char::from(quote)).map_or(text.len(), |end| at + end + 1);
                    self.out.push_str(&text[at..end]);
                    if bytes[end - 1] == quote {
                        self.place = Place::Tag { block, raw };
                    }
                    end
                }
                Place::Raw(name) => {
                    let close = format!("</{name}");
                    let end = text[at..].find(&close).map_or(text.len(), |end| at + end);
                    self.out.push_str(&text[at..end]);
                    if end < text.len() {
                        self.place = Place::Words;
                    }
                    end
                }
            };
        }
    }

    /// Words and white space up to the next tag.
    fn words(&mut self, text: &str, at: usize) -> usize {
        let rest = &text[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            return comment.find("-->").map_or(text.len(), |end| at + 4 + end + 3);
        }
        if rest.starts_with('<') {
            let name = name(rest);
            self.out.push_str(&rest[..1 + usize::from(rest.starts_with("</")) + name.len()]);
            let raw = (!rest.starts_with("</")).then(|| RAW.iter().find(|raw| **raw == name).copied()).flatten();
            self.place = Place::Tag { block: is_block(&name.to_ascii_lowercase()), raw };
            return at + 1 + usize::from(rest.starts_with("</")) + name.len();
        }
        let space = rest.len() - rest.trim_start_matches(is_space).len();
        if space > 0 {
            let behind = &rest[space..];
            let before_block = behind.starts_with('<') && is_block(&self::name(behind).to_ascii_lowercase());
            if !self.beside_block && !before_block && !self.out.is_empty() {
                self.out.push(' ');
            }
            return at + space;
        }
        let end = rest.find(|c: char| c == '<' || is_space(c)).unwrap_or(rest.len()).max(1);
        self.out.push_str(&rest[..end]);
        self.beside_block = false;
        at + end
    }

    /// Attributes up to the end of the tag.
    fn tag(
        &mut self,
        text: &str,
        at: usize,
        (block, raw): (bool, Option<&'static str>),
        following: &[Piece<'_>],
    ) -> usize {
        let rest = &text[at..];
        let first = rest.as_bytes()[0];
        if first == b'>' {
            self.out.push('>');
            self.beside_block = block;
            self.place = raw.map_or(Place::Words, Place::Raw);
            return at + 1;
        }
        let space = rest.len() - rest.trim_start_matches(is_space).len();
        if space > 0 {
            if !rest[space..].starts_with('>') {
                self.out.push(' ');
            }
            return at + space;
        }
        if matches!(first, b'"' | b'\'') {
            if let Some(value) = computed_value(&rest[1..], first, following)
                && self.out.ends_with('=')
            {
                self.computed = Some(value);
                return text.len();
            }
            if let Some(length) = plain_value(&rest[1..], first)
                && self.out.ends_with('=')
                && ends_there(&rest[length + 2..], following)
            {
                self.out.push_str(&rest[1..=length]);
                return at + length + 2;
            }
            self.out.push(char::from(first));
            self.place = Place::Value { quote: first, block, raw };
            return at + 1;
        }
        let end = rest.find(|c: char| is_space(c) || matches!(c, '>' | '"' | '\'')).unwrap_or(rest.len());
        self.out.push_str(&rest[..end]);
        at + end
    }
}

/// The length of a value that needs no quotes, up to the quote that closes it.
fn plain_value(text: &str, quote: u8) -> Option<usize> {
    let length = text.find(char::from(quote))?;
    (length > 0 && text[..length].chars().all(is_plain)).then_some(length)
}

/// A value that is computed, with plain letters before it: as an expression that writes quotes only where it needs them.
fn computed_value(before: &str, quote: u8, following: &[Piece<'_>]) -> Option<String> {
    let [Piece::Expression(code), Piece::Text(behind), rest @ ..] = following else { return None };
    let inner = code.strip_prefix("{{")?.strip_suffix("}}")?.trim();
    let behind = behind.strip_prefix(char::from(quote))?;
    let plain = !inner.starts_with(['-', '<']) && !inner.ends_with('-') && before.chars().all(is_plain);
    if !plain || !ends_there(behind, rest) {
        return None;
    }
    let prefix = if before.is_empty() { String::new() } else { format!("\"{before}\" ~ ") };
    Some(format!("{{{{ ({prefix}({inner})) | {ATTRIBUTE} }}}}"))
}

/// The filter that writes a value as it may stand behind `=`.
pub const ATTRIBUTE: &str = "attribute";

/// Whether a letter may stand in a value without quotes.
#[must_use]
pub fn is_plain(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '"' | '\'' | '`' | '=' | '<' | '>' | '\\')
}

/// Whether a value without quotes would end where it should, whatever the template puts behind it.
fn ends_there(behind: &str, following: &[Piece<'_>]) -> bool {
    let ends = |text: &str| text.starts_with('>') || text.starts_with(is_space);
    match (behind.is_empty(), following) {
        (false, _) => ends(behind),
        // `<a href="b"{% if c %} d="e"{% endif %}>`: what the condition brings begins with a space, and so does what follows it.
        (true, [Piece::Statement(code), Piece::Text(text), rest @ ..]) if code.starts_with("{% if ") && ends(text) => {
            let close = rest.iter().position(|piece| matches!(piece, Piece::Statement(code) if !code.contains("elif")));
            match close.map(|at| &rest[at..]) {
                Some([Piece::Statement("{% endif %}"), Piece::Text(text), ..]) => ends(text),
                Some([Piece::Statement("{% endif %}"), rest @ ..]) => ends_there("", rest),
                _ => false,
            }
        }
        _ => false,
    }
}

/// Elements whose white space counts.
const RAW: &[&str] = &["pre", "textarea", "script", "style"];

/// The name of the element whose tag begins here.
fn name(tag: &str) -> &str {
    let name = tag.trim_start_matches('<').trim_start_matches('/');
    &name[..name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '!').unwrap_or(name.len())]
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// Whether white space beside the element's tags is never shown.
fn is_block(name: &str) -> bool {
    BLOCKS.split_whitespace().any(|block| block == name)
}

const BLOCKS: &str = "!doctype html head body meta link title base address article aside blockquote dd details dialog div dl dt \
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section \
    summary table caption colgroup col thead tbody tfoot tr th td ul option optgroup";

#[cfg(test)]
mod tests {
    use super::squeeze;

    #[test]
    fn layout_goes_and_words_stay_apart() {
        for (template, squeezed) in [
            (
                "<ul>\n  {% for a in b %}\n    <li>{{ a }}</li>\n  {% endfor %}\n</ul>",
                "<ul>{% for a in b %}<li>{{ a }}</li>{% endfor %}</ul>",
            ),
            ("<p>one\n  two <b>three</b>\n  four</p>\n", "<p>one two <b>three</b> four</p>"),
            ("<p>{{ a }}\n{{ b }}</p>", "<p>{{ a }} {{ b }}</p>"),
            ("a{% if b %}<p>c</p>{% endif %}\nd", "a{% if b %}<p>c</p>{% endif %} d"),
            ("<a class=\"b\" href=\"{{ c }}\"\n   id='d'>e</a>", "<a class=b href={{ ((c)) | attribute }} id=d>e</a>"),
            ("<a href=\"#{{ c }}\">", "<a href={{ (\"#\" ~ (c)) | attribute }}>"),
            ("<a href=\"{{ c }}#d\" e=\"{{ f }}{{ g }}\">", "<a href=\"{{ c }}#d\" e=\"{{ f }}{{ g }}\">"),
            ("<a b=\"{{ c }}\"{{ d }}>", "<a b=\"{{ c }}\"{{ d }}>"),
            ("<a class=\"b\"{% if c %} d=\"e f\"{% endif %}>", "<a class=b{% if c %} d=\"e f\"{% endif %}>"),
            ("<a class=\"b\"{% if c %} d{% endif %}e>", "<a class=\"b\"{% if c %} d{% endif %}e>"),
            ("<a class=\"b\"{% if c %} d{% else %}e{% endif %}>", "<a class=\"b\"{% if c %} d{% else %}e{% endif %}>"),
            ("<a class=\"b\"{{ c }}>", "<a class=\"b\"{{ c }}>"),
            ("<a class=\"b c\" d=\"\">", "<a class=\"b c\" d=\"\">"),
            ("<pre>\n a  b\n</pre>", "<pre>\n a  b\n</pre>"),
            ("<script>\n a();\n</script>\n<p>", "<script>\n a();\n</script><p>"),
            ("{# a <p> #}\n<p>b</p><!-- c -->", "<p>b</p>"),
            ("<p title=\"a > b\">c</p>", "<p title=\"a > b\">c</p>"),
            ("{{ \"}} <p>  a\" }}  b", "{{ \"}} <p>  a\" }} b"),
            ("<input  disabled >", "<input disabled>"),
            ("<p>a <", "<p>a <"),
            ("{% if", "{% if"),
            ("<", "<"),
        ] {
            assert_eq!(squeeze(template), squeezed, "{template}");
        }
    }
}
