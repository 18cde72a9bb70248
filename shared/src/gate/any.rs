//! Plain values inside an update: walked with a small stack of our own, since
//! the library walks them by recursion.

use super::{
    error::ScanError,
    lib0::Reader,
    limits::{MAX_ANY_DEPTH, MAX_FORMAT_VALUE_BYTES, ScanLimits},
};

/// A container that is not finished: how many values follow, and whether
/// each has a key before it.
#[derive(Clone, Copy, Default)]
struct Open {
    left: usize,
    keyed: bool,
}

/// Reads one value. Returns it where it is a string: nobody needs another here.
pub(super) fn read_any<'a>(
    reader: &mut Reader<'a>,
    limits: &ScanLimits,
) -> Result<Option<&'a str>, ScanError> {
    let mut open = [Open::default(); MAX_ANY_DEPTH];
    let mut depth = 0;
    loop {
        match value(reader, limits)? {
            Value::Open(container) => {
                let Some(slot) = open.get_mut(depth) else {
                    return Err(ScanError::TooDeep { at: reader.at() });
                };
                *slot = container;
                depth += 1;
            }
            Value::Text(text) if depth == 0 => return Ok(Some(text)),
            Value::Text(_) | Value::Other => {}
        }
        while depth > 0 && open[depth - 1].left == 0 {
            depth -= 1;
        }
        if depth == 0 {
            return Ok(None);
        }
        let container = &mut open[depth - 1];
        container.left -= 1;
        if container.keyed {
            reader.text(limits.string_bytes)?;
        }
    }
}

/// A value as far as it was read.
enum Value<'a> {
    Open(Open),
    Text(&'a str),
    Other,
}

/// Reads one value, of a container only its head.
fn value<'a>(reader: &mut Reader<'a>, limits: &ScanLimits) -> Result<Value<'a>, ScanError> {
    let at = reader.at();
    match reader.byte()? {
        // undefined, null, false, true
        127 | 126 | 121 | 120 => {}
        125 => reader.skip_var_signed()?,
        124 => drop(reader.take(4)?),
        123 | 122 => drop(reader.take(8)?),
        119 => return Ok(Value::Text(reader.text(limits.string_bytes)?)),
        118 => {
            return Ok(Value::Open(Open {
                left: reader.count(2)?,
                keyed: true,
            }));
        }
        117 => {
            return Ok(Value::Open(Open {
                left: reader.count(1)?,
                keyed: false,
            }));
        }
        116 => drop(reader.bytes(limits.string_bytes)?),
        _ => {
            return Err(ScanError::Malformed {
                what: "an unknown kind of value",
                at,
            });
        }
    }
    Ok(Value::Other)
}

/// Moves the reader over the JSON text of a formatting value: null, a truth
/// value, a number or a string. Objects and lists are not used, and would
/// nest.
pub(super) fn skip_json_scalar(reader: &mut Reader<'_>) -> Result<(), ScanError> {
    let at = reader.at();
    let text = reader.text(MAX_FORMAT_VALUE_BYTES)?;
    if text.trim_start().starts_with(['{', '[']) {
        return Err(ScanError::NotAllowed {
            what: "a compound formatting value",
            at,
        });
    }
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|_| ScanError::Malformed {
            what: "a formatting value that is not JSON",
            at,
        })?;
    // The library knows no whole numbers beyond 63 bits.
    if value
        .as_u64()
        .is_some_and(|number| i64::try_from(number).is_err())
    {
        return Err(ScanError::Number { at });
    }
    Ok(())
}
