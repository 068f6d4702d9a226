//! HTML comments: notes among editors, which no reader sees. All other HTML is refused.

use pulldown_cmark::{Event, TagEnd};

use super::Reader;
use crate::diag::{Code, Span};
use crate::model::body::Inline;

/// What a piece of HTML is.
enum Html {
    /// One comment after the other, and nothing else.
    Comments,
    /// A comment without its end.
    Unclosed,
    /// Comments, then words on the line where the last ends: all of it would vanish.
    Followed,
    Tags,
}

fn kind(html: &str) -> Html {
    let mut rest = html.trim();
    while let Some(inside) = rest.strip_prefix("<!--") {
        match inside.split_once("-->") {
            Some((_, after)) => rest = after.trim_start(),
            None => return Html::Unclosed,
        }
    }
    match rest {
        "" => Html::Comments,
        _ if html.trim_start().starts_with("<!--") => Html::Followed,
        _ => Html::Tags,
    }
}

impl Reader<'_, '_> {
    /// HTML in a place of its own, up to its end.
    pub(super) fn html_block(&mut self, span: Span) {
        let mut html = String::new();
        while !self.at_end_of(TagEnd::HtmlBlock) {
            if let Some((Event::Html(line) | Event::Text(line), _)) = self.events.step() {
                html.push_str(&line);
            }
        }
        match kind(&html) {
            Html::Comments => {}
            Html::Unclosed => {
                let help = "end it with `-->`; to show the characters themselves, put them between backticks";
                let place = self.first_line(span);
                self.refuse(Code::UnclosedBlock, place, "this comment has no end, so nobody sees what follows", help);
            }
            Html::Followed => {
                let place = self.first_line(span);
                let help = "give the comment lines of its own: what follows `-->` on its last line would not be shown";
                self.refuse(Code::RawHtml, place, "words stand behind a comment", help);
            }
            Html::Tags => self.raw_html(span),
        }
    }

    /// HTML among words; a comment leaves no second space behind.
    pub(super) fn inline_html(&mut self, html: &str, span: Span, run: &[Inline]) {
        match kind(html) {
            Html::Comments => self.close_gap(run),
            _ if html.starts_with("</") && self.open_tags > 0 => self.open_tags -= 1,
            _ => {
                self.open_tags += 1;
                self.raw_html(span);
            }
        }
    }

    fn close_gap(&mut self, run: &[Inline]) {
        let spaced = match run.last() {
            None | Some(Inline::SoftBreak | Inline::HardBreak) => true,
            Some(Inline::Text { text, .. }) => text.ends_with(char::is_whitespace),
            _ => false,
        };
        if spaced && let Some((Event::Text(next), range)) = self.events.here_mut() {
            let kept = next.trim_start_matches([' ', '\t']).to_owned();
            range.start += next.len() - kept.len();
            *next = kept.into();
        }
    }

    /// `<!--` among words, which has no end in its paragraph: it would be shown, and so would what it was to hide.
    pub(super) fn open_comment(&mut self, text: &str, span: Span) {
        if memchr::memchr(b'<', text.as_bytes()).is_none() || !text.contains("<!--") {
            return;
        }
        let written = &self.source.text[span.range().start - self.source.offset..span.range().end - self.source.offset];
        let shown_on_purpose = |at: usize| written[..at].ends_with('\\');
        if let Some((at, _)) = written.match_indices("<!--").find(|(at, _)| !shown_on_purpose(*at)) {
            self.unclosed(span.part(at..at + 4));
        }
    }

    fn unclosed(&mut self, span: Span) {
        let place = self.first_line(span);
        let help = "end it with `-->`, before the next empty line if it begins among words; \
                    to show the characters themselves, put them between backticks";
        self.refuse(Code::RawHtml, place, "this comment is not closed", help);
    }
}
