//! Files as hosts send them that do not compress by themselves: `x.html.br` and `x.html.gz` beside `x.html`.

use std::io::Write;

use brotli::CompressorWriter;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::render::{BROTLI, COMPRESSED, GZIP};
use crate::source::path::SitePath;

/// How hard is tried, of 11. On the pages of our own site 9 gives 9 % less than gzip, 10 gives 15 % for a third more time, 11 another 2 % for
/// three times that.
const QUALITY: u32 = 10;

/// How far back what was said before is looked for, as a power of two of bytes: further than a page is long.
const WINDOW: u32 = 20;

/// What is compressed at a time, in bytes.
const BUFFER: usize = 1 << 16;

/// Where the compressed twins of a file stand; none for files that are small as they are, pictures and fonts.
#[must_use]
pub fn paths(of: &SitePath) -> Vec<SitePath> {
    let gains = COMPRESSED.contains(&of.extension());
    let twins = [BROTLI, GZIP].into_iter().filter(|_| gains);
    twins.filter_map(|(ending, _)| SitePath::new(&format!("{of}{ending}")).ok()).collect()
}

/// What a twin holds: the same bytes give the same, whenever they are compressed.
#[must_use]
pub fn bytes(twin: &SitePath, of: &[u8]) -> Vec<u8> {
    if twin.as_str().ends_with(BROTLI.0) { brotli(of) } else { gzip(of, Compression::default()) }
}

/// Bytes of a file as hosts send it: compressed as fast as can be, as most do, and by Brotli.
#[must_use]
pub fn weights(of: &[u8]) -> [usize; 3] {
    [gzip(of, Compression::fast()).len(), gzip(of, Compression::default()).len(), brotli(of).len()]
}

// Writing to memory cannot fail.

fn gzip(of: &[u8], level: Compression) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::with_capacity(of.len() / 3), level);
    let _ = out.write_all(of);
    out.finish().unwrap_or_default()
}

fn brotli(of: &[u8]) -> Vec<u8> {
    let mut out = CompressorWriter::new(Vec::with_capacity(of.len() / 3), BUFFER, QUALITY, WINDOW);
    let _ = out.write_all(of);
    out.into_inner()
}
