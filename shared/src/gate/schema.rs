//! What a kind of document may consist of, from its roots down: which types it is made
//! of, which values stand under which keys, which marks a text has. Whatever is not
//! named here is left out of the document; see [`super::rule::Rule`].

use super::{
    block::{Block, BlockKind, SharedType},
    policy::Writers,
    rule::Rule,
};
use crate::plain::Plain;

/// A type of a document: its place in [`Schema::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeId(pub u8);

impl TypeId {
    /// What stood in a document before its schema was as it is now. Nothing is put there.
    pub(super) const ODD: Self = Self(u8::MAX);
}

/// The rule of one root. All roots are shared types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RootRule {
    /// Its name.
    pub name: &'static str,
    /// Who writes it.
    pub writers: Writers,
    /// Where the root is a map of things with authors: the key under which each
    /// says, as a plain string, who made it.
    pub author_key: Option<&'static str>,
    /// What it is.
    pub is: TypeId,
}

/// What may stand under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    /// A plain value of this sort; `None`: no plain value. An empty one always may.
    pub plain: Option<Plain>,
    /// A shared type.
    pub shared: &'static [TypeId],
}

impl Value {
    /// A plain value of a sort.
    pub const fn plain(plain: Plain) -> Self {
        Self {
            plain: Some(plain),
            shared: &[],
        }
    }

    /// A shared type.
    pub const fn shared(shared: &'static [TypeId]) -> Self {
        Self {
            plain: None,
            shared,
        }
    }
}

/// A shared type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Values under keys.
    Map {
        /// What it is called in the documentation.
        name: &'static str,
        /// The keys that are known.
        keys: Vec<(&'static str, Value)>,
        /// What may stand under any other key.
        other: Value,
    },
    /// Characters with marks.
    Text {
        /// What it is called in the documentation.
        name: &'static str,
        /// The marks, each with the sort of its value.
        marks: &'static [(&'static str, Plain)],
        /// UTF-16 units that were ever written into one, deleted ones included.
        units: u32,
    },
}

impl Type {
    /// What it is called in the documentation.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Map { name, .. } | Self::Text { name, .. } => name,
        }
    }

    const fn shared(&self) -> SharedType {
        match self {
            Self::Map { .. } => SharedType::Map,
            Self::Text { .. } => SharedType::Text,
        }
    }
}

/// A place of the schema: a key of a map, or the inside of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    of: TypeId,
    /// Which of the type's keys; [`OTHER`]: another one.
    key: u8,
}

/// Any key that the schema does not name.
const OTHER: u8 = u8::MAX;

impl Spot {
    /// No place of the schema.
    pub(super) const ODD: Self = Self {
        of: TypeId::ODD,
        key: 0,
    };
}

/// What a kind of document may consist of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// Its roots.
    pub roots: Vec<RootRule>,
    /// The types that it is made of, the roots' among them.
    pub types: Vec<Type>,
}

impl Schema {
    /// The root of a name, with its place among the roots.
    pub(super) fn root(&self, name: &str) -> Option<(u8, &RootRule)> {
        let place = self.roots.iter().position(|root| root.name == name)?;
        Some((place.try_into().ok()?, &self.roots[place]))
    }

    /// The root at a place.
    pub(super) fn root_at(&self, place: u8) -> Option<&RootRule> {
        self.roots.get(usize::from(place))
    }

    fn get(&self, id: TypeId) -> Option<&Type> {
        self.types.get(usize::from(id.0))
    }

    /// The place of what stands in a type under a key, or without one.
    pub(super) fn spot(&self, of: TypeId, key: Option<&str>) -> Spot {
        match (self.get(of), key) {
            (Some(Type::Map { keys, .. }), Some(key)) => {
                let place = keys.iter().position(|(known, _)| *known == key);
                let key = place.and_then(|place| place.try_into().ok());
                Spot {
                    of,
                    key: key.unwrap_or(OTHER),
                }
            }
            (Some(Type::Text { .. }), None) => Spot { of, key: 0 },
            _ => Spot::ODD,
        }
    }

    /// What may stand at a place of a map.
    fn value(&self, spot: Spot) -> Option<Value> {
        match self.get(spot.of)? {
            Type::Map { keys, other, .. } => {
                let known = keys.get(usize::from(spot.key));
                Some(known.map_or(*other, |(_, value)| *value))
            }
            Type::Text { .. } => None,
        }
    }

    /// Which type a shared type at a place is.
    pub(super) fn child(&self, spot: Spot, shared: SharedType) -> Option<TypeId> {
        let mut types = self.value(spot)?.shared.iter().copied();
        types.find(|id| self.get(*id).is_some_and(|is| is.shared() == shared))
    }

    /// How many UTF-16 units may ever be written at a place; `None` where it is no text.
    pub(super) fn units(&self, spot: Spot) -> Option<u32> {
        match self.get(spot.of)? {
            Type::Text { units, .. } => Some(*units),
            Type::Map { .. } => None,
        }
    }

    /// Whether a block may stand at a place.
    pub(super) fn judge(&self, spot: Spot, block: &Block<'_>) -> Result<(), Rule> {
        if let Some(rule) = block.odd {
            return Err(rule);
        }
        match (self.get(spot.of), block.kind) {
            (_, BlockKind::Gc | BlockKind::Skip) => Ok(()),
            (_, BlockKind::Foreign) => Err(Rule::Content),
            (None, _) => Err(Rule::Place),
            (_, BlockKind::Deleted) => Ok(()),
            (Some(Type::Text { .. }), BlockKind::Text) => Ok(()),
            (Some(Type::Text { marks, .. }), BlockKind::Mark) => {
                let (key, sort) = block.mark.ok_or(Rule::Mark)?;
                let known = marks.iter().find(|(known, _)| *known == key);
                let (_, plain) = known.ok_or(Rule::Mark)?;
                plain.admits(sort).then_some(()).ok_or(Rule::MarkValue)
            }
            (Some(Type::Text { .. }), _) => Err(Rule::InText),
            (Some(Type::Map { .. }), BlockKind::Text | BlockKind::Mark) => Err(Rule::InMap),
            (Some(Type::Map { .. }), BlockKind::Type(shared)) => {
                let child = self.child(spot, shared);
                child.map(drop).ok_or(Rule::SharedType)
            }
            (Some(Type::Map { .. }), BlockKind::Values) => {
                let value = self.value(spot).and_then(|value| value.plain);
                let plain = value.ok_or(Rule::PlainValue)?;
                // Several are judged where it is known whether they are deleted.
                let fits = block.value.is_none_or(|sort| plain.admits(sort));
                fits.then_some(()).ok_or(Rule::ValueType)
            }
        }
    }
}
