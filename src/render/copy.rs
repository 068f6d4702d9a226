//! A guide in one file, to pass on: its style sheet and images are inside, its links lead to the site, and it runs nothing.

use super::Renderer;
use super::assets::Assets;
use super::media_type;
use crate::diag::Diagnostic;
use crate::hash::Sha256;
use crate::model::guide::GuideKey;
use crate::model::locale::LocaleIx;
use crate::plan::{Data, Route};
use crate::view::{BodyView, CopyView};

/// The file.
///
/// # Errors
/// When its template fails.
pub fn file(renderer: &Renderer, locale: LocaleIx, key: &GuideKey) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut view = renderer.view(&Route::Guide(locale, key.clone()))?;
    view.page.noindex = true;
    // A file to pass on looks the same, whatever its page looks like.
    view.template = None;
    view.body = match view.body {
        BodyView::Guide(mut guide) => {
            guide.copy.clear();
            let style_html = style(&renderer.assets);
            let style_hash = format!("sha256-{}", Sha256::of(style_html.as_bytes()));
            BodyView::Copy(guide, CopyView { style_html, style_hash })
        }
        other => other,
    };
    let html = renderer.templates.render(view, &renderer.tree, &renderer.site.config.theme)?;
    let config = &renderer.site.config;
    let origin = config.base_url.strip_suffix(config.base_path()).unwrap_or_default();
    let base = config.base_path();
    let image = |address: &str| image(&renderer.assets, address.strip_prefix(base)?);
    Ok(standing_alone(&String::from_utf8_lossy(&html), origin, &image).into_bytes())
}

/// The name that a guide's file has on readers' phones.
#[must_use]
pub fn name(renderer: &Renderer, locale: LocaleIx, key: &GuideKey) -> String {
    let address = renderer.address(&Route::Data(Data::Copy(locale, key.clone())));
    address.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The theme's style sheet without its fonts, which would be most of the file.
fn style(assets: &Assets) -> String {
    let sheet = assets.named("site.css").and_then(|path| assets.at(path.address()));
    let css = sheet.map(|asset| String::from_utf8_lossy(&asset.bytes).into_owned()).unwrap_or_default();
    let mut out = String::with_capacity(css.len());
    let mut rest = css.as_str();
    while let Some((before, font)) = rest.split_once("@font-face") {
        out.push_str(before);
        rest = font.split_once('}').map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
    out.replace("</", "<\\/")
}

/// An image as an address that holds it.
fn image(assets: &Assets, address: &str) -> Option<String> {
    let asset = assets.at(address)?;
    Some(format!("data:{};base64,{}", media_type(&asset.path), base64(&asset.bytes)))
}

/// HTML whose addresses lead to the site from wherever it is opened, with its images inside.
fn standing_alone(html: &str, origin: &str, image: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let end = end_of_tag(&rest[open..]).map_or(rest.len(), |length| open + length);
        out.push_str(&rest[..open]);
        push_tag(&mut out, &rest[open..end], origin, image);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// How long a tag is; `>` in a quoted value does not end it.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

fn push_tag(out: &mut String, tag: &str, origin: &str, image: &dyn Fn(&str) -> Option<String>) {
    let mut rest = tag;
    while let Some(at) = [" href=", " src="].iter().filter_map(|name| Some(rest.find(name)? + name.len())).min() {
        let at = if rest[at..].starts_with('"') { at + 1 } else { at };
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if !rest.starts_with('/') {
            continue;
        }
        let address = rest.split(['"', ' ', '>']).next().unwrap_or_default();
        match image(address).filter(|_| tag.starts_with("<img")) {
            Some(data) => {
                out.push_str(&data);
                rest = &rest[address.len()..];
            }
            None => out.push_str(origin),
        }
    }
    out.push_str(rest);
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |ix: usize| u32::from(three.get(ix).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for ix in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * ix) & 63) as usize];
            out.push(if ix <= three.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{base64, standing_alone};

    #[test]
    fn bytes_are_letters_of_base_64() {
        for (bytes, letters) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(base64(bytes.as_bytes()), letters);
        }
    }

    #[test]
    fn addresses_lead_to_the_site_and_images_are_inside() {
        let image = |address: &str| (address == "/sim/a.png").then(|| "data:x".to_owned());
        let alone = |html: &str| standing_alone(html, "https://example.org", &image);
        assert_eq!(
            alone(
                "<a class=x href=/sim/en/>a</a> href=/b <img src=\"/sim/a.png\" alt=\"a > href\"><a href=#c><a href=tel:1>"
            ),
            "<a class=x href=https://example.org/sim/en/>a</a> href=/b <img src=\"data:x\" alt=\"a > href\"><a href=#c><a href=tel:1>"
        );
    }
}
