//! How much one update may hold. Every number of the gate is in this file.

use super::policy::RootRule;

/// Containers within containers inside one plain value (a record, a list).
/// The CRDT library reads such values by recursion: some 6,000 levels end
/// the process, so does a 20 KB message.
pub const MAX_ANY_DEPTH: usize = 16;

/// Blocks in one update. A day of busy offline work is below 20,000.
pub const MAX_BLOCKS: usize = 50_000;

/// Delete ranges in one update. A full exchange carries every tombstone.
pub const MAX_DELETE_RANGES: usize = 50_000;

/// Clocks that one deletion, collected or skipped run may span.
pub const MAX_RUN: u32 = 100_000;

/// Clocks (exclusive end) end here: the library computes with signed 32 bits.
pub const MAX_CLOCK: u32 = 1 << 31;

/// How far, in clocks, an update may run ahead of what the room knows.
pub const MAX_CLOCK_JUMP: u32 = 1_000_000;

/// Client sections in one update. The library's table of client ids does
/// not scatter them, so thousands of chosen ids would make it crawl.
pub const MAX_SECTIONS: usize = 4_096;

/// Clients in one delete set. Larger than [`MAX_SECTIONS`], since a full
/// exchange names every session that ever had something deleted.
pub const MAX_DELETE_CLIENTS: usize = 16_384;

/// Bytes of one string: a text run, a key, a name.
pub const MAX_STRING_BYTES: usize = 64 * 1024;

/// Bytes of the JSON value of one formatting mark.
pub const MAX_FORMAT_VALUE_BYTES: usize = 4 * 1024;

/// Shared types within shared types, the root not counted. The library
/// deletes and prints them by recursion.
pub const MAX_NESTING: u8 = 8;

/// What a scan allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanLimits {
    /// The root types that there may be, and their rules.
    pub roots: Vec<(String, RootRule)>,
    /// Blocks; see [`MAX_BLOCKS`].
    pub blocks: usize,
    /// Delete ranges; see [`MAX_DELETE_RANGES`].
    pub delete_ranges: usize,
    /// Clocks of one run; see [`MAX_RUN`].
    pub run: u32,
    /// Client sections; see [`MAX_SECTIONS`].
    pub sections: usize,
    /// Clients in the delete set; see [`MAX_DELETE_CLIENTS`].
    pub delete_clients: usize,
    /// Bytes of one string; see [`MAX_STRING_BYTES`].
    pub string_bytes: usize,
    /// Depth of shared types; see [`MAX_NESTING`].
    pub nesting: u8,
}

impl ScanLimits {
    /// The limits for what a participant sends.
    pub fn new<N: Into<String>>(roots: impl IntoIterator<Item = (N, RootRule)>) -> Self {
        let roots = roots.into_iter().map(|(name, rule)| (name.into(), rule));
        Self {
            roots: roots.collect(),
            blocks: MAX_BLOCKS,
            delete_ranges: MAX_DELETE_RANGES,
            run: MAX_RUN,
            sections: MAX_SECTIONS,
            delete_clients: MAX_DELETE_CLIENTS,
            string_bytes: MAX_STRING_BYTES,
            nesting: MAX_NESTING,
        }
    }

    /// Which of the roots a name is.
    pub(super) fn root(&self, name: &str) -> Option<usize> {
        self.roots.iter().position(|(root, _)| root == name)
    }

    /// The same for what our own store kept. A snapshot is the sum of many
    /// accepted updates and joins their runs, so sizes are not limited; what
    /// is allowed inside still is.
    pub fn stored(&self) -> Self {
        Self {
            blocks: usize::MAX,
            delete_ranges: usize::MAX,
            run: MAX_CLOCK,
            sections: usize::MAX,
            delete_clients: usize::MAX,
            string_bytes: usize::MAX,
            ..self.clone()
        }
    }
}
