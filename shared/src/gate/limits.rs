//! How much one update may hold. Every number of the gate is in this file and in
//! [`super::cost`].

use std::sync::Arc;

use super::schema::Schema;

/// Containers within containers inside one plain value (a record, a list).
/// The CRDT library reads such values by recursion: some 6,000 levels end
/// the process, so does a 20 KB message.
pub const MAX_ANY_DEPTH: usize = 16;

/// New blocks in one update. A day of busy offline work is below 20,000.
pub const MAX_BLOCKS: usize = 30_000;

/// New delete ranges in one update.
pub const MAX_DELETE_RANGES: usize = 30_000;

/// Clocks that one deletion, collected or skipped run may span.
pub const MAX_RUN: u32 = 100_000;

/// Clocks (exclusive end) end here: the library computes with signed 32 bits.
pub const MAX_CLOCK: u32 = 1 << 31;

/// How far, in clocks, an update may run ahead of what the room knows.
pub const MAX_CLOCK_JUMP: u32 = 1_000_000;

/// Clients with new content in one update. The library's table of client ids does
/// not scatter them, so thousands of chosen ids would make it crawl.
pub const MAX_SECTIONS: usize = 1_024;

/// Clients with content in one document. Every page that writes is one.
pub const MAX_CLIENTS: usize = 16_384;

/// Clients whose ids end alike, in their last twelve bits. The library looks them up by
/// these: with thousands that were chosen so, every keystroke takes seconds. Of ids drawn at
/// random a full document has some four.
pub const MAX_CLIENTS_ALIKE: u32 = 24;

/// Clients with content in one document that are one participant's.
pub const MAX_CLIENTS_OF_ONE: usize = 1_024;

/// Blocks in one shared type and in what it holds, the roots apart: whoever deletes it
/// deletes all of them.
pub const MAX_HELD_BLOCKS: u32 = 20_000;

/// Bytes of one string: a text run, a key, a name.
pub const MAX_STRING_BYTES: usize = 64 * 1024;

/// Bytes of the JSON value of one formatting mark.
pub const MAX_FORMAT_VALUE_BYTES: usize = 4 * 1024;

/// What a scan allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanLimits {
    /// What the document may consist of.
    pub schema: Arc<Schema>,
    /// Blocks; see [`MAX_BLOCKS`].
    pub blocks: usize,
    /// Delete ranges; see [`MAX_DELETE_RANGES`].
    pub delete_ranges: usize,
    /// Clocks of one run; see [`MAX_RUN`].
    pub run: u32,
    /// Client sections; see [`MAX_SECTIONS`].
    pub sections: usize,
}

impl ScanLimits {
    /// The limits for what a participant sends.
    pub fn new(schema: Schema) -> Self {
        Self {
            schema: Arc::new(schema),
            blocks: MAX_BLOCKS,
            delete_ranges: MAX_DELETE_RANGES,
            run: MAX_RUN,
            sections: MAX_SECTIONS,
        }
    }

    /// The same for what our own store kept. A snapshot is the sum of many
    /// accepted updates and joins their runs, so sizes are not limited.
    pub fn stored(&self) -> Self {
        Self {
            blocks: usize::MAX,
            delete_ranges: usize::MAX,
            run: MAX_CLOCK,
            sections: usize::MAX,
            ..self.clone()
        }
    }
}
