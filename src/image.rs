//! An image's bytes into the size it is shown at. It is decoded whole: an image that was cut off, or whose bytes were changed
//! on the way, is found here and not by a reader. Of an AVIF everything but its pixels is read.

mod avif;
mod metadata;
mod svg;

use std::io::Cursor;

pub use metadata::without as without_metadata;
pub use svg::{Wrong as WrongDrawing, is_svg as is_drawing};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;

/// The most pixels an image may have on a side.
pub const MAX_SIDE: u32 = 10_000;

/// The most millions of pixels an image may have.
pub const MAX_MEGAPIXELS: u64 = 64;

/// The most millions of pixels that all pictures of a moving image may have together.
const MAX_MOVING_MEGAPIXELS: u64 = 8 * MAX_MEGAPIXELS;

/// How much memory a decoder may ask for: an image of the largest size, at eight bytes a pixel.
const MAX_MEMORY: u64 = MAX_MEGAPIXELS * 1_000_000 * 8;

/// Width and height as shown, in pixels.
pub type Size = (usize, usize);

/// Why an image is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadImage {
    /// It is no PNG, JPEG, WebP, GIF, AVIF or SVG.
    Unknown,
    /// It is one, but its bytes are not whole.
    Damaged,
    /// It has, or says it has, this many pixels across and down.
    TooLarge(u32, u32),
    /// It moves for longer than a phone could follow.
    TooLong,
    /// It moves, and is of a kind of which moving images are not read.
    Moving,
    /// It holds more than it shows.
    Cropped,
    /// It is a drawing, or is none, and its name says otherwise.
    Misnamed {
        /// Whether it is one.
        is_drawing: bool,
    },
    /// It is a drawing that cannot be shown as it is.
    Drawing(Box<WrongDrawing>),
}

/// The size of an image, after the turn that cameras ask for.
///
/// # Errors
/// When it is no image, a damaged one, or one that is too large.
pub fn size(bytes: &[u8]) -> Result<Size, BadImage> {
    let ((width, height), turned) = match bytes {
        [0x89, b'P', b'N', b'G', ..] => png(bytes)?,
        [0xFF, 0xD8, 0xFF, ..] => jpeg(bytes)?,
        [b'G', b'I', b'F', b'8', ..] => (gif(bytes)?, false),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp(bytes)?,
        _ if avif::is_avif(bytes) => avif::size(bytes)?,
        _ if is_drawing(bytes) => (drawing(bytes)?, false),
        _ => return Err(BadImage::Unknown),
    };
    let (width, height) = (width as usize, height as usize);
    Ok(if turned { (height, width) } else { (width, height) })
}

/// Width and height, and whether the image is to be turned a quarter.
type Found = Result<((u32, u32), bool), BadImage>;

fn damaged<E>(_: E) -> BadImage {
    BadImage::Damaged
}

fn limited(width: u32, height: u32) -> Result<(u32, u32), BadImage> {
    if width == 0 || height == 0 {
        return Err(BadImage::Damaged);
    }
    let pixels = u64::from(width) * u64::from(height);
    if width > MAX_SIDE || height > MAX_SIDE || pixels > MAX_MEGAPIXELS * 1_000_000 {
        return Err(BadImage::TooLarge(width, height));
    }
    Ok((width, height))
}

/// Counts the pixels of a moving image's pictures.
fn count(pixels: &mut u64, width: u32, height: u32) -> Result<(), BadImage> {
    *pixels += u64::from(width) * u64::from(height);
    if *pixels > MAX_MOVING_MEGAPIXELS * 1_000_000 { Err(BadImage::TooLong) } else { Ok(()) }
}

fn png(bytes: &[u8]) -> Found {
    let memory = usize::try_from(MAX_MEMORY).unwrap_or(usize::MAX);
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: memory });
    let header = decoder.read_header_info().map_err(damaged)?;
    let size = limited(header.width, header.height)?;
    let mut reader = decoder.read_info().map_err(damaged)?;
    while reader.next_row().map_err(damaged)?.is_some() {}
    reader.finish().map_err(damaged)?;
    Ok((size, reader.info().exif_metadata.as_deref().is_some_and(is_turned)))
}

