//! The scanner: one pass over the bytes of an update, which checks each and
//! notes what the gate decides on. Its memory is one entry for each block that is not
//! known already.

use std::collections::BTreeSet;

use super::{
    block::{Block, BlockKind, DeleteRange, Id, Parent, Scan, Section},
    content::{self, Content},
    error::ScanError,
    lib0::Reader,
    limits::{MAX_CLOCK, MAX_STRING_BYTES, ScanLimits},
    rule::Rule,
};

// The info byte of a block: a kind, and what precedes the content.
const UNUSED: u8 = 0b0001_0000;
const HAS_PARENT_KEY: u8 = 0b0010_0000;
const HAS_RIGHT: u8 = 0b0100_0000;
const HAS_LEFT: u8 = 0b1000_0000;
const GC: u8 = 0;
const SKIP: u8 = 10;
/// What of an info byte says what precedes the content.
pub(super) const FLAGS: u8 = HAS_LEFT | HAS_RIGHT | HAS_PARENT_KEY;

/// What is known already, and does not count.
pub(super) trait Already {
    /// The first clock of a client that is not known.
    fn floor(&self, client: u64) -> u32;
    /// Whether a block below that is told in another way.
    fn contradicts(&self, client: u64, block: &Block<'_>) -> bool;
    /// The parts of a range that are not deleted yet.
    fn news(&self, range: DeleteRange, found: &mut Vec<DeleteRange>);
}

/// Nothing is known.
struct Nothing;

impl Already for Nothing {
    fn floor(&self, _: u64) -> u32 {
        0
    }
    fn contradicts(&self, _: u64, _: &Block<'_>) -> bool {
        false
    }
    fn news(&self, range: DeleteRange, found: &mut Vec<DeleteRange>) {
        found.push(range);
    }
}

/// Reads an update. Takes time and memory in proportion to its length only.
///
/// # Errors
/// Where the bytes are no update, or hold more than one may.
pub fn scan<'a>(bytes: &'a [u8], limits: &ScanLimits) -> Result<Scan<'a>, ScanError> {
    scan_news(bytes, limits, &Nothing)
}

/// Reads of an update what is not known.
pub(super) fn scan_news<'a>(
    bytes: &'a [u8],
    limits: &ScanLimits,
    known: &impl Already,
) -> Result<Scan<'a>, ScanError> {
    let mut reader = Reader::new(bytes);
    let mut found = Scan::default();
    // A section has a block count, a client, a clock and a block of 2 bytes.
    let sections = reader.count(5)?;
    let mut clients = BTreeSet::new();
    for _ in 0..sections {
        section(&mut reader, limits, known, &mut clients, &mut found)?;
    }
    delete_set(&mut reader, limits, known, &mut found.deletes)?;
    match reader.left() {
        0 => Ok(found),
        bytes => Err(ScanError::Trailing { bytes }),
    }
}

fn section<'a>(
    reader: &mut Reader<'a>,
    limits: &ScanLimits,
    known: &impl Already,
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
    let client = reader.var()?;
    if !clients.insert(client) {
        return Err(ScanError::Malformed {
            what: "an author named twice",
            at,
        });
    }
    let mut start = reader.clock()?;
    let mut clock = start;
    let floor = known.floor(client);
    let mut contradicts = false;
    for _ in 0..count {
        let block = block(reader, limits, clock, &mut found.memory)?;
        clock = block.end;
        if block.end <= floor {
            contradicts = contradicts || known.contradicts(client, &block);
            start = block.end;
            continue;
        }
        if found.blocks.len() == limits.blocks {
            return Err(ScanError::TooMuch {
                what: "pieces of content",
                max: limits.blocks,
            });
        }
        found.blocks.push(block);
    }
    if found.sections.len() == limits.sections && found.blocks.len() > first {
        return Err(ScanError::TooMuch {
            what: "authors",
            max: limits.sections,
        });
    }
    if contradicts || found.blocks.len() > first {
        found.sections.push(Section {
            client,
            start,
            end: clock,
            blocks: first..found.blocks.len(),
            contradicts,
        });
    }
    Ok(())
}

