//! Files of an encoder, whole and changed, and small ones made by hand.

use super::{is_avif, size, without};
use crate::image::BadImage;

const WHOLE: &[u8] = include_bytes!("../../../tests/images/whole.avif");
/// Turned a quarter, with transparency, Exif data and XMP.
const TURNED: &[u8] = include_bytes!("../../../tests/images/turned.avif");
const MOVING: &[u8] = include_bytes!("../../../tests/images/moving.avif");

/// What nobody is to read in a published file.
const SECRET: &[u8] = b"31.5204N 74.3587E";

fn has_secret(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, SECRET).is_some()
}

fn put(kind: &[u8], body: &[&[u8]]) -> Vec<u8> {
    let body = body.concat();
    [&u32::try_from(body.len() + 8).unwrap().to_be_bytes()[..], kind, &body].concat()
}

/// A number in two bytes.
fn two(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap().to_be_bytes()
}

fn ispe(width: u32, height: u32) -> Vec<u8> {
    put(b"ispe", &[&[0; 4], &width.to_be_bytes(), &height.to_be_bytes()])
}

/// A unit of AV1 that is all padding.
const UNIT: &[u8] = &[0x7A, 2, 1, 2];

/// An item's kind, its contents and its properties.
type Own<'a> = (&'a [u8; 4], &'a [u8], Vec<Vec<u8>>);