fn jpeg(bytes: &[u8]) -> Found {
    let side = MAX_SIDE as usize * 10;
    let options = DecoderOptions::default().set_strict_mode(true).set_max_width(side).set_max_height(side);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(damaged)?;
    let (width, height) = decoder.dimensions().ok_or(BadImage::Damaged)?;
    let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
    let size = limited(side(width), side(height))?;
    decoder.decode().map_err(damaged)?;
    if !jpeg_ends(bytes) {
        return Err(BadImage::Damaged);
    }
    Ok((size, decoder.exif().is_some_and(|exif| is_turned(exif))))
}

/// Whether a JPEG has the mark of its end. Decoders make up what is missing before it; a preview among its data has such a
/// mark as well, so its parts are stepped through.
fn jpeg_ends(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let (Some(byte), Some(mark)) = (bytes.get(at), bytes.get(at + 1)) {
        match (byte, mark) {
            (0xFF, 0xD9) => return true,
            (0xFF, 0x01 | 0xD0..=0xD8) => at += 2,
            // A part that says how long it is.
            (0xFF, 0xC0..=0xFE) => {
                let Some(length) = bytes.get(at + 2..at + 4) else { return false };
                at += 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
            }
            _ => at += 1,
        }
    }
    false
}

fn gif(bytes: &[u8]) -> Result<(u32, u32), BadImage> {
    let mut options = gif::DecodeOptions::new();
    options.allow_unknown_blocks(true);
    options.set_color_output(gif::ColorOutput::Indexed);
    if let Some(memory) = std::num::NonZeroU64::new(MAX_MEMORY) {
        options.set_memory_limit(gif::MemoryLimit::Bytes(memory));
    }
    let mut decoder = options.read_info(Cursor::new(bytes)).map_err(damaged)?;
    let size = limited(decoder.width().into(), decoder.height().into())?;
    let mut pixels = 0;
    while let Some((width, height)) =
        decoder.next_frame_info().map_err(damaged)?.map(|frame| (frame.width.into(), frame.height.into()))
    {
        limited(width, height)?;
        count(&mut pixels, width, height)?;
        let mut picture = vec![0; decoder.buffer_size()];
        decoder.read_into_buffer(&mut picture).map_err(damaged)?;
    }
    if pixels == 0 { Err(BadImage::Damaged) } else { Ok(size) }
}

fn webp(bytes: &[u8]) -> Found {
    let length = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]);
    if bytes.len() as u64 - 8 < u64::from(length) {
        return Err(BadImage::Damaged);
    }
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
    decoder.set_memory_limit(usize::try_from(MAX_MEMORY).unwrap_or(usize::MAX));
    let (width, height) = decoder.dimensions();
    let size = limited(width, height)?;
    let mut picture = vec![0; decoder.output_buffer_size().ok_or(BadImage::Damaged)?];
    if decoder.is_animated() {
        let mut pixels = 0;
        for _ in 0..decoder.num_frames() {
            count(&mut pixels, width, height)?;
            decoder.read_frame(&mut picture).map_err(damaged)?;
        }
    } else {
        decoder.read_image(&mut picture).map_err(damaged)?;
    }
    let exif = decoder.exif_metadata().map_err(damaged)?;
    // Some programs put the name of the block before it, as in a JPEG.
    let exif = exif.as_deref().map(|exif| exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
    Ok((size, exif.is_some_and(is_turned)))
}

fn drawing(bytes: &[u8]) -> Result<(u32, u32), BadImage> {
    let (width, height) = svg::size(bytes).map_err(BadImage::Drawing)?;
    limited(width, height)
}

/// Whether a camera says that the image is to be turned a quarter left or right: the tag `Orientation` from 5 to 8.
fn is_turned(exif: &[u8]) -> bool {
    (5..=8).contains(&orientation(exif).unwrap_or(1))
}

