//! The scanner: one pass over the bytes of an update, which checks each and
//! notes what the gate decides on. Its memory is one entry per block.

use std::{collections::BTreeSet, ops::Range};

use super::{
    any::{read_any, skip_json_scalar},
    error::ScanError,
    lib0::Reader,
    limits::{MAX_CLOCK, ScanLimits},
};

// The info byte of a block: a kind, and what precedes the content.
const KIND: u8 = 0b0000_1111;
const UNUSED: u8 = 0b0001_0000;
const HAS_PARENT_KEY: u8 = 0b0010_0000;
const HAS_RIGHT: u8 = 0b0100_0000;
const HAS_LEFT: u8 = 0b1000_0000;

const GC: u8 = 0;
const DELETED: u8 = 1;
const STRING: u8 = 4;
const FORMAT: u8 = 6;
const TYPE: u8 = 7;
const ANY: u8 = 8;
const SKIP: u8 = 10;

/// The last of the type numbers we use: list 0, map 1, text 2.
const LAST_TYPE: u8 = 2;

/// The address of one step of one client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id {
    /// Client id, below 2^53.
    pub client: u64,
    /// Clock of that client, below 2^31.
    pub clock: u32,
}

/// What a block is, as far as the gate distinguishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Content that was collected: only its length is left.
    Gc,
    /// A hole: clocks that this update does not carry.
    Skip,
    /// A deleted item, of which the place is left.
    Deleted,
    /// A value, a text run or a formatting mark.
    Item,
    /// A shared type, in which other items may live.
    Type,
}

/// Where a block lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parent<'a> {
    /// In the root type of this name.
    Root(&'a str),
    /// In the shared type created at this id.
    Id(Id),
    /// Where its neighbours live; at least one is given.
    Origin {
        /// What was to its left when it was written.
        left: Option<Id>,
        /// What was to its right.
        right: Option<Id>,
    },
    /// Collected blocks and holes do not say.
    None,
}

/// One block: a run of clocks of the client of its section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block<'a> {
    /// First clock.
    pub start: u32,
    /// Clock after the last.
    pub end: u32,
    /// What it is.
    pub kind: BlockKind,
    /// Where it lives.
    pub parent: Parent<'a>,
    /// Under which key of the parent, where it is an entry of a map. Blocks
    /// that live where a neighbour lives share its key and do not say.
    pub key: Option<&'a str>,
    /// The value, where it is one plain string.
    pub string: Option<&'a str>,
}

/// What one client contributes to an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Client id.
    pub client: u64,
    /// First clock.
    pub start: u32,
    /// Clock after the last, holes included.
    pub end: u32,
    /// The section within the update.
    pub bytes: Range<usize>,
    /// Its blocks within [`Scan::blocks`].
    pub blocks: Range<usize>,
}

/// Clocks of one client that an update deletes; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeleteRange {
    /// Client id.
    pub client: u64,
    /// First clock.
    pub start: u32,
    /// Clock after the last.
    pub end: u32,
}

/// What an update consists of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan<'a> {
    /// Its sections in the order of the bytes, each client once.
    pub sections: Vec<Section>,
    /// The blocks of all sections, in the order of the bytes.
    pub blocks: Vec<Block<'a>>,
    /// The delete set within the update.
    pub delete_set: Range<usize>,
    /// What it deletes, by client, ascending within each.
    pub deletes: Vec<DeleteRange>,
}

/// Reads an update. Takes time and memory in proportion to its length only.
pub fn scan<'a>(bytes: &'a [u8], limits: &ScanLimits) -> Result<Scan<'a>, ScanError> {
    let mut reader = Reader::new(bytes);
    let mut found = Scan::default();
    // A section has a block count, a client, a clock and a block of 2 bytes.
    let sections = reader.count(5)?;
    if sections > limits.sections {
        return Err(ScanError::TooMuch {
            what: "authors",
            max: limits.sections,
        });
    }
    let mut clients = BTreeSet::new();
    for _ in 0..sections {
        section(&mut reader, limits, &mut clients, &mut found)?;
    }
    let start = reader.at();
    delete_set(&mut reader, limits, &mut found.deletes)?;
    found.delete_set = start..reader.at();
    match reader.left() {
        0 => Ok(found),
        bytes => Err(ScanError::Trailing { bytes }),
    }
}