/// A file of items by their kinds and contents, each with its properties; the first is the picture.
fn file(items: &[Own<'_>], references: &[u8]) -> Vec<u8> {
    let head = put(b"ftyp", &[b"avif\0\0\0\0mif1avif"]);
    let build = |start: usize| {
        let (mut infos, mut places, mut properties, mut own) = (vec![], vec![], vec![], vec![]);
        let (mut at, mut number) = (start, 0);
        for (id, (kind, data, its)) in items.iter().enumerate() {
            infos.extend(put(b"infe", &[&[2, 0, 0, 0], &two(id + 1), &[0; 2], *kind, b"named\0"]));
            let place = u32::try_from(at).unwrap().to_be_bytes();
            let length = u32::try_from(data.len()).unwrap().to_be_bytes();
            places.extend([&two(id + 1)[..], &[0; 2], &two(1), &place, &length].concat());
            own.extend([&two(id + 1)[..], &[u8::try_from(its.len()).unwrap()]].concat());
            for property in its {
                number += 1;
                own.push(number);
                properties.extend_from_slice(property);
            }
            at += data.len();
        }
        let count = u32::try_from(items.len()).unwrap().to_be_bytes();
        let iprp = [put(b"ipco", &[&properties]), put(b"ipma", &[&[0; 4], &count, &own])].concat();
        let mut parts = vec![
            put(b"hdlr", &[&[0; 8], b"pict", &[0; 12], b"by a phone\0"]),
            put(b"pitm", &[&[0; 4], &two(1)]),
            put(b"iloc", &[&[0; 4], &[0x44, 0], &two(items.len()), &places]),
            put(b"iinf", &[&[0; 4], &two(items.len()), &infos]),
            put(b"iprp", &[&iprp]),
        ];
        if !references.is_empty() {
            parts.push(put(b"iref", &[&[0; 4], references]));
        }
        put(b"meta", &[&[0; 4], &parts.concat()])
    };
    let start = head.len() + build(0).len() + 8;
    let data: Vec<u8> = items.iter().flat_map(|(_, data, _)| *data).copied().collect();
    [head, build(start), put(b"mdat", &[&data])].concat()
}

fn av1() -> Vec<u8> {
    put(b"av1C", &[&[0x81, 0, 0x0C, 0]])
}

/// A picture of one item with these properties besides.
fn one(width: u32, height: u32, properties: &[Vec<u8>]) -> Vec<u8> {
    let properties = [&[ispe(width, height), av1()], properties].concat();
    file(&[(b"av01", UNIT, properties)], &[])
}

#[test]
fn whole_files_have_a_size() {
    for bytes in [WHOLE, &one(24, 16, &[])] {
        assert!(is_avif(bytes));
        assert_eq!(size(bytes), Ok(((24, 16), false)));
    }
    assert_eq!(size(TURNED), Ok(((24, 16), true)));
}

#[test]
fn a_turn_changes_the_size_and_a_mirror_does_not() {
    for (turn, expected) in [(0, false), (1, true), (2, false), (3, true)] {
        let turned = one(24, 16, &[put(b"imir", &[&[1]]), put(b"irot", &[&[turn]])]);
        assert_eq!(size(&turned), Ok(((24, 16), expected)));
    }
}

#[test]
fn a_file_that_was_cut_off_anywhere_is_refused() {
    for bytes in [WHOLE, TURNED, MOVING, &one(24, 16, &[])] {
        for end in 0..bytes.len() {
            assert!(size(&bytes[..end]).is_err(), "at {end}");
            assert!(without(&bytes[..end]).is_none(), "at {end}");
        }
        assert!(size(&[bytes, b"more"].concat()).is_err());
    }
}

#[test]
fn changed_bytes_never_panic() {
    for bytes in [WHOLE, TURNED, MOVING] {
        for at in 0..bytes.len() {
            for mask in [0xFF, 0x01, 0x80, 0x0F] {
                let mut changed = bytes.to_vec();
                changed[at] ^= mask;
                let (_, clean) = (size(&changed), without(&changed));
                assert!(clean.is_none_or(|clean| clean.len() == changed.len()));
            }
        }
    }
}

#[test]
fn absurd_sizes_are_refused() {
    for (width, height) in [(20_000, 10), (10, 20_000), (9_000, 9_000), (u32::MAX, u32::MAX)] {
        assert_eq!(size(&one(width, height, &[])), Err(BadImage::TooLarge(width, height)));
    }
    assert_eq!(size(&one(0, 16, &[])), Err(BadImage::Damaged));
}

#[test]
fn films_and_what_browsers_do_not_show_are_refused() {
    assert_eq!(size(MOVING), Err(BadImage::Moving));
    assert_eq!(size(&file(&[(b"hvc1", UNIT, vec![ispe(24, 16)])], &[])), Err(BadImage::Unknown));
    assert!(
        !is_avif(b"\0\0\0\x10ftypheic\0\0\0\0") && !is_avif(b"\0\0\0\x20ftyp") && !is_avif(b"\xFF\xFF\xFF\xFFftyp")
    );
}

#[test]
fn a_picture_that_hides_a_part_of_itself_is_refused() {
    let clap = |width: u32, under: u32| {
        let numbers = [width, under, 16, 1, 0, 1, 0, 1].map(u32::to_be_bytes).concat();
        one(24, 16, &[put(b"clap", &[&numbers])])
    };
    assert_eq!(size(&clap(24, 1)), Ok(((24, 16), false)));
    assert_eq!(size(&clap(48, 2)), Ok(((24, 16), false)));
    assert_eq!(size(&clap(20, 1)), Err(BadImage::Cropped));
}

#[test]
fn pieces_have_to_be_whole() {
    for data in [
        &[][..],
        &[0x7A],
        &[0x7A, 3, 1, 2],
        &[0x80],
        &[0x7E, 0],
        &[0x7A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
    ] {
        let bytes = file(&[(b"av01", data, vec![ispe(24, 16), av1()])], &[]);
        assert_eq!(size(&bytes), Err(BadImage::Damaged), "{data:?}");
    }
    // Without its own size or what a decoder has to know.
    for missing in [vec![ispe(24, 16)], vec![av1()]] {
        assert_eq!(size(&file(&[(b"av01", UNIT, missing)], &[])), Err(BadImage::Damaged));
    }
    // A unit that goes on to the end of its own accord, and one with an extension.
    for data in [&[0x78, 1, 2, 3][..], &[0x7E, 0, 1, 2]] {
        assert_eq!(size(&file(&[(b"av01", data, vec![ispe(24, 16), av1()])], &[])), Ok(((24, 16), false)));
    }
}

#[test]
fn tiles_fill_the_picture() {
    let tiled = |rows: u8, columns: u8, own: (u32, u32), targets: &[u16]| {
        let side = |side: u32| two(side as usize);
        let grid = [&[0, 0, rows - 1, columns - 1][..], &side(own.0), &side(own.1)].concat();
        let tile = || (b"av01", UNIT, vec![ispe(12, 16), av1()]);
        let targets: Vec<u8> = targets.iter().flat_map(|id| id.to_be_bytes()).collect();
        let dimg = put(b"dimg", &[&two(1), &two(targets.len() / 2), &targets]);
        file(&[(b"grid", &grid, vec![ispe(24, 16)]), tile(), tile()], &dimg)
    };
    let whole = tiled(1, 2, (24, 16), &[2, 3]);
    assert_eq!(size(&whole), Ok(((24, 16), false)));
    assert!(memchr::memmem::find(&without(&whole).unwrap(), &[UNIT, UNIT].concat()).is_some(), "tiles are kept");
    for wrong in [
        tiled(2, 1, (24, 16), &[2, 3]),
        tiled(1, 2, (24, 16), &[2]),
        tiled(1, 2, (24, 16), &[2, 9]),
        tiled(1, 2, (24, 16), &[1, 1]),
        tiled(1, 2, (20, 16), &[2, 3]),
        tiled(255, 255, (24, 16), &[2, 3]),
    ] {
        assert_eq!(size(&wrong), Err(BadImage::Damaged));
    }
}

#[test]
fn only_the_picture_is_published() {
    let clean = without(TURNED).unwrap();
    assert!(has_secret(TURNED) && !has_secret(&clean));
    assert_eq!((size(&clean), clean.len()), (size(TURNED), TURNED.len()));
    assert_eq!(without(&clean).as_deref(), Some(&clean[..]), "twice is once");

    let preview = [UNIT, &[0x7A, 17], SECRET].concat();
    let said = put(b"udes", &[&[0; 4], SECRET, b"\0"]);
    let items: [Own<'_>; 3] = [
        (b"av01", UNIT, vec![ispe(24, 16), av1(), said]),
        (b"av01", &preview, vec![ispe(24, 16), av1()]),
        (b"Exif", SECRET, vec![]),
    ];
    let thumbnail = put(b"thmb", &[&two(2), &two(1), &two(1)]);
    let photo = [file(&items, &thumbnail), put(b"uuid", &[SECRET]), put(b"free", &[SECRET])].concat();
    let clean = without(&photo).unwrap();
    let holds = |what: &[u8]| memchr::memmem::find(&clean, what).is_some();
    assert!(!has_secret(&clean) && !holds(b"phone") && !holds(b"named") && holds(UNIT));
    assert_eq!((size(&clean), clean.len()), (Ok(((24, 16), false)), photo.len()));
}

#[test]
fn a_few_bytes_do_not_ask_for_much_memory_or_time() {
    let whole = one(24, 16, &[]);
    let at = memchr::memmem::find(&whole, b"iloc").unwrap();
    // Numbers of no bytes, and as many pieces as can be.
    for sizes in [[0x00, 0x00], [0x40, 0x00], [0x04, 0x00], [0xFF, 0xFF]] {
        let mut changed = whole.clone();
        changed[at + 8..at + 10].copy_from_slice(&sizes);
        changed[at + 16..at + 18].copy_from_slice(&[0xFF; 2]);
        assert_eq!(size(&changed), Err(BadImage::Damaged));
    }
}