/// The tag `Orientation` of a TIFF header's first directory.
fn orientation(exif: &[u8]) -> Option<u16> {
    const ORIENTATION: u16 = 0x0112;
    let little = match exif.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = [*exif.get(at)?, *exif.get(at + 1)?];
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let (first, second) = (usize::from(short(4)?), usize::from(short(6)?));
    let directory = if little { second << 16 | first } else { first << 16 | second };
    let entries = usize::from(short(directory)?);
    let mut places = (0..entries).map(|entry| directory + 2 + entry * 12);
    let place = places.find(|at| short(*at) == Some(ORIENTATION))?;
    short(place + 8)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{BadImage, size};

    pub(super) const WHOLE: &[(&str, &[u8])] = &[
        ("png", include_bytes!("../tests/images/whole.png")),
        ("jpg", include_bytes!("../tests/images/whole.jpg")),
        ("progressive", include_bytes!("../tests/images/progressive.jpg")),
        ("grey", include_bytes!("../tests/images/grey.jpg")),
        ("cmyk", include_bytes!("../tests/images/cmyk.jpg")),
        ("gif", include_bytes!("../tests/images/whole.gif")),
        ("moving gif", include_bytes!("../tests/images/moving.gif")),
        ("webp", include_bytes!("../tests/images/lossless.webp")),
        ("moving webp", include_bytes!("../tests/images/moving.webp")),
        ("avif", include_bytes!("../tests/images/whole.avif")),
    ];

    pub(super) const TURNED: &[(&str, &[u8])] = &[
        ("jpg turned", include_bytes!("../tests/images/turned.jpg")),
        ("png turned", include_bytes!("../tests/images/turned.png")),
        ("webp turned", include_bytes!("../tests/images/turned.webp")),
        ("avif turned", include_bytes!("../tests/images/turned.avif")),
    ];

    #[test]
    fn whole_images_have_a_size() {
        for (name, bytes) in WHOLE {
            assert_eq!(size(bytes), Ok((24, 16)), "{name}");
            // What is behind an AVIF would be another of its boxes.
            let expected = if *name == "avif" { Err(BadImage::Damaged) } else { Ok((24, 16)) };
            assert_eq!(size(&[bytes, &b"more behind it"[..]].concat()), expected, "{name}");
        }
    }

    #[test]
    fn a_turned_photo_is_as_wide_as_it_is_shown() {
        for (name, bytes) in TURNED {
            assert_eq!(size(bytes), Ok((16, 24)), "{name}");
        }
    }

    #[test]
    fn an_image_that_was_cut_off_anywhere_is_damaged() {
        for (name, bytes) in WHOLE.iter().chain(TURNED) {
            // The last byte of a GIF is a full stop that browsers do not wait for.
            for end in 12..bytes.len() - 1 {
                assert_eq!(size(&bytes[..end]), Err(BadImage::Damaged), "{name} at {end} of {}", bytes.len());
            }
        }
    }

    #[test]
    fn an_image_whose_line_ends_were_changed_is_damaged() {
        for (name, bytes) in WHOLE.iter().chain(TURNED) {
            let mut changed = Vec::new();
            for byte in *bytes {
                changed.extend(if *byte == b'\n' { &b"\r\n"[..] } else { std::slice::from_ref(byte) });
            }
            let verdict = size(&changed);
            assert!(changed == *bytes || verdict.is_err(), "{name}: {verdict:?}");
        }
    }

    #[test]
    fn absurd_sizes_are_refused_without_the_memory_for_them() {
        let mut png = WHOLE[0].1.to_vec();
        for (width, height) in [(20_000_u32, 10_u32), (10, 20_000), (9_000, 9_000), (65_535, 65_535)] {
            png[16..20].copy_from_slice(&width.to_be_bytes());
            png[20..24].copy_from_slice(&height.to_be_bytes());
            let sum = crc32(&png[12..29]);
            png[29..33].copy_from_slice(&sum.to_be_bytes());
            assert_eq!(size(&png), Err(BadImage::TooLarge(width, height)));
        }
        let mut gif = WHOLE[5].1.to_vec();
        gif[6..10].copy_from_slice(&[0xFF; 4]);
        assert_eq!(size(&gif), Err(BadImage::TooLarge(65_535, 65_535)));
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 })
        })
    }

    #[test]
    fn changed_bytes_never_panic() {
        for (_, bytes) in WHOLE.iter().chain(TURNED) {
            for at in 0..bytes.len() {
                let mut changed = bytes.to_vec();
                changed[at] ^= 0xFF;
                let _ = size(&changed);
            }
        }
        for bytes in
            [&b""[..], b"x", b"\xFF\xD8\xFF", b"GIF8", b"\x89PNG", b"RIFF\0\0\0\0WEBP", b"RIFF\xFF\xFF\xFF\xFFWEBP"]
        {
            assert!(size(bytes).is_err());
        }
    }
}