fn section<'a>(
    reader: &mut Reader<'a>,
    limits: &ScanLimits,
    clients: &mut BTreeSet<u64>,
    found: &mut Scan<'a>,
) -> Result<(), ScanError> {
    let at = reader.at();
    let count = reader.count(2)?;
    let first = found.blocks.len();
    if count == 0 {
        return Err(ScanError::Malformed {
            what: "an author without content",
            at,
        });
    }
    if count > limits.blocks - first {
        return Err(ScanError::TooMuch {
            what: "pieces of content",
            max: limits.blocks,
        });
    }
    let client = reader.var()?;
    if !clients.insert(client) {
        return Err(ScanError::Malformed {
            what: "an author named twice",
            at,
        });
    }
    let start = reader.clock()?;
    let mut clock = start;
    for _ in 0..count {
        let block = block(reader, limits, clock)?;
        clock = block.end;
        found.blocks.push(block);
    }
    found.sections.push(Section {
        client,
        start,
        end: clock,
        bytes: at..reader.at(),
        blocks: first..found.blocks.len(),
    });
    Ok(())
}

fn block<'a>(
    reader: &mut Reader<'a>,
    limits: &ScanLimits,
    start: u32,
) -> Result<Block<'a>, ScanError> {
    let at = reader.at();
    let info = reader.byte()?;
    let nowhere = (Parent::None, None);
    let ((parent, key), content) = match info {
        GC => (nowhere, Content::run(BlockKind::Gc, reader, limits)?),
        SKIP => (nowhere, Content::run(BlockKind::Skip, reader, limits)?),
        _ => {
            let parent = parent(reader, limits, info)?;
            (parent, content(reader, limits, info, at)?)
        }
    };
    let Content { kind, len, string } = content;
    let end = u64::from(start) + len;
    match u32::try_from(end) {
        // Nothing of no length is ever sent; the library drops it silently.
        Ok(end) if end > start && end < MAX_CLOCK => Ok(Block {
            start,
            end,
            kind,
            parent,
            key,
            string,
        }),
        Ok(end) if end == start => Err(ScanError::Malformed {
            what: "an empty piece",
            at,
        }),
        _ => Err(ScanError::Number { at }),
    }
}

/// What a block contains: its kind, its length in clocks, and the value of a plain string.
struct Content<'a> {
    kind: BlockKind,
    len: u64,
    string: Option<&'a str>,
}

impl<'a> Content<'a> {
    fn new(kind: BlockKind, len: u64) -> Self {
        Self {
            kind,
            len,
            string: None,
        }
    }

    fn run(
        kind: BlockKind,
        reader: &mut Reader<'a>,
        limits: &ScanLimits,
    ) -> Result<Self, ScanError> {
        Ok(Self::new(kind, run(reader, limits)?))
    }
}

/// The length of a run, in clocks.
fn run(reader: &mut Reader<'_>, limits: &ScanLimits) -> Result<u64, ScanError> {
    let len = reader.clock()?;
    if len > limits.run {
        return Err(ScanError::TooMuch {
            what: "deleted steps at once",
            max: limits.run as usize,
        });
    }
    Ok(len.into())
}

