//! The mark of evidence behind words: how sure they are, as one piece with the last of them.

use crate::script::{is_han, is_han_punctuation};

/// The longest number, code or word that is kept whole, in characters.
const MAX_KEPT: usize = 24;

/// What is kept of an address, which may break anywhere: a narrow screen has no room for more in large letters.
const END_OF_ADDRESS: usize = 8;

/// HTML with a mark behind its last word, from which no line end parts it. In Chinese the mark stands before the punctuation.
#[must_use]
pub fn with_mark(html: &str, mark: &str) -> String {
    if mark.is_empty() {
        return html.to_owned();
    }
    let html = html.trim_end();
    let (words, ends) = html.split_at(before_closing_tags(html));
    let text_from = words.rfind('>').map_or(0, |at| at + 1);
    let text = &words[text_from..];
    if let Some(open) = whole_element(words, ends, text).or_else(|| before_signs(html, text)) {
        return format!("{}<span class=nb>{}{mark}</span>", &html[..open], &html[open..]);
    }
    let at = text_from + last_piece(text, if ends.starts_with("</bdi>") { END_OF_ADDRESS } else { MAX_KEPT });
    let piece = &words[at..];
    let sign = piece.char_indices().find(|(at, c)| *at > 0 && is_han_punctuation(*c)).map_or(piece.len(), |(at, _)| at);
    let (kept, signs) = piece.split_at(if piece.starts_with(is_han) { sign } else { piece.len() });
    format!("{}<span class=nb>{kept}{mark}{signs}</span>{ends}", &words[..at])
}

/// Moves the signs that `text` begins with behind a mark that `html` ends with, into its piece: a line may end behind the mark, and
/// none may begin with a full stop. What is left of the text.
pub fn join_signs<'t>(html: &mut String, text: &'t str) -> &'t str {
    let end = text.find(|c| !CLOSING.contains(c)).unwrap_or(text.len());
    let Some(at) = piece_end(html).filter(|_| end > 0) else { return text };
    html.insert_str(at, &text[..end]);
    &text[end..]
}

/// Signs that no line begins with.
const CLOSING: &str = ".,;:!?)。，、；：！？）》」』”’…۔،؛؟";

/// Where a piece with a mark ends that is the last of the HTML. Not one inside a link, a date or the like: what is behind is none of it.
fn piece_end(html: &str) -> Option<usize> {
    Some(html.strip_suffix("</i></span>")?.len() + "</i>".len())
}

/// Where the closing tags at the end begin.
fn before_closing_tags(html: &str) -> usize {
    let mut end = html.len();
    while html[..end].ends_with('>') {
        match html[..end].rfind('<') {
            Some(open) if html[open..].starts_with("</") => end = open,
            _ => break,
        }
    }
    end
}

/// Where the outermost element begins that ends the HTML and holds nothing but a short number or code, no address: it runs left to right,
/// and its mark stands beside it.
fn whole_element(words: &str, ends: &str, text: &str) -> Option<usize> {
    if !ends.starts_with("</bdi>") || text.chars().count() > MAX_KEPT {
        return None;
    }
    let mut open = words.len() - text.len();
    for _ in ends.matches("</") {
        open = words[..open].rfind('<')?;
        let closed_elsewhere = !["<bdi", "<a "].iter().any(|tag| words[open..].starts_with(tag));
        if closed_elsewhere || words[open..].starts_with("<a class=url") || words[open..].contains("</") {
            return None;
        }
    }
    Some(open)
}

/// Where the number or code begins that closing signs, the last text of the HTML, stand behind: no line begins with them.
fn before_signs(html: &str, text: &str) -> Option<usize> {
    let before = html.strip_suffix(text).filter(|_| text.chars().all(|c| CLOSING.contains(c)))?;
    let (words, ends) = before.split_at(before_closing_tags(before));
    whole_element(words, ends, &words[words.rfind('>').map_or(0, |at| at + 1)..])
}

