//! What the CRDT library needs to hold things, in bytes, about; measured with a counting
//! allocator.

/// A block.
pub(super) const BLOCK_BYTES: usize = 320;
/// A mark beyond its block.
pub(super) const MARK_BYTES: usize = 160;
/// A shared type beyond its block.
pub(super) const TYPE_BYTES: usize = 320;
/// A plain value.
pub(super) const VALUE_BYTES: usize = 56;
/// A list or record beyond its values.
pub(super) const CONTAINER_BYTES: usize = 112;
/// A key of a record.
pub(super) const ENTRY_BYTES: usize = 144;
