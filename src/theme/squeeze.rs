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
        open: Vec::new(),
        written: None,
    };
    let (mut at, mut closing) = (0, None);
    while let Some(piece) = pieces.get(at) {
        at += 1;
        match piece {
            Piece::Text(text) => {
                let rest = closing.take().map_or(*text, |quote| text.split_once(quote).map_or("", |(_, rest)| rest));
                squeezer.text(rest, &pieces[at..]);
                if let Some((written, quote)) = squeezer.written.take() {
                    at += written;
                    closing = Some(quote);
                }
            }
            Piece::Expression(code) => {
                squeezer.out.push_str(code);
                squeezer.beside_block = false;
            }
            Piece::Statement(code) => squeezer.statement(code),
        }
    }
    squeezer.out
}

/// Cuts a template at its tags; comments are left out.
fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some(open) = next_code(rest, b"{%#") {
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

/// Where the next code begins, by one of these bytes behind its brace.
#[must_use]
pub fn next_code(template: &str, kinds: &[u8]) -> Option<usize> {
    let bytes = template.as_bytes();
    memchr::memchr_iter(b'{', bytes).find(|at| bytes.get(at + 1).is_some_and(|kind| kinds.contains(kind)))
}

/// Where code ends, strings with the closing mark in them aside.
#[must_use]
pub fn end_of_code(code: &str, close: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in code.char_indices().skip(2) {
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if code[at..].starts_with(close) => return Some(at + close.len()),
            _ => {}
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

/// What is known of the branches of a condition, or of a loop's body.
struct Branches {
    /// `beside_block` before the first of them.
    before: bool,
    /// Whether it holds at the end of all that were read.
    ends: bool,
    /// Whether there is one for every case.
    complete: bool,
}

struct Squeezer {
    out: String,
    place: Place,
    /// Whether white space here is never shown: a block's tag or white space stands before, whatever the template leaves out.
    beside_block: bool,
    /// The conditions and loops that are open.
    open: Vec<Branches>,
    /// A value that was written already: how many of the next pieces it takes up, and the quote that closes it in the text
    /// behind them.
    written: Option<(usize, char)>,
}

impl Squeezer {
    fn statement(&mut self, code: &str) {
        self.out.push_str(code);
        let word = code.trim_start_matches(['{', '%', '-', ' ']);
        match word.split([' ', '%', '-']).next().unwrap_or_default() {
            "if" => self.open.push(Branches { before: self.beside_block, ends: true, complete: false }),
            "for" => {
                self.open.push(Branches { before: self.beside_block, ends: true, complete: false });
                self.beside_block = false;
            }
            branch @ ("elif" | "else") => {
                if let Some(branches) = self.open.last_mut() {
                    branches.ends &= self.beside_block;
                    branches.complete |= branch == "else";
                    self.beside_block = branches.before;
                }
            }
            "endif" | "endfor" => {
                if let Some(Branches { before, ends, complete }) = self.open.pop() {
                    self.beside_block &= ends && (complete || before);
                }
            }
            // An assignment shows nothing; one with a body is closed by its own word.
            "set" if code.contains('=') => {}
            // What follows may stand anywhere.
            _ => self.beside_block = false,
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
            let (name, closes) = (name(rest), rest.starts_with("</"));
            let length = if closes { 2 } else { 1 } + name.len();
            self.out.push_str(&rest[..length]);
            let raw = RAW.iter().find(|raw| !closes && **raw == name).copied();
            self.place = Place::Tag { block: is_block(&name.to_ascii_lowercase()), raw };
            return at + length;
        }
        let space = rest.len() - rest.trim_start_matches(is_space).len();
        if space > 0 {
            let behind = &rest[space..];
            let before_block = behind.starts_with('<') && is_block(&self::name(behind).to_ascii_lowercase());
            if !self.beside_block && !before_block && !self.out.is_empty() {
                self.out.push(' ');
                self.beside_block = true;
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
            if let Some((value, pieces)) = computed_value(&rest[1..], first, following)
                && self.out.ends_with('=')
            {
                self.out.push_str(&value);
                self.written = Some((pieces, char::from(first)));
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

/// A value with computed parts, as one expression that writes quotes only where it needs them; and how many pieces it takes up.
fn computed_value(before: &str, quote: u8, following: &[Piece<'_>]) -> Option<(String, usize)> {
    let mut parts = Vec::new();
    let mut letters = before;
    for (at, piece) in following.iter().enumerate() {
        match piece {
            Piece::Expression(code) => {
                let inner = code.strip_prefix("{{")?.strip_suffix("}}")?.trim();
                if inner.starts_with(['-', '<']) || inner.ends_with('-') || !letters.chars().all(is_plain) {
                    return None;
                }
                if !letters.is_empty() {
                    parts.push(format!("\"{letters}\""));
                }
                parts.push(format!("({inner})"));
                letters = "";
            }
            Piece::Text(text) => match text.split_once(char::from(quote)) {
                Some((last, behind)) => {
                    if !last.is_empty() {
                        parts.push(format!("\"{last}\""));
                    }
                    let plain = at > 0 && last.chars().all(is_plain) && ends_there(behind, &following[at + 1..]);
                    return plain.then(|| (format!("{{{{ ({}) | {ATTRIBUTE} }}}}", parts.join(" ~ ")), at));
                }
                None => letters = text,
            },
            Piece::Statement(_) => return None,
        }
    }
    None
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
        (true, [Piece::Statement(code), Piece::Text(text), rest @ ..]) if code.starts_with("{% if ") => {
            ends(text) && branch_end(rest).is_some_and(|end| ends_there("", &rest[end..]))
        }
        // The last of what the condition brings.
        (true, [Piece::Statement("{% endif %}"), rest @ ..]) => match rest {
            // A hyphen may take white space away.
            [Piece::Text(text), rest @ ..] => ends(text) && (!text.trim().is_empty() || !is_trimming(rest.first())),
            rest => ends_there("", rest),
        },
        _ => false,
    }
}

/// Whether code takes away the white space before it.
fn is_trimming(piece: Option<&Piece<'_>>) -> bool {
    matches!(piece, Some(Piece::Statement(code) | Piece::Expression(code)) if code.as_bytes().get(2) == Some(&b'-'))
}

/// Where the branch of a condition ends that begins here, past conditions and loops within it.
fn branch_end(pieces: &[Piece<'_>]) -> Option<usize> {
    let mut depth = 0usize;
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Statement(code) = piece else { continue };
        match code.split([' ', '%', '-', '{', '}']).find(|word| !word.is_empty()) {
            Some("if" | "for") => depth += 1,
            Some("endif" | "endfor" | "else" | "elif") if depth == 0 => return Some(at),
            Some("endif" | "endfor") => depth -= 1,
            _ => {}
        }
    }
    None
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
    BLOCKS.contains(&name)
}

const BLOCKS: &[&str] = &[
    "!doctype",
    "html",
    "head",
    "body",
    "meta",
    "link",
    "title",
    "base",
    "address",
    "article",
    "aside",
    "blockquote",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "caption",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "ul",
    "option",
    "optgroup",
];

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
            ("a {% if b %} c {% endif %} d {{ e }}", "a {% if b %}c {% endif %}d {{ e }}"),
            ("<p>{% if b %}c{% else %}<p>{% endif %} d", "<p>{% if b %}c{% else %}<p>{% endif %} d"),
            ("<p>{% if b %}<b>c</b>{% endif %} d", "<p>{% if b %}<b>c</b>{% endif %} d"),
            ("{% for a in b %} {{ a }} {% endfor %} c", "{% for a in b %} {{ a }} {% endfor %} c"),
            ("<p>{% for a in b %} {{ a }} {% endfor %} c", "<p>{% for a in b %} {{ a }} {% endfor %}c"),
            ("a{% if b %}<p>c</p>{% endif %}\nd", "a{% if b %}<p>c</p>{% endif %} d"),
            ("<a class=\"b\" href=\"{{ c }}\"\n   id='d'>e</a>", "<a class=b href={{ ((c)) | attribute }} id=d>e</a>"),
            ("<a href=\"#{{ c }}\">", "<a href={{ (\"#\" ~ (c)) | attribute }}>"),
            ("<a href=\"{{ c }}#d\">", "<a href={{ ((c) ~ \"#d\") | attribute }}>"),
            ("<a e=\"{{ f }}x{{ g }}\" h>", "<a e={{ ((f) ~ \"x\" ~ (g)) | attribute }} h>"),
            ("<a e=\"{{ f }} {{ g }}\" h='{{ i }}j k'>", "<a e=\"{{ f }} {{ g }}\" h='{{ i }}j k'>"),
            ("<a b=\"{{ c }}\"{{ d }}>", "<a b=\"{{ c }}\"{{ d }}>"),
            ("<a class=\"b\"{% if c %} d=\"e f\"{% endif %}>", "<a class=b{% if c %} d=\"e f\"{% endif %}>"),
            ("<a class=\"b\"{% if c %} d{% endif %}e>", "<a class=\"b\"{% if c %} d{% endif %}e>"),
            ("<a class=\"b\"{% if c %} d{% else %}e{% endif %}>", "<a class=\"b\"{% if c %} d{% else %}e{% endif %}>"),
            (
                "<a b=\"c\"{% if d %} e=\"{{ f }}\"{% endif %}{% if g %} h{% for i in j %}k{% endfor %}{% endif %}>",
                "<a b=c{% if d %} e={{ ((f)) | attribute }}{% endif %}{% if g %} h{% for i in j %}k{% endfor %}{% endif %}>",
            ),
            ("<a b=\"c\"{% if d %} e{% elif f %}g{% endif %}>", "<a b=\"c\"{% if d %} e{% elif f %}g{% endif %}>"),
            ("<a{% if d %} e=\"{{ f }}\"{% endif %} {%- g %}>", "<a{% if d %} e=\"{{ f }}\"{% endif %} {%- g %}>"),
            ("<a{% if d %} e=\"{{ f }}\"{% endif %}g>", "<a{% if d %} e=\"{{ f }}\"{% endif %}g>"),
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
