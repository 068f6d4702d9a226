//! What an image file says besides its picture: where a photo was taken, when, with whose phone, and how it looked before it was cut.
//! None of it is published. How a camera was held is kept, since browsers turn the picture by it.
//!
//! Only parts that are needed to show the picture are copied, so that what nobody thought of is left out as well. The picture itself
//! is not compressed anew. Libraries that write such files keep parts behind a JPEG's first scan, where phones put previews.

use super::{avif, orientation, svg};

/// The same picture without what else its file says; nothing where the file is not what it seems to be.
#[must_use]
pub fn without(bytes: &[u8]) -> Option<Vec<u8>> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => png(bytes),
        [0xFF, 0xD8, 0xFF, ..] => jpeg(bytes),
        [b'G', b'I', b'F', b'8', ..] => gif(bytes),
        [b'R', b'I', b'F', b'F', ..] => webp(bytes),
        _ if avif::is_avif(bytes) => avif::without(bytes),
        _ if svg::is_svg(bytes) => svg::without(bytes),
        _ => None,
    }
}

/// Exif data that say nothing but how the camera was held.
fn turn(turn: u16) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend(turn.to_le_bytes());
    exif.extend([0; 6]);
    exif
}

/// How the camera was held, where that was not upright.
fn held(exif: &[u8]) -> Option<u16> {
    orientation(exif).filter(|turn| (2..=8).contains(turn))
}

fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let segments = segments(bytes)?;
    let exif =
        segments.iter().find_map(|(mark, part)| part.get(4..)?.strip_prefix(b"Exif\0\0").filter(|_| *mark == 0xE1));
    let mut exif = exif.and_then(held).map(turn);
    let mut out = bytes[..2].to_vec();
    for (mark, part) in segments {
        // JFIF has to come first.
        if mark != 0xE0
            && let Some(exif) = exif.take()
        {
            out.extend([0xFF, 0xE1]);
            out.extend(u16::try_from(exif.len() + 8).ok()?.to_be_bytes());
            out.extend(b"Exif\0\0");
            out.extend(exif);
        }
        let said = part.get(4..).unwrap_or_default();
        let is_kept = match mark {
            0xE0 => said.starts_with(b"JFIF\0"),
            0xE2 => said.starts_with(b"ICC_PROFILE\0"),
            // Adobe's says how colours are stored.
            0xEE => said.starts_with(b"Adobe"),
            0xE1..=0xEF | 0xFE => false,
            _ => true,
        };
        if is_kept {
            out.extend(part);
        }
    }
    Some(out)
}

/// The parts of a JPEG up to its end, each with its mark; a scan with the picture's data behind it.
fn segments(bytes: &[u8]) -> Option<Vec<(u8, &[u8])>> {
    let mut segments = Vec::new();
    let mut at = 2;
    loop {
        let mark = *bytes.get(at + 1).filter(|_| bytes[at] == 0xFF)?;
        let end = match mark {
            // Bytes that fill up.
            0xFF => {
                at += 1;
                continue;
            }
            0x01 | 0xD0..=0xD9 => at + 2,
            _ => at + 2 + usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?])),
        };
        let end = if mark == 0xDA { scan_end(bytes, end)? } else { end };
        segments.push((mark, bytes.get(at..end)?));
        if mark == 0xD9 {
            return Some(segments);
        }
        at = end;
    }
}

/// Where the data of a scan end: at a mark that is none of those among them.
fn scan_end(bytes: &[u8], from: usize) -> Option<usize> {
    let is_end = |at: &usize| !matches!(bytes.get(at + 1), None | Some(0x00 | 0xD0..=0xD7 | 0xFF));
    memchr::memchr_iter(0xFF, bytes.get(from..)?).map(|at| from + at).find(is_end)
}