fn parent<'a>(
    reader: &mut Reader<'a>,
    limits: &ScanLimits,
    info: u8,
) -> Result<(Parent<'a>, Option<&'a str>), ScanError> {
    let left = if info & HAS_LEFT != 0 {
        Some(id(reader)?)
    } else {
        None
    };
    let right = if info & HAS_RIGHT != 0 {
        Some(id(reader)?)
    } else {
        None
    };
    if left.is_some() || right.is_some() {
        // The key, too, is taken from the neighbour and not written.
        return Ok((Parent::Origin { left, right }, None));
    }
    let at = reader.at();
    let parent = match reader.byte()? {
        1 => {
            let name = reader.text(limits.string_bytes)?;
            if limits.root(name).is_none() {
                return Err(ScanError::UnknownRoot { at });
            }
            Parent::Root(name)
        }
        0 => Parent::Id(id(reader)?),
        _ => {
            return Err(ScanError::Malformed {
                what: "an unknown kind of place",
                at,
            });
        }
    };
    let key = if info & HAS_PARENT_KEY != 0 {
        Some(reader.text(limits.string_bytes)?)
    } else {
        None
    };
    Ok((parent, key))
}

fn id(reader: &mut Reader<'_>) -> Result<Id, ScanError> {
    Ok(Id {
        client: reader.var()?,
        clock: reader.clock()?,
    })
}

/// Reads the content of an item.
fn content<'a>(
    reader: &mut Reader<'a>,
    limits: &ScanLimits,
    info: u8,
    at: usize,
) -> Result<Content<'a>, ScanError> {
    if info & UNUSED != 0 {
        return Err(ScanError::Malformed {
            what: "an unknown kind of content",
            at,
        });
    }
    let refused = |what| Err(ScanError::NotAllowed { what, at });
    match info & KIND {
        DELETED => Content::run(BlockKind::Deleted, reader, limits),
        STRING => {
            let text = reader.text(limits.string_bytes)?;
            // Clocks of text are UTF-16 code units.
            let len = text.chars().map(|c| c.len_utf16() as u64).sum();
            Ok(Content::new(BlockKind::Item, len))
        }
        FORMAT => {
            reader.text(limits.string_bytes)?;
            skip_json_scalar(reader)?;
            Ok(Content::new(BlockKind::Item, 1))
        }
        TYPE => {
            if reader.byte()? > LAST_TYPE {
                return refused("a kind of shared type");
            }
            Ok(Content::new(BlockKind::Type, 1))
        }
        ANY => {
            let count = reader.count(1)?;
            let mut string = None;
            for _ in 0..count {
                string = read_any(reader, limits)?;
            }
            Ok(Content {
                kind: BlockKind::Item,
                len: count as u64,
                string: string.filter(|_| count == 1),
            })
        }
        2 => refused("old-style JSON"),
        3 => refused("binary content"),
        5 => refused("embedded content"),
        9 => refused("another document"),
        _ => Err(ScanError::Malformed {
            what: "an unknown kind of content",
            at,
        }),
    }
}

fn delete_set(
    reader: &mut Reader<'_>,
    limits: &ScanLimits,
    deletes: &mut Vec<DeleteRange>,
) -> Result<(), ScanError> {
    // A client and the number of its ranges.
    let count = reader.count(2)?;
    if count > limits.delete_clients {
        return Err(ScanError::TooMuch {
            what: "authors of deleted content",
            max: limits.delete_clients,
        });
    }
    let mut clients = BTreeSet::new();
    for _ in 0..count {
        let at = reader.at();
        let client = reader.var()?;
        if !clients.insert(client) {
            return Err(ScanError::Malformed {
                what: "an author named twice",
                at,
            });
        }
        let ranges = reader.count(2)?;
        if ranges > limits.delete_ranges - deletes.len() {
            return Err(ScanError::TooMuch {
                what: "deletions",
                max: limits.delete_ranges,
            });
        }
        let mut floor = 0;
        for _ in 0..ranges {
            let at = reader.at();
            let start = reader.clock()?;
            let len = reader.clock()?;
            let end = start.saturating_add(len);
            if end >= MAX_CLOCK {
                return Err(ScanError::Number { at });
            }
            // The library searches the ranges and relies on their order.
            if len == 0 || start < floor {
                return Err(ScanError::Malformed {
                    what: "deletions out of order",
                    at,
                });
            }
            floor = end;
            deletes.push(DeleteRange { client, start, end });
        }
    }
    Ok(())
}
