//! lib0's variable-length numbers and byte strings, with every length checked
//! against what is there.

/// Why bytes are no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The message ends too early.
    #[error("the message is cut short")]
    Truncated,
    /// A number does not fit.
    #[error("a number in the message is too large")]
    Overflow,
    /// Text is not UTF-8.
    #[error("a text in the message is not UTF-8")]
    Text,
    /// There are bytes after the end.
    #[error("the message has bytes after its end")]
    TrailingBytes,
    /// No such message type.
    #[error("unknown message type {0}")]
    UnknownType(u64),
    /// JSON of a wrong shape.
    #[error("the message's content has a wrong shape")]
    Shape,
}

/// Appends a variable-length unsigned number.
pub fn write_varuint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value as u8) | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a length and the bytes.
pub fn write_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    write_varuint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Reads from the front of a slice.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Reads the given bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// A variable-length unsigned number of at most 64 bits.
    ///
    /// # Errors
    /// `Truncated`, `Overflow`.
    pub fn varuint(&mut self) -> Result<u64, DecodeError> {
        let mut value = 0_u64;
        for shift in (0..).step_by(7) {
            let (&byte, rest) = self.rest.split_first().ok_or(DecodeError::Truncated)?;
            self.rest = rest;
            let bits = u64::from(byte & 0x7f);
            if shift > 63 || (shift == 63 && bits > 1) {
                return Err(DecodeError::Overflow);
            }
            value |= bits << shift;
            if byte < 0x80 {
                break;
            }
        }
        Ok(value)
    }

    /// A length and that many bytes.
    ///
    /// # Errors
    /// `Truncated`, `Overflow`.
    pub fn bytes(&mut self) -> Result<&'a [u8], DecodeError> {
        let len = self.varuint()?;
        let len = usize::try_from(len).map_err(|_| DecodeError::Truncated)?;
        let (bytes, rest) = self
            .rest
            .split_at_checked(len)
            .ok_or(DecodeError::Truncated)?;
        self.rest = rest;
        Ok(bytes)
    }

    /// A length and that many bytes of UTF-8.
    ///
    /// # Errors
    /// `Truncated`, `Overflow`, `Text`.
    pub fn text(&mut self) -> Result<&'a str, DecodeError> {
        std::str::from_utf8(self.bytes()?).map_err(|_| DecodeError::Text)
    }

    /// Demands that everything has been read.
    ///
    /// # Errors
    /// `TrailingBytes`.
    pub fn end(&self) -> Result<(), DecodeError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(DecodeError::TrailingBytes)
        }
    }

    /// How many bytes are left.
    pub fn left(&self) -> usize {
        self.rest.len()
    }
}