/// Parts of a PNG that change how its picture looks.
const PNG_SHOWN: [&[u8]; 20] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV",
    b"cLLI", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
];

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8)?.to_vec();
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
        let part = bytes.get(at..at.checked_add(length)?.checked_add(12)?)?;
        let (name, said) = (&part[4..8], &part[8..8 + length]);
        if PNG_SHOWN.contains(&name) {
            out.extend(part);
        } else if name == b"eXIf"
            && let Some(exif) = held(said).map(turn)
        {
            let named = [b"eXIf", exif.as_slice()].concat();
            out.extend(u32::try_from(exif.len()).ok()?.to_be_bytes());
            let mut sum = flate2::Crc::new();
            sum.update(&named);
            out.extend(named);
            out.extend(sum.sum().to_be_bytes());
        }
        if name == b"IEND" {
            return Some(out);
        }
        at += part.len();
    }
}

/// Flags of a WebP's head: that it has Exif data, that it has XMP.
const WEBP_EXIF: u8 = 8;
const WEBP_XMP: u8 = 4;

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let length = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    let whole = bytes.get(..length.checked_add(8)?)?;
    let mut out = whole.get(..12)?.to_vec();
    let (mut at, mut head, mut exif) = (12, None, None);
    while let Some(part) = whole.get(at..).filter(|rest| rest.len() >= 8) {
        let length = u32::from_le_bytes(part[4..8].try_into().ok()?) as usize;
        // Parts begin at even places.
        let padded = length.checked_add(length % 2)?.checked_add(8)?;
        let part = part.get(..padded).or(part.get(..length.checked_add(8)?))?;
        match &part[..4] {
            b"VP8X" => {
                head = Some(out.len() + 8);
                out.extend(part);
            }
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP" => out.extend(part),
            b"EXIF" => {
                let said = &part[8..8 + length];
                exif = held(said.strip_prefix(b"Exif\0\0").unwrap_or(said)).map(turn);
            }
            _ => {}
        }
        at += part.len();
    }
    // Without a head there is no place for Exif data.
    if let Some(flags) = head.and_then(|head| out.get_mut(head)) {
        *flags &= !(WEBP_EXIF | WEBP_XMP);
        if let Some(exif) = exif {
            *flags |= WEBP_EXIF;
            out.extend(b"EXIF");
            out.extend(u32::try_from(exif.len()).ok()?.to_le_bytes());
            out.extend(exif);
        }
    }
    let length = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    Some(out)
}

