//! The axes of the board, and what shows why something snapped.

use shared::geometry::{Rect, Vec2};

/// What rounding leaves between lines that are the same.
pub(super) const SAME: f64 = 0.01;

/// One direction of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Left to right.
    X,
    /// Top to bottom.
    Y,
}

impl Axis {
    /// Where a box begins and ends along this axis.
    pub fn span(self, rect: Rect) -> (f64, f64) {
        match self {
            Self::X => (rect.x0, rect.x1),
            Self::Y => (rect.y0, rect.y1),
        }
    }

    /// The middle of a box along this axis.
    pub fn middle(self, rect: Rect) -> f64 {
        let (from, to) = self.span(rect);
        f64::midpoint(from, to)
    }

    /// How long a box is along this axis.
    pub fn length(self, rect: Rect) -> f64 {
        let (from, to) = self.span(rect);
        to - from
    }

    /// A way along this axis.
    pub fn along(self, by: f64) -> Vec2 {
        match self {
            Self::X => Vec2::new(by, 0.0),
            Self::Y => Vec2::new(0.0, by),
        }
    }

    /// The other one.
    pub fn across(self) -> Self {
        match self {
            Self::X => Self::Y,
            Self::Y => Self::X,
        }
    }
}

/// What shows why something snapped. Lengths are in board units.
#[derive(Clone, Debug, PartialEq)]
pub enum Guide {
    /// A line on which edges or middles lie.
    Line {
        /// The axis along which `at` is measured: of X the line is upright.
        axis: Axis,
        /// Where the line is.
        at: f64,
        /// Where it begins, along the other axis.
        from: f64,
        /// Where it ends.
        to: f64,
    },
    /// Gaps that are equal.
    Gaps {
        /// The axis along which the gaps are.
        axis: Axis,
        /// Where they are drawn, along the other axis.
        across: f64,
        /// Where each begins and ends.
        spans: Vec<(f64, f64)>,
    },
}
