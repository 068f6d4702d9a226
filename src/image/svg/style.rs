//! Styles within a drawing: they may name what is in the same file, and take nothing from elsewhere.

/// Functions that change how something looks.
#[rustfmt::skip]
const FUNCTIONS: &[&str] = &[
    "blur", "brightness", "calc", "circle", "clamp", "color", "color-mix", "contrast", "drop-shadow", "ellipse", "grayscale", "has",
    "hsl", "hsla", "hue-rotate", "hwb", "icc-color", "inset", "invert", "is", "lab", "lang", "lch", "light-dark", "matrix", "matrix3d", "max",
    "min", "not", "nth-child", "nth-last-child", "nth-last-of-type", "nth-of-type", "oklab", "oklch", "opacity", "path", "perspective",
    "polygon", "rgb", "rgba", "rotate", "rotatex", "rotatey", "rotatez", "saturate", "scale", "scalex", "scaley", "sepia", "skew",
    "skewx", "skewy", "translate", "translatex", "translatey", "translatez", "url", "var", "where",
];

/// The ids that styles refer to, or what in them cannot stay.
pub fn references(css: &str) -> Result<Vec<&str>, String> {
    if css.contains('\\') {
        return Err("a `\\`".to_owned());
    }
    let rules = css.match_indices('@').map(|(at, _)| word(&css[at + 1..]));
    if let Some(rule) = rules.into_iter().find(|rule| !rule.eq_ignore_ascii_case("media")) {
        return Err(format!("`@{rule}`"));
    }
    let mut references = Vec::new();
    for (at, _) in css.match_indices('(') {
        let name = last_word(&css[..at]);
        if !name.is_empty() && !FUNCTIONS.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return Err(format!("`{name}(…)`"));
        }
        if name.eq_ignore_ascii_case("url") {
            let inside = css[at + 1..].split(')').next().unwrap_or_default().trim();
            let mark = inside.strip_prefix(['"', '\'']).and(inside.get(..1)).unwrap_or_default();
            let address = inside.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)).unwrap_or(inside);
            references.push(local(address).ok_or_else(|| format!("`url({})`", shortened(address)))?);
        }
    }
    Ok(references)
}

/// The id of an address within the same file. With signs that stand for others, or that are passed over, it could be another id.
pub fn local(address: &str) -> Option<&str> {
    let is_odd = |sign: char| sign.is_whitespace() || sign.is_control() || "%\"'()".contains(sign);
    address.trim().strip_prefix('#').filter(|id| !id.is_empty() && !id.contains(is_odd))
}

/// An address as far as a message has room for it.
pub fn shortened(address: &str) -> String {
    let short: String = address.chars().take(40).collect();
    if short.len() < address.len() { short + "…" } else { short }
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '-' || letter == '_' || !letter.is_ascii()
}

fn word(text: &str) -> &str {
    &text[..text.find(|letter| !is_of_word(letter)).unwrap_or(text.len())]
}

fn last_word(text: &str) -> &str {
    let before = text.char_indices().rev().find(|(_, letter)| !is_of_word(*letter));
    &text[before.map_or(0, |(at, letter)| at + letter.len_utf8())..]
}

#[cfg(test)]
mod tests {
    use super::references;

    #[test]
    fn styles_name_what_is_in_the_file() {
        let css = "fill:url(#a);mask:url( '#b' );clip-path:URL(\"#c\");color:rgb(1,2,3) ; font-family:'Noto Sans'";
        assert_eq!(references(css), Ok(vec!["a", "b", "c"]));
        assert_eq!(references("@media (prefers-color-scheme: dark) { .a:not(.b) { fill: #fff } }"), Ok(vec![]));
        assert_eq!(references("fill:url(#a"), Ok(vec!["a"]));
    }

    #[test]
    fn styles_take_nothing_from_elsewhere() {
        for css in [
            "fill:url(a.svg#b)",
            "fill:url(https://example.org/#a)",
            "fill:url()",
            "fill:url(#a%62)",
            "fill:url(\"#a)b\")",
            "fill:url(\"#a\" b)",
            "fill:url(/**/#a)",
            "fill:u\\72l(a)",
            "background:image-set('a.png' 1x)",
            "width:expression(alert(1))",
            "@import 'a.css';",
            "@font-face{font-family:a}",
            "@keyframes a{}",
            "fill:src('a')",
            "fill:attr(x)",
            "@",
        ] {
            assert!(references(css).is_err(), "{css}");
        }
    }
}