fn gif(bytes: &[u8]) -> Option<Vec<u8>> {
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + colours(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    loop {
        let (head, is_kept) = match bytes.get(at..)? {
            [0x3B, ..] => {
                out.push(0x3B);
                return Some(out);
            }
            // A picture: its place, its colours, the size of its first codes.
            [0x2C, rest @ ..] => (10 + colours(*rest.get(8)?) + 1, true),
            // How often a moving image begins anew; what other programs say is left out, and comments.
            [0x21, 0xFF, rest @ ..] => {
                (2, rest.starts_with(b"\x0BNETSCAPE2.0") || rest.starts_with(b"\x0BANIMEXTS1.0"))
            }
            [0x21, 0xFE, ..] => (2, false),
            [0x21, _, ..] => (2, true),
            _ => return None,
        };
        let mut end = at + head;
        while let length @ 1.. = *bytes.get(end)? {
            end += 1 + usize::from(length);
        }
        if is_kept {
            out.extend(bytes.get(at..=end)?);
        }
        at = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TURNED, WHOLE};
    use super::{turn, without};
    use crate::image::{orientation, size};

    /// What nobody is to read in a published file.
    const SECRET: &[u8] = b"31.5204N 74.3587E";

    /// Exif data with an orientation, and something said behind it.
    fn exif(held: u16) -> Vec<u8> {
        [turn(held), SECRET.to_vec()].concat()
    }

    fn has_secret(bytes: &[u8]) -> bool {
        memchr::memmem::find(bytes, SECRET).is_some()
    }

    fn segment(mark: u8, said: &[u8]) -> Vec<u8> {
        let length = u16::try_from(said.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, mark], &length[..], said].concat()
    }

    fn chunk(name: &[u8], said: &[u8]) -> Vec<u8> {
        let named = [name, said].concat();
        let mut sum = flate2::Crc::new();
        sum.update(&named);
        [&u32::try_from(said.len()).unwrap().to_be_bytes()[..], &named, &sum.sum().to_be_bytes()].concat()
    }

    fn file(name: &str) -> Vec<u8> {
        WHOLE.iter().chain(TURNED).find(|(own, _)| *own == name).unwrap().1.to_vec()
    }

    #[test]
    fn the_picture_stays() {
        for (name, bytes) in WHOLE.iter().chain(TURNED) {
            let clean = without(bytes).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(size(&clean), size(bytes), "{name}");
            assert_eq!(without(&clean).as_deref(), Some(&clean[..]), "{name}: twice is once");
        }
    }

    #[test]
    fn a_jpeg_says_nothing_else() {
        let whole = file("jpg");
        for held in 1..=8 {
            let said = [
                segment(0xE1, &[b"Exif\0\0", &exif(held)[..]].concat()),
                segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", SECRET].concat()),
                segment(0xE2, &[b"MPF\0", SECRET].concat()),
                segment(0xED, SECRET),
                segment(0xFE, SECRET),
            ]
            .concat();
            let photo = [&whole[..2], &said, &whole[2..], &whole, SECRET].concat();
            let clean = without(&photo).unwrap();
            assert!(has_secret(&photo) && !has_secret(&clean), "held {held}");
            assert_eq!(size(&clean), size(&photo), "held {held}");
        }
    }

    #[test]
    fn a_png_says_nothing_else() {
        let whole = file("png");
        for held in 1..=8 {
            let said =
                [chunk(b"eXIf", &exif(held)), chunk(b"tEXt", SECRET), chunk(b"iTXt", SECRET), chunk(b"prVt", SECRET)]
                    .concat();
            let photo = [&whole[..33], &said, &whole[33..], SECRET].concat();
            let clean = without(&photo).unwrap();
            assert!(has_secret(&photo) && !has_secret(&clean), "held {held}");
            assert_eq!(size(&clean), size(&photo), "held {held}");
        }
    }

    #[test]
    fn a_webp_says_nothing_else() {
        let mut photo = file("webp turned");
        for name in [b"XMP ", b"abcd"] {
            photo.extend(name);
            photo.extend(u32::try_from(SECRET.len()).unwrap().to_le_bytes());
            photo.extend(SECRET);
            photo.push(0);
        }
        let length = u32::try_from(photo.len() - 8).unwrap().to_le_bytes();
        photo[4..8].copy_from_slice(&length);
        let clean = without(&photo).unwrap();
        assert!(!has_secret(&clean));
        assert_eq!(size(&clean), Ok((16, 24)));
    }

    #[test]
    fn a_gif_says_nothing_else() {
        let whole = file("moving gif");
        let said = [b"\x21\xFE\x11", SECRET, b"\0\x21\xFF\x0BXMP DataXMP\x11", SECRET, b"\0"].concat();
        let colours = 13 + (3 << ((whole[10] & 7) + 1));
        let photo = [&whole[..colours], &said, &whole[colours..], SECRET].concat();
        let clean = without(&photo).unwrap();
        assert!(has_secret(&photo) && !has_secret(&clean));
        assert_eq!(clean, without(&whole).unwrap());
        assert_eq!(size(&clean), size(&whole));
    }

    #[test]
    fn how_a_camera_was_held_is_all_that_is_said() {
        for held in 2..=8 {
            assert_eq!(orientation(&turn(held)), Some(held));
        }
    }

    #[test]
    fn files_that_were_cut_off_are_left_to_others() {
        for (name, bytes) in WHOLE.iter().chain(TURNED) {
            for end in 0..bytes.len() - 1 {
                if let Some(clean) = without(&bytes[..end]) {
                    assert!(clean.len() <= end + 40, "{name} at {end}");
                }
            }
        }
    }
}
