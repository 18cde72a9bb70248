//! Plain values inside an update: walked with a small stack of our own, since
//! the library walks them by recursion.

use super::{
    error::ScanError,
    lib0::Reader,
    limits::{MAX_ANY_DEPTH, MAX_STRING_BYTES},
    memory::{CONTAINER_BYTES, ENTRY_BYTES, VALUE_BYTES},
    rule::Rule,
};
use crate::plain::Sort;

/// What can be told of a plain value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    /// Its sort.
    pub(super) sort: Sort,
    /// The value itself, where it is a string.
    pub(super) string: Option<&'a str>,
    /// What it breaks wherever it stands.
    pub(super) odd: Option<Rule>,
    /// Bytes that the library needs for it, about.
    pub(super) memory: usize,
}

/// A container that is not finished: how many values follow, and whether
/// each has a key before it.
#[derive(Clone, Copy, Default)]
struct Open {
    left: usize,
    keyed: bool,
}

/// Reads one value.
pub(super) fn read_any<'a>(reader: &mut Reader<'a>) -> Result<Found<'a>, ScanError> {
    let mut open = [Open::default(); MAX_ANY_DEPTH];
    let mut depth = 0;
    let mut found = Found {
        sort: Sort::Other,
        string: None,
        odd: None,
        memory: 0,
    };
    loop {
        let value = value(reader)?;
        found.memory += VALUE_BYTES + value.bytes;
        found.odd = found.odd.or(value.odd);
        if depth == 0 {
            found.sort = value.sort;
            found.string = value.string;
        } else if value.sort != Sort::Number {
            // Only a list of numbers alone is told from others.
            found.sort = Sort::Other;
        }
        if let Some(container) = value.open {
            let Some(slot) = open.get_mut(depth) else {
                return Err(ScanError::TooDeep { at: reader.at() });
            };
            *slot = container;
            depth += 1;
        }
        while depth > 0 && open[depth - 1].left == 0 {
            depth -= 1;
        }
        if depth == 0 {
            return Ok(found);
        }
        let container = &mut open[depth - 1];
        container.left -= 1;
        if container.keyed {
            let key = reader.text()?;
            found.memory += ENTRY_BYTES + key.len();
            if key.len() > MAX_STRING_BYTES {
                found.odd = found.odd.or(Some(Rule::TooLong));
            }
        }
    }
}

/// A value as far as it was read, of a container only its head.
struct Value<'a> {
    sort: Sort,
    string: Option<&'a str>,
    open: Option<Open>,
    odd: Option<Rule>,
    bytes: usize,
}

impl<'a> Value<'a> {
    const fn of(sort: Sort) -> Self {
        Self {
            sort,
            string: None,
            open: None,
            odd: None,
            bytes: 0,
        }
    }

    fn number(number: f64) -> Self {
        // A document with one of these is never equal to its copy.
        let odd = (!number.is_finite()).then_some(Rule::NotANumber);
        Self {
            odd,
            ..Self::of(Sort::Number)
        }
    }

    fn sized(sort: Sort, bytes: usize) -> Self {
        Self {
            odd: (bytes > MAX_STRING_BYTES).then_some(Rule::TooLong),
            bytes,
            ..Self::of(sort)
        }
    }

    fn container(sort: Sort, left: usize, keyed: bool) -> Self {
        Self {
            open: Some(Open { left, keyed }),
            bytes: CONTAINER_BYTES,
            ..Self::of(sort)
        }
    }
}

fn value<'a>(reader: &mut Reader<'a>) -> Result<Value<'a>, ScanError> {
    let at = reader.at();
    Ok(match reader.byte()? {
        // undefined, null
        127 | 126 => Value::of(Sort::Empty),
        // false, true
        121 | 120 => Value::of(Sort::Flag),
        125 => {
            reader.skip_var_signed()?;
            Value::of(Sort::Number)
        }
        124 => Value::number(reader.array().map(f32::from_be_bytes)?.into()),
        123 => Value::number(reader.array().map(f64::from_be_bytes)?),
        122 => {
            reader.array::<8>()?;
            Value::of(Sort::Number)
        }
        119 => {
            let text = reader.text()?;
            Value {
                string: Some(text),
                ..Value::sized(Sort::String, text.len())
            }
        }
        118 => Value::container(Sort::Other, reader.count(2)?, true),
        117 => {
            let count = reader.count(1)?;
            Value::container(Sort::Numbers(count), count, false)
        }
        116 => Value::sized(Sort::Bytes, reader.bytes()?.len()),
        _ => {
            return Err(ScanError::Malformed {
                what: "an unknown kind of value",
                at,
            });
        }
    })
}

/// The sort of the value of a mark, which is JSON text: null, a truth value, a number or
/// a string. Objects and lists are not used, and would nest.
pub(super) fn read_json(text: &str) -> Result<Sort, Rule> {
    use serde_json::Value as Json;
    if text.trim_start().starts_with(['{', '[']) {
        return Err(Rule::MarkValue);
    }
    match serde_json::from_str(text).map_err(|_| Rule::MarkValue)? {
        Json::Null => Ok(Sort::Empty),
        Json::Bool(_) => Ok(Sort::Flag),
        Json::String(_) => Ok(Sort::String),
        // The library knows no whole numbers beyond 63 bits.
        Json::Number(number) if number.is_u64() && number.as_i64().is_none() => {
            Err(Rule::NotANumber)
        }
        Json::Number(_) => Ok(Sort::Number),
        Json::Array(_) | Json::Object(_) => Err(Rule::MarkValue),
    }
}