/// Where the last piece begins that a line end would not divide: a word, a Chinese character with the signs behind it, the end of an address.
fn last_piece(text: &str, most: usize) -> usize {
    let word = text.rfind(char::is_whitespace).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let mut from = text.len();
    for (at, c) in text[word..].char_indices().rev() {
        from = word + at;
        if is_han(c) {
            return from;
        }
        if text[from..].chars().count() >= most {
            // `&amp;` is one character.
            let entity = text[word..from].rfind('&').filter(|at| !text[word + at..from].contains(';'));
            return entity.map_or(from, |at| word + at);
        }
    }
    from
}

#[cfg(test)]
mod tests {
    use super::{join_signs, with_mark};

    #[test]
    fn the_mark_is_one_piece_with_the_last_word() {
        for (html, marked) in [
            ("Go in person.", "Go in <span class=nb>person.!</span>"),
            ("<strong>Go in person</strong>", "<strong>Go in <span class=nb>person!</span></strong>"),
            ("要本人到柜台。", "要本人到柜<span class=nb>台!。</span>"),
            ("要本人到柜台", "要本人到柜<span class=nb>台!</span>"),
            ("خود جانا ہوگا۔", "خود جانا <span class=nb>ہوگا۔!</span>"),
            ("365 days", "365 <span class=nb>days!</span>"),
            (
                "call <a class=tel href=tel:310><bdi class=num dir=ltr>310</bdi></a>",
                "call <span class=nb><a class=tel href=tel:310><bdi class=num dir=ltr>310</bdi></a>!</span>",
            ),
            (
                "(<a class=tel href=tel:310><bdi class=num dir=ltr>310</bdi></a>)",
                "(<span class=nb><a class=tel href=tel:310><bdi class=num dir=ltr>310</bdi></a>)!</span>",
            ),
            ("<bdi dir=ltr>365</bdi> دن", "<bdi dir=ltr>365</bdi> <span class=nb>دن!</span>"),
            ("<b>on <bdi dir=ltr>8.60</bdi></b>", "<b>on <bdi dir=ltr><span class=nb>8.60!</span></bdi></b>"),
            (
                "<a class=url href=x><bdi dir=ltr>https://example.org/a-long-way/to/go</bdi></a>",
                "<a class=url href=x><bdi dir=ltr>https://example.org/a-long-w<span class=nb>ay/to/go!</span></bdi></a>",
            ),
            (
                "<a class=url href=x><bdi dir=ltr>ask@example.org</bdi></a>",
                "<a class=url href=x><bdi dir=ltr>ask@exa<span class=nb>mple.org!</span></bdi></a>",
            ),
            ("", "<span class=nb>!</span>"),
        ] {
            assert_eq!(with_mark(html, "!"), marked);
        }
        assert_eq!(with_mark("as it is", ""), "as it is");
    }

    #[test]
    fn no_line_begins_with_the_sign_behind_a_mark() {
        for (html, text, joined, left) in [
            ("<span class=nb>310<i></i></span>", "。卡丢了", "<span class=nb>310<i></i>。</span>", "卡丢了"),
            ("<span class=nb>b<i></i></span>", "), c", "<span class=nb>b<i></i>),</span>", " c"),
            (
                "<time>a <span class=nb>b<i></i></span></time>",
                ". c",
                "<time>a <span class=nb>b<i></i></span></time>",
                ". c",
            ),
            ("<span class=nb>b<i></i></span>", " c.", "<span class=nb>b<i></i></span>", " c."),
            ("<a><span class=nb>b<i></i></span></a>", ". c", "<a><span class=nb>b<i></i></span></a>", ". c"),
            ("<i>b</i>", ". c", "<i>b</i>", ". c"),
            ("b", ". c", "b", ". c"),
            ("", ". c", "", ". c"),
        ] {
            let mut written = html.to_owned();
            assert_eq!(join_signs(&mut written, text), left);
            assert_eq!(written, joined);
        }
    }
}
