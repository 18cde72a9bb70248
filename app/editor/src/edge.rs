//! The sides of an object.

use shared::geometry::{Point, Vec2};

/// Which side of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Left.
    Left,
    /// Top.
    Top,
    /// Right.
    Right,
    /// Bottom.
    Bottom,
}

impl Edge {
    /// Every side.
    pub const ALL: [Self; 4] = [Self::Left, Self::Top, Self::Right, Self::Bottom];

    /// Away from the object.
    pub fn direction(self) -> Vec2 {
        match self {
            Self::Left => Vec2::new(-1.0, 0.0),
            Self::Top => Vec2::new(0.0, -1.0),
            Self::Right => Vec2::new(1.0, 0.0),
            Self::Bottom => Vec2::new(0.0, 1.0),
        }
    }

    /// Its middle, as shares of width and height.
    pub(crate) fn middle(self) -> Point {
        (Vec2::new(0.5, 0.5) + self.direction() * 0.5).to_point()
    }
}
