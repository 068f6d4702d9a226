//! The boxes that AVIF files are made of (ISO/IEC 14496-12). Nothing read here leads out of what holds it.

use std::ops::Range;

use crate::image::BadImage;

/// A box: what it is, and where in the file its contents stand.
#[derive(Debug, Clone)]
pub struct Part {
    pub kind: [u8; 4],
    pub body: Range<usize>,
}

/// Reads a stretch of a file from its beginning to its end.
#[derive(Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    rest: Range<usize>,
}

impl<'a> Reader<'a> {
    /// The stretch has to be one of the file's.
    pub fn new(bytes: &'a [u8], stretch: Range<usize>) -> Result<Self, BadImage> {
        bytes.get(stretch.clone()).ok_or(BadImage::Damaged)?;
        Ok(Self { bytes, rest: stretch })
    }

    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// How many bytes are left.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// The place of the next bytes.
    pub fn take(&mut self, length: usize) -> Result<Range<usize>, BadImage> {
        if length > self.rest.len() {
            return Err(BadImage::Damaged);
        }
        let taken = self.rest.start..self.rest.start + length;
        self.rest.start = taken.end;
        Ok(taken)
    }

    /// What is left, whatever it is.
    pub fn take_rest(&mut self) -> Range<usize> {
        std::mem::replace(&mut self.rest, 0..0)
    }

    /// A number of up to eight bytes, the largest first; of none it is zero.
    pub fn number(&mut self, length: usize) -> Result<u64, BadImage> {
        let place = self.take(length)?;
        Ok(self.bytes[place].iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// A number of up to four bytes.
    pub fn short(&mut self, length: usize) -> Result<u32, BadImage> {
        u32::try_from(self.number(length)?).map_err(|_| BadImage::Damaged)
    }

    /// A place or a length.
    pub fn length(&mut self, length: usize) -> Result<usize, BadImage> {
        usize::try_from(self.number(length)?).map_err(|_| BadImage::Damaged)
    }

    /// Four letters.
    pub fn name(&mut self) -> Result<[u8; 4], BadImage> {
        let place = self.take(4)?;
        self.bytes[place].try_into().map_err(|_| BadImage::Damaged)
    }

    /// Words up to a zero, without it.
    pub fn words(&mut self) -> Result<Range<usize>, BadImage> {
        let end = self.bytes[self.rest.clone()].iter().position(|byte| *byte == 0).ok_or(BadImage::Damaged)?;
        let words = self.take(end)?;
        self.take(1)?;
        Ok(words)
    }

    /// The version of a box that has one, and its flags.
    pub fn version(&mut self) -> Result<(u8, u32), BadImage> {
        let version = self.number(1)?.to_le_bytes()[0];
        Ok((version, self.short(3)?))
    }

    /// The next box. One that says it is longer than what holds it was cut off.
    pub fn part(&mut self) -> Result<Option<Part>, BadImage> {
        if self.is_at_end() {
            return Ok(None);
        }
        let length = self.length(4)?;
        let kind = self.name()?;
        let body = match length {
            0 => self.take_rest(),
            1 => {
                let length = self.length(8)?.checked_sub(16).ok_or(BadImage::Damaged)?;
                self.take(length)?
            }
            _ => self.take(length.checked_sub(8).ok_or(BadImage::Damaged)?)?,
        };
        Ok(Some(Part { kind, body }))
    }
}
