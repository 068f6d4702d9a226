//! Images: files beside the texts, read whole, with the size they are shown at.

use super::links::scheme;
use super::prose::Linker;
use crate::diag::{Code, Diagnostic};
use crate::image::{self, BadImage, Size, WrongDrawing};
use crate::model::body::{Body, Image, Reference, Resolved};
use crate::source::path::SourcePath;

impl Linker<'_> {
    pub(super) fn image(&mut self, reference: &Reference, body: &Body) -> Resolved {
        let file =
            self.tree.path(body.file).resolve(&reference.name).ok().filter(|_| scheme(&reference.name).is_none());
        let bytes = file.as_ref().and_then(|file| self.tree.get(file));
        let bad = |headline: String, help: &str| Diagnostic::new(Code::BadImage, reference.place, headline).help(help);
        if file.as_ref().is_some_and(|file| self.documents.unread.contains(file)) {
            return Resolved::Broken; // told with the file
        }
        let (Some(file), Some(bytes)) = (file.clone(), bytes) else {
            self.sink.push(bad(
                format!("there is no image `{}`", reference.name),
                "put the file beside this one and name it relative to it; images are never taken from other sites",
            ));
            return Resolved::Broken;
        };
        // Read once, on however many pages it is.
        let found = self.images.entry(file.clone()).or_insert_with(|| measured(&file, &bytes));
        match found {
            Ok(size) => Resolved::Image(Box::new(Image { file, size: *size })),
            Err(wrong) => {
                let (headline, help) = wording(&reference.name, wrong);
                self.sink.push(bad(headline, &help));
                Resolved::Broken
            }
        }
    }
}

/// The size of an image whose name says what it is: browsers tell kinds apart by the bytes, but a drawing only by what the host
/// calls it, which goes by the name.
fn measured(file: &SourcePath, bytes: &[u8]) -> Result<Size, BadImage> {
    let size = image::size(bytes)?;
    let is_named = file.name().to_ascii_lowercase().ends_with(".svg");
    let is_drawing = image::is_drawing(bytes);
    if is_named == is_drawing { Ok(size) } else { Err(BadImage::Misnamed { is_drawing }) }
}

/// What is wrong with an image, and what to do.
#[must_use]
pub fn wording(name: &str, wrong: &BadImage) -> (String, String) {
    let (headline, help) = match wrong {
        BadImage::Unknown => {
            (format!("`{name}` is no image that browsers show"), "use PNG, JPEG, WebP, AVIF, GIF or SVG")
        }
        BadImage::Damaged => (
            format!("`{name}` is a damaged image: it was cut off, or its bytes were changed on the way"),
            "take it anew from where it came from; `*.png binary` in .gitattributes keeps Git from changing it",
        ),
        BadImage::TooLarge(width, height) => {
            let help = format!(
                "make it smaller: at most {} on a side and {} million in all; 1600 across do for a phone",
                image::MAX_SIDE,
                image::MAX_MEGAPIXELS
            );
            return (format!("`{name}` says that it has {width} by {height} pixels"), help);
        }
        BadImage::TooLong => {
            (format!("`{name}` moves for too long"), "show a still image; a film takes more data than readers have")
        }
        BadImage::Moving => {
            (format!("`{name}` is a film"), "show a still image; what has to move may be a WebP or a GIF")
        }
        BadImage::Cropped => (
            format!("`{name}` holds more of its picture than it shows, which readers could bring back"),
            "open it, and save the part that is shown as a new file",
        ),
        BadImage::Misnamed { is_drawing: true } => {
            (format!("`{name}` is an SVG, which browsers show only by that name"), "let its name end in `.svg`")
        }
        BadImage::Misnamed { is_drawing: false } => {
            (format!("`{name}` is no SVG, though its name says so"), "let its name end in what it is: `.png`, `.jpg` …")
        }
        BadImage::Drawing(wrong) => {
            let WrongDrawing { line, what, help } = &**wrong;
            let line = line.map(|line| format!(" (line {line} of it)")).unwrap_or_default();
            (format!("`{name}` {what}{line}"), *help)
        }
    };
    (headline, help.to_owned())
}
