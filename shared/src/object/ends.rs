//! What a connector is bound to: objects, not points.

use crate::{
    geometry::Point,
    id::ObjectId,
    props::{Source, Value},
};

/// One end of a connector.
#[derive(Clone, Debug, PartialEq)]
pub enum End {
    /// Bound to an object.
    Bound {
        /// The object it is bound to.
        id: ObjectId,
        /// The spot it was pinned to, as shares of the object's width and height;
        /// without one it aims at the middle.
        pin: Option<Point>,
    },
    /// Not bound: a point in board space.
    Free(Point),
}

impl End {
    /// Bound to an object, aiming at its middle.
    pub fn to(id: &ObjectId) -> Self {
        Self::Bound {
            id: id.clone(),
            pin: None,
        }
    }

    /// The object it is bound to.
    pub fn object(&self) -> Option<&ObjectId> {
        match self {
            Self::Bound { id, .. } => Some(id),
            Self::Free(_) => None,
        }
    }

    /// As read: an object's id under `key`, the pin or the free point under `at_key`.
    pub(super) fn read(source: &dyn Source, key: &str, at_key: &str) -> Self {
        let at = source.numbers(at_key).and_then(|at| match at[..] {
            [x, y] => Some(Point::new(x, y)),
            _ => None,
        });
        match source.string(key).filter(|id| !id.is_empty()) {
            Some(id) => Self::Bound {
                id: id.into(),
                pin: at.map(|at| Point::new(at.x.clamp(0.0, 1.0), at.y.clamp(0.0, 1.0))),
            },
            None => Self::Free(at.unwrap_or_default()),
        }
    }

    /// As stored: the value under `key` and the one under `at_key`.
    pub fn values(&self) -> (Value, Value) {
        let point = |point: &Point| Value::Numbers(vec![point.x, point.y]);
        match self {
            Self::Bound { id, pin } => {
                (id.as_str().into(), pin.as_ref().map_or(Value::Null, point))
            }
            Self::Free(at) => (Value::Null, point(at)),
        }
    }
}

/// Both ends of a connector.
#[derive(Clone, Debug, PartialEq)]
pub struct Ends {
    /// Where it begins.
    pub from: End,
    /// Where it goes.
    pub to: End,
}

impl Ends {
    /// The objects it is bound to.
    pub fn objects(&self) -> impl Iterator<Item = &ObjectId> {
        self.from.object().into_iter().chain(self.to.object())
    }
}
