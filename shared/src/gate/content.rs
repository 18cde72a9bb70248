//! What a block contains: its kind, its length in clocks, what can be told of its value,
//! and what the library needs to hold it.

use super::{
    any::{read_any, read_json},
    block::{BlockKind, SharedType},
    error::ScanError,
    lib0::Reader,
    limits::{MAX_FORMAT_VALUE_BYTES, MAX_STRING_BYTES, ScanLimits},
    memory::{BLOCK_BYTES, MARK_BYTES, TYPE_BYTES},
    rule::Rule,
};
use crate::plain::Sort;

const KIND: u8 = 0b0000_1111;
const DELETED: u8 = 1;
const JSON: u8 = 2;
const BINARY: u8 = 3;
const STRING: u8 = 4;
const EMBED: u8 = 5;
const FORMAT: u8 = 6;
const TYPE: u8 = 7;
const ANY: u8 = 8;
const DOCUMENT: u8 = 9;

/// What is written for a block that was deleted.
pub(super) const DELETED_INFO: u8 = DELETED;

/// What a block contains.
pub(super) struct Content<'a> {
    pub(super) kind: BlockKind,
    /// Clocks.
    pub(super) len: u64,
    /// The value, where it is one plain string; what a text says.
    pub(super) string: Option<&'a str>,
    /// The sort of the value, where it is one.
    pub(super) value: Option<Sort>,
    /// Key and sort of the value of a mark.
    pub(super) mark: Option<(&'a str, Sort)>,
    /// What it breaks wherever it stands.
    pub(super) odd: Option<Rule>,
    /// Bytes that the library needs for it, about.
    pub(super) memory: usize,
}

impl<'a> Content<'a> {
    fn new(kind: BlockKind, len: u64) -> Self {
        Self {
            kind,
            len,
            string: None,
            value: None,
            mark: None,
            odd: None,
            memory: BLOCK_BYTES,
        }
    }

    /// What no document has; the library does not get to see it.
    fn foreign(len: u64) -> Self {
        Self {
            odd: Some(Rule::Content),
            ..Self::new(BlockKind::Foreign, len)
        }
    }

    /// Deleted, collected or missing clocks.
    pub(super) fn run(
        kind: BlockKind,
        reader: &mut Reader<'a>,
        limits: &ScanLimits,
    ) -> Result<Self, ScanError> {
        let len = reader.clock()?;
        if len > limits.run {
            return Err(ScanError::TooMuch {
                what: "deleted steps at once",
                max: limits.run as usize,
            });
        }
        Ok(Self::new(kind, len.into()))
    }
}

/// Reads the content of an item.
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    limits: &ScanLimits,
    info: u8,
    at: usize,
) -> Result<Content<'a>, ScanError> {
    match info & KIND {
        DELETED => Content::run(BlockKind::Deleted, reader, limits),
        STRING => text(reader),
        FORMAT => mark(reader),
        TYPE => shared_type(reader),
        ANY => values(reader),
        JSON => {
            let count = reader.count(1)?;
            for _ in 0..count {
                reader.text()?;
            }
            Ok(Content::foreign(count as u64))
        }
        BINARY => {
            reader.bytes()?;
            Ok(Content::foreign(1))
        }
        EMBED => {
            reader.text()?;
            Ok(Content::foreign(1))
        }
        DOCUMENT => {
            reader.text()?;
            read_any(reader)?;
            Ok(Content::foreign(1))
        }
        _ => Err(ScanError::Malformed {
            what: "an unknown kind of content",
            at,
        }),
    }
}

fn text<'a>(reader: &mut Reader<'a>) -> Result<Content<'a>, ScanError> {
    let text = reader.text()?;
    // Clocks of text are UTF-16 code units.
    let len = text.chars().map(|c| c.len_utf16() as u64).sum();
    Ok(Content {
        string: Some(text),
        odd: (text.len() > MAX_STRING_BYTES).then_some(Rule::TooLong),
        memory: BLOCK_BYTES + text.len(),
        ..Content::new(BlockKind::Text, len)
    })
}

fn mark<'a>(reader: &mut Reader<'a>) -> Result<Content<'a>, ScanError> {
    let key = reader.text()?;
    let json = reader.text()?;
    let mut content = Content::new(BlockKind::Mark, 1);
    content.memory += MARK_BYTES + key.len() + json.len();
    if key.len() > MAX_FORMAT_VALUE_BYTES || json.len() > MAX_FORMAT_VALUE_BYTES {
        content.odd = Some(Rule::TooLong);
        return Ok(content);
    }
    match read_json(json) {
        Ok(sort) => content.mark = Some((key, sort)),
        Err(rule) => content.odd = Some(rule),
    }
    Ok(content)
}

fn shared_type<'a>(reader: &mut Reader<'a>) -> Result<Content<'a>, ScanError> {
    let at = reader.at();
    let shared = match reader.byte()? {
        1 => SharedType::Map,
        2 => SharedType::Text,
        // A list, a fragment and a text of XML.
        0 | 4 | 6 => return Ok(Content::foreign(1)),
        // An element, with its name.
        3 => {
            reader.text()?;
            return Ok(Content::foreign(1));
        }
        _ => {
            return Err(ScanError::Malformed {
                what: "an unknown kind of shared type",
                at,
            });
        }
    };
    let content = Content::new(BlockKind::Type(shared), 1);
    Ok(Content {
        memory: content.memory + TYPE_BYTES,
        ..content
    })
}

fn values<'a>(reader: &mut Reader<'a>) -> Result<Content<'a>, ScanError> {
    let count = reader.count(1)?;
    let mut content = Content::new(BlockKind::Values, count as u64);
    for _ in 0..count {
        let value = read_any(reader)?;
        content.odd = content.odd.or(value.odd);
        content.memory = content.memory.saturating_add(value.memory);
        if count == 1 {
            content.string = value.string;
            content.value = Some(value.sort);
        }
    }
    Ok(content)
}