fn block<'a>(
    reader: &mut Reader<'a>,
    limits: &ScanLimits,
    start: u32,
    memory: &mut usize,
) -> Result<Block<'a>, ScanError> {
    let at = reader.at();
    let info = reader.byte()?;
    let (place, content, content_at) = match info {
        GC | SKIP => {
            let kind = [BlockKind::Gc, BlockKind::Skip][usize::from(info == SKIP)];
            let content_at = reader.at();
            let content = Content::run(kind, reader, limits)?;
            (Place::NONE, content, content_at)
        }
        _ if info & UNUSED != 0 => {
            return Err(ScanError::Malformed {
                what: "an unknown kind of content",
                at,
            });
        }
        _ => {
            let place = place(reader, limits, info)?;
            let content_at = reader.at();
            (place, content::read(reader, limits, info, at)?, content_at)
        }
    };
    *memory = memory.saturating_add(content.memory);
    let end = u64::from(start) + content.len;
    match u32::try_from(end) {
        // Nothing of no length is ever sent; the library drops it silently.
        Ok(end) if end > start && end < MAX_CLOCK => Ok(Block {
            start,
            end,
            kind: content.kind,
            parent: place.parent,
            key: place.key,
            string: content.string,
            value: content.value,
            mark: content.mark,
            odd: place.odd.or(content.odd),
            bytes: (at, content_at, reader.at()),
        }),
        Ok(end) if end == start => Err(ScanError::Malformed {
            what: "an empty piece",
            at,
        }),
        _ => Err(ScanError::Number { at }),
    }
}

/// Where a block says it lives.
struct Place<'a> {
    parent: Parent<'a>,
    key: Option<&'a str>,
    odd: Option<Rule>,
}

impl Place<'_> {
    const NONE: Self = Self {
        parent: Parent::None,
        key: None,
        odd: None,
    };
}

fn place<'a>(
    reader: &mut Reader<'a>,
    limits: &ScanLimits,
    info: u8,
) -> Result<Place<'a>, ScanError> {
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
        return Ok(Place {
            parent: Parent::Origin { left, right },
            ..Place::NONE
        });
    }
    let at = reader.at();
    let mut odd = None;
    let parent = match reader.byte()? {
        1 => {
            let name = reader.text()?;
            if limits.schema.root(name).is_none() {
                odd = Some(Rule::Root);
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
        Some(reader.text()?)
    } else {
        None
    };
    if key.is_some_and(|key| key.len() > MAX_STRING_BYTES) {
        odd = odd.or(Some(Rule::Place));
    }
    Ok(Place { parent, key, odd })
}

fn id(reader: &mut Reader<'_>) -> Result<Id, ScanError> {
    Ok(Id {
        client: reader.var()?,
        clock: reader.clock()?,
    })
}

fn delete_set(
    reader: &mut Reader<'_>,
    limits: &ScanLimits,
    known: &impl Already,
    deletes: &mut Vec<DeleteRange>,
) -> Result<(), ScanError> {
    // A client and the number of its ranges.
    let count = reader.count(2)?;
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
        let mut floor = 0;
        let mut pending: Option<DeleteRange> = None;
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
            match &mut pending {
                // Ranges that touch are one: the library would split for each.
                Some(range) if range.end == start => range.end = end,
                _ => {
                    if let Some(range) = pending.replace(DeleteRange { client, start, end }) {
                        known.news(range, deletes);
                    }
                }
            }
        }
        if let Some(range) = pending {
            known.news(range, deletes);
        }
        if deletes.len() > limits.delete_ranges {
            return Err(ScanError::TooMuch {
                what: "deletions",
                max: limits.delete_ranges,
            });
        }
    }
    Ok(())
}
