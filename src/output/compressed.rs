//! Files as hosts send them that do not compress by themselves: `x.html.gz` beside `x.html`.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::render::COMPRESSED;
use crate::source::path::SitePath;

/// Where the compressed twin of a file stands; nothing for files that are small as they are, pictures and fonts.
#[must_use]
pub fn path(of: &SitePath) -> Option<SitePath> {
    let gains = COMPRESSED.contains(&of.extension());
    gains.then(|| SitePath::new(&format!("{of}.gz")).ok()).flatten()
}

/// What it holds: the same bytes give the same, whenever they are compressed.
#[must_use]
pub fn bytes(of: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::with_capacity(of.len() / 3), Compression::default());
    // Writing to memory cannot fail.
    let _ = out.write_all(of);
    out.finish().unwrap_or_default()
}
