//! How large a drawing is shown, in pixels of CSS.

/// Units of lengths that are as long on every screen, in pixels.
const UNITS: [(&str, f64); 6] =
    [("px", 1.0), ("pt", 96.0 / 72.0), ("pc", 16.0), ("mm", 96.0 / 25.4), ("cm", 96.0 / 2.54), ("in", 96.0)];

/// Width and height by the attributes of those names, and by what part of the drawing is shown.
pub fn size(width: Option<&str>, height: Option<&str>, shown: Option<&str>) -> Option<(u32, u32)> {
    let shown = shown.and_then(shown_part);
    let (width, height) = match (width.and_then(length), height.and_then(length), shown) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((across, down))) => (width, width / across * down),
        (None, Some(height), Some((across, down))) => (height / down * across, height),
        (None, None, Some(shown)) => shown,
        _ => return None,
    };
    Some((whole(width), whole(height)))
}

/// A length above zero, where it is one by itself and not a part of something else.
fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    let (number, pixels) =
        UNITS.iter().find_map(|(unit, pixels)| Some((text.strip_suffix(unit)?, *pixels))).unwrap_or((text, 1.0));
    Some(number.parse::<f64>().ok()? * pixels).filter(|pixels| pixels.is_finite() && *pixels > 0.0)
}

/// Width and height of `0 0 640 480`.
fn shown_part(text: &str) -> Option<(f64, f64)> {
    let numbers: Vec<f64> = text
        .split(|sign: char| sign == ',' || sign.is_whitespace())
        .filter(|number| !number.is_empty())
        .map(|number| number.parse().ok().filter(|number: &f64| number.is_finite()))
        .collect::<Option<_>>()?;
    match numbers[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some((width, height)),
        _ => None,
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is too large is refused afterwards")]
fn whole(pixels: f64) -> u32 {
    pixels.round().max(1.0) as u32
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn a_size_is_found_where_there_is_one() {
        let shown = Some("0 0 64,32");
        for (width, height, shown, expected) in [
            (Some("24"), Some("16px"), None, Some((24, 16))),
            (Some("210mm"), Some("2.97e2mm"), shown, Some((794, 1123))),
            (Some("100%"), Some("100%"), shown, Some((64, 32))),
            (Some("32"), None, shown, Some((32, 16))),
            (Some("auto"), Some("8"), shown, Some((16, 8))),
            (None, None, shown, Some((64, 32))),
            (Some("0.2"), Some("0.2"), None, Some((1, 1))),
            (Some("1e30"), Some("5"), None, Some((u32::MAX, 5))),
            (Some("24"), None, None, None),
            (Some("-4"), Some("nan"), Some("0 0 0 5"), None),
            (Some("inf"), Some("5em"), Some("0 0 5"), None),
            (None, None, None, None),
        ] {
            assert_eq!(size(width, height, shown), expected, "{width:?} {height:?} {shown:?}");
        }
    }
}
