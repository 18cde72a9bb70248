//! Reading and writing of the primitive values of the format ("lib0").

use super::{error::ScanError, limits::MAX_CLOCK};

/// Client ids and counts stay below this, as in JavaScript.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// Bytes that a number below 2^53 takes at most.
const MAX_VAR_BYTES: usize = 8;

/// A position in bytes that only moves forward.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The byte offset of what is read next.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Bytes not yet read.
    pub(super) fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    pub(super) fn byte(&mut self) -> Result<u8, ScanError> {
        let byte = *self
            .bytes
            .get(self.at)
            .ok_or(ScanError::Truncated { at: self.at })?;
        self.at += 1;
        Ok(byte)
    }

    pub(super) fn take(&mut self, len: usize) -> Result<&'a [u8], ScanError> {
        if len > self.left() {
            return Err(ScanError::Truncated { at: self.at });
        }
        let taken = &self.bytes[self.at..self.at + len];
        self.at += len;
        Ok(taken)
    }

    /// An unsigned number below 2^53 in its shortest form: other readers
    /// wrap longer ones, each in its own way.
    pub(super) fn var(&mut self) -> Result<u64, ScanError> {
        let start = self.at;
        let mut value = 0u64;
        for index in 0..MAX_VAR_BYTES {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << (7 * index);
            if byte & 0x80 == 0 {
                if value > MAX_SAFE_INTEGER || (byte == 0 && index > 0) {
                    break;
                }
                return Ok(value);
            }
        }
        Err(ScanError::Number { at: start })
    }

    /// A signed number within +-(2^53 - 1), whose value nobody needs here.
    pub(super) fn skip_var_signed(&mut self) -> Result<(), ScanError> {
        let start = self.at;
        let first = self.byte()?;
        let mut value = u64::from(first & 0x3f);
        let mut more = first & 0x80 != 0;
        let mut shift = 6;
        while more {
            let byte = self.byte()?;
            if shift > 48 || byte == 0 {
                return Err(ScanError::Number { at: start });
            }
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            more = byte & 0x80 != 0;
        }
        if value > MAX_SAFE_INTEGER {
            Err(ScanError::Number { at: start })
        } else {
            Ok(())
        }
    }

    /// A clock or a number of clocks.
    pub(super) fn clock(&mut self) -> Result<u32, ScanError> {
        let at = self.at;
        let value = self.var()?;
        u32::try_from(value)
            .ok()
            .filter(|clock| *clock < MAX_CLOCK)
            .ok_or(ScanError::Number { at })
    }

    /// How many things of at least `size` bytes follow.
    pub(super) fn count(&mut self, size: usize) -> Result<usize, ScanError> {
        let count = self.var()?;
        match usize::try_from(count)
            .ok()
            .and_then(|count| Some((count, count.checked_mul(size)?)))
        {
            Some((count, bytes)) if bytes <= self.left() => Ok(count),
            _ => Err(ScanError::Count { at: self.at }),
        }
    }

    /// Bytes with their length before them.
    pub(super) fn bytes(&mut self) -> Result<&'a [u8], ScanError> {
        let len = self.count(1)?;
        self.take(len)
    }

    /// So many bytes.
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], ScanError> {
        let at = self.at;
        let bytes = self.take(N)?;
        bytes.try_into().map_err(|_| ScanError::Truncated { at })
    }

    pub(super) fn text(&mut self) -> Result<&'a str, ScanError> {
        let bytes = self.bytes()?;
        std::str::from_utf8(bytes).map_err(|_| ScanError::Text { at: self.at })
    }
}

/// Appends an unsigned number.
pub(super) fn write_var(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
