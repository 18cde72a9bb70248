//! What an update consists of, as the gate sees it.

use std::ops::Range;

use super::rule::Rule;
use crate::plain::Sort;

/// The address of one step of one client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id {
    /// Client id, below 2^53.
    pub client: u64,
    /// Clock of that client, below 2^31.
    pub clock: u32,
}

/// A shared type that documents use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SharedType {
    /// Values under keys.
    Map,
    /// Characters with marks.
    Text,
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
    /// Plain values: one under a key, several where they are deleted.
    Values,
    /// Characters of a text.
    Text,
    /// A formatting mark.
    Mark,
    /// A shared type, in which other items may live.
    Type(SharedType),
    /// What no document has.
    Foreign,
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
#[derive(Clone, Copy, Debug, PartialEq)]
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
    /// The value, where it is one plain string; what a text says.
    pub string: Option<&'a str>,
    /// The sort of the value, where it is one.
    pub value: Option<Sort>,
    /// The key and the sort of the value of a mark.
    pub mark: Option<(&'a str, Sort)>,
    /// What it breaks wherever it stands.
    pub odd: Option<Rule>,
    /// Where its bytes begin, where those of its content do, and where they end.
    pub(super) bytes: (usize, usize, usize),
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
    /// Its blocks within [`Scan::blocks`]; without those at the beginning that are known.
    pub blocks: Range<usize>,
    /// Whether something that is known is told in another way.
    pub contradicts: bool,
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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scan<'a> {
    /// Its sections in the order of the bytes, each client once.
    pub sections: Vec<Section>,
    /// The blocks of all sections, in the order of the bytes.
    pub blocks: Vec<Block<'a>>,
    /// What it deletes, by client, ascending within each, without what is deleted already.
    pub deletes: Vec<DeleteRange>,
    /// An estimate of the bytes that the library needs for the blocks, see [`super::cost`].
    pub memory: usize,
}
