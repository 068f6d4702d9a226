//! Smaller pages without a change a reader could see.

/// A page minified, or as it is when the program was built without the minifier.
#[must_use]
pub fn minified(html: &str) -> Vec<u8> {
    #[cfg(feature = "minify")]
    {
        let mut settings = minify_html::Cfg::new();
        settings.keep_closing_tags = true;
        settings.keep_html_and_head_opening_tags = true;
        settings.keep_input_type_text_attr = true;
        minify_html::minify(html.as_bytes(), &settings)
    }
    #[cfg(not(feature = "minify"))]
    html.as_bytes().to_vec()
}
