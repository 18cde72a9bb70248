//! Where a block says it lives.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{
    block::{Block, BlockKind, Id, Parent},
    limits::ScanLimits,
    ranges::{Home, Inside, Nesting},
    rule::Rule,
    schema::{Schema, Spot, TypeId},
};

/// Where a block says it lives, without the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place<'a> {
    Root(u8, Spot, Home),
    In(Id, Option<&'a str>, Home),
    Beside(Option<Id>, Option<Id>),
    Collected,
}

/// The digest of a parent and a key.
fn home(parent: (Option<&str>, Option<Id>), key: Option<&str>) -> Home {
    let id = parent.1.map(|id| (id.client, id.clock));
    let digest = |part: u8, key: Option<&str>| {
        let mut hasher = DefaultHasher::new();
        (part, parent.0, id, key).hash(&mut hasher);
        hasher.finish()
    };
    Home {
        // The same hash twice, from two states: 128 bits without a dependency.
        digest: [digest(1, key), digest(2, key)],
        parent: digest(3, None),
        keyed: key.is_some(),
    }
}

/// The digest of a shared type as a parent.
pub(super) fn parent(id: Id) -> u64 {
    home((None, Some(id)), None).parent
}

/// The home of what stands under a key of a shared map.
pub(super) fn home_in(map: Id, key: &str) -> Home {
    home((None, Some(map)), Some(key))
}

impl<'a> Place<'a> {
    /// Where a block of a scanned update says it lives.
    pub(super) fn of(block: &Block<'a>, limits: &ScanLimits) -> Self {
        match block.parent {
            Parent::Root(name) => match limits.schema.root(name) {
                Some((place, root)) => {
                    let spot = limits.schema.spot(root.is, block.key);
                    Self::Root(place, spot, home((Some(name), None), block.key))
                }
                // No document has such a root.
                None => Self::Collected,
            },
            Parent::Id(id) => Self::In(id, block.key, home((None, Some(id)), block.key)),
            Parent::Origin { left, right } => Self::Beside(left, right),
            Parent::None => Self::Collected,
        }
    }

    /// Where that is, given where its references are.
    pub(super) fn nesting(
        self,
        kind: BlockKind,
        schema: &Schema,
        look: impl Fn(Id) -> Nesting,
    ) -> Nesting {
        let at = |root, spot, home| Nesting::At {
            root,
            spot,
            home,
            inside: match kind {
                BlockKind::Type(shared) => {
                    Inside::Blocks(schema.child(spot, shared).unwrap_or(TypeId::ODD))
                }
                BlockKind::Deleted => Inside::Nothing,
                _ => Inside::Never,
            },
        };
        match self {
            Self::Root(root, spot, home) => at(root, spot, home),
            Self::Collected => Nesting::Gone,
            Self::In(id, key, home) => match look(id) {
                Nesting::At { root, inside, .. } => match inside {
                    Inside::Blocks(is) => at(root, schema.spot(is, key), home),
                    Inside::Nothing => Nesting::Gone,
                    Inside::Never => Nesting::Torn,
                },
                other => other,
            },
            Self::Beside(left, right) => {
                let beside = |id: Option<Id>| id.map_or(Nesting::Gone, &look);
                match common(beside(left), beside(right)) {
                    Nesting::At {
                        root, spot, home, ..
                    } => at(root, spot, home),
                    other => other,
                }
            }
        }
    }

    pub(super) fn references(self) -> impl Iterator<Item = Id> {
        let (one, two) = match self {
            Self::Root(..) | Self::Collected => (None, None),
            Self::In(id, ..) => (Some(id), None),
            Self::Beside(left, right) => (left, right),
        };
        one.into_iter().chain(two)
    }
}

/// The place of both neighbours. The library takes that of the left one, or
/// of the right where the left is collected, and links both: with neighbours
/// in two places it has been seen to use freed memory.
fn common(left: Nesting, right: Nesting) -> Nesting {
    match (left, right) {
        (Nesting::Unknown, _) | (_, Nesting::Unknown) => Nesting::Unknown,
        (Nesting::Torn, _) | (_, Nesting::Torn) => Nesting::Torn,
        (Nesting::Gone, other) | (other, Nesting::Gone) => other,
        (Nesting::At { home: left, .. }, Nesting::At { home: right, .. }) if left != right => {
            Nesting::Torn
        }
        (known, _) => known,
    }
}

/// One block of the update, holes left out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a> {
    pub(super) client: u64,
    pub(super) start: u32,
    pub(super) end: u32,
    /// What it is once what may not be there has been left out.
    pub(super) kind: BlockKind,
    pub(super) place: Place<'a>,
    /// UTF-16 units of text.
    pub(super) units: u32,
    /// Its block within [`super::scan::Scan::blocks`].
    pub(super) block: usize,
    /// What it broke, so that it was left out.
    pub(super) broke: Option<Rule>,
}
