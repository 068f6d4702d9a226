//! Smaller files without a change a reader could see.

/// A page made as small as it can be: what the pages that templates give are measured against.
#[must_use]
pub fn page(html: &[u8]) -> Vec<u8> {
    #[cfg(feature = "minify")]
    {
        minify_html::minify(html, &settings())
    }
    #[cfg(not(feature = "minify"))]
    html.to_vec()
}

/// A style sheet minified; as it is when the minifier cannot read it.
#[must_use]
pub fn style(css: &str) -> String {
    #[cfg(feature = "minify")]
    {
        within("style", css, &minify_html::Cfg { minify_css: true, ..settings() })
    }
    #[cfg(not(feature = "minify"))]
    css.to_owned()
}

/// A script minified; as it is when the minifier cannot read it. The minifier takes names at the top of a script for its
/// own, so this is only for scripts that share nothing with others.
#[must_use]
pub fn script(js: &str) -> String {
    #[cfg(feature = "minify")]
    {
        without_comments(&within("script", js, &minify_html::Cfg { minify_js: true, ..settings() }))
    }
    #[cfg(not(feature = "minify"))]
    js.to_owned()
}

#[cfg(feature = "minify")]
fn settings() -> minify_html::Cfg {
    let mut settings = minify_html::Cfg::new();
    settings.keep_closing_tags = true;
    settings.keep_html_and_head_opening_tags = true;
    settings.keep_input_type_text_attr = true;
    settings
}

/// The minifier leaves comments that stand before a statement, each on lines of its own: a tenth of what phones would fetch. What looks
/// like one within a text between backticks is none; where backticks do not come in pairs, all stay.
#[cfg(feature = "minify")]
fn without_comments(js: &str) -> String {
    let is_comment = |line: &str| line.starts_with("//") || line.starts_with("/**") && line.ends_with("*/");
    let (mut code, mut in_text) = (Vec::new(), false);
    for line in js.lines() {
        if !in_text && is_comment(line) {
            continue;
        }
        in_text ^= line.replace("\\`", "").matches('`').count() % 2 == 1;
        code.push(line);
    }
    if in_text { js.to_owned() } else { code.join("\n") }
}

/// The minifier reads styles and scripts inside pages alone.
#[cfg(feature = "minify")]
fn within(element: &str, text: &str, settings: &minify_html::Cfg) -> String {
    let html = format!("<{element}>{text}</{element}>");
    let small = String::from_utf8(minify_html::minify(html.as_bytes(), settings)).unwrap_or_default();
    let inner =
        small.strip_prefix(&format!("<{element}>")).and_then(|rest| rest.strip_suffix(&format!("</{element}>")));
    // What could end the element would be cut off there.
    let whole = inner.filter(|_| !text.contains("</"));
    whole.map_or_else(|| text.to_owned(), str::to_owned)
}

#[cfg(all(test, feature = "minify"))]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_go_and_what_may_be_a_text_stays() {
        assert_eq!(without_comments("/** Why. */\na(`b`);\n// and so\nc()"), "a(`b`);\nc()");
        for text in ["a(`b\n// c\n`)", "a(`\n/** b */\n`+`c\n`)", "a('`')\n// b"] {
            assert_eq!(without_comments(text), text);
        }
    }
}
